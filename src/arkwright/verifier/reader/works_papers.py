"""Work on documents: another format of the same text, facts out of it, its tables, its headings."""

from collections.abc import Callable

from arkwright.core.json import Json
from arkwright.verifier.neutral import NEUTRAL
from arkwright.verifier.reader.work import Work
from arkwright.verifier.reader.works_bound import bind
from arkwright.verifier.reader.works_turned import turn

PAPERS = (".md", ".txt", ".docx", ".html", ".htm", ".markdown", ".pdf")
ASKING = frozenset(["find", "extract", "look", "tell", "say", "stated", "given", "written", "stands", "stand"])
EXTRACTING = frozenset(
    [
        "extract",
        "take",
        "pull",
        "copy",
        "get",
        "save",
        "export",
        "put",
        "turn",
        "write",
        "table",
        "tables",
        "in",
        "out",
        "convert",
        "document",
        "report",
        "contains",
        "word",
        "found",
        "created",
        "create",
        "docx",
        "file",
    ]
)
OUTLINE = frozenset(
    [
        "list",
        "show",
        "headings",
        "heading",
        "outline",
        "titles",
        "title",
        "section",
        "sections",
        "chapter",
        "chapters",
        "structure",
        "contents",
        "document",
        "tell",
        "order",
    ]
)


def read_paper_work(work: Work) -> None:
    """Take one demand about a document."""
    for first in (bind, turn):
        if not work.demands.specials:
            retry(work, first)
    if work.demands.specials:
        return
    papers = [t for t in work.inputs() if str(t.value).casefold().endswith(PAPERS)]
    if len({str(t.value) for t in papers}) != 1 or len(work.inputs()) != len(papers) or work.free("url"):
        return
    path = str(papers[0].value)
    for read in (_outline, _table, _facts):
        if not work.demands.specials:
            read(work, path)
    if work.demands.specials:
        work.take(*papers)


def retry(work: Work, read: Callable[[Work], None]) -> None:
    """Let a reader try; what it took and doubted is given back when it demands nothing."""
    taken, doubts = dict(work.script.taken), list(work.demands.doubts)
    read(work)
    if not work.demands.specials:
        work.script.taken, work.demands.doubts = taken, doubts


def _outline(work: Work, path: str) -> None:
    if (
        not work.says(r"\b(?:headings|outline|section titles|chapter titles)\b")
        or work.says(r"\b(?:convert\w*|turn\w*|number of|how many|keep|stay|should|must|word|docx|pdf|html)\b")
        or path.endswith((".txt", ".pdf"))
    ):
        return
    work.demand("outline", path=path)
    work.words(OUTLINE)


def _table(work: Work, path: str) -> None:
    tables = (".csv", ".xlsx", ".json", ".tsv")
    made = [t for t in work.outputs() if str(t.value).casefold().endswith(tables)]
    formats = [t for t in work.free("word") if t.text.casefold() in ("csv", "excel", "xlsx", "json", "spreadsheet")]
    if (
        not work.says(r"\btable\b")
        or not (made or formats)
        or len(work.outputs()) != len(made)
        or path.endswith((".txt", ".pdf"))
        or work.free("num", "quote")
    ):
        return
    total = work.all(
        r"(?:(?:and|with|plus|add|then|a|one|the) )*(?:total|totals|sum) (?:row|line)(?: (?:under|below|at|the|bottom|end|beneath|added|it|them|is|should|be))*|(?:a |one )?(?:row|line) (?:with|of|for) (?:the |all )*(?:totals?|sums?)(?: (?:is|should|be|under|below|added|it|at|the|bottom|end))*"
    )
    asked: list[Json] = []
    thing = r"(?:(?:does|do|is|are|will|the|whole|entire|thing|project|it|all|everything|of this) )*"
    for pattern in (
        rf"(?:and |also )*how (?:much|many) {thing}(?P<c>[a-z]+)(?: (?:does|do|will|it|the|whole|project|take|takes|last|lasts|need|needs|in total|altogether|together))*",
        rf"what (?:does|will) {thing}(?P<c>costs?)(?: (?:in total|altogether|together))*",
        r"(?:also |and )*(?:the )?total (?P<c>[a-z]+)(?= (?:and|in|,)|$)(?: in (?:the )?answer)?",
    ):
        for m in work.script.find(pattern):
            asked.append(work.value(m, "c").casefold())
            work.script.take(m, "a sum to tell")
    work.all(
        r"(?:with |as |the )*(?:real|numeric|proper) (?:numbers?|cells|values)(?: (?:so|that|i|we|one|can|calculate|compute|with|them|it))*|(?:the )?numbers in it must be real ones(?: ,)?(?: (?:so|that|i|we|one|can|calculate|with|them))*",
        r"(?:tell me |please |this |also |and )*in (?:the|your) (?:answer|reply)",
    )
    ordinal = work.first(r"(?:the )?(?P<o>first|second|third|fourth|only|1st|2nd|3rd) table")
    numbers = {"first": 0, "1st": 0, "second": 1, "2nd": 1, "third": 2, "3rd": 2, "fourth": 3}
    number = numbers.get(work.value(ordinal, "o").casefold(), -1) if ordinal else -1
    word = formats[0].text.casefold() if formats else str(made[0].value).rsplit(".", 1)[-1].casefold()
    work.take(*made, *formats)
    work.words(EXTRACTING)
    words = [t for t in work.free("word") if t.text.casefold() not in NEUTRAL]
    work.take(*words)
    described: list[Json] = [t.text.casefold() for t in words]
    ending = {"excel": "xlsx", "spreadsheet": "xlsx"}.get(word, word)
    work.demand(
        "paper_table",
        path=path,
        number=number,
        words=described,
        name=str(made[0].value) if made else "",
        ending=ending,
        total=total,
        asked=asked,
    )


def _facts(work: Work, path: str) -> None:
    asks = r"\b(?:what|what's|which|when|who|tell me|find|give me|look up|read|how much)\b"
    if not work.says(asks) or work.outputs() or work.free("num", "quote") or path.endswith((".md", ".html")):
        return
    if work.says(
        r"\b(?:how many|how often|changed?|summar\w+|words|pages|headings|count|list|all|every|each|average|items|most|tasks?)\b"
    ):
        return
    work.take(*[t for t in work.free("file") if str(t.value) == path])
    work.words(ASKING)
    phrases: list[Json] = []
    current: list[str] = []
    for i, token in enumerate([*work.script.tokens]):
        low = token.text.casefold()
        if (
            token.kind == "word"
            and i not in work.script.taken
            and (low not in NEUTRAL or (low in ("number", "item") and current))
        ):
            current.append(low)
            work.script.taken[i] = "fact"
        elif current:
            phrases.append(" ".join(current))
            current = []
    phrases += [" ".join(current)] if current else []
    if phrases:
        work.demand("facts", path=path, labels=phrases)
