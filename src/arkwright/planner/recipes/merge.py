"""Merge: several documents as one, in the order they are named, with a table of contents when one is wanted.

Goal pattern: merge | combine | bind DOCUMENTS into one PDF | Word document (with contents, title).
Slots: the documents in order, the new file or its format, title, contents. Inputs: md, txt, docx, pdf. Outputs: docx, pdf, md, html.
"""

import re
from pathlib import PurePosixPath

from arkwright.core.json import Object
from arkwright.core.plan import Need, Question, Refusal
from arkwright.planner.reading import Draft, Drafting, Reading
from arkwright.planner.recipes.convert import FORMATS, SOURCES
from arkwright.planner.recipes.phrases import Sketch

_VERB = r"(?:merg(?:e|ed|ing)|combin(?:e|ed|ing)|join(?:ed|ing)?|bind|bound|concatenat(?:e|ed|ing)|put(?:ting)?(?: together)?|glue(?:d)?|stitch(?:ed)?|assembl(?:e|ed)|append(?:ed)?|mak(?:e|ing)|creat(?:e|ing)|turn(?:ed)?|build|compile|bring|collect|stack|unite|belong|become|form)(?: (?:them|these|it|all|both))*(?: (?:together|up))?"
_ONE = r"(?:(?:one|a|an|single|the|common|combined|nice|proper|new|complete|printable|employee|staff|company|team|small|big|joint|whole) )*(?:handbook|book|booklet|manual|guide|document|file|pdf|report|brochure|docx|word|html|page|web page|markdown)(?: (?:document|file|handbook|pdf|book))*"
_TOC = r"(?:(?:and )?(?:with|including|incl\.?|add|plus|has|having|containing|it (?:should|must) have|put)? ?(?:(?:a|an|the|clickable|short|automatic) )*(?:table of contents|contents page|contents|toc|contents list|index)(?: (?:page|(?:at|in) (?:the )?(?:very )?(?:start|front|beginning|top)(?: of it)?|in front|up front|first))*)"
_TITLE = r"(?:(?:with )?(?:the |a )?(?:title|titled|heading|called|named|entitled|call it)(?: (?:is|page|should be|of))* (?P<title><quoted>)|<quoted>)"
_ORDER = r"(?:in (?:that|this|the right|the given|numerical|the same|their|chapter) order|in order|one after (?:the other|another)|in sequence|in the order (?:given|of (?:the|their) (?:numbers?|names?))|(?:each|every) chapter (?:starts|starting|begins|beginning|should start|on)(?: on)? a new page)"
_WORDS = (
    _VERB,
    _ONE,
    _TOC,
    _TITLE,
    _ORDER,
    r"<file>(?: (?:to|-|through|until|till) <file>)?|<new>|<folder>",
    r"(?:the )?(?:~ )?(?:chapters?|parts?|documents?|files?|pdfs?|texts?|sections?)(?: files?)?",
    r"(?:into|to|as|in|from|of|for|a|an|the|and|with|it|them|these|all|both|together|up)",
    r"(?:\( )?(?:the )?[a-z]+ (?:comes |goes |should come |being )?first(?: \))?",
    r"save(?: it| the result)?|add|attach|(?:to )?the end of|behind|after|following|followed by|then",
    r"called|named|titled|page numbers?|our|new|(?:keep(?:ing)?|preserv(?:e|ing)) (?:the |all )?(?:headings?|order|formatting)|in(?: the)? folder",
)


def propose(reading: Reading) -> Draft | Need | Refusal | Question | None:
    """The documents joined into one."""
    sketch = Sketch(reading)
    if not sketch.has(_VERB) or reading.named("url"):
        return None
    sources = _sources(reading, sketch)
    if len(sources) < 2 or not all(path.lower().endswith(SOURCES) for path in sources):
        return None
    made = [m.value for m in reading.outputs()]
    if len(made) > 1 or not (sketch.has(_ONE) or made or sketch.has(r"merge\w*|combin\w*|join\w*|bind|concatenat\w*")):
        return None
    path = made[0] if made else _default(sketch, sources)
    if not path or not path.lower().endswith((".docx", ".pdf", ".md", ".html")):
        return None
    build = Drafting(reading, "merge", "documents as one")
    build.cover(sketch.covered(*_WORDS, *(pattern for _, pattern in FORMATS)))
    path = build.new_path(path)
    titles = [m.value for m in reading.named("quoted")]
    toc = sketch.has(_TOC)
    args: Object = {
        "sources": [*sources],
        "path": path,
        **({"title": titles[0]} if titles else _title(sketch)),
        **({"toc": True} if toc else {}),
    }
    done = build.task(f"Join {len(sources)} documents into {path}", "documents.merge", {**args})
    build.require(reading.text, done)
    build.say(f"{', '.join(sources)} are now one document, {path}" + (", with a table of contents." if toc else "."))
    return build.draft()


def _sources(reading: Reading, sketch: Sketch) -> list[str]:
    """The files as named; `chapter1.md to chapter3.md` and "the chapters" mean all in between, in the order of their numbers."""
    named = [m.value for m in reading.inputs()]
    if len(named) == 2 and sketch.has(
        r"(?:append|add|attach) <file> (?:to(?: the end of)?|behind|after|at the end of) <file>|<file> (?:after|behind|following) <file>"
    ):
        return named[::-1]
    if len(named) == 2 and sketch.has(r"(?:from )?<file> (?:to|-|–|through|until|till|up to) <file>"):
        between = _series(reading, named[0], named[1])
        if between:
            return between
    if first := sketch.find(r"(?:\( )?(?:the )?(?P<word>[a-z]+) (?:comes |goes |should come |being )?first(?: \))?"):
        return sorted(named, key=lambda path: first["word"] not in path.lower())
    if named:
        return named
    noun = sketch.find(r"(?:the )?(?:~ |all )*(?P<noun>chapter|part|section)s?(?: files?)?")
    if noun is None:
        return []
    found = [
        f.path
        for f in reading.survey.files
        if re.fullmatch(rf"{noun['noun']}[ _-]?\d+\.(?:md|docx|txt|pdf)", f.path.rsplit("/", 1)[-1].lower())
    ]
    return sorted(found, key=_number)


def _series(reading: Reading, first: str, last: str) -> list[str]:
    head = re.sub(r"\d+(\.\w+)$", "", first)
    ending = PurePosixPath(first).suffix
    if re.sub(r"\d+(\.\w+)$", "", last) != head:
        return []
    found = [
        f.path
        for f in reading.survey.files
        if re.fullmatch(rf"{re.escape(head)}\d+{re.escape(ending)}", f.path)
        and _number(first) <= _number(f.path) <= _number(last)
    ]
    return sorted(found, key=_number)


def _number(path: str) -> int:
    digits = re.findall(r"\d+", path.rsplit("/", 1)[-1])
    return int(digits[-1]) if digits else 0


def _default(sketch: Sketch, sources: list[str]) -> str:
    endings = [extension for extension, pattern in FORMATS if sketch.has(pattern)]
    all_pdf = all(path.lower().endswith(".pdf") for path in sources)
    if all_pdf and not endings:
        endings = [".pdf"]
    sort = next(
        (word for word in ("handbook", "manual", "guide", "book", "booklet", "report", "brochure") if sketch.has(word)), "merged"
    )
    return f"{sort}{endings[0]}" if len(endings) == 1 else ""


def _title(sketch: Sketch) -> dict[str, str]:
    hit = sketch.find(r"(?P<kind>(?:employee |staff |company |team )?(?:handbook|manual|guide))")
    return {"title": hit.written("kind").capitalize()} if hit else {}
