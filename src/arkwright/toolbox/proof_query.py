"""A question over tables, computed row by row in plain Python: the second path to every number."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime
from decimal import Decimal

from .fault import Fault
from .proof_functions import FUNCTIONS
from .proof_heaps import Heap, folded, heap_of
from .proof_tables import Table, fixed, record_tables, tables_of
from .proof_values import WEEKDAYS, Value, moment, number
from .proof_windows import steady, windowed

Row = dict[str, Value]


class Answer:
    """Rows with their column order; `tied` holds rows that could stand at the cut of a top-n as well."""

    def __init__(self, columns: list[str], rows: Iterable[Row]) -> None:
        self.columns, self.rows = columns, rows
        self.tied: list[Row] = []
        self.cut: list[Row] = []


def compute(question: dict) -> Answer:
    """The answer to a question: {"tables": {name: source}, "steps": [...]}; a step that does not fit is a Fault."""
    tables = {name: load(source) for name, source in question["tables"].items()}
    wanted = _mentioned(question["steps"])
    for table in tables.values() if wanted is not None else ():
        table.wanted = {c for c in table.columns if c in wanted or any(w.endswith(f".{c}") for w in wanted)}
    state = Answer([], [])
    for step in question["steps"]:
        state = STEPS[step["do"]](state, step, tables)
    state.rows = list(state.rows)
    return state


def _mentioned(steps: list[dict]) -> set[str] | None:
    """Every text in the steps, among them the columns that are needed; None when all columns are."""
    if not any(s["do"] in ("pick", "group", "pivot", "dropped") for s in steps) or any(s["do"] == "union" for s in steps):
        return None
    if any(s["do"] == "dedupe" and not s["on"] for s in steps):
        return None
    found: set[str] = set()
    waiting: list[object] = list(steps)
    while waiting:
        item = waiting.pop()
        if isinstance(item, str):
            found.add(item)
        elif isinstance(item, dict):
            waiting += item.values()
        elif isinstance(item, list):
            waiting += item
    return found


def load(source: dict) -> Table:
    """The table a source names: a file's part, records at hand, or a grid at hand."""
    if "records" in source:
        found = record_tables(source["records"])
        part = source.get("part", "")
        return next((t for t in found if t.name == part), found[0]).learn()
    if "question" in source:
        inner = compute(source["question"])
        table = fixed("", inner.columns, [[r[c] for c in inner.columns] for r in inner.rows])
        return table.learn()
    if "grid" in source:
        head, *body = source["grid"]
        return fixed("", [str(c) for c in head], body).learn()
    tables = tables_of(source["path"])
    part = source.get("part")
    for table in tables:
        if part is None or table.name == part:
            return table
    raise Fault("missing", f"{source['path']!r} has no table {part!r}")


def _from(_: Answer, step: dict, tables: dict[str, Table]) -> Answer:
    table = tables[step["table"]]
    return Answer(list(table.columns), table.rows(table.wanted))


def _need(state: Answer, *columns: str) -> None:
    for column in columns:
        if column not in state.columns:
            raise Fault("missing", f"there is no column {column!r} in {state.columns}")


def _join(state: Answer, step: dict, tables: dict[str, Table]) -> Answer:
    other = tables[step["table"]]
    _need(state, step["left"])
    names = {c: (c if c not in state.columns else f"{step['table']}.{c}") for c in other.columns}
    index: dict[Value, list[Row]] = {}
    for row in other.rows({*(other.wanted or other.columns), step["right"]}):
        index.setdefault(folded(row[step["right"]]), []).append({names[c]: v for c, v in row.items()})
    empty: Row = {names[c]: None for c in other.columns if other.wanted is None or c in other.wanted or c == step["right"]}

    def rows() -> Iterator[Row]:
        for row in state.rows:
            key = folded(row[step["left"]])
            matches = index.get(key, []) if key is not None else []
            if not matches and step.get("how") in ("left", "anti"):
                yield {**row, **empty}
            elif step.get("how") != "anti":
                for match in matches:
                    yield {**row, **match}

    return Answer([*state.columns, *names.values()], rows())


def _union(_: Answer, step: dict, tables: dict[str, Table]) -> Answer:
    first = tables[step["tables"][0]]
    tag, labels = step.get("tag", ""), step.get("labels", {})

    def rows() -> Iterator[Row]:
        for name in step["tables"]:
            for row in tables[name].rows():
                yield {**row, **({tag: labels.get(name, name)} if tag else {})}

    for name in step["tables"][1:]:
        if [c.casefold() for c in tables[name].columns] != [c.casefold() for c in first.columns]:
            raise Fault("shape", f"{name!r} has other columns than the first table")
    return Answer([*first.columns, *([tag] if tag else [])], rows())


def _where(state: Answer, step: dict, _: dict[str, Table]) -> Answer:
    test = _condition(step["cond"], state)
    return Answer(state.columns, (r for r in state.rows if test(r)))


