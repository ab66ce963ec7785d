"""Programs: what a new program has to write is worked out here, and the program is run again in a throw-away copy."""

import re
from collections import Counter
from typing import cast

from arkwright.core.json import Json, Object
from arkwright.verifier.case import Case, ending
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
    done = await case.proof("proof.rerun", {"path": programs[0], "inputs": [source] if source else []})
    if done["code"] != 0:
        case.say("program", special.clause, "failed", f"run again it ends with code {done['code']}", programs[0])
        return
    made = {p: str(cast("Object", f)["text"]) for p, f in cast("Object", done["files"]).items() if p not in programs}
    texts = [*made.values(), str(done["stdout"])]
    left = outputs or [p for p in case.new() if p not in programs]
    wrong = [p for p in left if p not in case.facts or not any(_same(_text(case, p), t) for t in texts)]
    if wrong:
        case.say("program", special.clause, "failed", f"a second run does not give what stands in {wrong}", programs[0], *wrong)
        return
    case.say("program", special.clause, "passed", "run again in a copy, it gives the same", programs[0], *left)
    case.explained.update(left)
    if not left:
        plain = [x.strip() for x in str(done["stdout"]).splitlines() if x.strip()]
        said = bool(plain) and " ".join(plain) in " ".join(case.evidence.answer.split())
        case.say("output", special.clause, "passed" if said else "unknown", "what it prints stands in the answer", programs[0])
    found = [_text(case, p) for p in left] or [str(done["stdout"])]
    reason = await _content(case, special, found)
    sure = "unknown" if reason.startswith("it is not certain") else "failed"
    case.say("output", special.clause, sure if reason else "passed", reason or "each line worked out again", *left)


def _text(case: Case, path: str) -> str:
    return str(case.facts.get(path, {}).get("text", ""))


def _same(a: str, b: str) -> bool:
    return a.rstrip("\n") == b.rstrip("\n") and bool(a.strip())


async def _content(case: Case, special: Special, found: list[str]) -> str:
    """Why none of the texts is what the request describes; empty when one is."""
    if "lines" in special.args:
        wanted = cast("list[str]", special.args["lines"])
        return "" if any(_lines(t) == wanted for t in found) else f"it does not hold the {len(wanted)} lines worked out"
    source = str(special.args["source"])
    facts = cast("Object", cast("Object", (await case.proof("proof.open", {"paths": [source]}))["files"])[source])
    text = str(facts["text"])
    if "words" in special.args:
        return _frequent(text, found[0], cast("int", special.args["words"]), str(special.args["shape"]))
    given = text.splitlines()
    if special.args.get("distinct"):
        given = list(dict.fromkeys(given))
    if sorted(given) != sorted(given, key=str.casefold) or any(ord(c) > 127 for c in text):
        return "it is not certain what alphabetical means for these lines"
    return "" if any(t.rstrip("\n").split("\n") == sorted(given) for t in found) else "the lines are not those in order"


def _lines(text: str) -> list[str]:
    return [x.strip() for x in text.strip("\n").split("\n")]


def _frequent(text: str, made: str, count: int, shape: str) -> str:
    """Why a list of words with counts is not that of the most frequent ones, under every reading of what a word is."""
    lines = _lines(made)
    mark = re.sub(r"word|counts?|number|times|<|>|\{|\}", "", shape) if shape else ""
    pairs: list[tuple[str, int]] = []
    for line in lines:
        m = re.fullmatch(r"(\S+?)(\s+|\s*[,;:=\t|]\s*|\s*[-–]\s+)(\d+)", line)
        if m is None or (shape and m[2].strip() != mark.strip()):
            return f"the line {line!r} is not a word and its count"
        pairs.append((m[1], int(m[3])))
    for pattern in (r"[^\W_]+(?:['’][^\W_]+)*", r"[a-z']+", r"\w+(?:['’-]\w+)*"):
        words = Counter(re.findall(pattern, text.casefold()))
        ranked = words.most_common()
        if len(ranked) < count:
            return "it is not certain: the text has fewer words"
        least = ranked[count - 1][1]
        surely = {w for w, n in ranked if n > least}
        counts = [n for _, n in pairs]
        good = (
            len(pairs) == count
            and len(dict(pairs)) == count
            and all(words.get(w) == n for w, n in pairs)
            and surely <= {w for w, _ in pairs}
            and counts == sorted(counts, reverse=True)
            and min(counts) == least
        )
        if not good:
            return f"it is not the {count} most frequent words when a word is {pattern}"
    return ""


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
