"""Parse: a request about tables as events, left to right; what no pattern accounts for is left to the planner to refuse."""

import re
from collections.abc import Callable

from arkwright.core.json import Object
from arkwright.planner.lexicon import AGGREGATES, DATE_PARTS, FORMATS, MONTHS, SUPERLATIVES, words
from arkwright.planner.recipes.tables_events import (
    Across,
    Ask,
    Clean,
    Compute,
    Draw,
    Event,
    Filter,
    Glue,
    Group,
    Measure,
    Select,
    Sort,
    Tag,
    Top,
    Window,
)  # fmt: skip
from arkwright.planner.recipes.tables_schema import Field, is_key, title
from arkwright.planner.recipes.tables_sinks_words import sink
from arkwright.planner.recipes.tables_words import DETERMINERS, Words, compare, date_part_field, plain
from arkwright.planner.text import key, stem

LINKS = words("is are was were be being been that which has have had having with of a an the its value values whose were who their")
SELLING = words("sold sell sells sales spent spend spends earn earns earned paid pay pays bought buy buys generated generate brought made make")
MOVING = words("hit hits visited visit visits appear appears occurred occur occurs came come happen happened ordered order placed rented rent used has have had did us with do get got requested called")
BE = words("is are was were be been")
GROUPERS = ("broken down by", "split by", "grouped by", "group by", "grouping by", "aggregated by", "for each", "for every", "in each", "in every", "of each", "of every",
            "at each", "by each", "within each", "on each", "from each", "across", "per", "by", "according to", "for the different", "summarised by", "summarized by", "a separate")  # fmt: skip


