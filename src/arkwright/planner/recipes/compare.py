"""Compare: says what differs between two versions of a text, and writes it down as a report when one is wanted.

Goal pattern: compare A and B · what changed between A and B · differences of A and B as a report.
Slots: the older and the newer file, the report's path or type. Inputs: two text files. Outputs: an answer, a report (.md, .html, .txt, .diff, .docx, .pdf, .csv).
"""

import re

from arkwright.core.json import ref
from arkwright.core.plan import Need, Question, Refusal
from arkwright.planner.reading import Draft, Drafting, Reading
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
_COMPARE = r"(?:compare|compares|comparing|comparison|diff|differences?|differ|differs|changed|changes|change|different|modifications?|what is new|what's new|new in|side by side|versus|redline|added|removed|deleted|changed|reworded|dropped|the same|identical|equal)"
_WORDS = (
    _COMPARE,
    r"<file>|<new>",
    r"(?:between|from|against|with|to|in|of|and|or|than|compared|comparison|relative|since|versus|vs\.?|against)",
    r"(?:which|what|how|where|that|who|the|two|both|these|any|all|every|exactly|precisely|each)",
    r"(?:clauses?|lines?|paragraphs?|sections?|sentences?|parts?|texts?|versions?|files?|contracts?|agreements?|documents?|drafts?|wording|places|passages|things|notes|scripts?|words?)",
    r"(?:have|has|had|been|were|was|are|is|did|does|do|got|get|be)",
    r"(?:list|show|tell|report|write|summari[sz]e|summary|find|see|say|explain|give|produce|make|create|save|put|describe|point out|spot|need|want|like)(?: (?:me|us|it|them|out))*",
    r"(?:old|older|new|newer|original|first|second|latest|previous|current|revised|signed|updated|edited)(?: (?:one|version))?",
    r"(?:as|in|into|to)? ?(?:a|an|the)? ?(?:short |clear |readable |little |brief |one page )*(?:markdown|md|html|word|docx|text|pdf|csv|diff|change)? ?(?:report|document|overview|list|file|summary|page|table)(?: (?:of|about|with|called|named))?",
    r"(?:(?:our|the) )?(?:supplier|customer|partner|lawyer|landlord|colleague)(?: (?:has )?(?:sent|sends|gave|signed)(?: us| me)?)?|(?:as )?(?:a|the)? ?(?:replacement|successor|update|revision) (?:for|of|to)|(?:replaces?|supersedes?)",
    r"(?:markdown|html|pdf|csv|word|docx|json)",
    r"(?:in your|as an|in the) (?:answer|reply)|in the chat",
    r"please|us|me|it|them|each other|one another|(?:line by line)",
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
    build.cover(sketch.covered(*_WORDS))
    path = _report(build, reading, sketch)
    direct = path.endswith((".md", ".html", ".txt", ".diff"))
    args = {"left": old, "right": new, **({"path": path} if direct else {})}
    compared = build.task(f"Compare {old} with {new}", "files.compare", {**args})
    tasks = [compared]
    if path and not direct:
        markdown = f"{path.rpartition('.')[0]}.md"
        if not path.endswith((".docx", ".pdf")):
            return None
        scratch = build.task("Write the differences down", "files.compare", {"left": old, "right": new, "path": markdown})
        tasks += [
            scratch,
            build.task(f"Make {path} of it", "documents.convert", {"source": markdown, "path": path}, after=[scratch]),
        ]
    build.require(reading.text, *tasks)
    build.say(
        f"From {old} to {new}:\nchanged: ",
        ref(compared, "changed"),
        "\nadded: ",
        ref(compared, "added"),
        "\nremoved: ",
        ref(compared, "removed"),
    )
    if (only := sketch.find(r"only (?:the )?(?:added|removed|changed|new|deleted)")) and (path or only):
        return None  # the tools report all kinds of changes
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
    if reading.outputs():
        return build.new_path(reading.outputs()[0].value)
    for extension, pattern in _FORMATS:
        if sketch.has(pattern) and not (extension == "md" and sketch.has(r"(?:tell|answer|report)(?: (?:me|back))")):
            return build.new_path(f"changes.{extension}")
    return ""
