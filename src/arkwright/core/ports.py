"""Ports: the Protocols between rooms. Each has two or three methods; app.py says who implements them."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, Protocol

from arkwright.core.json import Json, Object
from arkwright.core.observation import Artifact, Observation
from arkwright.core.plan import Plan, Proposal
from arkwright.core.request import Request
from arkwright.core.survey import Survey
from arkwright.core.tool import ToolCall, ToolSpec
from arkwright.core.verdict import Verdict

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

    async def exec(self, argv: Sequence[str], *, stdin: bytes = b"", timeout: float = 60.0,
                   env: Mapping[str, str] | None = None, cwd: str = "/workspace") -> Exit:
        """Run a program to its end."""
        ...

    async def call(self, function: str, args: Object, *, timeout: float = 300.0, progress: Progress | None = None) -> Json:
        """Run `module.function` of the toolbox on `args` in a fresh forked process and return what it returns.

        Raises:
            ToolError: the function said so, crashed, or ran out of time or memory.
        """
        ...

    async def cell(self, session: str, code: str, *, language: Literal["python", "node"] = "python", timeout: float = 60.0) -> Exit:
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


class Gate(Protocol):
    """The one path to every effect."""

    async def call(self, call: ToolCall) -> Observation:
        """Judge, checkpoint, run, record. Never raises for a refusal: the observation says `denied` or `waiting`."""
        ...

    def catalogue(self) -> Sequence[ToolSpec]:
        """The tools there are."""
        ...

    def open(self, run: str, request: Request) -> None:
        """Make a run known that has no rows, a dry run: it may only look."""
        ...

    def forget(self, run: str) -> None:
        """Drop what is remembered of a run that has ended."""
        ...


class Planner(Protocol):
    """Request and survey in, a proposal out; pure."""

    def propose(self, request: Request, survey: Survey) -> Proposal:
        """A plan, what to look at first, a question, or a refusal."""
        ...

    def look(self, survey: Survey, tool: str, args: Object, observation: Observation) -> Survey:
        """The survey with what a look brought back."""
        ...


@dataclass(frozen=True, slots=True)
class Evidence:
    """All a verifier may see. `outputs` are the observations by task, `before` and `after` map paths to sha256."""

    run: str
    request: Request
    survey: Survey
    plan: Plan
    outputs: Mapping[str, Observation]
    artifacts: Sequence[Artifact]
    answer: str
    before: Mapping[str, str] = field(default_factory=dict[str, str])
    after: Mapping[str, str] = field(default_factory=dict[str, str])


Ask = Callable[[str, Object], Awaitable[Observation]]


class Verifier(Protocol):
    """Evidence in, verdict out. It may ask read-only tools through the gate."""

    async def verify(self, evidence: Evidence, ask: Ask) -> Verdict:
        """Check every requirement of the request against what is really there."""
        ...
