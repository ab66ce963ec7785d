"""Delimited: csv and its kin, of any size, as a typed view; and how untyped cells become typed."""

import codecs
import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import duckdb

from . import sniff
from .database import literal, quoted, types
from .fault import Fault
from .grids import Grid, pour
from .paths import in_scratch
from .typed import misfit, typed

LARGE = 16 << 20


@dataclass(frozen=True, slots=True)
class Loaded:
    """A typed view of the database and how it was read. `lists` are the columns that hold JSON lists as text."""

    view: str
    part: str = ""
    layout: dict[str, object] = field(default_factory=dict)
    guesses: dict[str, sniff.Guess] = field(default_factory=dict)
    lists: frozenset[str] = frozenset()
    small: bool = False
    kept: dict[str, str] = field(default_factory=dict)

    @property
    def formats(self) -> dict[str, str]:
        """How the ISO moments of a column were written, where all were written alike; they are written that way again."""
        sniffed = {
            name: guess.formats[0] for name, guess in self.guesses.items() if guess.type == "datetime" and len(guess.formats) == 1
        }
        return self.kept | {
            name: text for name, text in sniffed.items() if text.startswith("%Y-%m-%d") and not set("zpf") & set(text)
        }


def delimited(connection: duckdb.DuckDBPyConnection, target: Path, path: str, view: str, layout: dict) -> Loaded:
    """A delimited text file: small ones through Python's reader, large ones streamed by DuckDB.

    Raises:
        Fault: empty, encoding, no_table.
    """
    raw = f"{view} raw"
    large = target.stat().st_size > LARGE
    with target.open("rb") as stream:
        head = stream.read(1 << 18) if large else stream.read()
    if large:
        encoding, errors = whole_encoding(target, path, str(layout.get("encoding") or ""))
        text = head[: head.rfind(b"\n") + 1].decode(encoding, "replace").lstrip("\ufeff")
    else:
        decoded = sniff.decode(head, path, str(layout.get("encoding") or ""))
        text, encoding, errors = decoded.text.lstrip("\ufeff"), decoded.encoding, decoded.errors
    found_ = sniff.dialect(text, path, delimiter=str(layout.get("delimiter") or ""), partial=large)
    told: dict[str, object] = {"delimiter": found_.delimiter, "encoding": encoding, "header": found_.header}
    if errors:
        told["decode_errors"] = errors
    names = list(found_.names)
    if large:
        streamed(connection, target, encoding, found_, raw)
    else:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=found_.delimiter)) if not has_nul(text) else []
        refuse_unclosed(text, found_.delimiter, path)
        names, ragged = square(rows, found_, names)
        first = found_.skipped + (found_.header + 1 if found_.header is not None else 0)
        body = [[*row, *[None] * (len(names) - len(row))] for row in rows[first:] if any(cell.strip() for cell in row)]
        if not body:
            raise Fault("empty", f"{path!r} has a header but no rows", "give a file that has rows")
        pour(connection, Grid(names, body), raw)
        if ragged:
            told["ragged_rows"] = ragged
    return finish(connection, raw, view, "", told, {}, layout, whole=not large, delimiter=found_.delimiter)


def has_nul(text: str) -> bool:
    """Whether zero characters would stop the reader."""
    if "\0" in text:
        raise Fault("no_table", "the file holds zero bytes and is not text", "name a csv, xlsx, json or another table")
    return False


def refuse_unclosed(text: str, delimiter: str, path: str) -> None:
    """A quote that is opened and never closed takes every row after it into one cell.

    Raises:
        Fault: unclosed.
    """
    if text.count('"') % 2 == 0:
        return
    reader, line = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True), 0
    try:
        for _ in reader:
            line = reader.line_num
    except csv.Error as error:
        if "unexpected end of data" in str(error):
            said = f"{path!r} has a quote in line {line + 1} that is never closed"
            raise Fault("unclosed", said, f"close the quote in line {line + 1}, or remove it") from error


def square(rows: list[list[str]], found_: sniff.Dialect, names: list[str]) -> tuple[list[str], int]:
    """Names for the widest row (cells too many that are blank are dropped), and how many rows have another width."""
    for row in rows:
        while len(row) > len(names) and not row[-1].strip():
            row.pop()
    width = max(map(len, rows), default=0)
    first = found_.header + 1 if found_.header is not None else 0
    ragged = sum(bool(row) and len(row) != len(names) for row in rows[first + found_.skipped :])
    return sniff.names(names, max(width, len(names))), ragged


def whole_encoding(target: Path, path: str, wanted: str) -> tuple[str, int]:
    """The encoding of a large file, read through once, and how many characters it cannot read."""
    with target.open("rb") as stream:
        told = wanted or sniff.encoding(stream.read(4096), path)
    for name in [told] if told else ["utf-8", "cp1252", "latin-1"]:
        try:
            decoder = codecs.getincrementaldecoder(name)()
            with target.open("rb") as stream:
                while chunk := stream.read(1 << 22):
                    decoder.decode(chunk)
                decoder.decode(b"", True)
            return name, 0
        except (UnicodeDecodeError, LookupError) as error:
            if told:
                raise Fault(
                    "encoding", f"{path!r} is not readable as {told}: {error}", "leave the encoding out to have it found"
                ) from error
    return "latin-1", 0


