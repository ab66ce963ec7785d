"""Work that binds documents together: their order, the pages that stay, a table of contents, a new page for each."""

import re

from arkwright.core.json import Json, Object
from arkwright.verifier.lexicon import NUMBERS
from arkwright.verifier.reader.chores import CHORES, naming, number_in, wanted_formats
from arkwright.verifier.reader.work import Work

PAPERS = (".md", ".txt", ".docx", ".pdf", ".html", ".markdown")
FORMATS = {"pdf": "pdf", "word": "docx", "docx": "docx", "html": "html", "webpage": "html", "markdown": "md", "md": "md"}
JOINING = r"\b(?:merg\w+|combin\w+|join\w*|bind|bound|binding|stitch\w*|stapl\w+|glue\w*|concatenat\w+|append\w*|attach\w*|unit(?:e|ed)|assembl\w+|compil\w+|put (?:\S+ ){0,8}together|put together)\b"
ONE = r"\b(?:one|single|common|combined|joint|whole)(?: [\w-]+){0,3} (?:pdf|document|file|handbook|book|booklet|page|webpage|html|manual|guide)\b(?! (?:each|per|for each|for every|apiece))|\b(?:handbook|booklet|manual|book)\b"
PLACES = {
    "first": 1,
    "1st": 1,
    "title": 1,
    "cover": 1,
    "second": 2,
    "2nd": 2,
    "third": 3,
    "3rd": 3,
    "fourth": 4,
    "fifth": 5,
    "last": -1,
    "final": -1,
}
_W = r"(?P<w>first|1st|title|cover|second|2nd|third|3rd|fourth|fifth|last|final)"
_N = r"(?P<n>{num}|two|three|four|five)"
_F = r"(?: (?:of|from|in) (?:the |my |our )?(?P<f>{file}|[a-z]+)(?: (?:file|document|pdf))?)?"
_AWAY = r"(?:leave (?:out|off|away)|leaving (?:out|off)|without|except(?: for)?|omit\w*|skip\w*|drop\w*|exclud\w+|minus|not)"
_GONE = r"(?: (?:can|could|may|should|must|shall|is|are|to|be|do|does|as it is|not|n't))* (?:left (?:out|off|away)|dropped|omitted|skipped|removed|not (?:needed|wanted|required|necessary)|isn't (?:needed|wanted|required)|superfluous|unnecessary)"
BINDING = frozenset(
    [
        "merge",
        "dropped",
        "follow",
        "follows",
        "front",
        "fresh",
        "merged",
        "combine",
        "combined",
        "join",
        "joined",
        "bind",
        "bound",
        "binding",
        "stitch",
        "stitched",
        "staple",
        "stapled",
        "glue",
        "glued",
        "concatenate",
        "concatenated",
        "unite",
        "united",
        "assemble",
        "assembled",
        "assembling",
        "compile",
        "compiled",
        "put",
        "together",
        "up",
        "single",
        "one",
        "joint",
        "common",
        "whole",
        "entire",
        "new",
        "out",
        "of",
        "from",
        "chapters",
        "chapter",
        "parts",
        "sections",
        "documents",
        "pdfs",
        "texts",
        "handbook",
        "handbooks",
        "book",
        "booklet",
        "manual",
        "manuals",
        "guide",
        "brochure",
        "employee",
        "staff",
        "print",
        "printed",
        "printer",
        "page",
        "pages",
        "file",
        "then",
        "and",
        "order",
        "sequence",
        "same",
        "given",
        "this",
        "that",
        "exactly",
        "accept",
        "accepts",
        "bundle",
        "pack",
        "big",
        "small",
        "intranet",
        "invoice",
        "terms",
        "title",
        "three",
        "two",
        "both",
        "four",
        "heading",
        "headings",
        "real",
        "html",
        "keep",
        "keeps",
    ]
)


