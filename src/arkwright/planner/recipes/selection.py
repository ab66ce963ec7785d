"""Selection: which files of a folder a request means, by type, name and size."""

import operator
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePosixPath

from arkwright.core.json import Json
from arkwright.core.survey import File
from arkwright.planner.mentions import EXTENSIONS
from arkwright.planner.recipes.phrases import Hit, Sketch

_PICTURES = ("jpg", "jpeg", "png", "gif", "webp", "bmp", "tif", "tiff", "heic", "svg")
KINDS: dict[str, tuple[str, ...]] = {
    r"(?:jpe?gs?)(?: (?:files?|pictures?|images?|photos?))?": ("jpg", "jpeg"),
    r"pngs?(?: (?:files?|pictures?|images?))?": ("png",),
    r"pdfs?(?: (?:files?|documents?))?": ("pdf",),
    r"(?:text|txts?) files?": ("txt",),
    r"txts": ("txt",),
    r"csvs(?: files?)?|csv files?(?! (?:with|called|named|containing|<new>))": ("csv",),
    r"(?:logs?)(?: files?)|logs": ("log",),
    r"(?:markdown|md)(?: (?:files?|documents?))": ("md", "markdown"),
    r"(?:word|docx)(?: (?:files?|documents?))": ("docx", "doc"),
    r"(?:excel|xlsx)(?: (?:files?|sheets?|workbooks?))|spreadsheets": ("xlsx", "xls"),
    r"python (?:files?|scripts?)": ("py",),
    r"jsons(?: files?)?|json files?(?! (?:with|called|named|containing|<new>))": ("json",),
    r"videos?(?: files?)?|movies": ("mp4", "mov", "avi", "mkv"),
    r"(?:node|java ?script|js) (?:files?|scripts?)": ("js", "mjs"),
    r"(?:pictures?|images?|photos?|pics|photographs?)(?: files?)?": _PICTURES,
}
KINDS_OF: dict[str, tuple[str, ...]] = {
    "jpg": ("jpg", "jpeg"),
    "jpeg": ("jpg", "jpeg"),
    "md": ("md", "markdown"),
    "docx": ("docx", "doc"),
    "xlsx": ("xlsx", "xls"),
    "js": ("js", "mjs"),
    "tif": ("tif", "tiff"),
    "html": ("html", "htm"),
}
_SPARE = r"(?:,|but|and)? ?(?:(?:except(?: for)?|excepting|excluding|exclude|but not|not counting|other than|apart from|besides|without|save for|leave out|leaving out|skip|skipping|omit|omitting|ignore|ignoring|not)|(?:\w+ )?(?:do|does)? ?(?:not|n't|don't|doesn't) (?:need|want|require|include|pack|zip|move|copy|take|touch|belong|get|add))"
_EXTENSION = rf"(?:\* ?)?\. ?(?:{'|'.join(sorted(map(re.escape, EXTENSIONS), key=len, reverse=True))})s?"
_JOINED = r"(?: ?(?:,|and|or|&|/|\+|and all|as well as|plus|the|all))* ?"
_SUFFIX = rf"(?:{_EXTENSION})(?:{_JOINED}(?:{_EXTENSION}))*(?: files?| ones| documents?| pictures?| images?| photos?| scripts?)?"
_TYPED = rf"(?P<ext>{'|'.join(sorted((re.escape(e) for e in EXTENSIONS if e.isalnum() and e not in ('key', 'tab', 'env', 'db')), key=len, reverse=True))})(?: ?- ?)? ?(?:files?|documents?|pictures?|images?|photos?|scripts?|pics|binaries)(?! (?:with|called|named|containing|<new>))"
_SIZES = {
    "b": 1,
    "byte": 1,
    "bytes": 1,
    "k": 1024,
    "kb": 1024,
    "kilobytes": 1024,
    "kib": 1024,
    "m": 1 << 20,
    "mb": 1 << 20,
    "megabytes": 1 << 20,
    "mib": 1 << 20,
}
_LARGER = r"(?:that are |which are |with a size )?(?P<how>>=?|<=?|larger than|bigger than|more than|over|above|greater than|exceeding|exceed|exceeds|of more than|at least|not less than|smaller than|less than|under|below|up to)(?: a size of)? (?:(?P<n>\d+(?:[.,]\d+)?) ?(?P<u>bytes?|b|kb|kib|mb|mib|k|m|kilobytes|megabytes)|(?P<glued>\d+(?:kb|kib|mb|mib|k|b)))(?: in size)?"
_COMPARISONS = (
    (("at least", "not less than", ">="), "ge"),
    (("up to", "<="), "le"),
    (("smaller than", "less than", "under", "below", "<"), "lt"),
    (
        (
            "larger than",
            "bigger than",
            "more than",
            "over",
            "above",
            "greater than",
            "exceeding",
            "exceed",
            "exceeds",
            "of more than",
            ">",
        ),
        "gt",
    ),
)
_STARTS = r"(?:whose|with|where|that have|which have)?(?: (?:a|the|their|file))* ?(?:names?|file ?names?)? ?(?:that )?(?:starts?|starting|begins?|beginning)(?: with| in)?(?: the (?:word|letters?))? (?P<what><quoted>|(?!(?:with|in|from|by|at|the|a|an|its|their|smallest|largest|biggest|longest|shortest|most|fewest|highest|lowest|newest|oldest|chapter|page|~)(?: |$))[\w-]+)(?: (?:in (?:its|the|their) names?))?"
_HAS = r"(?:whose|with|where|that have|which have)?(?: (?:a|the|their|file))* ?(?:names?|file ?names?) ?(?:that )?(?:contains?|containing|includes?|including|has|have|having)(?: the (?:word|text))? (?P<what><quoted>|[\w-]+)|with (?P<it><quoted>|[\w-]+) in (?:the|its|their) (?:file ?)?names?"
_ENDS = r"(?:whose|with|where)?(?: (?:a|the|their|file))* ?(?:names?|file ?names?) ?(?:that )?(?:ends?|ending) (?:with|in|on) (?P<what><quoted>|[\w-]+)"
_ALL = r"(?:all|every|each|any|the|its)(?: of)?(?: the)?(?: single)? (?:files?|documents|contents?|stuff|things)(?: and (?:sub)?folders)?|everything|(?:the )?(?:whole|entire|complete|full)?(?= <folder>)|(?:whole|entire|complete) (?:folder|directory|thing)|files?"
_EXCEPT = r"(?:,|but|all)? ?(?:except(?: for)?|excepting|excluding|but not|not counting|other than|apart from|besides|without|leave out|leaving out|skip|skipping|omit|omitting|save for|(?:that |which )?(?:are|is)(?: not|n't)|not)(?: (?:any|the|all|those|for|of))* (?P<what>(?:<file>(?: ?(?:,|and|or) ?(?:the )?<file>)*)|(?:(?:pictures?|images?|photos?|jpe?gs?|pngs?|pdfs?|txts?|text|csvs?|logs?|markdown|md|word|docx|excel|xlsx|python|jsons?|videos?)(?: (?:files?|ones|pictures|documents))?|(?:\* ?)?\. ?[a-z0-9]{2,4}s?(?: files?)?)(?: ?(?:,|and|or) ?(?:the )?(?:(?:pictures?|images?|photos?|jpe?gs?|pngs?|pdfs?|txts?|text|csvs?|logs?|markdown|md|word|docx|excel|xlsx|python|jsons?|videos?)(?: (?:files?|ones|pictures|documents))?|(?:\* ?)?\. ?[a-z0-9]{2,4}s?(?: files?)?))*)"
_BELOW = r"(?:(?:sub|nested|inner|deeper|lower)-? ?(?:folders?|directories|dirs|levels?)|sub ?folders?|folders (?:below|under|inside|underneath|in)(?: (?:it|them|that|there|<folder>))?|everything (?:below|under|underneath)(?: it)?)"
_DEEP_TOO = rf"(?:\( ?)?(?:,|and|also|even|with|incl(?:uding|udes|\.)?|plus|look|looking|search|go|into|in|of|from|inside|those|ones|files|the|that|which|are|lie|all|any|its|their|every|as well as|well as|together with|\.)*(?:(?: ?)(?:,|and|also|even|with|including|incl|plus|look|looking|search|go|into|in|of|from|inside|those|ones|files|the|that|which|are|lie|all|any|its|their|every|as well as|together with|\.))* ?{_BELOW}(?: (?:too|as well|included|also|of it|of <folder>|should be included|count too|are included|are meant too))*(?: ?\))?"
_ELSE = r"(?:and |but |, )*(?:nothing else|no(?:thing)? other (?:files?|types?|ones)?|no others|and that is all|not the other (?:types|files|ones))"
_DEEP = r"(?:\( )?(?:(?:and|with|incl(?:uding|\.)?|in|of)? ?(?:\. )?(?:all |any |the |its |every )*(?:sub-? ?(?:folders?|directories|dirs)|sub ?folders?)(?: (?:too|as well|included|also))?|recursive(?:ly)?|at any depth|wherever they are|no matter (?:in which|how deep)(?: subfolder)?)(?: \))?"
_FLAT = r"(?:but )?(?:not|without|excluding|ignoring|leave out)(?: in| the| any| its)* (?:sub-?folders|sub-?directories)|(?:only )?(?:(?:in|at|on) the )?top[ -]level(?: only)?|not recursively"


