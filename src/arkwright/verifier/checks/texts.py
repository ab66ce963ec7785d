"""Texts: replaced words and lists of checksums, worked out again from the inputs."""

import re
from typing import cast

from arkwright.core.json import Json, Object
from arkwright.verifier.case import Case
from arkwright.verifier.checks.chosen import chosen
from arkwright.verifier.demands import Special


async def check_replace(case: Case, special: Special) -> None:
    """The new file is the old one with every occurrence replaced, and nothing else changed."""
    source, target = str(special.args["source"]), str(special.args["target"])
    old, new = str(special.args["old"]), str(special.args["new"])
    made = [target] if target in case.new() else []
    if not made:
        case.say("replace", special.clause, "failed" if target else "unknown", f"there is no new file {target}", source)
        return
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
