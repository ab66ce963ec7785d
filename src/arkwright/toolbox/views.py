"""Views: text, logs, task lists and folders seen as tables."""

import datetime
import hashlib
import os
import re
from collections.abc import Iterator
from pathlib import Path

from .fault import Fault
from .grids import Grid

LOG = re.compile(
    r'(?P<ip>\S+) \S+ (?P<user>\S+) \[(?P<time>[^\]]+)\] "(?:(?P<method>[A-Z]+) (?P<url>\S+)(?: (?P<protocol>[^"]*))?|[^"]*)" '
    r'(?P<status>\d{3}) (?P<bytes>\d+|-)(?: "(?P<referrer>(?:[^"\\]|\\.)*)" "(?P<agent>(?:[^"\\]|\\.)*)")?'
)
MATCHES = {
    "email": re.compile(
        r"[A-Za-z0-9](?:[\w.+%-]*[\w+%-])?@[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)+"
    ),
    "url": re.compile(r"\b(?:https?|ftp)://[^\s<>\"'`]+[^\s<>\"'`.,;:!?)\]}]"),
    "ip": re.compile(r"(?<![\d.])(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d)(?![\d]|\.\d)"),
    "phone": re.compile(r"(?<![\w.])(?:\+|00)?\(?\d{1,4}\)?(?:[ /.-]?\(?\d{2,5}\)?){2,5}(?![\w])"),
    "number": re.compile(r"(?<![\w.])[-+]?\d+(?:,\d{3})*(?:\.\d+)?(?![\w]|\.\d)"),
}
TASK = re.compile(r"^\s*(?:[-*+]|\d+[.)])\s+\[([ xX])\]\s+(.*)$")
DUE = re.compile(
    r"\(?\b(?:due|by|until|deadline|before)\b:?\s*(\d{4}-\d{2}-\d{2}|\d{1,2}[./]\d{1,2}[./]\d{4}|"
    r"[A-Z][a-z]+ \d{1,2},? \d{4}|\d{1,2} [A-Z][a-z]+ \d{4})\)?",
    re.I,
)
OWNER = re.compile(r"^(?:@([\w.-]+)[:,]?\s+|\*\*([^*]+?):?\*\*:?\s+|([A-Z][\w'-]*(?: [A-Z][\w'-]*)?):\s+)")
WORD = re.compile(r"[^\W_]+(?:['’\-][^\W_]+)*")
FILES = ("path", "folder", "name", "stem", "extension", "size", "modified", "lines", "sha256")


def view(text: str, part: str, name: str) -> Grid:
    """The view `part` of a text.

    Raises:
        Fault: no_table, when there is no such view or nothing in it.
    """
    kind, _, what = part.partition(":")
    if kind == "matches" and what not in MATCHES:
        raise Fault("no_table", f"there is no view {part!r}", f"matches are of {', '.join(MATCHES)}")
    made = {"log": log, "checklist": checklist, "lines": lines, "words": words, "headings": headings, "paragraphs": paragraphs}
    if kind != "matches" and kind not in made:
        raise Fault("no_table", f"{name!r} has no part {part!r}", f"parts of a text are {', '.join(made)} and matches:email")
    grid = matches(text, what) if kind == "matches" else made[kind](text)
    if not grid.rows:
        raise Fault("no_table", f"{name!r} holds no {what or kind}", "look at the file with files.read")
    return grid


def suitable(text: str, marked: bool = False) -> list[str]:
    """The views that hold something, the most telling first. `marked` says that the text is Markdown."""
    head = text[:200_000]
    some = [line for line in split_lines(head)[:50] if line.strip()]
    if some and sum(bool(LOG.match(line)) for line in some) > 0.6 * len(some):
        return ["log", "lines"]
    found = ["checklist"] if any(TASK.match(line) for line in split_lines(head)) else []
    found += ["headings"] if marked and re.search(r"^#{1,6} \S", head, re.M) else []
    found += ["lines", "words", "paragraphs"]
    return found + [f"matches:{what}" for what in MATCHES if matches(head, what).rows]


def log(text: str) -> Grid:
    """An access log in the common or combined format."""
    names = ("ip", "time", "method", "url", "status", "bytes", "referrer", "agent")
    rows, missed = [], 0
    for line in split_lines(text):
        found = LOG.match(line)
        if not found:
            missed += bool(line.strip())
            continue
        row = {name: found[name] for name in names}
        row["time"] = stamp(row["time"] or "")
        rows.append([None if value in ("-", "") else value for value in row.values()])
    return Grid(
        names,
        rows,
        {"url": "text", "referrer": "text", "agent": "text", "ip": "text"},
        {"skipped_lines": missed} if missed else {},
    )


def stamp(text: str) -> str:
    """12/May/2025:00:00:01 +0000 as an ISO datetime, as it stands on the wall there."""
    try:
        return datetime.datetime.strptime(text.split()[0], "%d/%b/%Y:%H:%M:%S").isoformat(" ")
    except (ValueError, IndexError):
        return text


