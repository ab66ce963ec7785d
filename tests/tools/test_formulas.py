"""A text from a file never becomes a formula of a workbook."""

import zipfile
from pathlib import Path

from arkwright.tools import tables

from .conftest import Use


async def test_texts_that_look_like_formulas_stay_texts_in_a_workbook(use: Use, workspace: Path) -> None:
    (workspace / "in.csv").write_text('=A1,amount\n"=HYPERLINK(""http://x"")",1\n=1+1,2\n')
    await use(tables, "tables.save", sheets=[{"table": {"path": "in.csv"}}], path="out.xlsx")
    with zipfile.ZipFile(workspace / "out.xlsx") as book:
        page = book.read("xl/worksheets/sheet1.xml").decode()
        texts = "".join(
            book.read(name).decode() for name in book.namelist() if name.endswith(("sharedStrings.xml", "sheet1.xml"))
        )
    assert "<f>" not in page
    assert all(text in texts for text in ("=A1", "=HYPERLINK(", "=1+1"))
