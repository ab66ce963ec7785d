"""Windows: shares, running totals and changes over rows that stand one after the other."""

from datetime import date
from decimal import Decimal
from itertools import accumulate, pairwise

from .fault import Fault
from .proof_values import Value


def steady(periods: list[str]) -> None:
    """Periods one after the other, none left out: only then is the one before the one in the row above.

    Faults: gap.
    """
    for a, b in pairwise(periods):
        if a in ("None", "") or b in ("None", "") or not _follows(a, b):
            raise Fault("gap", f"between {a} and {b} something is missing, so the change is not clear")


def _follows(a: str, b: str) -> bool:
    if len(a) == 10:
        return (date.fromisoformat(b) - date.fromisoformat(a)).days == 1
    if "W" in a:
        return b in {
            "{}-W{:02d}".format(
                *date.fromordinal(date.fromisocalendar(int(a[:4]), int(a[6:]), 1).toordinal() + 7).isocalendar()[:2]
            )
        }
    year, part = int(a[:4]), int(a[-1] if "Q" in a else a[5:] or 0)
    if not part:
        return b == str(year + 1)
    last = 4 if "Q" in a else 12
    after = (year, part + 1) if part < last else (year + 1, 1)
    return (int(b[:4]), int(b[-1] if "Q" in b else b[5:])) == after


def windowed(values: list, fn: str) -> list[Value]:
    """The figure beside each value."""
    if fn == "share":
        total = sum((v for v in values if v is not None), Decimal(0))
        return [None if v is None or not total else v / total * 100 for v in values]
    if fn == "running":
        return list(accumulate(v if v is not None else Decimal(0) for v in values))
    steps: list[Value] = [None if a is None or b is None else b - a for a, b in pairwise(values)]
    if fn == "change":
        return [None, *steps]
    return [None, *(None if s is None or not a else s / a * 100 for s, a in zip(steps, values, strict=False))]
