"""Node: a goal as a small, readable JavaScript program for Node.js."""

import json
from dataclasses import dataclass, field
from textwrap import indent

from arkwright.planner.recipes.code.goals import Goal, Grid, Numbers, Output, Pipe, Powers, Program, Readings, Say, Types
from arkwright.planner.recipes.code.patterns import KINDS, NAMES, WORD_JS
from arkwright.planner.recipes.code.sequences import SEQUENCES


@dataclass(slots=True)
class _Parts:
    """A program while it is put together."""

    constants: list[str] = field(default_factory=list[str])
    functions: list[str] = field(default_factory=list[str])
    main: list[str] = field(default_factory=list[str])


def writable(goal: Goal) -> bool:
    """Whether this module can write the goal."""
    return isinstance(goal, Numbers | Grid | Pipe | Say | Powers | Types) or (isinstance(goal, Readings) and bool(goal.fns))


def node(program: Program) -> str:
    """The source text of a JavaScript program that does it.

    Raises:
        ValueError: the goal is not `writable`.
    """
    parts, goal, output = _Parts(), program.goal, program.output
    if output.path:
        parts.constants.append(f"const OUTPUT = {json.dumps(output.path, ensure_ascii=False)};")
    match goal:
        case Numbers():
            _numbers(parts, goal, output)
        case Grid():
            _grid(parts, goal, output)
        case Pipe():
            _pipe(parts, goal, output, argument=program.argument)
        case Readings():
            _readings(parts, goal, output)
        case Powers():
            parts.constants += [f"const LOW = {goal.low};", f"const HIGH = {goal.high};"]
            terms = ", ".join("n" if e == 1 else f"n ** {e}" for e in goal.exponents)
            parts.main += ["const rows = [];", f"for (let n = LOW; n <= HIGH; n++) rows.push([{terms}]);"]
            _write_rows(parts, output, [{1: "n", 2: "n_squared", 3: "n_cubed"}[e] for e in goal.exponents])
        case Types():
            _types(parts, goal, output)
        case Say():
            parts.constants.append(f"const TEXT = {json.dumps(goal.text, ensure_ascii=False)};")
            parts.main.append(f"const found = Array({goal.times}).fill(TEXT);")
            _write_list(parts, output, "lines", numbers=False)
        case _:
            raise ValueError(f"no JavaScript for {goal!r}")
    files = ["const fs = require('node:fs');"] if output.path or isinstance(goal, Pipe | Readings | Types) else []
    blocks = [
        f"// {program.purpose}",
        "'use strict';",
        "\n".join(files),
        "\n".join(parts.constants),
        *parts.functions,
        "\n".join(parts.main),
    ]
    return "\n\n".join(block for block in blocks if block) + "\n"


def _write(parts: _Parts, output: Output, text: str, done: str) -> None:
    if not output.path:
        parts.main.append(f"console.log({text});")
        return
    parts.main.append(f"fs.writeFileSync(OUTPUT, {text} + '\\n');")
    parts.main.append(f"console.log(`{done}`);")


def _write_list(parts: _Parts, output: Output, noun: str, *, numbers: bool) -> None:
    exact = (
        "found.map((n) => (typeof n === 'bigint' && n <= Number.MAX_SAFE_INTEGER ? Number(n) : String(n)))"
        if numbers
        else "found"
    )
    text = {
        "json": f"JSON.stringify({exact}, null, 2)",
        "comma": "found.join(', ')",
        "numbered": "found.map((item, at) => `${at + 1}: ${item}`).join('\\n')",
        "csv": f"['{noun.split()[-1]}', ...found].join('\\n')"
        if numbers
        else f"['{noun.split()[-1]}', ...found.map(cell)].join('\\n')",
        "lines": "found.join('\\n')",
    }[output.style]
    if output.style == "csv" and not numbers:
        parts.functions.append(_CELL)
    _write(parts, output, text, f"Wrote ${{found.length}} {noun} to ${{OUTPUT}}.")


def _numbers(parts: _Parts, goal: Numbers, output: Output) -> None:
    sequence = SEQUENCES[goal.kind]
    if sequence.constants == ("DIVISORS",):
        parts.constants.append(f"const DIVISORS = [{', '.join(f'{n}n' for n in goal.argument)}];")
    else:
        parts.constants += [f"const {name} = {value}n;" for name, value in zip(sequence.constants, goal.argument, strict=True)]
    name = "".join(word.title() if at else word for at, word in enumerate(sequence.name.split("_")))
    parts.functions.append(f"// Yields the {sequence.title}, in order.\nfunction* {name}() {{\n{indent(sequence.node, '  ')}\n}}")
    if goal.count is not None:
        parts.constants.append(f"const COUNT = {goal.count};")
    if goal.low is not None:
        parts.constants.append(f"const LOW = {goal.low}n;")
    if goal.high is not None:
        parts.constants.append(f"const HIGH = {goal.high}n;")
    parts.main.append("const found = [];")
    parts.main.append(f"for (const n of {name}()) {{")
    if goal.high is not None:
        parts.main.append("  if (n > HIGH) break;")
    parts.main.append("  if (n >= LOW) found.push(n);" if goal.low is not None else "  found.push(n);")
    if goal.count is not None:
        parts.main.append("  if (found.length === COUNT) break;")
    parts.main.append("}")
    if goal.descending:
        parts.main.append("found.reverse();")
    if not goal.reduce:
        _write_list(parts, output, "lines" if goal.kind == "fizzbuzz" else "numbers", numbers=True)
        return
    fold = {
        "sum": "found.reduce((a, b) => a + b, 0n)",
        "product": "found.reduce((a, b) => a * b, 1n)",
        "count": "found.length",
        "mean": "Number(found.reduce((a, b) => a + b, 0n)) / found.length",
        "last": "found[found.length - 1]",
    }[goal.reduce]
    parts.main.append(f"const total = {fold};")
    _write(parts, output, "`${total}`" if output.path else f"`{goal.reduce}: ${{total}}`", f"{goal.reduce}: ${{total}}")


