"""Text programs: what a description asks a program to find in text files, and what to do with it."""

import re
from dataclasses import replace
from typing import Literal

from arkwright.planner.recipes.code.goals import Pipe, Say
from arkwright.planner.recipes.code.patterns import NAMES
from arkwright.planner.recipes.code.speech import one_per_line
from arkwright.planner.recipes.phrases import Sketch
from arkwright.planner.recipes.program_numbers import Understood

PIECES: dict[str, str] = {
    "domain": r"(?:e-?mail|mail) domains?|domains?(?: names?)?(?: of the (?:e-?mail|mail) addresses)?",
    "email": r"(?:e-?mails?|mail)(?: ?-? ?(?:address(?:es)?|ids?|adresses))?|mailaddress(?:es)?",
    "url": r"(?:urls?|web ?(?:addresses|links)|(?:web|http|https) ?links?|hyperlinks?|links)",
    "ip": r"ip(?:v4)?(?:[ -]?(?:address(?:es)?|numbers?))?|ips",
    "phone": r"(?:tele)?phone(?: ?numbers?)?|telephone numbers?|phones",
    "hashtag": r"hash ?-?tags?",
    "mention": r"@ ?mentions?|mentions|handles",
    "colour": r"hex(?:adecimal)? colou?rs?(?: codes)?|colou?r codes",
    "uuid": r"uuids?|guids?",
    "year": r"years",
    "date": r"dates",
    "time": r"times(?: of day)?|time ?stamps",
    "words": r"words?",
    "lines": r"lines?",
    "characters": r"characters?|letters?",
    "number": r"numbers?",
}
_LOWER = r"(?:(?:and )?(?:lower-?cas(?:e|es|ing)(?: (?:them|all|everything|each))?|lower ?case|lowercased|(?:convert(?:s|ing)?|turn(?:s|ing)?|chang(?:e|es|ing)|puts?|mak(?:e|es|ing)|brings?|writ(?:e|es|ing))(?: (?:them|it|all|everything))*(?: all)? (?:in|to|into)? ?(?:all )?lower-? ?case)|in (?:all )?(?:lower|small) ?-?(?:case|letters)|in lower-? ?case)(?: letters)?"
_UPPER = r"(?:upper-?cas(?:e|es|ing)(?: (?:them|all|everything|each))?|uppercased|(?:converts?|turns?|changes?|puts?|makes?)(?: (?:them|it|all|everything|the text|each line))* (?:in|to|into)? ?upper-? ?case|in (?:upper ?-?case|capitals|capital letters)|in upper-? ?case)"
_FOLD = r"(?:ignoring (?:the )?(?:upper/lower )?case|ignores? (?:the )?case|case-? ?insensitive(?:ly)?|regardless of (?:upper or lower )?case|(?:upper and lower case|case) (?:should |does |do )?(?:not |doesn't |don't )?matter)"
_UNIQUE = r"(?:(?:remov(?:e|es|ing)|drop(?:s|ping)?|delet(?:e|es|ing)|strip(?:s|ping)?|eliminat(?:e|es|ing)|filter(?:s|ing)?|throw(?:s|ing)? (?:out|away)|get(?:s|ting)? rid of|skip(?:s|ping)?|without|no|leav(?:e|es|ing) out|sort(?:s|ing)? out)(?: out)?(?: (?:the|all|any|exact))* (?:doubles|duplicates?|dupes|repeats|repetitions|double (?:entries|ones)|duplicate (?:ones|entries|lines|addresses)|repeated (?:lines|ones|entries))|de-?dup(?:e|es|ed|licates?|licated|licate them|s)?(?: (?:them|it))?|unique(?: ones)?|distinct|(?:(?:and|that|so) )*(?:each|every|none|no|all|they|it)(?: (?:one|address|addresses|line|word|of them|of these|number|entry|name|single))*(?: (?:may|must|should|shall|can|is|are|to|be|only|just|exactly|not|more|than|occur|occurs|appear|appears|listed|list|stand|stands|come|comes|kept|written|included|contained|mentioned|there|get|gets|left|want|i|we|you))* once(?: only)?|only once|no more than once|different)"
_COUNTS = r"(?:(?:along |together )?with (?:the |their |its |how )?(?:counts?|frequency|frequencies|number of (?:times|occurrences|hits))(?: of each)?|(?:and |showing |count |counts |counting |shows |tells me |says )?how (?:often|many times|frequently) (?:each|every|they|it|any|a|the)(?: (?:of them|one|word|line|address|ip|status|ip address|e-?mail address|e-?mail|of the words|of these))? (?:occurs?|appears?|comes? up|is used|shows? up|turns? up|occured|was used|is there|stands there)|(?:word|their) (?:frequency|frequencies|counts?|counting|counter|statistics)|frequency (?:table|list|count)s?(?: of(?: the)?)?|(?:frequencies|occurrences|frequency) of(?: (?:each|all|the|every))*|(?:counts?|counting) (?:the )?(?:occurrences|frequency|frequencies|words? frequency|frequency of words)(?: of (?:each|every|all)?)?|and (?:the|its|their) counts?)"
_ALPHA = r"(?:(?:and )?sort(?:s|ed|ing)?(?: (?:them|it|the (?:result|list|lines|words|addresses|output)|all|everything|this))?(?: in)?(?: an?)?(?: (?:alphabetical(?:ly)?|alphabetic|by name|a-z|a to z|lexicographically|from a to z|order|ascending))*|(?:in |into )?(?:alphabetical(?: order)?|alphabetically|alphabetic order|abc order)|a ?(?:-|to) ?z|ordered alphabetically)"
_NUMERIC = r"(?:(?:and )?sort(?:s|ed|ing)?(?: them| it)? (?:numerically|by (?:value|number|size)|in numerical order)|numerically|in numerical order|smallest first|(?:in )?ascending(?: order)?|from (?:the )?smallest to (?:the )?(?:largest|biggest))"
_LENGTH = r"(?:(?:and )?(?:sort(?:s|ed|ing)?|ordered)(?: (?:them|the lines|the words|lines))? (?: (?:of|in|from) <file>)?(?: (?:,|and))? by (?:their )?length|shortest(?: (?:line|word|one))? first|longest(?: (?:line|word|one))? first)"
_DOWN = r"(?:in )?(?:descending|reverse(?:d)? alphabetical|reverse alphabetical|reverse|decreasing|falling)(?: order)?|z ?(?:-|to) ?a|largest first|biggest first|highest first|longest (?:line |word |one )?first"
_BY_COUNT = r"(?:(?:and )?(?:sort(?:s|ed|ing)?|ordered|ranked)(?: them)? (?:by|according to) (?:the |their )?(?:count|frequency|number of occurrences|how often (?:they|it) (?:occurs?|appears?))|most (?:frequent|common|used|often)(?: ones?| words?)? first|highest count first|by (?:count|frequency))"
_REVERSE = r"(?:reverses?(?: the)?(?: order)?(?: of)?(?: the)?(?= lines?)|(?:in |into )?(?:the )?(?:reverse|opposite) order|(?:from )?(?:the )?(?:bottom to (?:the )?top|last line first)|backwards|upside down)"
_TOP = r"(?:the |its )?(?:top (?P<a>~)(?: most)?(?: (?:frequent|common|used|frequently used))?|(?P<b>~) most (?:frequent(?:ly)?(?: used| occurring)?|common(?:ly used)?|used|often used)|most (?:frequent|common|used) (?P<c>~)|first (?P<d>~)|(?P<e>~) (?:words|lines)(?= (?:that are |which are )?used most))"
_CONTAINS = r"(?:that |which |with |all )?(?:(?:lines? )?(?:contain(?:s|ing)?|includ(?:e|es|ing)|mention(?:s|ing)?|hav(?:e|ing)|with)|match(?:es|ing)?|in which)(?: (?:the (?:word|text|string|term)|a|an|the))? (?P<what><quoted>)(?: (?:occurs|appears|stands|in (?:it|them)))?"
_BARE_CONTAINS = r"(?:that |which )(?:contain(?:s|ing)?|includ(?:e|es|ing)|mention(?:s|ing)?)(?: the (?:word|text|string|term))? (?P<what>[a-z0-9_-]{2,})"
_LACKS = r"(?:that |which )?(?:(?:do|does) not|don't|doesn't) (?:contain|include|mention|have)(?: the (?:word|text|string))? (?P<what><quoted>)|without (?:the (?:word|text) )?(?P<other><quoted>)"
_LONGER = r"(?:that are |which are |with )?(?:longer than|more than|over) (?P<a>~) (?:letters|characters)(?: long)?|(?:with |of )?at least (?P<b>~) (?:letters|characters)|(?P<c>~) (?:or more letters|letters or more|characters or more)"
_BLANKS = r"(?:remov(?:e|es|ing)|drop(?:s|ping)?|skip(?:s|ping)?|delet(?:e|es|ing)|strip(?:s|ping)?|without|ignor(?:es|ing|e)|no|leaves? out|excluding)(?: the| all| any)? (?:blank|empty)(?: (?:lines|ones))?"
_TOTAL = r"(?:counts?|counting|how many|(?:the )?(?:number|count|amount) of|number of)(?: of)?(?: (?:the|all|how many|many))*"
_FINDS = r"(?:extract(?:s|ing|ion|or)?|pull(?:s|ing)?(?: out)?|find(?:s|ing)?|collect(?:s|ing)?|list(?:s|ing)?|get(?:s|ting)?|grab(?:s|bing)?|gather(?:s|ing)?|pick(?:s|ing)?(?: out)?|fish(?:es|ing)?(?: out)?|search(?:es|ing)?(?: for)?|look(?:s|ing)? for|scan(?:s|ning)?|parse?(?:s|ing)?|harvest(?:s|ing)?|take(?:s)?(?: out)?|print(?:s|ing)?(?: out)?|output(?:s|ting)?|go(?:es|ing)? through|keep(?:s|ing)?|filter(?:s|ing)?(?: out)?|contain(?:s|ed|ing)?|occur(?:s|ring)?|grep(?:s|ping)?|pulled|extracted|found|collected|all|every|each|in|out|of|which|that|appear(?:s|ing)?|mentioned|there are|using|with|a|the|regex|regexp|regular expressions?|\( regex \)|by regex|used|existing|valid)"


