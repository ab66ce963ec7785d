"""Archives: pack files into a zip or tar that is the same each time, and unpack one without being fooled by it."""

import gzip
import lzma
import os
import stat
import tarfile
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import IO

from .fault import Fault
from .files import selected
from .paths import atomic, existing, inside, make_folders, relative, remove_folders, vacant, workspace

Progress = Callable[[float, str], None]
MOST_BYTES = 2 << 30
MOST_FILES = 50_000
WORST_RATIO = 200
CHUNK = 1 << 20


@dataclass(frozen=True)
class Member:
    """One file of an archive: its name, size as claimed, mode, time (seconds since the epoch), and how to read it."""

    name: str
    size: int
    mode: int
    modified: float
    open: Callable[[], IO[bytes]]


def pack(args: dict, progress: Progress) -> dict:
    """{path, count, files: [names in the archive]}: files packed under their paths relative to `base`.

    Faults: not_found, outside_workspace, exists, empty.
    """
    target, base = vacant(args["path"]), existing(args.get("base") or "")
    files = [file for file in chosen(args) if file != target]
    if not files:
        raise Fault("empty", f"there is no file to pack into {args['path']!r}", "name files that exist")
    named = [(file, name_in(file, base)) for file in files]
    with atomic(target) as temporary:
        (write_zip if target.suffix.lower() == ".zip" else write_tar)(temporary, target.name.lower(), named, progress)
    return {"path": relative(target), "count": len(named), "files": [name for _, name in named]}


def chosen(args: dict) -> list[Path]:
    """The files that paths and table name."""
    files = set(selected(args.get("paths") or []))
    if args.get("table"):
        from .references import load

        files.update(selected([str(row["path"]) for row in load(args["table"])]))
    return sorted(files)


def name_in(file: Path, base: Path) -> str:
    """A file's path relative to `base`, or to the workspace when it lies elsewhere."""
    return (file.relative_to(base) if base in file.parents else file.relative_to(workspace())).as_posix()


def write_zip(temporary: Path, name: str, named: list[tuple[Path, str]], progress: Progress) -> None:
    """A deflated zip with times and modes."""
    with zipfile.ZipFile(temporary, "w", zipfile.ZIP_DEFLATED, strict_timestamps=False) as archive:
        for number, (file, inner) in enumerate(named):
            progress(number / len(named), f"packing {inner}")
            archive.write(file, inner)


def write_tar(temporary: Path, name: str, named: list[tuple[Path, str]], progress: Progress) -> None:
    """A tar compressed as its name says, without owners, the gzip header without a time."""
    with compressed(temporary, name) as stream, tarfile.open(fileobj=stream, mode="w", format=tarfile.PAX_FORMAT) as archive:
        for number, (file, inner) in enumerate(named):
            progress(number / len(named), f"packing {inner}")
            archive.add(file.resolve(), inner, recursive=False, filter=anonymous)


def anonymous(member: tarfile.TarInfo) -> tarfile.TarInfo:
    """A tar member that says nothing of its owner."""
    member.uid = member.gid = 0
    member.uname = member.gname = ""
    member.mtime = int(member.mtime)
    return member


@contextmanager
def compressed(temporary: Path, name: str) -> Iterator[IO[bytes]]:
    """A stream that compresses as the file's name says."""
    with temporary.open("wb") as raw:
        if name.endswith((".gz", ".tgz")):
            with gzip.GzipFile("", "wb", fileobj=raw, mtime=0) as stream:
                yield stream
        elif name.endswith(".xz"):
            with lzma.open(raw, "wb") as stream:
                yield stream
        elif name.endswith(".bz2"):
            import bz2

            with bz2.open(raw, "wb") as stream:
                yield stream
        else:
            yield raw


def unpack(args: dict, progress: Progress) -> dict:
    """{to, files: [workspace paths]}: all files of the archive below `to`, or none.

    Faults: not_found, outside_workspace, not_archive, unsafe_archive, too_big, exists.
    """
    source, folder = existing(args["path"]), inside(args.get("to") or "")
    if folder.exists() and not folder.is_dir():
        raise Fault("exists", f"{args['to']!r} is a file", "name a folder")
    made = make_folders(folder)
    done: list[Path] = []
    try:
        with opened(source) as members:
            places = [(member, place(member, folder)) for member in members]
            refuse_bombs(source, members)
            for number, (member, target) in enumerate(places):
                progress(number / len(places), f"unpacking {member.name}")
                made += make_folders(target.parent)
                write_member(member, target)
                done.append(target)
    except BaseException as error:
        for target in done:
            target.unlink(missing_ok=True)
        remove_folders(made)
        if isinstance(error, (zipfile.BadZipFile, tarfile.TarError, EOFError, lzma.LZMAError, gzip.BadGzipFile)):
            raise Fault("not_archive", f"{args['path']!r} is damaged: {error}", "get the archive again") from error
        raise
    return {"to": relative(folder) if folder != workspace() else "", "files": sorted(relative(path) for path in done)}


