"""The file tools, in a real box."""

import json
from pathlib import Path

import pytest
from pydantic import ValidationError

from arkwright.core.tool import Footprint
from arkwright.errors import ToolError
from arkwright.tools import files

from .conftest import Use

WAYS_OUT = ["../x", "/etc/passwd", "link/x"]


async def test_a_file_is_written_listed_and_read(use: Use) -> None:
    written = await use(files, "files.write", path="notes/größe.txt", text="one\ntwo\n")
    assert [a.path for a in written.artifacts] == ["notes/größe.txt"]
    listed = await use(files, "files.list", pattern="*.txt")
    assert listed.value == [{"path": "notes/größe.txt", "size": 8, "media_type": "text/plain"}]
    read = await use(files, "files.read", path="notes/größe.txt")
    assert read.value == {"text": "one\ntwo\n", "lines": 2, "encoding": "utf-8", "truncated": False}
    assert (written.origin, read.origin) == (("request",), ("workspace",))


@pytest.mark.parametrize("path", WAYS_OUT)
async def test_no_path_leaves_the_workspace(use: Use, workspace: Path, path: str) -> None:
    (workspace / "link").symlink_to("/tmp")
    with pytest.raises(ToolError) as caught:
        await use(files, "files.write", path=path, text="x")
    assert caught.value.code == "outside_workspace"


def files_in(folder: Path) -> list[Path]:
    """What is in a folder."""
    return list(folder.iterdir())


async def test_a_move_never_overwrites_and_is_all_or_nothing(use: Use, workspace: Path) -> None:
    for name in ("a", "b", "taken"):
        (workspace / name).write_text(name)
    with pytest.raises(ToolError) as caught:
        await use(files, "files.move", moves=[{"from": "a", "to": "new/a"}, {"from": "b", "to": "taken"}])
    assert caught.value.code == "exists"
    assert sorted(path.name for path in files_in(workspace)) == ["a", "b", "taken"]
    assert (workspace / "taken").read_text() == "taken"


async def test_duplicates_can_be_moved_by_the_table_that_found_them(use: Use, workspace: Path) -> None:
    for name in ("2024", "copy of 2024", "deep.txt", "other"):
        (workspace / name).write_text("same" if name != "other" else "other")
    found = await use(files, "files.duplicates")
    assert [[path, keep] for _, path, keep, _ in found.value["preview"]] == [
        ["2024", True],
        ["deep.txt", False],
        ["copy of 2024", False],
    ]
    pairs = {"table": found.value["table"], "columns": found.value["columns"]}
    with pytest.raises(ToolError, match="no column 'from'"):
        await use(files, "files.move", moves=pairs)


async def test_an_archive_keeps_folders_and_comes_out_the_same(use: Use, workspace: Path) -> None:
    (workspace / "in" / "sub").mkdir(parents=True)
    (workspace / "in" / "sub" / "x y.txt").write_text("x")
    packed = await use(files, "files.archive", paths=["in"], path="backup.zip")
    assert packed.value["files"] == ["in/sub/x y.txt"]
    unpacked = await use(files, "files.extract", path="backup.zip", to="out")
    assert [a.path for a in unpacked.artifacts] == ["out/in/sub/x y.txt"]


async def test_a_manifest_is_verified(use: Use, workspace: Path) -> None:
    (workspace / "a").write_text("a")
    (workspace / "b").write_text("b")
    saved = await use(files, "files.checksum", paths=["a", "b"], save_as="SUMS")
    assert [a.path for a in saved.artifacts] == ["SUMS"]
    (workspace / "b").write_text("changed")
    seen = await use(files, "files.checksum", manifest="SUMS")
    assert seen.value["wrong"] == ["b"]
    assert seen.summary == "1 of 2 files differ from SUMS: b"
    assert [[row[0], row[3]] for row in seen.value["preview"]] == [["a", True], ["b", False]]


async def test_a_comparison_writes_its_report(use: Use, workspace: Path) -> None:
    (workspace / "a.md").write_text("one\ntwo\n")
    (workspace / "b.md").write_text("one\n2\nthree\n")
    seen = await use(files, "files.compare", left="a.md", right="b.md", path="changes.html")
    assert seen.value["identical"] is False
    assert "<ins>" in (workspace / "changes.html").read_text() or "added" in (workspace / "changes.html").read_text()


async def test_deleting_says_what_is_gone(use: Use, workspace: Path) -> None:
    (workspace / "d").mkdir()
    (workspace / "d" / "x").write_text("x")
    assert (await use(files, "files.delete", paths=["d"])).value == {"count": 1, "files": ["d/x"]}
    assert not (workspace / "d").exists()


def test_footprints_say_what_a_call_touches() -> None:
    def touched(name: str, **args: object) -> Footprint:
        tool = next(tool for tool in files.TOOLS if tool.name == name)
        return tool.footprint(tool.args.model_validate(args))

    assert touched("files.move", moves=[{"from": "a", "to": "b"}]) == Footprint(reads=("a",), writes=("b", "a"))
    assert touched("files.copy", moves=[{"from": "a", "to": "b"}]) == Footprint(reads=("a",), writes=("b",))
    assert touched("files.move", moves={"table": "/tmp/scratch/x.parquet"}).writes is None
    assert touched("files.delete", paths=["a"]) == Footprint(deletes=("a",))
    assert touched("files.read", path="a") == Footprint(reads=("a",))
    assert touched("files.compare", left="a", right="b", path="r.md") == Footprint(reads=("a", "b"), writes=("r.md",))


def test_an_argument_that_is_not_known_is_an_error() -> None:
    with pytest.raises(ValidationError, match="Extra inputs"):
        files.Read.model_validate({"path": "a", "encoding": "x"})


def test_schemas_are_json() -> None:
    assert all(json.dumps(tool.spec.schema) for tool in files.TOOLS)
