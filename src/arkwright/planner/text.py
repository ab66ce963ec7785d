"""Text: a request as tokens with spans, sentences and clauses, and words brought to a common form."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

TokenKind = Literal["word", "number", "mark", "mention"]

CARDINALS = {
    word: value
    for value, word in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
            "twenty",
        ]
    )
} | {"thirty": 30, "forty": 40, "fifty": 50, "hundred": 100, "thousand": 1000, "million": 1_000_000, "dozen": 12}
ORDINALS = {
    word: value
    for value, word in enumerate(
        ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth"], 1
    )
}
_TOKEN = re.compile(r"\d+(?:[.,]\d+)*(?:st|nd|rd|th|k|%)?(?![\w])|[^\W_]+(?:[_'’.-](?=[^\W_])[^\W_]+)*'?|[^\w\s]|_", re.UNICODE)
_SENTENCE_END = re.compile(r"[.!?;\n]")
_CLAUSE_END = re.compile(r"[,;:.!?()–—\n-]")


@dataclass(frozen=True, slots=True)
class Token:
    """A word, number, punctuation mark or mention. `norm` is lower case and free of typos; `start` and `end` are offsets."""

    index: int
    text: str
    norm: str
    start: int
    end: int
    kind: TokenKind
    sentence: int = 0
    clause: int = 0


@dataclass(frozen=True, slots=True)
class Span:
    """Text that is one token whatever stands in it: a file name, an address, something in quotes."""

    start: int
    end: int


def tokenize(text: str, spans: Sequence[Span] = ()) -> tuple[Token, ...]:
    """The tokens of `text`, each of `spans` as one token of kind `mention`."""
    tokens: list[Token] = []
    sentence = clause = at = 0
    for span in [*sorted(spans, key=lambda s: s.start), Span(len(text), len(text))]:
        for match in _TOKEN.finditer(text, at, span.start):
            word = match.group()
            kind: TokenKind = (
                "number" if word[0].isdigit() and number(word) is not None else "word" if word[0].isalnum() else "mark"
            )
            if _breaks_line(text, tokens, match.start()):
                sentence, clause = sentence + 1, clause + 1
            tokens.append(
                Token(len(tokens), word, word.lower().replace("’", "'"), match.start(), match.end(), kind, sentence, clause)
            )
            if kind == "mark":
                sentence += bool(_SENTENCE_END.match(word))
                clause += bool(_CLAUSE_END.match(word))
            elif word.lower() in ("then", "afterwards"):
                clause += 1
        if span.end > span.start:
            tokens.append(
                Token(
                    len(tokens),
                    text[span.start : span.end],
                    text[span.start : span.end],
                    span.start,
                    span.end,
                    "mention",
                    sentence,
                    clause,
                )
            )
        at = span.end
    return tuple(tokens)


def _breaks_line(text: str, tokens: Sequence[Token], start: int) -> bool:
    return bool(tokens) and "\n" in text[tokens[-1].end : start] and tokens[-1].kind != "mark"


def runs(words: Sequence[str], pattern: re.Pattern[str]) -> list[tuple[int, ...]]:
    """For each match of `pattern` in the words joined by blanks: the indices of the words it covers, each match without overlaps."""
    starts: list[int] = []
    at = 0
    for word in words:
        starts.append(at)
        at += len(word) + 1
    found = (match.span() for match in pattern.finditer(" ".join(words)))
    return [tuple(n for n, start in enumerate(starts) if first <= start < last) for first, last in found]


def number(word: str) -> float | None:
    """The value of a number as people write it: `1,200`, `12.5`, `5k`, `three`, `3rd`; None if it is none."""
    word = word.lower()
    if word in CARDINALS:
        return float(CARDINALS[word])
    match = re.fullmatch(r"(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?(k|st|nd|rd|th|%)?", word)
    if not match:
        return None
    value = float(match[1].replace(",", "") + (match[2] or ""))
    return value * 1000 if match[3] == "k" else value


@lru_cache(maxsize=4096)
def stem(word: str) -> str:
    """A word without its plural ending: categories → category, boxes → box, sales → sale."""
    word = word.lower()
    word = word.removesuffix("'s").removesuffix("s'") if word.endswith(("'s", "s'")) else word
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 4 and word.endswith(("sses", "shes", "ches", "xes", "zes")):
        return word[:-2]
    if word in ("skus", "menus", "cpus", "gpus"):
        return word[:-1]
    if (
        len(word) > 2
        and word.endswith("s")
        and not word.endswith(("ss", "us", "is"))
        and word not in ("as", "was", "has", "its", "gas")
    ):
        return word[:-1]
    return word


@lru_cache(maxsize=8192)
def key(name: str) -> tuple[str, ...]:
    """A name as stemmed words: `Unit_price` → (unit, price), `customer.address.city` → (customer, address, city)."""
    spaced = re.sub(r"(?<=[a-zß-ÿ])(?=[A-Z])", " ", name)
    return tuple(stem(part) for part in re.findall(r"[^\W_]+", spaced.lower()))


def near(word: str, vocabulary: Collection[str], *, least: int = 5) -> str | None:
    """The one word of `vocabulary` that `word` is a typo of: one edit, or two from eight letters on; None without a clear winner."""
    if len(word) < least - 1 or not word.isalpha() or word in vocabulary:
        return None
    allowed = 2 if len(word) >= 8 else 1
    found: dict[int, list[str]] = {}
    for candidate in vocabulary:
        if (
            abs(len(candidate) - len(word)) <= allowed
            and max(len(candidate), len(word)) >= least
            and len(candidate) >= least - 1
            and candidate[0] == word[0]
        ):
            distance = edits(word, candidate, allowed)
            if distance <= allowed:
                found.setdefault(distance, []).append(candidate)
    if not found:
        return None
    best = found[min(found)]
    return min(best) if len({stem(item) for item in best}) == 1 else None


def edits(left: str, right: str, most: int) -> int:
    """How many insertions, deletions, replacements or swaps of neighbours turn `left` into `right`; `most + 1` when more."""
    before: list[int] = []
    row = list(range(len(right) + 1))
    for i, a in enumerate(left, 1):
        earlier, before, row = before, row, [i]
        for j, b in enumerate(right, 1):
            cost = min(row[j - 1] + 1, before[j] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and a == right[j - 2] and left[i - 2] == b:
                cost = min(cost, earlier[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
    return row[-1]
