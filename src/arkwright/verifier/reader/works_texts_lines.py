"""Work on the lines of a text: some of them copied as they are, the text cut into parts, its figures told."""

import re

from arkwright.core.json import Json
from arkwright.verifier.lexicon import NUMBERS
from arkwright.verifier.reader.chores import CHORES, naming
from arkwright.verifier.reader.work import Work

TEXTS = (".txt", ".log", ".md", ".csv", ".py")
_CODE = r"(?:{num}|\d{{3}})(?: ?(?:'s|s))?".replace("{{", "{").replace("}}", "}")
_CODES = rf"{_CODE}(?: (?:,|/|or|and|\+|&|and all|as well as|plus) ?{_CODE})*"
LINES = r"(?:lines?|entries|entry|requests?|records?)"
KEEPING = frozenset(
    [
        "line",
        "lines",
        "log",
        "logs",
        "entry",
        "entries",
        "record",
        "records",
        "request",
        "requests",
        "server",
        "error",
        "errors",
        "text",
        "copy",
        "copied",
        "copies",
        "copying",
        "filter",
        "filtered",
        "filters",
        "extract",
        "extracted",
        "grep",
        "pull",
        "keep",
        "kept",
        "pick",
        "move",
        "moved",
        "transfer",
        "unchanged",
        "untouched",
        "unaltered",
        "exactly",
        "original",
        "verbatim",
        "same",
        "order",
        "sequence",
        "as",
        "is",
        "are",
        "stand",
        "out",
        "developer",
        "problems",
        "problem",
        "point",
        "with",
        "status",
        "code",
        "codes",
        "http",
        "many",
        "much",
        "how",
        "there",
        "each",
        "of",
        "both",
        "and",
        "those",
        "them",
        "it",
        "that",
        "have",
        "has",
        "having",
        "answered",
        "containing",
        "contain",
        "mention",
        "mentioning",
    ]
)
CUTTING = frozenset(
    [
        "split",
        "splits",
        "divide",
        "divided",
        "cut",
        "break",
        "chop",
        "part",
        "parts",
        "piece",
        "pieces",
        "chunk",
        "chunks",
        "equal",
        "equally",
        "long",
        "large",
        "sized",
        "same",
        "length",
        "several",
        "smaller",
        "separate",
        "each",
        "even",
        "lines",
        "line",
        "of",
        "into",
        "in",
    ]
)
TELLING = frozenset(
    [
        "how",
        "many",
        "much",
        "long",
        "has",
        "have",
        "does",
        "number",
        "of",
        "count",
        "counts",
        "counting",
        "characters",
        "character",
        "letters",
        "words",
        "word",
        "sentences",
        "sentence",
        "lines",
        "line",
        "paragraphs",
        "paragraph",
        "text",
        "story",
        "what",
        "is",
        "are",
        "the",
        "in",
        "and",
        "which",
        "longest",
        "total",
        "it",
    ]
)


def keep(work: Work) -> None:
    """Take a demand to copy lines by a status code or by a word in them."""
    sources = list(dict.fromkeys(str(t.value) for t in work.inputs()))
    if len(sources) != 1 or not sources[0].casefold().endswith(TEXTS[:3]) or not work.says(rf"\b{LINES}\b"):
        return
    if work.says(
        r"\b(?:script|program|python|chart|per (?:hour|day|status|url|ip)|sort\w*|unique|distinct|table|csv|json|excel|top|first|last|without the|not contain\w*|don't contain|except)\b"
    ):
        return
    if not (work.outputs() or work.says(r"\b(?:called|named)\b")):
        return
    status = work.first(
        rf"(?:(?:with|of|that have|which have|having|whose|for|the|an?|http|response|status|code|codes|is|are|was|either) )*(?:status(?:es)?|codes?)(?: (?:code|codes|is|are|of|either|=|:))* (?P<c>{_CODES})|(?P<d>{_CODES}) (?:http )?(?:status(?:es)?|errors?|codes?)?(?: codes?)? ?{LINES}|{LINES} (?:with|of|having|for) (?:a |the |an )?(?P<e>{_CODES})"
    )
    keys: list[Json] = []
    if status is not None:
        text = work.script.words(status)
        keys = list(dict.fromkeys(re.findall(r"(?<!\d)\d{3}(?!\d)", text)))
    else:
        match = work.first(
            rf"{LINES}(?: (?:that|which|in which))?(?: (?:contain|contains|containing|mention|mentions|mentioning|with|including))(?: (?:the|word|text|string))* (?P<v>{{quote}}(?: ?(?:,|or) {{quote}})*|[a-z0-9_-]+)"
        )
        if match is None:
            return
        tokens = work.script.group(match, "v")
        keys = [
            str(t.value) if t.kind == "quote" else t.text
            for t in tokens
            if t.kind == "quote" or (t.kind == "word" and t.text.casefold() != "or")
        ]
    name = naming(work, TEXTS)
    if not keys or not name:
        return
    told = work.all(
        rf"(?:(?:and|also|please|tell|me|us|let|know|say|i|would|like|to|in|your|answer) )*how (?:many|often)(?: (?:of|there|are|were|is|lines|entries|with|for|did|you|find|and|how|many|have|has|each|both|them|{_CODE}|those))*"
    )
    work.all(
        r"(?:and |but )*(?:unchanged|unaltered|untouched|verbatim)|without (?:altering|changing|touching)(?: (?:them|or|their|the|order))*|(?:and )?(?:in|keep|keeping) (?:the |their )?(?:same|original)? ?(?:order|sequence)|(?:exactly )?as (?:they|it) (?:are|is)|(?:the )?order and content|(?:or|and|nor) (?:their|the) order"
    )
    work.take(*[t for t in work.free("file") if str(t.value) == sources[0]])
    work.demand("kept", source=sources[0], keys=keys, status=status is not None, name=name, told=told)
    work.words(KEEPING | CHORES)


