"""PDFs joined page by page, with some pages left out."""

from pathlib import Path

import pytest

from arkwright.errors import ToolError
from arkwright.tools import documents

from .conftest import Use


async def leaves(use: Use, path: str, *texts: str) -> None:
    """A PDF with a page for each text."""
    blocks: list[dict[str, object]] = []
    for text in texts:
        blocks += [{"page_break": True}] if blocks else []
        blocks.append({"text": text})
    await use(documents, "documents.write", path=path, title="", blocks=blocks)


@pytest.mark.parametrize(
    ("choice", "pages"),
    [
        ({"first": -1, "last": -1, "drop": True}, 3),
        ({"first": 2, "last": 3}, 3),
        ({"first": 1, "last": 1}, 2),
        ({"first": 1, "last": 2, "drop": True}, 2),
    ],
)
async def test_only_the_chosen_pages_get_into_the_new_pdf(
    use: Use, workspace: Path, choice: dict[str, object], pages: int
) -> None:
    await leaves(use, "letter.pdf", "Dear Kim")
    await leaves(use, "rules.pdf", "Rule one", "Rule two", "Rule three")
    joined = await use(
        documents, "documents.merge", sources=["letter.pdf", "rules.pdf"], path="all.pdf", pages={"rules.pdf": choice}
    )
    assert joined.value["pages"] == pages


async def test_a_page_that_is_not_there_is_an_error(use: Use, workspace: Path) -> None:
    await leaves(use, "letter.pdf", "Dear Kim")
    with pytest.raises(ToolError, match="has 1 pages"):
        await use(
            documents, "documents.merge", sources=["letter.pdf"], path="all.pdf", pages={"letter.pdf": {"first": 2, "last": 2}}
        )
