"""Database: one DuckDB connection a call, held to little memory, and the words of its SQL that we need."""

import duckdb

from .paths import scratch

Json = None | bool | int | float | str | list["Json"] | dict[str, "Json"]


def connect() -> duckdb.DuckDBPyConnection:
    """A database in memory: two threads, 600 MB, what does not fit goes to scratch."""
    folder = scratch() / "spill"
    folder.mkdir(parents=True, exist_ok=True)
    return duckdb.connect(config={"memory_limit": "600MB", "threads": 2, "temp_directory": str(folder)})


def quoted(name: str) -> str:
    """A column or table name as SQL."""
    return '"' + name.replace('"', '""') + '"'


def literal(value: str) -> str:
    """A text as SQL."""
    return "'" + value.replace("'", "''") + "'"


def kind(sql_type: str) -> str:
    """What a DuckDB type is called in a survey."""
    name = sql_type.upper()
    if name.startswith(("DECIMAL", "DOUBLE", "FLOAT", "REAL")):
        return "number"
    if name.endswith("INT") or name in ("INTEGER", "UINTEGER"):
        return "integer"
    if name.endswith("[]") or name.startswith(("STRUCT", "MAP", "JSON")):
        return "list"
    if name.startswith("TIMESTAMP"):
        return "datetime"
    return {"DATE": "date", "BOOLEAN": "boolean"}.get(name, "text")


def types(connection: duckdb.DuckDBPyConnection, view: str) -> dict[str, str]:
    """The SQL type of each column of a view."""
    return {str(row[0]): str(row[1]) for row in connection.execute(f"DESCRIBE {quoted(view)}").fetchall()}
