"""Measures: aggregates, keys, order, top-n and the columns to keep."""

import re

from arkwright.verifier.lexicon import AGGREGATES, LABELS, NUMBERS, PERIODS, additive, number_of
from arkwright.verifier.reader.draft import Draft, Measure, Term, term_of, terms_of
from arkwright.verifier.script import Match, Script, Token

AGG = "(?:" + "|".join(sorted((w.replace(" ", r" ") for w in AGGREGATES), key=len, reverse=True)) + ")"
PERIOD = "(?:" + "|".join(sorted(PERIODS, key=len, reverse=True)) + ")"
SMALL = "|".join(w for w in NUMBERS if w not in ("zero",))
UP = {"cheapest": "price", "lowest": "", "smallest": "", "fewest": "", "least": "", "oldest": "date", "earliest": "date", "soonest": "date", "shortest": "duration", "alphabetically": "text",
      "lightest": "", "slowest": ""}  # fmt: skip
DOWN = {"most expensive": "price", "priciest": "price", "dearest": "price", "highest": "", "largest": "", "biggest": "", "most": "", "newest": "date", "latest": "date", "most recent": "date",
        "longest": "duration", "best": "", "greatest": "", "top": "", "best-selling": "", "best selling": "", "heaviest": "", "busiest": "", "most frequent": "", "most common": ""}  # fmt: skip
ADJECTIVE = "(?:" + "|".join(sorted([*UP, *DOWN], key=len, reverse=True)) + ")"
KEY = rf"(?:(?:each|every|the|calendar) )*(?:{{col}}|{{tab}}|{PERIOD})(?: (?:code|name|type|address))?"
KEYS = rf"{KEY}(?:(?: ,)?(?: and)?(?: per| by| for each| &| x)? {KEY})*"


def read_measures(script: Script, draft: Draft) -> None:
    """Take aggregates, then keys, order, top-n and columns."""
    _derived(script, draft)
    _pivot(script, draft)
    _columns_as_list(script, draft)
    _order(script, draft)
    _counts(script, draft)
    _changes(script, draft)
    _who(script, draft)
    _superlatives(script, draft)
    _best(script, draft)
    _aggregates(script, draft)
    _best(script, draft)
    _named_sums(script, draft)
    _bare(script, draft)
    _top(script, draft)
    _keys(script, draft)
    _keep(script, draft)
    _references(script, draft)
    _again(script, draft)
    _spent(script, draft)


def _references(script: Script, draft: Draft) -> None:
    """`the daily means`: a word for what has been asked for already."""
    for m in script.find(
        r"(?:the |these |those )?(?:daily |monthly |weekly |· )?(?P<a>means|averages|medians|totals|sums|counts)"
    ):
        fn = {"means": "mean", "averages": "mean", "medians": "median", "counts": "count"}.get(script.words(m, "a"), "sum")
        if any(x.fn == fn for x in draft.measures):
            script.take(m, "what was asked for already")


def _changes(script: Script, draft: Draft) -> None:
    """`the three largest changes`: from one period to the next, within each other key."""
    for m in script.find(
        rf"(?:and )?(?:the )?(?P<n>{{num}}|{SMALL}) (?:largest|biggest|greatest|strongest)(?: (?:month-on-month|month-over-month|monthly|absolute))? (?:changes|swings|moves|movements)(?: from (?:one )?month to (?:the next|month)| between months| month (?:by|on|over) month)?"
    ):
        draft.tidy["changes"] = int(number_of(script.words(m, "n")) or 0)
        script.take(m, "changes")


