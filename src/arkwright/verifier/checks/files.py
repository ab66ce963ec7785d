"""Files: inputs as they were, outputs there and open, nothing unasked, every task done."""

from hashlib import sha256
from typing import cast

from arkwright.core.json import Json, Object
from arkwright.core.verdict import Check
from arkwright.verifier.case import Case, Silent, ending

PICTURES = ("png", "svg", "jpg", "jpeg")


def check_tasks(case: Case) -> None:
    """Every task of the plan has an observation that went well and meets what the task expects."""
    for task in case.evidence.plan.tasks:
        seen = case.evidence.outputs.get(task.id)
        if seen is None or seen.outcome != "ok":
            case.say(
                "task", task.goal, "failed" if seen and seen.outcome == "error" else "unknown", "no good observation of this task"
            )
            continue
        required = task.expects.get("required")
        if isinstance(required, list) and isinstance(seen.value, dict):
            missing = [str(r) for r in required if str(r) not in seen.value]
            if missing:
                case.say("schema", task.goal, "failed", f"the result lacks {missing}")


async def check_outputs(case: Case) -> None:
    """Every new file opens as what its name says, and stands listed with its true hash."""
    listed = {a.path: a.sha256 for a in case.evidence.artifacts}
    for path, digest in listed.items():
        if case.evidence.after.get(path) not in (digest,):
            case.say("artifact", path, "failed", "the file is not there with the hash it is listed with", path)
    kept = set(case.evidence.before.values())
    new = [p for p in case.new() if case.evidence.after[p] not in kept]
    if case.demands.changes or len(new) > 60:
        return
    if not new:
        return
    try:
        found = cast("Object", (await case.proof("proof.open", {"paths": cast("Json", new)}))["files"])
    except Silent as why:
        case.say("opens", ", ".join(new), "unknown", str(why))
        return
    for path in new:
        facts = cast("Object", found[path])
        case.facts[path] = facts
        if not facts.get("opens"):
            case.say("opens", path, "failed", f"the file does not open: {facts.get('error')}", path)
        elif facts.get("sha256") != case.evidence.after[path]:
            case.say("opens", path, "unknown", "the file has changed since the run", path)
        elif ending(path) in ("png", "jpg", "jpeg") and not _scaled(case) and _empty_picture(facts):
            case.say("picture", path, "failed", "the picture is blank or tiny", path)
        elif ending(path) == "pdf" and (not facts.get("pages") or not str(facts.get("text", "")).strip()):
            case.say("pages", path, "failed", "the PDF has no page or no text", path)


def _scaled(case: Case) -> bool:
    """Whether pictures are made of other pictures, which may be small and plain."""
    return any(s.kind == "scaled" for s in case.demands.specials)


def _empty_picture(facts: Object) -> bool:
    wide, high = cast("int", facts["width"]), cast("int", facts["height"])
    colours, paper = cast("int", facts["colours"]), cast("float", facts["paper"])
    return wide < 300 or high < 200 or colours < 8 or not 0.05 < paper < 0.997


def check_files(case: Case) -> None:
    """Inputs are as they were, each deliverable is there, and there is nothing that nobody asked for."""
    before, after = case.evidence.before, case.evidence.after
    if not case.demands.changes:
        touched = [p for p, h in before.items() if after.get(p) != h and not p.startswith(".") and p not in case.explained]
        detail = f"changed or gone: {touched[:5]}" if touched else f"{len(before)} files as before"
        listing = sha256("".join(f"{h} {p}\n" for p, h in sorted(before.items())).encode("utf-8", "surrogateescape")).hexdigest()
        outcome = "failed" if touched else "passed"
        case.checks.append(Check("inputs", "the inputs stay as they are", outcome, detail, (f"listing:{listing}",)))
        _nothing_unasked(case)
    for deliverable in case.demands.deliverables:
        if deliverable.kind in ("answer", "chart", "report") or not (deliverable.formats or deliverable.name):
            continue
        fitting = case.fitting(deliverable)
        what = deliverable.name or "/".join(deliverable.formats)
        case.say(
            "deliverable",
            deliverable.clause,
            "passed" if fitting else "failed",
            f"{what}: {fitting or 'no such new file'}",
            *fitting,
        )


def _nothing_unasked(case: Case) -> None:
    wanted = [d for d in case.demands.deliverables if d.formats or d.name]
    pictures = any(d.kind in ("chart", "report") for d in case.demands.deliverables)
    for path in case.new():
        asked = any(path in case.fitting(d) for d in wanted) or path in case.explained
        if not asked and not (pictures and ending(path) in PICTURES):
            case.say("unasked", path, "unknown", "nobody asked for this file", path)
