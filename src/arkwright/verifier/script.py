"""Script: a request as a line of marked tokens, of which every word has to be taken by somebody."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

_TOKEN = re.compile(
    r"""(?P<url>https?://[^\s,;<>"'()]+[^\s,;<>"'().:?!])
      |(?P<quote>"[^"\n]+"|“[^”\n]+”|(?<!\w)'[^'\n]+'(?!\w)|`[^`\n]+`)
      |(?P<mail>[\w.+%-]+@[\w-]+(?:\.[\w-]+)+)
      |(?P<dmy>(?:0?[1-9]|[12]\d|3[01])\.(?:0?[1-9]|1[0-2])\.(?:19|20)\d\d(?!\w))
      |(?P<iso>\d{4}-\d\d-\d\d(?!\w)|\d{4}-\d\d(?![\w-]))
      |(?P<file>(?:[\w.\-]+/)+(?:[\w.\-*]*\w)?|\*\.\w{2,8}\b|[\w\-]+(?:\.[\w\-]+)*\.[A-Za-z][A-Za-z0-9]{1,7}\b(?!\())
      |(?P<abbr>\b(?:i\.e\.|e\.g\.|etc\.|incl\.|excl\.|approx\.|resp\.|vs\.)|\b(?:no|nr)\.(?=\s+of\b))
      |(?P<num>(?:[€$£]\s?)?\d+(?:[,']\d{3})*(?:\.\d+)?(?:\s?(?:€|%|percent\b|eur\b|usd\b|kb\b|mb\b|gb\b|k\b))?(?!\w))
      |(?P<word>\.\w{2,5}\b|[^\W_]+(?:[_'’\-][^\W_]+)*)
      |(?P<mark>[()]|[,.:;?!&+*/=<>≥≤]+|[–—-])
    """,
    re.X | re.I,
)


@dataclass
class Token:
    """A word or a mention. `kind` is word, mark, num, date, quote, url, mail, file, col, val, tab; `value` what it stands for."""

    kind: str
    text: str
    start: int
    end: int
    value: Any = None

    @property
    def low(self) -> str:
        """The text in lower case, with a plain apostrophe."""
        return self.text.casefold().replace("’", "'")


@dataclass(frozen=True)
class Match:
    """A stretch of the script that a pattern fits: indexes of its tokens, overall and by group."""

    first: int
    last: int
    groups: dict[str | int, tuple[int, int]]


@dataclass
class Script:
    """Tokens, the line that patterns see, and who took which token."""

    text: str
    tokens: list[Token]
    taken: dict[int, str] = field(default_factory=dict[int, str])

    def line(self) -> tuple[str, list[int]]:
        """What patterns see, and where each token starts in it; taken tokens show as `·`."""
        parts: list[str] = []
        starts: list[int] = []
        at = 0
        for i, token in enumerate(self.tokens):
            shown = token.low if token.kind in ("word", "mark") else f"{token.kind}#{i}"
            shown = "·" * len(shown) if i in self.taken else shown
            starts.append(at)
            parts.append(shown)
            at += len(shown) + 1
        return " ".join(parts) + " ", starts

    def find(self, pattern: str) -> Iterator[Match]:
        """Each place where the pattern fits free tokens; the caller may take between two results."""
        position = 0
        compiled = compile_pattern(pattern)
        while True:
            line, starts = self.line()
            got = compiled.search(line, position)
            if got is None or position > len(line):
                return
            position = max(got.end(), position + 1)
            if got.group().strip():
                yield _match(got, starts)

    def take(self, match: Match, why: str) -> None:
        """Account for every token of a match."""
        for i in range(match.first, match.last):
            self.taken.setdefault(i, why)

    def replace(self, first: int, last: int, tokens: "list[Token]") -> None:
        """Put other tokens in the place of some; what comes after keeps its takers."""
        shift = len(tokens) - (last - first)
        self.taken = {i + shift if i >= last else i: why for i, why in self.taken.items() if not first <= i < last}
        self.tokens[first:last] = tokens

    def rewrite(self, match: Match, template: str) -> None:
        """Say a stretch in other words: `{x}` in the template stands for a group, everything else for itself.

        The tokens keep the place of the whole stretch in the request, so that clauses are quoted as they were written.
        """
        start, end = self.tokens[match.first].start, self.tokens[match.last - 1].end
        out: list[Token] = []
        for part in template.split():
            if part.startswith("{"):
                out += self.group(match, part[1:-1])
            else:
                out.append(Token("word" if part[0].isalnum() else "mark", part, start, end))
        self.replace(match.first, match.last, out)

    def group(self, match: Match, name: str | int) -> list[Token]:
        """The tokens of a group."""
        first, last = match.groups.get(name, (0, 0))
        return self.tokens[first:last]

    def first(self, match: Match, name: str | int) -> Token | None:
        """The first token of a group, if it took part."""
        found = self.group(match, name)
        return found[0] if found else None

    def words(self, match: Match, name: str | int = 0) -> str:
        """The words of a group in lower case."""
        tokens = self.tokens[match.first : match.last] if name == 0 else self.group(match, name)
        return " ".join(t.low for t in tokens)

    def clause(self, match: Match) -> str:
        """The stretch of the request that a match covers, as written."""
        inside = self.tokens[match.first : match.last]
        return self.text[min(t.start for t in inside) : max(t.end for t in inside)]

    def left(self) -> list[Token]:
        """Tokens nobody took; marks need no taker."""
        return [t for i, t in enumerate(self.tokens) if i not in self.taken and t.kind != "mark"]


_CACHE: dict[str, re.Pattern[str]] = {}


def compile_pattern(pattern: str) -> re.Pattern[str]:
    """`{col}`, `{num}` and so on stand for mentions; a space in the pattern is the gap between tokens."""
    if pattern not in _CACHE:
        body = (
            re.sub(r"\{(col|num|val|date|file|url|mail|quote|tab)\}", r"\1#\\d+", pattern)
            .replace("·", "·+")
            .replace("|$", r"|\s*$")
        )
        _CACHE[pattern] = re.compile(r"(?<!\S)(?:" + body + r")(?:(?=\s|$)|(?<=\s))")
    return _CACHE[pattern]


def _match(got: re.Match[str], starts: Sequence[int]) -> Match:
    def span(a: int, b: int) -> tuple[int, int]:
        inside = [i for i, s in enumerate(starts) if a <= s < b]
        return (inside[0], inside[-1] + 1) if inside else (0, 0)

    groups: dict[str | int, tuple[int, int]] = {n: span(*got.span(n)) for n in range(1, (got.re.groups or 0) + 1) if got.group(n)}
    groups.update({n: span(*got.span(n)) for n in got.re.groupindex if got.group(n)})
    first, last = span(*got.span())
    return Match(first, last, groups)


def tokenise(text: str) -> list[Token]:
    """A request as tokens: addresses, quotes, file names, numbers, words and marks."""
    tokens: list[Token] = []
    for m in _TOKEN.finditer(text):
        kind = {"abbr": "word"}.get(m.lastgroup or "word", m.lastgroup or "word")
        value: Any = None
        if kind == "num":
            value = m.group()
        elif kind == "quote":
            value = m.group()[1:-1]
        elif kind in ("file", "url", "mail"):
            value = m.group()
        tokens.append(Token(kind, m.group(), m.start(), m.end(), value))
    return tokens
