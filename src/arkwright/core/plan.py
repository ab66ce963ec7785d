"""Plan: a forest of tasks that meets the requirements read out of a request."""

from collections.abc import Sequence
from dataclasses import dataclass

from arkwright.core.json import Json, Object
from arkwright.core.task import Task


@dataclass(frozen=True, slots=True)
class Requirement:
    """One thing the request asks for, in its own words, and the tasks that meet it."""

    id: str
    text: str
    tasks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Estimate:
    """Expected wall seconds along the critical path, total seconds of work, and dollars."""

    critical_path: float = 0.0
    work: float = 0.0
    dollars: float = 0.0


@dataclass(frozen=True, slots=True)
class Plan:
    """What will be done. `answer` is made of strings and references, joined when the tasks are done."""

    goal: str
    tasks: tuple[Task, ...]
    requirements: tuple[Requirement, ...] = ()
    answer: tuple[Json, ...] = ()
    estimate: Estimate = Estimate()
    recipes: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Look:
    """A read-only tool call the planner wants made before it plans."""

    tool: str
    args: Object


@dataclass(frozen=True, slots=True)
class Need:
    """The planner has to see more first."""

    looks: tuple[Look, ...]


@dataclass(frozen=True, slots=True)
class Refusal:
    """What is not done: the clause it is about, why, and what would help."""

    clause: str
    reason: str
    remedy: str = ""
    code: str = "not_understood"


@dataclass(frozen=True, slots=True)
class Question:
    """What the user has to decide before there is a plan."""

    text: str
    options: Sequence[str] = ()


Proposal = Plan | Need | Refusal | Question
