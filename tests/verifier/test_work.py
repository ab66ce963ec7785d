"""Work: right results of everyday requests are verified, planted wrong ones never."""

from pathlib import Path

import pytest
from lab import Result, verify
from planted_work import INBOX, WORKS, Work

WRONGS = [(work, name) for work in WORKS for name in work.wrong]


@pytest.mark.parametrize("work", WORKS, ids=[w.request[:40] for w in WORKS])
def test_a_right_result_is_verified(work: Work, tmp_path: Path) -> None:
    verdict = verify(tmp_path, work.request, work.inputs, work.right)
    assert verdict.status == "verified", [c for c in verdict.checks if c.outcome != "passed"]


@pytest.mark.parametrize(("work", "name"), WRONGS, ids=[f"{w.request[:30]}: {n}" for w, n in WRONGS])
def test_a_wrong_result_is_not(work: Work, name: str, tmp_path: Path) -> None:
    assert verify(tmp_path, work.request, work.inputs, work.wrong[name]).status != "verified"


@pytest.mark.parametrize(
    "more",
    [", newest first", ", but not those of May", " only if they are new", " and encrypt them", ", at most 5 of them"],
)
@pytest.mark.parametrize("work", WORKS, ids=[w.request[:40] for w in WORKS])
def test_a_restriction_that_is_not_understood_leaves_it_unverified(work: Work, more: str, tmp_path: Path) -> None:
    request = work.request.rstrip(".?") + more
    assert verify(tmp_path, request, work.inputs, work.right).status != "verified"


def test_the_evidence_for_the_inputs_stays_short(tmp_path: Path) -> None:
    many = {f"data/{n}.txt": b"%d" % n for n in range(300)} | INBOX
    verdict = verify(tmp_path, WORKS[0].request, many, Result())
    assert all(len(c.evidence) <= 20 for c in verdict.checks)


NOTES = {"notes.md": b"# Plan\n\nFirst words.\n\n| a | b |\n| --- | --- |\n| 1 | 2 |\n"}


def test_a_document_as_it_is_is_verified(tmp_path: Path) -> None:
    made = Result({"plan.md": NOTES["notes.md"]})
    assert verify(tmp_path, "Please convert notes.md to markdown as plan.md", NOTES, made).status == "verified"


@pytest.mark.parametrize("what", ["the table in", "the action items of", "a short version of", "the headings of"])
def test_a_part_of_a_document_is_not_the_whole(what: str, tmp_path: Path) -> None:
    made = Result({"plan.md": NOTES["notes.md"]})
    assert verify(tmp_path, f"Please convert {what} notes.md to markdown as plan.md", NOTES, made).status != "verified"
