"""Rename: new names for files: numbered in order, with a part replaced or added, or in lower case.

Goal patterns: rename FILES to NAME_001.EXT in order · replace PART by PART in the names of FILES · add PREFIX to FILES · make names lower case.
Slots: folder, types, name pattern, old and new part. Inputs: files of one folder. Outputs: the same files under other names.
"""

import re
from collections.abc import Callable
from pathlib import PurePosixPath

from arkwright.core.json import Json
from arkwright.planner.mentions import Mention
from arkwright.planner.reading import Draft, Drafting, Reading
from arkwright.planner.recipes.phrases import Hit, Sketch
from arkwright.planner.recipes.selection import Selection, select

_PATTERN = re.compile(r"(?P<head>.*?)(?P<digits>\d+|#+|[nxX]{2,}|\{n\})(?P<tail>\.\w+)?")
_RENAME = r"(?:rename|renames|renaming|renumber|number|give(?: (?:the|all|these|my|files|photos|pictures|images|jpg|jpgs|jpeg|png|pngs|in|<folder>|folder))* (?:new |better |numbered )?names|new names|should (?:all )?(?:be (?:called|named|renamed)|get names?)(?: to| like)?|call (?:them|the (?:files|photos|pictures))|name (?:them|the (?:files|photos|pictures)))"
_BACKWARDS = (
    r"(?:in )?(?:reverse|reversed|descending|falling)(?: (?:order|numerical order))?|(?:largest|highest|last)(?: numbers?)? first"
)
_FILES = r"(?:of |in |for |to )?(?:all |every |each |the |any |these )*(?:jpe?gs?|pngs?|pdfs?)?(?: (?:photos?|pictures?|images?|files?))?"
_WORDS = (
    _RENAME,
    r"(?:<new>|<lost>|<quoted>)(?: ?(?:,|and|\.\.\.|…|etc|then|so on|and so on|so forth|and so forth|\.) ?)*",
    r"in (?:the )?(?:order|sequence)(?: of (?:their|the) (?:present |old |current |original )?(?:file ?)?(?:names?|numbers?))?",
    r"(?:keep(?:ing)?|in|by|preserv(?:e|ing)|according to|sorted by|following|ordered by|with|based on)(?: (?:the|their|its|same|present|current|old|original|existing))* (?:order|sequence|numbers?|numbering|numerical order|names?|file ?names?)(?: of (?:the|their) (?:file ?)?(?:names?|numbers))?",
    r"(?:and )?(?:leave|leaving|do not touch|don't touch|not touch|keep|keeping)(?: (?:all|the|any))* (?:other (?:files|things|ones|photos|pictures)|remaining files|everything else|others?|rest)(?: (?:alone|as (?:they|it) (?:are|is)|untouched|in place|unchanged))*|don't touch anything else|etc|so on|sequentially|consecutively|numbered|continuously|<file>(?: ?(?:,|and) ?(?:the )?<file>)* (?:stay|stays|remain|remains|should stay|are left|is left|keep|keeps)(?: (?:as|they|it|are|is|untouched|unchanged|alone|their|its|names?|where))*|so forth|\(? ?sorted by (?:the|their|its) (?:number|name|numbers|file names?)(?: \))?|(?:do not|don't|without) (?:touch|touching|rename|renaming|change|changing)(?: (?:the|any|other|a|png|text|txt|files?|pictures?|and|anything|else|rest|<file>|,))*|(?:all )?(?:the )?other (?:files|things|ones) (?:must|should|may|are|can) (?:not |stay |remain |be )+(?:touched|changed|renamed|untouched|as they are|alone)?|the (?:png|text file|others) (?:stays?|remains?)(?: (?:as|it|is|they|are))*|(?:starting|start) (?:with|at|from) (?:1|001|01|one)",
    r"(?:smallest|lowest)(?: number(?: in (?:the|their|its) names?)?)?(?: comes)? first|(?:in )?(?:ascending|increasing|numerical|alphabetical|rising)(?: order)?(?: of (?:the|their) (?:numbers?|names?))?|(?:sorted |ordered )?by (?:the |their )?(?:present |current |old )?(?:numbers?|names?|file names?)(?: in (?:the|their|its) (?:file ?)?names?)?",
    r"(?:the |any |all )?(?:<file>|png|text|txt|notes?|cover|other)(?: (?:files?|pictures?|ones?|image))?(?: ?(?:,|and|or) ?(?:the )?(?:<file>|png|text|txt|notes?|cover|other)(?: (?:files?|pictures?|ones?|image))?)* (?:should |must |may |can )?(?:keeps?|stays?|remains?)(?: (?:their|its|the|old|present|original|names?|as|they|it|are|is|unchanged|untouched|same))*",
    _BACKWARDS,
)
_NAMES = r"(?:(?:in|of|from) )?(?:(?:the|their|its|all|file|every|each|of) ?)*names?(?: (?:of|in))?"
_PART = r"(?P<old><quoted>|[\w-]+)(?: [_-])* (?:becomes?|turns into|with|by|to|into|for|->|→|is replaced (?:by|with)) (?P<new><quoted>|<newfolder>|[\w-]+)(?: [_-])*"


def rename(reading: Reading, sketch: Sketch) -> Draft | None:
    """Files under new names: one that is named, a numbered series, or names with a part changed."""
    selection = select(sketch)
    single, names = list(reading.inputs()), _patterns(reading)
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
    build.cover(selection.covered, sketch.covered(*_WORDS), *(reading.index(m) for m in names))
    return _moved(reading, build, pairs, "in the order of their names")


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
