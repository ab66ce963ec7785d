"""Does a grid of cells hold exactly the expected rows? Names of columns are free, values are not."""

import re
from collections import Counter
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from itertools import pairwise, product

from .proof_forms import HALF_CENT, NO_VALUE, Rounded, form_of, text_of
from .proof_query import Answer, Row
from .proof_values import WEEKDAYS, Value, blank, number

TOTAL = re.compile(r"(?:grand |sub|overall )?(?:totals?|sum)\b.*|overall|all(?: \w+)?|together", re.I)


def problem(answer: Answer, grid: list[list[object]], rules: dict) -> str:
    """Why the grid does not hold the answer, or "" when it does."""
    titles = next((i for i, r in enumerate(grid) if len([c for c in r if not blank(c)]) > 1), 0) if len(answer.columns) > 1 else 0
    reasons = [_under_header(answer, grid, at, rules) for at in sorted({-1, 0, min(titles, 6)})]
    if "" in reasons:
        return ""
    told = [r for r in reasons if r != "no header"] or reasons
    return max(told, key=lambda r: r.startswith(("row", "order", "missing"))) if told else "the table is empty"


def _under_header(answer: Answer, grid: list[list[object]], at: int, rules: dict) -> str:
    header = [str(c if c is not None else "").strip() for c in grid[at]] if at >= 0 else []
    width = max((len(r) for r in grid[at + 1 :]), default=0)
    body = [list(r) + [None] * (width - len(r)) for r in grid[at + 1 :]]
    body = [r for r in body if any(not blank(c) for c in r)]
    expected = list(answer.rows)
    if at >= 0 and _is_data(header, expected + answer.tied):
        return "no header"
    if (
        at < 0
        and any(all(number(c) is None for c in r) for r in body[:1])
        and any(isinstance(v, Decimal) for r in expected[:1] for v in r.values())
    ):
        return "no header"
    reason = "row of totals is missing"
    for filtered in _without_extras(body, expected, answer, rules):
        reason = _same_rows(answer, expected, header, filtered, rules)
        if not reason:
            return ""
    return reason


def _is_data(header: list[str], expected: list[Row]) -> bool:
    """Whether what would be the header is one of the rows."""
    cells = [text_of(c) for c in header]
    return any(all(text_of(v) in cells for v in row.values()) for row in expected)


def _without_extras(body: list[list[object]], expected: list[Row], answer: Answer, rules: dict) -> list[list[list[object]]]:
    """The body as it is, and without its lines that are labelled as totals (whose figures must then add up)."""
    labelled = [r for r in body if _is_total(r)]
    if rules.get("total_row") and not (labelled and _is_total(body[-1])):
        return []
    if not labelled or any(_is_total(list(row.values())) for row in expected):
        return [body]
    rest = [r for r in body if not _is_total(r)]
    exact = [_sum(row.get(c) for row in expected) for c in answer.columns]
    return [rest] if rules.get("totals", True) and all(_adds_up(r, rest, exact, rules) for r in labelled) else [body]


def _sum(values: Iterable[object]) -> Decimal:
    return sum((v for v in values if isinstance(v, Decimal)), Decimal(0))


def _is_total(row: list[object]) -> bool:
    labels = [str(c).strip() for c in row if isinstance(c, str) and number(c) is None and not blank(c)]
    return bool(labels) and bool(TOTAL.fullmatch(labels[0]))


def _adds_up(total: list[object], rest: list[list[object]], exact: list[Decimal], rules: dict) -> bool:
    """Whether each figure of a line of totals is the sum of what stands above it, as shown or before rounding."""
    slack = _slack(rules)
    for i, cell in enumerate(total):
        said = number(cell)
        if said is None:
            continue
        shown = sum((n for r in rest if i < len(r) and (n := number(r[i])) is not None), Decimal(0))
        allowed = [shown, *exact, *(Decimal(str(x)) for x in rules.get("overall", []))]
        if not any(abs(x - said) <= slack for x in allowed):
            return False
    return True


def _slack(rules: dict) -> Decimal:
    """How far each rounded figure may be off its sum."""
    return max(HALF_CENT, Decimal(1).scaleb(-int(rules["places"])) / 2 + Decimal("0.0001")) if "places" in rules else HALF_CENT


def _same_rows(answer: Answer, expected: list[Row], header: list[str], body: list[list[object]], rules: dict) -> str:
    optional = _optional(answer, expected, rules)
    spare = len(answer.tied)
    if len(body) != len(expected) and not (len(expected) - len(optional) <= len(body) <= len(expected)):
        return f"{len(body)} rows where {len(expected)} belong"
    del spare
    wide = rules.get("header")
    if wide:
        reason = _has_headers(header, [str(w) for w in wide])
        if reason:
            return reason
    columns = list(zip(*body, strict=True)) if body else [() for _ in header]
    candidates = [_candidates(name, expected + answer.tied, optional, columns, header, rules) for name in answer.columns]
    missing = [n for n, c in zip(answer.columns, candidates, strict=True) if not c]
    if missing:
        return f"missing values of {missing[0]!r}"
    return _try_mappings(answer, expected, optional, header, body, candidates, rules)


