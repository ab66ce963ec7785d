"""Passages: lines of a text file copied as they are to a new file, by a status code or a word in them; a file cut into parts.

Goal patterns: copy the lines with status A or B of LOG to NEW · keep the lines that contain X · split FILE into N parts | parts of N lines.
Slots: the file, the condition, the new file, the size or the number of the parts. Inputs: a text file. Outputs: text files, counts as the answer.
"""

import re

from arkwright.core.json import ref
from arkwright.planner.lexicon import words
from arkwright.planner.reading import Draft, Drafting, Reading
from arkwright.planner.recipes.parlance import FILES, idle, outlet
from arkwright.planner.recipes.phrases import Hit, Sketch

_BAG = words(
    """
    line lines many lot nobody log log's entry entries record records request requests server error errors text copy copied copies copying filter filtered extract extracted
    grep pull keep kept pick move moved transfer written unchanged untouched unaltered exactly original verbatim them those and or with
    parts part pieces piece chunks chunk split splits divide divided cut break developer problems problem point needs needed interesting relevant
    """
)
_LINES = r"(?:lines?|entries|entry|records?|requests?|rows?)"
_CODES = r"(?:\d{3}(?: ?(?:'?s)?(?: ?(?:,|/|or|and|\+|&|and all|as well as|plus) ?)+\d{3}(?:'?s)?)*)"
_STATUS = rf"(?:(?:the |a |an |their |its |whose |http |response |of )*(?:status(?:es)?(?: codes?)?|codes?)(?: (?:is|are|was|of|either|equal to|=|:|with|being))* {_CODES}|{_CODES} (?:http )?(?:status|errors?|responses?|codes?)?(?: (?:status|code))? ?{_LINES}|{_LINES} (?:with|of|having|for|that have|which have)(?: (?:a|an|the|http|either))* {_CODES})"
_WORD = r"(?:<quoted>|(?!(?:the|a|an|status|it|them|this|that|code|codes|http|any|no|only)(?: |$))[\w-]+)"
_CONTAINS = rf"{_LINES}(?: (?:that|which|in which|where))?(?: (?:contain(?:s|ing)?|mention(?:s|ing)?|hav(?:e|ing)|with|include|including|say|saying|start with|starting with))(?: (?:the|word|words|text|string|term))* (?P<words>{_WORD}(?: ?(?:,|or) ?{_WORD})*)(?: (?:in (?:it|them)))?"
_AS_IS = (
    r"(?:and |but )?(?:unchanged|untouched|unaltered|as (?:they|it) (?:are|is)|exactly as (?:they|it) (?:are|is)|verbatim|without (?:changing|altering|touching|modifying)(?: (?:them|anything|the lines|or|their|the order|order))*|order and content(?: exactly)? as (?:they|it) (?:are|is))",
    r"(?:and )?(?:in|keep(?:ing)?|with|without (?:changing|altering))(?: (?:the|their|its))* (?:same|original|old|present)? ?(?:order|sequence)(?: (?:as (?:in|before|they (?:are|stand))|of the (?:log|file|original)))*|same order|in order",
)
_EACH = r"(?:and )?(?:please )?(?:also )?(?:(?:tell|say|let|i would|i'd|we'd|like|want|need|to|me|us|know) )*how many (?:(?:of|there|are|were|lines|entries|did|you|find|found|have|it|is|with|for|each|them|both|kind|the|and|how many|\d{3}|'?s|status|code|codes|those|in) ?)+(?:each|of each|both|\d{3}(?: ?'?s)?(?: (?:did you find|there are|are there))?|of them|there are|are there)"


