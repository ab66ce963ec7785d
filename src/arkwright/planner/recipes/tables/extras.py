"""Extras: what is worked out beside a result: rows that were dropped, totals of a pivot table, whole tables put into one file."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from arkwright.core.json import Json, Object, ref
from arkwright.core.survey import Table
from arkwright.planner.reading import Drafting
from arkwright.planner.recipes.tables.query import Query, Wish
from arkwright.planner.recipes.tables.schema import title
from arkwright.planner.recipes.tables.steps import Built, Puzzled

Run = Callable[[Query, Built], Json]
CELL = "cell"


def dropped(draft: Drafting, query: Query, source: Json, kept: Json) -> None:
    """Say how many rows of the source are not among those that were kept."""
    if query.filters or not any(c.do == "distinct" for c in query.cleans):
        raise Puzzled("it is not said which rows are dropped", remedy="say what makes a row a double")
    one: Object = {"do": "derive", "name": "one", "expr": {"value": 1}}
    counted: list[Json] = []
    for name, table in (("before", source), ("after", kept)):
        count: Object = {"do": "group", "by": [], "aggregates": [{"name": name, "fn": "count"}]}
        counted.append(
            ref(draft.task(f"count the rows {name}", "tables.query", {"inputs": {"rows": table}, "steps": [count, one]}))
        )
    pair: list[Json] = [{"column": "before"}, {"column": "after"}]
    steps: list[Json] = [
        {"do": "join", "with": "after", "on": [{"left": "one", "right": "one"}], "how": "inner"},
        {"do": "derive", "name": "dropped", "expr": {"op": "sub", "args": pair}},
        {"do": "select", "columns": [{"column": "dropped", "name": "dropped"}]},
    ]
    inputs: Object = {"before": counted[0], "after": counted[1]}
    table = ref(draft.task("count what was dropped", "tables.query", {"inputs": inputs, "steps": steps}))
    task = draft.task("read dropped", "tables.value", {"table": table, "column": "dropped"})
    draft.require("how many rows were dropped", task)
    draft.say(ref(task), " rows were dropped.\n")


def crossed(draft: Drafting, run: Run, query: Query, built: Built, *, across: bool) -> Json:
    """A pivot table with a total under each column, and (`across`) one behind each row."""
    pivot, order = (built.steps[-2], built.steps[-1]) if len(built.steps) > 1 else (None, None)
    if not isinstance(pivot, dict) or not isinstance(order, dict) or pivot.get("do") != "pivot" or order.get("do") != "sort":
        raise Puzzled("this pivot table has no totals", remedy="ask for sums or counts of one thing against another")
    rows, column, fn = pivot["rows"], str(pivot["columns"]), pivot["fn"]
    if not isinstance(rows, list) or len(rows) != 1 or fn not in ("sum", "count"):
        raise Puzzled("these figures have no total", remedy="ask for sums or counts, with one thing down the side")
    row = str(rows[0])
    base = run(query, replace(built, steps=built.steps[:-2]))
    cells: Object = {"name": CELL, "fn": fn, **({"column": pivot["values"]} if pivot.get("values") else {})}

    def part(goal: str, by: Sequence[str]) -> Json:
        group: Object = {"do": "group", "by": list(by), "aggregates": [cells]}
        named = [name for name in (row, column) if name not in by]
        totals: list[Json] = [{"do": "derive", "name": name, "expr": {"value": "Total"}} for name in named]
        texts: list[Json] = [
            {"do": "derive", "name": name, "expr": {"op": "text", "args": [{"column": name}]}}
            for name in (row, column)
            if name in by
        ]
        picked: list[Json] = [{"column": name, "name": name} for name in (row, column, CELL)]
        chosen: Object = {"do": "select", "columns": picked}
        every: list[Json] = [group, *totals, *texts, chosen]
        return ref(draft.task(goal, "tables.query", {"inputs": {"rows": base}, "steps": every}))

    def laid(goal: str, *parts: Json, sorts: bool) -> Json:
        inputs: Object = {f"part_{n}": one for n, one in enumerate(parts, 1)}
        steps: list[Json] = [{"do": "union", "with": [f"part_{n}" for n in range(2, len(parts) + 1)]}] if len(parts) > 1 else []
        steps.append({"do": "pivot", "rows": [row], "columns": column, "values": CELL, "fn": "sum"})
        if sorts:
            steps.append(order)
        return ref(draft.task(goal, "tables.query", {"inputs": inputs, "steps": steps}))

    inner = [part("fill the cells", (row, column)), *([part("add up the rows", (row,))] if across else [])]
    under = [part("add up the columns", (column,)), *([part("add up everything", ())] if across else [])]
    body, foot = laid("lay out the table", *inner, sorts=True), laid("lay out the totals", *under, sorts=False)
    inputs: Object = {"rows": body, "total": foot}
    task = draft.task(
        "put the totals under the table", "tables.query", {"inputs": inputs, "steps": [{"do": "union", "with": ["total"]}]}
    )
    draft.require("totals", task)
    return ref(task)


def copied(draft: Drafting, wish: Wish, tables: Sequence[Table], read: Callable[[int], Json]) -> bool:
    """Save every table as it is, each as a table or sheet of one new file; whether that is what is wanted."""
    sinks = [s for q in wish.queries for s in q.sinks]
    apart = any(c.do == "apart" for q in wish.queries for c in q.cleans)
    plain = all(not q.filters and not ({c.do for c in q.cleans} - {"apart", "convert", "whole"}) for q in wish.queries)
    bare = plain and all(not (q.grouped or q.select or q.windows or q.sorts or q.draws) for q in wish.queries) and not wish.report
    places = {(s.format, s.path) for s in sinks if s.format in ("db", "xlsx")}
    if len(tables) < 2 or not bare or len(places) != 1 or not (apart or sinks[0].format == "db"):
        return False
    form, path = next(iter(places))
    path = path or draft.new_path(f"combined.{form}")
    sheets: list[Json] = [{"table": read(at), "name": title(table)[:28]} for at, table in enumerate(tables)]
    task = draft.task(f"save {path}", "tables.save", {"sheets": sheets, "path": path})
    draft.require(f"save {path}", task)
    draft.say(f"{path} holds {', '.join(title(table) for table in tables)}.\n")
    return True