def understand_text(sketch: Sketch) -> Understood | None:
    """The pieces of the named text files a program is to find and write, or a text it is to say, or None."""
    if say := _say(sketch):
        return say
    if _rare(
        sketch,
        r"(?:occurs?|occurring|appears?|appearing|stands?|used|comes?|found|there)(?: \w+)? (?:only |just |exactly )*(?:once|twice|one time)",
    ):
        return None  # pieces by how often they occur are another thing than each piece once
    inputs = tuple(dict.fromkeys(m.value for m in sketch.reading.inputs()))
    pieces = _piece(sketch)
    if not inputs or pieces is None:
        return None
    piece, covered = pieces
    goal = _options(sketch, Pipe(inputs, piece))
    if goal is None or not _does_something(goal):
        return None
    patterns = [
        _LOWER,
        _UPPER,
        _FOLD,
        _UNIQUE,
        _COUNTS,
        _LENGTH,
        _ALPHA,
        _NUMERIC,
        _DOWN,
        _BY_COUNT,
        _REVERSE,
        _TOP,
        _CONTAINS,
        _LACKS,
        _LONGER,
        _BLANKS,
    ]
    covered |= sketch.covered(
        *patterns,
        _FINDS,
        PIECES[piece],
        r"<file>(?: (?:is|are) (?:a )?(?:messy |long |big |raw )?(?:dump|file|list|text|mess|export))?",
        r"(?:raw|messy|untidy|unsorted|chaotic|disorderly|jumbled|wild|big|long|dump|text|input|mess|export|bunch|pile|source|original|data|list|regexes|via|pattern|matching)",
    )
    if goal.total or goal.counts:
        covered |= sketch.covered(_TOTAL)
    if goal.contains:
        covered |= sketch.covered(_BARE_CONTAINS, _CONTAINS)
    return Understood(goal, _purpose(goal), _name(goal), covered)


