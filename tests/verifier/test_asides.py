"""Why and for whom something is asked changes nothing; what looks like it and restricts, orders or renames is never passed over."""

from pathlib import Path

import pytest
from lab import Result, verify

DATA = b"trip,depot,driver,km,started\nT1,Ghent,Ann Lee,120,2025-02-03\nT2,Lille,Bo Hale,80,2025-02-10\nT3,Ghent,Bo Hale,45,2025-03-02\nT4,Breda,Cy Orr,200,2025-03-09\n"
RESULT = Result({"km.csv": b"depot,km\nGhent,165\nLille,80\nBreda,200\n"})
CORE = "Total km per depot from trips.csv, save as km.csv"

PLAIN = [
    "{core} for our intranet.",
    "{core}, it is for the audit.",
    "Our auditor comes by and asks questions. {core}.",
    "I am preparing the meeting with our bank. {core}.",
    "My boss wants {core} because the old overview got lost.",
    "Hello Mia, hope you had a nice trip! {core}, so that we can present it to the board. Many thanks, Joe",
    "We have to talk to the committee on Thursday. {core}. That would save me a lot of typing.",
    "The presentation is tomorrow. {core}",
    "{core}. Our accountant likes that sort of thing.",
    "Good morning, {core}, since my colleague has to hand it in.",
]
LOADED = [
    "We only drive from Ghent now, so {core}.",
    "Empty runs do not count for us. {core}.",
    "{core}, as always without the training rides.",
    "My boss wants the Flemish depots. {core}.",
    "Our business year starts in March. {core}.",
    "Our controller treats shuttles as private. {core}.",
    "My manager cares about long trips. {core}.",
    "We closed Breda. {core}.",
    "The board looks at kilometres in thousands. {core}.",
    "{core} for our Flemish depots.",
    "{core}, because we need the three best.",
    "Our accountant takes the last month. {core}.",
    "{core} for the drivers from Ghent.",
    "We are preparing the meeting about Lille. {core}.",
    "{core}, so that the longest come first.",
    "Our lawyer asks for the names of the drivers. {core}.",
    "Our bank wants miles. {core}.",
]


@pytest.mark.parametrize("text", PLAIN)
def test_background_changes_nothing(tmp_path: Path, text: str) -> None:
    verdict = verify(tmp_path, text.format(core=CORE), {"trips.csv": DATA}, RESULT)
    assert verdict.status == "verified", [c for c in verdict.checks if c.outcome != "passed"]


@pytest.mark.parametrize("text", LOADED)
def test_a_hidden_restriction_is_a_doubt(tmp_path: Path, text: str) -> None:
    assert verify(tmp_path, text.format(core=CORE), {"trips.csv": DATA}, RESULT).status != "verified"


@pytest.mark.parametrize("text", PLAIN[:4])
def test_background_does_not_save_a_wrong_result(tmp_path: Path, text: str) -> None:
    wrong = Result({"km.csv": b"depot,km\nGhent,120\nLille,80\nBreda,200\n"})
    assert verify(tmp_path, text.format(core=CORE), {"trips.csv": DATA}, wrong).status != "verified"