def cut(work: Work) -> None:
    """Take a demand to cut a text into parts."""
    sources = list(dict.fromkeys(str(t.value) for t in work.inputs()))
    if (
        len(sources) != 1
        or not work.says(r"\b(?:split|divide|cut|break|chop)\b")
        or work.outputs()
        or not sources[0].casefold().endswith(TEXTS)
    ):
        return
    if work.says(r"\b(?:script|program|column|columns|header|by|per (?:region|month)|chapter|heading)\b"):
        return
    small = "|".join(NUMBERS)
    size = work.first(
        rf"(?:(?:of|with|every|each|after|at most|up to|having) )*(?P<n>{{num}}|{small}) lines(?: (?:each|per (?:file|part)|apiece))?"
    )
    count = (
        None
        if size
        else work.first(
            rf"(?P<n>{{num}}|{small})(?: (?:equal|equally|long|large|even|separate|smaller|sized|same-sized))* (?:parts|pieces|chunks|files)"
        )
    )
    match = size or count
    if match is None:
        return
    word = work.value(match, "n").casefold().replace(",", "")
    number = NUMBERS.get(word) or (int(word) if word.isdigit() else 0)
    if not number:
        return
    work.take(*[t for t in work.free("file") if str(t.value) == sources[0]])
    work.demand("cut", source=sources[0], size=number if size else 0, count=0 if size else number)
    work.words(CUTTING | CHORES)


FIGURES = (
    ("bare", r"(?:the )?(?:number of )?(?:characters|letters) (?:\( )?(?:without|not counting|excluding)(?: the)? (?:spaces|blanks)(?: \))?"),
    ("characters", r"(?:the )?(?:number of )?(?:characters|character count)(?: (?:including|with|incl)(?: the)? (?:spaces|blanks))?"),
    ("sentences", r"(?:the )?(?:number of )?sentences(?! in {file}, and)"), ("paragraphs", r"(?:the )?(?:number of )?paragraphs"),
    ("lines", r"(?:the )?(?:number of )?(?:lines|line count)"), ("words", r"(?:the )?(?:number of )?(?:words|word count)"),
)  # fmt: skip


def measure(work: Work) -> None:
    """Take a demand to tell figures of texts: lines, words, characters, sentences, the longest of them."""
    sources = list(dict.fromkeys(str(t.value) for t in work.inputs()))
    if not sources or work.outputs() or not all(s.casefold().endswith((".txt", ".md")) for s in sources):
        return
    if work.says(
        r"\b(?:csv|json|excel|table|chart|script|program|frequen\w+|occurs?|most|often|start\w*|begin\w*|contain(?:s|ing)\b|different|unique|distinct|per|each|every|blank|empty|top|longer|shorter|more|without (?!spaces|the spaces|blanks))\b"
    ):
        return
    small = "|".join(NUMBERS)
    longest: list[Json] = []
    for m in work.script.find(
        rf"(?:which|what)?(?: (?:is|are))?(?: the| its)? ?(?:(?P<n>{{num}}|{small}) )?longest (?:(?P<m>{{num}}|{small}) )?(?P<w>words?|sentences?)"
    ):
        word = work.value(m, "n") or work.value(m, "m")
        count = NUMBERS.get(word) or (int(word) if word.isdigit() else 1)
        longest.append({"what": "word" if work.script.words(m, "w").startswith("word") else "sentence", "count": count})
        work.script.take(m, "longest")
    counted: list[Json] = []
    if work.says(r"\b(?:how many|number of|counts?|how long)\b"):
        for name, pattern in FIGURES:
            if work.all(pattern):
                counted.append(name)
    if not longest and not counted:
        return
    work.take(*[t for t in work.free("file") if str(t.value) in sources])
    work.demand("measured", sources=[*sources], counted=counted, longest=longest)
    work.words(TELLING | CHORES)
