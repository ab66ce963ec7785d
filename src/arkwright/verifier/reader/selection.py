"""Selection: which files of a folder a request means - by type, name, size, depth, and what it leaves out."""

import re

from arkwright.core.json import Json, Object
from arkwright.verifier.lexicon import number_of
from arkwright.verifier.neutral import NEUTRAL
from arkwright.verifier.reader.work import Work
from arkwright.verifier.script import Token

KINDS = {k: (k,) for k in (
    "csv", "tsv", "txt", "log", "json", "xml", "yaml", "md", "html", "pdf", "docx", "xlsx", "jpg", "jpeg", "png", "gif", "svg", "mp3", "mp4",
    "py", "js", "bin", "bak", "tmp", "ini",
)} | {
    "pdfs": ("pdf",), "csvs": ("csv",), "jpgs": ("jpg",), "pngs": ("png",), "logs": ("log",), "jpegs": ("jpg", "jpeg"),
    "markdown": ("md",), "python": ("py",), "word": ("docx",), "excel": ("xlsx",), "text": ("txt",), "textfiles": ("txt",), "javascript": ("js",),
}  # fmt: skip
PICTURES = ("jpg", "jpeg", "png", "gif", "bmp", "tif", "tiff", "webp", "svg", "heic")
UNITS = {"kb": 1000, "mb": 10**6, "gb": 10**9, "bytes": 1, "byte": 1, "b": 1, "kilobytes": 1000, "megabytes": 10**6}
MORE = "over|above|larger than|bigger than|more than|greater than|exceeding|exceeds|of more than|>"
INNER = r"(?:sub-?folders?|sub-?directories|nested folders|inner folders|deeper (?:levels?|folders?)|folders? (?:below|under|inside|underneath)(?: (?:it|them|that))?)"
DEEP = (
    rf"(?:\( ?)?(?:(?:,|and|also|even|with|including|includes|incl\.?|incl|plus|look|looking|search|go|goes|into|in|of|from|inside|the|those|ones|files|that|which|are|lie|all|any|its|their|every|as well as|deeper down|together with|\.) ?)*{INNER}"
    r"(?:(?: ,)?(?: (?:too|as well|included|also|of it|should be included|are included|count too|have to be searched too|have to be searched|should be searched))*)(?: ?\))?|(?:\( )?recursive(?:ly)?(?: \))?|at any depth"
)
FLAT = (
    r"(?:but )?(?:not|without|excluding|ignoring|ignore)(?: in)?(?: the| its| any)? (?:subfolders|subdirectories)|"
    r"(?:only )?(?:directly|on the top level|at the top level)(?: in| of)?"
)
EXCEPT = (
    r"(?:(?:and |but )?(?:except|excluding|without|skip|skipping|omit|omitting|leave out|leaving out|not including|exclude|but not|ignore|"
    r"(?:he|she|they|we|i|it|customer)? ?(?:does not|do not|doesn't|don't) (?:need|want|require|include|pack)|(?:must|should|may|shall) not (?:contain|include))(?: for)?)"
)


def read_selection(work: Work) -> Object | None:
    """The selection as a value of {"folder", "kinds", "deep", "starts", "contains", "ends", "bytes", "more", "without"}."""
    folders = work.folders()
    if not folders:
        return None
    found: Object = {"folder": str(folders[0].value)}
    work.take(folders[0])
    found["deep"] = None
    if work.all(FLAT):
        found["deep"] = False
    elif work.all(DEEP):
        found["deep"] = True
    found["without"] = _without(work, str(folders[0].value))
    work.all(r"(?:and |but )*(?:nothing else|no others|no other (?:files|types|ones))")
    _names(work, found)
    _size(work, found)
    found["kinds"] = _kinds(work)
    return found


def _without(work: Work, folder: str) -> Json:
    """What is left out: {"kind"} | {"path"} | {"word"}, from the words that follow."""
    out: list[Json] = []
    inner = {
        x.casefold()
        for p in work.world.before
        if p.startswith(f"{folder}/")
        for x in p.removeprefix(f"{folder}/").split("/")[:-1]
    }
    for name in sorted(inner):
        noun = rf"(?:the )?(?:(?:sub)?folder |directory )?{re.escape(name)}(?: folder| directory)?"
        if work.all(
            rf"{noun} (?:must|should|may|shall|can|is|are|to|be) (?:(?:not|be|to|n't) ?)*(?:in it|inside|included|needed|part of it|packed|go in|left out|excluded|omitted)(?: ,? ?(?:as|because|since) it is not needed)?"
        ):
            out.append({"path": name})
    for match in work.script.find(EXCEPT):
        count = len(out)
        for i in range(match.last, len(work.script.tokens)):
            token = work.script.tokens[i]
            low = token.text.casefold()
            if token.kind == "file" or token.kind == "quote":
                name = str(token.value).strip("/")
                kind = re.fullmatch(r"\*?\.(\w{2,8})", name)
                out.append({"kind": kind[1].casefold()} if kind else {"path": name})
            elif low.lstrip(".") in KINDS:
                for kind_name in KINDS[low.lstrip(".")]:
                    out.append({"kind": kind_name})
            elif any(p.startswith(f"{folder}/") and low in [x.casefold() for x in p.split("/")[1:-1]] for p in work.world.before):
                out.append({"path": low})
            elif low not in (
                "the",
                "any",
                "all",
                "files",
                "file",
                "folder",
                "folders",
                "directory",
                "and",
                "or",
                ",",
                "its",
                "for",
            ):
                break
            work.script.taken.setdefault(i, "left out")
        if len(out) > count:
            work.script.take(match, "left out")
    return [rule for at, rule in enumerate(out) if rule not in out[:at]]


