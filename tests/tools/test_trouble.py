"""Disks that are full or read-only, folders that may not be read, odd names: said in words, and nothing is left half-written."""

import errno
import os
import socket
from pathlib import Path

import pytest

from arkwright.errors import ToolError
from arkwright.sandbox.boxes import Boxes
from arkwright.sandbox.egress import Egress
from arkwright.sandbox.limits import Limits
from arkwright.sandbox.toolbox import Toolbox
from arkwright.settings import default_home
from arkwright.toolbox.system import refusal
from arkwright.tools import files, tables

from .conftest import Hands, Use


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (errno.ENOSPC, "the disk is full at 'out.csv'; nothing was left half-written"),
        (errno.EDQUOT, "the disk is full at 'out.csv'; nothing was left half-written"),
        (errno.EFBIG, "a file would become larger than a box may write at 'out.csv'"),
        (errno.EROFS, "the workspace is read-only at 'out.csv'"),
        (errno.EACCES, "'out.csv' may not be read or written"),
        (errno.ENAMETOOLONG, "a name is too long for this disk at 'out.csv'"),
    ],
)
def test_what_the_system_refuses_names_the_file_and_what_to_do(number: int, said: str) -> None:
    fault = refusal(OSError(number, os.strerror(number), "/workspace/out.csv"), "files.write")
    assert fault.message == said
    assert fault.remedy


def test_a_workspace_that_may_not_be_written_is_named_as_such() -> None:
    fault = refusal(OSError(errno.EACCES, "", "/workspace/.0f56191fce49.part"), "files.write")
    assert fault.message == "the workspace folder may not be written"


def test_a_name_that_only_exists_while_writing_is_not_told() -> None:
    fault = refusal(OSError(errno.EROFS, "", "/workspace/sub/.0f56191fce49.part"), "files.write")
    assert fault.message == "the workspace is read-only at 'sub'"


async def test_a_name_too_long_for_the_disk_is_told_and_leaves_nothing(use: Use, workspace: Path) -> None:
    with pytest.raises(ToolError, match="a name is too long for this disk") as caught:
        await use(files, "files.write", path="n" * 300 + ".txt", text="x")
    assert caught.value.remedy == "choose a shorter name"
    assert os.listdir(workspace) == []


ODD = [
    "my file.txt",
    "-rf.txt",
    "größe-漢.txt",
    "new\nline.txt",
    "quote'\"$x.txt",
    "esc\x1b[31m.txt",
    "*.txt",
    "a" * 251 + ".txt",
]


@pytest.mark.parametrize("name", ODD)
async def test_any_name_is_written_read_moved_and_packed(use: Use, workspace: Path, name: str) -> None:
    await use(files, "files.write", path=name, text="x")
    assert (await use(files, "files.read", path=name)).value["text"] == "x"
    listed = await use(files, "files.list")
    assert [row["path"] for row in listed.value] == [name]
    await use(files, "files.move", moves=[{"from": name, "to": f"in/{name}"}])
    assert [path.name for path in (workspace / "in").iterdir()] == [name]
    await use(files, "files.archive", paths=["in"], path="all.zip")
    await use(files, "files.extract", path="all.zip", to="out")
    assert [path.name for path in (workspace / "out").rglob("*") if path.is_file()] == [name]


async def test_a_name_that_is_no_utf8_is_listed_and_harms_nothing(use: Use, workspace: Path) -> None:
    (workspace / "bad\udcff.txt").write_text("x")
    (workspace / "good.txt").write_text("good")
    listed = await use(files, "files.list")
    assert [row["path"] for row in listed.value] == ["bad\udcff.txt", "good.txt"]
    assert (await use(files, "files.read", path="good.txt")).value["text"] == "good"


async def test_a_folder_that_may_not_be_read_hides_nothing_else(use: Use, workspace: Path) -> None:
    """It used to make the whole workspace look empty."""
    (workspace / "shut").mkdir()
    (workspace / "shut" / "inner.txt").write_text("x")
    (workspace / "open.txt").write_text("x")
    (workspace / "shut").chmod(0)
    try:
        listed = await use(files, "files.list")
        assert [row["path"] for row in listed.value] == ["open.txt", "shut/"]
        with pytest.raises(ToolError, match="'shut' may not be read or written") as caught:
            await use(files, "files.archive", paths=["*.txt"], path="all.zip")  # whether it is all cannot be known
        assert caught.value.remedy == "allow it, such as with chmod u+rwX shut"
        assert sorted(os.listdir(workspace)) == ["open.txt", "shut"]
    finally:
        (workspace / "shut").chmod(0o755)


async def test_what_does_not_fit_leaves_nothing_half_written(workspace: Path, tmp_path: Path) -> None:
    """A limit on the size of a file stops a write in its middle, as a full disk does."""
    (workspace / "noise.bin").write_bytes(os.urandom(3 << 20))
    boxes = Boxes(default_home(), workspace, tmp_path.name, Toolbox(default_home()), Egress(), Limits(file=1 << 20))
    hands = Hands(boxes, workspace)
    tries = {
        "files.write": {"path": "new/big.txt", "text": "x" * (2 << 20)},
        "files.copy": {"moves": [{"from": "noise.bin", "to": "copies/noise.bin"}]},
        "files.archive": {"paths": ["noise.bin"], "path": "new/all.zip"},
    }
    try:
        for name, args in tries.items():
            tool = next(tool for tool in files.TOOLS if tool.name == name)
            with pytest.raises(ToolError):
                await tool.run(tool.args.model_validate(args), hands)
            assert os.listdir(workspace) == ["noise.bin"], name
    finally:
        await boxes.close()
        boxes.clear()


async def test_links_pipes_and_sockets_of_the_workspace_are_in_nobodys_way(use: Use, workspace: Path) -> None:
    """A link in a circle used to make the whole workspace look empty; a pipe would keep whoever reads it waiting."""
    (workspace / "good.csv").write_text("a\n1\n")
    (workspace / "circle").symlink_to("circle")
    (workspace / "passwd.csv").symlink_to("/etc/passwd")
    os.mkfifo(workspace / "pipe.csv")
    with socket.socket(socket.AF_UNIX) as bound:
        bound.bind(str(workspace / "s"))
    listed = await use(files, "files.list")
    assert [row["path"] for row in listed.value] == ["circle", "good.csv", "passwd.csv"]
    assert (await use(tables, "tables.describe", sources=[{"path": "good.csv"}])).outcome == "ok"
    for name in ("pipe.csv", "passwd.csv", "circle"):
        with pytest.raises(ToolError):
            await use(tables, "tables.describe", sources=[{"path": name}])
        with pytest.raises(ToolError):
            await use(files, "files.read", path=name)
