"""Tables: describe files, run steps over tables, save them, take a value out. Entry points of the box."""

import json
from collections.abc import Callable, Mapping
from itertools import islice
from pathlib import Path

import duckdb

from . import sources, steps
from .database import connect, kind, literal, quoted, types
from .delimited import few
from .expressions import column
from .fault import Fault
from .paths import in_scratch
from .save import write
from .values import plain, shown

Progress = Callable[[float, str], None]
VALUES = 60


def describe(args: dict, progress: Progress) -> dict:
    """args: {"sources": [{"path", "part"?, "layout"?}]} -> {"tables": [...]}, one for each part that makes sense."""
    found = []
    connection = connect()
    try:
        for source in args["sources"]:
            wanted = [source["part"]] if source.get("part") else sources.parts(str(source["path"]))
            for part in wanted:
                found.append(survey(connection, {**source, "part": part}, f"t{len(found)}"))
    finally:
        connection.close()
    return {"tables": found}


def survey(connection: duckdb.DuckDBPyConnection, source: dict, view: str) -> dict:
    """One table: its columns with types, values, blanks and formats; its rows and layout."""
    try:
        loaded = sources.load(connection, source, view)
        rows, columns = profile(connection, loaded)
    except duckdb.Error as error:
        raise broken(error, str(source["path"])) from error
    return {
        "source": source["path"],
        "part": loaded.part or source.get("part") or "",
        "columns": columns,
        "rows": rows,
        "layout": loaded.layout,
    }


def profile(connection: duckdb.DuckDBPyConnection, loaded: sources.Loaded) -> tuple[int, list[dict]]:
    """How many rows, and what each column holds, in one pass."""
    known = types(connection, loaded.view)
    if loaded.small and (held := few(connection, loaded.view)) is not None:
        return len(held), [
            column_of(loaded, name, sql, cells) for (name, sql), cells in zip(known.items(), zip(*held, strict=True), strict=True)
        ]
    big = connection.execute(f"SELECT count(*) FROM {quoted(loaded.view)}").fetchone()
    rows = int(big[0]) if big else 0
    count = "approx_count_distinct" if rows > 300_000 else "count(DISTINCT "
    tests = []
    for name in known:
        col = quoted(name)
        tests.append(f"{count}{'(' if rows > 300_000 else ''}{col}), count({col})")
    counted = connection.execute(f"SELECT {', '.join(tests)} FROM {quoted(loaded.view)}").fetchone() or ()
    columns = []
    for at, (name, sql) in enumerate(known.items()):
        distinct, filled = int(counted[2 * at]), int(counted[2 * at + 1])
        guess = loaded.guesses.get(name)
        held = "list" if name in loaded.lists else "date" if guess and guess.ambiguous else kind(sql)
        held = "empty" if not filled else held
        columns.append(
            {
                "name": name,
                "type": held,
                "values": values(connection, loaded.view, name, distinct),
                "distinct": distinct,
                "blanks": rows - filled,
                "format": guess.format if guess else "",
            }
        )
    return rows, columns


def column_of(loaded: sources.Loaded, name: str, sql: str, cells: tuple) -> dict:
    """What a column of a small table holds."""
    seen = dict.fromkeys(cell for cell in cells if cell is not None)
    guess = loaded.guesses.get(name)
    held = "list" if name in loaded.lists else "date" if guess and guess.ambiguous else kind(sql)
    return {
        "name": name,
        "type": held if seen else "empty",
        "values": [shown(value)[:200] for value in islice(seen, VALUES)],
        "distinct": len(seen),
        "blanks": cells.count(None),
        "format": guess.format if guess else "",
    }


def values(connection: duckdb.DuckDBPyConnection, view: str, name: str, distinct: int) -> list[str]:
    """Up to 60 distinct values in the order they are first seen (all of them, when there are so few)."""
    col = quoted(name)
    inner = f"SELECT {col}, row_number() OVER () AS n FROM {quoted(view)}" + ("" if distinct <= VALUES else " LIMIT 5000")
    rows = connection.execute(
        f"SELECT {col} FROM ({inner}) WHERE {col} IS NOT NULL GROUP BY {col} ORDER BY min(n) LIMIT {VALUES}"
    ).fetchall()
    return [shown(row[0])[:200] for row in rows]


def query(args: dict, progress: Progress) -> dict:
    """args: {"inputs": {name: TableRef|Source}, "steps": [...], "name"?} -> TableRef."""
    connection = connect()
    try:
        inputs = list(args["inputs"])
        lists, formats = {}, {}
        for at, (name, source) in enumerate(args["inputs"].items()):
            progress(0.5 * at / len(inputs), f"reading {source.get('path', name)}")
            loaded = sources.load(connection, source, name)
            lists[name], formats = loaded.lists, loaded.formats | formats
        progress(0.5, "computing")
        chain = steps.run(connection, inputs, list(args.get("steps") or []), lists)
        return keep(connection, chain.view, chain.lists, str(args.get("name") or ""), formats)
    except duckdb.Error as error:
        raise broken(error, ", ".join(str(s.get("path", n)) for n, s in args["inputs"].items())) from error
    finally:
        connection.close()


