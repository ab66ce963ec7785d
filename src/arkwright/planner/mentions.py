"""Mentions: the files, folders, addresses and quoted strings that stand in a request, and what part they play."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from arkwright.core.survey import File

MentionKind = Literal["file", "folder", "url", "quoted", "email"]
Role = Literal["input", "output", "missing", "target", "name", "example"]

EXTENSIONS = [
    "csv",
    "tsv",
    "tab",
    "xlsx",
    "xlsm",
    "xls",
    "ods",
    "json",
    "jsonl",
    "ndjson",
    "parquet",
    "feather",
    "db",
    "sqlite",
    "sqlite3",
    "log",
    "txt",
    "md",
    "markdown",
    "rst",
    "docx",
    "doc",
    "odt",
    "pdf",
    "html",
    "htm",
    "xml",
    "yaml",
    "yml",
    "toml",
    "ini",
    "cfg",
    "env",
    "png",
    "jpg",
    "jpeg",
    "gif",
    "svg",
    "webp",
    "bmp",
    "tif",
    "tiff",
    "zip",
    "tar",
    "gz",
    "tgz",
    "tar.gz",
    "7z",
    "rar",
    "py",
    "js",
    "mjs",
    "ts",
    "sh",
    "ipynb",
    "sql",
    "diff",
    "patch",
    "bin",
    "exe",
    "dat",
    "bak",
    "eml",
    "ics",
    "pptx",
    "mp3",
    "mp4",
    "wav",
    "pem",
    "key",
]
_URL = re.compile(r"https?://[^\s<>\"'`]+[^\s<>\"'`.,;:!?)\]]", re.IGNORECASE)
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_QUOTED = re.compile(r"\"([^\"\n]+)\"|“([^”\n]+)”|‘([^’\n]+)’|`([^`\n]+)`|«([^»\n]+)»|(?<![\w])'([^'\n]{1,80})'(?![\w])")
_FILE = re.compile(
    r"(?<![\w@/.-])(?:[.~]{0,2}/)?(?:[\w.+-]+/)*[\w+-][\w.+-]*?\.(?:"
    + "|".join(sorted(map(re.escape, EXTENSIONS), key=len, reverse=True))
    + r")(?![\w])(?!\.\w)",
    re.IGNORECASE,
)
_FOLDER = re.compile(
    r"(?<![\w@/.:])(?:[.~]{1,2}/)?(?:[\w.+-]+/)+(?![\w/])|(?<![\w:/])/(?:[\w.+-]+/?)+|(?<![\w.])\.\.(?:/|(?![\w.]))|~(?=[\s/,]|$)"
)
_SOURCED = "".join(
    rf"(?<!\b{word} )"
    for word in "according compared relative similar equal identical belonging belongs belong refer refers referring thanks due next such listen".split()
)
_MAKES = re.compile(
    rf"(?:\b{_SOURCED}(?:to|as|into|called|named|name it|call it|file name|filename|outputs?|writes?|creates?|produces?|makes?|generates?|download|fetch|rename(?:d)?(?: (?:them|it|these|all|everything))?)\b"
    r"|\bin (?:an?|another|one|some)(?: [\w-]+){0,3}|\bin(?: the)?(?: new)? file|→|->|=>)\s*"
    r"(?:(?:a|an|the|file|files|new|output|result|name|called|named|csv|json|excel|xlsx|workbook|spreadsheet|word|pdf|document|folder|zip|"
    r"archive|markdown|parquet|png|chart|picture|image|report|table|text|script|program|python|small|under|with|single|one|common|whole|combined|docx|html|web|page|handbook|book|list)\s+)*[\"'`“]?$",
    re.IGNORECASE,
)


_IN = re.compile(r"\bin\s+[\"'`“]?$", re.IGNORECASE)
_KEEPS = re.compile(
    r"\b(?:puts?|saves?|saved|saving|stores?|stored|storing|writes?|writing|written|places?|placed|records?|recorded|collects?|collected|dumps?|exports?|exported|delivers?|delivered|keeps?|kept|goes|go|land|lands|end up|wr[iu]te)\b(?:[^.;!?]|\.(?=\w))*$",
    re.IGNORECASE,
)
_LISTS = re.compile(
    r"\b(?:list|give|show|want|need|like|have|report|note|result|results|output|and)\b(?:[^.;!?]|\.(?=\w))*$", re.IGNORECASE
)
_PROGRAM = re.compile(r"\b(?:scripts?|programs?)\s*,?\s*[\"'`“]?$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Mention:
    """Something named in the request. `value` is the path, address or the text inside the quotes.

    Roles: `input` is there and is read (or changed); `output` is to be made; `missing` is spoken of as if it were there, and is not;
    `target` is an address something is sent to; `example` is a name like those of files that are there (`photos are called IMG_0001.jpg
    and so on`); `name` is any other quoted text.
    """

    kind: MentionKind
    value: str
    start: int
    end: int
    role: Role


def find_mentions(text: str, files: Sequence[File]) -> tuple[Mention, ...]:
    """Everything named in `text`, in order, without overlaps."""
    found: list[Mention] = []
    for mention in _candidates(text, files):
        if not any(mention.start < other.end and other.start < mention.end for other in found):
            found.append(mention)
    return tuple(sorted(found, key=lambda m: m.start))


def _candidates(text: str, files: Sequence[File]) -> Iterator[Mention]:
    there = {file.path for file in files}
    for match in _URL.finditer(text):
        yield Mention("url", match.group(), match.start(), match.end(), _url_role(text, match.start()))
    for match in _QUOTED.finditer(text):
        inner = next(group for group in match.groups() if group is not None)
        yield _quoted(text, match.start(), match.end(), inner, there)
    spoken = text.lower()
    for path in sorted((p for p in there if p.rstrip("/").lower() in spoken), key=len, reverse=True):
        yield from _known(text, path, there)
    for match in _EMAIL.finditer(text):
        yield Mention("email", match.group(), match.start(), match.end(), "name")
    for match in _FILE.finditer(text):
        if match.group().lower() in ("tar.gz", "node.js", "vue.js", "next.js", "d3.js") and match.group() not in there:
            continue  # the name of a language or library
        yield _file(text, match.start(), match.end(), match.group(), there)
    for match in _FOLDER.finditer(text):
        path = match.group()
        role: Role = "input" if path.removeprefix("./").rstrip("/") + "/" in there else _role(text, match.start(), "", there)
        yield Mention("folder", path, match.start(), match.end(), role)


def _known(text: str, path: str, there: set[str]) -> Iterator[Mention]:
    """Names that are really there, with blanks or without an extension."""
    bare = path.rstrip("/")
    if bare.lower() not in text.lower():  # a pattern for each of thousands of files would take seconds
        return
    if len(bare) < 3 or (not path.endswith("/") and not re.search(r"[.\s/_]", bare)):
        return
    pattern = rf"(?<![\w./-]){re.escape(bare)}/?(?![\w/-])(?!\.\w)"
    folder = path.endswith("/")
    for match in re.finditer(pattern, text, 0 if folder else re.IGNORECASE):
        if folder and not match.group().endswith("/") and not _sounds_like_a_folder(text, match.start(), match.end()):
            continue
        yield Mention("folder" if folder else "file", path, match.start(), match.end(), _role(text, match.start(), path, there))


def _sounds_like_a_folder(text: str, start: int, end: int) -> bool:
    """A bare word that is also a folder's name means the folder after `in`, `of`, `under` and the like, or beside `folder`."""
    before, after = text[:start].lower(), text[end:].lower()
    return bool(
        re.search(
            r"\b(?:in|of|under|from|inside|into|to|folder|directory|within|through|at|over|below|beneath|outside of|list|zip|archive|compress|pack|bundle|dedupe|deduplicate|scan|search|inspect|number|rename|resize|verify|check|back up|shrink|empty|our|my|all|the|and|compare|for|whole|entire|complete|copy|move|zip up|unpack|sort|organi[sz]e|tidy|clean up|tidy up|without|file of)\s+(?:the\s+|my\s+|our\s+)?$",
            before,
        )
        or re.match(r"\s*(?:folder|director|sub|/|incl|and|:|\(|->|is\b|has\b|contains\b|holds\b)", after)
        or not before.strip()
    )


