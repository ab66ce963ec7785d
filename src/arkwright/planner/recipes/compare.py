"""Compare: says what differs between two versions of a text, and writes it down as a report when one is wanted.

Goal pattern: compare A and B · what changed between A and B · differences of A and B as a report.
Slots: the older and the newer file, the report's path or type. Inputs: two text files. Outputs: an answer, a report (.md, .html, .txt, .diff, .docx, .pdf, .csv).
"""

import re

from arkwright.core.json import ref
from arkwright.core.plan import Need, Question, Refusal
from arkwright.planner.lexicon import words
from arkwright.planner.reading import Draft, Drafting, Reading
from arkwright.planner.recipes.parlance import FILES, idle, outlet
from arkwright.planner.recipes.phrases import Sketch

_TEXTS = (
    ".txt",
    ".md",
    ".markdown",
    ".py",
    ".js",
    ".sh",
    ".html",
    ".htm",
    ".yaml",
    ".yml",
    ".toml",
    ".ini",
    ".cfg",
    ".json",
    ".rst",
    ".sql",
    ".log",
    ".docx",
    ".pdf",
)
_COMPARE = r"(?:compar(?:e|es|ed|ing|ison)|diff|diffs|differences?|differ|differs|changed|changes|change|different|modifications?|modified|altered|alterations?|amended|amendments?|edits|what is new|what's new|new in|side by side|versus|redline|added|removed|deleted|reworded|dropped|the same|identical|equal)"
_WORDS = (
    _COMPARE,
    r"<file>|<new>",
    r"(?:between|from|against|with|to|in|of|and|or|than|compared|comparison|relative|since|versus|vs\.?|at|on|into|for|by)",
    r"(?:only|just|nothing but|all|every|each)(?: (?:of|the|those|real|actual|single|any))* (?:changes?|differences?|modifications?|clauses?|lines?|passages|places|paragraphs?|sentences?|alterations?|what (?:has )?(?:changed|differs))(?: (?:\( )?(?:(?:that|which) (?:are|were|have been|is|was) )?(?:altered|removed|added|new|changed|deleted|modified|different|amended|dropped)(?: ?(?:,|and|or|/) ?(?:altered|removed|added|new|changed|deleted|modified|different|amended|dropped))*(?: (?:clauses?|lines?|ones|passages|paragraphs?|parts?))?(?: \))?)?",
    r"(?:clauses?|lines?|passages|paragraphs?|parts?|sentences?|everything|whatever|what|those|text|things)(?: (?:that|which))? (?:(?:is|are|has|have|was|were|stays?|stayed|stated|remains?|remained|did|do|does|been|not|n't) ?)*(?:the same|identical|unchanged|equal|change|changed|differ)(?: in both(?: (?:files|versions|texts|documents))?)?(?: (?:must|should|shall|may|can|need|needs|do|does|is|are|has|have|to))*(?: (?:not|n't|never))(?: (?:to|be|appear|stand|in|into|show|listed|up|it|there|shown|included|contained|the|report|document|list|file|mentioned|repeated))*",
    r"(?:leav(?:e|ing) out|without|omit(?:ting)?|skip(?:ping)?|not|no)(?: (?:the|any|all|what|whatever|everything|that|which|is|are|has|have|clauses?|lines?|passages|parts?|stays?|stayed|not))* (?:the same|identical|unchanged|equal|changed)(?: (?:clauses?|lines?|passages|parts?|ones?|text|in both))*",
    r"(?:old|older|new|newer|original|first|second|latest|previous|current|revised|signed|updated|edited|earlier|later|other)(?: (?:one|version|contract|draft|file|text|edition|copy))?",
    r"(?:as|in|into|to)? ?(?:a|an|the)? ?(?:short |clear |readable |little |brief |one page )*(?:markdown|md|html|word|docx|text|pdf|csv|diff|change)? ?(?:report|document|overview|list|file|summary|page|table)(?: (?:of|about|with|called|named))?",
    r"(?:our |the )?(?:supplier|customer|partner|lawyer|landlord|colleague|party|side)(?: (?:has |had )?(?:sent|sends|gave|signed|changed|altered|asks|wants to know)(?: (?:us|me|back))*)?|(?:as )?(?:a|the)? ?(?:replacement|successor|update|revision) (?:for|of|to)|(?:replaces?|supersedes?)",
    r"(?:markdown|html|pdf|csv|word|docx|json)",
    r"(?:in your|as an|in the) (?:answer|reply)|in the chat|one another|(?:line|clause|word) by (?:line|clause|word)|~ (?:versions|files|texts|documents|contracts|drafts)|two",
)
_BAG = words(
    """
    mark marked usual lawyer party doc appear
    clause clauses line lines paragraph paragraphs section sections sentence sentences part parts passage passages place places point points thing
    version versions contract contracts agreement agreements draft drafts document wording edition editions term terms
    which what where how who exactly precisely have has had been did does got explain point spot see say describe altered amended removed added
    deleted modified changed reworded dropped difference differences change changes list lists listed show down discuss overview summary summarise
    summarize report between both two these those us them each other
    """
)
_FORMATS = (
    ("docx", r"word|docx"),
    ("pdf", r"pdf"),
    ("html", r"html|web ?page"),
    ("md", r"markdown|md|report|document|overview"),
    ("diff", r"diff file|patch"),
    ("txt", r"text file"),
)


