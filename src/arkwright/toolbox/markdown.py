"""Markdown: text to blocks and back."""

import os
import re
from dataclasses import replace
from pathlib import Path

from . import pictures
from .blocks import (
    Block,
    Code,
    Document,
    Figure,
    Heading,
    Item,
    Listing,
    PageBreak,
    Paragraph,
    Quote,
    Rule,
    Run,
    Runs,
    Table,
    merged,
    plain,
)
from .hypertext import parse as parse_html
from .paths import workspace
from .pictures import paragraph

FRONT = re.compile(r"\A---\n.*?\n---\n", re.S)
TAG = re.compile(r"</?(a|b|i|u|s|em|strong|span|sub|sup|code|kbd|small|mark|del|ins|img|font|p|div|abbr|q|cite|wbr)\b|<!--", re.I)


def parse(text: str, base: Path | None = None) -> tuple[Block, ...]:
    """Markdown (with tables, task lists and strike-through) as blocks; pictures that exist under `base` become figures."""
    from markdown_it import MarkdownIt
    from markdown_it.tree import SyntaxTreeNode

    reader = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    tree = SyntaxTreeNode(reader.parse(FRONT.sub("", text.replace("\r\n", "\n"))))
    return tuple(block for node in tree.children for block in block_of(node, base))


def block_of(node: object, base: Path | None) -> list[Block]:
    """One node as blocks."""
    kind = node.type  # type: ignore[attr-defined]
    match kind:
        case "heading":
            return [Heading(int(node.tag[1]), inline(node))]  # type: ignore[attr-defined]
        case "paragraph":
            return paragraph(inline(node), base)
        case "bullet_list" | "ordered_list":
            items = tuple(item_of(child, base) for child in node.children)  # type: ignore[attr-defined]
            return [Listing(items, kind == "ordered_list", int(node.attrs.get("start", 1)))]  # type: ignore[attr-defined]
        case "fence" | "code_block":
            return [Code(node.content, node.info.split()[0] if node.info.split() else "")]  # type: ignore[attr-defined]
        case "blockquote":
            return [Quote(tuple(b for child in node.children for b in block_of(child, base)))]  # type: ignore[attr-defined]
        case "hr":
            return [Rule()]
        case "table":
            return [table_of(node)]
        case "html_block":
            return list(parse_html(node.content, base))  # type: ignore[attr-defined]
    return []


def item_of(node: object, base: Path | None) -> Item:
    """A list item; [ ] and [x] at its start make it a task."""
    blocks = [b for child in node.children for b in block_of(child, base)]  # type: ignore[attr-defined]
    if blocks and isinstance(blocks[0], Paragraph) and blocks[0].runs:
        first = blocks[0].runs[0]
        if found := re.match(r"\[([ xX])\]\s+", first.text):
            rest = (
                Run(first.text[found.end() :], first.bold, first.italic, first.code, first.strike, first.link),
                *blocks[0].runs[1:],
            )
            return Item((Paragraph(rest), *blocks[1:]), found[1] in "xX")
    return Item(tuple(blocks))


def table_of(node: object) -> Table:
    """A pipe table."""
    rows = [[inline(cell) for cell in row.children] for part in node.children for row in part.children]  # type: ignore[attr-defined]
    cells = node.children[0].children[0].children  # type: ignore[attr-defined]
    align = "".join(
        (re.search(r"text-align:(\w)", str(cell.attrs.get("style", ""))) or "l:l")[1] if cell.attrs.get("style") else "l"
        for cell in cells
    )
    return Table(tuple(rows[0]), tuple(tuple(row) for row in rows[1:]), align)


def inline(node: object) -> Runs:
    """The inline content of a block."""
    found: list[Run] = []
    for child in node.children:  # type: ignore[attr-defined]
        gather(child, Run(""), found)
    return merged(found)


def gather(node: object, style: Run, found: list[Run]) -> None:
    """Add the runs under a node, in the style around it."""
    match node.type:  # type: ignore[attr-defined]
        case "text":
            found.append(replace(style, text=node.content))  # type: ignore[attr-defined]
        case "softbreak":
            found.append(replace(style, text=" "))
        case "hardbreak":
            found.append(replace(style, text="", br=True))
        case "code_inline":
            found.append(replace(style, text=node.content, code=True))  # type: ignore[attr-defined]
        case "image":
            found.append(replace(style, text=node.content, image=str(node.attrs.get("src", ""))))  # type: ignore[attr-defined]
        case "html_inline":
            if re.match(r"<br\s*/?>", node.content, re.I):  # type: ignore[attr-defined]
                found.append(replace(style, text="", br=True))
            elif not TAG.match(node.content):  # type: ignore[attr-defined]
                found.append(replace(style, text=node.content))  # type: ignore[attr-defined]
        case kind:
            change = {"strong": {"bold": True}, "em": {"italic": True}, "s": {"strike": True}}.get(kind, {})
            if kind == "link":
                change = {"link": str(node.attrs.get("href", ""))}  # type: ignore[attr-defined]
            for child in node.children:  # type: ignore[attr-defined]
                gather(child, replace(style, **change), found)


