"""The file functions of the toolbox, on real folders."""

import os
from pathlib import Path

import pytest

from arkwright.toolbox import files
from arkwright.toolbox.fault import Fault


def still(fraction: float, note: str) -> None:
    """Progress that nobody watches."""


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workspace with a few files, and a scratch folder beside it."""
    root = tmp_path / "ws"
    (root / "sub dir").mkdir(parents=True)
    (root / "a.txt").write_text("one\ntwo\n")
    (root / "sub dir" / "b é.txt").write_text("three")
    (tmp_path / "secret").write_text("outside")
    (tmp_path / "scratch").mkdir()
    monkeypatch.setenv("ARKWRIGHT_WORKSPACE", str(root))
    monkeypatch.setenv("ARKWRIGHT_SCRATCH", str(tmp_path / "scratch"))
    return root


def content(root: Path) -> dict[str, str]:
    """Every file below a folder with its text."""
    return {p.relative_to(root).as_posix(): p.read_text() for p in sorted(root.rglob("*")) if p.is_file()}


@pytest.mark.parametrize("path", ["../secret", "/etc/passwd", "sub dir/../../secret", "~/x", "way-out/secret", "leak"])
def test_a_path_that_leaves_the_workspace_is_a_fault(workspace: Path, path: str) -> None:
    (workspace / "way-out").symlink_to("..")
    (workspace / "leak").symlink_to("../secret")
    for function, args in ((files.read, {"path": path}), (files.write, {"path": path, "text": "x", "overwrite": True})):
        with pytest.raises(Fault) as caught:
            function(args, still)
        assert caught.value.code == "outside_workspace"
    assert (workspace.parent / "secret").read_text() == "outside"


def test_a_move_into_an_occupied_place_moves_nothing(workspace: Path) -> None:
    before = content(workspace)
    with pytest.raises(Fault) as caught:
        files.move({"moves": [{"from": "a.txt", "to": "new/a.txt"}, {"from": "sub dir/b é.txt", "to": "a.txt"}]}, still)
    assert caught.value.code == "exists"
    assert content(workspace) == before
    assert not (workspace / "new").exists()


def test_a_move_that_fails_half_way_is_rolled_back(workspace: Path) -> None:
    before = content(workspace)
    long = "x" * 300
    with pytest.raises(Fault) as caught:
        files.move({"moves": [{"from": "a.txt", "to": "new/a.txt"}, {"from": "sub dir/b é.txt", "to": long}]}, still)
    assert caught.value.code in {"io", "bad_name"}
    assert content(workspace) == before


def test_two_files_for_one_place_are_refused(workspace: Path) -> None:
    with pytest.raises(Fault, match="would both become"):
        files.move({"moves": [{"from": "a.txt", "to": "c"}, {"from": "sub dir/b é.txt", "to": "c"}]}, still)
    assert not (workspace / "c").exists()


def test_moves_keep_names_with_spaces_and_letters_beyond_ascii(workspace: Path) -> None:
    value = files.move({"moves": [{"from": "sub dir/b é.txt", "to": "neu/größe 1.txt"}]}, still)
    assert value == {"count": 1, "files": ["neu/größe 1.txt"]}
    assert content(workspace) == {"a.txt": "one\ntwo\n", "neu/größe 1.txt": "three"}


def test_a_copy_keeps_the_time_and_the_original(workspace: Path) -> None:
    os.utime(workspace / "a.txt", (1_000_000_000, 1_000_000_000))
    files.copy({"moves": [{"from": "a.txt", "to": "b/a.txt"}]}, still)
    assert (workspace / "b" / "a.txt").stat().st_mtime == 1_000_000_000
    assert (workspace / "a.txt").exists()


def test_a_write_does_not_replace_unless_told(workspace: Path) -> None:
    with pytest.raises(Fault) as caught:
        files.write({"path": "a.txt", "text": "new"}, still)
    assert caught.value.code == "exists"
    files.write({"path": "a.txt", "text": "new", "overwrite": True}, still)
    assert (workspace / "a.txt").read_text() == "new"


def test_a_list_filters_by_glob(workspace: Path) -> None:
    found = files.listing({"path": "", "pattern": "*.TXT"}, still)
    assert [entry["path"] for entry in found] == ["a.txt", "sub dir/b é.txt"]
    assert [entry["path"] for entry in files.listing({"path": "", "recursive": False}, still)] == ["a.txt", "sub dir/"]
    assert [entry["path"] for entry in files.listing({"path": "", "pattern": "sub*/**/*.txt"}, still)] == ["sub dir/b é.txt"]


def test_a_text_that_is_not_utf8_is_read(workspace: Path) -> None:
    (workspace / "latin.txt").write_bytes("Größe\n".encode("latin-1"))
    assert files.read({"path": "latin.txt"}, still) == {"text": "Größe\n", "lines": 1, "encoding": "cp1252", "truncated": False}


def test_a_binary_file_is_not_read_as_text(workspace: Path) -> None:
    (workspace / "x.bin").write_bytes(b"a\0b")
    with pytest.raises(Fault) as caught:
        files.read({"path": "x.bin"}, still)
    assert caught.value.code == "binary"


def test_the_workspace_itself_is_not_deleted(workspace: Path) -> None:
    with pytest.raises(Fault) as caught:
        files.delete({"paths": ["."]}, still)
    assert caught.value.code == "whole_workspace"
    assert files.delete({"paths": ["sub dir"]}, still) == {"count": 1, "files": ["sub dir/b é.txt"]}


def test_adopting_takes_all_files_or_none(workspace: Path) -> None:
    scratch = workspace.parent / "scratch"
    (scratch / "1").write_text("1")
    (scratch / "2").write_text("2")
    pair = [{"scratch": str(scratch / "1"), "path": "new/1"}, {"scratch": str(scratch / "2"), "path": "a.txt"}]
    with pytest.raises(Fault):
        files.adopt({"files": pair}, still)
    assert not (workspace / "new").exists()
    with pytest.raises(Fault) as caught:
        files.adopt({"files": [{"scratch": str(workspace.parent / "secret"), "path": "stolen"}]}, still)
    assert caught.value.code == "outside_scratch"


def test_equal_files_are_found_by_content(workspace: Path) -> None:
    for name in ("x1", "x2", "sub dir/x3"):
        (workspace / name).write_text("same")
    ((digest, paths),) = files.equal(list(files.walk(workspace)), still)
    assert len(digest) == 64
    assert sorted(p.name for p in paths) == ["x1", "x2", "x3"]
