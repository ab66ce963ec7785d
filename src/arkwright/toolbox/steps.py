"""Steps: a list of table steps as a chain of DuckDB views."""

import json

import duckdb

from .chain import ROW, Chain, calendar, keys, order_key
from .database import kind, quoted, types
from .expressions import column, condition, expression, type_of
from .fault import Fault
from .grids import native, pour
from .readers import flatten

NUMBERS = {"sum", "mean", "median", "stddev"}
AGGREGATES = {
    "mean": "CAST(sum({0}) AS DOUBLE) / nullif(count({0}), 0)",
    "median": "median(CAST({0} AS DOUBLE))",
    "count_distinct": "count(DISTINCT {0})",
    "stddev": "stddev_samp(CAST({0} AS DOUBLE))",
    "first": "first({0} ORDER BY {1}) FILTER ({0} IS NOT NULL)",
    "last": "last({0} ORDER BY {1}) FILTER ({0} IS NOT NULL)",
    "mode": "mode({0} ORDER BY {1})",
}


def run(connection: duckdb.DuckDBPyConnection, inputs: list[str], steps: list[dict], lists: dict[str, frozenset[str]]) -> Chain:
    """Apply the steps to the first input; returns the chain at its last view.

    Raises:
        Fault: bad_step, bad_condition, bad_expression, unknown_column, unknown_input, not_numeric, not_a_date.
    """
    chain = Chain(connection, inputs, lists)
    for at, step in enumerate(steps, 1):
        act = STEPS.get(str(step.get("do")))
        if act is None:
            raise Fault("bad_step", f"step {at}: there is no step {step.get('do')!r}", f"use one of {', '.join(STEPS)}")
        act(chain, step)
    return chain


def filter_rows(chain: Chain, step: dict) -> None:
    """Keep the rows that meet the condition."""
    chain.to(f"SELECT * FROM {chain.here} WHERE {condition(step['where'], chain.types)}")


def derive(chain: Chain, step: dict) -> None:
    """Add or replace a column."""
    name, sql = str(step["name"]), expression(step["expr"], chain.types)
    if name in chain.types:
        chain.to(f"SELECT * REPLACE ({sql} AS {quoted(name)}) FROM {chain.here}")
    else:
        chain.to(f"SELECT *, {sql} AS {quoted(name)} FROM {chain.here}")


def aggregate(fn: str, name: str, chain: Chain) -> str:
    """One aggregate as SQL.

    Raises:
        Fault: not_numeric, unknown_column, bad_step.
    """
    if fn == "count":
        return f"count({column(name, chain.types)})" if name else "count(*)"
    col = column(name, chain.types)
    if fn in NUMBERS and type_of(name, chain.types) not in ("integer", "number", "boolean"):
        raise Fault(
            "not_numeric",
            f"column {name!r} holds {type_of(name, chain.types)}, not numbers, so there is no {fn}",
            "choose a column of numbers",
        )
    if fn == "sum":
        return f"sum({exact(col, name, chain)})"
    return AGGREGATES.get(fn, f"{fn}({{0}})").format(col, ROW)


def exact(col: str, name: str, chain: Chain) -> str:
    """A column as it is added up: whole numbers as decimals, true as 1."""
    held = type_of(name, chain.types)
    return f"CAST({col} AS DECIMAL(38,0))" if held in ("integer", "boolean") else col


def group(chain: Chain, step: dict) -> None:
    """One row a group, in the order of the keys (months and weekdays as in the calendar), blanks last."""
    by = [column(name, chain.types) for name in step.get("by") or []]
    items = [f"{aggregate(a['fn'], a.get('column') or '', chain)} AS {quoted(str(a['name']))}" for a in step["aggregates"]]
    keys = calendar(chain, by)
    where = f" GROUP BY {', '.join(by)} ORDER BY {', '.join(f'{key} NULLS LAST' for key in keys)}" if by else ""
    before = dict(chain.types)
    chain.to(f"SELECT {', '.join([*by, *items])} FROM {chain.numbered}{where}")
    whole = [
        str(a["name"])
        for a in step["aggregates"]
        if a["fn"] == "sum" and kind(before.get(str(a.get("column")), "")) in ("integer", "boolean")
    ]
    if whole:
        chain.to(
            f"SELECT * REPLACE ({', '.join(f'CAST({quoted(n)} AS HUGEINT) AS {quoted(n)}' for n in whole)}) FROM {chain.here}"
        )


