"""Sources: anything that can be read as a table, loaded as a typed view of the database."""

import codecs
import csv
import difflib
import io
import os
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import duckdb

from . import readers, sniff, views
from .database import kind, literal, quoted, types
from .fault import Fault
from .grids import Grid, pour
from .paths import in_scratch, inside, scratch
from .typed import misfit, typed

LARGE = 16 << 20
TEXTS = (".txt", ".log", ".md", ".markdown", ".text", ".out", ".rst")
DOCUMENTS = (".html", ".htm", ".docx", ".pdf", ".md", ".markdown")
Progress = Callable[[float, str], None]


@dataclass(frozen=True, slots=True)
class Loaded:
    """A typed view of the database and how it was read. `lists` are the columns that hold JSON lists as text."""

    view: str
    part: str = ""
    layout: dict[str, object] = field(default_factory=dict)
    guesses: dict[str, sniff.Guess] = field(default_factory=dict)
    lists: frozenset[str] = frozenset()


def load(connection: duckdb.DuckDBPyConnection, source: dict, view: str) -> Loaded:
    """Make `view` from a TableRef or a Source.

    Raises:
        Fault: missing_file, empty, unreadable, encoding, no_table, outside_workspace.
    """
    if "table" in source:
        return stored(connection, source, view)
    path, part, layout = str(source["path"]), str(source.get("part") or ""), dict(source.get("layout") or {})
    target = found(path)
    if target.is_file() and is_delimited(target, path, part):
        return delimited(connection, target, path, view, layout)
    if target.is_file() and magic(target) == "parquet":
        return parquet(connection, target, path, view)
    grids = grids_of(target, path, part, str(layout.get("encoding") or ""))
    if not grids:
        raise Fault("empty", f"{path!r} holds no rows" + (f" in {part!r}" if part else ""), "name a file that has rows")
    if len(grids) > 1 and not part:
        some = ", ".join(repr(key) for key in grids)
        first = next(iter(grids))
        if magic(target) != "xlsx":
            raise Fault("no_table", f"{path!r} holds {len(grids)} tables: {some}", "say which with part")
        return shaped(connection, grids[first], view, first, path, layout)
    key, grid = next(iter(grids.items()))
    return shaped(connection, grid, view, key, path, layout)


def parts(path: str) -> list[str]:
    """The parts of a file or folder that make sense as tables; "" is the file itself."""
    target = found(path)
    if target.is_dir():
        return ["files"]
    form = magic(target)
    if form == "parquet" or is_delimited(target, path, ""):
        return [""]
    if form in ("xlsx", "sqlite", "json"):
        return list(grids_of(target, path, "", ""))
    tables = [f"table:{at + 1}" for at in range(len(document_tables(target, path)))] if suffix(target) in DOCUMENTS else []
    text = document_text(target, path)
    if not text.strip() and not tables:
        raise Fault("empty", f"{path!r} holds no text", "give a file that has content")
    return tables + views.suitable(text)


def found(path: str) -> Path:
    """The workspace file or folder that is there and readable.

    Raises:
        Fault: missing_file, unreadable, empty, outside_workspace.
    """
    target = inside(path)
    if not target.exists():
        near = difflib.get_close_matches(Path(path).name, sorted(os.listdir(target.parent)) if target.parent.is_dir() else [], 3, 0.5)
        raise Fault("missing_file", f"there is no {path!r} in the workspace", f"did you mean {' or '.join(map(repr, near))}?" if near else "list the files with files.list")
    if not readable(target):
        raise Fault("unreadable", f"{path!r} may not be read", f"allow reading it, such as with chmod u+r {path}")
    if target.is_file() and target.stat().st_size == 0:
        raise Fault("empty", f"{path!r} is empty", "give a file that has content")
    return target


def readable(target: Path) -> bool:
    """Whether it can really be opened."""
    try:
        if target.is_dir():
            os.listdir(target)
        else:
            target.open("rb").close()
    except OSError:
        return False
    return True


def suffix(target: Path) -> str:
    """The extension in lower case."""
    return target.suffix.lower()


def magic(target: Path) -> str:
    """The format its first bytes and its name tell: xlsx, sqlite, parquet, json, or ""."""
    if not target.is_file():
        return ""
    with target.open("rb") as stream:
        head = stream.read(64)
    if head[:4] == b"PAR1":
        return "parquet"
    if head.startswith(b"SQLite format 3\0"):
        return "sqlite"
    if head[:4] == b"PK\x03\x04" and suffix(target) in (".xlsx", ".xlsm", ".xltx"):
        return "xlsx"
    if suffix(target) in (".json", ".jsonl", ".ndjson", ".geojson"):
        return "json"
    if suffix(target) in (".xlsx", ".xlsm", ".xls", ".ods", ".parquet", ".sqlite", ".sqlite3", ".db"):
        raise Fault("unreadable", f"{target.name!r} is not a readable {suffix(target)[1:]} file", "check the file, or export it as csv or xlsx")
    return ""


