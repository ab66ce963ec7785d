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
    """Fires when all patterns are in one sentence and no exception is in the request."""

    id: str
    category: str
    all: tuple[re.Pattern[str], ...]
    unless: tuple[re.Pattern[str], ...]
    weight: float


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
        whole = plain(text[:LONGEST])
        found: list[Hit] = []
        for rule in self._rules.rules:
            if only and rule.category not in only:
                continue
            clause = next((each for each in clauses(whole) if all(pattern.search(each) for pattern in rule.all)), "")
            if clause and not any(pattern.search(clause) for pattern in rule.unless):
                found.append(Hit(rule.id, rule.category, clause[:200], rule.weight))
        return found


def clauses(text: str) -> list[str]:
    """The sentences of a request; a dot inside a name does not end one."""
    return [part.strip() for part in re.split(r"(?<=[.!?;])\s+|\n+", text) if part.strip()]


@lru_cache(maxsize=1)
def load_rules() -> Rules:
    """The rules of screen.yaml, compiled."""
    raw = cast("dict[str, Any]", yaml.safe_load(files("arkwright.safety").joinpath("screen.yaml").read_text("utf-8")))
    words = {name: str(pattern) for name, pattern in raw["words"].items()}

    def compiled(pattern: str) -> re.Pattern[str]:
        if pattern == "AUTH":
            return re.compile(AUTH)
        for name, value in words.items():
            pattern = pattern.replace(f"{{{name}}}", value)
        return re.compile(rf"(?<![a-z0-9])(?:{pattern})(?![a-z0-9])")

    rules = tuple(
        Rule(
            each["id"],
            each["category"],
            tuple(map(compiled, each["all"])),
            tuple(map(compiled, each.get("unless", []))),
            float(each.get("weight", 1)),
        )
        for each in raw["rules"]
    )
    return Rules(rules, raw["reasons"], raw["remedies"])
