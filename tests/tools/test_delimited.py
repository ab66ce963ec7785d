"""Delimited files that are not as they should be: no row and no cell is lost in silence."""

from pathlib import Path

import pytest

from arkwright.errors import ToolError
from arkwright.tools import tables

from .conftest import Use


async def test_a_quote_that_is_never_closed_is_told_and_counts_nothing(use: Use, workspace: Path) -> None:
    """Every row after it would end up in one cell, and a count would be wrong in silence."""
    (workspace / "open.csv").write_text('a,b\n1,2\n"un,5\n6,7\n8,9\n')
    with pytest.raises(ToolError, match=r"'open.csv' has a quote in line 3 that is never closed"):
        await use(tables, "tables.describe", sources=[{"path": "open.csv"}])
    (workspace / "inch.csv").write_text('item,size\npipe,5" wide\nrod,6\n')
    described = await use(tables, "tables.describe", sources=[{"path": "inch.csv"}])
    (table,) = described.value["tables"]  # type: ignore[index,call-overload]
    assert table["rows"] == 2


async def test_cells_too_many_in_a_large_file_are_not_lost(use: Use, workspace: Path) -> None:
    """What stands after the last column belongs to it, as when somebody forgot the quotes of a note."""
    filler = "x" * 200
    rows = "".join(f"{n},{filler}\n" for n in range(90_000))
    (workspace / "large.csv").write_text(f"n,note\n{rows}90000,hello, world\n")
    where = {"column": "n", "op": "eq", "value": 90000}
    steps: list[dict[str, object]] = [{"do": "filter", "where": where}, {"do": "select", "columns": [{"column": "note"}]}]
    found = await use(tables, "tables.query", inputs={"large": {"path": "large.csv"}}, steps=steps)
    assert found.value["preview"] == [["hello, world"]]  # type: ignore[index,call-overload]