def _rare(sketch: Sketch, pattern: str) -> bool:
    """Whether pieces are wanted by how often they occur; `each may occur only once` says another thing: without repeats."""
    hit = sketch.find(pattern)
    return hit is not None and not hit.indices <= sketch.covered(_UNIQUE)


_SAID = r"(?:(?:that |which |to )?(?:just |simply )?(?:prints?|says?|outputs?|writes?|displays?|shows?)(?: (?:out|the|text|words|line|message|sentence))* (?P<what><quoted>)(?: (?P<n>~) times)?|(?:(?:that |which |to )?(?:just |simply )?(?:prints?|says?|outputs?|writes?|displays?|shows?) )?(?:a )?(?P<hello>hello ,? ?world)(?: (?P<m>~) times)?)"


def _say(sketch: Sketch) -> Understood | None:
    """A text that is only to be printed or written."""
    hit = sketch.find(_SAID)
    if hit is None or sketch.reading.inputs():
        return None
    text = hit.mentions("what")[0].value if hit["what"] else "Hello, world!" if "!" in sketch.reading.text else "Hello, world"
    times = hit.number("n") or hit.number("m") or 1
    if times > 10_000:
        return None
    return Understood(
        Say(text, times), f"{text!r}" + (f", {times} times" if times > 1 else ""), "hello" if hit["hello"] else "say", hit.indices
    )


