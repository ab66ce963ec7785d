"""Box: an isolated computer over bubblewrap."""

import asyncio
import contextlib
import json
import os
import shutil
import tempfile
from collections.abc import AsyncGenerator, Callable, Mapping, Sequence
from pathlib import Path
from typing import Literal

from arkwright.core.json import Json, Object
from arkwright.core.ports import Exit, Profile, Progress
from arkwright.errors import SetupError, ToolError
from arkwright.sandbox.answer import answered
from arkwright.sandbox.egress import Egress, Proxy
from arkwright.sandbox.frames import Frame
from arkwright.sandbox.limits import Limits
from arkwright.sandbox.line import Line
from arkwright.sandbox.quota import FULL, Quota
from arkwright.sandbox.start import Plan, Started, start
from arkwright.sandbox.toolbox import Toolbox

HOME = Path.home() / ".local" / "share" / "arkwright"
CODES = {1: "not_permitted", 2: "not_found", 13: "not_permitted", 28: "disk"}


class BwrapBox:
    """A live box. Made by `Boxes`; several calls may run in it at once."""

    def __init__(self, plan: Plan, started: Started, proxy: Proxy | None) -> None:
        self._plan, self._process, self._line, self._proxy = plan, started.process, started.line, proxy
        self._quota = Quota([path for path in (plan.workspace, plan.scratch) if path], plan.limits.workspace)
        self._full = False
        self._watch = asyncio.create_task(self._guard())

    @property
    def alive(self) -> bool:
        """Whether calls still reach it."""
        return not self._line.broken

    async def exec(
        self, argv: Sequence[str], *, stdin: bytes = b"", timeout: float = 60.0, env: Mapping[str, str] | None = None,
        cwd: str = "/workspace", hear: Callable[[int, bytes], None] | None = None,
    ) -> Exit:  # fmt: skip
        """Run a program to its end. `hear` gets (1 or 2, bytes) as they come; the Exit holds all of it, up to the cap."""
        output = Output(self._plan.limits.output, hear)
        frame = await self._line.ask(
            "exec", stdin, hear=output.take, argv=list(argv), timeout=timeout, env=dict(env or {}), cwd=self._cwd(cwd)
        )
        return self._exit(frame, output, f"run {argv[0]!r}")

    async def call(self, function: str, args: Object, *, timeout: float = 300.0, progress: Progress | None = None) -> Json:
        """Run `module.function` of the toolbox on `args` in a fresh forked process and return what it returns.

        Raises:
            ToolError: the function said so, crashed, or ran out of time or memory.
            SetupError: the toolbox is not there yet.
        """
        if not self._plan.toolbox.ready():
            raise SetupError("the toolbox is not built yet", remedy="run: arkwright doctor --build")

        def hear(frame: Frame) -> None:
            if progress and frame.text("is") == "progress":
                progress(min(1.0, max(0.0, frame.number("fraction"))), frame.text("note"))

        frame = await self._line.ask("call", json.dumps(args).encode(), hear=hear, function=function, timeout=timeout)
        return self._value(frame, function, timeout)

    async def cell(
        self, session: str, code: str, *, language: Literal["python", "node"] = "python", timeout: float = 60.0
    ) -> Exit:
        """Run code in a session whose variables last as long as the box, or until a cell runs out of time."""
        output = Output(self._plan.limits.output, None)
        frame = await self._line.ask("cell", code.encode(), hear=output.take, session=session, language=language, timeout=timeout)
        return self._exit(frame, output, f"run a cell in session {session!r}")

    @contextlib.asynccontextmanager
    async def pty(
        self, argv: Sequence[str], hear: Callable[[bytes], None], *, rows: int = 24, columns: int = 80, timeout: float = 3600.0
    ) -> AsyncGenerator["Terminal"]:
        """A program on a terminal of its own. `hear` gets what it writes; leaving ends it."""
        request = {"argv": list(argv), "timeout": timeout, "cwd": self._cwd("/workspace")}
        terminal = Terminal(self._line, hear, request)
        await asyncio.sleep(0)
        terminal.resize(rows, columns)
        try:
            yield terminal
        finally:
            await terminal.close()

    async def put(self, path: str, content: bytes, *, mode: int = 0o644) -> None:
        """Write a file in the box, under /workspace or /tmp; no link leads out of there."""
        step = 8 << 20
        for at in range(0, max(1, len(content)), step):
            frame = await self._line.ask("put", content[at : at + step], path=path, mode=mode, append=at > 0)
            self._raise(frame, f"write {path!r}")

    async def get(self, path: str, *, most: int = 64 << 20) -> bytes:
        """The first `most` bytes of a file in the box, under /workspace or /tmp."""
        frame = await self._line.ask("get", path=path, most=most)
        self._raise(frame, f"read {path!r}")
        return frame.body

    async def list(self, path: str) -> list[tuple[str, bool, int]]:
        """Name, whether it is a folder, and size in bytes of what is in a folder of the box."""
        frame = await self._line.ask("list", path=path)
        self._raise(frame, f"list {path!r}")
        return [(str(name), bool(folder), int(size)) for name, folder, size in json.loads(frame.body)]

    async def warm(self, modules: Sequence[str]) -> None:
        """Let the fork server import toolbox modules now, so that the first calls find them loaded."""
        if self._plan.toolbox.ready():
            await self._line.ask("warm", modules=list(modules))

    async def learn_fonts(self) -> None:
        """Let the first box list the fonts of this machine for all later ones; before anything else has run in it."""
        fonts = self._plan.toolbox.fonts
        if not self._plan.toolbox.ready() or fonts.is_dir():
            return
        made = await self.exec(
            ["python3", "-c", "import matplotlib.font_manager"], env={"MPLCONFIGDIR": "/tmp/home/fonts"}, timeout=60
        )
        found = [name for name, _, _ in await self.list("/tmp/home/fonts") if name.endswith(".json")] if made.code == 0 else []
        for name in found:
            content = await self.get(f"/tmp/home/fonts/{name}")
            await asyncio.to_thread(save, fonts, name.rpartition("/")[2], content)

    async def stats(self) -> tuple[int, int]:
        """Processes in the box and bytes of memory they hold."""
        frame = await self._line.ask("stats")
        return int(frame.number("processes")), int(frame.number("memory"))

    async def close(self) -> None:
        """End the box with everything in it."""
        self._watch.cancel()
        await self._line.close()
        if self._proxy:
            await self._proxy.close()
        try:
            await asyncio.wait_for(self._process.wait(), 2)
        except TimeoutError:
            with contextlib.suppress(ProcessLookupError):
                self._process.kill()
            await self._process.wait()
        if self._process.stderr:
            await self._process.stderr.read()

    async def _guard(self) -> None:
        """Stop what runs when it fills the disk; looked at once a second while something runs."""
        await self._quota.begin()
        while True:
            await asyncio.sleep(1.0)
            if self._line.busy and await self._quota.exceeded():
                self._full = True
                self._line.stop()

    def _cwd(self, cwd: str) -> str:
        return cwd if self._plan.workspace or not cwd.startswith("/workspace") else "/tmp/scratch"

    def _exit(self, frame: Frame, output: "Output", what: str) -> Exit:
        self._raise(frame, what)
        note = b""
        if frame.head.get("memory"):
            note = b"arkwright: killed, the box ran out of memory\n"
        elif self._full:
            note = f"arkwright: killed, {FULL}\n".encode()
            self._full = False
        truncated = bool(frame.head.get("truncated")) or output.truncated
        timed_out = bool(frame.head.get("timed_out"))
        return Exit(
            int(frame.number("code")), output.text(1), output.text(2) + note, frame.number("seconds"), truncated, timed_out
        )

    def _raise(self, frame: Frame, what: str) -> None:
        reason = frame.text("error")
        if not reason:
            return
        code = CODES.get(int(frame.number("errno")), "start")
        raise ToolError(
            f"cannot {what}: {reason}",
            code=code,
            remedy="name a program that is in the box" if code == "not_found" and what.startswith("run") else "",
        )

    def _value(self, frame: Frame, function: str, timeout: float) -> Json:
        self._raise(frame, f"call {function!r}")
        head = frame.head
        if head.get("timed_out"):
            raise ToolError(
                f"{function} did not end within {timeout:g} seconds", code="timeout", remedy="give it less to do, or more time"
            )
        if head.get("memory"):
            raise ToolError(f"{function} ran out of the memory of the box", code="memory", remedy="work on less data at a time")
        if self._full:
            self._full = False
            raise ToolError(
                f"{function} was stopped: {FULL}",
                code="disk",
                remedy="free some disk space, or raise ARKWRIGHT_DISK_BYTES",
            )
        if head.get("died") is True:
            raise ToolError(f"{function} ended without a result; its process was killed", code="crash")
        return answered(frame.body, function)


