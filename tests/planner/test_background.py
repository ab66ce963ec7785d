"""Who asks, why, for whom and until when is no work to do; what could restrict the work is never taken for it."""

import pytest

from arkwright.planner.background import background
from arkwright.planner.text import Span, tokenize

COLUMNS = frozenset({"customer", "amount", "region", "city", "order"})
VALUES = frozenset({"spain", "north", "oslo"})


def told(text: str) -> str:
    """The words of `text` that are background; `FILE` is a mention."""
    tokens = tokenize(text, [Span(m, m + 4) for m in range(len(text)) if text.startswith("FILE", m)])
    found = background(tokens, COLUMNS, VALUES)
    return " ".join(token.text for token in tokens if token.index in found and token.kind != "mark")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Total FILE by region for our knitting club", "for our knitting club"),
        ("Sum the amounts for the annual members' assembly, biggest first", "for the annual members' assembly"),
        ("Our treasurer wants FILE as a spreadsheet", "Our treasurer wants"),
        ("I am preparing a talk about bees. Draw FILE as a line chart", "I am preparing a talk about bees"),
        ("We fear that some customers travel far too late. Please list them from FILE", "We fear that some customers travel far too late"),
        (
            "The club would like to thank its helpers with a small dinner. Could you please total FILE per region?",
            "The club would like to thank its helpers with a small dinner",
        ),
        ("Convert FILE to json so that I can look at it on the train", "so that I can look at it on the train"),
        ("Convert FILE to json because our tool reads nothing else", ""),
        ("Convert FILE to json because our old tool got lost", "because our old tool got lost"),
        ("Total FILE by region by next Tuesday", "by next Tuesday"),
        ("quick question about FILE: how many rows are there?", "quick question about"),
    ],
)  # fmt: skip
def test_background_is_told_by_its_grammar(text: str, expected: str) -> None:
    assert told(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "We only count closed orders. Could you please total FILE per region?",
        "Returns do not count here. Could you please total FILE per region?",
        "We ship to Spain. Could you please total FILE per region?",
        "Our limit is 500. Could you please total FILE per region?",
        "I want the names hidden. Please total FILE per region",
        "Anonymise the people. Please total FILE per region",
        "The report is bilingual. Please total FILE per region",
        "It is bilingual. Please total FILE per region",
        "Total FILE for the north region",
        "Total FILE for premium people",
        "Total FILE per region because only March counts",
        "The keys are to be printed by a script. Total FILE",
        "Total FILE by month and by year",
        "Total FILE for each customer",
        "send an e-mail to my team with FILE",
    ],
)
def test_what_could_restrict_the_work_is_no_background(text: str) -> None:
    assert told(text) == ""


def test_a_request_is_never_all_background() -> None:
    assert told("We are preparing the party for our team") == ""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Our archivist uses a very old reader and I would like to surprise him. Could you please convert FILE to json?",
            "Our archivist uses a very old reader and I would like to surprise him",
        ),
        ("My neighbour does not own a computer. Please convert FILE to pdf", "My neighbour does not own a computer"),
        ("The teacher asked for the ten biggest ones. Please total FILE", "The teacher asked for"),
        (
            "Our coach is looking at the big May races and asked me for help. Please copy the races of May from FILE",
            "Our coach is looking at the big May races and asked me for help",
        ),
    ],
)
def test_what_comes_before_the_plea_may_say_more(text: str, expected: str) -> None:
    assert told(text) == expected


def test_a_wish_of_others_for_a_format_is_a_wish() -> None:
    assert "Excel" not in told("My aunt would like to see them in a single Excel file. Would you mind stacking FILE?")