def _derived(script: Script, draft: Draft) -> None:
    for words, op in (
        (r"(?:times|multiplied by|x|\*)", "mul"),
        (r"(?:minus|less|-|–)", "sub"),
        (r"(?:plus|\+)", "add"),
        (r"(?:divided by|over|/)", "div"),
    ):
        for m in script.find(
            rf"(?:is |as |= |\( |meaning )?(?P<a>{{col}}) {words} (?:the )?(?P<b>{{col}})(?: of (?:the |their |all )*(?:{{tab}}|{{col}}|items|lines|positions|rows|orders))?(?: \))?"
        ):
            draft.derived["computed"] = (op, [term_of(script.tokens[m.groups[g][0]]) for g in ("a", "b")])
            script.take(m, "derived")
    for m in script.find(
        r"(?:(?:the )?(?:number of|how many) days|(?:the )?days|duration|length|time)(?: it took| passed| elapsed| in days)* (?:between|from) (?:the )?(?P<a>{col}) (?:and|to|until) (?:the )?(?P<b>{col})"
    ):
        draft.derived["computed"] = ("days", [term_of(script.tokens[m.groups[g][0]]) for g in ("b", "a")])
        script.take(m, "derived")

    for m in script.find(
        r"(?:\( )?(?:counting |counted |measured |calculated |i\.e\. )?(?:from|between) (?:the )?(?P<a>{col}) (?:to|until|till|and) (?:the )?(?P<b>{col})(?: \))?"
    ):
        if all(draft.is_date(script.tokens[m.groups[g][0]]) for g in ("a", "b")):
            draft.derived["computed"] = ("days", [term_of(script.tokens[m.groups[g][0]]) for g in ("b", "a")])
            script.take(m, "derived")
    for m in script.find(
        r"(?:with |and |plus )*(?:the )?(?:number of days|duration in days|duration|length in days|how many days (?:it|they|each) (?:lasted|took))"
    ):
        draft.tidy["keep_computed"] = True
        script.take(m, "duration")


def _pivot(script: Script, draft: Draft) -> None:
    side = r"(?:down the side|as (?:the )?rows?|in (?:the )?rows?|on the left|down|as row labels|in the rows)"
    across = r"(?:across the top|as (?:the )?columns?|in (?:the )?columns?|across|on top|as column headers|at the top)"
    for m in script.find(r"(?:a )?(?:pivot|pivot table|cross table|crosstab|matrix|cross-tab)(?: table)?"):
        draft.tidy["pivot"] = True
        script.take(m, "pivot")
    for m in script.find(rf"(?:with |have )?(?:the )?(?:[a-z]+ )?(?P<k>{KEY}) {side}"):
        draft.keys += _terms(script, m, "k")
        script.take(m, "rows of the pivot")
    for m in script.find(rf"(?:and )?(?:the )?(?:[a-z]+ )?(?P<k>{KEY}) {across}"):
        if not (draft.tidy.get("pivot") or draft.keys):
            continue
        draft.across = _terms(script, m, "k")[0]
        script.take(m, "columns of the pivot")
    for m in script.find(r"in (?:the |its )?cells"):
        script.take(m, "cells of the pivot")


def _terms(script: Script, match: Match, group: str) -> list[Term]:
    out: list[Term] = []
    for token in script.group(match, group):
        low = token.text.casefold()
        if token.kind == "col":
            term = term_of(token)
            out.append(
                Term(pairs=term.pairs, period=PERIODS[low] if low in ("date", "day") and low in PERIODS else "", text=low)
                if low in ("date", "day")
                else term
            )
        elif token.kind == "tab":
            out.append(Term(text=low, derived="entity:" + "|".join(v[0] for v in token.value)))
        elif low in PERIODS and low not in ("the",):
            out.append(Term(period=PERIODS[low], text=low))
    if " ".join(t.text.casefold() for t in script.group(match, group)).endswith("day of the week"):
        out = [t for t in out if t.period not in ("day", "week")] + [Term(period="weekday", text="weekday")]
    return out


