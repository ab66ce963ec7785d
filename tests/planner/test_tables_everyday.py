"""Everyday wordings of what comes first, what is left out, what is measured, how it is laid out and what is only told."""

import pytest
from tests.planner.test_tables import paths, propose, step, steps

from arkwright.core.plan import Plan, Refusal

ORDERS = [
    ("total amount per rep in sales.csv as csv, the rep with the biggest total should stand at the top", "total_amount", True),
    ("total amount per rep in sales.csv as csv, beginning with the lowest sum", "total_amount", False),
    ("units per product from sales.csv, sorted from high to low, csv", "total_units", True),
    ("sum of units per product from sales.csv as csv, in ascending order of units", "total_units", False),
    ("employees.csv sorted by pay from high to low, as csv", "salary", True),
    ("list name and salary from employees.csv, starting with the highest salary, csv", "salary", True),
    ("total amount per month in sales.csv as csv, months in order", "month", False),
]


@pytest.mark.parametrize(("text", "column", "down"), ORDERS, ids=[o[0][:50] for o in ORDERS])
def test_what_comes_first_may_be_said_in_many_ways(text: str, column: str, down: bool) -> None:
    assert step(text, "sort")["by"] == [{"column": column, "descending": down}]


BLANK = {"column": "rep", "op": "notblank"}
LEFT_OUT = [
    "total amount per region in sales.csv as csv, skip orders with no rep",
    "total amount per region in sales.csv as csv. Orders without a rep can be left out.",
    "total amount per region in sales.csv as csv. Rows that have no rep should be ignored.",
]


@pytest.mark.parametrize("text", LEFT_OUT)
def test_rows_without_a_value_are_left_out(text: str) -> None:
    assert BLANK in [s["where"] for s in steps(text) if s["do"] == "filter"]


MEASURES = [
    ("sales.csv: for every region the amounts have to be added up, csv", ["region"], ("sum", "amount")),
    ("In sales.csv, how often does each product occur? csv please", ["product"], ("count", None)),
    (
        "What does an order cost on average in each region? sales.csv, unit price is meant, as csv",
        ["region"],
        ("mean", "unit_price"),
    ),
    ("summed-up units by category from sales.csv, csv", ["category"], ("sum", "units")),
    ("The csv needs one row per rep with the amount, taken from sales.csv", ["rep"], ("sum", "amount")),
    ("nr of orders per region, sales.csv, csv", ["region"], ("count", None)),
    ("the order count per region from sales.csv as csv", ["region"], ("count", None)),
]


@pytest.mark.parametrize(("text", "by", "wanted"), MEASURES, ids=[m[0][:50] for m in MEASURES])
def test_numbers_of_groups_may_be_said_in_many_ways(text: str, by: list[str], wanted: tuple[str, str | None]) -> None:
    grouped = step(text, "group")
    assert grouped["by"] == by
    aggregates = grouped["aggregates"]
    assert isinstance(aggregates, list)
    assert [(a["fn"], a.get("column")) for a in aggregates if isinstance(a, dict)] == [wanted]


def test_a_share_of_the_whole_may_be_said_in_many_ways() -> None:
    for words in ("how much percent of the whole that is", "its percentage", "what share of the total it makes up"):
        assert step(f"total amount per region in sales.csv and {words}, as xlsx", "window")["fn"] == "share"


def test_a_rounding_after_a_share_leaves_the_amounts_alone() -> None:
    text = "total amount per region in sales.csv and the percentage of the total (one decimal), csv"
    assert [s["name"] for s in steps(text) if s["do"] == "derive"] == ["share"]


def test_a_lone_superlative_picks_one_of_each_group() -> None:
    text = "For each region only the rep with the highest total amount is wanted, from sales.csv, as csv"
    assert step(text, "limit") == {"do": "limit", "count": 1, "per": ["region"]}
    assert step("Which product brings in the most money? sales.csv", "limit")["count"] == 1


def test_rows_and_columns_are_told_apart_by_what_each_value_gets() -> None:
    text = "from sales.csv an xlsx in which every month has its own row and every category its own column, with the summed amount"
    found = step(text, "pivot")
    assert (found["rows"], found["columns"]) == (["month"], "category")


