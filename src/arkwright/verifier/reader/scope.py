"""Scope: a value restricts the rows only where it stands as a restriction (`open tickets`, `from Kiel`, `status is open`); elsewhere it is a doubt.

A value may as well be who asks (`HR needs ...`), where somebody sits (`my office is in Kiel`), what is left out (`open ones excepted`), what is
still to come (`to be paid`) or the end of a period (`up to March`). What stands around it decides, and what is not known to restrict does not.
"""

from collections.abc import Sequence

from arkwright.verifier.reader.preface import plea
from arkwright.verifier.reader.society import OCCASIONS, OWNERS, PERSONS, ROLES
from arkwright.verifier.script import Script, Token


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_ARTICLES = _words("the all a an any every each both those these")
_TURNED = _words(
    """
    out off away aside excepted apart too also either go goes gone went rest on onwards onward upwards up later died needs need wants want asks asked
    ask would likes like wishes requires thinks belong belongs becomes mean means count counts please
    """
)
_SELDOM = _words("rarely hardly seldom barely never stopped")
_STATES = _words("are is were was have has had")
_HEDGES = _words(
    """
    to be been get still yet also even plus including incl formerly once previously almost nearly hardly barely rarely seldom never could should
    must would might may about tell ask dear hi hello thanks save up until till since following starting ending beginning end start middle
    off e.g. example instance my his her soon half partly partially wrongly mistakenly freshly newly perhaps maybe possibly probably
    """
)
_MODALS = _words("could should must might may shall used waiting supposed due ought")
_SHOWS = _words("contain contains include includes cover covers have hold % ~")
_WORK = ("measure", "key", "columns", "top", "order", "output file", "chart")
_BARE = _words(
    "in from of at for with and or where not without ones rows orders status is are be restrict restricted to until till up since during between from only just please month year quarter limit matter matters enough"
)
_TELLS = OWNERS - {"a", "an", "some", "the", "these", "those", "one", "two", "their", "its"} | (PERSONS - {"i'd"})
_ASKS = _words(
    """
    want wants need needs like only total sum count list show give find which what who how many much average filter select keep take save write put
    tell make create draw chart sort compute calculate please could can
    """
)


def scope_doubts(script: Script) -> list[str]:
    """Where a value or a month was taken for a restriction though the words around it say something else, or may do so."""
    out: list[str] = []
    for at, token in enumerate(script.tokens):
        taken = script.taken.get(at) == "filter"
        told = token.kind in ("val", "date") and taken and not _restricts(script, at)
        after = script.tokens[at + 1].low if at + 1 < len(script.tokens) else ""
        upward = token.kind == "num" and taken and after in ("up", "upwards", "upward", "on", "onwards", "down", "downwards")
        month = token.kind == "word" and token.text == "May" and at not in script.taken and at > 0
        if told or (upward and at + 1 not in script.taken) or month:
            out.append(f"what {_around(script, at)!r} asks for is not certain")
    return out


def _restricts(script: Script, at: int) -> bool:
    before, after = _side(script.tokens, at, -1), _side(script.tokens, at, 1)
    words = {*before, *after}
    if words & _SELDOM or (_is_told_before(script, at) and not words & (_ASKS - {"only"})):
        return False
    if script.tokens[at].kind == "date":
        return not (_edge(before, after) or _states_only(script, at))
    if before[:2] == ["for", "§"] and _is_person(script.tokens[at]):
        return False
    if _supposed(before) or _verbal(before, after) or _remarked(before, after) or _states_only(script, at):
        return False
    return not (
        _hedged(before) or _turned(before, after) or _tells(script, at, before) or _alone(script, at) or _occasion(before, after)
    )


def _is_told_before(script: Script, at: int) -> bool:
    """Whether another sentence asks us after this one (`could you please`)."""
    words = [t.low for t in script.tokens]
    end = next((i for i in range(at, len(words)) if words[i][:1] in (".", "!", ";")), len(words))
    return plea(script.tokens[end + 1 :]) is not None


def _side(tokens: Sequence[Token], at: int, step: int) -> list[str]:
    """The words from a token to the next mark, the nearest first; another value counts as `%`, other data as `~`."""
    out: list[str] = []
    i = at + step
    while 0 <= i < len(tokens) and not (tokens[i].kind == "mark" and tokens[i].text[0] not in "&/=:"):
        kind = tokens[i].kind
        out.append(
            "%"
            if kind in ("val", "date")
            else "~"
            if kind in ("col", "tab")
            else "§"
            if kind in ("file", "url")
            else tokens[i].low
        )
        i += step
    return out


def _hedged(before: list[str]) -> bool:
    """`still to be paid`, `also the open ones`, `up to Cid`, `tell Ana`: the nearest words before the value turn it round."""
    near = [w for w in before[:5] if w not in _ARTICLES]
    while near and near[0] in ("and", "or", "%", ","):
        near = near[1:]
    if near[:1] == ["be"] or (near[:1] and near[0] in _HEDGES):
        return True
    if near[:1] and near[0] in ("in", "from", "of", "for", "at", "with"):
        behind = near[1:2]
        return (bool(behind) and behind[0] in _HEDGES | {"out", "away", "off", "on"}) or (near[0] == "with" and len(before) <= 3)
    return False


def _turned(before: list[str], after: list[str]) -> bool:
    """`open ones excepted`, `HR needs`, `open ones are refunds`, `from Ana on`: the next words say something of the value."""
    near = after[:4]
    for n, word in enumerate(near):
        if word in ("§", "per", "by", "in", "from", "as", "into", "with", "where", "which", "that", "who"):
            break
        if word in ("out", "off") and near[n + 1 : n + 2] == ["of"]:
            break
        if word in _TURNED:
            return True
        if word in _STATES and n <= 2 and _opens(before):
            return not {"wanted", "needed", "meant", "required", "enough", "interesting", "relevant", "to"} & set(
                near[n + 1 : n + 3]
            )
    return bool(set(after[:5]) & {"together"})


