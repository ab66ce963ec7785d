"""Pdf: a document set by typst, fitted to a number of pages when one is wanted."""

import json
import re
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from .blocks import Block, Code, Document, Figure, Heading, Item, Listing, PageBreak, Paragraph, Quote, Rule, Runs, Table, plain
from .fault import Fault

PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp", ".pdf")
ACCENT = "#1F4E79"


@dataclass(frozen=True, slots=True)
class Setting:
    """How tightly a page is set: text in pt, distance of lines and paragraphs in em, pictures and margins in cm."""

    size: float
    leading: float
    gap: float
    picture: float
    margin: float


SETTINGS = (
    Setting(12.5, 0.80, 1.45, 12.5, 2.6),
    Setting(11.5, 0.74, 1.30, 11.0, 2.5),
    Setting(11, 0.68, 1.15, 10.0, 2.4),
    Setting(10.5, 0.65, 1.05, 9.2, 2.3),
    Setting(10, 0.62, 1.0, 8.4, 2.1),
    Setting(9.5, 0.6, 0.9, 7.4, 1.9),
    Setting(9, 0.56, 0.85, 6.4, 1.8),
    Setting(8.5, 0.52, 0.75, 5.4, 1.6),
    Setting(8, 0.5, 0.7, 4.6, 1.4),
)
USUAL = 2


@dataclass(frozen=True, slots=True)
class Made:
    """A finished PDF. `missing` are the characters no font here has."""

    data: bytes
    pages: int
    missing: tuple[str, ...] = ()


def make(document: Document, pages: int | None = None) -> Made:
    """Set a document; with `pages`, as exactly that many as its content allows.

    Raises:
        Fault: missing_file, no_picture, typesetting.
    """
    missing, system = glyphs(document)
    made = compile_(document, SETTINGS[USUAL], system)
    if pages is not None and made.pages != pages:
        made = fitted(document, made, pages, system)
    elif pages is not None and pages > 1 and filled(made.data) < 0.35:
        made = balanced(document, made, pages, system)
    return replace(made, missing=missing)


def fitted(document: Document, made: Made, pages: int, system: bool) -> Made:
    """Set it tighter while it is too long; spread it over breaks at natural places while it is too short."""
    best = made
    if made.pages > pages:
        for setting in SETTINGS[USUAL + 1 :]:
            best = compile_(document, setting, system)
            if best.pages <= pages:
                break
    if best.pages >= pages:
        return best
    for breaks in candidates(document.blocks, pages - best.pages):
        spread = replace(document, blocks=broken(document.blocks, breaks))
        for setting in (SETTINGS[1], SETTINGS[USUAL], SETTINGS[USUAL + 1]):
            tried = compile_(spread, setting, system)
            if tried.pages == pages:
                return tried
    for setting in SETTINGS[USUAL - 1 :: -1]:
        tried = compile_(document, setting, system)
        if tried.pages == pages:
            return tried
    return best


def balanced(document: Document, made: Made, pages: int, system: bool) -> Made:
    """Break earlier where that keeps the number of pages and leaves the last one less empty."""
    for breaks in candidates(document.blocks, pages - 1)[:2]:
        tried = compile_(replace(document, blocks=broken(document.blocks, breaks)), SETTINGS[USUAL], system)
        if tried.pages == pages and filled(tried.data) > filled(made.data):
            return tried
    return made


def filled(data: bytes) -> float:
    """How far down the last page is filled, from 0 to 1; the footer does not count."""
    import pypdfium2

    opened = pypdfium2.PdfDocument(data)
    try:
        page = opened[len(opened) - 1]
        lows = [part.get_bounds()[1] for part in page.get_objects(max_depth=4) if part.get_bounds()[1] > 75]
        return 1 - min(lows, default=page.get_height()) / page.get_height()
    finally:
        opened.close()


def candidates(blocks: Sequence[Block], count: int) -> list[tuple[int, ...]]:
    """Places for `count` breaks: before headings, else before large blocks, else before any; the most even first."""
    weights = [weight(block) for block in blocks]
    total = sum(weights) or 1
    found: list[tuple[int, ...]] = []
    for fits in (natural, large, lambda blocks, at: at > 0 and not isinstance(blocks[at - 1], Heading)):
        places = [at for at in range(1, len(blocks)) if fits(blocks, at)]
        if len(places) < count:
            continue
        for shift in (0.0, 0.12, -0.12, 0.25):
            wanted = [(part / (count + 1) + shift) * total for part in range(1, count + 1)]
            chosen = {min(places, key=lambda at, goal=goal: abs(sum(weights[:at]) - goal)) for goal in wanted}
            if len(chosen) == count:
                found.append(tuple(sorted(chosen)))
    return list(dict.fromkeys(found))


