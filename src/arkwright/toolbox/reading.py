"""Reading: text, headings, tables and links out of documents of any kind."""

import re
from functools import lru_cache
from pathlib import Path

from . import sniff
from .blocks import Block, Heading, Item, Listing, Paragraph, Run
from .content import Content, content
from .fault import Fault
from .hypertext import parse as parse_html
from .hypertext import title
from .markdown import parse
from .pdfread import read_pdf
from .wordread import read_word

KINDS = {
    ".pdf": "pdf",
    ".docx": "docx",
    ".html": "html",
    ".htm": "html",
    ".md": "md",
    ".markdown": "md",
    ".txt": "txt",
    ".text": "txt",
    ".rst": "txt",
    ".log": "txt",
}


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
    """The content of a document, read once in a process as long as it does not change.

    Raises:
        Fault: bad_format, unreadable, encoding, empty.
    """
    state = target.stat()
    return read_now(target, name, state.st_mtime_ns, state.st_size)


@lru_cache(maxsize=16)
def read_now(target: Path, name: str, changed: int, size: int) -> Content:
    """The content of a document.

    Raises:
        Fault: bad_format, unreadable, encoding, empty.
    """
    kind = kind_of(name)
    if kind == "pdf":
        return read_pdf(target, name)
    if kind == "docx":
        return content("docx", read_word(target, name))
    text = sniff.decode(target.read_bytes(), name).text.lstrip("\ufeff")
    if not text.strip():
        raise Fault("empty", f"{name!r} is empty", "give a file that has content")
    if kind == "html":
        return content("html", parse_html(text, target.parent), title(text))
    if kind == "md":
        found = content("md", parse(text, target.parent))
        return Content("md", text, found.blocks, found.tables, found.headings, found.links)
    return Content("txt", text, paragraphs(text), [], [])


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
            runs = [
                Run((" " if prose else "") * bool(at) + line.strip(), br=bool(at) and not prose) for at, line in enumerate(lines)
            ]
            found.append(Paragraph(tuple(runs)))
    return tuple(found)
