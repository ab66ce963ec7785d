"""Merge: several documents as one, in the order they are named, with a table of contents when one is wanted.

Goal pattern: merge | combine | bind DOCUMENTS into one PDF | Word document (with contents, title).
Slots: the documents in order, the new file or its format, title, contents. Inputs: md, txt, docx, pdf. Outputs: docx, pdf, md, html.
"""

import re
from pathlib import PurePosixPath

from arkwright.core.json import Object
from arkwright.core.plan import Need, Question, Refusal
from arkwright.planner.lexicon import words
from arkwright.planner.reading import Draft, Drafting, Reading
from arkwright.planner.recipes.convert import FORMATS, SOURCES
from arkwright.planner.recipes.pages import page_choice
from arkwright.planner.recipes.parlance import FILES, PAPERS, idle, outlet
from arkwright.planner.recipes.phrases import Hit, Sketch

_VERB = r"(?:merg(?:e|ed|es|ing)|combin(?:e|ed|ing)|join(?:ed|ing)?|bind|bound|binding|concatenat(?:e|ed|ing)|put(?:ting)?(?: together)?|glue(?:d)?|stitch(?:ed)?|assembl(?:e|ed)|append(?:ed)?|mak(?:e|ing)|made|creat(?:e|ed|ing)|turn(?:ed)?|build|built|compile(?:d)?|bring|brought|collect(?:ed)?|stack|unit(?:e|ed)|belong|become|form|needed|required|wanted|should be|shall be|consists?|contains?|want|need|have|staple(?:d)?|fuse(?:d)?|- >|= >|→)(?: (?:them|these|it|all|both))*(?: (?:together|up))?"
_NOUN = r"(?:handbook|book|booklet|manual|guide|document|file|pdf|brochure|docx|word|html|page|web ?page|markdown)"
_ONE = rf"(?:(?:one|a|an|single|common|combined|joint|whole|complete|big) )+(?:(?:[a-z]+) ){{0,3}}{_NOUN}(?: (?:document|file|handbook|pdf|book))*|(?:{_NOUN}|pdf) {_NOUN}|handbook|manual|booklet|book"
_TOC = r"(?:(?:and |at the front |in front |at the beginning |on the first page )?(?:(?:it )?(?:should|must|shall|has to|is to)? ?(?:begin|start|open)s? with(?: a page (?:that|which) (?:contains|has|shows|holds))?|with|including|incl\.?|add|plus|has|having|containing|(?:it )?(?:should|must) (?:have|include|contain)|put|first|include|needs?|there (?:should|must) be)? ?(?:(?:a|an|the|clickable|short|automatic|page with|page for|page of|listing|its|and) )*(?:table of contents|contents page|page of contents|list of contents|contents table|contents|toc|contents list|index)(?: (?:page|(?:at|in|on) (?:the )?(?:very )?(?:start|front|beginning|top|first page)(?: of it)?|in front(?: of (?:it|them|the chapters))?|up front|first|comes first|before (?:the|them|it)(?: \w+)?))*)"
_TITLE = r"(?:(?:with )?(?:the |a )?(?:title|titled|heading|called|named|entitled|call it)(?: (?:is|page|should be|of))* (?P<title><quoted>)|<quoted>)"
_ORDER = r"(?:in (?:that|this|the right|the given|numerical|the same|their|chapter|exactly this|just this) (?:order|sequence)|in (?:order|sequence)|one after (?:the other|another)|in the order (?:given|listed|named|above|mentioned|of (?:the|their) (?:numbers?|names?))|the order (?:is|stays|should be|must be)(?: (?:as|the same|given|kept|above|like this|that|this|is))*|(?:keep|keeping)(?: (?:the|this|that))? order)"
_PAGES = r"(?:(?:and |with )?(?:each|every)(?: of the| single)?(?: (?:chapters?|one|part|file|document|section|of them))?(?: (?:should|must|shall|has to|to))? (?:starts?|starting|begins?|beginning|start|begin|on|goes on|comes on|gets?|opens?)(?: on| with| at)?(?: the top of)? (?:a|its own) (?:new |separate |fresh )?page|(?:a )?new page (?:for|per|before) (?:each|every)(?: \w+)?|(?:start|begin)(?:ing)? (?:each|every) (?:chapter|one|part|file) on (?:a )?(?:new|fresh|separate|its own) page|(?:with )?(?:a )?page breaks? (?:between|before|after)(?: (?:the|each|every|them|chapters?|files?))*|on (?:its|their) own pages?|on (?:a )?(?:new|separate) pages?)"
_FIRST = r"(?:\( )?(?:with )?(?:the )?(?P<word>[a-z]+)(?: (?P<n>\d+))? (?:(?:comes|goes|should come|must come|being|is|on|shall be|as the) )*(?:first|at the top|on top|in front|at the front|at the beginning|at the start)(?: \))?"
_FIRST_FILE = r"(?:\( )?(?:with )?<file>(?: (?:comes|goes|should come|must come|is|shall be|at the|on|being))* (?:first|at the (?:top|front|beginning|start))(?: \))?"
_THEN = r"(?:and )?then (?:the )?(?P<word>[a-z]+)(?: (?P<n>\d+))?|(?:and )?(?:the )?(?P<word2>[a-z]+) (?:follows?|comes? (?:second|next|last|after (?:it|that)))"
_OF = r"(?:(?:it is |is |it's )?(?:made up|composed|consisting|made|put together|built|compiled) (?:of|out of|from)|(?:it )?(?:consists of|comprises|contains|holds))"
_WORDS = (
    _VERB,
    _ONE,
    _TOC,
    _TITLE,
    _ORDER,
    _PAGES,
    _OF,
    r"<file>(?: (?:to|-|through|until|till) <file>)?|<new>|<folder>",
    r"(?:the )?(?:~ )?(?:chapters?|parts?|documents?|files?|pdfs?|texts?|sections?)(?: files?)?",
    r"(?:into|to|as|in|from|of|for|a|an|the|and|with|it|them|these|all|both|together|up)",
    r"save(?: it| the result)?|add|attach|(?:to )?the end of|behind|after|following|followed by|then|one|single|~ of them",
    r"called|named|titled|page numbers?|our|new|incl(?: \.)?|(?:keep(?:ing)?|preserv(?:e|ing)) (?:the |all )?(?:headings?|order|formatting)|in(?: the)? folder",
    r"(?:~|all|both)(?: of)?(?: (?:the|these|them))* (?:chapters?|parts?|documents?|files?|pdfs?)",
)
_BAG = words(
    """
    handbook manual book booklet guide brochure staff employee employees company team printable new nice big joint common combined print printing
    page pages chapter chapters part parts title
    """
)


