"""What is told before the plea binds nothing only when all of it that could is said again."""

from pathlib import Path

import pytest
from lab import verify
from test_asides import DATA, LOADED, RESULT

CORE = "Could you please total the km per depot from trips.csv and save that as km.csv?"
TOLD = [
    "Our dispatcher finds the old plan not clear enough.",
    "We would like to invite the people behind it to a barbecue.",
    "Our tool no longer opens it and my uncle only works on paper.",
    "For the next assembly I would like to know where we drive most.",
    "The chief asked me for the km of each depot.",
    "My niece is learning to code and I would like to show her how short a page can be.",
    "Nobody in our house finds anything any more.",
]


@pytest.mark.parametrize("told", TOLD)
def test_a_preface_changes_nothing(tmp_path: Path, told: str) -> None:
    verdict = verify(tmp_path, f"{told} {CORE}", {"trips.csv": DATA}, RESULT)
    assert verdict.status == "verified", [c for c in verdict.checks if c.outcome != "passed"]


@pytest.mark.parametrize(
    "told",
    [
        *(text.split("{core}")[0] for text in LOADED if text.endswith("{core}.") and ". {" in text),
        "I want the names hidden.",
        "Bo Hale is not ours.",
        "We need it in miles.",
        "Two depots are enough.",
        "Trips of Ann do not matter to us.",
    ],
)
def test_a_preface_that_restricts_is_a_doubt(tmp_path: Path, told: str) -> None:
    assert verify(tmp_path, f"{told} {CORE}", {"trips.csv": DATA}, RESULT).status != "verified"
