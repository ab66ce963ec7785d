"""Rivals: other defensible readings of a question, to be computed beside it."""

import copy
import re
from typing import cast

from arkwright.core.json import Json, Object
from arkwright.verifier.demands import Question, Rival, Source

SEEN = 30_000
TOTAL = re.compile(
    r"(?:grand |sub-?|overall )?totals?|.+ (?:sub)?totals?"
    r"|(?:sub)?totals?[ :-].+|sums?|overall|gesamt|summe|all (?:regions|stores|products|shops)",
    re.I,
)


def rivals(
    question: Question, sources: list[Source], nouns: dict[str, tuple[str, ...]], binary: dict[str, str]
) -> tuple[Rival, ...]:
    """The other readings of a question.

    `nouns` are the columns that a counted noun (by measure name) could stand for, `binary` bounds with 1024 bytes to the KB.
    """
    found = [
        _without_totals(question, sources),
        _timeline(question),
        _outer(question),
        _exact(question, sources),
        _kibi(question, binary),
        _zero(question, sources),
    ]
    found += [_distinct(question, measure, column) for measure, columns in nouns.items() for column in columns]
    return tuple(r for r in found if r is not None)


def _steps(question: Question) -> list[Object]:
    return copy.deepcopy(cast("list[Object]", question.question["steps"]))


def _asked(question: Question, steps: list[Object]) -> Object:
    return {"tables": question.question["tables"], "steps": cast("Json", steps)}


def _without_totals(question: Question, sources: list[Source]) -> Rival | None:
    """Rows that are themselves totals counted or left out."""
    tests: list[Object] = []
    for source in sources:
        for column in source.columns:
            values = [v for v in column.values if column.type == "text" and TOTAL.fullmatch(v.strip())]
            if values and len(values) < len(column.values):
                tests.append({"do": "where", "cond": {"not": {"column": column.name, "op": "in", "value": cast("Json", values)}}})
    if not tests:
        return None
    steps = _steps(question)
    at = next((i for i, s in enumerate(steps) if s["do"] not in ("from", "union", "join")), len(steps))
    return Rival("the data hold rows that are totals themselves", _asked(question, [*steps[:at], *tests, *steps[at:]]))


def _timeline(question: Question) -> Rival | None:
    """The hour of the day, or each hour of each day."""
    steps = _steps(question)
    for step in steps:
        expr = step.get("expr")
        if isinstance(expr, dict) and expr.get("op") == "hour":
            expr["op"] = "timeline"
            rest = tuple(c for c in _columns(steps) if c != step["name"])
            return Rival("the hour of the day or each hour of each day", _asked(question, steps), rest)
    return None


def _columns(steps: list[Object]) -> list[str]:
    picks = [s for s in steps if s["do"] == "pick"]
    return [str(c) for c in cast("list[Json]", picks[-1]["columns"])] if picks else []


def _outer(question: Question) -> Rival | None:
    """Rows without a partner in the other table, with or without them."""
    steps = _steps(question)
    joins = [s for s in steps if s["do"] == "join" and s.get("how") == "inner"]
    for step in joins:
        step["how"] = "left"
    why = "some rows have no partner in the other table"
    return Rival(why, _asked(question, steps), filled=question.keys) if joins else None


def _exact(question: Question, sources: list[Source]) -> Rival | None:
    """Groups that differ in upper and lower case only, together or apart; none where the survey saw all values and no such pair."""
    steps = _steps(question)
    grouped = [s for s in steps if s["do"] in ("group", "pivot")]
    if all(_alike(key, sources) for key in question.keys):
        return None
    for step in grouped:
        step["exact"] = True
    return Rival("some groups differ in upper and lower case only", _asked(question, steps)) if grouped else None


def _alike(key: str, sources: list[Source]) -> bool:
    """Whether the values of a key are sure not to differ in case only: a period, or few values that all were seen."""
    if key.startswith("~") and key != "~source":
        return True
    found = [c for s in sources for c in s.columns if c.name == key]
    few = all(c.values and s.rows <= SEEN for s in sources for c in s.columns if c.name == key)
    return len(found) == 1 and few and len({v.casefold() for v in found[0].values}) == len(found[0].values)


def _kibi(question: Question, binary: dict[str, str]) -> Rival | None:
    """1000 or 1024 bytes to the KB."""
    steps = _steps(question)
    for step in steps:
        cond = step.get("cond")
        if isinstance(cond, dict) and str(cond.get("value")) in binary:
            cond["value"] = binary[str(cond["value"])]
    return Rival("a KB of 1000 or of 1024 bytes", _asked(question, steps)) if binary else None


def _zero(question: Question, sources: list[Source]) -> Rival | None:
    """Without a number: blank, or zero as well."""
    numbers = {c.name for s in sources for c in s.columns if c.type == "number"}
    steps = _steps(question)
    hits = [c for s in steps if isinstance(c := s.get("cond"), dict) and c.get("op") == "blank" and c["column"] in numbers]
    for cond in hits:
        column = cond.pop("column")
        cond.pop("op")
        cond["any"] = [{"column": column, "op": "blank"}, {"column": column, "op": "eq", "value": "0"}]
    return Rival("nothing there, or zero", _asked(question, steps)) if hits else None


def _distinct(question: Question, measure: str, column: str) -> Rival | None:
    """Rows counted, or the different things that they name."""
    steps = _steps(question)
    for step in steps:
        for entry in cast("list[Object]", step.get("aggregates", [])):
            if entry["name"] == measure:
                entry.update({"fn": "distinct", "column": column})
    return Rival(f"rows counted, or different values of {column!r}", _asked(question, steps))
