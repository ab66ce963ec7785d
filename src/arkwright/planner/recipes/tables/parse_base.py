"""Base: the state of the parser, and the columns, lists of columns and computed columns every pattern is made of."""

from arkwright.core.json import Json, Object
from arkwright.planner.lexicon import FORMATS, words
from arkwright.planner.recipes.tables import phrases
from arkwright.planner.recipes.tables.events import Compute, Draw, Event
from arkwright.planner.recipes.tables.schema import Field, is_key
from arkwright.planner.recipes.tables.vocabulary import OPERATION_NAMES, OPERATORS, STOP_NAMES, TAGS
from arkwright.planner.recipes.tables.words import DETERMINERS, Words, date_part_field
from arkwright.planner.text import ORDINALS, key, stem


class Base:
    """What all patterns share."""

    def __init__(self, w: Words) -> None:
        self.w = w
        self.events: list[Event] = []
        self.extra: list[Event] = []
        self.rows_of: int | None = None
        self.computed: dict[str, Field] = {}
        self.tags = w.reading.phrases(TAGS) if w.reading.has("column") else ()

    def span(self, start: int, end: int) -> tuple[int, ...]:
        """The tokens from `start` up to `end`."""
        return tuple(range(start, end))

    def fields(self, i: int, *, keys: bool = False) -> tuple[tuple[Field, ...], int]:
        """A list of columns and date parts: `region, product and month`, and the index after it; with `keys` it ends before a measure."""
        w = self.w
        found: list[Field] = []
        j = end = i
        while True:
            one = None if found and (self.expression(j) or w.any_at(w.skip(j), "product of")) else self.field(j)
            if one is None or (keys and found and one[0].numeric and not is_key(one[0]) and key(one[0].label)[-1:] != ("year",)):
                break
            found.append(one[0])
            end = self._enumerated(*one)
            j = w.skip(end, words(", and & / as well then") | DETERMINERS | words("by per") | self._versus)
            if w.norm(j) == "." and w.norm(j - 1) == "vs":
                j += 1
            if j == end or w.norm(end) in ("by", "per"):
                break
        return tuple(dict.fromkeys(found)), end

    def _enumerated(self, one: Field, end: int) -> int:
        """The index after `(low, normal, high)` behind a column, when these are all its values."""
        w = self.w
        values = {v.lower() for v in one.column.values} if one.column and one.type == "text" else set[str]()
        j, said = w.skip(end, words("( :")), set[str]()
        while w.norm(j) in values or (said and w.norm(j) in (",", "and", "/", "or")):
            said |= {w.norm(j)} & values
            j += 1
        return w.skip(j, words(")")) if values and said == values else end

    @property
    def _versus(self) -> frozenset[str]:
        """`units against amount` names two columns when something is drawn."""
        return words("against versus vs over on") if any(isinstance(e, Draw) for e in self.events) else frozenset()

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
        for wanted in ("name", "title", "item", "task", "path", "url", "product"):
            found = [f for f in fields if key(f.label)[-1:] == (wanted,)]
            if len(found) == 1:
                return found[0]
        keys = [f for f in fields if is_key(f)]
        return keys[0] if keys else None

    def _part(self, part: str, date: Field) -> Field:
        field = date_part_field(part, date)
        if part == "date" and date.type == "date":
            return date
        return field

    def compute(self, i: int) -> Event | None:
        """`qty times unit_price`, `total = units * price`."""
        w = self.w
        name, start = "", i
        if w.norm(i + 1) in ("=", ":") and w.norm(i) not in STOP_NAMES and w.reading.tokens[i].kind == "word":
            name, start = w.norm(i), i + 2
        found = self.expression(start, name)
        if found is None:
            return None
        field, end = found
        self.computed[field.name] = field
        return Compute(self.span(i, end), field)

    def expression(self, i: int, name: str = "") -> tuple[Field, int] | None:
        w = self.w
        if found := self._days(i):
            return found
        left = w.column(i)
        if left is not None and left.field.temporal and w.norm(left.end) in ("minus", "-", "−"):
            other = w.column(left.end + 1)
            return (self.duration(other.field, left.field), other.end) if other and other.field.temporal else None
        if left is None or not left.field.numeric:
            return None
        expr: Object = left.field.expr
        tables, end, labels = left.field.tables, left.end, [left.field.label]
        first = ""
        while found_op := self._operator(end):
            op, j = found_op
            if (factor := self._factor(j, op)) is not None:
                expr = {"op": op, "args": [expr, {"value": factor[0]}]}
                end, first = factor[1], first or op
                labels.append(str(factor[0]).replace(".", "_"))
                continue
            right = w.column(j, numeric=True)
            if right is None or not right.field.numeric:
                break
            pair: list[Json] = [expr, right.field.expr]
            expr = {"op": op, "args": pair}
            tables, end, first = tables | right.field.tables, right.end, first or op
            labels.append(right.field.label)
        if not first:
            return None
        if not name and (k := w.any_at(end, "is the", "as", "called", "named", "is called")) and self._new_name(k):
            name, end = w.norm(k), k + 1
        label = name or ("total" if first == "mul" and len(labels) == 2 else f"_{OPERATION_NAMES[first]}_".join(labels))
        return Field(label, label, "number", expr, tables), end

    def _factor(self, j: int, op: str) -> tuple[float, int] | None:
        """A plain number to calculate with; percent of what stands before it: `plus 19 %`."""
        w = self.w
        if w.norm(j) == "§" or w.norm(j) in ORDINALS or w.norm(j - 1) == "over" or (value := w.number(j)) is None:
            return None
        if w.norm(j + 1) not in ("%", "percent"):
            return (int(value) if value == int(value) else value), j + 1
        return (value / 100, j + 2) if op == "mul" else None

    def _new_name(self, k: int) -> bool:
        token = self.w.reading.tokens[k] if k < len(self.w.norms) else None
        return (
            token is not None
            and token.kind == "word"
            and token.norm not in STOP_NAMES
            and token.norm not in FORMATS
            and self.w.column(k) is None
        )

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
        start = w.any_at(i, *phrases.DAYS_NUMBER_OF_DAYS)
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
        rows = w.rows(j)
        k = rows[1] if rows else j
        end = w.any_at(k, *phrases.DURATION_AT_LENGTH_IN_DAYS) or w.any_at(
            j, "number of days", "length of a rental", "length of rentals"
        )
        field = self.only_duration() if end else None
        if field is None:
            return None
        tail = w.any_at(end, *phrases.DURATION_AT_IN_DAYS)
        return field, tail or end

    def only_duration(self) -> Field | None:
        """The days between the two dates there are, when there are two of one table."""
        dates = self.w.schema.dates()
        if "days" in self.computed:
            return self.computed["days"]
        return self.duration(dates[0], dates[1]) if len(dates) == 2 and dates[0].tables == dates[1].tables else None

    def column_or_rows(self, i: int) -> tuple[Field | None, int] | None:
        """A column, or a word for rows (None), and the index after it."""
        column, rows = self.w.column(i), self.w.rows(i)
        if column is not None:
            return column.field, column.end
        return (None, rows[1]) if rows else None

    def _plural(self, i: int) -> bool:
        return self.w.norm(i) != stem(self.w.norm(i))

    def _numeric_at(self, k: int) -> bool:
        found = self.w.column(k, numeric=True, compound=False)
        return found is not None and found.field.numeric and found.score >= 95
