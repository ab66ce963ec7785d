"""Programs: what a new program has to write is worked out here, and the program is run again in a throw-away copy."""

import re
from typing import cast

from arkwright.core.json import Json, Object
from arkwright.verifier.case import Case, ending
from arkwright.verifier.checks.written import content, differs
from arkwright.verifier.demands import Special

ENDINGS = {"py": ("py",), "js": ("js", "mjs", "cjs"), "sh": ("sh",)}


async def check_written(case: Case, special: Special) -> None:
    """There is one program of the language asked for; what it left is right, and a second run leaves the same."""
    named, outputs = (cast("list[str]", special.args[k]) for k in ("named", "outputs"))
    programs = [p for p in case.new() if ending(p) in ENDINGS[str(special.args["language"])]]
    if len(programs) != 1 or (named and programs != named):
        case.say("program", special.clause, "failed" if not programs else "unknown", f"programs found: {programs}", *programs)
        return
    case.explained.add(programs[0])
    source = str(special.args.get("source") or "")
    inputs = [p for p in case.evidence.before if source and (p == source or p.startswith(f"{source}/"))]
    done = await case.proof("proof.rerun", {"path": programs[0], "inputs": cast("Json", inputs)})
    if done["code"] != 0:
        case.say("program", special.clause, "failed", f"run again it ends with code {done['code']}", programs[0])
        return
    made = {p: str(cast("Object", f)["text"]) for p, f in cast("Object", done["files"]).items() if p not in programs}
    texts = [*made.values(), str(done["stdout"])]
    ran = bool(special.args["run"])
    left = (outputs or [p for p in case.new() if p not in programs]) if ran else []
    wrong = [p for p in left if p not in case.facts or not any(_same(_text(case, p), t) for t in texts)]
    if wrong:
        case.say("program", special.clause, "failed", f"a second run does not give what stands in {wrong}", programs[0], *wrong)
        return
    case.say("program", special.clause, "passed", "run again in a copy, it gives the same", programs[0], *left)
    case.explained.update(left)
    if ran and not left:
        plain = [x.strip() for x in str(done["stdout"]).splitlines() if x.strip()]
        said = bool(plain) and " ".join(plain) in " ".join(case.evidence.answer.split())
        case.say("output", special.clause, "passed" if said else "unknown", "what it prints stands in the answer", programs[0])
    shown = (
        {p: _text(case, p) for p in left}
        or {p: t for p, t in made.items() if not outputs or p in outputs}
        or {"": str(done["stdout"])}
    )
    reason = await content(case, special, shown)
    sure = "unknown" if reason.startswith("it is not certain") else "failed"
    case.say("output", special.clause, sure if reason else "passed", reason or "each line worked out again", *left)


def _text(case: Case, path: str) -> str:
    return str(case.facts.get(path, {}).get("text", ""))


def _same(a: str, b: str) -> bool:
    return a.rstrip("\n") == b.rstrip("\n") and bool(a.strip())


async def check_crash(case: Case, special: Special) -> None:
    """The answer says the exception, its message and the line, as a second run shows them."""
    path, answer = str(special.args["path"]), case.evidence.answer
    inputs = [p for p in case.evidence.before if not p.startswith(".")][:200]
    done = await case.proof("proof.rerun", {"path": path, "inputs": cast("Json", inputs)})
    if done["code"] == 0:
        said = re.search(
            r"\b(?:no error|does not crash|doesn't crash|ran without|without (?:an )?error|ends? (?:normally|well))", answer
        )
        case.say("crash", special.clause, "unknown", f"it does not crash when run again; said so: {bool(said)}", path)
        return
    stderr = str(done["stderr"])
    name = path.rsplit("/", 1)[-1]
    places = [int(n) for n in re.findall(rf'File "[^"\n]*{re.escape(name)}", line (\d+)', stderr)]
    last = next((x for x in reversed(stderr.strip().splitlines()) if re.match(r"[A-Za-z_][\w.]*(?::|$)", x)), "")
    error, _, message = last.partition(":")
    if not places or not last:
        case.say("crash", special.clause, "unknown", "the second run says no line or no exception", path)
        return
    wanted = [error.rsplit(".", 1)[-1], message.strip()]
    missing = [w for w in wanted if w and w not in answer]
    named = [int(n) for n in re.findall(r"\blines? (\d+)", answer)]
    if special.args["line"] and places[-1] not in named:
        missing.append(f"line {places[-1]}")
    wrong = [n for n in named if n not in places]
    claims = [e for e in re.findall(r"\b[A-Z]\w*(?:Error|Exception)\b", answer) if e not in stderr]
    detail = (
        f"lacks {missing}"
        if missing
        else f"names {wrong or claims}, which is not so"
        if wrong or claims
        else f"{last}, line {places[-1]}"
    )
    case.say("crash", special.clause, "failed" if missing or wrong or claims else "passed", detail, path)