def propose(reading: Reading) -> Draft | Need | Refusal | Question | None:
    """The differences between the two files that are named."""
    sketch = Sketch(reading)
    inputs = [m.value for m in reading.inputs()]
    if not sketch.has(_COMPARE) or len(inputs) != 2 or not all(path.lower().endswith(_TEXTS) for path in inputs):
        return None
    if sketch.has(r"chart|graph|plot|column|average|total|sum"):
        return None
    old, new = _in_order(reading, sketch, inputs)
    build = Drafting(reading, "compare", f"changes from {old} to {new}")
    build.cover(sketch.covered(*_WORDS), idle(sketch, FILES, _BAG))
    path = _report(build, reading, sketch)
    if path and not path.endswith((".md", ".html", ".txt", ".diff", ".patch", ".docx", ".pdf")):
        return None
    args = {"left": old, "right": new, **({"path": path} if path else {})}
    compared = build.task(f"Compare {old} with {new}", "files.compare", {**args})
    build.require(reading.text, compared)
    build.say(
        f"From {old} to {new}:\nchanged: ",
        ref(compared, "changed"),
        "\nadded: ",
        ref(compared, "added"),
        "\nremoved: ",
        ref(compared, "removed"),
    )
    if sketch.has(
        r"(?:only|just|nothing but)(?: (?:the|those|what|which|is|are|was|were|lines?|clauses?|that))* (?:added|removed|new|deleted|additions|removals|deletions)"
    ):
        return None  # the report names all kinds of changes
    if path.endswith(".html") and sketch.has(r"only|must not|should not|without|leave out"):
        return None  # it shows the whole texts side by side
    if path:
        build.say(f"\nThe report is in {path}.")
    return build.draft()


def _in_order(reading: Reading, sketch: Sketch, inputs: list[str]) -> tuple[str, str]:
    """The older file first: as the request has it, unless it says that the second is the older one."""
    if sketch.has(
        r"<file> (?:\( )?(?:is |being )?(?:the )?(?:new|newer|latest|revised)(?: (?:one|version))?.*<file> (?:\( )?(?:is |being )?(?:the )?(?:old|older|original)"
    ):
        return inputs[1], inputs[0]
    if sketch.has(
        r"(?:new|changed|added|different) in <file> (?:compared (?:to|with)|since|against|versus|vs|over|relative to) <file>"
    ):
        return inputs[1], inputs[0]
    numbers = [[int(n) for n in re.findall(r"\d+", path)] for path in inputs]
    if re.sub(r"\d+", "#", inputs[0]) == re.sub(r"\d+", "#", inputs[1]) and numbers[0] > numbers[1]:
        return inputs[1], inputs[0]
    return inputs[0], inputs[1]


def _report(build: Drafting, reading: Reading, sketch: Sketch) -> str:
    wished = [f".{extension}" for extension, pattern in _FORMATS if sketch.has(pattern)]
    named = outlet(sketch, *wished)
    if named.path:
        build.cover(named.covered)
        return build.new_path(named.path)
    for extension, pattern in _FORMATS:
        if sketch.has(pattern) and not (extension == "md" and sketch.has(r"(?:tell|answer|report)(?: (?:me|back))")):
            return build.new_path(f"changes.{extension}")
    return ""
