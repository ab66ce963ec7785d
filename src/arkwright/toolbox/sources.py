"""Sources: anything that can be read as a table, loaded as a typed view of the database."""

import difflib
import json
import os
import re
from pathlib import Path

import duckdb

from . import readers, sniff, views
from .database import kind, literal, quoted, types
from .delimited import Loaded, delimited, finish
from .fault import Fault
from .grids import Grid, pour
from .paths import inside, refuse_special, scratch
from .reading import read_document

TEXTS = (".txt", ".log", ".md", ".markdown", ".text", ".out", ".rst")
WRITTEN = (".html", ".htm", ".docx", ".pdf")
DOCUMENTS = (".html", ".htm", ".docx", ".pdf", ".md", ".markdown")


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
    more = ["headings"] if suffix(target) in WRITTEN and read_document(target, path).headings else []
    return tables + more + views.suitable(text, suffix(target) in (".md", ".markdown"))


def found(path: str) -> Path:
    """The workspace file or folder that is there and readable.

    Raises:
        Fault: missing_file, unreadable, empty, outside_workspace.
    """
    target = inside(path)
    if not target.exists():
        near = difflib.get_close_matches(
            Path(path).name, sorted(os.listdir(target.parent)) if target.parent.is_dir() else [], 3, 0.6
        )
        raise Fault(
            "missing_file",
            f"there is no {path!r} in the workspace",
            f"did you mean {' or '.join(map(repr, near))}?" if near else "list the files with files.list",
        )
    refuse_special(target, path)
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
        raise Fault(
            "unreadable",
            f"{target.name!r} is not a readable {suffix(target)[1:]} file",
            "check the file, or export it as csv or xlsx",
        )
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
        if (
            len(widths) > 2
            and widths[0] > 1
            and widths.count(widths[0]) > 0.95 * len(widths)
            and (mark != "," or widths[0] > 2 or suffix(target) not in TEXTS)
        ):
            return True
    return False


def grids_of(target: Path, path: str, part: str, encoding: str) -> dict[str, Grid]:
    """The tables of everything that is not delimited text."""
    if target.is_dir():
        return {"lines": views.folder_lines(target, path)} if part == "lines" else {"files": views.files(target, path)}
    form = magic(target)
    if form == "xlsx":
        return readers.sheets(target, part, path)
    if form == "sqlite":
        return readers.relations(target, part, path)
    if form == "json" and not re.match(r"lines$|words$|matches:", part):
        return readers.arrays(target, path, part, encoding)
    if part.startswith("table:") or (not part and suffix(target) in DOCUMENTS):
        return document_grids(target, path, part)
    if part == "headings" and suffix(target) in WRITTEN:
        rows = [[str(item["level"]), str(item["text"])] for item in read_document(target, path).headings]
        return {part: Grid(("level", "text"), rows, {"text": "text"})}
    text = document_text(target, path, encoding)
    part = part or views.suitable(text)[0]
    return {part: views.view(text, part, path)}


def document_tables(target: Path, path: str) -> list[list[list[str]]]:
    """The tables of an html, docx, pdf or Markdown file."""
    return read_document(target, path).tables


def document_text(target: Path, path: str, encoding: str = "") -> str:
    """The text of any file that has one."""
    if suffix(target) in (".docx", ".pdf", ".html", ".htm"):
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
    return Grid(
        sniff.names(cells, width),
        [[*row, *[None] * (width - len(row))] for row in body if any(cell and cell.strip() for cell in row)],
    )


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
    noted = connection.execute(
        f"SELECT decode(value) FROM parquet_kv_metadata({literal(str(target))}) WHERE decode(key) = 'formats'"
    ).fetchone()
    return Loaded(view, lists=lists, kept=json.loads(noted[0]) if noted else {})


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


def shaped(connection: duckdb.DuckDBPyConnection, grid: Grid, view: str, part: str, path: str, layout: dict) -> Loaded:
    """A grid as a typed view."""
    if not pour(connection, grid, f"{view} raw"):
        raise Fault("empty", f"{path!r} has columns but no rows" + (f" in {part!r}" if part else ""), "give a file that has rows")
    return finish(connection, f"{view} raw", view, part, dict(grid.layout), grid.fixed, layout, whole=True, delimiter="")
