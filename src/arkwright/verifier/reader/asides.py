"""Asides: what a request says about the sender, the occasion and the source, which asks for nothing."""

from collections.abc import Sequence

from arkwright.verifier.demands import World
from arkwright.verifier.lexicon import AGGREGATES, FORMATS, PERIODS
from arkwright.verifier.neutral import NEUTRAL
from arkwright.verifier.script import Script, Token

DAY = "(?:today|tomorrow|tonight|monday|tuesday|wednesday|thursday|friday|saturday|sunday|next week|this week|this afternoon|this morning)"
ASIDES = (
    rf"(?:i|we) (?:have|need|want|must|should) (?:to )?(?:show|present|hand in|send|report|hand over|give|discuss) (?:something|it|this|that|them|the results?|the numbers) (?:(?:to|with|at) (?:the|my|our|a) [a-z]+ )?(?:on|by|before|at)? ?(?:{DAY}|the meeting)?",
    rf"(?:for|by|before|until|on) (?:the |our |my )?(?:{DAY}(?:'s)?(?: meeting| presentation| review)?|meeting|presentation|board meeting)",
    r"(?:{file}|it|this|that) is (?:an?|the|our) (?:sqlite|csv|excel|json|sql)? ?(?:database|file|workbook|export|log|dump|table|list|spreadsheet)(?: of [a-z ]+)?(?: \( (?:the )?(?:tables?|sheets?) (?:{tab}|{col})(?:(?: ,)?(?: and)? (?:{tab}|{col}))* \))?",
    r"\( (?:the )?(?:tables?|sheets?|columns?) (?:{tab}|{col})(?:(?: ,)?(?: and)? (?:{tab}|{col}))* \)",
    r"(?:the |our |an? )?(?:csv|excel|json|sqlite|log|markdown|text|xlsx) (?:file|workbook|database|table|export|log)? ?(?={file})",
    r"(?:\( |, )?(?:by |use |i mean |i want )?the (?:name|names|{col}) , not (?:just |only )?(?:the |its |their )(?:numbers?|ids?|codes?)(?: \))?|(?:\( )?the (?:number|id|code|numbers|ids) (?:is|are) not (?:needed|necessary|required|of interest)(?: \))?",
    r"(?:\( |, |; )?(?:(?:with |where |keeping in mind that |mind that |note that |please note |remember |careful |attention ): ?)?(?:(?:and |with |where |keeping in mind that |mind that |note that |remember that ))*(?:the |all )*(?:dates?|date format|format of the dates?)(?: (?:are|is|given|written|stored|shown|in|as|the|format|:|=))* (?:day/month/year|dd/mm/yyyy|dd\.mm\.yyyy|day first|d/m/y|european)(?: (?:format|order|style|notation))?(?: \))?",
    r"(?:and |, |in which |where )*(?:the )?cells (?:should )?(?:show|hold|contain|are|have)|where (?:they|both|the two|row and column|rows and columns) (?:cross|meet|intersect)",
    r"(?:(?:from|in|on|see|of) )?(?:the )?(?:(?:sheet|table|tab) {tab}|{tab} (?:sheet|table|tab)|second sheet|other sheet|first sheet|sheet (?:one|two|1|2|{num}))",
    r"(?:nothing|no column|none of the columns) (?:(?:about|in) the columns )?(?:(?:should|may|must|is|be|are|to|has) )*(?:removed|changed|altered|modified|touched|dropped|left out)(?: (?:or|and) (?:removed|changed|altered|modified|touched|renamed|dropped))*|(?:the |all )*columns (?:(?:should|must|may|are|to|be|stay|remain|kept|left) )+(?:unchanged|untouched|as they are|the same|unaltered)",
    r"(?:add|adding) (?:the )?results? up|(?:and )?(?:then )?the (?:results|products) (?:are )?(?:added up|summed)",
    r"(?:the |just |only the )*(?:{num}|two|three|four|both|several) (?:files|numbers|figures|results|outputs|things|values)(?: (?:are|is|should|be|must))*(?: (?:needed|wanted|required|shown|created|made|expected|produced|given|written))?",
    r"(?:would|do) you mind|(?:on|in) (?:the )?(?:first|1st|one|main) sheet",
    r"(?:in|with|having) (?:nested|hierarchical) form|(?:is|are) (?:nested|hierarchical)|nested (?=json|{file})",
    r"no (?:new )?files?(?: (?:is|are|has|have|to|be))* (?:needed|necessary|required|wanted|written|made)|no (?:new )?files?(?= ?[.,;!]|$)|(?:with )?(?:exactly )?(?:{num}|two|three|four|five|six|seven|eight) columns(?= ?[.:,]| that| which| are| ·)|without (?:a|any) (?:new )?file|just (?:tell|answer|say)(?: me)?(?: ·)*",
    r"(?:an? |one )?(?:readings?|values?|measurements?|entry|entries|row|rows|line|{tab}|{file}|{col})(?: taken| made| recorded| ,)? every (?:{num}|two|three|four|six|other)? ?(?:hours?|h|minutes?|days?|3h|6h|2h|1h)|(?:{num}|two|three|four|six) ?-? ?hourly(?= (?:readings?|values?|data|measurements?|{tab}|{col}|\)|,))|{num} -hourly",
    r"(?:that's all|that is all|no rush|if possible|if you can|as soon as possible|when you have time|would be great|would be nice|is fine|is ok|is okay|would do|that would help|you'd help me a lot|if you don't mind|for me|for us|to look at|so i can (?:look at|use|open|check|see) (?:it|them)(?: in excel)?)",
    r"\( (?:the |my |our )?(?:bearer )?token (?:is|stands|lies|can be found) in {file}(?: ,)?(?: as)?(?: a)?(?: bearer)?(?: token)? \)|(?:use|using|with) (?:the )?(?:bearer )?token (?:from|in) {file}(?: as bearer)?",
    r"(?:\(|;|,) (?:dates|the dates|all dates|they) are (?:written )?(?:as )?(?:day/month/year|dd/mm/yyyy|day first)(?: format)?",
    r"(?:that |which |but |and )*(?:please )?(?:exactly )?(?:like|as) (?:that|this)",
    r"thanks(?: a lot| in advance| so much)?|thank you(?: very much| so much)?|many thanks|best regards|kind regards",
    r"(?:and )?(?:then )?(?:put|save|write|store|send) (?:the )?(?:rest|result|results|output|outcome|table|list|figures|numbers|answer) (?:in ?to|to|in|as|under)",
    r"in total(?= |$)|altogether|all in all",
    r"keep(?:ing)? (?:only|just)(?= )",
    r"(?:what|which) (?:i|we) (?:need|want) (?:is|are)|(?:i'm|i am|we're|we are) (?:interested in|looking for)|(?:i|we) (?:only |just )?(?:need|want)",
)


