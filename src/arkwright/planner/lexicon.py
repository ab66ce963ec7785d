"""Lexicon: the words of everyday requests, by what they do; nothing here knows a particular file or column."""

import re
from collections.abc import Sequence

from arkwright.planner.text import CARDINALS, ORDINALS, Token, runs
from arkwright.planner.vocabulary import WORDS


def words(text: str) -> frozenset[str]:
    """The words of a text."""
    return frozenset(text.split())


# What a request may say without wishing for anything.
GLUE = words(
    """
    a an the this that these those it its it's they them their there here is are was were be been being am do does did has
    have had i i'd i'm i'll i've we we'd we're you your yours my our ours us me of to for from in on at as with and or so
    but still already also too both either just only please kindly thanks thank hi hello hey dear cheers can could would will shall should
    may might must need needs needed want wants wanted like let let's lets which who whom whose what where when how that's
    what's there's if then than well ok okay sure simply nicely properly correctly exactly really actually basically
    quickly again once finally next now first afterwards finally resulting corresponding respective actual into onto out
    up down off over about via through using use used based within inside some any every all such own other new nice
    proper good clean clear small simple little quick short ordinary normal plain usual regular proper real something
    anything everything someone things thing stuff bit lot way order form one ones data file files folder give gives given
    make makes made making get gets got getting put puts show shows tell tells see look looks looking find finds take
    takes create creates produce produces prepare prepares provide return generate generates build builds compute computes
    calculate calculates work list lists write writes writing written save saves saved saving store stored export exports
    load loads read reads reading open opens go goes going run come comes turn turned help think know interested wondering
    possible plus called named name call file entitled titled containing contains contain holding holds listing showing
    including include included incl says say said state states stating stand stands standing back away they're don't
    doesn't isn't aren't
    """
) - words(
    """
    over name not without or than within first one short small order run open
    """
)
NEGATIONS = words(
    """
    not no without except excluding never none nobody isn't aren't don't doesn't wasn't weren't hasn't haven't
    """
)
POLITE = (
    r"(?:could|can|would|will) you(?: please| kindly| perhaps| maybe)?",
    r"i(?: would|'d) (?:like|love)(?: you)? to(?: (?:have|see|get|know))?",
    r"(?:would|do) you mind",
    r"be so kind(?: as)? to",
    r"i(?: would|'d) be (?:grateful|glad|happy|thankful)(?: if you (?:could|would))?",
    r"pls|plz|thx|teh|hte|u|ur|ty|thank (?:yuo|u|yu)|aswell|btw|fyi",
    r"(?:many )?thanks(?: a lot| in advance| so much)?|thank you(?: very much| so much| in advance)?",
    r"if (?:that's|that is|it's|it is) (?:possible|ok|okay|fine|not too much trouble)|if (?:you can|possible|you could)",
    r"(?:is|would be|are) (?:fine|ok|okay|enough|great|nice|good|perfect|best|lovely)(?: for me| with me| too| as well)?",
    r"(?:i|we)(?: will|'ll)? (?:have|need|want|am going|are going|'m going) to (?:show|present|hand|send|bring|discuss|use|have) (?:it|this|that|something|these|them|things|one)"
    r"(?: (?:to|in|at|with) (?:my |our |the )?(?:boss|manager|team|meeting|board|client|customer|colleague|director|colleagues|class|office))?"
    r"(?: (?:on|by|for|until|before) )?(?:(?:next |this )?(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday|week|month))?(?: ?(?:tomorrow|today|tonight|soon|later))?",
    r"(?:for|to) (?:my|our|the) (?:boss|manager|team|meeting|board|client|colleagues?|presentation|records|archive|newsletter|accountant|bookkeeper|website|director)"
    r"(?: meeting| presentation)?(?: (?:on )?(?:next |this )?(?:monday|tuesday|wednesday|thursday|friday|tomorrow|week|month))?",
    r"(?:by|for|until|before|on) (?:next )?(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday|tomorrow|tonight|today)(?: (?:morning|afternoon|evening|noon))?",
    r"so (?:that )?(?:i|we|they|he|she) (?:can|could|may) (?:look at|see|read|check|use|open|print|share|send|work with|review) (?:it|them|this|that)(?: (?:later|in excel|myself|too))?",
    r"as soon as (?:you can|possible)|asap|right away|when you have (?:time|a moment|a minute)|when you(?:'re| are) (?:done|finished|ready)",
    r"(?:that's|that is|this is) (?:all|it|what i need)(?: i need)?|nothing (?:else|more)|no (?:hurry|rush)",
    r"as well|of course|in (?:total|all|general|particular)|at (?:all|least once)|for me|for us|to me|by the way|for example|and so on|in order to|such as",
    r"(?:it |they |these |this |that )?(?:all |both )?(?:look|looks|are) (?:exactly )?(?:the same|alike|identical)(?= [.,;:!?§]|$)",
    r"(?:all |both )?(?:have|has|share|with) (?:exactly )?(?:the )?same (?:columns?|structure|layout|format|shape|headers?|fields)",
    r"(?:i|we) (?:only |just |also |really )?(?:need|want|would like|'d like|am looking for|'m looking for|am interested in|'m interested in|wonder)",
    r"(?:in|into|to) (?:a|an|the|one|some) (?:new |single |separate )?(?:file|place|go|run)",
    r"(?:our|the|my|their|a) (?:[^§ ]+ ){1,3}(?:has|have|offers|provides|exposes|publishes|runs|got) (?:a|an|its|the|some)(?: [^§ .]+){0,3} (?:at|under|on|behind)(?= §)",
    r"(?:it |this |that |which |they )?(?:was|were|is|are|has been|have been|comes?|came|stems?) (?:exported |downloaded |taken |copied |saved )?from (?:our|my|the|a|an) (?:[^§ .,:;]+ ?){1,4}",
    r"(?:i|we) (?:got|received|have got|was given|were given|downloaded|exported) (?:it|this|that|these|them|§) from (?:our|my|the|a|an) (?:[^§ .,:;]+ ?){1,4}",
    r"what i (?:need|want|am after|'d like)(?: is)?",
    r"(?:the )?(?:source|data|input|file|figures|numbers)(?: (?:file|data))? (?:is|are|comes?|sits?|lives?|can be found)(?: in| from)?",
)
POLITE_PATTERN = re.compile("|".join(rf"(?<!\S)(?:{pattern})(?!\S)" for pattern in POLITE))

