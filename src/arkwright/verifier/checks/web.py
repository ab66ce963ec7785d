"""The web: records are computed again from the responses that the run recorded, and only from the request's own addresses."""

import re
from typing import cast
from urllib.parse import urlsplit

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
        if task.tool not in ("http.fetch", "graphql.query") or seen is None or not isinstance(seen.value, dict) or url not in asked:
            continue
        value = seen.value
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
    pages = [(a, v) for _, a, v in case.calls("http.fetch", "browser.visit") if str(a.get("url", "")).rstrip("/") == url.rstrip("/")]
    if len(probes) != 1 or not pages:
        case.say("links", special.clause, "unknown", "the page or its links were not asked for")
        return
    rows = _statuses(probes[0][2])
    links = _links(url, pages[0][1])
    if not rows or (links and set(links) != set(rows)):
        case.say("links", special.clause, "unknown", f"{len(rows)} statuses for {len(links)} links")
        return
    grid: Json = [["url", "status"], *[[u, s] for u, s in rows.items()]]
    question: Object = {"tables": {"t": {"grid": grid}}, "steps": [{"do": "from", "table": "t"}]}
    files = [p for p in case.new() if p.endswith((".csv", ".xlsx", ".json"))]
    found = await case.proof("proof.recompute", {"question": question, "paths": cast("Json", files), "rules": {"extra": True}})
    good = [p for p in files if not cast("Object", cast("Object", found["found"])[p])["problem"]]
    case.say("links", special.clause, "passed" if good and links else "failed" if not good else "unknown", f"{len(rows)} links with their status", *good)
    _broken(case, special, rows)


def _statuses(value: Object) -> dict[str, int]:
    columns = [str(cast("Object", c)["name"]) for c in cast("list[Json]", value.get("columns") or [])]
    rows = cast("list[list[Json]]", value.get("preview") or [])
    if "url" not in columns or "status" not in columns or len(rows) != value.get("rows"):
        return {}
    return {str(r[columns.index("url")]): int(cast("int", r[columns.index("status")] or 0)) for r in rows}


def _links(url: str, value: Object) -> list[str]:
    from urllib.parse import urljoin

    listed = value.get("links")
    if isinstance(listed, list):
        hrefs = [str(cast("Object", x).get("url", "")) for x in listed]
    else:
        hrefs = re.findall(r"<a\b[^>]*\bhref\s*=\s*[\"']?([^\"'\s>]+)", str(value.get("text") or ""), re.I)
    joined = [urljoin(url, h).split("#")[0] for h in hrefs if not h.startswith(("mailto:", "tel:", "javascript:", "#"))]
    return list(dict.fromkeys(joined))


def _broken(case: Case, special: Special, rows: dict[str, int]) -> None:
    answer = case.evidence.answer
    for link, status in rows.items():
        named = link in answer and not re.search(re.escape(link) + r"[\w.-]*\w", answer.replace(link, "", 0)[answer.find(link) :][: len(link) + 1])
        named = named or bool(re.search(rf"(?<![\w]){re.escape(urlsplit(link).path)}(?![\w/-])", answer)) if len(urlsplit(link).path) > 1 else named
        broken = status >= 400 or status == 0
        if named != broken:
            case.say("answer", special.clause, "failed", f"{link} ({status}) is {'not ' if broken else ''}named as broken")
            return
    case.say("answer", special.clause, "passed", "the broken links stand in the answer, the others do not")
