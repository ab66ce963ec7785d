"""Decoys: what a box must not reach, put on the host for the time of a test."""

import contextlib
import ctypes
import os
import secrets
import socket
import subprocess
import sys
from collections.abc import Generator
from pathlib import Path
from typing import Any

LIBC = ctypes.CDLL(None, use_errno=True)


@contextlib.contextmanager
def decoys(folder: Path) -> Generator[dict[str, Any]]:
    """A secret file, a process with a secret in its environment, an abstract and a file socket, shared memory, a listener."""
    token, mark = secrets.token_hex(12), f"decoy-{secrets.token_hex(4)}"
    secret = folder / "secret.txt"
    secret.write_text(token)
    key = secrets.randbelow(1 << 30) + 1
    segment = LIBC.shmget(key, 4096, 0o1666)
    with contextlib.ExitStack() as stack:
        stack.callback(LIBC.shmctl, segment, 0, None)
        listener = stack.enter_context(socket.create_server(("127.0.0.1", 0)))
        abstract, file = (stack.enter_context(socket.socket(socket.AF_UNIX)) for _ in range(2))
        abstract.bind(f"\0{mark}")
        file.bind(str(folder / "decoy.sock"))
        for one in (abstract, file):
            one.listen()
        process = subprocess.Popen(
            [sys.executable, "-c", "import sys; print('up', flush=True); sys.stdin.read()", mark],
            env={"TOKEN": token}, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        )  # fmt: skip
        stack.callback(process.wait)
        stack.callback(process.kill)
        assert process.stdin is not None
        assert process.stdout is not None
        stack.callback(process.stdin.close)  # it ends with this process, however that ends
        stack.callback(process.stdout.close)
        process.stdout.readline()
        yield {
            "secret": str(secret), "pid": process.pid, "mark": mark, "port": listener.getsockname()[1], "abstract": mark,
            "socket": str(folder / "decoy.sock"), "shm": key, "token": token, "daemon": f"survivor-{secrets.token_hex(4)}",
        }  # fmt: skip
        assert process.poll() is None, "an attempt killed the decoy"
        assert secret.read_text() == token, "an attempt changed the secret"


def lives(mark: str) -> bool:
    """Whether a process with this word in its command line runs on the host."""
    for name in os.listdir("/proc"):
        if name.isdigit():
            with contextlib.suppress(OSError):
                if mark.encode() in Path(f"/proc/{name}/cmdline").read_bytes() and int(name) != os.getpid():
                    return True
    return False
