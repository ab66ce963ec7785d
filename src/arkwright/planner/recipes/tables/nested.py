"""Nested: lists inside the rows of a JSON table, as tables of their own with one row for each element."""

import json
import re
from collections.abc import Iterable
from dataclasses import replace

from arkwright.core.json import Json, Object
from arkwright.core.survey import Column, ColumnType, Table
from arkwright.planner.text import key

_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_STAMP = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d.*")


def fitting(table: Table, said: frozenset[str]) -> Table:
    """The table at the depth that the words speak of: an order, or each of its items.

    `layout["unnest"]` names the list column to take apart.
    """
    if table.rows == 1 and not table.part:
        for column in table.columns:
            rows = _objects(column) if column.type == "list" else []
            if rows:
                table = Table(
                    table.source, column.name, _columns(rows), len(rows), {k: v for k, v in table.layout.items() if k != "unnest"}
                )
                break
    for column in table.columns:
        rows = _objects(column) if column.type == "list" else []
        inner = _columns(rows) if rows else ()
        if inner and _spoken(column.name, inner, table.columns, said):
            outer = tuple(c for c in table.columns if c != column)
            deep = tuple(replace(c, name=f"{column.name}.{c.name}") for c in inner)
            return Table(table.source, table.part, (*outer, *deep), len(rows), {**table.layout, "unnest": column.name})
    return table


def _spoken(name: str, inner: Iterable[Column], outer: Iterable[Column], said: frozenset[str]) -> bool:
    known = {part for c in outer for part in key(c.name)}
    own = {key(c.name)[-1] for c in inner} - known
    return bool(own & said) or key(name)[-1] in said or bool({"quantity", "piece"} & said and "qty" in own)


def _objects(column: Column) -> list[Object]:
    """The objects in the lists of a column, as far as its sampled values show them."""
    found: list[Object] = []
    for text in column.values:
        try:
            value: Json = json.loads(text)
        except ValueError:
            return []
        found += [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []
    return found


def _columns(rows: list[Object]) -> tuple[Column, ...]:
    flat = [_flatten(row, "") for row in rows]
    names = dict.fromkeys(name for row in flat for name in row)
    columns: list[Column] = []
    for name in names:
        cells = [row.get(name) for row in flat]
        texts = tuple(
            dict.fromkeys(json.dumps(c, ensure_ascii=False) if isinstance(c, list) else str(c) for c in cells if c is not None)
        )
        kind = _type([c for c in cells if c is not None])
        columns.append(
            Column(name, kind, texts if kind == "list" else texts[:60], len(texts), sum(c is None or c == "" for c in cells))
        )
    return tuple(columns)


def _flatten(row: Object, prefix: str) -> Object:
    out: Object = {}
    for name, value in row.items():
        if isinstance(value, dict):
            out |= _flatten(value, f"{prefix}{name}.")
        else:
            out[f"{prefix}{name}"] = value
    return out


def _type(cells: list[Json]) -> ColumnType:
    if not cells:
        return "empty"
    if any(isinstance(c, list) for c in cells):
        return "list"
    if all(isinstance(c, bool) for c in cells):
        return "boolean"
    if all(isinstance(c, int) for c in cells):
        return "integer"
    if all(isinstance(c, int | float) for c in cells):
        return "number"
    texts = [str(c) for c in cells]
    if all(_DATE.fullmatch(t) for t in texts):
        return "date"
    return "datetime" if all(_STAMP.fullmatch(t) for t in texts) else "text"
