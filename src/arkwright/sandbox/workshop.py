"""Workshop: the boxes of every run in this process, and the hands a tool gets for one call."""

import asyncio
import contextlib
import errno
import hashlib
import mimetypes
import os
import shutil
import stat
import time
from collections.abc import Callable
from pathlib import Path

from arkwright.core.event import Event
from arkwright.core.json import Object
from arkwright.core.observation import Artifact
from arkwright.core.ports import Box, Profile
from arkwright.core.request import Request
from arkwright.core.tool import ToolCall
from arkwright.errors import ToolError
from arkwright.sandbox.boxes import Boxes
from arkwright.sandbox.checkpoint import FILE, parent
from arkwright.sandbox.egress import Connection, Egress
from arkwright.sandbox.limits import Limits
from arkwright.sandbox.toolbox import Toolbox

OFFICE = "application/vnd.openxmlformats-officedocument"
MEDIA_TYPES = {
    ".csv": "text/csv", ".jsonl": "application/jsonl", ".md": "text/markdown", ".parquet": "application/vnd.apache.parquet",
    ".db": "application/vnd.sqlite3", ".sqlite": "application/vnd.sqlite3",
    ".docx": f"{OFFICE}.wordprocessingml.document", ".xlsx": f"{OFFICE}.spreadsheetml.sheet",
}  # fmt: skip
OLD = 30 * 24 * 3600.0  # seconds after which a run that nobody resumed loses what its tasks handed each other


class Workshop:
    """Opens boxes when a run begins or a tool asks for them, and closes them all at the end."""

    def __init__(self, home: Path, toolbox: Toolbox, limits: Limits, emit: Callable[[Event], None]) -> None:
        self.egress = Egress(self._connected)
        self._home = home
        self._toolbox = toolbox
        self._limits = limits
        self._emit = emit
        self._boxes: dict[str, Boxes] = {}
        self._unfinished: set[str] = set()
        self._closing: set[asyncio.Task[None]] = set()

    def hands(self, call: ToolCall, request: Request) -> "CallHands":
        """What a tool holds for one call."""
        return CallHands(call, Path(request.workspace), self._of(call.run, request.workspace), self._emit)

    def hear(self, event: Event) -> None:
        """Follow the runs: a box starts while a run is still being planned, and all of them end with it."""
        if event.kind == "run.started":
            self._unfinished.add(event.run)
            workspace = event.data.get("workspace")
            if isinstance(workspace, str):
                self._of(event.run, workspace).warm()
        elif event.kind == "run.planned" and event.run in self._boxes:
            tasks = event.data.get("tasks")
            found = [str(task.get("tool")) for task in tasks if isinstance(task, dict)] if isinstance(tasks, list) else []
            self._boxes[event.run].expect(found)
        elif event.kind == "run.cancelled" or (event.kind == "run.ended" and event.data.get("status") != "waiting"):
            self._unfinished.discard(event.run)
            if boxes := self._boxes.pop(event.run, None):
                task = asyncio.create_task(_end(boxes))
                self._closing.add(task)
                task.add_done_callback(self._closing.discard)

    async def close(self) -> None:
        """End every box. A run that waits or was interrupted keeps its scratch; a dry run does not."""
        for run, boxes in self._boxes.items():
            await (boxes.close() if run in self._unfinished else _end(boxes))
        self._boxes.clear()
        await asyncio.gather(*self._closing)
        await asyncio.to_thread(forget_old, self._home / "runs")

    def _of(self, run: str, workspace: str) -> Boxes:
        if run not in self._boxes:
            self._boxes[run] = Boxes(
                self._home, Path(workspace), run, self._toolbox, self.egress, self._limits,
                told=lambda note: self._emit(Event(run, 0, time.time(), "box.weaker", "", {"note": note})),
            )  # fmt: skip
        return self._boxes[run]

    def _connected(self, one: Connection) -> None:
        data: Object = {
            "host": one.host[:253], "port": one.port, "verdict": one.verdict, "reason": one.reason,
            "sent": one.sent, "received": one.received,
        }  # fmt: skip
        self._emit(Event(one.run, 0, time.time(), "egress.connection", "", data))


async def _end(boxes: Boxes) -> None:
    await boxes.close()
    await asyncio.to_thread(boxes.clear)


def forget_old(runs: Path) -> None:
    """Remove what runs left behind that were interrupted long ago."""
    with contextlib.suppress(OSError):
        for folder in list(runs.iterdir()):
            if time.time() - folder.stat().st_mtime > OLD:
                shutil.rmtree(folder, ignore_errors=True)


class CallHands:
    """Implements core.ports.Hands."""

    def __init__(self, call: ToolCall, workspace: Path, boxes: Boxes, emit: Callable[[Event], None]) -> None:
        self.run = call.run
        self.task = call.task
        self._workspace = workspace
        self._boxes = boxes
        self._emit = emit

    async def box(self, profile: Profile) -> Box:
        """The run's box of this profile."""
        return await self._boxes.get(profile)

    async def artifact(self, path: str) -> Artifact:
        """A file of the workspace, hashed on the host.

        Raises:
            ToolError: it is not there, or is no file inside the workspace.
        """
        return await asyncio.to_thread(_artifact, self._workspace, path)

    def progress(self, fraction: float, note: str) -> None:
        """Tell whoever watches."""
        self._emit(Event(self.run, 0, 0.0, "task.progress", self.task, {"fraction": fraction, "note": note}))


def _artifact(workspace: Path, path: str) -> Artifact:
    # A box may have put a link anywhere, and may swap one in at any time: every step is taken from an open folder.
    root = os.open(workspace, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    steps = [step for step in path.split("/") if step not in ("", ".")]
    try:
        if path.startswith("/") or ".." in steps or not steps:
            raise ToolError(f"{path!r} is no file inside the workspace", code="outside_workspace")
        with parent(root, "/".join(steps)) as (folder, name):
            descriptor = os.open(name, FILE, dir_fd=folder)
        with os.fdopen(descriptor, "rb") as file:
            if not stat.S_ISREG(os.fstat(descriptor).st_mode):
                raise ToolError(f"{path!r} is no file", code="no_artifact")
            digest, size = hashlib.file_digest(file, "sha256").hexdigest(), os.fstat(descriptor).st_size
    except OSError as error:
        linked = error.errno in (errno.ELOOP, errno.ENOTDIR)
        reason = "there is a link on the way" if linked else error.strerror
        raise ToolError(f"the tool left no file {path!r}: {reason}", code="no_artifact") from error
    finally:
        os.close(root)
    return Artifact("/".join(steps), media_type(path), digest, size)


def media_type(path: str) -> str:
    """By the name's ending."""
    return MEDIA_TYPES.get(Path(path).suffix.lower()) or mimetypes.guess_type(path)[0] or "application/octet-stream"
