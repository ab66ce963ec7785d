"""Extract: facts, tables and headings out of documents.

Goal patterns: what is the total | number | date | recipient of INVOICE · get the table out of DOCUMENT as csv | xlsx · list the headings of DOCUMENT.
Slots: the document, the facts, the new file. Inputs: pdf, docx, md, html, txt. Outputs: an answer, a json | csv | txt | xlsx file.
"""

import re

from arkwright.core.json import Json, ref
from arkwright.core.plan import Look, Need, Question, Refusal
from arkwright.planner.lexicon import words
from arkwright.planner.reading import Draft, Drafting, Reading
from arkwright.planner.recipes.parlance import FILES, idle, outlet
from arkwright.planner.recipes.phrases import Sketch
from arkwright.planner.text import stem

_DOCUMENTS = (".pdf", ".docx", ".html", ".htm", ".md", ".txt")
# What may be asked of a letter or an invoice: the name of the fact, how requests call it, and where documents have it.
_FACTS: tuple[tuple[str, str, str], ...] = (
    (
        "due date",
        r"(?:due date|payment date|date (?:it|the invoice) is due|pay(?:ment)? by date)",
        r"(?:due(?: date)?|payable by|pay by)\s*:?\s*(DATE)",
    ),
    (
        "payment terms",
        r"(?:payment (?:terms|period|deadline)|(?:when|by when|how (?:long|many days)|within (?:how many|what|which))(?: (?:do|does|must|should|is|have|days|time|we|i|it|to))* ?(?:be )?(?:pay|paid|payable|due)(?: (?:it|within))?)",
        r"((?:payable|payment|due|to be paid)[^.\n]*\b\d+ days[^.\n]*)",
    ),
    (
        "total",
        r"(?:(?:grand |invoice |overall |final )?(?:total|sum)(?: (?:amount|sum|due|payable))*|amount (?:due|to pay|payable|to be paid|owed)|(?:how much)(?: (?:do|does|is|it|we|i|have|has|to|must|the|this|invoice|<file>|on|in|of))* ?(?:owe|pay|paid|cost|costs|come to|total|due|for|payable)?|how much is it|(?:final|invoice) amount|what (?:do|does|must|should) (?:we|i|they) (?:owe|pay|have to pay))",
        r"(?:grand total|total due|total amount|amount due|balance due|total)\b[^\d\n]*?((?:(?:[A-Z]{3}|[€$£])\s*)?NUMBER(?:\s*(?:[A-Z]{3}\b|[€$£]))?)",
    ),
    (
        "number",
        r"(?:invoice|document|bill|reference|order)(?: ?'s)? (?:number|no\.?|id|reference)|number of the (?:invoice|bill)|its number|(?:the )?number(?= (?:and|,|on|in|of))",
        r"(?:invoice|bill|reference|order)(?:\s+(?:number|no\.?|id))?\s*[:#]?\s*((?=[\w/-]*\d)[A-Z0-9][\w/-]*)",
    ),
    ("date", r"(?:invoice |issue )?date(?: of issue)?", r"(?:date|dated|issued(?: on)?)\s*:?\s*(DATE)"),
    (
        "recipient",
        r"(?:who(?: (?:is|was|has|it|the|invoice|bill|been|to|be))* (?:billed|addressed|invoiced|sent|charged|for|made out)(?: to)?|(?:billed|addressed|made out|sold|sent) to|recipient|customer(?: name)?|client|addressee|(?:name of the )?(?:customer|client|recipient)(?: ?'s name)?|to whom(?: (?:is|was|it))* (?:billed|addressed|sent|made out))",
        r"(?:billed to|bill to|sold to|ship to|invoice to|prepared for|customer|recipient|client|attention|to)\s*:?[ \t]*\n?[ \t]*([^\n:]*[^\s.:])",
    ),
)
_BAG = words(
    "extract take copy pull table tables sheet excel spreadsheet word document proposal row rows number numbers cells cost costs answer reply calculate under"
)
_WORDS = (
    r"<file>|<new>",
    r"(?:what|which|who|whom|when|how much|is|was|are|does|do|the|of|on|in|from|for|out|an?|it|its|to|and|say|says|stands?|there|need|want|tell|give|find|get|read|extract|pull|take|look|show|see|note|answer|with|as|please|me|us|my|by|that|this|just|only|up|at|we|i|put|save|write|store|into|list|let|know|would|like|columns?|fields?|have|has|must|be|according)",
    r"(?:invoice|bill|document|pdf|letter|word document|file|proposal|page|sheet|contract|offer)s?(?: ?'s)?",
    r"(?:as|in|into|to)? ?(?:a|an)? ?(?:json|csv|text|txt|excel|xlsx)(?: file)?",
    r"(?:from|out of|in|on) (?:it|there|that|the (?:pdf|document|letter|invoice))",
)
_CODE = r"""
import csv, json, re, sys
from pathlib import Path

FACTS, TARGET = @FACTS@, @TARGET@
text = sys.stdin.read()
found = {}
for name, pattern in FACTS:
    match = re.search(r"(?im)" + pattern, text)
    if match is None:
        sys.exit(f"the document does not say its {name}")
    found[name] = " ".join(match[1].split())
if TARGET.endswith(".json"):
    Path(TARGET).write_text(json.dumps(found, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
elif TARGET.endswith(".csv"):
    with open(TARGET, "w", newline="", encoding="utf-8") as out:
        csv.writer(out).writerows([list(found), list(found.values())])
elif TARGET:
    Path(TARGET).write_text("".join(f"{value}\n" if len(found) == 1 else f"{name}: {value}\n" for name, value in found.items()), encoding="utf-8")
print("; ".join(f"{name}: {value}" for name, value in found.items()))
"""
_NUMBER = r"-?\d{1,3}(?:[.,' ]\d{3})*(?:[.,]\d{1,2})?(?!\d)|-?\d+(?:[.,]\d{1,2})?"
_DATE = r"\d{4}-\d\d-\d\d|\d{1,2}[./]\d{1,2}[./]\d{2,4}|\d{1,2}\.? [A-Z][a-z]+ \d{4}|[A-Z][a-z]+ \d{1,2},? \d{4}"


