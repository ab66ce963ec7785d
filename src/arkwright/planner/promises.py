"""Promises: what a request forbids or takes for granted about a plan ("nothing may be lost"). Each is checked against the plan, never assumed."""

from collections.abc import Callable

from arkwright.core.json import Json
from arkwright.planner.reading import Draft, Reading
from arkwright.planner.recipes.phrases import Hit, Sketch

Holds = Callable[[Draft, Hit], bool]
_THING = r"(?:(?:an?|any|the|some|of|them|these|those|files?|data|copies|thing|anything|something|it|either|lines?|rows?|and|or|single|one|orig(?:i)?nals?|source|script|program|text|contents?|folder|else|document|documents|<file>|in) ?)*"
_DESTROY = r"(?:los(?:e|t|ing)|delet(?:e|ed|ing)|remov(?:e|ed|ing)|overwrit(?:e|ten|ing)|eras(?:e|ed|ing)|disappear(?:ing)?|missing|thrown away|throw(?:ing)? away)"
_TOUCH = r"(?:touch(?:ed|ing)?|chang(?:e|ed|ing)|modif(?:y|ied|ying)|edit(?:ed|ing)?|alter(?:ed|ing)?|mov(?:e|ed|ing)|renam(?:e|ed|ing)|overwrit(?:e|ten|ing))"
_STAY = r"(?:as (?:it|they) (?:is|are)|as is|alone|untouched|unchanged|in place|intact|where (?:it|they) (?:is|are)|the same)"
_ORIGINAL = r"(?:(?:the|my|all|both|three|these|old|existing|source|input|~) )*(?:<file>(?: ?(?:,|and) ?<file>)*|<folder>|orig(?:i)?nals?|source|sources|inputs?|it|they|file|files|script|program|code|chapters?|documents?)(?: (?:files?|documents?|pictures?|images?|photos?|itself|themselves|scripts?|version|text|ones))*"
_OTHERS = r"(?:(?:all |any |the |its |of )*(?:other|remaining|others|rest|everything else|anything else|nothing else|else)(?: (?:files?|things|ones|pictures|photos|names|of the (?:files?|folder)))*(?: (?:there|in it|in there|in <folder>|in the folder))?)"
_CASE = r"(?:(?:upper|lower|capital|small)(?: ?-? ?case)?(?: (?:letters|and|or|/|vs) ?| ?(?:/|and|or|&|,) ?)+(?:lower|upper|small|capital)(?: ?-? ?case)?(?: (?:letters|words))?|(?:(?:the|letter|upper|lower) )*(?:case|capitali[sz]ation)|capitals?|capital letters)"
_MARKS = r"(?:(?:all |the |any )*punctuation(?: marks| signs)?|commas and full stops)"
_SIGHT = rf"(?:(?:and )?(?:{_CASE}|{_MARKS})(?: ?(?:,|and|or|&) ?(?:{_CASE}|{_MARKS}))*)"


def _deletes_nothing(draft: Draft, hit: Hit) -> bool:
    return draft.recipe != "rewrite" and all(task.tool != "files.delete" for task in draft.tasks)


def _changes_nothing(draft: Draft, hit: Hit) -> bool:
    return _deletes_nothing(draft, hit) and all(task.tool != "files.move" for task in draft.tasks)


def _spares_the_others(draft: Draft, hit: Hit) -> bool:
    """Only what the plan names is moved; a file that is to stay must not be among it."""
    moved = {str(move.get("from")) for task in draft.tasks for move in _moves(task.args.get("moves"))}
    named = [mention.value for mention in hit.sketch.reading.mentions if hit.sketch.reading.index(mention) in hit.indices]
    return all(task.tool != "files.delete" for task in draft.tasks) and not moved & set(named)


def _moves(value: Json) -> list[dict[str, Json]]:
    return [dict(move) for move in value if isinstance(move, dict)] if isinstance(value, list) else []


def _folds_case(draft: Draft, hit: Hit) -> bool:
    """Words come lower-cased and without punctuation from the view `words`; a program says so in its text."""
    return any(_mentions(task.args, "words") for task in draft.tasks)


def _mentions(value: Json, part: str) -> bool:
    if isinstance(value, dict):
        code = value.get("code") or value.get("text")
        written = (isinstance(code, str) and ".lower()" in code) or (isinstance(code, str) and "toLowerCase" in code)
        return value.get("part") == part or written or any(_mentions(child, part) for child in value.values())
    return isinstance(value, list) and any(_mentions(child, part) for child in value)


