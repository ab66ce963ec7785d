"""Draft: what has been read of a data question so far, before its tables are chosen."""

from dataclasses import dataclass, field

from arkwright.core.json import Json, Object
from arkwright.verifier.demands import Column, Source
from arkwright.verifier.script import Token

Pairs = tuple[tuple[str, str], ...]


class Unreadable(Exception):
    """A question that has no single reading; the message is for the verdict."""


@dataclass(frozen=True)
class Term:
    """Something a column stands for: candidates (source, column), a period of a date, or a derived value."""

    pairs: Pairs = ()
    period: str = ""
    derived: str = ""
    text: str = ""


@dataclass
class Measure:
    """An aggregate: fn over a term; no term counts rows."""

    fn: str
    term: Term | None = None
    clause: str = ""
    noun: Term | None = None


@dataclass
class Draft:
    """Filters, keys, measures, order and columns of one question."""

    clause: str = ""
    filters: list[tuple[list[Term], Object]] = field(default_factory=list[tuple[list[Term], Object]])
    keys: list[Term] = field(default_factory=list[Term])
    across: Term | None = None
    measures: list[Measure] = field(default_factory=list[Measure])
    derived: dict[str, tuple[str, list[Term | str]]] = field(default_factory=dict[str, tuple[str, list[Term | str]]])
    order: list[tuple[Term | str, bool]] = field(default_factory=list[tuple[Term | str, bool]])
    rank: list[tuple[Term | str, bool]] = field(default_factory=list[tuple[Term | str, bool]])
    top: int = 0
    per: list[Term] = field(default_factory=list[Term])
    keep: list[Term] = field(default_factory=list[Term])
    whole: bool = False
    dedupe: tuple[list[Term], str] | None = None
    window: str = ""
    shared: Term | None = None
    skip: int = 0
    looked: list[Term] = field(default_factory=list[Term])
    beside: list[Term] = field(default_factory=list[Term])
    date: Term | None = None
    entity: list[str] = field(default_factory=list[str])
    doubts: list[str] = field(default_factory=list[str])
    numeric: frozenset[tuple[str, str]] = frozenset()
    dated: frozenset[tuple[str, str]] = frozenset()
    tidy: dict[str, Json] = field(default_factory=dict[str, Json])

    def is_number(self, token: Token) -> bool:
        """Whether a col token may be a column of numbers."""
        return any((v[0], v[1]) in self.numeric for v in token.value)

    def is_date(self, token: Token) -> bool:
        """Whether a col token may be a column of dates."""
        return any((v[0], v[1]) in self.dated for v in token.value)

    def asks(self) -> bool:
        """Whether anything of a data question was read."""
        return bool(
            self.filters
            or self.keys
            or self.measures
            or self.order
            or self.keep
            or self.whole
            or self.dedupe
            or self.top
            or self.derived
            or self.beside
            or self.looked
            or self.window
            or self.tidy
        )


def term_of(token: Token) -> Term:
    """The term of a col token."""
    return Term(pairs=tuple((p[0], p[1]) for p in token.value), text=token.text)


def terms_of(tokens: list[Token]) -> list[Term]:
    """The terms of the col tokens among some tokens."""
    return [term_of(t) for t in tokens if t.kind == "col"]


def column_of(sources: dict[str, Source], source: str, name: str) -> Column:
    """A column by its source and name."""
    return next(c for c in sources[source].columns if c.name == name)
