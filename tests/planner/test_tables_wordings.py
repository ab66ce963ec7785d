"""Wordings of one family each: definitions, remarks about the data, second questions, groups that must exceed a number."""

import pytest
from tests.planner.test_tables import propose, steps

from arkwright.core.plan import Plan, Refusal

UNDERSTOOD = [
    ("shop.db: number of orders per month and the revenue per month (qty * unit_price), as monthly.csv", "count_distinct"),
    ("inventory.xlsx: the ten items with the highest stock value (Qty * Unit cost), csv", "stock_value"),
    ("temps.csv has a reading every three hours. Save the daily mean temperature per city in daily.csv", "mean"),
    ("How many action items in meeting_notes.md are still open, and who has the most of them?", "count"),
    ("list reps with a total amount over 5000 in sales.csv as csv", "filter"),
    ("total amount per rep in sales.csv, rounded to 2 decimals, as csv", "round"),
    ("total amount per rep in sales.csv for all reps but Ben Cole, csv", "not"),
    ("sales.csv without the rows where amount is empty, as clean.csv", "not"),
]


@pytest.mark.parametrize(("text", "wanted"), UNDERSTOOD, ids=[u[0][:50] for u in UNDERSTOOD])
def test_the_wording_leads_to_its_step(text: str, wanted: str) -> None:
    assert wanted in str(steps(text))


def test_a_file_after_in_without_a_verb_that_keeps_is_an_input() -> None:
    proposal = propose("total the amounts in umsatz_2024.csv by region")
    assert isinstance(proposal, Refusal)
    assert "umsatz_2024.csv" in proposal.reason


def test_a_command_in_the_world_is_refused_though_a_column_has_its_name() -> None:
    assert isinstance(propose("phone my contacts in contacts.csv"), Refusal)
    assert isinstance(propose("list name and phone of the contacts in York from contacts.csv as csv"), Plan)


def test_an_order_is_a_row_and_not_its_date() -> None:
    assert not [s for s in steps("Top 5 orders by amount in sales.csv, save as top.csv") if s["do"] == "group"]