def _grid(parts: _Parts, goal: Grid, output: Output) -> None:
    if goal.only is not None:
        parts.constants += [f"const NUMBER = {goal.only};", f"const LAST = {goal.columns};"]
        parts.main += ["const lines = [];", "for (let n = 1; n <= LAST; n++) lines.push(`${NUMBER} x ${n} = ${NUMBER * n}`);"]
    else:
        parts.constants += [f"const ROWS = {goal.rows};", f"const COLUMNS = {goal.columns};"]
        parts.main += ["const width = String(ROWS * COLUMNS).length;", "const lines = [];"]
        if output.style == "csv":
            parts.main.append("lines.push(['x', ...Array.from({ length: COLUMNS }, (_, at) => at + 1)].join(','));")
        parts.main += [
            "for (let row = 1; row <= ROWS; row++) {",
            "  const values = Array.from({ length: COLUMNS }, (_, at) => row * (at + 1));",
            "  lines.push([row, ...values].join(','));"
            if output.style == "csv"
            else "  lines.push(values.map((n) => String(n).padStart(width)).join('  '));",
            "}",
        ]
    _write(parts, output, "lines.join('\\n')", "Wrote the table to ${OUTPUT}.")


_CELL = """// A CSV cell, quoted where it has to be.
function cell(text) {
  return /[",\\n]/.test(text) ? `"${String(text).replaceAll('"', '""')}"` : String(text);
}"""
_COMPARE = """// Plain order of code points.
function compare(a, b) {
  return a < b ? -1 : a > b ? 1 : 0;
}"""


def _pipe(parts: _Parts, goal: Pipe, output: Output, *, argument: bool) -> None:
    names = json.dumps(list(goal.inputs), ensure_ascii=False)
    parts.constants.append(
        f"const INPUTS = process.argv.length > 2 ? process.argv.slice(2) : {names};" if argument else f"const INPUTS = {names};"
    )
    parts.main.append("const text = INPUTS.map((path) => fs.readFileSync(path, 'utf8').replace(/^\\uFEFF/, '')).join('\\n');")
    parts.main.append(f"let found = {_pieces(parts, goal)};")
    if not goal.blanks:
        parts.main.append("found = found.filter((item) => item.trim());")
    if goal.contains:
        parts.main.append(f"found = found.filter((item) => item.toLowerCase().includes({json.dumps(goal.contains.lower())}));")
    if goal.lacks:
        parts.main.append(f"found = found.filter((item) => !item.toLowerCase().includes({json.dumps(goal.lacks.lower())}));")
    if goal.longer is not None:
        parts.main.append(f"found = found.filter((item) => [...item].length > {goal.longer});")
    if goal.case:
        parts.main.append(f"found = found.map((item) => item.to{goal.case.title()}Case());")
    noun = NAMES[goal.piece][1]
    if goal.counts:
        _count(parts, goal, output)
        return
    if goal.unique:
        parts.main.append("found = [...new Set(found)]; // each once, where it stands first")
    _order(parts, goal)
    if goal.limit is not None:
        parts.main.append(f"found = found.slice(0, {goal.limit});")
    if goal.total:
        _write(
            parts, output, "String(found.length)" if output.path else f"`{noun}: ${{found.length}}`", f"{noun}: ${{found.length}}"
        )
    else:
        _write_list(parts, output, noun, numbers=False)


def _pieces(parts: _Parts, goal: Pipe) -> str:
    match goal.piece:
        case "lines":
            return "text.replace(/\\r?\\n$/, '').split(/\\r?\\n/)"
        case "characters":
            return "[...text].filter((character) => character.trim())"
        case "words":
            parts.constants.append('// Letters and digits, with apostrophes and hyphens inside: "don\'t" is one word.')
            parts.constants.append(f"const WORD = /{WORD_JS}/gu;")
            return "text.match(WORD) ?? []"
        case _:
            parts.constants.append(f"const PATTERN = /{goal.pattern or KINDS[goal.piece]}/g;")
            return "text.match(PATTERN) ?? []"


