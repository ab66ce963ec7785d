"""Requests about tables become the right steps; what is not understood is refused, what fits twice is asked."""

import pytest

from arkwright.core.json import Json, Object
from arkwright.core.observation import Observation
from arkwright.core.plan import Need, Plan, Proposal, Question, Refusal
from arkwright.core.request import Request
from arkwright.core.survey import Survey
from arkwright.planner import survey as surveys
from arkwright.planner.offline import OfflinePlanner

MONTH = ["2025-01-05", "2025-02-11", "2025-03-17", "2025-06-30"]
TABLES: dict[str, list[Object]] = {}


def column(name: str, kind: str, values: list[str] | None = None, *, distinct: int = 0, blanks: int = 0) -> Object:
    """A column as tables.describe reports it."""
    seen: list[Json] = list(values or [])
    return {"name": name, "type": kind, "values": seen, "distinct": distinct or len(seen), "blanks": blanks, "format": ""}


def put(path: str, part: str, rows: int, *columns: Object) -> None:
    """A table of the test workspace."""
    TABLES.setdefault(path, []).append({"source": path, "part": part, "rows": rows, "layout": {}, "columns": list(columns)})


REGIONS, SKUS = ["North", "South", "East", "West"], ["SK-1", "SK-2", "SK-3"]
put("sales.csv", "", 430, column("order_id", "text", ["SO-1", "SO-2"], distinct=430), column("date", "date", MONTH, distinct=150),
    column("region", "text", REGIONS, blanks=8), column("rep", "text", ["Ana Ruiz", "Ben Cole"], blanks=90),
    column("product", "text", ["Webcam", "Floor lamp", "Bookshelf"]), column("category", "text", ["Furniture", "Lighting", "Screens"]),
    column("units", "integer", ["1", "2"], distinct=12), column("unit_price", "number", ["9.95"], distinct=14),
    column("amount", "number", ["9.95", "12.5"], distinct=300, blanks=20), column("note", "text", ["gift, wrap it"], blanks=300))  # fmt: skip
put("rentals.csv", "", 75, column("rental_id", "text", ["R1"], distinct=75), column("customer", "text", ["Customer 1"], distinct=30),
    column("car", "text", ["Fiat 500", "VW Golf"]), column("picked_up", "date", MONTH, distinct=60), column("returned", "date", MONTH, distinct=60))  # fmt: skip
put("employees.csv", "", 58, column("emp_id", "text", ["E1"], distinct=58), column("name", "text", ["Person 1"], distinct=58),
    column("dept_id", "integer", ["10", "20"]), column("salary", "integer", ["26000"], distinct=50), column("start_date", "date", MONTH, distinct=58))  # fmt: skip
put("departments.csv", "", 5, column("dept_id", "integer", ["10", "20", "30"]), column("department", "text", ["Finance", "Research"], distinct=5),
    column("site", "text", ["Lyon", "Ghent"]))  # fmt: skip
put("inventory.xlsx", "Stock", 46, column("SKU", "text", SKUS, distinct=46), column("Item", "text", ["Bolt K0"], distinct=46),
    column("Warehouse", "text", ["Genoa"], distinct=3), column("Qty", "integer", ["7"], distinct=40), column("Reorder level", "integer", ["20"], distinct=3),
    column("Unit cost", "number", ["0.4"], distinct=46))  # fmt: skip
put("inventory.xlsx", "Suppliers", 46, column("SKU", "text", SKUS, distinct=46), column("Supplier", "text", ["Ferro Srl"], distinct=4),
    column("Lead time (days)", "integer", ["2"], distinct=29), column("Country", "text", ["NO", "IT"]))  # fmt: skip
put("shop.db", "customers", 30, column("id", "integer", ["1", "2"], distinct=30), column("name", "text", ["Ada Fox 1"], distinct=30),
    column("city", "text", ["Cork", "Derry"]))  # fmt: skip
put("shop.db", "orders", 160, column("id", "integer", ["1", "2"], distinct=160), column("customer_id", "integer", ["1", "2"], distinct=28),
    column("ordered_on", "date", MONTH, distinct=80))  # fmt: skip
put("shop.db", "order_items", 412, column("order_id", "integer", ["1", "2"], distinct=160), column("sku", "text", ["P1"], distinct=30),
    column("qty", "integer", ["1"], distinct=9), column("unit_price", "number", ["1.99"], distinct=390))  # fmt: skip
put("contacts.csv", "", 80, column("name", "text", ["Contact 0"], distinct=80), column("email", "text", ["jo.wu1@mail.test"], distinct=65),
    column("phone", "text", ["+44 20"], distinct=80), column("city", "text", ["Leeds", "York", "Hull"]))  # fmt: skip
