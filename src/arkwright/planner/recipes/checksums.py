"""Checksums: checks files against a manifest, or makes one.

Goal patterns: verify | check FOLDER against MANIFEST · make a checksum list of FOLDER · what is the sha256 of FILE.
Slots: folder or files, manifest, algorithm, report file. Inputs: files. Outputs: a table of verdicts, a manifest, an answer.
"""

import re

from arkwright.core.json import Json, Object, ref
from arkwright.core.plan import Need, Question, Refusal
from arkwright.planner.lexicon import words
from arkwright.planner.reading import Draft, Drafting, Reading
from arkwright.planner.recipes.parlance import FILES, idle
from arkwright.planner.recipes.phrases import Sketch
from arkwright.planner.recipes.selection import chosen_extensions

_SUM = r"(?:(?:sha|md)-? ?(?:256|512|1|5)|sha256|sha512|sha1|md5|sha ?2|hash|hashes|check ?-?sums?|checksums?|fingerprints?|digests?|sums)(?: ?(?:sums?|hashes|hash|checksums?|values?|digests?|list|file))*"
_MANIFEST = r"(?:manifest|checksum file|checksum list|sums|hash list)"
_ALGORITHMS = (("sha512", r"sha-? ?512(?:sums?)?"), ("sha1", r"sha-? ?1(?:sums?)?"), ("md5", r"md-? ?5(?:sums?)?"))
_CHECK = r"(?:verify|mismatch|mismatches|verification|damage|verifies|check|checks|validate|compare|compares|match|matches|test|control|intact|damaged|corrupt(?:ed)?|corrupted|tampered|correct|complete|confirm|pass|passes|wrong|fail|fails|differs?|agree|agrees|broken|right)"
_WHOLE = r"(?:unchanged|intact|undamaged|unaltered|uncorrupted|complete|untampered)(?: (?:and|or) (?:unchanged|intact|undamaged|unaltered|uncorrupted|complete))?"
_COMMON = (
    _WHOLE,
    r"and|still|there",
    _SUM,
    _MANIFEST,
    _CHECK,
    r"<file>|<folder>|<new>",
    r"(?:whether|if|that|which|any|all|each|every|of|the|against|with|outcome|per|for|listed|stands?|given|recorded|in|inside|according to|see)",
    r"(?:(?:came|comes|was delivered|is delivered|ships) with|files?|folder|release|download|directory|archives?|binaries|ones?|contents?)",
    r"(?:is|are|was|were|has|have|been|do|does|did|not|n't|don't|doesn't|still|really)(?: not)?",
    r"(?:tell|report|say|answer|let)(?: (?:me|know))*",
    r"(?:changed|altered|modified|missing|different|okay|ok|fine|good|bad|mismatch(?:es)?|match(?:es|ing)?)(?: (?:ones|files))?",
    r"(?:as|to|into|in) (?:a )?(?:csv|json|report|table)(?: file)?|(?:a )?report|csv|names?|columns?|use|give|(?:write|save|list)(?: (?:the|it|result|results))*",
    r"(?:only )?(?:the )?(?:ones?|files?) (?:that|which) (?:is|are|do|does|has|have)(?: not|n't)?",
)
_VERDICTS = r"(?P<good>ok|good|match|matches|valid|pass|passed|fine|correct|intact|true|yes) ?(?:,|or|/|and|vs) ?(?P<bad>bad|not ok|wrong|mismatch|invalid|fail|failed|corrupt|corrupted|damaged|broken|false|no|different|changed)"
_MEANING = r"(?:it is |they are |and |, )*(?:ok|good|match|valid|bad|wrong|invalid)(?: (?:if|when|is|it|its|their|the|sha256|sha|256|sum|sums|checksum|hash|are|same|identical|equal|as|in|right|matches|match|manifest|<file>))+|(?:and |, )*(?:otherwise|else|if not)(?: it is)? (?:ok|good|bad|wrong|invalid|mismatch)"
_BAG = words(
    """
    vs versus verify verified verifies verification check checked checks checking validate match matches matching mismatch mismatched correspond corresponds agree agrees
    sum sums checksum checksums hash hashes sha256 manifest digest wrong damaged corrupt corrupted broken intact altered changed different unchanged
    still listed according against compare compared comparing whether folder release download downloads bin binary binaries outcome row rows each every one
    name names column columns status verdict
    """
)


def propose(reading: Reading) -> Draft | Need | Refusal | Question | None:
    """A check against a manifest, a new manifest, or the checksums as an answer."""
    sketch = Sketch(reading)
    if reading.named("url"):
        return None
    folders = tuple(dict.fromkeys(m.value.rstrip("/") for m in reading.named("folder", "input")))
    manifest = _manifest(reading, folders)
    if (
        manifest
        and sketch.has(_CHECK)
        and (
            sketch.has(_SUM) or sketch.has(_MANIFEST) or sketch.has(_WHOLE) or any(m.value == manifest for m in reading.inputs())
        )
    ):
        return _verify(reading, sketch, manifest, folders)
    if not sketch.has(_SUM) or sketch.has(_CHECK) or not (folders or reading.inputs()):
        return None
    return _make(reading, sketch, folders)


