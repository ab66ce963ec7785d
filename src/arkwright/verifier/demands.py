"""Demands: what a request asks for, as the verifier reads it."""

from dataclasses import dataclass, field
from typing import Literal

from arkwright.core.json import Json, Object


@dataclass(frozen=True)
class Column:
    """A column of an input, as the verifier's own survey saw it."""

    name: str
    type: str
    values: tuple[str, ...] = ()
    unique: bool = False
    unsure: bool = False
    blanks: int = 0
    years: tuple[int, ...] = ()
    percent: bool = False


@dataclass(frozen=True)
class Source:
    """An input table: `id` names it in questions, `origin` is what a question loads it from."""

    id: str
    path: str
    part: str
    columns: tuple[Column, ...]
    rows: int
    origin: Object = field(default_factory=dict[str, Json])


@dataclass(frozen=True)
class World:
    """What was there before the run: paths with their hashes, and the tables of the files that the request names."""

    before: dict[str, str]
    sources: tuple[Source, ...] = ()


@dataclass
class Deliverable:
    """Something that has to be there afterwards. Formats are file endings; an empty name leaves it free."""

    kind: Literal["table", "chart", "report", "file", "answer"]
    formats: tuple[str, ...] = ()
    name: str = ""
    clause: str = ""
    style: str = ""
    title: str = ""
    pages: int = 0


@dataclass
class Question:
    """A computation over input tables and how strictly its answer must be found."""

    clause: str
    question: Object
    rules: Object
    keys: tuple[str, ...] = ()
    measures: tuple[str, ...] = ()
    single: bool = False
    single_place: bool = False
    rivals: tuple["Rival", ...] = ()


@dataclass(frozen=True)
class Rival:
    """Another defensible reading of a question: when its answer differs on these data, nobody can say which was meant.

    Only the `columns` are compared (all when empty); rows that are blank in one of `filled` are left out.
    """

    why: str
    question: Object
    columns: tuple[str, ...] = ()
    filled: tuple[str, ...] = ()


@dataclass
class Special:
    """A demand of a kind of its own (duplicates, archive, rename, convert, merge, ...), with what it is about."""

    kind: str
    clause: str
    args: Object = field(default_factory=dict[str, Json])


@dataclass
class Demands:
    """Everything read; `prohibitions` are what must not happen, `doubts` clauses that are not understood with certainty."""

    deliverables: list[Deliverable] = field(default_factory=list[Deliverable])
    questions: list[Question] = field(default_factory=list[Question])
    specials: list[Special] = field(default_factory=list[Special])
    prohibitions: list[Special] = field(default_factory=list[Special])
    doubts: list[str] = field(default_factory=list[str])
    changes: bool = False
    delimiter: str = ""
    sheets: bool = False
    types: Object = field(default_factory=dict[str, Json])
