"""Written: what a program left, worked out again from the files it read; and what is different in a copy of a program."""

import ast
import json
import re
from collections import Counter
from decimal import Decimal, InvalidOperation
from statistics import mean, median
from typing import cast

from arkwright.core.json import Json, Object
from arkwright.verifier.case import Case
from arkwright.verifier.demands import Special

ADDRESS = re.compile(r"[A-Za-z0-9][\w.+%-]*@[A-Za-z0-9][A-Za-z0-9-]*(?:\.[A-Za-z0-9-]+)+")
NAMES = {
    "min": r"min|smallest|lowest",
    "max": r"max|largest|highest|biggest",
    "mean": r"mean|average|avg",
    "median": r"median",
    "sum": r"sum|total",
}


async def content(case: Case, special: Special, shown: dict[str, str]) -> str:
    """Why none of the texts is what the request describes; empty when one is."""
    args, found = special.args, list(shown.values())
    if args.get("told") and not _told(case, shown):
        return "how many there are does not stand in the answer"
    if "value" in args:
        return "" if any(_numbers(t) == [Decimal(str(args["value"]))] for t in found) else f"it does not say {args['value']}"
    if "rows" in args:
        wanted = [[Decimal(str(n)) for n in cast("list[Json]", row)] for row in cast("list[Json]", args["rows"])]
        return "" if any(_table(p, t) == wanted for p, t in shown.items()) else "it does not hold the rows worked out"
    if "types" in args:
        return _types(case, str(args["types"]), bool(args["deep"]), found[0])
    if "lines" in args:
        lines = cast("list[str]", args["lines"])
        return "" if any(_lines(t) == lines for t in found) else f"it does not hold the {len(lines)} lines worked out"
    source = str(args["source"])
    facts = cast("Object", cast("Object", (await case.proof("proof.open", {"paths": [source]}))["files"])[source])
    return _of_text(special, str(facts["text"]), shown)


def _of_text(special: Special, text: str, shown: dict[str, str]) -> str:
    args, found = special.args, list(shown.values())
    if "mails" in args:
        return _mails(args, text, found)
    if "figures" in args:
        return _figures(args, text, shown)
    if "words" in args:
        return _frequent(text, found[0], cast("int", args["words"]), str(args["shape"]))
    given = text.splitlines()
    if args.get("distinct"):
        given = list(dict.fromkeys(given))
    if sorted(given) != sorted(given, key=str.casefold) or any(ord(c) > 127 for c in text):
        return "it is not certain what alphabetical means for these lines"
    return "" if any(t.rstrip("\n").split("\n") == sorted(given) for t in found) else "the lines are not those in order"


def _lines(text: str) -> list[str]:
    return [x.strip() for x in text.strip("\n").split("\n")]


def _told(case: Case, shown: dict[str, str]) -> bool:
    """Whether the answer says as many as there are lines."""
    return any(re.search(rf"(?<![\d.,]){len(_lines(t))}(?![\d.,]*\d)", case.evidence.answer) for t in shown.values())


def _numbers(text: str) -> list[Decimal]:
    return [Decimal(n) for n in re.findall(r"-?\d+(?:\.\d+)?", text)]


def _table(path: str, text: str) -> list[list[Decimal]]:
    """The numbers of each line or record; a line of headings counts for nothing."""
    if path.endswith(".json"):
        try:
            records = json.loads(text)
        except ValueError:
            return []
        listed = cast("list[Json]", records) if isinstance(records, list) else []
        return [
            _numbers(" ".join(str(v) for v in (r.values() if isinstance(r, dict) else r if isinstance(r, list) else [r])))
            for r in listed
        ]
    rows = [x for x in _lines(text) if x]
    first = rows[1:] if rows and not re.match(r"\s*-?\d", rows[0]) else rows
    return [_numbers(row) for row in first]


def _types(case: Case, folder: str, deep: bool, made: str) -> str:
    paths = [p.removeprefix(f"{folder}/") for p in case.evidence.before if p.startswith(f"{folder}/")]
    if not deep and any("/" in p for p in paths):
        return "it is not certain whether subfolders are meant"
    names = [p.rsplit("/", 1)[-1] for p in paths]
    types = Counter(n.rsplit(".", 1)[-1] for n in names)
    if any("." not in n.lstrip(".") for n in names) or len({t.casefold() for t in types}) != len(types):
        return "it is not certain how files without an extension, or with capitals in it, are to be counted"
    pairs: dict[str, int] = {}
    lines = [x for x in _lines(made) if x and not re.fullmatch(r"(?i)(?:file )?(?:ext\w*|type)\W+(?:count|number|files)", x)]
    for line in lines:
        match = re.fullmatch(r"\W*(?P<t>[A-Za-z]\w*)\W+(?P<n>\d+)(?: files?)?|(?P<m>\d+)\W+(?P<u>[A-Za-z]\w*)", line)
        if match is None:
            return f"the line {line!r} is not a type and its count"
        pairs[match["t"] or match["u"]] = int(match["n"] or match["m"])
    return "" if pairs == dict(types) and len(lines) == len(types) else "the counts are not those of the files"


