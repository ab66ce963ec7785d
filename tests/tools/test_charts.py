"""The chart tool, in a real box: pictures that are there, of the right size, with ink where data are."""

import struct
import zlib
from pathlib import Path

import pytest

from arkwright.core.tool import Footprint
from arkwright.errors import ToolError
from arkwright.tools import charts

from .conftest import Use

PALETTE = [(0x00, 0x72, 0xB2), (0xE6, 0x9F, 0x00), (0x00, 0x9E, 0x73)]


@pytest.fixture
def sold(workspace: Path) -> dict[str, object]:
    """A table of months, shops and amounts."""
    months = ["2025-03", "2025-01", "2025-02"]
    rows = [f"{month},{shop},{at * 100 + len(shop) * 7.5}" for at, month in enumerate(months, 1) for shop in ("Oslo", "Izmir")]
    (workspace / "s.csv").write_text("month,shop,amount\n" + "\n".join(rows) + "\n")
    return {"path": "s.csv"}


def names(folder: Path) -> list[str]:
    """What is in a folder."""
    return sorted(path.name for path in folder.iterdir())


def pixels(path: Path) -> tuple[int, int, set[tuple[int, ...]]]:
    """Width, height and the colours of an 8-bit png without filters of the fourth kind left out."""
    data, at, body = path.read_bytes(), 8, b""
    width, height, depth, kind = struct.unpack(">IIBB", data[16:26])
    assert (depth, kind) == (8, 6)
    while at < len(data):
        size = struct.unpack(">I", data[at : at + 4])[0]
        body += data[at + 8 : at + 8 + size] if data[at + 4 : at + 8] == b"IDAT" else b""
        at += size + 12
    raw, stride = zlib.decompress(body), width * 4 + 1
    above = bytearray(width * 4)
    colours: set[tuple[int, ...]] = set()
    for line in range(height):
        above = unfiltered(raw[line * stride], bytearray(raw[line * stride + 1 : (line + 1) * stride]), above)
        colours |= {tuple(above[x : x + 3]) for x in range(0, len(above), 4)}
    return width, height, colours


def unfiltered(kind: int, line: bytearray, above: bytearray) -> bytearray:
    """One line of a png without its filter."""
    for x in range(len(line)):
        left, up, corner = (line[x - 4] if x >= 4 else 0), above[x], (above[x - 4] if x >= 4 else 0)
        guess = left + up - corner
        near = min((abs(guess - left), 0, left), (abs(guess - up), 1, up), (abs(guess - corner), 2, corner))[2]
        line[x] = (line[x] + (0, left, up, (left + up) // 2, near)[kind]) & 255
    return line


@pytest.mark.parametrize("kind", ["bar", "line", "area", "scatter", "histogram", "pie"])
async def test_each_kind_is_drawn_with_ink_for_its_data(use: Use, workspace: Path, sold: dict[str, object], kind: str) -> None:
    shown = await use(
        charts, "charts.draw", table=sold, kind=kind, x="month", y=["amount"], title="Sold in 2025 ($x_1$)", path="c.png"
    )
    assert [artifact.path for artifact in shown.artifacts] == ["c.png"]
    assert shown.value == {"path": "c.png", "kind": kind, "points": 6, "series": ["amount"]}
    width, height, colours = pixels(workspace / "c.png")
    assert (width, height) == (1200, 750)
    assert PALETTE[0] in colours or kind in ("area", "scatter")
    assert len(colours) > 10


async def test_series_have_colours_of_their_own(use: Use, workspace: Path, sold: dict[str, object]) -> None:
    shown = await use(
        charts,
        "charts.draw",
        table=sold,
        kind="bar",
        x="month",
        y=["amount"],
        series="shop",
        title="Sold",
        path="c.png",
        stacked=True,
    )
    assert shown.value["series"] == ["Oslo", "Izmir"]  # type: ignore[index,call-overload]
    assert {PALETTE[0], PALETTE[1]} <= pixels(workspace / "c.png")[2]


async def test_months_run_from_left_to_right(use: Use, workspace: Path, sold: dict[str, object]) -> None:
    await use(charts, "charts.draw", table=sold, kind="line", x="month", y=["amount"], series="shop", title="Sold", path="c.svg")
    text = (workspace / "c.svg").read_text()
    places = [text.index(month) for month in ("2025-01", "2025-02", "2025-03")]
    assert places == sorted(places)
    assert all(word in text for word in ("Sold", "Month", "Amount", "Oslo", "Izmir"))


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"path": "c.gif"}, "bad_format"),
        ({"y": ["shop"]}, "not_numeric"),
        ({"y": ["amuont"]}, "unknown_column"),
        ({"path": "s.csv"}, "bad_format"),
        ({"path": "there.png"}, "exists"),
    ],
)
async def test_what_cannot_be_drawn_says_why_and_leaves_nothing(
    use: Use, workspace: Path, sold: dict[str, object], change: dict[str, object], code: str
) -> None:
    (workspace / "there.png").write_text("mine")
    before = names(workspace)
    args = {"table": sold, "kind": "bar", "x": "month", "y": ["amount"], "title": "t", "path": "c.png"}
    with pytest.raises(ToolError) as caught:
        await use(charts, "charts.draw", **{**args, **change})
    assert caught.value.code == code
    assert names(workspace) == before


def test_the_footprint_is_the_source_and_the_picture() -> None:
    args = charts.DrawArgs.model_validate({"table": {"path": "s.csv"}, "kind": "bar", "title": "t", "path": "c.png"})
    assert charts.TOOLS[0].footprint(args) == Footprint(reads=("s.csv",), writes=("c.png",))
