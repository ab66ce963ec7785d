"""Run: a request being served, its forest as rows, and the transactions that move it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from arkwright.core.decision import Approval
from arkwright.core.event import Event
from arkwright.core.json import Json
from arkwright.core.observation import Observation
from arkwright.core.plan import Plan
from arkwright.core.request import Request
from arkwright.core.result import Result, Status
from arkwright.core.task import Task, TaskState

RunState = Literal["running"] | Status


@dataclass(frozen=True, slots=True)
class Run:
    """A request being served. `epoch` is raised by whoever takes the run over, so that an older owner's writes are dropped.

    `owner` names the process at work (`host:pid:start`), empty when nobody is. `at` is seconds since the epoch, UTC.
    """

    id: str
    request: Request
    at: float
    state: RunState = "running"
    epoch: int = 1
    owner: str = ""
    plan: Plan | None = None
    result: Result | None = None


@dataclass(frozen=True, slots=True)
class Node:
    """A task and where it stands. `missing` counts the needs not yet done, `epoch` the times it was started.

    `due` is the time before which a ready node is not started (a retry's delay). `tries` counts failed attempts.
    `replanned` marks a node whose task itself changed while the run went on.
    """

    task: Task
    state: TaskState
    missing: int = 0
    epoch: int = 0
    tries: int = 0
    due: float = 0.0
    started: float = 0.0
    ended: float = 0.0
    observation: Observation | None = None
    replanned: bool = False


@dataclass(frozen=True, slots=True)
class Transaction:
    """Everything that becomes true at once. `epoch` is the run's epoch the writer holds; 0 creates the run; None adds events,
    facts or approvals without owning the run.

    A node that is already final, or has a newer epoch, fences the whole transaction. Events get their `seq` on commit.
    """

    run: str
    epoch: int | None
    record: Run | None = None
    inserts: Sequence[Node] = ()
    nodes: Sequence[Node] = ()
    events: Sequence[Event] = ()
    approvals: Sequence[Approval] = ()
    facts: Mapping[str, Json] = field(default_factory=dict[str, Json])


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A run as its rows say: the record, the forest in order of insertion, the approvals, and facts kept by key."""

    run: Run
    nodes: tuple[Node, ...]
    approvals: tuple[Approval, ...] = ()
    facts: Mapping[str, Json] = field(default_factory=dict[str, Json])
