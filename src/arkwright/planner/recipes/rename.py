"""Rename: new names for files: numbered in order, with a part replaced or added, or in lower case.

Goal patterns: rename FILES to NAME_001.EXT in order · replace PART by PART in the names of FILES · add PREFIX to FILES · make names lower case.
Slots: folder, types, name pattern, old and new part. Inputs: files of one folder. Outputs: the same files under other names.
"""

import re
from collections.abc import Callable
from pathlib import PurePosixPath

from arkwright.core.json import Json
from arkwright.planner.lexicon import words
from arkwright.planner.mentions import Mention
from arkwright.planner.reading import Draft, Drafting, Reading
from arkwright.planner.recipes.parlance import FILES, idle
from arkwright.planner.recipes.phrases import Hit, Sketch
from arkwright.planner.recipes.selection import Selection, chosen_extensions, select

_PATTERN = re.compile(r"(?P<head>.*?)(?P<digits>\d+|#+|[nxX]{2,}|\{n\})(?P<tail>\.\w+)?")
_RENAME = r"(?:renam(?:e|es|ed|ing)|renumber(?:ed)?|number(?:ed|ing)?|(?:give|get|have|receive|need|chang(?:e|ing))(?: \S+){0,8} names?|new names|should (?:all )?(?:be (?:called|named|renamed)|get names?)(?: to| like)?|(?:be|get|become|called|named)|call (?:them|the (?:files|photos|pictures))|name (?:them|the (?:files|photos|pictures|images)))"
_BACKWARDS = (
    r"(?:in )?(?:reverse|reversed|descending|falling)(?: (?:order|numerical order))?|(?:largest|highest|last)(?: numbers?)? first"
)
_FILES = r"(?:of |in |for |to )?(?:all |every |each |the |any |these )*(?:jpe?gs?|pngs?|pdfs?)?(?: (?:photos?|pictures?|images?|files?))?"
_NUMBER_WORD = r"(?:order|sequence|numbers?|numbering|numerical order|names?|file ?names?|alphabet)"
_AS_NOW = r"(?:the|their|its|same|present|current|currently|old|original|existing|previous|former|of|in|they|carry|have|at|moment|now|had|before|files|photos|pictures)"
_WORDS = (
    r"(?:<new>|<lost>|<quoted>)(?: ?(?:,|and|\.\.\.|…|etc|then|so on|and so on|so forth|and so forth|\.) ?)*",
    r"(?:(?:they |which |that |these |at the moment |currently |now |right now )?(?:are|is|were|have|has|got)? ?(?:all |currently |now )?(?:called|named|numbered|names? like|like|names|such as)? ?)?<example>(?: ?(?:,|and|\.\.\.|…|etc|so on|and so on|so forth|and so forth|to|or the like|\.) ?)*(?:<example>)?(?: at the moment| now| currently)?",
    rf"(?:in|by|after|preserv(?:e|ing)|according to|sorted by|following|ordered by|order by|with|based on|keep(?:ing)?|keep them in|stick(?:ing)? to|sort(?:ed)? by|along)(?: {_AS_NOW})* {_NUMBER_WORD}(?: (?:of|in)(?: {_AS_NOW})* ?{_NUMBER_WORD}?)*(?: {_AS_NOW})*(?: (?:should|must|shall) be kept)?",
    rf"(?:the )?order (?:of |by )?(?:{_AS_NOW} )*{_NUMBER_WORD}? ?(?:(?:should|must|shall|is to|has to) (?:be kept|stay|remain|be preserved|not change)|stays|remains|is kept|counts|decides)(?: the same)?|sequentially|consecutively|continuously|numbered|etc|so on|so forth",
    rf"(?:(?:smallest|lowest)(?: {_AS_NOW})*(?: numbers?)?(?: (?:in|of) {_AS_NOW}* ?names?)?(?: comes| goes| gets)? first)|(?:in )?(?:ascending|increasing|numerical|alphabetical|rising)(?: order)?(?: of (?:the|their) (?:numbers?|names?))?|(?:starting|start|beginning|begin)(?: with| at| from)? (?:1|001|01|one)",
    _BACKWARDS,
)
_KINDS = r"(?:<file>|pngs?|jpe?gs?|txts?|text|notes?|cover|other|remaining|rest|everything else|others)(?: (?:files?|pictures?|ones?|images?|photos?|types?|things))?(?: (?:there|in (?:it|there|that folder|the folder|<folder>)))?"
_LIST = rf"(?:(?:the|any|all|of|and|,|or|\+|&|/|a|those|files?|which|that|aren't|are|not) ?)*{_KINDS}(?: ?(?:,|and|or|\+|&|/)* ?(?:the |any |all )*{_KINDS})*"
_SPARED = (
    rf"(?:and |but )?(?:please )?(?:leave|leaving|keep|keeping|do not touch|don't touch|not touch|without touching|don't change|do not change|not change|don't rename|do not rename|not rename|not renaming|except|excluding) {_LIST}(?: (?:alone|as (?:they|it) (?:are|is)|as is|untouched|in place|unchanged|where (?:they|it) (?:are|is)|their names?))*",
    rf"{_LIST} (?:(?:should|must|may|can|shall|do|does|is|are|has to|have to|will|just) )*(?:not (?:be )?(?:touched|changed|renamed|affected)|keeps?|stays?|remains?|(?:be )?(?:left|kept))(?: (?:their|its|the|old|present|original|names?|just|as|they|it|are|is|unchanged|untouched|same|alone|where))*",
    r"(?:do not|don't|without|never|not)(?: (?:touch|touching|rename|renaming|change|changing))(?: (?:the|any|all|other|anything|else|rest|others))+(?: (?:files?|pictures?|things|ones))?",
    r"(?:do not|don't|not) (?:touch|rename|change) (?:any )?files (?:that|which) (?:are not|aren't|are no) (?:jpe?gs?|pngs?|pictures?|photos?)(?: files?)?",
)
_BAG = words(
    """
    photo photos picture pictures image images pic pics photograph photographs name names filename filenames number numbers numbering holiday camera scheme pattern
    serial running old present current existing new instead accordingly each one
    """
)
_NAMES = r"(?:(?:in|of|from) )?(?:(?:the|their|its|all|file|every|each|of) ?)*names?(?: (?:of|in))?"
_PART = r"(?P<old><quoted>|[\w-]+)(?: [_-])* (?:becomes?|turns into|with|by|to|into|for|->|→|is replaced (?:by|with)) (?P<new><quoted>|<newfolder>|[\w-]+)(?: [_-])*"


