"""Sniff: what bytes, lines and cells look like: encoding, delimiter, header row, numbers, dates, blanks."""

import csv
import io
import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from .fault import Fault

BLANKS = frozenset({"", "n/a", "na", "#n/a", "null", "none", "nan", "-", "--", "–", "—", "?", "#null!", "nil", "(blank)"})
CURRENCY = r"(?:[$€£¥₹₺]|USD|EUR|GBP|CHF|JPY|SEK|NOK|DKK|PLN)"
SPACE = "'’ \u00a0\u202f"
POINT = re.compile(rf"[-+]?(?:(?:\d+|\d{{1,3}}(?:,\d{{3}})+|\d{{1,3}}(?:[{SPACE}]\d{{3}})+)(?:\.(\d*))?|\.(\d+))")
COMMA = re.compile(rf"[-+]?(?:(?:\d+|\d{{1,3}}(?:\.\d{{3}})+|\d{{1,3}}(?:[{SPACE}]\d{{3}})+)(?:,(\d*))?|,(\d+))")
SCIENTIFIC = re.compile(r"[-+]?\d+(?:\.\d+[eE][-+]?\d+|[eE][-+]\d+)")
UNIT = re.compile(rf"^([-+]?)\s*({CURRENCY})?\s*(.*?)\s*({CURRENCY}|%)?$", re.S)
MONTHS = (
    "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|"
    "sep(?:t(?:ember)?)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?"
)
CLOCK = re.compile(
    r"(?P<day>.*?\d)(?P<gap>[T ]|, )"
    r"(?P<clock>\d{1,2}:\d{2}(?P<seconds>:\d{2}(?P<fraction>\.\d+)?)?)(?P<half> ?[aApP][mM])?(?P<zone>Z|[+-]\d{2}:?\d{2})?"
)
YEAR_FIRST = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})")
YEAR_LAST = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{2})")
DAY_MONTH = re.compile(rf"(\d{{1,2}})(\.? |-|/)({MONTHS})(,? |-|/|\. )(\d{{4}}|\d{{2}})", re.I)
MONTH_DAY = re.compile(rf"({MONTHS})(\.? )(\d{{1,2}})(, ?| )(\d{{4}})", re.I)


@dataclass(frozen=True, slots=True)
class Guess:
    """What all cells of a column are. `formats` are strptime patterns; `unit` a currency or % written in the cells."""

    type: str = "text"
    formats: tuple[str, ...] = ()
    decimal: str = "."
    thousands: str = ""
    scale: int = 0
    unit: str = ""
    exact: bool = True
    dressed: bool = False
    ambiguous: bool = False
    undecided: bool = False

    @property
    def format(self) -> str:
        """The date format for a survey."""
        return "ambiguous" if self.ambiguous else " | ".join(self.formats)


