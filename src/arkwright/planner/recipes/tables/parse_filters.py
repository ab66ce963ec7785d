"""Filters: conditions as people say them: comparisons, periods, values, states."""

import re

from arkwright.core.json import Json, Object
from arkwright.planner.lexicon import words
from arkwright.planner.recipes.tables import phrases
from arkwright.planner.recipes.tables.events import Clean, Event, Filter
from arkwright.planner.recipes.tables.parse_base import Base
from arkwright.planner.recipes.tables.schema import Field, is_key, title
from arkwright.planner.recipes.tables.vocabulary import BE, DATE_PREPOSITIONS, LINKS, STOP_NAMES, next_day
from arkwright.planner.recipes.tables.words import BYTES, DETERMINERS, Period, compare, plain
from arkwright.planner.text import key, stem

# `the weight in kg` asks for a unit; it does not pick the rows that are measured in it.
MEASURING = words("kg g mg t lb oz l ml m cm mm km mi eur usd gbp chf jpy € $ £ h min s hours minutes days")

GIVEN = words("placed made had got received booked bought given done")
YES, NO = words("yes y ja oui si x ok done"), words("no n nein non -")


class Filters(Base):
    """Patterns that keep some of the rows."""

    def filter(self, i: int) -> Event | None:
        """Conditions: `amount over 500`, `in the North`, `from March 2025`, `below the reorder level`."""
        return (
            self._flag_filter(i)
            or self._column_filter(i)
            or self._bare_comparison(i)
            or self._period_filter(i)
            or self._value_filter(i)
        )

    def _flag_filter(self, i: int) -> Event | None:
        """`were approved`, `are not paid`: a column of yes and no, named as what was done."""
        w = self.w
        if w.norm(i) not in BE:
            return None
        negated = w.norm(i + 1) == "not"
        j = i + 2 if negated else i + 1
        column = w.column(j, compound=False)
        if column is None or column.score < 95 or not w.norm(j).endswith("ed") or column.field.column is None:
            return None
        yes = [v for v in column.field.column.values if v.strip().lower() in YES]
        no = [v for v in column.field.column.values if v.strip().lower() in NO]
        if not yes or len(yes) + len(no) < column.field.column.distinct or w.comparator(column.end):
            return None
        wanted: list[Json] = [*(no if negated else yes)]
        return (
            self._cond(i, column.end, {"column": column.field.name, "op": "in", "value": wanted}, (column.field,))
            if wanted
            else None
        )

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
        if (
            w.norm(j) == "between"
            and (low := w.amount(j + 1))
            and w.norm(low[1]) == "and"
            and (high := w.amount(low[1] + 1))
            and field.numeric
        ):
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
            if tail := w.any_at(end, *phrases.COLUMN_FILTER_OR_MORE):
                name, end = "ge", tail
            elif tail := w.any_at(end, *phrases.COLUMN_FILTER_OR_LESS):
                name, end = "le", tail
            return self._numbers_filter(i, field, "ne" if negated and name == "eq" else name, value[0], end)
        return self._value_tail(i, k if op and op[0] in ("eq", "ne") else j, field, negated or bool(op and op[0] == "ne"))

    def _numbers_filter(self, i: int, field: Field, op: str, value: float, end: int) -> Event:
        """`status 404 or 500` is a list when it is an equation."""
        w, values = self.w, [plain(value)]
        while op == "eq" and w.norm(end) in ("or", "and", ",") and (more := w.amount(end + 1)):
            values.append(plain(more[0]))
            end = more[1]
        return self._cond(
            i, end, compare(field, "in", list(values)) if len(values) > 1 else compare(field, op, values[0]), (field,)
        )

    def _blank_tail(self, i: int, j: int, field: Field) -> Event | None:
        w = self.w
        if end := w.any_at(
            j, "missing", "blank", "empty", "not given", "unknown", "not filled in", "absent", "n / a", "null", "nan"
        ):
            while (k := w.skip(end, words("( or , /"))) != end and (more := w.any_at(k, *phrases.BLANK_TAIL_MISSING)):
                end = more
            return self._cond(i, end, {"column": field.name, "op": "blank"}, (field,))
        if end := w.any_at(j, *phrases.BLANK_TAIL_PRESENT):
            return self._cond(i, end, {"column": field.name, "op": "notblank"}, (field,))
        return None

    def _contains(self, i: int, j: int, field: Field, negated: bool) -> Event | None:
        w = self.w
        for op, ways in (("contains", ("contains", "contain", "containing", "includes", "including", "with the word", "mentions", "mentioning")),
                            ("starts", ("starts with", "start with", "starting with", "beginning with", "begins with", "begin with")),
                            ("ends", ("ends with", "end with", "ending in", "ending with", "ends in"))):  # fmt: skip
            end = w.any_at(j, *ways)
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

    def _dated(self, i: int, field: Field, prep: str, period: Period) -> Event | None:
        cond: Object
        match prep:
            case "before":
                cond = compare(field, "lt", period.first)
            case "after":
                cond = compare(field, "ge", next_day(period.last))
            case "since" | "starting":
                cond = compare(field, "ge", period.first)
            case "until" | "till" | "through":
                cond = compare(field, "lt", next_day(period.last))
            case _ if period.last.startswith("9999"):
                cond = compare(field, "ge", period.first)
            case _ if period.first.startswith("0001"):
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

    def _year_filter(self, i: int, prep: str, period: Period) -> Event | None:
        """A column of years as numbers."""
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
        if stop := w.any_at(end, *phrases.BARE_COMPARISON_IN_STOCK):
            stock = [f for f in w.schema.numbers() if key(f.label)[-1] in ("stock", "qty", "quantity", "inventory")]
            field, end = (stock[0] if len(stock) == 1 else None), stop
        if w.norm(end - 1) in BYTES or w.norm(end - 1) in ("byte", "bytes"):
            field = self.kind_column("size")
        field = field or self._compared(i)
        return self._cond(i, end, compare(field, op[0], plain(value[0])), (field,)) if field else None

    def _length(self, i: int) -> Field | None:
        """What `longer than 14 days` is about: a column of days, else the days between the two dates."""
        named = [f for f in self.w.schema.fields if f.numeric and ("day" in key(f.label) or "lead" in key(f.label))]
        return named[0] if len(named) == 1 else self.only_duration()

    def _partner(self, other: Field) -> Field | None:
        """The quantity that is held against a level."""
        same = [
            f
            for f in self.w.schema.numbers()
            if f != other
            and f.tables == other.tables
            and stem(key(f.label)[-1]) in ("qty", "quantity", "stock", "unit", "amount", "level", "inventory")
        ]
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
        end = w.any_at(j, *phrases.NEGATION_NOT)
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
        spoken = w.rows(j)
        while spoken and (more := w.rows(spoken[1])) and w.norm(spoken[1]) not in DETERMINERS:
            spoken = more
        if field is None and spoken and spoken[1] >= end and any(t.part == "checklist" for t in w.schema.tables):
            return None  # `action items` are the rows, though a heading is called so
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
        if w.norm(j - 1) == "in" and text.lower() in MEASURING:
            return None
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
        if end := w.any_at(i, *phrases.STATE_WITHOUT_A):  # fmt: skip
            if (other := w.rows(w.skip(end, words("any a an")))) and other[0] is not None and w.many:
                return Clean(self.span(i, other[1]), "anti", (), other[0])
            column = w.column(end)
            if column:
                stop = w.skip(column.end, words("value values"))
                return self._cond(i, stop, {"column": column.field.name, "op": "blank"}, (column.field,))
        if end := w.any_at(i, *phrases.STATE_THAT_HAVE_A):
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
        end = w.any_at(i, *phrases.NEVER_NEVER)
        if not end or not w.many:
            return None
        verb = re.sub(r"(?:ed|e)$", "", w.norm(end))
        if (rows := w.rows(w.skip(end + 1, words("a an any single one even")))) and rows[0] is not None and w.norm(end) in GIVEN:
            return Clean(self.span(i, rows[1]), "anti", (), rows[0])
        for at, table in enumerate(w.schema.tables):
            if len(verb) > 3 and any(part.startswith(verb) for part in key(title(table))) and len(key(title(table))) == 1:
                return Clean(self.span(i, w.any_at(end + 1, "anything", "any", "at all", "yet") or end + 1), "anti", (), at)
        return None

    def _stock(self, i: int) -> Event | None:
        w = self.w
        for ways, op in (
            (("in stock", "available", "still in stock", "still available"), "gt"),
            (("out of stock", "not in stock", "sold out", "unavailable", "isn't in stock", "aren't in stock"), "le"),
        ):
            if end := w.any_at(i, *ways):
                found = [f for f in w.schema.numbers() if key(f.label)[-1] in ("stock", "qty", "quantity", "inventory")]
                if len(found) == 1:
                    return self._cond(i, end, compare(found[0], op, 0), (found[0],))
        return None

    def _done(self, i: int) -> Event | None:
        w = self.w
        done = [f for f in w.schema.fields if f.type == "boolean" and key(f.label) == ("done",)]
        if not done:
            return None
        for ways, value in ((("box has not been ticked yet", "box has not been ticked", "has not been ticked yet", "have not been ticked yet", "has not been ticked", "have not been ticked", "have not been completed", "has not been completed", "have not been done", "has not been done", "have not been finished", "not been completed", "not been done", "not ticked off yet", "isn't ticked off yet", "aren't ticked off yet", "not ticked off", "isn't ticked off", "aren't ticked off", "not ticked", "unticked", "unchecked", "not done yet", "not done", "not yet done", "still open", "open", "undone", "unfinished", "outstanding", "still to do", "still pending", "pending",
                                 "not checked off", "not finished", "not completed", "incomplete", "remaining", "isn't done yet", "isn't done", "aren't done", "not yet ticked off", "still has to be done", "left to do", "to be done", "not crossed off", "haven't been ticked off", "still have to do", "still has to do", "have to do", "has to do", "hasn't been ticked off", "have not been ticked off", "haven't been done"), False),
                               (("ticked off", "already ticked off", "ticked", "done", "already done", "checked off", "completed", "finished", "checked"), True)):  # fmt: skip
            if end := w.any_at(i, *ways):
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
        if (k := w.any_at(i, *phrases.LOG_ANSWERED)) and (n := w.number(w.skip(k))) and 100 <= n < 600:
            i, start = w.skip(k), i
            end = w.any_at(i + 1, *phrases.LOG_ERRORS) or i + 1
            return self._cond(start, end, compare(status, "eq", int(n)), (status,))
        if (n := w.number(i)) and 100 <= n < 600 and n == int(n):
            end = w.any_at(i + 1, *phrases.LOG_ERRORS) or i + 1
            return self._cond(i, end, compare(status, "eq", int(n)), (status,))
        for ways, low, high in ((("server errors", "server error", "5xx", "5xx errors"), 500, 599), (("client errors", "4xx", "4xx errors"), 400, 499),
                                   (("errors", "error", "failed", "failures", "went wrong", "error responses"), 400, 599), (("successful", "succeeded"), 200, 299), (("redirects", "3xx"), 300, 399)):  # fmt: skip
            if end := w.any_at(i, *ways):
                return self._cond(i, end, compare(status, "between", [low, high]), (status,))
        return None
