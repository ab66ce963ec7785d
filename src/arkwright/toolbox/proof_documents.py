"""Is all of a document in another one: every heading, table row, list item and paragraph, in order?"""

import re
from dataclasses import dataclass, field
from pathlib import Path

from .proof_artifacts import grids, markdown_grids
from .proof_open import facts
from .proof_tables import locate
from .proof_text import decode


@dataclass
class Content:
    """The parts of a document as plain text."""

    headings: list[str] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)
    items: list[str] = field(default_factory=list)
    paragraphs: list[str] = field(default_factory=list)
    marked: bool = True


def content(path: Path) -> Content:
    """The content of md, txt, docx, html or pdf; a PDF or a text has paragraphs only."""
    suffix = path.suffix.lower()
    if suffix in (".md", ".markdown"):
        return _markdown(decode(path.read_bytes()))
    if suffix == ".docx":
        return _docx(path)
    if suffix in (".html", ".htm"):
        return _html(path)
    text = facts(path).get("text", "")
    return Content(paragraphs=[x.strip() for x in re.split(r"[\n\f]+", text) if x.strip()], marked=False)


def _markdown(text: str) -> Content:
    out = Content(rows=[[plain(str(c)) for c in r] for g in markdown_grids(text) for r in g])
    paragraph: list[str] = []
    fenced = False
    for line in [*text.splitlines(), ""]:
        if line.strip().startswith("```"):
            fenced = not fenced
            continue
        head, item = re.match(r"#{1,6} (.*)", line), re.match(r"\s*(?:[-*+]|\d+[.)]) (.*)", line)
        if not line.strip() or head or item or line.strip().startswith("|") or re.fullmatch(r"\s*([-*_] ?){3,}", line):
            if paragraph:
                out.paragraphs.append(plain(" ".join(paragraph)))
                paragraph = []
            if head and not fenced:
                out.headings.append(plain(head[1]))
            elif item:
                out.items.append(plain(re.sub(r"^\[[ xX]\] ", "", item[1])))
        else:
            paragraph.append(line.strip().lstrip("> "))
    return out


def plain(text: str) -> str:
    """Markdown without its marks."""
    text = re.sub(r"!?\[([^\]]*)\]\([^)]*\)", r"\1", text)
    return " ".join(re.sub(r"(\*\*|__|\*|`|(?<!\w)_|_(?!\w)|\\)", "", text).split())


def _docx(path: Path) -> Content:
    got = facts(path)
    rows = [[str(c) for c in r] for g in grids(path) for r in g]
    paragraphs = [p for p in got["paragraphs"] if p not in got["items"]]
    return Content([h["text"] for h in got["headings"]], rows, got["items"], paragraphs)


def _html(path: Path) -> Content:
    from lxml import html

    page = html.fromstring(path.read_bytes())

    def texts(*tags: str) -> list[str]:
        return [t for e in page.iter(*tags) if (t := " ".join(e.text_content().split()))]

    rows = [[str(c) for c in r] for g in grids(path) for r in g]
    return Content(texts("h1", "h2", "h3", "h4", "h5", "h6"), rows, texts("li"), texts("p"))


def compare(sources: list[str], target: str) -> dict:
    """What of the sources is missing in the target, and whether they follow in order."""
    path = locate(target)
    made = content(path)
    text = squeezed(_whole(path, made))
    missing: list[str] = []
    structure: list[str] = []
    places: list[int] = []
    counts = {"headings": 0, "rows": 0, "items": 0, "paragraphs": 0}
    for source in sources:
        want = content(locate(source))
        marks = [want.headings, want.paragraphs, want.items, [" ".join(r) for r in want.rows]]
        for name, group in zip(("headings", "paragraphs", "items"), marks, strict=False):
            counts[name] += len(group)
            missing += [t for t in group if squeezed(t) not in text]
        counts["rows"] += len(want.rows)
        missing += [" | ".join(r) for r in want.rows if not all(squeezed(c) in text for c in r)]
        structure += _structure(want, made) if made.marked else []
        first = next((t for group in marks for t in group), "")
        places.append(_place(source, text, first))
    return {
        "missing": missing[:20],
        "structure": structure[:20],
        "counts": counts,
        "in_order": places == sorted(places),
        "marks_left": _marks_left(path, made),
    }


def _place(source: str, text: str, first: str) -> int:
    """Where a source's own text stands (its longest paragraph: titles may also stand in a table of contents)."""
    body = content(locate(source)).paragraphs
    longest = max(body, key=len, default=first)
    return text.find(squeezed(longest))


def _structure(want: Content, made: Content) -> list[str]:
    have = {squeezed(h) for h in made.headings}
    out = [f"heading {h!r} is no heading" for h in want.headings if squeezed(h) not in have]
    rows = {tuple(squeezed(c) for c in r) for r in made.rows}
    out += [f"row {r} is in no table" for r in want.rows if tuple(squeezed(c) for c in r) not in rows]
    return out


def _whole(path: Path, made: Content) -> str:
    if path.suffix.lower() in (".md", ".markdown"):
        return " ".join([*made.headings, *made.paragraphs, *made.items, *[" ".join(r) for r in made.rows]]) + plain(
            decode(path.read_bytes())
        )
    text = str(facts(path).get("text", ""))
    return re.sub(r"\s*(?:page )?\d+ ?(?:/|of) ?\d+\s*(?=\f|$)", "\n", text) if path.suffix.lower() == ".pdf" else text


def squeezed(text: str) -> str:
    """Text without spaces, hyphenation and quotes' shapes, for finding it across line breaks."""
    text = (
        text.translate(str.maketrans("‘’“”–—\u00ad\u2010\u2011", "''\"\"--\u002d\u002d\u002d"))
        .replace("\ufb01", "fi")
        .replace("\ufb02", "fl")
    )
    return re.sub(r"[\s\-☐☑☒•✓]+", "", text).casefold()


def _marks_left(path: Path, made: Content) -> bool:
    if path.suffix.lower() in (".md", ".markdown"):
        return False
    text = "\n".join([*made.paragraphs, *made.items, *made.headings])
    return bool(re.search(r"\*\*\w|^#{1,6} |\| ?-{3,}|\]\(http", text, re.M))
