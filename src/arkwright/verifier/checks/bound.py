"""Bound: one document made of several, page by page where all are PDF, part by part otherwise."""

import re
from typing import cast

from arkwright.core.json import Json, Object
from arkwright.verifier.case import Case, ending
from arkwright.verifier.demands import Special
from arkwright.verifier.reader.chores import is_named


async def check_bound(case: Case, special: Special) -> None:
    """The new document holds its sources in order, only the pages that were meant, and what else was asked for."""
    sources, pages = cast("list[str]", special.args["sources"]), cast("Object", special.args["pages"])
    name, formats = str(special.args["name"]), cast("list[str]", special.args["formats"])
    made = [p for p in case.new() if (not formats or ending(p) in formats) and is_named(p, name)]
    case.explained.update(made)
    if len(made) != 1:
        case.say("document", special.clause, "unknown" if made else "failed", f"documents found: {made}", *made)
        return
    files = cast("Object", (await case.proof("proof.open", {"paths": cast("Json", [*sources, made[0]])}))["files"])
    facts = {p: cast("Object", files[p]) for p in (*sources, made[0])}
    case.facts.setdefault(made[0], facts[made[0]])
    if all(ending(s) == "pdf" for s in sources) and ending(made[0]) == "pdf":
        _page_by_page(case, special, facts, sources, pages, made[0])
        return
    if pages:
        case.say("document", special.clause, "unknown", "pages of a document that is no PDF cannot be told", made[0])
        return
    found = await case.proof("proof.document", {"sources": cast("Json", sources), "path": made[0]})
    problems = [*cast("list[str]", found["missing"]), *cast("list[str]", found["structure"])]
    problems += [] if found["in_order"] else ["the sources do not follow in order"]
    problems += ["marks of Markdown are left in the text"] if found["marks_left"] else []
    detail = "; ".join(problems[:4]) or f"all parts found: {found['counts']}"
    case.say("document", special.clause, "failed" if problems else "passed", detail, made[0], *sources)
    await _contents(case, special, facts, sources, made[0])


async def _contents(case: Case, special: Special, facts: dict[str, Object], sources: list[str], made: str) -> None:
    """A table of contents names every first heading before the texts begin; every source begins a page."""
    heads = [_heading(facts[s]) for s in sources]
    leaves = [_flat(x) for x in str(facts[made].get("text", "")).split("\f")]
    if special.args["toc"]:
        whole = _flat(str(facts[made].get("text", "")))
        twice = all(h and whole.count(h) >= 2 for h in heads)
        title = "contents" in whole
        case.say(
            "contents", special.clause, "passed" if twice and title else "failed", "a table of contents with every chapter", made
        )
    if special.args["fresh"]:
        if ending(made) == "docx":
            leaves = [_flat(str(x)) for x in cast("list[Json]", facts[made].get("opening") or [])] + leaves[:1]
        if ending(made) not in ("pdf", "docx") or not all(heads):
            case.say("pages", special.clause, "unknown", "whether each begins a page cannot be told here", made)
            return
        body = [leaf for leaf in leaves if not ("contents" in leaf and sum(h in leaf for h in heads) > 1)]
        opened = [any(h in leaf[: len(h) + 60] for leaf in body) for h in heads]
        case.say(
            "pages",
            special.clause,
            "passed" if all(opened) else "failed",
            f"chapters that begin a page: {sum(opened)} of {len(heads)}",
            made,
        )


def _heading(facts: Object) -> str:
    heads = cast("list[Json]", facts.get("headings") or [])
    return _flat(str(cast("Object", heads[0])["text"])) if heads else ""


def _page_by_page(case: Case, special: Special, facts: dict[str, Object], sources: list[str], pages: Object, made: str) -> None:
    wanted: list[str] = []
    for source in sources:
        leaves = [_flat(x) for x in str(facts[source].get("text", "")).split("\f")]
        choice = cast("Object | None", pages.get(source))
        if choice:
            first, last = (cast("int", choice[k]) for k in ("from", "to"))
            first, last = (n + len(leaves) + 1 if n < 0 else n for n in (first, last))
            if not 1 <= first <= last <= len(leaves):
                case.say("document", special.clause, "failed", f"{source} has {len(leaves)} pages", made)
                return
            leaves = [x for n, x in enumerate(leaves, 1) if (first <= n <= last) != bool(choice["away"])]
        wanted += leaves
    held = [_flat(x) for x in str(facts[made].get("text", "")).split("\f")]
    extra = len(held) - len(wanted)
    good = (
        (held == wanted)
        if not special.args["toc"]
        else (0 < extra <= 2 and held[extra:] == wanted and "contents" in "".join(held[:extra]))
    )
    detail = (
        f"{len(wanted)} pages, each compared by its text"
        if good
        else f"{len(held)} pages where {len(wanted)} belong, or other ones"
    )
    case.say("document", special.clause, "passed" if good else "failed", detail, made, *sources)


def _flat(text: str) -> str:
    return re.sub(r"[\s\-\u00ad*_`#]+", "", text).casefold()