async def check_executed(case: Case, special: Special) -> None:
    """What the program prints stands in the file asked for, or in the answer, as a second run prints it."""
    path, args, outputs, labels = (special.args[k] for k in ("path", "args", "outputs", "labels"))
    inputs = [p for p in case.evidence.before if not p.startswith(".")][:200]
    done = await case.proof("proof.rerun", {"path": path, "args": args, "inputs": cast("Json", inputs)})
    if done["code"] != 0:
        case.say("run", special.clause, "unknown", f"run again it ends with code {done['code']}", str(path))
        return
    plain = [x.strip() for x in str(done["stdout"]).splitlines() if x.strip()]
    files = cast("list[str]", outputs)
    same = all(_same(_text(case, p), str(done["stdout"])) for p in files)
    case.explained.update(p for p in files if p in case.facts)
    told = plain if not labels else []
    for label in cast("list[str]", labels):
        names = {
            "mean": "mean|average|avg",
            "max": "max|maximum",
            "min": "min|minimum",
            "sum": "sum|total",
            "total": "sum|total",
        }.get(label, label)
        lines = [x for x in plain if re.search(rf"\b(?:{names})\b", x, re.I)]
        if len(lines) != 1:
            case.say("run", special.clause, "unknown", f"{len(lines)} printed lines speak of {label!r}", str(path))
            return
        told += lines
    answered = all(x in case.evidence.answer for x in told) or (bool(files) and not labels)
    good = same and answered and bool(plain)
    case.say("run", special.clause, "passed" if good else "failed", f"{len(plain)} lines as in a second run", str(path), *files)


async def check_mended(case: Case, special: Special) -> None:
    """The copy is the program with one value changed or added, and what it prints stands where it was asked for."""
    path, output, name, key = (str(special.args[k]) for k in ("path", "output", "name", "key"))
    copies = [p for p in case.new() if ending(p) == "py"]
    if len(copies) != 1 or (special.args["copy"] and copies[0] != special.args["copy"]):
        case.say("copy", special.clause, "failed" if not copies else "unknown", f"programs found: {copies}", *copies)
        return
    case.explained.add(copies[0])
    facts = cast("Object", (await case.proof("proof.open", {"paths": [path]}))["files"])
    problem = differs(str(cast("Object", facts[path])["text"]), _text(case, copies[0]), name, key, str(special.args["value"]))
    case.say(
        "copy", special.clause, "failed" if problem else "passed", problem or "only that value is different", path, copies[0]
    )
    inputs = [p for p in case.evidence.after if not p.startswith(".") and p != output][:200]
    done = await case.proof("proof.rerun", {"path": copies[0], "inputs": cast("Json", inputs)})
    plain = [x.strip() for x in str(done["stdout"]).splitlines() if x.strip()]
    if output:
        case.explained.add(output)
    good = _same(_text(case, output), str(done["stdout"])) if output else all(x in case.evidence.answer for x in plain)
    good = good and done["code"] == 0 and bool(plain)
    case.say(
        "run", special.clause, "passed" if good else "failed", f"run again: code {done['code']}, {len(plain)} lines", copies[0]
    )