def _counts(script: Script, draft: Draft) -> None:
    for m in script.find(
        r"(?:how many|(?:the )?(?:number|count) of|count(?: the)?) (?:different|distinct|unique) (?P<c>{col})(?:s)?"
    ):
        draft.measures.append(Measure("distinct", term_of(script.tokens[m.groups["c"][0]]), script.clause(m)))
        script.take(m, "measure")
    noun = r"(?:{tab}|{col}|{file}|orders|rows|records|entries|requests|items|lines|files|people|times|hits|employees|customers|visits|occurrences|words|products|tickets|books|readings|contacts|rentals|transactions|sales)"
    for m in script.find(
        rf"(?:and )?(?:how many|how often|(?:the )?(?:total )?(?:number|count) of(?: all)?|count(?: of)?(?: the)?)(?: (?P<x>{noun}))?(?: there)?(?: (?:are|were|is|do|did|have|there|we|each))*"
    ):
        x = script.tokens[m.groups["x"][0]] if "x" in m.groups else None
        inner = x is not None and x.kind == "col" and x.text.casefold() in ("lines", "bytes", "units", "pages")
        draft.measures.append(
            Measure("sum", term_of(x), script.clause(m)) if inner and x else Measure("count", None, script.clause(m), _noun(x))
        )
        if "x" in m.groups and script.tokens[m.groups["x"][0]].kind == "tab":
            draft.entity += [v[0] for v in script.tokens[m.groups["x"][0]].value]
        script.take(m, "measure")
    for m in script.find(r"(?:and )?(?:the )?(?:headcount|head count|number of people|number of heads)"):
        draft.measures.append(Measure("count", None, script.clause(m)))
        script.take(m, "measure")
    for m in script.find(r"(?:with |and )?(?:their |the )?counts?(?: each)?"):
        if not draft.measures:
            draft.measures.append(Measure("count", None, script.clause(m)))
        script.take(m, "measure")


def _noun(token: Token | None) -> Term | None:
    """What is counted: a column, or a word that may be one's name."""
    if token is None or token.kind == "file":
        return None
    ids = "entity:" + "|".join(str(v[0]) for v in token.value) if token.kind == "tab" else ""
    return term_of(token) if token.kind == "col" else Term(text=token.text, derived=ids)


def _aggregates(script: Script, draft: Draft) -> None:
    for m in script.find(rf"(?P<a>{AGG})(?P<more>(?:(?: , and| ,| and) {AGG})+)(?: of(?: the)?)? (?P<c>{{col}})"):
        term = term_of(script.tokens[m.groups["c"][0]])
        for token in [*script.group(m, "a"), *script.group(m, "more")]:
            if token.text.casefold() in AGGREGATES:
                draft.measures.append(Measure(AGGREGATES[token.text.casefold()], term, script.clause(m)))
        script.take(m, "measure")
    for m in script.find(
        rf"(?:the )?(?P<a>{AGG}|total up|add up)(?: (?:of|the|all|up|our|order|orders|sales|value|per order|money|number|{{tab}}))* (?P<c>{{col}})(?: (?:value|values|total|amount|figures?|numbers?))?(?P<more>(?: (?:,|and) {AGG}(?: of the)?(?: {{col}})?)*)(?! first)"
    ):
        words = [w for w in script.words(m, "a").split() if w in AGGREGATES] or ["total"]
        draft.measures.append(Measure(AGGREGATES[words[0]], term_of(script.tokens[m.groups["c"][0]]), script.clause(m)))
        _more(script, draft, m)
        script.take(m, "measure")
    for m in script.find(r"(?P<c>{col}) (?P<a>totals?|sums?|averages?|means?)"):
        draft.measures.append(
            Measure(AGGREGATES[script.words(m, "a")], term_of(script.tokens[m.groups["c"][0]]), script.clause(m))
        )
        script.take(m, "measure")
    for m in script.find(
        r"(?:have |has )?(?:spent|earned|sold|made|bought|brought in|brought|generated|paid|ordered for)(?: us)?(?: the)? (?:most|least)(?: money)?(?: in (?:total|sum|all))?(?: overall| altogether)?"
    ):
        if "computed" in draft.derived or draft.measures:
            if not draft.measures:
                draft.measures.append(Measure("sum", Term(derived="computed"), script.clause(m)))
            draft.rank.append(("measure", "least" not in script.words(m)))
            script.take(m, "measure and order")


def _more(script: Script, draft: Draft, match: Match) -> None:
    if "more" not in match.groups:
        return
    last = draft.measures[-1].term
    tokens = script.group(match, "more")
    for i, token in enumerate(tokens):
        if token.text.casefold() in AGGREGATES:
            named = next((term_of(t) for t in tokens[i + 1 : i + 4] if t.kind == "col"), last)
            draft.measures.append(Measure(AGGREGATES[token.text.casefold()], named, script.clause(match)))


