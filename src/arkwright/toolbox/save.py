"""Save: tables as csv, tsv, xlsx, json, parquet, Markdown, html and sqlite files of the workspace."""

import csv
import datetime
import html
import json
import re
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import duckdb

from . import sources
from .database import kind, literal, quoted, types
from .fault import Fault
from .paths import atomic, inside, relative, vacant
from .values import plain, shown

Progress = Callable[[float, str], None]
FORMS = ("csv", "tsv", "xlsx", "json", "jsonl", "parquet", "md", "html", "sqlite", "db", "txt")

FIRST = ("=", "+", "-", "@", "\t", "\r")
FORMULA = re.compile(r"\s*(?:[=@]|[+-]\s*[A-Za-z(@=])")
STYLE = """
body { font-family: sans-serif; margin: 2rem }
table { border-collapse: collapse }
th, td { padding: .35rem .7rem; border-bottom: 1px solid #ccc; text-align: left }
th { background: #1f4e79; color: #fff }
.n { text-align: right }
"""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A loaded table and the name it is saved under. `kinds` are the survey types by column."""

    name: str
    view: str
    kinds: dict[str, str]
    rows: int
    formats: dict[str, str]

    @property
    def columns(self) -> list[str]:
        """The column names."""
        return list(self.kinds)


def write(connection: duckdb.DuckDBPyConnection, args: dict, progress: Progress) -> dict:
    """Write the sheets to one file, whole or not at all.

    Raises:
        Fault: exists, bad_format, encoding, one_table.
    """
    path = str(args["path"])
    form = path.rpartition(".")[2].lower() if "." in path.rpartition("/")[2] else ""
    form = {"markdown": "md", "htm": "html", "sqlite3": "sqlite", "ndjson": "jsonl", "tab": "tsv"}.get(form, form)
    if form not in FORMS:
        raise Fault("bad_format", f"cannot tell a table format from {path!r}", f"end the name in one of .{', .'.join(FORMS)}")
    target = inside(path) if args.get("overwrite") else vacant(path)
    sheets = [load(connection, item, at) for at, item in enumerate(args["sheets"])]
    if len(sheets) > 1 and form in ("csv", "tsv", "parquet", "jsonl", "txt"):
        raise Fault(
            "one_table", f"a {form} file holds one table, not {len(sheets)}", "save as xlsx, or each table to its own file"
        )
    progress(0.2, f"writing {path}")
    with atomic(target) as temporary:
        formulas = WRITERS[form](connection, sheets, temporary, {**args, "form": form})
    saved = {"path": relative(target), "rows": sum(sheet.rows for sheet in sheets)}
    return {**saved, "formulas": formulas} if formulas else saved


def load(connection: duckdb.DuckDBPyConnection, item: dict, at: int) -> Sheet:
    """One table of the arguments as a view."""
    view = f"sheet {at}"
    loaded = sources.load(connection, item["table"], view)
    kinds = {name: "list" if name in loaded.lists else kind(sql) for name, sql in types(connection, view).items()}
    count = connection.execute(f"SELECT count(*) FROM {quoted(view)}").fetchone()
    name = str(item.get("name") or item["table"].get("name") or loaded.part or f"Sheet{at + 1}")
    return Sheet(name, view, kinds, int(count[0]) if count else 0, loaded.formats)


def rows(connection: duckdb.DuckDBPyConnection, sheet: Sheet) -> Iterator[tuple[object, ...]]:
    """The rows in order, a piece at a time."""
    cursor = connection.cursor()
    result = cursor.execute(f"SELECT * FROM {quoted(sheet.view)}")
    while piece := result.fetchmany(10_000):
        yield from piece


def written(connection: duckdb.DuckDBPyConnection, sheet: Sheet) -> Iterator[tuple[object, ...]]:
    """The rows with their moments as text, written as the source wrote them."""
    formats = [sheet.formats.get(name, "") for name in sheet.columns]
    for row in rows(connection, sheet):
        yield tuple(moment(value, form) if form else value for value, form in zip(row, formats, strict=True))


def moment(value: object, form: str) -> object:
    """A moment in a format, anything else as it is."""
    return value.strftime(form) if isinstance(value, datetime.datetime) else value


def write_delimited(connection: duckdb.DuckDBPyConnection, sheets: list[Sheet], target: Path, args: dict) -> int:
    """RFC 4180: UTF-8 without a mark, CRLF only inside quotes; ISO dates and decimal points.

    Returns how many texts a spreadsheet program would take for formulas. They are written as they are, because such a file is
    data for programs and a mark before them would change it; who gets the file is told instead.
    """
    sheet, formulas = sheets[0], 0
    mark = str(args.get("delimiter") or ("\t" if args["form"] in ("tsv", "txt") else ","))
    encoding = str(args.get("encoding") or "utf-8")
    try:
        with target.open("w", encoding=encoding, newline="") as stream:
            out = csv.writer(stream, delimiter={"\\t": "\t", "tab": "\t"}.get(mark, mark), lineterminator="\n")
            out.writerow(sheet.columns)
            for row in written(connection, sheet):
                out.writerow([shown(value) for value in row])
                formulas += sum(isinstance(value, str) and value[:1] in FIRST and bool(FORMULA.match(value)) for value in row)
    except (UnicodeEncodeError, LookupError, TypeError) as error:
        raise Fault(
            "encoding",
            f"the table cannot be written as {encoding} with delimiter {mark!r}: {error}",
            "use utf-8 and one character",
        ) from error
    return formulas


def write_xlsx(connection: duckdb.DuckDBPyConnection, sheets: list[Sheet], target: Path, args: dict) -> None:
    """A workbook with styled headers, widths, number formats, frozen header rows and filters."""
    import openpyxl

    book = openpyxl.Workbook()
    book.remove(book.active)
    taken: set[str] = set()
    for sheet in sheets:
        if sheet.rows > 1_048_575:
            raise Fault("too_many_rows", f"{sheet.rows} rows do not fit a sheet, which holds 1,048,575", "save as csv or parquet")
        fill_sheet(book.create_sheet(title(sheet.name, taken)), sheet, rows(connection, sheet))
    book.save(target)


def title(name: str, taken: set[str]) -> str:
    """A sheet name that Excel allows and that is not taken."""
    base = "".join("-" if c in "[]:*?/\\" else c for c in name).strip("'")[:31] or "Sheet"
    found, at = base, 2
    while found.lower() in taken:
        found, at = f"{base[:27]} {at}", at + 1
    taken.add(found.lower())
    return found


def fill_sheet(page: object, sheet: Sheet, body: Iterator[tuple[object, ...]]) -> None:
    """Header, cells, formats and widths of one sheet."""
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
    from openpyxl.utils import get_column_letter

    page.append(sheet.columns)  # type: ignore[attr-defined]
    plain_texts(page, 1, sheet.columns)
    widths = [len(name) for name in sheet.columns]
    formats = [""] * len(widths)
    for line, row in enumerate(body, 2):
        values = [excel(value) for value in row]
        page.append(values)  # type: ignore[attr-defined]
        plain_texts(page, line, values)
        for at, value in enumerate(row):
            if value is not None:
                formats[at] = max(formats[at], number_format(value), key=len)
                widths[at] = max(widths[at], len(displayed(value)))
    for at, (width, form) in enumerate(zip(widths, formats, strict=True), 1):
        letter = get_column_letter(at)
        page.column_dimensions[letter].width = min(60, max(9, width + 3))  # type: ignore[attr-defined]
        head = page.cell(1, at)  # type: ignore[attr-defined]
        numeric = sheet.kinds[sheet.columns[at - 1]] in ("integer", "number")
        head.font = Font(bold=True, color="FFFFFF")
        head.fill = PatternFill("solid", start_color="1F4E79")
        head.border = Border(bottom=Side("medium", color="163A5A"))
        head.alignment = Alignment(horizontal="right" if numeric else "left", vertical="center", wrap_text=width > 60)
        for line in range(2, sheet.rows + 2) if form else ():
            page.cell(line, at).number_format = form  # type: ignore[attr-defined]
    page.row_dimensions[1].height = 20  # type: ignore[attr-defined]
    page.freeze_panes = "A2"  # type: ignore[attr-defined]
    page.auto_filter.ref = f"A1:{get_column_letter(len(widths))}{sheet.rows + 1}"  # type: ignore[attr-defined]


def plain_texts(page: object, line: int, values: Sequence[object]) -> None:
    """Keep texts of a row that look like formulas texts."""
    for at, value in enumerate(values, 1):
        if isinstance(value, str) and value.startswith("="):
            page.cell(line, at).data_type = "s"  # type: ignore[attr-defined]


def excel(value: object) -> object:
    """A value as Excel holds it; a text is never a formula."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() and value.as_tuple().exponent == 0 else float(value)
    if isinstance(value, str):
        return "".join(c for c in value if c >= " " or c in "\n\t")[:32767]
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) > 10**15:
        return str(value)
    return value