def real(folder: Path) -> Path:
    """A folder without links in its path."""
    return Path(os.path.realpath(folder))


def save(folder: Path, name: str, content: bytes) -> None:
    """A folder with one new file, there at once or not at all."""
    folder.parent.mkdir(exist_ok=True)
    partial = Path(tempfile.mkdtemp(dir=folder.parent))
    (partial / name).write_bytes(content)
    (partial / name).chmod(0o644)
    partial.chmod(0o755)
    try:
        partial.rename(folder)
    except OSError:
        shutil.rmtree(partial, ignore_errors=True)


class Output:
    """What a program wrote, up to a cap a stream."""

    def __init__(self, most: int, hear: Callable[[int, bytes], None] | None) -> None:
        self._most, self._hear, self.truncated = most, hear, False
        self._parts = {1: bytearray(), 2: bytearray()}

    def take(self, frame: Frame) -> None:
        """Keep one frame of output; a box that sends more than it was told to is cut."""
        stream = 2 if frame.number("stream") == 2 else 1
        kept = frame.body[: max(0, self._most - len(self._parts[stream]))]
        self.truncated = self.truncated or len(kept) < len(frame.body)
        self._parts[stream] += kept
        if self._hear and kept:
            self._hear(stream, kept)

    def text(self, stream: int) -> bytes:
        """All that was kept of a stream."""
        return bytes(self._parts[stream])


