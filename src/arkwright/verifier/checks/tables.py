"""Tables: each question of the request is computed again from the inputs and looked for in what was produced."""

import re
from decimal import Decimal
from typing import cast

from arkwright.core.json import Json, Object
from arkwright.verifier.case import Case, Silent, ending
from arkwright.verifier.demands import Question, Rival
from arkwright.verifier.lexicon import PAPERS, TABLES


async def check_questions(case: Case) -> None:
    """Look for every question in every format in which the request wants it."""
    for question in (q for q in case.demands.questions if not (q.rules.get("chart") or q.rules.get("spoken"))):
        try:
            await _check(case, question)
        except Silent as why:
            case.say("recompute", question.clause, "unknown", str(why))
    _own_sheets(case)
    _separators(case)


def _separators(case: Case) -> None:
    """A delimiter that was asked for separates the columns of the new delimited file."""
    if not case.demands.delimiter:
        return
    files = [p for p in case.new() if ending(p) in ("csv", "tsv", "txt")]
    for path in files:
        first = str(case.facts.get(path, {}).get("text", "")).split("\n", 1)[0]
        good = case.demands.delimiter in first
        case.say("delimiter", repr(case.demands.delimiter), "passed" if good else "failed", f"header {first[:80]!r}", path)
    if not files:
        case.say("delimiter", repr(case.demands.delimiter), "failed", "no new delimited file")


def homes(case: Case) -> list[list[str]]:
    """Groups of new files; a question has to stand in one file of each group."""
    groups: list[list[str]] = []
    for wanted in case.demands.deliverables:
        reports = wanted.kind == "report"
        tables = wanted.kind == "table" and (wanted.formats or wanted.name)
        if reports or tables:
            formats = wanted.formats or (PAPERS if reports else TABLES)
            groups.append([p for p in case.fitting(wanted) if ending(p) in formats])
    return groups


async def _check(case: Case, question: Question) -> None:
    if question.rules.get("mention"):
        await _mentioned(case, question)
        return
    groups = homes(case)
    paths = list(dict.fromkeys(p for g in groups for p in g))
    if not groups:
        return
    found = await case.proof(
        "proof.recompute", {"question": question.question, "paths": cast("Json", paths), "rules": question.rules}
    )
    inputs = [str(cast("Object", o).get("path", "")) for o in cast("Object", question.question["tables"]).values()]
    if cast("int", found["count"]) == 0:
        case.say("recompute", question.clause, "unknown", "the inputs hold nothing that fits, which may be a misreading", *inputs)
        return
    if doubt := await doubtful(case, question, found):
        case.say("reading", question.clause, "unknown", doubt, *inputs)
        return
    hits = cast("Object", found["found"])
    for group in groups:
        good = [p for p in group if not cast("Object", hits[p])["problem"]]
        reasons = "; ".join(f"{p}: {cast('Object', hits[p])['problem']}" for p in group if p not in good)
        mild = any(str(cast("Object", hits[p])["problem"]).startswith("unasked") for p in group)
        outcome = "passed" if good else "unknown" if mild else "failed"
        detail = (
            f"{found['count']} rows computed again from {', '.join(inputs)} stand in {good[0]}"
            if good
            else reasons or "no file to look in"
        )
        case.say("recompute", question.clause, outcome, detail, *(good or group), *inputs)
        for path in good:
            place = cast("Object", hits[path])
            case.explained.add(f"{path}#{place.get('table')}")


async def doubtful(case: Case, question: Question, found: Object) -> str:
    """Why the question has two answers on these data: a tie for the only place, or another reading that differs."""
    if found["tied"] and question.single_place:
        return "several share the place that was asked for"
    for rival in question.rivals:
        other = await case.proof("proof.recompute", {"question": rival.question, "paths": [], "rules": {}})
        if (other["count"] != found["count"] and not rival.filled) or _told(other, rival) != _told(found, rival):
            return f"two readings with different results: {rival.why}"
    return ""


def _told(found: Object, rival: Rival) -> list[str]:
    """The rows that two readings are compared by, in any order."""
    names = [str(c) for c in cast("list[Json]", found["columns"])]
    rows = [dict(zip(names, r, strict=True)) for r in cast("list[list[Json]]", found["rows"])]
    rows = [r for r in rows if all(r.get(f) is not None for f in rival.filled)]
    return sorted(str([r.get(c) for c in rival.columns or names]) for r in rows)


async def _mentioned(case: Case, question: Question) -> None:
    """Findings stand in the text of the report, each with its figure and what it is about."""
    found = await case.proof("proof.recompute", {"question": question.question, "paths": [], "rules": {}})
    rows = cast("list[list[Json]]", found["rows"])
    if doubt := await doubtful(case, question, found):
        case.say("findings", question.clause, "unknown", doubt)
        return
    texts = {p: str(f.get("text", "")) for p, f in case.facts.items() if ending(p) in PAPERS}
    for path, text in texts.items():
        if rows and not found["tied"] and all(stated(text, row) for row in rows):
            case.say("findings", question.clause, "passed", f"{rows} computed again and stated", path)
            return
    case.say(
        "findings",
        question.clause,
        "failed" if texts and rows else "unknown",
        f"{rows[:3]} do not all stand in {list(texts)}",
        *texts,
    )


def stated(text: str, row: list[Json]) -> bool:
    """Whether some sentence of the text says a finding: its labels, and its figure with or without sign."""
    figure = row[-1]
    labels = [str(v).casefold() for v in row[:-1] if isinstance(v, str) and not re.fullmatch(r"\d{4}-\d\d", v)]
    flat = " ".join(text.split())
    for m in re.finditer(r"[-−+]?\d[\d,]*(?:\.\d+)?", flat):
        said = Decimal(m.group().replace(",", "").replace("−", "-").replace("+", ""))
        near = flat[max(0, m.start() - 160) : m.end() + 160].casefold()
        if (
            isinstance(figure, int | float)
            and abs(abs(said) - abs(Decimal(str(figure)))) <= Decimal("0.0051")
            and all(x in near for x in labels)
        ):
            return True
    return False


def _own_sheets(case: Case) -> None:
    """Tables of a workbook that answer no question are claims that nobody checked."""
    told = {e.rsplit("#", 1)[-1] for e in case.explained if "#" in e}
    if case.demands.sheets and len(told) < 2:
        case.say("sheet", case.evidence.request.text, "unknown", "the sheets asked for do not each answer a question")
    for path, facts in case.facts.items():
        if ending(path) != "xlsx" or not case.demands.questions:
            continue
        for number, sheet in enumerate(cast("list[Object]", facts.get("sheets") or [])):
            if cast("int", sheet["rows"]) and f"{path}#{number}" not in case.explained:
                case.say("sheet", f"{path}: {sheet['name']}", "unknown", "what stands on this sheet was not checked", path)
