"""Cells as values, for the verifier's own computation: exact numbers, dates, blanks. Nothing here is shared with the tools."""

import re
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

Value = None | bool | str | Decimal | date | datetime
BLANK = {"", "n/a", "na", "null", "none", "nan", "-", "--", "nat", "n.a.", "#n/a"}
MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
WEEKDAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
_CURRENCY = re.compile(r"^(?:eur|usd|gbp|chf|€|\$|£)\s*|\s*(?:eur|usd|gbp|chf|€|\$|£|%)$", re.I)
_DOT = re.compile(r"[-+−]?(?:\d+|\d{1,3}(?:[,' \u00a0\u202f]\d{3})+)?(?:\.\d+)?(?:[eE][-+]?\d+)?")
_COMMA = re.compile(r"[-+−]?(?:\d+|\d{1,3}(?:[.' \u00a0\u202f]\d{3})+)(?:,\d+)?")
_ISO = re.compile(r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?:[T ](\d{1,2}):(\d\d)(?::(\d\d)(?:\.\d+)?)?)?\s*(?:Z|[+-]\d\d:?\d\d)?")
_DMY = re.compile(r"(\d{1,2})([./-])(\d{1,2})\2(\d{4})(?:[ T](\d{1,2}):(\d\d)(?::(\d\d))?)?")
_NAMED = re.compile(r"(?:(\d{1,2})\.?[ -/]([A-Za-z]{3,9})[ -/,]+(\d{4}))|(?:([A-Za-z]{3,9})\.? (\d{1,2}),? (\d{4}))")
_LOG = re.compile(r"(\d\d)/([A-Za-z]{3})/(\d{4}):(\d\d):(\d\d):(\d\d)(?: [+-]\d{4})?")

_THOUSANDS = re.compile(r"[-+]?[1-9]\d{0,2}\.\d{3}")


def blank(cell: object) -> bool:
    """Whether a cell says nothing."""
    return cell is None or (isinstance(cell, str) and cell.strip().casefold() in BLANK) or cell != cell


def number(cell: object, comma: bool = False) -> Decimal | None:
    """A cell as an exact number, or None; `comma` reads 1.234,50."""
    if isinstance(cell, bool) or cell is None:
        return None
    if isinstance(cell, int | float | Decimal):
        return None if cell != cell else Decimal(str(cell))
    if not isinstance(cell, str):
        return None
    text = _CURRENCY.sub("", _CURRENCY.sub("", cell.strip())).strip()
    if not re.search(r"\d", text) or not (_COMMA if comma else _DOT).fullmatch(text):
        return None
    text = re.sub(r"[.' \u00a0\u202f]" if comma else r"[,' \u00a0\u202f]", "", text).replace("−", "-")
    try:
        return Decimal(text.replace(",", ".") if comma else text)
    except InvalidOperation:
        return None


def moment(cell: object, order: str = "dmy") -> date | datetime | None:
    """A cell as a date or a time, or None; `order` settles 01/02/2025 (dmy or mdy)."""
    if isinstance(cell, datetime):
        return cell.replace(tzinfo=None)
    if isinstance(cell, date):
        return cell
    if not isinstance(cell, str):
        return None
    text = cell.strip()
    try:
        return _iso(text) or _numeric(text, order) or _named(text)
    except ValueError:
        return None


def _iso(text: str) -> date | datetime | None:
    m = _ISO.fullmatch(text)
    if not m:
        return None
    day = date(int(m[1]), int(m[2]), int(m[3]))
    return day if m[4] is None else datetime(day.year, day.month, day.day, int(m[4]), int(m[5]), int(m[6] or 0))


def _numeric(text: str, order: str) -> date | datetime | None:
    m = _DMY.fullmatch(text)
    if not m:
        return None
    first, second = int(m[1]), int(m[3])
    day, month = (second, first) if order == "mdy" else (first, second)
    if m[5] is None:
        return date(int(m[4]), month, day)
    return datetime(int(m[4]), month, day, int(m[5]), int(m[6]), int(m[7] or 0))