def _supposed(before: list[str]) -> bool:
    """`who could work in Kiel`: what may or must be is not what is."""
    for i, word in enumerate(before[:6]):
        if word in _MODALS and (not i or before[i - 1] != "you"):
            return before[i + 1 : i + 2] not in (["i"], ["we"])
        if word in _ASKS | _SHOWS:
            return False
    return False


def _is_person(token: Token) -> bool:
    """`t.csv for Ana`: for whom it is made, or whose rows it has."""
    names = {str(v[1]).casefold() for v in token.value}
    return bool(names & {"customer", "name", "employee", "person", "client", "owner", "member", "seller", "user", "author"})


def _verbal(before: list[str], after: list[str]) -> bool:
    """`that I can open in Excel`, `and open it`: the value is a verb here."""
    doing = after[:1] and after[0] in ("it", "them", "this", "that")
    return before[:1] in (["can"], ["could"]) or (bool(doing) and before[:1] != ["only"])


def _remarked(before: list[str], after: list[str]) -> bool:
    """`North highlighted`, `IT people only at the end`, `the West being ours`, `like Ana`, `such as West`: a remark on the value."""
    near = [w for w in before[:3] if w not in _ARTICLES]
    if near[:1] == ["like"] or near[:2] == ["as", "such"]:
        return near[1:2] not in (["would"], ["i'd"], ["we'd"], ["also"])
    first = after[:2]
    done = any(
        w.endswith(("ed", "being")) and w not in ("based", "located", "needed", "wanted", "listed", "sorted") for w in first
    )
    if _opens(before) and (done or {"end", "bottom", "top", "front"} & set(after[:6])):
        return True
    return (after[:3] == ["orders", "out", "of"] and after[3:4] != ["§"]) or after[1:4] == ["out", "of", "it"]


def _states_only(script: Script, at: int) -> bool:
    """`The meeting was cancelled.`: a sentence in which nothing is asked, and that is not of the rows."""
    first = at
    while first and not _stops(script.tokens[first - 1]):
        first -= 1
    last = at
    while last < len(script.tokens) and not _stops(script.tokens[last]):
        last += 1
    if first == 0 and last >= len(script.tokens) - 1:
        return False
    inside = [i for i in range(first, last) if script.tokens[i].kind not in ("val", "mark", "date")]
    if any(script.tokens[i].kind in ("file", "url") or script.taken.get(i, "") in _WORK for i in inside):
        return False
    words = [script.tokens[i].low for i in inside if script.tokens[i].kind == "word"]
    return not set(words) & _ASKS and bool(set(words) - _ARTICLES - _BARE)


def _stops(token: Token) -> bool:
    return token.kind == "mark" and token.text[0] in ".!?;:"


def _opens(before: list[str]) -> bool:
    """Whether the value is the subject of its clause."""
    return all(w in _ARTICLES or w in ("%", "and", "or", "our", "my") for w in before)


def _tells(script: Script, at: int, before: list[str]) -> bool:
    """`my office is in Kiel`, `my colleague from Sales`: said of a person, and nothing is asked in that clause."""
    near, asked = set(before[:6]), set(before) & _ASKS
    if any(w in ROLES for w in before[:3]) and (near & _TELLS or (near & {"our", "a", "the"} and not asked)):
        return True
    first = before[-1] if before else ""
    return first in _TELLS and not set(before) & _ASKS and not set(_side(script.tokens, at, 1)) & _ASKS


def _alone(script: Script, at: int) -> bool:
    """A sentence of nothing but values: a signature, or somebody who is addressed."""
    first = at
    while first and not (script.tokens[first - 1].kind == "mark" and script.tokens[first - 1].text[0] in ".!?"):
        first -= 1
    last = at
    while last + 1 < len(script.tokens) and not (
        script.tokens[last + 1].kind == "mark" and script.tokens[last + 1].text[0] in ".!?"
    ):
        last += 1
    return first > 0 and all(
        t.kind in ("val", "mark") or t.low in ("and", "regards", "best", "from") for t in script.tokens[first : last + 1]
    )


def _occasion(before: list[str], after: list[str]) -> bool:
    """`for the Sales meeting` is an occasion; `open with Excel` is no state."""
    return bool(after[:1]) and (
        after[0] in OCCASIONS - {"orders", "records", "list"} or (after[0] in ("with", "it") and before[:1] == ["can"])
    )


def _edge(before: list[str], after: list[str]) -> bool:
    """`up to March`, `from March on`, `the end of March`: a period that ends or begins there is not the month itself."""
    if "%" in before[:3] or "between" in before[:4]:
        return False
    near = [w for w in before[:4] if w not in _ARTICLES]
    if near[:1] and near[0] in _HEDGES - {"be"} | {"by", "behind", "towards", "toward"}:
        return True
    if (
        near[:1]
        and near[0] in ("of", "in", "at", "as", "with", "from")
        and near[1:2]
        and near[1] in _HEDGES | {"out", "beginning", "as"}
    ):
        return True
    return bool(after[:1]) and after[0] in ("on", "onwards", "onward", "upwards", "up", "till", "until")


def _around(script: Script, at: int) -> str:
    first, last = max(0, at - 3), min(len(script.tokens), at + 4)
    return script.text[script.tokens[first].start : script.tokens[last - 1].end]
