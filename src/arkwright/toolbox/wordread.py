"""Wordread: docx files as blocks."""

import re
from pathlib import Path

from .blocks import Block, Code, Figure, Heading, Outline, PageBreak, Paragraph, Quote, Run, Runs, Table, merged, plain
from .fault import Fault

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MONO = ("courier", "consolas", "mono", "menlo")


def read_word(target: Path, name: str) -> tuple[Block, ...]:
    """The body of a docx as blocks; pictures are left in scratch.

    Raises:
        Fault: unreadable.
    """
    import docx
    from docx.table import Table as WordTable

    try:
        document = docx.Document(str(target))
    except Exception as error:
        raise Fault("unreadable", f"{name!r} does not open as docx: {error}", "save it again as .docx") from error
    found: list[Block] = []
    outline = Outline()
    for part in document.iter_inner_content():
        if isinstance(part, WordTable):
            found += [*outline.take(), table_of(part)]
            continue
        listed = list_level(part)
        runs = runs_of(part)
        if listed and plain(runs).strip():
            outline.add(listed[0], listed[1], runs)
            continue
        found += outline.take()
        found += paragraph_of(part, runs)
    return joined_code([*found, *outline.take()])


def paragraph_of(part: object, runs: Runs) -> list[Block]:
    """A paragraph by its style; pictures in it stand after it."""
    style = str(part.style.name if part.style is not None else "")  # type: ignore[attr-defined]
    found: list[Block] = []
    level = heading_level(style)
    if level and plain(runs).strip():
        found.append(Heading(level, tuple(Run(run.text, italic=run.italic, code=run.code, link=run.link) for run in runs)))
    elif re.match(r"(?i)(code|source|html preformatted|preformatted|macro)", style):
        found.append(Code(plain(runs)))
    elif re.match(r"(?i)(intense )?quote", style) and plain(runs).strip():
        found.append(Quote((Paragraph(runs),)))
    elif plain(runs).strip():
        found.append(Paragraph(runs))
    found += [Figure(str(path), text) for path, text in pictures(part)]
    if 'w:br w:type="page"' in part._p.xml:  # type: ignore[attr-defined]
        found.append(PageBreak())
    return found


def heading_level(style: str) -> int:
    """1 to 6 for a heading style (a title counts as 1), else 0."""
    if style.lower() == "title":
        return 1
    match = re.match(r"(?i)(?:heading|überschrift|titre|título|titolo|kop|rubrik|başlık)\s*(\d)", style)
    return min(6, int(match[1])) if match else 0


def list_level(part: object) -> tuple[int, bool] | None:
    """The depth (from 0) and whether it is numbered, for a list item."""
    style = str(part.style.name if part.style is not None else "")  # type: ignore[attr-defined]
    if heading_level(style):
        return None
    properties = part._p.pPr  # type: ignore[attr-defined]
    numbering = properties.numPr if properties is not None else None
    found = re.match(r"(?i)list (bullet|number)\s*(\d)?", style)
    depth = int(found[2] or 1) - 1 if found else 0
    if numbering is not None and numbering.numId is not None and numbering.numId.val:
        level = numbering.ilvl.val if numbering.ilvl is not None else 0
        form = number_form(part, numbering.numId.val, level)
        return max(level, depth), form not in ("bullet", "none", "") if form else bool(found and found[1].lower() == "number")
    return (depth, found[1].lower() == "number") if found else None


def number_form(part: object, number: int, level: int) -> str:
    """The number format of a list level, such as bullet or decimal."""
    try:
        root = part.part.numbering_part.element  # type: ignore[attr-defined]
    except (AttributeError, KeyError, NotImplementedError):
        return ""
    for num in root.findall(f"{W}num"):
        if num.get(f"{W}numId") == str(number):
            wanted = num.find(f"{W}abstractNumId").get(f"{W}val")
            for abstract in root.findall(f"{W}abstractNum"):
                if abstract.get(f"{W}abstractNumId") == wanted:
                    for lvl in abstract.findall(f"{W}lvl"):
                        if lvl.get(f"{W}ilvl") == str(level) and lvl.find(f"{W}numFmt") is not None:
                            return str(lvl.find(f"{W}numFmt").get(f"{W}val"))
    return ""


