"""Telling: sentences that only say where the data are or what a file holds; nothing of them is a wish."""

import re

from arkwright.planner.lexicon import AGGREGATES, NEGATIONS, words
from arkwright.planner.recipes.tables.superlatives import SUPERLATIVES
from arkwright.planner.recipes.tables.words import Words

_WISHES = (
    words(
        """
        should must shall need needs needed want wants wanted please would could can you let make put sort sorted save write create give tell show find
        sum add remove drop ignore leave skip exclude only convert draw plot rename filter i'd without how who rank get extract compare merge join stack
        combine group grouped missing per each every before after over under above below between more less than first last top
        """
    )
    | NEGATIONS
    | (SUPERLATIVES.keys() - {"may"})
    | AGGREGATES.keys()
)
_VERB = (
    r"(?:is|are|was|were|sits?|lies?|stands?|comes?|came|can be|has been|have been|will be|is to be|are to be|starts?|begins?)"
)
_WHERE = rf"^(?:so |and |but |, )*(?:\S+ ){{1,8}}?{_VERB}(?: \S+){{0,5}}?(?: (?:in|from|at|by|on|inside|through|via|is|are|here|:))(?: \S+){{0,5}}? ?<in>(?: ?(?:,|and|&) ?<in>)*(?: ?[,(]? ?\S+){{0,6}}$"
_NAMED = rf"^(?:so |and |but |, )*(?:the|our|all|this|my|its) (?:\S+ ){{1,8}}?{_VERB} (?:\S+ ){{0,3}}?<in>(?: \S+){{0,3}}$"
_HOLDS = r"^(?:and |but |, |here |: )*(?:in )?(?:<in>|<table>)(?: ?(?:,|and|&) ?(?:<in>|<table>))* (?:also |only |both |all |just |which )*(?:has|have|says?|tells?|shows?|contains?|holds?|gives?|lists?|stores?|records?|keeps?|share|comes?|is|are|was|were|belong)(?: \S+){1,14}$"
_PATTERNS = tuple(re.compile(p) for p in (_WHERE, _NAMED, _HOLDS))


def telling(w: Words) -> frozenset[int]:
    """Indices of the tokens of such sentences and clauses."""
    found: set[int] = set()
    tokens = w.reading.tokens
    for part in ("sentence", "clause"):
        for number in dict.fromkeys(getattr(t, part) for t in tokens):
            inside = [t.index for t in tokens if getattr(t, part) == number]
            marks = [i for i in inside if tokens[i].kind != "mark"]
            if len(marks) > 2 and len(inside) < len(tokens) and _tells(w, inside):
                found.update(inside)
    return frozenset(found)


def _tells(w: Words, inside: list[int]) -> bool:
    said = [_word(w, i) for i in inside]
    if not {"<in>", "<table>"} & set(said) or "?" in said or "<out>" in said or "=" in said or _WISHES & set(said):
        return False
    if any(w.number(i) is not None or w.value(i) is not None for i in inside if w.norm(i) != "§"):
        return False
    line = " ".join(word for word in said if word not in ".;!,")
    return any(p.match(line.strip()) for p in _PATTERNS)


def _word(w: Words, i: int) -> str:
    if w.norm(i) != "§":
        known = {t.part.lower() for t in w.schema.tables if t.part} if w.many else set[str]()
        return "<table>" if w.norm(i) in known else w.norm(i)
    mention = w.reading.mention(i)
    return "<in>" if mention is not None and mention.role == "input" else "<out>"
