"""Everyday work in other words: right results are verified, wrong ones, and results of half-understood requests, never."""

import hashlib
import io
import zipfile
from dataclasses import dataclass
from pathlib import Path

import pytest
from lab import Result, as_csv, pixels, verify

LOG = "".join(
    f'10.0.0.{n} - - [01/Mar/2025:10:00:0{n} +0000] "GET /p{n} HTTP/1.1" {code} 5{n}\n'
    for n, code in enumerate((200, 404, 503, 404, 200))
)
HITS = LOG.splitlines(keepends=True)
STORY = "The old lighthouse stood alone. Nobody came. Extraordinarily loud birds circled above it all day long.\n"
BOX = {"box/a.txt": b"alpha\n", "box/sub/b.csv": b"x,y\n1,2\n", "box/sub/again.txt": b"alpha\n", "box/old/c.txt": b"gamma\n"}
CODE = {"code/a.py": b"import os\n\nprint(1)\n", "code/lib/b.py": b"x = 1\n", "code/notes.md": b"# n\n"}
CLAUSES = {
    "deal_1.txt": b"1. Pay in time.\n2. Deliver on Monday morning.\n3. Say thanks.\n",
    "deal_2.txt": b"1. Pay in time.\n2. Deliver on Friday morning.\n3. Say thanks.\n4. Come back.\n",
}
TALK = {"talk.md": b"# Plan\n\nWords.\n\n- one\n- two\n"}
BINS = {"drop/a.bin": b"a", "drop/b.bin": b"b"}
SUMS = "".join(
    f"{hashlib.sha256(d if 'a' in n else b'other').hexdigest()}  {n.removeprefix('drop/')}\n" for n, d in BINS.items()
).encode()
SHOTS = {"shots/one.png": pixels(400, 300, b"one"), "shots/two.png": pixels(400, 300, b"two")}


@dataclass(frozen=True)
class Case:
    """A request over inputs, a right result and a wrong one."""

    request: str
    inputs: dict[str, bytes]
    right: Result
    wrong: Result


def zipped(*paths: str) -> bytes:
    """A zip of some files of the code folder."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as z:
        for path in paths:
            z.writestr(path, CODE[path])
    return out.getvalue()


def kept(*numbers: int) -> dict[str, bytes | None]:
    """The log's lines of these numbers."""
    return {"bad.log": "".join(HITS[n] for n in numbers).encode()}


