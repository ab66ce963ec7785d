"""Pages: which pages of a document are meant: only 2 to 4, all but the last, without the first two."""

from dataclasses import dataclass

from arkwright.core.json import Json, Object
from arkwright.planner.recipes.phrases import ORDINAL, Hit, Sketch

_WHICH = rf"(?:(?P<end>first|last|title|cover|front)(?: (?P<count>~))? pages?|(?P<end2>first|last) (?P<one>page)|(?P<nth>{ORDINAL}) page|pages? (?P<from>~)(?: ?(?:-|–|to|until|through|till|and) ?(?P<to>~))?)"
_OF = r"(?: (?:of|from|in) (?:the |my |our )?(?P<of><file>|[a-z]+)(?: (?:document|file|pdf))?)?"
_OUT = r"(?:(?:but |and |please )*(?:without|leave out|leaving out|leave off|drop|dropping|omit|omitting|skip|skipping|except(?: for)?|not|minus|remove|removing|less)(?: (?:only|just))?(?: (?:the|its|their))?)"
_DROPPED = rf"{_OUT} {_WHICH}{_OF}|(?:the |but (?:not )?(?:the )?|all but the )?{_WHICH}{_OF} (?:(?:can|should|must|may|shall|could|is to|has to|is|are) )+(?:be )?(?:left out|left off|dropped|omitted|skipped|removed|not needed|not wanted|unnecessary|superfluous)(?: and (?:can|should|may|must) be (?:left out|dropped|removed|omitted|skipped))?|(?:the |a )?{_WHICH}{_OF} (?:is not|isn't|are not|aren't) (?:needed|wanted|required|necessary)(?: and (?:can|should|may|must) be (?:left out|dropped|removed|omitted|skipped))?|all (?:pages )?but (?:the )?{_WHICH}{_OF}"
_KEPT = rf"(?:(?:only|just|nothing but) )*(?:the )?{_WHICH}{_OF}"


@dataclass(frozen=True, slots=True)
class PageChoice:
    """For each source of which not all pages are meant: the first and last page spoken of, and whether they go; the words that say so."""

    keep: dict[str, Json]
    covered: frozenset[int]


def page_choice(sketch: Sketch, sources: list[str]) -> PageChoice | None:
    """The pages to keep; None when a page is spoken of and it is not clear of which source."""
    keep: dict[str, Json] = {}
    covered = frozenset[int]()
    for pattern, dropping in ((_DROPPED, True), (_KEPT, False)):
        for alternative in _split(pattern):
            for hit in sketch.all(alternative):
                if hit.indices & covered:
                    continue
                source, span = _source(hit, sources), _span(hit, dropping=dropping)
                if not source or not span or source in keep:
                    return None
                keep[source] = span
                covered |= hit.indices
    return PageChoice(keep, covered)


def _split(pattern: str) -> tuple[str, ...]:
    """The alternatives of a pattern, so that a group name may stand in each."""
    parts, depth, last = list[str](), 0, 0
    for at, char in enumerate(pattern):
        depth += (char == "(") - (char == ")")
        if char == "|" and depth == 0:
            parts.append(pattern[last:at])
            last = at + 1
    return (*parts, pattern[last:])


def _source(hit: Hit, sources: list[str]) -> str:
    named = hit.mentions("of")
    if named:
        return named[0].value if named[0].value in sources else ""
    word = hit["of"].rstrip("s")
    fitting = [s for s in sources if word and word in s.lower()]
    if len(fitting) == 1:
        return fitting[0]
    if not hit["of"] or word in ("it", "document", "file", "pdf"):
        before = [m.value for m in hit.sketch.reading.inputs() if hit.sketch.reading.index(m) < min(hit.indices)]
        return sources[0] if len(sources) == 1 else before[-1] if before and _adjoins(hit, before[-1]) else ""
    return ""


def _adjoins(hit: Hit, path: str) -> bool:
    """Whether the file stands right before: `terms.pdf without the last page`."""
    reading = hit.sketch.reading
    at = max(reading.index(m) for m in reading.inputs() if m.value == path and reading.index(m) < min(hit.indices))
    return all(reading.tokens[i].kind == "mark" or reading.norms[i] in ("but", "and") for i in range(at + 1, min(hit.indices)))


def _span(hit: Hit, *, dropping: bool) -> Object:
    """The pages that are spoken of, negative numbers counted from the end, and whether they go; {} when not clear."""
    count = hit.number("count") or 1
    end = hit["end"] or hit["end2"]
    if end in ("first", "title", "cover", "front"):
        return {"first": 1, "last": count, "drop": dropping}
    if end == "last":
        return {"first": -count, "last": -1, "drop": dropping}
    first = hit.number("nth") or hit.number("from") or 0
    return {"first": first, "last": hit.number("to") or first, "drop": dropping} if first else {}
