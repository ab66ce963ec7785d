"""Idle words: what nobody took and what still cannot change the result, judged by where it stands.

A word binds when it limits, counts, compares, orders or names a format or data, unless the request says the same elsewhere where it was
taken. Any other word binds as an attribute (`Italian customers`), behind a preposition (`orders from the web shop`), in a relative clause
(`customers who complained`), as a command (`anonymise it`), or as what is to be made (`a heatmap`). Elsewhere it is idle.
"""

from collections.abc import Collection

from arkwright.verifier.lexicon import AGGREGATES, CURRENCIES, FORMATS, MEASURES, MONTH_INDEX, NUMBERS, PERIODS, WEEKDAYS
from arkwright.verifier.neutral import NEUTRAL
from arkwright.verifier.reader.society import DEGREES, LIMITS, WISHES
from arkwright.verifier.script import Script, Token


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_BINDS = (
    LIMITS | DEGREES | frozenset(AGGREGATES) | frozenset(FORMATS) | frozenset(PERIODS) | frozenset(NUMBERS) | CURRENCIES |
    MEASURES
    | frozenset(MONTH_INDEX) | frozenset(WEEKDAYS)
)  # fmt: skip
_ALWAYS = _words(
    """
    not no never none nothing nobody neither nor without except excluding unless if but or only instead than cannot don't
    doesn't isn't aren't exclude ignore skip omit drop leave remove other others rest remaining different
    """
)
_BEHIND = _words(
    """
    of in from with by per for at via through under within among inside outside except like about against towards during on
    across
    """
)
_RELATIVE = _words(
    """
    who whom whose that which where when
    """
)
_ORDERS = _words(
    """
    please then and to you also now kindly , ; : . - ( or let's
    """
)
_ARTICLES = _words(
    """
    a an the our my their his her its this that these those all any some such
    """
)
_MAKES = _words(
    """
    make create write build produce generate draw give prepare design compose plot export save put get
    """
)
_MODEST = _words(
    """
    put hand collect present illustrate arrange gather assemble compile evaluate analyse analyze examine inspect search scan
    look deliver bring supply provide display state name mention enter take pick go come call keep use see check read open
    find tell show list give
    """
)
_QUALITY = _words(
    """
    decent plain compact genuine actual tidy readable neat fresh single whole entire complete raw proper nice clean clear
    ordinary normal simple handy useful suitable usual typical standard own corresponding respective resulting following
    brief introductory
    """
)


def idle(script: Script, nouns: Collection[str]) -> frozenset[int]:
    """Indices of the untaken tokens that cannot change the result.

    Args:
        nouns: names of the rows of the data, which ask for nothing alone.
    """
    said = {stem for i, token in enumerate(script.tokens) if _counts(script, i) for stem in _stems(token)}
    left = [i for i, token in enumerate(script.tokens) if i not in script.taken and token.kind != "mark"]
    return frozenset(i for i in left if _is_plain(script, i) or (_is_idle(script, i, said, nouns) and _understood(script, i)))


def _is_plain(script: Script, index: int) -> bool:
    """`a compact overview`: a word of praise for a result of no certain form."""
    return _at(script, index) in ("compact", "tidy", "neat", "decent", "handy", "useful") and _at(script, index + 1) == "overview"


def _understood(script: Script, index: int) -> bool:
    """Whether something of the word's sentence was taken for the work: of a sentence nobody understands, no word is idle."""
    ends = [i for i, t in enumerate(script.tokens) if t.kind == "mark" and t.text[0] in ".!?;"]
    first = max((i + 1 for i in ends if i < index), default=0)
    last = min((i for i in ends if i >= index), default=len(script.tokens))
    return any(_counts(script, i) for i in range(first, last))


def _counts(script: Script, index: int) -> bool:
    """Whether a token was taken for the work, so that saying it again adds nothing."""
    return script.taken.get(index, "background") not in ("background", "aside", "greeting", "statement")