def _keys(script: Script, draft: Draft) -> None:
    for m in script.find(
        rf"(?:grouped |group (?:it |them )?|broken down |split (?:up )?|split|summed |summarised |summarized |separately )?(?:per|by|for each|for every|in each|on each|in every|each|of each|across|for all) (?P<k>{KEYS})(?! (?:{ADJECTIVE}))"
    ):
        terms = [t for t in _terms(script, m, "k") if t not in draft.keys]
        if draft.top and draft.tidy.get("rank_rows") and (not draft.measures or draft.tidy.get("entity")):
            draft.per += terms
        else:
            draft.keys += terms
        script.take(m, "key")
    for m in script.find(
        r"(?:and |, )*which (?P<k>{col}) (?:were|are|was|is|did|do) (?:they|those|these|the requests?)(?: (?:for|about|in|from|to|on|of|go to|come from))*"
    ):
        draft.keys += [t for t in _terms(script, m, "k") if t not in draft.keys]
        script.take(m, "key")
    for word in ("monthly", "daily", "weekly", "quarterly", "yearly", "annual", "hourly"):
        for m in script.find(rf"{word}"):
            if Term(period=PERIODS[word], text=word) not in draft.keys and not any(k.period == PERIODS[word] for k in draft.keys):
                draft.keys.append(Term(period=PERIODS[word], text=word))
            script.take(m, "key")


def _order(script: Script, draft: Draft) -> None:
    ways = r"(?P<w>descending|desc|ascending|asc|from high(?:est)? to low(?:est)?|from low(?:est)? to high(?:est)?|highest first|lowest first|largest first|biggest first|smallest first|newest first|oldest first|latest first|earliest first|in descending order|in ascending order|alphabetically)"
    for m in script.find(
        rf"(?:(?:and )?(?:sort|sorted|order|ordered|rank|ranked|arrange|arranged|sorting)(?: (?:it|them|that|this|the|rows|result|results|list|table|·))*) (?:by|on) (?:the )?(?P<c>{{col}}|{PERIOD}|count|counts|total|totals|amount)(?: (?:and then|then|and) (?:by )?(?P<d>{{col}}))?(?: ,)?(?: \()?(?: in)?(?: {ways})?(?: order)?(?: \))?"
    ):
        down = _descending(script.words(m, "w")) if "w" in m.groups else script.words(m).startswith(("rank", "and rank"))
        token = script.tokens[m.groups["c"][0]]
        target: Term | str = (
            term_of(token) if token.kind == "col" else "measure" if token.text.casefold() not in PERIODS else "period"
        )
        draft.order.append((target, down))
        if "d" in m.groups:
            draft.order.append((term_of(script.tokens[m.groups["d"][0]]), down))
        script.take(m, "order")
    for m in script.find(
        rf"(?:with |starting with )?(?:the )?(?P<a>{ADJECTIVE})(?: (?P<c>(?:(?:total|sum of|summed|overall|average|mean|number of)(?: the)? )?(?:{{col}}|{{tab}}|orders)|one|ones|total|count|value|sum|amount|revenue|turnover|share|portion|percentage))? (?:first|at the top|on top|to (?:the )?(?:lowest|highest|cheapest|newest|oldest|smallest|latest))"
    ):
        named = script.first(m, "c") if "c" in m.groups else None
        things = named is not None and named.kind == "col" and not (draft.is_number(named) or draft.is_date(named))
        draft.order.append((_of_things(script, m), script.words(m, "a") in DOWN) if things else _adjective(script, m))
        script.take(m, "order")
    for m in script.find(
        r"(?:(?:sort|sorted|order|ordered|list|listed|in) )?(?:it |them )?(?:in )?(?:alphabetical(?:ly)?(?: order)?|a to z|a-z)(?: by (?:the )?(?P<c>{col}))?"
    ):
        draft.order.append((term_of(script.tokens[m.groups["c"][0]]) if "c" in m.groups else "text", False))
        script.take(m, "order")
    for m in script.find(r"(?:sorted |sort )?(?:in )?(?P<w>descending|ascending|descending order|ascending order)(?: order)?"):
        draft.order.append(("measure", script.words(m, "w").startswith("desc")))
        script.take(m, "order")


def _of_things(script: Script, match: Match) -> Term | str:
    """`best rep on top`: by what the reps made, not by their names."""
    return "made" if script.words(match, "a") in ("best", "strongest", "top") else "measure"


def _descending(words: str) -> bool:
    return any(
        w in words
        for w in ("desc", "from high", "highest first", "largest first", "biggest first", "newest first", "latest first")
    )


