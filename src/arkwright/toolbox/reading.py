"""Reading: text, headings, tables and links out of documents of any kind."""

import re
from dataclasses import dataclass, field
from pathlib import Path

from . import sniff
from .blocks import Block, Heading, Item, Listing, Paragraph, Quote, Run, Table, headings, plain, text_of
from .fault import Fault

KINDS = {".pdf": "pdf", ".docx": "docx", ".html": "html", ".htm": "html", ".md": "md", ".markdown": "md", ".txt": "txt", ".text": "txt", ".rst": "txt", ".log": "txt"}


@dataclass(frozen=True, slots=True)
class Content:
    """What a document holds. `tables` are rows of cells, the header first; `pages` is 0 where there are none."""

    kind: str
    text: str
    blocks: tuple[Block, ...]
    tables: list[list[list[str]]]
    headings: list[dict[str, object]]
    links: list[dict[str, str]] = field(default_factory=list)
    pages: int = 0
    title: str = ""


def kind_of(name: str) -> str:
    """The kind a file name tells.

    Raises:
        Fault: bad_format.
    """
    suffix = Path(name).suffix.lower()
    if suffix not in KINDS:
        raise Fault("bad_format", f"{name!r} is not a document that can be read", "use pdf, docx, html, md or txt")
    return KINDS[suffix]


def read_document(target: Path, name: str) -> Content:
    """The content of a document.

    Raises:
        Fault: bad_format, unreadable, encoding, empty.
    """
    kind = kind_of(name)
    if kind == "pdf":
        from .pdfread import read_pdf

        return read_pdf(target, name)
    if kind == "docx":
        from .word import read_word

        return content("docx", read_word(target, name))
    text = sniff.decode(target.read_bytes(), name).text.lstrip("\ufeff")
    if not text.strip():
        raise Fault("empty", f"{name!r} is empty", "give a file that has content")
    if kind == "html":
        from .hypertext import parse as parse_html
        from .hypertext import title

        return content("html", parse_html(text, target.parent), title(text))
    if kind == "md":
        from .markdown import parse

        found = content("md", parse(text, target.parent))
        return Content("md", text, found.blocks, found.tables, found.headings, found.links)
    return Content("txt", text, paragraphs(text), [], [])


def content(kind: str, blocks: tuple[Block, ...], title: str = "") -> Content:
    """Blocks with what is found in them."""
    tables = [[[plain(cell) for cell in row] for row in (block.header, *block.rows)] for block in every(blocks) if isinstance(block, Table)]
    titles: list[dict[str, object]] = [{"level": block.level, "text": plain(block.runs)} for block in headings(blocks)]
    links = [{"text": run.text, "url": run.link} for run in every_run(blocks) if run.link]
    return Content(kind, text_of(blocks), blocks, tables, titles, links, title=title)


def every(blocks: tuple[Block, ...]) -> list[Block]:
    """All blocks, those inside others too."""
    found: list[Block] = []
    for block in blocks:
        found.append(block)
        if isinstance(block, Quote):
            found += every(block.blocks)
        elif isinstance(block, Listing):
            found += [inner for item in block.items for inner in every(item.blocks)]
    return found


def every_run(blocks: tuple[Block, ...]) -> list[Run]:
    """All runs in order."""
    found: list[Run] = []
    for block in every(blocks):
        if isinstance(block, Heading | Paragraph):
            found += block.runs
        elif isinstance(block, Table):
            found += [run for row in (block.header, *block.rows) for cell in row for run in cell]
    return found


def paragraphs(text: str) -> tuple[Block, ...]:
    """Plain text as blocks: underlined lines are headings, dashes are lists, the rest paragraphs whose lines stay."""
    found: list[Block] = []
    for part in re.split(r"\n[ \t]*\n", text.replace("\r\n", "\n").strip("\n")):
        lines = [line.rstrip() for line in part.split("\n") if line.strip()]
        if len(lines) >= 2 and re.fullmatch(r"(=+|-+)", lines[1].strip()) and len(lines[1].strip()) >= 3:
            found.append(Heading(1 if lines[1].strip()[0] == "=" else 2, (Run(lines[0].strip()),)))
            lines = lines[2:]
        if lines and all(re.match(r"\s*[-*•]\s+\S", line) for line in lines):
            found.append(Listing(tuple(Item((Paragraph((Run(re.sub(r"^\s*[-*•]\s+", "", line)),)),)) for line in lines)))
        elif lines:
            prose = len(lines) > 1 and sum(map(len, lines[:-1])) / (len(lines) - 1) > 55
            runs = [Run((" " if prose else "") * bool(at) + line.strip(), br=bool(at) and not prose) for at, line in enumerate(lines)]
            found.append(Paragraph(tuple(runs)))
    return tuple(found)
