"""Functions of values that a question may derive: arithmetic, parts of dates, texts."""

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal

from .fault import Fault
from .proof_values import MONTHS, WEEKDAYS, Value, moment


def _day(value: Value) -> date:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    when = moment(value)
    if when is None:
        raise Fault("type", f"{value!r} is not a date")
    return when.date() if isinstance(when, datetime) else when


def _hour(value: Value) -> Value:
    if not isinstance(value, datetime):
        raise Fault("type", f"{value!r} has no time of day")
    return Decimal(value.hour)


def _timeline(value: Value) -> Value:
    return f"{_day(value).isoformat()} {_hour(value):02}"


FUNCTIONS: dict[str, Callable[..., Value]] = {
    "add": lambda a, b: a + b, "sub": lambda a, b: a - b, "mul": lambda a, b: a * b, "div": lambda a, b: a / b if b else None,
    "days": lambda a, b: Decimal((_day(a) - _day(b)).days), "year": lambda a: Decimal(_day(a).year),
    "month": lambda a: f"{_day(a).year}-{_day(a).month:02d}", "quarter": lambda a: f"{_day(a).year}-Q{(_day(a).month + 2) // 3}",
    "week": lambda a: "{}-W{:02d}".format(*_day(a).isocalendar()[:2]), "weekday": lambda a: WEEKDAYS[_day(a).weekday()].title(),
    "monthname": lambda a: MONTHS[_day(a).month - 1].title(), "day": lambda a: _day(a), "hour": _hour, "timeline": _timeline,
    "lower": lambda a: str(a).casefold(), "upper": lambda a: str(a).upper(), "trim": lambda a: " ".join(str(a).split()),
    "title": lambda a: str(a).title(), "length": lambda a: Decimal(len(str(a))), "domain": lambda a: str(a).rsplit("@", 1)[-1].casefold(),  # noqa: E501
    "round": lambda a, n: round(a, int(n)), "neg": lambda a: -a, "abs": lambda a: abs(a),
}  # fmt: skip
