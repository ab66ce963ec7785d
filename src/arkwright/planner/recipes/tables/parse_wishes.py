"""Wishes: everyday ways to say what comes first, what is left out, what is measured and how it is laid out, as patterns with gaps."""

from collections.abc import Callable
from datetime import datetime
from typing import cast

from arkwright.core.json import Json
from arkwright.planner.lexicon import WEEKDAYS, words
from arkwright.planner.recipes.tables import phrases
from arkwright.planner.recipes.tables.events import (
    Across,
    Ask,
    Clean,
    Compute,
    Draw,
    Event,
    Filter,
    Finish,
    Glue,
    Group,
    Measure,
    Select,
    Sink,
    Sort,
    Title,
    Top,
    Window,
)
from arkwright.planner.recipes.tables.parse_shape import Shape
from arkwright.planner.recipes.tables.schema import Field, is_key, title
from arkwright.planner.recipes.tables.slots import Slots, Thing
from arkwright.planner.recipes.tables.superlatives import pair, superlative
from arkwright.planner.recipes.tables.words import compare, plain
from arkwright.planner.text import key, stem

Build = Callable[["Wishes", int, Slots], Event | None]
BEFORE_COUNT = words(
    "top bottom first last best worst next only other > < >= <= = least most than over under exceeding page pages largest smallest highest lowest biggest"
)


