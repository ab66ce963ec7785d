"""Programs: what they make is worked out again; a right result in other words is verified, a wrong one never."""

from pathlib import Path

import pytest
from lab import Result, verify

FIGURES = b"1\n2\n6.26\n"
MEAN = b"v=[float(x) for x in open('v.txt')]\nopen('f.json','w').write('{\"mean\": %s}' % round(sum(v)/3,1))\n"
SOURCE = b'RATES = {"north": 3}\nfor a in ["north", "west"]:\n    print(a, RATES[a])\n'
FIXED = b'RATES = {"north": 3, "west": 8}\nfor a in ["north", "west"]:\n    print(a, RATES[a])\n'
MEND = 'tax.py: RATES lacks "west" (should be 8). Make a corrected copy tax_ok.py, run it, output into out.txt. The original must stay as it is.'
ODD = b"open('odd.txt','w').write('1\\n3\\n5\\n')\n"
WISH = "A python script odd.py is to be written which puts the first 3 odd numbers into odd.txt, every number in a new line, and executed. Tell me how many numbers there are."


def test_figures_that_are_rounded_as_asked_are_verified(tmp_path: Path) -> None:
    wish = "Write a python script that calculates the mean of the numbers in v.txt (1 decimal) and saves it in f.json. Run it."
    right = Result({"f.py": MEAN, "f.json": b'{"mean": 3.1}'})
    assert verify(tmp_path, wish, {"v.txt": FIGURES}, right).status == "verified"


def test_figures_with_other_decimals_are_not(tmp_path: Path) -> None:
    wish = "Write a python script that calculates the mean of the numbers in v.txt (2 decimals) and saves it in f.json. Run it."
    assert verify(tmp_path, wish, {"v.txt": FIGURES}, Result({"f.py": MEAN, "f.json": b'{"mean": 3.1}'})).status != "verified"


def test_a_named_fault_put_right_in_a_copy_is_verified(tmp_path: Path) -> None:
    right = Result({"tax_ok.py": FIXED, "out.txt": b"north 3\nwest 8\n"})
    verdict = verify(tmp_path, MEND, {"tax.py": SOURCE}, right)
    assert verdict.status == "verified", [c for c in verdict.checks if c.outcome != "passed"]


@pytest.mark.parametrize(
    ("copy", "output"),
    [
        (FIXED.replace(b"8", b"9"), b"north 3\nwest 9\n"),
        (FIXED.replace(b"print(a", b"print('-', a"), b"- north 3\n- west 8\n"),
        (FIXED, b"north 3\n"),
    ],
)
def test_a_copy_with_another_value_or_another_change_is_not(copy: bytes, output: bytes, tmp_path: Path) -> None:
    assert verify(tmp_path, MEND, {"tax.py": SOURCE}, Result({"tax_ok.py": copy, "out.txt": output})).status != "verified"


def test_how_many_there_are_must_stand_in_the_answer(tmp_path: Path) -> None:
    right = Result({"odd.py": ODD, "odd.txt": b"1\n3\n5\n"}, "Wrote 3 numbers.")
    verdict = verify(tmp_path, WISH, {}, right)
    assert verdict.status == "verified", [c for c in verdict.checks if c.outcome != "passed"]
    (tmp_path / "again").mkdir()
    wrong = Result(right.files, "Wrote 4 numbers.")
    assert verify(tmp_path / "again", WISH, {}, wrong).status != "verified"


def test_an_exclusion_that_is_not_understood_leaves_it_unverified(tmp_path: Path) -> None:
    wish = WISH.replace("numbers into", "numbers (leave the multiples of 3 out) into")
    assert verify(tmp_path, wish, {}, Result({"odd.py": ODD, "odd.txt": b"1\n3\n5\n"}, "3")).status != "verified"
