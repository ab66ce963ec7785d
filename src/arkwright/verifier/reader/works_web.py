"""Work on pages: downloads, forms, screenshots, the text of a page."""

import re

from arkwright.core.json import Json
from arkwright.verifier.neutral import NEUTRAL
from arkwright.verifier.reader.selection import KINDS, PICTURES, read_target
from arkwright.verifier.reader.work import Work

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
SENDING = frozenset(
    [
        "fill",
        "filling",
        "in",
        "out",
        "complete",
        "submit",
        "submitted",
        "send",
        "sent",
        "contact",
        "form",
        "website",
        "page",
        "site",
        "following",
        "details",
        "these",
        "use",
        "reference",
        "number",
        "confirmation",
        "code",
        "id",
        "ticket",
        "receive",
        "received",
        "comes",
        "get",
        "back",
        "shown",
        "reported",
        "return",
        "once",
        "tell",
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
LABELS = r"(?:full |first |last |my |your )?name|surname|e-?mail(?: address)?|mail(?: address)?|phone(?: number)?|telephone|topic|subject|message|comments?|company|city|country|department|reason|address|street|zip|quantity|title"


def read_web_work(work: Work) -> None:
    """Take one demand about pages."""
    urls = work.free("url")
    if len({t.value for t in urls}) != 1:
        return
    for read in (_form, _screenshot, _download, _table, _text):
        if not work.demands.specials:
            read(work)
    if work.demands.specials:
        work.take(*urls)


def _url(work: Work) -> str:
    return str(work.free("url")[0].value)


def _form(work: Work) -> None:
    if not work.says(r"\bform\b") or not work.says(r"\b(?:fill|complete|submit|send)\b"):
        return
    url = work.free("url")[0]
    start = url.end
    rest = work.script.text[start:]
    lead = re.match(
        r"\s*(?:form)?\s*(?:and (?:send|submit) it)?\s*(?:[:,(-]|with|using)?\s*(?:with|using)?\s*(?:the following|these)?\s*(?:details|data|values)?\s*:?\s*",
        rest,
    )
    body = rest[lead.end() :] if lead else rest
    stop = re.search(
        r"(?<=\x00)\s+(?=[A-Z])|[.;!?)]\s+(?=[A-Z])|[.!?)]*\s*$|\s+and (?:then )?(?=(?:send|submit|tell|give|report)\b)|[,;] (?=(?:then |and )?(?:send|submit|tell)\b)",
        _blanked(body),
    )
    body = body[: stop.start()] if stop else body
    fields = _fields(body)
    if not fields:
        return
    begin = start + (lead.end() if lead else 0)
    end = begin + len(body)
    for token in work.script.tokens:
        if begin <= token.start < end:
            work.take(token)
    reply = work.says(r"\b(?:reference|confirmation|ticket|number|code|reply|response|answer)\b")
    work.demand("form", url=str(url.value), fields=fields, reply=reply)
    work.words(SENDING)


def _blanked(text: str) -> str:
    """Text with what stands in quotes blanked, so that marks inside do not count."""
    return re.sub(r"\"[^\"\n]*\"|“[^”\n]*”|(?<!\w)'[^\n]*?'(?!\w)", lambda m: "\x00" * len(m[0]), text)


def _fields(body: str) -> list[Json]:
    """Pairs of label and value; nothing when a part cannot be read."""
    blank = _blanked(body)
    cuts = [0]
    for m in re.finditer(rf"\s*[,;\n]\s*(?:and )?|\s+and\s+(?=(?:the |my |as )?(?:{LABELS})\b)", blank, re.I):
        cuts += [m.start(), m.end()]
    cuts.append(len(body))
    out: list[Json] = []
    for a, b in zip(cuts[::2], cuts[1::2], strict=True):
        m = re.fullmatch(
            rf"(?:with |the |my |as |and |for )*(?P<l>{LABELS}|[A-Za-z][\w-]*)(?:\s*(?:=|:|is|as)\s*|\s+)(?P<v>\S.*)",
            body[a:b].strip(),
            re.I | re.S,
        )
        if m is None:
            return []
        out.append([m["l"], m["v"].strip().strip('"“”').removeprefix("'").removesuffix("'")])
    return out


def _screenshot(work: Work) -> None:
    if not work.says(r"\bscreen ?-?shots?\b|\b(?:picture|snapshot|image) of (?:the )?(?:web ?)?(?:page|site)"):
        return
    full = work.all(r"(?:of )?(?:the )?(?:full|whole|entire|complete)(?:-| )?(?:length )?(?:page|website|site)?")
    named = [t for t in work.outputs() if str(t.value).rsplit(".", 1)[-1].casefold() in PICTURES]
    work.take(*named)
    work.demand("screenshot", url=_url(work), name=str(named[0].value) if named else "", full=full)
    work.words(SHOOTING)


def _download(work: Work) -> None:
    if not work.says(r"\b(?:download|fetch|get|save|grab|retrieve)\b") or not work.says(
        r"\bdownload|\bpdfs?\b|\bfiles?\b|\bdocuments?\b|\breports?\b"
    ):
        return
    url = _url(work)
    tail = url.split("?")[0].rsplit("/", 1)[-1]
    direct = "." in tail and tail.rsplit(".", 1)[-1].casefold() in {*KINDS, "xls", "doc"}
    if not direct and not work.says(r"\bdownload|\blinked\b|\blinks?\b|\bnewest\b|\blatest\b"):
        return
    outputs = work.outputs()
    name = str(outputs[0].value) if len(outputs) == 1 else ""
    work.take(*outputs)
    which = "itself" if direct else ""
    if not direct:
        newest = work.first(
            r"(?:the )?(?:single )?(?P<w>newest|latest|most recent|oldest|earliest)(?: one)?(?: (?P<x>report|file|document|issue|version|edition|pdf|release|price list))?(?: \( (?P<k>pdf|csv|xlsx) (?:file )?\))?"
        )
        if newest is not None:
            which = "oldest" if work.value(newest, "w").casefold() in ("oldest", "earliest") else "newest"
        elif work.says(r"\b(?:all|every|each)\b"):
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
    work.demand("download", url=url, which=which, kinds=list(dict.fromkeys(str(k) for k in kinds)), folder=folder, name=name)
    work.words(LOADING)


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
    if not work.says(r"\b(?:collect|scrape|extract|get|save|store|write|copy|download|gather|grab|put|turn)\b") or work.free(
        "num", "quote", "file"
    ) != list(made):
        return
    word = formats[0].text.casefold() if formats else str(made[0].value).rsplit(".", 1)[-1].casefold()
    ending = {"excel": "xlsx"}.get(word, word)
    everything = work.says(
        r"\b(?:all|every|each|several|next|further) (?:the |its )?pages\b|\b(?:whole|entire|complete|full)\b|\bpages\b"
    )
    work.take(*made, *formats)
    work.words(TABULAR)
    words = [t for t in work.free("word") if t.text.casefold() not in NEUTRAL]
    work.take(*words)
    described: list[Json] = [t.text.casefold() for t in words]
    name = str(made[0].value) if made else ""
    work.demand("page_table", url=_url(work), name=name, ending=ending, words=described, everything=everything)


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
