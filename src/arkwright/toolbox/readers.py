"""Readers: spreadsheets, JSON and databases as grids."""

import json
import sqlite3
from collections.abc import Iterator, Sequence
from pathlib import Path

from .fault import Fault
from .grids import Grid, native
from .sniff import decode, names

MOST_CELLS = 50_000_000
Json = None | bool | int | float | str | list["Json"] | dict[str, "Json"]


def sheets(path: Path, part: str, name: str) -> dict[str, Grid]:
    """The sheets of a workbook that hold something (or the one wanted), cells as last computed.

    Raises:
        Fault: no_table.
    """
    import openpyxl

    try:
        book = openpyxl.load_workbook(path, data_only=True, read_only=path.stat().st_size > 4 << 20)
    except Exception as error:
        raise Fault("unreadable", f"{name!r} does not open as a workbook: {error}", "save it again as .xlsx") from error
    wanted = [n for n in book.sheetnames if not part or n.lower() == part.lower()]
    if not wanted:
        raise Fault("no_table", f"{name!r} has no sheet {part!r}", f"its sheets are {', '.join(book.sheetnames)}")
    found: dict[str, Grid] = {}
    for sheet_name in wanted:
        sheet = book[sheet_name]
        if not hasattr(sheet, "iter_rows"):
            continue
        refuse_vast(sheet, f"{name!r} sheet {sheet_name!r}")
        rows = [list(row) for row in sheet.iter_rows(values_only=True)]
        if grid := sheet_grid(rows):
            found[sheet_name] = grid
    book.close()
    return found


def refuse_vast(sheet: object, what: str) -> None:
    """A sheet whose corners lie so far apart that reading what is between them would never end.

    Raises:
        Fault: too_big.
    """
    high, wide = getattr(sheet, "max_row", None) or 0, getattr(sheet, "max_column", None) or 0
    if high * wide > MOST_CELLS:
        remedy = "delete the cells far away from the table, or save the table as csv"
        raise Fault("too_big", f"{what} spans {high:,} rows of {wide:,} columns", remedy)