@dataclass(frozen=True, slots=True)
class Text:
    """Decoded bytes: under which encoding, and how many characters could not be read."""

    text: str
    encoding: str
    errors: int = 0


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a delimited file is laid out. `header` is the row of the names counted from 0, None when there is none."""

    delimiter: str
    header: int | None
    width: int
    names: tuple[str, ...]
    skipped: int = 0


def encoding(head: bytes, name: str) -> str:
    """The encoding told by a byte-order mark or by zero bytes, else "" for one of the single-byte family or UTF-8.

    Raises:
        Fault: no_table, for a binary file.
    """
    for mark, found in (
        (b"\xef\xbb\xbf", "utf-8-sig"),
        (b"\xff\xfe\0\0", "utf-32"),
        (b"\xff\xfe", "utf-16"),
        (b"\xfe\xff", "utf-16"),
    ):
        if head.startswith(mark):
            return found
    if b"\0" not in head:
        return ""
    even, odd = head[::2].count(0), head[1::2].count(0)
    if odd > len(head) * 0.2 and even < odd / 10:
        return "utf-16-le"
    if even > len(head) * 0.2 and odd < even / 10:
        return "utf-16-be"
    raise Fault("no_table", f"{name!r} is a binary file, not text", "name a csv, xlsx, json or another table")


def decode(data: bytes, name: str, wanted: str = "") -> Text:
    """`data` as text: strict UTF-8 first, then cp1252, then Latin-1; UTF-8 with a few broken bytes stays UTF-8.

    Raises:
        Fault: encoding, when it is not in the wanted encoding; no_table, for a binary file.
    """
    told = wanted or encoding(data[:4096], name)
    if told:
        try:
            return Text(data.decode(told), told)
        except (UnicodeDecodeError, LookupError) as error:
            remedy = "leave the encoding out to have it found" if wanted else "save the file again as UTF-8"
            raise Fault("encoding", f"{name!r} is not readable as {told}: {error}", remedy) from error
    try:
        return Text(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        text = data.decode("utf-8", "replace")
    broken, whole = text.count("\ufffd"), sum(ord(c) > 127 for c in text)
    if whole - broken > 4 * broken:
        return Text(text, "utf-8", broken)
    for found in ("cp1252", "latin-1") if re.search(rb"[\x80-\x9f]", data) else ("latin-1",):
        try:
            return Text(data.decode(found), found)
        except UnicodeDecodeError:
            continue
    raise Fault("encoding", f"{name!r} is in no known encoding", "save the file again as UTF-8")


def dialect(text: str, name: str, *, delimiter: str = "", partial: bool = False) -> Dialect:
    """The layout of delimited text, from its first lines.

    Raises:
        Fault: empty, when no line holds anything.
    """
    if not text.strip():
        raise Fault("empty", f"{name!r} is empty", "give a file that has rows")
    hint = re.match(r"sep=(.)\r?\n", text, re.I)
    body = text[hint.end() :] if hint else text
    delimiter = delimiter or (hint[1] if hint else "") or best_delimiter(body, name)
    rows = sample(body, delimiter, partial)
    header, width = find_header(rows)
    cells = rows[header] if header is not None else []
    return Dialect(delimiter, header, width, tuple(names(cells, width)), skipped=1 if hint else 0)


def sample(text: str, delimiter: str, partial: bool = True, most: int = 500) -> list[list[str]]:
    """The first rows; the last one is left out when the text may end inside it."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    rows: list[list[str]] = []
    try:
        for row in reader:
            rows.append(row)
            if len(rows) > most:
                break
    except csv.Error:
        pass
    return rows[:-1] if partial and 1 < len(rows) <= most else rows


def best_delimiter(text: str, name: str) -> str:
    """The delimiter that cuts most lines into the same number of cells."""
    found, best = "\t" if name.lower().endswith((".tsv", ".tab")) else ",", 0.0
    for candidate in (",", ";", "\t", "|"):
        widths = [len(row) for row in sample(text[:65536], candidate, len(text) > 65536) if any(cell.strip() for cell in row)]
        if not widths:
            continue
        width, count = Counter(w for w in widths if w > 1).most_common(1)[0] if max(widths) > 1 else (1, 0)
        score = count / len(widths) * (1 + math.log(width))
        if width > 1 and widths[0] < width and count < len(widths) - 3:
            score *= 0.6
        if score > best:
            found, best = candidate, score
    return found


def find_header(rows: Sequence[Sequence[str]]) -> tuple[int | None, int]:
    """The row that names the columns (None when the data start at once) and the number of columns."""
    filled = [(at, row) for at, row in enumerate(rows) if any(cell.strip() for cell in row)]
    widths = Counter(len(row) for _, row in filled[-200:])
    width = max(widths, key=lambda w: (widths[w], w))
    need = max(1, math.ceil(width * 0.6))
    start = next((at for at, row in filled if sum(bool(cell.strip()) for cell in row) >= need and len(row) >= need), filled[0][0])
    body = [row for at, row in filled if at > start][:100]
    if body and not is_header(rows[start], body, width):
        return None, width
    return start, max(width, len(rows[start]))


def is_header(first: Sequence[str], body: Sequence[Sequence[str]], width: int) -> bool:
    """Whether the first row names the columns: it does unless it looks like the cells under it."""
    typed = alike = 0
    for at in range(min(width, len(first))):
        below = guess([row[at] for row in body if at < len(row)])
        cell = first[at].strip()
        if below.type in ("text", "empty") or not cell:
            continue
        typed += 1
        year = re.fullmatch(r"(19|20)\d\d", cell) and not all(
            re.fullmatch(r"(19|20)\d\d", row[at].strip()) for row in body if at < len(row)
        )
        same = guess([cell]).type
        alike += not year and (same == below.type or {same, below.type} == {"integer", "number"})
    return typed == 0 or alike < max(1, typed / 2)


