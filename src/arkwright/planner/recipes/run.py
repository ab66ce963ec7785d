"""Run: runs a script of the workspace with the file and options the request gives; explains why one fails.

Goal patterns: run SCRIPT on FILE with OPTIONS (save what it prints to FILE) · run SCRIPT and say why it fails.
Slots: the script, its arguments, the output file. Inputs: a .py, .js or .sh file and what it reads. Outputs: what it prints, as an answer and a file.
"""

import re

from arkwright.core.json import Json, Object, ref
from arkwright.core.plan import Look, Need, Question, Refusal
from arkwright.planner.reading import Draft, Drafting, Reading
from arkwright.planner.recipes.code.speech import SPARED, idle
from arkwright.planner.recipes.faults import EXPLAIN
from arkwright.planner.recipes.mend import FIX, mend
from arkwright.planner.recipes.phrases import Sketch

_SCRIPTS = (".py", ".js", ".mjs", ".sh")
_RUN = r"(?:run|runs|running|execute|executes|start|launch|try|call|use|apply|works?)"
_FAIL = r"(?:(?:breaks?|breaking|broke|broken) off|aborts?|aborted|aborting|quits?|gives? up|debug(?:ging)?|fail(?:s|ed|ing|ure)?|crash(?:es|ed|ing)?|break(?:s|ing)?|broken|error(?:s)?|wrong|goes wrong|does not work|doesn't work|not working|stops?|dies|die|problem|bug|exception|traceback|falls over|blow(?:s)? up|complain(?:s|ing)?)"
_UNFIXED = rf"(?:and |but |please |so )*(?:(?:do not|don't|never|not|without|no|no need|is no need|isn't necessary|not necessary|nothing|rather than|instead of|need not|needn't|there is no need|there's no need|you (?:do not|don't) (?:have|need))(?: (?:to|any|a|must|should|is|be|try|for|needs?|has|attempt|attempts|the|your|of))* {FIX}(?: (?:or|and|nor) (?:{FIX}|chang(?:e|ing|es)))*(?: (?:it|anything|the|script|program|file|error|bug|for|me|us|please|needed|necessary|required|wanted|itself|that|now|yet|myself|yourself|here|is|are))*|(?:just|only|merely) (?:explain|tell|say|describe|an? explanation|the (?:explanation|reason|diagnosis))(?: me)?)"
_WHY = (
    r"(?:why|what|reason|explain|explanation|cause|tell|find out|diagnose|describe|happens?|say|says|report|where|which line|how)"
)
_SAVE = r"(?:(?:and )?(?:save|store|write|put|keep|redirect|capture|send|collect|dump|log|have)(?: (?:the|its|all|whole|everything|what|it|that))*(?: ?(?:output|result|results|prints?|printed|says|answer|stdout|is printed|text|outputs|comes out|of it))*(?: (?:in|into|to|as|under))*(?: (?:a|the|file|text|called|named|new))* <new>)"
_SHOW = r"(?:(?:and )?(?:show|give|tell|send|report|print)(?: (?:me|us|back))*(?: (?:the|its|what|it|that|whole|result of))* ?(?:output|result|results|prints?|says|answer|outputs|comes out)?|what (?:does )?it (?:prints?|says|outputs?|shows?)|what (?:is|are) the (?:output|result|results)|(?:the )?(?:output|outcome|results?)(?: (?:of it|goes|go|should go|should be|is|be|in|to|into|saved|of the script|of this|from it))*|(?:i|we) (?:want|need)(?: to)? (?:see|know) (?:the )?(?:output|result))"
_KEEP = r"(?:(?:please )?(?:do not|don't|never|without)(?: (?:touch|change|changing|modify|modifying|edit|editing|touching))+(?: (?:the|it|script|program|file|code|anything|<file>))*|(?:leave|keep)(?: (?:the|it|script|program|file|code|<file>))*(?: (?:as (?:it|they) is|unchanged|untouched|alone|as is)))"
_FLAG = r"(?P<dashes>- ?-|-|–|—) ?(?P<name>[a-z][\w-]*)(?: ?(?:=|:)? ?(?P<value>(?!and |then |on |to |so |as |the |it |with |for |save )[\w.%-]+))?"
_WORDS = (
    r"what (?:does )?<file> (?:prints?|outputs?|says?|does|gives?)",
    r"<file>|<new>|<folder>",
    r"(?:python ?3?|node|sh|bash)(?= <file>)|>(?= <new>)|(?:with|using) (?:python|node)",
    _RUN,
    _SHOW,
    _SAVE,
    _KEEP,
    *SPARED,
    r"(?:the|my|our|this|an?|existing|old|python|node|shell|small|little|provided|given)? ?(?:scripts?|programs?|code|tool|file)(?: (?:called|named))?",
    r"(?:with|on|over|for|using|against|to|as|and|of|in|from|it|its|that|which|then)(?: (?:the|a|an|its))*",
    r"(?:convert(?:s|ing)?|conversion|degrees?|turn(?:s|ing)?|transform(?:s|ing)?)",
    r"(?:arguments?|options?|flags?|parameters?|switch|input(?: file)?|data|file|readings|values|numbers)",
)


