"""The document tools, in a real box: what is written is read back."""

import zipfile
from pathlib import Path

import pytest

from arkwright.core.tool import Footprint
from arkwright.errors import ToolError
from arkwright.tools import charts, documents

from .conftest import Use

NOTES = """# Notes

Met **Ana** and *Ben*; see [the site](https://example.org/a) and `code()`.

## To do

- [ ] call Bo
- [x] write up
  - a detail

1. first
2. second

| Item | Cost |
| :--- | ---: |
| Shed | 1,200 |
| Lock | 15 |

> quoted

```python
print("hi")
```
"""
ROWS = [["region", "total", "change"], ["North", 1234.51, -10.25], ["South", 99.0, 2000]]


def names(folder: Path) -> list[str]:
    """What is in a folder."""
    return sorted(path.name for path in folder.iterdir())


@pytest.fixture
def notes(workspace: Path) -> str:
    """A Markdown file of the workspace."""
    (workspace / "notes.md").write_text(NOTES)
    return "notes.md"


async def report(use: Use, path: str, **more: object) -> dict[str, object]:
    """A report with a table, a picture, bullets and odd characters."""
    blocks = [
        {"heading": "Summary"},
        {"text": 'Total **1,333.50**; odd: #let $x$ @ref <nobody> \\ "q" u_v [x] // */ ~'},
        {"heading": "Figures"},
        {"table": ROWS, "caption": "By region", "total": True},
        {"figure": "c.png", "caption": "The chart"},
        {"heading": "Changes", "level": 2},
        {"rows": {"path": "rows.csv"}, "template": "{region} changed by {change:+,.2f}"},
        {"bullets": ["one **bold**", "two"]},
    ]
    made = await use(documents, "documents.write", path=path, title="Sold & seen", subtitle="2025", blocks=blocks, **more)
    return made.value  # type: ignore[return-value]


@pytest.fixture
async def picture(use: Use, workspace: Path) -> None:
    """A chart and a table that the report uses."""
    (workspace / "rows.csv").write_text("region,change\nNorth,-10.25\nSouth,2000\n")
    await use(
        charts, "charts.draw", table={"path": "rows.csv"}, kind="bar", x="region", y=["change"], title="Changes", path="c.png"
    )


@pytest.mark.parametrize("pages", [1, 2, 3])
async def test_a_pdf_has_the_pages_that_are_wanted(use: Use, workspace: Path, picture: None, pages: int) -> None:
    made = await report(use, "r.pdf", pages=pages)
    assert made["pages"] == pages
    read = await use(documents, "documents.read", path="r.pdf")
    value = read.value
    assert value["pages"] == pages  # type: ignore[index,call-overload]
    text = " ".join(str(value["text"]).split())  # type: ignore[index,call-overload]
    for part in (
        "Sold & seen",
        '#let $x$ @ref <nobody> \\ "q" u_v [x] // */ ~',
        "1,234.51",
        "North changed by -10.25",
        f"1 / {pages}",
    ):
        assert part in text
    assert ["North", "1,234.51", "-10.25"] in value["tables"][0]  # type: ignore[index,call-overload]


async def test_a_docx_has_real_headings_tables_and_pictures(use: Use, workspace: Path, picture: None) -> None:
    await report(use, "r.docx", toc=True)
    with zipfile.ZipFile(workspace / "r.docx") as packed:
        body = packed.read("word/document.xml").decode()
        assert any(name.startswith("word/media/") for name in packed.namelist())
        assert "NUMPAGES" in "".join(packed.read(n).decode() for n in packed.namelist() if n.startswith("word/footer"))
    assert all(mark in body for mark in ('w:val="Heading1"', 'w:val="ListBullet"', "<w:tblHeader", 'TOC \\o "1-3"'))
    read = await use(documents, "documents.read", path="r.docx")
    titles = [heading["text"] for heading in read.value["headings"]]  # type: ignore[index,call-overload,union-attr]
    assert titles == ["Sold & seen", "Contents", "Summary", "Figures", "Changes"]
    assert read.value["tables"] == [  # type: ignore[index,call-overload]
        [["Region", "Total", "Change"], ["North", "1,234.51", "-10.25"], ["South", "99.00", "2,000.00"]]
    ]


@pytest.mark.parametrize("form", ["docx", "html"])
async def test_markdown_survives_the_way_there_and_back(use: Use, workspace: Path, notes: str, form: str) -> None:
    await use(documents, "documents.convert", source=notes, path=f"n.{form}")
    await use(documents, "documents.convert", source=f"n.{form}", path="back.md")
    back = (workspace / "back.md").read_text()
    for part in (
        "# Notes\n",
        "## To do\n",
        "**Ana**",
        "*Ben*",
        "[the site](https://example.org/a)",
        "`code()`",
        "- [ ] call Bo\n",
    ):
        assert part in back
    for part in (
        "- [x] write up\n  - a detail\n",
        "1. first\n2. second\n",
        "| Item | Cost |\n| --- | ---: |\n| Shed | 1,200 |",
        "> quoted",
    ):
        assert part in back
    assert 'print("hi")' in back


