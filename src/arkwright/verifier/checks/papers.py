"""Papers: facts out of a document, its tables and its headings, read with the verifier's own readers."""

import re
from decimal import Decimal
from typing import cast

from arkwright.core.json import Json, Object
from arkwright.verifier.case import Case, ending
from arkwright.verifier.checks.answers import mentions, numbers
from arkwright.verifier.demands import Special

AMOUNT = re.compile(
    r"(?:(?:EUR|USD|GBP|CHF|[€$£])\s*)?(\d{1,3}(?:[,.' ]\d{3})*(?:[.,]\d{2})|\d+(?:\.\d{2})?)(?:\s*(?:EUR|USD|GBP|CHF|[€$£]))?"
)


async def _open(case: Case, path: str) -> Object:
    return cast("Object", cast("Object", (await case.proof("proof.open", {"paths": [path]}))["files"])[path])


async def check_facts(case: Case, special: Special) -> None:
    """Each fact stands beside its label in the document, once, and in the answer; the answer holds no other number."""
    path, answer = str(special.args["path"]), case.evidence.answer
    text = str((await _open(case, path)).get("text", ""))
    values: list[str] = []
    for label in cast("list[str]", special.args["labels"]):
        found = list(dict.fromkeys(_beside(text, label)))
        if len(found) != 1:
            detail = f"{label!r} stands beside {found[:3] or 'nothing'} in {path}"
            case.say("facts", special.clause, "unknown", detail, path)
            return
        values.append(found[0])
    missing = [v for v in values if not _said(answer, v)]
    known = {n for v in values for n in numbers(v)}
    codes = " ".join([*values, path, case.evidence.request.text])
    strange = [str(n) for n in numbers(_without(answer, [*values, path])) if n not in known and str(n) not in codes]
    wrong_sum = _sums(text, special, values)
    places = [answer.find(v) for v in values]
    if not missing and min(places) >= 0 and places != sorted(places):
        wrong_sum = "the answer has the facts in another order, so which is which is not certain"
    problem = f"the answer lacks {missing}" if missing else f"not explained: {strange[:3]}" if strange else wrong_sum
    outcome = "failed" if missing else "unknown" if problem else "passed"
    case.say("facts", special.clause, outcome, problem or f"{values} stand beside their labels", path)


def _without(answer: str, parts: list[str]) -> str:
    for part in parts:
        answer = answer.replace(part, " ")
    return answer


def _said(answer: str, value: str) -> bool:
    amount = AMOUNT.fullmatch(value)
    if amount:
        return any(abs(n - _number(amount[1])) < Decimal("0.0001") for n in numbers(answer)) or value in answer
    return mentions(answer, value)


def _number(text: str) -> Decimal:
    comma = re.search(r",\d{2}$", text)
    return Decimal(re.sub(r"[.' ]", "", text).replace(",", ".") if comma else re.sub(r"[,' ]", "", text))


def _beside(text: str, label: str) -> list[str]:
    """Values that stand after a label: on its line, or alone on the next one."""
    lines = [" ".join(x.split()) for x in text.splitlines() if x.strip()]
    plain = re.sub(r"\s+(?:number|no|nr)$", "", label)
    coded = plain != label
    wanted = re.escape(label).replace(r"\ ", r"\s+")
    out: list[str] = []
    for n, line in enumerate(lines):
        m = re.search(rf"(?<![\w-]){wanted}(?:\s+(?:to|for|by|of))?(?![\w-])\s*[:#=.]*\s*(.*)$", line, re.I)
        if m is None and coded:
            m = re.match(rf"{re.escape(plain)}(?:\s+(?:no|nr|number|#)\.?)?\s*[:#]?\s*((?=\S*\d)\S+)$", line, re.I)
        if m is None:
            continue
        rest = m[1] or (lines[n + 1] if n + 1 < len(lines) and line.rstrip().endswith((":", label[-1:])) else "")
        amount = AMOUNT.match(rest)
        if amount and amount.end() == len(rest.rstrip(".")):
            out.append(rest.rstrip("."))
        elif coded:
            code = re.match(r"(?=\S*\d)[\w/.-]*\w", rest)
            out += [code[0]] if code else []
        elif re.match(rf"{wanted}(?:\s+(?:to|for|by|of))?\s*:", line[m.start() :], re.I) and rest:
            out.append(rest.rstrip("."))
    return out


def _sums(text: str, special: Special, values: list[str]) -> str:
    """A total has to be the sum of the lines (quantity, price, amount) where the document has such lines and names no tax."""
    if re.search(r"\b(?:vat|tax|mwst|ust|shipping|discount|rebate)\b", text, re.I):
        return ""
    cells = [_number(m[1]) for x in text.splitlines() for m in [AMOUNT.fullmatch(x.strip())] if m]
    amounts = [c for a, b, c in zip(cells, cells[1:], cells[2:], strict=False) if a == a.to_integral_value() and a * b == c and c]
    for label, value in zip(cast("list[str]", special.args["labels"]), values, strict=True):
        amount = AMOUNT.fullmatch(value)
        if "total" in label and amount and len(amounts) > 1 and sum(amounts) != _number(amount[1]):
            return f"the lines add up to {sum(amounts)}, the document says {value}"
    return ""


