"""Landlock: the weaker box, for machines without user namespaces. It serves toolbox functions that run no code of others."""

import asyncio
import contextlib
import ctypes
import json
import os
import re
import shutil
import signal
import socket
import struct
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Literal, NoReturn, cast

from arkwright.core.json import Json, Object
from arkwright.core.ports import Exit, Progress
from arkwright.errors import NoIsolation, SetupError, ToolError
from arkwright.sandbox import bwrap, seccomp
from arkwright.sandbox.answer import answered
from arkwright.sandbox.quota import FULL, Quota
from arkwright.sandbox.remedy import remedy
from arkwright.sandbox.start import Plan

CREATE_RULESET, VERSION = 444, 1
OLDEST = 2  # before, a file cannot be moved from folder to folder
PREFIX = struct.Struct("!I")
MOST_RESULT = 64 << 20
SCRATCH = "/tmp/scratch"  # what the scratch is called in every other box, and so in what tasks hand each other
NAME = re.compile(r"[\w.-]{1,255}")
SERVED = frozenset({"archives", "charts", "credentials", "documents", "files", "proof", "tables"})
RUNS_CODE = frozenset({"proof.rerun"})
SYSTEM = (
    "/usr",
    "/lib",
    "/lib32",
    "/lib64",
    "/proc/meminfo",
    "/proc/cpuinfo",
    "/proc/stat",
    "/sys/devices/system/cpu",
    "/sys/fs/cgroup",
)
DEVICES = ("/dev/null", "/dev/zero", "/dev/urandom", "/dev/random")


def abi() -> int:
    """The version of Landlock this kernel speaks; 0 without it."""
    return max(0, int(ctypes.CDLL(None, use_errno=True).syscall(CREATE_RULESET, None, 0, VERSION)))


def missing() -> str:
    """Why this fallback cannot serve here; empty when it can."""
    if os.geteuid() == 0:
        return "as root there is nothing weaker to fall back on: root gives itself away only in a user namespace"
    if (version := abi()) < OLDEST:
        return f"Landlock here is version {version}, and version {OLDEST} is the oldest that serves" if version else "no Landlock"
    return ""


