"""Comparing texts and folders."""

from pathlib import Path

import pytest

from arkwright.toolbox import diff


def still(fraction: float, note: str) -> None:
    """Progress that nobody watches."""


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two versions of a text."""
    monkeypatch.setenv("ARKWRIGHT_WORKSPACE", str(tmp_path))
    (tmp_path / "old.txt").write_text("Title\nprice is 10 euro\nstays\ngoes away\nend\n")
    (tmp_path / "new.txt").write_text("Title\nprice is 12 euro\nstays\nend\n<b>`added`</b>\n")
    return tmp_path


WANTED = {
    "added": [{"line": 5, "text": "<b>`added`</b>"}],
    "removed": [{"line": 4, "text": "goes away"}],
    "changed": [{"left_line": 2, "right_line": 2, "left": "price is 10 euro", "right": "price is 12 euro"}],
    "identical": False,
}


def test_lines_that_came_went_and_changed_are_told_apart(workspace: Path) -> None:
    assert diff.compare({"left": "old.txt", "right": "new.txt"}, still) == WANTED


def test_a_file_is_identical_to_itself(workspace: Path) -> None:
    assert diff.compare({"left": "old.txt", "right": "old.txt"}, still)["identical"] is True


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        (
            "r.md",
            [
                "# Changes from old.txt to new.txt",
                "1 added, 1 removed, 1 changed",
                "- Line 4: `goes away`",
                "`` <b>`added`</b> ``",
            ],
        ),
        ("r.txt", ["Changes from old.txt to new.txt", "  - before: price is 10 euro", "  - after: price is 12 euro"]),
        ("r.html", ["<del>0</del>", "<ins>2</ins>", "&lt;b&gt;", '<tr class="removed">']),
        ("r.diff", ["--- old.txt", "+++ new.txt", "-goes away", "+price is 12 euro"]),
    ],
)
def test_a_report_shows_every_change(workspace: Path, name: str, parts: list[str]) -> None:
    assert diff.compare({"left": "old.txt", "right": "new.txt", "path": name}, still)["path"] == name
    text = (workspace / name).read_text()
    assert [part for part in parts if part not in text] == []


def test_folders_are_compared_by_content(workspace: Path) -> None:
    for folder, names in (("a", {"same": "1", "other": "1", "gone": "1"}), ("b", {"same": "1", "other": "2", "new": "1"})):
        (workspace / folder).mkdir()
        for name, text in names.items():
            (workspace / folder / name).write_text(text)
    value = diff.compare({"left": "a", "right": "b"}, still)
    assert value == {"added": ["new"], "removed": ["gone"], "changed": [{"path": "other"}], "identical": False}