class Parser:
    """Walks over the tokens; each pattern either yields an event and the tokens it used, or passes."""

    def __init__(self, w: Words) -> None:
        self.w = w
        self.events: list[Event] = []
        self.extra: list[Event] = []
        self.computed: dict[str, Field] = {}
        self.tags = w.reading.phrases(TAGS) if w.reading.has("column") else ()
        self.patterns: tuple[Callable[[int], Event | None], ...] = (
            self.output, self.pivot, self.clean, self.tag, self.window, self.compute, self.order, self.top, self.state, self.filter,
            self.measure, self.group, self.ask, self.select,
        )  # fmt: skip

    def parse(self) -> list[Event]:
        """The events of the whole request."""
        i = 0
        tokens = self.w.reading.tokens
        while i < len(tokens):
            event = None
            if tokens[i].kind != "mark":
                event = next((found for pattern in self.patterns if (found := pattern(i)) is not None), None)
            if event is None:
                i += 1
                continue
            self.events.append(event)
            self.events += self.extra
            self.extra.clear()
            i = max(max(event.span) + 1, i + 1)
        return self.events

    def span(self, start: int, end: int) -> tuple[int, ...]:
        """The tokens from `start` up to `end`."""
        return tuple(range(start, end))

    # ------------------------------------------------------------------ outputs
    def output(self, i: int) -> Event | None:
        """Files, charts, reports."""
        return sink(self.w, i)

    def ask(self, i: int) -> Event | None:
        """`how many`, `tell me`, `in your answer`: wanted in words."""
        w = self.w
        if end := w.any_at(i, "in your answer", "in the answer", "as an answer", "in your reply", "tell me", "let me know", "answer"):
            return Ask(self.span(i, end))
        if w.norm(i) in ("which", "what", "who", "when", "what's", "who's", "whats") and self._asks(i):
            return Ask(self.span(i, i + 1))
        return None

    def _asks(self, i: int) -> bool:
        sentence = self.w.reading.sentence(i)
        return self.w.norm(sentence[-1]) == "?" and not any(isinstance(e, Ask) and e.span[0] in sentence for e in self.events)

    # ------------------------------------------------------------------ numbers of groups
    def measure(self, i: int) -> Event | None:
        """`total amount`, `how many orders`, `average of the salary`."""
        w = self.w
        if end := w.any_at(i, "how much"):
            column = w.column(end, numeric=True)
            k = w.skip(column.end if column else end, words("was were is did do does has have been we they in total overall money"))
            k = w.skip(k, SELLING | words("in total overall"))
            return Measure(self.span(i, k), "sum", column.field if column and column.field.numeric else None, asked=False) if k > end else None
        if (found := w.aggregate(i)) is None:
            return self._named_count(i)
        fn, end = found
        asked = w.at(i, "how many") > 0
        if w.at(i, "how often"):
            return Measure(self.span(i, i + 2), "count")
        if fn == "count":
            return self._count(i, end, asked)
        second = w.aggregate(w.skip(end, words("and , or &")))
        if second and second[0] != "count" and w.norm(end) in ("and", ",", "&", "or") and w.column(end) is None:
            return Measure(self.span(i, end), fn)
        j = w.skip(end, DETERMINERS | words("of for in"))
        if w.norm(j) in self.computed:
            return Measure(self.span(i, j + 1), fn, self.computed[w.norm(j)])
        column = w.column(j, numeric=True)
        if column is None and fn in ("min", "max") and (other := w.column(j)) and other.field.temporal:
            column = other
        if column is not None:
            stop = column.end
            while w.norm(stop) in ("sold", "spent", "made", "paid", "earned", "amount", "value") and w.column(stop) is None:
                stop += 1
            return Measure(self.span(i, self._more_measures(fn, stop)), fn, column.field)
        if w.norm(j) in self._bare_stop() or w.norm(j) == "":
            stop = j if w.norm(end) in DETERMINERS and not w.norm(j) else end
            return Measure(self.span(i, stop), fn)
        if (expr := self._expression(j)) is not None:
            return Measure(self.span(i, expr[1]), fn, expr[0])
        if (long := self._duration_at(j)) is not None:
            return Measure(self.span(i, long[1]), fn, long[0])
        if w.norm(j) in SELLING | words("spend spending"):
            return Measure(self.span(i, j + 1), fn, noun=w.norm(j))
        if (expr := self._expression(j)) is not None:
            return Measure(self.span(i, expr[1]), fn, expr[0])
        return None

    def _more_measures(self, fn: str, stop: int) -> int:
        """`totals of amount and units`: the same function of the next column."""
        w = self.w
        while w.norm(stop) in ("and", ",", "&"):
            k = w.skip(stop, words("and , & the"))
            column = w.column(k, numeric=True)
            if w.aggregate(k) or column is None or column.score < 78 or not column.field.numeric or is_key(column.field):
                break
            self.extra.append(Measure((), fn, column.field))
            stop = column.end
        return stop

    def _bare_stop(self) -> frozenset[str]:
        return words("per by for in of each and , . ; ? ! from across ( ) as then on to with - – is :") | {"§"}

    def _named_count(self, i: int) -> Event | None:
        """`the order count`, `units per product` are read elsewhere; here `amounts` after `and the`."""
        w = self.w
        if (rows := w.rows(i)) and w.norm(rows[1]) in ("count", "counts"):
            return Measure(self.span(i, rows[1] + 1), "count", noun=w.norm(i))
        return None

    def _count(self, i: int, end: int, asked: bool) -> Event | None:
        w = self.w
        distinct = w.norm(w.skip(end)) in ("different", "distinct", "unique", "separate")
        j = w.skip(end, DETERMINERS | words("different distinct unique separate"))
        rows, column = w.rows(j), w.column(j)
        if column and not (rows and rows[1] >= column.end and not distinct) and column.score >= 60:
            field = column.field
            if field.numeric and not is_key(field) and not distinct and self.events and isinstance(self.events[-1], Select) and not asked:
                return Select(self.span(i, column.end), (field,))
            if field.numeric and not is_key(field) and not distinct:
                return Measure(self.span(i, column.end), "sum", field, asked=asked)
            size = self.w.schema.tables[min(field.tables)].rows
            unique = field.column is not None and field.column.distinct >= size
            return Measure(self.span(i, column.end), "count" if unique else "count_distinct", None if unique else field, w.norm(j), asked)
        if rows:
            return Measure(self.span(i, rows[1]), "count", noun=w.norm(rows[1] - 1), asked=asked)
        if value := w.value(j):
            return Measure(self.span(i, j), "count", asked=asked, noun=value[1]) if value else None
        if w.norm(j) in self._bare_stop() or not w.norm(j) or w.norm(j) in ("there", "were", "are") or self._filter_starts(j):
            return Measure(self.span(i, end), "count", asked=asked)
        return None

    def _filter_starts(self, j: int) -> bool:
        return self.state(j) is not None or self.filter(j) is not None

    def group(self, i: int) -> Event | None:
        """`per region and month`, `monthly`, `for each customer`."""
        w = self.w
        if w.norm(i) in ("monthly", "yearly", "annual", "quarterly", "weekly", "daily", "hourly") and (date := w.date_column(i)):
            return Group(self.span(i, i + 1), (self._part(DATE_PARTS[w.norm(i)], date),))
        end = max((w.at(i, phrase) for phrase in GROUPERS), default=0)
        if not end and w.norm(i) == "each" and any(isinstance(e, Measure | Top) for e in self.events):
            end = i + 1
        if not end or w.norm(i - 1) in words("sheet file tab chart document page workbook report picture"):
            return None
        if w.norm(end) == "§":
            return Glue(self.span(i, end))
        if (rows := w.rows(end)) and (rows[0] is None or len(w.schema.tables) == 1) and ((column := w.column(end)) is None or column.score < 95):
            return Glue(self.span(i, rows[1]))
        fields, stop = self.fields(end)
        if not fields and w.norm(end - 1) in ("each", "every") and (rows := w.rows(end)):
            return Glue(self.span(i, rows[1]))
        last = self.events[-1] if self.events else None
        if len(fields) == 1 and fields[0].temporal and isinstance(last, Group) and any(fields[0].expr in (f.expr.get("args") or ()) for f in last.fields):
            return Glue(self.span(i, stop))
        return Group(self.span(i, stop), fields) if fields else None

    def _part(self, part: str, date: Field) -> Field:
        field = date_part_field(part, date)
        if part == "date" and date.type == "date":
            return date
        return field

    def fields(self, i: int) -> tuple[tuple[Field, ...], int]:
        """A list of columns and date parts: `region, product and month`, and the index after it."""
        w = self.w
        found: list[Field] = []
        j = end = i
        while True:
            one = self.field(j)
            if one is None:
                break
            found.append(one[0])
            end = one[1]
            j = w.skip(end, words(", and & / as well then") | DETERMINERS | words("by per"))
            if j == end or w.norm(end) in ("by", "per"):
                break
        return tuple(dict.fromkeys(found)), end

    def field(self, i: int) -> tuple[Field, int] | None:
        """One column, date part or computed column at `i`."""
        w = self.w
        j = w.skip(i)
        column = w.column(j)
        part = w.date_part(j)
        if column and column.score >= 95 and not (part and column.field.temporal and part[0] != "date"):
            return column.field, column.end
        if part and w.schema.dates() and (date := w.date_column(i)):
            return self._part(part[0], date), part[1]
        if w.norm(j) in self.computed:
            return self.computed[w.norm(j)], j + 1
        if w.norm(j) in ("number", "days", "duration", "length", "rental") and (long := self._days(j) or self._duration_at(j)):
            return long
        if column:
            return column.field, column.end
        rows = w.rows(j)
        if rows and rows[0] is not None and (named := self.naming(rows[0])):
            return named, rows[1]
        return None

    def naming(self, at: int) -> Field | None:
        """The column that says what a row of a table is: its name, title or item, else the only key."""
        fields = self.w.schema.of_table(at)
        for wanted in ("name", "title", "item", "product"):
            found = [f for f in fields if key(f.label)[-1:] == (wanted,)]
            if len(found) == 1:
                return found[0]
        keys = [f for f in fields if is_key(f)]
        return keys[0] if keys else None

    # ------------------------------------------------------------------ computed columns
    def compute(self, i: int) -> Event | None:
        """`qty times unit_price`, `total = units * price`."""
        w = self.w
        name, start = "", i
        if w.norm(i + 1) in ("=", ":") and w.norm(i) not in STOP_NAMES and w.reading.tokens[i].kind == "word":
            name, start = w.norm(i), i + 2
        found = self._expression(start, name)
        if found is None:
            return None
        field, end = found
        self.computed[field.name] = field
        return Compute(self.span(i, end), field)

    def _expression(self, i: int, name: str = "") -> tuple[Field, int] | None:
        w = self.w
        if found := self._days(i):
            return found
        left = w.column(i)
        if left is None or not left.field.numeric:
            return None
        expr, tables, end, labels = left.field.expr, left.field.tables, left.end, [left.field.label]
        first = ""
        while found_op := self._operator(end):
            op, j = found_op
            right = w.column(j, numeric=True)
            if right is None or not right.field.numeric:
                break
            expr = {"op": op, "args": [expr, right.field.expr]}
            tables, end, first = tables | right.field.tables, right.end, first or op
            labels.append(right.field.label)
        if not first:
            return None
        if not name and (k := w.any_at(end, "is the", "as", "called", "named", "is called")) and self._new_name(k):
            name, end = w.norm(k), k + 1
        label = name or ("total" if first == "mul" and len(labels) == 2 else f"_{dict(sub='minus', add='plus', div='per', mul='times')[first]}_".join(labels))
        return Field(label, label, "number", expr, tables), end

    def _new_name(self, k: int) -> bool:
        token = self.w.reading.tokens[k] if k < len(self.w.norms) else None
        return token is not None and token.kind == "word" and token.norm not in STOP_NAMES and token.norm not in FORMATS and self.w.column(k) is None

    def _operator(self, j: int) -> tuple[str, int] | None:
        """An operation in words or signs, and the index after it."""
        w = self.w
        if w.norm(j) in ("multiplied", "divided") and w.norm(j + 1) == "by":
            return OPERATORS[w.norm(j)], j + 2
        op = OPERATORS.get(w.norm(j), "")
        return (op, j + 1) if op else None

    def _days(self, i: int) -> tuple[Field, int] | None:
        """`number of days between picked_up and returned`, or how long things took when there are two dates."""
        w = self.w
        start = w.any_at(i, "number of days", "days", "the number of days", "how many days", "day count", "time", "difference in days", "rental days", "the days", "length in days")
        if not start:
            return None
        j = w.any_at(start, "between", "from")
        if not j:
            return None
        first = w.column(j)
        second = w.column(first.end + 1) if first and w.norm(first.end) in ("and", "to", "until", "till") else None
        if first is None or second is None or not (first.field.temporal and second.field.temporal):
            return None
        return self.duration(first.field, second.field), second.end

    def duration(self, first: Field, second: Field) -> Field:
        """The days from one date to another."""
        expr: Object = {"op": "date_diff", "args": [second.expr, first.expr]}
        field = Field("days", "days", "integer", expr, first.tables | second.tables)
        self.computed["days"] = field
        return field

    def _duration_at(self, j: int) -> tuple[Field, int] | None:
        """`rental length in days`, `duration`, `number of days`: the days between the two dates there are."""
        w = self.w
        k = w.rows(j)[1] if w.rows(j) else j
        end = w.any_at(k, "length in days", "duration in days", "length", "duration", "number of days", "days", "time", "number of rental days", "rental days") or w.any_at(j, "number of days", "length of a rental", "length of rentals")
        field = self.only_duration() if end else None
        if field is None:
            return None
        tail = w.any_at(end, "in days", "( in days )", "( days )", "of a rental", "of the rentals", "of rentals")
        return field, tail or end

    def only_duration(self) -> Field | None:
        """The days between the two dates there are, when there are two of one table."""
        dates = self.w.schema.dates()
        if "days" in self.computed:
            return self.computed["days"]
        return self.duration(dates[0], dates[1]) if len(dates) == 2 and dates[0].tables == dates[1].tables else None

    # ------------------------------------------------------------------ order
    def order(self, i: int) -> Event | None:
        """`cheapest first`, `sorted by amount, highest first`, `in alphabetical order`, `by amount descending`."""
        w = self.w
        start = w.any_at(i, "sorted by", "sort by", "sort them by", "sort it by", "ordered by", "order by", "sorted on", "in order of", "sorted in order of", "ranked by", "sorting by", "sort on",
                         "sorted alphabetically by", "alphabetically by", "in alphabetical order of", "sort the result by", "sort the rows by", "sort the list by", "order them by", "in ascending order of", "in descending order of")  # fmt: skip
        if w.norm(i) in ("sort", "order", "sorted") and w.norm(i + 1) == "§" and w.norm(i + 2) == "by":
            start = i + 3
        if start:
            down = "descending" in w.norms[i:start]
            return self._sort_tail(i, start, down)
        if end := w.any_at(i, "in alphabetical order", "alphabetically", "alphabetical order", "sorted alphabetically", "alphabetical", "in alphabetic order"):
            return Sort(self.span(i, end), None, False, "alphabet")
        if end := w.any_at(i, "in chronological order", "chronologically", "sorted chronologically"):
            return Sort(self.span(i, end), None, False, "date")
        if end := w.any_at(i, "in descending order", "descending", "in decreasing order", "from high to low", "from highest to lowest", "highest to lowest", "from largest to smallest", "largest to smallest", "from most to least"):
            return Sort(self.span(i, end), None, True, "")
        if end := w.any_at(i, "in ascending order", "ascending", "in increasing order", "from low to high", "from lowest to highest", "lowest to highest", "from smallest to largest"):
            return Sort(self.span(i, end), None, False, "")
        return self._first(i)

    def _first(self, i: int) -> Event | None:
        """`largest first`, `earliest due date first`, `biggest spenders on top`."""
        w = self.w
        j = w.skip(i, words("the with most") if w.norm(i) != "most" else words("the with"))
        hit = SUPERLATIVES.get(w.norm(j))
        end = j + 1
        if w.any_at(j, "most expensive", "most recent", "most frequent", "least expensive"):
            hit, end = ((w.norm(j) == "most"), {"expensive": "price", "recent": "date", "frequent": ""}[w.norm(j + 1)]), j + 2
        if hit is None:
            return None
        if stop := w.any_at(end, "first", "on top", "at the top", "up front", "come first", "comes first"):
            return Sort(self.span(i, stop), None, *hit)
        column = self.field(end)
        rows = w.rows(end)
        after = column[1] if column else rows[1] if rows else 0
        stop = w.any_at(after, "first", "on top", "at the top") if after else 0
        if stop:
            return Sort(self.span(i, stop), column[0] if column else None, *hit)
        return None

    def _sort_tail(self, i: int, start: int, down: bool) -> Event | None:
        w = self.w
        fields, end = self.fields(start)
        field = fields[0] if fields else None
        if field is None:
            found = w.aggregate(w.skip(start))
            if found:
                column = w.column(found[1], numeric=True)
                field, end = (column.field, column.end) if column else (None, found[1])
            elif rows := w.rows(start):
                end = rows[1]
            elif w.norm(w.skip(start)) in words("it that size total result value frequency count number"):
                end = w.skip(start) + 1
            else:
                return None
        j = w.skip(end, words(", ( with the from in"))
        if stop := w.any_at(j, "descending", "descending order", "desc", "high to low", "highest to lowest", "largest to smallest", "decreasing", "decreasing order", "newest to oldest"):
            return Sort(self.span(i, stop), field, True)
        if stop := w.any_at(j, "ascending", "ascending order", "asc", "low to high", "lowest to highest", "smallest to largest", "increasing", "increasing order", "oldest to newest"):
            return Sort(self.span(i, stop), field, False)
        k = w.skip(j, words("the"))
        if w.norm(k) in SUPERLATIVES and (stop := w.any_at(k + 1, "first", "on top", "at the top", "one first", "ones first")):
            return Sort(self.span(i, stop), field, SUPERLATIVES[w.norm(k)][0])
        self.extra += [Sort((), other, down) for other in fields[1:]]
        return Sort(self.span(i, end), field, down)

    # ------------------------------------------------------------------ the first few
    def top(self, i: int) -> Event | None:
        """`top 5 products by revenue`, `the five largest orders`, `which region sold the most`."""
        w = self.w
        j = w.skip(i, words("the only") | {"their", "our"})
        asked = False
        if w.norm(i) in ("which", "what", "who"):
            if event := self._which(i):
                return event
            if w.norm(i + 1) in BE | {"the"} or w.norm(i) == "what":
                j, asked = w.skip(i + 1, BE | words("the was")), True
        hit = self._superlative(j)
        if hit is None:
            return None
        count, down, kind, end = hit
        common = w.norm(end - 1) in ("common", "frequent", "popular")
        return self._ranked(i, end, count, down, kind, asked, common)

    def _superlative(self, j: int) -> tuple[int | None, bool, str, int] | None:
        """(count or None, descending, kind, end) of `top 5`, `5 largest`, `three most expensive`, `largest`."""
        w = self.w
        count: int | None = None
        word, end = w.norm(j), j + 1
        if word in ("top", "bottom", "best", "worst", "first", "last", "highest", "lowest", "largest", "biggest", "smallest") and (n := w.number(end)) is not None and w.norm(end) not in MONTHS and n < 1000:
            if word in ("first", "last"):
                return None
            count, end = int(n), end + 1
            if w.norm(end) in SUPERLATIVES:
                end += 1
            return count, SUPERLATIVES[word][0], "", end
        if (n := w.number(j)) is not None and n < 1000 and (w.norm(end) in SUPERLATIVES or w.norm(end) in ("most", "least")):
            count, word, end = int(n), w.norm(end), end + 1
        if word in ("most", "least") and w.norm(end) in ADJECTIVES:
            return count, word == "most", ADJECTIVES[w.norm(end)], end + 1
        if word in ("best", "worst", "top") and w.norm(end) == "-" and w.norm(end + 1) == "selling":
            return count, word != "worst", "", end + 2
        if word in ("best", "worst", "top") and w.norm(end) in ("selling", "performing", "paid", "earning"):
            return count, word != "worst", "", end + 1
        if word in ("best-selling", "top-selling", "worst-selling", "bestselling", "best-paid", "top-earning"):
            return count, not word.startswith("worst"), "", end
        if word not in SUPERLATIVES or (count is None and word in AGGREGATES and self._measures(end)):
            return None
        down, kind = SUPERLATIVES[word]
        return count, down, kind, end

    def _measures(self, end: int) -> bool:
        """Whether `highest` is followed by something to measure and not by something to pick."""
        column = self.w.column(end)
        return column is not None and (column.field.numeric or column.field.temporal)

    def _ranked(self, i: int, end: int, count: int | None, down: bool, kind: str, asked: bool, common: bool) -> Event | None:
        w = self.w
        if w.any_at(w.skip(end), "changes", "change", "increases", "increase", "decreases", "drops", "rises", "movements", "swings", "jumps", "growth"):
            return None
        if w.norm(end) in ("seller", "sellers"):
            entity: Field | None = self._seller()
            stop = end + 1
            if entity is None:
                return None
        elif (entity_found := self.entity(end)) is not None:
            entity, stop = entity_found
        elif count is not None and (w.norm(end) in words(", . ; ? ! ) as in to and only please with") | {"", "§"} or w.any_at(end, "ones only", "ones")):
            return Top(self.span(i, w.any_at(end, "ones only", "ones", "only") or end), count, down, None, None, asked, kind)
        else:
            return None
        if entity is not None and entity.numeric and not is_key(entity):
            # `the five highest amounts`: rows by that column
            return Top(self.span(i, stop), count or 1, down, None, Measure((), "value", entity), asked, kind)
        by, stop = self._by(stop)
        if kind == "days" and by is None and (length := self._length(i)) is not None:
            by = Measure((), "auto", length)
        return Top(self.span(i, stop), count or (None if self._plural(stop - 1) and count is None and by is None else 1), down, entity, by, asked, kind, common=common)

    def _plural(self, i: int) -> bool:
        return self.w.norm(i) != stem(self.w.norm(i))

    def _seller(self) -> Field | None:
        for wanted in ("product", "item", "article", "sku", "title"):
            found = [f for f in self.w.schema.fields if key(f.label)[-1:] == (wanted,)]
            if len(found) == 1:
                return found[0]
        return None

    def entity(self, i: int) -> tuple[Field | None, int] | None:
        """What is picked: a column's values, or rows (None)."""
        w = self.w
        column = w.column(i)
        rows = w.rows(i)
        part = w.date_part(i)
        if part and w.schema.dates() and not (column and column.score == 100) and (date := w.date_column(i)):
            return self._part(part[0], date), part[1]
        if column and (column.score >= 70 or rows is None) and not (rows and rows[1] > column.end):
            unique = column.field.column is not None and column.field.column.distinct >= w.schema.tables[min(column.field.tables)].rows > 0
            if rows and is_key(column.field) and column.score < 95:
                return (self.naming(rows[0]) if rows[0] is not None and len(w.schema.tables) > 1 else None), max(column.end, rows[1])
            return (None if unique and not is_key(column.field) and False else column.field), column.end
        if rows:
            named = self.naming(rows[0]) if rows[0] is not None and len(w.schema.tables) > 1 else None
            return named, rows[1]
        return None

    def _by(self, i: int) -> tuple[Measure | None, int]:
        """`by revenue`, `with the highest total amount`, `in terms of units`, `(by amount)`."""
        w = self.w
        j = w.skip(i, words("( , that which who"))
        if w.norm(j) in ("in", "from", "of", "on") and w.norm(j + 1) == "§" and w.any_at(j + 2, "by", "with", "in terms of", "based on", "ranked by", "according to"):
            j += 2
        end = w.any_at(j, "by", "in terms of", "according to", "based on", "ranked by", "measured by", "judged by", "going by", "in", "of", "for", "sorted by")
        weak = w.norm(j) in ("in", "of", "for")
        if not end and (end := w.any_at(j, "with", "has", "have", "had", "having", "with the")):
            k = w.skip(end, DETERMINERS)
            if w.norm(k) in SUPERLATIVES or w.norm(k) in ("most", "least"):
                end = k + 1
            else:
                return None, i
        if not end:
            return None, i
        k = w.skip(end, DETERMINERS)
        if (found := w.aggregate(k)) and not weak:
            event = self.measure(k)
            if isinstance(event, Measure):
                return event, max(event.span) + 1
            return None, i
        if expr := self._expression(k):
            return Measure((), "sum", expr[0]), expr[1]
        column = w.column(k, numeric=True)
        if column and column.field.numeric and not weak:
            return Measure((), "auto", column.field), column.end
        if (rows := w.rows(k)) and not weak:
            return Measure((), "count", noun=w.norm(rows[1] - 1)), rows[1]
        return None, i

    def _which(self, i: int) -> Event | None:
        """`which five customers have spent the most (in total)`, `who earns the most`, `which region had the highest average amount`."""
        w = self.w
        j = i + 1
        count = w.number(j)
        j = j + 1 if count is not None else j
        if w.norm(i) == "who":
            entity: Field | None = self._person()
            stop = j
            if entity is None:
                return None
        else:
            k = w.skip(j, words("of the is are was were"))
            found = self.entity(k)
            if found is None:
                return None
            entity, stop = found
            if entity is not None and entity.numeric and not is_key(entity):
                return None
        plural = self._plural(stop - 1) and w.norm(i) != "who"
        last = w.reading.sentence(i)[-1]
        k = stop
        verbs: list[int] = []
        while k <= last and w.norm(k) not in SUPERLATIVES and (w.norm(k) in SELLING | MOVING | BE | DETERMINERS | words("we in by of there to") or w.column(k, compound=False) is not None):
            verbs.append(k)
            k += 1
        if w.norm(k) not in SUPERLATIVES or w.norm(k) in ("first",):
            return None
        down, kind = SUPERLATIVES[w.norm(k)]
        end = k + 1
        by: Measure | None = None
        common = w.norm(end) in ("often", "frequently", "common", "frequent")
        if common:
            end += 1
        elif w.norm(k) in ("most", "least") and w.norm(end) in ADJECTIVES:
            kind, end = ADJECTIVES[w.norm(end)], end + 1
        else:
            by, end = self._most_of(end)
        hit = [n for n in verbs if self._numeric_at(n)]
        if by is None and hit and (column := w.column(hit[0], numeric=True)):
            by = Measure((), "sum", column.field)
        if by is None and not common and not any(w.norm(n) in SELLING for n in verbs) and any(w.norm(n) in MOVING - words("has have had do did with") for n in verbs):
            common = True
        if end2 := w.any_at(end, "in total", "overall", "altogether", "in all"):
            end = end2
        n = int(count) if count is not None else None if plural else 1
        if n is None and w.norm(stop - 1) != stem(w.norm(stop - 1)):
            n = 1 if w.norm(i) == "who" else None
        return Top(self.span(i, end), n, down, entity, by, True, kind, common=common)

    def _numeric_at(self, k: int) -> bool:
        found = self.w.column(k, numeric=True, compound=False)
        return found is not None and found.field.numeric and found.score >= 95

    def _most_of(self, end: int) -> tuple[Measure | None, int]:
        """What there is most of: `most units`, `highest average temperature`, `most orders`."""
        w = self.w
        if w.aggregate(end):
            event = self.measure(end)
            if isinstance(event, Measure):
                return event, max(event.span) + 1
        if w.number(end) is None and (column := w.column(end, numeric=True)) and column.field.numeric:
            return Measure((), "auto", column.field), column.end
        if rows := w.rows(end):
            return Measure((), "count", noun=w.norm(rows[1] - 1)), rows[1]
        if w.norm(end) == "money":
            return Measure((), "sum"), end + 1
        return None, end

    def _person(self) -> Field | None:
        found = [f for f in self.w.schema.fields if key(f.label)[-1:] == ("name",) or key(f.label)[-1] in ("customer", "rep", "owner", "employee", "author")]
        return found[0] if len(found) == 1 else next((f for f in found if key(f.label) == ("name",)), None)

    # ------------------------------------------------------------------ filters
    def filter(self, i: int) -> Event | None:
        """Conditions: `amount over 500`, `in the North`, `from March 2025`, `below the reorder level`."""
        return self._column_filter(i) or self._bare_comparison(i) or self._period_filter(i) or self._value_filter(i)

    def _column_filter(self, i: int) -> Event | None:
        """A column, a comparison and a value: `units at least 5`, `status is 404`, `whose name contains lamp`."""
        w = self.w
        column = w.column(i)
        if column is None:
            return None
        field, j = column.field, w.skip(column.end, LINKS)
        negated = w.norm(j) in ("not", "isn't", "aren't", "wasn't")
        j = w.skip(j + 1, LINKS) if negated else j
        if (event := self._blank_tail(i, j, field)) is not None:
            return event
        if (event := self._contains(i, j, field, negated)) is not None:
            return event
        if field.temporal:
            return self._date_tail(i, j, field)
        if w.norm(j) == "between" and (low := w.amount(j + 1)) and w.norm(low[1]) == "and" and (high := w.amount(low[1] + 1)) and field.numeric:
            return self._cond(i, high[1], compare(field, "between", [plain(low[0]), plain(high[0])]), (field,))
        op = w.comparator(j)
        k = w.skip(op[1], DETERMINERS) if op else j
        if op and (other := w.column(k)) and other.field.numeric == field.numeric and other.field != field:
            cond: Object = {"column": field.name, "op": op[0], "value": {"column": other.field.name}}
            return self._cond(i, other.end, cond, (field, other.field))
        if field.numeric and (value := w.amount(k)) is not None:
            if op is None and not is_key(field) and w.norm(j - 1) not in BE | {"of", "than"}:
                return None
            name, end = (op[0] if op else "eq"), value[1]
            if tail := w.any_at(end, "or more", "and more", "or above", "and above", "or over", "or higher", "and up"):
                name, end = "ge", tail
            elif tail := w.any_at(end, "or less", "or fewer", "or below", "or lower", "and below", "or under"):
                name, end = "le", tail
            return self._numbers_filter(i, field, "ne" if negated and name == "eq" else name, value[0], end)
        return self._value_tail(i, k if op and op[0] in ("eq", "ne") else j, field, negated or bool(op and op[0] == "ne"))

    def _numbers_filter(self, i: int, field: Field, op: str, value: float, end: int) -> Event:
        """`status 404 or 500` is a list when it is an equation."""
        w, values = self.w, [plain(value)]
        while op == "eq" and w.norm(end) in ("or", "and", ",") and (more := w.amount(end + 1)):
            values.append(plain(more[0]))
            end = more[1]
        return self._cond(i, end, compare(field, "in", list(values)) if len(values) > 1 else compare(field, op, values[0]), (field,))

    def _blank_tail(self, i: int, j: int, field: Field) -> Event | None:
        w = self.w
        if end := w.any_at(j, "missing", "blank", "empty", "not given", "unknown", "not filled in"):
            return self._cond(i, end, {"column": field.name, "op": "blank"}, (field,))
        if end := w.any_at(j, "present", "filled in", "known", "not blank", "not empty", "non-blank"):
            return self._cond(i, end, {"column": field.name, "op": "notblank"}, (field,))
        return None

    def _contains(self, i: int, j: int, field: Field, negated: bool) -> Event | None:
        w = self.w
        for op, phrases in (("contains", ("contains", "contain", "containing", "includes", "including", "with the word", "mentions", "mentioning")),
                            ("starts", ("starts with", "start with", "starting with", "beginning with", "begins with", "begin with")),
                            ("ends", ("ends with", "end with", "ending in", "ending with", "ends in"))):  # fmt: skip
            end = w.any_at(j, *phrases)
            if not end or field.type not in ("text", "list"):
                continue
            k = w.skip(end, words("the word a an"))
            text = w.quoted(k) or (w.reading.tokens[k].text if k < len(w.norms) and w.reading.tokens[k].kind != "mark" else "")
            if not text:
                return None
            cond: Object = {"column": field.name, "op": op, "value": text}
            return self._cond(i, k + 1, {"not": cond} if negated else cond, (field,))
        return None

    def _date_tail(self, i: int, j: int, field: Field) -> Event | None:
        """`due before 1 June`, `start date in 2020`, `picked up after March`."""
        w = self.w
        prep = w.norm(j)
        if prep in DATE_PREPOSITIONS and (period := w.period(j + 1)):
            return self._dated(i, field, prep, period)
        if prep == "between" and (period := w.period(j + 1)):
            return self._dated(i, field, "in", period)
        if (period := w.period(j)) and w.norm(j - 1) in BE | words("of is on in"):
            return self._dated(i, field, "in", period)
        return None

    def _dated(self, i: int, field: Field, prep: str, period: object) -> Event | None:
        from arkwright.planner.recipes.tables_words import Period

        assert isinstance(period, Period)
        match prep:
            case "before":
                cond = compare(field, "lt", period.first)
            case "after":
                cond = compare(field, "gt", period.last) if field.type == "date" else {"not": compare(field, "lt", next_day(period.last))}
                cond = cond if field.type == "date" else compare(field, "ge", next_day(period.last))
            case "since" | "starting":
                cond = compare(field, "ge", period.first)
            case "until" | "till" | "through":
                cond = compare(field, "lt", next_day(period.last))
            case _:
                cond = {"all": [compare(field, "ge", period.first), compare(field, "lt", next_day(period.last))]}
        return self._cond(i, period.end, cond, (field,))

    def _period_filter(self, i: int) -> Event | None:
        """`from March 2025`, `in the first quarter`, `after 1 May 2025`, `published after 2000`."""
        w = self.w
        prep = w.norm(i)
        if (since := w.any_at(i, "since before", "from before")) and w.period(since):
            prep, i = "before", since - 1
        start = i + 1 if prep in DATE_PREPOSITIONS | {"between", "in", "during", "for", "of", "from", "on", "within"} else i
        if end := w.any_at(i, "later than", "newer than", "more recent than"):
            prep, start = "after", end
        elif end := w.any_at(i, "earlier than", "older than"):
            prep, start = "before", end
        period = w.period(start)
        if period is None or (start == i and period.label and not self._yearly_ok(i)):
            return None
        dates = w.schema.dates()
        if not dates:
            return self._year_filter(i, prep, period)
        verb = w.column(i - 1, compound=False) if i and w.norm(i - 1) not in STOP_NAMES else None
        field = verb.field if verb and verb.field.temporal else w.date_column(i)
        return self._dated(i, field, prep, period) if field else None

    def _yearly_ok(self, i: int) -> bool:
        return self.w.norm(i - 1) in ("year", "the") or i == 0 or self.w.rows(i + 1) is not None

    def _year_filter(self, i: int, prep: str, period: object) -> Event | None:
        """A column of years as numbers."""
        from arkwright.planner.recipes.tables_words import Period

        assert isinstance(period, Period)
        years = [f for f in self.w.schema.fields if f.numeric and key(f.label)[-1:] == ("year",)]
        if len(years) != 1:
            return None
        first, last = int(period.first[:4]), int(period.last[:4])
        op = {"before": "lt", "after": "gt", "since": "ge", "until": "le", "till": "le", "starting": "ge"}.get(prep)
        cond = compare(years[0], op, first if op in ("lt", "ge") else last) if op else compare(years[0], "between", [first, last])
        return self._cond(i, period.end, cond, (years[0],))

    def _bare_comparison(self, i: int) -> Event | None:
        """`more than 10 units`, `over 500`, `longer than 14 days`, `below the reorder level`, `costing less than 5`."""
        w = self.w
        op = w.comparator(i)
        if op is None or op[0] in ("eq", "ne") or w.norm(i) == "from":
            return None
        k = w.skip(op[1], words("the their its a an"))
        if (other := w.column(k)) and other.field.numeric and w.number(k) is None:
            left = self._partner(other.field)
            if left is None:
                return None
            cond: Object = {"column": left.name, "op": op[0], "value": {"column": other.field.name}}
            return self._cond(i, other.end, cond, (left, other.field))
        value = w.amount(k)
        if value is None:
            return None
        end = value[1]
        if w.norm(value[1] - 1) in ("day", "days") and (days := self._length(i)) is not None:
            return self._cond(i, end, compare(days, op[0], plain(value[0])), (days,))
        column = w.column(end, numeric=True) if w.norm(end) not in ("per", "by", "in", "and") else None
        if column and column.field.numeric and column.score >= 60:
            return self._cond(i, column.end, compare(column.field, op[0], plain(value[0])), (column.field,))
        field = None
        if stop := w.any_at(end, "in stock", "on stock", "left in stock", "left", "in the warehouse", "on hand"):
            stock = [f for f in w.schema.numbers() if key(f.label)[-1] in ("stock", "qty", "quantity", "inventory")]
            field, end = (stock[0] if len(stock) == 1 else None), stop
        field = field or self._compared(i)
        return self._cond(i, end, compare(field, op[0], plain(value[0])), (field,)) if field else None

    def _length(self, i: int) -> Field | None:
        """What `longer than 14 days` is about: a column of days, else the days between the two dates."""
        named = [f for f in self.w.schema.fields if f.numeric and ("day" in key(f.label) or "lead" in key(f.label))]
        return named[0] if len(named) == 1 else self.only_duration()

    def _partner(self, other: Field) -> Field | None:
        """The quantity that is held against a level."""
        same = [f for f in self.w.schema.numbers() if f != other and f.tables == other.tables and stem(key(f.label)[-1]) in ("qty", "quantity", "stock", "unit", "amount", "level", "inventory")]
        return same[0] if len(same) == 1 else None

    def _compared(self, i: int) -> Field | None:
        """The number that a bare `over 500` is about: by the words before (`costing`, `rated`), by the unit, else the only one."""
        w = self.w
        before = {stem(w.norm(n)) for n in range(max(0, i - 2), i + 1)} | {w.norm(n) for n in range(max(0, i - 2), i + 2)}
        kinds = {"price": {"cost", "costing", "priced", "cheaper", "expensive", "dearer", "price", "costs"}, "temp": {"warmer", "colder", "hotter"}, "salary": {"earning", "earn", "paid"},
                 "amount": {"worth", "spending", "totalling"}}  # fmt: skip
        for kind, hints in kinds.items():
            if before & hints and (found := self.kind_column(kind)):
                return found
        numbers = w.schema.numbers()
        if len(numbers) == 1:
            return numbers[0]
        if len(numbers) > 1:
            self.w.doubts[i] = tuple(f.name for f in numbers)
        return None

    def kind_column(self, kind: str) -> Field | None:
        """The column a superlative speaks of: `cheapest` a price, `oldest` a date, `longest` a duration."""
        schema = self.w.schema
        if kind == "date":
            year = [f for f in schema.fields if f.numeric and key(f.label)[-1:] == ("year",)]
            return self.w.date_column(-1) or (year[0] if len(year) == 1 else None)
        if kind == "days":
            return self._length(0)
        hints = {"price": ("price", "cost"), "temp": ("temp", "temperature"), "salary": ("salary", "wage", "pay"), "amount": ("amount", "revenue", "total", "sale", "umsatz", "turnover"),
                 "size": ("size", "byte")}[kind]  # fmt: skip
        found = [f for f in schema.numbers() if set(key(f.label)) & set(hints)]
        return found[0] if len(found) == 1 else None

    def _value_filter(self, i: int) -> Event | None:
        """`in the North`, `North and South only`, `not from Leeds`, `Furniture orders`."""
        w = self.w
        j, negated = self._negation(w.skip(i, words("in for of from at the only with by to on is are was were")))
        if j != i and not negated and w.norm(i) not in words("in for of from at the only with by to on is are was were"):
            return None
        return self._value_tail(i, j, None, negated)

    def _negation(self, j: int) -> tuple[int, bool]:
        w = self.w
        end = w.any_at(j, "not", "not in", "not from", "except", "except for", "excluding", "without", "other than", "but not", "leaving out", "leave out", "ignoring", "ignore", "apart from", "isn't", "aren't", "not the")
        if not end:
            return j, False
        k = w.skip(end, words("the those these ones in from of any all"))
        if (rows := w.rows(k)) and w.norm(rows[1]) in ("from", "of", "by", "in", "with", "for"):
            k = w.skip(rows[1], words("from of by in with for the"))
        return k, True

    def _value_tail(self, i: int, j: int, field: Field | None, negated: bool) -> Event | None:
        """One or more values joined by and / or / commas, of a given column or of the only one that has them."""
        w = self.w
        found = w.value(j)
        if found is None:
            return None
        fields, text, end = found
        if field is not None:
            fields = tuple(f for f in fields if f.name == field.name)
        named = w.column(end, compound=False) if w.norm(end) not in STOP_NAMES else None
        if named and named.field in fields:
            fields, end = (named.field,), named.end
        if len(fields) != 1:
            if fields:
                w.doubts[j] = tuple(f.name for f in fields)
            return None
        one = fields[0]
        values = [w.schema.value(one, text)]
        while w.norm(end) in ("or", "and", ",", "&", "/"):
            k = w.skip(end, words("or and , & / the in"))
            more = w.value(k)
            if more is None or one not in more[0]:
                break
            values.append(w.schema.value(one, more[1]))
            end = more[2]
        if (tail := w.column(end, compound=False)) and tail.field == one and w.norm(end) not in STOP_NAMES:
            end = tail.end
        if w.norm(end) in ("only", "alone", "customers") and w.norm(end) != "customers":
            end += 1
        truth = [v.lower() == "true" for v in values] if one.type == "boolean" else values
        cond: Object = {"column": one.name, "op": "in", "value": list(truth)} if len(values) > 1 else compare(one, "eq", truth[0])
        return self._cond(i, end, {"not": cond} if negated else cond, (one,))

    def _cond(self, i: int, end: int, where: Object, fields: tuple[Field, ...]) -> Filter:
        return Filter(self.span(i, end), where, fields, self.w.reading.quote(self.span(i, end)))

    def state(self, i: int) -> Event | None:
        """States that are said in a word: `in stock`, `not ticked off`, `errors`, `without a rep`."""
        w = self.w
        if found := self._never(i) or self._stock(i) or self._done(i) or self._log(i):
            return found
        if end := w.any_at(i, "without a", "without an", "without any", "without", "with no", "that have no", "which have no", "that has no", "lacking a", "lacking", "missing the", "missing a", "missing", "with a missing", "with an empty",
                           "with a blank", "with missing", "with blank", "with empty", "where there is no", "have no", "has no"):  # fmt: skip
            if (other := w.rows(w.skip(end, words("any a an")))) and other[0] is not None and w.many:
                return Clean(self.span(i, other[1]), "anti", (), other[0])
            column = w.column(end)
            if column:
                stop = w.skip(column.end, words("value values"))
                return self._cond(i, stop, {"column": column.field.name, "op": "blank"}, (column.field,))
        if end := w.any_at(i, "that have a", "which have a", "that have an", "with a known", "with a"):
            column = w.column(end)
            if column and column.field.type == "boolean":
                return self._cond(i, column.end, compare(column.field, "eq", True), (column.field,))
        flag = [f for f in w.schema.fields if f.type == "boolean" and f.label != "done" and stem(w.norm(i)) == key(f.label)[-1]]
        j, negated = self._negation(i)
        flag = flag or [f for f in w.schema.fields if negated and f.type == "boolean" and stem(w.norm(j)) == key(f.label)[-1]]
        if len(flag) == 1:
            return self._cond(i, j + 1, compare(flag[0], "eq", not negated), (flag[0],))
        return None

    def _never(self, i: int) -> Event | None:
        """`who never ordered anything`: no partner in the table of that name."""
        w = self.w
        end = w.any_at(i, "never", "have never", "has never", "haven't", "have not", "didn't", "did not", "has not", "hasn't")
        if not end or not w.many:
            return None
        verb = re.sub(r"(?:ed|e)$", "", w.norm(end))
        for at, table in enumerate(w.schema.tables):
            if len(verb) > 3 and any(part.startswith(verb) for part in key(title(table))) and len(key(title(table))) == 1:
                return Clean(self.span(i, w.any_at(end + 1, "anything", "any", "at all", "yet") or end + 1), "anti", (), at)
        return None

    def _stock(self, i: int) -> Event | None:
        w = self.w
        for phrases, op in ((("in stock", "available", "still in stock", "still available"), "gt"), (("out of stock", "not in stock", "sold out", "unavailable", "isn't in stock", "aren't in stock"), "le")):
            if end := w.any_at(i, *phrases):
                found = [f for f in w.schema.numbers() if key(f.label)[-1] in ("stock", "qty", "quantity", "inventory")]
                if len(found) == 1:
                    return self._cond(i, end, compare(found[0], op, 0), (found[0],))
        return None

    def _done(self, i: int) -> Event | None:
        w = self.w
        done = [f for f in w.schema.fields if f.type == "boolean" and key(f.label) == ("done",)]
        if not done:
            return None
        for phrases, value in ((("not ticked off yet", "isn't ticked off yet", "aren't ticked off yet", "not ticked off", "isn't ticked off", "aren't ticked off", "not ticked", "unticked", "unchecked", "not done yet", "not done", "not yet done", "still open", "open", "undone", "unfinished", "outstanding", "still to do", "still pending", "pending",
                                 "not checked off", "not finished", "not completed", "incomplete", "remaining", "isn't done yet", "isn't done", "aren't done", "not yet ticked off", "still has to be done", "left to do", "to be done", "not crossed off", "haven't been ticked off", "still have to do", "still has to do", "have to do", "has to do", "hasn't been ticked off", "have not been ticked off", "haven't been done"), False),
                               (("ticked off", "already ticked off", "ticked", "done", "already done", "checked off", "completed", "finished", "checked"), True)):  # fmt: skip
            if end := w.any_at(i, *phrases):
                end = end + 1 if w.norm(end) == "yet" else end
                return self._cond(i, end, compare(done[0], "eq", value), (done[0],))
        return None

    def _log(self, i: int) -> Event | None:
        w = self.w
        status = next((f for f in w.schema.fields if f.label == "status" and f.numeric), None)
        if status is None or not any(t.part == "log" for t in w.schema.tables):
            return None
        if w.norm(i) in ("404s", "500s", "403s", "301s", "304s"):
            return self._cond(i, i + 1, compare(status, "eq", int(w.norm(i)[:3])), (status,))
        if (n := w.number(i)) and 100 <= n < 600 and n == int(n):
            end = w.any_at(i + 1, "errors", "error", "responses", "requests", "status", "status code", "response", "hits", "answers") or i + 1
            return self._cond(i, end, compare(status, "eq", int(n)), (status,))
        for phrases, low, high in ((("server errors", "server error", "5xx", "5xx errors"), 500, 599), (("client errors", "4xx", "4xx errors"), 400, 499),
                                   (("errors", "error", "failed", "failures", "went wrong", "error responses"), 400, 599), (("successful", "succeeded"), 200, 299), (("redirects", "3xx"), 300, 399)):  # fmt: skip
            if end := w.any_at(i, *phrases):
                return self._cond(i, end, compare(status, "between", [low, high]), (status,))
        return None

    # ------------------------------------------------------------------ shape
    def pivot(self, i: int) -> Event | None:
        """`months down the side`, `categories across the top`, `one row per month`, `regions as columns`, `pivot table`."""
        w = self.w
        if end := w.any_at(i, "pivot table", "pivot", "cross table", "crosstab", "cross tabulation", "matrix", "pivot it", "cross-table"):
            return Across(self.span(i, end))
        drawn = any(isinstance(e, Draw) for e in self.events)
        if drawn and (end := w.any_at(i, "one line per", "one line for each", "a line per", "a line for each", "one bar per", "one bar for each", "one series per", "one colour per", "one color per", "a bar for each", "a bar per", "a line for every", "one line for every")):
            fields, stop = self.fields(end)
            return Group(self.span(i, stop), fields) if fields else None
        if end := w.any_at(i, "one row per", "one row for each", "a row per", "a row for each", "one row for every", "a line per", "one line per", "a row for every"):
            fields, stop = self.fields(end)
            return Across(self.span(i, stop), rows=fields) if fields else None
        if end := w.any_at(i, "one column per", "one column for each", "a column per", "a column for each", "a column for every", "one column for every"):
            fields, stop = self.fields(end)
            return Across(self.span(i, stop), columns=fields) if fields else None
        if end := w.any_at(i, "in the cells", "in each cell", "as the values", "as values", "in the cell"):
            return Glue(self.span(i, end))
        fields, stop = self.fields(w.skip(i))
        if not fields:
            return None
        j = w.skip(stop, words("go goes are is run running"))
        if end := w.any_at(j, "down the side", "as rows", "in the rows", "in rows", "on the rows", "down", "as the rows", "for rows", "on the left", "down the left", "as row", "as lines", "vertically", "on the side"):
            return Across(self.span(i, end), rows=fields)
        if end := w.any_at(j, "across the top", "as columns", "in the columns", "in columns", "on the columns", "across", "as the columns", "for columns", "along the top", "at the top", "as column", "horizontally", "on top"):
            if len(fields) > 1 and not any(isinstance(e, Across) for e in self.events):
                return Select(self.span(i, end), fields)
            return Across(self.span(i, end), columns=fields)
        return None

    def clean(self, i: int) -> Event | None:
        """Doubles, blanks, renaming, statistics."""
        w = self.w
        if end := w.any_at(i, "remove duplicates", "remove the duplicates", "drop duplicates", "remove duplicate rows", "deduplicate", "dedupe", "de-duplicate", "remove the doubles", "without duplicates", "no duplicates", "remove doubles",
                           "removes doubles", "remove duplicate", "duplicates removed", "drop the duplicates", "get rid of duplicates", "get rid of the duplicates", "each only once", "only once", "unique", "distinct", "take out the duplicates", "weed out duplicates",
                           "remove repeated", "without doubles", "no doubles", "duplicate rows removed", "remove duplicate entries", "duplicate entries", "duplicates", "duplicate"):  # fmt: skip
            return self._distinct(i, end)
        if (end := w.any_at(i, "the same", "same", "based on", "based on the", "judged by", "on the basis of", "going by", "compare by", "comparing", "sharing the same", "by")) and any(isinstance(e, Clean) and e.do == "distinct" for e in self.events) and (column := w.column(end)):
            return Clean(self.span(i, column.end + (w.norm(column.end) in ("address", "addresses"))), "distinct", (column.field,))
        if end := w.any_at(i, "ignoring case", "case insensitive", "case - insensitive", "case-insensitive", "case insensitively", "regardless of case", "ignoring upper and lower case", "whatever the case", "upper and lower case do not matter", "upper or lower case doesn't matter", "no matter the case",
                           "upper / lower case doesn't matter", "case doesn't matter", "case does not matter", "upper / lower case does not matter", "ignore case", "ignore upper and lower case"):  # fmt: skip
            return Glue(self.span(i, end))
        if end := w.any_at(i, "keep the first", "keep one of each", "keep only the first", "keeping the first", "keeping one of each", "keep just one of each", "keep the first one", "keep one"):
            return Glue(self.span(i, end))
        if end := w.any_at(i, "summary statistics", "descriptive statistics", "basic statistics", "describe", "statistics", "stats", "statistical summary"):
            return Clean(self.span(i, end), "describe")
        if end := w.any_at(i, "one row per item", "one line per item", "flatten", "flattened", "flat", "one row for each item", "one row per order line", "one row per order item"):
            return Clean(self.span(i, end), "flatten")
        if w.norm(i) in ("rename", "renaming", "renamed") and (column := w.column(w.skip(i + 1, words("the column columns field")))):
            k = w.skip(column.end, words("column to into as"))
            if k > column.end and (new := w.quoted(k) or (w.reading.tokens[k].text if k < len(w.norms) and w.reading.tokens[k].kind == "word" else "")):
                return Clean(self.span(i, k + 1), "rename", (column.field,), new)
        if end := w.any_at(i, "add a column", "add the column", "add a new column", "add another column", "add", "adding a column", "with a column", "with a new column", "plus a column"):
            k = w.any_at(end, "called", "named", "with", "for", "with the", "that holds", "showing") or end
            if self._expression(k) or self.compute(k):
                return Glue(self.span(i, k))
        if end := w.any_at(i, "filter", "filtered", "filter out", "select", "pick", "pick out", "keep only", "keep", "extract", "pull out", "the rest", "rest", "do they work", "work in"):
            return Glue(self.span(i, end))
        if (found := w.any_at(i, "all three files", "all files", "all the files", "the three files", "all three", "over all", "all of them", "across all files", "over all three files", "all three months", "all two files", "both files", "all sheets", "both sheets", "across all three files", "three files")) and w.many:
            return Glue(self.span(i, found))
        if (end := w.any_at(i, "fill", "replace")) and (event := self._fill(i, end)):
            return event
        if end := w.any_at(i, "drop rows with", "remove rows with", "skip rows with", "leave out rows with", "ignore rows with", "drop the rows with", "remove the rows with", "ignoring rows with", "drop all rows with", "leave out", "skip", "ignore", "drop",
                           "remove", "leaving out", "skipping", "ignoring", "excluding", "without counting"):  # fmt: skip
            return self._drop(i, end)
        if end := w.any_at(i, "all columns kept as they are", "all columns", "every column", "all the columns", "columns kept as they are", "keep all columns", "kept as they are", "as they are", "with all columns", "keep everything", "keeping all columns", "unchanged"):
            return Glue(self.span(i, end))
        return self._convert(i)

    def _distinct(self, i: int, end: int) -> Event | None:
        w = self.w
        j = w.skip(end, words("rows entries contacts records ones by based on the same with per for a , ( customers lines in that share have from §"))
        if w.norm(i) in ("unique", "distinct"):
            found = self.column_or_rows(end)
            if found is None or w.aggregate(i - 1):
                return None
            if found[0] is not None:
                self.extra.append(Select((), (found[0],)))
            return Clean(self.span(i, found[1]), "distinct")
        fields: list[Field] = []
        column = w.column(j, compound=False)
        stop = max(end, j) if w.norm(end) in ("rows", "entries", "contacts", "records", "ones", "lines") else end
        while column is not None:
            fields.append(column.field)
            stop = column.end
            j = w.skip(stop, words("and ,"))
            column = w.column(j) if j != stop else None
        if w.norm(stop) in ("address", "addresses"):
            stop += 1
        if tail := w.any_at(w.skip(stop, words("( ,")), "ignoring case", "case insensitive", "case-insensitive", "case insensitively", "regardless of case", "ignoring upper and lower case", "whatever the case", "upper and lower case do not matter", "upper or lower case doesn't matter", "no matter the case"):
            stop = tail
        return Clean(self.span(i, stop), "distinct", tuple(fields))

    def column_or_rows(self, i: int) -> tuple[Field | None, int] | None:
        """A column, or a word for rows (None), and the index after it."""
        column, rows = self.w.column(i), self.w.rows(i)
        if column is not None:
            return column.field, column.end
        return (None, rows[1]) if rows else None

    def _fill(self, i: int, end: int) -> Event | None:
        w = self.w
        j = w.skip(end, words("the in all any up out blank blanks missing empty gaps cells values holes of"))
        if j == end:
            return None
        column = w.column(j)
        k = w.skip(column.end if column else j, words("column values with by a an the value cells blanks"))
        value = w.number(k)
        text = w.quoted(k) or ("" if value is not None else w.norm(k))
        if value is None and not text:
            return None
        return Clean(self.span(i, k + 1), "fill", (column.field,) if column else (), plain(value) if value is not None else text)

    def _drop(self, i: int, end: int) -> Event | None:
        w = self.w
        j = w.skip(end, words("the any all rows ones entries those where lines orders readings a an"))
        if stop := w.any_at(j, "missing", "blank", "empty", "without", "with no", "with missing", "with a missing", "with blank", "with a blank", "with an empty", "with empty", "that have no", "that have a blank", "having no", "blanks", "gaps", "missing values", "missing value", "blank cells"):
            k = w.skip(stop, words("a an the any values value in"))
            column = w.column(k)
            after = column.end if column else w.skip(k, words("readings values value cells rows ones"))
            while w.norm(after) in ("is", "are", "rows", "values", "value", "readings", "orders"):
                after += 1
            return Clean(self.span(i, after), "dropna", (column.field,) if column else ())
        if w.norm(j) == "no" and (column := w.column(j + 1)):
            return Clean(self.span(i, column.end), "dropna", (column.field,))
        column = w.column(j)
        if column and (stop := w.any_at(w.skip(column.end, BE), "missing", "blank", "empty")):
            return Clean(self.span(i, stop), "dropna", (column.field,))
        if column and w.norm(column.end) in ("column", "columns", ""):
            return Clean(self.span(i, column.end + 1), "dropcolumn", (column.field,))
        return None

    def _convert(self, i: int) -> Event | None:
        """Reading normalises dates, decimals and encodings, so saving is the conversion."""
        w = self.w
        for phrase in CONVERSIONS:
            if end := w.at(i, phrase):
                return Clean(self.span(i, end), "convert")
        return None

    def tag(self, i: int) -> Event | None:
        """`with a column that says which month (file) each row comes from`."""
        w = self.w
        if end := w.any_at(i, "stack", "stacked", "stack them", "combine", "combined", "append", "appended", "put together", "concatenate", "union", "all three together", "merge", "merged", "join", "joined", "together", "underneath each other", "one below the other", "glue"):
            return Clean(self.span(i, end), "union") if w.many else None
        found = self.tags
        for span in found:
            text = " ".join(w.norm(n) for n in span)
            if i == span[0] and ("from" in text.split() or "source" in text or "file" in text or "which" in text) and w.many:
                name = "month" if "month" in text else "source"
                return Tag(span, name)
        return None

    def window(self, i: int) -> Event | None:
        """`the three largest changes`, `month over month growth`, `running total`, `share of the total`."""
        w = self.w
        j = w.skip(i, words("the and a with"))
        count, down, k = None, True, j
        n = w.number(j)
        if n is not None and w.norm(j + 1) in SUPERLATIVES:
            count, down, k = int(n), SUPERLATIVES[w.norm(j + 1)][0], j + 2
        elif w.norm(j) in ("top",) and (n := w.number(j + 1)) is not None:
            count, k = int(n), j + 2
        elif w.norm(j) in SUPERLATIVES and w.norm(j) not in ("most", "first"):
            count, down, k = 1, SUPERLATIVES[w.norm(j)][0], j + 1
        k = w.skip(k, words("absolute monthly month-on-month month-over-month percentage relative"))
        if end := w.any_at(k, "changes", "change", "movements", "swings", "shifts"):
            if count == 1 and w.norm(end - 1).endswith("s"):
                count = 3
            return Window(self.span(i, self._over_time(end)), "change", count, down, True)
        if end := w.any_at(k, "increases", "increase", "rises", "jumps", "gains"):
            return Window(self.span(i, self._over_time(end)), "change", count or 1, True, False)
        if end := w.any_at(k, "decreases", "decrease", "drops", "falls", "declines", "losses"):
            return Window(self.span(i, self._over_time(end)), "change", count or 1, False, False)
        if w.any_at(j, "month over month", "month - over - month", "month-over-month", "monthly", "month on month") and (date := w.date_column(i)):
            k = w.any_at(j, "month over month", "month - over - month", "month-over-month", "monthly", "month on month")
            if stop := w.any_at(k, "growth", "change", "changes", "growth rate", "percentage change"):
                self.extra.append(Group(self.span(i, stop), (self._part("month", date),)))
                return Window(self.span(i, self._of(stop)), "change" if w.norm(stop - 1).startswith("change") and "percentage" not in w.norms[k:stop] else "change_percent")
        if end := w.any_at(j, "growth", "growth rate", "percentage change", "percent change", "change in percent", "% change"):
            return Window(self.span(i, self._over_time(end)), "change_percent")
        if end := w.any_at(j, "running total", "running sum", "cumulative total", "cumulative sum", "cumulative", "running totals", "cumulated"):
            return Window(self.span(i, end), "running_sum")
        if end := w.any_at(j, "share of the total", "share of total", "percentage of the total", "percentage of total", "percent of the total", "share in the total", "share of the whole", "percentage share", "share in percent", "share", "percentage", "proportion", "percent share",
                           "% of total", "% of the total", "its share", "shares"):  # fmt: skip
            tail = w.any_at(end, "in percent", "in %", "as a percentage", "as percent", "of the total", "of total", "of the whole")
            return Window(self.span(i, tail or end), "share")
        if end := w.any_at(i, "in percent", "in %", "as a percentage", "as percent", "as percentage"):
            return Glue(self.span(i, end)) if any(isinstance(e, Window) for e in self.events) else Window(self.span(i, end), "share")
        if end := w.any_at(j, "rank", "ranking"):
            return Window(self.span(i, end), "rank")
        return None

    def _of(self, end: int) -> int:
        return end + 1 if self.w.norm(end) in ("of", "in") and self.w.column(end + 1) else end

    def _over_time(self, end: int) -> int:
        w = self.w
        return w.any_at(end, "from month to month", "from one month to the next", "over the previous month", "month over month", "between months", "over time", "from the month before", "compared to the previous month", "compared with the previous month",
                        "on the month before", "to the previous month", "between consecutive months", "from the previous month", "versus the previous month") or end  # fmt: skip

    def _beside(self, fields: tuple[Field, ...]) -> tuple[Field, ...]:
        """`employees with their department and site`: all columns of the one, and those of the other."""
        said = set(self.w.stems)
        named = [at for at, table in enumerate(self.w.schema.tables) if set(key(title(table))) <= said and not any(at in f.tables for f in fields)]
        return tuple(dict.fromkeys((*self.w.schema.of_table(named[0]), *fields))) if len(named) == 1 else fields

    def select(self, i: int) -> Event | None:
        """A list of columns; a lone column inside a list phrase (`columns`, `only the`, `with`) too."""
        w = self.w
        start = w.any_at(i, "with columns", "with the columns", "as columns", "columns", "the columns", "only the columns", "these columns", "just the columns", "fields", "the fields", "with the fields")
        j = w.skip(start, words(": ( the")) if start else i
        if not start and (rows := w.rows(j)) and ((column := w.column(j)) is None or column.score < 95) and self._duration_at(j) is None:
            return Glue(self.span(i, rows[1]))
        fields, end = self.fields(j)
        if not fields:
            return None
        verb = w.column(j)
        if verb and verb.field.temporal and verb.score < 95 and w.norm(j).endswith("ed") and len(fields) == 1:
            return Glue(self.span(i, end))
        if w.norm(i - 1) in ("with", "their", "its") and len(w.schema.tables) > 1 and not any(isinstance(e, Select | Measure | Top | Group) for e in self.events):
            fields = self._beside(fields)
        if w.norm(end) in ("table", "tables") and not start:
            return Glue(self.span(i, end + 1))
        if w.norm(i - 1) in ("which", "what") and len(fields) == 1:
            measured = any(isinstance(e, Measure) for e in self.events)
            return Group(self.span(i, end), fields) if measured else Glue(self.span(i, end))
        if end2 := w.any_at(end, "as columns", "columns", "column", "only", "as the columns", "fields"):
            end = end2
        return Select(self.span(i, end), fields)


