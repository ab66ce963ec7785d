"""Packing and unpacking, and archives that mean harm."""

import io
import os
import tarfile
import zipfile
from pathlib import Path

import pytest

from arkwright.toolbox import archives
from arkwright.toolbox.fault import Fault


def still(fraction: float, note: str) -> None:
    """Progress that nobody watches."""


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workspace with a folder of files."""
    root = tmp_path / "ws"
    (root / "in" / "deep").mkdir(parents=True)
    (root / "in" / "a.txt").write_text("a" * 1000)
    (root / "in" / "deep" / "ü b.csv").write_text("b")
    monkeypatch.setenv("ARKWRIGHT_WORKSPACE", str(root))
    return root


@pytest.mark.parametrize("name", ["x.zip", "x.tar", "x.tar.gz", "x.tgz", "x.tar.bz2", "x.tar.xz"])
def test_what_is_packed_comes_out_the_same(workspace: Path, name: str) -> None:
    os.utime(workspace / "in" / "a.txt", (1_500_000_000, 1_500_000_000))
    packed = archives.pack({"paths": ["in"], "path": name, "base": "in"}, still)
    assert packed["files"] == ["a.txt", "deep/ü b.csv"]
    value = archives.unpack({"path": name, "to": "out"}, still)
    assert value == {"to": "out", "files": ["out/a.txt", "out/deep/ü b.csv"]}
    assert (workspace / "out" / "deep" / "ü b.csv").read_text() == "b"
    assert (workspace / "out" / "a.txt").stat().st_mtime == 1_500_000_000


@pytest.mark.parametrize("suffix", [".zip", ".tar.gz"])
def test_the_same_files_make_the_same_archive(workspace: Path, suffix: str) -> None:
    for name in ("one", "two"):
        archives.pack({"paths": ["in"], "path": f"{name}{suffix}"}, still)
    assert (workspace / f"one{suffix}").read_bytes() == (workspace / f"two{suffix}").read_bytes()


def test_globs_choose_what_is_packed(workspace: Path) -> None:
    packed = archives.pack({"paths": ["in/**/*.csv"], "path": "x.zip"}, still)
    assert packed["files"] == ["in/deep/ü b.csv"]
    with pytest.raises(Fault) as caught:
        archives.pack({"paths": ["*.xlsx"], "path": "y.zip"}, still)
    assert caught.value.code == "not_found"


@pytest.mark.parametrize("name", ["../evil", "/tmp/evil", "a/../../evil", "C:\\evil", "..\\evil"])
def test_a_zip_that_climbs_out_unpacks_nothing(workspace: Path, name: str) -> None:
    with zipfile.ZipFile(workspace / "evil.zip", "w") as archive:
        archive.writestr("good.txt", "good")
        archive.writestr(zipfile.ZipInfo(name), "evil")
    with pytest.raises(Fault) as caught:
        archives.unpack({"path": "evil.zip", "to": "out"}, still)
    assert caught.value.code == "unsafe_archive"
    assert not (workspace / "out").exists()
    assert not (workspace.parent / "evil").exists()


def test_a_tar_with_a_link_unpacks_nothing(workspace: Path) -> None:
    with tarfile.open(workspace / "evil.tar", "w") as archive:
        link = tarfile.TarInfo("link")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc"
        archive.addfile(link)
    with pytest.raises(Fault) as caught:
        archives.unpack({"path": "evil.tar"}, still)
    assert caught.value.code == "unsafe_archive"
    assert not (workspace / "link").is_symlink()


def test_a_bomb_is_refused(workspace: Path) -> None:
    with (
        zipfile.ZipFile(workspace / "bomb.zip", "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("zeros", "w", force_zip64=True) as out,
    ):
        for _ in range(110):
            out.write(bytes(1 << 20))
    with pytest.raises(Fault) as caught:
        archives.unpack({"path": "bomb.zip", "to": "out"}, still)
    assert caught.value.code == "too_big"
    assert not (workspace / "out").exists()


def test_unpacking_never_overwrites(workspace: Path) -> None:
    archives.pack({"paths": ["in"], "path": "x.zip"}, still)
    with pytest.raises(Fault) as caught:
        archives.unpack({"path": "x.zip"}, still)
    assert caught.value.code == "exists"


def test_a_damaged_archive_leaves_nothing(workspace: Path) -> None:
    archives.pack({"paths": ["in"], "path": "x.tar.gz"}, still)
    whole = (workspace / "x.tar.gz").read_bytes()
    (workspace / "half.tar.gz").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(Fault) as caught:
        archives.unpack({"path": "half.tar.gz", "to": "out"}, still)
    assert caught.value.code == "not_archive"
    assert not (workspace / "out").exists()


def test_a_set_uid_bit_does_not_survive(workspace: Path) -> None:
    with tarfile.open(workspace / "x.tar", "w") as archive:
        member = tarfile.TarInfo("tool")
        member.mode, member.size = 0o4755, 2
        archive.addfile(member, io.BytesIO(b"hi"))
    archives.unpack({"path": "x.tar"}, still)
    assert (workspace / "tool").stat().st_mode & 0o7777 == 0o755