def _adjective(script: Script, match: Match) -> tuple[Term | str, bool]:
    word = script.words(match, "a")
    down = word in DOWN
    tokens = script.group(match, "c") if "c" in match.groups else []
    words = [t.text.casefold() for t in tokens]
    token = next((t for t in tokens if t.kind == "col"), None)
    if words[:1] in (["number"], ["count"]):
        return "count", down
    if words and words[0] in ("sum", "amount", "revenue", "turnover") and token is None:
        return "made", down
    if token is not None:
        return term_of(token), down
    hint = DOWN.get(word, UP.get(word, ""))
    return hint or "measure", down


def _top(script: Script, draft: Draft) -> None:
    n = rf"(?P<n>{{num}}|{SMALL})"
    noun = r"(?:(?:of )?(?:the |our |my )?(?P<x>{col}|{tab}|{file}|[a-z]+) )?"
    patterns = [
        rf"(?:the |our |only the )?top (?:- )?{n} {noun}(?:(?:by|with the (?:highest|most)|in terms of|according to) (?:the )?(?P<c>{{col}}|count))?",
        rf"(?:the |our |which |only the )*{n} (?P<a>{ADJECTIVE}) {noun}(?:· |from · |in · |of · )*(?:\\( )?(?:by (?:the |their )?(?P<c>{{col}}))?(?: \\))?",
        rf"(?:the |our |which )*(?P<a>{ADJECTIVE}) {n} {noun}(?:by (?P<c>{{col}}))?",
        rf"(?:the |our |which |those )*{n} (?P<x>{{col}}|{{tab}}|[a-z]+) (?:with (?:the )?(?P<a>{ADJECTIVE}) (?P<c>{{col}})?|(?:that |who )?(?:have |has )?(?:hit|visited|called|ordered|bought|appear|appeared|occur|occurred|requested)(?: us)?(?: the)? (?P<b>most|least)(?: often)?)",
    ]
    for pattern in patterns:
        for m in script.find(pattern):
            count = number_of(script.words(m, "n"))
            if count is None or draft.top:
                continue
            draft.top = int(count)
            draft.tidy["rank_rows"] = True
            _top_order(script, draft, m)
            script.take(m, "top")
    for m in script.find(
        rf"which {n} (?P<x>{{col}}|{{tab}})(?: (?:have|has|had|with|show|got|made|are|were)(?: the)? (?P<a>{ADJECTIVE}))?"
    ):
        if "a" in m.groups:
            draft.rank.append(_adjective(script, m))
            draft.tidy["superlative"] = script.words(m, "a")
        draft.top = int(number_of(script.words(m, "n")) or 0)
        _top_entity(script, draft, m)
        script.take(m, "top")
    for m in script.find(
        rf"(?:which|what|whose|who)(?: (?P<x>{{col}}|{{tab}}|{PERIOD}))? (?:is|was|are|were|has|had|have|brought in|got|shows|sold|made|earned|generated|gave|used|produced|took)(?: us)?(?: the)? (?P<a>{ADJECTIVE})(?: (?P<c>{{col}}))?"
    ):
        if not draft.top:
            draft.top = 1
            _top_order(script, draft, m)
            script.take(m, "top")


def _who(script: Script, draft: Draft) -> None:
    """`who has the most of them`: rows counted by the person who stands in them."""
    for m in script.find(
        r"(?:and |, )*who (?:has|have|got|had|owns) (?:the )?(?P<a>most|fewest|least)(?: of (?:them|these|those))?"
    ):
        if draft.top:
            continue
        draft.top = 1
        draft.keys.append(Term(derived="person", text="who"))
        draft.measures.append(Measure("count", None, script.clause(m)))
        draft.rank.append(("measure", script.words(m, "a") == "most"))
        script.take(m, "who")


def _superlatives(script: Script, draft: Draft) -> None:
    """`which order has the highest amount`: the one row, or thing, that comes first by a column."""
    for m in script.find(
        rf"(?:which|what|whose) (?P<x>{{col}}|{{tab}}|[a-z]+) (?:is|was|has|had|have|shows|got|with) (?:the )?(?P<a>{ADJECTIVE}) (?P<c>{{col}})"
    ):
        if draft.top or script.words(m, "x") in ("is", "was", "are"):
            continue
        draft.top = 1
        draft.tidy["rank_rows"] = True
        _top_order(script, draft, m)
        script.take(m, "superlative")