def propose(reading: Reading) -> Draft | Need | Refusal | Question | None:
    """What is asked of the one document that is named."""
    inputs = [m.value for m in reading.inputs()]
    if len(inputs) != 1 or not inputs[0].lower().endswith(_DOCUMENTS) or reading.named("url"):
        return None
    sketch = Sketch(reading)
    return _table(reading, sketch, inputs[0]) or _headings(reading, sketch, inputs[0]) or _facts(reading, sketch, inputs[0])


def _facts(reading: Reading, sketch: Sketch, path: str) -> Draft | Need | Refusal | None:
    """Facts by their usual labels; a document that does not have them is a refusal before anything runs."""
    if path.lower().endswith((".txt", ".md")) and not sketch.has(r"invoice|bill|letter"):
        return None
    wanted: list[tuple[str, str]] = []
    covered: frozenset[int] = frozenset()
    for name, said, pattern in _FACTS:
        hit = next((h for h in sketch.all(said) if not h.indices & covered), None)
        if hit:
            wanted.append((name, pattern.replace("NUMBER", f"(?:{_NUMBER})").replace("DATE", _DATE)))
            covered |= hit.indices
    if not wanted or len(reading.outputs()) > 1:
        return None
    known = reading.fact(path, "documents.read")
    if known is None:
        return Need((Look("documents.read", {"path": path}),))
    text = str(known.get("text") or "") if isinstance(known, dict) else ""
    absent = [name for name, pattern in wanted if not re.search("(?im)" + pattern, text)]
    if absent:
        return Refusal(
            reading.text, f"{path} does not say its {' or '.join(absent)}", "ask for what stands in it", "not_in_document"
        )
    build = Drafting(reading, "extract", f"facts of {path}")
    build.cover(covered, sketch.covered(*_WORDS))
    target = build.new_path(reading.outputs()[0].value) if reading.outputs() else ""
    if target and not target.endswith((".json", ".csv", ".txt", ".md")):
        return None
    read = build.task(f"Read {path}", "documents.read", {"path": path})
    code = _CODE.replace("@FACTS@", repr(wanted)).replace("@TARGET@", repr(target))
    found = build.task(
        f"Find the {' and the '.join(name for name, _ in wanted)}", "python.run", {"code": code, "stdin": ref(read, "text")}
    )
    build.require(reading.text, read, found)
    build.say(f"{path} says: ", ref(found, "stdout"))
    if target:
        build.say(f"It is saved in {target}.")
    return build.draft()


