"""Screen: refuses a request whose aim does harm, before anything is planned. Rules are data, in screen.yaml."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any, cast

import yaml

from arkwright.core.plan import Refusal
from arkwright.core.request import Request
from arkwright.safety.secrets import redact
from arkwright.safety.standing import plain

AUTH = (
    r"(?:(?:use|using|with|via|by) (?:the |my |our |an? )?(?:\w+ )?(?:tokens?|keys?|credentials?|passwords?|bearer|log-?in)"
    r"|(?:token|key|password|credential)s? (?:is|are|for it is|stands|can be found)"
    r"|(?:is|are|stands) in \S*(?:token|key|secret|credential)\S*"
    r"|authori[sz]ation header|as (?:the |a )?bearer|authenticat\w+|log(?:ging)? in|sign(?:ing)? in)"
)
LONGEST = 20_000


@dataclass(frozen=True, slots=True)
class Rule:
    """Fires on a sentence that all patterns are in, and no exception. Patterns are compiled when they are first needed."""

    id: str
    category: str
    all: tuple[str, ...]
    unless: tuple[str, ...]
    weight: float

    def fires(self, clause: str) -> bool:
        """Whether this rule is about the sentence."""
        return all(compiled(each).search(clause) for each in self.all) and not any(
            compiled(each).search(clause) for each in self.unless
        )


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules, and what is said about each category."""

    rules: tuple[Rule, ...]
    reasons: dict[str, str]
    remedies: dict[str, str]


@dataclass(frozen=True, slots=True)
class Hit:
    """A rule that fired, and the sentence it fired on."""

    rule: str
    category: str
    clause: str
    weight: float


class Screen:
    """Judges requests. It keeps nothing and looks at nothing but the text."""

    def __init__(self) -> None:
        self._rules = load_rules()

    def screen(self, request: Request) -> Refusal | None:
        """The refusal, or None when the request may be served."""
        hits = self.hits(request.text)
        if sum(hit.weight for hit in hits) < 1:
            return None
        first = hits[0]
        clause = redact(first.clause)
        reason = f"I will not do {clause!r}: {self._rules.reasons[first.category]}"
        remedy = self._rules.remedies.get(first.category, self._rules.remedies["default"])
        return Refusal(
            clause,
            reason,
            remedy,
            f"harm_{first.category}" if first.category not in ("outside", "secrets", "safety") else first.category,
        )

    def hits(self, text: str, *, only: Sequence[str] = ()) -> list[Hit]:
        """Each rule (of the categories in `only`) that fires, with the sentence."""
        parts = clauses(text[:LONGEST])
        found: list[Hit] = []
        for rule in self._rules.rules:
            if only and rule.category not in only:
                continue
            clause = next((each for each in parts if rule.fires(each)), "")
            if clause:
                found.append(Hit(rule.id, rule.category, clause[:200], rule.weight))
        return found


def clauses(text: str) -> list[str]:
    """The sentences of a request, in plain spelling; a dot inside a name does not end one, and a new line may or may not."""
    parts = [plain(part) for part in (*re.split(r"(?<=[.!?;])\s+|\n+", text), *re.split(r"(?<=[.!?;])\s+", text))]
    return [part for part in dict.fromkeys(parts) if part]


@lru_cache(maxsize=512)
def compiled(pattern: str) -> re.Pattern[str]:
    """A pattern on whole words."""
    return re.compile(rf"(?<![a-z0-9])(?:{pattern})(?![a-z0-9])")


@lru_cache(maxsize=1)
def load_rules() -> Rules:
    """The rules of screen.yaml, with the patterns of `words` put in."""
    text = files("arkwright.safety").joinpath("screen.yaml").read_text("utf-8")
    raw = cast("dict[str, Any]", yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)))
    words = {f"{{{name}}}": str(pattern) for name, pattern in raw["words"].items()}
    placeholder = re.compile("|".join(map(re.escape, words)))

    def spell(patterns: list[str]) -> tuple[str, ...]:
        return tuple(AUTH if each == "AUTH" else placeholder.sub(lambda match: words[match[0]], each) for each in patterns)

    rules = tuple(
        Rule(each["id"], each["category"], spell(each["all"]), spell(each.get("unless", [])), float(each.get("weight", 1)))
        for each in raw["rules"]
    )
    return Rules(rules, raw["reasons"], raw["remedies"])
