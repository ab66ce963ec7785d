"""Hazards: what a request may say that the reader has no model for; each is a doubt."""

import re

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
