"""Mend: puts right a fault that the request names, in a copy of a script, and runs the copy.

Goal pattern: SCRIPT has no entry for KEY in NAME, it is VALUE | NAME should be VALUE ...; make a corrected copy COPY, run it, output into FILE.
Slots: the script, the name of a dictionary or constant in it, the key, the value, the copy, the output file. Inputs: a Python script, which stays as
it is. Outputs: the copy, what it prints.
"""

import ast
import re

from arkwright.core.json import Json, ref
from arkwright.core.plan import Look, Need
from arkwright.planner.reading import Draft, Drafting, Reading
from arkwright.planner.recipes.code.speech import SPARED, idle
from arkwright.planner.recipes.phrases import Sketch

FIX = r"(?:fix(?:es|ed|ing)?|repair(?:s|ed|ing)?|mend(?:s|ed|ing)?|correct(?:s|ed|ing|ions?)?|solve[sd]?|patch(?:es|ed)?|rectif(?:y|ied|ies)|put right)"
_WORDS = (
    FIX,
    r"<file>|<new>|<quoted>|->",
    r"(?:(?:there's|there is|there are|it has|has|have|with|contains?|holds?|because of|as|since|due to) )*(?:no|without|lacks?|lacking|missing|misses|absent|forgotten|not)(?: (?:a|an|the|any|in|there|defined|included|listed|set|given))*(?: (?:limits?|entry|entries|keys?|values?|lines?))*(?: (?:for|of|called|named|with))*",
    r"(?:limits?|entry|entries|keys?|values?|dictionary|dict|mapping|constant|variable|setting|number|add(?:ed|ing|s)?|insert(?:ed|s)?|set|sets|change[sd]?|amount|correct|right|wrong|instead|of|to|that|one|its|first|second)",
    r"(?:copy|copies|version|duplicate|copied)(?: (?:of|called|named|under|as|the|it|name|<file>|<new>))*",
    r"(?:fails?|failing|crash(?:es|ed|ing)?|breaks?|stops?|error|errors|keyerror|problem|bug|fault|faulty|cause|reason|because|since|where|what|which|for)",
    r"original(?: (?:file|script|one|version|program))*",
)
_ADD = r"""
import ast
from pathlib import Path

SOURCE, COPY, NAME, KEY, VALUE = @ARGUMENTS@
data = Path(SOURCE).read_bytes()
lines = data.splitlines(keepends=True)
starts = [sum(map(len, lines[:n])) for n in range(len(lines) + 1)]
found = [node.value for node in ast.walk(ast.parse(data)) if isinstance(node, ast.Assign)
         and any(isinstance(target, ast.Name) and target.id == NAME for target in node.targets)]
if len(found) != 1:
    raise SystemExit(f"{SOURCE} sets {NAME} {len(found)} times")
value = found[0]


def span(node):
    return starts[node.lineno - 1] + node.col_offset, starts[node.end_lineno - 1] + node.end_col_offset


new = repr(VALUE)
if KEY is None:
    first, last = span(value)
else:
    known = {key.value: item for key, item in zip(value.keys, value.values) if isinstance(key, ast.Constant)}
    if KEY in known:
        first, last = span(known[KEY])
    else:
        first = last = span(value.values[-1])[1] if value.values else span(value)[1] - 1
        new = (", " if value.values else "") + f'"{KEY}": {VALUE!r}'
mended = data[:first] + new.encode("utf-8") + data[last:]
compile(mended, COPY, "exec")
Path(COPY).write_bytes(mended)
print(f"{COPY} is {SOURCE} with {NAME}{'' if KEY is None else f'[{KEY!r}]'} = {VALUE!r}.")
"""


def mend(reading: Reading, sketch: Sketch, scripts: list[str]) -> Draft | Need | None:
    """The corrected copy and its run; None when the fault is not named in full."""
    programs = [m.value for m in reading.outputs() if m.value.endswith(".py")]
    outputs = [m.value for m in reading.outputs() if not m.value.endswith(".py")]
    script = scripts[0]
    if len(scripts) != 1 or not script.endswith(".py") or len(programs) > 1 or len(outputs) > 1:
        return None
    source = reading.fact(script, "files.read")
    if source is None:
        return Need((Look("files.read", {"path": script}),))
    fault = _fault(reading, str(source.get("text", "")) if isinstance(source, dict) else "")
    if fault is None or not (programs or sketch.has(r"copy|version|duplicate")):
        return None
    name, key, value, said = fault
    build = Drafting(reading, "mend", f"correct {name} in a copy of {script}")
    copy = build.new_path(programs[0] if programs else script.removesuffix(".py") + "_fixed.py")
    code = _ADD.replace("@ARGUMENTS@", repr((script, copy, name, key, value)))
    made = build.task(f"Write the corrected copy {copy}", "python.run", {"code": code})
    args: dict[str, Json] = {"path": copy}
    others: list[Json] = [m.value for m in reading.inputs() if m.value != script]
    if others:
        args["args"] = others
    if outputs:
        args["save_stdout"] = build.new_path(outputs[0])
    ran = build.task(f"Run {copy}", "python.run", args, after=[made], idempotent=False)
    build.require(reading.text, made, ran)
    build.cover(said, idle(sketch), sketch.covered(*_WORDS, *SPARED))
    build.say(ref(made, "stdout"), "It printed:\n", ref(ran, "stdout"))
    if outputs:
        build.say(f"\nIt is saved in {args['save_stdout']}.")
    return build.draft()


def _fault(reading: Reading, source: str) -> tuple[str, str | None, int | float, frozenset[int]] | None:
    """The name, key and value that are to be put right, and the words that say them; None unless each is said once."""
    set_here = _assigned(source)
    names = [t for t in reading.tokens if t.kind == "word" and t.text in set_here]
    if len({t.text for t in names}) != 1:
        return None
    name = names[0].text
    keys = list(dict.fromkeys(m.value for m in reading.named("quoted") if m.value not in set_here))
    numbers = [t for t in reading.tokens if t.kind == "number" and re.fullmatch(r"\d+(?:\.\d+)?", t.text)]
    if len({t.text for t in numbers}) != 1:
        return None
    said = frozenset({t.index for t in (*names, *numbers)} | {reading.index(m) for m in reading.named("quoted")})
    value = float(numbers[0].text) if "." in numbers[0].text else int(numbers[0].text)
    if isinstance(set_here[name], ast.Constant):
        return (name, None, value, said) if not keys else None
    if not keys:
        hit = Sketch(reading).find(
            r"(?:entry|limit|key|value|item)(?: (?:for|of|called|named|with))+ (?:the )?(?P<key>(?!(?:the|it|a|an) )[a-z]\w*)"
        )
        keys, said = ([hit.written("key")], said | hit.indices) if hit and hit.written("key") != name else ([], said)
    return (name, keys[0], value, said) if len(keys) == 1 else None


def _assigned(source: str) -> dict[str, ast.expr]:
    """The dictionaries and constants that a program gives a name."""
    try:
        tree = ast.parse(source)
    except SyntaxError:
        return {}
    return {
        target.id: node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Dict | ast.Constant)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
