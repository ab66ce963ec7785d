"""Paths: where a toolbox function may read and write, and how it writes so that an error leaves nothing."""

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from .fault import Fault


def workspace() -> Path:
    """The workspace root: /workspace in a box, ARKWRIGHT_WORKSPACE elsewhere."""
    return Path(os.environ.get("ARKWRIGHT_WORKSPACE", "/workspace")).resolve()


def scratch() -> Path:
    """The run's scratch folder, shared by all its boxes."""
    return Path(os.environ.get("ARKWRIGHT_SCRATCH", "/tmp/scratch"))


def inside(path: str) -> Path:
    """`path` (relative to the workspace) as an absolute path whose folder holds no way out.

    A link at the end of the path is kept as it is if it points into the workspace.

    Raises:
        Fault: outside_workspace, for an absolute path, `..` or a link that leaves.
    """
    root = workspace()
    if path.startswith(("/", "~")) or ".." in Path(path).parts or "\0" in path:
        raise Fault("outside_workspace", f"{path!r} is not a path inside the workspace", "give a path relative to the workspace")
    target = root / path
    real = target.resolve()
    if real != root and root not in real.parents:
        raise Fault("outside_workspace", f"{path!r} is a link that leaves the workspace", "name a file inside the workspace")
    return target.parent.resolve() / target.name if target != root else root


def existing(path: str) -> Path:
    """`inside(path)` that is there.

    Raises:
        Fault: not_found, outside_workspace.
    """
    target = inside(path)
    if not target.exists():
        raise Fault("not_found", f"there is no {path!r} in the workspace", "list the files with files.list")
    refuse_special(target, path)
    return target


def refuse_special(target: Path, path: str) -> None:
    """A pipe would keep whoever opens it waiting for ever.

    Raises:
        Fault: not_a_file.
    """
    if not (target.is_file() or target.is_dir()):
        raise Fault("not_a_file", f"{path!r} is a pipe, a socket or a device, not a file", "name a file")


def vacant(path: str) -> Path:
    """`inside(path)` where nothing is yet.

    Raises:
        Fault: exists, outside_workspace.
    """
    target = inside(path)
    if os.path.lexists(target):
        raise Fault("exists", f"{path!r} is already there and is not overwritten", "choose another name")
    return target


def relative(target: Path) -> str:
    """A workspace path as people and plans name it: relative, with forward slashes."""
    return target.relative_to(workspace()).as_posix()


def in_scratch(suffix: str) -> Path:
    """A fresh name in the scratch folder."""
    scratch().mkdir(parents=True, exist_ok=True)
    return scratch() / f"{secrets.token_hex(8)}{suffix}"


@contextmanager
def atomic(target: Path) -> Iterator[Path]:
    """A temporary name beside `target`, renamed to it at the end; an error leaves neither it nor the folders made for it."""
    made = make_folders(target.parent)
    temporary = target.with_name(f".{secrets.token_hex(6)}.part")
    try:
        yield temporary
        temporary.replace(target)
    except BaseException:
        temporary.unlink(missing_ok=True)
        remove_folders(made)
        raise


def make_folders(folder: Path) -> list[Path]:
    """Make `folder` and its missing parents; returns those made, outermost first."""
    missing = [folder, *folder.parents]
    missing = [parent for parent in missing if not parent.exists()][::-1]
    for parent in missing:
        parent.mkdir(exist_ok=True)
    return missing


def remove_folders(folders: list[Path]) -> None:
    """Remove those of `folders` (outermost first) that are empty."""
    for folder in reversed(folders):
        try:
            folder.rmdir()
        except OSError:
            return
