"""Hypertext: html to blocks and back."""

import base64
import html
import mimetypes
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
from .pictures import paragraph

SKIP = {"script", "style", "head", "template", "noscript", "svg", "nav", "iframe", "button", "select", "input"}
INLINE = {
    "a",
    "b",
    "strong",
    "i",
    "em",
    "code",
    "kbd",
    "samp",
    "tt",
    "span",
    "br",
    "img",
    "small",
    "sub",
    "sup",
    "u",
    "s",
    "del",
    "strike",
    "abbr",
    "label",
    "time",
    "mark",
    "cite",
    "q",
    "font",
    "var",
}
MARK = ' class="total"'
STYLE = """
:root { color-scheme: light dark }
body { font: 16px/1.55 system-ui, sans-serif; max-width: 50rem; margin: 2.5rem auto; padding: 0 1.25rem }
h1, h2, h3 { line-height: 1.25; margin: 1.8em 0 .5em } h1:first-child { margin-top: 0 }
table { border-collapse: collapse; margin: 1.2em 0; width: 100% }
caption { text-align: left; font-weight: 600; padding-bottom: .4em }
th, td { padding: .4em .7em; border-bottom: 1px solid #8886; text-align: left; vertical-align: top }
th { border-bottom: 2px solid #1f4e79 }
.r { text-align: right; font-variant-numeric: tabular-nums } .c { text-align: center }
.total td { font-weight: 700; border-top: 2px solid #1f4e79 }
pre { padding: .8em 1em; overflow: auto; background: #8882 } code { font-family: ui-monospace, monospace; font-size: .92em }
blockquote { margin-left: 0; padding-left: 1em; border-left: 4px solid #8886 }
img { max-width: 100% } figcaption { font-size: .9em; opacity: .8 }
.subtitle { font-size: 1.1em; opacity: .75 } ul.tasks { list-style: none; padding-left: .4em }
"""


def parse(text: str, base: Path | None = None) -> tuple[Block, ...]:
    """Html as blocks; what is no content (scripts, navigation, forms) is left out."""
    import lxml.html

    if not text.strip():
        return ()
    text = re.sub(r"^\s*<\?xml[^>]*\?>", "", text)
    root = (
        lxml.html.document_fromstring(text)
        if re.search(r"<(html|body)\b", text, re.I)
        else lxml.html.fragment_fromstring(text, create_parent="div")
    )
    body = root.find("body") if root.tag == "html" else root
    return tuple(children(body if body is not None else root, base))


def title(text: str) -> str:
    """The title of a page."""
    found = re.search(r"<title[^>]*>(.*?)</title>", text, re.I | re.S)
    return " ".join(html.unescape(found[1]).split()) if found else ""


def children(node: object, base: Path | None) -> list[Block]:
    """The blocks in an element; loose inline content becomes paragraphs."""
    found: list[Block] = []
    held: list[Run] = [Run(node.text)] if node.text else []  # type: ignore[attr-defined]

    def flush() -> None:
        runs = tidy(held)
        if runs:
            found.extend(paragraph(runs, base))
        held.clear()

    for child in node:  # type: ignore[attr-defined]
        tag = child.tag if isinstance(child.tag, str) else ""
        if tag in INLINE:
            inline(child, Run(""), held)
        elif tag and tag not in SKIP:
            flush()
            found.extend(block_of(child, tag, base))
        if child.tail:
            held.append(Run(child.tail))
    flush()
    return found


def block_of(node: object, tag: str, base: Path | None) -> list[Block]:
    """A block element as blocks."""
    if re.fullmatch(r"h[1-6]", tag):
        runs = tidy(inner(node))
        return [Heading(int(tag[1]), runs)] if runs else []
    if tag in ("p", "dt", "figcaption", "summary", "legend") and not any(
        isinstance(c.tag, str) and c.tag not in INLINE | SKIP for c in node
    ):  # type: ignore[attr-defined]
        return paragraph(tidy(inner(node)), base)
    if tag in ("ul", "ol"):
        items = tuple(item_of(child, base) for child in node if child.tag == "li")  # type: ignore[attr-defined]
        start = str(node.get("start") or "1")  # type: ignore[attr-defined]
        return [Listing(items, tag == "ol", int(start) if start.isdigit() else 1)] if items else []
    if tag == "pre":
        named = re.search(r"language-([\w+-]+)", " ".join(str(child.get("class", "")) for child in node))  # type: ignore[attr-defined]
        return [Code(node.text_content(), named[1] if named else "")]  # type: ignore[attr-defined]
    if tag == "blockquote":
        return [Quote(tuple(children(node, base)))]
    if tag == "hr":
        return [Rule()]
    if tag == "table":
        return table_of(node, base)
    return children(node, base)