def _best(script: Script, draft: Draft) -> None:
    """`the best rep in every region by total amount`, `the month with the highest total amount`: sums compared, the first one taken."""
    each = rf"(?:(?:in|of|per|for|by) (?:each |every |the )*)(?P<g>{{col}}|{PERIOD})"
    sums = r"(?:(?:total|overall|summed|the|sum|of) )*(?P<c>{col})"
    thing = rf"(?:{{col}}|{PERIOD})"
    n = rf"(?P<n>{{num}}|{SMALL})"
    worst = r"(?P<a>best|top|strongest|worst|weakest|best[ -]selling)"
    for m in script.find(
        rf"(?:the |our |only |which is |what is |what's |what was )*(?:{n} )?{worst}(?: {n.replace('<n>', '<n2>')})? (?P<x>{thing})(?: {each})? (?:by|in terms of|according to|measured by) {sums}(?: {each.replace('<g>', '<g2>')})?"
    ):
        _pick_best(script, draft, m, script.words(m, "a") not in ("worst", "weakest"))
    for m in script.find(
        rf"(?:(?:for|in|per) (?P<g>{{col}}) )?(?:only )?(?:the |our )*(?:{n} )?(?P<x>{thing}) with (?:the )?(?P<a>highest|largest|biggest|lowest|smallest|most|least) (?:total|overall|summed|sum of)(?: the)? (?P<c>{{col}})(?: {each.replace('<g>', '<g2>')})?"
    ):
        _pick_best(script, draft, m, script.words(m, "a") in DOWN)
    for m in script.find(
        rf"(?:which|what|whose) (?P<x>{thing}) (?:has|had|have|is|was|shows|got|with|made|makes|brought in|brings in) (?:the )?(?P<a>highest|largest|biggest|lowest|smallest|most|least) (?:total|overall|summed) (?P<c>{{col}})"
    ):
        _pick_best(script, draft, m, script.words(m, "a") in DOWN)
    for m in script.find(rf"(?:the |our )*{worst} (?P<x>{thing})(?: {each})?(?: by total)?(?= |$)"):
        if any(x.fn == "sum" for x in draft.measures) or "total" in script.words(m):
            _pick_best(script, draft, m, script.words(m, "a") not in ("worst", "weakest"))
    for m in script.find(
        rf"(?:what|which|when) (?:(?P<x>{thing}) )?(?:is|was|are) (?:the |our )*(?P<a>busiest|quietest|most frequent|most common)(?: (?P<x2>{thing}))?|(?:the |our )*(?P<a2>busiest|quietest) (?P<x3>{thing})"
    ):
        _busiest(script, draft, m)


def _busiest(script: Script, draft: Draft, match: Match) -> None:
    """The period, or thing, of which there are the most rows."""
    group = next((g for g in ("x", "x2", "x3") if g in match.groups), "")
    if draft.top or not group:
        return
    draft.top = 1
    draft.tidy["rank_rows"] = draft.tidy["entity"] = True
    draft.keys += [t for t in _terms(script, match, group) if t not in draft.keys]
    if not draft.measures:
        draft.measures.append(Measure("count", None, script.clause(match)))
    draft.rank.append(("measure", "quietest" not in script.words(match)))
    script.take(match, "busiest")


def _pick_best(script: Script, draft: Draft, match: Match, down: bool) -> None:
    terms = _terms(script, match, "x")
    if draft.top:
        if terms and all(t in draft.keys for t in terms):
            script.take(match, "said again")
        return
    counted = next((number_of(script.words(match, g)) for g in ("n", "n2") if g in match.groups), None)
    draft.top = int(counted) if counted else 1
    draft.tidy["rank_rows"] = draft.tidy["entity"] = True
    draft.keys += [t for t in _terms(script, match, "x") if t not in draft.keys]
    for group in ("g", "g2"):
        if group in match.groups:
            draft.per += _terms(script, match, group)
    if "c" in match.groups:
        draft.measures.append(Measure("sum", term_of(script.tokens[match.groups["c"][0]]), script.clause(match)))
    draft.rank.append(("measure", down))
    script.take(match, "best")