def propose(reading: Reading) -> Draft | Need | Refusal | Question | None:
    """A run of the script that is named."""
    sketch = Sketch(reading)
    scripts = [m.value for m in reading.inputs() if m.value.lower().endswith(_SCRIPTS)]
    if scripts and sketch.has(FIX) and (mended := mend(reading, sketch, scripts)) is not None:
        return mended
    if (
        len(scripts) != 1
        or reading.named("url")
        or not (
            sketch.has(_RUN)
            or sketch.has(r"outputs?|prints?|printed")
            or sketch.has(_FLAG)
            or sketch.has(r"what <file> (?:prints|outputs|says|does|gives)|(?:python3?|node|sh|bash) <file>")
            or sketch.has(_FAIL)
            or sketch.has(_FIGURE)
        )
    ):
        return None
    if sketch.has(r"(?:write|create|make|build|code|develop)(?: me)? (?:an?|the|some)(?: [\w-]+)* (?:scripts?|programs?)"):
        return None
    script = scripts[0]
    if sketch.has(_STDERR) and len(reading.outputs()) == 1:
        return _keep_errors(reading, sketch, script)
    if sketch.has(_FAIL) or sketch.has(FIX):
        return _diagnose(reading, sketch, script)
    source = reading.fact(script, "files.read")
    if source is None:
        return Need((Look("files.read", {"path": script}),))
    return _run(reading, sketch, script, str(source.get("text", "")) if isinstance(source, dict) else "")


def _run(reading: Reading, sketch: Sketch, script: str, source: str) -> Draft | Refusal | None:
    build = Drafting(reading, "run", f"run {script}")
    args, covered = _arguments(reading, sketch, script, source)
    wishes = list(reading.outputs())
    if len(wishes) > 1:
        return None
    target = build.new_path(wishes[0].value) if wishes else ""
    build.cover(covered, idle(sketch), sketch.covered(*_WORDS, r"input|inputs|data|readings|values|numbers"))
    tool = "node.run" if script.endswith((".js", ".mjs")) else "terminal.run" if script.endswith(".sh") else "python.run"
    call: Object = (
        {"command": " ".join(["sh", _quoted(script), *(_quoted(a) for a in args)])}
        if tool == "terminal.run"
        else {"path": script, "args": [*args]}
    )
    if target:
        call["save_stdout"] = target
    ran = build.task(" ".join(["Run", script, *args]), tool, call, idempotent=False)
    asked = _asked(sketch)
    if asked is not None:
        names, words = asked
        code = _FIND.replace("@NAMES@", repr(names))
        found = build.task(
            f"Find the {' and the '.join(names)} in what it printed", "python.run", {"code": code, "stdin": ref(ran, "stdout")}
        )
        build.cover(words)
        build.require(reading.text, ran, found)
        build.say(ref(found, "stdout"), "\n")
    else:
        build.require(reading.text, ran)
    build.say(f"{' '.join([script, *args])} printed:\n", ref(ran, "stdout"))
    if target:
        build.say(f"\nIt is saved in {target}.")
    return build.draft()


_NAMES = {"average": "mean", "avg": "mean", "median": "median", "mean": "mean", "sum": "sum", "total": "total", "maximum": "max", "max": "max", "minimum": "min", "min": "min", "count": "count"}  # fmt: skip
_FIGURE = rf"(?:(?:the|a|its|their|and|what|what's|is|are|which|value|number|as|also) )*(?P<name>{'|'.join(_NAMES)})(?: (?:value|number|temperature|reading))?(?: (?:it|that|which|does|do|is|was|are|the script|the program|in|its output|in the output|(?:is )?(?:print(?:s|ed)?|report(?:s|ed)?|shows?|giv(?:es?|en)|output(?:s)?|comput(?:es?|ed)|calculat(?:es?|ed)|say|says|shown)|of|for|out|from|them|the|values|readings|numbers|by|<file>))*"
_FIND = r"""
import re, sys
names, text = @NAMES@, sys.stdin.read()
synonyms = {"mean": ("mean", "average", "avg"), "max": ("max", "maximum"), "min": ("min", "minimum"), "sum": ("sum", "total"), "total": ("total", "sum")}
for name in names:
    lines = [line.strip() for line in text.splitlines() if any(re.search(rf"(?i)\b{word}\b", line) for word in synonyms.get(name, (name,)))]
    if not lines:
        raise SystemExit(f"it prints no {name}")
    print("\n".join(lines))
"""