def _piece(sketch: Sketch) -> tuple[str, frozenset[int]] | None:
    """Which pieces are meant: the first that is named and is not the layout of the output or part of another phrase."""
    hidden = sketch.covered(
        r"(?:one|an?|each)(?: \w+){0,2} (?:per|a|on a|on its own|on one|to a|each) ?(?:own |new |separate )?(?:lines?)?",
        r"line by line",
        r"each on (?:its|a) own line",
        r"on (?:separate|own|its own|their own) lines?",
        r"~ (?:letters|characters)",
        r"lines? like <quoted>",
        r"(?:the|their) number of (?:times|occurrences)",
        r"how many times",
        r"(?:the )?(?:words?|line) <quoted>",
        r"(?:lower|small|capital) letters",
        r"(?:blank|empty) lines",
        r"(?:phone|telephone|ip|line) numbers?(?= )" if not sketch.has(r"(?:tele)?phone numbers?") else r"\bnever\b",
    )
    hidden |= one_per_line(sketch)
    for piece, pattern in PIECES.items():
        for hit in sketch.all(pattern):
            if not hit.indices & hidden:
                return piece, hit.indices | hidden
    bare = sketch.covered(r"addresses")
    if bare and any("mail" in m.value.lower() for m in sketch.reading.inputs()):
        return "email", hidden | bare
    if sketch.has(_BLANKS):
        return "lines", hidden
    return None


