"""Preface: what somebody tells before the sentence that asks us (`Could you please ...`) binds nothing when all of it that could is said again there."""

import re
from collections.abc import Collection, Iterator, Sequence

from arkwright.verifier.demands import World
from arkwright.verifier.lexicon import AGGREGATES, CURRENCIES, FORMATS, MEASURES, MONTH_INDEX, NUMBERS, PERIODS
from arkwright.verifier.neutral import NEUTRAL
from arkwright.verifier.reader.manner import LOOKS, binds_manner
from arkwright.verifier.reader.society import DEGREES, DOINGS, EVENTS, LIMITS, OCCASIONS, OWNERS, PERSONS, ROLES, WISHES
from arkwright.verifier.script import Script, Token

_PLEA = ("please", "kindly")
_ASKED = (("could", "you"), ("would", "you"), ("can", "you"), ("will", "you"))
_OPENS = (
    PERSONS
    | OWNERS
    | frozenset(
        [
            "the",
            "this",
            "that",
            "there",
            "nobody",
            "in",
            "for",
            "at",
            "on",
            "with",
            "every",
            "since",
            "lately",
            "recently",
            "currently",
            "once",
        ]
    )
)
# Limits that tell how things are elsewhere, as long as no data are spoken of: `our lawyer finds the dates not clear`, `no longer`.
_MILD = DEGREES | frozenset(
    [
        "not",
        "no",
        "never",
        "nobody",
        "only",
        "cannot",
        "can't",
        "don't",
        "doesn't",
        "isn't",
        "aren't",
        "any",
        "longer",
        "same",
        "different",
        "other",
        "last",
        "next",
        "first",
        "most",
        "over",
        "under",
        "before",
        "after",
        "until",
        "since",
        "below",
        "above",
        "internal",
        "test",
        "tests",
        "list",
        "lists",
        "report",
        "overview",
        "when",
        "which",
        "those",
        "these",
        "ones",
        "one",
        "some",
        "several",
        "few",
        "third",
        "more",
    ]
)
_UNITS = frozenset(
    [
        "miles",
        "mile",
        "kilometres",
        "kilometers",
        "metres",
        "meters",
        "feet",
        "inches",
        "kilos",
        "kilograms",
        "grams",
        "pounds",
        "tons",
        "tonnes",
        "litres",
        "hours",
        "minutes",
    ]
)
_SHOWN = frozenset(
    [
        "make",
        "give",
        "find",
        "keep",
        "take",
        "show",
        "tell",
        "look",
        "read",
        "use",
        "open",
        "bring",
        "write",
        "save",
        "check",
        "see",
        "put",
    ]
)
_COMPUTES = (
    LIMITS
    | DEGREES
    | _UNITS
    | frozenset(AGGREGATES)
    | frozenset(PERIODS)
    | frozenset(NUMBERS)
    | CURRENCIES
    | MEASURES
    | frozenset(MONTH_INDEX)
)
_VAGUE = (
    NEUTRAL
    | ROLES
    | OCCASIONS
    | frozenset(
        [
            "know",
            "see",
            "understand",
            "find",
            "out",
            "overview",
            "idea",
            "information",
            "help",
            "advice",
            "picture",
            "how",
            "whether",
            "why",
        ]
    )
)


def read_preface(script: Script, world: World) -> None:
    """Take the sentences before the plea that say nothing binding of their own."""
    at = plea(script.tokens)
    if at is None:
        return
    start = _sentence_of(script.tokens, at)
    asked = {stem for token in script.tokens[start:] for stem in _stems(token)}
    data = _data_words(world)
    for first, last in _sentences(script.tokens, start):
        if _is_preface(script.tokens[first:last], asked, data) and not _rules(script.tokens[first:last], world, asked):
            for i in range(first, last):
                script.taken.setdefault(i, "background")


_RULES = """
write writes call calls name names label labels spell express measure round abbreviate treat treats report quote state format sort protect mark
regard consider understand encrypt hide count use number translate shorten separate
"""
_HOUSE = frozenset(_RULES.split())


