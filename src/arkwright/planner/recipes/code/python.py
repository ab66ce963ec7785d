"""Python: a goal as a small, readable Python program."""

from textwrap import indent, wrap
from typing import assert_never

from arkwright.planner.recipes.code.goals import (
    Census,
    Columns,
    Degrees,
    Grid,
    Log,
    Numbers,
    Output,
    Pipe,
    Powers,
    Program,
    Readings,
    Say,
    Types,
)
from arkwright.planner.recipes.code.patterns import KINDS, NAMES, WORD
from arkwright.planner.recipes.code.python_parts import (
    Parts,
    converter,
    literal,
    write_list,
    write_rows,
    write_table,
    write_text,
    write_value,
)
from arkwright.planner.recipes.code.python_tables import (
    write_census,
    write_columns,
    write_log,
    write_powers,
    write_readings,
    write_types,
)
from arkwright.planner.recipes.code.sequences import SEQUENCES
from arkwright.planner.recipes.code.units import UNITS


def python(program: Program) -> str:
    """The source text of a Python program that does it."""
    parts = Parts()
    goal = program.goal
    match goal:
        case Numbers():
            _numbers(parts, goal, program.output)
        case Grid():
            _grid(parts, goal, program.output)
        case Degrees():
            _degrees(parts, goal, program.output)
        case Pipe():
            _pipe(parts, goal, program.output, argument=program.argument)
        case Columns():
            write_columns(parts, goal, program.output)
        case Readings():
            write_readings(parts, goal, program.output)
        case Types():
            write_types(parts, goal, program.output)
        case Powers():
            write_powers(parts, goal, program.output)
        case Census():
            write_census(parts, goal, program.output)
        case Log():
            write_log(parts, goal, program.output)
        case Say():
            parts.constants.append(f"TEXT = {literal(goal.text)}")
            parts.main.append(f"lines = [TEXT] * {goal.times}")
            write_list(parts, program.output, "lines", "lines")
        case _:
            assert_never(goal)
    return _assemble(program.purpose, parts)


def _assemble(purpose: str, parts: Parts) -> str:
    title = "\n".join(wrap(purpose, 100))
    plain = sorted(line for line in parts.imports if line.startswith("import "))
    named = sorted(line for line in parts.imports if line.startswith("from "))
    top = ['"""' + title + '"""']
    if plain or named:
        top += ["", *plain, *named]
    if parts.constants:
        top += ["", *parts.constants]
    main = "def main():\n" + indent("\n".join(parts.main), "    ")
    return "\n\n\n".join(["\n".join(top), *parts.functions, main, 'if __name__ == "__main__":\n    main()']) + "\n"


# ---- numbers


def _numbers(parts: Parts, goal: Numbers, output: Output) -> None:
    sequence = SEQUENCES[goal.kind]
    used = [word for word in ("chain", "count", "takewhile") if f"{word}(" in sequence.python]
    for name, value in zip(sequence.constants, _constants(sequence.constants, goal.argument), strict=True):
        parts.constants.append(f"{name} = {value}")
    parts.functions.append(
        f'def {sequence.name}():\n    """Yield the {sequence.title}, in order."""\n' + indent(sequence.python, "    ")
    )
    steps = f"{sequence.name}()"
    if goal.low is not None:
        parts.constants.append(f"LOW = {goal.low}")
        used.append("dropwhile")
        steps = f"dropwhile(lambda n: n < LOW, {steps})"
    if goal.high is not None:
        parts.constants.append(f"HIGH = {goal.high}")
        used.append("takewhile")
        steps = f"takewhile(lambda n: n <= HIGH, {steps})"
    if goal.count is not None:
        parts.constants.append(f"COUNT = {goal.count}")
        used.append("islice")
        steps = f"islice({steps}, COUNT)"
    if used:
        parts.imports.add("from itertools import " + ", ".join(sorted(set(used))))
    if goal.count and goal.count > 400:
        parts.imports.add("import sys")
        parts.main.append("sys.set_int_max_str_digits(0)  # Python refuses to print very long numbers otherwise")
    parts.main.append(f"found = list({steps})")
    if goal.descending:
        parts.main.append("found.reverse()")
    if goal.reduce:
        _reduce(parts, goal.reduce, output)
    else:
        write_list(parts, output, "found", "lines" if goal.kind == "fizzbuzz" else "numbers")


def _reduce(parts: Parts, fn: str, output: Output) -> None:
    if fn == "product":
        parts.imports.add("import math")
    parts.main.append(
        {
            "sum": "total = sum(found)",
            "count": "total = len(found)",
            "product": "total = math.prod(found)",
            "mean": "total = sum(found) / len(found)",
            "last": "total = found[-1]",
        }[fn]
    )
    write_value(parts, output, "total", fn)


def _constants(names: tuple[str, ...], argument: tuple[int, ...]) -> list[str]:
    if names == ("DIVISORS",):
        return [f"({', '.join(map(str, argument))}{',' if len(argument) == 1 else ''})"]
    return [str(value) for value in argument]