def bind(work: Work) -> None:
    """Take a demand to make one document of several, or of some pages of a PDF."""
    if not (work.says(JOINING) or work.says(ONE) or work.says(r"\bpages?\b")):
        return
    if work.says(r"\b(?:script|program|table|rows?|csv|excel|chart|report|replace|rename|zip|how many|which)\b(?! of contents)"):
        return
    sources = _sources(work)
    if not sources or not all(s.casefold().endswith(PAPERS) for s in sources):
        return
    pages = _pages(work, sources)
    if pages is None or (len(sources) < 2 and not pages):
        return
    toc = work.all(
        r"(?:(?:with|including|incl|include|includes|add|and|first|plus|a|an|the|clickable|short|it|must|should|needs?|has|have|contain|contains|begin|begins|start|starts|at the front|page that|of|page|for|page with) )*(?:table of contents|contents page|contents table|toc|list of contents|contents)(?: (?:page|first|(?:at|in|on) (?:the )?(?:very )?(?:front|beginning|start|top|first page)|up front|in front|before (?:them|it|the chapters)))*"
    )
    fresh = work.all(
        r"(?:and |then |with )*(?:each|every)(?: of the| of them| single)?(?: (?:chapter|one|part|file|document|section|chapters|them))?(?: (?:should|must|shall|has to|have to|is to))*(?: (?:start|starts|starting|begin|begins|beginning|on|go|goes|come|comes|gets?|open))*(?: (?:on|at|with))*(?: the top of)? (?:a |its )(?:own |new |fresh |separate )*page",
        r"(?:and |with |a |the )*page breaks? (?:between|before|after)(?: (?:the|each|every|them|chapters?|files?|documents?))*|(?:on )?a (?:new|fresh|separate) page(?: (?:for|per) (?:each|every)(?: [a-z]+)?)?",
    )
    work.all(
        r"at the front(?= ,? ?(?:a|·))|(?:in |the |this |that |keep |keeping |exactly |just )*(?:order|sequence)(?: (?:given|named|listed|above|as given))?"
    )
    order = _ordered(work, sources)
    formats = list(wanted_formats(work, FORMATS))
    formats += ["html"] if not formats and work.all(r"web ?page") else []
    formats = formats or (["pdf"] if all(s.endswith(".pdf") for s in sources) else [])
    name = naming(work, PAPERS)
    if name is None or len(set(formats)) > 1:
        return
    work.take(*[t for t in work.free("file") if str(t.value) in (*sources, *_origins(work))])
    demanded: list[Json] = list(order)
    work.demand("bound", sources=demanded, pages=pages, toc=toc, fresh=fresh, name=name, formats=list(formats))
    work.words(BINDING | CHORES)


def _origins(work: Work) -> list[str]:
    return [str(t.value) for t in work.inputs()]


def _sources(work: Work) -> list[str]:
    """The documents in the order they are named; a range, or all chapters, by their numbers."""
    named = list(dict.fromkeys(_origins(work)))
    match = next(iter(work.script.find(r"{file} (?:to|until|through|till|-|–) {file}")), None)
    if len(named) == 2 and match is not None:
        return _range(work, named) or named
    if named:
        return named
    if not work.says(r"\b(?:all|the|three|two|four)(?: \w+)? chapters\b"):
        return []
    found = [p for p in work.world.before if re.fullmatch(r"(?:.*/)?chapter[ _-]?\d+\.\w+", p.casefold())]
    return sorted(found, key=number_in)


def _range(work: Work, ends: list[str]) -> list[str]:
    shape = re.fullmatch(r"(.*?)(\d+)(\.\w+)", ends[0])
    other = re.fullmatch(r"(.*?)(\d+)(\.\w+)", ends[1])
    if not shape or not other or (shape[1], shape[3]) != (other[1], other[3]):
        return []
    wanted = [f"{shape[1]}{n:0{len(shape[2])}d}{shape[3]}" for n in range(int(shape[2]), int(other[2]) + 1)]
    return wanted if all(w in work.world.before for w in wanted) else []