def streamed(connection: duckdb.DuckDBPyConnection, target: Path, encoding: str, found_: sniff.Dialect, raw: str) -> None:
    """Let DuckDB read the file in pieces; another encoding is rewritten as UTF-8 in scratch first."""
    if encoding not in ("utf-8", "utf-8-sig"):
        target = rewritten(target, encoding)
    first = found_.skipped + (found_.header + 1 if found_.header is not None else 0)
    columns = ", ".join(f"{literal(name)}: 'VARCHAR'" for name in found_.names)
    connection.execute(
        f"CREATE VIEW {quoted(raw)} AS SELECT * FROM read_csv({literal(str(target))}, auto_detect=false, "
        f"header=false, skip={first}, delim={literal(found_.delimiter)}, quote='\"', escape='\"', columns={{{columns}}}, "
        "null_padding=true, "
        "strict_mode=true, "
        "nullstr='', max_line_size=16777216, parallel=false)"
    )
    try:
        connection.execute(f"SELECT count(*) FROM {quoted(raw)}").fetchone()
    except duckdb.Error:
        connection.execute(f"DROP VIEW {quoted(raw)}")
        careful(connection, target, found_, raw)


def careful(connection: duckdb.DuckDBPyConnection, target: Path, found_: sniff.Dialect, raw: str) -> None:
    """Read row by row what DuckDB's reader does not take; cells past the last column are joined to it."""
    first = found_.skipped + (found_.header + 1 if found_.header is not None else 0)
    width = len(found_.names)

    def rows() -> Iterator[list[str | None]]:
        with target.open(encoding="utf-8-sig", newline="", errors="replace") as stream:
            for at, row in enumerate(csv.reader(stream, delimiter=found_.delimiter)):
                if at >= first and any(row):
                    last = [found_.delimiter.join(row[width - 1 :])] if len(row) > width else row[width - 1 : width]
                    yield [*row[: width - 1], *last, *[None] * (width - len(row))]

    pour(connection, Grid(found_.names, rows()), raw)


def rewritten(target: Path, encoding: str) -> Path:
    """The file as UTF-8 in scratch."""
    copy = in_scratch(".csv")
    with target.open(encoding=encoding, newline="") as source, copy.open("w", encoding="utf-8", newline="") as goal:
        while chunk := source.read(1 << 20):
            goal.write(chunk)
    return copy


def finish(
    connection: duckdb.DuckDBPyConnection,
    raw: str,
    view: str,
    part: str,
    told: dict,
    fixed: dict[str, str],
    layout: dict,
    *,
    whole: bool,
    delimiter: str,
) -> Loaded:
    """Sniff each column, prove the guess on all rows, and make the typed view."""
    names = list(types(connection, raw))
    samples = sampled(connection, raw, names, whole)
    dates = dict(layout.get("dates") or {})
    fits = dict(zip(names, sniff.columns(list(samples.items()), delimiter=delimiter, dates=dates), strict=True))
    fits |= {name: sniff.Guess(type_) for name, type_ in fixed.items() if fits[name].type != "empty"}
    if not whole:
        fits = proven(connection, raw, samples, fits, delimiter, dates)
    items = ", ".join(f"{typed(name, guess)} AS {quoted(name)}" for name, guess in fits.items())
    connection.execute(f"CREATE {'TABLE' if whole else 'VIEW'} {quoted(view)} AS SELECT {items} FROM {quoted(raw)}")
    number = next((guess for guess in fits.values() if guess.type == "number" and not guess.undecided), None)
    if number:
        told["decimal"] = number.decimal
    if grouping := next((guess.thousands for guess in fits.values() if guess.thousands), ""):
        told["thousands"] = grouping
    if units := {name: guess.unit for name, guess in fits.items() if guess.unit}:
        told["units"] = units
    if dates:
        told["dates"] = dates
    return Loaded(view, part, told, fits, frozenset(name for name, type_ in fixed.items() if type_ == "list"), whole)


def sampled(connection: duckdb.DuckDBPyConnection, raw: str, names: list[str], whole: bool) -> dict[str, list[str]]:
    """Distinct cells of each column: of all rows, or of the first 20,000."""
    if whole and (rows := few(connection, raw)) is not None:
        return {
            name: list(dict.fromkeys(filter(None, cells))) for name, cells in zip(names, zip(*rows, strict=True), strict=True)
        }
    limit = "" if whole else " LIMIT 20000"
    lists = ", ".join(f"list(DISTINCT {quoted(name)}) FILTER ({quoted(name)} IS NOT NULL)" for name in names)
    row = connection.execute(f"SELECT {lists} FROM (SELECT * FROM {quoted(raw)}{limit})").fetchone()
    return {name: list(values or []) for name, values in zip(names, row or [], strict=True)}


def few(connection: duckdb.DuckDBPyConnection, view: str) -> list[tuple] | None:
    """All rows of a view, or None when there are more than 20,000 or none."""
    rows = connection.execute(f"SELECT * FROM {quoted(view)} LIMIT 20001").fetchall()
    return rows if 0 < len(rows) <= 20_000 else None


def proven(
    connection: duckdb.DuckDBPyConnection,
    raw: str,
    samples: dict[str, list[str]],
    fits: dict[str, sniff.Guess],
    delimiter: str,
    dates: dict,
) -> dict[str, sniff.Guess]:
    """The guesses after all rows were tried against them; a column that fits nothing is text."""
    for _ in range(3):
        tests = ", ".join(f"arg_min({quoted(name)}, 1, 200) FILTER ({misfit(name, guess)})" for name, guess in fits.items())
        row = connection.execute(f"SELECT {tests} FROM {quoted(raw)}").fetchone()
        wrong = {name: cells for name, cells in zip(fits, row or [], strict=True) if cells}
        if not wrong:
            return fits
        for name, cells in wrong.items():
            samples[name] = [*samples[name], *cells]
        fits = dict(zip(fits, sniff.columns(list(samples.items()), delimiter=delimiter, dates=dates), strict=True))
    return {name: sniff.Guess() if name in wrong else guess for name, guess in fits.items()}