def item_of(node: object, base: Path | None) -> Item:
    """A list item; a checkbox in it makes it a task."""
    boxes = [child for child in node.iter("input") if child.get("type") == "checkbox"]  # type: ignore[attr-defined]
    return Item(tuple(children(node, base)), boxes[0].get("checked") is not None if boxes else None)


def table_of(node: object, base: Path | None) -> list[Block]:
    """A table; spans are repeated as blanks; a table of one column in one row is layout."""
    lines: list[tuple[bool, list[Runs], list[str]]] = []
    for row in node.iter("tr"):  # type: ignore[attr-defined]
        if next(row.iterancestors("table"), None) is not node:
            continue
        cells, aligns = [], []
        heads = True
        for cell in row:
            if cell.tag not in ("td", "th"):
                continue
            heads &= cell.tag == "th"
            cells.append(tidy(inner(cell)))
            how = f"{cell.get('align', '')} {cell.get('style', '')} {cell.get('class', '')}"
            aligns.append("r" if re.search(r"right|\br\b|\bn\b|\bnum", how) else "c" if "center" in how else "l")
            span = str(cell.get("colspan") or "1")
            cells += [()] * ((int(span) if span.isdigit() else 1) - 1)
            aligns += ["l"] * (len(cells) - len(aligns))
        if cells:
            lines.append((heads or row.getparent().tag == "thead", cells, aligns))
    if not lines:
        return []
    width = max(len(cells) for _, cells, _ in lines)
    square = [(*cells, *[()] * (width - len(cells))) for _, cells, _ in lines]
    caption = node.find("caption")  # type: ignore[attr-defined]
    align = lines[-1][2]
    return [
        Table(
            square[0], tuple(square[1:]), "".join(align), " ".join(caption.text_content().split()) if caption is not None else ""
        )
    ]


def inner(node: object) -> list[Run]:
    """The runs in an element."""
    found: list[Run] = [Run(node.text)] if node.text else []  # type: ignore[attr-defined]
    for child in node:  # type: ignore[attr-defined]
        inline(child, Run(""), found)
        if child.tail:
            found.append(Run(child.tail))
    return found


def inline(node: object, style: Run, found: list[Run]) -> None:
    """Add the runs of an inline element, in the style around it."""
    tag = node.tag if isinstance(node.tag, str) else ""  # type: ignore[attr-defined]
    if not tag or tag in SKIP:
        return
    if tag == "br":
        found.append(replace(style, text="", br=True))
        return
    if tag == "img":
        found.append(replace(style, text=node.get("alt") or "", image=node.get("src") or ""))  # type: ignore[attr-defined]
        return
    if tag in ("b", "strong"):
        style = replace(style, bold=True)
    elif tag in ("i", "em", "cite", "var"):
        style = replace(style, italic=True)
    elif tag in ("code", "kbd", "samp", "tt"):
        style = replace(style, code=True)
    elif tag in ("s", "del", "strike"):
        style = replace(style, strike=True)
    elif tag == "a" and node.get("href"):  # type: ignore[attr-defined]
        style = replace(style, link=node.get("href"))  # type: ignore[attr-defined]
    if node.text:  # type: ignore[attr-defined]
        found.append(replace(style, text=node.text))  # type: ignore[attr-defined]
    for child in node:  # type: ignore[attr-defined]
        inline(child, style, found)
        if child.tail:
            found.append(replace(style, text=child.tail))


def tidy(runs: list[Run]) -> Runs:
    """White space as a browser shows it."""
    found: list[Run] = []
    space = True
    for run in merged(runs):
        text = re.sub(r"[ \t\r\n\f]+", " ", run.text)
        if (space or run.br) and not run.image:
            text = text.lstrip(" ")
        if text or run.br or run.image:
            found.append(replace(run, text=text))
            space = text.endswith(" ") or (run.br and not text)
    while found and not found[-1].image and not found[-1].text.rstrip(" "):
        found.pop()
    if found and not found[-1].image:
        found[-1] = replace(found[-1], text=found[-1].text.rstrip(" "))
    return tuple(found)


def render(document: Document, base: Path | None = None) -> str:
    """A document as one html page; pictures outside `base` are put into it."""
    name = document.title or next((plain(b.runs) for b in document.blocks if isinstance(b, Heading)), "Document")
    parts = [
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<meta name="viewport" content="width=device-width">',
        f"<title>{html.escape(name)}</title>\n<style>{STYLE}</style>\n</head>\n<body>",
    ]
    if document.title:
        parts.append(f"<h1>{html.escape(document.title)}</h1>")
    if document.subtitle:
        parts.append(f'<p class="subtitle">{html.escape(document.subtitle)}</p>')
    if document.toc:
        parts.append(contents(document))
    number = 0
    for block in document.blocks:
        anchor = ""
        if isinstance(block, Heading):
            number += 1
            anchor = f' id="section-{number}"'
        parts.append(block_html(block, base, anchor))
    return "\n".join([*parts, "</body>\n</html>\n"])