def _manifest(reading: Reading, folders: tuple[str, ...]) -> str:
    """The manifest that is named, or the one that lies in the folder that is named."""
    likely = ("manifest", "sums", "checksum", "sha256", "md5", "hash")
    for mention in reading.inputs():
        if any(word in mention.value.lower() for word in likely):
            return mention.value
    inside = [
        f.path
        for folder in folders
        for f in reading.under(folder)
        if any(word in f.path.rsplit("/", 1)[-1].lower() for word in likely)
    ]
    return inside[0] if len(inside) == 1 else ""


def _listed_types(reading: Reading, manifest: str, sketch: Sketch) -> frozenset[int] | None:
    """The words that name the types of the files; None when they leave out files beside the manifest."""
    types, words_ = chosen_extensions(sketch)
    if not types:
        return frozenset()
    folder = manifest.rpartition("/")[0]
    beside = [f.path for f in reading.under(folder) if f.path != manifest] if folder else []
    return words_ if all(path.rpartition(".")[2].lower() in (*types, "txt") for path in beside) else None


def _verify(reading: Reading, sketch: Sketch, manifest: str, folders: tuple[str, ...]) -> Draft | None:
    build = Drafting(reading, "checksums", "check against a manifest")
    build.cover(sketch.covered(*_COMMON, *(pattern for _, pattern in _ALGORITHMS)), idle(sketch, FILES, _BAG))
    listed = _listed_types(reading, manifest, sketch)
    if listed is None:
        return None
    build.cover(listed)
    verdicts = sketch.find(_VERDICTS)
    build.cover(verdicts.indices | sketch.covered(_MEANING) if verdicts else ())
    folder = folders[0] if folders else manifest.rpartition("/")[0] or "."
    args: Object = {"path": folder, "manifest": manifest, **_algorithm(sketch)}
    checked = build.task(f"Check {folder}/ against {manifest}", "files.checksum", args)
    tasks = [checked]
    if reading.outputs() or sketch.has(r"(?:as|to|into|in) (?:a )?(?:csv|json)(?: file)?|(?:a )?(?:csv|report)"):
        path = build.new_path(
            reading.outputs()[0].value if reading.outputs() else "checksums." + ("json" if sketch.has("json") else "csv")
        )
        table = _verdicts(build, checked, folder, verdicts.written("good"), verdicts.written("bad")) if verdicts else checked
        tasks += [table] if verdicts else []
        tasks.append(
            build.task(f"Write the verdicts to {path}", "tables.save", {"sheets": [{"table": ref(table)}], "path": path})
        )
    elif verdicts:
        return None
    build.require(reading.text, *tasks)
    build.say(ref(checked, "rows"), f" files of {manifest} were checked. Not matching: ", ref(checked, "wrong"), ".")
    return build.draft()


def _verdicts(build: Drafting, checked: str, folder: str, good: str, bad: str) -> str:
    """A table of file and verdict in the words of the request."""
    fits: Json = {"column": "ok", "op": "eq", "value": True}
    verdict: Json = {"op": "if", "args": [fits, {"value": good}, {"value": bad}]}
    name: Json = {"op": "extract", "args": [{"column": "path"}, {"value": rf"^(?:{re.escape(folder)}/)?(.*)$"}]}
    steps: list[Json] = [
        {"do": "derive", "name": "file", "expr": name},
        {"do": "derive", "name": "status", "expr": verdict},
        {"do": "select", "columns": [{"column": "file"}, {"column": "status"}]},
    ]
    table: Json = {key: ref(checked, key) for key in ("table", "columns", "rows", "preview")}
    return build.task("Say of each file whether it matches", "tables.query", {"inputs": {"checked": table}, "steps": steps})


def _make(reading: Reading, sketch: Sketch, folders: tuple[str, ...]) -> Draft:
    build = Drafting(reading, "checksums", "make checksums")
    build.cover(
        sketch.covered(
            *_COMMON,
            r"(?:what|calculate|compute|make|create|write|generate|produce|give|of|for|list)",
            *(pattern for _, pattern in _ALGORITHMS),
        )
    )
    paths: list[Json] = [m.value for m in reading.inputs()]
    subject: Object = {"paths": paths} if paths else {"path": folders[0]}
    made_at = reading.outputs()[0].value if reading.outputs() else ""
    path = build.new_path(made_at) if made_at else ""
    as_table = path.lower().endswith((".csv", ".json", ".xlsx", ".md", ".html", ".tsv"))
    keep: Object = {"save_as": path} if path and not as_table else {}
    made = build.task("Compute the checksums", "files.checksum", {**subject, **_algorithm(sketch), **keep})
    tasks = [made]
    if as_table:
        columns: list[Json] = [
            {"column": "path"},
            {"column": "actual", "name": str(_algorithm(sketch).get("algorithm", "sha256"))},
        ]
        sums = build.task(
            "Keep path and sum", "tables.query", {"inputs": {"files": ref(made)}, "steps": [{"do": "select", "columns": columns}]}
        )
        tasks += [sums, build.task(f"Write {path}", "tables.save", {"sheets": [{"table": ref(sums)}], "path": path})]
    build.say(*([ref(made, "rows"), f" checksums are in {path}."] if path else ["The checksums: ", ref(made, "preview")]))
    build.require(reading.text, *tasks)
    return build.draft()


def _algorithm(sketch: Sketch) -> Object:
    for name, pattern in _ALGORITHMS:
        if sketch.has(pattern):
            return {"algorithm": name}
    return {}
