"""Wordings of one family each: definitions, remarks about the data, second questions, groups that must exceed a number."""

import pytest
from tests.planner.test_tables import paths, propose, steps

from arkwright.core.plan import Plan, Refusal

UNDERSTOOD = [
    ("shop.db: number of orders per month and the revenue per month (qty * unit_price), as monthly.csv", "count_distinct"),
    ("inventory.xlsx: the ten items with the highest stock value (Qty * Unit cost), csv", "stock_value"),
    ("temps.csv has a reading every three hours. Save the daily mean temperature per city in daily.csv", "mean"),
    ("How many action items in meeting_notes.md are still open, and who has the most of them?", "count"),
    ("list reps with a total amount over 5000 in sales.csv as csv", "filter"),
    ("total amount per rep in sales.csv, rounded to 2 decimals, as csv", "round"),
    ("total amount per rep in sales.csv for all reps but Ben Cole, csv", "not"),
    ("Which region in sales.csv has the highest total amount?", "limit"),
    ("which product has the second highest revenue in sales.csv?", "running_sum"),
    ("third highest amount per region in sales.csv as csv", "_place"),
    ("revenue per region in sales.csv with a total row at the end, as r.csv", "'with': ['total']"),
    ("summary statistics of sales.csv as csv", "stddev"),
    ("min, max and mean of units in sales.csv", "highest_units"),
    ("the last 10 rows of sales.csv as csv", "'from_end': True"),
    ("orders in sales.csv where region is North or category is Furniture, csv", "any"),
    ("busiest hour in access.log?", "'hour'"),
    ("top 5 user agents in access.log, csv", "'count'"),
    ("what is the most expensive product in sales.csv?", "highest_unit_price"),
    ("orders since 2025-03-01 in sales.csv as csv", "'ge', 'value': '2025-03-01'"),
    ("total amount for 2024 in sales.csv", "2025-01-01"),
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


def test_conditions_joined_by_or_and_by_and_are_refused() -> None:
    assert isinstance(
        propose("orders in sales.csv where region is North or category is Furniture and units over 3, csv"), Refusal
    )


def test_averages_have_no_total_row() -> None:
    assert isinstance(propose("average revenue per region in sales.csv with a total row, as r.csv"), Refusal)


def test_totals_that_are_saved_are_those_that_were_asked_for() -> None:
    grouped = [
        s for s in steps("total units per region in sales.csv, chart it, and save the totals as t.csv") if s["do"] == "group"
    ]
    assert [len(s["aggregates"]) for s in grouped] == [1]  # type: ignore[arg-type]


def test_one_sheet_for_each_value_and_one_for_the_blanks() -> None:
    proposal = propose("sales.csv as xlsx with one sheet per region")
    assert isinstance(proposal, Plan)
    sheets = proposal.tasks[-1].args["sheets"]
    assert isinstance(sheets, list)
    assert len(sheets) == 5


def test_one_file_for_each_value_of_a_key_is_refused() -> None:
    assert isinstance(propose("split sales.csv into one file per order_id"), Refusal)


def test_a_last_name_after_a_comma_is_made_unless_it_goes_on_a_list() -> None:
    assert paths("total amount per region from sales.csv, q.json") == ["q.json"]
    assert isinstance(propose("total amount per store from jan.csv, june.csv"), Refusal)
