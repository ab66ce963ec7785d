"""Text: searches and replaces in text files, sorts, filters, numbers, splits and joins their lines, pulls things out of them, counts them.

Goal patterns: replace A with B in FILE · sort | reverse | deduplicate the lines of FILE · extract the e-mail addresses of FILE ·
split FILE into parts of N lines · join FILES · how many lines | words | characters has FILE.
Slots: the files, what to find, what to do with it, the new file. Inputs: text files. Outputs: a text file, or an answer.
"""

from arkwright.core.json import ref
from arkwright.core.plan import Need, Question, Refusal
from arkwright.planner.lexicon import words
from arkwright.planner.reading import Draft, Drafting, Reading
from arkwright.planner.recipes.code.goals import Output, Pipe, Program, Style
from arkwright.planner.recipes.code.python import python
from arkwright.planner.recipes.parlance import FILES, idle, outlet
from arkwright.planner.recipes.passages import filtered, split
from arkwright.planner.recipes.phrases import Sketch
from arkwright.planner.recipes.program_text import understand_text
from arkwright.planner.recipes.wording import figures

_TEXTS = (
    ".txt",
    ".md",
    ".log",
    ".csv",
    ".py",
    ".js",
    ".html",
    ".json",
    ".ini",
    ".cfg",
    ".yaml",
    ".yml",
    ".toml",
    ".sh",
    ".env",
    ".sql",
    ".xml",
)
_SAVE = r"(?:(?:and )?(?:save|write|put|store|export|output|send|keep|collect)(?: (?:the|it|them|that|these|all|result|results|list|everything|changed|new|text|version|output|file|addresses|lines|ones))*(?: (?:in|into|to|as|under))*(?: (?:a|the|new|text|file|called|named))* ?<new>|(?:in|into|to|as)(?: (?:a|the|new|text|file|called|named))* <new>|<new>|(?:the )?(?:result|output)(?: (?:goes|should go|is|belongs|to|in|into))*|called|named)"
_LAYOUT = r"(?:(?:with )?(?:one|an?|each|every)(?: (?:address|one|word|number|item|entry|per|a|on|its|own|to|in|each|match|url|line))* lines?|line by line|each on (?:its|a) own line)"
_WORDS = (
    r"<file>",
    _SAVE,
    _LAYOUT,
    r"(?:from|in|of|the|a|all|every|each|out|it|its|them|to|and|that|which|there|with|for|me|as|into|text|file|files|then|list|please|make|give|want|need|show|tell|get|are|is|i|how|does|do|has|have|contain|contains|many|found|standing|any|whole|entire|through(?:out)?|everywhere|version|copy)",
)


def propose(reading: Reading) -> Draft | Need | Refusal | Question | None:
    """What to do with the text files that are named."""
    inputs = [m.value for m in reading.inputs()]
    if not inputs or not all(path.lower().endswith(_TEXTS) for path in inputs) or reading.named("url"):
        return None
    sketch = Sketch(reading)
    if sketch.has(r"scripts?|programs?|(?<!status )code|chart|plot|graph|python|javascript|bash|pdf|word document"):
        return None
    if len(inputs) == 1 and (draft := filtered(reading, sketch, inputs[0]) or split(reading, sketch, inputs[0])):
        return draft
    for plan in (_replace, figures, _join, _pipe):
        if (draft := plan(reading, sketch, inputs)) is not None:
            return draft
    return None


_BAG = words(
    """
    replace replaced replacing exchange exchanged swap swapped substitute substituted change changed word words text wording occurrence occurrences everywhere
    throughout copy version contract letter document original first everyplace wherever saving saved instance instances places
    """
)
_REPLACE = r"(?:replace|swap|substitute|change|exchange|rename)(?: (?:all|every|each|the|any|word|words|text|string|name|occurrences?|instances?|of))* (?P<old><quoted>|[\w-]+) (?:with|by|to|into|for|→|->)(?: (?:the|word|text|name))* (?P<new><quoted>|[\w-]+)(?: (?:everywhere|throughout|wherever it (?:occurs|appears|stands)))?"
_BECOMES = r"(?:(?:where|in which|so that|with|and|then|all|every|each|any|the|word|words|occurrence|occurrences|of|wherever|it|says|instances?) )*(?P<old><quoted>)(?: (?:is|are|should|shall|must|has to|have to|to))*(?: (?:be|become|becomes|turn into|turns into|read|reads|say|says|->|→|- >|= >))+(?: (?:replaced|changed|swapped)(?: (?:by|with|to|into))?)?(?: the word)? (?P<new><quoted>)(?: (?:everywhere|throughout|each time|every time))?"
_INSTEAD = r"(?:put|write|use|set|insert|have|say|place)(?: the word)? (?P<new><quoted>)(?: (?:everywhere|wherever|each time|every time|instead|in place|instead of|in place of|of|for|where|it|there|says|stands|reads|is|the|text|word|now|currently))+ (?P<old><quoted>)(?: (?:everywhere|throughout|stands|is|now|occurs|appears))*"
_INSTEAD_OF = r"(?:instead of|in place of)(?: the word| every| each)* (?P<old><quoted>)(?: ,)?(?: (?:it|the|text|there|should|must|shall|always|everywhere|to))*(?: (?:say|says|read|reads|put|write|use|stand|be|have))? (?P<new><quoted>)(?: (?:everywhere|throughout))?"
_REPLACED = r"(?:(?:with|where|in which) )?(?:(?:all|every|each|the|word|words|any|occurrences?|of) )*(?P<old><quoted>)(?: (?:is|are|has been|have been|was|were|being))? (?:replaced|changed|swapped|substituted|exchanged) (?:by|with|to|into|for) (?P<new><quoted>)(?: (?:everywhere|throughout|wherever it (?:occurs|appears|stands)))?"
_HOW_MANY = r"(?:and )?(?:also )?(?:tell|say|report|show)(?: (?:me|us))? how (?:many|often)(?: (?:there (?:were|are)|it was|it is|you|times|replacements?|occurrences?|changes?|were|have|did|been|made|replaced|found|it occurs))*"


