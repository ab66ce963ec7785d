"""Programs: started in sessions of their own, on pipes or on a terminal."""

import contextlib
import fcntl
import os
import pty
import selectors
import struct
import subprocess
import termios
from collections.abc import Sequence
from typing import Any

from .loop import Loop


class Programs:
    """Serves `exec`, `pty`, `input` and `resize`."""

    def __init__(self, loop: Loop, env: dict[str, str], home: str) -> None:
        self.loop, self.env, self.home = loop, env, home
        loop.serves |= {"exec": self.exec, "pty": self.pty, "input": self.input, "resize": self.resize}

    def exec(self, message: dict[str, Any], body: bytes) -> None:
        job = self.loop.begin(message)
        process = self.spawn(
            message["argv"],
            message.get("env") or {},
            message.get("cwd") or self.home,
            subprocess.PIPE if body else subprocess.DEVNULL,
        )
        job.pid, job.waits = process.pid, True
        self.loop.listen(job, process.stdout, 1)
        self.loop.listen(job, process.stderr, 2)
        if body:
            self.loop.feed(job, process.stdin, body)

    def spawn(
        self, argv: list[str], env: dict[str, str], cwd: str, stdin: Any, pass_fds: Sequence[int] = ()
    ) -> subprocess.Popen[bytes]:
        """Start a program in a session of its own, first in line when memory runs out."""
        process = subprocess.Popen(
            argv, env={**self.env, **env}, cwd=cwd, stdin=stdin, stdout=subprocess.PIPE, stderr=subprocess.PIPE, bufsize=0,
            start_new_session=True, pass_fds=pass_fds,
        )  # fmt: skip
        process.returncode = 0  # this loop collects children, not the module
        with contextlib.suppress(OSError), open(f"/proc/{process.pid}/oom_score_adj", "w") as score:
            score.write("1000")
        return process

    def pty(self, message: dict[str, Any], body: bytes) -> None:
        job = self.loop.begin(message)
        pid, terminal = pty.fork()
        if pid == 0:
            with contextlib.suppress(BaseException):  # a forked child ends below, whatever happens
                os.chdir(message.get("cwd") or self.home)
                os.execvpe(
                    message["argv"][0], message["argv"], {**self.env, "TERM": "xterm-256color", **(message.get("env") or {})}
                )
            os._exit(127)
        os.set_inheritable(terminal, False)
        os.set_blocking(terminal, False)
        job.pid, job.waits, job.terminal = pid, True, terminal
        job.pipes[terminal] = 1
        self.loop.selector.register(terminal, selectors.EVENT_READ, lambda: self.loop.relay(job, terminal))

    def input(self, message: dict[str, Any], body: bytes) -> None:
        job = self.loop.jobs.get(message["to"])
        if job and job.terminal >= 0:
            os.write(job.terminal, body)

    def resize(self, message: dict[str, Any], body: bytes) -> None:
        job = self.loop.jobs.get(message["to"])
        if job and job.terminal >= 0:
            fcntl.ioctl(job.terminal, termios.TIOCSWINSZ, struct.pack("HHHH", message["rows"], message["columns"], 0, 0))
