"""Word: blocks as docx, with real styles, lists, tables and links."""

import io
from pathlib import Path

from .blocks import Block, Code, Document, Figure, Heading, Listing, PageBreak, Paragraph, Quote, Rule, Runs, Table, plain
from .fault import Fault

NAMES = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
SHADE = f'<w:shd {NAMES} w:val="clear" w:color="auto" w:fill="{{}}"/>'
BORDER = f'<w:pBdr {NAMES}><w:bottom w:val="single" w:sz="6" w:space="1" w:color="AAAAAA"/></w:pBdr>'
LINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"


def write_word(document: Document, target: Path, pages: int | None = None) -> None:
    """A document as docx: heading, list and table styles, links, page numbers, properties.

    With `pages`, pictures are made so small that all of it should fit; the program that shows it has the last word.
    """
    import docx
    from docx.shared import Cm, Pt, RGBColor

    made = docx.Document()
    made.core_properties.title = document.title
    made.core_properties.author = "Arkwright"
    made.core_properties.comments = ""
    for section in made.sections:
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        section.left_margin = section.right_margin = Cm(2.5)
        section.top_margin = section.bottom_margin = Cm(2.3)
    made.styles["Normal"].font.name = "Calibri"
    made.styles["Normal"].font.size = Pt(11)
    for level in range(1, 5):
        made.styles[f"Heading {level}"].font.color.rgb = RGBColor(0x1F, 0x4E, 0x79)
    if document.title:
        made.add_heading(plain_text(document.title), 0)
    if document.subtitle:
        made.add_paragraph(plain_text(document.subtitle), style="Subtitle")
    if document.date:
        made.add_paragraph(document.date)
    if document.toc:
        add_contents(made, document)
    numbers = {"table": 0, "figure": 0, "tallest": tallest(document, pages) if pages else 19}
    for block in document.blocks:
        add(made, block, numbers)
    add_page_numbers(made)
    made.save(str(target))


def tallest(document: Document, pages: int) -> int:
    """Centimetres a picture may be high, if what stands around the pictures is to fit on `pages` pages."""
    figures = sum(isinstance(block, Figure) for block in document.blocks)
    if not figures:
        return 19
    room = 23.0 * pages - 4.5 - sum(height(block) for block in document.blocks)
    return max(5, min(19, int(room / figures)))