_TOTAL_ROW = r"(?:(?:and |with |plus |add |then )*(?:a |one |the )?(?:total|totals|sum|sums) (?:row|line)(?: (?:under|below|at the (?:bottom|end)|at bottom|beneath|added|it|them|is|should be|underneath))*|(?:a |one )?(?:row|line) (?:with|of|for) (?:the |all )*(?:totals?|sums?)(?: (?:is|should|be|under|below|added|it|at the (?:bottom|end)|beneath|underneath))*)"
_REAL = r"(?:(?:with|as|the|so that|in it|must|should|be|are) )*(?:real|numeric|proper|true) (?:numbers?|cells|values|ones)(?: ,?(?: ?(?:so that|so|that|i|we|one|can|could|calculate|compute|work|with|them|it|must|be))+)?|(?:the )?numbers(?: in it)? (?:must|should) be (?:real|numeric)(?: ones| numbers)?(?: ,?(?: ?(?:so that|so|that|i|we|one|can|could|calculate|compute|with|them|it))+)?"
_TABLE = r"(?:(?:the |a |its |that |this )?(?:(?P<which>first|second|third|fourth|only|last) )?(?:cost|price|costs|budget|phase|line item|data)? ?tables?)"


def _table(reading: Reading, sketch: Sketch, path: str) -> Draft | Need | Question | None:
    """A table as it stands in the document."""
    hit = (
        sketch.find(
            rf"{_TABLE} (?:in|of|from|out of|inside|that is in|on) (?:the |my )?(?:document |file |proposal |pdf |word document )?<file>"
        )
        or sketch.find(rf"<file>(?: (?:has|contains|holds|includes))? {_TABLE}")
        or sketch.find(rf"(?:extract|pull|get|save|export|take|copy)(?: (?:me|out))* {_TABLE}")
        or sketch.find(rf"<file> (?:: |- )?{_TABLE}")
        or sketch.find(rf"{_TABLE} (?:of|with|for) (?:the )?(?:costs?|prices?|phases?|budget)")
        or sketch.find(rf"{_TABLE} (?:comes|is|stands|is found|can be found|is located) (?:from|in|inside)(?: \w+){{0,3}} <file>")
    )
    named = outlet(sketch, ".csv" if sketch.has("csv") else ".xlsx" if sketch.has("excel|xlsx|spreadsheet") else ".json")
    made = [named.path] if named.path else [m.value for m in reading.outputs()]
    wants = next(
        (kind for kind, word in (("csv", "csv"), ("xlsx", "excel|xlsx|spreadsheet"), ("json", "json")) if sketch.has(word)), ""
    )
    if hit is None or len(made) > 1 or not (made or wants) or path.endswith(".txt"):
        return None
    if not reading.tables(path):
        known = reading.fact(path, "tables.describe")
        return None if known else Need((Look("tables.describe", {"sources": [{"path": path}]}),))
    parts = [table.part for table in reading.tables(path) if table.part.startswith("table:")]
    which = {"first": 0, "only": 0, "second": 1, "third": 2, "fourth": 3, "last": len(parts) - 1}.get(hit["which"])
    if not parts or (which or 0) >= len(parts):
        return None
    if which is None and len(parts) > 1:
        return Question(f"{path} has {len(parts)} tables. Which one?", tuple(str(n) for n in range(1, len(parts) + 1)))
    build = Drafting(reading, "extract", f"table of {path}")
    target = build.new_path(made[0] if made else f"{path.rpartition('/')[2].rpartition('.')[0]}_table.{wants}")
    build.cover(hit.indices, sketch.covered(*_WORDS, _TABLE, _REAL), idle(sketch, FILES, _BAG), named.covered)
    took = build.task(
        f"Read the table of {path}", "tables.query", {"inputs": {"table": {"path": path, "part": parts[which or 0]}}, "steps": []}
    )
    whole = _totalled(build, sketch, reading, path, parts[which or 0], took)
    if whole is None:
        return None
    saved = build.task(f"Write {target}", "tables.save", {"sheets": [{"table": ref(whole)}], "path": target})
    build.require(reading.text, took, saved)
    build.say(f"The table of {path} is in {target}, ", ref(took, "rows"), " rows.")
    return build.draft()


