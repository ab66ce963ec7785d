"""Pace: a call that reads a large file is seen to be at work."""

import os
import threading
from pathlib import Path

import pytest

from arkwright.toolbox.pace import LARGE, paced, reading


@pytest.fixture
def large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file of the workspace that takes a while."""
    monkeypatch.setenv("ARKWRIGHT_WORKSPACE", str(tmp_path))
    path = tmp_path / "sales.csv"
    path.touch()
    os.truncate(path, 4 * LARGE)
    return path


def test_how_far_a_large_file_was_read_is_seen(large: Path) -> None:
    with large.open("rb", buffering=0) as file:
        assert reading() is None  # nothing was read of it
        file.read(LARGE)
        assert reading() == (0.25, "reading sales.csv")
    assert reading() is None


def test_small_files_and_those_elsewhere_are_not_told_of(large: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    small, elsewhere = large.with_name("small.csv"), tmp_path_factory.mktemp("elsewhere") / "big.csv"
    small.write_text("a,b\n1,2\n")
    elsewhere.touch()
    os.truncate(elsewhere, 4 * LARGE)
    for path in (small, elsewhere):
        with path.open("rb", buffering=0) as file:
            file.read(4)
            assert reading() is None


def test_it_is_told_while_the_call_goes_on_and_never_after(large: Path) -> None:
    told: list[tuple[float, str]] = []
    heard, threads = threading.Event(), threading.active_count()

    def progress(fraction: float, note: str) -> None:
        told.append((fraction, note))
        heard.set()

    with paced(progress, every=0.001), large.open("rb", buffering=0) as file:
        file.read(2 * LARGE)
        assert heard.wait(10)
    assert set(told) == {(0.5, "reading sales.csv")}
    assert threading.active_count() == threads
