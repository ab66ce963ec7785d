"""Filters: restrictions of rows, each taken from the script with its exact boundary."""

import re
from datetime import date, timedelta
from decimal import Decimal
from typing import cast

from arkwright.core.json import Json, Object
from arkwright.verifier.lexicon import ABOVE, BELOW, LEAST, MEASURES, MOST, UNITS, number_of
from arkwright.verifier.reader.draft import Draft, Term, term_of
from arkwright.verifier.script import Match, Script, Token

NUMBER_WORD = "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|fifty"
NUM = rf"(?:{{num}}|{NUMBER_WORD})"
IS = r"(?:(?:is|are|was|were|being|stands|lies|of|value|at|with|that|which|has|have|a|an|the|strictly) )*"
NOT = r"(?:not|except|except for|excluding|excluded|without|other than|but not|isn't|aren't|is not|are not|wasn't|!=|leave out|leaving out|ignore|ignoring|skip|skipping|apart from|no|but(?! only| just| please| also))"


def read_filters(script: Script, draft: Draft) -> None:
    """Take every restriction that the script holds."""
    _columns_compared(script, draft)
    _stock_limits(script, draft)
    _between(script, draft)
    for words, op in ((LEAST, "ge"), (MOST, "le"), (ABOVE, "gt"), (BELOW, "lt")):
        _bounded(script, draft, words, op)
    _bounded_after(script, draft)
    _dates(script, draft)
    _stock(script, draft)
    _blanks(script, draft)
    _texts(script, draft)
    _ticks(script, draft)
    _codes(script, draft)
    _equals(script, draft)
    _values(script, draft)


def _add(script: Script, draft: Draft, match: Match, terms: list[Term], cond: Object) -> None:
    draft.filters.append((terms, cond))
    script.take(match, "filter")


def _amount(token: Token | None) -> Json:
    value = number_of(token.text) if token else None
    return None if value is None else str(value)


def _columns_compared(script: Script, draft: Draft) -> None:
    for words, op in (
        (r"(?:at or below|at or under|no more than|<=)", "le"),
        (r"(?:at or above|>=|at least)", "ge"),
        (ABOVE, "gt"),
        (BELOW, "lt"),
    ):
        for m in script.find(rf"(?P<a>{{col}}) {IS}{words} (?:(?:its|their|the|own) )*(?P<b>{{col}})"):
            left, right = term_of(script.tokens[m.groups["a"][0]]), term_of(script.tokens[m.groups["b"][0]])
            _add(script, draft, m, [left, right], {"op": op, "pair": True})


def _stock_limits(script: Script, draft: Draft) -> None:
    """`below their reorder level`: the stock against a limit that stands in another column."""
    for words, op in ((r"(?:at or below|at or under)", "le"), (BELOW, "lt"), (ABOVE, "gt")):
        for m in script.find(
            rf"(?:that |which )?{IS}(?:have )?(?:fallen |dropped )?{words} (?:its|their|the) (?:own )?(?P<b>{{col}})"
        ):
            token = script.tokens[m.groups["b"][0]]
            if re.search(r"reorder|re-order|minimum|\bmin\b|safety|threshold", token.text.casefold()) and draft.is_number(token):
                named: Json = ["qty", "quantity", "stock"]
                _add(script, draft, m, [term_of(token)], {"op": op, "limit": True, "named": named})


def _between(script: Script, draft: Draft) -> None:
    for m in script.find(rf"(?P<c>{{col}}) {IS}(?:between|from) (?P<a>{NUM}) (?:and|to) (?P<b>{NUM})"):
        low, high = _amount(script.first(m, "a")), _amount(script.first(m, "b"))
        _add(script, draft, m, [term_of(script.tokens[m.groups["c"][0]])], {"op": "between", "value": [low, high]})
    for m in script.find(r"(?:dated )?(?:between|from) (?P<a>{date}) (?:and|to|until|till|through) (?P<b>{date})"):
        first, last = script.tokens[m.groups["a"][0]], script.tokens[m.groups["b"][0]]
        if "month" in (first.value[0], last.value[0]) or "quarter" in (first.value[0], last.value[0]):
            _add(script, draft, m, [], {"op": "months", "value": [first.value[1], last.value[1]]})
        else:
            _add(script, draft, m, [], {"op": "dates", "value": [first.value[0], last.value[1]]})


