"""Two things asked at once, ends of periods, words on the looks of a result and rules of a house: what is half understood is never verified."""

from pathlib import Path

import pytest
from lab import Result, verify
from test_scope import DATA, ROWS, totals

TOTALS = totals().files["t.csv"]
OPEN = totals(status="open").files["t.csv"]


def crossed() -> Result:
    """The totals per region and product in one table, as if the second grouping belonged to the first."""
    sums: dict[tuple[str, str], int] = {}
    for row in ROWS[1:]:
        values = dict(zip(ROWS[0].split(","), row.split(","), strict=True))
        key = (values["region"], values["product"])
        sums[key] = sums.get(key, 0) + int(values["amount"])
    lines = "".join(f"{r},{p},{v}\n" for (r, p), v in sums.items())
    return Result({"t.csv": ("region,product,amount\n" + lines).encode()})


@pytest.mark.parametrize(
    "text",
    [
        "total amount per region in s.csv as t.csv and the open orders as o.csv",
        "total amount per region in s.csv as t.csv. Put the open orders into o.csv.",
        "Please total the amount per region of s.csv into t.csv, and write every open order to o.csv",
    ],
)
def test_the_restriction_of_the_second_file_is_not_put_on_the_first(tmp_path: Path, text: str) -> None:
    assert verify(tmp_path, text, {"s.csv": DATA}, Result({"t.csv": OPEN, "o.csv": OPEN})).status != "verified"


@pytest.mark.parametrize(
    "text",
    [
        "total amount per region in s.csv as t.csv; per product too",
        "total amount per region in s.csv as t.csv, and the same per product",
        "total amount per region in s.csv as t.csv, then per product",
        "total amount per region in s.csv and also per product, as t.csv",
    ],
)
def test_a_second_grouping_is_no_second_key(tmp_path: Path, text: str) -> None:
    assert verify(tmp_path, text, {"s.csv": DATA}, crossed()).status != "verified"


def test_two_keys_in_one_breath_are_two_keys(tmp_path: Path) -> None:
    text = "total amount per region and product in s.csv as t.csv"
    assert verify(tmp_path, text, {"s.csv": DATA}, crossed()).status == "verified"


@pytest.mark.parametrize(
    "text",
    [
        "per region the number of orders and the number of open orders in s.csv as t.csv",
        "number of orders per region and of open ones in s.csv as t.csv",
    ],
)
def test_a_value_of_the_second_count_is_not_put_on_the_first(tmp_path: Path, text: str) -> None:
    counts = Result({"t.csv": b"region,orders\nEast,1\nWest,1\n"})
    assert verify(tmp_path, text, {"s.csv": DATA}, counts).status != "verified"