def _condition(cond: dict, state: Answer) -> Callable[[Row], bool]:
    if "all" in cond:
        tests = [_condition(c, state) for c in cond["all"]]
        return lambda r: all(t(r) for t in tests)
    if "any" in cond:
        tests = [_condition(c, state) for c in cond["any"]]
        return lambda r: any(t(r) for t in tests)
    if "not" in cond:
        test = _condition(cond["not"], state)
        return lambda r: not test(r)
    _need(state, cond["column"])
    column, op, value = cond["column"], cond["op"], cond.get("value")
    if isinstance(value, dict):
        other = value["column"]
        _need(state, other)
        return lambda r: _test(r[column], op, r[other])
    return lambda r: _test(r[column], op, value)


def _test(cell: Value, op: str, value: object) -> bool:
    if op == "blank":
        return cell is None
    if op == "notblank":
        return cell is not None
    if cell is None or value is None:
        return op == "ne" and value is not None
    if op in ("contains", "starts", "ends"):
        text, part = str(cell).casefold(), str(value).casefold()
        return part in text if op == "contains" else text.startswith(part) if op == "starts" else text.endswith(part)
    if op == "between":
        low, high = value  # type: ignore[misc]
        return _test(cell, "ge", low) and _test(cell, "le", high)
    if op == "in":
        return any(_test(cell, "eq", v) for v in value)  # type: ignore[union-attr]
    left, right = _alike(cell, value)
    return {"eq": left == right, "ne": left != right}[op] if op in ("eq", "ne") else _order(left, op, right)


def _order(left: object, op: str, right: object) -> bool:
    if isinstance(left, str) and isinstance(right, str):
        raise Fault("type", f"{left!r} is not a number or a date, so it has no order against {right!r}")
    return {"gt": left > right, "ge": left >= right, "lt": left < right, "le": left <= right}[op]  # type: ignore[operator]


def _alike(cell: Value, value: object) -> tuple[object, object]:
    if isinstance(cell, bool):
        return ("true" if cell else "false"), str(value).casefold()
    if isinstance(cell, Decimal):
        got = number(value)
        return (cell, got) if got is not None else (str(cell), str(value))
    if isinstance(cell, date):
        when = moment(value)
        if when is None:
            raise Fault("type", f"{value!r} is not a date")
        if isinstance(cell, datetime) and not isinstance(when, datetime):
            cell = cell.date()
        if isinstance(when, datetime) and not isinstance(cell, datetime):
            when = when.date()
        return cell, when
    return str(cell).casefold(), str(value).casefold()


def _derive(state: Answer, step: dict, _: dict[str, Table]) -> Answer:
    name, make = step["name"], _expression(step["expr"], state)
    columns = state.columns if name in state.columns else [*state.columns, name]
    return Answer(columns, ({**r, name: make(r)} for r in state.rows))


def _expression(expr: dict, state: Answer) -> Callable[[Row], Value]:
    if "column" in expr:
        column = expr["column"]
        _need(state, column)
        return lambda r: r[column]
    if "value" in expr:
        value = number(expr["value"]) if number(expr["value"]) is not None else expr["value"]
        return lambda r: value
    parts = [_expression(a, state) for a in expr["args"]]
    op = FUNCTIONS[expr["op"]]

    def make(row: Row) -> Value:
        values = [p(row) for p in parts]
        return None if any(v is None for v in values) else op(*values)

    return make


def _group(state: Answer, step: dict, _: dict[str, Table]) -> Answer:
    by, aggregates = step["by"], step["aggregates"]
    _need(state, *by, *[a["column"] for a in aggregates if a.get("column")])
    groups: dict[tuple, list[Heap]] = {}
    labels: dict[tuple, Row] = {}
    exact, columns = bool(step.get("exact")), [a.get("column") for a in aggregates]
    for row in state.rows:
        key = tuple([row[c] if exact else folded(row[c]) for c in by])
        heaps = groups.get(key)
        if heaps is None:
            heaps = groups[key] = [heap_of(a["fn"]) for a in aggregates]
            labels[key] = {c: row[c] for c in by}
        for heap, column in zip(heaps, columns, strict=True):
            value = row[column] if column else True
            if value is not None:
                heap.add(value)
    if not by and not groups:
        groups[()], labels[()] = [heap_of(a["fn"]) for a in aggregates], {}
    rows = [
        {**labels[k], **{a["name"]: heap.value() for a, heap in zip(aggregates, heaps, strict=True)}}
        for k, heaps in groups.items()
    ]
    return Answer([*by, *[a["name"] for a in aggregates]], rows)


def _pivot(state: Answer, step: dict, tables: dict[str, Table]) -> Answer:
    rows, across, values = step["rows"], step["across"], step["values"]
    cells = list(
        _group(
            state,
            {
                "by": [*rows, across],
                "aggregates": [{"name": "v", "fn": step["fn"], "column": values}],
                "exact": step.get("exact"),
            },
            tables,
        ).rows
    )
    heads = sorted({_show(c[across]) for c in cells})
    out: dict[tuple, Row] = {}
    for cell in cells:
        key = tuple(folded(cell[r]) for r in rows)
        line = out.setdefault(key, {**{r: cell[r] for r in rows}, **dict.fromkeys(heads)})
        line[_show(cell[across])] = cell["v"]
    return Answer([*rows, *heads], list(out.values()))