def propose(reading: Reading) -> Draft | Need | Refusal | Question | None:
    """The documents joined into one."""
    sketch = Sketch(reading)
    if reading.named("url") or not (sketch.has(_VERB) or sketch.has(r"pages?")):
        return None
    sources = _sources(reading, sketch)
    pages = page_choice(sketch, sources)
    if pages is None or len(sources) < (1 if pages.keep else 2) or not all(path.lower().endswith(SOURCES) for path in sources):
        return None
    if pages.keep and not all(source.lower().endswith(".pdf") for source in sources):
        return None
    made = [m.value for m in reading.outputs()]
    joining = sketch.has(
        rf"merge\w*|combin\w*|join\w*|bind|bound|concatenat\w*|stitch\w*|staple\w*|unite\w*|{_VERB} (?:into|to|as) {_ONE}"
    )
    if len(made) > 1 or not (sketch.has(_ONE) or made or joining or pages.keep):
        return None
    default = _default(sketch, sources)
    named = outlet(sketch, *([f".{default.rpartition('.')[2]}"] if default else []))
    path = named.path or default
    if len(sources) == 1 and not named.path and default not in ("", "merged.pdf"):
        return None
    if len(sources) == 1 and not named.path:
        path = f"{PurePosixPath(sources[0]).stem}_pages.pdf"
    if not path or not path.lower().endswith((".docx", ".pdf", ".md", ".html")):
        return None
    build = Drafting(reading, "merge", "documents as one")
    build.cover(sketch.covered(*_WORDS, *(pattern for _, pattern in FORMATS)))
    build.cover(idle(sketch, FILES, PAPERS, _BAG), named.covered)
    for hit in (*sketch.all(_FIRST), *sketch.all(_FIRST_FILE), *sketch.all(_THEN)):
        build.cover(hit.indices if not (hit["word"] or hit["word2"]) or any(_fits(hit, path) for path in sources) else ())
    build.cover(pages.covered)
    path = build.new_path(path)
    titles = [m.value for m in reading.named("quoted")]
    toc = sketch.has(_TOC)
    args: Object = {
        "sources": [*sources],
        "path": path,
        **({"title": titles[0]} if titles else _title(sketch)),
        **({"toc": True} if toc else {}),
        **({"pages": dict(pages.keep)} if pages.keep else {}),
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
    if first := sketch.find(_FIRST_FILE):
        at = first.mentions_all()[0].value
        return sorted(named, key=lambda path: path != at)
    if (first := sketch.find(_FIRST)) and any(_fits(first, path) for path in named):
        return sorted(named, key=lambda path: not _fits(first, path))
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


def _fits(hit: Hit, path: str) -> bool:
    """Whether "the invoice first", "chapter 2 at the top" speaks of a file."""
    return (hit["word"] or hit["word2"]) in path.lower() and (not hit["n"] or _number(path) == hit.number("n"))


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
