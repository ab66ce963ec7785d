"""Slots: patterns of words with typed gaps, so that one pattern stands for many wordings.

A pattern is a row of elements. `first|on_top` is one of some phrases (an underscore joins words), `the?` may be there, `is|be*` any number of
times; `<sup>` is a superlative, `<thing>` what is measured or listed, `<col>` a column, `<rows>` a word for rows, `<num>` a number, `<value>` a
value of the data, `<part>` a part of a date, `<file>` a file that is read, `<mark>` a comma, colon or dash.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from arkwright.planner.lexicon import AGGREGATES, words
from arkwright.planner.recipes.tables.schema import Field, is_key
from arkwright.planner.recipes.tables.superlatives import superlative
from arkwright.planner.recipes.tables.words import DETERMINERS, Words

# Words that stand for whatever is measured or listed.
BLANKS = words(
    "one ones value values total totals sum sums result results number numbers figure figures amount share percentage count counts portion portions proportion entry entries date line rows row"
)
# Words that describe what is measured without changing what it is.
LOOSE = words("total summed overall combined respective single whole own of in the a an by its their each")


@dataclass(frozen=True, slots=True)
class Thing:
    """What a noun phrase speaks of: a column, a function of one (`average price`), or rows (both empty)."""

    field: Field | None = None
    fn: str = ""
    rows: bool = False


@dataclass(frozen=True, slots=True)
class Slots:
    """What stands in the gaps of a pattern, in order, and the index after it."""

    end: int
    held: tuple[object, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class _Element:
    phrases: tuple[tuple[str, ...], ...]
    slot: str
    least: int
    most: int


def match(w: Words, i: int, pattern: str) -> Slots | None:
    """The pattern at `i`: the longest way to read it."""
    return max(_match(w, i, _elements(pattern), ()), key=lambda found: found.end, default=None)


@lru_cache(maxsize=512)
def _elements(pattern: str) -> tuple[_Element, ...]:
    found: list[_Element] = []
    for text in pattern.split():
        least, most = (0, 1) if text.endswith("?") else (0, 9) if text.endswith("*") and len(text) > 1 else (1, 1)
        bare = text.rstrip("?*") if least == 0 else text
        slot = bare[1:-1] if bare.startswith("<") else ""
        phrases = () if slot else tuple(sorted((tuple(p.split("_")) for p in bare.split("|")), key=len, reverse=True))
        found.append(_Element(phrases, slot, least, most))
    return tuple(found)


@lru_cache(maxsize=512)
def openings(pattern: str) -> frozenset[str] | None:
    """The words a pattern can begin with; None when it can begin with a gap."""
    found: set[str] = set()
    for element in _elements(pattern):
        if element.slot:
            return None
        found.update(phrase[0] for phrase in element.phrases)
        if element.least:
            return frozenset(found)
    return None


def _match(w: Words, i: int, elements: tuple[_Element, ...], held: tuple[object, ...]) -> Iterator[Slots]:
    if not elements:
        yield Slots(i, held)
        return
    first, rest = elements[0], elements[1:]
    for end, value in _once(w, i, first):
        again = elements if first.most > 1 else rest
        yield from _match(w, end, again, held if first.most > 1 and not first.slot else (*held, value) if first.slot else held)
        if first.most > 1:
            yield from _match(w, end, rest, held)
    if not first.least:
        yield from _match(w, i, rest, (*held, None) if first.slot else held)


def _once(w: Words, i: int, element: _Element) -> Iterator[tuple[int, object]]:
    if element.slot:
        if (found := SLOTS[element.slot](w, i)) is not None:
            yield found
        return
    for phrase in element.phrases:
        if all(w.norm(i + n) == word for n, word in enumerate(phrase)):
            yield i + len(phrase), None


# ---------------------------------------------------------------------- gaps
Gap = Callable[[Words, int], tuple[int, object] | None]


def thing(w: Words, i: int) -> tuple[int, Thing] | None:
    """`number of orders`, `total amount`, `rental`, `one`: what is measured or listed."""
    j = w.skip(i, LOOSE)
    fn = ""
    if (found := w.aggregate(j)) is not None:
        fn, j = found
        j = w.skip(j, DETERMINERS | LOOSE)
        if (column := w.column(j, numeric=True)) and column.field.numeric and fn != "count":
            return column.end, Thing(column.field, fn)
        if fn == "count" and ((rows := w.rows(j)) or (other := w.column(j))):
            return (rows[1] if rows else other.end), Thing(None, "count")  # type: ignore[union-attr]
        return found[1], Thing(None, fn)
    column, rows = w.column(j), w.rows(j)
    if column is not None and (column.score >= 70 or rows is None or rows[1] < column.end):
        end = column.end
        if w.norm(end) in ("value", "values", "total", "sum", "count") and w.column(end) is None:
            end += 1
        return end, Thing(column.field, rows=is_key(column.field) and rows is not None)
    if rows is not None:
        return rows[1], Thing(rows=True)
    if w.norm(j) in BLANKS:
        return j + 1, Thing()
    if j > i and w.norm(j - 1) in BLANKS | AGGREGATES.keys():
        return j, Thing(fn=AGGREGATES.get(w.norm(j - 1), ""))
    return None


def _column(w: Words, i: int) -> tuple[int, object] | None:
    found = w.column(i)
    return (found.end, found.field) if found else None


def _numeric(w: Words, i: int) -> tuple[int, object] | None:
    found = w.column(i, numeric=True)
    return (found.end, found.field) if found and found.field.numeric and not is_key(found.field) else None


def _rows(w: Words, i: int) -> tuple[int, object] | None:
    found = w.rows(i)
    return (found[1], found) if found else None


def _number(w: Words, i: int) -> tuple[int, object] | None:
    value = w.number(i)
    return (i + 1, value) if value is not None else None


def _hours(w: Words, i: int) -> tuple[int, object] | None:
    found = re.fullmatch(r"(\d+)(?:h|hr|hrs|min)", w.norm(i))
    return (i + 1, float(found[1])) if found else None


def _value(w: Words, i: int) -> tuple[int, object] | None:
    found = w.value(i)
    return (found[2], found) if found else None


def _part(w: Words, i: int) -> tuple[int, object] | None:
    found = w.date_part(i)
    return (found[1], found[0]) if found else None


def _dimension(w: Words, i: int) -> tuple[int, object] | None:
    found = w.column(i)
    part = w.date_part(i)
    if found and not (found.field.numeric and not is_key(found.field)) and found.score >= 78:
        return found.end, found.field
    return (
        (part[1], part[0])
        if part and w.schema.dates()
        else (found.end, found.field)
        if found and not found.field.numeric
        else None
    )


def _superlative(w: Words, i: int) -> tuple[int, object] | None:
    found = superlative(w.norms, i)
    return (found[1], found[0]) if found else None


def _file(w: Words, i: int) -> tuple[int, object] | None:
    mention = w.reading.mention(i) if w.norm(i) == "§" else None
    return (i + 1, mention) if mention is not None and mention.role == "input" else None


def _output(w: Words, i: int) -> tuple[int, object] | None:
    mention = w.reading.mention(i) if w.norm(i) == "§" else None
    return (i + 1, mention) if mention is not None and mention.role == "output" else None


def _aggregate(w: Words, i: int) -> tuple[int, object] | None:
    return (i + 1, AGGREGATES[w.norm(i)]) if w.norm(i) in AGGREGATES else None


def _mark(w: Words, i: int) -> tuple[int, object] | None:
    return (i + 1, w.norm(i)) if w.norm(i) in (",", ":", "-", "–", "—", "(", ")") else None


def _quoted(w: Words, i: int) -> tuple[int, object] | None:
    return (i + 1, w.quoted(i)) if w.quoted(i) else None


SLOTS: dict[str, Gap] = {
    "thing": thing, "col": _column, "dim": _dimension, "number": _numeric, "rows": _rows, "num": _number, "value": _value, "part": _part, "sup": _superlative,
    "file": _file, "out": _output, "agg": _aggregate, "mark": _mark, "hours": _hours, "quoted": _quoted,
}  # fmt: skip