@dataclass(frozen=True, slots=True)
class _Test:
    """Something asked of a file: as a test, as a condition on the view `files`, and the words that say it."""

    holds: Callable[[File], bool]
    where: Json
    covered: frozenset[int]


@dataclass(frozen=True, slots=True)
class Selection:
    """The files that are meant, in path order; the folders they were looked for in; the words that say so."""

    files: tuple[File, ...]
    folders: tuple[str, ...]
    covered: frozenset[int]
    extensions: tuple[str, ...] = ()
    says: str = "files"
    narrowed: bool = False
    where: Json = None  # the same choice as a condition on the view `files` of a folder; None when all files are meant


def select(sketch: Sketch, *, typed: bool = True, spared: frozenset[int] = frozenset()) -> Selection | None:
    """The files a request means, of its input folders (or of the whole workspace when it names types and no folder); None without either.

    With `typed` false the types that stand in the request are examples and leave no file out; words in `spared` choose nothing.
    """
    reading = sketch.reading
    folders = tuple(dict.fromkeys(m.value.rstrip("/") for m in reading.named("folder", "input")))
    extensions, words = chosen_extensions(sketch, spared=spared)
    extensions = extensions if typed else ()
    tests = [*_tests(sketch), *_left_out(sketch, spared), *_folders_left_out(sketch, folders)]
    if not folders and not extensions and not tests:
        return None
    covered = words.union(*(test.covered for test in tests)) | sketch.covered(
        r"<folder>(?: (?:folder|directory))?",
        r"(?:folder|directory)(?: <folder>)?",
        _DEEP,
        _DEEP_TOO,
        _FLAT,
        r"(?:all|every|each|any)(?: of)?(?: the)?",
        r"files?",
    )
    if not extensions:
        covered |= sketch.covered(_ALL)
    else:
        covered |= sketch.covered(_ELSE) | _said_only(sketch, words)
    pool = (
        [f for folder in folders for f in reading.under(folder)]
        if folders
        else [f for f in reading.survey.files if not f.path.endswith("/")]
    )
    flat = sketch.has(_FLAT)
    if flat:
        pool = [f for f in pool if str(PurePosixPath(f.path).parent) in (folders or (".",))]
    chosen = [f for f in pool if (not extensions or _suffix(f.path) in extensions) and all(test.holds(f) for test in tests)]
    visible = [f for f in chosen if not f.path.startswith(".")]
    unique = {f.path: f for f in sorted(visible, key=lambda f: f.path)}
    says = "/".join(extensions) + " files" if extensions else "files"
    conditions: list[Json] = []
    if extensions:
        conditions.append({"column": "extension", "op": "in", "value": [*extensions]})
    if flat:
        conditions.append({"column": "folder", "op": "in", "value": [*folders]})
    conditions += [test.where for test in tests]
    where: Json = {"all": conditions} if conditions else None
    return Selection(tuple(unique.values()), folders, covered, extensions, says, bool(extensions or tests), where)


