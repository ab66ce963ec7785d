"""Turned: whole documents in other formats, each compared part by part with what it was made of."""

from typing import cast

from arkwright.core.json import Json
from arkwright.verifier.case import Case, ending
from arkwright.verifier.demands import Special
from arkwright.verifier.reader.chores import is_named


async def check_turned(case: Case, special: Special) -> None:
    """Of every source there is one new document in every format, with all its headings, rows, items and paragraphs."""
    sources, formats = cast("list[str]", special.args["sources"]), cast("list[str]", special.args["formats"])
    name = str(special.args["name"])
    for source in sources:
        for kind in formats:
            made = [
                p for p in case.new() if ending(p) == kind and (is_named(p, name) if name else _stem(p).startswith(_stem(source)))
            ]
            case.explained.update(made)
            if len(made) != 1:
                case.say(
                    "document",
                    special.clause,
                    "unknown" if made else "failed",
                    f"{source} as {kind}: {made or 'no such file'}",
                    *made,
                )
                continue
            found = await case.proof("proof.document", {"sources": cast("Json", [source]), "path": made[0]})
            problems = [*cast("list[str]", found["missing"]), *cast("list[str]", found["structure"])]
            problems += ["marks of Markdown are left in the text"] if found["marks_left"] else []
            detail = "; ".join(problems[:4]) or f"all parts found: {found['counts']}"
            case.say("document", special.clause, "failed" if problems else "passed", detail, made[0], source)


def _stem(path: str) -> str:
    return path.rsplit("/", 1)[-1].rsplit(".", 1)[0].casefold()
