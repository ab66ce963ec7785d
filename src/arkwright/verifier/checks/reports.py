"""Reports: pages, headings, an introduction, tables and figures where the request wants them."""

from typing import cast

from arkwright.core.json import Json, Object
from arkwright.verifier.case import Case, ending
from arkwright.verifier.demands import Deliverable
from arkwright.verifier.lexicon import PAPERS


async def check_reports(case: Case) -> None:
    """Check each report that the request wants."""
    parts = [d for d in case.demands.deliverables if d.kind == "file" and d.style in ("intro", "table")]
    for report in case.demands.deliverables:
        if report.kind == "report":
            await _check(case, report, parts)


async def _check(case: Case, report: Deliverable, parts: list[Deliverable]) -> None:
    files = [p for p in case.fitting(report) if ending(p) in (report.formats or PAPERS)]
    if len(files) != 1:
        case.say("report", report.clause, "failed" if not files else "unknown", f"reports found: {files}", *files)
        return
    path = files[0]
    facts = case.facts.get(path, {})
    text = str(facts.get("text", ""))
    case.say("report", report.clause, "passed" if len(text.split()) >= 25 else "failed", f"{len(text.split())} words", path)
    if report.pages:
        await _pages(case, report, path, facts)
    for part in parts:
        good = _prose(facts) >= 12 if part.style == "intro" else bool(facts.get("tables") or ending(path) == "pdf")
        case.say("part", part.clause, "passed" if good else "failed", f"{part.style} in {path}", path)
    if ending(path) in ("docx", "md", "html"):
        heads = cast("list[Json]", facts.get("headings") or [])
        case.say("headings", report.clause, "passed" if heads else "failed", f"{len(heads)} headings", path)


def _prose(facts: Object) -> int:
    """Words in the longest paragraph that is a sentence."""
    paragraphs = [str(p) for p in cast("list[Json]", facts.get("paragraphs") or [])] or str(facts.get("text", "")).split("\n\n")
    return max((len(p.split()) for p in paragraphs if any(c in p for c in ".:")), default=0)


async def _pages(case: Case, report: Deliverable, path: str, facts: Object) -> None:
    if ending(path) == "pdf":
        pages, blank = facts.get("pages"), cast("list[Json]", facts.get("blank_pages") or [])
        good = pages == report.pages and not blank
        case.say("pages", report.clause, "passed" if good else "failed", f"{pages} pages, blank: {blank}", path)
    else:
        # A page of A4 holds about 25 cm; how Word breaks pages is not known here, so only a clear fit passes.
        length = cast("float", facts.get("centimetres") or 0)
        fits = 0 < length <= 25 * report.pages - 1.5 and length > 25 * (report.pages - 1)
        detail = f"about {length:.0f} cm of text and pictures for {report.pages} pages of 25 cm"
        case.say("pages", report.clause, "passed" if fits else "unknown", detail, path)