def named_or_selected(sketch: Sketch, selection: Selection | None) -> list[str]:
    """The files that are named, the files that are selected, or both; a folder beside a named file only says where that file is."""
    named = [m.value for m in sketch.reading.inputs()]
    if selection is None:
        return named
    chosen = [f.path for f in selection.files]
    inside = all(any(path.startswith(folder + "/") for folder in selection.folders) for path in named)
    listed = sketch.has(
        r"<folder>(?: folder)? (?:,|and|as well as|plus|together with) <file>|<file> (?:,|and|plus|together with|as well as) (?:the |all |my |whole )*<folder>"
    )
    if named and not listed and (not selection.folders or (inside and not selection.narrowed)):
        return named
    return list(dict.fromkeys([*named, *chosen]))


def chosen_extensions(
    sketch: Sketch, *, spared: frozenset[int] = frozenset(), only: frozenset[int] | None = None
) -> tuple[tuple[str, ...], frozenset[int]]:
    """The file extensions that are spoken of (`.csv and .txt files`, pictures, PDFs), and the words that say so.

    Words in `spared` are passed over; with `only` those words alone are read.
    """
    found: list[str] = []
    covered = frozenset[int]()
    everything = frozenset(t.index for t in sketch.reading.tokens)
    spared = (sketch.covered(_EXCEPT) | spared) if only is None else everything - only
    for hit in sketch.all(_SUFFIX):
        if hit.indices & spared or _is_example(sketch, hit):
            continue
        covered |= hit.indices
        found += [
            word.rstrip("s") if word not in EXTENSIONS else word for word in re.findall(r"\. ?([a-z0-9]+)", hit.match.group())
        ]
    for hit in sketch.all(_TYPED):
        if not hit.indices & (covered | spared) and not _is_example(sketch, hit):
            covered |= hit.indices
            found += KINDS_OF.get(hit["ext"], (hit["ext"],))
    for pattern, extensions in KINDS.items():
        for hit in sketch.all(pattern):
            if not hit.indices & (covered | spared) and not _is_example(sketch, hit):
                covered |= hit.indices
                found += extensions
    return tuple(dict.fromkeys(found)), covered