def test_a_pivot_table_has_totals_on_both_sides() -> None:
    text = "From sales.csv an xlsx with regions in the rows and months as columns, the summed amounts in it, and totals for every region and every month"
    pivots = [s for s in steps(text) if s["do"] == "pivot"]
    assert len(pivots) == 2
    assert [s for s in steps(text) if s["do"] == "derive" and s["expr"] == {"value": "Total"}]


def test_groups_nobody_belongs_to_stay_with_a_count_of_zero() -> None:
    text = "number of people per department from employees.csv and departments.csv as csv. Departments where nobody works must be in the list, too."
    assert step(text, "join")["how"] == "left"
    assert step(text, "group")["aggregates"] == [{"name": "count", "fn": "count", "column": "emp_id"}]
    left = "number of people per department from employees.csv and departments.csv as csv. Departments without employees should be left out."
    assert step(left, "join")["how"] == "inner"


def test_all_rows_of_one_table_are_listed_with_columns_of_another() -> None:
    text = (
        "An Excel list of all employees from employees.csv with the department and site from departments.csv beside each person"
    )
    columns = step(text, "select")["columns"]
    assert isinstance(columns, list)
    assert {str(c["name"]) for c in columns if isinstance(c, dict)} >= {"emp_id", "name", "salary", "department", "site"}


def test_rows_dropped_as_doubles_are_counted() -> None:
    text = "Each e-mail address may appear only once in contacts.csv, keep the first entry. Save as clean.csv and tell me how many were removed."
    assert "distinct" in [s["do"] for s in steps(text)]
    assert {"op": "sub", "args": [{"column": "before"}, {"column": "after"}]} in [s.get("expr") for s in steps(text)]


def test_two_gaps_are_two_numbers() -> None:
    text = "sales.csv: in how many rows is the amount missing (empty or N/A), and how many rows have no rep? No file needed."
    assert [s["where"] for s in steps(text) if s["do"] == "filter"] == [{"column": c, "op": "blank"} for c in ("amount", "rep")]
    assert paths(text) == []


def test_every_table_goes_into_one_database() -> None:
    text = "Put employees.csv and departments.csv into a new SQLite database staff.db, one table per file"
    proposal = propose(text)
    assert isinstance(proposal, Plan), proposal
    sheets = proposal.tasks[-1].args["sheets"]
    assert isinstance(sheets, list)
    assert [s["name"] for s in sheets if isinstance(s, dict)] == ["employees", "departments"]


def test_a_table_and_what_is_told_beside_it_are_two_results() -> None:
    text = "Count the requests per hour in access.log into a csv, and tell me the busiest hour"
    assert [s["by"] for s in steps(text) if s["do"] == "group"] == [["hour"], ["hour"]]
    assert len([s for s in steps(text) if s["do"] == "limit"]) == 1


def test_a_product_of_columns_stands_beside_them() -> None:
    for words in ("qty*unit_price", "qty times unit_price", "the product of qty and unit_price"):
        columns = step(f"shop.db: order_id, sku and {words} of the order_items, as csv", "select")["columns"]
        assert isinstance(columns, list)
        assert len(columns) == 3


def test_a_sign_that_nothing_accounts_for_is_refused() -> None:
    assert isinstance(propose("total amount per region in sales.csv where region * month, as csv"), Refusal)


def test_sentences_about_the_source_are_no_wishes() -> None:
    told = "total amount per region as csv. The numbers are kept in sales.csv."
    assert [s["by"] for s in steps(told) if s["do"] == "group"] == [["region"]]
    assert isinstance(propose("total amount per region as csv. Only the cheap ones are kept in sales.csv."), Refusal)


NOT_PASSED_OVER = [
    "total amount per region in sales.csv as csv, excluding the first quarter or so",
    "total amount per region in sales.csv as csv, three regions",
    "total amount per region in sales.csv as csv, never the cheap ones",
    "shred sales.csv by region",
    "total amount per region in sales.csv as csv, decimal commas please",
]


@pytest.mark.parametrize("text", NOT_PASSED_OVER)
def test_words_that_could_restrict_are_not_passed_over(text: str) -> None:
    assert not isinstance(propose(text), Plan)
