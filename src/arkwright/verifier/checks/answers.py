"""Answers: what was asked as a question stands in the answer, and nothing in it contradicts the inputs."""

import re
from decimal import Decimal, InvalidOperation
from typing import cast

from arkwright.core.json import Json, Object
from arkwright.verifier.case import Case, Silent
from arkwright.verifier.checks.tables import doubtful, homes
from arkwright.verifier.demands import Question

NUMBER = re.compile(r"(?<![\w.])[-−]?(?:\d{1,3}(?:[,\u00a0\u202f]\d{3})+(?!\d)|\d+)(?:\.\d+)?(?!\w)")


async def check_answers(case: Case) -> None:
    """Without a file to look in, each question has to be answered in words."""
    wanted = [d for d in case.demands.deliverables if d.kind == "answer"]
    if not case.demands.questions:
        return
    drawn = any(d.kind == "chart" for d in case.demands.deliverables) and not wanted
    if drawn and len(case.demands.questions) == 1:
        return
    spoken_only = bool(homes(case))
    if not wanted and not case.demands.deliverables:
        wanted = []
    asked = [q for q in case.demands.questions if not q.rules.get("chart") and (q.rules.get("spoken") or not spoken_only)]
    told: list[list[Json]] = []
    for question in asked:
        try:
            told.append(await _values(case, question) if len(asked) > 1 else [])
        except Silent:
            told.append([])
    swapped = _swapped(case.evidence.answer, told)
    filed = [q for q in case.demands.questions if q not in asked and not q.rules.get("chart")] if asked else []
    lengths: list[int] = []
    for question in filed:
        try:
            found = await case.proof("proof.recompute", {"question": question.question, "paths": [], "rules": question.rules})
            lengths.append(cast("int", found["count"]))
        except Silent:
            continue
    for question in asked:
        try:
            await _check(case, question, [v for values in told for v in values], swapped, lengths)
        except Silent as why:
            case.say("answer", question.clause, "unknown", str(why))


async def _values(case: Case, question: Question) -> list[Json]:
    """Every value of a short answer."""
    found = await case.proof("proof.recompute", {"question": question.question, "paths": [], "rules": question.rules})
    rows = cast("list[list[Json]]", found["rows"])
    return [v for row in rows for v in row] if len(rows) <= 60 else []


def _swapped(text: str, told: list[list[Json]]) -> str:
    """Why the figures of several answers may have changed places: they do not come in the order of the questions."""
    said = numbers(re.sub(r"\b\d{4}-\d\d(?:-\d\d)?\b", " ", text))
    places: list[int] = []
    for values in told:
        figures = [Decimal(str(v)) for v in values if isinstance(v, int | float) and not isinstance(v, bool)]
        places += [next((i for i, n in enumerate(said) if any(close(n, f) for f in figures)), -1)] if figures else []
    places = [p for p in places if p >= 0]
    return "" if places == sorted(places) else "the figures do not come in the order of the questions"


async def _check(case: Case, question: Question, others: list[Json], swapped: str, lengths: list[int]) -> None:
    found = await case.proof("proof.recompute", {"question": question.question, "paths": [], "rules": question.rules})
    rows = cast("list[list[Json]]", found["rows"])
    inputs = [str(cast("Object", o).get("path", "")) for o in cast("Object", question.question["tables"]).values()]
    empty = all(v is None for row in rows for v in row)
    if empty or len(rows) > 60 or found["tied"]:
        case.say("answer", question.clause, "unknown", f"{found['count']} rows are no plain answer", *inputs)
        return
    if doubt := await doubtful(case, question, found):
        case.say("answer", question.clause, "unknown", doubt, *inputs)
        return
    text = case.evidence.answer
    names = [str(c) for c in cast("list[Json]", found["columns"])]
    said = cast("list[Json]", question.rules.get("said") or cast("Json", names))
    places = cast("int | None", question.rules.get("places"))
    rounded = cast("list[Json]", question.rules.get("rounded") or [])
    missing = [
        v
        for row in rows
        for n, v in zip(names, row, strict=True)
        if n in said and v is not None and not mentions(text, v, places if n in rounded else None)
    ]
    if missing:
        case.say("answer", question.clause, "failed", f"the answer lacks {missing[:3]}", *inputs)
        return
    if not re.search(r"\b(?:rows|lines|entries)\b", question.clause.casefold()):
        for length in lengths:
            text = re.sub(rf"\b{length} (?:rows?|lines?|entries|entry)\b", " ", text)
    odd = unexplained(text, [*others, *(v for row in rows for v in row)], case.evidence.request.text, len(rows), places)
    order = _order(text, rows, question) or swapped
    outcome = "passed" if not odd and not order else "unknown"
    case.say(
        "answer", question.clause, outcome, f"not explained: {odd[:4]}" if odd else order or f"{rows[0]} computed again", *inputs
    )


def mentions(text: str, value: Json, places: int | None = None) -> bool:
    """Whether a text says a value: a number within rounding (to `places`), a text in any case, a date in ISO form."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return any(close(n, Decimal(str(value)), places) for n in numbers(re.sub(r"\b\d{4}-\d\d(?:-\d\d)?\b", " ", text)))
    flat = " ".join(text.split()).casefold()
    wanted = " ".join(str(value).split()).casefold()
    return bool(re.search(rf"(?<![\w.]){re.escape(wanted)}(?!\w)", flat))


def close(said: Decimal, value: Decimal, places: int | None = None) -> bool:
    """Equal within rounding: to half a cent, and exactly for whole numbers; to the places that were asked for, and no more of them."""
    if places is not None:
        unit = Decimal(1).scaleb(-places)
        return said == said.quantize(unit) and abs(said - value) <= unit / 2 + Decimal("1e-9")
    if value == value.to_integral_value():
        return said == value
    return abs(said - value) <= (Decimal("0.0050001") if abs(value) >= 1 else Decimal("0.00500001"))


def numbers(text: str) -> list[Decimal]:
    """Every number that a text mentions."""
    out: list[Decimal] = []
    for hit in NUMBER.findall(text):
        try:
            out.append(Decimal(re.sub(r"[,\u00a0\u202f]", "", hit).replace("−", "-")))
        except InvalidOperation:
            continue
    return out


def unexplained(text: str, values: list[Json], request: str, count: int, places: int | None = None) -> list[str]:
    """Numbers in an answer that are neither computed nor part of the request."""
    text = re.sub(r"https?://\S+|\b[\w./-]+\.[A-Za-z]\w{1,7}\b|\b\d{4}-\d\d(?:-\d\d)?\b", " ", text)
    known = [Decimal(str(v)) for v in values if isinstance(v, int | float) and not isinstance(v, bool)]
    words = " ".join(str(v) for v in values if isinstance(v, str)) + " " + request
    asked = {*numbers(words), Decimal(count), *(Decimal(n) for n in range(1, count + 1))}
    return [str(n) for n in numbers(text) if n not in asked and not any(close(n, k, places) or close(n, k) for k in known)]


def _order(text: str, rows: list[list[Json]], question: Question) -> str:
    """Labels of an ordered answer have to stand in order."""
    if not question.rules.get("ordered") or len(rows) < 2:
        return ""
    flat = text.casefold()
    labels = [next((str(v) for v in row if isinstance(v, str)), "") for row in rows]
    places = [flat.find(label.casefold()) for label in labels if label]
    return "" if places == sorted(places) else "the answer is not in the order asked for"
