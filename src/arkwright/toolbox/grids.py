"""Grids: rows of text cells on their way into the database, whatever file they come from."""

import datetime
import json
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

import duckdb

from .database import quoted

CHUNK = 20_000


@dataclass(frozen=True, slots=True)
class Grid:
    """Names, rows of cells (None is blank), and the columns whose type is known: text that stays text, lists as JSON.

    `layout` tells a survey how it was read.
    """

    names: Sequence[str]
    rows: Iterable[Sequence[str | None]]
    fixed: dict[str, str] = field(default_factory=dict)
    layout: dict[str, object] = field(default_factory=dict)


def native(names: Sequence[str], rows: Sequence[Sequence[object]], layout: dict[str, object] | None = None) -> Grid:
    """A grid of typed values: text that only looks like a whole number stays text."""
    fixed: dict[str, str] = {}
    for at, name in enumerate(names):
        held = [row[at] for row in rows if row[at] is not None]
        if any(isinstance(value, list | dict) for value in held):
            fixed[name] = "list"
        elif held and all(isinstance(value, str) for value in held) and all(v.strip().isdigit() for v in held if v.strip()):
            fixed[name] = "text"
    return Grid(names, [[cell(value) for value in row] for row in rows], fixed, layout or {})


def cell(value: object) -> str | None:
    """A typed value as the text that sniffing reads back as the same value."""
    match value:
        case None:
            return None
        case bool():
            return "true" if value else "false"
        case str():
            return value
        case float():
            return (
                None
                if not math.isfinite(value)
                else str(int(value))
                if value.is_integer() and abs(value) < 1e15
                else number(value)
            )
        case datetime.datetime():
            return value.isoformat(" ") if value.time() != datetime.time() else value.date().isoformat()
        case list() | dict():
            return json.dumps(value, ensure_ascii=False)
        case bytes():
            return value.hex()
        case _:
            return str(value)


def number(value: float) -> str:
    """A float without an exponent where it is short, without the noise past 15 digits."""
    text = repr(value)
    if len(text) > 17:
        text = repr(float(f"{value:.15g}"))
    return format(Decimal(text), "f") if "e" in text and 1e-6 < abs(value) < 1e15 else text


def pour(connection: duckdb.DuckDBPyConnection, grid: Grid, table: str) -> int:
    """Make a table of text columns from the rows; returns how many rows."""
    columns = ", ".join(f"{quoted(name)} VARCHAR" for name in grid.names)
    connection.execute(f"CREATE TABLE {quoted(table)} ({columns})")
    lists = ", ".join(f"unnest(${at + 1}::VARCHAR[])" for at in range(len(grid.names)))
    count, chunk = 0, []
    for row in grid.rows:
        chunk.append(row)
        if len(chunk) == CHUNK:
            connection.execute(f"INSERT INTO {quoted(table)} SELECT {lists}", [list(c) for c in zip(*chunk, strict=True)])
            count, chunk = count + len(chunk), []
    if chunk:
        connection.execute(f"INSERT INTO {quoted(table)} SELECT {lists}", [list(c) for c in zip(*chunk, strict=True)])
    return count + len(chunk)
