"""Python: a goal as a small, readable Python program."""

from dataclasses import dataclass, field
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
    Program,
    Readings,
    Say,
)
from arkwright.planner.recipes.code.patterns import KINDS, NAMES, WORD
from arkwright.planner.recipes.code.sequences import SEQUENCES
from arkwright.planner.recipes.code.units import UNITS


@dataclass(slots=True)
class _Parts:
    """A program while it is put together; `main` are the lines of main()."""

    imports: set[str] = field(default_factory=set[str])
    constants: list[str] = field(default_factory=list[str])
    functions: list[str] = field(default_factory=list[str])
    main: list[str] = field(default_factory=list[str])


def python(program: Program) -> str:
    """The source text of a Python program that does it."""
    parts = _Parts()
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
            _columns(parts, goal, program.output)
        case Readings():
            _readings(parts, goal, program.output)
        case Census():
            _census(parts, goal, program.output)
        case Log():
            _log(parts, goal, program.output)
        case Say():
            parts.constants.append(f"TEXT = {_text(goal.text)}")
            parts.main.append(f"lines = [TEXT] * {goal.times}")
            _write_list(parts, program.output, "lines", "lines")
        case _:
            assert_never(goal)
    return _assemble(program.purpose, parts)


def _assemble(purpose: str, parts: _Parts) -> str:
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


# ---- writing results


def _write_list(parts: _Parts, output: Output, items: str, noun: str) -> None:
    """The lines of main() that write the list named `items` and say so."""
    if output.path:
        parts.constants.append(f"OUTPUT = {_text(output.path)}")
    if output.style == "json":
        parts.imports.add("import json")
        _write_text(parts, output, f"json.dumps({items}, ensure_ascii=False, indent=2)")
    elif output.style == "comma":
        _write_text(parts, output, f'", ".join(str(item) for item in {items})')
    elif output.style == "numbered":
        _write_lines(parts, output, f"number, item in enumerate({items}, 1)", "{number}: {item}")
    elif output.style == "csv":
        _write_rows(parts, output, [noun.split()[-1]], f"[item] for item in {items}")
    else:
        _write_lines(parts, output, f"item in {items}", "{item}")
    if output.path:
        parts.main.append(f'print(f"Wrote {{len({items})}} {noun} to {{OUTPUT}}.")')


def _write_text(parts: _Parts, output: Output, text: str) -> None:
    if output.path:
        parts.main += ['with open(OUTPUT, "w", encoding="utf-8") as out:', f"    print({text}, file=out)"]
    else:
        parts.main.append(f"print({text})")


def _write_lines(parts: _Parts, output: Output, loop: str, line: str) -> None:
    if output.path:
        parts.main += ['with open(OUTPUT, "w", encoding="utf-8") as out:', f"    for {loop}:", f'        out.write(f"{line}\\n")']
    else:
        shown = line[1:-1] if line in ("{item}", "{text}") else f'f"{line}"'
        parts.main += [f"for {loop}:", f"    print({shown})"]


def _write_rows(parts: _Parts, output: Output, header: list[str], rows: str) -> None:
    parts.imports.add("import csv")
    if output.path:
        parts.main += [
            'with open(OUTPUT, "w", newline="", encoding="utf-8") as out:',
            "    writer = csv.writer(out)",
            f"    writer.writerow([{', '.join(map(_text, header))}])",
            f"    writer.writerows({rows})",
        ]
    else:
        parts.imports.add("import sys")
        parts.main += [
            "writer = csv.writer(sys.stdout)",
            f"writer.writerow([{', '.join(map(_text, header))}])",
            f"writer.writerows({rows})",
        ]


def _write_table(parts: _Parts, output: Output, header: list[str], rows: str, labels: list[str] | None = None) -> None:
    """Write a list of tuples named `rows` in the output's style; `labels` name its columns, if not the variables in `header`."""
    if output.path:
        parts.constants.append(f"OUTPUT = {_text(output.path)}")
    if output.style == "json":
        parts.imports.add("import json")
        keys = ", ".join(f"{_text(label)}: {name}" for label, name in zip(labels or header, header, strict=True))
        parts.main.append(f"records = [{{{keys}}} for {', '.join(header)} in {rows}]")
        _write_text(parts, output, "json.dumps(records, ensure_ascii=False, indent=2, default=float)")
    elif output.style == "csv":
        _write_rows(parts, output, labels or header, rows)
    else:
        line = output.between.replace("\t", "\\t").join(f"{{{name}}}" for name in header)
        _write_lines(parts, output, f"{', '.join(header)} in {rows}", line)
    if output.path:
        parts.main.append(f'print(f"Wrote {{len({rows})}} rows to {{OUTPUT}}.")')


