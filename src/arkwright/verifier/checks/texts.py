"""Texts: replaced words and lists of checksums, worked out again from the inputs."""

import re
from collections import Counter
from typing import cast

from arkwright.core.json import Json, Object
from arkwright.verifier.case import Case
from arkwright.verifier.checks.chosen import chosen
from arkwright.verifier.demands import Special
from arkwright.verifier.reader.chores import is_named


async def check_replace(case: Case, special: Special) -> None:
    """The new file is the old one with every occurrence replaced, and nothing else changed."""
    source, target = str(special.args["source"]), str(special.args["target"])
    old, new = str(special.args["old"]), str(special.args["new"])
    made = [p for p in case.new() if target and is_named(p, target)]
    if len(made) != 1:
        case.say("replace", special.clause, "failed" if target else "unknown", f"there is no new file {target}", source)
        return
    target = made[0]
    files = cast("Object", (await case.proof("proof.open", {"paths": [source, target]}))["files"])
    text, got = (str(cast("Object", files[p]).get("text", "")) for p in (source, target))
    pattern = re.escape(old)
    everywhere = text.replace(old, new)
    options = {everywhere}
    whole = re.sub(rf"(?<!\w){pattern}(?!\w)", lambda _: new, text)
    ignoring = re.sub(pattern, lambda _: new, text, flags=re.I)
    if special.args["whole"]:
        options = {whole}
    if special.args["ignore"]:
        options = {ignoring}
    doubt = ""
    if not special.args["whole"] and whole != everywhere:
        doubt = "whether parts of words are meant is not said"
    if not special.args["ignore"] and ignoring != everywhere:
        doubt = "whether other upper and lower case is meant is not said"
    if old not in text and not special.args["ignore"]:
        doubt = "the text does not hold what is to be replaced"
    good = got in options
    case.explained.update(made)
    detail = f"{text.count(old)} places replaced" if good else "the new text is not the old one with that replaced"
    if special.args.get("told") and not re.search(rf"(?<!\d){text.count(old)}(?!\d)", case.evidence.answer):
        case.say("answer", special.clause, "unknown", "the answer does not say how many there were", source)
    outcome = "failed" if not good and not doubt else "unknown" if doubt else "passed"
    case.say("replace", special.clause, outcome, doubt or detail, source, target)


async def check_sums(case: Case, special: Special) -> None:
    """The list names each chosen file with its checksum."""
    selection = cast("Object", special.args["selection"])
    files, doubt = await chosen(case, {**selection, "whole": True})
    if doubt or not files:
        case.say("checksums", special.clause, "unknown", doubt or "nothing fits, which may be a misreading")
        return
    args: Object = {"paths": cast("Json", files), "algorithm": special.args["algorithm"]}
    found = cast("Object", (await case.proof("proof.hashes", args))["files"])
    wanted = {p: str(cast("Object", v)["hash"]) for p, v in found.items()}
    lists = [p for p in case.new() if p in case.facts and "text" in case.facts[p]]
    length = len(next(iter(wanted.values())))
    for path in lists:
        lines = [x for x in str(case.facts[path]["text"]).splitlines() if re.search(rf"\b[0-9a-f]{{{length}}}\b", x.casefold())]
        if len(lines) == len(wanted) and all(_listed(lines, p, h, str(selection["folder"])) for p, h in wanted.items()):
            case.explained.add(path)
            case.say("checksums", special.clause, "passed", f"{len(wanted)} checksums computed again", path, *files[:10])
            return
    outcome = "failed" if lists else "unknown"
    case.say("checksums", special.clause, outcome, f"{lists} do not hold the {len(wanted)} checksums", *lists)


def _listed(lines: list[str], path: str, digest: str, folder: str) -> bool:
    names = {path, path.removeprefix(folder + "/"), path.rsplit("/", 1)[-1], "./" + path}
    fitting = [x for x in lines if digest in x.casefold()]
    return any(re.search(rf"(?<![\w/.-]){re.escape(n)}(?![\w/-])", x) for x in fitting for n in names)