def _replace(reading: Reading, sketch: Sketch, inputs: list[str]) -> Draft | None:
    """Literal replacement, upper and lower case as given; the source stays unless the change is to be made in it."""
    hit = next(
        (found for pattern in (_REPLACE, _REPLACED, _INSTEAD, _INSTEAD_OF, _BECOMES) if (found := sketch.find(pattern))), None
    )
    named = outlet(sketch, f".{inputs[0].rpartition('.')[2]}")
    made = [named.path] if named.path else [m.value for m in reading.outputs()]
    if hit is None or len(inputs) != 1 or len(made) > 1 or inputs[0].endswith(".csv"):
        return None
    old, new = (hit.mentions(name)[0].value if hit.mentions(name) else hit.written(name) for name in ("old", "new"))
    build = Drafting(reading, "text" if made else "rewrite", "replace")
    path = build.new_path(made[0]) if made else inputs[0]
    whole = " whole words only" if not hit.mentions("old") else ""
    code = (
        f"import re\nfrom pathlib import Path\n\nOLD, NEW = {old!r}, {new!r}\ntext = Path({inputs[0]!r}).read_bytes().decode('utf-8')\n"
        + (
            "changed, count = re.subn(rf'(?<!\\w){re.escape(OLD)}(?!\\w)', lambda match: NEW, text)\n"
            if whole
            else "changed, count = text.replace(OLD, NEW), text.count(OLD)\n"
        )
        + f"if not count:\n    raise SystemExit(f'{{OLD!r}} does not occur')\nPath({path!r}).write_bytes(changed.encode('utf-8'))\nprint(count, end='')\n"
    )
    build.cover(
        hit.indices,
        named.covered,
        idle(sketch, FILES, _BAG),
        sketch.covered(
            *_WORDS,
            _HOW_MANY,
            r"[-–=]* ?>|→|result|(?:a )?copy(?: of)?|named|throughout|everywhere",
            r"(?:keep|leave)(?: the)?(?: original| rest)(?: (?:as it is|alone|unchanged|untouched))?|save(?: it| the result)?",
        ),
    )
    done = build.task(f"Replace {old!r} with {new!r}", "python.run", {"code": code})
    build.require(reading.text, done)
    build.say("Replaced ", ref(done, "stdout"), f" occurrences of {old!r}; the text is in {path}.")
    return build.draft()


def _join(reading: Reading, sketch: Sketch, inputs: list[str]) -> Draft | None:
    """Text files one after the other."""
    made = [m.value for m in reading.outputs()]
    verb = sketch.find(r"(?:join|concatenate|append|merge|combine|put|glue)(?: together)?")
    if (
        verb is None
        or len(inputs) < 2
        or len(made) != 1
        or not made[0].endswith((".txt", ".log", ".md"))
        or any(not path.endswith((".txt", ".log", ".md")) for path in inputs)
    ):
        return None
    if made[0].endswith(".md") or sketch.has(r"contents|toc|handbook|title"):
        return None
    build = Drafting(reading, "text", "join")
    path = build.new_path(made[0])
    build.cover(
        verb.indices,
        sketch.covered(*_WORDS, r"one (?:file|text)|one after (?:the other|another)|together|in (?:that|this) order|single"),
    )
    code = (
        f"from pathlib import Path\n\nparts = [Path(path).read_bytes() for path in {inputs!r}]\n"
        f"Path({path!r}).write_bytes(b''.join(part if not part or part.endswith(b'\\n') else part + b'\\n' for part in parts))\n"
    )
    build.require(reading.text, build.task(f"Join {len(inputs)} files", "python.run", {"code": code}))
    build.say(f"{', '.join(inputs)} are one after the other in {path}.")
    return build.draft()


def _pipe(reading: Reading, sketch: Sketch, inputs: list[str]) -> Draft | None:
    """Lines, words or matches, filtered and arranged: to a text file, or as the answer."""
    understood = understand_text(sketch)
    made = [m.value for m in reading.outputs()]
    if (
        understood is None
        or not isinstance(understood.goal, Pipe)
        or len(made) > 1
        or any(path.endswith(".csv") for path in inputs)
    ):
        return None
    style: Style = "lines"
    if made and made[0].endswith((".csv", ".json")):
        style = "csv" if made[0].endswith(".csv") else "json"
    elif (made and not made[0].endswith((".txt", ".md", ".log"))) or (
        not made and sketch.has(r"csv|json|excel|xlsx|parquet|table|spreadsheet")
    ):
        return None
    build = Drafting(reading, "text", understood.purpose)
    path = build.new_path(made[0]) if made else ""
    source = python(Program(understood.goal, Output(path, style), f"Write {understood.purpose}."))
    build.cover(understood.covered, sketch.covered(*_WORDS))
    done = build.task(f"Get {understood.purpose}", "python.run", {"code": source})
    build.require(reading.text, done)
    build.say(ref(done, "stdout"))
    return build.draft()