def names(cells: Sequence[str], width: int) -> list[str]:
    """Column names: trimmed, empty ones numbered, doubled ones told apart."""
    taken: dict[str, int] = {}
    found: list[str] = []
    for at in range(width):
        name = " ".join(cells[at].split()) if at < len(cells) else ""
        name = name or f"column_{at + 1}"
        while name.lower() in taken:
            taken[name.lower()] += 1
            name = f"{name}_{taken[name.lower()]}"
        taken[name.lower()] = 1
        found.append(name)
    return found


def guess(values: Iterable[str], *, decimal: str = "", order: str = "", dated: bool = False) -> Guess:
    """What a column of cells is.

    Args:
        values: all cells, or a sample.
        decimal: "." or "," as other columns of the file show it, for numbers such as 1.234.
        order: "dmy" or "mdy" as other columns show it, for dates such as 03/04/2025.
        dated: the name of the column speaks of a date, so 20250131 is one.
    """
    cells = {value.strip() for value in values}
    cells.discard("")
    if not cells:
        return Guess("empty")
    real = {cell for cell in cells if cell.lower() not in BLANKS}
    if not real:
        return Guess("empty")
    if {cell.lower() for cell in real} <= {"true", "false"}:
        return Guess("boolean")
    if dated and all(re.fullmatch(r"(19|20)\d\d(0[1-9]|1[0-2])([0-2]\d|3[01])", cell) for cell in real):
        return Guess("date", ("%Y%m%d",))
    return number(real, decimal) or moment(real, order) or Guess("text")


def number(cells: Iterable[str], decimal: str) -> Guess | None:
    """The way all cells are numbers, or None."""
    units: set[str] = set()
    bare: list[str] = []
    dressed = False
    for cell in cells:
        if len(cell) > 40:
            return None
        core, unit = undress(cell)
        units.add(unit)
        bare.append(core)
        dressed |= core != cell
    if len(units - {""}) > 1:
        return None
    unit = next(iter(units - {""}), "")
    plain = [core for core in bare if not SCIENTIFIC.fullmatch(core)]
    exact = len(plain) == len(bare)
    if any(re.fullmatch(r"[-+]?0\d+", core) or (core[:1] == "+" and " " in core) for core in plain):
        return None
    point = [POINT.fullmatch(core) for core in plain]
    comma = [COMMA.fullmatch(core) for core in plain]
    fits = {".": all(point), ",": all(comma)}
    if not any(fits.values()):
        return None
    undecided = all(fits.values()) and any("," in core or "." in core for core in plain)
    style = (decimal or ".") if all(fits.values()) else "." if fits["."] else ","
    scale = max((len(m[1] or m[2] or "") for m in (point if style == "." else comma) if m), default=0)
    digits = max((sum(c.isdigit() for c in core) for core in plain), default=0)
    if digits > 18 and scale == 0:
        return None
    group = next((mark for mark in f".,{SPACE}" if mark != style and any(mark in core for core in plain)), "")
    whole = exact and scale == 0
    return Guess("integer" if whole else "number", decimal=style, thousands=group, scale=scale, unit=unit,
                 exact=exact and scale <= 6 and digits <= 30, undecided=undecided, dressed=dressed)  # fmt: skip


def undress(cell: str) -> tuple[str, str]:
    """A number without its currency, percent sign and accounting brackets, and that unit."""
    if cell.startswith("(") and cell.endswith(")"):
        core, unit = undress(cell[1:-1].strip())
        return "-" + core, unit
    if cell[-1] == "-" and cell[:-1].strip():
        cell = "-" + cell[:-1].strip()
    found = UNIT.match(cell)
    assert found
    sign, before, core, after = found.groups()
    return sign + core, before or after or ""