def rename(reading: Reading, sketch: Sketch) -> Draft | None:
    """Files under new names: one that is named, a numbered series, or names with a part changed."""
    names = _patterns(reading)
    selection = select(sketch, spared=frozenset[int]().union(*_spoken(sketch))) if names else select(sketch)
    single = list(reading.inputs())
    in_folder = bool(selection and selection.folders)
    if sketch.has(_RENAME) and len(single) == 1 and len(names) == 1 and not in_folder:
        return _rename_one(reading, sketch, single[0].value, names[0].value)
    if selection is None or not in_folder:
        return None
    if names:
        return _numbered(reading, sketch, selection, names) if sketch.has(_RENAME) else None
    return _respelled(reading, sketch, selection)


def _patterns(reading: Reading) -> list[Mention]:
    """The names that are to be given, as far as the request spells them out."""
    named = [m for m in reading.named("file") if m.role in ("output", "missing")]
    return named + [m for m in reading.named("quoted") if _PATTERN.fullmatch(m.value)]


def _numbered(reading: Reading, sketch: Sketch, selection: Selection, names: list[Mention]) -> Draft | None:
    """Files of one kind get numbered names, in the order of their present names."""
    match = _PATTERN.fullmatch(names[0].value.rpartition("/")[2])
    if match is None:
        return None
    tail = (match["tail"] or "").lower()
    # A picture of another type stays what it is: renaming converts nothing.
    same = ("", ".jpg", ".jpeg") if tail in (".jpg", ".jpeg") else ("", tail)
    files = [f for f in selection.files if not tail or PurePosixPath(f.path).suffix.lower() in same[1:]]
    files.sort(key=lambda f: _natural(f.path), reverse=sketch.has(_BACKWARDS))
    digits = match["digits"]
    first, width = (int(digits), len(digits)) if digits.isdigit() else (1, len(digits) if digits[0] != "{" else 1)
    width = max(width, len(str(first + len(files) - 1))) if width > 1 else width
    pairs: list[tuple[str, str]] = []
    for number, file in enumerate(files, first):
        old = PurePosixPath(file.path)
        pairs.append((file.path, f"{match['head']}{number:0{width}d}{match['tail'] or old.suffix}"))
    build = Drafting(reading, "organise", "rename in order")
    build.cover(selection.covered, sketch.covered(_RENAME, *_WORDS), *(reading.index(m) for m in names))
    spared = _spared(sketch, {file.path for file in files})
    if spared is None or sketch.has(
        r"by (?:the )?(?:date|day|time|size)|(?:date|day|time) (?:they|it) (?:was|were)|oldest|newest|taken"
    ):
        return None
    build.cover(spared, idle(sketch, FILES, _BAG))
    return _moved(reading, build, pairs, "in the order of their names")


def _spoken(sketch: Sketch) -> list[frozenset[int]]:
    """The words about files that keep their names: their types choose nothing."""
    return [frozenset(), *(hit.indices for pattern in _SPARED for hit in sketch.all(pattern))]


def _spared(sketch: Sketch, renamed: set[str]) -> frozenset[int] | None:
    """The words about files that keep their names; None when one of them would be renamed."""
    covered = frozenset[int]()
    for indices in _spoken(sketch):
        named = {m.value for m in sketch.reading.named("file", "input") if sketch.reading.index(m) in indices}
        types, _ = chosen_extensions(sketch, only=indices)
        others = re.search(r"(?:that|which) (?:aren't|are (?:not|no))\b", sketch.reading.quote(indices))
        if named & renamed or (not others and any(PurePosixPath(path).suffix.lower().lstrip(".") in types for path in renamed)):
            return None
        covered |= indices
    return covered


