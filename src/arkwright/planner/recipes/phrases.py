"""Phrases: a request as one line in which each name is a mark such as <file>, so that wordings can be told by pattern."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from arkwright.planner.mentions import Mention
from arkwright.planner.reading import Reading
from arkwright.planner.text import CARDINALS, ORDINALS, number

MARKS = {
    ("file", "input"): "<file>",
    ("file", "output"): "<new>",
    ("file", "missing"): "<lost>",
    ("file", "target"): "<new>",
    ("file", "example"): "<example>",
    ("file", "name"): "<new>",
    ("folder", "input"): "<folder>",
    ("folder", "output"): "<newfolder>",
    ("folder", "missing"): "<lostfolder>",
    ("folder", "name"): "<newfolder>",
    ("folder", "target"): "<newfolder>",
    ("url", "target"): "<target>",
    ("quoted", "name"): "<quoted>",
    ("email", "name"): "<mail>",
}
NUMBER = r"(?:\d[\d.,]*(?:k|st|nd|rd|th)?|" + "|".join(sorted(CARDINALS, key=len, reverse=True)) + ")"
ORDINAL = r"(?:" + "|".join(ORDINALS) + r"|\d+(?:st|nd|rd|th))"


@dataclass(frozen=True, slots=True)
class Hit:
    """A match: the tokens it covers, and its named groups as text, tokens and mentions."""

    sketch: "Sketch"
    match: re.Match[str]

    @property
    def indices(self) -> frozenset[int]:
        """The tokens of the whole match."""
        return self.sketch.tokens(*self.match.span())

    def __getitem__(self, name: str) -> str:
        """A named group, or "" when it took no part."""
        return self.match.groupdict().get(name) or ""

    def tokens(self, name: str) -> frozenset[int]:
        """The tokens of a named group."""
        return self.sketch.tokens(*self.match.span(name)) if self[name] else frozenset()

    def written(self, name: str) -> str:
        """A named group as it stands in the request, upper case and all."""
        return self.sketch.reading.quote(self.tokens(name))

    def mentions(self, name: str) -> tuple[Mention, ...]:
        """The mentions in a named group, in order."""
        found = (self.sketch.reading.mention(index) for index in sorted(self.tokens(name)))
        return tuple(mention for mention in found if mention is not None)

    def mentions_all(self) -> tuple[Mention, ...]:
        """The mentions in the whole match, in order."""
        found = (self.sketch.reading.mention(index) for index in sorted(self.indices))
        return tuple(mention for mention in found if mention is not None)

    def number(self, name: str) -> int | None:
        """A named group as a whole number, or None when it took no part or is none."""
        value = number(self[name].rstrip(".,")) if self[name] else None
        value = float(ORDINALS[self[name]]) if value is None and self[name] in ORDINALS else value
        return int(value) if value is not None and value == int(value) else None


class Sketch:
    """The request's words joined by blanks, lower case; file → <file>, file to be made → <new>, address → <url>, quoted text → <quoted> ..."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        pieces: list[str] = []
        self._starts: list[int] = []
        at = 0
        for token in reading.tokens:
            mention = reading.mention(token)
            piece = token.norm if mention is None else MARKS.get((mention.kind, mention.role), f"<{mention.kind}>")
            self._starts.append(at)
            pieces.append(piece)
            at += len(piece) + 1
        self.text = " ".join(pieces)

    def tokens(self, start: int, end: int) -> frozenset[int]:
        """The tokens between two offsets of the sketch."""
        return frozenset(index for index, at in enumerate(self._starts) if start <= at < end)

    def find(self, pattern: str) -> Hit | None:
        """The first match of a pattern on word boundaries. In it `~` stands for a number."""
        match = _compile(pattern).search(self.text)
        return Hit(self, match) if match else None

    def all(self, pattern: str) -> Iterator[Hit]:
        """All matches, in order, without overlaps."""
        return (Hit(self, match) for match in _compile(pattern).finditer(self.text))

    def has(self, pattern: str) -> bool:
        """Whether a pattern matches."""
        return self.find(pattern) is not None

    def covered(self, *patterns: str) -> frozenset[int]:
        """The tokens that any match of any pattern covers."""
        return frozenset(index for pattern in patterns for hit in self.all(pattern) for index in hit.indices)


@lru_cache(maxsize=2048)
def _compile(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\S)(?:{pattern.replace('~', NUMBER)})(?!\S)")
