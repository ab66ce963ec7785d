"""The web: records are computed again from the responses that the run recorded, and only from the request's own addresses."""

import re
from typing import cast
from urllib.parse import urljoin, urlsplit

from arkwright.core.json import Json, Object
from arkwright.core.ports import Evidence
from arkwright.verifier.case import Case
from arkwright.verifier.demands import Special

URL = re.compile(r"https?://[^\s,;<>\"'()]+[^\s,;<>\"'().:?!]")


def web_sources(evidence: Evidence) -> list[Object]:
    """What the addresses of the request answered: {"url", "json"} or {"url", "tables"}, whole or not at all."""
    asked = [u.rstrip("/") for u in URL.findall(evidence.request.text)]
    found: list[Object] = []
    for task in evidence.plan.tasks:
        seen = evidence.outputs.get(task.id)
        url = str(task.args.get("url", "")).rstrip("/")
        if (
            task.tool not in ("http.fetch", "graphql.query")
            or seen is None
            or not isinstance(seen.value, dict)
            or url not in asked
        ):
            continue
        value = seen.value
        if re.search(r"\w\s*\(", str(task.args.get("query", "")).partition("{")[2]):
            continue
        body = value.get("data") if task.tool == "graphql.query" else value.get("json")
        if value.get("status", 200) == 200 and body is not None and _whole(body, value):
            found.append({"url": url, "json": body})
    return found


def _whole(body: Json, value: Object) -> bool:
    """A body that says there is more than it holds is no source."""
    if isinstance(body, dict):
        lists = [v for v in body.values() if isinstance(v, list)]
        total = next((body[k] for k in ("total", "count", "total_count") if isinstance(body.get(k), int)), None)
        if total is not None and lists and len(lists[0]) != total:
            return False
        if (body.get("next") or body.get("next_page")) and total is None:
            return False
    return not value.get("truncated")


async def check_links(case: Case, special: Special) -> None:
    """Each link of the page has the status that a probe saw, in the file and, when broken, in the answer."""
    url = str(special.args["url"])
    probes = case.calls("http.probe")
    pages = [
        (a, v)
        for _, a, v in case.calls("http.links", "http.fetch", "browser.visit")
        if str(a.get("url", "")).rstrip("/") == url.rstrip("/")
    ]
    if len(probes) != 1 or not pages:
        case.say("links", special.clause, "unknown", "the page or its links were not asked for")
        return
    rows = await _statuses(case, probes[0][2])
    links = await _links(case, url, pages[0][1])
    if not rows or (links and set(links) != set(rows)):
        case.say("links", special.clause, "unknown", f"{len(rows)} statuses for {len(links)} links")
        return
    grid: Json = [["url", "status"], *[[u, s] for u, s in rows.items()]]
    question: Object = {"tables": {"t": {"grid": grid}}, "steps": [{"do": "from", "table": "t"}]}
    files = [p for p in case.new() if p.endswith((".csv", ".xlsx", ".json"))]
    found = await case.proof("proof.recompute", {"question": question, "paths": cast("Json", files), "rules": {"extra": True}})
    good = [p for p in files if not cast("Object", cast("Object", found["found"])[p])["problem"]]
    case.say(
        "links",
        special.clause,
        "passed" if good and links else "failed" if not good else "unknown",
        f"{len(rows)} links with their status",
        *good,
    )
    _broken(case, special, rows)


async def _column(case: Case, value: Object, *names: str) -> list[list[Json]]:
    """Some columns of a table that a tool returned, read in full from the scratch."""
    grid = cast("list[list[list[Json]]]", (await case.proof("proof.tables", {"path": str(value.get("table", ""))}))["tables"])[0]
    if any(n not in grid[0] for n in names) or len(grid) - 1 != value.get("rows"):
        return []
    return [[row[grid[0].index(n)] for n in names] for row in grid[1:]]


async def _statuses(case: Case, value: Object) -> dict[str, int]:
    return {str(u): int(cast("int", s or 0)) for u, s in await _column(case, value, "url", "status")}


async def _links(case: Case, url: str, value: Object) -> list[str]:
    listed = value.get("links")
    if isinstance(listed, list):
        hrefs = [str(cast("Object", x).get("url", "")) for x in listed]
    elif "table" in value:
        hrefs = [str(r[0]) for r in await _column(case, value, "url")]
    else:
        hrefs = re.findall(r"<a\b[^>]*\bhref\s*=\s*[\"']?([^\"'\s>]+)", str(value.get("text") or ""), re.I)
    joined = [urljoin(url, h).split("#")[0] for h in hrefs if not h.startswith(("mailto:", "tel:", "javascript:", "#"))]
    return list(dict.fromkeys(joined))


def _broken(case: Case, special: Special, rows: dict[str, int]) -> None:
    """Broken links stand in the answer, by address or by path, the others do not."""
    for link, status in rows.items():
        path = urlsplit(link).path
        names = [link, path] if len(path) > 1 else [link]
        named = any(re.search(rf"(?<![\w]){re.escape(n)}(?![\w/-]|\.\w)", case.evidence.answer) for n in names)
        if named != (status >= 400 or status == 0):
            case.say("answer", special.clause, "failed", f"{link} ({status}) is {'' if named else 'not '}named as broken")
            return
    case.say("answer", special.clause, "passed", "the broken links stand in the answer, the others do not")