def _respelled(reading: Reading, sketch: Sketch, selection: Selection) -> Draft | None:
    """Names with a part replaced, added or taken away, or in lower or upper case."""
    found = _change(sketch)
    if found is None:
        return None
    change, words, says = found
    pairs = [(f.path, change(PurePosixPath(f.path))) for f in selection.files]
    build = Drafting(reading, "organise", "change names")
    build.cover(
        selection.covered,
        words,
        sketch.covered(
            _RENAME,
            _FILES,
            _NAMES,
            r"keep(?:ing)? (?:the|their) numbers?|so that|(?:the )?rest of the names? (?:stays|is kept)|from",
        ),
    )
    return _moved(reading, build, [(old, new) for old, new in pairs if new != PurePosixPath(old).name], says)


def _change(sketch: Sketch) -> tuple[Callable[[PurePosixPath], str], frozenset[int], str] | None:
    """How a name is to be changed, the words that say it, and how to tell."""
    hit = sketch.find(r"(?:to|in|into|all)? ?(?P<case>lower|upper)(?: ?-? ?case)?(?: letters)?")
    if hit and sketch.has(r"names?"):
        lower = hit["case"] == "lower"
        words = hit.indices | sketch.covered("make|turn|convert|change")
        return (lambda p: p.name.lower() if lower else p.name.upper()), words, f"in {hit['case']} case"
    put = sketch.find(
        r"(?:add|put|prepend|append|insert)(?: (?:the|a|an))* (?:(?P<kind>prefix|suffix|word|text) )?(?P<what><quoted>|<newfolder>|[\w-]+)(?: [_-])*(?: (?P<where>in front of|before|after|behind|to the (?:beginning|start|end) of|at the (?:beginning|start|end) of))?|(?:with )?(?:the )?(?P<kind2>prefix|suffix) (?P<what2><quoted>|[\w-]+)(?: [_-])*"
    )
    if put and (put["kind"] in ("prefix", "suffix") or put["kind2"] or put["where"]):
        text = _said(put, "what") or _said(put, "what2")
        where = f"{put['kind']} {put['kind2']} {put['where']}"
        after = any(word in where for word in ("suffix", "after", "behind", "end"))
        return (lambda p: f"{p.stem}{text}{p.suffix}" if after else f"{text}{p.name}"), put.indices, f"with {text!r} added"
    return _replaced(sketch)


def _replaced(sketch: Sketch) -> tuple[Callable[[PurePosixPath], str], frozenset[int], str] | None:
    hit = sketch.find(rf"(?:replace|change|swap|substitute|turn)(?: (?:the|word|text|part))* {_PART}") or sketch.find(
        rf"so that (?:the |every )?{_PART}"
    )
    if hit is None or not (sketch.has(r"names?") or sketch.has(_RENAME)):
        return None
    old, new = _said(hit, "old"), _said(hit, "new")
    return (lambda p: p.name.replace(old, new)), hit.indices, f"with {new!r} for {old!r}"


def _said(hit: Hit, name: str) -> str:
    """A part of a name as it stands in the request, without its quotes."""
    named = hit.mentions(name)
    if named:
        return named[0].value
    text, end = hit.sketch.reading.text, hit.sketch.reading.tokens[max(hit.tokens(name))].end
    return hit.written(name) + re.match(r"[_-]*", text[end:]).group()  # pyright: ignore[reportOptionalMemberAccess]


def _moved(reading: Reading, build: Drafting, pairs: list[tuple[str, str]], says: str) -> Draft | None:
    """The moves; None when there is nothing to rename or two files would get one name."""
    targets = [str(PurePosixPath(old).with_name(new)) for old, new in pairs]
    if not pairs or len({target.lower() for target in targets}) < len(targets):
        return None
    moves: list[Json] = [{"from": old, "to": target} for (old, _), target in zip(pairs, targets, strict=True)]
    done = build.task(f"Rename {len(moves)} files", "files.move", {"moves": moves}, idempotent=False)
    build.require(reading.text, done)
    build.say(f"Renamed {len(moves)} files {says}, from {pairs[0][0]} → {targets[0]} to {pairs[-1][0]} → {targets[-1]}.")
    return build.draft()


def _rename_one(reading: Reading, sketch: Sketch, old: str, new: str) -> Draft:
    build = Drafting(reading, "organise", "rename a file")
    target = new if "/" in new else str(PurePosixPath(old).with_name(new))
    build.cover(sketch.covered(_RENAME, "<file>", "<new>", "<lost>", r"(?:the )?(?:file|document|script|name)"))
    build.require(
        reading.text,
        build.task(f"Rename {old} to {target}", "files.move", {"moves": [{"from": old, "to": target}]}, idempotent=False),
    )
    build.say(f"Renamed {old} to {target}.")
    return build.draft()


def _natural(path: str) -> list[tuple[int, int, str]]:
    """Numbers inside names compare as numbers."""
    return [(0, int(part), "") if part.isdigit() else (1, 0, part) for part in re.split(r"(\d+)", path.lower()) if part]
