"""Finish: what is done with computed figures - rounding, shares, running totals, changes, a line of totals, a place in a ranking."""

import re

from arkwright.core.json import Json
from arkwright.verifier.lexicon import NUMBERS
from arkwright.verifier.reader.draft import Draft, term_of
from arkwright.verifier.script import Match, Script

PLACES = {w: n for w, n in NUMBERS.items() if n <= 6} | {"no": 0, "a": 1, "single": 1}
N = r"(?P<n>{num}|no|a|" + "|".join(w for w in PLACES if w not in ("no", "a")) + ")"
DIGITS = r"(?:decimals?|decimal places?|decimal digits?|places?|digits? after the (?:decimal )?(?:point|comma)|decimal figures?|fractional digits?)"
LEADS = r"(?:(?:\(|,|and|all|figures|numbers|values|amounts|each|both|everything|it|them|to|with|at|up|using|in|on|the|nearest|exactly|only|just|be|rounded|round|given|shown|should|please) )*"
WHOLE = r"(?:whole|full|entire|round)(?:,| and)? (?:euros?|numbers?|dollars?|pounds?|cents?|units?|percent|figures?|integers?|days?|degrees?)|integers?|(?:euro|dollar|pound|integer|unit)s?"
OFALL = r"(?:(?:of|in|from) (?:the |our |all )*(?:whole|total|overall|grand total|entire|all|sum|overall total|complete|everything|it all|turnover|revenue|sales)(?: (?:{col}|amount|total|sum|revenue|sales|turnover))?|of (?:the )?{col})"
RANKS = {"second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4, "fifth": 5, "5th": 5}


def read_finish(script: Script, draft: Draft) -> None:
    """Take every mention of a finish."""
    _places(script, draft)
    _shares(script, draft)
    _running(script, draft)
    _changes(script, draft)
    _totals(script, draft)


def _places(script: Script, draft: Draft) -> None:
    patterns = (
        rf"{LEADS}{N} {DIGITS}(?: each| only)?(?: \))?",
        rf"{LEADS}rounded(?: up)?(?: off)? to (?:the )?(?:nearest )?(?P<w>{WHOLE}|cents?)(?: \))?",
        r"(?:\( )?(?:, )?(?:and )?(?:rounded )?(?:in|as|to) (?P<w>(?:whole|full) (?:euros?|numbers?|dollars?|pounds?|percent|units|degrees))(?: \))?",
        rf"{LEADS}(?P<w>without) (?:any )?(?:decimals?|decimal places|fractions|cents)(?: \))?",
        rf"{LEADS}rounded to (?P<z>{{num}}|one|two|three)(?: \))?(?= ?[.,;)]|$)",
    )
    for pattern in patterns:
        for m in script.find(pattern):
            count = _count(script, m)
            if count is None or ("places" in draft.tidy and draft.tidy["places"] != count):
                draft.doubts.append(f"{script.clause(m)!r} asks for rounding that is not clear")
            draft.tidy["places"] = count or 0
            script.take(m, "rounding")


def _count(script: Script, match: Match) -> int | None:
    if "w" in match.groups:
        word = script.words(match, "w")
        return 2 if word.startswith("cent") else 0
    word = script.words(match, "n" if "n" in match.groups else "z")
    return PLACES.get(word, int(word) if word.isdigit() and len(word) == 1 else None)


def _shares(script: Script, draft: Draft) -> None:
    """`and how much percent of the whole that is`, `with its share of the total`."""
    percent = r"(?:(?:how (?:much|many) )?(?:percent|%)|(?:what |the |their |its |a |each |which )*(?:percentage|per cent)(?: share)?|(?:what |the |their |its |a |which )*(?:percentage|percent|%)(?: -)? ?(?:share|column)?)"
    share = r"(?:what |the |their |its |a |each |which |relative )*(?:share|shares|proportion|portion|fraction|part)(?: in (?:percent|%))?"
    lead = r"(?:(?:and|with|plus|also|,|as well as|together with) )*"
    tail = r"(?: (?:that|this|it|they|each)(?: one)?(?: is| are| makes up| make up| represents?| has| contributes?)?| (?:is|are)| (?:(?:each|every|a|per) )?(?:{col}|{tab}) (?:accounts? for|makes? up|has|have|represents?|contributes?|holds?|brings? in))?(?: \( (?:in )?(?:percent|%) \))?"
    for pattern, kind in ((rf"{lead}{percent} {OFALL}{tail}", "percent"), (rf"{lead}{share} {OFALL}{tail}", "share")):
        for m in script.find(pattern):
            draft.tidy["share"] = (
                "percent" if kind == "percent" or "percent" in script.words(m) or "%" in script.words(m) else kind
            )
            columns = [t for t in script.tokens[m.first : m.last] if t.kind == "col"]
            if columns:
                draft.tidy["share_of"] = str(columns[-1].text)
                draft.shared = term_of(columns[-1])
            script.take(m, "share")
    if "share" in draft.tidy:
        for m in script.find(
            r"(?:the )?(?P<a>biggest|largest|highest|smallest|lowest) (?:share|percentage|proportion|portion)s? (?:first|on top|at the top)"
        ):
            draft.order.append(("measure", script.words(m, "a") not in ("smallest", "lowest")))
            script.take(m, "order")


def _running(script: Script, draft: Draft) -> None:
    for m in script.find(
        r"(?:(?:and|with|plus|also|,|as well as|together with|the|a|its|their) )*(?:running|cumulative|cumulated|rolling|accumulated) (?:total|sum|totals|sums|amount|balance|(?P<c>{col}))(?: (?:of|over) (?:the |these |all )*(?:{col}|months|weeks|days|year))?(?: column)?"
    ):
        draft.window = "running"
        for t in script.tokens[m.first : m.last]:
            if t.kind == "col":
                draft.shared = term_of(t)
        script.take(m, "running total")


def _changes(script: Script, draft: Draft) -> None:
    before = r"(?:the )?(?:previous|prior|preceding|last|one|month|week|year|quarter|day)(?: (?:month|week|year|quarter|day|one|period|before))*"
    against = rf"(?:(?:against|compared to|compared with|versus|vs|vs\.|from|to|over|on|relative to|with respect to|since) {before}|(?:from )?(?:month|week|year|quarter|day)(?: -)?(?: to| on| over| by)(?: -)? ?(?:month|week|year|quarter|day))"
    what = r"(?P<w>change|changes|difference|differences|increase|development|growth|growth rate)"
    unit = r"(?P<u>(?: \()? ?(?:in )?(?:percent|%|per cent)(?: \))?)"
    lead = r"(?:(?:and|with|plus|also|,|as well as|together with|the|a|its|their|column|for|absolute|percentage|percent|relative|%|month-over-month|month-on-month|year-over-year|year-on-year|week-over-week) )*"
    for pattern in (
        rf"{lead}{what}{unit}? {against}{unit.replace('<u>', '<v>')}?",
        rf"{lead}(?:month-over-month|month-on-month|year-over-year|year-on-year|week-over-week|mom|yoy) {what}{unit}?",
    ):
        for m in script.find(pattern):
            words = script.words(m)
            percent = any(w in words.split() or w in words for w in ("percent", "percentage", "%", "relative"))
            if "growth" in words and not percent:
                draft.doubts.append(f"whether {script.clause(m)!r} is meant in percent is not said")
            draft.window = "percent" if percent else "change"
            script.take(m, "change from period to period")


def _totals(script: Script, draft: Draft) -> None:
    """A line or a column of totals beside the figures."""
    lead = r"(?:(?:and|with|plus|also|,|as well as|add|adding|include|including|put|then|finally|at the end|at the bottom|below|underneath|last|have|has|should|there|be|a|an|the|in) )*"
    where = r"(?: (?:at the (?:bottom|end)|below|underneath|on the right|at the right|under it|in the last row|as (?:the )?last (?:row|line)))*"
    for m in script.find(
        rf"{lead}(?:(?:grand |overall )?totals?|sums?)(?: (?:row|line))(?P<c> (?:and|as well as) (?:a )?(?:total )?column)?{where}"
    ):
        draft.tidy["total_row"] = True
        if "c" in m.groups:
            draft.tidy["total_column"] = True
        script.take(m, "line of totals")
    for m in script.find(rf"{lead}(?:totals?|sums?) columns?(?: (?:and|as well as) (?:a )?(?:total )?(?P<r>row|line))?{where}"):
        draft.tidy["total_column"] = True
        if "r" in m.groups:
            draft.tidy["total_row"] = True
        script.take(m, "column of totals")
    for m in script.find(rf"{lead}(?:grand totals?|overall totals?|column totals?|row totals?|the totals){where}"):
        words = script.words(m)
        draft.tidy["total_column" if "row total" in words else "total_row"] = True
        script.take(m, "totals")
    if re.search(r"\b(?:columns?|rows?|across|pivot|matrix)\b", draft.clause.casefold()):
        each = r"(?:for |per |of |by )?(?:each|every|all|per) (?:{col}|{tab}|month|store|[a-z]+)"
        for m in script.find(
            rf"{lead}(?:totals|sums|a total|a sum) {each}(?: and(?: also)? (?:a total |a sum |totals |sums )?{each})?"
        ):
            draft.tidy["total_column"] = draft.tidy["total_row"] = True
            script.take(m, "totals")


def ranked_place(word: str) -> int:
    """Which place an ordinal word stands for."""
    return RANKS.get(word, 0)


def rules_of(draft: Draft, names: list[str]) -> dict[str, Json]:
    """What a result has to obey besides its values."""
    rules: dict[str, Json] = {}
    if "places" in draft.tidy:
        fine = [n for n in names if n.startswith(("~mean", "~share", "~computed", "~window", "~median"))]
        rules |= {"places": draft.tidy["places"], "rounded": [*names], "either": [n for n in names if fine and n not in fine]}
    for key in ("total_row", "total_column"):
        if draft.tidy.get(key):
            rules[key] = True
    return rules
