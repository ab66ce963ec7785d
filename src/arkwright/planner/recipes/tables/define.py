"""Define: names that a request gives to what it computes: `revenue (qty * price)`, `value = units times price`."""

from dataclasses import replace

from arkwright.planner.lexicon import AGGREGATES, DATE_PARTS, FORMATS, SUPERLATIVES, words
from arkwright.planner.recipes.tables.events import Compute
from arkwright.planner.recipes.tables.parse_base import Base
from arkwright.planner.recipes.tables.schema import Field
from arkwright.planner.recipes.tables.words import DETERMINERS

_EQUATES = words("= is means being meaning equals : are i.e ie as")
_GROUPS = words("per by each every")
_STOPS = (
    words(
        "and or in on at for to from with where that which who as is are was were only not it me give show list put make draw compute "
        "calculate tell save write has have had find get"
    )
    | DETERMINERS
    | SUPERLATIVES.keys()
    | AGGREGATES.keys()
    | FORMATS.keys()
    | _GROUPS
)
_LINKING = words(
    "that which this , ( i . they it we you he she each brought made earned generated gave bring make earn generate calculated computed defined meant"
)
_TAIL = words("of the items item rows row each in euro euros eur per line lines orders")


def define(parser: Base) -> list[Compute]:
    """Every computation that stands in brackets or after `is`; its name is taught to the words of the parser."""
    found: list[Compute] = []
    tokens = parser.w.reading.tokens
    at = 0
    while at < len(tokens):
        event = _bracketed(parser, at) if tokens[at].text == "(" else _equated(parser, at)
        if event is not None:
            found.append(event)
            at = max(event.span)
        at += 1
    return found


def _bracketed(parser: Base, at: int) -> Compute | None:
    """`revenue per month (qty * unit_price)`: the words before the bracket are the name."""
    w = parser.w
    expression = parser.expression(w.skip(at + 1))
    if expression is None:
        return None
    field, end = expression
    while w.norm(end) in _TAIL:
        end += 1
    start, stop = _name(parser, at)
    field = _teach(parser, field, start, stop)
    return Compute(tuple(range(at + 1, end)), field)


def _equated(parser: Base, at: int) -> Compute | None:
    """`where the value is Qty times Unit cost`."""
    w = parser.w
    if w.norm(at) not in _EQUATES or w.norm(at + 1) in _EQUATES:
        return None
    expression = parser.expression(w.skip(at + 1, DETERMINERS | words(". ,  calculated computed as the to be")))
    start, stop = _name(parser, _before(parser, at))
    if expression is None or start == stop or w.column(start, compound=False):
        return None
    field, end = expression
    if w.norm(start - 1) in DETERMINERS:
        start -= 1
    if w.norm(start - 1) in ("where", "with"):
        start -= 1
    return Compute(tuple(range(start, end)), _teach(parser, field, w.skip(start, DETERMINERS | words("where with")), stop))


def _before(parser: Base, at: int) -> int:
    """The end of the name before `, that is` and `, i.e.`."""
    while at > 0 and parser.w.norm(at - 1) in _LINKING:
        at -= 1
    return at


def _name(parser: Base, end: int) -> tuple[int, int]:
    """The tokens that name what is computed, before `end`; over `per month` and the like."""
    start = _run(parser, end)
    if parser.w.norm(start - 1) in _GROUPS or (parser.w.norm(start - 1) in DETERMINERS and parser.w.norm(start - 2) in _GROUPS):
        at = start - 1
        while parser.w.norm(at) in _GROUPS | DETERMINERS | {"for", "in", "of"}:
            at -= 1
        return _run(parser, at + 1), at + 1
    return start, end


def _run(parser: Base, end: int) -> int:
    w, tokens = parser.w, parser.w.reading.tokens
    at = end
    while at > 0 and end - at < 3 and tokens[at - 1].kind == "word" and w.norm(at - 1) not in _STOPS:
        if w.norm(at - 1) == "of" or w.number(at - 1) is not None:
            break
        at -= 1
    if w.norm(at - 1) == "of" and at > 1 and end - at == 1 and w.norm(at - 2) in ("value", "worth", "cost", "price"):
        return at - 2
    return at


def _teach(parser: Base, field: Field, start: int, stop: int) -> Field:
    """The computed field under the name that stands there, which means it from now on."""
    w = parser.w
    spoken = tuple(w.norms[start:stop])
    if not spoken or spoken[0] in DATE_PARTS or len(spoken) > 3 or w.rows(stop - 1) is not None:
        parser.computed[field.name] = field
        return field
    label = "_".join(spoken)
    named = replace(field, name=label, label=label)
    parser.computed[label] = named
    w.aliases[spoken] = named
    if len(spoken) > 1 and spoken[-1] not in ("days",) and not any(f.label.lower() == spoken[-1] for f in w.schema.fields):
        w.aliases[spoken[-1:]] = named
    return named
