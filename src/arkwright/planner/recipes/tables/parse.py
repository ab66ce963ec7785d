"""Parse: a request about tables as events, left to right; what no pattern accounts for is left to the planner to refuse."""

from collections.abc import Callable, Sequence

from arkwright.planner.lexicon import AGGREGATES
from arkwright.planner.recipes.tables import formats, phrases
from arkwright.planner.recipes.tables.define import define
from arkwright.planner.recipes.tables.events import (
    Across,
    Ask,
    Clean,
    Draw,
    Event,
    Filter,
    Glue,
    Group,
    Measure,
    Select,
    Top,
    Window,
)
from arkwright.planner.recipes.tables.sinks_words import sink
from arkwright.planner.recipes.tables.telling import telling
from arkwright.planner.recipes.tables.wishes import Patterned
from arkwright.planner.recipes.tables.words import Words
from arkwright.planner.text import key


class Parser(Patterned):
    """Walks over the tokens; each pattern either yields an event and the tokens it used, or passes."""

    def __init__(self, w: Words) -> None:
        super().__init__(w)
        self.patterns: tuple[Callable[[int], Event | None], ...] = (
            self.format, self.wish, self.split, self.output, self.pivot, self.clean, self.tag, self.window, self.compute, self.order, self.top, self.state, self.filter,
            self.measure, self.group, self.ask, self.select,
        )  # fmt: skip

    def parse(self) -> list[Event]:
        """The events of the whole request."""
        i = 0
        tokens, context = self.w.reading.tokens, self.background()
        defined = {event.span[0]: event for event in define(self)}
        while i < len(tokens):
            event: Event | None = defined.get(i)
            if event is None and tokens[i].kind != "mark" and i not in context:
                event = next((found for pattern in self.patterns if (found := pattern(i)) is not None), None)
            if event is None:
                i += 1
                continue
            self.events.append(event)
            self.events += self.extra
            self.extra.clear()
            i = max(max(event.span) + 1, i + 1)
        self.events += self.rows_wanted()
        return alternatives(self.events, self.w.norms)

    def background(self) -> frozenset[int]:
        """Tokens that only tell about the data; a sentence that says what is measured per what is none of them."""
        told = telling(self.w)
        if told:
            self.events.append(Glue(tuple(sorted(told))))
        wishes = {i for i in self.w.reading.context if self._measures_per(i)}
        return (self.w.reading.context - wishes) | told

    def _measures_per(self, i: int) -> bool:
        said = {self.w.norm(n) for n in self.w.reading.sentence(i)}
        return bool(said & AGGREGATES.keys() and said & {"each", "per", "every", "by"})

    def rows_wanted(self) -> list[Event]:
        """`items with a lead time over 30 days`: the items, when what is asked of them stands in another table."""
        if (base := self.beside()) is not None:
            return [Select((), self.w.schema.of_table(base))]
        shaped = any(isinstance(e, Select | Measure | Top | Group) for e in self.events)
        asked = [f for e in self.events if isinstance(e, Filter) for f in e.fields]
        if self.rows_of is None or shaped or all(f.tables == frozenset({self.rows_of}) for f in asked):
            return []
        return [Select((), tuple(dict.fromkeys((*self.w.schema.of_table(self.rows_of), *asked))))]

    def beside(self) -> int | None:
        """`all employees with the name and site of their department`: the table whose rows are wanted whole, with columns of another."""
        w = self.w
        if not w.many or any(isinstance(e, Measure | Top | Group | Draw | Across | Window) for e in self.events):
            return None
        chosen = [f for e in self.events if isinstance(e, Select) for f in e.fields]
        spoken = [
            at
            for i in range(len(w.norms))
            if w.norm(i - 1) in WHOLE or w.norm(i - 2) in WHOLE
            for at in [(w.rows(i) or (None,))[0]]
        ]
        for at in dict.fromkeys(at for at in spoken if at is not None):
            own = [f for f in chosen if f.tables == frozenset({at})]
            if chosen and len(own) < len(chosen) and all(key(f.label)[-1:] == ("name",) for f in own):
                return at
        return None

    def format(self, i: int) -> Event | None:
        """Words about separators, decimals and encodings."""
        end = formats.spoken(self.w, i)
        return Clean(self.span(i, end), "convert") if end else None

    def output(self, i: int) -> Event | None:
        """Files, charts, reports."""
        return sink(self.w, i)

    def ask(self, i: int) -> Event | None:
        """`how many`, `tell me`, `in your answer`: wanted in words."""
        w = self.w
        if end := w.any_at(i, *phrases.ASK_IN_YOUR_ANSWER):
            return Ask(self.span(i, end))
        if w.norm(i) in ("which", "what", "who", "when", "what's", "who's", "whats") and self._asks(i):
            return Ask(self.span(i, i + 1))
        return None

    def _asks(self, i: int) -> bool:
        sentence = self.w.reading.sentence(i)
        return self.w.norm(sentence[-1]) == "?" and not any(isinstance(e, Ask) and e.span[0] in sentence for e in self.events)


def alternatives(events: list[Event], norms: Sequence[str]) -> list[Event]:
    """`region is North or category is Chairs` as one condition; beside an `and` the `or` stays, and is refused: it could mean two things."""
    found: list[Event] = []
    at = 0
    while at < len(events):
        one = events[at]
        run, links = [one], list[str]()
        while at + len(run) < len(events) and (link := _link(run[-1], events[at + len(run)], norms)):
            links.append(link)
            run.append(events[at + len(run)])
        filters = [e for e in run if isinstance(e, Filter)]
        if links and set(links) == {"or"}:
            span = tuple(range(min(filters[0].span), max(filters[-1].span) + 1))
            fields = tuple(dict.fromkeys(f for e in filters for f in e.fields))
            found.append(Filter(span, {"any": [e.where for e in filters]}, fields, " or ".join(e.text for e in filters)))
        else:
            found += run
        at += len(run)
    return found


def _link(left: Event, right: Event, norms: Sequence[str]) -> str:
    """The word between two conditions that stand side by side: `and`, `or`, or none."""
    if not (isinstance(left, Filter) and isinstance(right, Filter) and left.span and right.span):
        return ""
    between = [n for n in norms[max(left.span) + 1 : min(right.span)] if n not in BESIDE]
    return between[0] if between in (["and"], ["or"]) else ""


WHOLE = frozenset({"all", "every", "each", "whole", "entire"})
BESIDE = frozenset({",", "where", "whose", "with", "if", "the", "that", "which", "have", "has", "either", "a", "an"})