def runs_of(part: object) -> Runs:
    """The runs of a paragraph, those in links too."""
    from docx.text.hyperlink import Hyperlink

    found: list[Run] = []
    for piece in part.iter_inner_content():  # type: ignore[attr-defined]
        link = ""
        inner = [piece]
        if isinstance(piece, Hyperlink):
            link, inner = piece.url, piece.runs
        for run in inner:
            font = str(run.font.name or "").lower()
            style = str(run.style.name if run.style is not None else "").lower()
            code = any(name in font for name in MONO) or "code" in style
            for at, line in enumerate(run.text.replace("\f", "").split("\n")):
                found.append(Run(line, bool(run.bold), bool(run.italic), code, bool(run.font.strike), link, br=at > 0))
    return merged(found)


def pictures(part: object) -> list[tuple[Path, str]]:
    """The pictures of a paragraph as files in scratch, with their descriptions."""
    from .paths import in_scratch

    found = []
    for drawing in part._p.iter(f"{W}drawing"):  # type: ignore[attr-defined]
        blip = next(drawing.iter("{http://schemas.openxmlformats.org/drawingml/2006/main}blip"), None)
        named = next(drawing.iter("{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"), None)
        key = blip.get("{http://schemas.openxmlformats.org/officeDocument/2006/relationships}embed") if blip is not None else None
        held = part.part.related_parts.get(key) if key else None  # type: ignore[attr-defined]
        if held is not None:
            path = in_scratch("." + str(held.partname).rpartition(".")[2])
            path.write_bytes(held.blob)
            found.append((path, str(named.get("descr") or "") if named is not None else ""))
    return found


def table_of(part: object) -> Table:
    """A table; merged cells stand once."""
    rows: list[tuple[Runs, ...]] = []
    for row in part.rows:  # type: ignore[attr-defined]
        cells, seen = [], set()
        for cell in row.cells:
            if id(cell._tc) in seen:
                cells.append(())
                continue
            seen.add(id(cell._tc))
            lines = [runs_of(paragraph) for paragraph in cell.paragraphs]
            runs = [run for at, line in enumerate(filter(None, lines)) for run in ((Run("", br=True), *line) if at else line)]
            cells.append(tuple(runs))
        rows.append(tuple(cells))
    width = max(map(len, rows), default=0)
    square = [(*row, *[()] * (width - len(row))) for row in rows]
    rights = [
        all(re.fullmatch(r"[-+$€£]*\s?\d[\d.,\s]*%?", plain(row[at]).strip()) for row in square[1:] if plain(row[at]).strip())
        for at in range(width)
    ]
    align = "".join(
        "r" if right and len(square) > 1 and any(plain(row[at]).strip() for row in square[1:]) else "l"
        for at, right in enumerate(rights)
    )
    header = (
        tuple(tuple(Run(run.text, code=run.code, link=run.link, br=run.br) for run in cell) for cell in square[0])
        if square
        else ()
    )
    return Table(header, tuple(square[1:]), align)


def joined_code(blocks: list[Block]) -> tuple[Block, ...]:
    """Neighbouring lines of code, or of a quotation, as one block."""
    found: list[Block] = []
    for block in blocks:
        last = found[-1] if found else None
        if isinstance(block, Code) and isinstance(last, Code):
            found[-1] = Code(f"{last.text}\n{block.text}")
        elif isinstance(block, Quote) and isinstance(last, Quote):
            found[-1] = Quote((*last.blocks, *block.blocks))
        else:
            found.append(block)
    return tuple(found)
