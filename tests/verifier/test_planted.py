"""No planted wrong is ever verified; every right result is."""

import random
from pathlib import Path

import pytest
from lab import verify
from planted import Planted, cases, right, wrongs

CASES = cases(11)


@pytest.mark.parametrize("case", CASES, ids=lambda c: c.request[:40])
def test_a_right_result_is_verified(case: Planted, tmp_path: Path) -> None:
    verdict = verify(tmp_path, case.request, case.inputs, right(case))
    assert verdict.status == "verified", [c for c in verdict.checks if c.outcome != "passed"]


@pytest.mark.parametrize("case", CASES, ids=lambda c: c.request[:40])
def test_no_wrong_plan_and_no_wrong_result_is_verified(case: Planted, tmp_path: Path) -> None:
    passed = []
    for n, (name, result) in enumerate(wrongs(case, random.Random(5))):
        folder = tmp_path / str(n)
        folder.mkdir()
        if verify(folder, case.request, case.inputs, result).status == "verified":
            passed.append(name)
    assert passed == []


def test_there_are_more_than_a_hundred_wrongs_over_eight_data_sets() -> None:
    assert sum(len(list(wrongs(c, random.Random(5)))) for c in CASES) > 100
    assert len({name for c in CASES for name in c.inputs}) >= 8