def pivot(chain: Chain, step: dict) -> None:
    """Values of one column across the top."""
    rows = [column(name, chain.types) for name in step["rows"]]
    across = column(step["columns"], chain.types)
    found = chain.connection.execute(f"SELECT DISTINCT {across} FROM {chain.here}").fetchall()
    values = sorted((row[0] for row in found if row[0] is not None), key=lambda v: order_key(v))
    if len(values) > 500:
        raise Fault(
            "too_wide",
            f"column {step['columns']!r} has {len(values)} different values, too many for the top of a pivot",
            "group that column first",
        )
    cells = aggregate(step.get("fn") or "sum", step.get("values") or "", chain)
    taken = set(step["rows"])
    items = []
    for value in [*values, *([None] if any(row[0] is None for row in found) else [])]:
        name = "(blank)" if value is None else str(value)
        name = f"{name}_2" if name in taken else name
        test = (
            f"{across} IS NULL" if value is None else f"CAST({across} AS VARCHAR) = '{str(value).replace(chr(39), chr(39) * 2)}'"
        )
        cell = cells + f" FILTER ({test})" if "FILTER" not in cells else cells.replace("FILTER (", f"FILTER ({test} AND ")
        if step.get("fn") == "mean":
            col = column(step["values"], chain.types)
            cell = f"CAST(sum({col}) FILTER ({test}) AS DOUBLE) / nullif(count({col}) FILTER ({test}), 0)"
        if step.get("fn") == "sum" and type_of(step["values"], chain.types) in ("integer", "boolean"):
            cell = f"CAST({cell} AS HUGEINT)"
        items.append(f"{cell} AS {quoted(name)}")
    keys = ", ".join(f"{key} NULLS LAST" for key in calendar(chain, rows))
    tail = f" GROUP BY {', '.join(rows)} ORDER BY {keys}" if rows else ""
    chain.to(f"SELECT {', '.join([*rows, *items])} FROM {chain.numbered}{tail}")


def sort(chain: Chain, step: dict) -> None:
    """Order the rows."""
    chain.to(f"SELECT * EXCLUDE ({ROW}) FROM {chain.numbered} ORDER BY {keys(step['by'], chain)}")


def limit(chain: Chain, step: dict) -> None:
    """The first or last rows, in all or of each group."""
    count, per = int(step["count"]), [column(name, chain.types) for name in step.get("per") or []]
    if not per and not step.get("from_end"):
        chain.to(f"SELECT * FROM {chain.here} LIMIT {count}")
        return
    part = f"PARTITION BY {', '.join(per)} " if per else ""
    way = "DESC" if step.get("from_end") else "ASC"
    chain.to(
        f"SELECT * EXCLUDE ({ROW}) FROM {chain.numbered} "
        f"QUALIFY row_number() OVER ({part}ORDER BY {ROW} {way}) <= {count} ORDER BY {ROW}"
    )


def select(chain: Chain, step: dict) -> None:
    """Keep and rename columns."""
    items = []
    for pick in step["columns"]:
        pick = {"column": pick} if isinstance(pick, str) else pick
        col = column(pick["column"], chain.types)
        items.append(f"{col} AS {quoted(str(pick['name']))}" if pick.get("name") else col)
    lists = [p for p in step["columns"] if isinstance(p, dict) and p.get("name") and p["column"] in chain.lists]
    chain.lists |= {str(p["name"]) for p in lists}
    chain.to(f"SELECT {', '.join(items)} FROM {chain.here}")


def drop(chain: Chain, step: dict) -> None:
    """Leave columns out."""
    gone = [column(name, chain.types) for name in step["columns"]]
    if len(set(gone)) >= len(chain.types):
        raise Fault("bad_step", "dropping these columns would leave none", "keep at least one column")
    chain.to(f"SELECT * EXCLUDE ({', '.join(gone)}) FROM {chain.here}")


def other(chain: Chain, name: object) -> str:
    """An input by name.

    Raises:
        Fault: unknown_input.
    """
    if name not in chain.inputs:
        raise Fault("unknown_input", f"there is no input {name!r}", f"the inputs are {', '.join(map(repr, chain.inputs))}")
    return str(name)


