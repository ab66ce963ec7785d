"""The weaker way to hold toolbox functions, where user namespaces are off: the fork server behind Landlock and seccomp.

Run as `python -I -S confine.py SPEC`; SPEC is JSON: {"abi", "read", "write", "sys_path", "limits", "server", "calls", "line"}.
`server` and `calls` are seccomp filters in hex: the second is laid over the first in every forked call, which then can fork
no more. No program is ever executed here. Standard library only.
"""

import contextlib
import ctypes
import json
import os
import resource
import stat
import sys
from typing import Any

CREATE_RULESET, ADD_RULE, RESTRICT_SELF = 444, 445, 446  # the same number on every architecture
PR_SET_PDEATHSIG, PR_SET_DUMPABLE, PR_SET_SECCOMP, PR_SET_NO_NEW_PRIVS = 1, 4, 22, 38
FILTER_MODE, SIGKILL, PATH_BENEATH = 2, 9, 1
# The rights of Landlock, bit by bit: execute, write_file, read_file, read_dir, remove_dir, remove_file, make_char, make_dir,
# make_reg, make_sock, make_fifo, make_block, make_sym, refer (ABI 2), truncate (ABI 3), ioctl_dev (ABI 5).
WRITE_FILE, READ_FILE, READ_DIR, TRUNCATE = 1 << 1, 1 << 2, 1 << 3, 1 << 14
READ = READ_FILE | READ_DIR
CHANGE = WRITE_FILE | 1 << 4 | 1 << 5 | 1 << 7 | 1 << 8 | 1 << 12 | 1 << 13 | TRUNCATE
OF_FILES = WRITE_FILE | READ_FILE | TRUNCATE
RIGHTS = {2: (1 << 14) - 1, 3: (1 << 15) - 1, 5: (1 << 16) - 1}
LIBC = ctypes.CDLL(None, use_errno=True)


class Rules(ctypes.Structure):
    """struct landlock_ruleset_attr."""

    _fields_ = (("files", ctypes.c_uint64), ("network", ctypes.c_uint64), ("scoped", ctypes.c_uint64))


class Beneath(ctypes.Structure):
    """struct landlock_path_beneath_attr."""

    _pack_ = 1
    _fields_ = (("allowed", ctypes.c_uint64), ("folder", ctypes.c_int32))


class Program(ctypes.Structure):
    """struct sock_fprog."""

    _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.c_char_p))


def main(spec: dict[str, Any]) -> None:
    """Give up everything that toolbox functions do not need, then serve them until the host hangs up."""
    check(LIBC.prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0), "this process end with its host")
    check(LIBC.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0), "this process gain nothing")
    LIBC.prctl(PR_SET_DUMPABLE, 0, 0, 0, 0)
    os.umask(0o022)
    bound(spec["limits"])
    by_descriptor()
    landlock(spec["abi"], [*spec["read"], "/proc"], spec["write"])
    seccomp(spec["server"])
    os.register_at_fork(after_in_child=lambda: seal(spec))
    sys.path[:0] = spec["sys_path"]
    from toolbox.serve import main as serve  # pyright: ignore

    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)  # nobody reads on what went wrong later; the answers say it
    serve(spec["line"])


def bound(limits: dict[str, int]) -> None:
    """Limits of each process; the kernel counts the processes of a user together, so their number cannot be bounded here."""
    for name, key in (("RLIMIT_FSIZE", "file"), ("RLIMIT_NOFILE", "files"), ("RLIMIT_DATA", "memory")):
        most = limits[key]
        with contextlib.suppress(ValueError):
            resource.setrlimit(getattr(resource, name), (most, most))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with contextlib.suppress(OSError), open("/proc/self/oom_score_adj", "w") as score:
        score.write("1000")


def by_descriptor() -> None:
    """Change modes and times through an open file, which Landlock judges; by path it does not, so the filter refuses that."""
    own_utime = os.utime

    def chmod(path: Any, mode: int, *, dir_fd: int | None = None, follow_symlinks: bool = True) -> None:
        if isinstance(path, int):
            os.fchmod(path, mode)
            return
        with opened(path, dir_fd, follow_symlinks) as descriptor:
            if descriptor is not None:
                os.fchmod(descriptor, mode)

    def utime(path: Any, times: Any = None, *, ns: Any = None, dir_fd: int | None = None, follow_symlinks: bool = True) -> None:
        with opened(path, dir_fd, follow_symlinks) as descriptor:
            if descriptor is not None:
                own_utime(descriptor, times, **({} if ns is None else {"ns": ns}))

    os.chmod, os.utime = chmod, utime  # pyright: ignore


@contextlib.contextmanager
def opened(path: Any, dir_fd: int | None, follow: bool) -> Any:
    """A descriptor of a file or folder; None for a link that is not to be followed, which has neither mode nor use for times."""
    if isinstance(path, int):
        yield path
        return
    if not follow and stat.S_ISLNK(os.stat(path, dir_fd=dir_fd, follow_symlinks=False).st_mode):
        yield None
        return
    descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC, dir_fd=dir_fd)
    try:
        yield descriptor
    finally:
        os.close(descriptor)


def landlock(abi: int, read: list[str], write: list[str]) -> None:
    """Nothing of the file system but what is named, no TCP (ABI 4), no signal and no abstract socket out of here (ABI 6)."""
    handled = RIGHTS[max(known for known in RIGHTS if known <= abi)]
    rules = Rules(handled, 3 if abi >= 4 else 0, 3 if abi >= 6 else 0)
    size = 24 if abi >= 6 else 16 if abi >= 4 else 8
    ruleset = check(LIBC.syscall(CREATE_RULESET, ctypes.byref(rules), size, 0), "a Landlock ruleset")
    for path in read:
        allow(ruleset, path, READ, handled)
    for path in write:
        allow(ruleset, path, READ | CHANGE, handled)
    check(LIBC.syscall(RESTRICT_SELF, ruleset, 0), "the Landlock ruleset hold")
    os.close(ruleset)


def allow(ruleset: int, path: str, rights: int, handled: int) -> None:
    """Allow `rights` at and below a path; one that is not there needs no rule."""
    try:
        place = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except OSError:
        return
    if not stat.S_ISDIR(os.fstat(place).st_mode):
        rights &= OF_FILES
    rule = Beneath(rights & handled, place)
    check(LIBC.syscall(ADD_RULE, ruleset, PATH_BENEATH, ctypes.byref(rule), 0), f"a Landlock rule for {path!r}")
    os.close(place)


def seal(spec: dict[str, Any]) -> None:
    """A forked call sees of /proc only itself, ends with its server and forks no more; without all that it does not begin."""
    try:
        check(LIBC.prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0), "a call end with its server")
        landlock(spec["abi"], [*spec["read"], "/proc/self"], spec["write"])
        seccomp(spec["calls"])
    except OSError:
        os._exit(1)


def seccomp(code: str) -> None:
    """Lay one more filter over this process."""
    raw = bytes.fromhex(code)
    program = Program(len(raw) // 8, raw)
    check(LIBC.prctl(PR_SET_SECCOMP, FILTER_MODE, ctypes.byref(program), 0, 0), "the seccomp filter hold")


def check(result: int, what: str) -> int:
    """The result of a call, or the reason why there is none."""
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, f"cannot make {what}: {os.strerror(number)}")
    return result


if __name__ == "__main__":
    try:
        main(json.loads(sys.argv[1]))
    except OSError as error:
        sys.exit(f"confine: {error}")
