"""Moves: files sorted, moved, copied, packed or renamed, proven by hash; nothing else may have changed."""

import re
from collections import Counter
from typing import cast

from arkwright.core.json import Object
from arkwright.verifier.case import Case, ending
from arkwright.verifier.checks.chosen import chosen, visible
from arkwright.verifier.demands import Special
from arkwright.verifier.reader.chores import is_named


async def check_sort(case: Case, special: Special) -> None:
    """Every file of the folder is in the folder of its type, and nothing else changed."""
    before, after = visible(dict(case.evidence.before)), visible(dict(case.evidence.after))
    folder, base = str(special.args["folder"]), str(special.args["base"])
    inside = {p: h for p, h in before.items() if p.startswith(folder + "/")}
    if special.args["deep"] is not True:
        nested = [p for p in inside if "/" in p.removeprefix(folder + "/")]
        if nested:
            if special.args["deep"] is None:
                case.say("sort", special.clause, "unknown", "whether files in subfolders are meant is not said")
                return
            inside = {p: h for p, h in inside.items() if p not in nested}
    if any(not ending(p) for p in inside):
        case.say("sort", special.clause, "unknown", "some files have no ending")
        return
    rest = {p: h for p, h in before.items() if p not in inside}
    homes = [f"{base}/"] if base and base != "." else [f"{folder}/", ""] if not base else [""]
    for home in homes:
        wanted = Counter((f"{home}{ending(p)}", h) for p, h in inside.items())
        moved = {p: h for p, h in after.items() if rest.get(p) != h}
        seen = Counter((p.rsplit("/", 1)[0], h) for p, h in moved.items())
        if inside and seen == wanted and all(after.get(p) == h for p, h in rest.items()) and _kept_names(inside, moved):
            case.say(
                "sort",
                special.clause,
                "passed",
                f"{len(inside)} files are in the folder of their type, by hash",
                *list(inside)[:5],
            )
            return
    case.say("sort", special.clause, "failed", f"{len(inside)} files are not all in the folder of their type", *list(inside)[:5])


def _kept_names(inside: dict[str, str], moved: dict[str, str]) -> bool:
    """Each file still carries its name, or its name with something added where two would be the same."""
    for path, digest in moved.items():
        name = path.rsplit("/", 1)[-1]
        stem = name.rsplit(".", 1)[0].casefold()
        olds = [p.rsplit("/", 1)[-1] for p, h in inside.items() if h == digest]
        if name not in olds and not any(o.rsplit(".", 1)[0].casefold() in stem and ending(o) == ending(name) for o in olds):
            return False
    return True


async def check_shift(case: Case, special: Special) -> None:
    """Exactly the chosen files are in the target folder; moved ones have left, and nothing else changed."""
    before, after = visible(dict(case.evidence.before)), visible(dict(case.evidence.after))
    selection = cast("Object", special.args["selection"])
    files, doubt = await chosen(case, selection)
    folder, target = str(selection["folder"]), str(special.args["target"])
    files = [p for p in files if not p.startswith((f"{target}/", f"{folder}/{target}/"))]
    if doubt or not files:
        case.say(special.kind, special.clause, "unknown", doubt or "nothing fits, which may be a misreading")
        return
    stayed = before if special.kind == "copy" else {p: h for p, h in before.items() if p not in files}
    arrived = {p: h for p, h in after.items() if p not in stayed}
    homes = [f"{target}/"] if "/" in target else [f"{target}/", f"{folder}/{target}/"]
    good = (
        all(after.get(p) == h for p, h in stayed.items())
        and any(all(p.startswith(home) for p in arrived) for home in homes)
        and Counter(arrived.values()) == Counter(before[p] for p in files)
        and _kept_names({p: before[p] for p in files}, arrived)
    )
    verb = "copied" if special.kind == "copy" else "moved"
    detail = f"{len(files)} files should have been {verb} to {target}, {len(arrived)} files arrived"
    case.say(special.kind, special.clause, "passed" if good else "failed", detail, *files[:5])
    case.explained.update(arrived if good else ())


async def check_pack(case: Case, special: Special) -> None:
    """The archive holds exactly the chosen files, byte for byte, with their folders."""
    selection = cast("Object", special.args["selection"])
    files, doubt = await chosen(case, {**selection, "whole": True})
    name, folder = str(special.args["name"]), str(selection["folder"])
    archives = [p for p in case.new() if ending(p) in ("zip", "gz", "tgz", "tar") and is_named(p, name)]
    if doubt or not files:
        case.say("archive", special.clause, "unknown", doubt or "nothing fits, which may be a misreading")
        return
    if len(archives) != 1:
        case.say("archive", special.clause, "failed", f"archives found: {archives}", *archives)
        return
    held = cast("Object", case.facts.get(archives[0], {}).get("entries") or {})
    entries = {k.removeprefix("./"): str(v) for k, v in held.items()}
    full = {p: case.evidence.before[p] for p in files}
    inner = {p.removeprefix(folder + "/"): h for p, h in full.items()}
    last = {f"{folder.rsplit('/', 1)[-1]}/{p}": h for p, h in inner.items()}
    good = entries in (full, inner, last)
    case.explained.update(archives)
    detail = f"{len(full)} files by hash" if good else f"{len(entries)} entries where {len(full)} were asked for, or other paths"
    case.say("archive", special.clause, "passed" if good else "failed", detail, archives[0], *files[:10])


