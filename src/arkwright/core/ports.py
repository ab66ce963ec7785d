"""Ports: the Protocols between rooms. Each has two or three methods; app.py says who implements them."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import Protocol

from arkwright.core.box import Box, Exit, Hands, Profile, Progress
from arkwright.core.json import Object
from arkwright.core.observation import Artifact, Observation
from arkwright.core.plan import Plan, Proposal
from arkwright.core.request import Request
from arkwright.core.survey import Survey
from arkwright.core.tool import ToolCall, ToolSpec
from arkwright.core.verdict import Verdict

__all__ = ["Ask", "Box", "Evidence", "Exit", "Gate", "Hands", "Patience", "Planner", "Profile", "Progress", "Verifier"]


class Patience(Protocol):
    """How long somebody waits for a call."""

    def pause(self) -> AbstractContextManager[None]:
        """What happens inside does not count: a person thinks."""
        ...


class Gate(Protocol):
    """The one path to every effect."""

    async def call(self, call: ToolCall, patience: Patience | None = None) -> Observation:
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
