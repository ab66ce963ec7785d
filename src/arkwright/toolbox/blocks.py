"""Blocks: a document between its formats: headings, paragraphs, lists, tables, figures."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace


@dataclass(frozen=True, slots=True)
class Run:
    """Text in one style. `image` is a path (then `text` is its description), `br` a line break before the text."""

    text: str
    bold: bool = False
    italic: bool = False
    code: bool = False
    strike: bool = False
    link: str = ""
    image: str = ""
    br: bool = False


Runs = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 1 to 6."""

    level: int
    runs: Runs


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph."""

    runs: Runs


@dataclass(frozen=True, slots=True)
class Item:
    """A list item; `checked` is None outside task lists."""

    blocks: tuple["Block", ...]
    checked: bool | None = None


@dataclass(frozen=True, slots=True)
class Listing:
    """A list, numbered from `start` or bulleted."""

    items: tuple[Item, ...]
    ordered: bool = False
    start: int = 1


@dataclass(frozen=True, slots=True)
class Code:
    """A block of code."""

    text: str
    language: str = ""


@dataclass(frozen=True, slots=True)
class Quote:
    """A quotation."""

    blocks: tuple["Block", ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table; `align` has one of l, c, r a column; `total` sets off the last row."""

    header: tuple[Runs, ...]
    rows: tuple[tuple[Runs, ...], ...]
    align: str = ""
    caption: str = ""
    total: bool = False


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture file with its caption. `path` is absolute."""

    path: str
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """A line across."""


@dataclass(frozen=True, slots=True)
class PageBreak:
    """The next block starts a page."""


Block = Heading | Paragraph | Listing | Code | Quote | Table | Figure | Rule | PageBreak


@dataclass(frozen=True, slots=True)
class Document:
    """A whole document and what stands before it."""

    blocks: tuple[Block, ...]
    title: str = ""
    subtitle: str = ""
    toc: bool = False
    date: str = ""


def plain(runs: Sequence[Run]) -> str:
    """The text of some runs."""
    return "".join(("\n" if run.br else "") + run.text for run in runs)


def merged(runs: Sequence[Run]) -> Runs:
    """Neighbours of the same style as one run."""
    found: list[Run] = []
    for run in runs:
        if (
            found
            and not run.br
            and not run.image
            and not found[-1].image
            and replace(found[-1], text="", br=False) == replace(run, text="")
        ):
            found[-1] = replace(found[-1], text=found[-1].text + run.text)
        elif run.text or run.br or run.image:
            found.append(run)
    return tuple(found)


def headings(blocks: Sequence[Block]) -> Iterator[Heading]:
    """The headings in order."""
    return (block for block in blocks if isinstance(block, Heading))


def words(blocks: Sequence[Block]) -> int:
    """How many words the blocks hold."""
    return len(text_of(blocks).split())


def text_of(blocks: Sequence[Block], indent: str = "") -> str:
    """The blocks as plain text: lists with their marks, tables as aligned columns."""
    parts: list[str] = []
    for block in blocks:
        match block:
            case Heading(level, runs):
                title = plain(runs)
                parts.append(title + "\n" + ("=" if level == 1 else "-") * len(title) if level <= 2 else title)
            case Paragraph(runs):
                parts.append(plain(tuple(linked(run) for run in runs)))
            case Listing():
                parts.append("\n".join(item_text(item, at, block) for at, item in enumerate(block.items)))
            case Code(text):
                parts.append("\n".join("    " + line for line in text.rstrip("\n").splitlines()))
            case Quote(inner):
                parts.append("\n".join("> " + line for line in text_of(inner).splitlines()))
            case Table():
                parts.append(table_text(block))
            case Figure(_, caption):
                parts.append(f"[picture: {caption}]" if caption else "[picture]")
            case Rule():
                parts.append("-" * 40)
            case PageBreak():
                parts.append("\f")
    return "\n\n".join(parts)


def linked(run: Run) -> Run:
    """A link's text with its address behind it."""
    if run.link and run.link not in (run.text, f"mailto:{run.text}"):
        return replace(run, text=f"{run.text} ({run.link})")
    return replace(run, text=f"[picture: {run.text}]") if run.image else run


def item_text(item: Item, at: int, listing: Listing) -> str:
    """One list item as text, what is under it moved to the right."""
    mark = f"{listing.start + at}. " if listing.ordered else "- "
    mark += "" if item.checked is None else "[x] " if item.checked else "[ ] "
    body = "\n".join(text_of((block,)) for block in item.blocks).splitlines() or [""]
    return "\n".join([mark + body[0], *("    " + line for line in body[1:])])


def table_text(table: Table) -> str:
    """A table as columns padded with spaces."""
    lines = [[plain(cell).replace("\n", " ") for cell in row] for row in (table.header, *table.rows)]
    widths = [
        max((len(line[at]) for line in lines if at < len(line)), default=0) for at in range(max(map(len, lines), default=0))
    ]
    pad = [("rjust" if table.align[at : at + 1] == "r" else "ljust") for at in range(len(widths))]
    body = [
        "  ".join(getattr(cell, how)(width) for cell, width, how in zip(line, widths, pad, strict=False)).rstrip()
        for line in lines
    ]
    if any(plain(cell) for cell in table.header):
        body.insert(1, "  ".join("-" * width for width in widths))
    else:
        body = body[1:]
    return "\n".join(([table.caption] if table.caption else []) + body)


@dataclass(slots=True)
class Outline:
    """Builds nested lists from items that come with a depth, as Word keeps them."""

    items: list[tuple[int, bool, Runs, bool | None]] = field(default_factory=list)

    def add(self, depth: int, ordered: bool, runs: Runs) -> None:
        """One more item; ☐ and ☑ at its start make it a task."""
        text = plain(runs)
        checked = {"☐": False, "☑": True, "☒": True}.get(text[:1])
        if checked is not None:
            runs = (replace(runs[0], text=runs[0].text[1:].lstrip()), *runs[1:])
        self.items.append((depth, ordered, runs, checked))

    def take(self) -> list[Listing]:
        """The lists so far; starts again."""
        items, self.items = self.items, []
        return nest(items)


def nest(items: list[tuple[int, bool, Runs, bool | None]]) -> list[Listing]:
    """Items with depths as lists in lists."""
    found: list[Listing] = []
    at = 0
    while at < len(items):
        depth, ordered = items[at][0], items[at][1]
        made: list[Item] = []
        while at < len(items) and items[at][0] >= depth and (items[at][0] > depth or items[at][1] == ordered):
            end = at + 1
            while end < len(items) and items[end][0] > depth:
                end += 1
            made.append(Item((Paragraph(items[at][2]), *nest(items[at + 1 : end])), items[at][3]))
            at = end
        found.append(Listing(tuple(made), ordered))
    return found
