"""Charts: there is a picture with drawing in it, of the kind asked for, of the data asked for, with the title asked for."""

from typing import cast

from arkwright.core.json import Json, Object
from arkwright.verifier.case import Case, Silent, ending
from arkwright.verifier.demands import Deliverable, Question
from arkwright.verifier.lexicon import PAPERS


async def check_charts(case: Case) -> None:
    """Check each chart that the request wants."""
    titles = [d.title for d in case.demands.deliverables if d.title]
    charts = [d for d in case.demands.deliverables if d.kind == "chart"]
    for chart in charts:
        await _check(case, chart, titles[0] if titles else "")
    if titles and not charts:
        _title_in_text(case, titles[0])


async def _check(case: Case, chart: Deliverable, title: str) -> None:
    drawn = case.calls("charts.draw")
    in_report = any(d.kind == "report" for d in case.demands.deliverables) and not chart.formats
    if not in_report and not chart.name and not chart.formats:
        chart.formats = ("png", "svg", "pdf", "jpg", "jpeg")
    pictures = _report_files(case) if in_report else case.fitting(chart)
    shown = [p for p in pictures if _has_drawing(case, p)]
    if not shown:
        case.say("chart", chart.clause, "failed", f"no picture with drawing in it: {pictures or 'no file'}", *pictures)
        return
    if not drawn:
        case.say("chart", chart.clause, "unknown", "it was not drawn by the chart tool, so its data cannot be checked", *shown)
        return
    reason = "" if in_report else "the picture asked for is not the one that was drawn"
    for _, args, value in drawn:
        if not in_report and str(value.get("path")) not in shown:
            continue
        reason = _shape(args, value, chart, title) or await _data(case, args, chart)
        if not reason:
            case.say("chart", chart.clause, "passed", f"{value.get('kind')} chart of the recomputed values", *shown)
            return
    case.say("chart", chart.clause, "failed" if reason.startswith("the") else "unknown", reason, *shown)


def _report_files(case: Case) -> list[str]:
    return [
        p for d in case.demands.deliverables if d.kind == "report" for p in case.fitting(d) if ending(p) in (d.formats or PAPERS)
    ]


def _has_drawing(case: Case, path: str) -> bool:
    facts = case.facts.get(path, {})
    if ending(path) in ("png", "jpg", "jpeg"):
        return bool(facts.get("opens"))
    if ending(path) == "pdf":
        return bool(facts.get("drawing"))
    if ending(path) == "svg":
        return cast("int", facts.get("shapes") or 0) >= 10
    return bool(facts.get("figures"))


def _shape(args: Object, value: Object, chart: Deliverable, title: str) -> str:
    kind = str(value.get("kind") or args.get("kind"))
    if chart.style and kind != chart.style and not (chart.style == "bar" and kind == "barh"):
        return f"the chart is a {kind} chart, not a {chart.style} chart"
    if title and " ".join(str(args.get("title", "")).split()) != " ".join(title.split()):
        return f"the title is {args.get('title')!r}, not {title!r}"
    return ""


async def _data(case: Case, args: Object, chart: Deliverable) -> str:
    """Whether the drawn table holds exactly one of the computed answers."""
    table = args.get("table")
    if not isinstance(table, dict):
        return "what the chart shows is not known"
    path = str(table.get("table") or table.get("path") or "")
    reasons: list[str] = []
    near = [q for q in case.demands.questions if chart.clause and chart.clause in q.clause]
    drawn = [q for q in case.demands.questions if q.rules.get("chart") and q not in near]
    for question in [*drawn, *near] or case.demands.questions:
        try:
            if path.endswith(".parquet") or "preview" not in table:
                found = await case.proof(
                    "proof.recompute",
                    {
                        "question": question.question,
                        "paths": [path],
                        "rules": {**question.rules, "extra": True, "loose": True, "total_row": False, "total_column": False},
                    },
                )
                reason = str(cast("Object", cast("Object", found["found"])[path])["problem"])
                if reason and question.rules.get("chart"):
                    reason = await _undrawn(case, question, path) or ""
            else:
                reason = "the chart's data cannot be read"
        except Silent as why:
            return str(why)
        if not reason:
            return _axes(args, question.rules)
        reasons.append(reason)
    return f"the chart shows other data: {reasons[0]}" if reasons else "there is nothing to compare the chart with"


async def _undrawn(case: Case, question: Question, path: str) -> str:
    """The same rows with those that have no place on an axis: a chart leaves them out by itself."""
    steps = [s for s in cast("list[Json]", question.question["steps"]) if cast("Object", s)["do"] != "where"]
    whole: Object = {"tables": question.question["tables"], "steps": steps}
    found = await case.proof("proof.recompute", {"question": whole, "paths": [path], "rules": {**question.rules, "extra": True}})
    return str(cast("Object", cast("Object", found["found"])[path])["problem"])


def _axes(args: Object, rules: Object) -> str:
    """A chart of the right table still has to draw its measure, not one of its keys."""
    table = cast("Object", args["table"])
    columns = {
        str(cast("Object", c).get("name")): str(cast("Object", c).get("type"))
        for c in cast("list[Json]", table.get("columns") or [])
    }
    y = args.get("y")
    drawn = [str(v) for v in y] if isinstance(y, list) else [str(y)] if y else []
    wrong = [d for d in drawn if columns.get(d) not in (None, "number", "integer")]
    del rules
    return f"the chart draws {wrong[0]!r}, which is no number" if wrong else ""


def _title_in_text(case: Case, title: str) -> None:
    squeezed = " ".join(title.split()).casefold()
    for path, facts in case.facts.items():
        heads = " ".join(str(cast("Object", h)["text"]) for h in cast("list[Json]", facts.get("headings") or []))
        text = " ".join(f"{heads} {facts.get('text') or ''}".split()).casefold()
        if squeezed in text:
            case.say("title", title, "passed", f"it stands in {path}", path)
            return
    case.say("title", title, "failed", "the title stands in no file")
