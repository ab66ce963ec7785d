"""Programs: writes a small program from a clear description, runs it, and leaves both the program and what it made.

Goal pattern: write | make | create | need ... script | program ... that DOES, in Python (the default), JavaScript or shell.
Slots: what it computes (a number sequence, a table of numbers, pieces of text files, a CSV column, a file of readings, a census of a folder),
the input files, the output file and its layout, the program's name, and whether to run it.
Inputs: files of the workspace. Outputs: the program, its output file or what it prints.
"""

import re
from dataclasses import replace

from arkwright.core.json import Object, ref
from arkwright.core.plan import Need, Question, Refusal
from arkwright.planner.reading import Draft, Drafting, Reading
from arkwright.planner.recipes.code import node, shell
from arkwright.planner.recipes.code.goals import EXTENSIONS, Language, Output, Pipe, Program, Style
from arkwright.planner.recipes.code.python import python
from arkwright.planner.recipes.code.speech import SPARED, idle, one_per_line
from arkwright.planner.recipes.phrases import Sketch
from arkwright.planner.recipes.program_numbers import Understood, understand_numbers
from arkwright.planner.recipes.program_tables import understand_table
from arkwright.planner.recipes.program_text import understand_text

_NOUN = r"(?:scripts?|programs?|programmes?|tool|code|snippet|one-?liner|utility|app)"
_MAKE = r"(?:write|writing|create|make|build|code(?: up)?|develop|need|want|give|implement|craft|like|have|program|produce|generate|knock up|whip up|put together)"
_LANGUAGES: dict[Language, str] = {
    "python": r"(?:python ?-?3?|py)",
    "node": r"(?:node(?:\.js|js| js| \. js)?|java ?script|js)",
    "shell": r"(?:bash|shell|sh|posix shell|unix shell)",
}
_FOREIGN = r"(?:in|a|using|with) (?P<name>ruby|perl|rust|go|golang|java|c|c\+\+|c#|php|r|swift|kotlin|haskell|lua|typescript|powershell|julia|scala|matlab|cobol|fortran)(?: (?:script|program|code))?"
_ASK = (
    rf"(?:in|using|with|by|as) (?:a |an |the |plain |pure |some |vanilla |small |little )*(?:{'|'.join(_LANGUAGES.values())})(?: {_NOUN})?",
    rf"(?:{'|'.join(_LANGUAGES.values())}) {_NOUN}(?: (?::|with|for))?",
    rf"\( (?:{'|'.join(_LANGUAGES.values())}) \)|(?:write|create|make) and (?:run|execute)",
    r"(?:both|straight away|right away|straightaway|at once|once)",
    r"(?:call|name)(?: (?:it|the script|the program|the file|this))+ (?:<new>|<quoted>)|(?:called|named|save(?:d)? (?:it|the (?:script|program)) as|script|program|in|as|the script|,) <new>(?: ,)?",
)
_WRITES = r"(?:puts?|writes?|writing|saves?|saving|stores?|storing|prints?|printing|outputs?|outputting|dumps?|lists?|generat(?:es?|ing)|produc(?:es?|ing)|creat(?:es?|ing)|calculat(?:es?|ing)|comput(?:es?|ing)|shows?|displays?|makes?|fills?|exports?|collects?)(?: out)?(?: (?:them|it|these|those|the|all|result|results|numbers|output|list|everything|one))*"
_PLACES = (
    r"(?:(?:the )?(?:results?|output|list|numbers|them|it|everything|goes|go|should|be|to|into|in|as|a|an|the|new|text|csv|json|file|called|named|output file|of|with) )*<new>",
    r"(?:to|on) (?:the )?(?:screen|console|terminal|standard output|stdout)",
)
_STYLES: tuple[tuple[Style, str], ...] = (
    (
        "numbered",
        r"(?:each |every |all )?(?:numbered|with (?:its|the|their|a|an) (?:index|position|line number|number)(?: in front| before it)?)",
    ),
    (
        "comma",
        r"(?:(?:separated|divided|split) by (?:commas|a comma)|comma ?-? ?separated|with commas(?: between(?: them)?)?|on (?:one|a single) line|in one line|all on one line)",
    ),
    ("json", r"(?:(?:in|as|to|into) )?(?:a |an )?json(?: (?:array|list|file|format|object))?"),
    ("csv", r"(?:(?:in|as|to|into) )?(?:a |an )?csv(?: (?:file|format|table))?"),
    (
        "lines",
        r"(?:(?:with )?(?:one|an?|each|every)(?: (?:number|address|one|word|item|entry|e-mail|e-mail address|result|value|term|prime|url|line|per|match))*(?: (?:per|a|on a|on its own|on one|to a|in each|on each|for each))(?: (?:own|new|separate))*(?: lines?)?|line by line|(?:each )?on (?:separate|own|its own|their own|a separate|a new) lines?|line ?-? ?separated|one to a line)",
    ),
)
_ARGUMENT = r"(?:(?:and )?(?:that |which )?(?:tak(?:es|ing)|accept(?:s|ing)?|get(?:s|ting)?|read(?:s|ing)?|with)(?: (?:the|a|an|its))*(?: (?:file ?name|path|file|input|input file|name of (?:a|the) file))+ (?:as|from)(?: (?:an?|its|the|first|command|only))*(?: ?-?(?:line))? (?:arguments?|parameters?|command line))"
_DOES = r"(?:the|one|ones|an?|all|every|given|following|small|same|it|them|results?|output|list|sequence|new|text|outputs?|file|files|result|numbers|values?|one by one|program|script|code|works?|calculat\w+|comput\w+)"


