"""Heaps: what collects the values of one aggregate in one group; sums and counts keep no values."""

import statistics
from decimal import Decimal

from .fault import Fault
from .proof_values import Value


def folded(value: Value) -> Value:
    """A value as it is compared: texts without upper and lower case."""
    return value.casefold() if isinstance(value, str) else value


class Heap:
    """The values of one aggregate in one group, all of them kept."""

    def __init__(self, fn: str) -> None:
        self.fn, self.bag = fn, []

    def add(self, value: Value) -> None:
        """Take one more value."""
        self.bag.append(value)

    def value(self) -> Value:
        """The aggregate."""
        return _fold(self.fn, self.bag)


class Count(Heap):
    """How many there were; nothing is kept."""

    def __init__(self, fn: str) -> None:
        super().__init__(fn)
        self.count = 0

    def add(self, value: Value) -> None:
        self.count += 1

    def value(self) -> Value:
        return Decimal(self.count)


class Total(Heap):
    """A sum or a mean; only what has been added up is kept."""

    def __init__(self, fn: str) -> None:
        super().__init__(fn)
        self.count, self.sum = 0, Decimal(0)

    def add(self, value: Value) -> None:
        if not isinstance(value, Decimal):
            raise Fault("type", f"{self.fn} of something that is not a number: {value!r}")
        self.count += 1
        self.sum += value

    def value(self) -> Value:
        if not self.count:
            return None
        return self.sum if self.fn == "sum" else self.sum / self.count


def heap_of(fn: str) -> Heap:
    """What collects the values of an aggregate."""
    return Count(fn) if fn == "count" else Total(fn) if fn in ("sum", "mean") else Heap(fn)


def _fold(fn: str, bag: list) -> Value:
    if fn == "count":
        return Decimal(len(bag))
    if fn == "distinct":
        return Decimal(len({folded(v) for v in bag}))
    if not bag:
        return None
    if fn in ("min", "max"):
        return (min if fn == "min" else max)(bag)
    if fn == "first":
        return bag[0]
    if any(not isinstance(v, Decimal) for v in bag):
        raise Fault("type", f"{fn} of something that is not a number: {next(v for v in bag if not isinstance(v, Decimal))!r}")
    if fn == "median":
        return Decimal(statistics.median(bag))
    if fn == "stddev":
        return Decimal(str(statistics.stdev([float(v) for v in bag]))) if len(bag) > 1 else None
    raise Fault("type", f"no aggregate {fn!r}")
