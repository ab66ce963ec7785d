"""Survey: what is really there (files, tables, columns, pages), as seen before planning."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from arkwright.core.json import Json, Object

ColumnType = Literal["text", "integer", "number", "date", "datetime", "boolean", "list", "empty"]


@dataclass(frozen=True, slots=True)
class File:
    """A file or folder of the workspace. `path` is relative, folders end in a slash. `size` in bytes."""

    path: str
    size: int
    media_type: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """A column as sniffed. `values` holds all distinct values when there are at most 60, else the first 60 seen."""

    name: str
    type: ColumnType
    values: tuple[str, ...] = ()
    distinct: int = 0
    blanks: int = 0
    format: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table somewhere: `source` a path or URL, `part` a sheet, a database table, a JSON path, a view such as `words`.

    `layout` is what a reader needs to read it again the same way (delimiter, encoding, decimal, header row, ...).
    """

    source: str
    part: str
    columns: tuple[Column, ...]
    rows: int
    layout: Object = field(default_factory=dict[str, Json])


@dataclass(frozen=True, slots=True)
class Survey:
    """Everything the planner and the verifier may rely on. `facts` maps a path or URL to what a look said of it."""

    files: tuple[File, ...] = ()
    tables: tuple[Table, ...] = ()
    facts: Mapping[str, Json] = field(default_factory=dict[str, Json])