def propose(reading: Reading) -> Draft | Need | Refusal | Question | None:
    """A program that does what the description says, and its run."""
    sketch = Sketch(reading)
    if not _wanted(sketch):
        return None
    if foreign := sketch.find(_FOREIGN):
        return Refusal(
            foreign.match.group(),
            f"I write programs in Python, JavaScript and shell, not in {foreign['name']}",
            "ask for one of those three",
            "language",
        )
    found = [understand(sketch) for understand in (understand_numbers, understand_text, understand_table)]
    if any(isinstance(item, Need) for item in found):
        return next(item for item in found if isinstance(item, Need))
    offers = [_offer(reading, sketch, item) for item in found if isinstance(item, Understood)]
    drafts = [offer for offer in offers if isinstance(offer, Draft)]
    return min(drafts, key=lambda draft: len(reading.left_over(draft.covered)), default=next((o for o in offers if o), None))


def _offer(reading: Reading, sketch: Sketch, understood: Understood) -> Draft | Refusal | None:
    """The draft of one way to understand the description."""
    language = _language(sketch)
    if barred := sketch.covered(_EXCLUDES) - understood.covered - sketch.covered(*SPARED, _UNRUN):
        return Refusal(
            reading.clause(min(barred)),
            f"I do not understand what {reading.quote(barred)!r} is to leave out",
            "say which numbers or words the program is to write",
            "not_understood",
        )
    output, names, covered = _output(sketch, language, understood)
    goal = understood.goal
    program = Program(goal, output, _sentence(understood, output), argument=isinstance(goal, Pipe) and sketch.has(_ARGUMENT))
    source = _source(language, program)
    if source is None:
        return Refusal(
            reading.text, f"I cannot write {understood.purpose} as a {language} program", "ask for it in Python", "language"
        )
    return _draft(reading, sketch, replace(understood, covered=understood.covered | covered), program, language, source, names)


def _wanted(sketch: Sketch) -> bool:
    """A program is spoken of, by name or by the language it is to be written in, and it is none that is there already."""
    reading = sketch.reading
    if reading.named("url") or any(m.value.lower().endswith(tuple(EXTENSIONS.values())) for m in reading.inputs()):
        return False
    if sketch.has(_NOUN):
        return True
    languages = "|".join(_LANGUAGES.values())
    if sketch.has(rf"(?:{languages}) (?::|- )"):
        return True
    return sketch.has(
        rf"(?:in|using|with|by|use|as|something in) (?:a |an |some |plain |pure |small |short |little |quick |tiny |the )*(?:{languages})(?: code)?"
    )


def _language(sketch: Sketch) -> Language:
    for language in ("shell", "node"):
        named = sketch.has(_LANGUAGES[language]) and not sketch.has(rf"(?<!\. ){_LANGUAGES['python']}")
        if named or sketch.has(rf"{_LANGUAGES[language]} {_NOUN}"):
            return language
    named = [m.value.rpartition(".")[2] for m in sketch.reading.outputs()]
    return "node" if {"js", "mjs"} & set(named) else "shell" if "sh" in named else "python"


def _output(sketch: Sketch, language: Language, understood: Understood) -> tuple[Output, list[str], frozenset[int]]:
    """Where the results go and how; the program's own name, if it is given; the words that say so."""
    made = [m.value for m in sketch.reading.outputs()]
    names = [name for name in made if name.endswith(tuple(EXTENSIONS.values()))]
    data = [name for name in made if name not in names]
    style: Style = "lines"
    covered = frozenset[int]()
    for candidate, pattern in _STYLES:
        if found := sketch.covered(pattern):
            style = candidate if style == "lines" else style
            covered |= found
    between, words = _between(sketch)
    covered |= words
    path = data[0] if data else ""
    each = one_per_line(sketch)
    covered |= each
    said_lines = bool(each) or sketch.has(_STYLES[-1][1])
    if (
        path.endswith((".csv", ".json"))
        and style == "lines"
        and not (said_lines and path.endswith(".csv") and not getattr(understood.goal, "counts", False))
    ):
        style = "csv" if path.endswith(".csv") else "json"
    if not path and style in ("csv", "json") and sketch.has(r"(?:as|to|into|in) (?:a |an )?(?:csv|json)(?: file)?"):
        path = sketch.reading.free_name(f"{understood.name}.{style}")
    return Output(path, style, between), names, covered