def _bare(script: Script, draft: Draft) -> None:
    """`amount per month`, `the daily mean`: what is added up, or of what, when only one thing can be meant."""
    if any(m.fn != "count" for m in draft.measures) or draft.dedupe or draft.derived:
        return
    for m in script.find(rf"(?P<c>{{col}}) (?=(?:per|by|for each|for every|each|of each|of every) (?:{{col}}|{{tab}}|{PERIOD}))"):
        token = script.tokens[m.groups["c"][0]]
        if draft.is_number(token) and all(additive(str(v[1])) for v in token.value):
            draft.measures.append(Measure("sum", term_of(token), script.clause(m)))
            script.take(m, "measure")
            return
    names = {n for n in draft.numeric if not set(re.split(r"[_ .]", n[1].casefold())) & LABELS}
    for m in script.find(
        r"(?:the )?(?:(?P<p>daily|monthly|weekly|quarterly|yearly|hourly) )?(?P<a>mean|means|average|averages|median|medians)(?= |$)"
    ):
        if len(names) == 1 and not draft.measures:
            pair = next(iter(names))
            fn = {"means": "mean", "averages": "mean", "average": "mean", "medians": "median"}.get(
                script.words(m, "a"), script.words(m, "a")
            )
            draft.measures.append(Measure(fn, Term(pairs=(pair,), text=pair[1]), script.clause(m)))
            if "p" in m.groups:
                draft.keys.append(Term(period=PERIODS[script.words(m, "p")], text=script.words(m, "p")))
            script.take(m, "measure")
            return


def _again(script: Script, draft: Draft) -> None:
    """A column named once more in a list, that is a key already or what is computed."""
    if not draft.measures and not draft.keep:
        return
    known = [t.pairs for t in [*draft.keys, *draft.per, *([draft.across] if draft.across else [])] if t.pairs]
    known += [m.term.pairs for m in draft.measures if m.term and m.fn == "sum"]
    if not draft.measures:
        known = [t.pairs for t in draft.keep]
    near = {",", "(", ")", ":", "and", "&", "+", "with", "columns", "column", "·"}
    shown = {"the", "its", "their", "which", "what", "a", "an", "all", "shows", "states", "contains", "of", "our"}
    ends = {"", ".", "as", "in", "to", "into", ";", "?", "for", "have", "has", "had", "is", "are"}
    for i, token in enumerate(script.tokens):
        if token.kind != "col" or i in script.taken or not any(set(term_of(token).pairs) & set(k) for k in known):
            continue
        before = "·" if i and i - 1 in script.taken else script.tokens[i - 1].text.casefold() if i else ""
        after = "" if i + 1 >= len(script.tokens) else "·" if i + 1 in script.taken else script.tokens[i + 1].text.casefold()
        if before in near | shown and (after in near or after in ends):
            script.taken[i] = "named again"


def _spent(script: Script, draft: Draft) -> None:
    """`their names and what each of them spent`: the things ranked and the sum that they are ranked by."""
    if not (draft.keys and draft.measures and draft.top):
        return
    name = r"(?:(?:with|containing|contains|has|and|only|the|their|its|:) )*(?:names?|{col})"
    spent = r"(?:(?:the|what|how much|plus|and|with|,|sum|total|amount|money|value|revenue|figure) )+(?:(?:each|every one|of|them|they|he|she|it|has|have|had|customer|{tab}|{col}) )*(?:spent|paid|bought for|made|earned|brought(?: in)?)"
    for m in script.find(rf"{name}(?: ,)? {spent}|{spent}"):
        script.take(m, "named again")


def _named_sums(script: Script, draft: Draft) -> None:
    """`revenue per city (qty * price)`: the name of a derived value, added up."""
    if "computed" not in draft.derived or any(m.term for m in draft.measures):
        return
    names = r"(?:the )?(?P<agg>total |average |overall |summed |combined )?(?:stock value|inventory value|total value|order value|sales value|revenue|turnover|sales|value|values|spend|spending|amount|cost|costs|profit|margin|worth)"
    for m in script.find(names):
        fn = "mean" if "average" in script.words(m) else "sum"
        draft.tidy["named"] = True
        if draft.rank and not draft.keys:
            draft.tidy["keep_computed"] = True
        else:
            draft.measures.append(Measure(fn, Term(derived="computed"), script.clause(m)))
        script.take(m, "measure")
        return


