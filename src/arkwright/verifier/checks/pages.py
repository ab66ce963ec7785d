"""Pages: what an address of the request holds, fetched again and read from its raw source, page after page."""

import re
from typing import cast

from arkwright.core.json import Json, Object
from arkwright.core.ports import Ask, Evidence
from arkwright.verifier.case import Silent, proof

URL = re.compile(r"https?://[^\s,;<>\"'()]+[^\s,;<>\"'().:?!]")
ALL_PAGES = re.compile(
    r"\b(?:all|every|each|several|many|further|next|through|multiple|\d+)(?: of)?(?: the)? pages?\b|"
    r"\b(?:whole|entire|complete|full|paging|paginated)\b",
    re.I,
)
MOST = 60


async def page_sources(evidence: Evidence, ask: Ask) -> list[Object]:
    """Tables of the pages that the request names, as {"url", "json": records}; a page of several is whole or left out."""
    found: list[Object] = []
    opened = {str(t.args.get("url", "")).rstrip("/") for t in evidence.plan.tasks if t.tool in ("browser.visit", "http.fetch")}
    for url in dict.fromkeys(URL.findall(evidence.request.text)):
        if url.rstrip("/") not in opened:
            continue
        try:
            records = await page_records(ask, url, bool(ALL_PAGES.search(evidence.request.text)))
        except Silent:
            continue
        found += [{"url": url.rstrip("/"), "json": cast("Json", r)} for r in records]
    return found


async def open_page(ask: Ask, url: str) -> Object:
    """A page read from its source.

    Raises:
        Silent: it did not answer with a page.
    """
    value = await proof(ask, "http.fetch", {"url": url})
    if value.get("status") != 200 or not isinstance(value.get("text"), str):
        raise Silent(f"{url} did not answer with a page")
    return await proof(ask, "proof.page", {"html": str(value["text"]), "url": str(value.get("url") or url)})


async def page_records(ask: Ask, url: str, everything: bool) -> list[list[Object]]:
    page = await open_page(ask, url)
    if page["next"] and not everything:
        return []
    tables = [cast("list[list[str]]", cast("Object", t)["rows"]) for t in cast("list[Json]", page["tables"])]
    if not tables:
        return await _loaded(ask, cast("list[str]", page["data"]))
    seen = {url}
    while page["next"] and str(page["next"]) not in seen and len(seen) < MOST:
        seen.add(str(page["next"]))
        page = await open_page(ask, str(page["next"]))
        more = [cast("list[list[str]]", cast("Object", t)["rows"]) for t in cast("list[Json]", page["tables"])]
        if len(more) != len(tables) or any(a[0] != b[0] for a, b in zip(tables, more, strict=True)):
            return []
        tables = [[*a, *b[1:]] for a, b in zip(tables, more, strict=True)]
    if page["next"] and str(page["next"]) not in seen:
        return []
    return [r for t in tables if (r := _named(t))]


def _named(rows: list[list[str]]) -> list[Object]:
    head = rows[0]
    if len(set(head)) != len(head) or any(len(r) != len(head) for r in rows):
        return []
    return [dict(zip(head, cast("list[Json]", r), strict=True)) for r in rows[1:]]


async def _loaded(ask: Ask, addresses: list[str]) -> list[list[Object]]:
    """The records of the one address that a page's script asks for data."""
    if len(addresses) != 1:
        return []
    value = await proof(ask, "http.fetch", {"url": addresses[0]})
    body = value.get("json")
    if isinstance(body, dict):
        lists = [v for v in body.values() if isinstance(v, list)]
        body = lists[0] if len(lists) == 1 else None
    if not isinstance(body, list) or not body or not all(isinstance(r, dict) for r in body) or value.get("complete") is False:
        return []
    return [cast("list[Object]", body)]