def _quoted(text: str, start: int, end: int, inner: str, there: set[str]) -> Mention:
    if _URL.fullmatch(inner):
        return Mention("url", inner, start, end, _url_role(text, start))
    if inner in there or _FILE.fullmatch(inner):
        return Mention("file", inner, start, end, _role(text, start, inner, there))
    if inner.rstrip("/") + "/" in there:
        return Mention("folder", inner.rstrip("/") + "/", start, end, "input")
    return Mention("quoted", inner, start, end, "name")


def _file(text: str, start: int, end: int, path: str, there: set[str]) -> Mention:
    clean = path.removeprefix("./")
    by_case = {item.lower(): item for item in there}
    by_name = [item for item in there if item.rsplit("/", 1)[-1].lower() == clean.lower()]
    if clean not in there and clean.lower() in by_case:
        clean = by_case[clean.lower()]
    elif clean not in there and len(by_name) == 1 and "/" not in clean:
        clean = by_name[0]
    return Mention("file", clean, start, end, _role(text, start, clean, there))


def _role(text: str, start: int, path: str, there: set[str]) -> Role:
    if path in there:
        return "input"
    if _is_example(text, start, path, there):
        return "example"
    if _MAKES.search(text[:start]) or _listed_output(text, start) or _kept_in(text, start, there):
        return "output"
    drawn = path.lower().endswith((".png", ".svg")) and re.search(
        r"\b(?:chart|plot|graph|diagram|histogram|draw|picture|screenshot)", text, re.IGNORECASE
    )
    programs = path.lower().endswith((".py", ".js", ".sh")) and _is_new_program(text, start)
    promised = drawn or programs or _is_promised(text, start, path, there) or _beside_a_source(text, start, path, there)
    promised = promised or _beside_an_address(text, start, path)
    return "output" if promised else "missing"


