"""The supervisor inside every box: process 1, standard library only, one thread; it starts programs and passes on what they say.

It talks frames (frames.py) on the socket that is its standard input. A request has an `id` and a `do`; answers carry the same id
and an `is`: `out` (body: bytes of `stream` 1 or 2), `progress`, and once, at the end, `end`. Nothing that runs here can read this
process, and a signal from inside its own box does not reach process 1.
"""

import contextlib
import ctypes
import fcntl
import json
import os
import pty
import resource
import selectors
import signal
import socket
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Sequence
from typing import Any

HEAD, PREFIX = struct.Struct("!II"), struct.Struct("!I")
PR_SET_DUMPABLE, PR_SET_NO_NEW_PRIVS = 4, 38
CHUNK = 64 << 10
MOST_RESULT = 64 << 20
ROOTS = ("/workspace", "/tmp")
OPENAT2, RESOLVE_BENEATH, RESOLVE_NO_MAGICLINKS = 437, 0x08, 0x02
LIBC = ctypes.CDLL(None, use_errno=True)
PYTHON = sys.executable


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


class Guest:
    """The loop."""

    def __init__(self, line: socket.socket, settings: dict[str, Any]) -> None:
        self.line, self.limits, self.env = line, settings["limits"], settings["env"]
        self.home, self.node = settings["cwd"], settings["node"]
        self.buffer = bytearray()
        self.jobs: dict[int, Job] = {}
        self.sessions: dict[tuple[str, str], Session] = {}
        self.server: tuple[int, socket.socket] | None = None
        self.selector = selectors.DefaultSelector()
        self.selector.register(line, selectors.EVENT_READ, self.hear)
        self.wake, waker = os.pipe2(os.O_NONBLOCK | os.O_CLOEXEC)
        signal.set_wakeup_fd(waker, warn_on_full_buffer=False)
        signal.signal(signal.SIGCHLD, awake)
        self.selector.register(self.wake, selectors.EVENT_READ, lambda: os.read(self.wake, 4096))
        self.measured = 0.0

    def serve(self) -> None:
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
            getattr(self, "do_" + message["do"])(message, body)
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

    # -- programs ---------------------------------------------------------------------------------------------------

    def do_exec(self, message: dict[str, Any], body: bytes) -> None:
        job = self.begin(message)
        process = self.spawn(
            message["argv"],
            message.get("env") or {},
            message.get("cwd") or self.home,
            subprocess.PIPE if body else subprocess.DEVNULL,
        )
        job.pid, job.waits = process.pid, True
        self.listen(job, process.stdout, 1)
        self.listen(job, process.stderr, 2)
        if body:
            self.feed(job, process.stdin, body)

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

    def do_kill(self, message: dict[str, Any], body: bytes) -> None:
        job = self.jobs.get(message["to"])
        if job:
            self.stop(job)

    def do_input(self, message: dict[str, Any], body: bytes) -> None:
        job = self.jobs.get(message["to"])
        if job and job.terminal >= 0:
            os.write(job.terminal, body)

    def do_resize(self, message: dict[str, Any], body: bytes) -> None:
        job = self.jobs.get(message["to"])
        if job and job.terminal >= 0:
            fcntl.ioctl(job.terminal, termios.TIOCSWINSZ, struct.pack("HHHH", message["rows"], message["columns"], 0, 0))

    def do_pty(self, message: dict[str, Any], body: bytes) -> None:
        job = self.begin(message)
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
        self.selector.register(terminal, selectors.EVENT_READ, lambda: self.relay(job, terminal))

    # -- toolbox functions -------------------------------------------------------------------------------------------

    def do_call(self, message: dict[str, Any], body: bytes) -> None:
        job = self.begin(message)
        ours, theirs = socket.socketpair()
        with theirs:
            self.serve_fork(message["function"].encode(), [theirs.fileno()])
        descriptor, state = ours.detach(), {"buffer": bytearray(), "rest": memoryview(PREFIX.pack(len(body)) + body)}
        os.set_blocking(descriptor, False)
        job.pipes[descriptor] = 0
        self.selector.register(
            descriptor, selectors.EVENT_READ | selectors.EVENT_WRITE, lambda: self.converse(job, descriptor, state)
        )

    def do_warm(self, message: dict[str, Any], body: bytes) -> None:
        for module in message["modules"]:
            self.serve_fork(module.encode(), [])
        self.tell({"id": message["id"], "is": "end"})

    def serve_fork(self, name: bytes, descriptors: list[int]) -> None:
        """Hand a request to the fork server, which is started when there is none."""
        for _ in range(2):
            if self.server is None:
                self.server = self.start_server()
            try:
                socket.send_fds(self.server[1], [name], descriptors)
                return
            except OSError:
                self.server[1].close()
                self.server = None
        raise OSError(0, "the toolbox server does not start")

    def start_server(self) -> tuple[int, socket.socket]:
        """A fork server and the socket to it; it has no workspace of its own as working folder and prints nowhere."""
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        ours.setblocking(True)
        places = "sys.path[:0] = ['/opt/arkwright', '/opt/arkwright/site']"
        code = f"import sys; {places}; from toolbox.serve import main; main({theirs.fileno()})"
        process = subprocess.Popen(
            [PYTHON, "-I", "-S", "-c", code], env=self.env, cwd=self.home, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL, start_new_session=True, pass_fds=[theirs.fileno()],
        )  # fmt: skip
        process.returncode = 0
        theirs.close()
        return process.pid, ours

    def converse(self, job: Job, descriptor: int, state: dict[str, Any]) -> None:
        """Send the arguments of a call; hear its number, progress and result."""
        try:
            if state["rest"]:
                with contextlib.suppress(BlockingIOError):
                    state["rest"] = state["rest"][os.write(descriptor, state["rest"][:CHUNK]) :]
                if not state["rest"]:
                    self.selector.modify(descriptor, selectors.EVENT_READ, lambda: self.converse(job, descriptor, state))
            data = os.read(descriptor, 1 << 20)
        except BlockingIOError:
            return
        except OSError:
            data = b""
        if not data:
            self.finish(job, died=True)
            return
        buffer = state["buffer"]
        buffer += data
        while len(buffer) >= PREFIX.size:
            (length,) = PREFIX.unpack_from(buffer)
            if length > MOST_RESULT + 1024:
                self.stop(job)
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
            self.finish(job, text)
            return True
        message = json.loads(text)
        if "pid" in message:
            job.pid = int(message["pid"])
        else:
            self.tell({"id": job.number, "is": "progress", "fraction": message["progress"], "note": message["note"][:500]})
        return False

    # -- sessions -----------------------------------------------------------------------------------------------------

    def do_cell(self, message: dict[str, Any], body: bytes) -> None:
        name = (message["language"], message["session"])
        session = self.sessions.get(name)
        if session is None:
            session = self.sessions[name] = self.start_session(*name)
        if session.job is not None:
            self.tell({"id": message["id"], "is": "end", "error": f"session {name[1]!r} is still busy", "errno": 16})
            return
        job = session.job = self.begin(message)
        job.pid, job.owns = session.pid, False
        for descriptor, stream in session.pipes.items():
            job.pipes[descriptor] = stream
            self.selector.register(descriptor, selectors.EVENT_READ, lambda at=descriptor: self.relay(job, at))
        session.line.sendall(PREFIX.pack(len(body)) + body)

    def start_session(self, language: str, name: str) -> "Session":
        """An interpreter that keeps its variables from cell to cell."""
        ours, theirs = socket.socketpair()
        argv = (
            [self.node, "/opt/arkwright/guest/cells.js"]
            if language == "node"
            else [PYTHON, "-s", "-u", "/opt/arkwright/guest/cells.py"]
        )
        with theirs:
            process = self.spawn([*argv, str(theirs.fileno())], {}, self.home, subprocess.DEVNULL, pass_fds=[theirs.fileno()])
        pipes: dict[int, int] = {}
        for stream, number in ((process.stdout, 1), (process.stderr, 2)):
            assert stream is not None
            pipes[os.dup(stream.fileno())] = number
            stream.close()
        for descriptor in pipes:
            os.set_blocking(descriptor, False)
        session = Session((language, name), process.pid, ours, pipes)
        self.selector.register(ours, selectors.EVENT_READ, lambda: self.answered(session))
        return session

    def answered(self, session: "Session") -> None:
        """A cell is done, or its interpreter is."""
        data = session.line.recv(1)
        job = session.job
        if job is not None:
            for descriptor in list(job.pipes):
                while self.relay(job, descriptor):
                    pass
            for descriptor in list(job.pipes):  # the session keeps its pipes
                self.selector.unregister(descriptor)
            gone = not data
            job.pipes.clear()
            session.job = None
            self.finish(job, code=-9 if gone else data[0], lost=gone)
        if not data:
            self.end_session(session)

    def end_session(self, session: "Session") -> None:
        """Forget an interpreter that is gone."""
        self.sessions.pop(session.name, None)
        with contextlib.suppress(KeyError):
            self.selector.unregister(session.line)
        session.line.close()
        kill(session.pid)
        for descriptor in session.pipes:
            with contextlib.suppress(OSError):
                os.close(descriptor)

    # -- files ----------------------------------------------------------------------------------------------------------

    def do_put(self, message: dict[str, Any], body: bytes) -> None:
        flags = os.O_WRONLY | os.O_CREAT | (os.O_APPEND if message.get("append") else os.O_TRUNC)
        with os.fdopen(beneath(message["path"], flags | os.O_NONBLOCK, message.get("mode", 0o644)), "wb") as file:
            file.write(body)
        self.tell({"id": message["id"], "is": "end"})

    def do_get(self, message: dict[str, Any], body: bytes) -> None:
        with os.fdopen(beneath(message["path"], os.O_RDONLY | os.O_NONBLOCK), "rb") as file:
            file.seek(message.get("offset", 0))
            self.tell({"id": message["id"], "is": "end"}, file.read(min(int(message.get("most", MOST_RESULT)), MOST_RESULT)))

    def do_list(self, message: dict[str, Any], body: bytes) -> None:
        descriptor = beneath(message["path"], os.O_RDONLY | os.O_DIRECTORY)
        with contextlib.closing(os.scandir(descriptor)) as entries:
            found = [
                [entry.name, entry.is_dir(follow_symlinks=False), entry.stat(follow_symlinks=False).st_size] for entry in entries
            ]
        os.close(descriptor)
        self.tell({"id": message["id"], "is": "end"}, json.dumps(sorted(found)).encode())

    def do_stats(self, message: dict[str, Any], body: bytes) -> None:
        sizes = weights()
        self.tell({"id": message["id"], "is": "end", "processes": len(sizes), "memory": sum(sizes.values())})

    # -- ends -----------------------------------------------------------------------------------------------------------

    def reap(self) -> None:
        """Collect whoever ended; process 1 inherits all orphans."""
        while True:
            try:
                pid, status = os.waitpid(-1, os.WNOHANG)
            except ChildProcessError:
                break
            if pid == 0:
                break
            if self.server and pid == self.server[0]:
                self.server[1].close()
                self.server = None
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
        for session in self.sessions.values():
            if session.job is job:
                kill(session.pid)

    def clear(self, job: Job) -> None:
        """Nothing outlives the call that started it: its group goes, and orphans go when no other program runs."""
        if job.pid > 1:
            kill(job.pid)
        keep = {session.pid for session in self.sessions.values()} | {self.server[0] if self.server else 0}
        if any(other.owns for other in self.jobs.values()):
            return
        for pid in orphans():
            if pid not in keep:
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


