"""Runs a command as an ordinary user, and with user namespaces off when told so, whoever runs the tests.

    python ordinary.py '{"folder": ..., "paths": [...], "userns": false}' COMMAND...

As root: `paths` that lie where only root may look are put in place again by bind mounts in a private mount namespace.
"""

import ctypes
import json
import os
import sys
from pathlib import Path

NEWNS, NEWUSER = 0x20000, 0x10000000
MS_BIND, MS_REC, MS_PRIVATE = 0x1000, 0x4000, 0x40000
UID = 61234
LIBC = ctypes.CDLL(None, use_errno=True)


def main() -> None:
    about, argv = json.loads(sys.argv[1]), sys.argv[2:]
    folder = Path(about["folder"])
    if os.geteuid() == 0:
        check(LIBC.unshare(NEWNS))
        mount("none", "/", MS_REC | MS_PRIVATE)
        show([Path(path) for path in about["paths"]], folder / "stage")
        for path in (folder, *folder.rglob("*")):
            if "stage" not in path.relative_to(folder).parts:
                os.chown(path, UID, UID, follow_symlinks=False)
        os.setgroups([])
        os.setresgid(UID, UID, UID)
        os.setresuid(UID, UID, UID)
    if not about["userns"]:
        uid, gid = os.getuid(), os.getgid()
        LIBC.prctl(4, 1, 0, 0, 0)  # a process that changed its user owns its own /proc only when dumpable
        check(LIBC.unshare(NEWUSER))
        for name, text in (("setgroups", "deny"), ("uid_map", f"{uid} {uid} 1"), ("gid_map", f"{gid} {gid} 1")):
            Path(f"/proc/self/{name}").write_text(text)
        Path("/proc/sys/user/max_user_namespaces").write_text("0")
    os.chdir(folder)
    os.environ.update(HOME=str(folder))
    os.execvp(argv[0], argv)


def show(paths: list[Path], stage: Path) -> None:
    """Put paths below a private folder where everybody may go, at their old places."""
    hidden = [path for path in dict.fromkeys(paths) if not open_to_all(path)]
    outer = [path for path in hidden if not any(other in path.parents for other in hidden)]
    for number, path in enumerate(outer):
        (stage / str(number)).mkdir(parents=True, exist_ok=True)
        mount(str(path), str(stage / str(number)), MS_BIND | MS_REC)
    for top in {path.parts[1] for path in outer}:
        check(LIBC.mount(b"tmpfs", f"/{top}".encode(), b"tmpfs", 0, b"mode=755"))
    for number, path in enumerate(outer):
        path.mkdir(parents=True)
        mount(str(stage / str(number)), str(path), MS_BIND | MS_REC)


def open_to_all(path: Path) -> bool:
    return all(place.stat().st_mode & 0o001 for place in (path, *path.parents))


def mount(source: str, target: str, flags: int) -> None:
    check(LIBC.mount(source.encode(), target.encode(), None, flags, None))


def check(result: int) -> None:
    if result < 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))


if __name__ == "__main__":
    main()