def checklist(text: str) -> Grid:
    """Task list items with their owner, due date and section."""
    rows, section = [], ""
    for line in split_lines(text):
        if heading := re.match(r"#{1,6}\s+(.*?)\s*#*$", line):
            section = heading[1]
        elif found := TASK.match(line):
            body = found[2].strip()
            due = DUE.search(body)
            body = DUE.sub("", body).strip() if due else body
            owner = OWNER.match(body)
            task = body[owner.end() :].strip() if owner else body
            who = next((group for group in owner.groups() if group), "") if owner else ""
            task = re.sub(r"\s*[,;:–-]?\s*$", "", task)
            rows.append(["true" if found[1] in "xX" else "false", who or None, task, due[1] if due else None, section or None])
    return Grid(("done", "owner", "task", "due", "section"), rows, {"owner": "text", "task": "text", "section": "text"})


def lines(text: str) -> Grid:
    """Every line with its number from 1."""
    return Grid(("number", "text"), [[str(at), line] for at, line in enumerate(split_lines(text), 1)])


def words(text: str) -> Grid:
    """Every word in order, lower-cased, without punctuation."""
    return Grid(("word",), [[found[0].lower().replace("’", "'")] for found in WORD.finditer(text)], {"word": "text"})


def matches(text: str, what: str) -> Grid:
    """Everything in the text that looks like an e-mail address, URL, ... with its line."""
    pattern = MATCHES[what]
    rows = [[found[0], str(at)] for at, line in enumerate(split_lines(text), 1) for found in pattern.finditer(line)]
    if what == "phone":
        rows = [row for row in rows if is_phone(row[0])]
    return Grid(("match", "line"), rows, {} if what == "number" else {"match": "text"})


def is_phone(text: str) -> bool:
    """Whether digits are a telephone number, not a date, an order number or a table of numbers."""
    digits = sum(c.isdigit() for c in text)
    if not 7 <= digits <= 15 or re.match(r"\d{4}[-/.]\d{2}[-/.]\d{2}", text) or text.count("(") != text.count(")"):
        return False
    return text.startswith(("+", "00", "(", "0")) or len(re.findall(r"[ /.()-]+", text)) >= 2


def split_lines(text: str) -> list[str]:
    """Lines as an editor counts them."""
    parts = re.split(r"\r\n|\n|\r", text)
    return parts[:-1] if parts and not parts[-1] else parts


def headings(text: str) -> Grid:
    """Markdown headings."""
    found = re.finditer(r"^(#{1,6})\s+(.*?)\s*#*$", re.sub(r"^(```|~~~).*?^\1", "", text, flags=re.M | re.S), re.M)
    return Grid(("level", "text"), [[str(len(h[1])), h[2]] for h in found], {"text": "text"})


def paragraphs(text: str) -> Grid:
    """Blocks between empty lines."""
    blocks = [" ".join(block.split()) for block in re.split(r"\n\s*\n", text)]
    return Grid(("number", "text"), [[str(at), block] for at, block in enumerate(filter(None, blocks), 1)], {"text": "text"})


def files(folder: Path, name: str) -> Grid:
    """Every file under a folder.

    Raises:
        Fault: empty.
    """
    rows = [describe_file(path, folder, name) for path in walk(folder)]
    if not rows:
        raise Fault("empty", f"the folder {name!r} holds no files", "name a folder with files")
    return Grid(
        FILES, rows, {"path": "text", "folder": "text", "name": "text", "stem": "text", "extension": "text", "sha256": "text"}
    )


def folder_lines(folder: Path, name: str) -> Grid:
    """Every line of every text file under a folder, with its file and its number from 1.

    Raises:
        Fault: empty.
    """
    rows: list[list[str | None]] = []
    for path in walk(folder):
        data = path.read_bytes()
        if b"\0" not in data:
            whole = (Path(name) / path.relative_to(folder)).as_posix()
            text = data.decode("utf-8-sig", errors="replace")
            rows += [[whole, str(at), line] for at, line in enumerate(split_lines(text), 1)]
    if not rows:
        raise Fault("empty", f"the folder {name!r} holds no text", "name a folder with text files")
    return Grid(("path", "number", "text"), rows, {"path": "text", "text": "text"})


def walk(folder: Path) -> Iterator[Path]:
    """Plain files below a folder in order of their paths; links and hidden files are left out."""
    for root, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            path = Path(root) / name
            if not name.startswith(".") and path.is_file() and not path.is_symlink():
                yield path


def describe_file(path: Path, folder: Path, name: str) -> list[str | None]:
    """One row of the view `files`; lines are counted for text only."""
    digest, count, binary, last = hashlib.sha256(), 0, False, b"\n"
    with path.open("rb") as stream:
        while chunk := stream.read(1 << 20):
            digest.update(chunk)
            binary |= b"\0" in chunk
            count, last = count + chunk.count(b"\n"), chunk[-1:]
    inner = path.relative_to(folder)
    whole = (Path(name) / inner).as_posix() if name not in ("", ".") else inner.as_posix()
    stat = path.stat()
    changed = datetime.datetime.fromtimestamp(int(stat.st_mtime), datetime.UTC).strftime("%Y-%m-%d %H:%M:%S")
    total = None if binary else str(count + (last != b"\n"))
    parent = Path(whole).parent.as_posix()
    return [
        whole,
        "" if parent == "." else parent,
        path.name,
        path.stem,
        path.suffix.lower().lstrip("."),
        str(stat.st_size),
        changed,
        total,
        digest.hexdigest(),
    ]
