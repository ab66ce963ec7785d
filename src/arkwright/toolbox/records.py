"""Records: the list of objects in a JSON answer, and each object as one flat row."""

from .fault import Fault

USUAL = (
    "items",
    "data",
    "results",
    "records",
    "rows",
    "entries",
    "value",
    "values",
    "objects",
    "content",
    "nodes",
    "edges",
    "hits",
)


def at(body: object, path: str) -> object:
    """The part of a body at a dotted path; numbers index lists.

    Faults: no_items, naming what is there.
    """
    here = body
    for step in path.split(".") if path else ():
        if isinstance(here, dict) and step in here:
            here = here[step]
        elif isinstance(here, list) and step.isdigit() and int(step) < len(here):
            here = here[int(step)]
        else:
            there = ", ".join(map(repr, here)) if isinstance(here, dict) else type(here).__name__
            raise Fault("no_items", f"the answer has no {path!r}: at {step!r} there is {there}", "give the path of the records")
    return here


def find(body: object) -> str | None:
    """The dotted path of the records: the body itself (""), a usual name, or the only list of objects; None when unclear."""
    if is_records(body):
        return ""
    if not isinstance(body, dict):
        return None
    for name in USUAL:
        if name in body and is_records(body[name], empty=True):
            return name
    level = [(str(name), value) for name, value in body.items()]
    while level:
        lists = [path for path, value in level if is_records(value)]
        if lists:
            return lists[0] if len(lists) == 1 else None
        level = [(f"{path}.{name}", v) for path, value in level if isinstance(value, dict) for name, v in value.items()]
    return None


def is_records(value: object, *, empty: bool = False) -> bool:
    """A list of objects; an empty list only when `empty` says so."""
    return isinstance(value, list) and (bool(value) or empty) and all(isinstance(item, dict) for item in value)


def rows(records: object) -> list[dict]:
    """Each object with its nested objects as dotted columns; other values get the one column `value`."""
    listed = records if isinstance(records, list) else [records]
    return [flat(record) if isinstance(record, dict) else {"value": record} for record in listed]


def flat(record: dict, prefix: str = "") -> dict:
    """{"a": {"b": 1}} as {"a.b": 1}; lists and empty objects stay what they are."""
    out: dict = {}
    for name, value in record.items():
        if isinstance(value, dict) and value:
            out |= flat(value, f"{prefix}{name}.")
        else:
            out[f"{prefix}{name}"] = None if value == {} else value
    return out


def columns(table: list[dict]) -> list[str]:
    """All names in the order they first occur; a blank object gives way to its dotted columns."""
    names = list(dict.fromkeys(name for row in table for name in row))
    blank = {name for name in names if any(other.startswith(f"{name}.") for other in names)}
    return [name for name in names if name not in blank or any(row.get(name) is not None for row in table)]