_WRITES = re.compile(
    r"\b(?:writ\w+|creat\w+|mak\w+|made|cod(?:e|ed|ing)|develop\w*|build|built|generat\w+|need\w*|want\w*|like)\b.*\b(?:scripts?|programs?|code|python|javascript|node|bash)\b|"
    r"\b(?:scripts?|programs?|code)\b.*\b(?:written|created|made|coded|developed|built)\b|\b(?:copy|copied|corrected|repaired|fixed|mended)\b",
    re.IGNORECASE | re.DOTALL,
)


def _is_new_program(text: str, start: int) -> bool:
    """`script primes.py`, or any program beside words that have one written or corrected, unless it is to be run as it is."""
    started = re.search(
        r"\b(?:run|execute|start|launch|call|explain|debug)\s+(?:the\s+|my\s+|our\s+)?(?:\w+\s+)?[\"'`“]?$",
        text[:start],
        re.IGNORECASE,
    )
    return bool(_PROGRAM.search(text[:start]) or (_WRITES.search(text) and not started))


_NAMES = re.compile(r"\b(?:renam\w+|renumber\w*|number(?:ed|ing)?|names?|called|call)\b", re.IGNORECASE)
_SERIES = re.compile(r"(.*?)\d+(\.\w+)")
_MASKED = re.compile(r"(.*?)(?:[xX]{2,}|#+|\*)(\.\w+)")
_ETC = re.compile(
    r"[\"'`”]?\s*(?:,|and|to)?\s*(?:\betc\b|and so (?:on|forth)|so on|\.\.\.|…|and the like|or similar|and similar)",
    re.IGNORECASE,
)
_LIKE = re.compile(
    r"\b(?:like|such as|e\.g\.|for example|(?:are|is|were) (?:all )?(?:called|named|numbered))\s*[\"'`“]?$", re.IGNORECASE
)


def _is_example(text: str, start: int, path: str, there: set[str]) -> bool:
    """`our pictures are called IMG_0123.jpg and so on`: no file of that name, but a series of files that are named like it."""
    series, masked = _SERIES.fullmatch(path), _MASKED.fullmatch(path)
    shown = _LIKE.search(text[:start]) or _ETC.match(text[start + len(path) :])
    if masked is None and (series is None or not shown or re.search(r"(?:\b(?:to|into|as)|->|=>|→)\s*[\"'`“]?$", text[:start])):
        return False
    series = masked or series
    if series is None:
        return False
    shape = re.compile(rf"(?:.*/)?{re.escape(series[1])}\d+{re.escape(series[2])}", re.IGNORECASE)
    return sum(shape.fullmatch(name) is not None for name in there) > 1


def _is_promised(text: str, start: int, path: str, there: set[str]) -> bool:
    """`> a.txt`, `a_001.jpg, a_002.jpg ...`, `a.txt should have ...`, and a last `..., report.html` beside files that are there."""
    before, after = text[:start], text[start + len(path) :]
    if re.search(r"(?:>|;|\band)\s*$", before) and re.match(r"\s*(?:should|must|shall|has to|is to|gets)\b", after):
        return True
    if re.search(r"\s>\s*$|\b(?:output|result|results|answer)\s+(?:goes\s+)?in\s+$", before) or re.match(
        r"[\"'`”]?\s*(?:should|must|shall|is to|has to)\s+(?:have|contain|hold|list|be)\b", after
    ):
        return True
    if re.match(r"[\"'`”]?\s*(?:<-|<=|←|:=|=(?!=))", after) or re.search(r"(?:->|=>|→)\s*[\"'`“]?$", before):
        return True
    series = _SERIES.fullmatch(path)
    if (
        series
        and _NAMES.search(text)
        and len(re.findall(rf"(?<![\w/]){re.escape(series[1])}\d+{re.escape(series[2])}(?!\w)", text)) > 1
    ):
        return True
    if _stands_apart(before, after, path, there):
        return True
    made = re.search(
        r"\b(?:report|overview|summary|chart|document|page|table|list)\b[^.;!?]*,\s*[\"'`“]?$", before, re.IGNORECASE
    )
    return bool(made and not after.strip(" .!\"'") and any(name in before for name in there))