def _asked(sketch: Sketch) -> tuple[list[str], frozenset[int]] | None:
    """The figures that are asked for of what the script prints, and the words that ask."""
    hits = list(sketch.all(_FIGURE))
    names = list(dict.fromkeys(_NAMES[hit["name"]] for hit in hits))
    return (names, frozenset(i for hit in hits for i in hit.indices)) if hits else None


def _arguments(reading: Reading, sketch: Sketch, script: str, source: str) -> tuple[list[str], frozenset[int]]:
    """The files in the order they stand, then options: as written, or in words that the script's own options explain."""
    files = [m.value for m in reading.inputs() if m.value != script]
    covered: set[int] = set()
    options: list[str] = []
    for hit in sketch.all(_FLAG):
        name = hit.written("name")
        dashes = "--" if "- -" in hit["dashes"] or "--" in reading.text else "-"
        options.append(dashes + name)
        if hit["value"]:
            options.append(hit.written("value"))
        covered |= hit.indices
    for mention in reading.named("quoted"):
        if mention.value.startswith("-"):
            options += mention.value.split()
            covered.add(reading.index(mention))
        elif mention.value not in ("", script):
            options.append(mention.value)
            covered.add(reading.index(mention))
    said, more = _in_words(sketch, source)
    if not options or options == said:
        options = said
        covered |= more
    covered |= _explained(sketch, options)
    return [*files, *options], frozenset(covered)


_UNITS = {"fahrenheit": "f", "celsius": "c", "kelvin": "k"}
_AIM = r"(?:(?:so that )?(?:it |they )?(?:converts?|converting|convert them|to convert|conversion)(?: (?:the|all|its|them|values?|readings|numbers|temperatures?|it))* )?(?:(?:as|the|a|target|unit|with|in|into|to|is|are|scale) )*"


def _in_words(sketch: Sketch, source: str) -> tuple[list[str], frozenset[int]]:
    """Options the script reads itself, `--to f` or `--limit 5`, when the request says them in words: "to Fahrenheit", "a limit of 5"."""
    options, covered = list[str](), frozenset[int]()
    for flag in dict.fromkeys(re.findall(r"['\"](--?[a-z][\w-]*)['\"]", source)):
        word = re.escape(flag.lstrip("-"))
        named = sketch.find(
            rf"(?:with |a |an |the |and |option |parameter )*{word}(?: (?:of|is|should be|set to|:|=|as))* (?P<value>\d+(?:\.\d+)?)"
        )
        if named is not None and len(word) > 2:
            options += [flag, named["value"]]
            covered |= named.indices
            continue
        tail = r"(?: (?:degrees|as|the|is|target|scale|unit|wanted|needed|required|desired))*"
        hit = sketch.find(
            rf"{_AIM}(?:{word}|in|into|as|target) (?:the |a )?(?:degrees )?(?P<value>fahrenheit|celsius|kelvin|[a-z]){tail}"
        )
        hit = hit or sketch.find(
            rf"(?P<value>fahrenheit|celsius|kelvin) (?:as|is|target|unit|scale|wanted|needed|required|desired){tail}"
        )
        value = _UNITS.get(hit["value"], hit["value"]) if hit else ""
        if hit is not None and re.search(rf"['\"]{re.escape(value)}['\"]", source):
            options += [flag, value]
            covered |= hit.indices
    return options, covered


def _explained(sketch: Sketch, options: list[str]) -> frozenset[int]:
    """A unit that only says what an option means: `--to f (Fahrenheit)`."""
    words = r"as|the|a|in|into|to|target|unit|i ?\. ?e ?\.|that is|meaning|degrees|is|are|for|scale|wanted|needed|required|desired|values?|readings|output"
    units = [name for name, letter in _UNITS.items() if letter in options]
    return sketch.covered(*(rf"(?:(?:{words}) )*{name}(?: (?:{words}))*" for name in units))