def natural(blocks: Sequence[Block], at: int) -> bool:
    """Whether a heading opens here that does not follow on another one."""
    return isinstance(blocks[at], Heading) and not isinstance(blocks[at - 1], Heading | PageBreak)


def large(blocks: Sequence[Block], at: int) -> bool:
    """Whether a table or a picture opens here."""
    return isinstance(blocks[at], Table | Figure) and not isinstance(blocks[at - 1], Heading | PageBreak)


def weight(block: Block) -> float:
    """About how many lines a block takes."""
    match block:
        case Figure():
            return 22
        case Table():
            return 3 + 1.4 * len(block.rows)
        case Listing():
            return 1 + 1.3 * len(block.items)
        case Heading():
            return 3
        case Code(text):
            return 1 + text.count("\n")
        case Paragraph(runs):
            return 1.5 + len(plain(runs)) / 90
    return 1


def broken(blocks: Sequence[Block], breaks: tuple[int, ...]) -> tuple[Block, ...]:
    """The blocks with page breaks before some of them."""
    return tuple(part for at, block in enumerate(blocks) for part in ((PageBreak(), block) if at in breaks else (block,)))


def compile_(document: Document, setting: Setting, system: bool) -> Made:
    """Run typst.

    Raises:
        Fault: typesetting.
    """
    import typst

    source = page(document, setting)
    try:
        data = typst.compile(source.encode(), root="/", font_paths=[str(fonts())], ignore_system_fonts=not system, format="pdf")
    except typst.TypstError as error:
        raise Fault(
            "typesetting", f"the pages of {document.title or 'the document'!r} cannot be set: {error}", "check its pictures"
        ) from error
    return Made(data, count(data))


def count(data: bytes) -> int:
    """The pages of a PDF."""
    import pypdfium2

    opened = pypdfium2.PdfDocument(data)
    try:
        return len(opened)
    finally:
        opened.close()


def fonts() -> Path:
    """The folder of the fonts that come with matplotlib; they fill the gaps of typst's own."""
    import matplotlib

    return Path(matplotlib.get_data_path()) / "fonts" / "ttf"


def glyphs(document: Document) -> tuple[tuple[str, ...], bool]:
    """The characters no font has, and whether fonts of the system are needed."""
    from matplotlib.ft2font import FT2Font

    text = set(everything(document)) - set("\n\t\f\r \u00ad\u200b\u200c\u200d\ufeff\ufe0f")
    known = FT2Font(str(fonts() / "DejaVuSans.ttf")).get_charmap()
    odd = sorted(char for char in text if ord(char) > 0x2FF and ord(char) not in known and not 0x370 <= ord(char) < 0x590)
    missing = [char for char in odd if not in_system(char)]
    return tuple(missing[:50]), len(missing) < len(odd)


