"""Charts: a table as a picture that can be read without asking. Entry point of the box."""

import datetime
from collections.abc import Callable, Sequence

from .chain import CALENDAR
from .fault import Fault
from .painting import Data, numeric, paint, text
from .paths import atomic, inside, relative, vacant

Progress = Callable[[float, str], None]


def draw(args: dict, progress: Progress) -> dict:
    """args as charts.draw -> {"path", "kind", "points", "series"}.

    Raises:
        Fault: exists, bad_format, unknown_column, not_numeric, no_data.
    """
    path, kind = str(args["path"]), str(args["kind"])
    form = path.rpartition(".")[2].lower()
    if form not in ("png", "svg", "pdf"):
        raise Fault("bad_format", f"cannot draw to {path!r}", "end the name in .png, .svg or .pdf")
    target = inside(path) if args.get("overwrite") else vacant(path)
    data = gather(args, kind)
    if not data.points:
        raise Fault(
            "no_data",
            f"there is nothing to draw in {', '.join(data.series) or 'the table'}",
            "loosen the filter or choose a column of numbers",
        )
    progress(0.4, "drawing")
    with atomic(target) as temporary:
        paint(args, kind, data, temporary, form)
    return {"path": relative(target), "kind": kind, "points": data.points, "series": list(data.series)}


def gather(args: dict, kind: str) -> Data:
    """The columns wanted, as x values and series."""
    from .tables import rows

    names, body, _ = rows(args["table"])
    ys = [find(names, y) for y in args.get("y") or []]
    x = find(names, args["x"]) if args.get("x") else None
    if kind == "histogram":
        at = ys[0] if ys else x if x is not None else len(names) - 1
        wanted = find(names, args["series"]) if args.get("series") else None
        return histogram_data(names, body, at, wanted)
    if x is None:
        x = next((at for at in range(len(names)) if at not in ys), 0)
    by = find(names, args["series"]) if args.get("series") else None
    ys = ys or [at for at in range(len(names)) if at not in (x, by) and all(numeric(row[at]) or row[at] is None for row in body)]
    if not ys:
        raise Fault("not_numeric", "there is no column of numbers to draw", "name it with y")
    if by is not None:
        return spread(names, body, x, ys[0], by)
    xs = [row[x] for row in body]
    series = {names[at]: [number(row[at], names[at]) for row in body] for at in ys}
    return ordered(Data(xs, series, names[x], names[ys[0]] if len(ys) == 1 else ""), kind)


def find(names: Sequence[str], wanted: object) -> int:
    """The place of a column.

    Raises:
        Fault: unknown_column.
    """
    from .expressions import column

    return list(names).index(column(wanted, dict.fromkeys(names, "VARCHAR"))[1:-1].replace('""', '"'))


def number(value: object, name: str) -> float | None:
    """A value as a float; a blank is a gap.

    Raises:
        Fault: not_numeric.
    """
    if value is None or value == "":
        return None
    if not numeric(value):
        raise Fault("not_numeric", f"column {name!r} holds {value!r}, which is not a number", "choose a column of numbers")
    return float(value)  # type: ignore[arg-type]


def spread(names: list[str], body: list[list[object]], x: int, y: int, by: int) -> Data:
    """One series a value of the series column; rows of the same x and series are added up."""
    xs = list(dict.fromkeys(row[x] for row in body))
    place = {value: at for at, value in enumerate(xs)}
    series: dict[str, list[float | None]] = {}
    for row in body:
        values = series.setdefault("(blank)" if row[by] is None else text(row[by]), [None] * len(xs))
        value, at = number(row[y], names[y]), place[row[x]]
        if value is not None:
            values[at] = (values[at] or 0.0) + value
    return ordered(Data(xs, series, names[x], names[y]), "line")


def ordered(data: Data, kind: str) -> Data:
    """Dates, months, quarters and numbers along x in their order; names stay as they come."""
    order = {name: at for names in CALENDAR.values() for at, name in enumerate(names)}
    known = [value for value in data.x if value is not None]
    if known and all(value in order for value in known):
        rank = {at: order.get(value, 99) for at, value in enumerate(data.x)}  # type: ignore[call-overload]
    elif (
        kind != "pie"
        and known
        and (all(isinstance(v, datetime.date) for v in known) or all(numeric(v) for v in known) or all(period(v) for v in known))
    ):
        place = {value: at for at, value in enumerate(sorted(set(known)))}  # type: ignore[type-var]
        rank = {at: place.get(value, len(place)) for at, value in enumerate(data.x)}
    else:
        return data
    way = sorted(range(len(data.x)), key=lambda at: rank[at])
    return Data(
        [data.x[at] for at in way],
        {name: [values[at] for at in way] for name, values in data.series.items()},
        data.x_name,
        data.y_name,
    )


def period(value: object) -> bool:
    """Whether a text is a year-month, year-quarter, year-week or ISO date, which sort as text."""
    import re

    return isinstance(value, str) and bool(re.fullmatch(r"\d{4}-(\d{2}(-\d{2})?|Q[1-4]|W\d{2})", value))


def histogram_data(names: list[str], body: list[list[object]], at: int, by: int | None) -> Data:
    """All values of one column, a series each value of another."""
    series: dict[str, list[float | None]] = {}
    for row in body:
        key = names[at] if by is None else "(blank)" if row[by] is None else text(row[by])
        value = number(row[at], names[at])
        if value is not None:
            series.setdefault(key, []).append(value)
    return Data([], series, names[at], "Count")
