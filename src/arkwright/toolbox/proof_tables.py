"""Input files as tables, read in plain Python with detection of its own (delimiter, encoding, decimals, header row)."""

import csv
import io
import json
import os
import re
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from .fault import Fault
from .proof_text import decode, delimiter_of, encoding_of, flatten
from .proof_values import Value, kind_of, reader

SAMPLE = 20000
LOG_LINE = re.compile(r'^(\S+) \S+ (\S+) \[([^\]]+)\] "(\S+) (\S+)[^"]*" (\d{3}) (\d+|-)(?: "([^"]*)" "([^"]*)")?')
TASK_LINE = re.compile(r"^\s*[-*+] \[( |x|X)\] (.*)$")


@dataclass
class Table:
    """Columns, and a function that yields the raw rows anew each time."""

    name: str
    columns: list[str]
    raw: Callable[[], Iterable[list[object]]]
    delimiter: str = ","
    kinds: dict[str, dict] = field(default_factory=dict)
    wanted: set[str] | None = None

    def learn(self) -> "Table":
        """Sniff the kind of each column from the first rows."""
        sample = [row for row, _ in zip(self.raw(), range(SAMPLE), strict=False)]
        for i, name in enumerate(self.columns):
            self.kinds[name] = kind_of([row[i] for row in sample if i < len(row)], self.delimiter)
        return self

    def rows(self, wanted: set[str] | None = None) -> Iterator[dict[str, Value]]:
        """Typed rows; only the `wanted` columns when given."""
        picks = [(i, n, reader(self.kinds[n])) for i, n in enumerate(self.columns) if wanted is None or n in wanted]
        width = max((i for i, _, _ in picks), default=-1)
        for row in self.raw():
            if len(row) > width:
                yield {n: read(row[i]) for i, n, read in picks}
            else:
                yield {n: read(row[i] if i < len(row) else None) for i, n, read in picks}


def root() -> Path:
    """The workspace, as the box sees it."""
    return Path(os.environ.get("ARKWRIGHT_WORKSPACE", "/workspace"))


def locate(path: str) -> Path:
    """An existing file of the workspace or of the run's scratch."""
    full = Path(path) if path.startswith("/tmp/scratch/") else root() / path
    if not full.exists():
        raise Fault("missing", f"there is no {path!r} to check")
    return full


def tables_of(path: str) -> list[Table]:
    """Every table that an input holds; log, checklist and words views included."""
    full = locate(path)
    if full.is_dir():
        return [folder_table(path, full)]
    suffix = full.suffix.lower()
    readers: dict[str, Callable[[Path], list[Table]]] = {
        ".csv": _delimited, ".tsv": _delimited, ".tab": _delimited, ".xlsx": _sheets, ".xlsm": _sheets, ".json": _json, ".jsonl": _lines_json,  # noqa: E501
        ".ndjson": _lines_json, ".db": _sqlite, ".sqlite": _sqlite, ".sqlite3": _sqlite,
    }  # fmt: skip
    tables = readers[suffix](full) if suffix in readers else _text_views(full)
    return [t.learn() for t in tables]


def _delimited(path: Path) -> list[Table]:
    with open(path, "rb") as fh:
        head = fh.read(1 << 20)
    encoding = encoding_of(head)
    text = head.decode(encoding, errors="ignore")
    if not text.strip():
        return []
    delimiter = delimiter_of(text)
    skip, columns = _header(list(csv.reader(io.StringIO(text[:200_000], newline=""), delimiter=delimiter))[:60])

    def raw() -> Iterator[list[object]]:
        with open(path, newline="", encoding=encoding, errors="replace") as fh:
            for number, row in enumerate(csv.reader(fh, delimiter=delimiter)):
                if number > skip and row and (row[0].strip() or any(cell.strip() for cell in row)):
                    yield row  # type: ignore[misc]

    return [Table("", columns, raw, delimiter)]