def _pages(work: Work, sources: list[str]) -> Object | None:
    """Of which source which pages go or stay: {source: {"from", "to", "away"}}; None when it is not clear."""
    out: Object = {}
    patterns = (
        (rf"(?:but |and )*{_AWAY}(?: the| its| only| just)* {_W}(?: {_N})? pages?{_F}", True),
        (rf"(?:and |but )*(?:the |its )?{_W}(?: {_N})? pages?{_F}{_GONE}", True),
        (rf"(?:but |and )*{_AWAY}(?: the)? pages? (?P<a>{{num}})(?: ?(?:-|–|to|until|through|and) (?P<b>{{num}}))?{_F}", True),
        (rf"(?:(?:only|just|plus|and|the) )*pages? (?P<a>{{num}})(?: ?(?:-|–|to|until|through|and) (?P<b>{{num}}))?{_F}", False),
        (rf"(?:(?:only|just|plus|and|the) )*{_W}(?: {_N})? pages?{_F}", False),
    )
    for pattern, away in patterns:
        for m in work.script.find(pattern):
            if "w" in m.groups and not away and work.script.words(m, "w") in ("title", "cover"):
                continue
            source = _whose(work, m.first, work.value(m, "f"), sources)
            if not source or source in out:
                return None
            first = int(work.value(m, "a")) if "a" in m.groups else PLACES[work.script.words(m, "w")]
            last = int(work.value(m, "b")) if "b" in m.groups else first
            if "n" in m.groups:
                word = work.script.words(m, "n")
                count = NUMBERS.get(word) or int(word)
                first, last = (-count, -1) if first == -1 else (1, count)
            out[source] = {"from": first, "to": last, "away": away}
            work.script.take(m, "pages")
    return out


def _whose(work: Work, at: int, word: str, sources: list[str]) -> str:
    if word in sources:
        return word
    fitting = [s for s in sources if word and word.casefold().rstrip("s") in s.casefold()]
    if len(fitting) == 1:
        return fitting[0]
    before = [str(t.value) for t in work.script.tokens[:at] if t.kind == "file" and str(t.value) in sources]
    near = work.script.tokens[at - 1].text.casefold() if at else ""
    if len(sources) == 1:
        return sources[0]
    return before[-1] if not word and before and (near == before[-1].casefold() or near in (",", "(", "but", "without")) else ""


def _ordered(work: Work, sources: list[str]) -> list[str]:
    """The sources with the one that is said to come first at the front; `append A to B` means B, A."""
    first = work.first(
        r"(?:\( )?(?:with |and )?(?:the )?(?P<f>{file}|(?:chapter )?[a-z]+(?: {num})?)(?: (?:comes?|goes|should come|must come|being|is|shall be|at the|on|stands?))* (?:first|at the (?:top|front|beginning|start)|on top|up front)(?: \))?"
    )
    if first is not None:
        word = work.value(first, "f").casefold()
        digits = re.findall(r"\d+", word)
        stem = re.sub(r"[\W\d]+", "", word.removeprefix("the "))
        fits = [
            s
            for s in sources
            if s.casefold() == word or (stem and stem in s.casefold() and (not digits or number_in(s) == int(digits[-1])))
        ]
        if len(fits) != 1:
            work.doubt("which document comes first is not certain")
            return sources
        work.all(
            r"(?:and |then )*(?:the )?(?:terms|chapter {num}|chapter|[a-z]+) (?:follows?|after (?:it|that)|comes (?:second|next|last)|second|then)|then chapter {num}"
        )
        return [fits[0], *[s for s in sources if s != fits[0]]]
    if len(sources) == 2 and work.first(r"(?:append|add|attach)(?:ed)? (?=· |{file})(?:·|{file})") is not None:
        work.doubt("which document comes first is not certain")
    if len(sources) == 2 and (m := work.first(r"(?P<a>{file}) (?:behind|after|following) (?P<b>{file})")) is not None:
        return [work.value(m, "b"), work.value(m, "a")]
    return sources
