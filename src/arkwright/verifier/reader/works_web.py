"""Work on pages: downloads, forms, screenshots, the text of a page."""

import re

from arkwright.core.json import Json
from arkwright.verifier.neutral import NEUTRAL
from arkwright.verifier.reader.addresses import web_asides
from arkwright.verifier.reader.selection import KINDS, PICTURES, read_target
from arkwright.verifier.reader.work import Work
from arkwright.verifier.reader.works_forms import read_form

LOADING = frozenset(
    [
        "download",
        "downloads",
        "downloading",
        "fetch",
        "get",
        "save",
        "grab",
        "pull",
        "retrieve",
        "store",
        "linked",
        "link",
        "links",
        "page",
        "website",
        "site",
        "pdf",
        "pdfs",
        "file",
        "files",
        "document",
        "documents",
        "there",
        "address",
    ]
)
SHOOTING = frozenset(
    [
        "screenshot",
        "screenshots",
        "screen",
        "shot",
        "picture",
        "image",
        "png",
        "snapshot",
        "capture",
        "photo",
        "page",
        "website",
        "site",
        "webpage",
        "take",
        "save",
        "homepage",
        "jpg",
    ]
)
READING = frozenset(
    [
        "text",
        "plain",
        "page",
        "website",
        "site",
        "webpage",
        "save",
        "store",
        "content",
        "contents",
        "extract",
        "visible",
        "readable",
        "txt",
    ]
)
TABULAR = frozenset(
    [
        "collect",
        "scrape",
        "extract",
        "get",
        "save",
        "store",
        "write",
        "copy",
        "download",
        "gather",
        "grab",
        "read",
        "put",
        "turn",
        "table",
        "tables",
        "page",
        "pages",
        "website",
        "site",
        "web",
        "webpage",
        "loaded",
        "load",
        "loads",
        "dynamically",
        "javascript",
        "js",
        "script",
        "html",
        "several",
        "spread",
        "paging",
        "csv",
        "excel",
        "xlsx",
        "json",
        "shows",
        "shown",
        "displays",
        "lists",
        "contains",
        "whole",
        "entire",
        "complete",
        "full",
        "every",
        "all",
        "columns",
        "column",
        "fields",
        "rows",
        "row",
        "with",
        "one",
        "per",
        "sheet",
        "spreadsheet",
    ]
)


def read_web_work(work: Work) -> None:
    """Take one demand about pages."""
    urls = work.free("url")
    if len({t.value for t in urls}) != 1:
        return
    for read in (read_form, _links, _screenshot, _download, _table, _text):
        if not work.demands.specials:
            read(work)
    if work.demands.specials:
        work.take(*urls)


def _url(work: Work) -> str:
    return str(work.free("url")[0].value)


_LINKING = """
check checks checked checking test tests tested testing verify verified try tried validate links link hyperlinks url urls address addresses http https status statuses code codes broken dead
alive working works work reachable valid nowhere lead leads leading down note noted wrote list column columns reply answer told tell says whether any there page website site
all every each one them which what ones do not don't doesn't no longer on in of and are is it if your our some
"""


def _links(work: Work) -> None:
    """Every link of a page is asked; each stands in a table with its status, the broken ones in the answer."""
    if not work.says(r"\b(?:links?|hyperlinks?)\b") or not work.says(
        r"\b(?:check|test|verif|try|validat)\w*\b|\b(?:broken|dead)\b"
    ):
        return
    if work.says(r"\bdownload|\b(?:internal|external|only|except|first)\b"):
        return
    work.demand("links", url=_url(work))
    work.all(
        r"(?:(?:a|our|one|the) )*(?:visitor|customer|colleague|user|reader)s? (?:complain(?:s|ed)?|sa(?:ys|id)|told us|reports?|reported|noticed)(?: that)?"
    )
    work.words(frozenset(_LINKING.split()))