def _diagnose(reading: Reading, sketch: Sketch, script: str) -> Draft | Question | Refusal | None:
    """Run it without taking a failure for one of ours, and explain what its traceback says."""
    if not script.endswith(".py"):
        return None
    spared = sketch.covered(_UNFIXED)
    if sketch.covered(FIX) - spared and not sketch.has(
        r"how (?:to|do i|can i|could i|i (?:can|could)|one|it (?:can|could))(?: [\w-]+)* (?:fix|repair|mend|fixed)(?: it)?"
    ):
        return Refusal(
            reading.clause(min(sketch.covered(FIX) - spared)),
            f"I can run {script} and explain why it fails, but what it should do instead is for its author to say",
            f"ask: run {script} and tell me why it fails",
            "cannot_fix",
        )
    build = Drafting(reading, "run", f"why {script} fails")
    files: list[Json] = [m.value for m in reading.inputs() if m.value != script]
    build.cover(
        spared,
        idle(sketch),
        sketch.covered(
            *_WORDS,
            _FAIL,
            _SINCE,
            r"(?:in|into|to|as) (?:a |the )?(?:short |small |little )?(?:text |markdown |plain text )?(?:file|note|explanation)(?: (?:called|named))?",
            _WHY,
            FIX,
            r"(?:me|us|in plain (?:words|english)|in (?:simple|your own|a few) words|please|it|when|i|always|every time|the|with|an?|keeps?|gives?|ends?|does|goes|is|there|if|whether|me know|let|wrong|line|and|can|could|how|to|short|numbers?|reason|exactly|precisely|running|gives|get|from)",
        ),
    )
    ran = build.task(f"Run {script}", "python.run", {"path": script, "args": files, "check": False}, idempotent=False)
    tasks = [ran]
    code = EXPLAIN.replace("SCRIPT", repr(script))
    explained = build.task("Explain the traceback", "python.run", {"code": code, "stdin": ref(ran, "stderr")})
    tasks.append(explained)
    build.say(f"{script} ended with code ", ref(ran, "code"), ". ", ref(explained, "stdout"))
    if reading.outputs():
        target = build.new_path(reading.outputs()[0].value)
        tasks.append(
            build.task(
                f"Write the explanation to {target}",
                "python.run",
                {"code": "import sys\nprint(sys.stdin.read(), end='')", "stdin": ref(explained, "stdout"), "save_stdout": target},
            )
        )
    build.require(reading.text, *tasks)
    return build.draft()


_SINCE = r"(?:(?:since|from|until|after|as of) (?:yesterday|today|last \w+|this \w+|monday|tuesday|wednesday|thursday|friday|saturday|sunday|the (?:last )?(?:update|change|weekend|move))|every (?:monday|tuesday|wednesday|thursday|friday|saturday|sunday|day|week|month|morning) (?:we|i|they|our \w+) (?:need|use|run|have|get|read|want|require|send)|(?:every|each) time(?: (?:i|we|she|he|they|you|somebody|someone|it is|it's) (?:starts?|runs?|launch(?:es)?|tr(?:y|ies)|calls?|opens?|started|executes?|use[sd]?))?(?: it)?|always|again|suddenly|lately|recently|nowadays|(?:behind|about|mean|means|meaning|occurs?|appears?|comes? up|message|messages|kind|type|sort|going on|happening|exactly|place|machine|computer|colleague'?s?|colleagues'?)|by (?:myself|himself|herself|themselves)|lines?(?: numbers?)?)"
_STDERR = r"(?:(?:and )?(?:save|store|write|put|keep|redirect|capture)(?: (?:the|its|all|any|what it writes to))* )?(?:(?:standard )?error (?:output|messages?|stream|log)s?|stderr|standard error|errors|traceback)(?: (?:in|into|to|as))?(?: (?:the|a|file|called|named))* <new>"


def _keep_errors(reading: Reading, sketch: Sketch, script: str) -> Draft | None:
    """What it writes to its error output, as a file, whether it fails or not."""
    if not script.endswith(".py"):
        return None
    build = Drafting(reading, "run", f"errors of {script}")
    target = build.new_path(reading.outputs()[0].value)
    files: list[Json] = [m.value for m in reading.inputs() if m.value != script]
    build.cover(sketch.covered(*_WORDS, _STDERR, _FAIL))
    ran = build.task(f"Run {script}", "python.run", {"path": script, "args": files, "check": False}, idempotent=False)
    kept = build.task(f"Write {target}", "files.write", {"path": target, "text": ref(ran, "stderr")})
    build.require(reading.text, ran, kept)
    build.say(f"{script} ended with code ", ref(ran, "code"), f"; its error output is in {target}:\n", ref(ran, "stderr"))
    return build.draft()


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "'\\''") + "'"