put("meeting_notes.md", "checklist", 10, column("done", "boolean", ["true", "false"]), column("owner", "text", ["Anna", "Dirk"]),
    column("task", "text", ["review the lease"], distinct=10), column("due", "date", MONTH, distinct=9), column("section", "text", ["Later"]))  # fmt: skip
put("access.log", "log", 1500, column("ip", "text", ["203.0.113.2"], distinct=38), column("time", "datetime", ["2025-05-12 00:00:01"], distinct=1500),
    column("method", "text", ["GET", "POST"]), column("url", "text", ["/", "/cart"], distinct=90), column("status", "integer", ["200", "404", "500"]),
    column("bytes", "integer", ["120"], distinct=1400), column("referrer", "empty"), column("agent", "text", ["curl/8.5"]))  # fmt: skip
for month in ("jan", "feb", "mar"):
    put(f"{month}.csv", "", 40, column("date", "date", MONTH, distinct=20), column("store", "text", ["Harbour", "Station"]),
        column("amount", "number", ["5.5"], distinct=40))  # fmt: skip
put("temps.csv", "", 336, column("timestamp", "datetime", ["2025-04-01 00:00"], distinct=112), column("city", "text", ["Oslo", "Madrid"]),
    column("temp_c", "number", ["4.5"], distinct=150, blanks=9))  # fmt: skip


def propose(text: str) -> Proposal:
    """What the planner proposes after its looks."""
    planner, survey = OfflinePlanner(), Survey()
    for _ in range(6):
        proposal = planner.propose(Request(text, "/desk"), survey)
        if not isinstance(proposal, Need):
            return proposal
        for look in proposal.looks:
            where = surveys.subject(look.tool, look.args)
            listing: Json = [{"path": path, "size": 100} for path in TABLES]
            value: Json = {"tables": list(TABLES.get(where, []))} if look.tool == "tables.describe" else listing
            survey = planner.look(survey, look.tool, look.args, Observation(value))
    raise AssertionError(f"the planner keeps looking: {proposal!r}")


def steps(text: str) -> list[Object]:
    """All steps of all queries of the plan for a request."""
    proposal = propose(text)
    assert isinstance(proposal, Plan), proposal
    found: list[Object] = []
    for task in proposal.tasks:
        listed = task.args.get("steps")
        found += [step for step in listed if isinstance(step, dict)] if isinstance(listed, list) else []
    return found


def step(text: str, do: str) -> Object:
    """The last step of a kind."""
    found = [s for s in steps(text) if s["do"] == do]
    assert found, f"no {do} in {steps(text)}"
    return found[-1]


def paths(text: str) -> list[str]:
    """The files that the plan leaves."""
    proposal = propose(text)
    assert isinstance(proposal, Plan), proposal
    return [str(task.args["path"]) for task in proposal.tasks if task.tool in ("tables.save", "charts.draw", "documents.write")]


GROUPS = [
    ("total amount per region from sales.csv as csv", ["region"], [("sum", "amount")]),
    ("totl amuont per regoin from sales.csv as csv", ["region"], [("sum", "amount")]),
    ("How much did we sell in each region? The data is in sales.csv. A csv would be great.", ["region"], [("sum", "amount")]),
    (
        "Give me the total units and the average amount per category from sales.csv as an Excel file",
        ["category"],
        [("sum", "units"), ("mean", "amount")],
    ),
    ("number of orders and total amount per rep in sales.csv, csv", ["rep"], [("count", None), ("sum", "amount")]),
    (
        "I'd like to see the monthly totals of amount and units in sales.csv, in an xlsx workbook",
        ["month"],
        [("sum", "amount"), ("sum", "units")],
    ),
    ("What's the median unit price by category? sales.csv, save as json", ["category"], [("median", "unit_price")]),
    ("average salary per department, employees.csv joined with departments.csv, csv", ["department"], [("mean", "salary")]),
    ("how many people started in each year? employees.csv, as csv", ["year"], [("count", None)]),
    ("average number of days between picked_up and returned for each car in rentals.csv, as csv", ["car"], [("mean", "days")]),
    ("How many rentals per month (by pick-up date) in rentals.csv? csv please", ["month"], [("count", None)]),
    ("average lead time per supplier from inventory.xlsx, longest first, csv", ["Supplier"], [("mean", "Lead time (days)")]),
    ("inventory.xlsx: stock value (Qty times Unit cost) per warehouse, csv", ["Warehouse"], [("sum", "stock_value")]),
    ("number of requests per method and status in access.log as csv", ["method", "status"], [("count", None)]),
    ("highest and lowest temperature per city in temps.csv, csv", ["city"], [("max", "temp_c"), ("min", "temp_c")]),
    ("total amount per store over all three files jan.csv, feb.csv and mar.csv, as csv", ["store"], [("sum", "amount")]),
    ("Top 5 products by revenue in sales.csv, as csv", ["product"], [("sum", "amount")]),
    ("the three best selling products per region by units, from sales.csv, csv", ["region", "product"], [("sum", "units")]),
    ("Which five customers have spent the most in total in shop.db? qty times unit_price. csv", ["name"], [("sum", "total")]),
    ("top 10 urls in access.log by number of requests, as csv", ["url"], [("count", None)]),
]


