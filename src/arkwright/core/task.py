"""Task: one step of a plan, a row of the forest."""

from dataclasses import dataclass, field
from typing import Literal

from arkwright.core.json import Json, Object

TaskKind = Literal["call", "agent", "plan", "approve", "workflow"]
TaskState = Literal["pending", "ready", "running", "waiting", "done", "failed", "skipped", "cancelled", "in_doubt"]
FINAL: frozenset[TaskState] = frozenset({"done", "failed", "skipped", "cancelled"})


@dataclass(frozen=True, slots=True)
class Retry:
    """How often a failed attempt is tried again: delays of `base * factor**n` seconds, at most `most` attempts in all."""

    most: int = 1
    base: float = 0.2
    factor: float = 2.0


@dataclass(frozen=True, slots=True)
class Resources:
    """Estimated before, measured after. Seconds of wall time, bytes of memory, dollars."""

    seconds: float = 1.0
    cpus: float = 1.0
    memory: int = 256 << 20
    tokens: int = 0
    dollars: float = 0.0


@dataclass(frozen=True, slots=True)
class Task:
    """One step. `args` may hold references to the outputs of the tasks in `needs`."""

    id: str
    goal: str
    tool: str = ""
    args: Object = field(default_factory=dict[str, Json])
    needs: tuple[str, ...] = ()
    kind: TaskKind = "call"
    parent: str = ""
    expects: Object = field(default_factory=dict[str, Json])
    resources: Resources = Resources()
    idempotent: bool = True
    retry: Retry = Retry()
    timeout: float = 300.0