def _leaves_a_program(draft: Draft, hit: Hit) -> bool:
    return any(task.tool == "files.write" for task in draft.tasks) and _deletes_nothing(draft, hit)


_PROMISES: tuple[tuple[str, Holds], ...] = (
    (rf"(?:and |but |please )*(?:nothing|none|no (?:files?|data|copies|one))(?: of (?:it|them))? (?:may|must|should|shall|can|is to|will|is allowed to|gets?|is)(?: (?:get|be|go|to|ever))* {_DESTROY}(?: (?:and|or|nor) (?:none |nothing )?(?:(?:may |must |should )?(?:get |be ))?{_DESTROY})*", _deletes_nothing),
    (rf"(?:and |but |please )*(?:do not|don'?t|never|must not|not to|without)(?: (?:please|ever))? {_DESTROY}(?: (?:or|and|nor) {_DESTROY})* ?{_THING}", _deletes_nothing),
    (r"(?:no|none) (?:overwritten|lost|deleted)|keep(?:ing)? (?:both|all)(?: (?:files|of them|copies))?(?: (?:if|when|in case)(?: (?:two|several|some|files|they|there|are))* (?:have|share|with|has)(?: (?:the|a))? same names?)?", _deletes_nothing),
    (rf"(?:and |but |please )*(?:leave|leaving|keep|keeping) {_ORIGINAL} {_STAY}", _changes_nothing),
    (rf"{_ORIGINAL} (?:must|should|may|shall|can|is|are|has to|have to|will)(?: (?:not|n't|never|to))+ (?:be )?{_TOUCH}", _changes_nothing),
    (rf"{_ORIGINAL} (?:(?:must|should|shall|have to|has to|can|are to|is to|will) )?(?:stays?|remains?|be left|be kept|is left|are left|keeps?)(?: (?:{_STAY}|there|here))+", _changes_nothing),
    (rf"(?:and |but |please )*(?:do not|don'?t|never|without|must not)(?: please)? {_TOUCH}(?: (?:or|and) {_TOUCH})* {_ORIGINAL}", _changes_nothing),
    (rf"(?:and |but |please )*(?:leave|leaving|keep|keeping|do not touch|don'?t touch|not touch|without touching) {_OTHERS}(?: {_STAY})?", _spares_the_others),
    (rf"(?:do not|don'?t|never|without|must not|please do not) {_TOUCH}(?: or {_TOUCH})* {_OTHERS}", _spares_the_others),
    (rf"{_OTHERS} (?:(?:must|should|may|shall|can|is|are|has to|have to|will)(?: (?:not|be|n't))* )?(?:be )?(?:{_TOUCH}|needed|wanted|required|stays?|remains?|left|kept|keeps?)(?: {_STAY}| where (?:they|it) (?:are|is)| (?:their|its) names?)?", _spares_the_others),
    (r"(?:i )?(?:do not|don'?t) (?:need|want) (?:the )?(?:others?|rest|other (?:files|ones))", _spares_the_others),
    (rf"(?:and )?(?:ignor(?:e|es|ing|ed)|regardless of|disregard(?:ing)?|independent(?:ly)? of|irrespective of|never mind|no matter the|without regard to|not counting|without)(?: the)? {_SIGHT}", _folds_case),
    (rf"{_SIGHT} (?:(?:do|does|should|must|shall|is|are)(?: not|n't)? |don'?t |doesn't )?(?:be )?(?:matter|count|ignored|irrelevant|important|disregarded)(?: as)?(?: the)?(?: same)?", _folds_case),
    (rf"(?:treat|count|regard|consider)(?:ing)? {_SIGHT}(?: as)?(?: the)? (?:same|equal|identical|one)(?: word)?|{_CASE} (?:is|are|counts?|should count|should be)(?: treated)?(?: as)?(?: the)? (?:same|equal|one)|case ?-? ?insensitive(?:ly)?", _folds_case),
    (r"(?:and )?(?:please )?(?:keep|leave)(?: (?:the|that|your))? (?:script|program|code|source)(?: (?:file|too|as well|there|in (?:the|this) (?:folder|workspace|place)))*", _leaves_a_program),
)  # fmt: skip


def kept(reading: Reading, draft: Draft) -> frozenset[int]:
    """The tokens of all promises that the draft keeps; those of a promise it would break stay unaccounted for."""
    sketch = Sketch(reading)
    return frozenset(
        index for pattern, holds in _PROMISES for hit in sketch.all(pattern) if holds(draft, hit) for index in hit.indices
    )
