"""Content: what a document holds, whatever it was written in."""

from dataclasses import dataclass, field

from .blocks import Block, Heading, Listing, Paragraph, Quote, Run, Table, headings, plain, text_of


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


def content(kind: str, blocks: tuple[Block, ...], title: str = "") -> Content:
    """Blocks with what is found in them."""
    tables = [
        [[plain(cell) for cell in row] for row in (block.header, *block.rows)]
        for block in every(blocks)
        if isinstance(block, Table)
    ]
    titles: list[dict[str, object]] = [{"level": block.level, "text": plain(block.runs)} for block in headings(blocks)]
    links = [{"text": run.text, "url": run.link} for run in every_run(blocks) if run.link]
    bare = tuple(Paragraph(block.runs) if isinstance(block, Heading) else block for block in blocks)
    return Content(kind, text_of(bare), blocks, tables, titles, links, title=title)


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
