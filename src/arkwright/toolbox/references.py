"""References: records kept in the scratch as a table, and a kept table as records."""

from .database import connect, quoted
from .grids import Grid, native, pour
from .sniff import names as distinct
from .sources import finish
from .tables import keep, plain, rows


def store(records: list[dict], columns: list[str], name: str = "", text: tuple[str, ...] = ()) -> dict:
    """A TableRef of typed records. Columns in `text` stay text; without columns there is one, `value`."""
    columns = columns or ["value"]
    grid = native(distinct(columns, len(columns)), [[record.get(column) for column in columns] for record in records])
    return kept(Grid(grid.names, grid.rows, grid.fixed | dict.fromkeys(text, "text")), name)


def store_cells(cells: list[list[str]], columns: list[str], name: str = "") -> dict:
    """A TableRef of cells as a page shows them: what looks like a number or a date becomes one."""
    return kept(Grid(distinct(columns, len(columns)), [[cell or None for cell in row] for row in cells]), name)


def kept(grid: Grid, name: str) -> dict:
    """A grid in the scratch; one without rows has text columns."""
    connection = connect()
    try:
        if not pour(connection, grid, "t raw"):
            items = ", ".join(f"NULL::VARCHAR AS {quoted(column)}" for column in grid.names)
            connection.execute(f"CREATE VIEW t AS SELECT {items} WHERE FALSE")
            return keep(connection, "t", set(), name)
        loaded = finish(connection, "t raw", "t", "", {}, grid.fixed, {}, whole=True, delimiter="")
        return keep(connection, loaded.view, set(loaded.lists), name, loaded.formats)
    finally:
        connection.close()


def load(reference: dict) -> list[dict]:
    """The rows of a TableRef or Source as objects."""
    columns, cells, _ = rows(reference)
    return [dict(zip(columns, map(plain, row), strict=True)) for row in cells]
