"""Shape: pivots, cleaning, stacking, changes over time, chosen columns."""

from arkwright.planner.lexicon import words
from arkwright.planner.recipes.tables import phrases
from arkwright.planner.recipes.tables.events import (
    Across,
    Clean,
    Draw,
    Event,
    Filter,
    Finish,
    Glue,
    Group,
    Measure,
    Select,
    Tag,
    Top,
    Window,
)
from arkwright.planner.recipes.tables.parse_order import Ordering
from arkwright.planner.recipes.tables.schema import Field, is_key, title
from arkwright.planner.recipes.tables.superlatives import SUPERLATIVES
from arkwright.planner.recipes.tables.vocabulary import ADVERBS, BE, CONVERSIONS
from arkwright.planner.recipes.tables.words import plain
from arkwright.planner.text import key, stem

TOTAL_LEADS = words("add append include adding including plus and with a an the one final last extra")


class Shape(Ordering):
    """Patterns that give the result its shape."""

    def pivot(self, i: int) -> Event | None:
        """`months down the side`, `categories across the top`, `one row per month`, `regions as columns`, `pivot table`."""
        w = self.w
        if end := w.any_at(i, *phrases.PIVOT_PIVOT_TABLE):
            return Across(self.span(i, end))
        drawn = any(isinstance(e, Draw) for e in self.events)
        if drawn and (end := w.any_at(i, *phrases.PIVOT_ONE_LINE_PER)):
            fields, stop = self.fields(end)
            return Group(self.span(i, stop), fields) if fields else None
        if end := w.any_at(i, *phrases.PIVOT_ONE_ROW_PER):
            exact = w.column(end, loose=False, compound=False)
            if (rows := w.rows(end)) and (exact is None or exact.score < 95):
                stop = rows[1]
                while more := w.rows(stop):
                    stop = more[1]
                return Clean(self.span(i, stop), "flatten")
            fields, stop = self.fields(end)
            return Across(self.span(i, stop), rows=fields) if fields else None
        if end := w.any_at(i, *phrases.PIVOT_ONE_COLUMN_PER):
            fields, stop = self.fields(end)
            return Across(self.span(i, stop), columns=fields) if fields else None
        if end := w.any_at(i, *phrases.PIVOT_IN_THE_CELLS):
            return Glue(self.span(i, end))
        fields, stop = self.fields(w.skip(i))
        if not fields:
            return None
        j = w.skip(stop, words("go goes are is run running"))
        if end := w.any_at(j, *phrases.PIVOT_DOWN_THE_SIDE):
            return Across(self.span(i, end), rows=fields)
        if end := w.any_at(j, *phrases.PIVOT_ACROSS_THE_TOP):
            if len(fields) > 1 and not any(isinstance(e, Across) for e in self.events):
                return Select(self.span(i, end), fields)
            return Across(self.span(i, end), columns=fields)
        return None

    def clean(self, i: int) -> Event | None:
        """Doubles, blanks, renaming, statistics."""
        w = self.w
        if end := w.any_at(i, *phrases.CLEAN_REMOVE_DUPLICATES):  # fmt: skip
            return self._distinct(i, end)
        if (
            (end := w.any_at(i, *phrases.CLEAN_THE_SAME))
            and any(isinstance(e, Clean) and e.do == "distinct" for e in self.events)
            and (column := w.column(end))
        ):
            return Clean(self.span(i, column.end + (w.norm(column.end) in ("address", "addresses"))), "distinct", (column.field,))
        if end := w.any_at(i, *phrases.CLEAN_IGNORING_CASE):  # fmt: skip
            return Glue(self.span(i, end))
        if any(t.part == "words" for t in w.schema.tables) and (end := w.any_at(i, *phrases.WORDS_AS_THEY_ARE_COUNTED)):
            return Glue(self.span(i, end))
        if end := w.any_at(i, *phrases.CLEAN_KEEP_THE_FIRST):
            return Glue(self.span(i, end))
        if rounding := self._rounding(i) or self._ends(i) or self._total_row(i):
            return rounding
        if end := w.any_at(i, *phrases.CLEAN_SUMMARY_STATISTICS):
            return Clean(self.span(i, end), "describe")
        if end := w.any_at(i, *phrases.CLEAN_ONE_ROW_PER_ITEM):
            return Clean(self.span(i, end), "flatten")
        if w.norm(i) in ("rename", "renaming", "renamed") and (
            column := w.column(w.skip(i + 1, words("the column columns field")))
        ):
            k = w.skip(column.end, words("column to into as"))
            if k > column.end and (
                new := w.quoted(k)
                or (w.reading.tokens[k].text if k < len(w.norms) and w.reading.tokens[k].kind == "word" else "")
            ):
                return Clean(self.span(i, k + 1), "rename", (column.field,), new)
        if end := w.any_at(i, *phrases.CLEAN_ADD_A_COLUMN):
            k = w.any_at(end, *phrases.CLEAN_CALLED) or end
            if self.expression(k) or self.compute(k):
                return Glue(self.span(i, k))
        if end := w.any_at(i, *phrases.CLEAN_FILTER):
            return Glue(self.span(i, end))
        if (found := w.any_at(i, *phrases.CLEAN_ALL_THREE_FILES)) and w.many:
            return Glue(self.span(i, found))
        if (end := w.any_at(i, "fill", "replace")) and (event := self._fill(i, end)):
            return event
        if (end := w.any_at(i, *phrases.CLEAN_DROP_ROWS_WITH, "without")) and (event := self._left_out(i, end)):
            return event
        if end := w.any_at(i, *phrases.CLEAN_DROP_ROWS_WITH):  # fmt: skip
            return self._drop(i, end)
        if end := w.any_at(i, *phrases.CLEAN_ALL_COLUMNS_KEPT_AS_THEY_ARE):
            return Glue(self.span(i, end))
        return self._convert(i)

    def split(self, i: int) -> Event | None:
        """`one sheet per region`, `a separate file for each city`; `split` itself is part of that."""
        w = self.w
        if w.norm(i) == "split" and any(self._apart(n) for n in w.reading.sentence(i)):
            return Glue(self.span(i, i + 1))
        found = self._apart(i)
        return Clean(self.span(i, found[2]), "split", (found[1],), found[0]) if found else None

    def _apart(self, i: int) -> tuple[str, Field, int] | None:
        """Whether sheets or files are wanted, for each value of what, and the index after it."""
        w = self.w
        j = w.skip(i, words("into to in as with"))
        k = w.skip(j, words("one a separate single own of its different"))
        kind = {"sheet": "sheet", "tab": "sheet", "worksheet": "sheet", "file": "file", "csv": "file"}.get(stem(w.norm(k)), "")
        if not kind or k == j:
            return None
        end = k + 2 if w.norm(k) == "csv" and w.norm(k + 1) in ("file", "files") else k + 1
        start = w.any_at(end, "per", "for each", "for every", "by")
        found = self.field(start) if start else None
        return (kind, found[0], found[1]) if found else None

    def _ends(self, i: int) -> Event | None:
        """`the first 20 rows`, `last 10 lines`: by their place in the file."""
        w = self.w
        j = w.skip(i, words("the only just"))
        n = w.number(j + 1) if w.norm(j) in ("first", "last") else None
        if n is None or n != int(n) or n < 1 or w.norm(j + 2) not in ("rows", "lines", "records", "entries", "row"):
            return None
        return Clean(self.span(i, j + 3), "last" if w.norm(j) == "last" else "first", (), int(n))

    def _total_row(self, i: int) -> Event | None:
        """`add a total row at the end`, `with a line for the grand total at the bottom`."""
        w = self.w
        end = w.any_at(w.skip(i, TOTAL_LEADS), *phrases.TOTAL_ROW)
        tail = w.any_at(end, *phrases.TOTAL_ROW_AT_THE_END) if end else 0
        return Finish(self.span(i, tail or end), "total") if end else None

    def _rounding(self, i: int) -> Event | None:
        """`rounded to two decimals`, `with 1 decimal place`, `in whole numbers`."""
        w = self.w
        if end := w.any_at(i, *phrases.ROUND_TO_WHOLE):
            return Finish(self.span(i, end), "round", 0)
        j = (
            w.any_at(
                i,
                "rounded to",
                "round to",
                "rounded off to",
                "round it to",
                "round them to",
                "rounded on",
                "with",
                "to",
                "and round to",
            )
            or i
        )
        n = w.number(j)
        stop = (
            w.any_at(
                j + 1,
                "decimals",
                "decimal",
                "decimal places",
                "decimal place",
                "digits after the point",
                "places after the point",
                "digits after the comma",
            )
            if n is not None
            else 0
        )
        return Finish(self.span(i, stop), "round", int(n)) if stop and n is not None else None

    def _distinct(self, i: int, end: int) -> Event | None:
        w = self.w
        j = w.skip(
            end,
            words(
                "rows entries contacts records ones by based on the same with per for a , ( customers lines in that share have from §"
            ),
        )
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
        if tail := w.any_at(w.skip(stop, words("( ,")), *phrases.DISTINCT_IGNORING_CASE):
            stop = tail
        return Clean(self.span(i, stop), "distinct", tuple(fields))

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
        if stop := w.any_at(j, *phrases.DROP_MISSING):
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

    def _left_out(self, i: int, end: int) -> Event | None:
        """`without the rows where the amount is empty`, `leave out orders below 100`: the condition turned round."""
        w = self.w
        rows = w.rows(w.skip(end, words("all any the those")))
        if rows is None:
            return None
        k = w.skip(rows[1], words("where whose with that which have has are is the in from"))
        found = self.state(k) or self.filter(k)
        if k == rows[1] or not isinstance(found, Filter):
            return None
        return Filter(
            self.span(i, max(found.span) + 1),
            {"not": found.where},
            found.fields,
            w.reading.quote(self.span(i, max(found.span) + 1)),
        )

    def _convert(self, i: int) -> Event | None:
        """Reading normalises dates, decimals and encodings, so saving is the conversion."""
        w = self.w
        for phrase in CONVERSIONS:
            if end := w.at(i, phrase):
                return self._converted(i, end)
        return None

    def _converted(self, i: int, end: int) -> Event | None:
        """Words about separators tell of the source when it has them, else of the file that is wanted; anything else cannot be had."""
        text = " ".join(self.w.norms[i:end])
        layouts = [t.layout for t in self.w.schema.tables]
        instead = self.w.norm(i - 1) == "of" or "instead" in text
        for word, sign in (("semicolon", ";"), ("tab s", "\t"), ("tab-s", "\t")):
            if word in text and not instead and not any(layout.get("delimiter") == sign for layout in layouts):
                return Clean(self.span(i, end), "convert", (), sign)
        if "decimal comma" in text and not any(layout.get("decimal") == "," for layout in layouts):
            return None
        return Clean(self.span(i, end), "convert")

    def tag(self, i: int) -> Event | None:
        """`with a column that says which month (file) each row comes from`."""
        w = self.w
        if end := w.any_at(i, *phrases.TAG_STACK):
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
        if w.any_at(j, *phrases.WINDOW_MONTH_OVER_MONTH_X) and (date := w.date_column(i)):
            k = w.any_at(j, *phrases.WINDOW_MONTH_OVER_MONTH)
            if stop := w.any_at(k, "growth", "change", "changes", "growth rate", "percentage change"):
                self.extra.append(Group(self.span(i, stop), (self._part("month", date),)))
                return Window(
                    self.span(i, self._of(stop)),
                    "change"
                    if w.norm(stop - 1).startswith("change") and "percentage" not in w.norms[k:stop]
                    else "change_percent",
                )
        if end := w.any_at(j, *phrases.WINDOW_GROWTH):
            return Window(self.span(i, self._over_time(end)), "change_percent")
        if end := w.any_at(j, *phrases.WINDOW_RUNNING_TOTAL):
            return Window(self.span(i, end), "running_sum")
        if end := w.any_at(j, *phrases.WINDOW_SHARE_OF_THE_TOTAL):  # fmt: skip
            tail = w.any_at(end, *phrases.WINDOW_IN_PERCENT_X)
            return Window(self.span(i, tail or end), "share")
        if end := w.any_at(i, *phrases.WINDOW_IN_PERCENT):
            return (
                Glue(self.span(i, end)) if any(isinstance(e, Window) for e in self.events) else Window(self.span(i, end), "share")
            )
        if end := w.any_at(j, "rank", "ranking"):
            return Window(self.span(i, end), "rank")
        return None

    def _which_of(self, i: int, end: int, one: Field) -> Event:
        """`which regions had ...`: each value once; a column that tells rows apart stands for its rows."""
        if one.column is None or one.numeric or one.column.distinct >= self.w.schema.tables[min(one.tables)].rows:
            return Glue(self.span(i, end))
        self.extra.append(Clean((), "distinct"))
        return Select(self.span(i, end), (one,))

    def _of(self, end: int) -> int:
        return end + 1 if self.w.norm(end) in ("of", "in") and self.w.column(end + 1) else end

    def _over_time(self, end: int) -> int:
        w = self.w
        return w.any_at(end, *phrases.OVER_TIME_FROM_MONTH_TO_MONTH) or end  # fmt: skip

    def _beside(self, fields: tuple[Field, ...]) -> tuple[Field, ...]:
        """`employees with their department and site`: all columns of the one, and those of the other."""
        said = set(self.w.stems)
        named = [
            at
            for at, table in enumerate(self.w.schema.tables)
            if set(key(title(table))) <= said and not any(at in f.tables for f in fields)
        ]
        if self.rows_of is not None and any(self.rows_of in f.tables for f in fields):
            return fields
        if not named and self.rows_of is not None:
            named = [self.rows_of]
        return tuple(dict.fromkeys((*self.w.schema.of_table(named[0]), *fields))) if len(named) == 1 else fields

    def _named_too(self, i: int, fields: tuple[Field, ...]) -> tuple[Field, ...]:
        """`open items with owner and due date`: what the rows are comes first."""
        spoken = any(self.w.rows(n) for n in self.w.reading.sentence(i) if n < i)
        named = self.naming(0) if spoken and not self.events_of(Select) else None
        if named is None or named in fields or all(f.column is None for f in fields):
            return fields
        return (named, *fields)

    def events_of(self, kind: type[Event]) -> bool:
        """Whether something of a kind was said already."""
        return any(isinstance(e, kind) for e in self.events)

    def select(self, i: int) -> Event | None:
        """A list of columns; a lone column inside a list phrase (`columns`, `only the`, `with`) too."""
        w = self.w
        start = w.any_at(i, *phrases.SELECT_WITH_COLUMNS)
        j = w.skip(start, words(": ( the")) if start else i
        if (
            not start
            and (rows := w.rows(j))
            and ((column := w.column(j)) is None or column.score < 95)
            and self._duration_at(j) is None
        ):
            return Glue(self.span(i, rows[1]))
        if w.norm(w.skip(j)) in ADVERBS:
            return None
        fields, end = self.fields(j)
        if not fields:
            return None
        heads = words("with whose where that which from in of below under over above not")
        if (
            not start
            and len(fields) == 1
            and not fields[0].numeric
            and w.norm(end - 1) != stem(w.norm(end - 1))
            and w.norm(end) in heads
            and not self.events_of(Select)
        ):
            self.rows_of = min(fields[0].tables)
            return Glue(self.span(i, end))
        verb = w.column(j)
        if verb and verb.field.temporal and verb.score < 95 and w.norm(j).endswith("ed") and len(fields) == 1:
            return Glue(self.span(i, end))
        if (
            w.norm(i - 1) in ("with", "their", "its")
            and len(w.schema.tables) > 1
            and not any(isinstance(e, Select | Measure | Top | Group) for e in self.events)
        ):
            fields = self._beside(fields)
        if (
            not start
            and w.many
            and len(fields) == 1
            and is_key(fields[0])
            and w.norm(w.skip(j) - 1) in ("on", "via", "using", "through", "over")
        ):
            return Glue(self.span(i, end))
        if (
            not start
            and not w.many
            and w.norm(w.skip(i - 1)) != ""
            and w.norm(i - 1) in ("with", "their")
            and not any(isinstance(e, Measure | Group | Across) for e in self.events)
            and not any(isinstance(e, Top) and e.entity is not None for e in self.events)
        ):
            fields = self._named_too(i, fields)
        if w.norm(end) in ("table", "tables") and not start:
            return Glue(self.span(i, end + 1))
        if w.norm(i - 1) in ("which", "what") and len(fields) == 1:
            measured = any(isinstance(e, Measure) for e in self.events)
            if measured:
                return Group(self.span(i, end), fields, asked=True)
            return self._which_of(i, end, fields[0])
        if end2 := w.any_at(end, *phrases.SELECT_AS_COLUMNS):
            end = end2
        return Select(self.span(i, end), fields)
