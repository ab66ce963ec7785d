"""Requests for programs: what is written, under which name, that it runs, and that it is right."""

import subprocess
import sys
from pathlib import Path

import pytest
from tests.planner.desk import calls

FIRST_PRIMES = [2, 3, 5, 7, 11, 13, 17, 19, 23, 29]
MAILS = "From: <Bo@x.test>\nplease write to al@y.example.org.\n(BO@X.TEST) called about 5 @ 3 EUR\nthanks, talk soon @anna\n"


def run(text: str, folder: Path) -> tuple[str, str]:
    """Write the program of a plan into `folder`, run it, and return its name and what it prints."""
    (write, program), (tool, args) = calls(text)
    assert (write, tool) == ("files.write", "python.run")
    assert args["path"] == program["path"]
    (folder / str(program["path"])).write_text(str(program["text"]), encoding="utf-8")
    ended = subprocess.run(
        [sys.executable, str(program["path"])], cwd=folder, capture_output=True, text=True, check=True, timeout=60
    )
    return str(program["path"]), ended.stdout


@pytest.mark.parametrize(
    ("text", "name", "output", "wanted"),
    [
        ("Write a small python program that puts the first 10 fibonacci numbers (starting with 0 and 1) into fib.txt, one per line, and run it. Leave the program there so I can look at it.",
         "fib.py", "fib.txt", [0, 1, 1, 2, 3, 5, 8, 13, 21, 34]),
        ("Please write a Python script primes.py which writes all prime numbers below 30 to primes.txt, each on its own line, then run it.", "primes.py", "primes.txt", FIRST_PRIMES),
        ("write a python program to compute the collatz sequence starting at 6 and save it in collatz.txt, one number per line; run it", "collatz.py", "collatz.txt", [6, 3, 10, 5, 16, 8, 4, 2, 1]),
        ("I'd like a small python program that writes the factorials from 1 to 6 to factorials.txt (one per line). Execute it and keep the program.", "factorials.py", "factorials.txt", [1, 2, 6, 24, 120, 720]),
        ("Write a short Python script, squares.py, that writes the squares of 1 to 5 to out.txt, one per line. Run it.", "squares.py", "out.txt", [1, 4, 9, 16, 25]),
        ("Can you write a program which lists all leap years between 1896 and 1912 in leap.txt? Run it please and leave the script in place", "leap.py", "leap.txt", [1896, 1904, 1908, 1912]),
        ("Write a script that writes the numbers from 5 down to 1 into countdown.txt and run it", "countdown.py", "countdown.txt", [5, 4, 3, 2, 1]),
        ("write a python script that saves the first 8 powers of 2 in powers.txt", "powers.py", "powers.txt", [1, 2, 4, 8, 16, 32, 64, 128]),
    ],
)  # fmt: skip
def test_a_sequence_is_written_by_a_program_that_runs(
    text: str, name: str, output: str, wanted: list[int], tmp_path: Path
) -> None:
    assert run(text, tmp_path)[0] == name
    assert [int(line) for line in (tmp_path / output).read_text().split()] == wanted


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "I want a script that calculates the sum of all multiples of 3 or 5 below 1000. Run it and tell me the result",
            "233168",
        ),
        ("Please code a python script which computes the factorial of 25 and prints it", "15511210043330985984000000"),
        ("write a program that counts the primes below 100 and run it", "25"),
    ],
)
def test_a_single_number_is_printed(text: str, said: str, tmp_path: Path) -> None:
    assert said in run(text, tmp_path)[1]


def test_addresses_are_pulled_out_lower_cased_and_sorted(tmp_path: Path) -> None:
    (tmp_path / "emails.txt").write_text(MAILS)
    run(
        "emails.txt is a messy dump. I need a script that pulls out all the e-mail addresses (regex), lower-cases them, removes doubles and "
        "writes them in alphabetical order, one a line, to emails_found.txt. Run it as well.",
        tmp_path,
    )
    assert (tmp_path / "emails_found.txt").read_text() == "al@y.example.org\nbo@x.test\n"


def test_words_are_counted_without_regard_to_case(tmp_path: Path) -> None:
    (tmp_path / "story.txt").write_text("The sea, the SEA! Don't go; don't.\nA boat.\n")
    run(
        "Write a python script which counts how often each word occurs in story.txt (ignore case) and saves the 3 most common words with their counts as words.csv. Please run it too.",
        tmp_path,
    )
    assert (tmp_path / "words.csv").read_text().split() == ["word,count", "don't,2", "sea,2", "the,2"]


def test_a_column_is_summed_per_group_and_blanks_are_left_out(tmp_path: Path) -> None:
    (tmp_path / "sales.csv").write_text(
        "region,amount,date\nNorth,1.10,2025-01-01\nSouth,,2025-01-01\nNorth,2.20,2025-01-02\nSouth,N/A,x\nSouth,4,x\n"
    )
    run(
        "Write a script that sums the amount column of sales.csv per region and writes the totals to totals.csv. Run it.",
        tmp_path,
    )
    assert (tmp_path / "totals.csv").read_text().splitlines() == ["region,sum of amount", "North,3.30", "South,4"]