class Session:
    """A persistent interpreter. `line` carries code in and one byte per finished cell out."""

    def __init__(self, name: tuple[str, str], pid: int, line: socket.socket, pipes: dict[int, int]) -> None:
        self.name, self.pid, self.line, self.pipes = name, pid, line, pipes
        self.job: Job | None = None


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


def beneath(path: str, flags: int, mode: int = 0) -> int:
    """Open a path under /workspace or /tmp; no link, magic or not, leads out of there."""
    root = next((root for root in ROOTS if path == root or path.startswith(root + "/")), None)
    if root is None:
        raise OSError(1, f"{path!r} is neither in /workspace nor in /tmp")
    folder = os.open(root, os.O_PATH | os.O_DIRECTORY | os.O_CLOEXEC)
    how = struct.pack("QQQ", flags | os.O_CLOEXEC, mode if flags & os.O_CREAT else 0, RESOLVE_BENEATH | RESOLVE_NO_MAGICLINKS)
    relative = os.fsencode(path[len(root) :].lstrip("/") or ".")
    descriptor = LIBC.syscall(OPENAT2, folder, relative, how, len(how))
    number = ctypes.get_errno()
    os.close(folder)
    if descriptor < 0:
        raise OSError(number, os.strerror(number))
    return descriptor


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


def open_door(out: socket.socket) -> None:
    """Listen inside the empty network of this box and hand the listening socket to the proxy on the host."""
    with socket.socket() as door, out:
        door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        door.bind(("127.0.0.1", 3128))
        door.listen(128)
        socket.send_fds(out, [b"1"], [door.fileno()])


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
    Guest(line, settings).serve()


if __name__ == "__main__":
    main()