def keep(
    connection: duckdb.DuckDBPyConnection, view: str, lists: set[str], name: str = "", formats: Mapping[str, str] | None = None
) -> dict:
    """Write a view to scratch as parquet, floats rounded to 10 digits after the point; returns its TableRef.

    `formats` is how moments of a column are written when it is saved as text; the file remembers it.
    """
    target = in_scratch(".parquet")
    items = []
    for name_, sql in types(connection, view).items():
        col = quoted(name_)
        if sql in ("DOUBLE", "FLOAT"):
            items.append(f"CASE WHEN isfinite({col}) THEN round({col}, 10) END AS {col}")
        elif sql == "HUGEINT":
            items.append(f"CAST({col} AS {hugeness(connection, view, col)}) AS {col}")
        else:
            items.append(col)
    try:
        connection.execute(
            f"COPY (SELECT {', '.join(items)} FROM {quoted(view)}) TO {literal(str(target))} "
            f"(FORMAT parquet, COMPRESSION zstd, KV_METADATA {{formats: {literal(json.dumps(dict(formats or {})))}}})"
        )
    except BaseException:
        target.unlink(missing_ok=True)
        raise
    return reference(connection, target, lists, name)


def hugeness(connection: duckdb.DuckDBPyConnection, view: str, col: str) -> str:
    """BIGINT where all values fit, else an exact decimal."""
    row = connection.execute(f"SELECT max(abs({col})) FROM {quoted(view)}").fetchone()
    return "BIGINT" if not row or row[0] is None or row[0] < 2**62 else "DECIMAL(38,0)"


def reference(connection: duckdb.DuckDBPyConnection, target: Path, lists: set[str], name: str) -> dict:
    """The TableRef of a parquet file in scratch."""
    whole = f"read_parquet({literal(str(target))})"
    described = connection.execute(f"DESCRIBE SELECT * FROM {whole}").fetchall()
    columns = [{"name": str(row[0]), "type": "list" if row[0] in lists else kind(str(row[1]))} for row in described]
    count = connection.execute(f"SELECT count(*) FROM {whole}").fetchone()
    first = connection.execute(f"SELECT * FROM {whole} LIMIT 20").fetchall()
    made = {
        "table": str(target),
        "columns": columns,
        "rows": int(count[0]) if count else 0,
        "preview": [[plain(value) for value in row] for row in first],
    }
    return {**made, "name": name} if name else made


def save(args: dict, progress: Progress) -> dict:
    """args: {"sheets": [{"table", "name"?}], "path", "delimiter"?, "encoding"?, "shape"?, "overwrite"?} -> {"path", "rows"}."""
    connection = connect()
    try:
        return write(connection, args, progress)
    except duckdb.Error as error:
        raise broken(error, str(args["path"])) from error
    finally:
        connection.close()


def value(args: dict, progress: Progress) -> object:
    """args: {"table", "column"?, "row"?} -> one value; without a column, the last one of the row.

    Raises:
        Fault: no_row, unknown_column.
    """
    connection = connect()
    try:
        sources.load(connection, args["table"], "t")
        known = types(connection, "t")
        col = column(args["column"], known) if args.get("column") else quoted(list(known)[-1])
        row = int(args.get("row") or 0)
        count = connection.execute("SELECT count(*) FROM t").fetchone()
        rows = int(count[0]) if count else 0
        row = row + rows if row < 0 else row
        if not 0 <= row < rows:
            raise Fault(
                "no_row", f"the table has {rows} rows, so there is no row {row}", "loosen the filter, or ask for another row"
            )
        found = connection.execute(f"SELECT {col} FROM t LIMIT 1 OFFSET {row}").fetchone()
        return plain(found[0]) if found else None
    finally:
        connection.close()


def rows(table: object) -> tuple[list[str], list[list[object]], dict[str, str]]:
    """A TableRef, a Source or rows of cells as names, rows of values and the type of each column."""
    if isinstance(table, list):
        names = [str(cell) for cell in table[0]] if table else []
        return names, [list(row) for row in table[1:]], {}
    connection = connect()
    try:
        loaded = sources.load(connection, dict(table), "t")  # type: ignore[call-overload]
        known = types(connection, "t")
        held = {name: "list" if name in loaded.lists else kind(sql) for name, sql in known.items()}
        return list(known), [list(row) for row in connection.execute("SELECT * FROM t").fetchall()], held
    finally:
        connection.close()


def broken(error: duckdb.Error, what: str) -> Fault:
    """What DuckDB said, as an error the caller can act on."""
    text = str(error).splitlines()[0]
    if isinstance(error, duckdb.OutOfMemoryException) or "No space left" in text:
        return Fault(
            "no_space", f"computing over {what} ran out of room: {text}", "free some disk space, or filter the table first"
        )
    return Fault("query", f"computing over {what} failed: {text}", "check the types of the columns used")
