"""Web pages as the verifier reads them: tables, links, text and where a script gets its data, from the raw HTML."""

import re
from urllib.parse import urljoin

ASIDE = ("footer", "nav", "header", "aside")
NEXT = re.compile(r"^(?:next(?: page)?|older|more|weiter|nächste(?: seite)?)?\s*[>»›→]*$", re.I)


def page(args: dict) -> dict:
    """{"title", "headings", "text", "tables": [{"caption", "rows"}], "links": [{"url", "text", "after"}], "next", "data"}.

    `data` are the addresses that its scripts ask for data.
    """
    from lxml import html

    tree = html.fromstring(args["html"] or "<html></html>")
    base = tree.find(".//base[@href]")
    here = urljoin(args["url"], base.get("href")) if base is not None else args["url"]
    scripts = " ".join(s.text or "" for s in tree.iter("script"))
    for dead in [*tree.iter("script", "style", "template", "noscript")]:
        dead.drop_tree()
    tables = [_table(t) for t in tree.iter("table") if not _aside(t)]
    return {
        "title": _text(tree.find(".//title")),
        "headings": [_text(h) for h in tree.iter("h1", "h2", "h3")],
        "text": _lines(tree),
        "tables": [t for t in tables if len(t["rows"]) > 1],
        "links": _links(tree, here),
        "next": _next(tree, here),
        "data": [urljoin(here, u) for u in _called(scripts)],
    }


def _text(element) -> str:
    return " ".join(element.text_content().split()) if element is not None else ""


def _aside(element) -> bool:
    return any(a.tag in ASIDE for a in element.iterancestors())


def _table(table) -> dict:
    rows = []
    for row in table.iter("tr"):
        if next(row.iterancestors("table"), None) is table:
            rows.append([_text(c) for c in row if c.tag in ("td", "th")])
    return {"caption": _text(table.find("caption")), "rows": [r for r in rows if any(r)]}


def _links(tree, here: str) -> list[dict]:
    """Links in order, each with the text that follows it up to the next one."""
    found = []
    for anchor in tree.iter("a"):
        if anchor.get("href"):
            box = next((e for e in anchor.iterancestors("tr", "li", "p", "div")), None)
            found.append(
                {"url": urljoin(here, anchor.get("href").strip()).split("#")[0], "text": _text(anchor), "after": _text(box)[:300]}
            )
    return found


def _next(tree, here: str) -> str:
    for anchor in tree.iter("a", "link"):
        label = _text(anchor) if anchor.tag == "a" else ""
        if anchor.get("href") and (anchor.get("rel", "").lower() == "next" or (label and NEXT.match(label))):
            return urljoin(here, anchor.get("href"))
    return ""


def _called(scripts: str) -> list[str]:
    """Addresses that the page's scripts ask for data."""
    return list(
        dict.fromkeys(
            re.findall(r"(?:fetch|getJSON|axios\.get|open)\(\s*(?:['\"]GET['\"]\s*,\s*)?['\"`]([^'\"`$]+)['\"`]", scripts)
        )
    )


def _lines(tree) -> list[str]:
    """The visible text block by block."""
    body = tree.find(".//body")
    blocks = {
        "p",
        "div",
        "li",
        "tr",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "footer",
        "section",
        "article",
        "table",
        "ul",
        "ol",
        "form",
        "br",
    }
    out: list[str] = []
    line: list[str] = []

    def walk(element) -> None:
        if not isinstance(element.tag, str):
            return
        if element.tag in blocks and line:
            out.append(" ".join(" ".join(line).split()))
            line.clear()
        if element.text:
            line.append(element.text)
        for child in element:
            walk(child)
            if child.tail:
                line.append(child.tail)
        if element.tag in blocks and line:
            out.append(" ".join(" ".join(line).split()))
            line.clear()

    walk(body if body is not None else tree)
    return [x for x in [*out, " ".join(" ".join(line).split())] if x]