def _try_mappings(answer, expected, optional, header, body, candidates, rules) -> str:
    reason = "rows do not fit together"
    for mapping in _mappings(candidates):
        forms = [
            form_of(n, expected + answer.tied, [r[i] for r in body], rules) for n, i in zip(answer.columns, mapping, strict=True)
        ]
        got = [tuple(form[1](row[i]) for form, i in zip(forms, mapping, strict=True)) for row in body]
        want = [tuple(form[0](row[c]) for form, c in zip(forms, answer.columns, strict=True)) for row in expected]
        maybe = [tuple(form[0](row[c]) for form, c in zip(forms, answer.columns, strict=True)) for row in optional]
        reason = _match(want, got, maybe) if not answer.tied else _match_tied(answer, forms, got)
        if not reason and rules.get("ordered"):
            reason = _in_order(got, answer.columns, rules["ordered"])
        if not reason:
            reason = _unasked(header, body, set(mapping), rules)
        if (
            not reason
            and rules.get("total_column")
            and not any(_pivot_total(header, i, body, {**rules, "header": True}) for i in range(len(header)))
        ):
            reason = "column of totals is missing"
        if not reason:
            reason = _unit_lost(answer, header, body, mapping, rules)
        if not reason:
            return ""
    return reason


def _unit_lost(answer: Answer, header: list[str], body: list[list[object]], mapping: tuple[int, ...], rules: dict) -> str:
    """A column of percentages has to say so still: in its cells or in its name."""
    for name, i in zip(answer.columns, mapping, strict=True):
        if name in rules.get("percent", []):
            named = i < len(header) and re.search(r"%|percent|pct", header[i], re.I)
            if not named and not all(blank(r[i]) or "%" in str(r[i]) for r in body):
                return f"unasked change: {name!r} lost its percent sign"
    return ""


def _mappings(candidates: list[list[int]]) -> list[tuple[int, ...]]:
    out = []
    for n, combination in enumerate(product(*candidates)):
        if n > 5000 or len(out) >= 60:
            break
        if len(set(combination)) == len(combination):
            out.append(combination)
    return out


def _optional(answer: Answer, expected: list[Row], rules: dict) -> list[Row]:
    """Groups without a key may be left out."""
    keys = [k for k in rules.get("keys", []) if k in answer.columns]
    return [r for r in expected if any(r[k] is None for k in keys)] if keys else []


def _candidates(name, rows, optional, columns, header, rules) -> list[int]:
    """Artifact columns that could be the expected column `name`: every value of it stands there."""
    if rules.get("names"):
        fitting = [i for i, h in enumerate(header) if _plain(h) == _plain(rules["names"].get(name, name))]
        return fitting
    found = []
    sure = [r for r in rows if r not in optional] if optional else rows
    for i, column in enumerate(columns):
        form = form_of(name, rows, list(column), rules)
        got = [form[1](c) for c in column]
        want = [form[0](r[name]) for r in sure]
        if _covers(want, got):
            found.append(i)
    found.sort(key=lambda i: _plain(header[i]) != _plain(name) if i < len(header) else True)
    return found


def _covers(want: list, got: list) -> bool:
    texts = {g for g in got if not isinstance(g, Decimal)}
    numbers = sorted(g for g in got if isinstance(g, Decimal))
    hits = 0
    for w in want:
        if isinstance(w, Decimal):
            at = _bisect(numbers, w - _tolerance(w))
            hits += at < len(numbers) and numbers[at] <= w + _tolerance(w)
        else:
            hits += w in texts
    return hits >= min(len(want), len(got)) * (1 if len(want) <= len(got) else 0.5) and (bool(hits) or not want)


def _bisect(numbers: list[Decimal], low: Decimal) -> int:
    from bisect import bisect_left

    return bisect_left(numbers, low)


def _tolerance(value: Decimal) -> Decimal:
    """Half a cent; less for values so small that half a cent would be a different number."""
    if isinstance(value, Rounded):
        return value.step() / 2 + Decimal("1e-9")
    return HALF_CENT if abs(value) >= Decimal("0.1") or value == 0 else max(abs(value) * Decimal("0.06"), Decimal("0.00005"))


def _plain(text: object) -> str:
    return re.sub(r"[^0-9a-zà-ÿ]", "", str(text).casefold())


