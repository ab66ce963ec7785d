"""Decision: what the gate says to a call; Approval: a question it left with a person; Grant: a standing yes."""

from dataclasses import dataclass
from typing import Literal

from arkwright.core.json import Object


@dataclass(frozen=True, slots=True)
class Decision:
    """`code` is machine-readable, `reason` for people, `remedy` the next thing to do, `check` who decided."""

    outcome: Literal["allow", "ask", "deny"]
    code: str
    reason: str
    remedy: str = ""
    check: str = ""


@dataclass(frozen=True, slots=True)
class Approval:
    """A question that waits, durably. `shows` is exactly what would happen."""

    id: str
    run: str
    task: str
    tool: str
    question: str
    shows: Object
    state: Literal["open", "approved", "denied"] = "open"


@dataclass(frozen=True, slots=True)
class Grant:
    """A standing yes: a tool, a scope (path glob or host:port), for one run or until a time (epoch seconds)."""

    id: str
    tool: str
    scope: str
    run: str = ""
    until: float | None = None
