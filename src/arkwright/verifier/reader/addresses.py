"""Addresses: where on the web data come from, in how many pages and how late; words that restrict nothing are taken, each with its reason."""

import re
from collections.abc import Sequence

from arkwright.verifier.demands import Source
from arkwright.verifier.neutral import NEUTRAL
from arkwright.verifier.reader.mentions import rows_nouns
from arkwright.verifier.script import Script

_PLACE = """
api endpoint graphql rest interface feed service web website site webpage page pages server system source address adress url link internet portal online shop
is are was were be been can could it they these those them this that which where there here in on at from via through under behind with by to
the our my your a all its their gives give delivers delivered returns lists contains holds provides provided supplied offers serves shows displayed
retrieve retrieved query queried queries fetch fetched get got obtain obtained download downloaded load loaded read request requested ask call called pull
grab find found look see seen have available accessible reachable located hosted stored kept come comes begin begins start starts according please use using
you i we open visit visited go data product products ticket tickets json
"""
PLACE = frozenset(_PLACE.split())
_LOADS = "script scripts javascript js ajax load loads loaded loading dynamically rendered renders filled"
_LATE = """
it they them this that these those which where who there the a an some its their page pages table tables data numbers number values figures rates entries rows
content only just after afterwards before when once until till while as soon appear appears show shows up shown visible displayed come comes take takes took
moment moments second seconds bit little short time later then first in by with via through using from on of to be been is are was has have will does do did
because since but and or please wait for ready finished complete completely fully browser side so not yet
"""
LOADS = frozenset(_LOADS.split())
LATE = frozenset(_LATE.split()) | LOADS
_SOME = r"(?:several|many|multiple|more|further|various|all|a few|{num}|two|three|four|five|six)"
PAGES = (
    rf"(?:(?:mind|note|that|as|since|because|it|they|which|there|the|catalogue|catalog|list|api|goes|go|comes?|is|are|has|have|got|spans?|spread|split|delivered|consists?|given|gives|out|of|over|across|in|into|on|through|with|from|and|,) )*{_SOME} pages(?: of results)?",
    r"(?:(?:it|they|which|that|and|gives?|out|the|tickets|records|items) )*page by page",
    r"(?:on |from |of |over |through )*(?:every|each|all|all the) pages?",
    r"(?:and )?(?:all|each|every one) of them (?:have|has|need|must|should|are|is)(?: to)?(?: be)? (?:visited|read|fetched|included|opened)",
    r"(?:it is |which is )?(?:paged|paginated)",
    r"(?:over |in |of )?the (?:whole|entire|complete|full) (?:catalogue|catalog|list)",
)
TOKEN = r"(?:(?:for access|and|it|which|that|the api|needs?|requires?|wants?|expects?|use|using|with|send|a|the|our|my|has to be|must be|,) )*(?:bearer |api |access )?token(?: (?:is|has to be|must be|needs to be|required|needed|sent|sent along|along|with|to|be|it|and|which|that|that's|you|will|find|stands|lies|kept|stored|can|found|in|from|inside|the|file|,))* {file}"


def read_addresses(script: Script, sources: Sequence[Source]) -> None:
    """Take the addresses that were read, what is said about them, their pages, their token, and that they load late."""
    read_ones = {s.path.rstrip("/") for s in sources}
    if not any(t.kind == "url" and str(t.value).rstrip("/") in read_ones for t in script.tokens):
        return
    web_asides(script)
    for match in script.find(TOKEN):
        script.take(match, "token")
    other = re.search(r"\b(?:csv|excel|xlsx|spreadsheet|parquet|png)\b", script.text, re.I)
    nouns = rows_nouns(sources) | NEUTRAL | (PLACE if other else PLACE - {"json"})
    for i, token in enumerate(script.tokens):
        if token.kind == "url" and str(token.value).rstrip("/") in read_ones:
            script.taken.setdefault(i, "address")
            _beside(script, i, nouns)
    for match in script.find(r"(?:query|fetch|get|download|load|pull|retrieve)(?: all| the| every)* (?P<n>[a-z]+|{tab})"):
        if "http" not in script.words(match) and script.words(match, "n") in nouns:
            script.take(match, "fetching")


def _beside(script: Script, at: int, nouns: frozenset[str] | set[str]) -> None:
    """Words of an address: outward from it, up to a mark or a word of another kind."""
    for step in (-1, 1):
        i = at + step
        while 0 <= i < len(script.tokens):
            token = script.tokens[i]
            low = token.low
            owner = low.endswith("'s") and step < 0
            if (
                token.kind == "mark"
                and step < 0
                and token.text == ","
                and i
                and script.tokens[i - 1].text.casefold() in ("endpoint", "api", "service", "interface")
            ):
                i += step
                continue
            if i not in script.taken and not (token.kind in ("word", "tab") and (low in nouns or owner)):
                break
            if token.kind == "word":
                script.taken.setdefault(i, "address")
            i += step


def web_asides(script: Script) -> None:
    """Take that a source has several pages, and that a script loads it."""
    for pattern in PAGES:
        for match in script.find(pattern):
            script.take(match, "pages")
    sentences: list[list[list[int]]] = [[[]]]
    for i, token in enumerate(script.tokens):
        if token.kind != "mark":
            sentences[-1][-1].append(i)
        elif token.text[0] in ".;!?":
            sentences.append([[]])
        else:
            sentences[-1].append([])
    for clauses in sentences:
        late = [c for c in clauses if c and all(_is_late(script, n) for n in c)]
        if any(script.tokens[n].text.casefold() in LOADS for c in late for n in c):
            for n in (n for c in late for n in c):
                script.taken.setdefault(n, "loads late")


def _is_late(script: Script, at: int) -> bool:
    token = script.tokens[at]
    return at in script.taken or (token.kind == "word" and token.text.casefold() in LATE)


def unpaged(text: str, sources: Sequence[Source]) -> str:
    """A request without what it says of the pages of a source on the web."""
    if not any("://" in s.path for s in sources):
        return text
    return re.sub(r"\b(?:several|many|multiple|different) pages\b", "pages", text, flags=re.I)
