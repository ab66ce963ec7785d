"""The picture tools, in a real box: what is scaled is opened again; pages show no picture of the machine they are read on."""

import struct
import zlib
from pathlib import Path

import pytest

from arkwright.errors import ToolError
from arkwright.tools import documents, pictures

from .conftest import Use


def draw(path: Path, wide: int = 64, high: int = 48) -> None:
    """A PNG with a gradient."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = b"".join(b"\0" + bytes(v for x in range(wide) for v in (x * 3, y * 5, 90)) for y in range(high))
    head = struct.pack(">IIBBBBB", wide, high, 8, 2, 0, 0, 0)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b""))


async def test_a_picture_is_halved_and_the_original_stays(use: Use, workspace: Path) -> None:
    draw(workspace / "in/sold.png")
    before = (workspace / "in/sold.png").read_bytes()
    pair = {"from": "in/sold.png", "to": "small/sold.jpg"}
    half = await use(pictures, "pictures.scale", pictures=[pair], factor=0.5)
    assert half.value["files"] == [{"path": "small/sold.jpg", "width": 32, "height": 24}]
    assert (workspace / "small/sold.jpg").read_bytes().startswith(b"\xff\xd8")
    assert (workspace / "in/sold.png").read_bytes() == before


async def test_a_picture_that_is_there_is_not_overwritten(use: Use, workspace: Path) -> None:
    draw(workspace / "in/sold.png")
    with pytest.raises(ToolError):
        await use(pictures, "pictures.scale", pictures=[{"from": "in/sold.png", "to": "in/sold.png"}], factor=0.5)


async def test_a_text_is_no_picture(use: Use, workspace: Path) -> None:
    (workspace / "note.jpg").write_text("hello")
    with pytest.raises(ToolError, match="does not open"):
        await use(pictures, "pictures.scale", pictures=[{"from": "note.jpg", "to": "note.png"}])


@pytest.mark.parametrize(
    "source", ["/etc/logo.png", "file:///home/ada/cat.png", "../../cat.png", "C:\\cat.png", "//host/share/cat.png"]
)
@pytest.mark.parametrize("path", ["page.html", "again.md"])
async def test_pictures_outside_the_folder_do_not_get_into_a_page(use: Use, workspace: Path, source: str, path: str) -> None:
    (workspace / "notes.md").write_text(f"# Cats\n\nSee ![our cat]({source}) and ![web](https://example.org/cat.png).\n")
    await use(documents, "documents.convert", source="notes.md", path=path)
    made = (workspace / path).read_text()
    assert f'src="{source}' not in made
    assert path.endswith(".html") or f"![our cat]({source}" not in made
    assert "our cat" in made
    assert "https://example.org/cat.png" in made