def is_delimited(target: Path, path: str, part: str) -> bool:
    """Whether the file is read as delimited text: by its name, or because its lines fall into columns."""
    if part or magic(target) or suffix(target) in (".html", ".htm", ".docx", ".pdf", ".md", ".markdown", ".xml"):
        return False
    if suffix(target) in (".csv", ".tsv", ".tab", ".psv"):
        return True
    with target.open("rb") as stream:
        head = stream.read(65536)
    text = sniff.decode(head[: head.rfind(b"\n") + 1] or head, path).text
    if views.suitable(text)[0] in ("log", "checklist"):
        return False
    for mark in (",", ";", "\t", "|"):
        widths = [len(row) for row in sniff.sample(text, mark, False) if row]
        if len(widths) > 2 and widths[0] > 1 and widths.count(widths[0]) > 0.95 * len(widths) and (mark != "," or widths[0] > 2 or suffix(target) not in TEXTS):
            return True
    return False


def grids_of(target: Path, path: str, part: str, encoding: str) -> dict[str, Grid]:
    """The tables of everything that is not delimited text."""
    if target.is_dir():
        return {"files": views.files(target, path)}
    form = magic(target)
    if form == "xlsx":
        return readers.sheets(target, part, path)
    if form == "sqlite":
        return readers.relations(target, part, path)
    if form == "json" and not re.match(r"lines$|words$|matches:", part):
        return readers.arrays(target, path, part, encoding)
    if part.startswith("table:") or (not part and suffix(target) in DOCUMENTS):
        return document_grids(target, path, part)
    text = document_text(target, path, encoding)
    part = part or views.suitable(text)[0]
    return {part: views.view(text, part, path)}


def document_tables(target: Path, path: str) -> list[list[list[str]]]:
    """The tables of an html, docx, pdf or Markdown file."""
    from .reading import read_document

    return read_document(target, path).tables


def document_text(target: Path, path: str, encoding: str = "") -> str:
    """The text of any file that has one."""
    if suffix(target) in (".docx", ".pdf", ".html", ".htm"):
        from .reading import read_document

        return read_document(target, path).text
    return sniff.decode(target.read_bytes(), path, encoding).text


def document_grids(target: Path, path: str, part: str) -> dict[str, Grid]:
    """The tables of a document, counted from 1, or the one wanted."""
    tables = document_tables(target, path)
    number = part.partition(":")[2]
    if part and not (number.isdigit() and 1 <= int(number) <= len(tables)):
        raise Fault("no_table", f"{path!r} has no {part!r}", f"it has {len(tables)} tables")
    if not tables:
        raise Fault("no_table", f"{path!r} holds no table", "look at its text with documents.read")
    chosen = {part: tables[int(number) - 1]} if part else {f"table:{at}": rows for at, rows in enumerate(tables, 1)}
    return {key: from_rows(rows) for key, rows in chosen.items()}


def from_rows(rows: list[list[str]]) -> Grid:
    """Rows of cells, the header among them, as a grid."""
    header, width = sniff.find_header(rows) if rows else (0, 0)
    width = max(width, max(map(len, rows), default=0))
    cells = rows[header] if header is not None else []
    body = rows[header + 1 :] if header is not None else rows
    return Grid(sniff.names(cells, width), [[*row, *[None] * (width - len(row))] for row in body if any(cell and cell.strip() for cell in row)])


def stored(connection: duckdb.DuckDBPyConnection, ref: dict, view: str) -> Loaded:
    """A table another call left in scratch.

    Raises:
        Fault: missing_file.
    """
    target = Path(str(ref["table"]))
    if target.parent.resolve() != scratch().resolve() or not target.is_file():
        raise Fault("missing_file", f"there is no table {str(ref['table'])!r} in scratch", "make it again with tables.query")
    connection.execute(f"CREATE VIEW {quoted(view)} AS SELECT * FROM read_parquet({literal(str(target))})")
    lists = frozenset(str(column["name"]) for column in ref.get("columns") or [] if column.get("type") == "list")
    return Loaded(view, lists=lists)