def _write_value(parts: _Parts, output: Output, value: str, label: str) -> None:
    """Write one value, or print it with its label."""
    if output.path:
        parts.constants.append(f"OUTPUT = {_text(output.path)}")
        text = f'json.dumps({{"{label}": {value}}}, default=float)' if output.style == "json" else value
        if output.style == "json":
            parts.imports.add("import json")
        _write_text(parts, output, text)
    parts.main.append(f'print(f"{label}: {{{value}}}")')


# ---- numbers


def _numbers(parts: _Parts, goal: Numbers, output: Output) -> None:
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
        _write_list(parts, output, "found", "lines" if goal.kind == "fizzbuzz" else "numbers")


def _reduce(parts: _Parts, fn: str, output: Output) -> None:
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
    _write_value(parts, output, "total", fn)


def _constants(names: tuple[str, ...], argument: tuple[int, ...]) -> list[str]:
    if names == ("DIVISORS",):
        return [f"({', '.join(map(str, argument))}{',' if len(argument) == 1 else ''})"]
    return [str(value) for value in argument]


def _grid(parts: _Parts, goal: Grid, output: Output) -> None:
    if output.path:
        parts.constants.append(f"OUTPUT = {_text(output.path)}")
    if goal.only is not None:
        parts.constants += [f"NUMBER = {goal.only}", f"LAST = {goal.columns}"]
        parts.main.append('lines = [f"{NUMBER} x {n} = {NUMBER * n}" for n in range(1, LAST + 1)]')
        _write_text(parts, output, '"\\n".join(lines)')
    else:
        parts.constants += [f"ROWS = {goal.rows}", f"COLUMNS = {goal.columns}"]
        parts.main.append("table = [[row * column for column in range(1, COLUMNS + 1)] for row in range(1, ROWS + 1)]")
        if output.style == "csv":
            _write_rows(
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
            _write_text(parts, output, '"\\n".join(lines)')
    if output.path:
        parts.main.append('print(f"Wrote the table to {OUTPUT}.")')


def _degrees(parts: _Parts, goal: Degrees, output: Output) -> None:
    parts.imports.add("from decimal import Decimal")
    parts.constants += [f'LOW, HIGH, STEP = Decimal("{goal.low:g}"), Decimal("{goal.high:g}"), Decimal("{goal.step:g}")']
    parts.functions.append(_converter(goal.source, goal.target, exact=True))
    parts.main += [
        "rows, value = [], LOW",
        "while value <= HIGH:",
        "    rows.append((value, round(convert(value), 2)))",
        "    value += STEP",
    ]
    _write_table(parts, output, [UNITS[goal.source].name, UNITS[goal.target].name], "rows")


def _converter(source: str, target: str, *, exact: bool = False) -> str:
    expression = UNITS[source].to(target, "Decimal('{}')" if exact else "{}")
    return f'def convert(value):\n    """{UNITS[source].title} to {UNITS[target].title}."""\n    return {expression}'


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


def _pipe(parts: _Parts, goal: Pipe, output: Output, *, argument: bool) -> None:
    parts.functions.append(_READ)
    if argument:
        parts.imports.add("import sys")
        parts.main.append(f"inputs = sys.argv[1:] or {list(goal.inputs)!r}".replace("'", '"'))
    else:
        parts.constants.append(f"INPUTS = [{', '.join(_text(name) for name in goal.inputs)}]")
    parts.main.append(f'text = "\\n".join(read(path) for path in {"inputs" if argument else "INPUTS"})')
    parts.main.append(f"found = {_pieces(parts, goal)}")
    _keep(parts, goal)
    _arrange(parts, goal)
    plural = NAMES[goal.piece][1]
    if goal.total:
        parts.main.append("total = len(found)")
        _write_value(parts, output, "total", plural)
    elif goal.counts:
        _write_table(parts, output, [NAMES[goal.piece][0].split()[-1].lower(), "count"], "found")
    else:
        _write_list(parts, output, "found", plural)


def _pieces(parts: _Parts, goal: Pipe) -> str:
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


def _keep(parts: _Parts, goal: Pipe) -> None:
    if not goal.blanks:
        parts.main.append("found = [item for item in found if item.strip()]")
    if goal.contains:
        parts.main.append(f"found = [item for item in found if {_text(goal.contains.lower())} in item.lower()]")
    if goal.lacks:
        parts.main.append(f"found = [item for item in found if {_text(goal.lacks.lower())} not in item.lower()]")
    if goal.longer is not None:
        parts.main.append(f"found = [item for item in found if len(item) > {goal.longer}]")
    if goal.case:
        parts.main.append(f"found = [item.{goal.case}() for item in found]")


def _arrange(parts: _Parts, goal: Pipe) -> None:
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


# ---- tables and folders


_NUMBER = '''def number(cell):
    """A cell as an exact number, or None when it is blank or not a number."""
    try:
        return Decimal(cell.strip(){fixes})
    except (InvalidOperation, AttributeError):
        return None'''
_FOLD = {
    "sum": "sum(values)",
    "mean": "round(sum(values) / len(values), 6)",
    "min": "min(values)",
    "max": "max(values)",
    "count": "len(values)",
    "median": "statistics.median(values)",
}


def _columns(parts: _Parts, goal: Columns, output: Output) -> None:
    parts.imports |= {"import csv", "from decimal import Decimal, InvalidOperation", "from collections import defaultdict"}
    if goal.fn == "median":
        parts.imports.add("import statistics")
    parts.constants += [f"INPUT = {_text(goal.input)}", f"COLUMN = {_text(goal.column)}"]
    fixes = '.replace(".", "").replace(",", ".")' if goal.decimal == "," else '.replace(",", "")'
    parts.functions.append(_NUMBER.replace("{fixes}", fixes))
    key = "row[GROUP]" if goal.by else '"all"'
    if goal.by:
        parts.constants.append(f"GROUP = {_text(goal.by)}")
    parts.main += [
        "groups = defaultdict(list)",
        f'with open(INPUT, newline="", encoding={_text(goal.encoding)}) as source:',
        f"    for row in csv.DictReader(source, delimiter={_text(goal.delimiter)}):",
        "        value = number(row[COLUMN])",
        "        if value is not None:",
        f"            groups[{key}].append(value)",
    ]
    if goal.by:
        parts.main.append(f"rows = [(group, {_FOLD[goal.fn]}) for group, values in sorted(groups.items())]")
        _write_table(parts, output, ["group", goal.fn], "rows", [goal.by, f"{goal.fn} of {goal.column}"])
        return
    parts.main += ['values = groups["all"]', f"{goal.fn}_value = {_FOLD[goal.fn]}"]
    _write_value(parts, output, f"{goal.fn}_value", goal.fn)


def _readings(parts: _Parts, goal: Readings, output: Output) -> None:
    parts.imports.add("from decimal import Decimal")
    parts.constants.append(f"INPUT = {_text(goal.input)}")
    parts.main += [
        'with open(INPUT, encoding="utf-8-sig") as source:',
        "    values = [Decimal(line.strip()) for line in source if line.strip()]",
    ]
    if goal.target:
        parts.functions.append(_converter(goal.source, goal.target, exact=True))
        if output.style not in ("csv", "json") and not goal.both:
            parts.main.append("found = [round(convert(value), 2) for value in values]")
            _write_list(parts, output, "found", "values")
            return
        parts.main.append("rows = [(value, round(convert(value), 2)) for value in values]")
        _write_table(parts, output, [UNITS[goal.source].name, UNITS[goal.target].name], "rows")
        return
    if "median" in goal.fns:
        parts.imports.add("import statistics")
    parts.main.append("rows = [" + ", ".join(f'("{fn}", {_FOLD[fn]})' for fn in goal.fns) + "]")
    if len(goal.fns) == 1:
        parts.main.append("value = rows[0][1]")
        _write_value(parts, output, "value", goal.fns[0])
    else:
        _write_table(parts, output, ["what", "value"], "rows")
        if output.path:
            parts.main += ["for what, value in rows:", '    print(f"{what}: {value}")']


def _census(parts: _Parts, goal: Census, output: Output) -> None:
    parts.imports.add("from pathlib import Path")
    parts.constants += [f"FOLDER = Path({_text(goal.folder or '.')})", f"PATTERN = {_text(goal.pattern)}"]
    measure = {
        "lines": 'len(path.read_text(encoding="utf-8", errors="replace").splitlines())',
        "words": 'len(path.read_text(encoding="utf-8", errors="replace").split())',
        "size": "path.stat().st_size",
    }[goal.measure]
    parts.main += [
        "paths = sorted(path for path in FOLDER.rglob(PATTERN) if path.is_file())",
        f"rows = [(path.as_posix(), {measure}) for path in paths]",
    ]
    _write_table(parts, output, ["file", goal.measure], "rows")


_LINE = (
    r'LINE = re.compile(r"(?P<ip>\S+) \S+ \S+ \[[^:]+:(?P<hour>\d\d)[^\]]*\] '
    r'\"(?P<method>\S+) (?P<url>\S+)[^\"]*\" (?P<status>\d{3})")'
)


def _log(parts: _Parts, goal: Log, output: Output) -> None:
    parts.imports |= {"import re", "from collections import Counter"}
    parts.constants += [f"INPUT = {_text(goal.input)}", "# A line of the common or combined log format.", _LINE]
    parts.main += [
        "counts = Counter()",
        'with open(INPUT, encoding="utf-8", errors="replace") as source:',
        "    for line in source:",
        "        if match := LINE.match(line):",
        f'            counts[match["{goal.field}"]] += 1',
        "# The most frequent first; equal counts in the order of their names.",
        "rows = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))" + (f"[:{goal.limit}]" if goal.limit else ""),
    ]
    _write_table(parts, output, [goal.field, "count"], "rows")


def _text(value: str) -> str:
    """A Python string literal in double quotes."""
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"').replace("\t", "\\t").replace("\n", "\\n") + '"'