AWAY: dict[str, bytes | None] = {"box/sub/again.txt": None, "spare/sub/again.txt": b"alpha\n"}
CASES = [
    Case("Those lines of hits.log that have status 404 or 503 should go to bad.log, unchanged and in the same order. How many are there of each?",
         {"hits.log": LOG.encode()}, Result(kept(1, 2, 3), "3 lines; 404: 2, 503: 1"), Result(kept(1, 3), "3 lines; 404: 2, 503: 1")),
    Case("filter out the 404 and 503 lines from hits.log and save them as bad.log. How many 404s and how many 503s are there?",
         {"hits.log": LOG.encode()}, Result(kept(1, 2, 3), "3 lines; 404: 2, 503: 1"), Result(kept(1, 2, 3), "4 lines; 404: 3, 503: 1")),
    Case("What are the 2 longest words of tale.txt?", {"tale.txt": STORY.encode()}, Result({}, "Extraordinarily; lighthouse"), Result({}, "lighthouse; circled")),
    Case("How many words and characters does tale.txt have?", {"tale.txt": STORY.encode()},
         Result({}, f"words: {len(STORY.split())}, characters: {len(STORY)}"), Result({}, f"words: {len(STORY.split()) + 1}, characters: {len(STORY)}")),
    Case("Split tale.txt into parts of 1 lines each", {"tale.txt": b"a\nb\n"}, Result({"tale_part1.txt": b"a\n", "tale_part2.txt": b"b\n"}), Result({"tale_part1.txt": b"a\n", "tale_part2.txt": b"c\n"})),
    Case("Leave exactly one of each identical file in box and move the further copies to a folder named spare (subfolders too)", BOX, Result(AWAY), Result({**AWAY, "box/old/c.txt": None, "spare/c.txt": b"gamma\n"})),
    Case("An archive src.zip is needed. Only the .py files of code and its subfolders belong in it, nothing else.", CODE,
         Result({"src.zip": zipped("code/a.py", "code/lib/b.py")}), Result({"src.zip": zipped("code/a.py", "code/lib/b.py", "code/notes.md")})),
    Case("Pack the code folder into src.zip, but without the lib folder, he doesn't need lib", CODE,
         Result({"src.zip": zipped("code/a.py", "code/notes.md")}), Result({"src.zip": zipped("code/a.py", "code/lib/b.py", "code/notes.md")})),
    Case("For each .py file in code, subfolders too: number of lines and how many of them are not blank. As csv please.", CODE,
         Result({"lines.csv": as_csv(["file", "lines", "filled"], [["code/a.py", 3, 2], ["code/lib/b.py", 1, 1]])}),
         Result({"lines.csv": as_csv(["file", "lines", "filled"], [["code/a.py", 3, 3], ["code/lib/b.py", 1, 1]])})),
    Case("What has been altered, removed or added from deal_1.txt to deal_2.txt? Only the changes please, in changes.md", CLAUSES,
         Result({"changes.md": b"- before: 2. Deliver on Monday morning.\n- after: 2. Deliver on Friday morning.\n- added: 4. Come back.\n"}),
         Result({"changes.md": b"1. Pay in time.\n- before: 2. Deliver on Monday morning.\n- after: 2. Deliver on Friday morning.\n- added: 4. Come back.\n"})),
    Case("talk.md is needed as plain text; call it speech.txt", TALK,
         Result({"speech.txt": b"Plan\n\nWords.\n\n- one\n- two\n"}), Result({"speech.txt": b"Plan\n\nWords.\n\n- one\n"})),
    Case("Check whether the .bin files in drop still match manifest.txt (sha256): a csv with file and OK or BAD, and tell me which one is wrong", {**BINS, "drop/manifest.txt": SUMS},
         Result({"check.csv": as_csv(["file", "status"], [["a.bin", "OK"], ["b.bin", "BAD"]])}, "Not matching: b.bin"),
         Result({"check.csv": as_csv(["file", "status"], [["a.bin", "OK"], ["b.bin", "OK"]])}, "Not matching: b.bin")),
    Case("Shrink the png pictures in shots to half their width and height, into a new folder called minis", SHOTS,
         Result({"minis/one.png": SHOTS["shots/one.png"], "minis/two.png": SHOTS["shots/two.png"]}),
         Result({"minis/one.png": SHOTS["shots/two.png"], "minis/two.png": SHOTS["shots/one.png"]})),
]  # fmt: skip
RIGHT = [case for case in CASES if "Shrink" not in case.request]


@pytest.mark.parametrize("case", RIGHT, ids=[c.request[:40] for c in RIGHT])
def test_a_right_result_is_verified(case: Case, tmp_path: Path) -> None:
    verdict = verify(tmp_path, case.request, case.inputs, case.right)
    assert verdict.status == "verified", [c for c in verdict.checks if c.outcome != "passed"]


@pytest.mark.parametrize("case", CASES, ids=[c.request[:40] for c in CASES])
def test_a_wrong_result_is_not(case: Case, tmp_path: Path) -> None:
    assert verify(tmp_path, case.request, case.inputs, case.wrong).status != "verified"


def test_pictures_that_were_not_made_smaller_are_not_verified(tmp_path: Path) -> None:
    same = Result({"minis/one.png": SHOTS["shots/one.png"], "minis/two.png": SHOTS["shots/two.png"]})
    assert verify(tmp_path, CASES[-1].request, SHOTS, same).status != "verified"


@pytest.mark.parametrize(
    "more", [", but not those of May", " only if they are new", " and encrypt them", ", at most 5 of them", ", newest first"]
)
@pytest.mark.parametrize("case", RIGHT, ids=[c.request[:40] for c in RIGHT])
def test_a_restriction_that_is_not_understood_leaves_it_unverified(case: Case, more: str, tmp_path: Path) -> None:
    assert verify(tmp_path, case.request.rstrip(".?") + more, case.inputs, case.right).status != "verified"
