"""Forms: an expected value and a cell brought into one form - rounded figures, shares, dates, months, texts."""

import re
from datetime import date, datetime
from decimal import Decimal

from .proof_query import Row
from .proof_values import MONTHS, WEEKDAYS, blank, moment, month_of, number

HALF_CENT = Decimal("0.0050001")
NO_VALUE = re.compile(
    r"\(?(?:blank|unknown|missing|none|empty|unassigned|not (?:given|set|stated|specified)|no \w+|n/?a|nan|null|—|–|-)\)?", re.I
)
PERIOD = re.compile(r"(\d{4})-(\d\d)")


class Rounded(Decimal):
    """A figure that has to be rounded: the exact value, and how many places the cell may have."""

    places: int
    loose: bool
    either: bool

    def step(self) -> Decimal:
        """The unit of the last place."""
        return Decimal(1).scaleb(-self.places)

    def holds(self, cell: Decimal) -> bool:
        """Whether a cell is this figure, rounded."""
        if self.either and abs(self - cell) <= HALF_CENT:
            return True
        near = abs(self - cell) <= self.step() / 2 + Decimal("1e-9")
        return near and (self.loose or abs(cell - cell.quantize(self.step())) < Decimal("1e-9"))


def _rounded(value: object, rules: dict, name: str = "") -> object:
    if not isinstance(value, Decimal):
        return value if value is not None else ""
    out = Rounded(value)
    out.places, out.loose = int(rules["places"]), bool(rules.get("loose"))
    out.either = name in rules.get("either", [])
    return out


def form_of(name: str, rows: list[Row], column: list[object], rules: dict):
    """How to bring an expected value and a cell into one form: (of expected, of cell)."""
    values = [r[name] for r in rows if r.get(name) is not None]
    if name == "~source":
        return _origin, _origin
    if values and all(isinstance(v, date) for v in values):
        return _as_date, lambda c: _as_date(moment(c) if moment(c) is not None else c)
    if values and all(isinstance(v, str) and PERIOD.fullmatch(v) for v in values):
        return _period_form([str(v) for v in values], column)
    if values and all(isinstance(v, str) and re.fullmatch(r"\d{4}-Q\d", v) for v in values):
        return _quarter_form([str(v) for v in values], column)
    if values and all(isinstance(v, str) and v.casefold() in WEEKDAYS for v in values):
        return (lambda v: text_of(v)[:3]), (lambda c: text_of(c)[:3])
    if name == "~share":
        return _share_form(values, column, rules)
    numeric = bool(values) and all(isinstance(v, Decimal) for v in values)
    if numeric and "places" in rules and _is_rounded(name, rules):
        return (lambda v: _rounded(v, rules, name)), number_of
    if numeric:
        return (lambda v: v if v is not None else ""), number_of
    return text_of, text_of


def _is_rounded(name: str, rules: dict) -> bool:
    return name in rules["rounded"] or ("*" in rules["rounded"] and name not in rules.get("keys", []))


def _share_form(values: list, column: list[object], rules: dict):
    """Shares in percent; a column of fractions is taken times a hundred."""
    said = [n for c in column if (n := number(c)) is not None]
    plain = not any("%" in str(c) for c in column)
    small = (
        plain and bool(said) and max(said) <= 1 and max((v for v in values if v is not None), default=Decimal(0)) > Decimal("1.5")
    )

    def cell(c: object) -> object:
        got = number_of(c)
        return got * 100 if small and isinstance(got, Decimal) else got

    return (lambda v: _rounded(v, rules) if "places" in rules else v if v is not None else ""), cell


def _origin(cell: object) -> object:
    """Where a row came from: a file by its name, with or without ending and folder; a month by its number."""
    text = str(text_of(cell)).rsplit("/", 1)[-1]
    text = re.sub(r"\.[a-z]{2,5}$", "", text)
    month = month_of(text)
    if m := re.fullmatch(r"\d{4}-(\d\d)", text):
        month = int(m[1])
    return f"month {month}" if month else text


def number_of(cell: object) -> object:
    got = number(cell)
    if got is None and isinstance(cell, str):
        bare = re.sub(r"(?i)\s*(?:days?|bytes|b|units?|pcs|hours?|:00)$", "", cell.strip())
        got = number(bare)
    return got if got is not None else text_of(cell)


def _as_date(value: object) -> object:
    if isinstance(value, datetime):
        return value.date().isoformat() if (value.hour, value.minute, value.second) == (0, 0, 0) else value.isoformat(" ")
    return value.isoformat() if isinstance(value, date) else text_of(value)


def text_of(value: object) -> object:
    if isinstance(value, bool):
        return str(value).casefold()
    if isinstance(value, (Decimal, int | float)):
        got = number(value)
        return "" if got is None else format(got.normalize(), "f")
    if isinstance(value, date):
        return _as_date(value)
    text = "" if blank(value) else " ".join(str(value).split()).casefold()
    if NO_VALUE.fullmatch(text):
        return ""
    got = number(text)
    return (
        format(got.normalize(), "f")
        if got is not None and not re.match(r"[+0]\d", text) and not re.search(r"[^\d.,+-]", text)
        else text
    )


def _period_form(values: list[str], column: list[object]):
    """Months: 2025-03, March 2025, Mar 2025, 03/2025, 2025-03-01; a bare month only when there is one year."""
    years = {v[:4] for v in values}

    def cell(c: object) -> object:
        when = moment(c) if not isinstance(c, str) or len(c) > 7 else None
        if when is not None and when.day == 1:
            return f"{when.year}-{when.month:02d}"
        text = text_of(c)
        if not isinstance(text, str):
            return text
        if m := re.fullmatch(r"(\d{4})[-/](\d{1,2})", text):
            return f"{m[1]}-{int(m[2]):02d}"
        if m := re.fullmatch(r"(\d{1,2})[-/](\d{4})", text):
            return f"{m[2]}-{int(m[1]):02d}"
        if m := re.fullmatch(r"([a-z]{3,9})\.?[ -]?(\d{4})?", text):
            month = next((i for i, name in enumerate(MONTHS, 1) if m[1] in (name, name[:3])), None)
            if month and (m[2] or len(years) == 1):
                return f"{m[2] or next(iter(years))}-{month:02d}"
        if text.isdigit() and len(text) <= 2 and len(years) == 1:
            return f"{next(iter(years))}-{int(text):02d}"
        return text

    del column
    return text_of, cell


def _quarter_form(values: list[str], column: list[object]):
    years = {v[:4] for v in values}

    def cell(c: object) -> object:
        text = str(text_of(c))
        quarter, year = re.search(r"q(?:uarter)? ?([1-4])", text), re.search(r"\d{4}", text)
        if quarter and (year or len(years) == 1):
            return f"{year[0] if year else next(iter(years))}-q{quarter[1]}"
        return f"{next(iter(years))}-q{text}" if text in ("1", "2", "3", "4") and len(years) == 1 else text

    del column
    return text_of, cell
