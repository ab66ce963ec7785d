"""System: what the operating system refuses, and what nobody foresaw, as a fault that says on what and what to do."""

import errno
import os
import traceback

from .fault import Fault
from .paths import scratch, workspace

HURTFUL = (
    ("RecursionError", "too_deep", "the file is nested more deeply than can be read", "give a file with fewer levels"),
    ("DecompressionBomb", "too_big", "a picture has more pixels than can be held", "make the picture smaller"),
    ("field larger than field limit", "too_big", "a cell of the table is longer than 16 MB", "check the quotes of the file"),
)
FULL = (errno.ENOSPC, errno.EDQUOT)


def refusal(error: OSError, doing: str) -> Fault:
    """The fault for an error that a function did not answer itself. `doing` is the name of the function."""
    name = _name(error.filename)
    on, path = (f" at {name!r}", name) if name else ("", "the file")
    if error.errno in FULL:
        return Fault("disk", f"the disk is full{on}; nothing was left half-written", "free some space, then run it again")
    if error.errno == errno.EFBIG:
        return Fault("disk", f"a file would become larger than a box may write{on}", "work on less data at a time")
    if error.errno == errno.EROFS:
        return Fault("not_permitted", f"the workspace is read-only{on}", "work on a copy of it in a folder that may be written")
    if error.errno in (errno.EACCES, errno.EPERM) and name == ".":
        return Fault("not_permitted", "the workspace folder may not be written", "work on a copy of it that may be written")
    if error.errno in (errno.EACCES, errno.EPERM):
        return Fault("not_permitted", f"{path!r} may not be read or written", f"allow it, such as with chmod u+rwX {path}")
    if error.errno == errno.ENAMETOOLONG:
        return Fault("bad_name", f"a name is too long for this disk{on}", "choose a shorter name")
    if error.errno == errno.ENOENT and name:
        return Fault(
            "not_found", f"{name!r} is not there any more", "look whether something else moves files here, then try again"
        )
    return Fault("crash", f"{doing}: {error}")


def unexpected(error: BaseException, doing: str) -> Fault:
    """The fault for what no function answered: files made to hurt, else a mistake of our own, with its place."""
    last = traceback.format_exception_only(error)[-1].strip()
    for sign, code, message, remedy in HURTFUL:
        if sign in last:
            return Fault(code, message, remedy)
    frames = traceback.extract_tb(error.__traceback__)
    where = f" ({os.path.basename(frames[-1].filename)}:{frames[-1].lineno})" if frames else ""
    return Fault("crash", f"{doing}: {last}{where}")


def _name(filename: object) -> str:
    """A path as people name it: relative to the workspace, and without the names that only exist while a file is written."""
    path = os.fsdecode(filename) if isinstance(filename, str | bytes) else ""
    if path.endswith(".part"):
        path = os.path.dirname(path)
    for root in (str(workspace()), str(scratch())):
        if path == root:
            return "."
        if path.startswith(f"{root}/"):
            return path[len(root) + 1 :]
    return path