def _said_only(sketch: Sketch, types: frozenset[int]) -> frozenset[int]:
    """`only`, `just` right before the types that are meant."""
    found = set[int]()
    for hit in sketch.all(r"(?:only|just|exclusively|nothing but)(?: (?:the|all|those|of))*"):
        after = max(hit.indices) + 1
        while after < len(sketch.reading.tokens) and sketch.reading.tokens[after].kind == "mark":
            after += 1
        if after in types or after - 1 in types:
            found |= hit.indices
    return frozenset(found)


def _folders_left_out(sketch: Sketch, folders: tuple[str, ...]) -> list[_Test]:
    """Subfolders that are left out by name: `without the tests folder`, `he does not need tests/`."""
    inner = {
        part.lower()
        for f in sketch.reading.survey.files
        for folder in folders
        if f.path.startswith(folder + "/")
        for part in f.path.removeprefix(folder + "/").rstrip("/").split("/")[: None if f.path.endswith("/") else -1]
    }
    found: list[_Test] = []
    for name in sorted(inner):
        spoken = {
            name,
            *(t.norm for t in sketch.reading.tokens if t.text.lower() == name),
        }  # a typo may have been mended that was none
        noun = rf"(?:{'|'.join(map(re.escape, sorted(spoken)))})(?: ?/)?(?: (?:sub-?)?(?:folder|directory|dir|part))?"
        hits = list(sketch.all(rf"{_SPARE}(?: (?:the|its|any|all|whole|folder|subfolder|directory|called|named|of|for))* {noun}"))
        hits += sketch.all(
            rf"(?:the )?(?:(?:sub-?)?folder |directory )?{noun} (?:(?:must|should|may|shall|can|is|are|does|do|has|to|be) )*(?:not|n't)(?: (?:be|in it|inside|included|in|part of it|packed|needed|go in|belong in it|the archive|the zip))+(?: ,? ?(?:as|because|since) (?:it|they) (?:is|are) not needed)?"
        )
        if hits:
            covered = frozenset[int]().union(*(hit.indices for hit in hits))
            where: Json = {"not": {"column": "path", "op": "matches", "value": rf"(?i)(?:^|/){re.escape(name)}/"}}
            found.append(_Test(_outside(name), where, covered))
    return found


