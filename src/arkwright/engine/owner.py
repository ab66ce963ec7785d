"""Owner: which process works on a run, and whether it still lives."""

import os
import socket
from pathlib import Path


def owner() -> str:
    """This process, as `host:pid:start`."""
    return f"{socket.gethostname()}:{os.getpid()}:{_started(os.getpid())}"


def alive(name: str) -> bool:
    """Whether another process of this host, named by `owner`, still runs. One of another host counts as gone: epochs fence it."""
    match name.rsplit(":", 2):
        case [host, pid, started] if host == socket.gethostname() and pid.isdigit():
            return int(pid) != os.getpid() and _started(int(pid)) == started != ""
        case _:
            return False


def _started(pid: int) -> str:
    """When a process began, in clock ticks since boot; empty when there is no such process (or no /proc)."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return ""
    fields = stat.rpartition(")")[2].split()
    return "" if fields[0] == "Z" else fields[19]
