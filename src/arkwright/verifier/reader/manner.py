"""Manner: what is said of how the result looks, and rules of a house; what no check looks at is a doubt wherever it is said."""

from collections.abc import Collection, Sequence

from arkwright.verifier.demands import Demands
from arkwright.verifier.lexicon import PERIODS, WEEKDAYS
from arkwright.verifier.script import Script, Token

_LOOKS = """
landscape portrait umlauts umlaut accents capitals uppercase lowercase italics italic bold font fonts colour colours color colors coloured
colored highlighted highlight password passwords protected read-only readonly locked encrypted sideways upside dashed dotted cover logo logos
headings numbered footer footers watermark pictures picture images emoji emojis macros macro formulas formula pivot braille margins margin
tabs semicolons commas pipes hyphens unicode ascii latin printable a4 a3 letterhead abbreviations abbreviated initials monochrome greyscale
grayscale greyed shaded frozen hidden translated bilingual anonymous pseudonyms horizontally vertically stacked
"""
LOOKS = frozenset(_LOOKS.split())
_UNITS = """
kilobytes megabytes gigabytes bytes kb mb gb kib mib miles kilometres kilometers kilos kilograms grams pounds tons tonnes litres inches feet
cents dollars euros pence thousands millions percent fahrenheit celsius kelvin utc gmt
"""
UNITS = frozenset(_UNITS.split())
_STARTS = frozenset(
    ["start", "starts", "begin", "begins", "end", "ends", "run", "runs", "consist", "count", "counts", "last", "lasts"]
)
_SPANS = frozenset(PERIODS) | frozenset(
    ["weeks", "months", "years", "quarters", "days", "weekend", "season", "fiscal", "financial"]
)
_HOUSE = frozenset(["our", "my", "we", "i", "here", "everybody", "everyone", "the", "all", "they"])
_CHARTED = frozenset(["bars", "axis", "axes", "legend", "labels", "gridlines", "slices", "markers", "dots"])
_HABITS = frozenset(
    [
        "had",
        "have",
        "forget",
        "do",
        "did",
        "know",
        "knew",
        "wanted",
        "need",
        "struggle",
        "get",
        "got",
        "work",
        "meet",
        "enjoy",
        "look",
        "wonder",
    ]
)
_LATER = frozenset(
    ["we", "our", "my", "i", "it", "they", "the", "each", "every", "all", "this", "these", "pages", "chapters", "files"]
)
_SAYS = frozenset(
    [
        "is",
        "are",
        "has",
        "have",
        "gets",
        "get",
        "becomes",
        "become",
        "stays",
        "stay",
        "starts",
        "start",
        "comes",
        "come",
        "must",
        "should",
    ]
)
_NAMED = frozenset(
    ["sheet", "sheets", "column", "columns", "title", "header", "headers", "tab", "page", "pages", "chart", "report", "cover"]
)
_ADJECTIVES = """
new current available complete completed delivered finished recent active inactive real actual valid invalid big small short long old
pending good bad late regular normal ordinary proper final approved confirmed shipped returned outstanding local foreign private public
"""
ADJECTIVES = frozenset(_ADJECTIVES.split())
_PAPERS = frozenset(
    [
        "file",
        "files",
        "table",
        "tables",
        "list",
        "lists",
        "sheet",
        "sheets",
        "rows",
        "row",
        "lines",
        "line",
        "values",
        "value",
        "columns",
        "column",
        "data",
    ]
)


def binds_manner(tokens: Sequence[Token]) -> bool:
    """Whether a sentence that only seems to tell says how the result is to look, or how the house counts."""
    words = [t.low for t in tokens if t.kind != "mark"]
    if not words:
        return False
    house = words[0] in _HOUSE
    spans = house and bool(_SPANS & set(words[1:4])) and bool((_STARTS | set(WEEKDAYS)) & set(words))
    units = house and any(
        w in UNITS and words[i - 1] in ("in", "use", "with", "like", "prefer") for i, w in enumerate(words) if i
    )
    never = words[0] in ("we", "i") and words[1:2] in (["never"], ["always"]) and not set(words[2:3]) & _HABITS
    return spans or units or never or bool(LOOKS & set(words))


