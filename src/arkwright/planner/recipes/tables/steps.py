"""Steps: a query as relational steps over inputs: joins, derived columns, filters, groups, order."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from arkwright.core.json import Json
from arkwright.core.survey import Table
from arkwright.planner.recipes.tables.events import Filter, Measure, Top
from arkwright.planner.recipes.tables.query import Query
from arkwright.planner.recipes.tables.schema import Field, Schema, is_key, title
from arkwright.planner.text import key, stem

NAMES = {
    "sum": "total",
    "mean": "average",
    "median": "median",
    "min": "lowest",
    "max": "highest",
    "count": "count",
    "count_distinct": "number_of",
}
RATES = frozenset(
    [
        "price",
        "cost",
        "rate",
        "temp",
        "temperature",
        "salary",
        "level",
        "age",
        "day",
        "days",
        "lead",
        "year",
        "score",
        "rating",
        "percent",
    ]
)


class Puzzled(Exception):
    """The query cannot be built; `options` are the columns it could be about, `clause` the tokens."""

    def __init__(self, reason: str, options: tuple[str, ...] = (), span: tuple[int, ...] = (), remedy: str = "") -> None:
        super().__init__(reason)
        self.reason, self.options, self.span, self.remedy = reason, options, span, remedy


@dataclass(slots=True)
class Built:
    """Steps and what comes out of them. `keys` are the group columns, `numbers` the measures, by the names they have in the result."""

    tables: frozenset[int]
    steps: list[Json] = field(default_factory=list[Json])
    keys: list[str] = field(default_factory=list[str])
    numbers: list[str] = field(default_factory=list[str])
    columns: list[str] = field(default_factory=list[str])
    dated: str = ""
    notes: list[str] = field(default_factory=list[str])
    pivoted: bool = False


def build(schema: Schema, query: Query, default: Field | None, *, tagged: str = "", keep_blank: bool = False) -> Built:
    """The steps of a query. `default` is the one thing that can be measured, if there is one."""
    return _Builder(schema, query, default, tagged, keep_blank).build()


class _Builder:
    def __init__(self, schema: Schema, query: Query, default: Field | None, tagged: str, keep_blank: bool) -> None:
        self.schema, self.query, self.default = schema, query, default
        self.out = Built(frozenset())
        self.used: set[int] = set()
        self.derived: set[str] = set()
        self.last: list[Json] = []
        self.tagged, self.keep_blank = tagged, keep_blank

    def build(self) -> Built:
        q = self.query
        for one in q.computed:
            self.derive(one)
        for clean in q.cleans:
            self.clean_before(clean.do, clean.fields, clean.value)
        self.filters(q.filters)
        plain = (
            any(clean.do == "distinct" and not clean.fields for clean in q.cleans)
            and q.select
            and not any(clean.fields for clean in q.cleans)
        )
        if plain:
            self.last.append({"do": "distinct", "on": []})
        elif any(clean.do == "distinct" for clean in q.cleans):
            self.distinct(tuple(dict.fromkeys(f for clean in q.cleans if clean.do == "distinct" for f in clean.fields)))
        if q.top is not None and q.top.entity is None and q.measures and not q.group:
            raise Puzzled(
                "it is not said what is to be ranked", span=q.top.span, remedy="name the column whose values are ranked"
            )
        if any(c.do == "distinct" and not c.fields for c in q.cleans) and any(len(f.fields) > 1 for f in q.filters) and q.select:
            raise Puzzled("it is not said whether single rows or sums are to be held against each other", remedy="say per what")
        if q.across:
            self.pivot()
        elif q.top and q.top.nth and q.top.entity is None and not q.measures:
            self._drop_blank_keys(q.group, [self.derive(f) for f in q.group])
            self.rows()
        elif q.measures or q.group or (q.top and self.aggregated(q.top)):
            self.group()
        else:
            self.rows()
        self.out.steps += self.last
        for clean in q.cleans:
            if clean.do in ("first", "last"):
                self.out.steps.append({"do": "limit", "count": clean.value, "from_end": clean.do == "last"})
        self.out.tables = frozenset(self.used)
        return self.out

    # ------------------------------------------------------------------ parts
    def derive(self, one: Field) -> str:
        """The column that holds a field, derived first if it is computed."""
        self.used |= one.tables
        if one.column is None and one.name not in self.derived and one.expr != {"column": one.name}:
            self.out.steps.append({"do": "derive", "name": one.name, "expr": one.expr})
            self.derived.add(one.name)
        return one.name

    def clean_before(self, do: str, fields: tuple[Field, ...], value: Json) -> None:
        match do:
            case "dropna":
                wanted = [self.derive(f) for f in fields] or [f.name for f in self.schema.fields]
                self.out.steps.append({"do": "filter", "where": {"all": [{"column": name, "op": "notblank"} for name in wanted]}})
            case "fill":
                for name in [self.derive(f) for f in fields] or [
                    f.name for f in self.schema.fields if f.column and f.column.blanks
                ]:
                    self.out.steps.append({"do": "fill", "column": name, "value": value})
            case "rename":
                self.used |= fields[0].tables
                names: list[Json] = [
                    {"column": f.name, "name": str(value) if f == fields[0] else f.label}
                    for f in self.schema.fields
                    if f.tables == fields[0].tables
                ]
                self.last.append({"do": "select", "columns": names})
            case "dropcolumn":
                self.out.steps.append({"do": "drop", "columns": [f.name for f in fields]})
            case "whole" if self.query.select:
                raise Puzzled("some columns are wanted, and none may be left out", remedy="say which columns are wanted")
            case _:
                return

    def distinct(self, fields: tuple[Field, ...]) -> None:
        """One row for each value; e-mail addresses are the same in any case."""
        on: list[Json] = []
        for one in fields:
            name = self.derive(one)
            if key(one.label)[-1:] in (("email",), ("mail",)):
                self.out.steps.append(
                    {"do": "derive", "name": f"_{name}", "expr": {"op": "lower", "args": [{"op": "trim", "args": [one.expr]}]}}
                )
                self.out.notes.append(
                    f"{one.label} is compared without regard to upper and lower case; the first row of each is kept"
                )
                name = f"_{name}"
            on.append(name)
        self.out.steps.append({"do": "distinct", "on": on, "keep": "first"})
        hidden: list[Json] = [name for name in on if isinstance(name, str) and name.startswith("_")]
        if hidden:
            self.out.steps.append({"do": "drop", "columns": hidden})

    def filters(self, filters: Iterable[Filter]) -> None:
        """All conditions; two about one column's values in different words are alternatives only when they say so."""
        wheres: list[Json] = []
        for one in filters:
            for f in one.fields:
                self.derive(f)
            if one.where not in wheres:
                wheres.append(one.where)
        if wheres:
            self.out.steps.append({"do": "filter", "where": wheres[0] if len(wheres) == 1 else {"all": wheres}})

    def aggregated(self, top: Top) -> bool:
        """Whether picking needs groups: an entity that comes more than once, or whose rows are counted."""
        one = top.entity
        if one is None:
            return False
        if top.common or (top.by and top.by.fn not in ("auto", "value")):
            return True
        if one.column is None:
            return True
        rows = self.schema.tables[min(one.tables)].rows
        joined = bool(top.by and top.by.field and top.by.field.tables - one.tables) or (
            len(self.schema.tables) > 1 and bool(self.query.computed)
        )
        return joined or one.column.distinct < rows

    def keys(self) -> tuple[Field, ...]:
        """What is grouped by: the groups, the picked entity, and columns wanted beside them."""
        q = self.query
        entity = (q.top.entity,) if q.top and q.top.entity else ()
        ranked = self._kind(q.top.kind) if q.top and q.top.kind else None
        wanted = tuple(f for f in q.select if not self.measured(f) and f != ranked)
        for f in wanted:
            if f.numeric and not is_key(f) and key(f.label)[-1:] != ("year",) and f not in q.group:
                raise Puzzled(
                    f"it is not said what is wanted of {f.label!r} in each group", remedy="say total, average, highest or lowest"
                )
        known = (*q.group, *entity)
        for f in wanted:
            if f not in known and not self._goes_with(f, known):
                raise Puzzled(
                    f"it is not clear what {f.label!r} has to do with the groups", remedy="say per what the numbers are wanted"
                )
        return tuple(dict.fromkeys((*known, *wanted)))

    def _goes_with(self, one: Field, known: tuple[Field, ...]) -> bool:
        """Whether a column can stand beside the groups: it has at most as many values as they, or is what the numbers are listed by."""
        if not known:
            return not any(m.asked for m in self.query.measures)
        if one.column is None:
            return False
        return any(
            k.column is not None and (k.tables == one.tables or is_key(k)) and one.column.distinct <= k.column.distinct
            for k in known
        )

    def measured(self, one: Field) -> bool:
        return (
            any(m.field == one for m in self.query.measures)
            or bool(self.query.top and self.query.top.by and self.query.top.by.field == one)
            or one in self.query.computed
        )

    def measures(self) -> list[Measure]:
        """What is measured, with defaults filled in."""
        q = self.query
        found = list(q.measures)
        if (
            q.top
            and q.top.by
            and not any(m.field == q.top.by.field and (m.fn == q.top.by.fn or q.top.by.fn == "auto") for m in found)
        ):
            found.insert(0, q.top.by)
        if q.top and q.top.common and not any(m.fn == "count" for m in found):
            found = [Measure((), "count"), *found]
        if not found and q.top and q.top.kind and (one := self._kind(q.top.kind)):
            found = [Measure((), "max" if q.top.descending else "min", one)]
        if not found:
            if not q.computed and not q.top:
                raise Puzzled(
                    "it is not said what is counted or added up in each group", tuple(f.label for f in self.schema.numbers())
                )
            logged = bool(q.top) and not q.computed and all(t.part == "log" for t in self.schema.tables)
            found = (
                [Measure((), "count")]
                if logged
                else [Measure((), "sum")]
                if (q.computed or self.default or not self._counts_only())
                else [Measure((), "count")]
            )
        return list({(m.fn, m.field): m for m in reversed([self._filled(m) for m in found])}.values())[::-1]

    def _counts_only(self) -> bool:
        return not self.schema.numbers()

    def _kind(self, kind: str) -> Field | None:
        hints = {"price": {"price", "cost"}, "date": {"date"}, "days": {"day", "days"}}.get(kind, set())
        found = [f for f in self.schema.fields if set(key(f.label)) & hints]
        return found[0] if len(found) == 1 else None

    def _filled(self, one: Measure) -> Measure:
        field_, fn = one.field, one.fn
        if fn == "auto" and field_ is not None:
            rate = bool(set(key(field_.label)) & RATES)
            down = self.query.top.descending if self.query.top else True
            fn = ("max" if down else "min") if rate else "sum"
        if field_ is None and fn not in ("count",):
            field_ = self.query.computed[-1] if self.query.computed else self.default
            if field_ is None:
                options = tuple(f.label for f in self.schema.numbers())
                raise Puzzled("it is not said what is to be added up", options, one.span)
        return replace(one, fn=fn, field=field_)

    def label(self, one: Measure) -> str:
        """The name of a measure in the result."""
        if one.fn == "count" and one.field is None:
            return f"{one.noun}" if one.noun in ("requests", "orders", "rows") else "count"
        base = (one.field.label if one.field else "").rsplit(".", 1)[-1]
        if one.field and one.field.column is None and base in ("total",):
            return {"sum": "total", "mean": "average"}.get(one.fn, f"{NAMES.get(one.fn, one.fn)}_{base}")
        return f"{NAMES.get(one.fn, one.fn)}_{base.strip().lower().replace(' ', '_')}"

    # ------------------------------------------------------------------ shapes
    def group(self) -> None:
        keys = self.keys()
        names = [self.derive(f) for f in keys]
        measures = self.measures()
        aggregates: list[Json] = []
        labels: list[str] = []
        for m in measures:
            if m.field is not None:
                self.derive(m.field)
        self._counted_tables(measures)
        for m in measures:
            fn, column = self._once(m)
            label = self.label(m)
            while label in labels or label in names:
                label += "_"
            labels.append(label)
            aggregates.append({"name": label, "fn": fn, **({"column": column} if column else {})})
        self._drop_blank_keys(keys, names)
        self.out.steps.append({"do": "group", "by": list(names), "aggregates": aggregates})
        for m, label in zip(measures, labels, strict=True):
            if m.above is not None:
                self.out.steps.append({"do": "filter", "where": {"column": label, "op": m.above[0], "value": m.above[1]}})
        self.out.keys, self.out.numbers = names, labels
        self.out.dated = next((f.name for f in keys if self._temporal(f)), "")
        self.windows()
        self.order_groups(keys, names, labels)
        self.rename(keys, names, labels)
        self.finish([*names_of(self.out, labels)])

    def finish(self, numbers: list[str]) -> None:
        """Rounding, last of all."""
        for one in (f for f in self.query.finishes if f.do == "round"):
            for name in (n for n in numbers if not one.of or n == one.of or n.startswith(f"{NAMES.get(one.of, one.of)}_")):
                rounded: Json = {"op": "round", "args": [{"column": name}, {"value": one.value}]}
                self.out.steps.append({"do": "derive", "name": name, "expr": rounded})

    def _counted_tables(self, measures: list[Measure]) -> None:
        """Rows of a named table are counted in that table."""
        for m in measures:
            if (at := self._counted(m)) is not None:
                self.used.add(at)

    def _counted(self, one: Measure) -> int | None:
        """The table whose rows a count is about, when it says so."""
        if one.fn != "count" or one.field is not None or not one.noun:
            return None
        named = next((at for at, table in enumerate(self.schema.tables) if stem(one.noun) == key(title(table))[-1]), None)
        people = [
            at for at in range(len(self.schema.tables)) if any(key(f.label)[-1:] == ("name",) for f in self.schema.of_table(at))
        ]
        return (
            people[0] if named is None and len(people) == 1 and stem(one.noun) in ("people", "person", "head", "staff") else named
        )

    def _once(self, one: Measure) -> tuple[str, str]:
        """The function and the column of a measure; rows that a join repeats are counted once, by their key."""
        if one.field is not None:
            return one.fn, self.derive(one.field)
        at = self._counted(one)
        if (partner := self._partner()) is not None:
            return one.fn, partner.name
        if at is None or not any(self.schema.tables[n].rows > self.schema.tables[at].rows for n in self.used - {at}):
            return one.fn, ""
        keys = [f for f in self.schema.of_table(at) if key(f.label) == ("id",)] or [
            f for f in self.schema.of_table(at) if is_key(f) and f.column and f.column.distinct >= self.schema.tables[at].rows
        ]
        return ("count_distinct", keys[0].name) if keys else (one.fn, "")

    def _partner(self) -> Field | None:
        """What is counted when rows without a partner stay: the key of the other table, which they have not."""
        kept = next((f for c in self.query.cleans if c.do == "left" for f in c.fields), None)
        if kept is None:
            return None
        others = [f for f in self.schema.fields if f.tables != kept.tables and f.column and not f.column.blanks]
        keys = [f for f in others if f.column and f.column.distinct >= self.schema.tables[min(f.tables)].rows]
        if not keys:
            raise Puzzled("it is not said what is counted", remedy="name the column whose values are counted")
        self.used |= keys[0].tables | kept.tables
        return keys[0]

    def _temporal(self, one: Field) -> bool:
        return one.temporal or (
            one.column is None and one.name in ("month", "quarter", "year", "week", "date", "weekday", "hour")
        )

    def _drop_blank_keys(self, keys: Iterable[Field], names: list[str]) -> None:
        if self.keep_blank:
            return
        blank: list[Json] = []
        for one, name in zip(keys, names, strict=True):
            parts = one.expr.get("args")
            used = [part.get("column") for part in parts if isinstance(part, dict)] if isinstance(parts, list) else []
            holes = (
                one.column.blanks
                if one.column
                else max((f.column.blanks for f in self.schema.fields if f.column and f.name in used), default=0)
            )
            if holes:
                blank.append({"column": name, "op": "notblank"})
                self.out.notes.append(f"{holes} rows without a {one.label} are left out")
        if blank:
            where: Json = blank[0] if len(blank) == 1 else {"all": blank}
            self.out.steps.append({"do": "filter", "where": where})

    def windows(self) -> None:
        """Columns that compare rows: share, running total, change."""
        for one in (w for w in self.query.windows if w.count is None):
            if not self.out.numbers:
                raise Puzzled("it is not said of what", span=one.span)
            column = self.out.numbers[0]
            dated = self.out.dated
            order: list[Json] = [{"column": dated, "descending": False}] if dated else []
            by: list[Json] = (
                [k for k in self.out.keys if k != dated] if one.fn in ("change", "change_percent", "running_sum") else []
            )
            if one.fn in ("change", "change_percent", "running_sum") and not dated:
                raise Puzzled(
                    "changes need something that goes on in time, such as months",
                    span=one.span,
                    remedy="say per month, per quarter or per year",
                )
            if one.fn == "rank":
                order = [{"column": column, "descending": True}]
            self.out.steps.append({"do": "window", "name": one.fn, "fn": one.fn, "column": column, "by": by, "order": order})
            self.out.numbers.append(one.fn)

    def order_groups(self, keys: tuple[Field, ...], names: list[str], labels: list[str]) -> None:
        q = self.query
        if q.top is not None:
            column = self._ranked_by(q.top, labels)
            self.out.steps.append({"do": "sort", "by": [{"column": column, "descending": q.top.descending}]})
            if q.top.count is not None:
                per: list[Json] = (
                    [n for f, n in zip(keys, names, strict=True) if f in q.group and f != q.top.entity]
                    if q.top.entity is not None
                    else []
                )
                self._cut(q.top, column, per)
                if per:
                    self.out.steps.append(
                        {
                            "do": "sort",
                            "by": [
                                *({"column": p, "descending": False} for p in per),
                                {"column": column, "descending": q.top.descending},
                            ],
                        }
                    )
            return
        wanted = self.sort_keys(names, labels)
        default: list[Json] = [{"column": n, "descending": False} for n in names]
        if wanted or default:
            self.out.steps.append({"do": "sort", "by": wanted or default})

    def _cut(self, top: Top, column: str, per: list[Json]) -> None:
        """The first rows, or the one place that is asked for."""
        if not top.nth:
            self.out.steps.append({"do": "limit", "count": top.count, "per": per})
            return
        order: Json = [{"column": column, "descending": top.descending}]
        placed: list[Json] = [
            {"do": "derive", "name": "_one", "expr": {"value": 1}},
            {"do": "window", "name": "_place", "fn": "running_sum", "by": per, "order": order, "column": "_one"},
            {"do": "filter", "where": {"column": "_place", "op": "eq", "value": top.nth}},
            {"do": "drop", "columns": ["_one", "_place"]},
        ]
        self.out.steps += placed

    def _ranked_by(self, top: Top, labels: list[str]) -> str:
        """The measure that decides who is first."""
        for label, m in zip(labels, self.measures(), strict=False):
            if top.by is not None and m.field == top.by.field and top.by.fn in (m.fn, "auto"):
                return label
            if top.by is None and top.common and m.fn == "count":
                return label
        return labels[0]

    def sort_keys(self, names: list[str], labels: list[str]) -> list[Json]:
        found: list[Json] = []
        for one in self.query.sorts:
            if one.kind == "alphabet" and names:
                found.append({"column": names[0], "descending": False})
            elif one.kind == "date" and self.out.dated:
                found.append({"column": self.out.dated, "descending": one.descending})
            elif one.fn and (hit := [label for label, m in zip(labels, self.measures(), strict=False) if m.fn == one.fn]):
                found.append({"column": hit[0], "descending": one.descending})
            elif one.field is not None and one.field.name in names:
                found.append({"column": one.field.name, "descending": one.descending})
            elif one.field is not None:
                hit = [label for label, m in zip(labels, self.measures(), strict=False) if m.field == one.field]
                found.append({"column": (hit or labels)[0], "descending": one.descending})
            elif labels:
                found.append({"column": self._leading(labels), "descending": one.descending})
        return found

    def _leading(self, labels: list[str]) -> str:
        """The measure that decides an order when none is named: an amount rather than a count of rows."""
        amounts = [label for label, m in zip(labels, self.measures(), strict=False) if m.field is not None]
        return (amounts or labels)[0]

    def rename(self, keys: tuple[Field, ...], names: list[str], labels: list[str]) -> None:
        """Keys first, in the order they were asked for; a key that is told apart by its table gets its own name again."""
        wanted = [f for f in self.query.select if f in keys]
        ordered = [*wanted, *(f for f in keys if f not in wanted)] if wanted else list(keys)
        extra = [w for w in self.out.numbers if w not in labels]
        plain = [f.label.rsplit(".", 1)[-1] for f in ordered]
        show = [f.label if plain.count(p) > 1 or p in labels else p for f, p in zip(ordered, plain, strict=True)]
        columns: list[Json] = [{"column": f.name, "name": s} for f, s in zip(ordered, show, strict=True)]
        columns.extend({"column": name, "name": name} for name in (*labels, *extra))
        self.out.steps.append({"do": "select", "columns": columns})
        self.out.dated = next((s for f, s in zip(ordered, show, strict=True) if f.name == self.out.dated), "")
        self.out.keys = show
        self.out.columns = [*show, *labels, *extra]

    def pivot(self) -> None:
        q = self.query
        rows = [f for a in q.across for f in a.rows]
        columns = [f for a in q.across for f in a.columns]
        left = [f for f in (*q.group, *q.select) if f not in rows and f not in columns and not f.numeric]
        while left and not rows:
            rows.append(left.pop(0))
        while left and not columns:
            columns.append(left.pop(0))
        rows += left
        if not rows or len(columns) != 1:
            raise Puzzled(
                "a pivot table needs something down the side and one thing across the top",
                remedy="say which column gives the rows and which the columns",
            )
        chosen = next((f for f in q.select if f.numeric), None)
        if not q.measures and chosen is None and not q.computed:
            raise Puzzled("it is not said what stands in the cells", tuple(f.label for f in self.schema.numbers()))
        q.measures = q.measures or [Measure((), "sum", chosen)]
        m = self.measures()[0]
        names = [self.derive(f) for f in rows]
        across = self.derive(columns[0])
        value = self.derive(m.field) if m.field is not None else ""
        self._drop_blank_keys([*rows, *columns], [*names, across])
        self.out.steps.append({"do": "pivot", "rows": list(names), "columns": across, "values": value, "fn": m.fn})
        self.out.steps.append({"do": "sort", "by": [{"column": n, "descending": False} for n in names]})
        self.out.keys, self.out.pivoted = names, True
        self.out.dated = next((f.name for f in rows if self._temporal(f)), "")
        self.out.numbers = list(columns[0].column.values) if columns[0].column and columns[0].column.distinct <= 60 else []

    def rows(self) -> None:
        """Rows as they are: ordered, cut, with the columns wanted."""
        q = self.query
        keys: list[Json] = []
        top = q.top
        if any(w.count is None for w in q.windows):
            raise Puzzled("it is not said of which groups", span=q.windows[0].span, remedy="say per month, per region and so on")
        if top is not None:
            one = self._row_measure(top)
            keys.append({"column": self.derive(one), "descending": top.descending})
        for s in q.sorts:
            found = s.field or self._sort_field(s.kind)
            if found is None:
                options = tuple(f.label for f in self.schema.numbers())
                raise Puzzled("it is not said what to sort by", options, s.span)
            keys.append({"column": self.derive(found), "descending": s.descending})
        if keys:
            self.out.steps.append({"do": "sort", "by": keys})
        if top is not None and top.count is not None:
            self._cut(top, self.derive(self._row_measure(top)), [self.derive(f) for f in q.group])
        wanted = tuple(f for f in q.select)
        if top is not None and top.entity is not None and wanted and top.entity not in wanted:
            wanted = (top.entity, *wanted)
        if wanted and any(f.column is not None for f in wanted):
            used = {f.name for one in q.filters for f in one.fields}
            if top is not None and top.by is not None and top.by.field is not None:
                used.add(top.by.field.name)
            wanted = tuple(dict.fromkeys((*wanted, *(f for f in q.computed if f.name not in used))))
        for f in wanted:
            self.derive(f)
        self._select(wanted)
        numeric = {f.name for f in (*self.schema.fields, *q.computed, *wanted) if f.numeric and not is_key(f)}
        self.finish([name for name in self.out.columns if name in numeric])

    def _select(self, wanted: tuple[Field, ...]) -> None:
        if wanted and any(f.column is not None for f in wanted):
            plain = [f.label.rsplit(".", 1)[-1] if "." in f.label else f.label for f in wanted]
            show = [f.label if plain.count(p) > 1 else p for f, p in zip(wanted, plain, strict=True)]
            self.out.steps.append(
                {"do": "select", "columns": [{"column": f.name, "name": s} for f, s in zip(wanted, show, strict=True)]}
            )
            self.out.columns = show
        else:
            asked = {f.name for f in (*self.query.computed, *wanted)}
            hidden: list[Json] = list[Json](sorted(self.derived - asked))
            if hidden:
                self.out.steps.append({"do": "drop", "columns": hidden})
            fields = [f for at in sorted(self.used or {0}) for f in self.schema.of_table(at)]
            self.out.columns = [f.name for f in fields] + sorted(asked)

    def _row_measure(self, top: Top) -> Field:
        if top.by is not None and top.by.field is not None:
            return top.by.field
        if top.kind and (one := self._sort_field(top.kind)):
            return one
        found = self.query.computed[-1] if self.query.computed else self.default
        if found is None:
            raise Puzzled("it is not said by what to rank", tuple(f.label for f in self.schema.numbers()), top.span)
        return found

    def _sort_field(self, kind: str) -> Field | None:
        schema = self.schema
        if kind == "alphabet":
            named = [f for f in self.query.select if f.type == "text"] or [
                f for f in schema.fields if key(f.label)[-1:] == ("name",)
            ]
            texts = [f for f in schema.fields if f.type == "text" and not is_key(f)]
            return (named or texts or [None])[0]
        pool = [f for f in self.query.select if f.column] or list(schema.fields)
        if kind == "date":
            dates = (
                [f for f in pool if f.temporal]
                or [f for f in schema.fields if f.temporal]
                or [f for f in schema.fields if f.numeric and key(f.label)[-1:] == ("year",)]
            )
            return dates[0] if len(dates) == 1 else None
        if kind == "price":
            found = [f for f in schema.numbers() if set(key(f.label)) & {"price", "cost"}]
            return found[0] if len(found) == 1 else None
        if kind == "days":
            if self.query.computed:
                return self.query.computed[-1]
            found = [f for f in schema.numbers() if set(key(f.label)) & {"day", "days", "length", "duration"}]
            found = found or [f for f in pool if f.numeric and not is_key(f)]
            return (
                found[0] if len(found) == 1 else next((f for q in self.query.filters for f in q.fields if f.name == "days"), None)
            )
        numbers = [f for f in pool if f.numeric and not is_key(f)]
        filtered = [f for q in self.query.filters for f in q.fields if f.numeric and not is_key(f)]
        if len(numbers) != 1 and len({f.name for f in filtered}) == 1:
            return filtered[0]
        return numbers[0] if len(numbers) == 1 else self.default


