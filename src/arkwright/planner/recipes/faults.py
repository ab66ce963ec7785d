"""Faults: the program that reads a Python traceback and says in plain words what went wrong, where, and what would help."""

EXPLAIN = r"""
import re, sys
from pathlib import Path

script, trace = SCRIPT, sys.stdin.read()
if "Traceback" not in trace and "Error" not in trace:
    print("It did not fail." if not trace.strip() else "It printed this on its error output: " + trace.strip()[-2000:])
    raise SystemExit
last = [line for line in trace.strip().splitlines() if line and not line[0].isspace()][-1]
kind, _, detail = last.partition(": ")
kind = kind.rpartition(".")[2]
places = re.findall(r'File "([^"]+)", line (\d+)(?:, in (\S+))?', trace)
mine = [p for p in places if Path(p[0]).name == Path(script).name] or places
file, number, function = mine[-1] if mine else (script, "0", "")
lines = Path(script).read_text(encoding="utf-8", errors="replace").splitlines() if Path(file).name == Path(script).name else []
line = lines[int(number) - 1].strip() if 0 < int(number) <= len(lines) else ""
named = (re.search(r"'([^']*)'", detail) or [None, detail])[1]
mapping = re.search(r"(\w+)\[", line)
where = mapping[1] if mapping else "the dictionary"
shown = next((other.strip() for other in lines if re.match(rf"\s*{re.escape(where)}\s*=", other)), "") if mapping else ""
meanings = {
    "KeyError": (f"it looks up the key {detail} in {where}, and {where} has no such key" + (f" ({shown})" if shown else ""),
                 f"add {detail} to {where}, leave it out of what is looked up, or use {where}.get(...) with a default"),
    "FileNotFoundError": (f"it opens {named!r}, and there is no such file", "put the file there, or correct the path"),
    "ModuleNotFoundError": (f"it imports {named!r}, which is not installed", f"install the package that has {named!r}"),
    "ImportError": (f"an import does not work: {detail}", "check the name and the version of the package"),
    "NameError": (f"it uses the name {named!r}, which nothing has defined at that point", "define it first, or correct its spelling"),
    "UnboundLocalError": (f"it uses the variable {named!r} before it has a value", "give it a value on every path"),
    "IndexError": (f"it asks for a position that is not there: {detail}" + (" (was an argument on the command line left out?)" if "argv" in line else ""),
                   "check the length first" if "argv" not in line else "give the argument it expects"),
    "ZeroDivisionError": ("it divides by zero", "check the divisor first"),
    "TypeError": (f"a value has the wrong type: {detail}", "convert the value, or call it as it is meant"),
    "ValueError": (f"a value cannot be used: {detail}", "check or clean the value first"),
    "AttributeError": (f"it uses something its object does not have: {detail}", "check the spelling and the type of the object"),
    "SyntaxError": (f"Python cannot read it: {detail}", "correct that line"),
    "IndentationError": (f"the indentation is wrong: {detail}", "correct that line"),
    "UnicodeDecodeError": (f"a file is not in the encoding it is read with: {detail}", "name the file's encoding when opening it"),
    "JSONDecodeError": (f"a text is not valid JSON: {detail}", "check the text"),
    "PermissionError": (f"it may not open {named!r}", "check the rights of the file"),
    "RecursionError": ("a function calls itself without end", "give the recursion an end"),
    "AssertionError": (f"a check in the program itself failed: {detail or line}", "see what the check expects"),
}
what, help_ = meanings.get(kind, (f"{last}", "see the line it stops at"))
at = f"line {number}" + (f" (in {function.strip()})" if function and function not in ("<module>",) else "") + f" of {Path(file).name}"
print(f"It fails with a {kind} at {at}: {what}.")
if line:
    print(f"The line is: {line}")
print(f"What would help: {help_}.")
print(f"Python's own words: {last}")
"""
