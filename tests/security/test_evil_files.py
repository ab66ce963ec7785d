"""Files made to hurt are opened in the box: they read nothing beside themselves, take no memory or time, and say why not."""

import time
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from tests.tools.conftest import Use, boxes, nobody, other, site, use, workspace

from arkwright.errors import ToolError
from arkwright.tools import documents, proof, tables

from . import evil

__all__ = ["boxes", "nobody", "other", "site", "use", "workspace"]

PRIVATE = "private-7f3a91"
WITHIN = 60.0
DOCUMENT, TABLE, OPEN = (documents, "documents.read"), (tables, "tables.describe"), (proof, "proof.open")


def reading(tool: tuple[ModuleType, str], name: str) -> dict[str, Any]:
    """The arguments with which a tool reads a file."""
    return {DOCUMENT: {"path": name}, TABLE: {"sources": [{"path": name}]}, OPEN: {"paths": [name]}}[tool]


ENTITIES: list[tuple[str, Callable[[Path, str], None], tuple[ModuleType, str]]] = [
    ("x.docx", evil.word, DOCUMENT), ("x.docx", evil.word, OPEN), ("x.xlsx", evil.workbook, TABLE), ("x.svg", evil.svg, OPEN),
]  # fmt: skip


@pytest.mark.parametrize(("name", "make", "tool"), ENTITIES)
async def test_an_entity_reads_no_other_file(
    use: Use, workspace: Path, name: str, make: Callable[[Path, str], None], tool: tuple[ModuleType, str]
) -> None:
    (workspace / "private.txt").write_text(PRIVATE)
    make(workspace / name, evil.READS)
    try:
        seen = str(await use(*tool, **reading(tool, name)))
    except ToolError as error:
        seen = str(error)
    assert PRIVATE not in seen


@pytest.mark.parametrize(("name", "make", "tool"), ENTITIES)
async def test_entities_do_not_multiply(
    use: Use, workspace: Path, name: str, make: Callable[[Path, str], None], tool: tuple[ModuleType, str]
) -> None:
    make(workspace / name, evil.LAUGHS)
    began = time.monotonic()
    try:
        seen = str(await use(*tool, **reading(tool, name)))
    except ToolError as error:
        seen = str(error)
    assert "hahahahahahahahahaha" * 50 not in seen
    assert time.monotonic() - began < WITHIN


def deep(path: Path) -> None:
    path.write_text("[" * 1_000_000 + "]" * 1_000_000)


def long_cell(path: Path) -> None:
    path.write_text("a,b\n" + "x" * (17 << 20) + ",1\n")


@pytest.mark.parametrize(
    ("name", "make", "tool", "code"),
    [
        ("far.xlsx", evil.far_workbook, TABLE, "too_big"),
        ("text.docx", evil.swollen_text, DOCUMENT, "unreadable"),
        ("parts.docx", evil.swollen_word, DOCUMENT, "unreadable"),
        ("deep.json", deep, TABLE, "too_deep"),
        ("long.csv", long_cell, TABLE, "too_big"),
    ],
)
async def test_a_file_that_swells_is_refused_in_words(
    use: Use, workspace: Path, name: str, make: Callable[[Path], None], tool: tuple[ModuleType, str], code: str
) -> None:
    make(workspace / name)
    began = time.monotonic()
    with pytest.raises(ToolError) as caught:
        await use(*tool, **reading(tool, name))
    assert (caught.value.code, bool(caught.value.remedy)) == (code, True)
    assert time.monotonic() - began < WITHIN
    (workspace / "good.csv").write_text("a\n1\n")
    assert (await use(tables, "tables.describe", sources=[{"path": "good.csv"}])).outcome == "ok"


async def test_a_picture_with_too_many_pixels_is_not_drawn(use: Use, workspace: Path) -> None:
    evil.vast_picture(workspace / "vast.png")
    (workspace / "doc.md").write_text("![x](vast.png)\n")
    with pytest.raises(ToolError, match="a picture has more pixels than can be held"):
        await use(documents, "documents.convert", source="doc.md", path="doc.docx")
    opened = await use(proof, "proof.open", paths=["vast.png"])
    assert opened.value["files"]["vast.png"]["opens"] is False
    assert not (workspace / "doc.docx").exists()


@pytest.mark.parametrize("target", ["file:///workspace/private.png", "/workspace/private.png", "/etc/passwd"])
async def test_a_drawing_brings_in_nothing_by_an_absolute_path(use: Use, workspace: Path, target: str) -> None:
    evil.svg(workspace / "d.svg", '<!DOCTYPE x [<!ENTITY e "x">]>', f'<image href="{target}" width="9" height="9"/>')
    (workspace / "doc.md").write_text("![x](d.svg)\n")
    with pytest.raises(ToolError, match="absolute paths are not allowed"):
        await use(documents, "documents.convert", source="doc.md", path="doc.pdf")
    assert not (workspace / "doc.pdf").exists()


@pytest.mark.parametrize(
    "make",
    [
        lambda path: evil.pdf(path, box="0 0 20000000 20000000"),
        lambda path: evil.pdf(path, kids="2 0 R 3 0 R", count=99_999_999),
        lambda path: evil.pdf(path, kids="3 0 R " * 1_000, count=1_000),
    ],
)
async def test_a_pdf_that_claims_too_much_takes_no_time(use: Use, workspace: Path, make: Callable[[Path], None]) -> None:
    make(workspace / "x.pdf")
    began = time.monotonic()
    for tool in (DOCUMENT, OPEN):
        await use(*tool, **reading(tool, "x.pdf"))
    assert time.monotonic() - began < WITHIN
