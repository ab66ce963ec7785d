"""Checkpoints: what was there comes back, and nothing else is touched."""

import os
from pathlib import Path

import pytest

from arkwright.core.entry import Entry
from arkwright.errors import UserError
from arkwright.sandbox.checkpoint import Checkpoints


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    folder = tmp_path / "workspace"
    (folder / "a" / ".git").mkdir(parents=True)
    (folder / "a" / "one.txt").write_text("one")
    (folder / "a" / "tool").write_text("#!/bin/sh")
    (folder / "a" / "tool").chmod(0o755)
    (folder / "empty").mkdir()
    (folder / "link").symlink_to("/etc/passwd")
    return folder


@pytest.fixture
def checkpoints(tmp_path: Path) -> Checkpoints:
    return Checkpoints(tmp_path / "home")


async def test_everything_comes_back_as_it_was(checkpoints: Checkpoints, workspace: Path) -> None:
    before = await checkpoints.capture(str(workspace), None)
    (workspace / "a" / "one.txt").write_text("changed")
    (workspace / "a" / "tool").unlink()
    (workspace / "empty").rmdir()
    (workspace / "link").unlink()
    (workspace / "link").mkdir()
    (workspace / "new").write_text("new")
    after = await checkpoints.capture(str(workspace), None)
    changed = {path for path in {*before, *after} if before.get(path) != after.get(path)}
    assert changed == {"a/one.txt", "a/tool", "empty", "link", "new"}
    await checkpoints.restore(str(workspace), {path: before.get(path) for path in changed})
    assert await checkpoints.capture(str(workspace), None) == before


async def test_a_path_brings_its_folders_and_what_is_below(checkpoints: Checkpoints, workspace: Path) -> None:
    found = await checkpoints.capture(str(workspace), ["a/one.txt", "missing/file"])
    assert set(found) == {"a", "a/one.txt"}


async def test_a_link_in_the_way_is_not_followed(checkpoints: Checkpoints, workspace: Path, tmp_path: Path) -> None:
    before = await checkpoints.capture(str(workspace), ["a"])
    outside = tmp_path / "outside"
    outside.mkdir()
    (workspace / "a").rename(workspace / "moved")
    (workspace / "a").symlink_to(outside)
    with pytest.raises(UserError):
        await checkpoints.restore(str(workspace), {"a/one.txt": before["a/one.txt"]})
    assert list(outside.iterdir()) == []
    assert set(await checkpoints.capture(str(workspace), ["a/one.txt"])) == {"a"}


async def test_pipes_and_sockets_are_left_alone(checkpoints: Checkpoints, workspace: Path) -> None:
    os.mkfifo(workspace / "pipe")
    assert "pipe" not in await checkpoints.capture(str(workspace), None)


async def test_a_failed_restore_changes_nothing(checkpoints: Checkpoints, workspace: Path) -> None:
    target = {"a/one.txt": Entry("file", 0o644, "0" * 64), "a/tool": None}
    with pytest.raises(UserError, match="not kept"):
        await checkpoints.restore(str(workspace), target)
    assert (workspace / "a" / "tool").exists()


async def test_names_that_are_not_text_survive(checkpoints: Checkpoints, workspace: Path) -> None:
    name = os.fsdecode(b"caf\xe9\n")
    (workspace / name).write_text("x")
    before = await checkpoints.capture(str(workspace), None)
    (workspace / name).unlink()
    await checkpoints.restore(str(workspace), {name: before[name]})
    assert (workspace / name).read_text() == "x"


async def test_set_user_bits_do_not_come_back(checkpoints: Checkpoints, workspace: Path) -> None:
    (workspace / "a" / "tool").chmod(0o4755)
    before = await checkpoints.capture(str(workspace), ["a/tool"])
    (workspace / "a" / "tool").unlink()
    await checkpoints.restore(str(workspace), {"a/tool": before["a/tool"]})
    assert (workspace / "a" / "tool").stat().st_mode & 0o7777 == 0o755


async def test_hashes_are_those_of_the_files(checkpoints: Checkpoints, workspace: Path) -> None:
    assert set(await checkpoints.hashes(str(workspace))) == {"a/one.txt", "a/tool"}


async def test_a_change_right_after_a_look_is_seen(checkpoints: Checkpoints, workspace: Path) -> None:
    first = await checkpoints.hashes(str(workspace))
    (workspace / "a" / "one.txt").write_text("two")
    assert (await checkpoints.hashes(str(workspace)))["a/one.txt"] != first["a/one.txt"]