def _is_idle(script: Script, index: int, said: Collection[str], nouns: Collection[str]) -> bool:
    token = script.tokens[index]
    word = token.low
    if token.kind in ("file", "url", "quote", "mail") or word in _ALWAYS:
        return False
    if all(stem in said for stem in _stems(token)):
        return True
    if (
        token.kind != "word"
        or word in _BINDS
        or word.endswith(("est", "less", "n't"))
        or word in nouns
        or any(c.isdigit() for c in word)
    ):
        return _enumerates(script, index)
    return not any(
        test(script, index) for test in (_is_attribute, _is_behind, _is_relative, _is_command, _is_made, _is_predicate)
    )


def _stems(token: Token) -> tuple[str, ...]:
    """The words of a token without their endings, so that `total`, `totals` and `totalled` are one."""
    return tuple(_stem(part) for part in token.low.replace("_", " ").replace("-", " ").split())


def _stem(word: str) -> str:
    for ending in ("ing", "led", "ed", "ies", "es", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)]
    return word


def _at(script: Script, index: int) -> str:
    return script.tokens[index].low if 0 <= index < len(script.tokens) else ""


def _enumerates(script: Script, index: int) -> bool:
    """`First, ...` and `two things` only count what the request goes on to say."""
    word, after, before = _at(script, index), _at(script, index + 1), _at(script, index - 1)
    if word in ("first", "firstly", "second", "secondly", "third", "thirdly", "lastly"):
        return after == "," and (index == 0 or script.tokens[index - 1].kind == "mark")
    few = word in ("two", "three", "four", "five", "2", "3", "4", "5")
    return few and after in ("things", "parts", "steps", "questions", "requests") and before not in ("top", "first", "last")


def _bound(script: Script, index: int) -> bool:
    """Whether a token is part of the work: taken for it, or a name of data."""
    if not 0 <= index < len(script.tokens):
        return False
    return script.tokens[index].kind in ("col", "tab", "val", "num", "file") or (
        _counts(script, index) and script.tokens[index].kind != "mark"
    )


def _is_attribute(script: Script, index: int) -> bool:
    after = _at(script, index + 1)
    return _bound(script, index + 1) and after not in NEUTRAL and after not in _BEHIND and _at(script, index) not in _QUALITY


def _is_behind(script: Script, index: int) -> bool:
    at = index - 1
    while at >= 0 and (_at(script, at) in _ARTICLES or _at(script, at) in _QUALITY or _loose(script, at)):
        at -= 1
    return at >= 0 and _at(script, at) in _BEHIND


def _loose(script: Script, index: int) -> bool:
    """An untaken word that may be an attribute of the next: the whole phrase stands behind what stands before it."""
    word = _at(script, index)
    return index not in script.taken and script.tokens[index].kind == "word" and word not in _BEHIND and word not in NEUTRAL


def _is_relative(script: Script, index: int) -> bool:
    at = index - 1
    while at >= 0 and _at(script, at) in (
        "is",
        "are",
        "was",
        "were",
        "has",
        "have",
        "had",
        "been",
        "be",
        "also",
        "already",
        "they",
        "he",
        "she",
        "it",
    ):
        at -= 1
    return at >= 1 and _at(script, at) in _RELATIVE and script.tokens[at - 1].kind != "mark"


def _is_command(script: Script, index: int) -> bool:
    if _at(script, index) in _MODEST:
        return False
    return index == 0 or script.tokens[index - 1].kind == "mark" or _at(script, index - 1) in _ORDERS


def _is_made(script: Script, index: int) -> bool:
    at = index - 1
    while at >= 0 and (_at(script, at) in ("a", "an", "me", "us", "the", "one", "another") or _at(script, at) in _QUALITY):
        at -= 1
    return at >= 0 and (_at(script, at) in WISHES or (at < index - 1 and _at(script, at) in _MAKES))


def _is_predicate(script: Script, index: int) -> bool:
    """`keep it anonymous`, `they are areas`: what something is to be; `are stored` only tells that it is done."""
    at = index - 1
    while at >= 0 and (
        _at(script, at) in ("it", "them", "this", "that", "also", "all", "to", "not") or _at(script, at) in _ARTICLES
    ):
        at -= 1
    done = _at(script, index).endswith(("ed", "wn", "en", "pt", "nd", "ld")) or _at(script, index) in _QUALITY
    return (
        at >= 0
        and _at(script, at) in ("be", "is", "are", "keep", "make", "leave", "stay", "remain", "called", "named", "titled")
        and not done
    )
