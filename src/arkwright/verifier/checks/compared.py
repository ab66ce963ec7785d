"""Compared: two texts, line by line; the report or the answer states every difference and no other."""

import re
from typing import cast

from arkwright.verifier.case import Case
from arkwright.verifier.demands import Special


async def check_compare(case: Case, special: Special) -> None:
    """Every line that was added, removed or changed is stated, on the right side, and nothing that stayed is."""
    left, right = str(special.args["left"]), str(special.args["right"])
    found = await case.proof("proof.diff", {"left": left, "right": right})
    changed = cast("list[list[str]]", found["changed"])
    added = [*cast("list[str]", found["added"]), *[pair[1] for pair in changed]]
    removed = [*cast("list[str]", found["removed"]), *[pair[0] for pair in changed]]
    named = [d for d in case.demands.deliverables if d.name or d.formats]
    reports = [p for d in named for p in case.fitting(d)]
    if title := str(special.args.get("name") or ""):
        reports = [p for p in reports if p.rsplit("/", 1)[-1].casefold().startswith(f"{title.casefold()}.")]
    text = "\n".join(str(case.facts.get(p, {}).get("text", "")) for p in reports) if named else case.evidence.answer
    flat = _flat(text)
    missing = [x for x in [*added, *removed] if x.strip() and _flat(x) not in flat]
    if found["identical"] and not re.search(r"identical|no (?:difference|change)|nothing (?:has )?changed|the same", text, re.I):
        missing = ["that they are identical"]
    if special.args.get("bare") and not missing:
        differing = " ".join(_flat(x) for x in (*added, *removed))
        stayed = [x for x in cast("list[str]", found.get("same") or []) if len(_flat(x)) > 5 and _flat(x) not in differing]
        missing = [f"{x!r} stands there, and is the same in both" for x in stayed if _flat(x) in flat][:1]
    wrong = _misplaced(text, {_flat(x) for x in added}, {_flat(x) for x in removed})
    detail = (
        f"missing: {missing[:2]}"
        if missing
        else f"not so: {wrong[:2]}"
        if wrong
        else f"{len(added) + len(removed)} differing lines stated"
    )
    case.say("compare", special.clause, "failed" if missing or wrong else "passed", detail, left, right, *reports)


def _flat(text: str) -> str:
    """A text without the marks of Markdown and without spaces."""
    return re.sub(r"[\s*~`_\\]+", "", text)


def _misplaced(text: str, added: set[str], removed: set[str]) -> list[str]:
    """Lines marked with + that were removed."""
    out: list[str] = []
    for line in text.splitlines():
        m = re.match(r"\s*(?:[*>] )?([+-])(?![+-]{2})\s*(\S.*)", line)
        body = _flat(m[2]) if m else ""
        if m and m[1] == "+" and body in removed - added:
            out.append(line.strip())
    return out