def _screenshot(work: Work) -> None:
    if not work.says(
        r"\bscreen ?-?shots?\b|\b(?:picture|snapshot|image) of (?:the )?(?:web ?)?(?:page|site)|\b(?:picture|snapshot|image) (?:is|was) (?:needed|wanted|required)|\b(?:show|shows) the (?:page|site)"
    ) or work.says(r"\bpictures\b|\bimages\b|\bdownload"):
        return
    work.all(r"(?:just )?as it (?:appears|looks|is shown|shows)(?: (?:up|in|to|a|the|browser|visitor|user))*")
    full = work.all(r"(?:of )?(?:the )?(?:full|whole|entire|complete)(?:-| )?(?:length )?(?:page|website|site)?")
    named = [t for t in work.outputs() if str(t.value).rsplit(".", 1)[-1].casefold() in PICTURES]
    work.take(*named)
    work.demand("screenshot", url=_url(work), name=str(named[0].value) if named else "", full=full)
    work.words(SHOOTING | {"show", "shows", "needed", "need", "browser", "it"})


def _download(work: Work) -> None:
    if not work.says(r"\b(?:download\w*|fetch|get|save[d]?|grab|retrieve|store[d]?|linked|pdfs?)\b") or not work.says(
        r"\bdownload|\bpdfs?\b|\bfiles?\b|\bdocuments?\b|\breports?\b"
    ):
        return
    url = _url(work)
    tail = url.split("?")[0].rsplit("/", 1)[-1]
    direct = "." in tail and tail.rsplit(".", 1)[-1].casefold() in {*KINDS, "xls", "doc"}
    if not direct and not work.says(
        r"\bdownload|\blinked\b|\blinks?\b|\bnewest\b|\blatest\b|\bmost recent\b|\boldest\b|\bearliest\b"
    ):
        return
    outputs = work.outputs()
    name = str(outputs[0].value) if len(outputs) == 1 else ""
    work.take(*outputs)
    years: list[Json] = []
    for match in work.script.find(r"(?:(?:of|from|for|the|year|in) )*(?P<y>{num}|{date})(?: ones)?"):
        said = re.fullmatch(r"(?:(?:the )?year )?((?:19|20)\d\d)", work.value(match, "y").casefold())
        if said is not None:
            work.script.take(match, "year")
            years.append(said[1])
    work.all(r"\(? ?(?:and )?(?:only|just|nothing else|no others?)(?: (?:these|those|the|them))?(?: \))?")
    kept = work.all(
        r"(?:(?:and|with|keep|keeping|leave|under|the|their|its|file|original|same) )*(?:file ?)?names (?:unchanged|as they are|the same|(?:must|should|may) not be (?:changed|altered)|stay|kept)(?: as they are)?",
        r"(?:and )?keep(?:ing)? (?:the |their )?(?:original |file )*names",
    )
    which = "itself" if direct else ""
    if not direct:
        newest = work.first(
            r"(?:the )?(?:single )?(?P<w>newest|latest|most recent|oldest|earliest)(?: one)?(?: (?P<x>report|file|document|issue|version|edition|pdf|release|price list))?(?: \( (?P<k>pdf|csv|xlsx) (?:file )?\))?"
        )
        if newest is not None:
            which = "oldest" if work.value(newest, "w").casefold() in ("oldest", "earliest") else "newest"
        elif work.says(r"\b(?:all|every|each|pdfs|reports|files|documents|ones)\b"):
            which = "all"
    kinds: list[Json] = []
    for token in work.free("word"):
        if token.text.casefold().lstrip(".") in KINDS:
            kinds += list(KINDS[token.text.casefold().lstrip(".")])
            work.take(token)
    kinds += ["pdf"] if not direct and not kinds and work.says(r"\(\s*pdf\s*\)|\bpdf\b") else []
    folder = "" if direct and name else read_target(work) if work.says(r"\bfolder|\bdirectory|\binto\b") else ""
    if not which or (name and which == "all"):
        return
    if not kinds and not direct:
        work.doubt("which of the linked files are meant is not said")
    work.demand(
        "download",
        url=url,
        which=which,
        kinds=list(dict.fromkeys(str(k) for k in kinds)),
        folder=folder,
        name=name,
        years=years,
        kept=kept,
    )
    nouns = set(re.findall(r"[a-z]{4,}", url.casefold().split("://", 1)[-1].partition("/")[2]))
    work.words(
        LOADING
        | nouns
        | {
            "downloaded",
            "saved",
            "stored",
            "needed",
            "need",
            "go",
            "most",
            "there",
            "called",
            "folder",
            "directory",
            "be",
            "published",
        }
    )