class Wishes(Shape):
    """What is made of the patterns whose gaps are filled by type."""

    # ------------------------------------------------------------------ what comes first
    def beginning(self, i: int, s: Slots) -> Event | None:
        """`beginning with the longest rental`."""
        down, kind = cast("tuple[bool, str]", s.held[0])
        thing = s.held[1]
        return self._sorted(i, s.end, down, kind, thing)

    def leads(self, i: int, s: Slots) -> Event | None:
        """`the region with the largest total should be at the top`, `best rep on top`, `highest sum first`."""
        of, ranked, thing = s.held
        down, kind = cast("tuple[bool, str]", ranked)
        entity = cast("Thing | None", of)
        told = cast("Thing | None", thing)
        if told is None and entity is not None and entity.field is not None and entity.field.numeric:
            told = entity
        return self._sorted(i, s.end, down, kind, told)

    def picked(self, i: int, s: Slots) -> Event | None:
        """`tell me the hour with the most requests`, `for each region the rep with the highest total`: one of several."""
        w = self.w
        ranked = cast("tuple[bool, str]", s.held[1])
        head = next(
            (n for n in range(i, s.end) if w.norm(n) in ("with", "that", "having", "which", "for", "where", "in", "when")), i
        )
        found = self.field(w.skip(i, words("the that which only just")))
        if found is None or self._plural(head - 1) or (found[0].numeric and not is_key(found[0])) or w.number(i - 1) is not None:
            return None
        return Top(self.span(i, s.end), 1, ranked[0], found[0], self._measured(s.held[2]), self._told(i), "")

    def picked_late(self, i: int, s: Slots) -> Event | None:
        """`name one month: the one in which the total was the largest`."""
        chosen = next((e for e in reversed(self.events) if isinstance(e, Select | Group) and len(e.fields) == 1), None)
        thing = next((h for h in s.held if isinstance(h, Thing)), None)
        down = cast("tuple[bool, str]", s.held[-1])[0]
        if chosen is None:
            return None
        self.events.remove(chosen)
        self.extra.append(Glue(chosen.span))
        return Top(self.span(i, s.end), 1, down, chosen.fields[0], self._measured(thing), True, "")

    def _measured(self, held: object) -> Measure | None:
        """What a superlative is about: `most requests`, `highest total amount`, `highest total`."""
        thing = cast("Thing | None", held)
        if thing is None:
            return None
        if thing.field is not None and thing.field.numeric:
            return Measure((), thing.fn or "auto", thing.field)
        return Measure((), "count") if thing.fn == "count" or thing.rows else Measure((), "sum") if thing.fn == "sum" else None

    def first_sheet(self, i: int, s: Slots) -> Event | None:
        """`on the first sheet`, beside a second one."""
        return Glue(self.span(i, s.end)) if {"second", "two", "2"} & set(self.w.norms) else None

    def second_sheet(self, i: int, s: Slots) -> Event | None:
        """`on sheet two`."""
        return Sink(self.span(i, s.end), "xlsx", sheet=True)

    def number_of_them(self, i: int, s: Slots) -> Event | None:
        """`the total number of them`."""
        return Measure(self.span(i, s.end), "count", noun="rows", asked=True)

    def from_to(self, i: int, s: Slots) -> Event | None:
        """`counting from picked_up to returned`: between which dates days are counted."""
        first, second = cast("tuple[Field, Field]", s.held[:2])
        if not (first.temporal and second.temporal and first != second):
            return None
        self.duration(first, second)
        return Glue(self.span(i, s.end))

    def means(self, i: int, s: Slots) -> Event | None:
        """`total means the sum of the amounts`: true when that is the one thing of value."""
        money = [
            f for f in self.w.schema.numbers() if set(key(f.label)) & words("amount revenue sale turnover umsatz total value")
        ]
        return Glue(self.span(i, s.end)) if s.held[0] == s.held[1] and money == [s.held[2]] else None

    def _told(self, i: int) -> bool:
        """Whether what follows is to be said: `tell me`, `which is`."""
        near = {self.w.norm(n) for n in range(max(0, i - 4), i)}
        return bool(near & words("tell name say state mention know which what who"))

    def _sorted(self, i: int, end: int, down: bool, kind: str, thing: object) -> Event | None:
        """A sort by the thing if it can be ordered so; by the measure at hand otherwise."""
        told = cast("Thing | None", thing)
        one = told.field if told else None
        if told and told.fn and one is None:
            return Sort(self.span(i, end), None, down, "", told.fn)
        if one is not None and not one.temporal and (not one.numeric or is_key(one)):
            one = None
        return Sort(self.span(i, end), one, down, "" if one else kind, told.fn if told else "")

    def ends(self, i: int, s: Slots) -> Event | None:
        """`sorted by pay from high to low`, `from the largest to the smallest`."""
        w = self.w
        by = cast("Thing | None", s.held[0]) if s.held else None
        start = next(n for n in range(s.end - 1, i - 1, -1) if w.norm(n) == "to")
        low = next((n for n in range(start - 1, i - 1, -1) if pair(w.norms, n)), None)
        high = next((n for n in range(start + 1, s.end) if pair(w.norms, n)), None)
        if low is None or high is None:
            return None
        first, last = pair(w.norms, low), pair(w.norms, high)
        if first is None or last is None or first[0] == last[0]:
            return None
        return self._sorted(i, s.end, first[0], first[1], by)

    def directed(self, i: int, s: Slots) -> Event | None:
        """`in descending order of size`, `price desc`."""
        down = bool({"descending", "decreasing", "falling", "desc", "reverse"} & set(self.w.norms[i : s.end]))
        thing = next((h for h in s.held if isinstance(h, Thing)), None)
        field = next((h for h in s.held if isinstance(h, Field)), None)
        return self._sorted(i, s.end, down, "", Thing(field) if field else thing)

    def in_time(self, i: int, s: Slots) -> Event | None:
        """`months in order`, `in the order of the day`."""
        return (
            Sort(self.span(i, s.end), None, False, "date")
            if self.w.schema.dates() or any(a.name for a in self.computed.values())
            else None
        )

    # ------------------------------------------------------------------ what is left out, and what alone is wanted
    def left_out(self, i: int, s: Slots) -> Event | None:
        """`orders without a rep can be skipped`, `the ones with no stock left out`."""
        field = next((h for h in s.held if isinstance(h, Field)), None)
        if field is None:
            return None
        return Filter(
            self.span(i, s.end), {"column": field.name, "op": "notblank"}, (field,), self.w.reading.quote(self.span(i, s.end))
        )

    # ------------------------------------------------------------------ what is measured
    def summed(self, i: int, s: Slots) -> Event | None:
        """`the amounts have to be added up`, `what their amounts add up to`."""
        return Measure(self.span(i, s.end), "sum", cast("Field", s.held[0]))

    def averaged(self, i: int, s: Slots) -> Event | None:
        """`what a product costs on average`, `how many pages they have on average`, `average number of pages`."""
        field = next((h for h in s.held if isinstance(h, Field)), None)
        return Measure(self.span(i, s.end), "mean", field) if field is not None and field.numeric and not is_key(field) else None

    def often(self, i: int, s: Slots) -> Event | None:
        """`how often each status code occurs`."""
        field = cast("Field", s.held[0])
        if field.numeric and not is_key(field):
            return None
        self.extra.append(Group((), (field,)))
        return Measure(self.span(i, s.end), "count")

    def counted(self, i: int, s: Slots) -> Event | None:
        """`order count`, `nr of orders`."""
        return Measure(self.span(i, s.end), "count", noun=self.w.norm(i)) if s.held and s.held[0] else None

    # ------------------------------------------------------------------ doubles and gaps
    def lacking(self, i: int, s: Slots) -> Event | None:
        """`rows w/o amount`."""
        field = cast("Field", s.held[0])
        return Filter(
            self.span(i, s.end), {"column": field.name, "op": "blank"}, (field,), self.w.reading.quote(self.span(i, s.end))
        )

    def how_many_lack(self, i: int, s: Slots) -> Event | None:
        """`in how many rows is the amount missing`."""
        self.extra.append(self._blank(s, i))
        return Measure(self.span(i, s.end), "count", noun="rows", asked=True)

    def and_those(self, i: int, s: Slots) -> Event | None:
        """`count the rows without an amount and the rows without a region`: a second number."""
        counted = [e for e in self.events if isinstance(e, Measure) and e.fn == "count" and e.field is None]
        last = next((e for e in reversed(self.events) if isinstance(e, Filter)), None)
        if not counted or last is None or last.where.get("op") != "blank":
            return None
        self.extra.append(self._blank(s, i))
        return Measure(self.span(i, s.end), "count", noun="rows", asked=True)

    def _blank(self, s: Slots, i: int) -> Filter:
        field = next(h for h in s.held if isinstance(h, Field))
        return Filter((s.end - 1,), {"column": field.name, "op": "blank"}, (field,), self.w.reading.quote(self.span(i, s.end)))

    def blank_again(self, i: int, s: Slots) -> Event | None:
        """`rows without an amount (empty or N/A)`: what counts as missing, said once more."""
        last = next((e for e in reversed(self.events) if isinstance(e, Filter | Clean)), None)
        missing = (isinstance(last, Filter) and last.where.get("op") in ("blank", "notblank")) or (
            isinstance(last, Clean) and last.do == "dropna"
        )
        return Glue(self.span(i, s.end)) if missing else None

    def once(self, i: int, s: Slots) -> Event | None:
        """`each address may appear only once`, `dedupe by email`."""
        field = next((h for h in s.held if isinstance(h, Field)), None)
        return Clean(self.span(i, s.end), "distinct", (field,)) if field is not None else None

    def keep_first(self, i: int, s: Slots) -> Event | None:
        """`keep the first entry of each, drop the rest`: said beside a wish for no doubles, or a wish for none itself."""
        field = next((h for h in s.held if isinstance(h, Field)), None)
        if field is not None and not field.numeric:
            return Clean(self.span(i, s.end), "distinct", (field,))
        doubles = words("duplicate duplicates dedupe deduplicate once doubles double dedup twice")
        return (
            Glue(self.span(i, s.end))
            if doubles & set(self.w.norms) or any(isinstance(e, Clean) and e.do == "distinct" for e in self.events)
            else None
        )

    def how_many_dropped(self, i: int, s: Slots) -> Event | None:
        """`how many entries were dropped`: counted when the doubles are gone."""
        return Clean(self.span(i, s.end), "dropped")

    def same_case(self, i: int, s: Slots) -> Event | None:
        """`capital and small letters are the same`: addresses and words are compared so anyway."""
        folded = any(t.part == "words" for t in self.w.schema.tables) or any(
            key(f.label)[-1:] in (("email",), ("mail",)) for f in self.w.schema.fields
        )
        return Glue(self.span(i, s.end)) if folded else None

    # ------------------------------------------------------------------ titles, reports, pages
    def titled(self, i: int, s: Slots) -> Event | None:
        """`with "Units" as title`."""
        return Title(self.span(i, s.end), str(s.held[0]))

    def report_part(self, i: int, s: Slots) -> Event | None:
        """`a few introductory sentences come first`: every report has them."""
        return Glue(self.span(i, s.end))

    def same_again(self, i: int, s: Slots) -> Event | None:
        """`the same figures as a chart`: what was asked for before."""
        return (
            Glue(self.span(i, s.end))
            if any(isinstance(e, Measure | Sink | Draw | Group | Select | Top) for e in self.events)
            else None
        )

    def drawn_as(self, i: int, s: Slots) -> Event | None:
        """`drawn as bars in a chart`."""
        return Draw(self.span(i, s.end), "line" if "lines" in self.w.norms[i : s.end] else "bar")

    def web_pages(self, i: int, s: Slots) -> Event | None:
        """`goes over several pages`: all pages of a source are read."""
        web = any(t.source.startswith(("http://", "https://")) for t in self.w.schema.tables)
        return Glue(self.span(i, s.end)) if web and self.w.number(s.end - 2) is None else None

    def per_part(self, i: int, s: Slots) -> Event | None:
        """`one bar stands for one hour`."""
        found = self.field(s.end - 1)
        if found is None or any(isinstance(e, Group) and found[0].name in {f.name for f in e.fields} for e in self.events):
            return Glue(self.span(i, s.end)) if found else None
        return Group(self.span(i, s.end), (found[0],))

    def combined(self, i: int, s: Slots) -> Event | None:
        """`for every combination of status and priority`."""
        return Group(self.span(i, s.end), cast("tuple[Field, ...]", s.held))

    def multiplied(self, i: int, s: Slots) -> Event | None:
        """`multiply Qty by Unit cost`, `the product of qty and price`."""
        left, right = cast("tuple[Field, Field]", s.held[:2])
        pair: list[Json] = [left.expr, right.expr]
        field = Field("total", "total", "number", {"op": "mul", "args": pair}, left.tables | right.tables)
        self.computed["total"] = field
        return Compute(self.span(i, s.end), field)

    def results(self, i: int, s: Slots) -> Event | None:
        """`add the results up`."""
        return Measure(self.span(i, s.end), "sum") if self.computed else None

    def named(self, i: int, s: Slots) -> Event | None:
        """`the names of the departments`: a column that holds them, when it is called after what it names."""
        w, found = self.w, [h for h in s.held if isinstance(h, Field)]
        one = found[-1] if found else None
        exact = w.column(s.end - 1, loose=False, compound=False)
        if one is None or one.numeric or one.temporal or is_key(one) or key(one.label)[-1:] == ("name",) or exact is None:
            return None
        others = tuple(f for f in found[:-1] if f != one and key(f.label)[-1:] != ("name",))
        if any(isinstance(e, Measure | Top) for e in self.events) and isinstance(self.events[-1], Top):
            return None
        return Select(self.span(i, s.end), (one, *others)) if w.value(i) is None else None

    def table_of(self, i: int, s: Slots) -> Event | None:
        """`the table of costs`: the table that has such a column, as it stands."""
        parts = [t.part for t in self.w.schema.tables]
        return (
            Glue(self.span(i, s.end))
            if any(p.startswith("table:") for p in parts) and self.w.norm(s.end) not in (",", "and")
            else None
        )

    def word_forms(self, i: int, s: Slots) -> Event | None:
        """`but don't and it's are words`: every word is one, with its apostrophe."""
        return Glue(self.span(i, s.end)) if any(t.part == "words" for t in self.w.schema.tables) else None

    def typed(self, i: int, s: Slots) -> Event | None:
        """`salary as a number, start_date as a real date`: true of the columns as they are read."""
        field = cast("Field", s.held[0])
        said = {stem(n) for n in self.w.norms[i : s.end]}
        holds = (
            (field.numeric and said & {"numeric", "number", "integer"})
            or (field.temporal and "date" in said)
            or (field.type == "text" and "text" in said)
        )
        return Clean(self.span(i, s.end), "convert") if holds else None

    def not_typed(self, i: int, s: Slots) -> Event | None:
        """`not text`: after a column is said to be a date or a number."""
        return Glue(self.span(i, s.end)) if any(isinstance(e, Clean) and e.do == "convert" for e in self.events) else None

    def lasting(self, i: int, s: Slots) -> Event | None:
        """`how many days it was`: the days between the two dates."""
        field = self.only_duration()
        return Select(self.span(i, s.end), (field,)) if field is not None else None

    def busy_time(self, i: int, s: Slots) -> Event | None:
        """`at what time of the day is the server busiest`."""
        date = self.w.date_column(i) if all(t.part == "log" for t in self.w.schema.tables) else None
        down = not {"quietest", "calmest"} & set(self.w.norms[i : s.end])
        return Top(self.span(i, s.end), 1, down, self._part("hour", date), None, True, "", common=True) if date else None

    def as_many(self, i: int, s: Slots) -> Event | None:
        """`sold out (stock 0)`: said once more, or a condition of its own."""
        field, value = cast("tuple[Field, float]", s.held[:2])
        if any(isinstance(e, Filter) and field in e.fields for e in self.events):
            return Glue(self.span(i, s.end))
        if self.w.norm(i - 1) not in ("(", "have", "has", "with", ","):
            return None
        cond = compare(field, "eq", plain(value))
        return Filter(self.span(i, s.end), cond, (field,), self.w.reading.quote(self.span(i, s.end)))

    def valued_columns(self, i: int, s: Slots) -> Event | None:
        """`low, normal and high as columns`: all values of one column across the top."""
        w = self.w
        for one in self.w.schema.fields:
            values = {v.lower() for v in one.column.values} if one.column and one.type == "text" else set[str]()
            j, said = i, set[str]()
            while w.norm(j) in values or (said and w.norm(j) in (",", "and", "/")):
                said |= {w.norm(j)} & values
                j += 1
            if len(said) > 1 and said == values and (end := w.any_at(j, *phrases.PIVOT_ACROSS_THE_TOP)):
                return Across(self.span(i, end), columns=(one,))
        return None

    def doubled(self, i: int, s: Slots) -> Event | None:
        """`the same address stands in it several times`, beside a wish that they go."""
        field = next((h for h in s.held if isinstance(h, Field)), None)
        gone = words("keep drop remove dedupe duplicate duplicates once doubles delete deduplicate first") & set(self.w.norms)
        return Clean(self.span(i, s.end), "distinct", (field,)) if field is not None and not field.numeric and gone else None

    def told_of(self, i: int, s: Slots) -> Event | None:
        """`tell me the day` beside a question that asks for it."""
        found = self.field(s.end - 1)
        asked = [e for e in self.events if isinstance(e, Top) and e.entity is not None]
        return (
            Ask(self.span(i, s.end))
            if found and asked and (found[0] == asked[-1].entity or found[0].temporal or found[0].column is None)
            else None
        )

    def not_by(self, i: int, s: Slots) -> Event | None:
        """`by amount, not the number of pieces`: a column that is not what is measured."""
        field = next((h for h in s.held if isinstance(h, Field)), None)
        spoken = [e for e in self.events if isinstance(e, Measure) and e.field == field]
        named = [e for e in self.events if isinstance(e, Top | Measure | Select)]
        return Glue(self.span(i, s.end)) if field is not None and not spoken and named else None

    def all_weekdays(self, i: int, s: Slots) -> Event | None:
        """`from Monday to Sunday`: every day of the week, in order."""
        seen = {n for n in self.w.norms[i : s.end] if n in WEEKDAYS}
        return Sort(self.span(i, s.end), None, False, "date") if {"monday", "sunday"} <= seen else None

    # ------------------------------------------------------------------ how it is laid out
    def own_row(self, i: int, s: Slots) -> Event | None:
        """`every month has its own row`, `each city is drawn as a line of its own`."""
        fields = self._one(s.held[0]) or self._one((self.field(i + 1) or (None,))[0])
        if fields is None:
            return None
        kind = self.w.norms[i : s.end]
        if {"column", "columns"} & set(kind):
            return Across(self.span(i, s.end), columns=fields)
        if {"row", "rows"} & set(kind):
            return Across(self.span(i, s.end), rows=fields)
        return Group(self.span(i, s.end), fields)

    def _one(self, held: object) -> tuple[Field, ...] | None:
        return (held,) if isinstance(held, Field) else None

    def share(self, i: int, s: Slots) -> Event | None:
        """`how much percent of the whole that is`, `what portion of the total each category has`."""
        if any(isinstance(e, Window) and e.fn == "share" for e in self.events):
            return Glue(self.span(i, s.end))
        return Window(self.span(i, s.end), "share")

    def totals(self, i: int, s: Slots) -> Event | None:
        """`totals for every store and for every month`: beside a pivot table."""
        laid = [e for e in self.events if isinstance(e, Across)]
        return Finish(self.span(i, s.end), "cross") if laid else None

    def kept_without(self, i: int, s: Slots) -> Event | None:
        """`departments where nobody works must be in the list, with 0 people`; `must be left out` is what a join does anyway."""
        field = next((h for h in s.held if isinstance(h, Field)), None)
        said = set(self.w.norms[i : s.end])
        none = said & words("nobody none without no empty 0 zero")
        if field is None or field.numeric or not self.w.many or not none:
            return None
        out = said & words("left omitted dropped excluded skipped ignored missing") and "not" not in said
        return Glue(self.span(i, s.end)) if out else Clean(self.span(i, s.end), "left", (field,))

    def apart(self, i: int, s: Slots) -> Event | None:
        """`one table per file`."""
        return Clean(self.span(i, s.end), "apart") if len(self.w.schema.tables) > 1 else None

    def named_alike(self, i: int, s: Slots) -> Event | None:
        """`table names like the files`: tables are named after what they come from."""
        titles = {part for t in self.w.schema.tables for part in key(title(t))}
        quoted = {stem(n) for n in self.w.norms[i : s.end]} & titles
        after = {"after", "like", "as"} & set(self.w.norms[i : s.end])
        return Glue(self.span(i, s.end)) if quoted or after else None

    def spent(self, i: int, s: Slots) -> Event | None:
        """`the sum they spent`: the total that is measured anyway."""
        return Measure(self.span(i, s.end), "sum", noun="sum")

    def announced(self, i: int, s: Slots) -> Event | None:
        """`two files are needed`, `the first is`: how many things follow, and which of them comes now."""
        before = self.w.norm(i - 1)
        return Glue(self.span(i, s.end)) if before not in words("top last first next bottom other") or i == 0 else None

    def entities(self, i: int, s: Slots) -> Event | None:
        """`the categories with their total amount`: what each row of the result is."""
        field = cast("Field", s.held[0])
        if field.numeric or field.temporal or field.column is None or (s.held[1], s.held[2]) == (None, None):
            return None
        stop = next(n for n in range(s.end - 1, i, -1) if self.w.norm(n) in ("with", "and", "plus", "incl", "including", ","))
        return (
            Group(self.span(i, stop), (field,))
            if not any(isinstance(e, Group) and field in e.fields for e in self.events)
            else None
        )

    def all_of_them(self, i: int, s: Slots) -> Event | None:
        """`three cities`: as many as there are, so nothing is left out."""
        w = self.w
        count, one = cast("float", s.held[0]), s.held[-1]
        if w.norm(i - 1) in BEFORE_COUNT or superlative(w.norms, s.end) or w.norm(s.end) in ("with", "that", "which", "who"):
            return None
        if isinstance(one, Field):
            return Glue(self.span(i, s.end)) if one.column and one.column.distinct == int(count) and not one.numeric else None
        return Glue(self.span(i, s.end)) if len(w.schema.tables) == int(count) or len(w.reading.inputs()) == int(count) else None

    def unchanged(self, i: int, s: Slots) -> Event | None:
        """`no column removed or changed`: true of every plan that chooses no columns."""
        return Clean(self.span(i, s.end), "whole")

    def each_last(self, i: int, s: Slots) -> Event | None:
        """`name and price of each`: of all rows, at the end of a list."""
        after = self.w.norm(s.end)
        return Glue(self.span(i, s.end)) if after in (",", ".", ";", "?", "!", ")", "", "as", "in", "to") else None

    def spaced(self, i: int, s: Slots) -> Event | None:
        """`a reading every three hours`: how far apart the rows are, if they are."""
        count = next((h for h in s.held if isinstance(h, float)), 1.0)
        unit = next(
            (u for u in ("minute", "hour", "day", "week") if any(n.startswith(u) for n in self.w.norms[i : s.end])), "hour"
        )
        return Glue(self.span(i, s.end)) if any(_apart(f, count, unit) for f in self.w.schema.dates()) else None

    def asked(self, i: int, s: Slots) -> Event | None:
        """`name the day in your answer`."""
        return Ask(self.span(i, s.end))

    def glue(self, i: int, s: Slots) -> Event | None:
        """Words that are accounted for by what is done anyway."""
        return Glue(self.span(i, s.end))


def _apart(one: Field, count: float, unit: str) -> bool:
    """Whether the first different moments of a column are so far apart."""
    values = one.column.values[:2] if one.column else ()
    try:
        first, second = (datetime.fromisoformat(v) for v in values)
    except ValueError:
        return False
    return abs((second - first).total_seconds()) == count * {"minute": 60, "hour": 3600, "day": 86400, "week": 604800}[unit]
