"""Parse: a request about tables as events, left to right; what no pattern accounts for is left to the planner to refuse."""

from collections.abc import Callable

from arkwright.planner.recipes import tables_phrases as phrases
from arkwright.planner.recipes.tables_define import define
from arkwright.planner.recipes.tables_events import Ask, Event, Filter, Group, Measure, Select, Top
from arkwright.planner.recipes.tables_parse_shape import Shape
from arkwright.planner.recipes.tables_sinks_words import sink
from arkwright.planner.recipes.tables_words import Words


class Parser(Shape):
    """Walks over the tokens; each pattern either yields an event and the tokens it used, or passes."""

    def __init__(self, w: Words) -> None:
        super().__init__(w)
        self.patterns: tuple[Callable[[int], Event | None], ...] = (
            self.output, self.pivot, self.clean, self.tag, self.window, self.compute, self.order, self.top, self.state, self.filter,
            self.measure, self.group, self.ask, self.select,
        )  # fmt: skip

    def parse(self) -> list[Event]:
        """The events of the whole request."""
        i = 0
        tokens, context = self.w.reading.tokens, self.w.reading.context
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
        return self.events

    def rows_wanted(self) -> list[Event]:
        """`items with a lead time over 30 days`: the items, when what is asked of them stands in another table."""
        shaped = any(isinstance(e, Select | Measure | Top | Group) for e in self.events)
        asked = [f for e in self.events if isinstance(e, Filter) for f in e.fields]
        if self.rows_of is None or shaped or all(f.tables == frozenset({self.rows_of}) for f in asked):
            return []
        return [Select((), tuple(dict.fromkeys((*self.w.schema.of_table(self.rows_of), *asked))))]

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