def _totalled(build: Drafting, sketch: Sketch, reading: Reading, path: str, part: str, took: str) -> str | None:
    """The table with a row of sums under it when one is wanted, and the sums that are asked for; None when there is nothing to add up."""
    table = next(t for t in reading.tables(path) if t.part == part)
    numeric = [c.name for c in table.columns if c.type in ("number", "integer")]
    asked = {c: sketch.covered(*(p.format(c=re.escape(stem(c.lower()))) for p in _ASKS)) for c in numeric}
    asked = {c: words_ for c, words_ in asked.items() if words_}
    if not sketch.has(_TOTAL_ROW) and not asked:
        return took
    if not numeric:
        return None
    group: Json = {"do": "group", "by": [], "aggregates": [{"name": c, "fn": "sum", "column": c} for c in numeric]}
    labels: list[Json] = []
    free = [c.name for c in table.columns if c.name not in numeric]
    for at, name in enumerate(free):
        labels.append({"do": "derive", "name": name, "expr": {"value": "Total" if at == 0 else ""}})
    columns: Json = [{"column": c.name} for c in table.columns]
    steps: list[Json] = [group, *labels, {"do": "select", "columns": columns}]
    sums = build.task("Add the columns up", "tables.query", {"inputs": {"table": ref(took)}, "steps": steps})
    names = [c.name for c in table.columns]
    for column, words_ in asked.items():
        build.cover(words_)
        build.say(f"Total {column}: ", ref(sums, f"preview.0.{names.index(column)}"), ". ")
    if not sketch.has(_TOTAL_ROW):
        return took
    build.cover(sketch.covered(_TOTAL_ROW))
    union: Json = {"do": "union", "with": ["sums"]}
    return build.task("Put the sums below", "tables.query", {"inputs": {"table": ref(took), "sums": ref(sums)}, "steps": [union]})


_ASKS = (
    r"how (?:much|many)(?: (?:does|do|is|are|will|would|the|whole|entire|thing|project|it|all|of|this|everything|{c}s?|take|takes|last|lasts|need|needs|together|in total|altogether|overall))* {c}s?(?: (?:does|do|is|are|will|the|whole|entire|thing|project|it|all|everything|take|takes|last|lasts|need|needs|together|in total|altogether|overall))*",
    r"what (?:does|do|will) (?:(?:the|whole|entire|thing|project|it|all|everything) ?)+ {c}s?(?: (?:together|in total|altogether|overall))*",
    r"(?:also |and )*(?:the )?(?:total|overall|summed)(?: number of)? {c}s?(?: (?:and|,) total(?= ))?(?: in (?:the )?(?:answer|reply))?|(?:the )?{c}s? in total",
)


def _headings(reading: Reading, sketch: Sketch, path: str) -> Draft | None:
    """The headings of a document, in order."""
    hit = sketch.find(
        r"(?:all |the |every |its )*(?:section |chapter )?(?:headings|headlines|outline|section titles|section names|titles of (?:the )?(?:sections|chapters))(?: (?:of|in|from)(?: the)?)?"
    )
    if hit is None or path.endswith(".txt") or sketch.has(r"real headings|convert\w*|turn\w*|word|docx"):
        return None
    build = Drafting(reading, "extract", f"headings of {path}")
    steps: list[Json] = [{"do": "select", "columns": [{"column": "level"}, {"column": "text"}]}]
    took = build.task(
        f"Read the headings of {path}",
        "tables.query",
        {"inputs": {"headings": {"path": path, "part": "headings"}}, "steps": steps},
    )
    tasks = [took]
    made = [m.value for m in reading.outputs()]
    build.cover(hit.indices, sketch.covered(*_WORDS, r"levels?|with(?: their)? levels?|one per line"))
    if len(made) == 1 and made[0].endswith((".csv", ".xlsx", ".json", ".md", ".html")):
        target = build.new_path(made[0])
        tasks.append(build.task(f"Write {target}", "tables.save", {"sheets": [{"table": ref(took)}], "path": target}))
    elif made:
        return None
    build.require(reading.text, *tasks)
    build.say(f"{path} has these headings:\n\n", ref(took))
    return build.draft()