def contents(document: Document) -> str:
    """A list of links to the headings."""
    lines = ["<h2>Contents</h2>", "<ul>"]
    for at, block in enumerate((b for b in document.blocks if isinstance(b, Heading)), 1):
        if block.level <= 3:
            lines.append(
                f'<li style="margin-left:{(block.level - 1) * 1.2}em">'
                f'<a href="#section-{at}">{html.escape(plain(block.runs))}</a></li>'
            )
    return "\n".join([*lines, "</ul>"])


def block_html(block: Block, base: Path | None, anchor: str = "") -> str:
    """One block as html."""
    match block:
        case Heading(level, runs):
            return f"<h{level}{anchor}>{runs_html(runs)}</h{level}>"
        case Paragraph(runs):
            return f"<p>{runs_html(runs)}</p>"
        case Listing(items, ordered, start):
            tasks = any(item.checked is not None for item in items)
            opening = (
                f'<ol start="{start}">'
                if ordered and start != 1
                else "<ol>"
                if ordered
                else '<ul class="tasks">'
                if tasks
                else "<ul>"
            )
            return "\n".join([opening, *(item_html(item, base) for item in items), "</ol>" if ordered else "</ul>"])
        case Code(text, language):
            mark = f' class="language-{html.escape(language)}"' if language else ""
            return f"<pre><code{mark}>{html.escape(text)}</code></pre>"
        case Quote(inner_):
            return "<blockquote>\n" + "\n".join(block_html(b, base) for b in inner_) + "\n</blockquote>"
        case Table():
            return table_html(block)
        case Figure(path, caption):
            below = f"<figcaption>{html.escape(caption)}</figcaption>" if caption else ""
            return f'<figure><img src="{embedded(Path(path))}" alt="{html.escape(caption)}">{below}</figure>'
        case Rule():
            return "<hr>"
        case PageBreak():
            return '<div style="break-after: page"></div>'
    return ""


def embedded(path: Path) -> str:
    """A picture as a data address, so that the page stands alone."""
    media = mimetypes.guess_type(path.name)[0] or "image/png"
    return f"data:{media};base64,{base64.b64encode(path.read_bytes()).decode()}"


def item_html(item: Item, base: Path | None) -> str:
    """A list item; a single paragraph needs no element of its own."""
    box = "" if item.checked is None else f'<input type="checkbox" disabled{" checked" if item.checked else ""}> '
    parts = [
        runs_html(b.runs) if isinstance(b, Paragraph) and at == 0 else block_html(b, base) for at, b in enumerate(item.blocks)
    ]
    return f"<li>{box}{chr(10).join(parts)}</li>"


def table_html(table: Table) -> str:
    """A table with its caption and alignment."""

    def cells(row: tuple[Runs, ...], tag: str) -> str:
        marks = [
            f' class="{table.align[at]}"' if table.align[at : at + 1] in ("r", "c") and at < len(table.align) else ""
            for at in range(len(row))
        ]
        return "".join(f"<{tag}{mark}>{runs_html(cell)}</{tag}>" for cell, mark in zip(row, marks, strict=True))

    caption = f"<caption>{html.escape(table.caption)}</caption>\n" if table.caption else ""
    head = f"<thead><tr>{cells(table.header, 'th')}</tr></thead>\n" if any(plain(cell) for cell in table.header) else ""
    last = len(table.rows) - 1
    body = "\n".join(
        f"<tr{MARK if table.total and at == last else ''}>{cells(row, 'td')}</tr>" for at, row in enumerate(table.rows)
    )
    return f"<table>\n{caption}{head}<tbody>\n{body}\n</tbody>\n</table>"


def runs_html(runs: Runs) -> str:
    """Runs as html."""
    parts = []
    for run in runs:
        text = (
            f'<img src="{html.escape(run.image)}" alt="{html.escape(run.text)}">'
            if run.image and pictures.shown(run.image)
            else html.escape(f"[picture: {run.text}]" if run.image else run.text, quote=False)
        )
        for on, tag in ((run.code, "code"), (run.strike, "del"), (run.italic, "em"), (run.bold, "strong")):
            text = f"<{tag}>{text}</{tag}>" if on else text
        if run.link and not re.match(r"\s*(javascript|data|vbscript):", run.link, re.I):
            text = f'<a href="{html.escape(run.link)}">{text}</a>'
        parts.append(("<br>" if run.br else "") + text)
    return "".join(parts)