def _named(text: str) -> date | datetime | None:
    if m := _LOG.fullmatch(text):
        return datetime(int(m[3]), month_of(m[2]) or 0, int(m[1]), int(m[4]), int(m[5]), int(m[6]))
    m = _NAMED.fullmatch(text)
    if not m:
        return None
    day, name, year = (m[1], m[2], m[3]) if m[1] else (m[5], m[4], m[6])
    month = month_of(name)
    return date(int(year), month, int(day)) if month else None


def month_of(name: str) -> int | None:
    """1 to 12 for a month's name or its first three letters."""
    low = name.casefold().rstrip(".")
    return next((i for i, m in enumerate(MONTHS, 1) if low == m or low == m[:3] or (low == "sept" and i == 9)), None)


def kind_of(cells: list[object], delimiter: str = ",") -> dict:
    """What a column holds: {"type", "comma", "order"}; type is number, date, text or empty."""
    filled = [c for c in cells if not blank(c)]
    if filled and all(isinstance(c, date) for c in filled):
        return {"type": "date", "order": "dmy"}
    if not filled:
        return {"type": "empty"}
    if all(isinstance(c, bool) for c in filled):
        return {"type": "text"}
    texts = [c for c in filled if isinstance(c, str)]
    coded = any(re.fullmatch(r"[+]?0\d+", t.strip()) for t in texts) or any(t.strip().startswith("+") for t in texts)
    if not coded:
        marks = {m.group().strip().casefold() for t in texts if (m := _CURRENCY.search(t.strip()))}
        if len(marks) > 1:
            return {"type": "text"}
        commas = any(re.search(r",\d{1,2}$|,\d{4,}$|\.\d{3},", t.strip()) for t in texts)
        comma = commas or (delimiter == ";" and any("," in t for t in texts))
        if all(number(c, comma) is not None for c in filled):
            grouped = [t for t in texts if "." in t]
            unsure = delimiter == ";" and not comma and bool(grouped) and all(_THOUSANDS.fullmatch(t.strip()) for t in grouped)
            return {
                "type": "number",
                "comma": comma,
                **({"unsure": True} if unsure else {}),
                "percent": bool(texts) and all(t.strip().endswith("%") for t in texts),
            }
    if all(moment(c, "dmy") is not None for c in filled):
        swapped = all(moment(c, "mdy") is not None for c in filled)
        sure = not swapped or all(not isinstance(c, str) or not _DMY.fullmatch(c.strip()) or "." in c for c in filled)
        return {"type": "date", "order": "dmy", **({} if sure else {"unsure": True})}
    if all(moment(c, "mdy") is not None for c in filled):
        return {"type": "date", "order": "mdy"}
    return {"type": "text"}


REMEMBERED = 100_000


def reader(kind: dict) -> Callable[[object], Value]:
    """`typed` for one column: what was read once is remembered, and plain digits take a short way."""
    known: dict[str, Value] = {}
    plain = kind["type"] == "number" and not kind.get("comma")

    def read(cell: object) -> Value:
        if type(cell) is not str:
            return typed(cell, kind)
        if cell in known:
            return known[cell]
        value = Decimal(cell) if plain and _digits(cell) else typed(cell, kind)
        if len(known) < REMEMBERED:
            known[cell] = value
        return value

    return read


def _digits(cell: str) -> bool:
    whole, point, part = cell.removeprefix("-").partition(".")
    return cell.isascii() and whole.isdigit() and (part.isdigit() if point else True)


def typed(cell: object, kind: dict) -> Value:
    """A raw cell as a value of its column's kind; text that does not fit stays text."""
    if blank(cell):
        return None
    if kind["type"] == "number":
        got = number(cell, bool(kind.get("comma")))
        return got if got is not None else str(cell)
    if kind["type"] == "date":
        when = moment(cell, str(kind.get("order", "dmy")))
        return when if when is not None else str(cell)
    return cell if isinstance(cell, bool) else str(cell).strip()
