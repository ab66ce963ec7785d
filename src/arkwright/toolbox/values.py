"""Values: a value of the database as JSON, and as the text of a cell."""

import datetime
from decimal import Decimal


def plain(value: object) -> object:
    """A value as JSON: exact decimals as numbers, dates as ISO text."""
    match value:
        case Decimal():
            return int(value) if value == value.to_integral_value() and value.as_tuple().exponent == 0 else float(value)
        case datetime.datetime():
            return value.isoformat(" ")
        case datetime.date() | datetime.time():
            return value.isoformat()
        case bytes():
            return value.hex()
    return value


def shown(value: object) -> str:
    """A value as the text of a survey or a csv cell: no float noise, ISO dates, money with both digits."""
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case Decimal():
            text = format(value, "f")
            return text if value.as_tuple().exponent in (0, -2) else text.rstrip("0").rstrip(".") if "." in text else text
        case float():
            text = format(Decimal(repr(round(value, 10))), "f") if abs(value) < 1e21 else repr(value)
            return text.rstrip("0").rstrip(".") if "." in text else text
    return str(plain(value))
