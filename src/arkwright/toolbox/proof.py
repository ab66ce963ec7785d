"""What the verifier may ask of the workspace: open, read, recompute, compare. Nothing here writes to it."""

import difflib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from .fault import Fault
from .proof_artifacts import base_tables, grids, mistyped, sheets
from .proof_compare import problem, readable
from .proof_documents import compare
from .proof_open import facts, sha256
from .proof_pages import page as read_page
from .proof_query import Answer, compute
from .proof_tables import Table, locate, record_tables, root, tables_of
from .proof_text import decode

Progress = Callable[[float, str], None]
DISTINCT = 400
SURVEYED = 30_000


def survey(args: dict, progress: Progress) -> dict:
    """{"tables": [...]} of the input files: columns with type, distinct values, blanks and unsure dates."""
    del progress
    found = []
    for path in args["paths"]:
        found += [_described(path, t) for t in tables_of(path)]
    for source in args.get("fetched", []):
        for table in record_tables(source["json"]):
            origin = {"records": source["json"], "part": table.name}
            found.append({**_described(source["url"], table.learn()), "origin": origin})
    return {"tables": found}


def _described(path: str, table: Table) -> dict:
    values: dict[str, dict[str, None]] = {c: {} for c in table.columns}
    blanks = dict.fromkeys(table.columns, 0)
    filled = dict.fromkeys(table.columns, 0)
    different: dict[str, set[int]] = {c: set() for c in table.columns}
    seen = 0
    years: dict[str, set[int]] = {c: set() for c in table.columns}
    for row in table.rows():
        seen += 1
        if seen > SURVEYED:
            break
        for name, value in row.items():
            if value is None:
                blanks[name] += 1
                continue
            filled[name] += 1
            different[name].add(hash(value))
            if hasattr(value, "year"):
                years[name].add(value.year)  # type: ignore[union-attr]
            if len(values[name]) <= DISTINCT:
                values[name][str(readable(value))] = None
    columns = []
    for name in table.columns:
        kind = table.kinds[name]
        few = len(values[name]) <= DISTINCT
        columns.append({
            "name": name, "type": kind["type"], "values": [v for v in values[name] if len(v) <= 60] if few else [], "unsure": bool(kind.get("unsure")), "percent": bool(kind.get("percent")),  # noqa: E501
            "unique": blanks[name] == 0 and len(different[name]) == filled[name], "blanks": blanks[name], "years": sorted(years[name]),  # noqa: E501
        })  # fmt: skip
    return {"path": path, "part": table.name, "columns": columns, "rows": seen, "delimiter": table.delimiter}


def open(args: dict, progress: Progress) -> dict:
    """{"files": {path: facts}}; a missing file is {"opens": false}."""
    del progress
    out = {}
    for path in args["paths"]:
        full = Path(path) if path.startswith("/tmp/scratch/") else root() / path
        out[path] = facts(full) if full.is_file() else {"opens": False, "error": "not there"}
    return {"files": out}


def tables(args: dict, progress: Progress) -> dict:
    """{"tables": [grid, ...]} of one file, at most 2000 rows each."""
    del progress
    return {"tables": [[[_plain(c) for c in r] for r in g[:2000]] for g in grids(locate(args["path"]))]}


def _plain(cell: object) -> object:
    return cell if isinstance(cell, str | int | float | bool) or cell is None else str(readable(cell))  # type: ignore[arg-type]


def recompute(args: dict, progress: Progress) -> dict:
    """{"columns", "rows" (first 500), "count", "tied", "found": {path: {"problem", "table"}}} for a question and some artifacts."""  # noqa: E501
    del progress
    answer, rules = compute(args["question"]), dict(args.get("rules", {}))
    if rules.get("pivot"):
        rules["header"] = [c for c in answer.columns if c not in rules.get("keys", []) and c != "(blank)"]
    rows = list(answer.rows)
    shown = [[readable(r[c]) for c in answer.columns] for r in rows[:500]]
    found = {path: _find(answer, path, rules) for path in args.get("paths", [])}
    return {"columns": answer.columns, "rows": shown, "count": len(rows), "tied": len(answer.tied), "found": found}