def _mails(args: Object, text: str, found: list[str]) -> str:
    mails = [m.rstrip(".") for m in ADDRESS.findall(text)]
    mails = [m.casefold() for m in mails] if args["lower"] else mails
    mails = list(dict.fromkeys(mails)) if args["distinct"] else mails
    if args["ordered"]:
        if sorted(mails) != sorted(mails, key=str.casefold):
            return "it is not certain whether capitals come first"
        mails = sorted(mails)
    return "" if any(_lines(t) == mails for t in found) else f"it does not hold the {len(mails)} addresses"


def _figures(args: Object, text: str, shown: dict[str, str]) -> str:
    try:
        values = [Decimal(x.strip()) for x in text.splitlines() if x.strip()]
    except InvalidOperation:
        return "it is not certain which numbers of the file are meant"
    places = cast("int", args["decimals"])
    work = {"min": min, "max": max, "mean": mean, "median": median, "sum": sum}
    for fn in cast("list[str]", args["figures"]):
        right = Decimal(work[fn](values))
        slack = Decimal(1).scaleb(-places) / 2 if places >= 0 else max(abs(right) * Decimal("1e-6"), Decimal("0.000001"))
        hits = [n for p, t in shown.items() for n in _labelled(p, t, NAMES[fn])]
        if not hits and len(cast("list[str]", args["figures"])) == 1:
            hits = [n for t in shown.values() for n in _numbers(t)]
        if not hits or any(abs(n - right) > slack + Decimal("1e-9") for n in hits):
            return f"the {fn} is {right:.6f}, and it says {[str(n) for n in hits]}"
        if places >= 0 and any(-cast("int", n.normalize().as_tuple().exponent) > places for n in hits):
            return f"the {fn} is not rounded to {places} decimals"
    return ""


def _labelled(path: str, text: str, names: str) -> list[Decimal]:
    """The numbers that stand beside one of some names, in a JSON object or on a line."""
    if path.endswith(".json"):
        try:
            body = json.loads(text, parse_float=Decimal, parse_int=Decimal)
        except ValueError:
            return []
        pairs = cast("Object", body if isinstance(body, dict) else {})
        return [
            Decimal(str(v)) for k, v in pairs.items() if re.search(names, k, re.I) and re.fullmatch(r"-?\d+(?:\.\d+)?", str(v))
        ]
    return [n for line in _lines(text) if re.search(rf"\b(?:{names})\w*\b", line, re.I) for n in _numbers(line)]


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
        if not count:
            if dict(pairs) != dict(words) or len(pairs) != len(words):
                return f"it is not certain: the counts are others when a word is {pattern}"
            continue
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


def differs(source: str, copy: str, name: str, key: str, value: str) -> str:
    """Why a copy of a program is not the program with one value put right; empty when it is."""
    try:
        old, new = ast.parse(source), ast.parse(copy)
    except SyntaxError:
        return "the copy is no program"
    for tree, wanted in ((old, None), (new, value)):
        nodes = [
            n
            for n in ast.walk(tree)
            if isinstance(n, ast.Assign) and any(isinstance(t, ast.Name) and t.id == name for t in n.targets)
        ]
        if len(nodes) != 1:
            return f"{name} is set {len(nodes)} times"
        problem = _blanked(nodes[0], key, wanted)
        if problem:
            return problem
    return "" if ast.dump(old) == ast.dump(new) else "the copy is different in another place, too"


def _blanked(node: ast.Assign, key: str, wanted: str | None) -> str:
    """Take the entry out of a dictionary, or the value of a constant away; say when it is not the value that is wanted."""
    if isinstance(node.value, ast.Dict):
        held = {k.value: v for k, v in zip(node.value.keys, node.value.values, strict=True) if isinstance(k, ast.Constant)}
        entry = held.get(key)
        if wanted is not None and not (isinstance(entry, ast.Constant) and str(entry.value) == wanted):
            return f"{key!r} is not {wanted}"
        kept = [(k, v) for k, v in zip(node.value.keys, node.value.values, strict=True) if v is not entry]
        node.value.keys, node.value.values = [k for k, _ in kept], [v for _, v in kept]
        return ""
    if not key and isinstance(node.value, ast.Constant):
        if wanted is not None and str(node.value.value) != wanted:
            return f"{node.targets[0]!r} is not {wanted}"
        node.value = ast.Constant(0)
        return ""
    return "what is to be put right is neither an entry nor a constant"
