"""Shell: a goal as a small POSIX shell script, where the standard tools can do it exactly."""

from shlex import quote

from arkwright.planner.recipes.code.goals import Census, Goal, Log, Numbers, Output, Pipe, Program, Say, Types
from arkwright.planner.recipes.code.patterns import NAMES

# Extended regular expressions of grep; no look-around there, so only the kinds that do without.
_GREP = {
    "email": r"[A-Za-z0-9_][A-Za-z0-9_.%+-]*@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+",
    "url": r"https?://[^][[:space:]<>\"'(){}]*[^][[:space:]<>\"'(){}.,;:!?]",
    "words": r"[[:alnum:]]+(['’-][[:alnum:]]+)*",
    "ip": r"\b((25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])\.){3}(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])\b",
}
_LARGEST = 2**63 - 1
_LOOPS: dict[str, str] = {
    "fibonacci": 'a={first} b={second}\nwhile {test}; do\n  emit "$a"\n  next=$((a + b)) a=$b b=$next\ndone',
    "numbers": 'a=1\nwhile {test}; do\n  emit "$a"\n  a=$((a + 1))\ndone',
    "even": 'a=2\nwhile {test}; do\n  emit "$a"\n  a=$((a + 2))\ndone',
    "odd": 'a=1\nwhile {test}; do\n  emit "$a"\n  a=$((a + 2))\ndone',
    "squares": 'n=1 a=1\nwhile {test}; do\n  emit "$a"\n  n=$((n + 1)) a=$((n * n))\ndone',
    "cubes": 'n=1 a=1\nwhile {test}; do\n  emit "$a"\n  n=$((n + 1)) a=$((n * n * n))\ndone',
    "powers": 'a=1\nwhile {test}; do\n  emit "$a"\n  a=$((a * {first}))\ndone',
    "factorials": 'n=1 a=1\nwhile {test}; do\n  emit "$a"\n  n=$((n + 1)) a=$((a * n))\ndone',
    "primes": (
        'a=2\nwhile {test}; do\n  d=2 prime=yes\n  while [ $((d * d)) -le "$a" ]; do\n'
        "    if [ $((a % d)) -eq 0 ]; then prime=no; break; fi\n    d=$((d + 1))\n  done\n"
        '  if [ "$prime" = yes ]; then emit "$a"; fi\n  a=$((a + 1))\ndone'
    ),
}


def writable(goal: Goal, output: Output) -> bool:
    """Whether plain shell tools can do this exactly."""
    if output.style not in ("lines", "csv"):
        return False
    if isinstance(goal, Numbers):
        return goal.kind in _LOOPS and not goal.reduce and not goal.descending and _fits(goal) and output.style == "lines"
    if isinstance(goal, Say):
        return goal.times == 1 and output.style == "lines"
    if isinstance(goal, Types | Census):
        return True
    if isinstance(goal, Log):
        return goal.field != "hour"
    if not isinstance(goal, Pipe) or goal.longer is not None or goal.order == "length":
        return False
    return goal.piece == "lines" or goal.piece in _GREP


def shell(program: Program) -> str:
    """The source text of a shell script that does it.

    Raises:
        ValueError: the goal is not `writable`.
    """
    goal, output = program.goal, program.output
    head = f"#!/bin/sh\n# {program.purpose}\nset -eu\n"
    if not writable(goal, output):
        raise ValueError(f"no shell script for {goal!r}")
    if isinstance(goal, Numbers):
        return head + _numbers(goal, output)
    if isinstance(goal, Say):
        return head + f"echo {quote(goal.text)}" + (f" > {quote(output.path)}" if output.path else "") + "\n"
    if isinstance(goal, Log):
        return head + _log(goal, output)
    if isinstance(goal, Types):
        return head + _types(goal, output)
    if isinstance(goal, Census):
        return head + _census(goal, output)
    assert isinstance(goal, Pipe)
    return head + _pipe(goal, output, argument=program.argument)


def _fits(goal: Numbers) -> bool:
    """Whether all numbers stay within the 64 bits that shell arithmetic has, one step past the end included."""
    if goal.high is not None:
        return goal.high < 10**9 and (goal.count is None)
    count = goal.count or 0
    first, second = ((*goal.argument, 0, 1))[:2]
    match goal.kind:
        case "fibonacci":
            a, b = first, second
            for _ in range(min(count, 200)):
                a, b = b, a + b
            return count <= 200 and b <= _LARGEST
        case "powers":
            return count <= 64 and first ** (count + 1) <= _LARGEST
        case "factorials":
            return count <= 19
        case "cubes":
            return count < 2_000_000
        case "primes":
            return count <= 2000
        case _:
            return count < 1_000_000_000


def _numbers(goal: Numbers, output: Output) -> str:
    test = '[ "$a" -le "$HIGH" ]' if goal.high is not None else '[ "$written" -lt "$COUNT" ]'
    first, second = ((*goal.argument, 0, 1))[:2]
    loop = _LOOPS[goal.kind].replace("{test}", test).replace("{first}", str(first)).replace("{second}", str(second))
    setup = [f"HIGH={goal.high}" if goal.high is not None else f"COUNT={goal.count}"]
    if goal.low is not None:
        setup.append(f"LOW={goal.low}")
    keep = '  if [ "$1" -lt "$LOW" ]; then return; fi\n' if goal.low is not None else ""
    emit = f'written=0\nemit() {{\n{keep}  echo "$1"\n  written=$((written + 1))\n}}\n'
    if not output.path:
        return "\n".join([*setup, emit, loop, ""])
    setup.append(f"OUTPUT={quote(output.path)}")
    return "\n".join(
        [
            *setup,
            emit,
            "{",
            *("  " + line for line in loop.splitlines()),
            '} > "$OUTPUT"',
            'echo "Wrote $written numbers to $OUTPUT."',
            "",
        ]
    )


