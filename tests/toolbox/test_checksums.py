"""Manifests of sums, and tokens in files."""

import hashlib
from pathlib import Path

import pytest

from arkwright.toolbox import checksums, credentials
from arkwright.toolbox.fault import Fault


def still(fraction: float, note: str) -> None:
    """Progress that nobody watches."""


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two files in a folder."""
    monkeypatch.setenv("ARKWRIGHT_WORKSPACE", str(tmp_path))
    (tmp_path / "d").mkdir()
    (tmp_path / "d" / "a b.txt").write_text("a")
    (tmp_path / "d" / "c.txt").write_text("c")
    return tmp_path


@pytest.mark.parametrize("algorithm", ["md5", "sha256"])
@pytest.mark.parametrize("form", ["{sum}  {name}", "{sum} *{name}", "{tag} ({name}) = {sum}"])
def test_a_manifest_says_which_files_are_wrong(workspace: Path, algorithm: str, form: str) -> None:
    good, bad = hashlib.new(algorithm, b"a").hexdigest(), hashlib.new(algorithm, b"x").hexdigest()
    entries = [(good, "a b.txt"), (bad, "c.txt"), (good, "missing.txt")]
    lines = [form.format(sum=digest, name=name, tag=algorithm.upper()) for digest, name in entries]
    (workspace / "d" / "SUMS").write_text("# made by hand\n" + "\n".join(lines) + "\n")
    rows = checksums.verified({"manifest": "d/SUMS"}, still)
    assert [(row["path"], row["ok"], row["actual"] is None) for row in rows] == [
        ("d/a b.txt", True, False),
        ("d/c.txt", False, False),
        ("d/missing.txt", False, True),
    ]


def test_a_text_that_is_no_manifest_is_refused(workspace: Path) -> None:
    (workspace / "SUMS").write_text("hello\n")
    with pytest.raises(Fault) as caught:
        checksums.verified({"manifest": "SUMS"}, still)
    assert caught.value.code == "not_manifest"


@pytest.mark.parametrize(
    "text",
    [
        "tok_123\n",
        "Bearer tok_123",
        "API_TOKEN=tok_123\nOTHER=x\n",
        "# key\nexport TOKEN='tok_123'\n",
        '{"token": "tok_123", "user": "ann"}',
    ],
)
def test_a_token_is_found_in_its_file(workspace: Path, text: str) -> None:
    (workspace / "token.txt").write_text(text)
    assert credentials.token({"path": "token.txt"}, still) == "tok_123"


def test_a_file_with_two_tokens_is_refused_without_naming_them(workspace: Path) -> None:
    (workspace / "keys.env").write_text("A_TOKEN=one1\nB_TOKEN=two2\n")
    with pytest.raises(Fault) as caught:
        credentials.token({"path": "keys.env"}, still)
    assert caught.value.code == "no_token"
    assert "one1" not in caught.value.message
