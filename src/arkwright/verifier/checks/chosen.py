"""Chosen: the files of a folder that a selection means, worked out from what was there before."""

from typing import cast

from arkwright.core.json import Json, Object
from arkwright.verifier.case import Case, ending


def visible(paths: dict[str, str]) -> dict[str, str]:
    """Without hidden top-level folders, which are the program's own."""
    return {p: h for p, h in paths.items() if not p.startswith(".")}


async def chosen(case: Case, selection: Object) -> tuple[list[str], str]:
    """The files, and why they are not certain (empty when they are)."""
    folder = str(selection["folder"]) + "/"
    inside = [p for p in case.evidence.before if p.startswith(folder)]
    picked = await _picked(case, inside, selection)
    if isinstance(picked, str):
        return [], picked
    if selection.get("deep") is False:
        return [p for p in picked if "/" not in p.removeprefix(folder)], ""
    nested = [p for p in picked if "/" in p.removeprefix(folder)]
    if nested and selection.get("deep") is None and not selection.get("whole"):
        return picked, "whether files in subfolders are meant is not said"
    return picked, ""


async def _picked(case: Case, inside: list[str], selection: Object) -> list[str] | str:
    kinds = cast("list[str]", selection["kinds"])
    if "jpg" in kinds and "jpeg" not in kinds and any(ending(p) == "jpeg" for p in inside):
        return "there are .jpeg files too"
    picked = [p for p in inside if not kinds or ending(p) in kinds]
    starts, contains, ends = (str(selection[k]).casefold() for k in ("starts", "contains", "ends"))
    names = {p: p.rsplit("/", 1)[-1].casefold() for p in picked}
    picked = [p for p in picked if names[p].startswith(starts) and contains in names[p] and _ends(names[p], ends)]
    for rule in cast("list[dict[str, str]]", selection["without"]):
        if "path" in rule:
            kept = [p for p in picked if rule["path"] not in _parts(p)]
        else:
            kept = [p for p in picked if ending(p) != rule.get("kind")]
        if kept == picked:
            return f"nothing fits what is to be left out: {rule}"
        picked = kept
    return await _sized(case, picked, cast("int", selection["bytes"]), bool(selection["more"]))


def _parts(path: str) -> list[str]:
    """Every name and every beginning of a path."""
    steps = path.split("/")
    return [
        *steps,
        *["/".join(steps[:n]) for n in range(1, len(steps) + 1)],
        *["/".join(steps[1:n]) for n in range(2, len(steps) + 1)],
    ]


def _ends(name: str, end: str) -> bool:
    return name.endswith(end) or name.rsplit(".", 1)[0].endswith(end)


async def _sized(case: Case, picked: list[str], bound: int, more: bool) -> list[str] | str:
    if bound < 0:
        return picked
    now = list(visible(dict(case.evidence.after)))
    found = cast("Object", (await case.proof("proof.hashes", {"paths": cast("Json", now)}))["files"])
    sizes = {str(cast("Object", v)["hash"]): cast("int", cast("Object", v)["size"]) for v in found.values()}
    before = case.evidence.before
    if any(before[p] not in sizes for p in picked):
        return "a file is gone"
    if any(abs(sizes[before[p]] - bound) <= bound * 0.049 for p in picked):
        return "a file is so near to the bound that the meaning of the unit decides"
    return [p for p in picked if (sizes[before[p]] > bound) == more]
