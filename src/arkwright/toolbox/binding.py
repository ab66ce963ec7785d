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


def bind(sources: list[str], path: str, *, title: str, toc: bool, overwrite: bool, progress: Progress) -> dict:
    """Join the pages; with `toc` or a title, a page with the first page number of each comes first.

    Raises:
        Fault: missing_file, unreadable, exists.
    """
    from pypdf import PdfReader, PdfWriter
    from pypdf.errors import PyPdfError

    target = inside(path) if overwrite else vacant(path)
    parts: list[tuple[str, PdfReader]] = []
    for at, source in enumerate(sources):
        progress(0.7 * at / len(sources), f"reading {source}")
        file = found(source)
        data = file.read_bytes() if kind_of(source) == "pdf" else make(Document(tuple(chapter(source)))).data
        try:
            reader = PdfReader(io.BytesIO(data))
            len(reader.pages)
        except (PyPdfError, ValueError, OSError) as error:
            raise Fault(
                "unreadable", f"{source!r} does not open as PDF: {error}", "check the file, and save it without a password"
            ) from error
        parts.append((name_of(source), reader))
    writer = PdfWriter()
    if toc or title:
        cover = PdfReader(io.BytesIO(contents(title, parts, toc)))
        for page in cover.pages:
            writer.add_page(page)
    for name, reader in parts:
        start = len(writer.pages)
        for page in reader.pages:
            writer.add_page(page)
        writer.add_outline_item(name, start)
    writer.add_metadata({"/Title": title or name_of(path)})
    with atomic(target) as temporary, temporary.open("wb") as stream:
        writer.write(stream)
    return {"path": relative(target), "pages": len(writer.pages), "words": 0}


def contents(title: str, parts: list, toc: bool) -> bytes:
    """The first page: the title, and the page each part starts on."""
    if not toc:
        return make(Document((Paragraph((Run(""),)),), title)).data
    page, rows = 2, []
    for name, reader in parts:
        rows.append(((Run(name),), (Run(str(page)),)))
        page += len(reader.pages)
    return make(Document((Table(((Run("Contents"),), (Run("Page"),)), tuple(rows), "lr"),), title or "Contents")).data