def _top_order(script: Script, draft: Draft, match: Match) -> None:
    word = script.words(match, "a") if "a" in match.groups else script.words(match, "b") if "b" in match.groups else "top"
    down = word in DOWN or word == "most"
    token = script.first(match, "c") if "c" in match.groups else None
    _top_entity(script, draft, match)
    if token is not None and token.kind == "col":
        draft.rank.append((term_of(token), down))
    elif "b" in match.groups and not draft.measures:
        draft.measures.append(Measure("count", None, script.clause(match)))
        draft.rank.append(("measure", down))
    else:
        draft.rank.append((DOWN.get(word, UP.get(word, "")) or "measure", down))
    draft.tidy["superlative"] = word


def _top_entity(script: Script, draft: Draft, match: Match) -> None:
    token = script.first(match, "x") if "x" in match.groups else None
    if token is None:
        return
    if token.kind == "col":
        draft.tidy["entity"] = True
        draft.keys += [t for t in terms_of([token]) if t not in draft.keys]
    elif token.kind == "tab":
        draft.keys.append(Term(text=token.text.casefold(), derived="entity:" + "|".join(v[0] for v in token.value)))
    elif token.text.casefold() in PERIODS:
        draft.keys.append(Term(period=PERIODS[token.text.casefold()], text=token.text.casefold()))
    elif token.text.casefold() == "ones" and draft.measures and (noun := draft.measures[-1].noun) and noun.pairs:
        draft.measures[-1] = Measure("count", None, draft.measures[-1].clause)
        draft.keys.append(noun)
    elif token.kind == "word":
        draft.tidy["noun"] = token.text.casefold()


ITEM = rf"(?:the |its |their )?(?:{{col}}|total spent|total|count|number|(?:{AGG}) {{col}})"
LIST = rf"{ITEM}(?: , (?:and )?{ITEM})*(?: ,? ?(?:and|&) {ITEM})*"


def _columns_as_list(script: Script, draft: Draft) -> None:
    for m in script.find(
        r"(?:with )?(?:all|every)(?: of)?(?: the| its| their)? columns?(?: (?:are |should |must |to |be )*(?:kept|stay|remain|included))?(?: exactly)?(?: as (?:they are|is|before))?|(?:keep|keeping) (?:all|every)(?: the)? columns?(?: as (?:they are|is))?|whole rows|complete rows|full rows"
    ):
        draft.whole = True
        script.take(m, "all columns")


def _keep(script: Script, draft: Draft) -> None:
    lists = [
        rf"(?:i want |i need |keep |keeping |with |and )?(?:only |just )?(?:the )?(?P<k>{LIST}) as (?:the )?(?:columns?|headers?|fields)",
        rf"(?:with |only |just |keep |keeping |the |and )*(?:columns?|fields?|headers?)(?: (?:only|are|should be|being|for))*(?: :)? (?P<k>{LIST})",
        rf"(?P<k>{LIST}) only",
        rf": (?P<k>{LIST})",
        rf"(?:they are|these are|which are|namely|i\.e\.|being|consisting of|consists of|stating|naming|giving|holding) (?P<k>{LIST})",
        rf"\( (?P<k>{LIST}) \)",
        rf"(?:only|just|keep|keeping|with|query|save|write|give me|i want|i need|containing|showing|showing me|show|list|need|want|include|including)(?: only| just| me| the)* (?P<k>{LIST})",
        rf"(?P<k>{LIST})(?= ,? ?(?:·|$))",
    ]
    for pattern in lists:
        for m in script.find(pattern):
            terms = terms_of(script.group(m, "k"))
            if not terms or (len(terms) < 2 and "total" not in script.words(m, "k") and pattern is lists[-1]):
                continue
            draft.keep += [t for t in terms if t not in draft.keep]
            draft.tidy["soft"] = script.words(m).startswith("with ") and "column" not in script.words(m)
            if any(w in script.words(m, "k").split() for w in ("total", "count", "number")):
                draft.tidy["keep_measure"] = True
            script.take(m, "columns")