async def check_listing(case: Case, special: Special) -> None:
    """The file or the answer lists exactly the files, each with its figures, in the order asked for."""
    args = special.args
    selection, measure, count = cast("Object", args["selection"]), str(args["measure"]), cast("int", args.get("count") or 0)
    files, doubt = await chosen(case, {**selection, "whole": True})
    name, kind = str(args["name"]), str(args["ending"])
    made = [p for p in case.new() if (is_named(p, name) if name else kind and p.casefold().endswith(f".{kind}"))]
    case.explained.update(made)
    if doubt or not files or len(made) != (1 if name or kind else 0):
        case.say("listing", special.clause, "unknown", doubt or f"{len(files)} files fit, lists found: {made}", *made)
        return
    figures = [await _measured(case, files, measure, bool(args["filled"]))]
    figures += [await _measured(case, files, "lines", True)] if args.get("both") else []
    ranked = sorted(files, key=lambda p: -figures[0][p])
    if count:
        if count < len(ranked) and figures[0][ranked[count - 1]] == figures[0][ranked[count]]:
            case.say("listing", special.clause, "unknown", "several files share the last place", *made)
            return
        files = ranked[:count]
    if args.get("total"):
        whole = sum(figures[0].values())
        told = bool(re.search(rf"(?<!\d){whole}(?!\d)", case.evidence.answer.replace(",", "")))
        case.say("total", special.clause, "passed" if told else "failed", f"{whole} lines in all")
    if not made:
        rows = [x for x in case.evidence.answer.splitlines() if "|" in x or any(p in x for p in files)]
        rows = [x for x in rows if any(p in x for p in figures[0])]
        places = [next((p for p in sorted(figures[0], key=len, reverse=True) if p in x), "") for x in rows]
        good = places == files and all(
            re.search(rf"(?<!\d){figures[0][p]}(?!\d)", x.replace(p, "")) for p, x in zip(places, rows, strict=True)
        )
        case.say("listing", special.clause, "passed" if good else "unknown", f"{len(files)} files told with their {measure}")
        return
    grid = cast("list[list[list[Json]]]", (await case.proof("proof.tables", {"path": made[0]}))["tables"])[0]
    rows = [[str(c).strip() for c in r] for r in grid[1:]]
    folder = str(selection["folder"]) + "/"
    shapes = [{p: p for p in files}, {p: p.removeprefix(folder) for p in files}, {p: p.rsplit("/", 1)[-1] for p in files}]
    good = any(
        sorted(rows) == sorted([shown[p], *[str(f[p]) for f in figures]] for p in files)
        or sorted(map(sorted, rows)) == sorted(sorted((shown[p], *[str(f[p]) for f in figures])) for p in files)
        for shown in shapes
        if len(set(shown.values())) == len(files)
    )
    numbers = [
        figures[0][p] for r in rows for p in files if any(c in (p, p.removeprefix(folder), p.rsplit("/", 1)[-1]) for c in r)
    ]
    order = str(args["order"])
    sorted_well = not order or numbers == sorted(numbers, reverse=order == "down")
    detail = (
        f"{len(files)} files with their {measure}"
        if good
        else f"{len(rows)} rows are not the {len(files)} files with their {measure}"
    )
    outcome = "passed" if good and sorted_well else "failed"
    case.say("listing", special.clause, outcome, detail if sorted_well else "they are not in the order asked for", *made)


async def _measured(case: Case, files: list[str], measure: str, filled: bool) -> dict[str, int]:
    if measure == "size":
        found = cast("Object", (await case.proof("proof.hashes", {"paths": cast("Json", files)}))["files"])
        return {p: cast("int", cast("Object", found[p])["size"]) for p in files}
    facts = cast("Object", (await case.proof("proof.open", {"paths": cast("Json", files)}))["files"])
    texts = {p: str(cast("Object", facts[p]).get("text", "")).splitlines() for p in files}
    return {p: sum(bool(x.strip()) or not filled for x in lines) for p, lines in texts.items()}


async def check_file_count(case: Case, special: Special) -> None:
    """The answer tells how many files fit, or the file has the number of each type."""
    selection, name, kind = cast("Object", special.args["selection"]), str(special.args["name"]), str(special.args["ending"])
    files, doubt = await chosen(case, selection)
    if doubt and special.args["each"]:
        files, doubt = await chosen(case, {**selection, "whole": True})
    if doubt:
        case.say("count", special.clause, "unknown", doubt)
        return
    if not special.args["each"]:
        rest = re.sub(r"[\w./-]*[/.][\w./-]*", " ", case.evidence.answer)
        seen = {int(n) for n in re.findall(r"\d+", rest)}
        case.say(
            "count",
            special.clause,
            "passed" if seen == {len(files)} else "failed",
            f"{len(files)} files counted again",
            *files[:5],
        )
        return
    ends = Counter(p.rsplit("/", 1)[-1].rsplit(".", 1)[-1].casefold() if "." in p.rsplit("/", 1)[-1] else "" for p in files)
    made = [p for p in case.new() if (is_named(p, name) if name else kind and p.endswith(f".{kind}"))]
    case.explained.update(made)
    if len(made) != 1:
        told = all(re.search(rf"\|?\s*{re.escape(e)}\b[^\n]*?\b{n}\b", case.evidence.answer) for e, n in ends.items())
        case.say(
            "count",
            special.clause,
            "passed" if told and not (name or kind) else "failed",
            f"{len(ends)} types, files found: {made}",
            *made,
        )
        return
    grid = cast("list[list[list[Json]]]", (await case.proof("proof.tables", {"path": made[0]}))["tables"])[0]
    rows = sorted([str(c).strip().lstrip(".") for c in r] for r in grid[1:])
    good = rows == sorted([e, str(n)] for e, n in ends.items())
    case.say("count", special.clause, "passed" if good else "failed", f"{len(ends)} types counted again", *made)
