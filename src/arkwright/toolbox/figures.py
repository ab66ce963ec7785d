"""Figures in words: numbers, dates and templates as a reader of a report wants them."""

import datetime
import re
from decimal import Decimal

from .blocks import Run, Runs, Table
from .fault import Fault

NUMBER = re.compile(r"[-+−]?[$€£]?\s?\d[\d,. ]*\s?(%|€|EUR|USD)?")
FIELD = re.compile(r"\{([^{}:!]+)(?::([^{}]*))?\}")
IDENTIFIER = re.compile(r"(^|[_ ])(id|no|nr|number|code|year|zip|plz|postcode|phone)$", re.I)


def table(source: object, *, caption: str = "", total: bool = False) -> Table:
    """A TableRef, a Source or rows of cells as a table of a document: numbers to the right, thousands separated.

    Raises:
        Fault: no_table, when there are no columns.
    """
    from .tables import rows

    names, body, kinds = rows(source)
    if not names:
        raise Fault("no_table", "the table has no columns", "give rows of cells with the header first")
    width = max([len(names), *map(len, body)], default=len(names))
    names = [*names, *[""] * (width - len(names))]
    columns = [
        column(name, [row[at] if at < len(row) else None for row in body], kinds.get(name, "")) for at, name in enumerate(names)
    ]
    align = "".join("r" if right else "l" for right, _ in columns)
    lines = tuple(tuple(runs(cells[at]) for _, cells in columns) for at in range(len(body)))
    return Table(tuple(runs(heading(name)) for name in names), lines, align, caption, total)


def heading(name: str) -> str:
    """A column name as a heading: unit_price as Unit price; names with capitals or spaces stay."""
    words = name.replace("_", " ").strip()
    return words[:1].upper() + words[1:] if words and words == words.lower() else words


def runs(text: str) -> Runs:
    """A text without styles."""
    return (Run(text),) if text else ()


def column(name: str, values: list[object], kind: str) -> tuple[bool, list[str]]:
    """Whether a column goes to the right, and its cells as text."""
    known = [value for value in values if value is not None and value != ""]
    if known and all(numeric(value) for value in known):
        digits = places(known)
        whole = IDENTIFIER.search(name) or all(isinstance(v, int) and 1900 <= v <= 2100 for v in known)
        return True, [
            "" if value in (None, "") else str(value) if whole and digits == 0 else grouped(value, digits) for value in values
        ]
    right = bool(known) and all(isinstance(value, str) and NUMBER.fullmatch(value.strip()) for value in known)
    return right, [shown(value) for value in values]


def numeric(value: object) -> bool:
    """Whether a value is a number."""
    return isinstance(value, int | float | Decimal) and not isinstance(value, bool)


def places(values: list[object]) -> int:
    """How many decimals a column shows: none for whole numbers, two for money, up to four for small ones."""
    used = max(decimals(value) for value in values)
    if used <= 1:
        return used
    largest = max(abs(float(v)) for v in values)  # type: ignore[arg-type]
    return 2 if used == 2 or largest >= 1 else min(used, 4)


def decimals(value: object) -> int:
    """The decimals of a value; one that is kept to the cent has two."""
    if isinstance(value, Decimal) and value.as_tuple().exponent == -2:
        return 2 if value != value.to_integral_value() else 0
    return max(0, -int(Decimal(repr(value) if isinstance(value, float) else str(value)).normalize().as_tuple().exponent))


def grouped(value: object, digits: int) -> str:
    """1234.5 as 1,234.50; half a unit goes up, as on paper."""
    from decimal import ROUND_HALF_UP

    exact = Decimal(repr(value) if isinstance(value, float) else str(value))
    return f"{exact.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP):,f}"


def shown(value: object) -> str:
    """A value in words."""
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case datetime.datetime():
            return value.strftime("%Y-%m-%d %H:%M:%S" if value.second else "%Y-%m-%d %H:%M")
        case _ if numeric(value):
            return grouped(value, places([value]))
    return str(value)


def fill(template: str, row: dict[str, object]) -> str:
    """A template with the values of a row in it.

    Raises:
        Fault: unknown_column, bad_template.
    """

    def put(found: re.Match[str]) -> str:
        name, spec = found[1].strip(), found[2] or ""
        if name not in row:
            raise Fault(
                "unknown_column",
                f"the template names {name!r}, which the table does not have",
                f"its columns are {', '.join(row)}",
            )
        value = row[name]
        if value is None:
            return "no value"
        try:
            return format(value, spec) if spec else shown(value)
        except ValueError as error:
            raise Fault(
                "bad_template",
                f"{found[0]!r} does not fit the value {shown(value)!r}",
                "use a format such as {name:,.2f} for numbers only",
            ) from error

    return FIELD.sub(put, template)