def _bounded(script: Script, draft: Draft, words: str, op: str) -> None:
    if op in ("ge",):
        words = words.replace("|from", "")
    for m in script.find(
        rf"(?:whose |where |with |having |have |has |gets |get |earns |earn |receives |receive )?(?:the |an |a )?(?P<c>{{col}}) {IS}(?:worth )?{words} (?P<n>{NUM})(?: days| eur| euros| dollars| percent| degrees| bytes)?(?: or (?P<more>more|less|above|below))?"
    ):
        if not draft.is_number(script.tokens[m.groups["c"][0]]):
            continue
        draft_op = {"gt": "gt", "lt": "lt"}.get(op, op)
        more = script.words(m, "more") if "more" in m.groups else ""
        draft_op = "ge" if more in ("more", "above") else "le" if more else draft_op
        _add(
            script, draft, m, [term_of(script.tokens[m.groups["c"][0]])], {"op": draft_op, "value": _amount(script.first(m, "n"))}
        )
    for m in script.find(rf"(?:with |having |have |has )?{words} (?P<n>{NUM}) (?:of (?:the )?|in )?(?P<c>{{col}})"):
        if not draft.is_number(script.tokens[m.groups["c"][0]]):
            continue
        _add(script, draft, m, [term_of(script.tokens[m.groups["c"][0]])], {"op": op, "value": _amount(script.first(m, "n"))})
    for m in script.find(
        rf"(?:published|released|written|made|built|hired|founded|born|bigger|larger|older|newer|longer|lasted|lasting|took|taking|cost|costing|costs|worth|that cost|priced)? ?{words} (?P<n>{NUM})(?P<u> days| eur| euros| dollars| kb| mb| bytes| years)?"
    ):
        cond: Object = {"op": op, "value": _amount(script.first(m, "n")), "guess": script.words(m)}
        power = next((p for u, p in (("kb", 1), ("mb", 2), ("gb", 3)) if u in script.words(m)), 0)
        if power and cond["value"] is not None:
            cond["binary"] = str(Decimal(str(cond["value"])) * 1024**power / 1000**power)
        _add(script, draft, m, [], cond)


def _bounded_after(script: Script, draft: Draft) -> None:
    for m in script.find(
        rf"(?:with |having |have |has |of )?(?P<c>{{col}}) {IS}(?P<n>{NUM}) (?:or|and) (?P<w>more|above|over|higher|less|below|under|lower|fewer)"
    ):
        op = "ge" if script.words(m, "w") in ("more", "above", "over", "higher") else "le"
        _add(script, draft, m, [term_of(script.tokens[m.groups["c"][0]])], {"op": op, "value": _amount(script.first(m, "n"))})
    for m in script.find(rf"(?P<n>{NUM}) (?:or|and) (?P<w>more|less|fewer) (?P<c>{{col}})"):
        op = "ge" if script.words(m, "w") == "more" else "le"
        _add(script, draft, m, [term_of(script.tokens[m.groups["c"][0]])], {"op": op, "value": _amount(script.first(m, "n"))})


def _dates(script: Script, draft: Draft) -> None:
    verbs = r"(?:(?:dated|placed|made|created|ordered|hired|started|joined|published|opened|sold|sent|happened|happening|due)(?: us| in)? )?"
    for column in (r"(?P<c>{col}) (?:is |are |was |were |falls |lies )*", ""):
        _dates_of(script, draft, column + verbs)
    for m in script.find(r"(?P<d>{date})(?= (?:{tab}|orders|sales|rows|entries|records|data|invoices|figures|numbers|·))"):
        token = script.tokens[m.groups["d"][0]]
        cond = _date_condition("in", token, "", "")
        if cond is not None:
            _add(script, draft, m, [], cond)


def _dates_of(script: Script, draft: Draft, column: str) -> None:
    for m in script.find(
        rf"{column}(?P<w>since|starting from|starting|from|after|before|until|till|up to|through|on|in|of|for|during|as of|newer than|older than|later than|earlier than|by|on or after|on or before)(?: the)?(?: (?:start|end|month|year|whole|entire|full) of)?(?: the)?(?: month of| year)? (?P<d>{{date}})(?: (?P<o>onwards?|or later|or earlier|and later))?"
    ):
        token = script.tokens[m.groups["d"][0]]
        if "c" in m.groups and not draft.is_date(script.tokens[m.groups["c"][0]]):
            continue
        terms = [term_of(script.tokens[m.groups["c"][0]])] if "c" in m.groups else []
        cond = _date_condition(script.words(m, "w"), token, script.words(m, "o") if "o" in m.groups else "", script.words(m))
        if cond is not None:
            if cond["op"] == "dates" and "" in cast("list[Json]", cond["value"]):
                script.take(m, "range")
            _add(script, draft, m, terms, cond)