@pytest.mark.parametrize(
    ("text", "misread"),
    [
        ("total amount per region in s.csv beginning from March as t.csv", {"day": "2024-03"}),
        ("total amount per region in s.csv by March as t.csv", {"day": "2024-03"}),
        ("total amount per region in s.csv for March and May as t.csv", {"day": "2024-03"}),
        ("total amount per region of customers who could live in Kiel in s.csv as t.csv", {"city": "Kiel"}),
        ("total amount per region in s.csv that must be paid, as t.csv", {"status": "paid"}),
        ("total amount per region in s.csv off Kiel as t.csv", {"city": "Kiel"}),
        ("total amount per region in s.csv, e.g. West, as t.csv", {"region": "West"}),
        ("total amount per region in s.csv as t.csv, West shaded", {"region": "West"}),
        ("total amount per region in s.csv as t.csv, and put it on my desk", {"product": "Desk"}),
        ("total amount per region in s.csv as t.csv and open it", {"status": "open"}),
        ("The delivery was cancelled. Total amount per region in s.csv as t.csv", {"status": "cancelled"}),
        ("total amount per region in s.csv as t.csv. Is it open?", {"status": "open"}),
        ("total amount per region (new orders) in s.csv as t.csv", {}),
        ("total amount per region of current orders in s.csv as t.csv", {}),
        ("total amount per region in s.csv as t.csv, where delivered", {}),
        ("Our printer only takes landscape. Could you please put the total amount per region of s.csv into t.csv?", {}),
        ("Our shop cannot read umlauts. Could you please put the total amount per region of s.csv into t.csv?", {}),
        ("We think in cents. Could you please put the total amount per region of s.csv into t.csv?", {}),
        ("total amount per region in s.csv as t.csv. The first column is called area.", {}),
        ("total amount per region in s.csv as t.csv for Ana", {"customer": "Ana"}),
        ("total amount per region of soon cancelled rows in s.csv as t.csv", {"status": "cancelled"}),
        ("Our year begins in March. Total amount per region in s.csv as t.csv", {"day": "2024-03"}),
        ("total amount per region in s.csv as t.csv. The year starts in March.", {"day": "2024-03"}),
    ],
)
def test_what_may_bind_and_was_not_understood_is_a_doubt(tmp_path: Path, text: str, misread: dict[str, str]) -> None:
    assert verify(tmp_path, text, {"s.csv": DATA}, totals(**misread)).status != "verified"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Could you please put the total amount of the open orders per region from s.csv into t.csv?", {"status": "open"}),
        ("We are preparing a meeting. Could you please put the total amount per region of s.csv into t.csv?", {}),
        ("We need a tidy overview for a meeting. Could you please put the total amount per region of s.csv into t.csv?", {}),
        ("total amount per region of all rows in s.csv as t.csv", {}),
        ("total amount per region of the rows in Kiel, from s.csv, as t.csv", {"city": "Kiel"}),
        ("total amount per region in s.csv as t.csv. Only Kiel.", {"city": "Kiel"}),
    ],
)
def test_an_everyday_request_is_still_verified(tmp_path: Path, text: str, wanted: dict[str, str]) -> None:
    verdict = verify(tmp_path, text, {"s.csv": DATA}, totals(**wanted))
    assert verdict.status == "verified", [c for c in verdict.checks if c.outcome != "passed"]


def test_an_open_period_that_is_understood_is_verified(tmp_path: Path) -> None:
    rows = b"region,amount\nSouth,80\nWest,160\nEast,320\n"
    text = "total amount per region in s.csv since April 2024 as t.csv"
    verdict = verify(tmp_path, text, {"s.csv": DATA}, Result({"t.csv": rows}))
    assert verdict.status == "verified", [c for c in verdict.checks if c.outcome != "passed"]


def test_one_table_in_two_formats_is_verified(tmp_path: Path) -> None:
    text = "total amount per region in s.csv as t.csv and as t.json"
    data = b'[{"region":"West","amount":170},{"region":"East","amount":340},{"region":"North","amount":40},{"region":"South","amount":80}]'
    verdict = verify(tmp_path, text, {"s.csv": DATA}, Result({"t.csv": TOTALS, "t.json": data}))
    assert verdict.status == "verified", [c for c in verdict.checks if c.outcome != "passed"]


@pytest.mark.parametrize(
    "text",
    [
        "Merge a.md and b.md into book.md. Each chapter has a number.",
        "Merge a.md and b.md into book.md. We number our chapters.",
        "We never print links. Could you please merge a.md and b.md into book.md?",
        "My boss hates headings. Could you please merge a.md and b.md into book.md?",
    ],
)
def test_a_rule_for_a_document_that_nobody_read_is_a_doubt(tmp_path: Path, text: str) -> None:
    files = {"a.md": b"# One\n\nFirst text.\n", "b.md": b"# Two\n\nSecond text.\n"}
    made = Result({"book.md": b"# One\n\nFirst text.\n\n# Two\n\nSecond text.\n"})
    assert verify(tmp_path, text, files, made).status != "verified"


def test_a_plain_merge_of_documents_is_verified(tmp_path: Path) -> None:
    files = {"a.md": b"# One\n\nFirst text.\n", "b.md": b"# Two\n\nSecond text.\n"}
    made = Result({"book.md": b"# One\n\nFirst text.\n\n# Two\n\nSecond text.\n"})
    verdict = verify(tmp_path, "My boss is away. Merge a.md and b.md into book.md.", files, made)
    assert verdict.status == "verified", [c for c in verdict.checks if c.outcome != "passed"]


def test_decimals_that_are_not_wanted_are_looked_for(tmp_path: Path) -> None:
    data = b"region,amount\nWest,10.25\nEast,20.5\n"
    text = "Total the amount per region of s.csv as t.csv. No decimals are needed."
    assert verify(tmp_path, text, {"s.csv": data}, Result({"t.csv": data})).status != "verified"
