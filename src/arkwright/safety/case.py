"""Case: one call with everything the checks may know of it; Ruling: what a check says to it."""

from collections.abc import Awaitable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, Protocol

from pydantic import BaseModel

from arkwright.core.decision import Decision
from arkwright.core.json import Json, Object
from arkwright.core.request import Request
from arkwright.core.task import Task
from arkwright.core.tool import Footprint, Send, Tool, ToolCall

Effect = Literal["read", "write", "delete", "code"]


@dataclass(frozen=True, slots=True)
class Flow:
    """A value of the arguments that came from another task, and where that task had it from."""

    value: str
    origins: frozenset[str]


@dataclass(frozen=True, slots=True)
class Case:
    """A call under judgement. `task` is its task in the plan, None for a look of the survey or of the verifier.

    `origins` holds every label of the tasks it draws from: `workspace`, `secret:PATH`, `web:HOST:PORT`.
    """

    call: ToolCall
    tool: Tool
    args: BaseModel
    footprint: Footprint
    request: Request
    home: Path
    task: Task | None = None
    flows: tuple[Flow, ...] = ()
    origins: frozenset[str] = frozenset()

    @property
    def workspace(self) -> Path:
        """The folder the run works in."""
        return Path(self.request.workspace)

    @property
    def mutates(self) -> bool:
        """Whether the workspace may be different afterwards."""
        return self.footprint.writes is None or bool(self.footprint.writes or self.footprint.deletes)

    @property
    def effect(self) -> Effect:
        """The strongest thing the call does to the workspace."""
        hints, footprint = self.tool.hints, self.footprint
        if hints.runs_code and not hints.read_only:
            return "code"
        if footprint.deletes and (hints.destructive or not footprint.writes):
            return "delete"
        return "write" if self.mutates or hints.destructive else "read"

    @property
    def leaves_machine(self) -> bool:
        """Whether the call reaches for the network."""
        return self.tool.hints.open_world or bool(self.footprint.urls or self.footprint.sends)

    @property
    def method(self) -> str:
        """The HTTP method; tools that do not name one read."""
        return str(self.call.args.get("method") or "GET").upper()

    @property
    def deliveries(self) -> tuple[Send, ...]:
        """What leaves beyond the question itself: not a credential, a query or headers."""
        return tuple(
            send for send in self.footprint.sends if send.origin != "credential" and send.what not in ("query", "headers")
        )

    @property
    def only_looks(self) -> bool:
        """Whether it changes nothing here and delivers nothing there."""
        quiet = not self.mutates and not self.tool.hints.destructive and self.method in ("GET", "HEAD") and not self.deliveries
        return quiet and (self.tool.hints.read_only or not self.tool.hints.runs_code)


@dataclass(frozen=True, slots=True)
class Ruling:
    """What a check says. `scopes` names what an `ask` is about (paths, host:port), `shows` what a person has to see."""

    decision: Decision
    scopes: tuple[str, ...] = ()
    shows: Object = field(default_factory=dict[str, Json])


class Check(Protocol):
    """One link of the chain."""

    name: str

    def judge(self, case: Case) -> Ruling | Awaitable[Ruling]:
        """Allow, ask or deny, at once or (`async def`) after looking somewhere; whatever it raises counts as deny."""
        ...


def allow(check: str) -> Ruling:
    """Nothing to say against it."""
    return Ruling(Decision("allow", "ok", "", check=check))


def deny(check: str, code: str, reason: str, remedy: str = "") -> Ruling:
    """No, with a machine-readable code and the next thing to do."""
    return Ruling(Decision("deny", code, reason, remedy, check))


def ask(check: str, code: str, reason: str, *, scopes: tuple[str, ...], shows: Object | None = None) -> Ruling:
    """Only with a yes from a person."""
    return Ruling(Decision("ask", code, reason, "", check), scopes, shows or {})