def restricts(tokens: Sequence[Token], world: World) -> bool:
    """Whether a sentence that only seems to tell may bind: a rule of the house (`we call regions areas`), or a value of the data in it."""
    words = [t.low for t in tokens if t.kind != "mark"]
    values = {_stem(w) for s in world.sources for c in s.columns for v in c.values for w in re.findall(r"[^\W_]+", v.casefold())}
    said = [
        w
        for w in words
        if w not in ("have", "has", "to", "always", "usually", "also", "all", "only", "never", "often", "like", "would")
    ]
    own = words[:1] and (words[0] in PERSONS | {"our", "my"})
    house = bool(own) and any(
        w in _HOUSE for w in said[1 : 2 if words[0] in PERSONS else 4] if w != "sort" or words[0] in PERSONS
    )
    return house or binds_manner(tokens) or any(_stem(w) in values and w not in NEUTRAL | ROLES | OCCASIONS for w in words)


def plea(tokens: Sequence[Token]) -> int | None:
    """The index where somebody asks us (`please`, `could you`), None without."""
    low = [t.low for t in tokens]
    return next((i for i, w in enumerate(low) if w in _PLEA or tuple(low[i : i + 2]) in _ASKED), None)


def _ends(token: Token) -> bool:
    return token.kind == "mark" and token.text[0] in ".!?;"


def _sentence_of(tokens: Sequence[Token], index: int) -> int:
    return next((i + 1 for i in range(index - 1, -1, -1) if _ends(tokens[i])), 0)


def _sentences(tokens: Sequence[Token], until: int) -> Iterator[tuple[int, int]]:
    first = 0
    for i in range(until):
        if _ends(tokens[i]):
            yield first, i + 1
            first = i + 1


def _rules(tokens: Sequence[Token], world: World, asked: Collection[str]) -> bool:
    said = [t for t in tokens if not _again(t, asked) or t.low in _HOUSE]
    return restricts(said, world) or binds_manner([t for t in tokens if not _again(t, asked) or t.low not in LOOKS])


def _is_preface(tokens: Sequence[Token], asked: Collection[str], data: Collection[str]) -> bool:
    words = [t.low for t in tokens if t.kind != "mark"]
    if not words or words[0] not in _OPENS or tokens[-1].text[0] == "?":
        return False
    if any(t.kind in ("file", "url", "quote", "mail", "num", "date") and not _again(t, asked) for t in tokens):
        return False
    spoken = [t for t in tokens if t.kind in ("word", "col", "val", "tab") and not _again(t, asked)]
    bound = [t for t in spoken if _binds(t.low, data)]
    about_data = any(set(_stems(t)) & set(data) for t in tokens)
    if any(t.low not in _MILD or about_data for t in bound):
        return False
    return _wishes_nothing(tokens, asked)


def _again(token: Token, asked: Collection[str]) -> bool:
    return all(stem in asked for stem in _stems(token))


def _binds(word: str, data: Collection[str]) -> bool:
    if _stem(word) in data:
        return True
    return word in _COMPUTES or word in FORMATS or (word in DOINGS and word not in _SHOWN)


def _wishes_nothing(tokens: Sequence[Token], asked: Collection[str]) -> bool:
    """Whether no wish of the sentence names a thing that the plea does not name again; `we would like to invite them` is no wish of ours."""
    for i, token in enumerate(tokens):
        if token.low in WISHES and not (i + 1 < len(tokens) and tokens[i + 1].low == "to"):
            things = [t for t in tokens[i + 1 :] if t.kind != "mark"]
            if any(not _again(t, asked) and t.low not in _VAGUE | EVENTS for t in things):
                return False
    return True


def _data_words(world: World) -> frozenset[str]:
    """Stems of the names of columns and of the values in the data."""
    names = [c.name for s in world.sources for c in s.columns]
    values = [v for s in world.sources for c in s.columns for v in c.values]
    return frozenset(_stem(w) for text in (*names, *values) for w in re.findall(r"[^\W_]+", text.casefold()))


def _stems(token: Token) -> tuple[str, ...]:
    return tuple(_stem(w) for w in re.findall(r"[^\W_]+(?:'[^\W_]+)?", token.low))


def _stem(word: str) -> str:
    for ending in ("ing", "ies", "ed", "es", "s", "er"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)]
    return word
