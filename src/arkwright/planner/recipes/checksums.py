"""Checksums: checks files against a manifest, or makes one.

Goal patterns: verify | check FOLDER against MANIFEST · make a checksum list of FOLDER · what is the sha256 of FILE.
Slots: folder or files, manifest, algorithm, report file. Inputs: files. Outputs: a table of verdicts, a manifest, an answer.
"""

from arkwright.core.json import Json, Object, ref
from arkwright.core.plan import Need, Question, Refusal
from arkwright.planner.reading import Draft, Drafting, Reading
from arkwright.planner.recipes.phrases import Sketch

_SUM = r"(?:(?:sha|md)-? ?(?:256|512|1|5)|sha256|sha512|sha1|md5|sha ?2|hash|hashes|check ?-?sums?|checksums?|fingerprints?|digests?|sums)(?: ?(?:sums?|hashes|hash|checksums?|values?|digests?|list|file))*"
_MANIFEST = r"(?:manifest|checksum file|checksum list|sums|hash list)"
_ALGORITHMS = (("sha512", r"sha-? ?512(?:sums?)?"), ("sha1", r"sha-? ?1(?:sums?)?"), ("md5", r"md-? ?5(?:sums?)?"))
_CHECK = r"(?:verify|verifies|check|checks|validate|compare|compares|match|matches|test|control|intact|damaged|corrupt(?:ed)?|corrupted|tampered|correct|complete|confirm|pass|passes|wrong|fail|fails|differs?|agree|agrees|broken|right)"
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
    r"(?:as|to|into|in) (?:a )?(?:csv|json|report|table)(?: file)?|(?:a )?report|csv|ok ?/? ?(?:or )?not ok|names?|columns?|use|give|(?:write|save|list)(?: (?:the|it|result|results))*",
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


def _verify(reading: Reading, sketch: Sketch, manifest: str, folders: tuple[str, ...]) -> Draft:
    build = Drafting(reading, "checksums", "check against a manifest")
    build.cover(sketch.covered(*_COMMON, *(pattern for _, pattern in _ALGORITHMS)))
    folder = folders[0] if folders else manifest.rpartition("/")[0] or "."
    args: Object = {"path": folder, "manifest": manifest, **_algorithm(sketch)}
    checked = build.task(f"Check {folder}/ against {manifest}", "files.checksum", args)
    tasks = [checked]
    if reading.outputs() or sketch.has(r"(?:as|to|into|in) (?:a )?(?:csv|json)(?: file)?|(?:a )?(?:csv|report)"):
        path = build.new_path(
            reading.outputs()[0].value if reading.outputs() else "checksums." + ("json" if sketch.has("json") else "csv")
        )
        tasks.append(
            build.task(f"Write the verdicts to {path}", "tables.save", {"sheets": [{"table": ref(checked)}], "path": path})
        )
    build.require(reading.text, *tasks)
    build.say(ref(checked, "rows"), f" files of {manifest} were checked. Not matching: ", ref(checked, "wrong"), ".")
    return build.draft()


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