TAGS = (
    r"(?:with |and |plus |add |adding |including )?(?:an? )?(?:extra |additional |new |separate |further )?(?:\S+ )?column (?:that |which |to )?"
    r"(?:says?|saying|tells?|telling|shows?|showing|indicat\w+|nam\w+|with|stat\w+|mark\w+|for|holding|of|called §)?(?: which| what| the| from which| where| from what)?"
    r"(?: (?:month|file|source|origin|name|store|year|quarter|sheet|they|it|of|the|\( file \)|\( month \)|file's|filename))*"
    r"(?: (?:each|every|the|a|all))?(?: (?:row|line|record|entry|rows))?(?: (?:is|are|comes?|came|stems?|originates?))?(?: from)?"
)


def next_day(day: str) -> str:
    """The ISO day after."""
    from datetime import date, timedelta

    return (date.fromisoformat(day) + timedelta(days=1)).isoformat()


DATE_PREPOSITIONS = words("in on from during of for before after since until till within through starting")
STOP_NAMES = words("and or per by in on at of for to from with as is are was were the a an , . ; ? ! ( ) : - not all only which that who what how it this then most least first last")
ADJECTIVES = {"expensive": "price", "recent": "date", "frequent": "", "common": "", "popular": "", "valuable": "", "costly": "price", "profitable": "", "successful": "", "used": "", "visited": "", "active": "", "productive": "", "often": ""}
OPERATORS = {"times": "mul", "*": "mul", "x": "mul", "×": "mul", "multiplied": "mul", "minus": "sub", "-": "sub", "−": "sub", "plus": "add", "+": "add", "divided": "div", "/": "div", "over": "div"}
CONVERSIONS = (
    "was exported from our german accounting software", "exported from our german accounting software", "semicolons", "semicolon separated", "semicolon-separated", "decimal commas", "decimal comma", "decimal points", "decimal point",
    "the umlauts come out broken here ( latin - 1 )", "umlauts come out broken here", "umlauts come out broken", "umlauts", "latin-1", "latin1", "latin - 1", "iso-8859-1", "windows-1252", "cp1252", "( latin-1 )", "utf-8", "utf8", "utf - 8",
    "comma separated", "comma-separated", "dates like 2025 - 01 - 31", "dates like 2025-01-31", "iso dates", "dates in iso format", "iso format", "iso date format", "dates as yyyy-mm-dd", "dates as yyyy - mm - dd", "yyyy-mm-dd", "yyyy - mm - dd", "dates in the form yyyy-mm-dd",
    "convert", "converted", "converting", "turn it into", "turned into", "transform", "change the format", "reformat", "special characters", "accents", "broken characters", "german", "garbled", "come out broken", "comes out broken", "broken here", "broken", "tab separated", "tab-separated",
    "encoded", "encoding", "exported", "re-encode", "reencode", "readable", "format", "translate", "flatten", "instead of semicolons", "instead of commas", "with commas", "proper numbers", "accounting software", "by our bank", "dates", "commas", "software", "was exported",
)  # fmt: skip