class LandlockBox:
    """A fork server of the host behind Landlock and seccomp. Programs and sessions are refused; so is any network."""

    def __init__(self, plan: Plan, folder: Path, process: asyncio.subprocess.Process, line: socket.socket) -> None:
        self._plan, self._folder, self._process, self._line = plan, folder, process, line
        self._quota = Quota([path for path in (plan.workspace, plan.scratch, folder) if path], plan.limits.workspace)
        self._calls: set[Call] = set()
        self._watch = asyncio.create_task(self._guard())

    @classmethod
    async def open(cls, plan: Plan) -> "LandlockBox":
        """Start the server of a `work` box.

        Raises:
            NoIsolation: Landlock cannot be had, or the caller is root.
            SetupError: the toolbox is not there yet.
        """
        if why := missing():
            raise NoIsolation(why, remedy=remedy())
        if not plan.toolbox.ready():
            raise SetupError("the toolbox is not built yet", remedy="run: arkwright doctor --build")
        folder = plan.scratch.parent / "tmp"
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            spec = _spec(plan, folder, theirs.fileno())
            process = await asyncio.create_subprocess_exec(
                bwrap.python(), "-I", "-S", str(Path(__file__).with_name("confine.py")), json.dumps(spec),
                stdin=asyncio.subprocess.DEVNULL, stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.PIPE,
                env=_environment(plan, folder), cwd=plan.workspace, pass_fds=[theirs.fileno()], start_new_session=True,
            )  # fmt: skip
        ours.setblocking(False)
        return cls(plan, folder, process, ours)

    @property
    def alive(self) -> bool:
        """Whether calls still reach it."""
        return self._process.returncode is None

    async def call(self, function: str, args: Object, *, timeout: float = 300.0, progress: Progress | None = None) -> Json:
        """Run `module.function` of the toolbox on `args` in a fresh forked process and return what it returns.

        Raises:
            ToolError: the function said so, crashed, or ran out of time, memory or disk.
            NoIsolation: it runs code of others.
        """
        if function.partition(".")[0] not in SERVED or function in RUNS_CODE:
            refuse(f"call {function!r}, which runs a program")
        ours, theirs = socket.socketpair()
        with theirs:
            await self._send(function.encode(), theirs)
        reader, writer = await asyncio.open_connection(sock=ours, limit=1 << 20)
        call = Call(function, reader, self._process.pid)
        self._calls.add(call)
        try:
            body = json.dumps(renamed(args, SCRATCH, str(self._plan.scratch))).encode()
            writer.write(PREFIX.pack(len(body)) + body)
            async with asyncio.timeout(timeout):
                return renamed(await call.result(progress), str(self._plan.scratch), SCRATCH)
        except TimeoutError as error:
            more = "give it less to do, or more time"
            raise ToolError(f"{function} did not end within {timeout:g} seconds", code="timeout", remedy=more) from error
        except (ConnectionError, asyncio.IncompleteReadError) as error:
            raise await self._lost(call) from error
        finally:
            self._calls.discard(call)
            writer.close()
            call.end()

    async def exec(
        self, argv: Sequence[str], *, stdin: bytes = b"", timeout: float = 60.0, env: Mapping[str, str] | None = None,
        cwd: str = "/workspace",
    ) -> Exit:  # fmt: skip
        """Always refused.

        Raises:
            NoIsolation: nothing here can hold a program.
        """
        refuse(f"run {argv[0]!r}")

    async def cell(
        self, session: str, code: str, *, language: Literal["python", "node"] = "python", timeout: float = 60.0
    ) -> Exit:
        """Always refused.

        Raises:
            NoIsolation: nothing here can hold a program.
        """
        refuse(f"run code in {language}")

    async def warm(self, modules: Sequence[str]) -> None:
        """Let the server import toolbox modules now, so that the first calls find them loaded."""
        for module in modules:
            await self._send(module.encode(), None)

    async def close(self) -> None:
        """End the server, its calls with it."""
        self._watch.cancel()
        self._line.close()
        with contextlib.suppress(ProcessLookupError):
            self._process.kill()
        await self._process.communicate()
        await asyncio.to_thread(shutil.rmtree, self._folder, ignore_errors=True)

    async def _send(self, message: bytes, descriptor: socket.socket | None) -> None:
        descriptors = [descriptor.fileno()] if descriptor else []
        try:
            while True:
                try:
                    socket.send_fds(self._line, [message], descriptors)
                    return
                except BlockingIOError:
                    await asyncio.sleep(0.005)
        except OSError as error:
            raise ToolError(f"the box is gone: {await self._last_words()}", code="box_lost", transient=True) from error

    async def _last_words(self) -> str:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(2):
                await self._process.wait()
                said = await self._process.stderr.read(2000) if self._process.stderr else b""
                return said.decode("utf-8", "replace").strip() or "it ended"
        return "it does not answer"

    async def _lost(self, call: "Call") -> ToolError:
        """Why a call ended without an answer."""
        function, why = call.function, call.stopped
        if why == "memory":
            return ToolError(f"{function} ran out of the memory of the box", code=why, remedy="work on less data at a time")
        if why == "disk":
            more = "free some disk space, or raise ARKWRIGHT_DISK_BYTES"
            return ToolError(f"{function} was stopped: {FULL}", code=why, remedy=more)
        if call.pid:
            return ToolError(f"{function} ended without a result; its process was killed", code="crash")
        return ToolError(f"the box is gone: {await self._last_words()}", code="box_lost", transient=True)

    async def _guard(self) -> None:
        """Stop what takes too much memory or disk; looked at four times a second while something runs."""
        await self._quota.begin()
        turn = 0
        while True:
            await asyncio.sleep(0.25)
            if not self._calls:
                continue
            turn += 1
            shared = weight(self._process.pid)
            sizes = {call: max(0, weight(call.pid) - shared) for call in self._calls if call.pid}
            if shared + sum(sizes.values()) > self._plan.limits.memory and sizes:
                max(sizes, key=lambda call: sizes[call]).stop("memory")
            if turn % 4 == 0 and await self._quota.exceeded():
                for call in self._calls:
                    call.stop("disk")