def _stands_apart(before: str, after: str, path: str, there: set[str]) -> bool:
    """`total per region in sales.csv by month, p.csv`: a last name after a comma, unless it goes on a list of files of one kind."""
    match = re.search(r"(\S+)\s*,\s*[\"'`“]?$", before)
    if match is None or after.strip(" .!\"'`”") or not any(name in before for name in there):
        return False
    last = match[1].strip("\"'`”").lower()
    return not _FILE.fullmatch(last) or last.rsplit(".", 1)[-1] != path.lower().rsplit(".", 1)[-1]


_READS = re.compile(
    r"(?:\b(?:from|of|using|use|uses|read|reads|open|opens|load|with|between|and|or|join|joins|compare|compares|combine|merge|merges|stack|"
    r"than|against|analy[sz]e|both|run|check|convert|over|on|about|to|by|for|see)|\.\w+\s*,)\s*(?:the\s+|my\s+|our\s+)?(?:file\s+)?[\"'`“]?$",
    re.IGNORECASE,
)


_SECRET = re.compile(r"\b(?:token|key|password|credentials?|secret)\b", re.IGNORECASE)


def _beside_an_address(text: str, start: int, path: str) -> bool:
    """`a file rates.csv is needed`, `books.json sorted by year`: a name that is not there, when what is read is on the web."""
    near = re.split(r"[.;!?]\s", text[:start])[-1]
    if not _URL.search(text) or _READS.search(text[:start]) or _SECRET.search(path) or _SECRET.search(near):
        return False
    return path.rsplit(".", 1)[-1].lower() in (
        "csv",
        "tsv",
        "xlsx",
        "json",
        "parquet",
        "md",
        "html",
        "txt",
        "db",
        "png",
        "svg",
        "pdf",
        "docx",
    )


def _beside_a_source(text: str, start: int, path: str, there: set[str]) -> bool:
    """`file: reps.csv`, `I need reps.csv with ...`: a name that is not there, beside one that is, and no word before it that reads."""
    near = [name.rstrip("/") for name in there if name.rstrip("/") in text]
    sources = [name for name in near if re.search(rf"(?<![\w./-]){re.escape(name)}(?![\w-])", text)]
    if not sources or _READS.search(text[:start]):
        return False
    if re.search(r"\bin\s+(?:the\s+|file\s+|a\s+file\s+)*[\"'`“]?$", text[:start], re.IGNORECASE):
        named = "|".join(re.escape(name) for name in sources)
        return bool(re.search(rf"\b(?:from|of|in|using|is)\s+(?:the\s+)?(?:file\s+)?[\"'`“]?(?:{named})", text, re.IGNORECASE))
    return True


def _kept_in(text: str, start: int, there: set[str]) -> bool:
    """`put the totals in a.csv`; `list the paths in a.csv` only when something else is there to be read."""
    before = text[:start]
    if not _IN.search(before):
        return False
    near = [p.rstrip("/") for p in there if p.rstrip("/") in text]
    other = any(re.search(rf"(?<![\w./-]){re.escape(p)}(?!\w)", text) for p in near) or bool(_URL.search(text))
    return bool(_KEEPS.search(before)) or (other and bool(_LISTS.search(before)))


def _listed_output(text: str, start: int) -> bool:
    """`to a.csv and b.png`: the second name of a list plays the part of the first."""
    match = re.search(r"(\S+\.\w{2,7})(?:\s*,|\s+and|\s*&)\s*$", text[:start])
    return bool(match and _FILE.fullmatch(match[1]) and _MAKES.search(text[: match.start(1)]))


def _url_role(text: str, start: int) -> Role:
    sends = r"\b(?:post(?:ed)?|upload(?:ed)?|sen[dt]|submit(?:ted)?|push(?:ed)?|deliver(?:ed)?|put|report|forward(?:ed)?|mail(?:ed)?|transfer(?:red)?|transmit(?:ted)?|hand(?:ed)? (?:in|over))\b(?:[^.;]|\.(?=\w))*\bto\s+(?:the\s+|our\s+|their\s+)?(?:\w+\s+){0,3}(?:at\s+|(?:,\s*)?(?:the\s+|its\s+)?(?:address|adress|url)\s*(?:is|:)\s*)?[<(\"'`]?$"
    return "target" if re.search(sends, text[:start], re.IGNORECASE) else "input"