@pytest.mark.parametrize(("text", "by", "measures"), GROUPS, ids=[g[0][:60] for g in GROUPS])
def test_groups_and_measures_are_read(text: str, by: list[str], measures: list[tuple[str, str | None]]) -> None:
    group = step(text, "group")
    assert sorted(map(str, list(group["by"]))) == sorted(by)  # type: ignore[arg-type]
    assert [(a["fn"], a.get("column")) for a in group["aggregates"]] == measures  # type: ignore[union-attr,index,call-overload]


FILTERS: list[tuple[str, list[Object]]] = [
    ("orders with an amount over 500 from sales.csv, as csv", [{"column": "amount", "op": "gt", "value": 500}]),
    ("give me all rows of sales.csv where region is East and units is at least 10 as csv",
     [{"column": "region", "op": "eq", "value": "East"}, {"column": "units", "op": "ge", "value": 10}]),
    ("Please filter sales.csv for the North and South regions only and save as ns.csv", [{"column": "region", "op": "in", "value": ["North", "South"]}]),
    ("Which orders have an amount between 1000 and 2000? sales.csv -> mid.xlsx", [{"column": "amount", "op": "between", "value": [1000, 2000]}]),
    ("List all orders without a rep from sales.csv in norep.csv", [{"column": "rep", "op": "blank"}]),
    ("contacts from Leeds or York in contacts.csv as json", [{"column": "city", "op": "in", "value": ["Leeds", "York"]}]),
    ("list all items of inventory.xlsx whose qty is below the reorder level, as csv", [{"column": "Qty", "op": "lt", "value": {"column": "Reorder level"}}]),
    ("rentals longer than 14 days in rentals.csv, csv", [{"column": "days", "op": "gt", "value": 14}]),
    ("list every action item that isn't ticked off yet in meeting_notes.md in todo.xlsx", [{"column": "done", "op": "eq", "value": False}]),
    ("employees with a salary above 50000 in employees.csv as csv", [{"column": "salary", "op": "gt", "value": 50000}]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "conditions"), FILTERS, ids=[f[0][:60] for f in FILTERS])
def test_conditions_are_read(text: str, conditions: list[Object]) -> None:
    where = step(text, "filter")["where"]
    assert where == (conditions[0] if len(conditions) == 1 else {"all": conditions})


def test_a_month_is_a_stretch_of_days() -> None:
    where = step("the orders from March 2025 in sales.csv, as csv", "filter")["where"]
    ends: Json = [{"column": "date", "op": "ge", "value": "2025-03-01"}, {"column": "date", "op": "lt", "value": "2025-04-01"}]
    assert where == {"all": ends}


def test_a_negated_value_is_left_out() -> None:
    first = next(
        s for s in steps("total amount per region, excluding orders from Ana Ruiz, sales.csv, csv") if s["do"] == "filter"
    )
    assert first["where"] == {"not": {"column": "rep", "op": "eq", "value": "Ana Ruiz"}}


def test_rows_are_sorted_by_several_columns() -> None:
    by = step("sort contacts.csv by city and then name, as xlsx", "sort")["by"]
    assert by == [{"column": "city", "descending": False}, {"column": "name", "descending": False}]


def test_columns_are_chosen_and_sorted_as_asked() -> None:
    text = "list every action item that isn't ticked off in meeting_notes.md. I want owner, task and due date as columns in todo.xlsx, earliest due date first."
    assert step(text, "select")["columns"] == [{"column": c, "name": c} for c in ("owner", "task", "due")]
    assert step(text, "sort")["by"] == [{"column": "due", "descending": False}]
    assert paths(text) == ["todo.xlsx"]


def test_tables_are_joined_over_the_table_between_them() -> None:
    joins = [s for s in steps("revenue (qty times unit_price) per city from shop.db as xlsx") if s["do"] == "join"]
    assert [s["with"] for s in joins] == ["orders", "customers"]


def test_rows_without_a_partner_are_found() -> None:
    join = step("Which departments have no employees? employees.csv, departments.csv", "join")
    assert (join["with"], join["how"]) == ("employees", "anti")


