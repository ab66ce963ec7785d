"""Box: an isolated computer as a tool sees it; Hands: what the gate gives a tool for one call."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from arkwright.core.json import Json, Object
from arkwright.core.observation import Artifact

Profile = Literal["work", "web", "browser"]
Progress = Callable[[float, str], None]


@dataclass(frozen=True, slots=True)
class Exit:
    """How a process in the box ended. `truncated` says that output was cut at the cap."""

    code: int
    stdout: bytes
    stderr: bytes
    seconds: float
    truncated: bool = False
    timed_out: bool = False


class Box(Protocol):
    """An isolated computer. Paths are the box's own: the workspace is /workspace, run-lasting scratch is /tmp/scratch."""

    async def exec(
        self,
        argv: Sequence[str],
        *,
        stdin: bytes = b"",
        timeout: float = 60.0,
        env: Mapping[str, str] | None = None,
        cwd: str = "/workspace",
    ) -> Exit:
        """Run a program to its end."""
        ...

    async def call(self, function: str, args: Object, *, timeout: float = 300.0, progress: Progress | None = None) -> Json:
        """Run `module.function` of the toolbox on `args` in a fresh forked process and return what it returns.

        Raises:
            ToolError: the function said so, crashed, or ran out of time or memory.
        """
        ...

    async def cell(
        self, session: str, code: str, *, language: Literal["python", "node"] = "python", timeout: float = 60.0
    ) -> Exit:
        """Run code in a session whose variables last as long as the box."""
        ...


class Hands(Protocol):
    """What the gate gives a tool for one call."""

    run: str
    task: str

    async def box(self, profile: Profile) -> Box:
        """The run's box: `work` has the workspace and no network, `web` and `browser` the network and no workspace."""
        ...

    async def artifact(self, path: str) -> Artifact:
        """The workspace file at `path` (relative) as an Artifact, hashed on the host."""
        ...

    def progress(self, fraction: float, note: str) -> None:
        """Tell whoever watches how far this call is."""
        ...
