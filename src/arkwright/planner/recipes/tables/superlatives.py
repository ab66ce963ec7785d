"""Superlatives: words that say which end of an order comes first, and what kind of thing they speak of."""

from collections.abc import Sequence

from arkwright.planner import lexicon

# (comes down from the top, kind): kinds are as in the lexicon.
MORE: dict[str, tuple[bool, str]] = {
    "soonest": (False, "date"), "nearest": (False, "date"), "longest-lasting": (True, "days"), "strongest": (True, ""), "weakest": (False, ""),
    "commonest": (True, ""), "priciest": (True, "price"), "dearest": (True, "price"), "fastest": (False, "days"), "quickest": (False, "days"),
    "slowest": (True, "days"), "poorest": (False, ""), "richest": (True, ""), "maximal": (True, ""), "minimal": (False, ""), "heaviest": (True, ""),
    "lightest": (False, ""), "tallest": (True, ""), "hottest": (True, ""), "coldest": (False, ""), "warmest": (True, ""), "leading": (True, ""),
}  # fmt: skip
SUPERLATIVES: dict[str, tuple[bool, str]] = {**MORE, **lexicon.SUPERLATIVES}
AFTER_MOST: dict[str, tuple[bool, str]] = {
    "expensive": (True, "price"), "costly": (True, "price"), "recent": (True, "date"), "urgent": (False, "date"), "frequent": (True, ""),
    "common": (True, ""), "often": (True, ""), "popular": (True, ""), "valuable": (True, ""), "frequently": (True, ""), "important": (True, ""),
    "used": (True, ""), "visited": (True, ""), "successful": (True, ""), "profitable": (True, ""), "requested": (True, ""), "current": (True, "date"),
}  # fmt: skip
PAIRS: dict[str, tuple[bool, str]] = {
    "high": (True, ""), "low": (False, ""), "big": (True, ""), "large": (True, ""), "small": (False, ""), "most": (True, ""), "least": (False, ""),
    "few": (False, ""), "fewest": (False, ""), "new": (True, "date"), "old": (False, "date"), "long": (True, "days"), "short": (False, "days"),
    "cheap": (False, "price"), "expensive": (True, "price"), "early": (False, "date"), "late": (True, "date"), "first": (False, "date"), "last": (True, "date"),
    "best": (True, ""), "worst": (False, ""), "largest": (True, ""), "smallest": (False, ""), "top": (True, ""), "bottom": (False, ""), "lot": (True, ""),
}  # fmt: skip


def superlative(norms: Sequence[str], i: int) -> tuple[tuple[bool, str], int] | None:
    """What a superlative at `i` means, and the index after it: `largest`, `most urgent`, `least expensive`."""
    word = norms[i] if 0 <= i < len(norms) else ""
    after = norms[i + 1] if i + 1 < len(norms) else ""
    if word in ("most", "least") and after in AFTER_MOST:
        down, kind = AFTER_MOST[after]
        return (down if word == "most" else not down, kind), i + 2
    if word in SUPERLATIVES and word not in ("first",):
        return SUPERLATIVES[word], i + 1
    return None


def pair(norms: Sequence[str], i: int) -> tuple[bool, str] | None:
    """What one end of `from high to low`, `longest to shortest` means."""
    word = norms[i] if 0 <= i < len(norms) else ""
    found = superlative(norms, i)
    return found[0] if found else PAIRS.get(word)