def _date_condition(word: str, token: Token, more: str, phrase: str) -> Object | None:
    first, last = token.value
    if " start of" in phrase or " end of" in phrase:
        return None
    if first in ("month", "quarter"):
        return (
            {"op": "months" if first == "month" else "quarters", "value": [last, last]}
            if word in ("in", "of", "from", "for", "during") and not more
            else None
        )
    if more in ("onward", "onwards", "or later", "and later") or word in (
        "since",
        "starting from",
        "starting",
        "as of",
        "on or after",
    ):
        return {"op": "dates", "value": [first, ""]}
    if word in ("after", "newer than", "later than"):
        return {"op": "dates", "value": [_shift(last, 1), ""]}
    if word in ("before", "older than", "earlier than"):
        return {"op": "dates", "value": ["", _shift(first, -1)]}
    if word in ("until", "till", "up to", "through", "on or before", "by") or more == "or earlier":
        return {"op": "dates", "value": ["", last]}
    return {"op": "dates", "value": [first, last]}


def _shift(day: str, days: int) -> str:
    return (date.fromisoformat(day) + timedelta(days=days)).isoformat()


def _stock(script: Script, draft: Draft) -> None:
    for m in script.find(
        r"(?:that (?:is|are) |that's |which is |which are |currently )?(?P<w>in stock|available|out of stock|sold out|not in stock)"
    ):
        op = "gt" if script.words(m, "w") in ("in stock", "available") else "eq"
        _add(script, draft, m, [Term(text="stock")], {"op": op, "value": "0", "named": ["stock", "qty", "quantity"]})
    for m in script.find(r"(?P<w>in|out of) (?P<c>{col})(?= |$)"):
        token = script.tokens[m.groups["c"][0]]
        if token.text.casefold() == "stock":
            _add(script, draft, m, [term_of(token)], {"op": "gt" if script.words(m, "w") == "in" else "eq", "value": "0"})


_EMPTY = (
    r"(?:(?: ,)?(?: -)?(?: \()? ?(?:i\.e\.|i \. e \.|that is|meaning|where|so)?(?: ,)?(?: (?:the|field|cell|it|value|is|are|contains|says|holds|has|either))* "
    r"(?:empty|blank|missing|n/a)(?: ?(?:or|and|,|/) (?:(?:contains|says|is|holds) )?(?:empty|blank|missing|n/a))+(?: \))?)?"
)


def _blanks(script: Script, draft: Draft) -> None:
    absent = r"(?:without|missing|lacking|with no|have no|has no|having no|with missing|with empty|with an empty|with a missing|with blank|don't have|doesn't have|no)"
    for m in script.find(rf"(?:that |which |who |where )?{absent} (?:a |an |any |the )?(?P<c>{{col}})(?! {{val}}){_EMPTY}"):
        _add(script, draft, m, [term_of(script.tokens[m.groups["c"][0]])], {"op": "blank"})
    for m in script.find(
        r"(?:whose |where |with )?(?:the )?(?P<c>{col}) (?:is|are) (?P<n>not |n't )?(?:missing|empty|blank|unknown|not given|not set|left out|left empty)(?: (?:\( )?(?:i\.e\. |that is )?(?:or )?(?:empty|blank|missing|n/a)(?: (?:or|and|,) (?:empty|blank|missing|n/a))*(?: \))?)?"
    ):
        _add(script, draft, m, [term_of(script.tokens[m.groups["c"][0]])], {"op": "notblank" if "n" in m.groups else "blank"})


def _texts(script: Script, draft: Draft) -> None:
    verbs = {"contains": "contains", "contain": "contains", "containing": "contains", "mentions": "contains", "mentioning": "contains", "includes": "contains",
             "starts with": "starts", "starting with": "starts", "begins with": "starts", "beginning with": "starts", "start with": "starts",
             "ends with": "ends", "ending with": "ends", "ending in": "ends", "end with": "ends", "ends in": "ends"}  # fmt: skip
    for phrase, op in verbs.items():
        for m in script.find(
            rf"(?:whose |where |with )?(?:the |a )?(?P<c>{{col}}) (?:that )?(?P<n>does not |doesn't |not )?{phrase} (?:the word |the text )?(?P<v>{{quote}}|{{val}}|[a-z0-9@.]+)"
        ):
            value = script.tokens[m.groups["v"][0]]
            cond: Object = {"op": op, "value": value.value if value.kind == "quote" else value.text}
            _add(script, draft, m, [term_of(script.tokens[m.groups["c"][0]])], {"not": cond} if "n" in m.groups else cond)