_LAYOUT = r"(?:(?:(?:as )?lines? )?(?:(?:with )?(?:each|every|one) line(?: (?:being|is|looks|should be|as|like|in the form(?: of)?|in the format))*|as|format(?: is)?(?: :)?|in the (?:form(?:at)?)(?: of)?|like|in|\(|:)(?: (?:the|form|format|lines?|of|:))* (?P<quoted><quoted>)(?: (?:lines?|pairs|format|form|per line|in each line))*|(?P<bare><quoted>)(?: (?:as|in|on|per|for|each|every|one|the|a|form|format|of|pairs?))* lines?)"
_WORDS_FOR = r"(?:the )?words? (?:followed by (?:its|the|their)|and (?:its|the|their|then)(?: the)?|then (?:the|its)|,) counts?"
_PLAIN = r"(?:\( ?)?(?:format|layout|each line|one line per word|lines? like)(?: (?:is|as|:|,|being|like))* word (?P<mark>, |: |- )?count(?: ?\))?"


def _between(sketch: Sketch) -> tuple[str, frozenset[int]]:
    """What stands between a word and its count, when the request shows a line ('word count', "word: count"), and the words that show it."""
    for hit in sketch.all(_LAYOUT):
        shown = (hit.mentions("quoted") or hit.mentions("bare"))[0].value
        if parts := re.fullmatch(
            r"(?i)[<{\[]?\w+[>}\]]?(\s*[:;,=|–-]\s*|\s+)[<{\[]?(?:count|number|frequency|n|\d+)[>}\]]?", shown.strip()
        ):
            return parts[1], hit.indices
    if hit := sketch.find(_PLAIN):
        return {"": " ", ", ": ",", ": ": ": ", "- ": " - "}[hit["mark"]], hit.indices
    if hit := sketch.find(_WORDS_FOR):
        return " ", hit.indices | sketch.covered(
            r"(?:(?:has|have|with|contains?) )?(?:one|a) lines? (?:per|for each|for every|each) word|should (?:have|contain)"
        )
    return ": ", frozenset()


def _sentence(understood: Understood, output: Output) -> str:
    verb = "Write" if output.path else "Print"
    layout = {"lines": "", "comma": ", separated by commas", "numbered": ", numbered", "json": " as JSON", "csv": " as CSV"}[
        output.style
    ]
    return f"{verb} {understood.purpose}{f' to {output.path}' if output.path else ''}{layout}."


def _source(language: Language, program: Program) -> str | None:
    if language == "python":
        return python(program)
    if language == "node":
        return node.node(program) if node.writable(program.goal) else None
    return shell.shell(program) if shell.writable(program.goal, program.output) else None


_EXCLUDES = r"(?:leav(?:e|es|ing)|left)(?: [^ ]+){0,6}? out|(?:leav(?:e|es|ing)|left) out|except(?: for)?|excluding|excludes?|skip\w*|omit\w*|apart from|other than|instead(?: of)?|but (?:not|no|only)|rather than"
_UNRUN = r"(?:but |and |please |so )*(?:do not|don't|never|without|not|no need to|there is no need to|there's no need to|must not|need not|you need not) (?:be |have to |need to |to be )?(?:run|running|execute|executed|executing|start|started|starting|launch)(?: (?:it|the|script|program|yet|now|this|that|code|for me|please))*"


def _draft(
    reading: Reading, sketch: Sketch, understood: Understood, program: Program, language: Language, source: str, names: list[str]
) -> Draft | None:
    build = Drafting(reading, "programs", understood.purpose)
    stem = program.output.path.rpartition("/")[2].rpartition(".")[0] or understood.name
    path = build.new_path(names[0] if names else stem + EXTENSIONS[language])
    if len(reading.outputs()) > len(names) + bool(program.output.path):
        return None
    written = build.task(f"Write {path}", "files.write", {"path": path, "text": source})
    tool = {"python": "python.run", "node": "node.run", "shell": "terminal.run"}[language]
    inputs = list(program.goal.inputs) if isinstance(program.goal, Pipe) and program.argument else []
    if language == "shell":
        args: Object = {"command": " ".join(["sh", f"'{path}'", *(f"'{name}'" for name in inputs)])}
    else:
        args = {"path": path, **({"args": [*inputs]} if inputs else {})}
    unwanted = sketch.covered(_UNRUN)
    ran = "" if unwanted else build.task(f"Run {path}", tool, args, after=[written])
    build.require(reading.text, *filter(None, (written, ran)))
    build.cover(unwanted)
    build.cover(
        understood.covered, idle(sketch), sketch.covered(*_ASK, *SPARED, _WRITES, *_PLACES, _ARGUMENT, _DOES, r"<new>", r"[.]")
    )
    if ran:
        build.say(f"I wrote {path} ({understood.purpose}) and ran it. It says:\n", ref(ran, "stdout"))
    else:
        build.say(f"I wrote {path} ({understood.purpose}) and did not run it.")
    if program.output.path and ran:
        build.say(f"\nThe result is in {program.output.path}.")
    for note in understood.notes:
        build.note(note)
    return build.draft()