def in_system(char: str) -> bool:
    """Whether fontconfig knows a font with the character."""
    try:
        found = subprocess.run(["fc-list", f":charset={ord(char):x}", "family"], capture_output=True, timeout=10, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return bool(found.stdout.strip())


def everything(document: Document) -> str:
    """All text of a document."""
    from .blocks import text_of

    captions = "".join(block.caption for block in document.blocks if isinstance(block, Figure | Table))
    return document.title + document.subtitle + text_of(document.blocks) + captions


def page(document: Document, setting: Setting) -> str:
    """The typst source of a document."""
    parts = [preamble(document, setting)]
    if document.title:
        parts.append(front(document))
    if document.toc:
        parts.append(
            "#outline(depth: 3, indent: 1.2em)\n#v(0.8em)" + ("\n#pagebreak(weak: true)" if len(document.blocks) > 12 else "")
        )
    numbers = {"table": 0, "figure": 0}
    parts += [block_source(block, setting, numbers) for block in document.blocks]
    return "\n\n".join(parts) + "\n"


def preamble(document: Document, setting: Setting) -> str:
    """Page, fonts, headings, tables."""
    running = text(document.title) if document.title else ""
    rule = "#v(-0.55em) #line(length: 100%, stroke: 0.4pt + luma(190))"
    header = f"context if here().page() > 1 [#set text(0.8em, fill: luma(110)); {running} {rule}]"
    footer = 'context align(center, text(0.8em, fill: luma(110), counter(page).display("1 / 1", both: true)))'
    return f"""#set document(title: {quoted(document.title or "Document")}, date: auto)
#set page(paper: "a4", margin: (x: {setting.margin}cm, top: {setting.margin + 0.1}cm, bottom: {setting.margin}cm))
#set page(header: {header if running else "none"}, footer: {footer})
#set text(font: ("Libertinus Serif", "DejaVu Sans"), size: {setting.size}pt, lang: "en", hyphenate: true)
#set par(justify: true, leading: {setting.leading}em, spacing: {setting.gap}em)
#set list(indent: 0.6em, body-indent: 0.6em)
#set enum(indent: 0.6em, body-indent: 0.6em)
#show heading: set text(fill: rgb("{ACCENT}"))
#show heading: set block(above: {1.5 * setting.gap}em, below: {0.75 * setting.gap}em, sticky: true)
#show heading.where(level: 1): set text(1.15em)
#show link: set text(fill: rgb("#0B5394"))
#show raw: set text(font: ("DejaVu Sans Mono",), size: 0.92em)
#show raw.where(block: true): it => block(width: 100%, fill: luma(246), inset: 8pt, radius: 3pt, it)
#show table.cell: set par(justify: false, leading: 0.5em)
#show table.cell: set text(hyphenate: false)
#show table.cell.where(y: 0): set text(weight: "bold")
#show quote.where(block: true): it => block(inset: (left: 1em, y: 0.3em), stroke: (left: 2pt + luma(200)), it.body)
#show outline.entry.where(level: 1): set text(weight: "bold")"""


def front(document: Document) -> str:
    """The title block."""
    lines = [f'#text(1.9em, weight: "bold", fill: rgb("{ACCENT}"), hyphenate: false, {text(document.title)[1:]})']
    if document.subtitle:
        lines.append(f"#v(-0.5em)\n#text(1.15em, fill: luma(80), {text(document.subtitle)[1:]})")
    if document.date:
        lines.append(f"#v(-0.45em)\n#text(0.9em, fill: luma(110), {text(document.date)[1:]})")
    inner = "\n\n".join(lines)
    rule = f'#line(length: 100%, stroke: 1.2pt + rgb("{ACCENT}"))'
    return f"#block(width: 100%, below: 1.6em)[#set par(justify: false)\n{inner}\n#v(-0.3em)\n{rule}]"


def quoted(value: str) -> str:
    """A text as a typst string, in which nothing is markup."""
    clean = "".join(char for char in value if char >= " " or char in "\n\t")
    return json.dumps(clean, ensure_ascii=False).replace("\\t", " ")


def text(value: str) -> str:
    """A text as typst content."""
    return "#" + quoted(value)


def runs_source(runs: Runs) -> str:
    """Runs as typst content; each ends its own expression."""
    parts = []
    for run in runs:
        core = f"#raw({quoted(run.text)});" if run.code else f"{text(run.text)};"
        if run.image:
            core = text(f"[picture: {run.text}]") + ";"
        core = f"#strike[{core}];" if run.strike else core
        core = f"#emph[{core}];" if run.italic else core
        core = f"#strong[{core}];" if run.bold else core
        core = f"#link({quoted(run.link)})[{core}];" if re.match(r"(https?|mailto|ftp|tel):", run.link) else core
        parts.append(("#linebreak();" if run.br else "") + core)
    return "".join(parts)


def block_source(block: Block, setting: Setting, numbers: dict[str, int]) -> str:
    """One block as typst source."""
    match block:
        case Heading(level, runs):
            return f"#heading(level: {level})[{runs_source(runs)}]"
        case Paragraph(runs):
            return f"#par[{runs_source(runs)}]"
        case Listing():
            return listing_source(block, setting, numbers)
        case Code(body, language):
            mark = f", lang: {quoted(language)}" if language else ""
            return f"#raw({quoted(body.rstrip(chr(10)))}, block: true{mark})"
        case Quote(inner):
            return f"#quote(block: true)[{chr(10).join(block_source(b, setting, numbers) for b in inner)}]"
        case Table():
            numbers["table"] += 1
            return table_source(block, numbers["table"])
        case Figure(path, caption):
            numbers["figure"] += 1
            return figure_source(Path(path), caption, setting, numbers["figure"])
        case Rule():
            return "#line(length: 100%, stroke: 0.5pt + luma(180))"
        case PageBreak():
            return "#pagebreak(weak: true)"
    return ""


def listing_source(listing: Listing, setting: Setting, numbers: dict[str, int]) -> str:
    """A list; tasks have boxes for bullets."""

    def body(item: Item) -> str:
        box = "" if item.checked is None else f'#box(text(font: "DejaVu Sans", {quoted("☑" if item.checked else "☐")})) #h(0.3em)'
        inner = [
            runs_source(b.runs) if at == 0 and isinstance(b, Paragraph) else block_source(b, setting, numbers)
            for at, b in enumerate(item.blocks)
        ]
        return f"[{box}{chr(10).join(inner)}]"

    tasks = any(item.checked is not None for item in listing.items)
    head = (
        f"enum(start: {listing.start}, " if listing.ordered else "list(" + ("marker: none, body-indent: 0em, " if tasks else "")
    )
    return f"#{head}{', '.join(map(body, listing.items))})"


def table_source(table: Table, number: int) -> str:
    """A table over the full width; the header repeats on each page."""
    width = max([len(table.header), *map(len, table.rows)], default=1)
    lengths = [
        min(42, max([6, *(len(plain(row[at])) + 2 for row in (table.header, *table.rows) if at < len(row))]))
        for at in range(width)
    ]
    align = ", ".join({"r": "right", "c": "center"}.get(table.align[at : at + 1], "left") for at in range(width))
    shrink = 1.0 if sum(lengths) <= 95 else max(0.55, 95 / sum(lengths))
    aligned = f"({align},)"
    columns = ", ".join(f"{length}fr" for length in lengths)
    square = [[*row, *[()] * (width - len(row))] for row in (table.header, *table.rows)]
    head = ", ".join(f"[{runs_source(cell)}]" for cell in square[0])
    rows = []
    for at, row in enumerate(square[1:]):
        last = table.total and at == len(table.rows) - 1
        cells = ", ".join(f"[#strong[{runs_source(cell)}]]" if last else f"[{runs_source(cell)}]" for cell in row)
        rows.append(("table.hline(stroke: 0.8pt), " if last else "") + cells)
    caption = (
        f"#block(sticky: true, above: 1.4em, below: 0.7em)[#text(0.92em)[*Table {number}.* {runs_source_text(table.caption)}]]\n"
        if table.caption
        else ""
    )
    above = "0.7em" if caption else "1.2em"
    return f"""{caption}#block(width: 100%, above: {above}, below: 1.3em)[#set text({shrink * 0.94:.2f}em)
#table(columns: ({columns},), align: {aligned}, stroke: none, inset: (x: 5pt, y: 4.2pt),
fill: (_, y) => if y > 0 and calc.even(y) {{ luma(247) }},
table.hline(stroke: 1pt + rgb("{ACCENT}")), table.header({head}), table.hline(stroke: 0.6pt + rgb("{ACCENT}")),
{("," + chr(10)).join(rows)}{"," if rows else ""}
table.hline(stroke: 1pt + rgb("{ACCENT}")))]"""


def runs_source_text(value: str) -> str:
    """A plain text as content."""
    return f"{text(value)};" if value else ""


def figure_source(path: Path, caption: str, setting: Setting, number: int) -> str:
    """A picture with its caption below, never parted."""
    if path.suffix.lower() not in PICTURES:
        raise Fault("no_picture", f"{path.name!r} is not a picture that can be placed", f"use one of {', '.join(PICTURES)}")
    below = f"\n#v(-0.4em)\n#text(0.92em)[*Figure {number}.* {runs_source_text(caption)}]" if caption else ""
    source, tallest = quoted(str(path)), f"{setting.picture}cm"
    whole = f"image({source}, width: size.width)"
    cut = f'image({source}, width: 100%, height: {tallest}, fit: "contain")'
    size = f"#layout(size => if measure({whole}).height > {tallest} {{ {cut} }} else {{ {whole} }})"
    return f"#block(width: 100%, breakable: false, above: 1.2em, below: 1.3em)[#set align(center)\n{size}{below}]"