def test_readings_are_converted_one_per_line(tmp_path: Path) -> None:
    (tmp_path / "readings.txt").write_text("0\n-40\n36.6\n")
    run(
        "a python script please that converts the celsius values in readings.txt to fahrenheit and writes them to fahrenheit.txt, one per line. run it",
        tmp_path,
    )
    assert [float(line) for line in (tmp_path / "fahrenheit.txt").read_text().split()] == [32, -40, 97.88]


def test_a_table_of_degrees_goes_below_zero(tmp_path: Path) -> None:
    run(
        "Write a python program that prints a table of celsius to fahrenheit from -10 to 0 in steps of 5 into temps.csv and run it",
        tmp_path,
    )
    assert (tmp_path / "temps.csv").read_text().split() == ["celsius,fahrenheit", "-10,14.00", "-5,23.00", "0,32.00"]


def test_a_multiplication_table_is_square(tmp_path: Path) -> None:
    run("Write and run a Python script that makes a 3x3 multiplication table and saves it as table.csv", tmp_path)
    assert (tmp_path / "table.csv").read_text().split() == ["x,1,2,3", "1,1,2,3", "2,2,4,6", "3,3,6,9"]


def test_a_log_is_counted(tmp_path: Path) -> None:
    line = '{} - - [12/May/2025:00:00:40 +0000] "GET /a HTTP/1.1" {} 120 "-" "curl"\n'
    (tmp_path / "access.log").write_text(line.format("10.0.0.1", 200) * 2 + line.format("10.0.0.2", 404))
    run("write a script that counts the requests per status code in access.log, writes them to codes.csv and run it", tmp_path)
    assert (tmp_path / "codes.csv").read_text().split() == ["status,count", "200,2", "404,1"]


@pytest.mark.parametrize(
    ("text", "tool", "name"),
    [
        (
            "can you code up a tiny node script that prints the squares of the numbers from 1 to 20 and run it?",
            "node.run",
            "squares.js",
        ),
        (
            "write a javascript program that generates the first 25 primes and saves them comma separated to primes.txt, then run it with node",
            "node.run",
            "primes.js",
        ),
        (
            "make a bash script that extracts every email address from emails.txt, sorted and without duplicates, into addresses.txt",
            "terminal.run",
            "addresses.sh",
        ),
        (
            "Write a bash script that counts the requests per status code in access.log and run it",
            "terminal.run",
            "count_status.sh",
        ),
    ],
)
def test_other_languages_are_written_when_asked(text: str, tool: str, name: str) -> None:
    (_, program), (ran, _) = calls(text)
    assert (ran, program["path"]) == (tool, name)


@pytest.mark.parametrize(
    "text",
    [
        "Run convert_temps.py on readings.txt with --to f and save the output to temps_f.txt",
        "run convert_temps.py with readings.txt so that it converts to Fahrenheit, and put what it prints into temps_f.txt. Don't change the script.",
        "Use convert_temps.py to convert readings.txt to fahrenheit; the output goes to temps_f.txt",
        "Execute convert_temps.py for readings.txt, converting to Fahrenheit (--to f). Save its output as temps_f.txt",
    ],
)
def test_a_script_is_run_with_the_options_that_are_named(text: str) -> None:
    assert calls(text) == [
        ("python.run", {"path": "convert_temps.py", "args": ["readings.txt", "--to", "f"], "save_stdout": "temps_f.txt"})
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Please run report.py and tell me why it fails",
        "report.py crashes. Why? Explain in plain words.",
        "what's wrong with report.py? run it and explain the error",
        "I get an error when I start report.py. Find out why and explain it to me, please don't change the file.",
    ],
)
def test_a_failing_script_is_explained(text: str, tmp_path: Path) -> None:
    (_, ran), (_, explained) = calls(text)
    assert ran == {"path": "report.py", "args": [], "check": False}
    (tmp_path / "report.py").write_text('LIMITS = {"north": 10}\n\n\ndef main():\n    print(LIMITS["centre"])\n\n\nmain()\n')
    trace = subprocess.run([sys.executable, "report.py"], cwd=tmp_path, capture_output=True, text=True, timeout=60).stderr
    said = subprocess.run(
        [sys.executable, "-c", str(explained["code"])],
        cwd=tmp_path,
        input=trace,
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    assert "KeyError at line 5 (in main) of report.py" in said.stdout
    assert "LIMITS has no such key" in said.stdout


@pytest.mark.parametrize(
    "text", ["Write a python program that prints hello world and run it", 'write a script that prints "Hello, world" and run it']
)
def test_a_greeting_is_printed(text: str, tmp_path: Path) -> None:
    assert run(text, tmp_path)[1] == "Hello, world\n"