def moment(cells: Iterable[str], order: str) -> Guess | None:
    """The way all cells are dates or datetimes, or None."""
    fixed: set[str] = set()
    open_: set[tuple[str, str]] = set()
    first = second = 0
    timed = False
    for cell in cells:
        clock = CLOCK.fullmatch(cell)
        tail = clock_format(clock) if clock else ""
        timed |= bool(clock)
        day = clock["day"] if clock else cell
        if exact := day_format(day):
            fixed.add(exact + tail)
        elif (found := YEAR_LAST.fullmatch(day)) and 0 < int(found[1]) <= 31 and 0 < int(found[3]) <= 31:
            year = "%Y" if len(found[4]) == 4 else "%y"
            if found[2] == ".":
                if int(found[3]) > 12:
                    return None
                fixed.add(f"%d.%m.{year}{tail}")
                continue
            first, second = max(first, int(found[1])), max(second, int(found[3]))
            open_.add((found[2] + year, tail))
        else:
            return None
    return settle(fixed, open_, first, second, order, "datetime" if timed else "date")


def settle(fixed: set[str], open_: set[tuple[str, str]], first: int, second: int, order: str, type_: str) -> Guess | None:
    """Decide day before month or month before day over the whole column."""
    if not open_:
        return Guess(type_, tuple(sorted(fixed)))
    if first > 12 and second > 12:
        return None
    decided = "dmy" if first > 12 else "mdy" if second > 12 else order
    lead = {"dmy": "%d{0}%m{0}", "mdy": "%m{0}%d{0}"}.get(decided, "%d{0}%m{0}")
    formats = {lead.format(mark[0]) + mark[1:] + tail for mark, tail in open_}
    return Guess(type_, tuple(sorted(fixed | formats)), ambiguous=not decided)


def day_format(day: str) -> str:
    """The strptime format of a date that can be read one way only, else ""."""
    if (found := YEAR_FIRST.fullmatch(day)) and 1 <= int(found[3]) <= 12 and 1 <= int(found[4]) <= 31:
        return f"%Y{found[2]}%m{found[2]}%d"
    if (found := DAY_MONTH.fullmatch(day)) and 1 <= int(found[1]) <= 31 and found[3].lower() != "sept":
        return f"%d{found[2]}{'%b' if len(found[3]) == 3 else '%B'}{found[4]}{'%Y' if len(found[5]) == 4 else '%y'}"
    if (found := MONTH_DAY.fullmatch(day)) and 1 <= int(found[3]) <= 31 and found[1].lower() != "sept":
        return f"{'%b' if len(found[1]) == 3 else '%B'}{found[2]}%d{found[4]}%Y"
    return ""


def clock_format(found: re.Match[str]) -> str:
    """The strptime format of the time of day, with the gap before it."""
    hours = "%I" if found["half"] else "%H"
    seconds = ":%S" if found["seconds"] else ""
    fraction = ".%f" if found["fraction"] else ""
    half = (" %p" if found["half"].startswith(" ") else "%p") if found["half"] else ""
    zone = "" if not found["zone"] else "Z" if found["zone"] == "Z" else "%z"
    return f"{found['gap']}{hours}:%M{seconds}{fraction}{half}{zone}"


def columns(
    samples: Sequence[tuple[str, Iterable[str]]], *, delimiter: str = "", dates: dict[str, str] | None = None
) -> list[Guess]:
    """A guess for each column; what one column leaves open, the others decide."""
    held = [(name, set(values)) for name, values in samples]
    guesses = [guess(values, dated=speaks_of_dates(name)) for name, values in held]
    decimal = next((g.decimal for g in guesses if g.type == "number" and not g.undecided), "") or (
        "," if delimiter == ";" else ""
    )
    order = next(
        (
            ("dmy" if f.startswith("%d") else "mdy")
            for g in guesses
            if not g.ambiguous
            for f in g.formats
            if re.match(r"%[dm][/-]%[dm]", f)
        ),
        "",
    )
    for at, (name, values) in enumerate(held):
        told = (dates or {}).get(name, "")
        chosen = {"d/m/y": "dmy", "m/d/y": "mdy"}.get(re.sub(r"[%\s]", "", told).replace("-", "/").lower(), told) or order
        if guesses[at].undecided and decimal:
            guesses[at] = guess(values, decimal=decimal)
        elif guesses[at].ambiguous and chosen:
            guesses[at] = guess(values, order=chosen)
    return guesses


def speaks_of_dates(name: str) -> bool:
    """Whether a column's name says that it holds dates."""
    return bool(re.search(r"date|day|datum|fecha|tarih", name, re.I))
