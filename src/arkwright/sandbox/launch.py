"""The launcher of a root caller: a box never runs as uid 0, so it gets an id-mapped view and a uid of its own, then bwrap.

Run as `python -I -S launch.py SPEC FILE...`; SPEC is JSON: {"uid", "binds": [{"source", "target", "writable"}], "argv", "stage"}.
Each source (which may lie under a 0700 folder of root) is cloned, id-mapped so that its owner appears as `uid`, and attached
below `stage` in a private mount namespace; then the process becomes `uid`, without groups, and executes argv with no environment.
What the box creates belongs to the owner of the bound folder. Standard library only.
"""

import ctypes
import json
import os
import signal
import sys
from typing import Any

CLONE_NEWNS, CLONE_NEWUSER = 0x00020000, 0x10000000
MS_REC, MS_PRIVATE, MS_NOSUID, MS_NODEV = 0x4000, 0x40000, 2, 4
OPEN_TREE_CLONE, AT_EMPTY_PATH, AT_FDCWD, CLOEXEC = 1, 0x1000, -100, 0o2000000
MOUNT_ATTR_RDONLY, MOUNT_ATTR_NOSUID, MOUNT_ATTR_NODEV, MOUNT_ATTR_IDMAP = 1, 2, 4, 0x100000
MOVE_MOUNT_F_EMPTY_PATH = 4
OPEN_TREE, MOVE_MOUNT, MOUNT_SETATTR = 428, 429, 442  # the same number on every architecture
LIBC = ctypes.CDLL(None, use_errno=True)


class Attributes(ctypes.Structure):
    """struct mount_attr."""

    _fields_ = (
        ("set", ctypes.c_uint64),
        ("clear", ctypes.c_uint64),
        ("propagation", ctypes.c_uint64),
        ("userns", ctypes.c_uint64),
    )


def main(spec: dict[str, Any]) -> None:
    """Build the views, leave root behind, become bwrap."""
    uid = int(spec["uid"])
    check(LIBC.unshare(CLONE_NEWNS), "a private mount namespace")
    check(LIBC.mount(None, b"/", None, MS_REC | MS_PRIVATE, None), "private propagation")
    views = [(clone(bind["source"], uid, bool(bind["writable"])), bind) for bind in spec["binds"]]
    stage = spec["stage"].encode()
    check(LIBC.mount(b"tmpfs", stage, b"tmpfs", MS_NOSUID | MS_NODEV, b"mode=0755,size=1m"), f"a tmpfs on {spec['stage']}")
    for tree, bind in views:
        attach(tree, bind)
    become(uid)
    os.execve(spec["argv"][0], spec["argv"], {})


def clone(source: str, uid: int, writable: bool) -> int:
    """A detached copy of the mount at `source` in which its owner appears as `uid`."""
    tree = check(LIBC.syscall(OPEN_TREE, AT_FDCWD, os.fsencode(source), OPEN_TREE_CLONE | CLOEXEC), f"a view of {source!r}")
    about = os.stat(tree)
    names = mapping(about.st_uid, about.st_gid, uid)
    flags = MOUNT_ATTR_IDMAP | MOUNT_ATTR_NOSUID | MOUNT_ATTR_NODEV | (0 if writable else MOUNT_ATTR_RDONLY)
    attributes = Attributes(flags, 0, 0, names)
    done = LIBC.syscall(MOUNT_SETATTR, tree, b"", AT_EMPTY_PATH, ctypes.byref(attributes), ctypes.sizeof(attributes))
    check(done, f"an id-mapped view of {source!r}")
    os.close(names)
    return tree


def mapping(owner: int, group: int, uid: int) -> int:
    """A user namespace in which `owner` on the disk is `uid` to the box; only its descriptor is kept."""
    ready, go = os.pipe(), os.pipe()
    child = os.fork()
    if child == 0:
        status = LIBC.unshare(CLONE_NEWUSER)
        os.write(ready[1], b"1" if status == 0 else b"0")
        os.close(go[1])
        os.read(go[0], 1)
        os._exit(0)
    try:
        if os.read(ready[0], 1) != b"1":
            raise OSError("a user namespace for id mapping could not be made")
        for name, inside in (("uid_map", owner), ("gid_map", group)):
            with open(f"/proc/{child}/{name}", "w") as table:
                table.write(f"{inside} {uid} 1")
        return os.open(f"/proc/{child}/ns/user", os.O_RDONLY | os.O_CLOEXEC)
    finally:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        for descriptor in (*ready, *go):
            os.close(descriptor)


def attach(tree: int, bind: dict[str, Any]) -> None:
    """Put a view at its place on the stage."""
    target = bind["target"]
    if os.path.isdir(f"/proc/self/fd/{tree}"):
        os.makedirs(target, mode=0o755, exist_ok=True)
    else:
        os.makedirs(os.path.dirname(target), mode=0o755, exist_ok=True)
        os.close(os.open(target, os.O_CREAT | os.O_WRONLY, 0o644))
    check(LIBC.syscall(MOVE_MOUNT, tree, b"", AT_FDCWD, os.fsencode(target), MOVE_MOUNT_F_EMPTY_PATH), f"the view at {target!r}")
    os.close(tree)


def become(uid: int) -> None:
    """Give up root for good."""
    os.setgroups([])
    os.setresgid(uid, uid, uid)
    os.setresuid(uid, uid, uid)
    os.chdir("/")


def check(result: int, what: str) -> int:
    """The result of a system call, or the reason why there is none."""
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, f"cannot make {what}: {os.strerror(number)}")
    return result


if __name__ == "__main__":
    os.umask(0o022)
    try:
        main(json.loads(sys.argv[1]))
    except OSError as error:
        sys.exit(f"launch: {error}")
