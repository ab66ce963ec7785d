"""Diff: what two files or two folders do not share, as data and as a report a person can read."""

import difflib
import html
import re
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from itertools import zip_longest
from pathlib import Path

from .fault import Fault
from .files import decode, digest, walk
from .paths import atomic, existing, inside

Progress = Callable[[float, str], None]
DOCUMENTS = {".docx", ".pdf"}
CSS = (
    "body{font:15px/1.5 sans-serif;margin:2rem}table{border-collapse:collapse;width:100%}"
    "td,th{padding:.15rem .5rem;vertical-align:top;font-family:monospace;white-space:pre-wrap;text-align:left}"
    "td.n{color:#777;text-align:right;width:3rem}tr.added td{background:#e6ffec}tr.removed td{background:#ffebe9}"
    "tr.changed td{background:#fff8c5}del{background:#ffc0c0}ins{background:#a6f2b5;text-decoration:none}"
)


@dataclass
class Changes:
    """`added` and `removed`: {line, text}; `changed`: {left_line, right_line, left, right}. Lines count from 1.

    For folders: paths in `added` and `removed`, {path} in `changed`.
    """

    added: list = field(default_factory=list)
    removed: list = field(default_factory=list)
    changed: list = field(default_factory=list)
    identical: bool = True


def compare(args: dict, progress: Progress) -> dict:
    """{added, removed, changed, identical, path?}; with `path` a report is written too.

    Faults: not_found, outside_workspace, binary, mixed.
    """
    left, right = existing(args["left"]), existing(args["right"])
    if left.is_dir() != right.is_dir():
        raise Fault("mixed", f"{args['left']!r} and {args['right']!r} are a file and a folder", "name two files or two folders")
    if left.is_dir():
        changes, lines = folders(left, right), ([], [])
    else:
        lines = (lines_of(left, args["left"]), lines_of(right, args["right"]))
        changes = texts(*lines)
    value = asdict(changes)
    if args.get("path"):
        write_report(args, changes, lines)
        value["path"] = args["path"]
    return value


def lines_of(path: Path, name: str) -> list[str]:
    """The lines of a text file, or of the text in a document."""
    if path.suffix.lower() in DOCUMENTS:
        from . import documents

        return str(documents.read({"path": name}, lambda fraction, note: None)["text"]).splitlines()
    return decode(path.read_bytes(), name)[0].splitlines()


def texts(left: list[str], right: list[str]) -> Changes:
    """Line by line; a replaced line is paired with the one most like it, the rest are added or removed."""
    changes = Changes(identical=left == right)
    for tag, a, b, c, d in difflib.SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
        if tag != "equal":
            for i, j in paired(left, right, (a, b), (c, d)):
                record(changes, left, right, i, j)
    return changes


def record(changes: Changes, left: list[str], right: list[str], i: int | None, j: int | None) -> None:
    """One line that was added, removed or changed."""
    if i is None and j is not None:
        changes.added.append({"line": j + 1, "text": right[j]})
    elif j is None and i is not None:
        changes.removed.append({"line": i + 1, "text": left[i]})
    elif i is not None and j is not None:
        changes.changed.append({"left_line": i + 1, "right_line": j + 1, "left": left[i], "right": right[j]})


def paired(left: list[str], right: list[str], old: tuple[int, int], new: tuple[int, int]) -> list[tuple[int | None, int | None]]:
    """The lines of two differing blocks side by side, in order; lines less than half alike stay alone."""
    pairs: list[tuple[int | None, int | None]] = []
    j = new[0]
    for i in range(*old):
        window = range(j, min(new[1], j + 30))
        best = max(window, key=lambda k: likeness(left[i], right[k]), default=None)
        if best is None or likeness(left[i], right[best]) < 0.5:
            pairs.append((i, None))
            continue
        pairs += [(None, k) for k in range(j, best)]
        pairs.append((i, best))
        j = best + 1
    return pairs + [(None, k) for k in range(j, new[1])]


def likeness(a: str, b: str) -> float:
    """0 to 1; blank lines are like nothing."""
    if not a.strip() or not b.strip():
        return 0.0
    matcher = difflib.SequenceMatcher(None, a, b)
    return matcher.ratio() if matcher.real_quick_ratio() >= 0.5 and matcher.quick_ratio() >= 0.5 else 0.0


def folders(left: Path, right: Path) -> Changes:
    """File by file, by path and content."""
    old, new = ({p.relative_to(root).as_posix(): p for p in walk(root)} for root in (left, right))
    changed = [{"path": name} for name in sorted(old.keys() & new.keys()) if digest(old[name]) != digest(new[name])]
    added, removed = sorted(new.keys() - old.keys()), sorted(old.keys() - new.keys())
    return Changes(added, removed, changed, not (added or removed or changed))