def _find(answer: Answer, path: str, rules: dict) -> dict:
    """Where in a file the answer stands, as it is or with one of its two keys across the top."""
    found = _look(answer, path, rules)
    maybe = rules.get("maybe") or []
    if found["problem"] and maybe:
        narrow = Answer([c for c in answer.columns if c not in maybe], answer.rows)
        narrow.cut, narrow.tied = answer.cut, answer.tied
        found = _look(narrow, path, rules)
    if found["problem"] and rules.get("pivot") and "(blank)" in answer.columns:
        columns = [c for c in answer.columns if c != "(blank)"]
        found = _look(Answer(columns, answer.rows), path, rules)
    keys = rules.get("keys") or []
    if found["problem"] and len(keys) == 2 and len(answer.columns) == 3 and not rules.get("ordered") and not answer.tied:
        for down, across in (keys, keys[::-1]):
            wide = _wide(answer, down, across)
            inner = {**rules, "keys": [down], "header": wide.columns[1:]}
            hit = _look(wide, path, inner)
            if not hit["problem"]:
                return hit
    return found


def _wide(answer: Answer, down: str, across: str) -> Answer:
    """A long table with the values of one key as columns; rows without that key are left out."""
    value = next(c for c in answer.columns if c not in (down, across))
    heads = sorted({str(readable(r[across])) for r in answer.rows if r[across] is not None})
    rows: dict[object, dict] = {}
    for row in answer.rows:
        if row[across] is not None:
            line = rows.setdefault(row[down], {down: row[down], **dict.fromkeys(heads)})
            line[str(readable(row[across]))] = row[value]
    return Answer([down, *heads], list(rows.values()))


def _look(answer: Answer, path: str, rules: dict) -> dict:
    """Where in a file the answer stands: the table's number, or the nearest reason why it does not."""
    full = locate(path)
    found = grids(full)
    names = [n for n, _ in sheets(full)] if full.suffix.lower() == ".xlsx" else base_tables(full)
    reasons = []
    for n, grid in enumerate(found):
        reason = problem(_narrowed(answer, grid, rules), grid, rules) if grid else "the table is empty"
        reason = reason or _misnamed(names[n : n + 1], rules) or mistyped(grid, rules.get("types") or {}, full.suffix.lower())
        if not reason:
            return {"problem": "", "table": n, "name": names[n] if names else "", "tables": len(found)}
        reasons.append(reason)
    if full.suffix.lower() == ".pdf" and found:
        reason = _inside(answer, found[0], rules)
        if not reason:
            return {"problem": "", "table": 0, "name": "", "tables": 1}
        reasons.append(reason)
    told = sorted(reasons, key=lambda r: not r.startswith(("row", "order")))
    return {"problem": told[0] if told else "it holds no table", "table": None, "tables": len(found)}


def _misnamed(name: list[str], rules: dict) -> str:
    wanted = str(rules.get("table") or "")
    return (
        ""
        if not wanted or [n.casefold() for n in name] == [wanted.casefold()]
        else f"row of a table that is not called {wanted!r}"
    )


def _narrowed(answer: Answer, grid: list[list[object]], rules: dict) -> Answer:
    """The answer without those optional columns that the table does not have."""
    optional = rules.get("optional", [])
    if not optional:
        return answer
    header = {"".join(ch for ch in str(c).casefold() if ch.isalnum()) for c in grid[0]}
    columns = [c for c in answer.columns if c not in optional or "".join(ch for ch in c.casefold() if ch.isalnum()) in header]
    narrowed = Answer(columns, answer.rows)
    narrowed.cut, narrowed.tied = answer.cut, answer.tied
    return narrowed


def _inside(answer: Answer, lines: list[list[object]], rules: dict) -> str:
    """Whether some run of lines with equal width is the expected table: PDFs have no tables, only lines."""
    need = len(answer.columns)
    runs: list[list[list[object]]] = _unbroken(lines, need)
    runs.append([])
    for line in lines:
        if len(line) < max(need, 1):
            continue
        if runs[-1] and len(runs[-1][-1]) == len(line):
            runs[-1].append(line)
        else:
            runs.append([line])
    for run in [*runs, *[[line for line in lines if len(line) == w] for w in range(need, need + 3)]]:
        seen: list[list[object]] = []
        for line in run:
            if line not in seen[:1]:
                seen.append(line)
        if seen and not problem(answer, seen, rules):
            return ""
    return "row of the expected table is missing in the pages"