async def test_text_and_pdf_hold_what_the_markdown_says(use: Use, workspace: Path, notes: str) -> None:
    await use(documents, "documents.convert", source=notes, path="n.txt")
    text = (workspace / "n.txt").read_text()
    assert "**" not in text
    assert "the site (https://example.org/a)" in text
    assert "- [ ] call Bo\n- [x] write up\n" in text
    shown = await use(documents, "documents.convert", source=notes, path="n.pdf")
    assert (shown.summary, shown.value["pages"]) == ("n.pdf, 1 page", 1)  # type: ignore[index,call-overload]
    read = await use(documents, "documents.read", path="n.pdf")
    assert [["Item", "Cost"], ["Shed", "1,200"], ["Lock", "15"]] in read.value["tables"]  # type: ignore[index,call-overload]


@pytest.mark.parametrize("form", ["docx", "md", "html", "pdf"])
async def test_chapters_are_merged_in_order_under_their_headings(use: Use, workspace: Path, form: str) -> None:
    (workspace / "a.md").write_text("# Alpha\n\n## One\n\ntext one\n")
    (workspace / "b.md").write_text("# Beta\n\ntext two\n")
    (workspace / "last_words.txt").write_text("plain words\n")
    path = f"book.{form}"
    await use(documents, "documents.merge", sources=["a.md", "b.md", "last_words.txt"], path=path, title="Book", toc=True)
    read = await use(documents, "documents.read", path=path)
    text = str(read.value["text"])  # type: ignore[index,call-overload]
    assert text.index("text one") < text.index("text two") < text.index("plain words")
    titles = [str(heading["text"]) for heading in read.value["headings"]]  # type: ignore[index,call-overload,union-attr]
    assert [title for title in titles if title in ("Alpha", "Beta", "Last words")] == ["Alpha", "Beta", "Last words"]
    assert "Contents" in text or "Contents" in titles


async def test_pages_of_pdfs_are_joined(use: Use, workspace: Path) -> None:
    for name, pages in (("a", 1), ("b", 2)):
        blocks = [{"heading": f"Part {name}"}, {"text": "x"}, {"heading": "More"}, {"text": "y"}]
        await use(documents, "documents.write", path=f"{name}.pdf", title=name, blocks=blocks, pages=pages)
    joined = await use(documents, "documents.merge", sources=["a.pdf", "b.pdf"], path="ab.pdf")
    assert joined.value["pages"] == 3  # type: ignore[index,call-overload]


async def test_characters_without_a_font_are_reported(use: Use, workspace: Path) -> None:
    made = await use(
        documents, "documents.write", path="x.pdf", title="x", blocks=[{"text": "Größe Ελλάδα Привет ☑ → \U000e0041"}]
    )
    assert made.value.get("missing_glyphs") == ["\U000e0041"]  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("args", "code"),
    [
        ({"blocks": [{"figure": "gone.png"}]}, "missing_file"),
        ({"blocks": [{"figure": "notes.md"}]}, "no_picture"),
        ({"blocks": [{"rows": {"path": "rows.csv"}, "template": "{nobody}"}]}, "unknown_column"),
        ({"blocks": [{"caption": "alone"}]}, "bad_block"),
        ({"path": "x.odt"}, "bad_format"),
        ({"path": "notes.md"}, "exists"),
    ],
)
async def test_what_cannot_be_written_says_why_and_leaves_nothing(
    use: Use, workspace: Path, notes: str, args: dict[str, object], code: str
) -> None:
    (workspace / "rows.csv").write_text("region,change\nNorth,1\n")
    before = names(workspace)
    with pytest.raises(ToolError) as caught:
        await use(documents, "documents.write", **{"path": "x.pdf", "title": "x", "blocks": [{"text": "y"}], **args})
    assert caught.value.code == code
    assert names(workspace) == before


def test_the_footprint_is_the_files_of_the_blocks() -> None:
    by_name = {tool.name: tool for tool in documents.TOOLS}
    blocks = [{"figure": "c.png"}, {"table": {"path": "t.csv"}}, {"rows": {"table": "/tmp/scratch/x.parquet"}, "template": "{a}"}]
    write = documents.WriteArgs.model_validate({"path": "r.pdf", "title": "t", "blocks": blocks})
    assert by_name["documents.write"].footprint(write) == Footprint(reads=("c.png", "t.csv"), writes=("r.pdf",))
    merge = documents.MergeArgs.model_validate({"sources": ["a.md"], "path": "b.md", "overwrite": True})
    assert by_name["documents.merge"].footprint(merge) == Footprint(reads=("a.md",), writes=("b.md",), deletes=("b.md",))
