"""Folders, archives and programs: right results are verified, wrong ones never."""

import io
import zipfile
from pathlib import Path

import pytest
from lab import Result, verify

INBOX = {
    "inbox/a.txt": b"alpha\n",
    "inbox/sub/b.csv": b"x,y\n1,2\n",
    "inbox/sub/copy of a.txt": b"alpha\n",
    "inbox/c.log": b"log\n",
}
ZIP = "Please zip all the .csv and .txt files of inbox incl. the subfolders into backup.zip, keeping the folder structure"
DOUBLES = (
    "The inbox folder (subfolders too) contains many files that are exact copies of each other under different names. "
    "Keep one of each and move the other copies into a folder called duplicates. Don't delete anything!"
)
FIBONACCI = (
    "Write a small python program that puts the first 12 fibonacci numbers (starting with 0 and 1) into fib.txt, "
    "one per line, and run it."
)
PROGRAM = (
    b"a, b = 0, 1\nwith open('fib.txt', 'w') as f:\n    for _ in range(12):\n        print(a, file=f)\n        a, b = b, a + b\n"
)
NUMBERS = b"0\n1\n1\n2\n3\n5\n8\n13\n21\n34\n55\n89\n"


def archive(*names: str, **changed: bytes) -> bytes:
    """A zip of some of the inbox."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as z:
        for name in names:
            z.writestr(name, changed.get("data", INBOX[name]))
    return out.getvalue()


WANTED = ("inbox/a.txt", "inbox/sub/b.csv", "inbox/sub/copy of a.txt")


def test_an_archive_of_exactly_the_files_is_verified(tmp_path: Path) -> None:
    assert verify(tmp_path, ZIP, INBOX, Result({"backup.zip": archive(*WANTED)})).status == "verified"


@pytest.mark.parametrize(
    "made",
    [archive(*WANTED[:2]), archive(*WANTED, "inbox/c.log"), archive(*WANTED, data=b"other"), b"no zip"],
    ids=["one missing", "one too many", "other content", "no zip"],
)
def test_any_other_archive_is_not(made: bytes, tmp_path: Path) -> None:
    assert verify(tmp_path, ZIP, INBOX, Result({"backup.zip": made})).status != "verified"


def test_moved_copies_are_verified(tmp_path: Path) -> None:
    moved = Result({"inbox/sub/copy of a.txt": None, "duplicates/copy of a.txt": b"alpha\n"})
    assert verify(tmp_path, DOUBLES, INBOX, moved).status == "verified"


@pytest.mark.parametrize(
    "files",
    [
        {"inbox/sub/copy of a.txt": None},
        {"inbox/sub/copy of a.txt": None, "inbox/a.txt": None, "duplicates/a.txt": b"alpha\n", "duplicates/b.txt": b"alpha\n"},
        {
            "inbox/sub/copy of a.txt": None,
            "duplicates/copy of a.txt": b"alpha\n",
            "inbox/c.log": None,
            "duplicates/c.log": b"log\n",
        },
        {},
    ],
    ids=["deleted", "both moved", "another one moved", "nothing done"],
)
def test_lost_or_wrongly_moved_files_are_not(files: dict[str, bytes | None], tmp_path: Path) -> None:
    assert verify(tmp_path, DOUBLES, INBOX, Result(files)).status != "verified"


def test_a_program_and_its_output_are_verified(tmp_path: Path) -> None:
    assert verify(tmp_path, FIBONACCI, {"other.txt": b"x"}, Result({"fib.py": PROGRAM, "fib.txt": NUMBERS})).status == "verified"


@pytest.mark.parametrize(
    "files",
    [
        {"fib.txt": NUMBERS},
        {"fib.py": PROGRAM},
        {"fib.py": PROGRAM, "fib.txt": NUMBERS.replace(b"89", b"90")},
        {"fib.py": PROGRAM.replace(b"range(12)", b"range(11)"), "fib.txt": NUMBERS},
        {"fib.py": b"def broken(:\n", "fib.txt": NUMBERS},
    ],
    ids=["no program", "no output", "a wrong number", "a wrong program", "no Python"],
)
def test_a_wrong_program_or_output_is_not(files: dict[str, bytes | None], tmp_path: Path) -> None:
    assert verify(tmp_path, FIBONACCI, {"other.txt": b"x"}, Result(files)).status != "verified"


def test_a_word_nobody_understands_leaves_it_unverified(tmp_path: Path) -> None:
    request = ZIP + ", and encrypt it"
    assert verify(tmp_path, request, INBOX, Result({"backup.zip": archive(*WANTED)})).status == "unverified"


def test_a_changed_input_fails(tmp_path: Path) -> None:
    done = Result({"backup.zip": archive(*WANTED), "inbox/c.log": b"changed\n"})
    assert verify(tmp_path, ZIP, INBOX, done).status == "failed"