class Call:
    """One call: what comes from its process, which is believed to be what it says only when the kernel says so too."""

    def __init__(self, function: str, reader: asyncio.StreamReader, server: int) -> None:
        self.function, self.pid, self.stopped = function, 0, ""
        self._reader, self._server, self._done = reader, server, False

    async def result(self, progress: Progress | None) -> Json:
        """Its value, once it has one."""
        while True:
            (length,) = PREFIX.unpack(await self._reader.readexactly(PREFIX.size))
            if length > MOST_RESULT + 1024:
                raise ToolError(f"{self.function} answered more than any function does", code="crash")
            text = await self._reader.readexactly(length)
            if not text.startswith((b'{"pid"', b'{"progress"')):
                self._done = True
                return answered(text, self.function)
            message = cast("dict[str, Json]", json.loads(text))
            pid, fraction = message.get("pid"), message.get("progress")
            if isinstance(pid, int) and parent(pid) == self._server:
                self.pid = pid
            elif progress and isinstance(fraction, int | float):
                progress(min(1.0, max(0.0, fraction)), str(message.get("note", ""))[:500])

    def stop(self, why: str) -> None:
        """Kill it, for a reason that its caller is told."""
        self.stopped = self.stopped or why
        self.end()

    def end(self) -> None:
        """Kill its process if it still runs; a number that now is another's is left alone."""
        if not self._done and self.pid and parent(self.pid) == self._server:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.pid, signal.SIGKILL)


def refuse(what: str) -> NoReturn:
    """Say what is not done here and what would let it be done."""
    raise NoIsolation(f"cannot {what}: user namespaces are off on this machine, and nothing else can hold it", remedy=remedy())


def renamed(value: Json, old: str, new: str) -> Json:
    """`value` with the names of scratch files that stand in it moved from one folder to another."""
    if isinstance(value, dict):
        return {key: renamed(child, old, new) for key, child in value.items()}
    if isinstance(value, list):
        return [renamed(child, old, new) for child in value]
    if isinstance(value, str) and value.startswith(f"{old}/") and NAME.fullmatch(value, len(old) + 1):
        return new + value[len(old) :]
    return value


def parent(pid: int) -> int:
    """The process that started `pid`; 0 when it is gone."""
    try:
        return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])
    except (OSError, ValueError):
        return 0


def weight(pid: int) -> int:
    """Bytes of memory a process holds beside what it shares with files."""
    try:
        fields = Path(f"/proc/{pid}/statm").read_text().split()
    except OSError:
        return 0
    return (int(fields[1]) - int(fields[2])) * os.sysconf("SC_PAGE_SIZE")


def _spec(plan: Plan, folder: Path, line: int) -> dict[str, Json]:
    """What confine.py gives the server. The package of functions is found through a link, with nothing beside it."""
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "home").mkdir(parents=True)
    (folder / "opt").mkdir()
    (folder / "opt" / "toolbox").symlink_to(plan.toolbox.functions)
    etc = [f"/etc/{name}" for name in bwrap.ETC]
    read: list[Json] = [*SYSTEM, *etc, bwrap.python_prefix(), str(plan.toolbox.functions), str(plan.toolbox.path)]
    write: list[Json] = [str(plan.workspace), str(plan.scratch), str(folder), "/dev/null"]
    return {
        "abi": abi(), "read": [*read, *DEVICES], "write": write, "sys_path": [str(folder / "opt"), str(plan.toolbox.path)],
        "limits": plan.limits.wire(), "server": seccomp.program("server").hex(), "calls": seccomp.program("call").hex(),
        "line": line,
    }  # fmt: skip


def _environment(plan: Plan, folder: Path) -> dict[str, str]:
    fonts = plan.toolbox.fonts if plan.toolbox.fonts.is_dir() else folder / "home" / "matplotlib"
    return {
        "PATH": "/usr/bin:/bin", "HOME": str(folder / "home"), "TMPDIR": str(folder), "LANG": "C.UTF-8", "TZ": "UTC",
        "PYTHONDONTWRITEBYTECODE": "1", "PYTHONUTF8": "1", "MPLBACKEND": "Agg", "MPLCONFIGDIR": str(fonts),
        "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "2",
        "ARKWRIGHT_WORKSPACE": str(plan.workspace), "ARKWRIGHT_SCRATCH": str(plan.scratch),
    }  # fmt: skip