STOPS = frozenset(
    [
        "must",
        "should",
        "leave",
        "ignore",
        "skip",
        "exclude",
        "excluding",
        "only",
        "don't",
        "not",
        "no",
        "without",
        "remove",
        "please",
        "want",
        "need",
        "give",
        "make",
        "show",
        "save",
        "write",
        "list",
        "total",
        "sum",
        "count",
        "which",
        "who",
        "what",
        "how",
        "many",
        "much",
        "except",
        "but",
        "if",
        "when",
        "tell",
        "let",
        "me",
        "i",
        "we",
        "find",
        "get",
        "compute",
        "calculate",
        "sort",
        "draw",
        "plot",
        "chart",
        "convert",
        "export",
        "put",
        "keep",
        "drop",
        "delete",
        "filter",
        "month/day/year",
        "mm/dd/yyyy",
        "cents",
        "thousands",
        "million",
        "millions",
        "percent",
        "total",
        "totals",
        "duplicates",
    ]
)
ASKED = (frozenset(AGGREGATES) | frozenset(PERIODS) | frozenset(FORMATS) | frozenset(
    ["per", "by", "rounded", "decimals", "sorted", "ordered", "descending", "ascending", "first", "last", "once", "top", "bottom", "largest", "highest", "lowest", "smallest", "needed", "required", "wanted", "picture", "chart", "png", "line", "bar", "drawn", "should", "shall"])) - {"csv", "excel", "xlsx", "json", "sqlite", "day", "date", "month", "year", "hour", "hours", "days"}  # fmt: skip
STATES = (
    "stand",
    "stands",
    "found",
    "listed",
    "recorded",
    "kept",
    "stored",
    "taken",
    "stem",
    "stems",
    "sits",
    "sit",
    "lie",
    "lies",
    "states",
    "says",
    "gives",
    "tells",
    "share",
    "contains",
    "has",
    "holds",
    "lists",
    "are",
    "is",
    "comes",
    "come",
    "belong",
    "belongs",
    "were",
    "was",
    "have",
    "contain",
    "shows",
    "records",
    "stores",
)


