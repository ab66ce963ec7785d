"""The fork server: imports toolbox modules once and forks a fresh process for each call.

The supervisor sends `module.function` with a stream socket per call; the forked process reads its arguments from that
socket and answers on it, so nothing a call prints or breaks reaches another call.
"""

import csv
import ctypes
import importlib
import json
import os
import select
import signal
import socket
import struct
import sys
import threading
import traceback
from collections.abc import Callable
from typing import Any

from .fault import Fault
from .pace import paced
from .system import refusal, unexpected

PREFIX = struct.Struct("!I")
MOST_RESULT = 64 << 20
LONGEST_CELL = 16 << 20
PR_SET_DUMPABLE = 4
SENDING = threading.Lock()  # progress is told by two threads


def main(fd: int) -> None:
    """Serve calls that arrive on `fd` until the supervisor is gone."""
    # Same-uid processes in this box must not be able to write the memory of the server or of its calls.
    ctypes.CDLL(None).prctl(PR_SET_DUMPABLE, 0, 0, 0, 0)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    csv.field_size_limit(LONGEST_CELL)
    line = socket.socket(fileno=fd)
    ahead: list[str] = []
    while True:
        if ahead and not select.select([line], [], [], 0)[0]:
            load(ahead.pop(0))  # one at a time, so that no call waits for more than one import
            continue
        message, fds, _, _ = socket.recv_fds(line, 4096, 1)
        if not message:
            return
        name = message.decode()
        if not fds:
            ahead.append(name)
            continue
        load(name.partition(".")[0])
        if os.fork() == 0:
            line.close()
            answer(name, socket.socket(fileno=fds[0]))
        os.close(fds[0])


def load(module: str) -> None:
    """Import a module of the toolbox, or (`+name`) one of others, ahead of its calls; a failure shows again in the call."""
    try:
        if module.startswith("+"):
            importlib.import_module(module[1:])
        else:
            importlib.import_module(f".{module}", __package__)
    except Exception:
        return


def answer(name: str, line: socket.socket) -> None:
    """Run one call and leave. Never returns."""
    code = 1
    try:
        os.setsid()
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        send(line, {"pid": os.getpid()})
        send(line, outcome(name, line))
        code = 0
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(code)


def outcome(name: str, line: socket.socket) -> dict[str, Any]:
    """What the call returned, or why it did not."""

    def progress(fraction: float, note: str = "") -> None:
        send(line, {"progress": float(fraction), "note": str(note)})

    try:
        function, args = find(name), receive(line)
        with paced(progress):
            value = function(args, progress)
        packed = json.dumps({"value": value}, allow_nan=False)
        if len(packed) > MOST_RESULT:
            raise Fault("too_large", f"{name} returned {len(packed) >> 20} MB", "ask for less, or write it to a file")
        return {"packed": packed}
    except Fault as fault:
        return told(fault)
    except MemoryError:
        return told(Fault("memory", f"{name} ran out of the memory of the box", "work on less data at a time"))
    except OSError as error:
        return told(refusal(error, name))
    except BaseException as error:
        return told(unexpected(error, name))


def told(fault: Fault) -> dict[str, Any]:
    """A fault as the supervisor reads it."""
    return {"fault": {"code": fault.code, "message": fault.message, "remedy": fault.remedy, "transient": fault.transient}}


def find(name: str) -> Callable[..., Any]:
    """The function called `module.function`."""
    module, _, function = name.partition(".")
    try:
        found = getattr(importlib.import_module(f".{module}", __package__), function, None)
    except ModuleNotFoundError as error:
        if error.name == f"{__package__}.{module}":
            raise Fault("no_such_function", f"the toolbox has no module {module!r}") from error
        raise
    if not callable(found) or function.startswith("_"):
        raise Fault("no_such_function", f"the toolbox has no function {name!r}")
    return found


def receive(line: socket.socket) -> Any:
    """The arguments of the call."""
    with line.makefile("rb") as stream:
        return json.loads(stream.read(PREFIX.unpack(stream.read(PREFIX.size))[0]))


def send(line: socket.socket, message: dict[str, Any]) -> None:
    """One answer: a length and JSON."""
    text = message["packed"] if "packed" in message else json.dumps(message)
    data = text.encode()
    with SENDING:
        line.sendall(PREFIX.pack(len(data)) + data)


if __name__ == "__main__":
    main(int(sys.argv[1]))
