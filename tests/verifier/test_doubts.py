"""Requests with two readings, or with more in them than was done: a result that overlooks it is never verified."""

from pathlib import Path

import pytest
from lab import Result, verify

ORDERS = "order_id,order_date,ship_date,region,customer,net,gross\n1,2024-02-17,2024-03-10,West,Bob Roy,500,595\n2,2024-02-17,2024-03-03,North,Finn O,20,23.8\n3,2024-07-03,2024-07-13,South,Eve M,1000.5,1190.6\n4,2025-07-03,2025-07-13,west,Eve M,10,11.9\n"
BUDGET = "Department,Quarter,Budget,Spent\nIT,Q1,100,90\nIT,Q2,120,130\nIT Total,,220,220\nHR,Q1,110,95\nHR Total,,110,95\nGrand Total,,330,315\n"
STAFF = "name,dept,salary,status,country\nAda,IT,70000,new,IN\nBo,HR,40000,open,US\nCy,HR,45000,new,AT\n"
DEALS = "deal,owner,amount,currency,amount_eur,margin,attempts\nD1,Kim,1200.00,USD,1100.00,12%,1\nD2,Lee,2600.00,EUR,2600.00,8%,2\nD3,Kim,900.00,GBP,1050.00,25%,2\n"
TIMES = "at,city,hits\n2025-04-01 09:10,Oslo,1\n2025-04-02 09:20,Oslo,2\n2025-04-02 11:20,Bonn,5\n"
DATES = "id,day,sum\nA,03/04/2025,1\nB,05/06/2025,2\nC,05/01/2025,4\n"
SALES = "region,product,customer,qty,amount\nNorth,Tea,Ann,1,10\nNorth,Pen,Ann,2,30\nSouth,Tea,Bob,3,20\nSouth,Ink,Cid,1,20\n"

CASES = [
    ("Top 2 orders by net, save as top.csv", ORDERS, "top.csv", "order_date,net\n2024-07-03,1000.5\n2024-02-17,520\n", ""),
    ("Total net by region, semicolon separated, write r.csv", ORDERS, "r.csv", "region,net\nWest,510\nNorth,20\nSouth,1000.5\n", ""),
    ("Total net by region, write r.csv", ORDERS, "r.csv", "region,net\nWest,510\nNorth,20\nSouth,1000.5\n", ""),
    ("Total net per customer for all customers but Bob Roy, save as c.csv", ORDERS, "c.csv", "customer,net\nBob Roy,500\n", ""),
    ("Which order has the highest gross?", ORDERS, "", "", "2024-07-03 (gross: 1190.6)"),
    ("total net in July per customer, save as j.csv", ORDERS, "j.csv", "customer,net\nEve M,1010.5\n", ""),
    ("total the amounts in umsatz_2024.csv by region", SALES, "umsatz_2024.csv", "region,amount\nNorth,40\nSouth,40\n", ""),
    ("Total the budget by department and write totals.csv", BUDGET, "totals.csv", "Department,b\nIT,220\nIT Total,220\nHR,110\nHR Total,110\nGrand Total,330\n", ""),
    ("Which departments spent more than their budget? Save as t.csv", BUDGET, "t.csv", "Department,Quarter,Budget,Spent\nIT,Q2,120,130\n", ""),
    ("What is the average salary of IT?", STAFF, "", "", "The average salary is 51,666.67."),
    ("How many staff are in IT?", STAFF, "", "", "Count: 3."),
    ("What is the total salary in IN?", STAFF, "", "", "155000"),
    ("What is the total salary of the new staff?", STAFF, "", "", "155000"),
    ("Total amount per owner, save as t.csv", DEALS, "t.csv", "owner,amount\nKim,2100\nLee,2600\n", ""),
    ("Total amount in EUR per owner, save as t.csv", DEALS, "t.csv", "owner,amount\nLee,2600\n", ""),
    ("Deals with a margin of at least 10%, save as t.csv", DEALS, "t.csv", "deal,owner,amount,currency,amount_eur,margin,attempts\nD1,Kim,1200,USD,1100,12,1\nD3,Kim,900,GBP,1050,25,2\n", ""),
    ("Deals with amount_eur over 2.500, save as t.csv", DEALS, "t.csv", DEALS, ""),
    ("Average amount_eur per attempt, save as a.csv", DEALS, "a.csv", "attempts,x\n1,1100\n2,1825\n", ""),
    ("number of rows per hour, as h.csv", TIMES, "h.csv", "hour,n\n9,2\n11,1\n", ""),
    ("total sum per month, as m.csv", DATES, "m.csv", "month,sum\n2025-04,1\n2025-06,2\n2025-01,4\n", ""),
    ("how many customers per region? as n.csv", SALES, "n.csv", "region,n\nNorth,2\nSouth,2\n", ""),
    ("rows with region North or product Ink, as o.csv", SALES, "o.csv", "region,product,customer,qty,amount\n", ""),
    ("Total amount by product, one sheet per region, as a.csv", SALES, "a.csv", "product,region,amount\nTea,North,10\nPen,North,30\nTea,South,20\nInk,South,20\n", ""),
    ("Which product has the highest amount in South? Save as t.csv", SALES, "t.csv", "region,product,customer,qty,amount\nSouth,Tea,Bob,3,20\n", ""),
    ("total amount for North, and average amount for South, as x.csv", SALES, "x.csv", "a,b\n40,20\n", ""),
    ("total amount per region, don't include North, as x.csv", SALES, "x.csv", "region,amount\nNorth,40\n", ""),
    ("Report in German on total amount per region, save as t.md", SALES, "t.md", "# Amount\n\nThe totals per region are these:\n\n| region | amount |\n| --- | --- |\n| North | 40 |\n| South | 40 |\n", ""),
    ("Total amount per region except the South, as x.csv", SALES, "x.csv", "amount\n40\n", ""),
    ("rows with a qty over 1, as x.csv, and how many there are", SALES, "x.csv", "count\n2\n", "There are 2."),
    ("top 2 products per region by total amount, as t.csv", SALES, "t.csv", "product,region,amount\nPen,North,30\nTea,South,20\n", ""),
]  # fmt: skip


@pytest.mark.parametrize(("request_text", "data", "path", "made", "answer"), CASES, ids=[c[0][:60] for c in CASES])
def test_a_result_that_overlooks_something_is_not_verified(
    tmp_path: Path, request_text: str, data: str, path: str, made: str, answer: str
) -> None:
    """Each result follows a tempting misreading of its request."""
    result = Result({path: made.encode()} if path else {}, answer)
    verdict = verify(tmp_path, request_text, {"data.csv": data.encode()}, result)
    assert verdict.status != "verified", [(c.name, c.requirement, c.detail) for c in verdict.checks]