def names_of(built: Built, labels: list[str]) -> list[str]:
    """The columns of a result that hold numbers."""
    return [name for name in built.columns if name in labels or name in built.numbers]


def totals_of(query: Query, built: Built) -> list[str]:
    """The columns of a grouped result that a line of totals can add up: sums and counts of rows."""
    prefixes = (NAMES["sum"], NAMES["count"], "requests", "orders", "rows")
    adds = all(m.fn in ("sum", "count", "auto") for m in query.measures)
    return [n for n in built.numbers if adds and n.startswith(prefixes)] if not query.windows else []


def joinable(tables: tuple[Table, ...], left: int, right: int) -> tuple[str, str] | None:
    """The columns on which two tables meet: the same key, or `<table>_id` and `id`; by name and by values in common."""
    found: list[tuple[int, str, str]] = []
    for a in tables[left].columns:
        for b in tables[right].columns:
            score = _meets(key(title(tables[left])), a.name, key(title(tables[right])), b.name)
            if score and (set(a.values) & set(b.values) or not a.values or not b.values or (a.distinct > 60 and b.distinct > 60)):
                found.append((score, a.name, b.name))
    if not found:
        return None
    best = max(found)
    return best[1], best[2]


def _meets(left: tuple[str, ...], a: str, right: tuple[str, ...], b: str) -> int:
    one, two = key(a), key(b)
    if one == two and one != ("id",) and one[-1] in ("id", "sku", "code", "no", "nr", "number", "key"):
        return 3
    if two == ("id",) and one == (right[-1], "id"):
        return 4
    if one == ("id",) and two == (left[-1], "id"):
        return 4
    if one == two and one not in (("id",), ("name",), ("date",), ("city",), ("note",), ("amount",)):
        return 1
    return 0
