"""Paging: where an answer goes on, as APIs commonly say it."""

import re
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit, urlunsplit

from .client import Reply

LINKS = (
    "next", "links.next", "_links.next", "_links.next.href", "links.next.href", "paging.next", "pagination.next", "meta.next",
    "next_page_url", "next_url", "nextLink", "@odata.nextLink", "pagination.next_url", "meta.pagination.links.next",
)  # fmt: skip
CURSORS = {
    "next_cursor": "cursor",
    "nextCursor": "cursor",
    "meta.next_cursor": "cursor",
    "pagination.next_cursor": "cursor",
    "response_metadata.next_cursor": "cursor",
    "cursor.next": "cursor",
    "cursors.after": "after",
    "paging.cursors.after": "after",
    "nextPageToken": "pageToken",
    "next_page_token": "page_token",
    "continuation_token": "continuation_token",
    "next_token": "next_token",
    "nextToken": "nextToken",
    "next": "cursor",
}
HOLDERS = ("", "meta.", "pagination.", "meta.pagination.", "paging.", "page_info.", "page.")
PAGE = ("page", "current_page", "currentPage", "page_number", "number")
PAGES = ("pages", "total_pages", "totalPages", "last_page", "page_count", "pageCount")
TOTAL = ("total", "total_count", "totalCount", "count", "total_items", "totalElements", "total_results")


@dataclass
class Progress:
    """What has been gathered: pages read, records so far, and the number of records on the last page."""

    pages: int
    gathered: int
    last: int


def following(reply: Reply, url: str, style: str, so_far: Progress) -> str | None:
    """The address of the next page; None at the end. `url` is what was asked for last."""
    if style == "none":
        return None
    body = reply.json
    found = None
    if style in {"auto", "link"}:
        found = in_body(body, url) or in_header(reply, url)
    if not found and style in {"auto", "cursor"}:
        found = by_cursor(body, url)
    if not found and style in {"auto", "page"}:
        found = by_number(body, url, so_far, forced=style == "page")
    return found


def in_body(body: object, url: str) -> str | None:
    """A link such as `next` or `links.next`."""
    for path in LINKS:
        value = look(body, path)
        if isinstance(value, str) and re.match(r"(https?://|/|\?|\./)", value):
            return urljoin(url, value)
    return None


def in_header(reply: Reply, url: str) -> str | None:
    """The Link header's rel=next."""
    for match in re.finditer(r"<([^>]*)>([^<]*)", reply.headers.get("link", "")):
        if re.search(r"""rel\s*=\s*["']?[^"',;]*\bnext\b""", match[2]):
            return urljoin(url, match[1])
    return None


def by_cursor(body: object, url: str) -> str | None:
    """A token for the next page, handed back under the name the API uses."""
    more = [look(body, f"{holder}{name}") for holder in HOLDERS for name in ("has_more", "hasMore", "has_next", "hasNextPage")]
    if False in more:
        return None
    for path, parameter in CURSORS.items():
        value = look(body, path)
        if isinstance(value, str | int) and not isinstance(value, bool) and value != "":
            page = isinstance(value, int) and path == "next"
            return with_query(url, **{"page" if page else parameter: str(value)})
    return None


def by_number(body: object, url: str, so_far: Progress, *, forced: bool) -> str | None:
    """The next page or offset, as long as the answer's own counts (or full pages, when forced) say that there is more."""
    query = dict(parse_qsl(urlsplit(url).query))
    page, pages, total = (first(body, names) for names in (PAGE, PAGES, TOTAL))
    if so_far.last == 0 or (total is not None and so_far.gathered >= total and not forced):
        return None
    offset = first(body, ("offset", "skip"))
    name = next((n for n in ("offset", "skip", "start") if n in query), "offset")
    if name in query or (offset is not None and page is None):
        more = total is None or so_far.gathered < total
        return with_query(url, **{name: str((offset or int(query.get(name) or 0)) + so_far.last)}) if more else None
    asked = query.get("page", "")
    current = page if page is not None else int(asked) if asked.isdigit() else 1
    if pages is not None:
        return with_query(url, page=str(current + 1)) if so_far.pages < pages and current < pages else None
    if forced or (total is not None and so_far.gathered < total):
        return with_query(url, page=str(current + 1))
    return None


def total(body: object) -> int | None:
    """How many records the answer says there are."""
    return first(body, TOTAL)


def first(body: object, names: tuple[str, ...]) -> int | None:
    """The first whole number under one of these names, at the top or where APIs keep such things."""
    for holder in HOLDERS:
        for name in names:
            value = look(body, f"{holder}{name}")
            if isinstance(value, int) and not isinstance(value, bool):
                return value
    return None


def look(body: object, path: str) -> object:
    """The part of a body at a dotted path, else None. A name may hold a dot itself."""
    if isinstance(body, dict) and path in body:
        return body[path]
    for step in path.split("."):
        if not isinstance(body, dict):
            return None
        body = body.get(step)
    return body


def with_query(url: str, **changes: str) -> str:
    """An address with some query parameters set."""
    parts = urlsplit(url)
    query = [(name, value) for name, value in parse_qsl(parts.query, keep_blank_values=True) if name not in changes]
    return urlunsplit(parts._replace(query=urlencode([*query, *changes.items()])))
