"""Specials: folders, archives, documents and programs, each proven from hashes or by doing it again."""

import re
from collections.abc import Awaitable, Callable
from typing import cast

from arkwright.core.json import Json, Object
from arkwright.verifier.case import Case, Silent, ending
from arkwright.verifier.checks import bound, compared, images, lines, moves, papers, programs, scraped, texts, turned, visits
from arkwright.verifier.checks.folders import check_manifest, check_move, check_rename, check_run
from arkwright.verifier.checks.web import check_links
from arkwright.verifier.demands import Special
from arkwright.verifier.lexicon import PAPERS

EMAIL = re.compile(r"[A-Za-z0-9][\w.+%-]*@[A-Za-z0-9][A-Za-z0-9-]*(?:\.[A-Za-z0-9-]+)+")


async def check_specials(case: Case) -> None:
    """Prove each special demand."""
    for special in case.demands.specials:
        check = CHECKS.get(special.kind)
        if check is None:
            case.say(special.kind, special.clause, "unknown", "there is no check for this")
            continue
        try:
            await check(case, special)
        except Silent as why:
            case.say(special.kind, special.clause, "unknown", str(why))
    moves.check_prohibitions(case)


async def _duplicates(case: Case, special: Special) -> None:
    """One of each set stays where it was, the others are in the target, nothing else moved, nothing is lost."""
    before, after = case.evidence.before, case.evidence.after
    folder, target = str(special.args["folder"]) + "/", str(special.args["target"])
    problems: list[str] = []
    inside = {p: h for p, h in before.items() if p.startswith(folder)}
    for digest in set(inside.values()):
        names = [p for p, h in inside.items() if h == digest]
        stayed = [p for p in names if after.get(p) == digest]
        moved = [p for p, h in after.items() if h == digest and _in_folder(p, target) and p not in before]
        if len(stayed) != 1:
            problems.append(f"{len(stayed)} of {names[:3]} stayed")
        elif len(moved) != len(names) - 1:
            problems.append(f"{len(moved)} copies of {stayed[0]} in {target}, not {len(names) - 1}")
    outside = [p for p, h in before.items() if not p.startswith(folder) and after.get(p) != h and not p.startswith(".")]
    strange = [p for p in case.new() if not _in_folder(p, target) or p in before]
    problems += [f"changed outside {folder}: {outside[:3]}"] if outside else []
    problems += [f"new files elsewhere: {strange[:3]}"] if strange else []
    case.say(
        "duplicates",
        special.clause,
        "failed" if problems else "passed",
        "; ".join(problems[:4]) or f"{len(inside)} files accounted for by hash",
        *list(inside)[:10],
    )


def _in_folder(path: str, target: str) -> bool:
    return target.casefold() in [p.casefold() for p in path.split("/")[:-1]]


async def _archive(case: Case, special: Special) -> None:
    """The archive holds exactly the files asked for, byte for byte, with their folders."""
    folder, kinds, name = str(special.args["folder"]), cast("list[str]", special.args["kinds"]), str(special.args["name"])
    wanted = {p: h for p, h in case.evidence.before.items() if p.startswith(folder + "/") and (not kinds or ending(p) in kinds)}
    archives = [p for p in case.new() if (p == name if name else ending(p) in ("zip", "gz", "tgz"))]
    if len(archives) != 1 or not wanted:
        case.say("archive", special.clause, "failed", f"archives found: {archives}", *archives)
        return
    entries = {k.removeprefix("./"): str(v) for k, v in cast("Object", case.facts[archives[0]].get("entries") or {}).items()}
    inner = {p.removeprefix(folder + "/"): h for p, h in wanted.items()}
    good = entries in (wanted, inner)
    detail = (
        f"{len(wanted)} files by hash"
        if good
        else f"{len(entries)} entries, {len(set(wanted.values()) - set(entries.values()))} files missing or other paths"
    )
    case.say("archive", special.clause, "passed" if good else "failed", detail, archives[0], *list(wanted)[:10])


async def _document(case: Case, special: Special) -> None:
    """Every heading, table row, list item and paragraph of the sources stands in the document, as what it was."""
    sources = cast("list[str]", special.args["sources"])
    formats = [f for d in case.demands.deliverables for f in d.formats if f in (*PAPERS, "txt")]
    named = [d.name for d in case.demands.deliverables if d.name]
    made = [p for p in case.new() if (p in named if named else ending(p) in formats)]
    if len(made) != 1:
        case.say("document", special.clause, "unknown" if made else "failed", f"documents found: {made}", *made)
        return
    found = await case.proof("proof.document", {"sources": cast("Json", sources), "path": made[0]})
    problems = [*cast("list[str]", found["missing"]), *cast("list[str]", found["structure"])]
    if not found["in_order"]:
        problems.append("the sources do not follow in order")
    if found["marks_left"]:
        problems.append("marks of Markdown are left in the text")
    case.say(
        "document",
        special.clause,
        "failed" if problems else "passed",
        "; ".join(problems[:4]) or f"all parts found: {found['counts']}",
        made[0],
        *sources,
    )
    if special.args.get("toc"):
        text = str(case.facts.get(made[0], {}).get("text", "")).casefold()
        case.say("contents", special.clause, "passed" if "contents" in text else "unknown", "a table of contents", made[0])