def _outside(name: str) -> Callable[[File], bool]:
    return lambda f: name not in [part.lower() for part in f.path.split("/")[:-1]]


def _is_example(sketch: Sketch, hit: Hit) -> bool:
    """`inbox/pdf` names a folder and says nothing of which files are meant."""
    return sketch.text[: hit.match.start()].endswith("/ ")


def _left_out(sketch: Sketch, spared: frozenset[int]) -> list[_Test]:
    """A test that files pass unless they are left out by name or type ("except the pdfs")."""
    hit = next((hit for hit in sketch.all(_EXCEPT) if not hit.indices & spared), None)
    if hit is None:
        return []
    names = sorted({mention.value for mention in hit.mentions("what")})
    types = set(re.findall(r"\. ?([a-z0-9]+)", hit["what"]))
    for pattern, extensions in KINDS.items():
        types |= {item for item in extensions if re.search(rf"(?<!\S)(?:{pattern})(?!\S)", hit["what"])}
    types |= {word.rstrip("s") for word in hit["what"].split() if word.rstrip("s") in EXTENSIONS}
    where: Json = {
        "not": {
            "any": [
                {"column": "path", "op": "in", "value": [*names]},
                {"column": "extension", "op": "in", "value": [*sorted(types)]},
            ]
        }
    }
    return [_Test(lambda f: f.path not in names and _suffix(f.path) not in types, where, hit.indices)]


def _suffix(path: str) -> str:
    stem, _, end = path.rpartition("/")[2].rpartition(".")  # asked of every file of a workspace, where a Path is ten times slower
    return end.lower() if stem else ""


def _tests(sketch: Sketch) -> list[_Test]:
    """What is asked of sizes and names."""
    found: list[_Test] = []
    if (hit := sketch.find(_LARGER)) and (match := re.fullmatch(r"([\d.,]+)([a-z]+)", hit["glued"] or f"{hit['n']}{hit['u']}")):
        limit = float(match[1].replace(",", "")) * _SIZES[match[2]]
        op = next(op for words, op in _COMPARISONS if hit["how"] in words)
        found.append(_Test(_sized(op, limit), {"column": "size", "op": op, "value": limit}, hit.indices))
    for pattern, op, column in ((_STARTS, "starts", "name"), (_HAS, "contains", "name"), (_ENDS, "ends", "stem")):
        hit = sketch.find(pattern)
        if hit is None or sketch.has(rf"(?:renam\w*|call\w*)\b.*{pattern}"):
            continue
        named = hit.mentions("what") or hit.mentions("it")
        text = (named[0].value if named else hit.written("what") or hit["it"]).lower()
        found.append(_Test(_named(text, op), {"column": column, "op": op, "value": text}, hit.indices))
    return found


def _sized(op: str, limit: float) -> Callable[[File], bool]:
    compare = {"gt": operator.gt, "ge": operator.ge, "lt": operator.lt, "le": operator.le}[op]
    return lambda f: compare(f.size, limit)


def _named(text: str, op: str) -> Callable[[File], bool]:
    if op == "starts":
        return lambda f: PurePosixPath(f.path).name.lower().startswith(text)
    if op == "ends":
        return lambda f: PurePosixPath(f.path).stem.lower().endswith(text)
    return lambda f: text in PurePosixPath(f.path).name.lower()
