"""Functions: calls of the toolbox, each in a process that a fork server makes with its modules already imported."""

import contextlib
import json
import os
import selectors
import socket
import struct
import subprocess
import sys
from typing import Any

from .loop import CHUNK, MOST_RESULT, Job, Loop

PREFIX = struct.Struct("!I")


class Functions:
    """Serves `call` and `warm`."""

    def __init__(self, loop: Loop, env: dict[str, str], home: str) -> None:
        self.loop, self.env, self.home = loop, env, home
        self.server: socket.socket | None = None
        loop.serves |= {"call": self.call, "warm": self.warm}

    def call(self, message: dict[str, Any], body: bytes) -> None:
        job = self.loop.begin(message)
        ours, theirs = socket.socketpair()
        with theirs:
            self.serve_fork(message["function"].encode(), [theirs.fileno()])
        descriptor, state = ours.detach(), {"buffer": bytearray(), "rest": memoryview(PREFIX.pack(len(body)) + body)}
        os.set_blocking(descriptor, False)
        job.pipes[descriptor] = 0
        self.loop.selector.register(
            descriptor, selectors.EVENT_READ | selectors.EVENT_WRITE, lambda: self.converse(job, descriptor, state)
        )

    def warm(self, message: dict[str, Any], body: bytes) -> None:
        for module in message["modules"]:
            self.serve_fork(module.encode(), [])
        self.loop.tell({"id": message["id"], "is": "end"})

    def serve_fork(self, name: bytes, descriptors: list[int]) -> None:
        """Hand a request to the fork server, which is started when there is none."""
        for _ in range(2):
            if self.server is None:
                self.server = self.start_server()
            try:
                socket.send_fds(self.server, [name], descriptors)
                return
            except OSError:
                self.gone(self.server)
        raise OSError(0, "the toolbox server does not start")

    def start_server(self) -> socket.socket:
        """A fork server and the socket to it; it has no workspace of its own as working folder and prints nowhere."""
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        ours.setblocking(True)
        places = "sys.path[:0] = ['/opt/arkwright', '/opt/arkwright/site']"
        code = f"import sys; {places}; from toolbox.serve import main; main({theirs.fileno()})"
        process = subprocess.Popen(
            [sys.executable, "-I", "-S", "-c", code], env=self.env, cwd=self.home, stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True, pass_fds=[theirs.fileno()],
        )  # fmt: skip
        process.returncode = 0
        theirs.close()
        self.loop.lasting[process.pid] = lambda: self.gone(ours)
        return ours

    def gone(self, server: socket.socket) -> None:
        """Forget a fork server that has ended."""
        server.close()
        if self.server is server:
            self.server = None

    def converse(self, job: Job, descriptor: int, state: dict[str, Any]) -> None:
        """Send the arguments of a call; hear its number, progress and result."""
        try:
            if state["rest"]:
                with contextlib.suppress(BlockingIOError):
                    state["rest"] = state["rest"][os.write(descriptor, state["rest"][:CHUNK]) :]
                if not state["rest"]:
                    self.loop.selector.modify(descriptor, selectors.EVENT_READ, lambda: self.converse(job, descriptor, state))
            data = os.read(descriptor, 1 << 20)
        except BlockingIOError:
            return
        except OSError:
            data = b""
        if not data:
            self.loop.finish(job, died=True)
            return
        buffer = state["buffer"]
        buffer += data
        while len(buffer) >= PREFIX.size:
            (length,) = PREFIX.unpack_from(buffer)
            if length > MOST_RESULT + 1024:
                self.loop.stop(job)
                return
            if len(buffer) < PREFIX.size + length:
                return
            text = bytes(buffer[PREFIX.size : PREFIX.size + length])
            del buffer[: PREFIX.size + length]
            if self.understand(job, text):
                return

    def understand(self, job: Job, text: bytes) -> bool:
        """Act on one message of a call; says whether it was the last."""
        if not text.startswith((b'{"pid"', b'{"progress"')):
            self.loop.finish(job, text)
            return True
        message = json.loads(text)
        if "pid" in message:
            job.pid = int(message["pid"])
        else:
            self.loop.tell({"id": job.number, "is": "progress", "fraction": message["progress"], "note": message["note"][:500]})
        return False
