"""Together: tables used side by side - columns looked up beside the rows, and things that stay though they have no rows."""

from arkwright.verifier.reader.draft import Draft, terms_of
from arkwright.verifier.script import Match, Script

ITEM = r"(?:the |its |their |his |her )*(?:{col})"
LIST = rf"{ITEM}(?:(?: ,)?(?: and| &| plus)? {ITEM})*"
ROW = r"(?:{col}|{tab}|row|rows|person|people|employees?|line|entry|one|ones|them|it|customers?|orders?|items?|name)"
SHEET = r"(?:(?:the |sheet |table |tab |file )*(?:{tab}|{file})(?: sheet| table| tab| file| list)?|(?:the )?(?:second|other|2nd) (?:sheet|table|file|one)|there|it)"
BESIDE = (
    rf"(?P<k>{LIST})(?: ·+)* (?:(?:is|are|be|should|must|written|shown|standing|added|placed|put|of their {{col}}) )*(?:next to|beside|besides|behind|alongside|attached to|in the same (?:row|line) as|added to) (?:each|every|the|all)?(?: of)? ?(?:the )?{ROW}",
    rf"(?:add|adding|attach|append|look up|looking up|find out|fill in|supplement|put) (?P<k>{LIST}) (?:to|for|of|behind|beside) (?:each|every|all|the)(?: of)?(?: the)? {ROW}(?: (?:of|in|from) ·)?",
)
LOOKED = (
    rf"(?:(?:and|also|,|then|please|for each|from|in|on|the|second|other|sheet|table|{{tab}}) )*(?:look up|get|fetch|find|add|take|pull|read|needs?|(?<=, )and) (?P<k>{LIST})"
    rf"(?: for (?:each|every|all|it|them)(?: (?:of )?(?:them|these|the {{col}}))?)? (?:from|on|in) {SHEET}"
)
STAYS = r"(?:(?:must|should|shall|have to|has to|need to|are to|also|still|be|appear|appears|stay|remain|stand|show up|listed|included|kept|shown|in|on|the|list|table|result|file|it|as well|too|there|with|also|not|left out|missing|forgotten|dropped|lost|and|,|they|have|has|show|having|a|an) )*"
NONE = r"(?:where nobody works|without (?:any |a single )?(?:{tab}|{col}|[a-z]+)|with no (?:{tab}|{col}|[a-z]+)|that have no (?:{tab}|{col}|rows|entries)|who have no (?:{tab}|{col})|with zero (?:{tab}|{col})|where there is nobody|that are empty|with nobody(?: in (?:them|it))?)"
ZERO = r"(?:(?:count|counts|number|value)(?: of)? )?(?:0|zero|{num})(?: (?:{tab}|{col}|people|rows|entries|orders))?"


def read_together(script: Script, draft: Draft) -> None:
    """Take what says how tables stand side by side."""
    _outer(script, draft)
    for m in script.find(LOOKED):
        terms = terms_of(script.group(m, "k"))
        draft.looked += [t for t in terms if t not in draft.looked]
        script.take(m, "looked up")
    for pattern in BESIDE:
        for m in script.find(pattern):
            draft.beside += [t for t in terms_of(script.group(m, "k")) if t not in draft.beside]
            script.take(m, "beside the rows")
    if draft.beside:
        for m in script.find(
            r"(?:(?:one|a|the|whole|complete|full|list|table|of|with|in|which|all|me|please|make|give|produce) )*(?:{tab})(?: with| in which| where)?"
        ):
            script.take(m, "all rows")


def _outer(script: Script, draft: Draft) -> None:
    """`departments where nobody works must be in the list as well, with 0 people`."""
    things = r"(?:and |also |, |including |include |even |but )*(?:the |all |any )*(?P<x>{tab}|{col})"
    patterns = (
        rf"{things} {NONE} {STAYS}(?P<z>{ZERO})?",
        rf"(?:and |also |, )*(?:include|including|incl|with|keep|keeping|list|show) (?:the |all |also |any |even )*(?:empty|unused|idle) (?P<x>{{tab}}|{{col}})(?: (?:as well|too|also))?(?: (?:with|as|and|having|a|an|the) )*(?P<z>{ZERO})?",
    )
    for pattern in patterns:
        for m in script.find(pattern):
            if not _stays(script, m) or not _is_zero(script, m):
                continue
            draft.tidy["outer"] = True
            script.take(m, "things without rows stay")


def _stays(script: Script, match: Match) -> bool:
    words = script.words(match).split()
    kept = {
        "include",
        "including",
        "incl",
        "keep",
        "keeping",
        "with",
        "list",
        "stay",
        "remain",
        "appear",
        "included",
        "in",
        "also",
        "listed",
        "shown",
    } & set(words)
    return bool(kept or ({"not"} & set(words) and {"out", "missing", "forgotten", "dropped", "lost"} & set(words)))


def _is_zero(script: Script, match: Match) -> bool:
    told = script.words(match, "z") if "z" in match.groups else "0"
    return any(w in ("0", "zero") for w in told.split()) or not any(w.isdigit() for w in told.split())
