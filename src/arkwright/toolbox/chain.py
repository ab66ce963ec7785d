"""Chain: the current view of a list of steps, and the order of its rows."""

import duckdb

from .database import quoted, types
from .expressions import column
from .fault import Fault

ROW = '"·row"'
CALENDAR = {
    "month_name": (
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ),
    "weekday": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}


class Chain:
    """The current view, its column types, and the views made so far."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, inputs: list[str], lists: dict[str, frozenset[str]]) -> None:
        self.connection = connection
        self.inputs = inputs
        self.lists = {name for held in lists.values() for name in held}
        self.view = inputs[0]
        self.made = 0
        self.types = types(connection, self.view)

    def to(self, sql: str) -> None:
        """Make the next view from a query."""
        self.made += 1
        self.view = f"step {self.made}"
        try:
            self.connection.execute(f"CREATE VIEW {quoted(self.view)} AS {sql}")
        except (duckdb.BinderException, duckdb.ParserException, duckdb.CatalogException) as error:
            raise Fault(
                "bad_step", f"a step does not fit its table: {str(error).splitlines()[0]}", "check the types of its columns"
            ) from error
        self.types = types(self.connection, self.view)

    @property
    def here(self) -> str:
        """The current view as SQL."""
        return quoted(self.view)

    @property
    def numbered(self) -> str:
        """The current view with the order of its rows as a column."""
        return f"(SELECT *, row_number() OVER () AS {ROW} FROM {self.here})"


def calendar(chain: Chain, by: list[str]) -> list[str]:
    """The keys to order groups by: names of months and weekdays go by the calendar."""
    keys = []
    for col in by:
        order = None
        if chain.types[col[1:-1].replace('""', '"')] == "VARCHAR":
            rows = chain.connection.execute(
                f"SELECT DISTINCT {col} FROM {chain.here} WHERE {col} IS NOT NULL LIMIT 14"
            ).fetchall()
            held = {str(row[0]) for row in rows}
            order = next((names for names in CALENDAR.values() if held and held <= set(names)), None)
        keys.append(f"list_position([{', '.join(repr(n) for n in order)}], {col})" if order else col)
    return keys


def order_key(value: object) -> tuple:
    """Months and weekdays by the calendar, the rest by value."""
    for names in CALENDAR.values():
        if value in names:
            return (0, names.index(value), "")
    return (1, value, "") if isinstance(value, int | float) and not isinstance(value, bool) else (2, 0, str(value))


def keys(by: list, chain: Chain) -> str:
    """An ORDER BY list; blanks come last, ties keep their order."""
    parts = []
    for key in by:
        col = column(key["column"], chain.types)
        name = calendar(chain, [col])[0]
        parts.append(f"{name} {'DESC' if key.get('descending') else 'ASC'} NULLS LAST")
    return ", ".join([*parts, ROW])
