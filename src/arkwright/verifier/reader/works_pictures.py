"""Work on pictures: the same pictures at another size, in another format, in another folder."""

import re

from arkwright.core.json import Json
from arkwright.verifier.reader.chores import CHORES
from arkwright.verifier.reader.selection import PICTURES, read_selection
from arkwright.verifier.reader.work import Work

NOUNS = r"\b(?:pictures?|photos?|images?|pics|jpe?gs?|pngs?|thumbnails?)\b"
VERBS = r"\b(?:re-?siz\w+|shrink\w*|scal\w+|smaller|thumbnails?|reduc\w+|halv\w+|half|convert\w*|turn\w*)\b"
SCALING = frozenset(
    [
        "picture",
        "pictures",
        "photo",
        "photos",
        "image",
        "images",
        "pics",
        "thumbnail",
        "thumbnails",
        "version",
        "versions",
        "smaller",
        "copy",
        "copies",
        "resize",
        "resized",
        "resizing",
        "shrink",
        "shrunk",
        "scale",
        "scaled",
        "down",
        "reduce",
        "reduced",
        "width",
        "height",
        "size",
        "dimensions",
        "pixel",
        "pixels",
        "px",
        "wide",
        "high",
        "side",
        "each",
        "both",
        "half",
        "by",
        "to",
        "percent",
        "name",
        "names",
        "same",
        "as",
        "before",
        "format",
        "keep",
        "keeping",
        "website",
        "web",
        "load",
        "faster",
        "proportions",
        "aspect",
        "ratio",
        "convert",
        "converted",
        "turn",
        "turned",
        "new",
        "folder",
        "called",
        "named",
        "destination",
        "is",
        "and",
        "the",
        "their",
        "its",
        "in",
        "of",
        "with",
    ]
)


def scale(work: Work) -> None:
    """Take a demand to write pictures again, smaller or in another format."""
    if not work.says(NOUNS) or not work.says(VERBS) or work.outputs():
        return
    if work.says(
        r"\b(?:script|program|renam\w+|zip\w*|chart|plot|crop\w*|rotat\w+|black|grey|gray|pdf|duplicates?|larger|bigger|twice|double)\b"
    ):
        return
    size = _size(work)
    if size is None:
        return
    kinds = [k for k in PICTURES if k != "heic"]
    target = work.first(
        rf"(?:(?:save|saved|them|convert|converted|turn|turned) )*(?:(?:as|in|to|into|format)(?: (?:a|an|the|is|format))* )+\.?(?P<k>{'|'.join(kinds)})(?: (?:files?|format|pictures?|images?))?"
    )
    ending = work.value(target, "k").casefold().lstrip(".").replace("jpeg", "jpg")
    if not size and not ending:
        return
    folder = _place(work)
    if not folder and not ending:
        return
    found = read_selection(work)
    if found is None:
        return
    chosen = [k for k in found["kinds"] if k in PICTURES] if isinstance(found["kinds"], list) else []
    kinds_wanted: list[Json] = [*(chosen or PICTURES)]
    wish: dict[str, Json] = {**size}
    work.demand("scaled", selection={**found, "kinds": kinds_wanted}, size=wish, ending=ending, folder=folder)
    work.words(SCALING | CHORES)


def _place(work: Work) -> str:
    """The folder the new pictures go to; empty when none is named."""
    lead = r"(?:in ?to|in|to|inside|under|destination)(?: (?:is|a|an|the|new|separate|own))*"
    for pattern in (
        rf"(?:{lead} )?(?:folder|directory|subfolder)(?: (?:called|named))? (?P<t>{{quote}}|{{file}}|[a-z][\w-]*)",
        rf"{lead} (?P<t>{{quote}}|{{file}}|[a-z][\w-]*)(?: (?:folder|directory))?",
    ):
        for m in work.script.find(pattern):
            name = work.value(m, "t").strip("/")
            if name and not work.is_folder(name) and name.casefold() not in SCALING and name.casefold() not in PICTURES:
                work.script.take(m, "where they go")
                return name
    return ""


def _size(work: Work) -> dict[str, Json] | None:
    """{"factor"} | {"width"} | {"height"} | {"longest"}, {} when only the format changes, None when it is not clear."""
    out: dict[str, Json] = {}
    for name, pattern in (
        (
            "longest",
            r"(?:the )?(?:longest|longer|long) (?:side|edge)(?: (?:of|is|should be|at most|max))* (?P<n>{num})(?: (?:px|pixels))?|(?P<m>{num}) (?:px|pixels) (?:on|along) the (?:longest|longer) (?:side|edge)",
        ),
        (
            "width",
            r"(?:(?:at most|maximum|max|a|of|to|with|width) )*(?P<n>{num}) (?:px|pixels?) (?:wide|in width|width)|(?:a )?width of (?:at most )?(?P<m>{num})(?: (?:px|pixels?))?",
        ),
        (
            "height",
            r"(?P<n>{num}) (?:px|pixels?) (?:high|tall|in height)|(?:a )?height of (?:at most )?(?P<m>{num})(?: (?:px|pixels?))?",
        ),
    ):
        match = work.first(pattern)
        if match is not None:
            digits = re.sub(r"\D", "", work.value(match, "n") or work.value(match, "m"))
            out[name] = int(digits)
    share = work.first(
        r"(?:(?:by|to|at|of|down) )*(?P<n>{num})(?: (?:percent|%))(?: (?:of|each|the|their|its|original|size|width|height|and|in))*|(?:(?:by|to|at|of|down) )*(?P<k>{num})(?= (?:each|of (?:the|their)))"
    )
    if share is not None or re.search(r"\d+ ?(?:%|percent)", work.text):
        digits = re.search(r"(by )?(\d{1,2}) ?(?:%|percent)", work.text)
        if digits is None:
            return None
        work.all(r"(?:(?:by|to|at|of|down) )*{num}(?: (?:percent|each|of|the|their|its|size|width|height|and))*")
        part = int(digits[2]) / 100
        out["factor"] = round(1 - part if digits[1] else part, 4)
    elif work.all(
        r"(?:(?:by|to|at|of|with|the|their|its|and|a|down|width|height|size) )*half(?: (?:of|the|their|its|original|old|size|width|height|and|each|half|dimensions|in|both|directions|as large|as big))*|halv(?:e|ed|ing)(?: (?:the|their|width|height|size|and|in))*"
    ):
        out["factor"] = 0.5
    if len(out) > 1:
        return None
    if not out and work.says(r"\b(?:smaller|thumbnails?|resiz\w+|shrink\w*|scal\w+|reduc\w+)\b"):
        return None
    return out