MONTHS = {
    name: number
    for number, names in enumerate(
        ("january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul", "august aug", "september sep sept", "october oct",
         "november nov", "december dec"), 1)
    for name in names.split()
}  # fmt: skip
WEEKDAYS = {name: n for n, name in enumerate(["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"], 1)}
DATE_PARTS = {
    "month": "month", "monthly": "month", "year": "year", "yearly": "year", "annual": "year", "annually": "year", "quarter": "quarter",
    "quarterly": "quarter", "week": "week", "weekly": "week", "day": "date", "daily": "date", "date": "date", "weekday": "weekday", "hour": "hour",
    "hourly": "hour",
}  # fmt: skip
AGGREGATES = {
    "total": "sum", "totals": "sum", "sum": "sum", "sums": "sum", "summed": "sum", "summing": "sum", "totalled": "sum", "totaled": "sum", "combined": "sum",
    "overall": "sum", "aggregate": "sum", "aggregated": "sum",
    "average": "mean", "averages": "mean", "avg": "mean", "mean": "mean", "means": "mean", "averaged": "mean", "typical": "median",
    "median": "median", "medians": "median",
    "highest": "max", "maximum": "max", "max": "max", "maxima": "max", "peak": "max", "warmest": "max", "hottest": "max",
    "lowest": "min", "minimum": "min", "min": "min", "minima": "min", "coldest": "min",
    "count": "count", "counts": "count", "counting": "count", "tally": "count",
}  # fmt: skip
FORMATS = {
    "excel": "xlsx", "xlsx": "xlsx", "spreadsheet": "xlsx", "workbook": "xlsx", "xls": "xlsx", "csv": "csv", "tsv": "tsv", "json": "json",
    "parquet": "parquet", "word": "docx", "docx": "docx", "pdf": "pdf", "markdown": "md", "md": "md", "html": "html", "png": "png", "svg": "svg",
    "picture": "png", "image": "png", "sqlite": "db", "txt": "txt", "webpage": "html",
}  # fmt: skip
TABLE_FORMATS = frozenset({"csv", "tsv", "xlsx", "json", "parquet", "md", "html", "db"})
CHART_FORMATS = frozenset({"png", "svg"})
DOCUMENT_FORMATS = frozenset({"docx", "pdf", "md", "html"})
CHARTS = {
    "bar": "bar",
    "column": "bar",
    "line": "line",
    "scatter": "scatter",
    "histogram": "histogram",
    "pie": "pie",
    "area": "area",
}
# Adjectives in "the five largest ...", "cheapest first": True is descending. The second part is what kind of column it speaks of.
SUPERLATIVES = {
    "largest": (True, ""), "biggest": (True, ""), "highest": (True, ""), "greatest": (True, ""), "most": (True, ""), "top": (True, ""),
    "best": (True, ""), "maximum": (True, ""), "longest": (True, "days"), "newest": (True, "date"), "latest": (True, "date"), "most recent": (True, "date"),
    "youngest": (True, "date"), "priciest": (True, "price"), "dearest": (True, "price"), "costliest": (True, "price"), "heaviest": (True, ""),
    "smallest": (False, ""), "lowest": (False, ""), "least": (False, ""), "fewest": (False, ""), "worst": (False, ""), "bottom": (False, ""),
    "minimum": (False, ""), "shortest": (False, "days"), "oldest": (False, "date"), "earliest": (False, "date"), "cheapest": (False, "price"),
}  # fmt: skip
OTHER_KNOWN = words(
    """
    region month product category customer amount revenue sales units price quantity qty per by each sort sorted order
    ordered descending ascending alphabetical alphabetically group grouped grouping pivot table column columns row rows
    sheet sheets chart charts graph plot draw diagram report document summary summarise summarize introduction heading
    page pages filter join merge combine stack append convert rename remove delete duplicate duplicates missing blank
    empty folder subfolder subfolders number numbers percentage percent share difference change changes growth increase
    decrease salary department employee employees supplier suppliers stock lead time days date dates between before after
    until above below under over more less least than biggest within separate together respectively temperature reading
    readings address addresses e-mail email emails status code requests request visitor links broken link download fetch
    endpoint token bearer field fields title author published name value values number first last invoice line lines word
    words story occurs occur often frequent common times archive extract compare script program output
    """
)
KNOWN: frozenset[str] = frozenset(
    word
    for group in (
        GLUE,
        NEGATIONS,
        MONTHS,
        WEEKDAYS,
        DATE_PARTS,
        AGGREGATES,
        FORMATS,
        CHARTS,
        SUPERLATIVES,
        OTHER_KNOWN,
        WORDS,
        CARDINALS,
        ORDINALS,
    )
    for word in group
)


