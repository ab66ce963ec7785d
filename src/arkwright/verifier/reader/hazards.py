"""Hazards: what a request may say that the reader has no model for; each is a doubt."""

import re
from collections.abc import Collection

HAZARDS = (
    (
        r"(?<![.\w])(?:files?|sheets?|tabs|worksheets?|charts?|graphs?|plots?|diagrams?|pages?|csvs?|pdfs?|jsons?|workbooks?|documents?|reports?|pies?) (?:per|for each|for every|each for)\b",
        "one output for each of something",
    ),
    (
        r"\b(?:its|their|an?) own (?:file|sheet|tab|chart|page|csv|document|worksheet|workbook)\b",
        "one output for each of something",
    ),
    (
        r"\b(?:separate|individual|different|several|multiple) (?:files|sheets|tabs|charts|csvs|csv files|documents|pages|worksheets|workbooks|graphs|plots)\b",
        "several outputs",
    ),
    (r"\bsplit\b[^.]*\b(?:files|sheets|tabs|csvs|parts|workbooks)\b", "several outputs"),
    (r"\beither\b", "an alternative"),
    (
        r"\b(?:don't|do not|never|not) (?:include|count|use|want|show|list|take|need|consider|keep|put|save|write|add|sort|round)\b",
        "something not to do",
    ),
    (r"\bjson[- ]?lines\b|\bnd-?json\b|\bone json (?:object|document) (?:per|a) line\b", "one object a line"),
    (
        r"\b(?:over|above|below|under|than|least|most) \d[\d.,]*(?: \w+)? (?:altogether|in total|in all|combined|all in all)\b",
        "a limit on a total",
    ),
    (r"\b(?:unless|except if|in case)\b", "a condition"),
    (r"(?<![\w.,])[1-9]\d{0,2}\.\d{3}(?!\w|[.,]\d)", "a number that may be thousands or a fraction"),
    (r"\b(?:respectively|vice versa|accordingly)\b", "a cross reference"),
)


def hazards(text: str) -> list[str]:
    """The stretches of a request that ask for more than the reader understands."""
    flat = " ".join(text.replace("’", "'").split())
    return [f"{m.group()!r} asks for {why}" for pattern, why in HAZARDS for m in re.finditer(pattern, flat, re.I)]


_SOURCE = re.compile(
    r"\b(?:according to|compared (?:to|with)|based on|(?:look|looking|looks) (?:in|into|at)|taken from|out of|listed in|found in|contained in)"
    r" (?:the )?(?:file )?[\"'`]?(?P<name>[\w./-]*\w\.[A-Za-z]\w{1,7})\b",
    re.I,
)


def absent_sources(text: str, there: Collection[str]) -> list[str]:
    """Files that a request takes something from, and that were not there when the run began."""
    names = {name for path in there for name in (path.casefold(), path.rsplit("/", 1)[-1].casefold())}
    found = [m["name"] for m in _SOURCE.finditer(text)]
    return [f"there is no {name!r} to take anything from" for name in found if name.casefold().removeprefix("./") not in names]
