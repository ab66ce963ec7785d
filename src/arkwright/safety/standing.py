"""Standing: whether a value stands in the user's own request, which is what makes it the user's to send."""

import re
from collections.abc import Iterator
from functools import lru_cache

from arkwright.core.json import Json

QUOTES = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "\u00a0": " "})


def stands_in(value: str, request: str) -> bool:
    """Whether `value` is in `request` as whole words, whatever the case, the spacing and the shape of quotes."""
    wanted = plain(value)
    if not wanted:
        return True
    text = plain(request)
    at = text.find(wanted)
    while at >= 0:
        end = at + len(wanted)
        if not (_glued(text, at) or _glued(text, end)):
            return True
        at = text.find(wanted, at + 1)
    return False


def _glued(text: str, at: int) -> bool:
    """Whether the cut at `at` goes through a word."""
    return 0 < at < len(text) and text[at - 1].isalnum() and text[at].isalnum()


@lru_cache(maxsize=512)
def plain(text: str) -> str:
    """Lower case, single spaces, straight quotes."""
    return re.sub(r"\s+", " ", text.translate(QUOTES)).strip().casefold()


def names(value: Json) -> Iterator[str]:
    """Every name of a field in a value: it leaves with the value."""
    if isinstance(value, dict):
        for name, child in value.items():
            yield name
            yield from names(child)
    elif isinstance(value, list):
        for child in value:
            yield from names(child)


def leaves(value: Json) -> Iterator[str]:
    """Every string and number in a value, as text; keys are not values."""
    if isinstance(value, dict):
        for child in value.values():
            yield from leaves(child)
    elif isinstance(value, list):
        for child in value:
            yield from leaves(child)
    elif isinstance(value, str):
        yield value
    elif isinstance(value, int | float) and not isinstance(value, bool):
        yield f"{value:g}" if isinstance(value, float) else str(value)
