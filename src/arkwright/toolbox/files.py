"""Files: list, read, write, move, copy, delete, hand over, adopt and compare by content, inside the workspace only."""

import hashlib
import mimetypes
import os
import shutil
from collections import defaultdict
from collections.abc import Callable, Iterator
from fnmatch import fnmatch, fnmatchcase
from pathlib import Path, PurePosixPath

from .fault import Fault
from .paths import atomic, existing, in_scratch, inside, make_folders, relative, remove_folders, scratch, vacant, workspace

Progress = Callable[[float, str], None]
MEDIA = {
    ".md": "text/markdown",
    ".parquet": "application/vnd.apache.parquet",
    ".db": "application/vnd.sqlite3",
    ".sqlite": "application/vnd.sqlite3",
    ".yaml": "application/yaml",
    ".yml": "application/yaml",
    ".log": "text/plain",
    ".toml": "application/toml",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


def listing(args: dict, progress: Progress) -> list[dict]:
    """[{path, size, media_type}] of the files below `path` that match `pattern`, sorted by path; folders end in a slash.

    Faults: not_found, outside_workspace, not_a_folder.
    """
    root = existing(args.get("path") or "")
    if not root.is_dir():
        return [describe(root)]
    recursive, pattern = args.get("recursive", True), args.get("pattern") or ""
    found = [p for p in walk(root, folders=True, closed=True) if recursive or p.parent == root]
    return [describe(p) for p in found if not pattern or (matches(p.relative_to(root), pattern) and not p.is_dir())]


def read(args: dict, progress: Progress) -> dict:
    """{text, lines, encoding, truncated} of a text file.

    Faults: not_found, outside_workspace, binary.
    """
    target = existing(args["path"])
    if target.is_dir():
        raise Fault("is_folder", f"{args['path']!r} is a folder", "list it with files.list")
    text, encoding = decode(target.read_bytes(), args["path"])
    limit = args.get("limit") or 1_000_000
    return {"text": text[:limit], "lines": len(text.splitlines()), "encoding": encoding, "truncated": len(text) > limit}


def write(args: dict, progress: Progress) -> dict:
    """{path, bytes}: `text` as a UTF-8 file.

    Faults: exists (unless `overwrite`), outside_workspace.
    """
    target = inside(args["path"]) if args.get("overwrite") else vacant(args["path"])
    if target.is_dir():
        raise Fault("is_folder", f"{args['path']!r} is a folder", "name a file in it")
    data = args["text"].encode()
    with atomic(target) as temporary:
        temporary.write_bytes(data)
    return {"path": relative(target), "bytes": len(data)}


def move(args: dict, progress: Progress) -> dict:
    """{count, files: [new paths]}: every file under its new path, or none.

    Faults: exists, not_found, outside_workspace, collision.
    """
    return transfer(args["moves"], lambda source, target: os.rename(source, target), os.rename)


def copy(args: dict, progress: Progress) -> dict:
    """{count, files: [new paths]}: every file twice with the same times and mode, or none.

    Faults: exists, not_found, outside_workspace, collision.
    """
    return transfer(args["moves"], duplicate, lambda made, source: remove(made))


def transfer(moves: object, act: Callable[[Path, Path], object], undo: Callable[[Path, Path], object]) -> dict:
    """Check all pairs first, then `act` on each; an error undoes those done."""
    pairs = [(existing(a), vacant(b)) for a, b in pairs_of(moves)]
    refuse_collisions(pairs)
    done: list[tuple[Path, Path]] = []
    made: list[Path] = []
    try:
        for source, target in pairs:
            made += make_folders(target.parent)
            act(source, target)
            done.append((target, source))
    except OSError as error:
        for target, source in reversed(done):
            undo(target, source)
        remove_folders(made)
        raise Fault("io", f"{error.strerror or error} at {error.filename!r}; nothing was changed") from error
    return {"count": len(done), "files": sorted(file for target, _ in done for file in files_of(target))}


def pairs_of(moves: object) -> list[tuple[str, str]]:
    """(from, to) of each move, from a list or the columns of a table."""
    if isinstance(moves, dict):
        from .references import load

        moves = load(moves)
    try:
        return [(str(row["from"]), str(row["to"])) for row in moves]
    except KeyError as error:
        raise Fault(
            "columns", f"the table of moves has no column {error.args[0]!r}", "derive the columns `from` and `to`"
        ) from None


def refuse_collisions(pairs: list[tuple[Path, Path]]) -> None:
    """Two files for one place, one file to two places, or a folder into itself."""
    targets: dict[Path, Path] = {}
    for source, target in pairs:
        if target in targets:
            both = f"{relative(targets[target])!r} and {relative(source)!r}"
            raise Fault(
                "collision", f"{both} would both become {relative(target)!r}; nothing was changed", "give them different names"
            )
        if source == target or source in target.parents:
            raise Fault("collision", f"{relative(source)!r} cannot go into itself ({relative(target)!r})", "choose another place")
        targets[target] = source


def duplicate(source: Path, target: Path) -> None:
    """Copy a file or folder with times and mode; a failed copy leaves nothing."""
    try:
        if source.is_dir():
            shutil.copytree(source, target, symlinks=True)
        else:
            shutil.copy2(source, target, follow_symlinks=False)
    except BaseException:
        remove(target)
        raise


def delete(args: dict, progress: Progress) -> dict:
    """{count, files: [paths that are gone]}; all paths are checked first.

    Faults: not_found, outside_workspace.
    """
    targets = [present(path) for path in args["paths"]]
    if workspace() in targets:
        raise Fault("whole_workspace", "the workspace itself is not deleted", "name the files or folders in it")
    gone = sorted({file for target in targets for file in files_of(target)})
    for target in targets:
        remove(target)
    return {"count": len(gone), "files": gone}


def present(path: str) -> Path:
    """A path that is there, be it a broken link."""
    target = inside(path)
    return target if target.is_symlink() else existing(path)


def remove(target: Path) -> None:
    """A file, link or folder gone; what is not there is fine."""
    if target.is_dir() and not target.is_symlink():
        shutil.rmtree(target)
    else:
        target.unlink(missing_ok=True)


def duplicates(args: dict, progress: Progress) -> dict:
    """TableRef (group, path, keep, sha256) of files with equal content; the shortest path, then the first by name, is kept.

    Empty files count as equal. Links are left out.
    """
    from .references import store

    root, pattern = existing(args.get("path") or ""), args.get("pattern") or ""
    files = [p for p in walk(root) if not p.is_symlink() and (not pattern or matches(p.relative_to(root), pattern))]
    groups = equal(files, progress)
    rows = []
    for number, (digest, paths) in enumerate(groups, 1):
        names = sorted((relative(p) for p in paths), key=lambda name: (len(name), name))
        rows += [{"group": number, "path": name, "keep": i == 0, "sha256": digest} for i, name in enumerate(names)]
    return store(rows, ["group", "path", "keep", "sha256"], "duplicates", text=("path", "sha256"))


def equal(files: list[Path], progress: Progress) -> list[tuple[str, list[Path]]]:
    """(sha256, files) of each content that occurs more than once; only files of equal size are read."""
    sizes: dict[int, list[Path]] = defaultdict(list)
    for file in files:
        sizes[file.stat().st_size].append(file)
    suspects = [file for same in sizes.values() if len(same) > 1 for file in same]
    digests: dict[str, list[Path]] = defaultdict(list)
    for number, file in enumerate(suspects):
        progress(number / len(suspects), f"reading {file.name}")
        digests[digest(file)].append(file)
    return sorted(((d, same) for d, same in digests.items() if len(same) > 1), key=lambda pair: min(relative(p) for p in pair[1]))


def adopt(args: dict, progress: Progress) -> list[str]:
    """Workspace paths of `files` [{scratch, path, overwrite?}] moved there from the scratch; all or none.

    Faults: exists, outside_workspace, outside_scratch.
    """
    pairs = [(scratched(f["scratch"]), inside(f["path"]) if f.get("overwrite") else vacant(f["path"])) for f in args["files"]]
    done: list[Path] = []
    try:
        for source, target in pairs:
            with atomic(target) as temporary:
                shutil.copyfile(source, temporary)
            done.append(target)
    except BaseException:
        for target in done:
            target.unlink(missing_ok=True)
        raise
    for source, _ in pairs:
        source.unlink(missing_ok=True)
    return [relative(target) for target in done]


def scratched(path: str) -> Path:
    """A plain file that lies directly in the scratch folder."""
    target = Path(path)
    if target.parent != scratch() or target.is_symlink() or not target.is_file():
        raise Fault("outside_scratch", f"{path!r} is not a file of this run's scratch", "run the task that made it again")
    return target


def hand_over(args: dict, progress: Progress) -> dict:
    """{scratch, name, media_type, bytes}: a copy of a workspace file where the web box can read it."""
    source = existing(args["path"])
    target = in_scratch(source.suffix)
    shutil.copyfile(source, target)
    return {"scratch": str(target), "name": source.name, "media_type": media_type(source.name), "bytes": target.stat().st_size}


def walk(root: Path, *, folders: bool = False, closed: bool = False) -> Iterator[Path]:
    """Files below `root` sorted by path, never through a link to a folder. `closed` passes over folders that may not be read."""
    try:
        entries = sorted(os.scandir(root), key=lambda entry: entry.name)
    except PermissionError:
        if not closed:
            raise
        return
    for entry in entries:
        path = Path(entry.path)
        if entry.is_dir(follow_symlinks=False):
            if folders:
                yield path
            yield from walk(path, folders=folders, closed=closed)
        elif is_plain(entry) or (folders and entry.is_symlink()):
            yield path


def is_plain(entry: os.DirEntry[str]) -> bool:
    """Whether it is a file, or a link to one; a pipe, socket or device is not, and neither is a link that goes in a circle."""
    try:
        return entry.is_file()
    except OSError:
        return False


def files_of(target: Path) -> list[str]:
    """Workspace paths of a file, or of all files below a folder."""
    below = walk(target) if target.is_dir() and not target.is_symlink() else [target]
    return [relative(path) for path in below]


def selected(patterns: list[str]) -> list[Path]:
    """Files named by paths, folders (with all they hold) and globs; each once, sorted.

    Faults: not_found for one that names nothing, outside_workspace.
    """
    found: set[Path] = set()
    for pattern in patterns:
        target = inside(pattern)
        if target.is_dir():
            found.update(walk(target))
        elif target.exists():
            found.add(target)
        else:
            found.update(globbed(pattern))
    return sorted(found)


def globbed(pattern: str) -> list[Path]:
    """Files whose path in the workspace matches."""
    found = [p for p in walk(workspace()) if matches(p.relative_to(workspace()), pattern)] if set(pattern) & set("*?[") else []
    if not found:
        raise Fault("not_found", f"nothing in the workspace is called {pattern!r}", "list the files with files.list")
    return found


def matches(path: PurePosixPath | Path, pattern: str) -> bool:
    """Whether a glob fits the file's name, or its whole path when the glob holds a slash; `**/` stands for any folders."""
    if "/" not in pattern:
        return fnmatch(path.name.lower(), pattern.lower())
    return match_parts(path.parts, PurePosixPath(pattern).parts)


def match_parts(parts: tuple[str, ...], globs: tuple[str, ...]) -> bool:
    """Part by part; `**` takes any number of parts."""
    if not globs:
        return not parts
    if globs[0] == "**":
        return any(match_parts(parts[i:], globs[1:]) for i in range(len(parts) + 1))
    return bool(parts) and fnmatchcase(parts[0], globs[0]) and match_parts(parts[1:], globs[1:])


def describe(path: Path) -> dict:
    """{path, size, media_type} of a file; a folder's path ends in a slash."""
    if path.is_dir() and not path.is_symlink():
        return {"path": f"{relative(path)}/", "size": 0, "media_type": "inode/directory"}
    return {"path": relative(path), "size": path.lstat().st_size, "media_type": media_type(path.name)}


def media_type(name: str) -> str:
    """By the name's ending."""
    return MEDIA.get(Path(name).suffix.lower()) or mimetypes.guess_type(name)[0] or "application/octet-stream"


def digest(path: Path, algorithm: str = "sha256") -> str:
    """The hash of a file's content, in hexadecimal."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, algorithm).hexdigest()


def decode(data: bytes, name: str) -> tuple[str, str]:
    """Text and encoding: by byte order mark, else UTF-8, else Windows-1252, else Latin-1.

    Faults: binary.
    """
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if data.startswith(mark):
            return data.decode(encoding, "replace"), encoding
    if b"\0" in data[:65536]:
        raise Fault("binary", f"{name!r} is not a text file", "read it with documents.read or tables.describe")
    for encoding in ("utf-8", "cp1252"):
        try:
            return data.decode(encoding), encoding
        except UnicodeDecodeError:
            continue
    return data.decode("latin-1"), "latin-1"
