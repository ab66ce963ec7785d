"""Programs in other words: clauses in any order, passive, short notes; and what must not be guessed."""

import subprocess
import sys
from pathlib import Path

import pytest
from tests.planner.desk import calls, plan

from arkwright.core.plan import Plan, Refusal


def written(text: str, folder: Path, *inputs: tuple[str, str]) -> Path:
    """The folder after the program of a plan has run in it."""
    (_, program), *_ = calls(text)
    for name, content in inputs:
        (folder / name).write_text(content)
    path = folder / str(program["path"])
    path.write_text(str(program["text"]), encoding="utf-8")
    subprocess.run([{".py": sys.executable, ".sh": "sh"}[path.suffix], path.name], cwd=folder, check=True, timeout=60)
    return folder


@pytest.mark.parametrize(
    "text",
    [
        "The file odd.txt should hold the first 4 odd numbers, each on its own line. A python script is to be written for it and executed; it must not be deleted.",
        "python: first 4 odd numbers -> odd.txt, one per line, run it",
        "Could you code a little Python program that puts the first 4 odd numbers in odd.txt (every number in a new line)? Start it, and do not remove the code.",
    ],
)
def test_a_sequence_is_understood_in_any_order_of_clauses(text: str, tmp_path: Path) -> None:
    assert (written(text, tmp_path) / "odd.txt").read_text().split() == ["1", "3", "5", "7"]


def test_the_count_is_told_beside_the_list_and_does_not_replace_it(tmp_path: Path) -> None:
    text = "Write a Python script that stores all primes under 20 in p.txt, run it and let me know how many of them it found."
    assert len((written(text, tmp_path) / "p.txt").read_text().split()) == 8


def test_figures_of_a_file_are_rounded_and_named_in_json(tmp_path: Path) -> None:
    text = "I need a python program: it reads readings.txt, one number on each line, and saves min, max, mean and median (1 decimal) in f.json. Run it."
    made = written(text, tmp_path, ("readings.txt", "1\n2\n6.26\n")) / "f.json"
    assert made.read_text().split() == ["{", '"min":', "1.0,", '"max":', "6.3,", '"mean":', "3.1,", '"median":', "2.0", "}"]


def test_a_shell_script_counts_the_types_of_files(tmp_path: Path) -> None:
    (tmp_path / "project" / "in").mkdir(parents=True)
    for name in ("a.py", "b.py", "in/c.md"):
        (tmp_path / "project" / name).write_text("x")
    text = "shell script types.sh: count the files by extension in project with all subfolders -> t.txt, run it"
    assert (written(text, tmp_path) / "t.txt").read_text().splitlines() == ["py: 2", "md: 1"]


@pytest.mark.parametrize(
    "text",
    [
        "Write a python program that puts the numbers from 1 to 50 into n.txt but leaves the multiples of 3 out, and run it",
        "python script: primes below 50 except 7 -> p.txt",
    ],
)
def test_what_is_to_be_left_out_is_never_skipped(text: str) -> None:
    assert isinstance(plan(text), Refusal)


def test_a_program_is_not_run_when_it_is_not_to_be() -> None:
    found = plan("Write a python script that writes the first 5 cubes to c.txt, but do not run it")
    assert isinstance(found, Plan)
    assert [task.tool for task in found.tasks] == ["files.write"]