def _show(value: Value) -> str:
    return "(blank)" if value is None else str(value)


def _sort(state: Answer, step: dict, _: dict[str, Table]) -> Answer:
    rows = list(state.rows)
    for key in reversed(step["by"]):
        _need(state, key["column"])
        rows = _sorted(rows, key)
    return Answer(state.columns, rows)


def _sorted(rows: list[Row], key: dict) -> list[Row]:
    column = key["column"]
    filled = [r for r in rows if r[column] is not None]
    filled.sort(key=lambda r: _rank(r[column]), reverse=bool(key.get("descending")))
    return filled + [r for r in rows if r[column] is None]


def _rank(value: Value) -> tuple:
    if isinstance(value, str) and value.casefold() in WEEKDAYS:
        return (2, str(WEEKDAYS.index(value.casefold())))
    if isinstance(value, datetime):
        return (1, value)
    if isinstance(value, date):
        return (1, datetime(value.year, value.month, value.day))
    if isinstance(value, Decimal):
        return (0, value)
    return (2, str(value).casefold())


def _top(state: Answer, step: dict, _: dict[str, Table]) -> Answer:
    """The first n rows (per group) by a column; rows as good as the last one taken are remembered as tied."""
    column, n, per = step["column"], step["count"], step.get("per", [])
    _need(state, column, *per)
    groups: dict[tuple, list[Row]] = {}
    for row in state.rows:
        groups.setdefault(tuple(folded(row[c]) for c in per), []).append(row)
    out = Answer(state.columns, [])
    kept: list[Row] = []
    for rows in groups.values():
        ranked = [r for r in _sorted(rows, step) if r[column] is not None]
        skip = step.get("skip", 0)
        if skip:
            near = [_rank(r[column]) for r in ranked[: skip + n + 1]]
            out.tied += ranked[:1] if len(set(near)) < len(near) else []
            ranked = ranked[skip:]
        kept += ranked[:n]
        if len(ranked) > n and _rank(ranked[n][column]) == _rank(ranked[n - 1][column]):
            edge = _rank(ranked[n - 1][column])
            out.cut += [r for r in ranked[:n] if _rank(r[column]) == edge]
            out.tied += [r for r in ranked[n:] if _rank(r[column]) == edge]
    out.rows = kept
    return out


def _dedupe(state: Answer, step: dict, _: dict[str, Table]) -> Answer:
    on = step["on"] or state.columns
    _need(state, *on)
    kept: dict[tuple, Row] = {}
    for row in state.rows:
        key = tuple(folded(row[c]) for c in on)
        if key not in kept or step.get("keep") == "last":
            kept[key] = row
    return Answer(state.columns, list(kept.values()))


def _dropped(state: Answer, step: dict, _: dict[str, Table]) -> Answer:
    """How many rows repeat an earlier one in `on`."""
    _need(state, *step["on"])
    keys = [tuple(folded(row[c]) for c in step["on"]) for row in state.rows]
    return Answer([step["name"]], [{step["name"]: Decimal(len(keys) - len(set(keys)))}])


def _repeated(state: Answer, step: dict, _: dict[str, Table]) -> Answer:
    """The rows whose values in `on` occur more than once."""
    rows = list(state.rows)
    counts: dict[tuple, int] = {}
    for row in rows:
        key = tuple(folded(row[c]) for c in step["on"])
        counts[key] = counts.get(key, 0) + 1
    return Answer(state.columns, [r for r in rows if counts[tuple(folded(r[c]) for c in step["on"])] > 1])


def _window(state: Answer, step: dict, _: dict[str, Table]) -> Answer:
    """change, percent (change in percent), running or share (in percent) of a column, in the present order of rows, per group."""
    _need(state, step["column"], *step.get("per", []))
    groups: dict[tuple, list[Row]] = {}
    for row in state.rows:
        groups.setdefault(tuple(folded(row[c]) for c in step.get("per", [])), []).append(row)
    out: list[Row] = []
    for rows in groups.values():
        if step.get("steady"):
            steady([str(r[step["steady"]]) for r in rows])
        made = windowed([r[step["column"]] for r in rows], step["fn"])
        out += [{**r, step["name"]: v} for r, v in zip(rows, made, strict=True)]
    return Answer([*state.columns, step["name"]], out)


def _pick(state: Answer, step: dict, _: dict[str, Table]) -> Answer:
    _need(state, *step["columns"])
    out = Answer(step["columns"], ({c: r[c] for c in step["columns"]} for r in state.rows))
    out.cut = [{c: r[c] for c in step["columns"]} for r in state.cut]
    out.tied = [{c: r[c] for c in step["columns"]} for r in state.tied]
    return out


STEPS: dict[str, Callable[[Answer, dict, dict[str, Table]], Answer]] = {
    "from": _from, "join": _join, "union": _union, "where": _where, "derive": _derive, "group": _group, "pivot": _pivot, "sort": _sort,  # noqa: E501
    "top": _top, "dedupe": _dedupe, "dropped": _dropped, "repeated": _repeated, "window": _window, "pick": _pick,
}  # fmt: skip