DATA = frozenset(
    [
        "file",
        "files",
        "data",
        "dataset",
        "table",
        "tables",
        "export",
        "sheet",
        "sheets",
        "log",
        "database",
        "workbook",
        "figures",
        "numbers",
        "original",
        "source",
        "columns",
        "column",
        "source",
    ]
)


ASKING = frozenset(["which", "what", "who", "how", "where"])


def _statements(script: Script, world: World) -> None:
    """Sentences that only describe the data: they begin with an input, or end with one, and ask for nothing."""
    starts = [0, *[i + 1 for i, t in enumerate(script.tokens) if t.kind == "mark" and t.text[0] in ".!?"]]
    before = False
    for first, last in zip(starts, [*starts[1:], len(script.tokens)], strict=True):
        part = script.tokens[first:last]
        words = [t.text.casefold() for t in part]
        if words[1:2] in (["only"], ["just"]) and part[0].kind == "file" and set(words[2:3]) & set(STATES):
            words = [words[0], *words[2:]]
        inputs = [t for t in part if t.kind == "file" and _known(str(t.value), world)]
        outputs = [t for t in part if t.kind == "file" and t not in inputs]
        subject = bool(part) and (
            part[0] in inputs
            or part[0].kind in ("col", "tab")
            or (words[0] in ("it", "they", "both") and before)
            or (
                words[0] in ("the", "there", "each", "every", "all", "what")
                and (bool(inputs) or bool(DATA & set(words[1:3])) or before)
            )
        )
        verb = any(w in STATES for w in words[1:12])
        if (
            subject
            and verb
            and not outputs
            and not (STOPS - ASKING if part[0] in inputs else STOPS | ASKED) & set(words)
            and len(part) < len(script.tokens) - 3
            and part[-1].text != "?"
            and ":" not in words
            and (inputs or not _describes_result(part))
        ):
            before = True
            for i in range(first, last):
                script.taken.setdefault(i, "statement")
        else:
            before = bool(inputs)


RESULT = frozenset(
    [
        "header",
        "headers",
        "heading",
        "headings",
        "column",
        "columns",
        "title",
        "caption",
        "output",
        "result",
        "results",
        "called",
        "named",
        "titled",
        "german",
        "english",
        "french",
        "spanish",
        "bold",
        "gross",
        "net",
        "decimals",
        "decimal",
        "anonymous",
    ]
)


KEPT = frozenset(
    [
        "stored",
        "kept",
        "listed",
        "found",
        "taken",
        "recorded",
        "logged",
        "saved",
        "located",
        "contained",
        "given",
        "exported",
        "collected",
        "measured",
    ]
)


def _describes_result(part: Sequence[Token]) -> bool:
    """Whether a sentence that names no input may speak of what is to be made, or say that something is something else (`the regions are areas`)."""
    words = [t.text.casefold() for t in part]
    if RESULT & set(words):
        return True
    return any(t.kind == "word" and t.text.casefold() not in NEUTRAL | DATA | KEPT | frozenset(STATES) for t in part)


WRITTEN = r"(?:(?:(?:the|a|an|in|of|with|and|uses|;|as|for|from|german|european|style|like|such|e\.g\.|exported|encoded|utf-8|our|,) )*(?:latin-1|latin1|iso-8859-1|windows-1252|cp1252|semicolons?|decimal commas?|commas as decimals?|{num} , {num}|{date}|numbers?|dates?|separators?|separated|delimiter|encoding|style|export|format|umlauts)(?: ,)? ?)+"


def _dialects(script: Script, world: World) -> None:
    """`kunden.csv (latin-1, semicolons)`: how an input is written; the reader of tables finds that out by itself."""
    for m in script.find(rf"\( {WRITTEN}\)"):
        before = [t for t in script.tokens[max(0, m.first - 6) : m.first] if t.kind == "file"]
        if before and all(_known(str(t.value), world) for t in before):
            script.take(m, "how it is written")


def _known(path: str, world: World) -> bool:
    return path in world.before or any(p.startswith(f"{path}/") for p in world.before)


def read_asides(script: Script, world: World) -> None:
    """Take the asides."""
    _statements(script, world)
    _dialects(script, world)
    for pattern in ASIDES:
        for m in script.find(pattern):
            script.take(m, "aside")