def filtered(reading: Reading, sketch: Sketch, path: str) -> Draft | None:
    """The lines that meet the condition, copied as they stand; how many there are of each, as the answer."""
    status, contains = sketch.find(_STATUS), sketch.find(_CONTAINS)
    if not (status or contains) or not (reading.outputs() or sketch.has(r"(?:text|log) file|called|named")):
        return None
    if not sketch.has(rf"{_LINES}|log") or sketch.has(
        r"without (?:the )?(?:word|<quoted>)|(?:not|n't) (?:contain|have|mention)|count(?:s)? per|per (?:status|url|ip|hour|day)|sorted|top"
    ):
        return None
    named = outlet(sketch, ".log" if path.endswith(".log") else ".txt")
    if not named.path.endswith((".log", ".txt", ".md")):
        return None
    keys = _codes(status) if status else _words(contains) if contains else []
    if not keys:
        return None
    build = Drafting(reading, "text", "copy lines")
    target = build.new_path(named.path)
    build.cover(named.covered, idle(sketch, FILES, _BAG), sketch.covered("<file>", *_AS_IS, _EACH, r"~ each|each"))
    build.cover(status.indices if status else contains.indices if contains else ())
    test = r"re.search(rf'\" {key} |\" {key}$|\b(?:status|code)\W{{0,3}}{key}\b', line)" if status else "key in line"
    code = (
        "import re\nfrom pathlib import Path\n\n"
        f"KEYS = {keys!r}\nlines = Path({path!r}).read_bytes().decode('utf-8', errors='surrogateescape').splitlines(keepends=True)\n"
        f"found = [[key for key in KEYS if {test}] for line in lines]\n"
        f"kept = ''.join(line for line, keys in zip(lines, found) if keys)\n"
        f"Path({target!r}).write_bytes(kept.encode('utf-8', errors='surrogateescape'))\n"
        "print(sum(bool(keys) for keys in found), 'lines;', ', '.join(f'{key}: {sum(key in keys for keys in found)}' for key in KEYS))\n"
    )
    done = build.task(f"Copy the lines with {' or '.join(keys)}", "python.run", {"code": code})
    build.require(reading.text, done)
    build.say(f"{target} holds ", ref(done, "stdout"))
    return build.draft()


def _codes(hit: Hit) -> list[str]:
    return list(dict.fromkeys(re.findall(r"(?<!\S)\d{3}(?!\d)", hit.match.group())))


def _words(hit: Hit) -> list[str]:
    quoted = [mention.value for mention in hit.mentions("words")]
    return quoted or [word for word in hit.written("words").replace(",", " ").split() if word.lower() != "or"]


_SPLIT = r"(?:split|divide|cut|break|chop|separate)(?: up)?"
_SIZE = r"(?:with|of|having|at most|up to|each|every|after|per|containing|a|maximum|max)*(?: ?(?:with|of|having|at most|up to|each|every|after|per|containing|a|maximum|max))* (?P<n>~) lines(?: (?:each|per (?:file|part|piece)|a piece|apiece))?"
_COUNT = r"(?:into |in )?(?P<count>~)(?: (?:equal|equally|long|large|big|sized|separate|smaller|text|even|roughly|about|same-sized))* (?:parts?|pieces?|chunks?|files?)(?: of (?:the )?(?:same|equal) (?:length|size|number of lines)| with the same number of lines)?"


def split(reading: Reading, sketch: Sketch, path: str) -> Draft | None:
    """A file in parts of so many lines, or in so many parts of equal length, named after it."""
    size, count = sketch.find(_SIZE), sketch.find(_COUNT)
    if not sketch.has(_SPLIT) or (size is None) == (count is None) or reading.outputs():
        return None
    chosen = size or count
    number = chosen.number("n" if size else "count") if chosen else None
    if chosen is None or not number or number < 1:
        return None
    stem, _, ending = path.rpartition(".")
    build = Drafting(reading, "text", "split")
    build.cover(
        chosen.indices,
        sketch.covered("<file>", _SPLIT, r"parts?|pieces?|chunks?|files?|several|smaller|single|separate|each"),
        idle(sketch, FILES, _BAG),
    )
    step = f"{number}" if size else f"max(1, -(-len(lines) // {number}))"
    code = (
        f"from pathlib import Path\n\nlines = Path({path!r}).read_bytes().splitlines(keepends=True)\nstep = {step}\n"
        "parts = [lines[at:at + step] for at in range(0, len(lines), step)]\n"
        f"for number, part in enumerate(parts, 1):\n    target = Path(f'{stem}_part{{number:0{{max(2, len(str(len(parts))))}}d}}.{ending}')\n"
        "    if target.exists():\n        raise SystemExit(f'{target} is already there')\n    target.write_bytes(b''.join(part))\nprint(len(parts), end='')\n"
    )
    done = build.task(f"Split {path}", "python.run", {"code": code})
    build.require(reading.text, done)
    build.say(f"{path} is now in ", ref(done, "stdout"), f" parts, {stem}_part01.{ending} and so on.")
    return build.draft()