def _count(parts: _Parts, goal: Pipe, output: Output) -> None:
    parts.functions.append(_COMPARE)
    name = NAMES[goal.piece][0].split()[-1].lower()
    parts.main += ["const counts = new Map();", "for (const item of found) counts.set(item, (counts.get(item) ?? 0) + 1);"]
    by = "compare(a[0], b[0])" if goal.order == "text" else "b[1] - a[1] || compare(a[0], b[0])"
    cut = f".slice(0, {goal.limit})" if goal.limit is not None else ""
    parts.main.append(f"const rows = [...counts].sort((a, b) => {by}){cut};")
    if output.style == "csv":
        parts.functions.append(_CELL)
    text = {
        "json": f"JSON.stringify(rows.map(([{name}, count]) => ({{ {name}, count }})), null, 2)",
        "csv": f"['{name},count', ...rows.map((row) => row.map(cell).join(','))].join('\\n')",
    }.get(output.style, f"rows.map((row) => row.join({json.dumps(output.between)})).join('\\n')")
    _write(parts, output, text, "Wrote ${rows.length} rows to ${OUTPUT}.")


def _write_rows(parts: _Parts, output: Output, header: list[str]) -> None:
    """Write a list of arrays named `rows`."""
    names = ", ".join(f"{name}: row[{at}]" for at, name in enumerate(header))
    text = {
        "json": f"JSON.stringify(rows.map((row) => ({{ {names} }})), null, 2)",
        "csv": f"['{','.join(header)}', ...rows.map((row) => row.join(','))].join('\\n')",
    }.get(output.style, f"rows.map((row) => row.join({json.dumps(output.between)})).join('\\n')")
    _write(parts, output, text, "Wrote ${rows.length} rows to ${OUTPUT}.")


_STATISTICS = {
    "sum": "values.reduce((a, b) => a + b, 0)",
    "mean": "values.reduce((a, b) => a + b, 0) / values.length",
    "min": "Math.min(...values)",
    "max": "Math.max(...values)",
    "count": "values.length",
    "median": "(sorted[(sorted.length - 1) >> 1] + sorted[sorted.length >> 1]) / 2",
}


def _readings(parts: _Parts, goal: Readings, output: Output) -> None:
    parts.constants.append(f"const INPUT = {json.dumps(goal.input, ensure_ascii=False)};")
    places = 6 if goal.decimals is None else goal.decimals
    parts.functions.append(
        f"// Rounded to {places} decimals.\nfunction rounded(value) {{\n  return Number(value.toFixed({places}));\n}}"
    )
    parts.main.append("const lines = fs.readFileSync(INPUT, 'utf8').replace(/^\\uFEFF/, '').split(/\\r?\\n/);")
    parts.main.append("const values = lines.filter((line) => line.trim()).map(Number);")
    parts.main.append("if (values.some(Number.isNaN)) throw new Error(`${INPUT} holds a line that is no number`);")
    if "median" in goal.fns:
        parts.main.append("const sorted = [...values].sort((a, b) => a - b);")
    rows = ", ".join(f"['{fn}', rounded({_STATISTICS[fn]})]" for fn in goal.fns)
    parts.main.append(f"const rows = [{rows}];")
    if output.style == "json":
        _write(parts, output, "JSON.stringify(Object.fromEntries(rows), null, 2)", "Wrote ${rows.length} values to ${OUTPUT}.")
    else:
        _write_rows(parts, output, ["what", "value"])
    if output.path:
        parts.main.append("for (const [what, value] of rows) console.log(`${what}: ${value}`);")


def _types(parts: _Parts, goal: Types, output: Output) -> None:
    parts.constants += ["const path = require('node:path');", f"const FOLDER = {json.dumps(goal.folder, ensure_ascii=False)};"]
    parts.functions.append(_COMPARE)
    deep = "true" if goal.deep else "false"
    parts.main += [
        "const counts = new Map();",
        f"for (const entry of fs.readdirSync(FOLDER, {{ withFileTypes: true, recursive: {deep} }})) {{",
        "  if (!entry.isFile()) continue;",
        "  const type = path.extname(entry.name).slice(1) || '(none)';",
        "  counts.set(type, (counts.get(type) ?? 0) + 1);",
        "}",
        "const rows = [...counts].sort((a, b) => b[1] - a[1] || compare(a[0], b[0]));",
    ]
    _write_rows(parts, output, ["extension", "count"])


def _order(parts: _Parts, goal: Pipe) -> None:
    if goal.order == "reverse":
        parts.main.append("found.reverse();")
        return
    if not goal.order:
        return
    if goal.order != "number":
        parts.functions.append(_COMPARE)
    by = {
        "text": "compare({0}, {1})",
        "number": "Number({0}) - Number({1})",
        "length": "[...{0}].length - [...{1}].length || compare({0}, {1})",
    }
    first, second = ("b", "a") if goal.descending else ("a", "b")
    parts.main.append(f"found.sort((a, b) => {by[goal.order].format(first, second)});")