class Terminal:
    """A program on a terminal."""

    def __init__(self, line: Line, hear: Callable[[bytes], None], request: Mapping[str, object]) -> None:
        self._line = line
        self._task = asyncio.create_task(line.ask("pty", hear=lambda frame: hear(frame.body), head=request))
        self._number = line.last + 1

    def write(self, data: bytes) -> None:
        """Type on the terminal."""
        self._line.tell("input", data, to=self._number)

    def resize(self, rows: int, columns: int) -> None:
        """Change the size of its window, in characters."""
        self._line.tell("resize", to=self._number, rows=rows, columns=columns)

    async def wait(self) -> int:
        """The exit code of the program, when it has ended."""
        return int((await asyncio.shield(self._task)).number("code"))

    async def close(self) -> None:
        """End the program."""
        if not self._task.done():
            self._line.tell("kill", to=self._number)
        with contextlib.suppress(ToolError):
            await self._task


@contextlib.asynccontextmanager
async def open_box(
    workspace: Path, profile: Profile = "work", *, home: Path | None = None, egress: Egress | None = None,
    limits: Limits | None = None, run: str = "box", weaken: frozenset[str] = frozenset(),
) -> AsyncGenerator[BwrapBox]:  # fmt: skip
    """One box by itself, for tests and tries: `async with open_box(folder) as box`. The toolbox is that of `home`."""
    home = home or HOME
    egress = egress or Egress()
    with tempfile.TemporaryDirectory(prefix="arkwright-") as scratch:
        part = (limits or Limits()).here()
        part = part.for_browser() if profile == "browser" else part
        folder = real(workspace) if profile == "work" else None
        plan = Plan(profile, home, Path(scratch), folder, Toolbox(home), part, weaken)
        started = await start(plan)
        box = BwrapBox(plan, started, await egress.serve(run, started.door) if started.door else None)
        try:
            if profile == "work":
                await box.learn_fonts()
            yield box
        finally:
            await box.close()