def _pipe(goal: Pipe, output: Output, *, argument: bool) -> str:
    names = " ".join(quote(name) for name in goal.inputs)
    lines = ["export LC_ALL=C.UTF-8"]
    if argument:
        lines.append(f'if [ "$#" -eq 0 ]; then set -- {names}; fi')
    else:
        lines.append(f"set -- {names}")
    steps = [_read(goal), *_steps(goal, output)]
    lines.append(" |\n  ".join(steps) + (f" > {quote(output.path)}" if output.path else ""))
    if output.path:
        what = "the number of " + NAMES[goal.piece][1] if goal.total else NAMES[goal.piece][1]
        lines.append(f'echo "Wrote {what} to {quote(output.path)}."')
    return "\n".join(lines) + "\n"


def _log(goal: Log, output: Output) -> str:
    column = {"ip": "$1", "status": "$9", "url": "$7", "method": "$6"}[goal.field]
    separator, head = (",", f'BEGIN {{ print "{goal.field},count" }} ') if output.style == "csv" else (": ", "")
    steps = [f"tr -d '\"' < {quote(goal.input)}", f"awk '{{ print {column} }}'", "sort", "uniq -c", "sort -k1,1nr -k2"]
    steps += [f"sed -n '1,{goal.limit}p'"] if goal.limit else []
    steps.append(f"awk '{head}{{ print $2 \"{separator}\" $1 }}'")
    target = f" > {quote(output.path)}" if output.path else ""
    done = f'echo "Wrote the counts to {output.path}."\n' if output.path else ""
    return "export LC_ALL=C.UTF-8\n" + " |\n  ".join(steps) + target + "\n" + done


def _types(goal: Types, output: Output) -> str:
    separator, head = (",", 'BEGIN { print "extension,count" } ') if output.style == "csv" else (output.between, "")
    steps = [
        f"find {quote(goal.folder)}{'' if goal.deep else ' -maxdepth 1'} -type f",
        "sed 's|.*/||'",
        'awk \'/[^.].*\\.[^.]+$/ { sub(/.*\\./, ""); print; next } { print "(none)" }\'',
        "sort",
        "uniq -c",
        "sort -k1,1nr -k2",
        f"awk '{head}{{ print $2 \"{separator}\" $1 }}'",
    ]
    target = f" > {quote(output.path)}" if output.path else ""
    done = f'echo "Wrote the counts to {output.path}."\n' if output.path else ""
    return "export LC_ALL=C.UTF-8\n" + " |\n  ".join(steps) + target + "\n" + done


def _census(goal: Census, output: Output) -> str:
    measure = {
        "lines": "awk 'END { print NR }' \"$file\"",
        "words": 'wc -w < "$file" | tr -d " "',
        "size": 'wc -c < "$file" | tr -d " "',
    }[goal.measure]
    between, title = (",", f"echo 'file,{goal.measure}'\n  ") if output.style == "csv" else (output.between, "")
    find = f"find {quote(goal.folder or '.')} -type f -name {quote(goal.pattern)} | sort"
    loop = f'{find} | while IFS= read -r file; do\n    echo "$file{between}$({measure})"\n  done'
    target, done = (f" > {quote(output.path)}", f'echo "Wrote the counts to {output.path}."\n') if output.path else ("", "")
    return "export LC_ALL=C.UTF-8\n{\n  " + title + loop + "\n}" + target + "\n" + done


def _read(goal: Pipe) -> str:
    # tr drops carriage returns; awk ends the last line of each file, so that files do not run together.
    read = "cat -- \"$@\" | tr -d '\\r'" if len(goal.inputs) == 1 else "awk 1 \"$@\" | tr -d '\\r'"
    if goal.piece == "lines":
        return read
    # grep ends with 1 when it finds nothing, which is no error here.
    return f"{read} | {{ grep -oE {quote(_GREP[goal.piece])} || true; }}"


def _steps(goal: Pipe, output: Output) -> list[str]:
    steps: list[str] = []
    if not goal.blanks:
        steps.append("{ grep -v '^[[:space:]]*$' || true; }")
    if goal.contains:
        steps.append(f"{{ grep -iF -e {quote(goal.contains)} || true; }}")
    if goal.lacks:
        steps.append(f"{{ grep -viF -e {quote(goal.lacks)} || true; }}")
    if goal.case:
        steps.append("sed 's/.*/\\L&/'" if goal.case == "lower" else "sed 's/.*/\\U&/'")
    if goal.counts:
        head = 'BEGIN { print "' + NAMES[goal.piece][0].split()[-1].lower() + ',count" } ' if output.style == "csv" else ""
        row = '$2 "," $1' if output.style == "csv" else f'$2 "{output.between}" $1'
        cut = f"head -n {goal.limit}" if goal.limit is not None else ""
        by = "sort -k2" if goal.order == "text" else "sort -k1,1nr -k2"
        return [*steps, "sort", "uniq -c", by, *([cut] if cut else []), f"awk '{head}{{ print {row} }}'"]
    if goal.unique:
        steps.append("awk '!seen[$0]++'")
    if goal.order == "reverse":
        steps.append("tac")
    elif goal.order:
        steps.append("sort" + (" -n" if goal.order == "number" else "") + (" -r" if goal.descending else ""))
    if goal.limit is not None:
        steps.append(f"sed -n '1,{goal.limit}p'")
    if goal.total:
        steps.append("awk 'END { print NR }'")
    return steps
