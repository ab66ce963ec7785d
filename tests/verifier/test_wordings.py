"""Right results of everyday wordings are verified, and wrong ones of the same wordings are not."""

from pathlib import Path

import pytest
from lab import Result, verify

CUSTOMERS = b"customer_id,name,city\n1,Ann,Oslo\n2,Bob,Bonn\n3,Cid,Oslo\n"
ORDERS = b"order_id,customer_id,qty\n10,1,2\n11,1,3\n12,3,1\n"
STOCK = b"sku,item,qty,reorder level\nA,Pen,5,9\nB,Cup,9,9\nC,Pan,12,10\n"
NOTES = b"# Notes\n\n- [ ] Ann: call (due 2025-01-02)\n- [ ] Ann: write (due 2025-01-03)\n- [x] Bob: pay (due 2025-01-04)\n- [ ] Bob: ship (due 2025-01-05)\n"
DATA = {"customers.csv": CUSTOMERS, "orders.csv": ORDERS}
NEVER = "How many customers in customers.csv never ordered anything according to orders.csv?"
WHO = "How many customers are there in customers.csv who never ordered anything in orders.csv?"
LIMIT = "Which items in stock.csv are below their reorder level? Save as low.csv with sku, item and qty"
OPEN = "How many action items in notes.md are still open, and who has the most of them?"

MAILS = b"please write to b@x.test; (A@x.test) called\ncc: B@X.test\n"
PULL = (
    "dump.txt is a messy dump. I need a script that pulls out all the e-mail addresses (regex), lower-cases them, removes doubles and "
    "writes them in alphabetical order, one a line, to found.txt. Run it as well."
)
SCRIPT = b"""import re
text = open("dump.txt").read().lower()
open("found.txt", "w").write("".join(mail + "\\n" for mail in sorted(set(re.findall(r"[\\w.+-]+@[\\w-]+[.][\\w.-]*[\\w]", text)))))
"""

RIGHT = [
    (PULL, {"dump.txt": MAILS}, Result({"found.py": SCRIPT, "found.txt": b"a@x.test\nb@x.test\n"})),
    (LIMIT, {"stock.csv": STOCK}, Result({"low.csv": b"sku,item,qty\nA,Pen,5\n"})),
    (OPEN, {"notes.md": NOTES}, Result(answer="3 action items are still open; Ann has the most of them (2).")),
    (WHO, DATA, Result(answer="1 customer never ordered anything.")),
]
WRONG = [
    (PULL, {"dump.txt": MAILS}, Result({"found.py": SCRIPT, "found.txt": b"a@x.test\n"})),
    (LIMIT, {"stock.csv": STOCK}, Result({"low.csv": b"sku,item,qty\nA,Pen,5\nB,Cup,9\n"})),
    (OPEN, {"notes.md": NOTES}, Result(answer="2 action items are still open; Ann has the most of them (3).")),
    (OPEN, {"notes.md": NOTES}, Result(answer="4 action items; Ann and Bob have the most of them (2).")),
    (WHO, DATA, Result(answer="2 customers never ordered anything.")),
    (WHO.replace("customers are", "customers from Oslo are"), DATA, Result(answer="1 customer never ordered anything.")),
    (NEVER, DATA, Result(answer="3 customers.")),
]  # fmt: skip


@pytest.mark.parametrize(("request_text", "inputs", "result"), RIGHT)
def test_a_right_result_is_verified(tmp_path: Path, request_text: str, inputs: dict[str, bytes], result: Result) -> None:
    verdict = verify(tmp_path, request_text, inputs, result)
    assert verdict.status == "verified", [c for c in verdict.checks if c.outcome != "passed"]


@pytest.mark.parametrize(("request_text", "inputs", "result"), WRONG)
def test_a_wrong_result_is_not_verified(tmp_path: Path, request_text: str, inputs: dict[str, bytes], result: Result) -> None:
    assert verify(tmp_path, request_text, inputs, result).status != "verified"
