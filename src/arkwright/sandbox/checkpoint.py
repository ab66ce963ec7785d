"""Checkpoints: contents of workspace files, kept outside every box by their hash, so that what a call changed can be taken back.

Nothing here follows a link: every step down a path is an open of one name, relative to its parent folder, without following.
"""

import asyncio
import contextlib
import errno
import hashlib
import json
import os
import secrets
import stat
import threading
import time
from collections.abc import Generator, Mapping, Sequence
from pathlib import Path

from arkwright.core.entry import Entry
from arkwright.errors import UserError

Stamp = tuple[int, int, int, int]
FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
FILE = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
FRESH = 50_000_000  # nanoseconds: a file touched this recently may change again under the same time stamp
UNREADABLE = "unreadable:"
LOOKS = 20  # at one name that changes between two looks


class Checkpoints:
    """The store of one home. Threads may share it; one walk runs at a time."""

    def __init__(self, home: Path) -> None:
        self._home = home
        self._blobs = home / "blobs"
        self._known: dict[str, dict[str, tuple[Stamp, str]]] = {}
        self._lock = threading.Lock()

    async def capture(self, workspace: str, paths: Sequence[str] | None) -> Mapping[str, Entry]:
        """What is at `paths` (relative) now: each with all below it, and its parent folders by themselves. None: everything.

        Contents are stored, so that `restore` can bring them back. What is not there is not in the mapping, and neither
        are pipes, sockets and devices. A file that may not be read has a blob that changes with it but cannot be restored.
        """
        return await asyncio.to_thread(self._capture, workspace, paths, True)

    async def hashes(self, workspace: str) -> Mapping[str, str]:
        """The sha256 of every readable file; only what changed since the last look is read."""
        entries = await asyncio.to_thread(self._capture, workspace, None, False)
        return {path: e.blob for path, e in entries.items() if e.kind == "file" and not e.blob.startswith(UNREADABLE)}

    async def restore(self, workspace: str, target: Mapping[str, Entry | None]) -> None:
        """Make each path what it was; None removes it (a folder only when it is empty). All of it, or nothing.

        Raises:
            UserError: a content is gone, or the workspace does not let a path be changed; everything is as before.
        """
        await asyncio.to_thread(self._restore, workspace, target)

    def _capture(self, workspace: str, paths: Sequence[str] | None, store: bool) -> dict[str, Entry]:
        with self._lock:
            known = self._known[workspace] = self._known.get(workspace) or self._load(workspace)
            walk = Walk(self._blobs if store else None, known, self._identity())
            root = os.open(workspace, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
            try:
                for path in ("",) if paths is None else paths:
                    walk.visit(root, path)
            finally:
                os.close(root)
            if walk.changed:
                self._save(workspace, known)
            return walk.found

    def _identity(self) -> tuple[int, int]:
        self._blobs.mkdir(mode=0o700, parents=True, exist_ok=True)
        about = self._home.stat()
        return about.st_dev, about.st_ino

    def _index(self, workspace: str) -> Path:
        return self._home / "index" / (hashlib.sha256(os.fsencode(workspace)).hexdigest()[:24] + ".json")

    def _load(self, workspace: str) -> dict[str, tuple[Stamp, str]]:
        try:
            raw = json.loads(self._index(workspace).read_bytes())
            return {str(path): ((int(v[0]), int(v[1]), int(v[2]), int(v[3])), str(v[4])) for path, v in raw.items()}
        except (OSError, ValueError, LookupError, AttributeError):
            return {}

    def _save(self, workspace: str, known: dict[str, tuple[Stamp, str]]) -> None:
        path = self._index(workspace)
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        partial = path.with_suffix(f".{secrets.token_hex(4)}")
        partial.write_text(json.dumps({name: (*stamp, blob) for name, (stamp, blob) in known.items()}))
        partial.replace(path)

    def _restore(self, workspace: str, target: Mapping[str, Entry | None]) -> None:
        for path, entry in target.items():
            if entry and entry.kind == "file" and not (self._blobs / entry.blob[:2] / entry.blob[2:]).is_file():
                raise UserError(f"the earlier content of {path!r} was not kept, so nothing was changed")
        now = self._capture(workspace, list(target), True)
        before = {path: now.get(path) for path in target}
        try:
            self._apply(workspace, target)
        except OSError as error:
            with contextlib.suppress(OSError):
                self._apply(workspace, before)
            raise UserError(f"cannot bring back {error.filename!r}: {error.strerror}; nothing was changed") from error

    def _apply(self, workspace: str, target: Mapping[str, Entry | None]) -> None:
        root = os.open(workspace, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        try:
            ordered = sorted(target.items(), key=lambda item: item[0].count("/"))
            for path, entry in reversed(ordered):
                clear(root, path, entry)
            for path, entry in ordered:
                if entry:
                    put(root, path, entry, self._blobs)
            for path, entry in reversed(ordered):
                if entry and entry.kind == "folder":
                    with parent(root, path) as (folder, name):
                        os.chmod(name, entry.mode, dir_fd=folder)
        finally:
            os.close(root)


class Walk:
    """One look at a workspace. `known` remembers hashes by what stat said."""

    def __init__(self, blobs: Path | None, known: dict[str, tuple[Stamp, str]], home: tuple[int, int]) -> None:
        self.found: dict[str, Entry] = {}
        self.changed = False
        self._blobs, self._known, self._home = blobs, known, home
        self._fresh = time.time_ns() - FRESH

    def visit(self, root: int, path: str) -> None:
        """Record `path` below an open folder, the folders on the way to it, and what is under it."""
        steps = [step for step in path.split("/") if step not in ("", ".")]
        if ".." in steps:
            raise UserError(f"{path!r} leads out of the workspace")
        folder, at = os.dup(root), ""
        try:
            for step in steps:
                at = f"{at}/{step}" if at else step
                below = self._record(folder, step, at)
                if below is None:
                    return
                os.close(folder)
                folder = below
            self._below(folder, at)
        finally:
            os.close(folder)

    def _below(self, folder: int, at: str) -> None:
        with os.scandir(folder) as entries:
            names = sorted(entry.name for entry in entries)
        for name in names:
            path = f"{at}/{name}" if at else name
            below = self._record(folder, name, path)
            if below is not None:
                try:
                    self._below(below, path)
                finally:
                    os.close(below)

    def _record(self, folder: int, name: str, path: str) -> int | None:
        """Note one name; returns an open folder when it is one that is to be walked.

        A program may swap a file and a link between the look and the opening: then it is looked at again.
        """
        for _ in range(LOOKS - 1):
            try:
                return self._note(folder, name, path)
            except OSError as error:
                if error.errno not in (errno.ELOOP, errno.ENOTDIR, errno.EINVAL):
                    raise
        return self._note(folder, name, path)

    def _note(self, folder: int, name: str, path: str) -> int | None:
        try:
            about = os.stat(name, dir_fd=folder, follow_symlinks=False)
            mode = about.st_mode & 0o777
            if stat.S_ISLNK(about.st_mode):
                self.found[path] = Entry("link", 0o777, os.readlink(name, dir_fd=folder))
            elif stat.S_ISREG(about.st_mode):
                self.found[path] = Entry("file", mode, self._hash(folder, name, path, about))
            elif stat.S_ISDIR(about.st_mode) and (about.st_dev, about.st_ino) != self._home:
                self.found[path] = Entry("folder", mode)
                return os.open(name, FOLDER, dir_fd=folder)
        except FileNotFoundError:
            return None  # it went away while we looked
        except PermissionError:
            return None
        return None

    def _hash(self, folder: int, name: str, path: str, about: os.stat_result) -> str:
        stamp = (about.st_size, about.st_mtime_ns, about.st_ctime_ns, about.st_ino)
        old = self._known.get(path)
        if old and old[0] == stamp and (self._blobs is None or (self._blobs / old[1][:2] / old[1][2:]).is_file()):
            return old[1]
        try:
            descriptor = os.open(name, FILE, dir_fd=folder)
        except PermissionError:
            return f"{UNREADABLE}{about.st_size}-{about.st_mtime_ns}"
        try:
            opened = os.fstat(descriptor)
            if not stat.S_ISREG(opened.st_mode):
                raise FileNotFoundError(path)
            blob = keep(descriptor, self._blobs) if self._blobs else digest(descriptor)
        finally:
            os.close(descriptor)
        if about.st_ctime_ns < self._fresh and opened.st_ino == about.st_ino:
            self._known[path] = (stamp, blob)
            self.changed = True
        return blob


def digest(descriptor: int) -> str:
    """The sha256 of an open file."""
    with os.fdopen(os.dup(descriptor), "rb") as source:
        return hashlib.file_digest(source, "sha256").hexdigest()


def keep(descriptor: int, blobs: Path) -> str:
    """Store the content of an open file under its sha256, which is returned."""
    partial = blobs / f".{secrets.token_hex(8)}"
    name = hashlib.sha256()
    try:
        with partial.open("xb") as copy:
            while data := os.read(descriptor, 1 << 20):
                name.update(data)
                copy.write(data)
        blob = name.hexdigest()
        (blobs / blob[:2]).mkdir(mode=0o700, exist_ok=True)
        partial.chmod(0o400)
        partial.replace(blobs / blob[:2] / blob[2:])
        return blob
    except OSError as error:
        partial.unlink(missing_ok=True)
        raise UserError(
            f"a checkpoint could not be written to {str(blobs)!r}: {error.strerror}", remedy="free disk space there"
        ) from error


@contextlib.contextmanager
def parent(root: int, path: str) -> Generator[tuple[int, str]]:
    """The open folder that holds `path` and its last name; a link on the way is an error."""
    *steps, name = path.split("/")
    if not name or ".." in (*steps, name):
        raise UserError(f"{path!r} is no path in a workspace")
    folder = os.dup(root)
    try:
        for step in steps:
            below = os.open(step, FOLDER, dir_fd=folder)
            os.close(folder)
            folder = below
        yield folder, name
    finally:
        os.close(folder)


def clear(root: int, path: str, entry: Entry | None) -> None:
    """Remove what is at a path unless `put` will replace it in one step."""
    try:
        with parent(root, path) as (folder, name):
            is_folder = stat.S_ISDIR(os.stat(name, dir_fd=folder, follow_symlinks=False).st_mode)
            if is_folder and (entry is None or entry.kind != "folder"):
                os.rmdir(name, dir_fd=folder)
            elif not is_folder and (entry is None or entry.kind == "folder"):
                os.unlink(name, dir_fd=folder)
    except (FileNotFoundError, NotADirectoryError):
        return


def put(root: int, path: str, entry: Entry, blobs: Path) -> None:
    """Make one path what `entry` says; its parents are there by now."""
    with parent(root, path) as (folder, name):
        partial = f".{secrets.token_hex(8)}.partial"
        if entry.kind == "folder":
            with contextlib.suppress(FileExistsError):
                os.mkdir(name, 0o700, dir_fd=folder)
                own(folder, name)
            return
        try:
            if entry.kind == "link":
                os.symlink(entry.blob, partial, dir_fd=folder)
            else:
                write(folder, partial, blobs / entry.blob[:2] / entry.blob[2:], entry.mode & 0o777)
            own(folder, partial)
            os.replace(partial, name, src_dir_fd=folder, dst_dir_fd=folder)
        except OSError:
            with contextlib.suppress(OSError):
                os.unlink(partial, dir_fd=folder)
            raise


def write(folder: int, name: str, blob: Path, mode: int) -> None:
    """A new file with the content of a blob."""
    descriptor = os.open(name, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600, dir_fd=folder)
    with os.fdopen(descriptor, "wb") as copy, blob.open("rb") as source:
        while data := source.read(1 << 20):
            copy.write(data)
        os.fchmod(copy.fileno(), mode)


def own(folder: int, name: str) -> None:
    """What root brings back belongs to whoever owns the folder it lies in."""
    if os.geteuid() == 0:
        about = os.fstat(folder)
        os.chown(name, about.st_uid, about.st_gid, dir_fd=folder, follow_symlinks=False)
