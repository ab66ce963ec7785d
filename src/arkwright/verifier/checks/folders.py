"""Folder work and programs, proven by hashes and by running again."""

import re
from typing import cast

from arkwright.core.json import Json, Object
from arkwright.verifier.case import Case, ending
from arkwright.verifier.demands import Special
from arkwright.verifier.reader.chores import is_named


async def check_run(case: Case, special: Special) -> None:
    """What the program printed stands in the file asked for, or in the answer, as a second run prints it."""
    path, args = str(special.args["path"]), cast("list[str]", special.args["args"])
    inputs = [p for p in case.evidence.before if not p.startswith(".")][:200]
    done = await case.proof("proof.rerun", {"path": path, "args": cast("Json", args), "inputs": cast("Json", inputs)})
    wanted = str(done["stdout"])
    named = [d.name for d in case.demands.deliverables if d.name]
    if done["code"] != 0:
        last = str(done["stderr"]).strip().splitlines()[-1:]
        good = bool(last) and last[0] in case.evidence.answer
        case.say(
            "run", special.clause, "passed" if good and not named else "unknown", f"run again: code {done['code']}, {last}", path
        )
        return
    texts = {p: str(case.facts.get(p, {}).get("text", "")) for p in named if p in case.facts}
    said = [p for p, t in texts.items() if t.rstrip("\n") == wanted.rstrip("\n")] if named else []
    plain = [x.strip() for x in wanted.splitlines() if x.strip()]
    label = str(special.args.get("label") or "")
    if label:
        lines = [x for x in plain if re.search(rf"\b{re.escape(label)}\b", x, re.I)]
        if len(lines) != 1:
            case.say("run", special.clause, "unknown", f"{len(lines)} printed lines speak of {label!r}", path)
            return
        plain = lines
    told = bool(plain) and all(x in case.evidence.answer for x in plain)
    good = (bool(said) or not named) and (told or (bool(named) and not label))
    case.say("run", special.clause, "passed" if good else "failed", f"{len(plain)} lines as in a second run", path, *said)


async def check_rename(case: Case, special: Special) -> None:
    """Each file has the name that its place gives it, with its content, and nothing else changed."""
    before, after, args = case.evidence.before, case.evidence.after, special.args
    folder, kind = str(args["folder"]), str(args["kind"])
    files = [
        p
        for p in before
        if p.startswith(folder + "/") and "/" not in p.removeprefix(folder + "/") and (not kind or ending(p) == kind)
    ]
    by_number = sorted(files, key=lambda p: [int(x) for x in re.findall(r"\d+", p.rsplit("/", 1)[-1])])
    by_name = sorted(files)
    if args["order"] == "order" and by_number != by_name:
        case.say("rename", special.clause, "unknown", "by name and by number are different orders")
        return
    ordered = by_number if args["order"] == "number" else by_name
    start, digits = cast("int", args["start"]), cast("int", args["digits"])
    wanted = {f"{folder}/{args['stem']}{n:0{digits}d}{args['tail']}": before[p] for n, p in enumerate(ordered, start)}
    rest = {p: h for p, h in before.items() if p not in files and not p.startswith(".")}
    seen = {p: h for p, h in after.items() if not p.startswith(".")}
    good = bool(files) and seen == {**rest, **wanted}
    wrong = [p for p, h in wanted.items() if seen.get(p) != h][:3]
    case.say(
        "rename",
        special.clause,
        "passed" if good else "failed",
        f"{len(files)} files by hash" if good else f"not as it should be: {wrong}",
        *list(wanted)[:5],
    )


