"""Data questions: a draft over the tables that really exist, turned into steps that the box computes in plain Python."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations
from typing import cast

from arkwright.core.json import Json, Object
from arkwright.verifier.demands import Question, Source
from arkwright.verifier.reader.assembly import Assembly
from arkwright.verifier.reader.columns import named_column
from arkwright.verifier.reader.draft import Draft, Term, Unreadable
from arkwright.verifier.reader.joins import join_path
from arkwright.verifier.reader.rivals import rivals

UNPICKED = ("words", "lines")


def build(draft: Draft, sources: Sequence[Source]) -> list[Question]:
    """The questions of a draft: one, or its alternatives are marked in the rules.

    Raises:
        Unreadable: a column, a table or a date could be meant in more than one way.
    """
    chosen = choose(draft, sources)
    assembly = Assembly(draft, chosen)
    question = assembly.question()
    assembly.refuse_doubtful()
    question.single_place = draft.top == 1
    question.rivals = rivals(question, chosen, assembly.nouns, assembly.binary)
    if assembly.apart is not None:
        shown = [n for n in question.measures if n.startswith("~distinct")]
        question.rivals += (
            replace(assembly.apart, question=_renamed(assembly.apart.question, shown[0]), columns=(*question.keys, shown[0])),
        )
    if draft.tidy.get("spoken"):
        question.rules["spoken"] = True
    questions = [question]
    if draft.tidy.get("changes"):
        questions.append(changes(draft, questions[0]))
    return questions


def _renamed(question: Object, name: str) -> Object:
    """A question whose only aggregate has another name."""
    steps = cast("list[Object]", question["steps"])
    group: Object = {**steps[-1], "aggregates": [{"name": name, "fn": "count"}]}
    return {"tables": question["tables"], "steps": cast("Json", [*steps[:-1], group])}


def changes(draft: Draft, question: Question) -> Question:
    """The largest changes of a grouped measure from one period to the next, within each other key."""
    period = [k for k in question.keys if k.startswith("~") and k not in ("~weekday", "~hour")]
    if len(period) != 1 or len(question.measures) != 1:
        raise Unreadable("changes of what, from when to when?")
    rest = [k for k in question.keys if k != period[0]]
    steps: list[Json] = [
        s for s in cast("list[Json]", question.question["steps"]) if cast("Object", s)["do"] not in ("sort", "top")
    ]
    more: list[Json] = [
        {"do": "sort", "by": [{"column": period[0], "descending": False}]},
        {"do": "window", "name": "~change", "fn": "change", "column": question.measures[0], "per": cast("Json", rest)},
        {"do": "derive", "name": "~size", "expr": {"op": "abs", "args": [{"column": "~change"}]}},
        {"do": "top", "count": cast("int", draft.tidy["changes"]), "column": "~size", "descending": True, "per": []},
        {"do": "pick", "columns": cast("Json", [*rest, period[0], "~change"])},
    ]
    return Question(
        "the largest changes", {"tables": question.question["tables"], "steps": [*steps, *more]}, {"mention": True}, question.keys
    )


def choose(draft: Draft, sources: Sequence[Source]) -> list[Source]:
    """The smallest set of joinable tables in which every mention has its column."""
    words = {p[0] for t in _terms(draft) for p in t.pairs}
    usable = [s for s in sources if s.part not in UNPICKED or s.id in words] or list(sources)
    needs = [t for t in _terms(draft) if t.pairs]
    counted = {s.id for m in draft.measures if m.noun and not draft.entity for s in usable if _called(s, m.noun.text)}
    entities = {s for t in _terms(draft) if t.derived.startswith("entity:") for s in t.derived[7:].split("|")}
    for size in (2, 3, 4) if draft.tidy.get("outer") or draft.beside else (1, 2, 3, 4):
        fitting = [list(c) for c in combinations(usable, size) if _covers(c, needs, entities, draft)]
        fitting = [f for f in fitting if not counted or counted & {s.id for s in f}]
        if fitting:
            return _prefer(fitting, draft)
    raise Unreadable("no table has all of the columns that the request names")


def _called(source: Source, noun: str) -> bool:
    """Whether a counted noun names the rows of a table."""
    name = (source.part.split(".")[-1] or source.path.rsplit("/", 1)[-1].rsplit(".", 1)[0]).casefold()
    return noun.casefold() in (name, f"{name}s", name.removesuffix("s"))


def _terms(draft: Draft) -> list[Term]:
    terms = (
        [t for ts, _ in draft.filters for t in ts]
        + draft.keys
        + draft.keep
        + draft.beside
        + draft.per
        + [m.term for m in draft.measures if m.term]
    )
    terms += [t for t, _ in [*draft.order, *draft.rank] if isinstance(t, Term)] + ([draft.across] if draft.across else [])
    terms += [t for _, args in draft.derived.values() for t in args if isinstance(t, Term)]
    return terms + (draft.dedupe[0] if draft.dedupe else [])


def _covers(group: Sequence[Source], needs: list[Term], entities: set[str], draft: Draft) -> bool:
    ids = {s.id for s in group}
    if (entities and not ids & entities) or (draft.entity and not ids & set(draft.entity)):
        return False
    if len(group) > 1 and join_path(list(group)) is None:
        return False
    named = [c for _, c in draft.filters if "named" in c]
    for cond in named:
        if not any(named_column(s, cast("list[str]", cond["named"])) for s in group):
            return False
    dated = any(t.period and not t.pairs for t in _terms(draft)) or any(c.get("op") == "dates" for _, c in draft.filters)
    if dated and not any(c.type == "date" or c.name.casefold() == "year" for s in group for c in s.columns):
        return False
    return all(any(p[0] in ids for p in t.pairs) for t in needs)


def _prefer(fitting: list[list[Source]], draft: Draft) -> list[Source]:
    if len(fitting) == 1:
        return fitting[0]
    wanted = set(draft.entity)
    hits = [f for f in fitting if wanted and wanted <= {s.id for s in f}]
    if len(hits) == 1:
        return hits[0]
    shortest = [f for f in fitting if len(f) == 1 and all(g is f or g[0].part.startswith(f[0].part) for g in fitting)]
    needs_date = any(t.period for t in _terms(draft)) or any(c.get("op") == "dates" for _, c in draft.filters)
    dated = [f for f in fitting if any(c.type == "date" for s in f for c in s.columns)]
    if needs_date and len(dated) == 1:
        return dated[0]
    if len(shortest) == 1:
        return shortest[0]
    raise Unreadable("more than one table could be meant: " + ", ".join(f"{s.path} {s.part}".strip() for f in fitting for s in f))