@contextmanager
def opened(source: Path) -> Iterator[list[Member]]:
    """The files in an archive of any kind."""
    if zipfile.is_zipfile(source):
        with zipfile.ZipFile(source) as archive:
            yield [zip_member(archive, info) for info in archive.infolist() if not info.is_dir()]
    elif tarfile.is_tarfile(source):
        with tarfile.open(source) as archive:
            yield [tar_member(archive, info, source) for info in archive if not info.isdir()]
    elif source.suffix.lower() == ".gz":
        yield [Member(source.stem, 0, 0o644, source.stat().st_mtime, lambda: gzip.GzipFile(source))]
    else:
        raise Fault(
            "not_archive",
            f"{relative(source)!r} is no archive that can be opened",
            "zip, tar, tar.gz, tar.bz2, tar.xz and gz can",
        )


def zip_member(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> Member:
    """A file of a zip.

    Faults: unsafe_archive for a link, encrypted.
    """
    mode = info.external_attr >> 16
    if stat.S_ISLNK(mode):
        raise Fault("unsafe_archive", f"{info.filename!r} in the archive is a link", "unpack it yourself if you trust it")
    if info.flag_bits & 1:
        raise Fault("encrypted", f"{info.filename!r} in the archive is encrypted", "give an archive without a password")
    modified = datetime(*info.date_time).timestamp() if info.date_time[1] else 0.0
    return Member(info.filename, info.file_size, stat.S_IMODE(mode) or 0o644, modified, lambda: archive.open(info))


def tar_member(archive: tarfile.TarFile, info: tarfile.TarInfo, source: Path) -> Member:
    """A file of a tar.

    Faults: unsafe_archive for links and devices.
    """
    if not info.isreg():
        raise Fault(
            "unsafe_archive", f"{info.name!r} in {relative(source)!r} is a link or device", "unpack it yourself if you trust it"
        )
    return Member(info.name, info.size, info.mode, float(info.mtime), lambda: archive.extractfile(info))  # type: ignore[return-value]


def place(member: Member, folder: Path) -> Path:
    """Where a member goes: below `folder`, where nothing is yet.

    Faults: unsafe_archive, exists.
    """
    name = PurePosixPath(member.name.replace("\\", "/"))
    if name.is_absolute() or ".." in name.parts or not name.parts or ":" in name.parts[0] or "\0" in member.name:
        raise Fault("unsafe_archive", f"{member.name!r} in the archive would leave the folder", "do not trust this archive")
    return vacant(relative(folder / name) if folder != workspace() else name.as_posix())


def refuse_bombs(source: Path, members: list[Member]) -> None:
    """Too many files, or far more bytes than the archive has."""
    total = sum(member.size for member in members)
    if len(members) > MOST_FILES or total > MOST_BYTES:
        raise Fault(
            "too_big", f"{relative(source)!r} holds {len(members)} files of {total:,} bytes", f"the limit is {MOST_BYTES:,} bytes"
        )
    if total > 100 << 20 and total > WORST_RATIO * source.stat().st_size:
        raise Fault(
            "too_big",
            f"{relative(source)!r} unpacks to {total:,} bytes, more than {WORST_RATIO} times its size",
            "do not trust it",
        )
    names = [member.name for member in members]
    if len(set(names)) < len(names):
        raise Fault("unsafe_archive", f"{relative(source)!r} holds two files of one name", "do not trust this archive")


def write_member(member: Member, target: Path) -> None:
    """A member's content at `target`, cut off when it is longer than it may be; set-uid bits are dropped."""
    most = member.size or MOST_BYTES
    with atomic(target) as temporary:
        with member.open() as stream, temporary.open("wb") as out:
            written = 0
            while chunk := stream.read(CHUNK):
                written += len(chunk)
                if written > most:
                    raise Fault("too_big", f"{member.name!r} is longer than the archive says", "do not trust this archive")
                out.write(chunk)
        os.chmod(temporary, (member.mode & 0o755) | 0o600)
        if member.modified > 0:
            os.utime(temporary, (member.modified, member.modified))
