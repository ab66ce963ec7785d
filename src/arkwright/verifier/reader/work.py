"""Work: a request that asks for something to be done, read slot by slot; what remains of its words must belong to its kind."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from arkwright.core.json import Json, Object
from arkwright.verifier.demands import Demands, Special, World
from arkwright.verifier.script import Match, Script, Token

COMMON = frozenset(["file", "files", "folder", "folders", "directory", "directories", "document", "documents"])


@dataclass
class Work:
    """A request being read for work: its script, what was there before, and the demands found so far."""

    script: Script
    world: World
    demands: Demands

    @property
    def text(self) -> str:
        """The request in lower case, without what stands in quotes."""
        return re.sub(r"[\"“`][^\"”`\n]*[\"”`]|(?<!\w)'[^'\n]+'(?!\w)", " ", self.script.text.replace("’", "'")).casefold()

    def says(self, pattern: str) -> bool:
        """Whether the words of the request hold a pattern."""
        return re.search(pattern, self.text) is not None

    def free(self, *kinds: str) -> list[Token]:
        """Tokens of some kinds that nobody took."""
        return [t for i, t in enumerate(self.script.tokens) if t.kind in kinds and i not in self.script.taken]

    def take(self, *tokens: Token) -> None:
        """Account for tokens."""
        for i, token in enumerate(self.script.tokens):
            if any(token is t for t in tokens):
                self.script.taken.setdefault(i, "work")

    def first(self, pattern: str) -> Match | None:
        """The first place where a pattern fits, taken."""
        for match in self.script.find(pattern):
            self.script.take(match, "work")
            return match
        return None

    def all(self, *patterns: str) -> bool:
        """Take every place where a pattern fits; whether there was one."""
        found = False
        for pattern in patterns:
            while self.first(pattern) is not None:
                found = True
        return found

    def value(self, match: Match | None, name: str) -> str:
        """What a group stands for: a file's path, what a quote says, or its words."""
        if match is None or name not in match.groups:
            return ""
        tokens = self.script.group(match, name)
        return " ".join(str(t.value) if t.kind in ("file", "quote", "url", "mail") else t.text for t in tokens).strip()

    def words(self, bag: Iterable[str]) -> None:
        """Account for words that belong to this kind of work and restrict nothing."""
        self.all(r"(?:a|one|the|into a|in a|to a) new (?:{file}|file|folder|document|text|pdf|copy|text file)")
        known = frozenset(bag) | COMMON
        for i, token in enumerate(self.script.tokens):
            if token.kind == "word" and i not in self.script.taken and token.low in known:
                self.script.taken[i] = "words of the work"

    def is_folder(self, path: str) -> bool:
        """Whether there was a folder of that name."""
        return any(p.startswith(path.strip("/") + "/") for p in self.world.before)

    def inputs(self) -> list[Token]:
        """File tokens that were there before."""
        return [t for t in self.free("file") if str(t.value) in self.world.before]

    def folders(self) -> list[Token]:
        """File tokens that are folders that were there before."""
        return [t for t in self.free("file") if self.is_folder(str(t.value))]

    def outputs(self) -> list[Token]:
        """File tokens with an ending that were not there before."""
        return [
            t
            for t in self.free("file")
            if str(t.value) not in self.world.before and not self.is_folder(str(t.value)) and "." in str(t.value)
        ]

    def demand(self, kind: str, **args: Json) -> None:
        """Add a special demand about the whole request."""
        given: Object = args
        self.demands.specials.append(Special(kind, self.script.text, given))

    def doubt(self, why: str) -> None:
        """Say what is not certain."""
        self.demands.doubts.append(why)