_ROW_WORDS = """
article articles item items product products entry entries thing things must should hold holds created create needed need wanted it begins begin starts start included include
pull pulled off format columns column colunms page start-page shop displayed appears where at be have has single called
"""
_ROWS = frozenset(_ROW_WORDS.split())
_SELECTS = r"\b(?:top|most|least|best|worst|cheap\w*|dear\w*|expensive|highest|lowest|average|mean|total|sum|how many|how much|count|number of|per|above|below|over \d|under \d|more than|less than|sorted|order(?:ed)? by|first \w+ (?:rows|products)|newest|oldest|only those|only the)\b"


def _table(work: Work) -> None:
    """A whole table of a page as a file; words that describe it have to stand in the page's headings or columns."""
    made = [t for t in work.outputs() if str(t.value).rsplit(".", 1)[-1].casefold() in ("csv", "xlsx", "json", "tsv")]
    formats = [t for t in work.free("word") if t.text.casefold() in ("csv", "excel", "xlsx", "json")]
    if (
        len(made) > 1
        or not (made or formats)
        or work.says(r"/api/|graphql|\bchart\b|\bplot\b|\breport\b|\bapi\b|\blinks\b|\bstatus\b")
        or len(work.outputs()) != len(made)
    ):
        return
    if work.says(_SELECTS):
        return
    if not work.says(
        r"\b(?:table|articles?|catalog(?:ue)?|columns?|rates?|collect|pull|scrape|extract|get|save|store|write|copy|download|gather|grab|put|turn)\b"
    ) or work.free("num", "quote", "file") != list(made):
        return
    word = formats[0].text.casefold() if formats else str(made[0].value).rsplit(".", 1)[-1].casefold()
    ending = {"excel": "xlsx"}.get(word, word)
    everything = work.says(
        r"\b(?:all|every|each|several|next|further) (?:the |its )?pages\b|\b(?:whole|entire|complete|full)\b|\bpages\b"
    )
    work.take(*made, *formats)
    web_asides(work.script)
    plain = work.all(
        r"\(? ?(?:(?:the|price|prices|must|should|be|is|as|a|so|,) )*(?:plain|pure|bare) numbers?(?:(?: ,)?(?: so)? (?:without|w/o|w / o|no|not)(?: (?:the|any|a))* (?:euro|currency|dollar|€)(?: ?(?:signs?|symbols?))?)?(?: \)\.?)?",
        r"(?:so |and )?(?:without|no) (?:the |any )?(?:euro|currency|dollar|€) (?:signs?|symbols?)",
    )
    work.words(TABULAR | _ROWS)
    words = [t for t in work.free("word") if t.text.casefold() not in NEUTRAL]
    work.take(*words)
    described: list[Json] = [t.text.casefold() for t in words]
    name = str(made[0].value) if made else ""
    work.demand("page_table", url=_url(work), name=name, ending=ending, words=described, everything=everything, plain=plain)


def _text(work: Work) -> None:
    if (
        not work.says(r"\btext\b")
        or not work.says(r"\b(?:page|site|website|webpage)\b|https?://")
        or not work.says(r"\b(?:save|extract|get|store|write|copy|download)\b")
    ):
        return
    named = [t for t in work.outputs() if str(t.value).rsplit(".", 1)[-1].casefold() in ("txt", "md")]
    if len(named) > 1 or len(work.outputs()) != len(named):
        return
    work.take(*named)
    work.demand("page_text", url=_url(work), name=str(named[0].value) if named else "")
    work.words(READING)
