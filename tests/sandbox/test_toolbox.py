"""The toolbox is there whole or not at all, and two first runs do not take it from each other."""

import asyncio
import fcntl
from pathlib import Path

import pytest

from arkwright.errors import SetupError
from arkwright.sandbox.toolbox import Toolbox


async def test_without_a_package_index_the_error_says_what_to_run_and_nothing_is_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in {
        "INDEX_URL": "http://127.0.0.1:9/simple",
        "RETRIES": "0",
        "NO_CACHE_DIR": "1",
        "CONFIG_FILE": "/dev/null",
    }.items():
        monkeypatch.setenv(f"PIP_{name}", value)
    with pytest.raises(SetupError, match="the toolbox could not be fetched") as caught:
        await Toolbox(tmp_path).build()
    assert "arkwright doctor --build" in caught.value.remedy
    assert [path.name for path in (tmp_path / "toolbox").iterdir()] == [".lock"]


async def test_of_two_first_runs_one_waits_for_the_other(tmp_path: Path) -> None:
    toolbox, told = Toolbox(tmp_path), asyncio.Event()
    other = toolbox.path.with_name(f"{toolbox.path.name}.1.partial")
    other.mkdir(parents=True)
    with (toolbox.path.parent / ".lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        waiting = asyncio.create_task(toolbox.build(lambda fraction, note: told.set()))
        await asyncio.wait_for(told.wait(), 10)
        assert other.is_dir()  # what the other has fetched so far
        (other / ".ready").touch()
        other.rename(toolbox.path)
    await asyncio.wait_for(waiting, 10)
    assert toolbox.ready()
