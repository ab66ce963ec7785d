"""Finished files as grids of cells: what a person would see as a table in them."""

import csv
import io
import json
import re
import sqlite3
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

from .proof_text import decode, delimiter_of, flatten
from .proof_values import blank, moment, number

Grid = list[list[object]]


def grids(path: Path) -> list[Grid]:
    """Every table of a file, rows of cells with the header first."""
    suffix = path.suffix.lower()
    if suffix in (".csv", ".tsv"):
        text = decode(path.read_bytes())
        return [
            [
                list(r)
                for r in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter_of(text) if text.strip() else ",")
                if r
            ]
        ]
    if suffix in (".xlsx", ".xlsm"):
        return [g for _, g in sheets(path)]
    readers = {".json": _json, ".docx": _docx, ".pdf": _pdf, ".html": _html, ".htm": _html, ".parquet": _parquet, ".db": _sqlite,
               ".sqlite": _sqlite}  # fmt: skip
    if suffix in readers:
        return list(readers[suffix](path))
    if suffix in (".md", ".markdown"):
        return markdown_grids(decode(path.read_bytes()))
    if suffix in (".txt", ".log", ".out"):
        return [
            [
                [c for c in re.split(r"\t|\s{2,}|\s*[|]\s+|(?<=\D):\s+", x.strip()) if c]
                for x in decode(path.read_bytes()).splitlines()
                if x.strip()
            ]
        ]
    return []


def sheets(path: Path) -> list[tuple[str, Grid]]:
    """The sheets of a workbook by name; formulas by their stored result."""
    from openpyxl import load_workbook

    book = load_workbook(path, data_only=True)
    return [(s.title, [list(r) for r in s.iter_rows(values_only=True) if any(c is not None for c in r)]) for s in book.worksheets]


def base_tables(path: Path) -> list[str]:
    """The tables of a database by name, in the order of its grids."""
    if path.suffix.lower() not in (".db", ".sqlite"):
        return []
    base = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    return [
        n for (n,) in base.execute("select name from sqlite_master where type='table' and name not like 'sqlite_%'").fetchall()
    ]


def mistyped(grid: Grid, types: dict, suffix: str) -> str:
    """Why a column is not of the type asked for: every value of it has to be a number or a date by itself, not a text."""
    for name, wanted in types.items():
        at = next((i for i, h in enumerate(grid[0]) if str(h).casefold() == name.casefold()), None)
        if at is None:
            return f"missing column {name!r}"
        cells = [r[at] for r in grid[1:] if not blank(r[at])]
        if suffix in (".csv", ".tsv", ".md", ".html") or (suffix == ".json" and wanted == "date"):
            good = all((number(c) if wanted == "number" else moment(c)) is not None for c in cells)
        elif wanted == "number":
            good = all(isinstance(c, int | float | Decimal) and not isinstance(c, bool) for c in cells)
        else:
            good = all(isinstance(c, date) for c in cells)
        if not good:
            return f"row with {name!r} that is no {wanted}"
    return ""


def markdown_grids(text: str) -> list[Grid]:
    """Pipe tables."""
    found: list[Grid] = []
    block: Grid = []
    for line in [*text.splitlines(), ""]:
        if line.strip().startswith("|"):
            cells = [re.sub(r"[*`]|\\(?=[|*_$])", "", c).strip() for c in re.split(r"(?<!\\)\|", line.strip().strip("|"))]
            if not all(re.fullmatch(r":?-+:?", c) for c in cells):
                block.append(list(cells))
        elif block:
            found.append(block)
            block = []
    return found


def _json(path: Path) -> Iterator[Grid]:
    try:
        yield from _json_grids(json.loads(decode(path.read_bytes())))
    except ValueError:
        return


def _json_grids(value: object) -> Iterator[Grid]:
    if isinstance(value, list) and value and all(isinstance(v, dict) for v in value):
        rows = [flatten(v) for v in value]
        keys = list(dict.fromkeys(k for r in rows for k in r))
        yield [list(keys), *[[_cell(r.get(k)) for k in keys] for r in rows]]
        return
    if isinstance(value, list) and value and all(isinstance(v, list) for v in value):
        yield [list(v) for v in value]
    elif isinstance(value, list) and value and not any(isinstance(v, list | dict) for v in value):
        yield [[v] for v in value]
    elif isinstance(value, dict):
        if value and all(not isinstance(v, dict | list) for v in value.values()):
            yield [["key", "value"], *[[k, v] for k, v in value.items()]]
        for child in value.values():
            if isinstance(child, dict | list):
                yield from _json_grids(child)


def _cell(value: object) -> object:
    return ", ".join(str(v) for v in value) if isinstance(value, list) else value


def _docx(path: Path) -> Iterator[Grid]:
    from docx import Document

    for table in Document(str(path)).tables:
        yield [[c.text.strip() for c in r.cells] for r in table.rows]


def _html(path: Path) -> Iterator[Grid]:
    yield from html_grids(decode(path.read_bytes()))


def html_grids(text: str) -> list[Grid]:
    """The tables of a page."""
    from lxml import html

    if not text.strip():
        return []
    page = html.fromstring(text.encode("utf-8"), parser=html.HTMLParser(encoding="utf-8"))
    out: list[Grid] = []
    for table in page.iter("table"):
        out.append([[" ".join(c.text_content().split()) for c in r.iter("td", "th")] for r in table.iter("tr")])
    return out


def _parquet(path: Path) -> Iterator[Grid]:
    import duckdb

    got = duckdb.sql(f"select * from read_parquet('{str(path).replace(chr(39), chr(39) * 2)}')")
    yield [list(got.columns), *[list(r) for r in got.fetchall()]]


def _sqlite(path: Path) -> Iterator[Grid]:
    base = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    for (name,) in base.execute("select name from sqlite_master where type='table' and name not like 'sqlite_%'").fetchall():
        cursor = base.execute('select * from "' + name.replace('"', '""') + '"')
        yield [[d[0] for d in cursor.description], *[list(r) for r in cursor.fetchall()]]
    base.close()


def _pdf(path: Path) -> Iterator[Grid]:
    """Lines of a PDF cut into cells where the gaps are; pages joined so that a table may run over."""
    from pypdf import PdfReader

    rows: Grid = []
    for page in PdfReader(path).pages:
        text = page.extract_text(extraction_mode="layout", layout_mode_space_vertically=False)
        rows += [[c.strip() for c in re.split(r"\s{2,}", line.strip())] for line in text.splitlines() if line.strip()]
    yield rows
