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


async def test_a_csv_file_keeps_such_texts_as_they_are_and_says_so(use: Use, workspace: Path) -> None:
    """A mark before them would change the data for every program that reads it."""
    texts = ["=1+1", "@SUM(A1)", "+cmd", "-cmd|x", "-5 degrees", "+49 30 1", "fine", "a=b"]
    (workspace / "in.csv").write_text("text,amount\n" + "".join(f"{text},-{n}\n" for n, text in enumerate(texts, 1)))
    saved = await use(tables, "tables.save", sheets=[{"table": {"path": "in.csv"}}], path="out.csv")
    assert (workspace / "out.csv").read_text() == (workspace / "in.csv").read_text()
    assert saved.summary.endswith("; 4 texts begin like a formula: a spreadsheet program may compute them, "
                                  "an xlsx file keeps them texts")  # fmt: skip
