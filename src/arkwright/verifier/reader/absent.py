"""Absences: things of one table that no row of another refers to (`customers who never ordered anything`)."""

import re
from collections.abc import Sequence
from typing import cast

from arkwright.core.json import Json, Object
from arkwright.verifier.demands import Question, Source
from arkwright.verifier.reader.joins import refers
from arkwright.verifier.script import Match, Script

NEVER = (
    r"(?:who|that|which) (?:have |has |had |did |were |was )*(?:never|not|n't|haven't|hasn't|didn't|don't)(?: yet| ever| been)* (?P<v>[a-z]+|{col}|{tab})"
    r"(?: (?:a|an|any|anything|something|at all|yet|so far|single))*(?: (?P<y>{tab}|orders?|rentals?|loans?|purchases?|sales?|invoices?|tickets?))?"
    r"|(?:without|with no|who have no|that have no|having no)(?: any| a single| a| an)? (?P<z>{tab}|{col}|[a-z]+)"
)
WORDS = {"bought": ("purchase", "order", "sale"), "purchased": ("purchase", "order", "sale"), "borrowed": ("loan",), "lent": ("loan",), "sold": ("sale",)}  # fmt: skip
IDLE = ("placed", "made", "had", "have", "has", "got", "filed", "opened", "place", "make")


def read_absent(script: Script, sources: Sequence[Source]) -> list[Question]:
    """Counts of, or the rows of, what never occurs in another table."""
    found: list[Question] = []
    lead = r"(?P<n>how many|(?:the )?(?:number|count) of|count(?: the)?|which|list|all|show|find|what)(?: (?:all|the|of|our|me))*(?: (?P<d>different|distinct|unique))? (?P<x>{tab}|{col}|[a-z]+)(?: (?:are|were|there|in|of|from|·+))*"
    for m in script.find(rf"{lead} (?:{NEVER})"):
        thing = _table(script.words(m, "x"), sources)
        other = _other(script, m, sources)
        keys = refers(other, thing) if thing and other and thing is not other else None
        if thing is None or other is None or keys is None or ("d" in m.groups and not _named_once(thing)):
            continue
        counted = re.match(r"how many|count|.*(?:number|count) of", script.words(m, "n")) is not None
        found.append(_question(script.clause(m), thing, other, keys, counted))
        script.take(m, "absent")
    return found


def _single(word: str) -> str:
    low = word.casefold()
    return low[:-3] + "y" if low.endswith("ies") else low.removesuffix("s")


def _table(word: str, sources: Sequence[Source]) -> Source | None:
    """The only table whose rows a noun names."""
    named = [
        s
        for s in sources
        if s.part not in ("words", "lines")
        and _single(s.part.split(".")[-1] or s.path.rsplit("/", 1)[-1].rsplit(".", 1)[0]) == _single(word)
    ]
    return named[0] if len(named) == 1 else None


def _other(script: Script, match: Match, sources: Sequence[Source]) -> Source | None:
    """The table that would hold what never happened: by its name, or by the verb."""
    for group in ("y", "z"):
        if group in match.groups:
            verb = script.words(match, "v") if "v" in match.groups else ""
            return _table(script.words(match, group), sources) if not verb or _fits(verb, script.words(match, group)) else None
    verb = script.words(match, "v")
    stems = WORDS.get(verb, (verb.removesuffix("ed"), verb.removesuffix("d")))
    tables = [t for s in dict.fromkeys(stems) if (t := _table(s, sources))]
    return tables[0] if len(tables) == 1 else None


def _fits(verb: str, noun: str) -> bool:
    return verb in IDLE or _single(noun) in (*WORDS.get(verb, ()), verb.removesuffix("ed"), verb.removesuffix("d"))


def _named_once(source: Source) -> bool:
    """Whether different rows are different things by name as well."""
    return all(c.unique for c in source.columns if c.name.casefold() in ("name", "email", "title"))


def _question(clause: str, thing: Source, other: Source, keys: tuple[str, str], counted: bool) -> Question:
    columns = [c.name for c in thing.columns]
    names = [c.name for c in thing.columns if c.unique and c.type == "text"] or [keys[1]]
    steps: list[Json] = [
        {"do": "from", "table": thing.id},
        {"do": "join", "table": other.id, "left": keys[1], "right": keys[0], "how": "anti"},
    ]
    rules: Object
    if counted:
        group: Object = {"do": "group", "by": [], "aggregates": [{"name": "~count0", "fn": "count"}]}
        steps.append(group)
        steps.append({"do": "pick", "columns": ["~count0"]})
        rules = {"keys": []}
    else:
        steps.append({"do": "pick", "columns": cast("Json", columns)})
        rules = {"totals": False, "optional": cast("Json", [c for c in columns if c not in names]), "said": cast("Json", names)}
    return Question(clause, {"tables": {thing.id: thing.origin, other.id: other.origin}, "steps": steps}, rules, single=counted)
