"""Processes: what runs in this box, what it weighs, and how it ends."""

import contextlib
import os
import signal


def kill(leader: int) -> None:
    """Kill a process and its group."""
    for end in (os.killpg, os.kill):
        with contextlib.suppress(ProcessLookupError, PermissionError):
            end(leader, signal.SIGKILL)


def processes() -> dict[int, list[str]]:
    """The fields of /proc/PID/stat after the name, by process."""
    found: dict[int, list[str]] = {}
    for name in os.listdir("/proc"):
        if name.isdigit():
            with contextlib.suppress(OSError), open(f"/proc/{name}/stat") as about:
                found[int(name)] = about.read().rpartition(")")[2].split()
    return found


def orphans() -> list[int]:
    """Children of process 1."""
    return [pid for pid, fields in processes().items() if fields[1] == "1"]


def weights() -> dict[int, int]:
    """Bytes of memory each process has to itself (resident, without what is shared with files)."""
    page, sizes = os.sysconf("SC_PAGE_SIZE"), dict[int, int]()
    for name in os.listdir("/proc"):
        if name.isdigit():
            with contextlib.suppress(OSError), open(f"/proc/{name}/statm") as about:
                fields = about.read().split()
                sizes[int(name)] = (int(fields[1]) - int(fields[2])) * page
    return sizes


def share(pid: int, otherwise: int) -> int:
    """Bytes a process holds when what forked processes have in common is divided among them; costs more to find out."""
    size = 0
    try:
        with open(f"/proc/{pid}/smaps_rollup") as lines:
            for line in lines:
                if line.startswith(("Pss_Anon:", "Pss_Shmem:")):
                    size += int(line.split()[1]) << 10
    except OSError:
        return otherwise
    return size
