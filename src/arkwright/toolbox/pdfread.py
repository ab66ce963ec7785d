"""Pdfread: the lines, headings and tables of a PDF from where its text stands on the page."""

import re
import statistics
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from .blocks import Block, Heading, Item, Listing, PageBreak, Paragraph, Run, Table
from .content import Content
from .fault import Fault


@dataclass(frozen=True, slots=True)
class Cell:
    """Text that stands together: its left, right, bottom and top, and the size of its font, in points."""

    text: str
    left: float
    right: float
    bottom: float
    top: float
    size: float = 10.0


@dataclass(frozen=True, slots=True)
class Line:
    """Cells at one height, from left to right."""

    cells: tuple[Cell, ...]

    @property
    def text(self) -> str:
        """The cells with two spaces between them."""
        return "  ".join(cell.text for cell in self.cells)

    @property
    def height(self) -> float:
        """The size of its largest font."""
        return max(cell.size for cell in self.cells)


def read_pdf(target: Path, name: str) -> Content:
    """All pages of a PDF.

    Raises:
        Fault: unreadable, for a file that is no PDF or is locked.
    """
    import pypdfium2

    try:
        opened = pypdfium2.PdfDocument(target)
    except pypdfium2.PdfiumError as error:
        remedy = "save it without a password" if "assword" in str(error) else "check the file"
        raise Fault("unreadable", f"{name!r} does not open as PDF: {error}", remedy) from error
    pages: list[list[Line]] = []
    links: list[dict[str, str]] = []
    try:
        for page in opened:
            pages.append(page_lines(page.get_textpage()))
    finally:
        opened.close()
    size = statistics.median([line.height for lines in pages for line in lines] or [10.0])
    blocks: list[Block] = []
    for at, lines in enumerate(pages):
        blocks += [PageBreak()] if at and blocks else []
        blocks += page_blocks(lines, size)
    tables = [
        [["".join(run.text for run in cell) for cell in row] for row in (b.header, *b.rows)]
        for b in blocks
        if isinstance(b, Table)
    ]
    titles: list[dict[str, object]] = [
        {"level": b.level, "text": "".join(run.text for run in b.runs)} for b in blocks if isinstance(b, Heading)
    ]
    text = "\n\f\n".join("\n".join(line.text for line in lines) for lines in pages)
    return Content("pdf", text, tuple(blocks), tables, titles, links, len(pages))


def page_lines(page: object) -> list[Line]:
    """The text of a page grouped to lines, from top to bottom."""
    cells = []
    for at in range(page.count_rects()):  # type: ignore[attr-defined]
        left, bottom, right, top = page.get_rect(at)  # type: ignore[attr-defined]
        inset = min(0.7, (right - left) / 4)
        text = " ".join(page.get_text_bounded(left + inset, bottom, right - inset, top).replace("\ufffe", "").split())  # type: ignore[attr-defined]
        if text:
            tail = " " if spaced(page, right, (bottom + top) / 2) else ""
            cells.append(Cell(text + tail, left, right, bottom, top, font_size(page, left, right, bottom, top)))
    rows: list[list[Cell]] = []
    for cell in sorted(cells, key=lambda cell: (-(cell.top + cell.bottom), cell.left)):
        middle = (cell.top + cell.bottom) / 2
        row = next((row for row in reversed(rows[-3:]) if any(other.bottom < middle < other.top for other in row)), None)
        if row is None:
            rows.append([cell])
        else:
            row.append(cell)
    return [Line(joined(sorted(row, key=lambda cell: cell.left))) for row in rows]


def font_size(page: object, left: float, right: float, bottom: float, top: float) -> float:
    """The size of the font in the middle of a piece of text."""
    import pypdfium2.raw as raw

    for x in ((left + right) / 2, left + 1, right - 1):
        at = raw.FPDFText_GetCharIndexAtPos(page, x, (bottom + top) / 2, 3, 3)
        if at >= 0 and (size := raw.FPDFText_GetFontSize(page, at)) > 1:
            matrix = raw.FS_MATRIX()
            scale = abs(matrix.d) if raw.FPDFText_GetMatrix(page, at, matrix) and matrix.d else 1.0
            return float(size) * scale
    return top - bottom