def _unbroken(lines: list[list[object]], need: int) -> list[list[list[object]]]:
    """Runs of lines of equal width with no other line between them."""
    runs: list[list[list[object]]] = [[]]
    for line in lines:
        if runs[-1] and len(runs[-1][-1]) != len(line):
            runs.append([])
        runs[-1].append(line)
    return [r for r in runs if len(r) > 1 and len(r[0]) >= max(need, 1)]


def document(args: dict, progress: Progress) -> dict:
    """What of `sources` is missing in `path`; see proof_documents.compare."""
    del progress
    return compare(args["sources"], args["path"])


def page(args: dict, progress: Progress) -> dict:
    """What a web page holds; see proof_pages.page."""
    del progress
    return read_page(args)


def hashes(args: dict, progress: Progress) -> dict:
    """{"files": {path: {"hash", "size"}}} below the paths given."""
    del progress
    algorithm = args.get("algorithm", "sha256")
    out = {}
    for path in args["paths"]:
        full = locate(path)
        for item in sorted(p for p in full.rglob("*") if p.is_file()) if full.is_dir() else [full]:
            data = item.read_bytes()
            out[item.relative_to(root()).as_posix()] = {"hash": sha256(data, algorithm), "size": len(data)}
    return {"files": out}


def diff(args: dict, progress: Progress) -> dict:
    """{"added", "removed", "changed": [[old, new]], "identical"} of two texts, line by line."""
    del progress
    left, right = (decode(locate(args[k]).read_bytes()).splitlines() for k in ("left", "right"))
    added: list[str] = []
    removed: list[str] = []
    changed: list[list[str]] = []
    for tag, a, b, c, d in difflib.SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
        if tag == "replace" and b - a == d - c:
            changed += [list(pair) for pair in zip(left[a:b], right[c:d], strict=True)]
        elif tag != "equal":
            removed += left[a:b]
            added += right[c:d]
    same = [line for line in left if line in right]
    return {"added": added, "removed": removed, "changed": changed, "identical": left == right, "same": same}


def _runner(path: str) -> str:
    """The interpreter of a program, by its ending.

    Faults: no_node.
    """
    if path.endswith((".js", ".mjs", ".cjs")):
        node = shutil.which("node") or shutil.which("nodejs")
        if node is None:
            raise Fault("no_node", "Node is not installed on this machine", "apt install nodejs")
        return node
    return "/bin/sh" if path.endswith(".sh") else sys.executable


def rerun(args: dict, progress: Progress) -> dict:
    """Run a program in a throw-away copy of its inputs: {"code", "stdout", "stderr", "files": {path: {"text", "sha256"}}}."""
    del progress
    with tempfile.TemporaryDirectory() as name:
        copy = Path(name) / "copy"
        copy.mkdir()
        for path in dict.fromkeys([args["path"], *args.get("inputs", [])]):
            source, target = locate(path), copy / path
            target.parent.mkdir(parents=True, exist_ok=True)
            (shutil.copytree if source.is_dir() else shutil.copy2)(source, target)
        before = {p: sha256(p.read_bytes()) for p in copy.rglob("*") if p.is_file()}
        environment = {
            "PATH": os.environ.get("PATH", "/usr/bin:/bin"),
            "PYTHONDONTWRITEBYTECODE": "1",
            "HOME": name,
            "LANG": "C.UTF-8",
        }
        try:
            done = subprocess.run(
                [_runner(args["path"]), args["path"], *args.get("args", [])],
                cwd=copy,
                env=environment,
                capture_output=True,
                timeout=60,
                stdin=subprocess.DEVNULL,
            )
        except subprocess.TimeoutExpired as why:
            raise Fault("timeout", f"{args['path']!r} did not end within 60 seconds") from why
        made = {
            p.relative_to(copy).as_posix(): p.read_bytes()
            for p in copy.rglob("*")
            if p.is_file() and before.get(p) != sha256(p.read_bytes())
        }
    files = {p: {"text": decode(b)[:200_000], "sha256": sha256(b)} for p, b in made.items()}
    return {
        "code": done.returncode,
        "stdout": decode(done.stdout)[:200_000],
        "stderr": decode(done.stderr)[:50_000],
        "files": files,
    }
