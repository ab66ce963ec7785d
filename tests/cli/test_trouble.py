"""Trouble: what goes wrong is one line with what to do next, and never a traceback."""

from pathlib import Path

import pytest

from .conftest import Command


def test_a_setting_that_cannot_be_used_is_named(arkwright: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ARKWRIGHT_PARALLEL", "none")
    done = arkwright("runs")
    assert done.code == 2
    assert done.err.startswith("arkwright: the setting ARKWRIGHT_PARALLEL='none' cannot be used: ")
    assert len(done.err.splitlines()) == 1


def test_a_home_that_cannot_be_made_is_named(arkwright: Command, home: Path) -> None:
    (home / "toolbox").unlink()
    home.rmdir()
    home.write_text("a file where the folder should be")
    done = arkwright("runs")
    assert done.code in (1, 3)
    assert len(done.err.splitlines()) == 1
    assert str(home) in done.err


def test_a_question_says_how_to_answer_it(arkwright: Command, workspace: Path) -> None:
    (workspace / "old.txt").write_text("old\n")
    done = arkwright("run", "delete old.txt")
    assert done.code == 4, done
    assert "arkwright approve a-" in done.out
    assert "arkwright resume " in done.out
    assert (workspace / "old.txt").exists()
