"""The words that the reader knows: numbers, months, comparisons, aggregates, formats, and those that ask for nothing."""

import re
from decimal import Decimal

NUMBERS = {w: n for n, w in enumerate(["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"])} | {
    "fifteen": 15, "twenty": 20, "thirty": 30, "fifty": 50, "hundred": 100, "dozen": 12,
}  # fmt: skip
MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
MONTH_INDEX = {name: i for i, m in enumerate(MONTHS, 1) for name in ((m, m[:3]) if m != "may" else (m,))} | {"sept": 9}
WEEKDAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]

ABOVE = r"(?:over|above|more than|greater than|larger than|bigger than|higher than|longer than|exceeding|exceeds|exceed|>|beyond|after|older than|later than)"
BELOW = r"(?:under|below|less than|fewer than|lower than|smaller than|shorter than|<|beneath|cheaper than)"
LEAST = r"(?:at least|no less than|not less than|minimum of|>=|≥|from)"
MOST = r"(?:at most|no more than|not more than|up to|maximum of|<=|≤)"

AGGREGATES = {
    "total": "sum", "totals": "sum", "sum": "sum", "sums": "sum", "summed": "sum", "summed-up": "sum", "overall": "sum", "combined": "sum", "add up": "sum",
    "average": "mean", "averages": "mean", "mean": "mean", "avg": "mean", "median": "median", "highest": "max", "maximum": "max", "max": "max",
    "largest": "max", "biggest": "max", "lowest": "min", "minimum": "min", "min": "min", "smallest": "min",
}  # fmt: skip
PERIODS = {
    "month": "month", "months": "month", "monthly": "month", "quarter": "quarter", "quarters": "quarter", "quarterly": "quarter", "week": "week",
    "weeks": "week", "weekly": "week", "weekday": "weekday", "weekdays": "weekday", "day of the week": "weekday", "year": "year", "years": "year",
    "yearly": "year", "annual": "year", "day": "day", "days": "day", "daily": "day", "date": "day", "hour": "hour", "hourly": "hour", "calendar month": "month",
}  # fmt: skip
FORMATS = {
    "csv": ("csv",), "comma-separated": ("csv",), "tsv": ("tsv",), "excel": ("xlsx",), "xlsx": ("xlsx",), "spreadsheet": ("xlsx",), "json": ("json",), "parquet": ("parquet",),
    "png": ("png",), "svg": ("svg",), "pdf": ("pdf",), "word": ("docx",), "docx": ("docx",), "markdown": ("md",), "html": ("html",), "zip": ("zip",),
    "sqlite": ("db", "sqlite"), "jpg": ("jpg", "jpeg"), "jpeg": ("jpg", "jpeg"), "txt": ("txt",), "md": ("md",), "xls": ("xlsx",),
}  # fmt: skip
UNITS = ("currency", "curr", "ccy", "unit", "uom", "unit_of_measure", "waehrung", "währung")
MEASURES = frozenset(["eur", "usd", "gbp", "chf", "jpy", "kg", "g", "mg", "t", "lb", "lbs", "oz", "km", "m", "cm", "mm", "l", "ml", "h", "min", "euro", "euros", "dollars", "mile", "miles", "kilometres", "kilometers", "metres", "meters", "feet", "inches", "kilos", "kilograms", "grams", "pounds", "tons", "tonnes", "litres", "liters"])  # fmt: skip
CURRENCIES = frozenset(["eur", "usd", "gbp", "chf", "jpy", "euro", "euros", "dollar", "dollars", "pound", "pounds", "cent", "cents", "yen", "francs", "kr", "rupees", "penny", "pence"])  # fmt: skip
TABLES = ("csv", "tsv", "xlsx", "json", "parquet", "md", "html", "db", "sqlite", "txt")
PAPERS = ("docx", "pdf", "md", "html")
PICTURES = ("png", "svg", "jpg", "jpeg", "pdf")
MONEY = ("amount", "revenue", "sales", "turnover", "total", "price", "cost", "value", "spend", "salary", "umsatz")
SYNONYMS = {
    "revenue": ("amount", "sales", "turnover", "umsatz"), "sales": ("amount", "revenue", "turnover"), "turnover": ("amount", "revenue", "umsatz"),
    "quantity": ("qty", "units"), "units": ("qty", "quantity"), "temperature": ("temp_c", "temp"), "readings": ("temp_c", "reading", "value"),
    "salary": ("pay", "wage"), "salaries": ("salary",), "earnings": ("revenue", "amount"), "mail": ("email",), "e-mail": ("email",), "author": ("author.name",),
    "category": ("category.name",), "customer": ("customer.name", "customer_name"), "department": ("dept",), "ips": ("ip",), "date": ("day",), "address": ("email",),
    "visits": (), "code": ("status",),
}  # fmt: skip


LABELS = frozenset(
    ["id", "no", "nr", "number", "year", "month", "day", "hour", "week", "quarter", "code", "key", "sku", "zip", "plz", "postcode", "status", "rating",
     "stars", "grade", "level", "class", "floor", "room", "version", "shift", "line", "type", "group", "date", "weekday", "ticket", "order", "loan"]
)  # fmt: skip
UNADDED = frozenset(
    [
        "price", "rate", "score", "rating", "age", "temp", "temperature", "percent", "percentage", "pct",
        "year", "salary", "wage", "lat", "lon", "id", "stars", "grade", "level", "speed", "discount",
        "margin", "ratio", "height", "weight", "width", "length",
    ]
)  # fmt: skip


def additive(name: str) -> bool:
    """Whether the values of a column make sense added up, by its name."""
    return not set(re.split(r"[_ .]", name.casefold())) & UNADDED


def number_of(text: str) -> Decimal | None:
    """A number written in digits (with currency, %, k, MB) or as a word."""
    low = text.casefold().strip("€$£ ").replace("'", "")
    if low in NUMBERS:
        return Decimal(NUMBERS[low])
    scale = Decimal(1)
    for unit, size in (("kb", 1000), ("mb", 10**6), ("gb", 10**9), ("k", 1000)):
        if low.endswith(unit) and low[: -len(unit)].strip().replace(",", "").replace(".", "").isdigit():
            low, scale = low[: -len(unit)].strip(), Decimal(size)
    for tail in ("percent", "eur", "usd", "€", "%"):
        low = low.removesuffix(tail).strip()
    try:
        return Decimal(low.replace(",", "")) * scale
    except ArithmeticError:
        return None
