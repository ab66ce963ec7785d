"""Pace: how far a call is that says nothing of it, seen from how far it has read its largest file."""

import contextlib
import os
import stat
import threading
from collections.abc import Callable, Generator

from .paths import workspace

Progress = Callable[[float, str], None]
LARGE = 16 << 20
EVERY = 1.0


@contextlib.contextmanager
def paced(progress: Progress, *, every: float = EVERY) -> Generator[None]:
    """While something reads a large file of the workspace, tell every second how far it has come."""
    done = threading.Event()

    def watch() -> None:
        while not done.wait(every):
            with contextlib.suppress(OSError):  # no /proc here, or nobody listens any more
                if seen := reading():
                    progress(*seen)

    thread = threading.Thread(target=watch, daemon=True)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()


def reading() -> tuple[float, str] | None:
    """How much of the largest file that is open here was read (0 to 1), and what to call that; None when all are small."""
    found: list[tuple[int, int, str]] = []
    for name in os.listdir("/proc/self/fd"):
        with contextlib.suppress(OSError):  # closed meanwhile
            about = os.fstat(int(name))
            if stat.S_ISREG(about.st_mode) and about.st_size >= LARGE:
                found.append((about.st_size, os.lseek(int(name), 0, os.SEEK_CUR), os.readlink(f"/proc/self/fd/{name}")))
    inside = f"{workspace()}/"
    mine = [(size, at, path.removeprefix(inside)) for size, at, path in found if path.startswith(inside) and at > 0]
    if not mine:
        return None
    size, at, path = max(mine)
    return min(1.0, at / size), f"reading {path}"
