# ruff: noqa: E501  (a wording is read as one line)
"""Selection: which files of a folder a request means, by type, name and size."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from pathlib import PurePosixPath

from arkwright.core.survey import File
from arkwright.planner.mentions import EXTENSIONS
from arkwright.planner.recipes.phrases import Sketch

_PICTURES = ("jpg", "jpeg", "png", "gif", "webp", "bmp", "tif", "tiff", "heic", "svg")
KINDS: dict[str, tuple[str, ...]] = {
    r"(?:pictures?|images?|photos?|pics|photographs?)(?: files?)?": _PICTURES,
    r"(?:jpe?gs?)(?: (?:files?|pictures?|images?|photos?))?": ("jpg", "jpeg"),
    r"pngs?(?: (?:files?|pictures?|images?))?": ("png",),
    r"pdfs?(?: (?:files?|documents?))?": ("pdf",),
    r"(?:text|txts?) files?": ("txt",),
    r"txts": ("txt",),
    r"(?:csvs?)(?: files?)?": ("csv",),
    r"(?:logs?)(?: files?)|logs": ("log",),
    r"(?:markdown|md)(?: (?:files?|documents?))": ("md", "markdown"),
    r"(?:word|docx)(?: (?:files?|documents?))": ("docx", "doc"),
    r"(?:excel|xlsx)(?: (?:files?|sheets?|workbooks?))|spreadsheets": ("xlsx", "xls"),
    r"python (?:files?|scripts?)": ("py",),
    r"jsons?(?: files?)?": ("json",),
    r"videos?(?: files?)?|movies": ("mp4", "mov", "avi", "mkv"),
}
_EXTENSION = rf"(?:\* ?)?\. ?(?:{'|'.join(sorted(map(re.escape, EXTENSIONS), key=len, reverse=True))})s?"
_SUFFIX = rf"(?:{_EXTENSION})(?: ?(?:,|and|or|&|/|and all|as well as)* ?(?:{_EXTENSION}))*(?: files?| ones)?"
_SIZES = {
    "b": 1,
    "byte": 1,
    "bytes": 1,
    "k": 1000,
    "kb": 1000,
    "kilobytes": 1000,
    "kib": 1024,
    "m": 10**6,
    "mb": 10**6,
    "megabytes": 10**6,
    "mib": 1 << 20,
}
_LARGER = r"(?:that are |which are |with a size )?(?P<how>larger than|bigger than|more than|over|above|greater than|exceeding|of more than|at least|smaller than|less than|under|below|up to)(?: a size of)? (?:(?P<n>\d+(?:[.,]\d+)?) ?(?P<u>bytes?|b|kb|kib|mb|mib|k|m|kilobytes|megabytes)|(?P<glued>\d+(?:kb|kib|mb|mib|k|b)))(?: in size)?"
_STARTS = r"(?:whose|with|where|that have|which have)?(?: (?:a|the|their|file))* ?(?:names?|file ?names?)? ?(?:that )?(?:starts?|starting|begins?|beginning)(?: with| in)?(?: the (?:word|letters?))? (?P<what><quoted>|[\w-]+)(?: (?:in (?:its|the|their) names?))?"
_HAS = r"(?:whose|with|where|that have|which have)?(?: (?:a|the|their|file))* ?(?:names?|file ?names?) ?(?:that )?(?:contains?|containing|includes?|including|has|have|having)(?: the (?:word|text))? (?P<what><quoted>|[\w-]+)|with (?P<it><quoted>|[\w-]+) in (?:the|its|their) (?:file ?)?names?"
_ENDS = r"(?:whose|with|where)?(?: (?:a|the|their|file))* ?(?:names?|file ?names?) ?(?:that )?(?:ends?|ending) (?:with|in|on) (?P<what><quoted>|[\w-]+)"
_ALL = r"(?:all|every|each|any|the|its)(?: of)?(?: the)?(?: single)? (?:files?|documents|contents?|stuff|things)(?: and (?:sub)?folders)?|everything|(?:the )?(?:whole|entire|complete|full)?(?= <folder>)|(?:whole|entire|complete) (?:folder|directory|thing)|files?"
_DEEP = r"(?:\( )?(?:(?:and|with|incl(?:uding|\.)?|in|of)? ?(?:\. )?(?:all |any |the |its |every )*(?:sub-? ?(?:folders?|directories|dirs)|sub ?folders?)(?: (?:too|as well|included|also))?|recursive(?:ly)?|at any depth|wherever they are|no matter (?:in which|how deep)(?: subfolder)?)(?: \))?"
_FLAT = r"(?:but )?(?:not|without|excluding|ignoring|leave out)(?: in| the| any| its)* (?:sub-?folders|sub-?directories)|(?:only )?(?:(?:in|at|on) the )?top[ -]level(?: only)?|not recursively"


@dataclass(frozen=True, slots=True)
class Selection:
    """The files that are meant, in path order; the folders they were looked for in; the words that say so."""

    files: tuple[File, ...]
    folders: tuple[str, ...]
    covered: frozenset[int]
    extensions: tuple[str, ...] = ()
    says: str = "files"
    narrowed: bool = False
    notes: tuple[str, ...] = field(default=())


def select(sketch: Sketch, *, typed: bool = True) -> Selection | None:
    """The files a request means, of its input folders (or of the whole workspace when it names types and no folder); None without either.

    With `typed` false the types that stand in the request are examples and leave no file out.
    """
    reading = sketch.reading
    folders = tuple(dict.fromkeys(m.value.rstrip("/") for m in reading.named("folder", "input")))
    extensions, words = chosen_extensions(sketch)
    extensions = extensions if typed else ()
    tests, more = _tests(sketch)
    if not folders and not extensions and not tests:
        return None
    covered = (
        words | more | sketch.covered(r"<folder>(?: (?:folder|directory))?", r"(?:folder|directory)(?: <folder>)?", _DEEP, _FLAT)
    )
    pool = (
        [f for folder in folders for f in reading.under(folder)]
        if folders
        else [f for f in reading.survey.files if not f.path.endswith("/")]
    )
    if sketch.has(_FLAT):
        pool = [f for f in pool if str(PurePosixPath(f.path).parent) in (folders or (".",))]
    if not extensions:
        covered |= sketch.covered(_ALL)
    covered |= sketch.covered(r"(?:all|every|each|any)(?: of)?(?: the)?", r"files?")
    chosen = [f for f in pool if (not extensions or _suffix(f.path) in extensions) and all(test(f) for test in tests)]
    visible = [f for f in chosen if not f.path.startswith(".")]
    unique = {f.path: f for f in sorted(visible, key=lambda f: f.path)}
    says = "/".join(extensions) + " files" if extensions else "files"
    return Selection(tuple(unique.values()), folders, covered, extensions, says, bool(extensions or tests))


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


def chosen_extensions(sketch: Sketch) -> tuple[tuple[str, ...], frozenset[int]]:
    """The file extensions that are spoken of (`.csv and .txt files`, pictures, PDFs), and the words that say so."""
    found: list[str] = []
    covered = frozenset[int]()
    for hit in sketch.all(_SUFFIX):
        covered |= hit.indices
        found += [
            word.rstrip("s") if word not in EXTENSIONS else word for word in re.findall(r"\. ?([a-z0-9]+)", hit.match.group())
        ]
    for pattern, extensions in KINDS.items():
        for hit in sketch.all(pattern):
            if not hit.indices & covered:
                covered |= hit.indices
                found += extensions
    return tuple(dict.fromkeys(found)), covered


def _suffix(path: str) -> str:
    return PurePosixPath(path).suffix.lower().lstrip(".")


def _tests(sketch: Sketch) -> tuple[list[Callable[[File], bool]], frozenset[int]]:
    tests: list[Callable[[File], bool]] = []
    covered = frozenset[int]()
    if hit := sketch.find(_LARGER):
        text = hit["glued"] or f"{hit['n']}{hit['u']}"
        match = re.fullmatch(r"([\d.,]+)([a-z]+)", text)
        if match:
            limit = float(match[1].replace(",", "")) * _SIZES[match[2]]
            smaller = hit["how"].startswith(("smaller", "less", "under", "below", "up"))
            tests.append(lambda f: f.size < limit if smaller else f.size > limit)
            covered |= hit.indices
    for pattern, shape in ((_STARTS, "{}*"), (_HAS, "*{}*"), (_ENDS, "*{}")):
        hit = sketch.find(pattern)
        if hit is None or sketch.has(rf"(?:renam\w*|call\w*)\b.*{pattern}"):
            continue
        text = hit.mentions("what")[0].value if hit.mentions("what") else hit.written("what") or hit["it"]
        text = hit.mentions("it")[0].value if hit["it"].startswith("<") else text
        glob = shape.format(_literal(text.lower()))
        by_stem = shape.endswith("{}")
        tests.append(
            lambda f, glob=glob, by_stem=by_stem: fnmatchcase(
                (PurePosixPath(f.path).stem if by_stem else PurePosixPath(f.path).name).lower(), glob
            )
        )
        covered |= hit.indices
    return tests, covered


def _literal(text: str) -> str:
    return re.sub(r"([*?\[])", r"[\1]", text)