async def check_packs(case: Case, special: Special) -> None:
    """For each type of the chosen files there is one archive with exactly the files of that type."""
    selection = cast("Object", special.args["selection"])
    files, doubt = await chosen(case, {**selection, "whole": True})
    archives = [p for p in case.new() if ending(p) in ("zip", "gz", "tgz")]
    case.explained.update(archives)
    if doubt or not files or any(not ending(p) for p in files):
        case.say("archive", special.clause, "unknown", doubt or "some files have no ending, or none fit")
        return
    wanted = {kind: {p: case.evidence.before[p] for p in files if ending(p) == kind} for kind in {ending(p) for p in files}}
    seen: dict[str, dict[str, str]] = {}
    for path in archives:
        held = cast("Object", case.facts.get(path, {}).get("entries") or {})
        kind = next(
            (k for k in wanted if k in re.findall(r"[a-z0-9]+", path.rsplit("/", 1)[-1].casefold().rsplit(".", 1)[0])), ""
        )
        seen[kind] = {k.removeprefix("./"): str(v) for k, v in held.items()}
    folder = str(selection["folder"])
    good = len(archives) == len(wanted) and all(
        seen.get(kind) in (group, {p.removeprefix(folder + "/"): h for p, h in group.items()}) for kind, group in wanted.items()
    )
    case.say(
        "archive",
        special.clause,
        "passed" if good else "failed",
        f"{len(wanted)} types, archives found: {archives}",
        *archives[:8],
    )


async def check_number(case: Case, special: Special) -> None:
    """Each chosen file has the name that its place gives it, with its content, and nothing else changed."""
    files, doubt = await chosen(case, {**cast("Object", special.args["selection"])})
    by_number = sorted(files, key=lambda p: ([int(x) for x in re.findall(r"\d+", p.rsplit("/", 1)[-1])], p))
    by_name = sorted(files, key=str.casefold)
    order = special.args["order"]
    if order == "either" and by_number != by_name:
        doubt = doubt or "by name and by number are different orders"
    if order == "number" and len({tuple(re.findall(r"\d+", p.rsplit("/", 1)[-1])) for p in files}) != len(files):
        doubt = doubt or "the numbers of the files are not unique"
    if doubt or not files:
        case.say("rename", special.clause, "unknown", doubt or "nothing fits, which may be a misreading")
        return
    ordered = by_name if order == "name" else by_number
    start, digits = cast("int", special.args["start"]), cast("int", special.args["digits"])
    new = [f"{special.args['stem']}{n:0{digits}d}{special.args['tail']}" for n in range(start, start + len(files))]
    _renamed(case, special, dict(zip(ordered, new, strict=True)))


async def check_remap(case: Case, special: Special) -> None:
    """Each chosen file has its old name with the change asked for, and nothing else changed."""
    files, doubt = await chosen(case, cast("Object", special.args["selection"]))
    old, new, how = (str(special.args[k]) for k in ("old", "new", "how"))
    names: dict[str, str] = {}
    for path in files:
        name = path.rsplit("/", 1)[-1]
        stem, dot, tail = name.rpartition(".") if "." in name else (name, "", "")
        changed = {"replace": stem.replace(old, new), "prefix": new + stem, "lower": stem.lower(), "upper": stem.upper()}[how]
        if how == "replace" and old.casefold() in stem.casefold() and old not in stem:
            doubt = doubt or "upper and lower case differ"
        names[path] = changed + dot + (tail.lower() if how == "lower" else tail)
    if doubt or not any(n != p.rsplit("/", 1)[-1] for p, n in names.items()):
        case.say("rename", special.clause, "unknown", doubt or "nothing is to be renamed, which may be a misreading")
        return
    _renamed(case, special, names)


def _renamed(case: Case, special: Special, names: dict[str, str]) -> None:
    before, after = visible(dict(case.evidence.before)), visible(dict(case.evidence.after))
    wanted = {p: h for p, h in before.items() if p not in names}
    for path, name in names.items():
        place = f"{path.rsplit('/', 1)[0]}/{name}" if "/" in path else name
        if place in wanted:
            case.say("rename", special.clause, "unknown", f"two files would be called {place}")
            return
        wanted[place] = before[path]
    wrong = [p for p, h in wanted.items() if after.get(p) != h][:3]
    good = after == wanted
    detail = (
        f"{len(names)} files by hash" if good else f"not as it should be: {wrong or [p for p in after if p not in wanted][:3]}"
    )
    case.say("rename", special.clause, "passed" if good else "failed", detail, *list(wanted)[:5])


def check_prohibitions(case: Case) -> None:
    """Nothing lost, originals as they were, other files left alone."""
    before, after = visible(dict(case.evidence.before)), visible(dict(case.evidence.after))
    whole = {"sort", "shift", "number", "remap", "rename", "move", "duplicates"}
    same = all(after.get(p) == h for p, h in before.items())
    kept = not (Counter(before.values()) - Counter(after.values()))
    for ban in case.demands.prohibitions:
        if ban.kind == "lost":
            case.say("kept", ban.clause, "passed" if kept else "failed", f"{len(before)} contents looked for by hash")
        elif ban.kind == "others" and case.demands.changes:
            covered = any(s.kind in whole for s in case.demands.specials)
            case.say(
                "others", ban.clause, "passed" if covered else "unknown", "what changed was compared with what was asked for"
            )
        elif same:
            case.say("untouched", ban.clause, "passed", f"{len(before)} files as before")
        else:
            case.say("untouched", ban.clause, "unknown" if case.demands.changes else "failed", "some files are not as before")