def sheet_grid(rows: list[list[object]]) -> Grid | None:
    """The table of a sheet: below its title rows, without empty edges."""
    used = [
        at for at in range(max(map(len, rows), default=0)) if any(at < len(row) and row[at] not in (None, "") for row in rows)
    ]
    if not used:
        return None
    first, last = used[0], used[-1] + 1
    cut = [[*row[first:last], *[None] * (last - max(first, len(row)))] for row in rows]
    filled = [(at, row) for at, row in enumerate(cut) if any(v not in (None, "") for v in row)]
    need = max(1, -(-(last - first) * 6 // 10))
    at, header = next(((at, row) for at, row in filled if sum(v not in (None, "") for v in row) >= need), filled[0])
    body = [row for place, row in filled if place > at]
    years = all(not isinstance(v, int) or 1900 <= v <= 2100 for v in header)
    if any(isinstance(v, int | float) and not isinstance(v, bool) for v in header) and not years:
        body, header, at = [header, *body], [None] * (last - first), None
    return native(names(["" if v is None else str(v) for v in header], last - first), body, {"header": at})


def arrays(path: Path, name: str, part: str | None, encoding: str = "") -> dict[str, Grid]:
    """The arrays of objects in a JSON file by dotted path ("" is the root), or the one at `part`.

    Raises:
        Fault: unreadable, no_table, empty, encoding.
    """
    text = decode(path.read_bytes(), name, encoding).text
    if not text.strip():
        raise Fault("empty", f"{name!r} is empty", "give a file that has records")
    value = parse(text, name)
    found = dict(places(value, ""))
    if part:
        value = reach(value, part, name)
        found = {part: value}
    if not found:
        found = {"": [value]} if isinstance(value, dict) and value else {}
    if not found:
        raise Fault("no_table", f"{name!r} holds no list of records", "name a JSON file with an array of objects")
    return {key: objects(records(held) or []) for key, held in found.items() if records(held)}


def parse(text: str, name: str) -> Json:
    """JSON, or JSON lines."""
    try:
        return json.loads(text)
    except ValueError as error:
        lines = [line for line in text.splitlines() if line.strip()]
        try:
            if len(lines) > 1 or name.endswith(("jsonl", "ndjson")):
                return [json.loads(line) for line in lines]
        except ValueError:
            pass
        raise Fault("unreadable", f"{name!r} is not JSON: {error}", "correct the file at that place") from error


def reach(value: Json, part: str, name: str) -> Json:
    """The value at a dotted path.

    Raises:
        Fault: no_table.
    """
    here = value
    for step in part.split("."):
        if isinstance(here, dict) and step in here:
            here = here[step]
        elif isinstance(here, list) and step.isdigit() and int(step) < len(here):
            here = here[int(step)]
        elif isinstance(here, list) and all(isinstance(item, dict) and step in item for item in here):
            here = [inner for item in here for inner in (item[step] if isinstance(item[step], list) else [item[step]])]
        else:
            known = ", ".join(key for key, _ in places(value, "") if key) or "none"
            raise Fault("no_table", f"{name!r} has nothing at {part!r}", f"lists of records are at: {known}")
    return here


def places(value: Json, at: str) -> Iterator[tuple[str, Json]]:
    """Where lists of records are, outside other lists."""
    if isinstance(value, list) and records(value):
        yield at, value
    elif isinstance(value, dict):
        if at == "" and len(value) > 1 and all(isinstance(v, dict) for v in value.values()):
            yield at, value
            return
        for key, inner in value.items():
            yield from places(inner, f"{at}.{key}" if at else key)


def records(value: Json) -> list[Json] | None:
    """A list of records, of plain values, or an object of objects (keyed), as a list."""
    if isinstance(value, list):
        return value
    if isinstance(value, dict) and value and all(isinstance(v, dict) for v in value.values()):
        return [{"key": key, **inner} for key, inner in value.items() if isinstance(inner, dict)]
    if isinstance(value, dict) and value:
        return [value]
    return None


def objects(items: Sequence[Json]) -> Grid:
    """Objects as rows: inner objects become dotted columns, inner lists stay lists."""
    flat = [flatten(item) for item in items]
    columns = list(dict.fromkeys(key for row in flat for key in row))
    return native(columns, [[row.get(column) for column in columns] for row in flat])


def flatten(item: Json, before: str = "") -> dict[str, Json]:
    """One record as dotted names and values."""
    if not isinstance(item, dict):
        return {before or "value": item}
    found: dict[str, Json] = {}
    for key, value in item.items():
        name = f"{before}.{key}" if before else key
        if isinstance(value, dict) and value:
            found |= flatten(value, name)
        else:
            found[name] = value if value != {} else None
    return found


def relations(path: Path, part: str, name: str) -> dict[str, Grid]:
    """The tables and views of an SQLite database, or the one wanted.

    Raises:
        Fault: no_table, unreadable.
    """
    try:
        with sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True) as database:
            listed = [
                str(row[0])
                for row in database.execute(
                    "SELECT name FROM sqlite_master WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite_%'"
                )
            ]
            wanted = [table for table in listed if not part or table.lower() == part.lower()]
            if not wanted:
                raise Fault("no_table", f"{name!r} has no table {part!r}", f"its tables are {', '.join(listed) or 'none'}")
            return {table: relation(database, table) for table in wanted}
    except sqlite3.DatabaseError as error:
        raise Fault("unreadable", f"{name!r} does not open as an SQLite database: {error}", "check the file") from error


def relation(database: sqlite3.Connection, table: str) -> Grid:
    """One table of a database."""
    cursor = database.execute('SELECT * FROM "' + table.replace('"', '""') + '"')
    columns = names([str(column[0]) for column in cursor.description], len(cursor.description))
    return native(columns, cursor.fetchall())