def _header(rows: list[list[str]]) -> tuple[int, list[str]]:
    """The index of the header row and its names: the first row as wide as most rows are."""
    widths = Counter(len([c for c in r if str(c or "").strip()]) for r in rows if any(str(c or "").strip() for c in r))
    usual = max(widths, key=lambda w: (widths[w] * (w > 1), w)) if widths else 0
    for i, row in enumerate(rows):
        filled = [c for c in row if str(c or "").strip()]
        if len(filled) >= min(usual, 2) and len(filled) >= usual * 0.6:
            return i, _unique([str(c or "").strip() for c in row])
    return 0, _unique([str(c or "").strip() for c in rows[0]]) if rows else []


def _unique(names: list[str]) -> list[str]:
    seen: Counter[str] = Counter()
    out = []
    for i, name in enumerate(names, 1):
        name = name or f"column {i}"
        seen[name] += 1
        out.append(name if seen[name] == 1 else f"{name} {seen[name]}")
    return out


def fixed(name: str, columns: list[str], rows: list[list[object]]) -> Table:
    """A table held in memory."""
    return Table(name, columns, lambda: rows)


def _sheets(path: Path) -> list[Table]:
    from openpyxl import load_workbook

    book = load_workbook(path, data_only=True, read_only=True)
    tables = []
    for sheet in book.worksheets:
        rows = [list(r) for r in sheet.iter_rows(values_only=True)]
        if not any(any(c is not None for c in r) for r in rows):
            continue
        at, columns = _header(rows[:60])  # type: ignore[arg-type]
        body = [r for r in rows[at + 1 :] if any(c is not None for c in r)]
        tables.append(fixed(sheet.title, columns, body))
    return tables


def _sqlite(path: Path) -> list[Table]:
    base = sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True)
    names = [
        r[0] for r in base.execute("select name from sqlite_master where type in ('table','view') and name not like 'sqlite_%'")
    ]
    tables = []
    for name in names:
        quoted = '"' + name.replace('"', '""') + '"'
        cursor = base.execute(f"select * from {quoted}")
        columns = [d[0] for d in cursor.description]
        tables.append(fixed(name, columns, [list(r) for r in cursor.fetchall()]))
    base.close()
    return tables


def _json(path: Path) -> list[Table]:
    try:
        return record_tables(json.loads(decode(path.read_bytes())))
    except ValueError as why:
        raise Fault("unreadable", f"{path.name!r} is not JSON: {why}") from why


def _lines_json(path: Path) -> list[Table]:
    lines = [json.loads(x) for x in decode(path.read_bytes()).splitlines() if x.strip()]
    return record_tables(lines)


def record_tables(value: object, name: str = "") -> list[Table]:
    """The lists of objects inside a JSON value; a list inside records becomes a table with its parent's fields."""
    if isinstance(value, list) and value and all(isinstance(v, dict) for v in value):
        return _of_records(value, name)
    found: list[Table] = []
    if isinstance(value, dict):
        for key, child in value.items():
            found += record_tables(child, f"{name}.{key}" if name else str(key))
    return found


def _of_records(records: list[dict], name: str) -> list[Table]:
    flat = [flatten(r) for r in records]
    tables = [_dict_table(name, [{k: _joined(v) for k, v in r.items()} for r in flat])]
    lists = dict.fromkeys(
        k for r in flat for k, v in r.items() if isinstance(v, list) and v and all(isinstance(x, dict) for x in v)
    )
    for key in lists:
        rows = []
        for record in flat:
            parent = {k: v for k, v in record.items() if not isinstance(v, list)}
            rows += [{**parent, **{f"{key}.{k}": v for k, v in flatten(item).items()}} for item in record.get(key) or []]
        tables.append(_dict_table(f"{name}.{key}" if name else key, rows))
    return tables


def _joined(value: object) -> object:
    if isinstance(value, list):
        return None if any(isinstance(v, dict | list) for v in value) else ", ".join(str(v) for v in value)
    return value