def _grid(parts: Parts, goal: Grid, output: Output) -> None:
    if output.path:
        parts.constants.append(f"OUTPUT = {literal(output.path)}")
    if goal.only is not None:
        parts.constants += [f"NUMBER = {goal.only}", f"LAST = {goal.columns}"]
        parts.main.append('lines = [f"{NUMBER} x {n} = {NUMBER * n}" for n in range(1, LAST + 1)]')
        write_text(parts, output, '"\\n".join(lines)')
    else:
        parts.constants += [f"ROWS = {goal.rows}", f"COLUMNS = {goal.columns}"]
        parts.main.append("table = [[row * column for column in range(1, COLUMNS + 1)] for row in range(1, ROWS + 1)]")
        if output.style == "csv":
            write_rows(
                parts,
                output,
                ["x", *map(str, range(1, goal.columns + 1))],
                "[row, *values] for row, values in enumerate(table, 1)",
            )
        else:
            parts.main += [
                "width = len(str(ROWS * COLUMNS))",
                'lines = ["  ".join(f"{n:>{width}}" for n in row) for row in table]',
            ]
            write_text(parts, output, '"\\n".join(lines)')
    if output.path:
        parts.main.append('print(f"Wrote the table to {OUTPUT}.")')


def _degrees(parts: Parts, goal: Degrees, output: Output) -> None:
    parts.imports.add("from decimal import Decimal")
    parts.constants += [f'LOW, HIGH, STEP = Decimal("{goal.low:g}"), Decimal("{goal.high:g}"), Decimal("{goal.step:g}")']
    parts.functions.append(converter(goal.source, goal.target, exact=True))
    parts.main += [
        "rows, value = [], LOW",
        "while value <= HIGH:",
        "    rows.append((value, round(convert(value), 2)))",
        "    value += STEP",
    ]
    write_table(parts, output, [UNITS[goal.source].name, UNITS[goal.target].name], "rows")


# ---- text


_READ = '''def read(path):
    """The text of a file, whichever of the usual encodings it has."""
    data = open(path, "rb").read()
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return data.decode("latin-1")'''


def _pipe(parts: Parts, goal: Pipe, output: Output, *, argument: bool) -> None:
    parts.functions.append(_READ)
    if argument:
        parts.imports.add("import sys")
        parts.main.append(f"inputs = sys.argv[1:] or {list(goal.inputs)!r}".replace("'", '"'))
    else:
        parts.constants.append(f"INPUTS = [{', '.join(literal(name) for name in goal.inputs)}]")
    parts.main.append(f'text = "\\n".join(read(path) for path in {"inputs" if argument else "INPUTS"})')
    parts.main.append(f"found = {_pieces(parts, goal)}")
    _keep(parts, goal)
    _arrange(parts, goal)
    plural = NAMES[goal.piece][1]
    if goal.total:
        parts.main.append("total = len(found)")
        write_value(parts, output, "total", plural)
    elif goal.counts:
        write_table(parts, output, [NAMES[goal.piece][0].split()[-1].lower(), "count"], "found")
    else:
        write_list(parts, output, "found", plural)


def _pieces(parts: Parts, goal: Pipe) -> str:
    match goal.piece:
        case "lines":
            return "text.splitlines()"
        case "characters":
            return "[character for character in text if not character.isspace()]"
        case "words":
            parts.imports.add("import re")
            parts.constants.append('# Letters and digits, with apostrophes and hyphens inside: "don\'t" is one word.')
            parts.constants.append(f'WORD = re.compile(r"{WORD}")')
            return "WORD.findall(text)"
        case _:
            parts.imports.add("import re")
            source = goal.pattern or KINDS[goal.piece]
            quote = '"""' if '"' in source else '"'
            parts.constants.append(f"PATTERN = re.compile(r{quote}{source}{quote})")
            return "[match.group() for match in PATTERN.finditer(text)]"


def _keep(parts: Parts, goal: Pipe) -> None:
    if not goal.blanks:
        parts.main.append("found = [item for item in found if item.strip()]")
    if goal.contains:
        parts.main.append(f"found = [item for item in found if {literal(goal.contains.lower())} in item.lower()]")
    if goal.lacks:
        parts.main.append(f"found = [item for item in found if {literal(goal.lacks.lower())} not in item.lower()]")
    if goal.longer is not None:
        parts.main.append(f"found = [item for item in found if len(item) > {goal.longer}]")
    if goal.case:
        parts.main.append(f"found = [item.{goal.case}() for item in found]")


def _arrange(parts: Parts, goal: Pipe) -> None:
    reverse = ", reverse=True" if goal.descending else ""
    if goal.counts:
        parts.imports.add("from collections import Counter")
        parts.main.append("# The most frequent first; equal counts in alphabetical order.")
        key = {"text": "lambda pair: pair[0]", "length": "lambda pair: (len(pair[0]), pair[0])"}.get(
            goal.order, "lambda pair: (-pair[1], pair[0])"
        )
        parts.main.append(f"found = sorted(Counter(found).items(), key={key}{reverse if goal.order != 'count' else ''})")
    else:
        if goal.unique:
            parts.main.append("found = list(dict.fromkeys(found))  # each once, where it stands first")
        if goal.order == "reverse":
            parts.main.append("found.reverse()")
        elif goal.order:
            key = {"text": "", "number": "key=float", "length": "key=lambda item: (len(item), item)"}[goal.order]
            parts.main.append(f"found.sort({', '.join(filter(None, [key, reverse.strip(', ')]))})")
    if goal.limit is not None:
        parts.main.append(f"found = found[:{goal.limit}]")