async def check_paper_table(case: Case, special: Special) -> None:
    """The file holds every row of the document's table, and nothing else."""
    path, name, kind = (str(special.args[k]) for k in ("path", "name", "ending"))
    number, words = cast("int", special.args["number"]), cast("list[str]", special.args["words"])
    grids = cast("list[list[list[Json]]]", (await case.proof("proof.tables", {"path": path}))["tables"])
    grids = [g for g in grids if len(g) > 1]
    facts = await _open(case, path)
    files = [p for p in case.new() if (p == name if name else ending(p) == kind)]
    case.explained.update(files)
    picked = [grids[number]] if 0 <= number < len(grids) else _named(grids, words) or (grids if len(grids) == 1 else [])
    heads = " ".join([str(cast("Object", h)["text"]) for h in cast("list[Json]", facts.get("headings") or [])])
    known = {w[:4] for w in re.findall(r"[^\W_]+", f"{heads} {path} {picked[0][0] if picked else ''}".casefold())}
    strange = [w for w in words if w[:4] not in known]
    if len(picked) != 1 or strange or len(files) != 1:
        detail = f"{len(picked)} tables fit, not understood: {strange}, files: {files}"
        case.say("table", special.clause, "unknown" if files else "failed", detail, path, *files)
        return
    if special.args.get("total") or special.args.get("asked"):
        await _sums_told(case, special, picked[0], files[0])
        if special.args.get("total"):
            return
    question: Object = {"tables": {"t": {"grid": cast("Json", picked[0])}}, "steps": [{"do": "from", "table": "t"}]}
    found = await case.proof("proof.recompute", {"question": question, "paths": cast("Json", files), "rules": {}})
    problem = str(cast("Object", cast("Object", found["found"])[files[0]])["problem"])
    case.say(
        "table",
        special.clause,
        "failed" if problem else "passed",
        problem or f"{len(picked[0]) - 1} rows read again",
        path,
        *files,
    )


async def _sums_told(case: Case, special: Special, grid: list[list[Json]], made: str) -> None:
    """The columns of numbers are added up: in a last row where one is wanted, and in the answer where they are asked for."""
    head, body = [str(c).strip() for c in grid[0]], [[str(c).strip() for c in row] for row in grid[1:]]
    sums: dict[str, Decimal] = {}
    for at, name in enumerate(head):
        cells = [_counted(row[at]) for row in body if at < len(row)]
        if cells and len(cells) == len(body) and None not in cells:
            sums[name] = sum((c for c in cells if c is not None), Decimal(0))
    told = numbers(case.evidence.answer)
    for word in cast("list[str]", special.args.get("asked") or []):
        fits = [n for n in sums if n.casefold()[:4] == word[:4]]
        outcome = "unknown" if len(fits) != 1 else "passed" if sums[fits[0]] in told else "failed"
        case.say("sum", special.clause, outcome, f"{word!r}: {[str(sums[n]) for n in fits]}", made)
    if not special.args.get("total"):
        return
    found = cast("list[list[list[Json]]]", (await case.proof("proof.tables", {"path": made}))["tables"])
    rows = found[0] if len(found) == 1 else []
    want = [head, *body]
    good = len(rows) == len(want) + 1 and all(_same(a, b) for a, b in zip(rows, want, strict=False))
    last = [str(c).strip() for c in rows[-1]] if good else []
    good = good and all(at < len(last) and _counted(last[at]) == sums[n] for at, n in enumerate(head) if n in sums)
    case.say(
        "table",
        special.clause,
        "passed" if good and sums else "failed",
        f"{len(body)} rows and their sums {[str(v) for v in sums.values()]}",
        made,
    )


def _same(row: list[Json], wanted: list[str]) -> bool:
    """Whether two rows hold the same texts and numbers."""
    if len(row) != len(wanted):
        return False
    for a, b in zip((str(c).strip() for c in row), wanted, strict=True):
        x = _counted(a)
        if a != b and (x is None or x != _counted(b)):
            return False
    return True


def _counted(text: str) -> Decimal | None:
    """A number with commas between thousands; None for what is none, or could be read in two ways (`1.234`)."""
    if re.fullmatch(r"-?\d{1,3}(?:\.\d{3})+", text) or not re.fullmatch(r"-?(?:\d{1,3}(?:[,' ]\d{3})+|\d+)(?:\.\d+)?", text):
        return None
    return Decimal(re.sub(r"[,' ]", "", text))


def _named(grids: list[list[list[Json]]], words: list[str]) -> list[list[list[Json]]]:
    return [g for g in grids if words and all(any(w[:4] in str(c).casefold() for c in g[0]) for w in words)]


async def check_outline(case: Case, special: Special) -> None:
    """Every heading stands in the answer or the file, in order, and no other paragraph does."""
    path = str(special.args["path"])
    facts = await _open(case, path)
    heads = [" ".join(str(cast("Object", h)["text"]).split()) for h in cast("list[Json]", facts.get("headings") or [])]
    heads = [re.sub(r"[*_`]", "", h) for h in heads]
    named = [d for d in case.demands.deliverables if d.name or d.formats]
    texts = (
        [str(case.facts.get(p, {}).get("text", "")) for d in named for p in case.fitting(d)] if named else [case.evidence.answer]
    )
    text = re.sub(r"[*_`]", "", " ".join(" ".join(texts).split()))
    place, missing = 0, ""
    for head in heads:
        at = text.find(head, place)
        if at < 0:
            missing = missing or head
        place = max(place, at + len(head))
    rest = text
    for head in sorted(heads, key=len, reverse=True):
        rest = rest.replace(head, " ", 1)
    noise = r"headings?|these|level|text|has|the|of|in|and|are|is|outline|document|\W|\d|_"
    more = re.sub(rf"(?i)\b(?:{noise})\b|[\W\d_]", "", rest.replace(path, ""))
    outcome = "unknown" if not heads or len(more) > 40 else "failed" if missing else "passed"
    detail = (
        f"missing or out of order: {missing}"
        if missing
        else f"{len(heads)} headings in order"
        if outcome == "passed"
        else "more than headings"
    )
    case.say("headings", special.clause, outcome, detail, path)
