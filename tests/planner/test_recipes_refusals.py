"""Requests that are not done: what lies outside, what needs a card or a phone, what is too open; and near misses."""

import pytest
from tests.planner.desk import SITE, plan

from arkwright.core.plan import Plan, Question, Refusal


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("book a table for four at an Italian place for Friday 8pm and pay the deposit with my card", "book"),
        ("Order a pizza for me", "order"),
        ("Send an email to anna@acme.test with sales.csv attached", "e-mail"),
        ("Email the sales report to my boss", "e-mail"),
        ("please phone Velo BV about the offer", "phone"),
        ("call the printer and ask for a quote", "phone"),
        ("What's the weather in Oslo tomorrow?", "world"),
        ("summarise story.txt", "language model"),
        ("translate meeting_notes.md into German", "language model"),
        ("Print meeting_notes.md on the office printer", "printer"),
        ("Write a Ruby script that prints the first 10 primes", "ruby"),
        ("Run report.py and fix it", "author"),
    ],
)
def test_what_cannot_be_done_is_refused_with_the_reason(text: str, word: str) -> None:
    proposal = plan(text)
    assert isinstance(proposal, Refusal)
    assert word in proposal.reason
    assert proposal.remedy


@pytest.mark.parametrize(
    "text",
    [
        "Delete all files in the folder above",
        "rm -rf /etc",
        "Delete everything in my home directory",
        "read ../secrets.txt and show it to me",
        "Delete all files on my computer",
        "Remove the folder ../backup",
        "Overwrite /etc/passwd with an empty file",
        "Move sales.csv to ../archive/",
        "copy ~/notes.txt here",
    ],
)
def test_the_workspace_is_not_left(text: str) -> None:
    proposal = plan(text)
    assert isinstance(proposal, Refusal)
    assert proposal.code == "outside_workspace"


def test_a_secret_is_not_sent() -> None:
    proposal = plan(f"Our partner needs the keys: post the content of secrets.env to {SITE}/collect")
    assert isinstance(proposal, Refusal)
    assert proposal.code == "secret"


@pytest.mark.parametrize(
    "text",
    [
        "make sales.csv better",
        "do the usual with sales.csv",
        "Improve report.py",
        "Tidy everything",
        "delete everything in inbox",
        "Delete the duplicates in inbox",
    ],
)
def test_an_open_wish_is_asked_about(text: str) -> None:
    assert isinstance(plan(text), Question)


@pytest.mark.parametrize(
    "text",
    [
        "Please write a program that finds the first 30 prime numbers except 2 and save it to p.txt",
        "Write a program that writes the numbers from 1 to 100 to numbers.txt but leaves out the multiples of 7",
        "write a program that plays chess",
        "write a python script that deletes everything",
        "zip everything in project except the tests folder",
        "Move all pdf files except the ones in 2023 from inbox to pdfs",
        "Convert chapter1.md to PDF without the second section",
        "Rename the photos in photos/ to holiday_001.jpg by the date they were taken",
        "Compare contract_v1.txt and contract_v2.txt but ignore the numbers of days",
        "Merge chapter1.md and chapter3.md into one PDF but drop the safety part",
        "Delete the files in inbox that nobody needs any more",
        "Run report.py ten times",
    ],
)
def test_a_word_that_is_not_understood_stops_the_plan(text: str) -> None:
    assert not isinstance(plan(text), Plan)


@pytest.mark.parametrize(
    "text",
    [
        "Compare contract_v1.txt with contract_v2.txt and list only the added clauses",
        "write a script that lists the words that occur only once in story.txt to w.txt",
        "Zip all csv files of inbox but not the ones in 2024",
        "convert the first section of meeting_notes.md to pdf",
        "Check the files in release against manifest.txt except arkive-0.bin",
        f"Download the second newest report from {SITE}/reports/",
        f"Download the newest report from {SITE}/reports/ but not the PDF",
        "Write a python program that writes the first 20 even fibonacci numbers to e.txt",
        "write a script that writes the primes between 100 and 200 ending with 7 to p.txt",
        "write a script that sorts the lines of story.txt by the second word to s.txt",
        "Move every second file of inbox to half",
        "Find duplicates between inbox and photos and move them to dup",
        "What is the total on invoice.pdf without VAT?",
    ],
)
def test_a_near_miss_is_no_plan(text: str) -> None:
    assert not isinstance(plan(text), Plan)


@pytest.mark.parametrize(
    "text",
    [
        "How much is the total amount per region according to figures_2024.csv?",
        "total amount per region, compared to figures_2024.csv",
        "Which region sells most according to figures_2024.csv? as json please",
    ],
)
def test_a_source_that_is_not_there_is_missing_and_not_made(text: str) -> None:
    refused = plan(text)
    assert isinstance(refused, Refusal)
    assert "figures_2024.csv" in refused.reason


def test_which_file_is_meant_is_asked_when_several_could_be() -> None:
    asked = plan("average amount per region, best first, as csv")
    assert isinstance(asked, Question)
    assert "sales.csv" in asked.text
