"""Words a plan may leave over: what it does anyway, and what restricts nothing; the rest stays binding."""

import pytest
from tests.planner.desk import plan

from arkwright.core.plan import Plan


@pytest.mark.parametrize(
    "text",
    [
        "chapter1.md is handed over as a decent PDF. Please convert it",
        "Total the amount per region of sales.csv, the outcome stands in totals.csv, and the amounts are summed",
        "Two files are needed from sales.csv: the total amount per region as a csv and a bar chart of it as a png",
    ],
)
def test_words_that_restrict_nothing_are_left_over(text: str) -> None:
    assert isinstance(plan(text), Plan)


@pytest.mark.parametrize(
    "text",
    [
        "Total the Italian amount per region of sales.csv as csv",
        "Total the amount per region of sales.csv as csv, for orders from the web shop",
        "Total the amount per region of sales.csv as csv, sorted by weight",
        "Total the amount per region of sales.csv as csv, customers who complained",
        "Total the amount per region of sales.csv as csv and anonymise it",
        "Total the amount per region of sales.csv as a password-protected csv",
        "Total the amount per region of sales.csv as csv, leaving out the 3 smallest",
        "Total the amount per region of sales.csv as csv but not the refunds",
        "Total the amount per region of sales.csv as csv and as a spreadsheet in euros",
    ],
)
def test_words_that_could_restrict_stop_the_plan(text: str) -> None:
    assert not isinstance(plan(text), Plan)


@pytest.mark.parametrize(
    "told",
    [
        "We rarely need the North.",
        "In January we only tested the shop.",
        "We hardly sell in the South.",
        "We write region names in capitals.",
        "We have to protect our files with a password.",
    ],
)
def test_what_is_told_of_the_data_before_the_plea_is_asked_about(told: str) -> None:
    assert not isinstance(plan(f"{told} Could you please put the total amount per region of sales.csv into t.csv?"), Plan)


def test_a_wish_before_the_plea_is_a_wish() -> None:
    text = "I only need the rows of the North. Could you please put the total amount per month of sales.csv into t.csv?"
    assert isinstance(plan(text), Plan)


@pytest.mark.parametrize(
    "ending",
    [
        "North orders excepted",
        "North orders out",
        "North orders must go",
        "North orders too",
        "also the North orders",
        "with the North orders",
        "(North ones are refunds)",
    ],
)
def test_a_value_that_is_turned_round_is_asked_about(ending: str) -> None:
    assert not isinstance(plan(f"total amount per month in sales.csv as t.csv, {ending}"), Plan)


def test_all_of_a_value_is_that_value() -> None:
    assert isinstance(plan("total amount per month of all North orders in sales.csv as t.csv"), Plan)
