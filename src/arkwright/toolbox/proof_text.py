"""Bytes as text, the delimiter of a text, nested objects made flat."""

import csv
import io
import re
from collections import Counter


def decode(data: bytes) -> str:
    """Bytes as text: by byte order mark, else UTF-8, else Windows-1252, else Latin-1."""
    return data.decode(encoding_of(data), errors="replace")


def encoding_of(data: bytes) -> str:
    """The encoding that fits the bytes."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    try:
        data.decode("utf-8-sig")
        return "utf-8-sig"
    except UnicodeDecodeError as why:
        if why.end >= len(data) - 1 and len(data) >= 1 << 20:
            return "utf-8-sig"
    return "latin-1" if re.search(rb"[\x80-\x9f]", data) is None else "cp1252"


def delimiter_of(text: str) -> str:
    def fit(mark: str) -> tuple[float, int]:
        rows = [r for r in csv.reader(io.StringIO(text[:60_000], newline=""), delimiter=mark) if r][:50]
        widths = Counter(len(r) for r in rows)
        width, often = widths.most_common(1)[0]
        return (often / len(rows) if width > 1 else 0.0, width)

    return max(",;\t|", key=fit)


def flatten(record: dict, prefix: str = "") -> dict:
    """A nested object with dotted names; lists stay lists."""
    out: dict = {}
    for key, value in record.items():
        if isinstance(value, dict):
            out.update(flatten(value, f"{prefix}{key}."))
        else:
            out[f"{prefix}{key}"] = value
    return out
