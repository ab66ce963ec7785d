"""Two things asked at once that were read as one: the second file, the second count or the second grouping never merges silently with the first."""

from collections.abc import Collection
from itertools import pairwise
from pathlib import PurePosixPath
from typing import cast

from arkwright.core.json import Object
from arkwright.verifier.demands import Demands
from arkwright.verifier.lexicon import AGGREGATES
from arkwright.verifier.script import Script, Token

_PER = frozenset(["per", "each", "every", "by"])
_AGAIN = frozenset(["too", "same", "then", "again", "also", "another", "additionally", "well", "likewise", "ditto", "once"])
_MEASURES = frozenset(AGGREGATES) | frozenset(["number", "count", "counts", "many", "much", "numbers"])
_ROWS = frozenset(["orders", "ones", "rows", "records", "entries", "items", "customers", "people", "sales"])


def twofold_doubts(script: Script, demands: Demands, nouns: Collection[str]) -> list[str]:
    """Why what was read as one question may be two."""
    if len(demands.questions) != 1:
        return []
    out = _two_files(script, demands, nouns) + _two_groupings(script) + _two_counts(script, nouns)
    return out + _their_things(script, nouns) + _of_both(script, demands)


def _two_files(script: Script, demands: Demands, nouns: Collection[str]) -> list[str]:
    """`totals as t.csv and the open orders as o.csv`: something new is said for the second file."""
    named = {d.name for d in demands.deliverables if d.name and d.kind != "answer"}
    if len({PurePosixPath(n).stem for n in named}) < 2:
        return []
    places = [i for i, t in enumerate(script.tokens) if t.kind == "file" and str(t.value) in named]
    out: list[str] = []
    for before, at in pairwise(places):
        said = {t.low for t in script.tokens[:before]}
        fresh = [t for t in script.tokens[before + 1 : at] if _is_content(t, nouns) and t.low not in said]
        apart = [t for t in script.tokens[at + 1 :] if _is_content(t, nouns)] if not _asked(script, before) else []
        if fresh and (_asked(script, before) or apart):
            out.append(f"whether {fresh[0].text!r} is said of {script.tokens[at].text!r} alone is not certain")
    return out


def _asked(script: Script, end: int) -> bool:
    return any(script.taken.get(i) in ("measure", "key", "filter", "columns", "top") for i in range(end))


def _is_content(token: Token, nouns: Collection[str]) -> bool:
    return token.kind in ("val", "num", "date", "col") or (token.kind == "word" and token.low in (_ROWS | _PER | set(nouns)))


def _two_groupings(script: Script) -> list[str]:
    """`per region as t.csv, then per product`: a grouping of its own, or a second key."""
    keys = [i for i, t in enumerate(script.tokens) if script.taken.get(i) == "key" and t.low in _PER]
    out: list[str] = []
    for at in keys[1:]:
        if script.tokens[at + 1].low == script.tokens[keys[0] + 1].low:
            continue
        between = script.tokens[keys[0] + 1 : at]
        apart = any(t.kind == "file" or (t.kind == "mark" and t.text[0] in ".;") for t in between)
        again = {t.low for t in script.tokens[max(0, at - 3) : at]} & _AGAIN
        after = {t.low for t in script.tokens[at + 1 : at + 5]} & {"too", "well", "also", "likewise"}
        if apart or again or after:
            out.append(f"whether {_around(script, at)!r} asks for a second table is not certain")
    return out


def _two_counts(script: Script, nouns: Collection[str]) -> list[str]:
    """`the number of orders and the number of open orders`: the value belongs to the second count alone."""
    out: list[str] = []
    for at, token in enumerate(script.tokens):
        if token.kind not in ("val", "date") or script.taken.get(at) != "filter":
            continue
        first = _start(script, at)
        cuts = [i for i in range(first, at) if script.tokens[i].low in ("and", ",", "plus", "versus", "vs")]
        if not cuts:
            continue
        head = [t.low for t in script.tokens[first : cuts[-1]]]
        tail = [t.low for t in script.tokens[cuts[-1] + 1 : at]]
        whole = any(w in _ROWS or w in nouns for w in head) and bool(_MEASURES & set(head))
        own = bool(_MEASURES & set(tail)) or tail[:1] in (["of"], ["for"], ["those"])
        if whole and own:
            out.append(f"whether {_around(script, at)!r} holds for all that is counted is not certain")
    return out


def _their_things(script: Script, nouns: Collection[str]) -> list[str]:
    """`the departments and their people`: something else of each, which nobody read."""
    out: list[str] = []
    for i, token in enumerate(script.tokens[1:-1], 1):
        after = script.tokens[i + 1]
        loose = i + 1 not in script.taken and after.kind == "word"
        if token.low in ("their", "its") and script.tokens[i - 1].low in ("and", "with", "plus") and loose:
            out.append(f"what {script.text[token.start : after.end]!r} is has not been understood")
    return out


def _of_both(script: Script, demands: Demands) -> list[str]:
    """`departments with people in Kiel and Bonn`: in both places, or in one of them."""
    steps = cast("list[Object]", demands.questions[0].question["steps"])
    shown = [c for s in steps if s["do"] == "pick" for c in cast("list[str]", s["columns"])]
    conds = [cast("Object", s["cond"]) for s in steps if s["do"] == "where"]
    lists = [c for c in conds if c.get("op") == "in" and len(cast("list[str]", c["value"])) > 1 and c.get("column") not in shown]
    people = any(t.low == "with" for t in script.tokens)
    if lists and len(shown) == 1 and people and not any(s["do"] == "group" for s in steps):
        return ["whether all of the values or one of them is meant is not certain"]
    return []


def _start(script: Script, at: int) -> int:
    return next(
        (i + 1 for i in range(at - 1, -1, -1) if script.tokens[i].kind == "mark" and script.tokens[i].text[0] in ".!?;"), 0
    )


def _around(script: Script, at: int) -> str:
    first, last = max(0, at - 3), min(len(script.tokens), at + 3)
    return script.text[script.tokens[first].start : script.tokens[last - 1].end]
