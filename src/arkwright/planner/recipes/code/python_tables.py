"""Python tables: programs over columns, readings, folders and logs."""

from arkwright.planner.recipes.code.goals import Census, Columns, Log, Output, Powers, Readings, Types
from arkwright.planner.recipes.code.python_parts import (
    Parts,
    converter,
    literal,
    write_list,
    write_table,
    write_text,
    write_value,
)
from arkwright.planner.recipes.code.units import UNITS

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


def write_columns(parts: Parts, goal: Columns, output: Output) -> None:
    """The lines of main() for this goal."""
    parts.imports |= {"import csv", "from decimal import Decimal, InvalidOperation", "from collections import defaultdict"}
    if goal.fn == "median":
        parts.imports.add("import statistics")
    parts.constants += [f"INPUT = {literal(goal.input)}", f"COLUMN = {literal(goal.column)}"]
    fixes = '.replace(".", "").replace(",", ".")' if goal.decimal == "," else '.replace(",", "")'
    parts.functions.append(_NUMBER.replace("{fixes}", fixes))
    key = "row[GROUP]" if goal.by else '"all"'
    if goal.by:
        parts.constants.append(f"GROUP = {literal(goal.by)}")
    parts.main += [
        "groups = defaultdict(list)",
        f'with open(INPUT, newline="", encoding={literal(goal.encoding)}) as source:',
        f"    for row in csv.DictReader(source, delimiter={literal(goal.delimiter)}):",
        "        value = number(row[COLUMN])",
        "        if value is not None:",
        f"            groups[{key}].append(value)",
    ]
    if goal.by:
        parts.main.append(f"rows = [(group, {_FOLD[goal.fn]}) for group, values in sorted(groups.items())]")
        write_table(parts, output, ["group", goal.fn], "rows", [goal.by, f"{goal.fn} of {goal.column}"])
        return
    parts.main += ['values = groups["all"]', f"{goal.fn}_value = {_FOLD[goal.fn]}"]
    write_value(parts, output, f"{goal.fn}_value", goal.fn)


def write_readings(parts: Parts, goal: Readings, output: Output) -> None:
    """The lines of main() for this goal."""
    parts.imports.add("from decimal import Decimal")
    parts.constants.append(f"INPUT = {literal(goal.input)}")
    parts.main += [
        'with open(INPUT, encoding="utf-8-sig") as source:',
        "    values = [Decimal(line.strip()) for line in source if line.strip()]",
    ]
    if goal.target:
        parts.functions.append(converter(goal.source, goal.target, exact=True))
        if output.style not in ("csv", "json") and not goal.both:
            parts.main.append("found = [round(convert(value), 2) for value in values]")
            write_list(parts, output, "found", "values")
            return
        parts.main.append("rows = [(value, round(convert(value), 2)) for value in values]")
        write_table(parts, output, [UNITS[goal.source].name, UNITS[goal.target].name], "rows")
        return
    if "median" in goal.fns:
        parts.imports.add("import statistics")
    folds = {fn: _FOLD[fn] if goal.decimals is None else f"round({_FOLD[fn]}, {goal.decimals})" for fn in goal.fns}
    if goal.decimals is not None:
        folds["mean"] = f"round(sum(values) / len(values), {goal.decimals})"
    parts.main.append("rows = [" + ", ".join(f'("{fn}", {folds[fn]})' for fn in goal.fns) + "]")
    if len(goal.fns) == 1:
        parts.main.append("value = rows[0][1]")
        write_value(parts, output, "value", goal.fns[0])
    elif output.style == "json":
        parts.imports.add("import json")
        if output.path:
            parts.constants.append(f"OUTPUT = {literal(output.path)}")
        write_text(parts, output, "json.dumps(dict(rows), indent=2, default=float)")
        if output.path:
            parts.main += ["for what, value in rows:", '    print(f"{what}: {value}")']
    else:
        write_table(parts, output, ["what", "value"], "rows")
        if output.path:
            parts.main += ["for what, value in rows:", '    print(f"{what}: {value}")']


def write_types(parts: Parts, goal: Types, output: Output) -> None:
    """The lines of main() for this goal."""
    parts.imports |= {"from collections import Counter", "from pathlib import Path"}
    parts.constants.append(f"FOLDER = Path({literal(goal.folder)})")
    walk = 'FOLDER.rglob("*")' if goal.deep else "FOLDER.iterdir()"
    parts.main += [
        f'counts = Counter(path.suffix.lstrip(".") or "(none)" for path in {walk} if path.is_file())',
        "# The most frequent first; equal counts in the order of their names.",
        "rows = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))",
    ]
    write_table(parts, output, ["extension", "count"], "rows")


def write_powers(parts: Parts, goal: Powers, output: Output) -> None:
    """The lines of main() for this goal."""
    parts.constants.append(f"LOW, HIGH = {goal.low}, {goal.high}")
    terms = ", ".join("n" if e == 1 else f"n**{e}" for e in goal.exponents)
    parts.main.append(f"rows = [({terms}) for n in range(LOW, HIGH + 1)]")
    names = {1: "n", 2: "n_squared", 3: "n_cubed"}
    write_table(parts, output, [names[e] for e in goal.exponents], "rows")


def write_census(parts: Parts, goal: Census, output: Output) -> None:
    """The lines of main() for this goal."""
    parts.imports.add("from pathlib import Path")
    parts.constants += [f"FOLDER = Path({literal(goal.folder or '.')})", f"PATTERN = {literal(goal.pattern)}"]
    measure = {
        "lines": 'len(path.read_text(encoding="utf-8", errors="replace").splitlines())',
        "words": 'len(path.read_text(encoding="utf-8", errors="replace").split())',
        "size": "path.stat().st_size",
    }[goal.measure]
    parts.main += [
        "paths = sorted(path for path in FOLDER.rglob(PATTERN) if path.is_file())",
        f"rows = [(path.as_posix(), {measure}) for path in paths]",
    ]
    write_table(parts, output, ["file", goal.measure], "rows")


_LINE = (
    r'LINE = re.compile(r"(?P<ip>\S+) \S+ \S+ \[[^:]+:(?P<hour>\d\d)[^\]]*\] '
    r'\"(?P<method>\S+) (?P<url>\S+)[^\"]*\" (?P<status>\d{3})")'
)


def write_log(parts: Parts, goal: Log, output: Output) -> None:
    """The lines of main() for this goal."""
    parts.imports |= {"import re", "from collections import Counter"}
    parts.constants += [f"INPUT = {literal(goal.input)}", "# A line of the common or combined log format.", _LINE]
    parts.main += [
        "counts = Counter()",
        'with open(INPUT, encoding="utf-8", errors="replace") as source:',
        "    for line in source:",
        "        if match := LINE.match(line):",
        f'            counts[match["{goal.field}"]] += 1',
        "# The most frequent first; equal counts in the order of their names.",
        "rows = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))" + (f"[:{goal.limit}]" if goal.limit else ""),
    ]
    write_table(parts, output, [goal.field, "count"], "rows")
