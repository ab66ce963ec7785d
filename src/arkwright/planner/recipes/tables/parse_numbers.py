"""Numbers: what is measured, and per what."""

from dataclasses import replace

from arkwright.planner.lexicon import DATE_PARTS, words
from arkwright.planner.recipes.tables.events import Event, Glue, Group, Measure, Select, Top
from arkwright.planner.recipes.tables.parse_filters import Filters
from arkwright.planner.recipes.tables.schema import Field, is_key, title
from arkwright.planner.recipes.tables.vocabulary import ADVERBS, GROUPERS, SELLING
from arkwright.planner.recipes.tables.words import DETERMINERS
from arkwright.planner.text import key


class Numbers(Filters):
    """Patterns that make one row of many."""

    def measure(self, i: int) -> Event | None:
        """`total amount`, `how many orders`, `average of the salary`; with what it has to exceed: `an average salary above 5000`."""
        found = self.number_wanted(i)
        return self._having(found) if isinstance(found, Measure) and found.span else found

    def _having(self, one: Measure) -> Event | None:
        """A comparison right after a measure is about the groups; without groups it is not understood."""
        w = self.w
        end = max(one.span) + 1
        k = w.skip(end, words("is are was were that which of has have , being"))
        op = w.comparator(k)
        value = w.amount(w.skip(op[1])) if op and op[0] not in ("eq", "ne") and w.norm(k) != "from" else None
        if op is None or value is None or w.column(value[1], numeric=True) or one.fn == "count":
            return one
        if not any(isinstance(e, Group) for e in self.events):
            start = w.reading.sentence(one.span[0])[0]
            subject = self.fields(w.skip(start, words("which what list show all give me the tell find")), keys=True)[0]
            if not subject or subject[0].numeric:
                return None
            self.extra.append(Group((), subject[:1]))
        return replace(one, span=self.span(one.span[0], value[1]), above=(op[0], value[0]))

    def number_wanted(self, i: int) -> Event | None:
        """A measure by itself."""
        w = self.w
        if end := w.any_at(i, "how much"):
            column = w.column(end, numeric=True)
            k = w.skip(
                column.end if column else end, words("was were is did do does has have been we they in total overall money")
            )
            k = w.skip(k, SELLING | words("in total overall"))
            return (
                Measure(self.span(i, k), "sum", column.field if column and column.field.numeric else None, asked=False)
                if k > end
                else None
            )
        if w.norm(i) == "in" and w.norm(i + 1) in ("total", "all") and w.column(i + 2) is None:
            return Glue(self.span(i, i + 2))
        if end := w.any_at(i, "headcount", "head count", "number of heads", "staff count"):
            return Measure(self.span(i, end), "count", noun="people")
        if (found := w.aggregate(i)) is None:
            return self._named_count(i)
        fn, end = found
        asked = w.at(i, "how many") > 0
        if w.at(i, "how often"):
            return Measure(self.span(i, i + 2), "count", asked=True)
        if fn == "count":
            return self._count(i, end, asked)
        second = w.aggregate(w.skip(end, words("and , or &")))
        if second and second[0] != "count" and w.norm(end) in ("and", ",", "&", "or") and w.column(end) is None:
            return Measure(self.span(i, end), fn, self._listed_of(second[1]))
        j = w.skip(end, DETERMINERS | words("of for in"))
        if w.norm(j) in self.computed:
            return Measure(self.span(i, j + 1), fn, self.computed[w.norm(j)])
        column = w.column(j, numeric=True)
        if (
            column is None
            and w.norm(i) in ("min", "max", "minimum", "maximum", "highest", "lowest")
            and (other := w.column(j))
            and other.field.temporal
        ):
            column = other
        if column is not None and is_key(column.field) and fn in ("sum", "mean", "median"):
            return None
        if column is not None:
            stop = column.end
            while w.norm(stop) in ("sold", "spent", "made", "paid", "earned", "amount", "value") and w.column(stop) is None:
                stop += 1
            return Measure(self.span(i, self._more_measures(fn, stop)), fn, column.field)
        if w.norm(j) in self._bare_stop() or w.norm(j) == "":
            stop = j if w.norm(end) in DETERMINERS and not w.norm(j) else end
            return Measure(self.span(i, stop), fn)
        if (expr := self.expression(j)) is not None:
            return Measure(self.span(i, expr[1]), fn, expr[0])
        if (long := self._duration_at(j)) is not None:
            return Measure(self.span(i, long[1]), fn, long[0])
        if w.norm(j) in SELLING | words("spend spending"):
            return Measure(self.span(i, j + 1), fn, noun=w.norm(j))
        if (expr := self.expression(j)) is not None:
            return Measure(self.span(i, expr[1]), fn, expr[0])
        return None

    def _listed_of(self, end: int) -> Field | None:
        """What `min, max and mean of units` are all about: the number after the last of them."""
        w = self.w
        while w.norm(end) in ("and", ",", "&", "or") and (more := w.aggregate(w.skip(end, words("and , or &")))):
            end = more[1]
        column = w.column(w.skip(end, DETERMINERS | words("of for in")), numeric=True)
        return column.field if column and column.field.numeric and not is_key(column.field) else None

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
        return words("per by for in into under of each and , . ; ? ! from across ( ) as then on to with - – is :") | {"§"}

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
        if rows and rows[0] is not None and rows[1] >= (column.end if column else 0) and self._titled(rows[0], j):
            return Measure(self.span(i, rows[1]), "count", noun=w.norm(rows[1] - 1), asked=asked)
        if column and not (rows and rows[1] >= column.end and not distinct) and column.score >= 60:
            field = column.field
            if (
                field.numeric
                and not is_key(field)
                and not distinct
                and self.events
                and isinstance(self.events[-1], Select)
                and not asked
            ):
                return Select(self.span(i, column.end), (field,))
            if field.numeric and not is_key(field) and not distinct:
                return Measure(self.span(i, column.end), "sum", field, asked=asked)
            size = self.w.schema.tables[min(field.tables)].rows
            unique = field.column is not None and (
                field.column.distinct >= size or (column.score <= 60 and self._numbered(field))
            )
            return Measure(
                self.span(i, column.end), "count" if unique else "count_distinct", None if unique else field, w.norm(j), asked
            )
        if rows:
            while more := w.rows(rows[1]) if w.norm(rows[1]) not in DETERMINERS else None:
                rows = more
            return Measure(self.span(i, rows[1]), "count", noun=w.norm(rows[1] - 1), asked=asked)
        if value := w.value(j):
            return Measure(self.span(i, j), "count", asked=asked, noun=value[1]) if value else None
        if w.norm(j) in self._bare_stop() or not w.norm(j) or w.norm(j) in ("there", "were", "are") or self._filter_starts(j):
            return Measure(self.span(i, end), "count", asked=asked)
        return None

    def _numbered(self, field: Field) -> bool:
        """Whether each row has a number of its own, so that `customers` that are no column are the rows."""
        at = min(field.tables)
        rows = self.w.schema.tables[at].rows
        return len(self.w.schema.tables) == 1 and any(
            f.column and f.column.distinct >= rows and is_key(f) for f in self.w.schema.of_table(at)
        )

    def _titled(self, at: int, j: int) -> bool:
        """Whether the words at `j` are the very name of a table."""
        return self.w.many and key(title(self.w.schema.tables[at]))[:1] == key(self.w.norm(j))[:1]

    def _filter_starts(self, j: int) -> bool:
        return self.state(j) is not None or self.filter(j) is not None

    def group(self, i: int) -> Event | None:
        """`per region and month`, `monthly`, `for each customer`."""
        w = self.w
        if w.norm(i) in ADVERBS and (date := w.date_column(i)):
            return Group(self.span(i, i + 1), (self._part(DATE_PARTS[w.norm(i)], date),))
        end = max((w.at(i, phrase) for phrase in GROUPERS), default=0)
        if w.norm(i) == "over" and w.norm(i + 1) != "§":
            end = 0
        if not end and w.norm(i) == "each" and any(isinstance(e, Measure | Top) for e in self.events):
            end = i + 1
        if not end or w.norm(i - 1) in words("sheet file tab chart document page workbook report picture"):
            return None
        if w.norm(end) == "§":
            return Glue(self.span(i, end))
        if (
            (rows := w.rows(end))
            and (rows[0] is None or len(w.schema.tables) == 1)
            and ((column := w.column(end)) is None or column.score < 95)
        ):
            return Glue(self.span(i, rows[1]))
        fields, stop = self.fields(end, keys=True)
        if not fields and w.norm(end - 1) in ("each", "every") and (rows := w.rows(end)):
            return Glue(self.span(i, rows[1]))
        if not fields and w.norm(end - 1) in ("by", "to") and w.aggregate(w.skip(end)) and self._unranked():
            measure = self.measure(w.skip(end))
            return replace(measure, span=self.span(i, max(measure.span) + 1)) if isinstance(measure, Measure) else None
        last = self.events[-1] if self.events else None
        if (
            fields
            and isinstance(last, Glue)
            and last.span[-1] == i - 1
            and w.rows(i - 1)
            and not any(isinstance(e, Measure | Top) for e in self.events)
        ):
            self.events.append(Measure((), "count", noun=w.norm(i - 1)))
        if (
            len(fields) == 1
            and fields[0].temporal
            and isinstance(last, Group)
            and any(f.expr.get("args") == [fields[0].expr] for f in last.fields)
        ):
            return Glue(self.span(i, stop))
        return Group(self.span(i, stop), fields) if fields else None

    def _unranked(self) -> bool:
        """Whether something is to be picked and it was not said by what."""
        return any(isinstance(e, Top) and e.by is None for e in self.events)
