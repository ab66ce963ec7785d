"""Vocabulary: the small words that patterns over tables lean on."""

from datetime import date, timedelta

from arkwright.planner.lexicon import words

LINKS = words(
    "is are was were be being been that which has have had having with of a an the its value values whose were who their"
)
SELLING = words(
    "sold sell sells sales spent spend spends earn earns earned paid pay pays bought buy buys generated generate brought made make brings bring bringing yield yields yielded contributed contribute contributes achieved achieve achieves turned over"
)
MOVING = words(
    "hit hits visited visit visits appear appears occurred occur occurs came come happen happened ordered order placed rented rent used has have had did us with do get got requested called"
)
BE = words("is are was were be been")
GROUPERS = ("broken down by", "split by", "grouped by", "group by", "grouping by", "aggregated by", "for each", "for every", "in each", "in every", "of each", "of every",
            "at each", "by each", "within each", "on each", "from each", "across", "spread over", "spread across", "distributed over", "distributed across", "split over", "over", "per", "by", "according to", "for the different", "summarised by", "summarized by", "a separate")  # fmt: skip
TAGS = (
    r"(?:with |and |plus |add |adding |including )?(?:an? )?(?:extra |additional |new |separate |further )?(?:\S+ )?column (?:that |which |to )?"
    r"(?:says?|saying|tells?|telling|shows?|showing|indicat\w+|nam\w+|with|stat\w+|mark\w+|for|holding|of|called §)?(?: which| what| the| from which| where| from what)?"
    r"(?: (?:month|file|source|origin|name|store|year|quarter|sheet|they|it|of|the|\( file \)|\( month \)|file's|filename))*"
    r"(?: (?:each|every|the|a|all))?(?: (?:row|line|record|entry|rows))?(?: (?:is|are|comes?|came|stems?|originates?))?(?: from)?"
)
ADVERBS = words("monthly yearly annual quarterly weekly daily hourly")
DATE_PREPOSITIONS = words("in on from during of for before after since until till within through starting")
STOP_NAMES = words(
    "and or per by in on at of for to from with as is are was were the a an , . ; ? ! ( ) : - not all only which that who what how it this then most least first last"
)
ADJECTIVES = {
    "expensive": "price",
    "recent": "date",
    "frequent": "",
    "common": "",
    "popular": "",
    "valuable": "",
    "costly": "price",
    "profitable": "",
    "successful": "",
    "used": "",
    "visited": "",
    "active": "",
    "productive": "",
    "often": "",
}
OPERATION_NAMES = {"sub": "minus", "add": "plus", "div": "per", "mul": "times"}
OPERATORS = {
    "times": "mul",
    "*": "mul",
    "x": "mul",
    "×": "mul",
    "multiplied": "mul",
    "minus": "sub",
    "-": "sub",
    "−": "sub",
    "plus": "add",
    "+": "add",
    "divided": "div",
    "/": "div",
    "over": "div",
}
CONVERSIONS = (
    "was exported from our german accounting software", "exported from our german accounting software", "semicolons", "semicolon separated", "semicolon-separated", "decimal commas", "decimal comma", "decimal points", "decimal point",
    "the umlauts come out broken here ( latin - 1 )", "umlauts come out broken here", "umlauts come out broken", "umlauts", "latin-1", "latin1", "latin - 1", "iso-8859-1", "windows-1252", "cp1252", "( latin-1 )", "utf-8", "utf8", "utf - 8",
    "comma separated", "comma-separated", "dates like 2025 - 01 - 31", "dates like 2025-01-31", "iso dates", "dates in iso format", "iso format", "iso date format", "dates as yyyy-mm-dd", "dates as yyyy - mm - dd", "yyyy-mm-dd", "yyyy - mm - dd", "dates in the form yyyy-mm-dd",
    "convert", "converted", "converting", "turn it into", "turned into", "transform", "change the format", "reformat", "special characters", "accents", "broken characters", "german", "garbled", "come out broken", "comes out broken", "broken here", "broken", "tab separated", "tab-separated",
    "encoded", "encoding", "exported", "re-encode", "reencode", "readable", "format", "translate", "flatten", "instead of semicolons", "instead of commas", "with commas", "proper numbers", "accounting software", "by our bank", "dates", "commas", "software", "was exported",
)  # fmt: skip


def next_day(day: str) -> str:
    """The ISO day after."""
    return (date.fromisoformat(day) + timedelta(days=1)).isoformat()