def height(block: Block) -> float:
    """About how many centimetres a block takes; of a figure, its caption."""
    match block:
        case Heading():
            return 1.4
        case Paragraph(runs):
            return 0.4 + 0.55 * (1 + len(plain(runs)) // 85)
        case Listing(items):
            return 0.3 + sum(height(inner) for item in items for inner in item.blocks)
        case Table():
            return 1.8 + 0.62 * len(block.rows)
        case Figure():
            return 1.2
        case Code(text):
            return 0.5 * text.count("\n") + 1
        case _:
            return 0.5


def plain_text(value: str) -> str:
    """Text that XML can hold."""
    return "".join(char for char in value if char >= " " or char in "\n\t")


def add(made: object, block: Block, numbers: dict[str, int], depth: int = 0) -> None:
    """Append one block."""
    match block:
        case Heading(level, runs):
            add_runs(made.add_heading(level=level), runs)  # type: ignore[attr-defined]
        case Paragraph(runs):
            add_runs(made.add_paragraph(), runs)  # type: ignore[attr-defined]
        case Listing():
            add_list(made, block, numbers, depth)
        case Code(text):
            add_code(made, text)
        case Quote(blocks):
            for inner in blocks:
                if isinstance(inner, Paragraph):
                    add_runs(made.add_paragraph(style="Quote"), inner.runs)  # type: ignore[attr-defined]
                else:
                    add(made, inner, numbers)
        case Table():
            add_table(made, block, numbers)
        case Figure(path, caption):
            add_figure(made, Path(path), caption, numbers)
        case Rule():
            add_rule(made)
        case PageBreak():
            made.add_page_break()  # type: ignore[attr-defined]


def add_runs(paragraph: object, runs: Runs, *, bold: bool = False) -> None:
    """Append runs with their styles; links are real ones."""
    for run in runs:
        text = f"[picture: {run.text}]" if run.image else plain_text(run.text)
        piece = paragraph.add_run()  # type: ignore[attr-defined]
        if run.br:
            piece.add_break()
        piece.add_text(text)
        if bold or run.bold:
            piece.bold = True
        if run.italic:
            piece.italic = True
        if run.strike:
            piece.font.strike = True
        if run.code:
            piece.font.name = "Consolas"
        if run.link:
            make_link(paragraph, piece, run.link)


def make_link(paragraph: object, piece: object, address: str) -> None:
    """Put a run into a hyperlink."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import RGBColor

    link = OxmlElement("w:hyperlink")
    if address.startswith("#"):
        link.set(qn("w:anchor"), address[1:])
    else:
        link.set(qn("r:id"), paragraph.part.relate_to(address, LINK, is_external=True))  # type: ignore[attr-defined]
    piece.font.color.rgb = RGBColor(0x05, 0x63, 0xC1)  # type: ignore[attr-defined]
    piece.font.underline = True  # type: ignore[attr-defined]
    piece._r.addprevious(link)  # type: ignore[attr-defined]
    link.append(piece._r)  # type: ignore[attr-defined]


def add_list(made: object, listing: Listing, numbers: dict[str, int], depth: int) -> None:
    """A list in the styles List Bullet and List Number; a numbered list starts counting anew."""
    name = "List Number" if listing.ordered else "List Bullet"
    style = name if depth == 0 else f"{name} {min(depth, 2) + 1}"
    number = fresh_number(made, style, listing.start) if listing.ordered else None
    for item in listing.items:
        first = True
        for block in item.blocks or (Paragraph(()),):
            if isinstance(block, Paragraph):
                paragraph = made.add_paragraph(
                    style=style if first else f"List Continue{'' if depth == 0 else f' {min(depth, 2) + 1}'}"
                )  # type: ignore[attr-defined]
                if first and item.checked is not None:
                    paragraph.add_run("☑ " if item.checked else "☐ ")
                if first and number is not None:
                    properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
                    properties.get_or_add_ilvl().val = 0
                    properties.get_or_add_numId().val = number
                add_runs(paragraph, block.runs)
                first = False
            else:
                add(made, block, numbers, depth + 1)


def fresh_number(made: object, style: str, start: int) -> int | None:
    """A numbering of its own for one list, of the look of its style."""
    root = made.part.numbering_part.element  # type: ignore[attr-defined]
    properties = made.styles[style].element.pPr  # type: ignore[attr-defined]
    if properties is None or properties.numPr is None or properties.numPr.numId is None:
        return None
    wanted = next((num for num in root.num_lst if num.numId == properties.numPr.numId.val), None)
    if wanted is None:
        return None
    fresh = root.add_num(wanted.abstractNumId.val)
    fresh.add_lvlOverride(ilvl=0).add_startOverride(start)
    return int(fresh.numId)


def add_code(made: object, text: str) -> None:
    """Lines of code on a grey ground."""
    from docx.oxml import parse_xml
    from docx.shared import Pt

    for line in text.rstrip("\n").split("\n"):
        paragraph = made.add_paragraph()  # type: ignore[attr-defined]
        paragraph.paragraph_format.space_after = Pt(0)
        run = paragraph.add_run(plain_text(line))
        run.font.name, run.font.size = "Consolas", Pt(9.5)
        paragraph._p.get_or_add_pPr().append(parse_xml(SHADE.format("F2F2F2")))
    made.add_paragraph()  # type: ignore[attr-defined]


def add_table(made: object, table: Table, numbers: dict[str, int]) -> None:
    """A table with a header row that repeats, numbers to the right, a bold total."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml import OxmlElement, parse_xml
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor

    width = max([len(table.header), *map(len, table.rows)], default=1)
    if table.caption:
        numbers["table"] += 1
        caption = made.add_paragraph(f"Table {numbers['table']}. {plain_text(table.caption)}", style="Caption")  # type: ignore[attr-defined]
        caption.paragraph_format.keep_with_next = True
    headed = any(plain(cell) for cell in table.header)
    lines = [table.header, *table.rows] if headed else list(table.rows)
    grid = made.add_table(rows=len(lines), cols=width, style="Table Grid")  # type: ignore[attr-defined]
    marks = {"r": WD_ALIGN_PARAGRAPH.RIGHT, "c": WD_ALIGN_PARAGRAPH.CENTER}
    for at, line in enumerate(lines):
        head, total = headed and at == 0, table.total and at == len(lines) - 1
        cells = grid.rows[at].cells
        for place in range(width):
            paragraph = cells[place].paragraphs[0]
            paragraph.paragraph_format.space_after = Pt(1)
            paragraph.alignment = marks.get(table.align[place : place + 1])
            add_runs(paragraph, line[place] if place < len(line) else (), bold=head or total)
            if head:
                cells[place]._tc.get_or_add_tcPr().append(parse_xml(SHADE.format("1F4E79")))
                for run in paragraph.runs:
                    run.font.color.rgb = RGBColor(0xFF, 0xFF, 0xFF)
    if headed:
        repeat = OxmlElement("w:tblHeader")
        repeat.set(qn("w:val"), "true")
        grid.rows[0]._tr.get_or_add_trPr().append(repeat)
    made.add_paragraph().paragraph_format.space_after = Pt(4)  # type: ignore[attr-defined]


def add_figure(made: object, path: Path, caption: str, numbers: dict[str, int]) -> None:
    """A picture over the width of the text, with its caption."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Cm
    from PIL import Image

    data = raster(path)
    try:
        with Image.open(io.BytesIO(data)) as image:
            wide, tall = image.size
    except OSError as error:
        raise Fault("no_picture", f"{path.name!r} is not a picture that can be placed", "use a png or jpg") from error
    width = min(16.0, numbers["tallest"] * wide / tall, wide / 96 * 2.54 * 1.5)
    made.add_picture(io.BytesIO(data), width=Cm(width))  # type: ignore[attr-defined]
    paragraph = made.paragraphs[-1]  # type: ignore[attr-defined]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    if caption:
        paragraph.paragraph_format.keep_with_next = True
        for named in paragraph._p.iter("{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"):
            named.set("descr", plain_text(caption))
        numbers["figure"] += 1
        below = made.add_paragraph(f"Figure {numbers['figure']}. {plain_text(caption)}", style="Caption")  # type: ignore[attr-defined]
        below.alignment = WD_ALIGN_PARAGRAPH.CENTER


def raster(path: Path) -> bytes:
    """A picture as png or jpg bytes, whatever it is."""
    suffix = path.suffix.lower()
    if suffix in (".png", ".jpg", ".jpeg", ".gif", ".bmp", ".tif", ".tiff"):
        return path.read_bytes()
    if suffix == ".webp":
        from PIL import Image

        out = io.BytesIO()
        with Image.open(path) as image:
            image.convert("RGBA").save(out, "PNG")
        return out.getvalue()
    import typst

    from .pdf import quoted

    source = f"#set page(width: auto, height: auto, margin: 0pt)\n#image({quoted(str(path))}, width: 16cm)"
    try:
        return bytes(typst.compile(source.encode(), root="/", format="png", ppi=200))
    except typst.TypstError as error:
        raise Fault("no_picture", f"{path.name!r} is not a picture that can be placed", "use a png or jpg") from error


def add_rule(made: object) -> None:
    """A line across."""
    from docx.oxml import parse_xml

    made.add_paragraph()._p.get_or_add_pPr().append(parse_xml(BORDER))  # type: ignore[attr-defined]


def add_contents(made: object, document: Document) -> None:
    """A table of contents that Word keeps up to date, filled with the headings."""
    made.add_heading("Contents", 1)  # type: ignore[attr-defined]
    entries = [block for block in document.blocks if isinstance(block, Heading) and block.level <= 3]
    for at, block in enumerate(entries or [Heading(1, ())]):
        from docx.shared import Cm, Pt

        paragraph = made.add_paragraph()  # type: ignore[attr-defined]
        paragraph.paragraph_format.left_indent = Cm(0.7 * (block.level - 1))
        paragraph.paragraph_format.space_after = Pt(2)
        if at == 0:
            field(paragraph, "begin")
            instruction(paragraph, 'TOC \\o "1-3" \\h \\z \\u')
            field(paragraph, "separate")
        paragraph.add_run(plain_text(plain(block.runs)))
        if at == len(entries or [0]) - 1:
            field(paragraph, "end")
    made.add_page_break()  # type: ignore[attr-defined]


def field(paragraph: object, kind: str) -> None:
    """One mark of a field."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    mark = OxmlElement("w:fldChar")
    mark.set(qn("w:fldCharType"), kind)
    paragraph.add_run()._r.append(mark)  # type: ignore[attr-defined]


def instruction(paragraph: object, code: str) -> None:
    """The code of a field."""
    from docx.oxml import OxmlElement

    text = OxmlElement("w:instrText")
    text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    text.text = f" {code} "
    paragraph.add_run()._r.append(text)  # type: ignore[attr-defined]


def add_page_numbers(made: object) -> None:
    """1 / 2 in the footer."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    paragraph = made.sections[0].footer.paragraphs[0]  # type: ignore[attr-defined]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for at, code in enumerate(("PAGE", "NUMPAGES")):
        if at:
            paragraph.add_run(" / ")
        field(paragraph, "begin")
        instruction(paragraph, code)
        field(paragraph, "separate")
        paragraph.add_run("1")
        field(paragraph, "end")
