"""Repeats: rows that say the same thing again are removed, and how many went."""

import copy
from typing import cast

from arkwright.core.json import Json, Object
from arkwright.verifier.demands import Question
from arkwright.verifier.reader.draft import Draft, term_of
from arkwright.verifier.script import Script

ROW = r"(?:rows?|entry|entries|records?|contacts?|lines?|{tab}|customers?|addresses|address|ones?|people|occurrences?)"
COL = r"(?P<c>{col})(?: addresses| address| numbers?| values?)?"
REMOVE = r"(?:(?:remove|drop|delete|eliminate|get rid of|deduplicate|dedupe|de-duplicate|throw out|clean out|weed out|strip|removing|dropping)(?: (?:the|any|all|of|by|on))*)"
WHAT = rf"(?:duplicates|duplicate|duplicated|doubles|double|repeated|repeats|repetitions)(?: {ROW})?"
BE = r"(?:may|should|must|can|is to|are to|shall|has to|have to|is|are|be|to|will|only|just)"
CASES = r"(?:upper and lower|upper or lower|lower and upper|upper/lower|letter|upper|capital and small|small and capital|capital or small|upper-/lower|upper- and lower)(?: ?-?(?:case|and lowercase))?(?: letters?)?(?: spelling| writing)?"
SAME = r"(?:{file}|·|it|the list|the file) (?:has|contains|holds|lists) (?:the same|identical|repeated) (?:{col}|{tab}|people|addresses|entries|contacts|customers|rows)(?: addresses| address)? (?:several|many|multiple|two|three|a few) times|(?:{file}|·|it) (?:has|contains|holds) (?:duplicates|doubles|repeats)|(?:the )?(?:list|file|table) with the (?:doubles|duplicates|repeats) is"
FOLDED = (
    rf"(?:{{col}}|addresses|entries|values|those|rows)(?: that| which)? (?:differ|differing) only in (?:the )?(?:{CASES}|case|capitalisation|capitalization) (?:(?:are|is|to|be|should|must|treated|regarded|considered|counted|seen|taken|count|as) )+(?:the )?(?:same|equal|identical|one|duplicates)(?: address| one| thing)?",
    r"(?:\( )?(?:, )?(?:ignoring|regardless of|no matter the|independent of|ignore|without regard to) (?:the )?(?:upper and lower case|upper/lower case|upper- and lowercase|case|capitalisation|capitalization|capitals|letter case)(?: \))?",
    r"(?:\( )?case-insensitive(?:ly)?(?: \))?",
    rf"(?:\( )?{CASES} (?:doesn't|don't|do not|does not) (?:matter|count|make a difference)(?: \))?",
    rf"{CASES} (?:(?:are|is|to|be|should|must|treated|regarded|considered|counted|seen|taken|count|as) )+(?:the )?(?:same|equal|identical|one)(?: thing)?",
    rf"(?:, )?(?:only|just|sometimes|often)? ?(?:written|spelled|spelt|typed) (?:with|in) different {CASES}",
)
KEPT = (
    rf"(?:and |but )?(?:keep|keeping)(?: only| just)?(?: the)? (?P<w>first|last|newest|latest|oldest)(?: {ROW})?(?: (?:of|for|from|per)(?: each| every)?(?: (?P<c>{{col}})(?: address)?| address| one))?",
    rf"(?:of|for|per|from)(?: each| every)? (?P<c>{{col}})(?: address)?(?: ,)? (?:{BE} )*(?:the )?(?P<w>first|last)(?: {ROW})?(?: (?:{BE} )*(?:kept|keep|stays?|stay|remains?|remain|left|wanted))?",
    rf"(?:and |, )*(?:it is )?the (?P<w>first|last)(?: {ROW})?(?: that)? (?:{BE} )*(?:kept|keep|stays?|remains?|wins|survives?)",
    rf"(?P<w>first|last)(?: {ROW})? (?:(?:is|to|be) )*(?:kept|stays?|remains?|wins)",
)
REST = rf"(?:the )?(?:remaining|other|rest of the) (?:{ROW}) (?=(?:is|are|should|must|will|go|goes) )|(?:,? ?and )?(?:, )?(?:drop|delete|remove|throw away|discard|leave out) (?:the )?(?:rest|others?|other {ROW}|later ones|repeats|remaining {ROW}|further {ROW})|(?:the )?(?:rest|others?|other {ROW}|later ones) (?:(?:can|should|must|may|to|be|go|goes|is|are) )*(?:dropped|deleted|removed|out|go|goes|discarded)"
GONE = rf"(?:and |also |, |please )*(?:tell me |say |let me know |state )?(?:how many|the number of)(?: of)?(?: the)?(?: {ROW}| duplicates| doubles)?(?: (?:(?:were|was|are|is|got|have|has|had|did|you|to|be|been|there|i|we) )+)?(?: )?(?:dropped|removed|deleted|left out|thrown out|discarded|duplicates|gone|remove|drop|eliminated)"


