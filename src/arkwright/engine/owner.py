"""Owner: which process works on a run, and whether it still lives."""

import os
import socket
from pathlib import Path


def owner() -> str:
    """This process, as `host:pid:start`."""
    return f"{socket.gethostname()}:{os.getpid()}:{_started(os.getpid())}"


def alive(name: str) -> bool:
    """Whether another process of this host, named by `owner`, still runs. One of another host counts as gone: epochs fence it."""
    host, _, rest = name.rpartition(":")[0].rpartition(":")[0], "", name.rsplit(":", 2)[1:]
    if len(rest) != 2 or host != socket.gethostname() or not rest[0].isdigit():
        return False
    pid = int(rest[0])
    return pid != os.getpid() and _started(pid) == rest[1] != ""


def _started(pid: int) -> str:
    """When a process began, in clock ticks since boot; empty when there is no such process (or no /proc)."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return ""
    fields = stat.rpartition(")")[2].split()
    return "" if fields[0] == "Z" else fields[19]