def _match(want: list[tuple], got: list[tuple], optional: list[tuple]) -> str:
    left = list(got)
    for row in want:
        at = next((i for i, g in enumerate(left) if _row_equal(row, g)), None) if len(want) <= 400 else _indexed(row, left)
        if at is None:
            if row in optional:
                continue
            return f"row {_shown(row)} is missing or different"
        del left[at]
    return f"row {_shown(left[0])} does not belong" if left else ""


def _indexed(row: tuple, left: list[tuple]) -> int | None:
    """Long tables mostly keep their order: look at the front first."""
    for i in range(min(5, len(left))):
        if _row_equal(row, left[i]):
            return i
    return next((i for i, g in enumerate(left) if _row_equal(row, g)), None)


def _match_tied(answer: Answer, forms: list, got: list[tuple]) -> str:
    def form(row: Row) -> tuple:
        return tuple(f[0](row[c]) for f, c in zip(forms, answer.columns, strict=True))

    firm = [form(r) for r in answer.rows if r not in answer.cut]
    edge = [form(r) for r in [*answer.cut, *answer.tied]]
    left = list(got)
    for row in firm:
        at = next((i for i, g in enumerate(left) if _row_equal(row, g)), None)
        if at is None:
            return f"row {_shown(row)} is missing or different"
        del left[at]
    for row in left:
        at = next((i for i, e in enumerate(edge) if _row_equal(e, row)), None)
        if at is None:
            return f"row {_shown(row)} does not belong"
        del edge[at]
    return "" if len(got) == len(list(answer.rows)) else "a wrong number of rows"


def _row_equal(want: tuple, got: tuple) -> bool:
    return all(_equal(w, g) for w, g in zip(want, got, strict=True))


def _equal(want: object, got: object) -> bool:
    if isinstance(want, Rounded):
        return isinstance(got, Decimal) and want.holds(got)
    if isinstance(want, Decimal):
        return isinstance(got, Decimal) and abs(want - got) <= _tolerance(want)
    if want == "" and isinstance(got, Decimal):
        return got == 0
    return want == got


def _shown(row: tuple) -> str:
    return "(" + ", ".join(str(c) for c in row)[:120] + ")"


def _in_order(got: list[tuple], columns: list[str], keys: list[dict]) -> str:
    """Whether the rows stand in the order asked for; equal keys may stand in any order."""
    for before, after in pairwise(got):
        for key in keys:
            a, b = before[columns.index(key["column"])], after[columns.index(key["column"])]
            if a == b or (isinstance(a, Decimal) and isinstance(b, Decimal) and abs(a - b) <= Decimal("0.011")):
                continue
            if "" in (a, b):
                break
            if key["column"] == "~weekday":
                a, b = (next((i for i, w in enumerate(WEEKDAYS) if w[:3] == str(x)[:3]), 9) for x in (a, b))
            if type(a) is not type(b) or (a > b) != bool(key.get("descending")):  # type: ignore[operator]
                return f"order: {a} stands before {b}"
            break
    return ""


def _has_headers(header: list[str], wanted: list[str]) -> str:
    have = {_plain(h) for h in header}
    missing = [w for w in wanted if _plain(w) not in have]
    return f"missing column {missing[0]!r}" if missing else ""


def _unasked(header: list[str], body: list[list[object]], used: set[int], rules: dict) -> str:
    """Columns beyond the expected ones: a running number is fine, figures nobody asked for are not."""
    if rules.get("extra"):
        return ""
    width = max((len(r) for r in body), default=0)
    for i in range(width):
        column = [r[i] for r in body]
        if i in used or all(blank(c) for c in column):
            continue
        if [number(c) for c in column] in ([Decimal(n) for n in range(1, len(body) + 1)], [Decimal(n) for n in range(len(body))]):
            continue
        twin = any([text_of(r[j]) for r in body] == [text_of(c) for c in column] for j in used)
        if twin or _pivot_total(header, i, body, rules):
            continue
        return f"unasked column {header[i] if i < len(header) else i!r}"
    return ""


def _pivot_total(header: list[str], i: int, body: list[list[object]], rules: dict) -> bool:
    if not rules.get("header") or i >= len(header) or not (TOTAL.fullmatch(header[i]) or NO_VALUE.fullmatch(header[i])):
        return False
    if NO_VALUE.fullmatch(header[i]):
        return False
    for row in body:
        said = number(row[i])
        others = [n for j, c in enumerate(row) if j != i and j > 0 and (n := number(c)) is not None]
        if said is None or abs(sum(others, Decimal(0)) - said) > HALF_CENT * max(1, len(others)):
            return False
    return True


def same_multiset(left: list[object], right: list[object]) -> bool:
    """Whether two lists hold the same texts."""
    return Counter(text_of(v) for v in left) == Counter(text_of(v) for v in right)


def readable(value: Value) -> object:
    """A computed value as JSON."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() and abs(value) < 10**15 else float(value)
    return value.isoformat() if isinstance(value, date) else value