def parquet(connection: duckdb.DuckDBPyConnection, target: Path, path: str, view: str) -> Loaded:
    """A parquet file; lists and structs become JSON text."""
    try:
        connection.execute(f"CREATE VIEW {quoted(view + ' raw')} AS SELECT * FROM read_parquet({literal(str(target))})")
    except duckdb.Error as error:
        raise Fault("unreadable", f"{path!r} does not open as parquet: {error}", "check the file") from error
    known = types(connection, view + " raw")
    lists = frozenset(name for name, sql in known.items() if kind(sql) == "list")
    items = ", ".join(f"CAST(to_json({quoted(n)}) AS VARCHAR) AS {quoted(n)}" if n in lists else quoted(n) for n in known)
    connection.execute(f"CREATE VIEW {quoted(view)} AS SELECT {items} FROM {quoted(view + ' raw')}")
    return Loaded(view, lists=lists)


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
                raise Fault("encoding", f"{path!r} is not readable as {told}: {error}", "leave the encoding out to have it found") from error
    return "latin-1", 0


def streamed(connection: duckdb.DuckDBPyConnection, target: Path, encoding: str, found_: sniff.Dialect, raw: str) -> None:
    """Let DuckDB read the file in pieces; another encoding is rewritten as UTF-8 in scratch first."""
    if encoding not in ("utf-8", "utf-8-sig"):
        target = rewritten(target, encoding)
    first = found_.skipped + (found_.header + 1 if found_.header is not None else 0)
    columns = ", ".join(f"{literal(name)}: 'VARCHAR'" for name in found_.names)
    connection.execute(
        f"CREATE VIEW {quoted(raw)} AS SELECT * FROM read_csv({literal(str(target))}, auto_detect=false, header=false, skip={first}, "
        f"delim={literal(found_.delimiter)}, quote='\"', escape='\"', columns={{{columns}}}, null_padding=true, strict_mode=false, "
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
                    yield [*row[:width], *[None] * (width - len(row))]

    pour(connection, Grid(found_.names, rows()), raw)


def rewritten(target: Path, encoding: str) -> Path:
    """The file as UTF-8 in scratch."""
    copy = in_scratch(".csv")
    with target.open(encoding=encoding, newline="") as source, copy.open("w", encoding="utf-8", newline="") as goal:
        while chunk := source.read(1 << 20):
            goal.write(chunk)
    return copy


def shaped(connection: duckdb.DuckDBPyConnection, grid: Grid, view: str, part: str, path: str, layout: dict) -> Loaded:
    """A grid as a typed view."""
    if not pour(connection, grid, f"{view} raw"):
        raise Fault("empty", f"{path!r} has columns but no rows" + (f" in {part!r}" if part else ""), "give a file that has rows")
    return finish(connection, f"{view} raw", view, part, dict(grid.layout), grid.fixed, layout, whole=True, delimiter="")


def finish(connection: duckdb.DuckDBPyConnection, raw: str, view: str, part: str, told: dict, fixed: dict[str, str], layout: dict, *, whole: bool, delimiter: str) -> Loaded:
    """Sniff each column, prove the guess on all rows, and make the typed view."""
    names = list(types(connection, raw))
    samples = sampled(connection, raw, names, whole)
    dates = dict(layout.get("dates") or {})
    fits = dict(zip(names, sniff.columns(list(samples.items()), delimiter=delimiter, dates=dates), strict=True))
    fits |= {name: sniff.Guess(type_) for name, type_ in fixed.items() if fits[name].type != "empty"}
    if not whole:
        fits = proven(connection, raw, samples, fits, delimiter, dates)
    items = ", ".join(f"{typed(name, guess)} AS {quoted(name)}" for name, guess in fits.items())
    connection.execute(f"CREATE VIEW {quoted(view)} AS SELECT {items} FROM {quoted(raw)}")
    number = next((guess for guess in fits.values() if guess.type == "number" and not guess.undecided), None)
    if number:
        told["decimal"] = number.decimal
    if grouping := next((guess.thousands for guess in fits.values() if guess.thousands), ""):
        told["thousands"] = grouping
    if units := {name: guess.unit for name, guess in fits.items() if guess.unit}:
        told["units"] = units
    if dates:
        told["dates"] = dates
    return Loaded(view, part, told, fits, frozenset(name for name, type_ in fixed.items() if type_ == "list"))


def sampled(connection: duckdb.DuckDBPyConnection, raw: str, names: list[str], whole: bool) -> dict[str, list[str]]:
    """Distinct cells of each column: of all rows, or of the first 20,000."""
    limit = "" if whole else " LIMIT 20000"
    lists = ", ".join(f"list(DISTINCT {quoted(name)}) FILTER ({quoted(name)} IS NOT NULL)" for name in names)
    row = connection.execute(f"SELECT {lists} FROM (SELECT * FROM {quoted(raw)}{limit})").fetchone()
    return {name: list(values or []) for name, values in zip(names, row or [], strict=True)}


def proven(connection: duckdb.DuckDBPyConnection, raw: str, samples: dict[str, list[str]], fits: dict[str, sniff.Guess], delimiter: str, dates: dict) -> dict[str, sniff.Guess]:
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