# Words that are right as they are written, and no typo of another one.
GUARDED: frozenset[str] = words(
    """
    expensive inexpensive busiest quietest selling sells seller sellers sold spent earned earning paid paying bought placed ordered rented rental rentals hired lasted lasting cheaper dearer
    warmer colder star stars tail fact shape among house woman think great world learn plant cover state mouse light night voice power town fine certain
    fall lead dark machine wait plan box noun able pound beauty drive stood contain front teach week final green quick ocean warm free minute strong
    special behind clear street inch course stay wheel full force blue object decide surface deep moon island foot system busy test boat gold plane
    stead laugh heat snow tire bring distant fill paint language proper budget profit loss payment balance printed meeting boss manager thousand
    cities countries loose lose later least leads heads hands cards card carry cause caused causing chance shift shirt short sharp shop stop step
    """
)


def filler(tokens: Sequence[Token]) -> set[int]:
    """Indices of tokens that say nothing about the work: marks, glue, politeness, purposes."""
    done = {t.index for t in tokens if t.kind == "mark" or (t.kind == "word" and (t.norm in GLUE) and t.norm not in NEGATIONS)}
    for run in runs(_line(tokens), POLITE_PATTERN):
        done.update(run)
    return done


def find_phrase(tokens: Sequence[Token], pattern: str) -> tuple[int, ...]:
    """Indices of the first run of tokens whose norms, joined by blanks (a mention is `§`), match; () without one."""
    return next(iter(find_phrases(tokens, pattern)), ())


def find_phrases(tokens: Sequence[Token], pattern: str) -> tuple[tuple[int, ...], ...]:
    """Every run of tokens that matches `pattern`, without overlaps."""
    return tuple(run for run in runs(_line(tokens), re.compile(rf"(?<!\S)(?:{pattern})(?!\S)")) if run)


def _line(tokens: Sequence[Token]) -> list[str]:
    return ["§" if token.kind == "mention" else token.norm for token in tokens]