def render(document: Document, base: Path | None = None) -> str:
    """A document as Markdown. `base` is the folder picture paths are relative to."""
    parts: list[str] = []
    if document.title:
        parts.append(f"# {escape(document.title)}")
    if document.subtitle:
        parts.append(f"*{escape(document.subtitle)}*")
    if document.toc:
        parts.append(contents(document))
    parts += [block_text(block, base) for block in document.blocks]
    return "\n\n".join(part for part in parts if part) + "\n"


def contents(document: Document) -> str:
    """A table of contents with links to the headings."""
    levels = [block for block in document.blocks if isinstance(block, Heading) and block.level <= 3]
    top = min((block.level for block in levels), default=1)
    taken: dict[str, int] = {}
    lines = ["## Contents", ""]
    for block in levels:
        text = plain(block.runs)
        anchor = re.sub(r"[^\w\- ]", "", text.lower()).strip().replace(" ", "-")
        count = taken[anchor] = taken.get(anchor, -1) + 1
        lines.append(f"{'  ' * (block.level - top)}- [{escape(text)}](#{anchor}{f'-{count}' if count else ''})")
    return "\n".join(lines)


def escape(text: str) -> str:
    """Text that Markdown shows as it is."""
    text = re.sub(r"([\\`*\[\]<>~|])", r"\\\1", text)
    return re.sub(r"(?<!\w)_|_(?!\w)", r"\\_", text)


def runs_text(runs: Runs, base: Path | None = None) -> str:
    """Runs as Markdown."""
    parts = []
    for run in runs:
        text = (
            f"{'`' if '`' not in run.text else '``'}{run.text}{'`' if '`' not in run.text else '``'}"
            if run.code
            else escape(run.text)
        )
        lead, tail = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
        core = text.strip()
        if run.image:
            core = (
                f"![{escape(run.text)}]({address(run.image)})" if pictures.shown(run.image) else escape(f"[picture: {run.text}]")
            )
        if core and not run.image:
            core = f"~~{core}~~" if run.strike else core
            core = f"*{core}*" if run.italic else core
            core = f"**{core}**" if run.bold else core
            core = f"[{core}]({address(run.link)})" if run.link else core
        parts.append(("  \n" if run.br else "") + lead + core + tail)
    return "".join(parts).strip()


def address(link: str) -> str:
    """A link target; brackets and spaces need angle brackets."""
    return f"<{link}>" if re.search(r"[ ()]", link) else link


def block_text(block: Block, base: Path | None) -> str:
    """One block as Markdown."""
    match block:
        case Heading(level, runs):
            return "#" * level + " " + runs_text(runs).replace("\n", " ")
        case Paragraph(runs):
            return re.sub(r"^(#{1,6}\s|[-+]\s|\d+[.)]\s)", lambda m: m[1][:-2] + "\\" + m[1][-2:], runs_text(runs, base))
        case Listing():
            return "\n".join(item_lines(item, at, block, base) for at, item in enumerate(block.items))
        case Code(text, language):
            fence = "```" if "```" not in text else "````"
            return f"{fence}{language}\n{text.rstrip(chr(10))}\n{fence}"
        case Quote(inner):
            return "\n".join(
                "> " + line if line else ">" for line in "\n\n".join(block_text(b, base) for b in inner).splitlines()
            )
        case Table():
            return table_lines(block)
        case Figure(path, caption):
            target = Path(path)
            shown = relative_to(target, base)
            return f"![{escape(caption)}]({address(shown)})" if shown else f"[picture: {caption or target.name}]"
        case Rule():
            return "---"
        case PageBreak():
            return ""
    return ""


def relative_to(target: Path, base: Path | None) -> str:
    """A picture's path as seen from the document, or nothing when it is not in the workspace."""
    if base is None or workspace() not in target.resolve().parents:
        return ""
    return Path(os.path.relpath(target, base)).as_posix()


def item_lines(item: Item, at: int, listing: Listing, base: Path | None) -> str:
    """A list item with what is under it indented."""
    mark = f"{listing.start + at}. " if listing.ordered else "- "
    indent = " " * len(mark)
    box = "" if item.checked is None else "[x] " if item.checked else "[ ] "
    body: list[str] = []
    for block in item.blocks:
        if body and not isinstance(block, Listing):
            body.append("")
        body += block_text(block, base).splitlines()
    body = body or [""]
    return "\n".join([mark + box + body[0], *(indent + line if line else "" for line in body[1:])])


def table_lines(table: Table) -> str:
    """A pipe table."""
    width = max([len(table.header), *map(len, table.rows)], default=0)

    def line(cells: tuple[Runs, ...]) -> str:
        texts = [runs_text(cell).replace("  \n", "<br>").replace("\n", " ") for cell in cells] + [""] * (width - len(cells))
        return "| " + " | ".join(texts) + " |"

    marks = {"r": "---:", "c": ":---:"}
    rule = "| " + " | ".join(marks.get(table.align[at : at + 1], "---") for at in range(width)) + " |"
    lines = [line(table.header), rule, *map(line, table.rows)]
    return "\n".join(([f"*{escape(table.caption)}*", ""] if table.caption else []) + lines)