def join(chain: Chain, step: dict) -> None:
    """Bring in another input by equal columns; rows keep the order of the left table."""
    right = other(chain, step["with"])
    known = types(chain.connection, right)
    pairs = [(column(pair["left"], chain.types), column(pair["right"], known)) for pair in step["on"]]
    tests = []
    for pair, (left_col, right_col) in zip(step["on"], pairs, strict=True):
        alike = type_of(pair["left"], chain.types) == type_of(pair["right"], known) or {
            type_of(pair["left"], chain.types),
            type_of(pair["right"], known),
        } <= {"integer", "number"}
        text = type_of(pair["left"], chain.types) == "text"
        sides = (f"l.{left_col}", f"r.{right_col}")
        sides = sides if alike and not text else tuple(f"lower(trim(CAST({side} AS VARCHAR)))" for side in sides)
        tests.append(f"{sides[0]} = {sides[1]}")
    on = " AND ".join(tests)
    if step.get("how") == "anti":
        chain.to(
            f"SELECT l.* EXCLUDE ({ROW}) FROM {chain.numbered} l "
            f"WHERE NOT EXISTS (SELECT 1 FROM {quoted(right)} r WHERE {on}) ORDER BY l.{ROW}"
        )
        return
    keyed = {right_col for left_col, right_col in pairs}
    taken = {name.lower() for name in chain.types}
    items = []
    for name in known:
        if quoted(name) in keyed:
            continue
        fresh = name
        while fresh.lower() in taken:
            fresh = f"{right}_{name}" if fresh == name else f"{fresh}_2"
        taken.add(fresh.lower())
        items.append(f"r.{quoted(name)} AS {quoted(fresh)}")
    how = "LEFT" if step.get("how") == "left" else "INNER"
    chosen = ", ".join([f"l.* EXCLUDE ({ROW})", *items])
    inner = f'(SELECT *, row_number() OVER () AS "·right" FROM {quoted(right)})'
    chain.to(f'SELECT {chosen} FROM {chain.numbered} l {how} JOIN {inner} r ON {on} ORDER BY l.{ROW}, r."·right"')


def union(chain: Chain, step: dict) -> None:
    """Append other inputs by the names of their columns; a tag says where rows came from."""
    tag, parts = step.get("tag"), []
    names = {name.lower(): name for name in chain.types}
    for view in [chain.view, *(other(chain, name) for name in step["with"])]:
        label = chain.inputs[0] if view == chain.view else view
        known = types(chain.connection, view)
        items = [f"{quoted(name)} AS {quoted(names.setdefault(name.lower(), name))}" for name in known]
        if tag:
            value = str((tag.get("values") or {}).get(label, label)).replace("'", "''")
            items.insert(0, f"'{value}' AS {quoted(str(tag['name']))}")
        parts.append(f"SELECT {', '.join(items)} FROM {quoted(view)}")
    chain.to(" UNION ALL BY NAME ".join(parts))


def distinct(chain: Chain, step: dict) -> None:
    """One row for each combination; text is compared as it is written."""
    on = ", ".join(column(name, chain.types) for name in step.get("on") or chain.types)
    way = "DESC" if step.get("keep") == "last" else "ASC"
    chain.to(
        f"SELECT * EXCLUDE ({ROW}) FROM {chain.numbered} "
        f"QUALIFY row_number() OVER (PARTITION BY {on} ORDER BY {ROW} {way}) = 1 ORDER BY {ROW}"
    )


def fill(chain: Chain, step: dict) -> None:
    """Put a value where the column is blank."""
    col = column(step["column"], chain.types)
    value = expression({"value": step["value"]}, chain.types)
    if type_of(step["column"], chain.types) == "text":
        value = f"CAST({value} AS VARCHAR)"
        chain.to(f"SELECT * REPLACE (CASE WHEN trim({col}) <> '' THEN {col} ELSE {value} END AS {col}) FROM {chain.here}")
    else:
        chain.to(f"SELECT * REPLACE (coalesce({col}, {value}) AS {col}) FROM {chain.here}")


