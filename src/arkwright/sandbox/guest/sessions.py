"""Sessions: interpreters that keep their variables from cell to cell."""

import contextlib
import os
import selectors
import socket
import struct
import subprocess
import sys
from typing import Any

from .loop import Job, Loop
from .processes import kill
from .programs import Programs

PREFIX = struct.Struct("!I")
HERE = os.path.dirname(__file__)


class Session:
    """A persistent interpreter. `line` carries code in and one byte per finished cell out."""

    def __init__(self, name: tuple[str, str], pid: int, line: socket.socket, pipes: dict[int, int]) -> None:
        self.name, self.pid, self.line, self.pipes = name, pid, line, pipes
        self.job: Job | None = None


class Sessions:
    """Serves `cell`."""

    def __init__(self, loop: Loop, programs: Programs, node: str) -> None:
        self.loop, self.programs, self.node = loop, programs, node
        self.sessions: dict[tuple[str, str], Session] = {}
        loop.serves |= {"cell": self.cell}

    def cell(self, message: dict[str, Any], body: bytes) -> None:
        name = (message["language"], message["session"])
        session = self.sessions.get(name)
        if session is None:
            session = self.sessions[name] = self.start_session(*name)
        if session.job is not None:
            self.loop.tell({"id": message["id"], "is": "end", "error": f"session {name[1]!r} is still busy", "errno": 16})
            return
        job = session.job = self.loop.begin(message)
        job.pid, job.owns = session.pid, False
        for descriptor, stream in session.pipes.items():
            job.pipes[descriptor] = stream
            self.loop.selector.register(descriptor, selectors.EVENT_READ, lambda at=descriptor: self.loop.relay(job, at))
        session.line.sendall(PREFIX.pack(len(body)) + body)

    def start_session(self, language: str, name: str) -> Session:
        """An interpreter that keeps its variables from cell to cell."""
        ours, theirs = socket.socketpair()
        argv = [self.node, f"{HERE}/cells.js"] if language == "node" else [sys.executable, "-s", "-u", f"{HERE}/cells.py"]
        with theirs:
            process = self.programs.spawn(
                [*argv, str(theirs.fileno())], {}, self.programs.home, subprocess.DEVNULL, pass_fds=[theirs.fileno()]
            )
        pipes: dict[int, int] = {}
        for stream, number in ((process.stdout, 1), (process.stderr, 2)):
            assert stream is not None
            pipes[os.dup(stream.fileno())] = number
            stream.close()
        for descriptor in pipes:
            os.set_blocking(descriptor, False)
        session = Session((language, name), process.pid, ours, pipes)
        self.loop.lasting[process.pid] = lambda: None  # that it has ended is heard on its line
        self.loop.selector.register(ours, selectors.EVENT_READ, lambda: self.answered(session))
        return session

    def answered(self, session: Session) -> None:
        """A cell is done, or its interpreter is."""
        data = session.line.recv(1)
        job = session.job
        if job is not None:
            for descriptor in list(job.pipes):
                while self.loop.relay(job, descriptor):
                    pass
            for descriptor in list(job.pipes):  # the session keeps its pipes
                self.loop.selector.unregister(descriptor)
            gone = not data
            job.pipes.clear()
            session.job = None
            self.loop.finish(job, code=-9 if gone else data[0], lost=gone)
        if not data:
            self.end_session(session)

    def end_session(self, session: Session) -> None:
        """Forget an interpreter that is gone."""
        self.sessions.pop(session.name, None)
        with contextlib.suppress(KeyError):
            self.loop.selector.unregister(session.line)
        session.line.close()
        kill(session.pid)
        for descriptor in session.pipes:
            with contextlib.suppress(OSError):
                os.close(descriptor)