def _ticks(script: Script, draft: Draft) -> None:
    negative = r"(?:(?:isn't|aren't|is not|are not|not|haven't been|hasn't been) (?:yet )?(?:ticked off|ticked|checked off|checked|done|finished|completed|complete)(?: off)?(?: yet)?|still open|open|unfinished|unticked|unchecked|outstanding|pending|undone|not yet done|incomplete|left to do)"
    positive = r"(?:(?:is|are|been|already )*(?:ticked off|ticked|checked off|completed|finished|already done))"
    for pattern, value in ((negative, "no"), (positive, "yes")):
        for m in script.find(rf"(?:that |which )?(?:is |are )?{pattern}"):
            _add(script, draft, m, [Term(text="done")], {"op": "eq", "value": value, "named": ["done"]})


def _codes(script: Script, draft: Draft) -> None:
    """Requests by the status of their answer: `answered with 404`, `404 errors`."""
    patterns = (
        r"(?:(?:that|which) )?(?:were |was |got |are |is |gave |returned |ended )*(?:answered|replied|responded|returned|ended|got|gave|failed)(?: with)?(?: an?)?(?: status| http)?(?: code)? (?P<n>{num})(?: errors?| codes?)?",
        r"(?P<n>{num}) (?:errors?|responses?|answers?|not found)",
        r"with (?:the )?(?:status |http )+(?:code )?(?P<n>{num})",
    )
    for pattern in patterns:
        for m in script.find(pattern):
            value = _amount(script.first(m, "n"))
            if re.fullmatch(r"[1-5]\d\d", str(value)):
                _add(script, draft, m, [Term(text="status")], {"op": "eq", "value": value, "named": ["status"]})


def _equals(script: Script, draft: Draft) -> None:
    for m in script.find(
        rf"(?:whose |where |with (?:a |an )?|having )?(?:the )?(?P<c>{{col}}) (?P<n>!= |is not |isn't |not )?(?:is |= |== |equals |equal to |of |set to )?(?:exactly )?(?P<v>{NUM}|{{quote}})(?! (?:or|and) (?:more|less|fewer))"
    ):
        value = script.tokens[m.groups["v"][0]]
        amount = value.value if value.kind == "quote" else _amount(value)
        _add(
            script,
            draft,
            m,
            [term_of(script.tokens[m.groups["c"][0]])],
            {"op": "ne" if "n" in m.groups else "eq", "value": amount},
        )


def _values(script: Script, draft: Draft) -> None:
    lead = r"(?:(?:whose|where|with|that|which|who|has|have|having|the|a|an|in|from|of|at|for|to|by|is|are|was|were|=|==|only|live|lives|based|located|status|all|rows) )*"
    seconds = r"(?: (?:, )?(?:and|or|,|&) (?:in |from |the |of )?{val})*"
    for m in script.find(
        rf"(?P<n>{NOT} )?{lead}(?:(?P<c>{{col}}) (?P<n2>{NOT} )?{lead})?(?P<v>{{val}}{seconds})(?: (?P<c2>{{col}})(?!,))?"
    ):
        tokens = [t for t in script.group(m, "v") if t.kind == "val"]
        shared: set[tuple[str, str]] = {(str(v[0]), str(v[1])) for v in tokens[0].value}
        for token in tokens[1:]:
            shared &= {(str(v[0]), str(v[1])) for v in token.value}
        if "c" in m.groups:
            at = m.groups["c"][0]
            named = set(term_of(script.tokens[at]).pairs)
            before = script.tokens[at - 1].text.casefold() if at else ""
            grouped = before in ("per", "by", "each", "every") or ("n2" in m.groups and before in ("and", ","))
            if not shared & named or grouped:
                m = Match(at + 1, m.last, {k: g for k, g in m.groups.items() if g[0] > at})
            shared = shared & named or shared
        if "c2" in m.groups:
            named = set(term_of(script.tokens[m.groups["c2"][0]]).pairs)
            if not shared & named:
                m = Match(m.first, m.last - 1, m.groups)
            shared = shared & named or shared
        if not shared or len({s[1] for s in shared}) > 1:
            draft.doubts.append(script.clause(m))
            continue
        if "c" not in m.groups and "c2" not in m.groups and _is_unit(shared, tokens):
            draft.doubts.append(f"{tokens[0].text!r} may be the unit of the result or a restriction of the rows")
        values: list[Json] = [next(v[2] for v in t.value if (v[0], v[1]) in shared) for t in tokens]
        cond: Object = {"op": "in", "value": values}
        negated = "n" in m.groups or "n2" in m.groups
        _add(script, draft, m, [Term(pairs=tuple(sorted(shared)), text=tokens[0].text)], {"not": cond} if negated else cond)


def _is_unit(shared: set[tuple[str, str]], tokens: list[Token]) -> bool:
    """Whether values are units or currencies."""
    names = {s[1].casefold() for s in shared}
    return bool(names & set(UNITS)) or any(t.text.casefold() in MEASURES for t in tokens)