def test_files_of_one_shape_are_stacked_with_their_origin() -> None:
    text = (
        "jan.csv, feb.csv and mar.csv all look the same. Stack them in one Excel workbook, with a column that says which month (file) "
        "each row comes from, and put the total amount per month on a second sheet."
    )
    assert step(text, "union")["tag"] == {"name": "month", "values": {"jan": "jan", "feb": "feb", "mar": "mar"}}
    assert len(paths(text)) == 1


def test_a_pivot_table_has_its_sides() -> None:
    text = "From sales.csv I'd like a pivot table: the months down the side, the product categories across the top, and the summed amount in the cells. Excel is fine."
    assert step(text, "pivot") == {"do": "pivot", "rows": ["month"], "columns": "category", "values": "amount", "fn": "sum"}


def test_doubles_are_found_without_regard_to_case() -> None:
    found = steps("Remove duplicate contacts from contacts.csv (same email, ignoring case) and save the result as clean.csv")
    assert [s["do"] for s in found] == ["derive", "distinct", "drop"]


def test_two_questions_are_two_queries_in_one_file() -> None:
    text = "In access.log: how many requests were there per status code, and which 5 IPs hit us the most (with counts)? as json please"
    groups = [s for s in steps(text) if s["do"] == "group"]
    assert [g["by"] for g in groups] == [["status"], ["ip"]]
    assert len(paths(text)) == 1


def test_a_report_has_its_table_its_chart_and_its_changes_and_comes_last() -> None:
    text = (
        "Read sales.csv, total the revenue by region and month, chart it, and write a two-page PDF report with the table, "
        "the chart and the three largest changes"
    )
    proposal = propose(text)
    assert isinstance(proposal, Plan)
    last = proposal.tasks[-1]
    blocks = last.args["blocks"]
    assert (last.tool, last.args["pages"]) == ("documents.write", 2)
    assert isinstance(blocks, list)
    kinds = {name for block in blocks if isinstance(block, dict) for name in block}
    assert {"table", "figure", "rows", "text"} <= kinds
    assert any(s["do"] == "limit" and s["count"] == 3 for s in steps(text))


def test_independent_saves_and_charts_do_not_wait_for_each_other() -> None:
    proposal = propose(
        "Draw a line chart of the total amount per month from sales.csv as png. I also want the numbers behind it in a csv."
    )
    assert isinstance(proposal, Plan)
    assert [(task.tool, task.needs) for task in proposal.tasks[1:]] == [("charts.draw", ("t1",)), ("tables.save", ("t1",))]


def test_a_question_is_answered_and_leaves_no_file() -> None:
    proposal = propose("Which region sold the most units in sales.csv?")
    assert isinstance(proposal, Plan)
    assert proposal.answer
    assert not paths("Which region sold the most units in sales.csv?")


REFUSED = [
    ("average profit_margin per region from sales.csv, as csv", "profit_margin"),
    ("total bonus per region from sales.csv as csv", "bonus"),
    ("total amount per region from slaes.csv", "slaes.csv"),
    ("Please delete the orders from March in sales.csv", "delete"),
    ("forecast next month's revenue from sales.csv", "forecast"),
    ("Shred sales.csv into one file per region", "Shred"),
    ("How many contacts have the same email address? contacts.csv", "email"),
    ("month over month change of nothing in sales.csv", "nothing"),
]


@pytest.mark.parametrize(("text", "word"), REFUSED, ids=[r[1] for r in REFUSED])
def test_what_is_not_understood_is_refused_and_named(text: str, word: str) -> None:
    proposal = propose(text)
    assert isinstance(proposal, Refusal), proposal
    assert word in f"{proposal.clause} {proposal.reason}"


@pytest.mark.parametrize(
    "text",
    [
        "How many orders in sales.csv are over 1000?",
        "How many rentals per month in rentals.csv?",
        "top 3 skus in shop.db, csv",
    ],
)
def test_what_fits_two_columns_is_asked(text: str) -> None:
    proposal = propose(text)
    assert isinstance(proposal, Question), proposal
    assert len(proposal.options) > 1


@pytest.mark.parametrize(
    "wording",
    [
        "From sales.csv I need reps.csv: total amount per rep",
        "I want reps.csv with the total amount per rep (data: sales.csv)",
        "Total amount per rep of sales.csv in reps.csv please",
    ],
)
def test_a_name_that_is_not_there_beside_a_source_is_to_be_made(wording: str) -> None:
    plan = propose(wording)
    assert isinstance(plan, Plan), plan
    assert [task.args["path"] for task in plan.tasks if task.tool == "tables.save"] == ["reps.csv"], wording