def _names(work: Work, found: Object) -> None:
    for key, verb in (("starts", r"starts?|starting|begins?|beginning"), ("ends", r"ends?|ending")):
        match = work.first(
            rf"(?:whose |with |that have |with a |which have )?(?:(?:the |their )?(?:file ?)?names? )?(?:that |which |is )?(?:{verb}) (?:with|in|on) (?P<v>{{quote}}|{{file}}|[a-z0-9_.-]+)"
        )
        found[key] = work.value(match, "v")
    match = work.first(
        r"(?:whose |with |that have |which have )(?:the |a )?(?:file ?)?names? (?:that )?(?:contains?|containing|includes?|including) (?P<v>{quote}|{file}|[a-z0-9_-]+)"
    ) or work.first(r"with (?P<v>{quote}|[a-z0-9_-]+) in (?:the |their |its )?(?:file ?)?names?")
    found["contains"] = work.value(match, "v")


def _size(work: Work, found: Object) -> None:
    match = work.first(
        rf"(?:that are |which are |that is )?(?P<w>{MORE}|under|below|smaller than|less than) (?P<n>{{num}})(?: (?P<u>kb|mb|gb|bytes|kilobytes|megabytes))?(?: in size)?"
    )
    found["bytes"], found["more"] = -1, True
    if match is not None:
        size = number_of(work.value(match, "n"))
        unit = UNITS.get(work.value(match, "u").casefold(), 1)
        found["bytes"] = int(size * unit) if size is not None else -1
        found["more"] = re.fullmatch(MORE, work.value(match, "w").casefold()) is not None


def _kinds(work: Work) -> Json:
    kinds: list[Json] = []
    noun = "|".join(sorted(KINDS, key=len, reverse=True))
    work.all(rf"(?:only|just) (?:the |all )*(?=\.?(?:{noun}|pictures|photos|images))")
    work.all(rf"or (?=\.?(?:{noun}) )")
    for token in work.free("word", "file"):
        low = str(token.value or token.text).casefold()
        pattern = re.fullmatch(r"\*?\.(\w{2,8})", low)
        if pattern or (token.kind == "word" and low in KINDS):
            kinds += list(KINDS.get(low, (pattern[1],) if pattern else ()))
            work.take(token)
        elif token.kind == "word" and low in ("pictures", "photos", "images", "pics", "photo", "image", "picture"):
            named = [k for k in kinds if k in PICTURES]
            kinds += [] if named or _followed_kind(work, token) else list(PICTURES)
            work.take(token)
    return list(dict.fromkeys(str(k) for k in kinds))


def _followed_kind(work: Work, token: Token) -> bool:
    """Whether a type stands right after the noun, as in "images (png)"."""
    return any(t.start > token.start and t.text.casefold().lstrip(".*") in PICTURES for t in work.free("word", "file"))


def read_target(work: Work) -> str:
    """The folder that files go to; empty when none is named."""
    strict = (
        r"(?:in ?to|to|in)?(?: a| the| an| one)*(?: new| separate| single| sub)*(?: folder| directory| subfolder)?(?: \(?)?"
        r" ?(?:called|named) (?P<t>{quote}|{file}|[a-z0-9][a-z0-9_-]*)"
    )
    loose = (
        r"(?:in ?to|to)(?: a| the| an| one)*(?: new| separate| single)*(?: folder| directory| subfolder)?"
        r" (?P<t>{quote}|{file}|[a-z0-9][a-z0-9_-]*)(?: folder| directory| subfolder)?"
    )
    for pattern in (strict, loose):
        for match in work.script.find(pattern):
            name = work.value(match, "t").strip("/")
            if (pattern is strict or name.casefold() not in NEUTRAL) and not re.fullmatch(
                r"new|separate|single|sub|called|named", name.casefold()
            ):
                work.script.take(match, "target")
                return name
    return ""