async def _program(case: Case, special: Special) -> None:
    """A text file holds exactly the lines that were computed again, and a program that makes them is there."""
    await _lines(case, special, cast("list[str]", special.args["lines"]))
    await _runs(case, special, cast("list[str]", special.args["lines"]), [])


async def _lines(case: Case, special: Special, wanted: list[str]) -> None:
    named = [d.name for d in case.demands.deliverables if ending(d.name) == "txt"]
    texts = [p for p in case.new() if (p in named if named else ending(p) == "txt")]
    good = [p for p in texts if str(case.facts.get(p, {}).get("text", "")).split("\n") in (wanted, [*wanted, ""])]
    case.say(
        "output",
        special.clause,
        "passed" if good else "failed",
        f"{len(wanted)} lines computed again" if good else f"{texts}: other lines",
        *(good or texts),
    )


async def _runs(case: Case, special: Special, wanted: list[str], inputs: list[str]) -> None:
    programs = [p for p in case.new() if ending(p) == "py"]
    if len(programs) != 1:
        case.say("program", special.clause, "failed" if not programs else "unknown", f"programs found: {programs}", *programs)
        return
    case.explained.add(programs[0])
    done = await case.proof("proof.rerun", {"path": programs[0], "inputs": cast("Json", inputs)})
    outputs = [str(cast("Object", f)["text"]) for f in cast("Object", done["files"]).values()] + [str(done["stdout"])]
    good = done["code"] == 0 and any(t.split() == wanted or t.splitlines() == wanted for t in outputs)
    case.say("program", special.clause, "passed" if good else "failed", f"run again: code {done['code']}", programs[0])


async def _emails(case: Case, special: Special) -> None:
    source = str(special.args["source"])
    facts = cast("Object", cast("Object", (await case.proof("proof.open", {"paths": [source]}))["files"])[source])
    found = [m.rstrip(".") for m in EMAIL.findall(str(facts["text"]))]
    found = [m.casefold() for m in found] if special.args["lower"] else found
    found = list(dict.fromkeys(found)) if special.args["distinct"] else found
    wanted = sorted(found) if special.args["ordered"] else found
    await _lines(case, special, wanted)
    if special.args["program"]:
        await _runs(case, special, wanted, [source])


async def _dialect(case: Case, special: Special) -> None:
    """The new file is UTF-8 and separated as asked; its values are compared by the question."""
    files = [p for p in case.new() if ending(p) == "csv"]
    for path in files:
        facts = case.facts.get(path, {})
        first = str(facts.get("text", "")).split("\n", 1)[0]
        good = bool(facts.get("utf8")) and "," in first and ";" not in first and "\ufffd" not in str(facts.get("text", ""))
        case.say("encoding", "UTF-8, comma separated", "passed" if good else "failed", f"header {first[:80]!r}", path)
    if not files:
        case.say("encoding", special.clause, "failed", "no new csv")


CHECKS: dict[str, Callable[[Case, Special], Awaitable[None]]] = {
    "duplicates": _duplicates, "archive": _archive, "document": _document, "program": _program, "emails": _emails, "dialect": _dialect,
    "links": check_links, "run": check_run, "rename": check_rename, "move": check_move, "manifest": check_manifest, "compare": compared.check_compare,
    "sort": moves.check_sort, "shift": moves.check_shift, "copy": moves.check_shift, "pack": moves.check_pack, "packs": moves.check_packs, "number": moves.check_number,
    "remap": moves.check_remap, "written": programs.check_written, "crash": programs.check_crash, "executed": programs.check_executed, "mended": programs.check_mended, "replace": texts.check_replace,
    "download": visits.check_download, "form": visits.check_form, "screenshot": visits.check_screenshot, "page_text": visits.check_page_text, "page_table": scraped.check_page_table,
    "facts": papers.check_facts, "paper_table": papers.check_paper_table, "outline": papers.check_outline,
    "sums": texts.check_sums, "listing": texts.check_listing, "file_count": texts.check_file_count, "bound": bound.check_bound, "turned": turned.check_turned,
    "scaled": images.check_scaled, "kept": lines.check_kept, "cut": lines.check_cut, "measured": lines.check_measured,
}  # fmt: skip
