"""Loop: one thread that hears the host, serves its requests, passes on what programs say, and ends them in time."""

import contextlib
import json
import os
import selectors
import signal
import socket
import struct
import subprocess
import time
from collections.abc import Callable
from typing import Any

from .processes import kill, orphans, share, weights

HEAD = struct.Struct("!II")
CHUNK = 64 << 10
MOST_RESULT = 64 << 20
Serve = Callable[[dict[str, Any], bytes], None]


class Job:
    """A request that is being served: its process, what it may still send, and when its time is up."""

    def __init__(self, number: int, timeout: float, most: int) -> None:
        self.number, self.began, self.until, self.most = number, time.monotonic(), time.monotonic() + timeout, most
        self.pid = 0  # the process group that is killed when time is up
        self.owns = True  # whether what it started ends with it (a session's process outlives the job)
        self.waits = False  # whether it ends when `pid`, a child of this process, does
        self.code: int | None = None
        self.pipes: dict[int, int] = {}  # descriptor -> stream
        self.sent = {1: 0, 2: 0}
        self.truncated = self.timed_out = self.memory = False
        self.terminal = -1


class Loop:
    """What every service stands on. `serves` has a function per request; those in `lasting` outlive the job that began them."""

    def __init__(self, line: socket.socket, limits: dict[str, int]) -> None:
        self.line, self.limits = line, limits
        self.serves: dict[str, Serve] = {"kill": self.kill, "stats": self.stats}
        self.lasting: dict[int, Callable[[], None]] = {}  # what to do when it has ended
        self.buffer = bytearray()
        self.jobs: dict[int, Job] = {}
        self.selector = selectors.DefaultSelector()
        self.selector.register(line, selectors.EVENT_READ, self.hear)
        self.wake, waker = os.pipe2(os.O_NONBLOCK | os.O_CLOEXEC)
        signal.set_wakeup_fd(waker, warn_on_full_buffer=False)
        signal.signal(signal.SIGCHLD, awake)
        self.selector.register(self.wake, selectors.EVENT_READ, lambda: os.read(self.wake, 4096))
        self.measured = 0.0

    def run(self) -> None:
        """Until the host closes its end."""
        self.tell({"id": 0, "is": "ready"})
        while True:
            for key, _ in self.selector.select(self.patience()):
                key.data()
            self.reap()
            self.expire()
            if time.monotonic() - self.measured > 0.25 and self.jobs:
                self.measured = time.monotonic()
                self.weigh()

    def patience(self) -> float | None:
        """Seconds until something is due though nobody speaks."""
        if not self.jobs:
            return None
        return max(0.0, min(0.25, min(job.until for job in self.jobs.values()) - time.monotonic()))

    # -- the host ---------------------------------------------------------------------------------------------------

    def hear(self) -> None:
        """Read what the host says; without a host there is nothing left to do."""
        data = self.line.recv(1 << 20)
        if not data:
            os._exit(0)
        self.buffer += data
        while len(self.buffer) >= HEAD.size:
            head, body = HEAD.unpack_from(self.buffer)
            end = HEAD.size + head + body
            if len(self.buffer) < end:
                return
            message = json.loads(bytes(self.buffer[HEAD.size : HEAD.size + head]))
            content = bytes(self.buffer[HEAD.size + head : end])
            del self.buffer[:end]
            self.obey(message, content)

    def obey(self, message: dict[str, Any], body: bytes) -> None:
        """Serve one request; what cannot be started ends at once, with the reason."""
        try:
            self.serves[message["do"]](message, body)
        except (OSError, subprocess.SubprocessError) as error:
            self.jobs.pop(message["id"], None)
            reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
            self.tell({"id": message["id"], "is": "end", "error": reason, "errno": getattr(error, "errno", 0) or 0})

    def tell(self, head: dict[str, Any], body: bytes = b"") -> None:
        """Send one frame."""
        text = json.dumps(head).encode()
        self.line.sendall(HEAD.pack(len(text), len(body)) + text + body)

    def begin(self, message: dict[str, Any]) -> Job:
        """A new job for a request."""
        job = Job(message["id"], message.get("timeout", 60.0), message.get("most", self.limits["output"]))
        self.jobs[job.number] = job
        return job

    def finish(self, job: Job, body: bytes = b"", **head: Any) -> None:
        """Tell how a job ended and clear what it left behind."""
        self.jobs.pop(job.number, None)
        for descriptor in list(job.pipes):
            self.drop(job, descriptor)
        if job.owns:
            self.clear(job)
        flags = {"truncated": job.truncated, "timed_out": job.timed_out, "memory": job.memory}
        self.tell({"id": job.number, "is": "end", "seconds": time.monotonic() - job.began, **flags, **head}, body)

    # -- what programs say --------------------------------------------------------------------------------------------

    def listen(self, job: Job, stream: Any, number: int) -> None:
        """Pass on what comes out of a pipe."""
        descriptor = os.dup(stream.fileno())
        stream.close()
        os.set_blocking(descriptor, False)
        job.pipes[descriptor] = number
        self.selector.register(descriptor, selectors.EVENT_READ, lambda: self.relay(job, descriptor))

    def relay(self, job: Job, descriptor: int) -> bool:
        """Pass on what a pipe holds now; says whether there may be more."""
        try:
            data = os.read(descriptor, CHUNK)
        except BlockingIOError:
            return False
        except OSError:  # a terminal whose program is gone
            data = b""
        if not data:
            self.drop(job, descriptor)
            return False
        stream = job.pipes[descriptor]
        kept = data[: max(0, job.most - job.sent[stream])]
        job.sent[stream] += len(kept)
        job.truncated = job.truncated or len(kept) < len(data)
        if kept:
            self.tell({"id": job.number, "is": "out", "stream": stream}, kept)
        return True

    def drop(self, job: Job, descriptor: int) -> None:
        """Close a pipe of a job."""
        if job.pipes.pop(descriptor, None) is not None:
            with contextlib.suppress(KeyError):
                self.selector.unregister(descriptor)
            os.close(descriptor)
        if descriptor == job.terminal:
            job.terminal = -1

    def feed(self, job: Job, stream: Any, body: bytes) -> None:
        """Write standard input as fast as the program reads it."""
        descriptor, rest = os.dup(stream.fileno()), memoryview(body)
        stream.close()
        os.set_blocking(descriptor, False)
        job.pipes[descriptor] = 0

        def more() -> None:
            nonlocal rest
            try:
                rest = rest[os.write(descriptor, rest[:CHUNK]) :]
            except BlockingIOError:
                return
            except OSError:
                rest = rest[:0]
            if not rest:
                self.drop(job, descriptor)

        self.selector.register(descriptor, selectors.EVENT_WRITE, more)

    # -- ends -----------------------------------------------------------------------------------------------------------

    def kill(self, message: dict[str, Any], body: bytes) -> None:
        """The host wants no more of a job."""
        job = self.jobs.get(message["to"])
        if job:
            self.stop(job)

    def stats(self, message: dict[str, Any], body: bytes) -> None:
        """How much runs here, and what it weighs."""
        sizes = weights()
        self.tell({"id": message["id"], "is": "end", "processes": len(sizes), "memory": sum(sizes.values())})

    def reap(self) -> None:
        """Collect whoever ended; process 1 inherits all orphans."""
        while True:
            try:
                pid, status = os.waitpid(-1, os.WNOHANG)
            except ChildProcessError:
                break
            if pid == 0:
                break
            self.lasting.pop(pid, lambda: None)()
            for job in list(self.jobs.values()):
                if job.waits and job.pid == pid:
                    job.code = os.waitstatus_to_exitcode(status)
        for job in [job for job in self.jobs.values() if job.code is not None]:
            for descriptor in [at for at, stream in job.pipes.items() if stream]:
                while self.relay(job, descriptor):
                    pass
            self.finish(job, code=job.code)

    def expire(self) -> None:
        """End what has no time left."""
        now = time.monotonic()
        for job in list(self.jobs.values()):
            if now >= job.until:
                job.timed_out, job.until = True, now + 1.0
                self.stop(job)

    def stop(self, job: Job) -> None:
        """Kill a job's processes; its end follows when they are gone."""
        if job.pid > 1:
            kill(job.pid)

    def clear(self, job: Job) -> None:
        """Nothing outlives the call that started it: its group goes, and orphans go when no other program runs."""
        if job.pid > 1:
            kill(job.pid)
        if any(other.owns for other in self.jobs.values()):
            return
        for pid in orphans():
            if pid not in self.lasting:
                with contextlib.suppress(OSError):
                    os.kill(pid, signal.SIGKILL)

    def weigh(self) -> None:
        """The watchdog of memory: over the limit, the largest goes."""
        sizes = weights()
        if sum(sizes.values()) > self.limits["memory"]:
            sizes = {pid: share(pid, size) for pid, size in sizes.items() if pid != 1}
        if sum(sizes.values()) > self.limits["memory"]:
            largest = max(sizes, key=lambda pid: sizes[pid])
            for job in self.jobs.values():
                job.memory = True
            with contextlib.suppress(OSError):
                os.kill(largest, signal.SIGKILL)


def awake(number: int, frame: object) -> None:
    """A child ended; the wake-up descriptor says so to the loop."""