def _options(sketch: Sketch, goal: Pipe) -> Pipe | None:
    case: Literal["", "lower", "upper"] = (
        "lower" if sketch.has(_LOWER) or sketch.has(_FOLD) else "upper" if sketch.has(_UPPER) else ""
    )
    counts = sketch.has(_COUNTS) or (goal.piece != "lines" and sketch.has(_TOP) and not sketch.has(r"(?:the )?first ~"))
    top = sketch.find(_TOP)
    limit = next((n for n in (top.number(g) for g in "abcde") if n is not None), None) if top else None
    goal = replace(goal, case=case, counts=counts, limit=limit, unique=sketch.has(_UNIQUE), descending=sketch.has(_DOWN))
    goal = replace(goal, order=_order(sketch, goal), blanks=not sketch.has(_BLANKS))
    if (has := sketch.find(_CONTAINS)) and has.mentions("what"):
        goal = replace(goal, contains=has.mentions("what")[0].value)
    elif goal.piece == "lines" and (has := sketch.find(_BARE_CONTAINS)):
        goal = replace(goal, contains=has.written("what"))
    if lacks := sketch.find(_LACKS):
        found = [*lacks.mentions("what"), *lacks.mentions("other")]
        goal = replace(goal, lacks=found[0].value if found else "")
        goal = replace(goal, contains="") if goal.contains == goal.lacks else goal
    if longer := sketch.find(_LONGER):
        least = longer.number("b") or longer.number("c")
        goal = replace(goal, longer=least - 1 if least else longer.number("a"))
    total = not counts and sketch.has(rf"{_TOTAL} (?:different |unique |distinct |valid )?(?:{PIECES[goal.piece]})")
    if goal.piece == "words" and counts and not goal.case:
        goal = replace(goal, case="lower")
    return replace(goal, total=total)


def _order(sketch: Sketch, goal: Pipe) -> Literal["", "text", "number", "length", "count", "reverse"]:
    if sketch.has(_LENGTH):
        return "length"
    if goal.counts:
        return "text" if sketch.has(r"(?:in )?alphabetical(?:ly)?(?: order)?") else "count"
    if (
        goal.piece == "lines"
        and sketch.has(_REVERSE)
        and not sketch.has(r"(?:in )?reverse alphabetical(?: order)?")
        and not sketch.has(r"sort(?:s|ed|ing)?")
    ):
        return "reverse"
    if goal.piece == "number" and (sketch.has(_NUMERIC) or sketch.has(_ALPHA)):
        return "number"
    if sketch.has(_NUMERIC) and not sketch.has(r"(?:in )?ascending(?: order)?|sort\w* by size"):
        return "number"
    return "text" if sketch.has(_ALPHA) or sketch.has(_DOWN) or sketch.has(_NUMERIC) else ""


def _does_something(goal: Pipe) -> bool:
    """Lines, words and characters as they are would be a mere copy."""
    if goal.piece not in ("lines", "words", "characters"):
        return True
    return goal != Pipe(goal.inputs, goal.piece)


def _purpose(goal: Pipe) -> str:
    what = NAMES[goal.piece][1]
    parts = [f"how many {what} there are" if goal.total else f"the {what}"]
    if goal.contains:
        parts.append(f"that contain {goal.contains!r}")
    if goal.lacks:
        parts.append(f"without {goal.lacks!r}")
    if goal.longer is not None:
        parts.append(f"longer than {goal.longer} characters")
    parts.append(f"in {', '.join(goal.inputs)}")
    extra = [
        goal.case + "-cased" if goal.case else "",
        "each once" if goal.unique and not goal.counts else "",
        "with counts" if goal.counts else "",
        {
            "text": "sorted",
            "number": "sorted by value",
            "length": "sorted by length",
            "reverse": "in reverse order",
            "count": "",
        }.get(goal.order, ""),
        "descending" if goal.descending and not goal.counts else "",
        f"the first {goal.limit}" if goal.limit else "",
    ]
    return ", ".join([" ".join(parts), *filter(None, extra)])


def _name(goal: Pipe) -> str:
    if goal.total:
        return f"count_{NAMES[goal.piece][1]}".replace(" ", "_").replace("-", "_").lower()
    if goal.counts:
        return f"{NAMES[goal.piece][0]}_frequency".replace(" ", "_").replace("-", "_").lower()
    verb = (
        {"text": "sort", "number": "sort", "length": "sort", "reverse": "reverse"}.get(goal.order, "find")
        if goal.piece == "lines"
        else "extract"
    )
    return re.sub(r"\W+", "_", f"{verb} {NAMES[goal.piece][1]}".lower())