def displayed(value: object) -> str:
    """About what Excel shows."""
    if isinstance(value, Decimal | float):
        return f"{value:,.2f}"
    return max(str(value).splitlines() or [""], key=len)[:60]


def number_format(value: object) -> str:
    """The format of a cell; the longest one of a column serves all its cells."""
    match value:
        case bool():
            return ""
        case int():
            return "0" if 1900 <= value <= 2100 else "#,##0"
        case Decimal() | float():
            digits = -Decimal(repr(float(value))).normalize().as_tuple().exponent
            return "#,##0.00" if digits <= 2 else "#,##0." + "0" * min(digits, 4)
        case datetime.datetime():
            return "yyyy-mm-dd hh:mm:ss" if value.second else "yyyy-mm-dd hh:mm"
        case datetime.date():
            return "yyyy-mm-dd"
    return ""


def write_json(connection: duckdb.DuckDBPyConnection, sheets: list[Sheet], target: Path, args: dict) -> None:
    """Records; "object" maps the first column to the rest; several tables become one object by name."""
    shape = args.get("shape") or "records"
    parts: dict[str, object] = {sheet.name: shaped(connection, sheet, shape) for sheet in sheets}
    value = next(iter(parts.values())) if len(parts) == 1 and shape != "combined" else parts
    target.write_text(json.dumps(value, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def shaped(connection: duckdb.DuckDBPyConnection, sheet: Sheet, shape: str) -> object:
    """One table as JSON."""
    records = [record(sheet, row) for row in written(connection, sheet)]
    if shape != "object" or len(sheet.columns) < 1:
        return records
    first, *rest = sheet.columns
    if len(rest) == 1:
        return {str(item[first]): item[rest[0]] for item in records}
    if len(records) == 1:
        return records[0]
    return {str(item[first]): {name: item[name] for name in rest} for item in records}


def record(sheet: Sheet, row: tuple[object, ...]) -> dict[str, object]:
    """One row as a JSON object; list columns are lists again."""
    return {
        n: json.loads(v) if k == "list" and isinstance(v, str) else plain(v)
        for (n, k), v in zip(sheet.kinds.items(), row, strict=True)
    }


def write_lines(connection: duckdb.DuckDBPyConnection, sheets: list[Sheet], target: Path, args: dict) -> None:
    """One JSON object a line."""
    with target.open("w", encoding="utf-8") as stream:
        for row in written(connection, sheets[0]):
            stream.write(json.dumps(record(sheets[0], row), ensure_ascii=False) + "\n")


def write_parquet(connection: duckdb.DuckDBPyConnection, sheets: list[Sheet], target: Path, args: dict) -> None:
    """Parquet with zstd."""
    connection.execute(
        f"COPY (SELECT * FROM {quoted(sheets[0].view)}) TO {literal(str(target))} (FORMAT parquet, COMPRESSION zstd)"
    )


def write_markdown(connection: duckdb.DuckDBPyConnection, sheets: list[Sheet], target: Path, args: dict) -> None:
    """Pipe tables, numbers to the right, a heading for each when there are several."""
    parts = []
    for sheet in sheets:
        if len(sheets) > 1:
            parts += [f"## {sheet.name}", ""]
        parts += markdown_table(sheet.columns, written(connection, sheet), sheet.kinds)
        parts.append("")
    target.write_text("\n".join(parts), encoding="utf-8")


def markdown_table(columns: list[str], body: Iterator[tuple[object, ...]], kinds: dict[str, str]) -> list[str]:
    """The lines of a pipe table."""

    def line(cells: list[str]) -> str:
        return "| " + " | ".join(cell.replace("\\", "\\\\").replace("|", "\\|").replace("\n", "<br>") for cell in cells) + " |"

    rule = "| " + " | ".join("---:" if kinds.get(name) in ("integer", "number") else "---" for name in columns) + " |"
    return [line(columns), rule, *(line([shown(value) for value in row]) for row in body)]


def write_html(connection: duckdb.DuckDBPyConnection, sheets: list[Sheet], target: Path, args: dict) -> None:
    """A page with a table for each sheet."""
    parts = [
        '<!doctype html>\n<html lang="en">\n<head><meta charset="utf-8">',
        f"<title>{html.escape(sheets[0].name)}</title>\n<style>{STYLE}</style></head>\n<body>",
    ]
    for sheet in sheets:
        marks = [' class="n"' if held in ("integer", "number") else "" for held in sheet.kinds.values()]
        parts.append((f"<h2>{html.escape(sheet.name)}</h2>\n" if len(sheets) > 1 else "") + "<table>\n<thead><tr>")
        parts.append(
            "".join(f"<th{mark}>{html.escape(name)}</th>" for name, mark in zip(sheet.columns, marks, strict=True))
            + "</tr></thead>\n<tbody>"
        )
        for row in rows(connection, sheet):
            parts.append(
                "<tr>" + "".join(f"<td{mark}>{html.escape(shown(v))}</td>" for v, mark in zip(row, marks, strict=True)) + "</tr>"
            )
        parts.append("</tbody></table>")
    target.write_text("\n".join([*parts, "</body></html>", ""]), encoding="utf-8")


def write_sqlite(connection: duckdb.DuckDBPyConnection, sheets: list[Sheet], target: Path, args: dict) -> None:
    """A database with a table for each sheet; dates as ISO text, numbers as REAL."""
    database = sqlite3.connect(target)
    try:
        for sheet in sheets:
            held = {"integer": "INTEGER", "number": "REAL", "boolean": "INTEGER"}
            columns = ", ".join(f"{quoted(name)} {held.get(k, 'TEXT')}" for name, k in sheet.kinds.items())
            database.execute(f"CREATE TABLE {quoted(sheet.name)} ({columns})")
            marks = ", ".join("?" * len(sheet.kinds))
            database.executemany(
                f"INSERT INTO {quoted(sheet.name)} VALUES ({marks})", ([plain(v) for v in row] for row in rows(connection, sheet))
            )
        database.commit()
    finally:
        database.close()


WRITERS = {
    "csv": write_delimited,
    "tsv": write_delimited,
    "txt": write_delimited,
    "xlsx": write_xlsx,
    "json": write_json,
    "jsonl": write_lines,
    "parquet": write_parquet,
    "md": write_markdown,
    "html": write_html,
    "sqlite": write_sqlite,
    "db": write_sqlite,
}
