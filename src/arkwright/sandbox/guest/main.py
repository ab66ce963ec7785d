"""The supervisor inside every box: process 1, standard library only, one thread; it starts programs and passes on what they say.

It talks frames (sandbox/frames.py) on the socket that is its standard input. A request has an `id` and a `do`; answers carry the
same id and an `is`: `out` (body: bytes of `stream` 1 or 2), `progress`, and once, at the end, `end`. Nothing that runs here can
read this process, and a signal from inside its own box does not reach process 1.
"""

import contextlib
import ctypes
import json
import os
import resource
import signal
import socket
import sys

from .files import Files
from .functions import Functions
from .loop import Loop
from .programs import Programs
from .sessions import Sessions

PR_SET_DUMPABLE, PR_SET_NO_NEW_PRIVS = 4, 38
LIBC = ctypes.CDLL(None, use_errno=True)


def main() -> None:
    """Started by the backend with its settings as the one argument; the standard input is the line to the host."""
    if os.getpid() != 1:
        sys.exit("the supervisor kills what it finds around it: it runs as process 1 of a box only")
    settings = json.loads(sys.argv[1])
    line = socket.socket(fileno=os.dup(0))
    nowhere = os.open(os.devnull, os.O_RDWR)
    os.dup2(nowhere, 0)
    os.dup2(nowhere, 1)
    if settings["door"] >= 0:
        open_door(socket.socket(fileno=settings["door"]))
    mine = {line.fileno()}
    for descriptor in [int(name) for name in os.listdir("/proc/self/fd")]:
        if descriptor > 2 and descriptor not in mine:
            with contextlib.suppress(OSError):
                os.close(descriptor)
    confine(settings["limits"])
    loop = Loop(line, settings["limits"])
    programs = Programs(loop, settings["env"], settings["cwd"])
    Functions(loop, settings["env"], settings["cwd"])
    Sessions(loop, programs, settings["node"])
    Files(loop)
    loop.run()


def open_door(out: socket.socket) -> None:
    """Listen inside the empty network of this box and hand the listening socket to the proxy on the host."""
    with socket.socket() as door, out:
        door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        door.bind(("127.0.0.1", 3128))
        door.listen(128)
        socket.send_fds(out, [b"1"], [door.fileno()])


def confine(limits: dict[str, int]) -> None:
    """Limits for everything that will run here, counted by the kernel per box because they are set inside its user namespace."""
    LIBC.prctl(PR_SET_DUMPABLE, 0, 0, 0, 0)
    LIBC.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    with contextlib.suppress(OSError), open("/proc/self/oom_score_adj", "w") as score:
        score.write("500")
    for name, key in (
        ("RLIMIT_NPROC", "processes"),
        ("RLIMIT_FSIZE", "file"),
        ("RLIMIT_NOFILE", "files"),
        ("RLIMIT_DATA", "memory"),
    ):
        resource.setrlimit(getattr(resource, name), (limits[key], limits[key]))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    # Process 1 receives no signal it has no handler for, and what is ignored here would be ignored by every child.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
