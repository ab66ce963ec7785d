"""Workshop: the boxes of every run in this process, and the hands a tool gets for one call."""

import asyncio
import hashlib
import mimetypes
import os
from collections.abc import Callable
from pathlib import Path

from arkwright.core.event import Event
from arkwright.core.observation import Artifact
from arkwright.core.ports import Box, Profile
from arkwright.core.request import Request
from arkwright.core.tool import ToolCall
from arkwright.errors import ToolError
from arkwright.sandbox.box import Boxes
from arkwright.sandbox.egress import Egress
from arkwright.sandbox.limits import Limits
from arkwright.sandbox.toolbox import Toolbox

MEDIA_TYPES = {
    ".csv": "text/csv", ".db": "application/vnd.sqlite3", ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".jsonl": "application/jsonl", ".md": "text/markdown", ".parquet": "application/vnd.apache.parquet", ".sqlite": "application/vnd.sqlite3",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}  # fmt: skip


class Workshop:
    """Opens boxes when a tool asks for them and closes them all at the end."""

    def __init__(self, home: Path, toolbox: Toolbox, limits: Limits, emit: Callable[[Event], None]) -> None:
        self.egress = Egress()
        self._home = home
        self._toolbox = toolbox
        self._limits = limits
        self._emit = emit
        self._boxes: dict[str, Boxes] = {}

    def hands(self, call: ToolCall, request: Request) -> "CallHands":
        """What a tool holds for one call."""
        if call.run not in self._boxes:
            self._boxes[call.run] = Boxes(self._home, Path(request.workspace), call.run, self._toolbox, self.egress, self._limits)
        return CallHands(call, Path(request.workspace), self._boxes[call.run], self._emit)

    async def close(self) -> None:
        """End every box."""
        for boxes in self._boxes.values():
            await boxes.close()
        self._boxes.clear()


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
    # The box may have put a link anywhere: the real place has to be inside, and is opened without following another one.
    root, place = os.path.realpath(workspace), os.path.realpath(workspace / path)
    try:
        if os.path.commonpath([root, place]) != root:
            raise ToolError(f"{path!r} leads out of the workspace", code="outside_workspace")
        descriptor = os.open(place, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
        with os.fdopen(descriptor, "rb") as file:
            digest, size = hashlib.file_digest(file, "sha256").hexdigest(), os.fstat(descriptor).st_size
    except OSError as error:
        raise ToolError(f"the tool left no file {path!r}: {error.strerror}", code="no_artifact") from error
    return Artifact(Path(place).relative_to(root).as_posix(), media_type(path), digest, size)


def media_type(path: str) -> str:
    """By the name's ending."""
    return MEDIA_TYPES.get(Path(path).suffix.lower()) or mimetypes.guess_type(path)[0] or "application/octet-stream"