def _dict_table(name: str, rows: list[dict]) -> Table:
    columns = list(dict.fromkeys(k for r in rows for k in r))
    return fixed(name, columns, [[r.get(c) for c in columns] for r in rows])


def _text_views(path: Path) -> list[Table]:
    """Tables inside a text: its log lines, its tasks, its words, its lines, its Markdown tables."""
    if path.suffix.lower() not in (".log", ".md", ".txt", ".markdown", ".out", ""):
        from .proof_artifacts import grids

        return [_grid_table(f"table:{n}", g) for n, g in enumerate(grids(path), 1) if len(g) > 1]
    text = decode(path.read_bytes())
    lines = text.splitlines()
    tables = []
    hits = [m for x in lines[:200] if (m := LOG_LINE.match(x))]
    if hits and len(hits) > 0.8 * len([x for x in lines[:200] if x.strip()]):
        tables.append(_log(lines))
    if any(TASK_LINE.match(x) for x in lines):
        tables.append(checklist(lines))
    if path.suffix.lower() in (".md", ".markdown"):
        from .proof_artifacts import markdown_grids

        tables += [_grid_table(f"table:{n}", g) for n, g in enumerate(markdown_grids(text), 1) if len(g) > 1]
    words = [w.strip("'’").casefold() for w in re.findall(r"[^\W_]+(?:['’][^\W_]+)*", text)]
    tables.append(fixed("words", ["word"], [[w] for w in words if w]))
    tables.append(fixed("lines", ["number", "text"], [[n, x] for n, x in enumerate(lines, 1)]))
    return tables


def _grid_table(name: str, grid: list[list[object]]) -> Table:
    return fixed(name, _unique([str(c or "").strip() for c in grid[0]]), [list(r) for r in grid[1:]])


def _log(lines: list[str]) -> Table:
    rows: list[list[object]] = []
    for line in lines:
        if m := LOG_LINE.match(line):
            rows.append([m[1], m[3], m[4], m[5], m[6], None if m[7] == "-" else m[7], m[8], m[9]])
    return fixed("log", ["ip", "time", "method", "url", "status", "bytes", "referrer", "agent"], rows)


def checklist(lines: list[str]) -> Table:
    """Markdown tasks: done, owner, task, due, section."""
    rows: list[list[object]] = []
    section = ""
    for line in lines:
        if m := re.match(r"#+ (.*)", line):
            section = m[1].strip()
        if m := TASK_LINE.match(line):
            rows.append([*_task(m[1] != " ", m[2].strip()), section])
    return fixed("checklist", ["done", "owner", "task", "due", "section"], rows)


def _task(done: bool, text: str) -> list[object]:
    due = re.search(r"[(\[,;–-]?\s*\b(?:due|by|until)?:?\s*(\d{4}-\d\d-\d\d)[)\]]?\s*$", text)
    owner = re.match(r"(?:@|\*\*)?([A-Z][\w.-]*(?: [A-Z][\w.-]*)?)(?:\*\*)?\s*[:–]\s+", text)
    body = text[owner.end() if owner else 0 : due.start() if due else len(text)].rstrip(" ([,;–-")
    return ["yes" if done else "no", owner[1] if owner else None, body, due[1] if due else None]


def folder_table(path: str, full: Path) -> Table:
    """The files below a folder: path, folder, name, stem, extension, size, lines."""
    rows: list[list[object]] = []
    for item in sorted(p for p in full.rglob("*") if p.is_file()):
        inner = item.relative_to(full)
        data = item.read_bytes()
        lines = data.count(b"\n") + (0 if not data or data.endswith(b"\n") else 1)
        rows.append(
            [inner.as_posix(), inner.parent.as_posix(), item.name, item.stem, item.suffix.lower().lstrip("."), len(data), lines]
        )
    return fixed("files", ["path", "folder", "name", "stem", "extension", "size", "lines"], rows).learn()