def window(chain: Chain, step: dict) -> None:
    """A number from the other rows of the group."""
    fn, col = step["fn"], column(step["column"], chain.types) if step.get("column") else ""
    if fn != "rank" and not col:
        raise Fault("bad_step", f"window {fn!r} needs a column", "name the column")
    by = ", ".join(column(name, chain.types) for name in step.get("by") or [])
    part = f"PARTITION BY {by} " if by else ""
    order = keys(step.get("order") or [], chain)
    ranked = order.removesuffix(ROW).rstrip(", ") or (f"{col} DESC NULLS LAST" if col else ROW)
    if fn in ("running_sum", "share", "change", "change_percent") and type_of(step["column"], chain.types) not in (
        "integer",
        "number",
    ):
        raise Fault(
            "not_numeric",
            f"column {step['column']!r} holds {type_of(step['column'], chain.types)}, not numbers, so there is no {fn}",
            "choose a column of numbers",
        )
    before = f"lag({col}) OVER ({part}ORDER BY {order})"
    sql = {
        "running_sum": f"sum({col}) OVER ({part}ORDER BY {order} ROWS UNBOUNDED PRECEDING)",
        "rank": f"rank() OVER ({part}ORDER BY {ranked})",
        "share": f"100 * CAST({col} AS DOUBLE) / nullif(CAST(sum({col}) OVER ({part}) AS DOUBLE), 0)",
        "previous": before,
        "change": f"{col} - {before}",
        "change_percent": f"100 * CAST({col} - {before} AS DOUBLE) / nullif(abs(CAST({before} AS DOUBLE)), 0)",
    }[fn]
    exclude = f"{ROW}, {quoted(step['name'])}" if step["name"] in chain.types else ROW
    chain.to(f"SELECT * EXCLUDE ({exclude}), {sql} AS {quoted(str(step['name']))} FROM {chain.numbered} ORDER BY {ROW}")


def unnest(chain: Chain, step: dict) -> None:
    """One row an element of a list column."""
    from . import sniff
    from .typed import typed

    col = column(step["column"], chain.types)
    name = col[1:-1].replace('""', '"')
    rows = chain.connection.execute(f"SELECT {ROW}, {col} FROM {chain.numbered}").fetchall()
    flat: list[dict] = []
    try:
        for at, text in rows:
            held = json.loads(text) if isinstance(text, str) else text
            items = held if isinstance(held, list) else [] if held is None else [held]
            flat += [{"·row": at, **flatten(item, name)} for item in items]
    except ValueError as error:
        raise Fault("bad_step", f"column {name!r} holds no lists", "unnest a list column of a JSON table") from error
    columns = list(dict.fromkeys(["·row", *(key for row in flat for key in row)]))
    grid = native(columns, [[row.get(key) for key in columns] for row in flat])
    raw = f"unnest {chain.made}"
    pour(chain.connection, grid, raw)
    guesses = sniff.columns([(key, [row[at] or "" for row in grid.rows]) for at, key in enumerate(columns)])
    fits = {
        key: sniff.Guess(grid.fixed[key]) if key in grid.fixed else guess for key, guess in zip(columns, guesses, strict=True)
    }
    chain.lists |= {key for key, type_ in grid.fixed.items() if type_ == "list"}
    items = ", ".join(f"{typed(key, guess)} AS {quoted(key)}" for key, guess in fits.items())
    clash = [quoted(n) for n in chain.types if n in columns and n != name]
    kept = f"l.* EXCLUDE ({', '.join([ROW, col, *clash])})" if len(chain.types) - len(clash) > 1 else ""
    fresh = ", ".join(f"r.{quoted(key)}" for key in columns[1:]) or f"NULL AS {col}"
    inner = (
        f'(SELECT {items}, row_number() OVER () AS "·at" FROM {quoted(raw)})'
        if flat
        else f'(SELECT NULL::BIGINT AS {ROW}, 0 AS "·at" WHERE FALSE)'
    )
    chain.to(
        f"SELECT {', '.join(filter(None, [kept, fresh]))} FROM {chain.numbered} l "
        f'JOIN {inner} r ON l.{ROW} = r.{ROW} ORDER BY l.{ROW}, r."·at"'
    )


STEPS = {
    "filter": filter_rows,
    "derive": derive,
    "group": group,
    "pivot": pivot,
    "sort": sort,
    "limit": limit,
    "select": select,
    "drop": drop,
    "join": join,
    "union": union,
    "distinct": distinct,
    "fill": fill,
    "window": window,
    "unnest": unnest,
}
