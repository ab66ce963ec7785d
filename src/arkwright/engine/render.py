"""Render: what a run says, in words for people."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import cast

from arkwright.core.json import Json, Object, resolve

PREVIEW = 20


def render(answer: Sequence[Json], outputs: Mapping[str, Json]) -> str:
    """The parts of an answer joined: strings as they are, references as what they stand for, tables as paragraphs of their own.

    Raises:
        KeyError: a reference names a task without an output, or a path that is not in it.
    """
    text = ""
    for part in answer:
        said = part if isinstance(part, str) else say(resolve(part, outputs))
        if said.startswith("|") and text and not isinstance(part, str):
            text = text.rstrip("\n") + "\n\n"
        elif text.endswith("|") and said and not said.startswith("\n"):
            text += "\n\n"
        text += said
    return text.strip()


def say(value: Json) -> str:
    """A value in words: a number without noise, a list with commas, a table as its one cell or as Markdown."""
    if isinstance(value, dict):
        if is_table(value):
            return _say_table(value)
        return ", ".join(f"{key}: {say(child)}" for key, child in value.items())
    if isinstance(value, list):
        return ", ".join(say(child) for child in value) if value else "none"
    return _say_scalar(value)


def is_table(value: Object) -> bool:
    """Whether a value is a TableRef."""
    return {"table", "columns", "rows", "preview"} <= value.keys()


def _say_scalar(value: Json) -> str:
    if value is None:
        return "none"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return _say_number(value) if isinstance(value, float) else str(value)


def _say_number(value: float) -> str:
    """At most 10 digits after the point, and no point at all for a whole number."""
    if value != value or value in (float("inf"), float("-inf")):
        return str(value)
    text = format(Decimal(repr(round(value, 10))), "f")
    whole, _, rest = text.partition(".")
    said = text if rest.strip("0") else whole
    return "0" if said == "-0" else said


def _say_table(table: Object) -> str:
    names = [str(column["name"]) for column in cast("list[Object]", table["columns"])]
    preview = cast("list[list[Json]]", table["preview"])
    rows = cast("int", table["rows"])
    if rows == 0:
        return "none"
    if rows == 1 and len(names) == 1:
        return _say_scalar(preview[0][0]) if not isinstance(preview[0][0], list | dict) else say(preview[0][0])
    lines = [_line(names), _line("---" for _ in names), *(_line(_cell(cell) for cell in row) for row in preview[:PREVIEW])]
    if rows > len(preview[:PREVIEW]):
        lines.append(f"\n(the first {len(preview[:PREVIEW])} of {rows} rows)")
    return "\n".join(lines)


def _line(cells: Iterable[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def _cell(value: Json) -> str:
    return "" if value is None else say(value).replace("|", "\\|").replace("\n", " ")
