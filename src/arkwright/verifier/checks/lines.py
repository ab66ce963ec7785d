"""Lines: copied lines, parts and figures of a text, worked out again from its own words."""

import re
from collections.abc import Callable
from typing import cast

from arkwright.core.json import Json, Object
from arkwright.verifier.case import Case, ending
from arkwright.verifier.checks.answers import numbers
from arkwright.verifier.demands import Special
from arkwright.verifier.reader.chores import is_named

STATUS = re.compile(r'^\S+ \S+ \S+ \[[^\]]*\] "(?:[^"\\]|\\.)*" (\d{3}) ')


async def _texts(case: Case, paths: list[str]) -> dict[str, str]:
    files = cast("Object", (await case.proof("proof.open", {"paths": cast("Json", paths)}))["files"])
    return {p: str(cast("Object", files[p]).get("text", "")) for p in paths}


async def check_kept(case: Case, special: Special) -> None:
    """The new file holds exactly the lines that fit, in their order; the answer tells how many there are of each."""
    source, keys = str(special.args["source"]), cast("list[str]", special.args["keys"])
    made = [p for p in case.new() if is_named(p, str(special.args["name"]))]
    case.explained.update(made)
    if len(made) != 1:
        case.say("lines", special.clause, "failed", f"files found: {made}", *made)
        return
    texts = await _texts(case, [source, made[0]])
    if max(map(len, texts.values())) >= 400_000:
        case.say("lines", special.clause, "unknown", "the text is too long to be read whole here", source)
        return
    lines = texts[source].splitlines()
    found: dict[str, list[str]] = {}
    if special.args["status"]:
        seen = [(m[1] if (m := STATUS.match(x)) else "", x) for x in lines]
        if not any(code for code, _ in seen):
            case.say("lines", special.clause, "unknown", f"{source} is no access log", source)
            return
        found = {key: [x for code, x in seen if code == key] for key in keys}
        wanted = [x for code, x in seen if code in keys]
    else:
        found = {key: [x for x in lines if key in x] for key in keys}
        wanted = [x for x in lines if any(key in x for key in keys)]
        loose = [x for x in lines if any(key.casefold() in x.casefold() for key in keys)]
        if loose != wanted:
            case.say("lines", special.clause, "unknown", "whether upper and lower case is the same is not said", source)
            return
    good = texts[made[0]].splitlines() == wanted and bool(wanted)
    case.say("lines", special.clause, "passed" if good else "failed", f"{len(wanted)} lines read again", made[0], source)
    if special.args["told"]:
        said = {int(n) for n in numbers(case.evidence.answer) if n == n.to_integral_value()}
        lacking = [k for k, rows in found.items() if len(rows) not in said]
        case.say("answer", special.clause, "failed" if lacking else "passed", f"counts told but for {lacking}", source)


async def check_cut(case: Case, special: Special) -> None:
    """The parts, in the order of their names, are the whole text again, each of the length asked for."""
    source, size, count = str(special.args["source"]), cast("int", special.args["size"]), cast("int", special.args["count"])
    parts = sorted(p for p in case.new() if ending(p) == ending(source))
    case.explained.update(parts)
    if not parts:
        case.say("parts", special.clause, "failed", "there are no parts")
        return
    texts = await _texts(case, [source, *parts])
    if len(texts[source]) >= 400_000:
        case.say("parts", special.clause, "unknown", "the text is too long to be read whole here", source)
        return
    whole = "".join(texts[p] for p in parts) == texts[source]
    lengths = [len(texts[p].splitlines()) for p in parts]
    even = (
        all(n == size for n in lengths[:-1]) and 0 < lengths[-1] <= size
        if size
        else len(parts) == count and max(lengths) - min(lengths) < max(2, count + 1)
    )
    case.say(
        "parts",
        special.clause,
        "passed" if whole and even else "failed",
        f"{len(parts)} parts of {lengths[:6]} lines, together the text: {whole}",
        source,
        *parts[:8],
    )


COUNTS: dict[str, Callable[[str], int]] = {
    "lines": lambda t: len(t.splitlines()),
    "words": lambda t: len(t.split()),
    "characters": len,
    "bare": lambda t: len("".join(t.split())),
    "paragraphs": lambda t: sum(bool(p.strip()) for p in re.split(r"\n[ \t]*\n", t)),
}


async def check_measured(case: Case, special: Special) -> None:
    """Every figure stands in the answer; a count that depends on what a sentence is, is told only where it cannot be disputed."""
    sources = cast("list[str]", special.args["sources"])
    texts = await _texts(case, sources)
    said = {int(n) for n in numbers(case.evidence.answer) if n == n.to_integral_value()}
    missing: list[str] = []
    doubt = ""
    for path, text in texts.items():
        text = text.removeprefix("\ufeff")
        for name in cast("list[str]", special.args["counted"]):
            if name == "sentences":
                ends = len(re.findall(r"[.!?]+(?=[\"”’)]*(?:\s|$))", text))
                odd = (
                    re.search(r"\b(?:e\.g|i\.e|mr|mrs|dr|no|etc)\.|\.\.\.|^\d+\.\s|^#|^[-*] ", text, re.I | re.M)
                    or text.rstrip()[-1:] not in '.!?"”'
                )
                doubt = doubt or (f"what counts as a sentence in {path} is not certain" if odd else "")
                missing += [] if ends in said or odd else [f"{ends} sentences"]
            elif COUNTS[name](text) not in said:
                missing.append(f"{COUNTS[name](text)} {name}")
        for wish in cast("list[Object]", special.args["longest"]):
            missing += _lacking(text, str(wish["what"]), cast("int", wish["count"]), case.evidence.answer)
    if special.args["longest"] and len(sources) > 1:
        doubt = doubt or "of which text the longest is meant is not said"
    case.say(
        "figures",
        special.clause,
        "failed" if missing else "unknown" if doubt else "passed",
        doubt or (f"the answer lacks {missing[:3]}" if missing else "counted again"),
        *sources,
    )


def _lacking(text: str, what: str, count: int, answer: str) -> list[str]:
    """What of the longest words or sentences the answer does not say."""
    if what == "word":
        items = set(re.findall(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*", text))
    else:
        items = {" ".join(x.split()) for x in re.split(r"(?<=[.!?])\s+|\n\s*\n", text)}
    ranked = sorted(items, key=len, reverse=True)
    bound = len(ranked[min(count, len(ranked)) - 1]) if ranked else 0
    wanted = [x for x in ranked if len(x) > bound] + (
        [x for x in ranked if len(x) == bound] if sum(len(x) >= bound for x in ranked) == count else []
    )
    tied = [x for x in ranked if len(x) == bound]
    flat = " ".join(answer.split())
    missing = [x for x in wanted if x not in flat]
    return missing or ([] if any(x in flat for x in tied) else tied[:1])