def write_report(args: dict, changes: Changes, lines: tuple[list[str], list[str]]) -> None:
    """The report in the form its name asks for; one of an earlier comparison is replaced."""
    suffix = Path(args["path"]).suffix.lower()
    names = (args["left"], args["right"])
    if suffix in DOCUMENTS:
        from . import documents, markdown
        from .blocks import Document

        blocks = markdown.parse(as_text(names, changes, markdown=True))
        documents.put(Document(blocks), args["path"], pages=None, overwrite=True, progress=lambda fraction, note: None)
        return
    if suffix in {".diff", ".patch"}:
        text = "".join(f"{line}\n" for line in difflib.unified_diff(*lines, *names, lineterm=""))
    elif suffix == ".html":
        text = as_html(names, changes, lines)
    else:
        text = as_text(names, changes, markdown=suffix == ".md")
    with atomic(inside(args["path"])) as temporary:
        temporary.write_text(text, encoding="utf-8")


def as_text(names: tuple[str, str], changes: Changes, *, markdown: bool) -> str:
    """Three lists for people."""
    title = f"Changes from {names[0]} to {names[1]}"
    head = f"# {title}\n" if markdown else f"{title}\n{'=' * len(title)}\n"
    if changes.identical:
        return f"{head}\nThe two are identical.\n"
    counts = f"{len(changes.added)} added, {len(changes.removed)} removed, {len(changes.changed)} changed."
    parts = [head, counts, ""]
    for name, entries in (("Added", changes.added), ("Removed", changes.removed), ("Changed", changes.changed)):
        if entries:
            heading = f"## {name}" if markdown else f"{name}\n{'-' * len(name)}"
            parts += [heading, "", *(line for entry in entries for line in shown(entry, markdown)), ""]
    return "\n".join(parts)


def shown(entry: object, markdown: bool) -> list[str]:
    """One change as a line or two."""
    quote = code if markdown else str
    if isinstance(entry, str):
        return [f"- {quote(entry)}"]
    assert isinstance(entry, dict)
    if "path" in entry:
        return [f"- {quote(entry['path'])}"]
    if "text" in entry:
        return [f"- Line {entry['line']}: {quote(entry['text'])}"]
    at = (
        f"Line {entry['left_line']}"
        if entry["left_line"] == entry["right_line"]
        else f"Line {entry['left_line']} → {entry['right_line']}"
    )
    return [f"- {at}:", f"  - before: {quote(entry['left'])}", f"  - after: {quote(entry['right'])}"]


def code(text: str) -> str:
    """Text as Markdown code, whatever backticks it holds."""
    if not text.strip():
        return "(blank line)"
    longest = max((len(run) for run in re.findall("`+", text)), default=0)
    ticks, space = "`" * (longest + 1), " " if longest else ""
    return f"{ticks}{space}{text}{space}{ticks}"


def as_html(names: tuple[str, str], changes: Changes, lines: tuple[list[str], list[str]]) -> str:
    """Both texts side by side, differences coloured; folders as lists."""
    title = html.escape(f"Changes from {names[0]} to {names[1]}")
    if not any(lines):
        body = listed(changes)
    else:
        head = f"<tr><th></th><th>{html.escape(names[0])}</th><th></th><th>{html.escape(names[1])}</th></tr>"
        body = f"<table>{head}{''.join(rows(*lines))}</table>"
    counts = f"{len(changes.added)} added, {len(changes.removed)} removed, {len(changes.changed)} changed."
    summary = "The two are identical." if changes.identical else counts
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title><style>{CSS}</style></head>'
        f"<body><h1>{title}</h1><p>{summary}</p>{body}</body></html>\n"
    )


def listed(changes: Changes) -> str:
    """The changes of folders as lists."""
    out = ""
    for name, entries in (("Added", changes.added), ("Removed", changes.removed), ("Changed", changes.changed)):
        paths = [html.escape(entry if isinstance(entry, str) else entry["path"]) for entry in entries]
        out += f"<h2>{name}</h2><ul>{''.join(f'<li>{path}</li>' for path in paths)}</ul>" if paths else ""
    return out


def rows(left: list[str], right: list[str]) -> list[str]:
    """A table row for each pair of lines."""
    out = []
    for tag, a, b, c, d in difflib.SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
        pairs = zip_longest(range(a, b), range(c, d)) if tag == "equal" else paired(left, right, (a, b), (c, d))
        out += [row(left, right, i, j) for i, j in pairs]
    return out


def row(left: list[str], right: list[str], i: int | None, j: int | None) -> str:
    """One pair of lines; what changed inside it is marked."""
    old, new = ("" if i is None else left[i]), ("" if j is None else right[j])
    kind = "added" if i is None else "removed" if j is None else "" if old == new else "changed"
    before, after = marked(old, new) if kind == "changed" else (html.escape(old), html.escape(new))
    numbers = ["" if n is None else str(n + 1) for n in (i, j)]
    opening = f'<tr class="{kind}">' if kind else "<tr>"
    return f'{opening}<td class="n">{numbers[0]}</td><td>{before}</td><td class="n">{numbers[1]}</td><td>{after}</td></tr>'


def marked(old: str, new: str) -> tuple[str, str]:
    """Both lines with <del> and <ins> around what differs."""
    before, after = "", ""
    for tag, a, b, c, d in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        x, y = html.escape(old[a:b]), html.escape(new[c:d])
        before += x if tag == "equal" or not x else f"<del>{x}</del>"
        after += y if tag == "equal" or not y else f"<ins>{y}</ins>"
    return before, after