async def check_move(case: Case, special: Special) -> None:
    """Exactly the files of that kind and size are in the target, with their content, and nothing else changed."""
    before, after, args = case.evidence.before, case.evidence.after, special.args
    folder, kind, bound = str(args["folder"]) + "/", str(args["kind"]), cast("int", args["bytes"])
    visible = [p for p in after if not p.startswith(".")]
    sizes = {
        str(cast("Object", v)["hash"]): cast("int", cast("Object", v)["size"])
        for v in cast("Object", (await case.proof("proof.hashes", {"paths": cast("Json", visible)}))["files"]).values()
    }
    inside = [
        p
        for p in before
        if p.startswith(folder) and (args["deep"] or "/" not in p.removeprefix(folder)) and (not kind or ending(p) == kind)
    ]
    if bound >= 0 and any(abs(sizes.get(before[p], 0) - bound) <= bound * 0.024 for p in inside):
        case.say("move", special.clause, "unknown", "a file is so near to the bound that the meaning of KB decides")
        return
    if any(before[p] not in sizes for p in inside):
        case.say("move", special.clause, "failed", "a file is gone")
        return
    chosen = [p for p in inside if bound < 0 or (sizes[before[p]] > bound) == bool(args["more"])]
    target = str(args["target"])
    arrived = sorted(after[p] for p in after if target in p.split("/")[:-1] and p not in before)
    stayed = {p: h for p, h in before.items() if p not in chosen and not p.startswith(".")}
    left = {p: h for p, h in after.items() if not (target in p.split("/")[:-1] and p not in before) and not p.startswith(".")}
    good = bool(chosen) and arrived == sorted(before[p] for p in chosen) and left == stayed
    case.say(
        "move",
        special.clause,
        "passed" if good else "failed",
        f"{len(chosen)} files should have moved, {len(arrived)} did",
        *chosen[:5],
    )


async def _verdicts(case: Case, made: list[str], good: list[str], bad: list[str], words: str) -> str:
    """What is wrong with a table that says of each file whether it matches; empty when nothing is."""
    grid = cast("list[list[list[Json]]]", (await case.proof("proof.tables", {"path": made[0]}))["tables"])[0]
    rows = [[str(c).strip() for c in r] for r in grid[1:]]
    yes, no = words.casefold().split("/") if words else ("true", "false")
    seen: dict[str, str] = {}
    for row in rows:
        names = [n for n in (*good, *bad) if any(c == n or c.endswith("/" + n) for c in row)]
        says = [c.casefold() for c in row if c.casefold() in (yes, no)]
        if len(names) != 1 or len(says) != 1 or names[0] in seen:
            return f"the row {row} is not clear"
        seen[names[0]] = says[0]
    wanted = {**dict.fromkeys(good, yes), **dict.fromkeys(bad, no)}
    return "" if seen == wanted else f"{len(seen)} verdicts, not those of the {len(wanted)} files"


async def check_manifest(case: Case, special: Special) -> None:
    """Files whose hash differs from the list are named in the answer, the others are not."""
    path = str(special.args["path"])
    facts = cast("Object", cast("Object", (await case.proof("proof.open", {"paths": [path]}))["files"])[path])
    entries = re.findall(r"(?m)^([0-9a-fA-F]{64})\s+\*?(\S.*?)\s*$", str(facts["text"]))
    folder = path.rsplit("/", 1)[0] + "/" if "/" in path else ""
    bad = [n for h, n in entries if case.evidence.before.get(folder + n) != h.casefold()]
    good = [n for _, n in entries if n not in bad]
    answer = case.evidence.answer
    if not entries:
        case.say("manifest", special.clause, "unknown", "no SHA-256 lines in the list", path)
        return
    name, kind, verdicts = (str(special.args.get(k) or "") for k in ("name", "ending", "verdicts"))
    if name or kind:
        made = [p for p in case.new() if (is_named(p, name) if name else p.casefold().endswith(f".{kind}"))]
        case.explained.update(made)
        problem = await _verdicts(case, made, good, bad, verdicts) if len(made) == 1 else f"files found: {made}"
        case.say("verdicts", special.clause, "failed" if problem else "passed", problem or f"{len(entries)} verdicts", *made)
    missed = [n for n in bad if n not in answer]
    blamed = [n for n in good if re.search(rf"(?<![\w-]){re.escape(n)}(?!\w)", answer)]
    case.say(
        "manifest",
        special.clause,
        "failed" if missed else "unknown" if blamed else "passed",
        f"{len(entries)} files hashed, not matching: {bad}",
        path,
    )
