"""Pages: what a page in the browser says; pages.js holds the half that runs inside it."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

SOURCE = Path(__file__).with_name("pages.js").read_text(encoding="utf-8")


def script(function: str) -> str:
    """A function of pages.js as something the browser can evaluate with one argument."""
    return f"argument => {{ {SOURCE}\n return {function}(argument); }}"


@dataclass(frozen=True)
class Found:
    """A table of a page: where it stands, its column names and its rows of text."""

    index: int
    names: list[str]
    rows: list[list[str]]
    title: str
    aside: bool
    known_as: tuple[str, ...]


def tables(page: Any) -> list[Found]:
    """The tables that hold data: not those used for layout, nor those without a row."""
    return [found for raw in page.evaluate(script("tables")) if not raw["layout"] and (found := table(raw)).rows]


def table(raw: dict) -> Found:
    """A table with its header told from its rows: header cells, else a first row that differs in kind.

    Totals in a tfoot are left out.
    """
    body = [row for row, head, foot in zip(raw["rows"], raw["head"], raw["foot"], strict=True) if not foot and not head]
    heads = [row for row, head in zip(raw["rows"], raw["head"], strict=True) if head]
    if (
        not heads
        and len(body) > 1
        and all(body[0])
        and not any(numeric(cell) for cell in body[0])
        and len(set(body[0])) == len(body[0])
    ):
        heads, body = [body[0]], body[1:]
    width = max((len(row) for row in [*body, *heads]), default=0)
    body = [[*row, *[""] * (width - len(row))] for row in body if any(row)]
    known = tuple(text for text in (raw["caption"], raw["label"], raw["id"], raw["heading"]) if text)
    return Found(raw["index"], column_names(heads, width), body, known[0] if known else "", raw["aside"], known)


def numeric(cell: str) -> bool:
    """Whether a cell holds mostly digits."""
    return sum(c.isdigit() for c in cell) * 2 >= len(cell.replace(" ", "")) > 0


def column_names(heads: list[list[str]], width: int) -> list[str]:
    """One name a column from one or more header rows; a group above several columns goes in front of theirs."""
    out: list[str] = []
    for at in range(width):
        parts = list(dict.fromkeys(row[at] for row in heads if at < len(row) and row[at]))
        name = " ".join(parts) or f"column_{at + 1}"
        count, unique = 1, name
        while unique in out:
            count += 1
            unique = f"{name}_{count}"
        out.append(unique)
    return out