def read_repeats(script: Script, draft: Draft) -> None:
    """Take the removal of repeated rows: by which column, whether case matters, which row stays."""
    columns: list[int] = []
    patterns = (
        rf"{REMOVE} (?:duplicates?|duplicated|doubles?|repeated|repeating) {COL}",
        rf"(?:(?:keep|keeping|leave)(?: only| just)? one|only one) {ROW} (?:per|for each|for every|of each) {COL}(?= ?[,.;(]| ·| and|$)",
        rf"{REMOVE}(?: {WHAT})?(?: (?:from|in|of))?(?: ·)?(?: ,)? (?:by|based on|with the same|that have the same|having the same|on|according to|for)(?: (?:the|same|their))* {COL}",
        rf"{REMOVE} {COL} (?:duplicates|doubles|repeats)",
        rf"(?:each|every|the same|no) {COL} (?:{BE} )*(?:appear|appears|occur|occurs|stand|stands|be listed|listed|stay|come|comes|be there|left)?(?: only| just| more than)? once(?: in (?:it|the result|the list|the file|there))?",
    )
    for pattern in patterns:
        for m in script.find(pattern):
            if "only one" in script.words(m) and draft.dedupe:
                continue
            columns.append(m.groups["c"][0])
            script.take(m, "duplicates")
    terms = [term_of(script.tokens[i]) for i in columns]
    kept = ""
    for pattern in KEPT:
        for m in script.find(pattern):
            named = script.first(m, "c") if "c" in m.groups else None
            if not terms and named is None:
                continue
            if kept not in ("", script.words(m, "w")):
                draft.doubts.append("the first or the last?")
            kept = script.words(m, "w")
            terms += [term_of(named)] if named is not None else []
            script.take(m, "which to keep")
    if not terms:
        return
    for n in script.find(SAME):
        script.take(n, "what is wrong with the list")
    folded = False
    for pattern in FOLDED:
        for n in script.find(pattern):
            folded = True
            script.take(n, "letter case")
    for n in script.find(REST):
        script.take(n, "the rest goes")
    if len({t.pairs for t in terms}) > 1:
        draft.doubts.append("repeated by which column?")
    draft.dedupe = (terms[:1], kept or "first")
    draft.tidy["folded"] = folded
    draft.tidy["kept"] = kept
    draft.whole = True


def read_gone(script: Script) -> bool:
    """Whether the number of removed rows is asked for."""
    found = False
    if any(True for _ in script.find(rf"{REMOVE}|once|keep|kept|duplicates|doubles|dedupe|first")):
        for m in script.find(GONE):
            script.take(m, "how many went")
            found = True
    return found


def gone(question: Question) -> Question | None:
    """The count of the rows that a removal of repeats takes away."""
    steps = [copy.deepcopy(cast("Object", s)) for s in cast("list[Json]", question.question["steps"])]
    at = next((i for i, s in enumerate(steps) if s["do"] == "dedupe"), None)
    if at is None:
        return None
    counted: Object = {"do": "dropped", "on": steps[at]["on"], "name": "~count0"}
    whole: Object = {"tables": question.question["tables"], "steps": cast("Json", [*steps[:at], counted])}
    return Question("how many were removed", whole, {"spoken": True, "keys": []}, single=True)
