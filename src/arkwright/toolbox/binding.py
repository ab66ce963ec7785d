"""Binding: documents, some of them PDF, joined page by page to one PDF with bookmarks."""

import io
from collections.abc import Callable

from .blocks import Document, Paragraph, Run, Table
from .chapters import chapter, name_of
from .fault import Fault
from .paths import atomic, inside, relative, vacant
from .pdf import make
from .reading import kind_of
from .sources import found

Progress = Callable[[float, str], None]


def bind(
    sources: list[str], path: str, *, title: str, toc: bool, overwrite: bool, progress: Progress, pages: dict | None = None
) -> dict:
    """Join the pages; with `toc` or a title, a page with the first page number of each comes first.

    `pages` chooses of some sources: {source: {"first", "last", "drop"}}, negative numbers count from the end.

    Raises:
        Fault: missing_file, unreadable, exists, no_such_page.
    """
    from pypdf import PdfReader, PdfWriter
    from pypdf.errors import PyPdfError

    target = inside(path) if overwrite else vacant(path)
    parts: list[tuple[str, list]] = []
    for at, source in enumerate(sources):
        progress(0.7 * at / len(sources), f"reading {source}")
        file = found(source)
        data = file.read_bytes() if kind_of(source) == "pdf" else make(Document(tuple(chapter(source)))).data
        try:
            held = list(PdfReader(io.BytesIO(data)).pages)
        except (PyPdfError, ValueError, OSError) as error:
            raise Fault(
                "unreadable", f"{source!r} does not open as PDF: {error}", "check the file, and save it without a password"
            ) from error
        parts.append((name_of(source), chosen(held, (pages or {}).get(source), source)))
    writer = PdfWriter()
    if toc or title:
        cover = PdfReader(io.BytesIO(contents(title, parts, toc)))
        for page in cover.pages:
            writer.add_page(page)
    for name, held in parts:
        start = len(writer.pages)
        for page in held:
            writer.add_page(page)
        writer.add_outline_item(name, start)
    writer.add_metadata({"/Title": title or name_of(path)})
    with atomic(target) as temporary, temporary.open("wb") as stream:
        writer.write(stream)
    return {"path": relative(target), "pages": len(writer.pages), "words": 0}


def chosen(held: list, choice: dict | None, source: str) -> list:
    """The pages that stay.

    Raises:
        Fault: no_such_page.
    """
    if not choice:
        return held
    first, last = (int(choice[name]) for name in ("first", "last"))
    first, last = (n + len(held) + 1 if n < 0 else n for n in (first, last))
    if not 1 <= first <= last <= len(held):
        raise Fault("no_such_page", f"{source!r} has {len(held)} pages, not {first} to {last}", "name pages that are there")
    span = range(first - 1, last)
    stay = [page for at, page in enumerate(held) if (at in span) != bool(choice.get("drop"))]
    if not stay:
        raise Fault("no_such_page", f"no page of {source!r} would be left", "leave fewer pages out")
    return stay


def contents(title: str, parts: list, toc: bool) -> bytes:
    """The first page: the title, and the page each part starts on."""
    if not toc:
        return make(Document((Paragraph((Run(""),)),), title)).data
    page, rows = 2, []
    for name, held in parts:
        rows.append(((Run(name),), (Run(str(page)),)))
        page += len(held)
    return make(Document((Table(((Run("Contents"),), (Run("Page"),)), tuple(rows), "lr"),), title or "Contents")).data
