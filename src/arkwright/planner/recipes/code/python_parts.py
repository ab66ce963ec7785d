"""Python parts: a program while it is put together, and the lines with which it writes its results."""

from dataclasses import dataclass, field

from arkwright.planner.recipes.code.goals import Output
from arkwright.planner.recipes.code.units import UNITS


@dataclass(slots=True)
class Parts:
    """A program while it is put together; `main` are the lines of main()."""

    imports: set[str] = field(default_factory=set[str])
    constants: list[str] = field(default_factory=list[str])
    functions: list[str] = field(default_factory=list[str])
    main: list[str] = field(default_factory=list[str])


def write_list(parts: Parts, output: Output, items: str, noun: str) -> None:
    """The lines of main() that write the list named `items` and say so."""
    if output.path:
        parts.constants.append(f"OUTPUT = {literal(output.path)}")
    if output.style == "json":
        parts.imports.add("import json")
        write_text(parts, output, f"json.dumps({items}, ensure_ascii=False, indent=2)")
    elif output.style == "comma":
        write_text(parts, output, f'", ".join(str(item) for item in {items})')
    elif output.style == "numbered":
        write_lines(parts, output, f"number, item in enumerate({items}, 1)", "{number}: {item}")
    elif output.style == "csv":
        write_rows(parts, output, [noun.split()[-1]], f"[item] for item in {items}")
    else:
        write_lines(parts, output, f"item in {items}", "{item}")
    if output.path:
        parts.main.append(f'print(f"Wrote {{len({items})}} {noun} to {{OUTPUT}}.")')


def write_text(parts: Parts, output: Output, text: str) -> None:
    """Write one text."""
    if output.path:
        parts.main += ['with open(OUTPUT, "w", encoding="utf-8") as out:', f"    print({text}, file=out)"]
    else:
        parts.main.append(f"print({text})")


def write_lines(parts: Parts, output: Output, loop: str, line: str) -> None:
    """Write a line for each item of a loop."""
    if output.path:
        parts.main += ['with open(OUTPUT, "w", encoding="utf-8") as out:', f"    for {loop}:", f'        out.write(f"{line}\\n")']
    else:
        shown = line[1:-1] if line in ("{item}", "{text}") else f'f"{line}"'
        parts.main += [f"for {loop}:", f"    print({shown})"]


def write_rows(parts: Parts, output: Output, header: list[str], rows: str) -> None:
    """Write a CSV."""
    parts.imports.add("import csv")
    if output.path:
        parts.main += [
            'with open(OUTPUT, "w", newline="", encoding="utf-8") as out:',
            "    writer = csv.writer(out)",
            f"    writer.writerow([{', '.join(map(literal, header))}])",
            f"    writer.writerows({rows})",
        ]
    else:
        parts.imports.add("import sys")
        parts.main += [
            "writer = csv.writer(sys.stdout)",
            f"writer.writerow([{', '.join(map(literal, header))}])",
            f"writer.writerows({rows})",
        ]


def write_table(parts: Parts, output: Output, header: list[str], rows: str, labels: list[str] | None = None) -> None:
    """Write a list of tuples named `rows` in the output's style; `labels` name its columns, if not the variables in `header`."""
    if output.path:
        parts.constants.append(f"OUTPUT = {literal(output.path)}")
    if output.style == "json":
        parts.imports.add("import json")
        keys = ", ".join(f"{literal(label)}: {name}" for label, name in zip(labels or header, header, strict=True))
        parts.main.append(f"records = [{{{keys}}} for {', '.join(header)} in {rows}]")
        write_text(parts, output, "json.dumps(records, ensure_ascii=False, indent=2, default=float)")
    elif output.style == "csv":
        write_rows(parts, output, labels or header, rows)
    else:
        line = output.between.replace("\t", "\\t").join(f"{{{name}}}" for name in header)
        write_lines(parts, output, f"{', '.join(header)} in {rows}", line)
    if output.path:
        parts.main.append(f'print(f"Wrote {{len({rows})}} rows to {{OUTPUT}}.")')


def write_value(parts: Parts, output: Output, value: str, label: str) -> None:
    """Write one value, or print it with its label."""
    if output.path:
        parts.constants.append(f"OUTPUT = {literal(output.path)}")
        text = f'json.dumps({{"{label}": {value}}}, default=float)' if output.style == "json" else value
        if output.style == "json":
            parts.imports.add("import json")
        write_text(parts, output, text)
    parts.main.append(f'print(f"{label}: {{{value}}}")')


def converter(source: str, target: str, *, exact: bool = False) -> str:
    """The lines of main() for this goal."""
    expression = UNITS[source].to(target, "Decimal('{}')" if exact else "{}")
    return f'def convert(value):\n    """{UNITS[source].title} to {UNITS[target].title}."""\n    return {expression}'


def literal(value: str) -> str:
    """A Python string literal in double quotes."""
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"').replace("\t", "\\t").replace("\n", "\\n") + '"'