def manner_doubts(script: Script, demands: Demands, nouns: Collection[str]) -> list[str]:
    """What is said of the looks, the names of parts and the state of the rows, and that nobody took for the work."""
    out: list[str] = []
    for i, token in enumerate(script.tokens):
        word = token.low
        loose = script.taken.get(i, "aside") in ("aside", "background", "statement", "label")
        if token.kind in ("word", "col") and word in LOOKS and loose and not _of_input(script, i):
            out.append(f"{token.text!r} says how the result is to look, which is not checked")
        elif word in _CHARTED and i not in script.taken and any(d.kind == "chart" for d in demands.deliverables):
            out.append(f"{_near(script, i)!r} says how the chart is to look, which is not checked")
        elif word in ("called", "named", "titled") and i not in script.taken and _is_part(script, i):
            out.append(f"{_near(script, i)!r} gives a name that is not checked")
        elif demands.questions and word in ADJECTIVES and _of_rows(script, i, nouns):
            out.append(f"{_near(script, i)!r} may restrict the rows")
    crossed = any("'do': 'pivot'" in str(q.question["steps"]) for q in demands.questions)
    if demands.questions and "pivot" in script.taken.values() and not crossed:
        out.append("what the pivot table has in its columns is not said")
    return out + _spans(script, demands) + (_later(script) if demands.specials else [])


def _of_input(script: Script, i: int) -> bool:
    """Whether the word stands in brackets or with `with` right behind an input: how that is written."""
    return any(t.kind == "file" for t in script.tokens[max(0, i - 5) : i]) and script.tokens[i - 1].text in ("(", "with", "and")


def _is_part(script: Script, i: int) -> bool:
    before = [t.low for t in script.tokens[max(0, i - 4) : i]]
    return bool(_NAMED & set(before)) and bool({"is", "are", "be"} & set(before))


def _of_rows(script: Script, i: int, nouns: Collection[str]) -> bool:
    """`new orders`, `active people` (a column is no adjective), `where delivered`."""
    after = script.tokens[i + 1].low if i + 1 < len(script.tokens) else ""
    kind, why = script.tokens[i].kind, script.taken.get(i, "")
    rows = (after in nouns or after in ("people", "orders", "customers", "ones", "staff", "members")) and after not in _PAPERS
    if kind == "col":
        return rows and script.taken.get(i + 1, "") == "" and why in ("", "columns", "key")
    if kind == "word" and why == "filter" and after in nouns and after in ("orders", "sales", "invoices", "customers", "people"):
        return True
    relative = i > 0 and script.tokens[i - 1].low == "where" and why == ""
    return kind == "word" and why in ("", "aside") and (rows or relative)


def _later(script: Script) -> list[str]:
    """A later sentence about the work of which nobody read anything: `each chapter has a number`, `we sort by name`."""
    ends = [i + 1 for i, t in enumerate(script.tokens) if t.kind == "mark" and t.text[0] in ".!?;"]
    out: list[str] = []
    for first, last in zip([0, *ends], [*ends, len(script.tokens)], strict=True):
        inside = [i for i in range(first, last) if script.tokens[i].kind != "mark"]
        words = [script.tokens[i].low for i in inside]
        if not first or not words or words[0] not in _LATER or any(script.tokens[i].kind != "word" for i in inside):
            continue
        read = any(script.taken.get(i, "words of the work") != "words of the work" for i in inside)
        if not read and (words[0] in ("we", "our", "my", "i") or _SAYS & set(words)):
            out.append(f"{script.text[script.tokens[inside[0]].start : script.tokens[inside[-1]].end]!r} has not been understood")
    return out


def _spans(script: Script, demands: Demands) -> list[str]:
    """`with all months`, `every month appears`: months without rows; `the yearly total of the salaries`: by which date?"""
    out: list[str] = []
    words = [t.low for t in script.tokens]
    for i, word in enumerate(words[:-1]):
        if word in ("all", "every", "each") and words[i + 1] in _SPANS and i + 1 not in script.taken and demands.questions:
            out.append(f"whether {word} {words[i + 1]} have to appear is not certain")
    hired = ("hired", "born", "birth", "birthday", "joined", "founded", "dob")
    for question in demands.questions:
        steps = str(question.question["steps"])
        column = next((h for h in hired if f"'column': '{h}'" in steps and "'name': '~" in steps), "")
        if column and not any(w.startswith(column[:4]) for w in words):
            out.append(f"whether the periods are those of {column!r} is not certain")
    return out


def _near(script: Script, i: int) -> str:
    last = min(len(script.tokens), i + 2)
    return script.text[script.tokens[max(0, i - 2)].start : script.tokens[last - 1].end]