def spaced(page: object, right: float, middle: float) -> bool:
    """Whether a space follows the last character of a piece of text."""
    import pypdfium2.raw as raw

    at = raw.FPDFText_GetCharIndexAtPos(page, right - 0.5, middle, 2, 4)
    return at >= 0 and (raw.FPDFText_GetUnicode(page, at) == 32 or raw.FPDFText_GetUnicode(page, at + 1) == 32)


NUMBERED = re.compile(r"\d{1,3}[.)]")
BULLETS = ("•", "◦", "–", "▪", "‣", "☐", "☑")


def joined(cells: Sequence[Cell]) -> tuple[Cell, ...]:
    """Cells of a line; those as near as words are become one, doubles drawn for boldness are dropped."""
    found: list[Cell] = []
    for cell in cells:
        last = found[-1] if found else None
        if last and last.text.strip() == cell.text.strip() and abs(last.left - cell.left) < 2:
            continue
        if last and belongs(last, cell, len(cells)):
            apart = last.text.endswith(" ") or cell.left - last.right >= 0.08 * (cell.top - cell.bottom)
            gap = " " if apart and cell.text[0] not in ".,;:)%" else ""
            low, high = min(last.bottom, cell.bottom), max(last.top, cell.top)
            found[-1] = Cell(last.text.rstrip() + gap + cell.text, last.left, cell.right, low, high, max(last.size, cell.size))
        else:
            found.append(cell)
    return tuple(replace(cell, text=cell.text.rstrip()) for cell in found)


def belongs(last: Cell, cell: Cell, count: int) -> bool:
    """Whether a cell goes on with the one before it: as near as a word, or after the mark of a list item."""
    mark = last.text.strip()
    if mark in BULLETS or (count == 2 and NUMBERED.fullmatch(mark) and cell.left - last.right < 3 * cell.size):
        return True
    return cell.left - last.right < 0.65 * max(cell.top - cell.bottom, last.top - last.bottom, 4)


def page_blocks(lines: list[Line], size: float) -> list[Block]:
    """The lines of a page as headings, tables and paragraphs."""
    found: list[Block] = []
    held: list[Line] = []
    at = 0

    def flush() -> None:
        if held:
            found.append(Paragraph((Run(" ".join(line.text for line in held)),)))
            held.clear()

    while at < len(lines):
        if lines[at].text.startswith(BULLETS):
            flush()
            start = at
            while at < len(lines) and lines[at].text.startswith(BULLETS):
                at += 1
            texts = [line.text.lstrip("".join(BULLETS) + " ") for line in lines[start:at]]
            found.append(Listing(tuple(Item((Paragraph((Run(text),)),)) for text in texts)))
            continue
        end = at
        while (
            end < len(lines)
            and len(lines[end].cells) > 1
            and (end == at or gap(lines[end - 1], lines[end]) < 2.6 * lines[end].height)
        ):
            end += 1
        if end - at >= 2 and (table := columns(lines[at:end])):
            flush()
            found.append(table)
            at = end
            continue
        line = lines[at]
        if line.height > 1.15 * size and len(line.text) < 120:
            flush()
            found.append(Heading(1 if line.height > 1.6 * size else 2, (Run(line.text),)))
        else:
            if held and gap(held[-1], line) > 0.9 * size:
                flush()
            held.append(line)
        at += 1
    flush()
    return found


def gap(upper: Line, lower: Line) -> float:
    """The white between two lines."""
    return min(cell.bottom for cell in upper.cells) - max(cell.top for cell in lower.cells)


def columns(lines: Sequence[Line]) -> Table | None:
    """The lines as a table, when their cells stand below each other."""
    spans: list[list[float]] = []
    for cell in sorted((cell for line in lines for cell in line.cells), key=lambda cell: cell.left):
        if spans and cell.left < spans[-1][1] - 0.5:
            spans[-1][1] = max(spans[-1][1], cell.right)
        else:
            spans.append([cell.left, cell.right])
    if len(spans) < 2:
        return None
    rows = []
    for line in lines:
        row = [""] * len(spans)
        for cell in line.cells:
            at = max(range(len(spans)), key=lambda at, cell=cell: min(spans[at][1], cell.right) - max(spans[at][0], cell.left))
            row[at] = f"{row[at]} {cell.text}".strip()
        rows.append(row)
    filled = sum(bool(cell) for row in rows for cell in row)
    if filled < 0.55 * len(rows) * len(spans):
        return None
    cells = [tuple((Run(cell),) if cell else () for cell in row) for row in rows]
    return Table(cells[0], tuple(cells[1:]))
