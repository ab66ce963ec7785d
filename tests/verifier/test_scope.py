"""A value of the data restricts the rows only where it stands as a restriction."""

from pathlib import Path

import pytest
from lab import Result, verify

ROWS = [
    "id,day,customer,region,product,status,city,amount",
    "O1,2024-01-03,Ana,West,Desk,paid,Kiel,10",
    "O2,2024-03-05,Bob,East,Rug,open,Bonn,20",
    "O3,2024-03-09,Cid,North,Lamp,cancelled,Kiel,40",
    "O4,2024-05-11,Ana,South,Rug,paid,Bonn,80",
    "O5,2024-06-01,Bob,West,Desk,open,Kiel,160",
    "O6,2024-07-01,Cid,East,Lamp,cancelled,Bonn,320",
]
DATA = "\n".join(ROWS).encode() + b"\n"


def totals(**wanted: str) -> Result:
    """The totals per region of the rows in which columns hold these values; `day` is a month."""
    names, sums = ROWS[0].split(","), dict[str, int]()
    for row in ROWS[1:]:
        values = dict(zip(names, row.split(","), strict=True))
        if all(values[column].startswith(value) for column, value in wanted.items()):
            sums[values["region"]] = sums.get(values["region"], 0) + int(values["amount"])
    return Result({"t.csv": ("region,amount\n" + "".join(f"{k},{v}\n" for k, v in sums.items())).encode()})


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("total amount of the cancelled orders per region in s.csv as t.csv", {"status": "cancelled"}),
        ("total amount per region in s.csv as t.csv, only Kiel", {"city": "Kiel"}),
        ("total amount per region where status is open in s.csv as t.csv", {"status": "open"}),
        ("I only need Bonn. Could you please put the total amount per region of s.csv into t.csv?", {"city": "Bonn"}),
        ("total amount per region in March 2024 from s.csv as t.csv", {"day": "2024-03"}),
    ],
)
def test_a_value_in_its_place_restricts(tmp_path: Path, text: str, wanted: dict[str, str]) -> None:
    verdict = verify(tmp_path, text, {"s.csv": DATA}, totals(**wanted))
    assert verdict.status == "verified", [c for c in verdict.checks if c.outcome != "passed"]


@pytest.mark.parametrize(
    ("text", "misread"),
    [
        ("total amount per region in s.csv as t.csv, cancelled orders excepted", {"status": "cancelled"}),
        ("total amount per region in s.csv as t.csv, cancelled ones out", {"status": "cancelled"}),
        ("total amount per region in s.csv as t.csv, also the cancelled ones", {"status": "cancelled"}),
        ("total amount still to be paid per region in s.csv as t.csv", {"status": "paid"}),
        ("total amount per region (cancelled ones are refunds) in s.csv as t.csv", {"status": "cancelled"}),
        ("Kiel needs the total amount per region of s.csv as t.csv", {"city": "Kiel"}),
        ("total amount per region in s.csv as t.csv. Ana wants it", {"customer": "Ana"}),
        ("total amount per region in s.csv as t.csv. Ana", {"customer": "Ana"}),
        ("Dear Ana, please put the total amount per region of s.csv into t.csv", {"customer": "Ana"}),
        ("My office is in Kiel. Could you please put the total amount per region of s.csv into t.csv?", {"city": "Kiel"}),
        ("My colleague from Bonn wants the total amount per region of s.csv as t.csv", {"city": "Bonn"}),
        ("We rarely need Kiel. Could you please put the total amount per region of s.csv into t.csv?", {"city": "Kiel"}),
        (
            "Some orders were cancelled. Could you please put the total amount per region of s.csv into t.csv?",
            {"status": "cancelled"},
        ),
        ("total amount per region from March on in s.csv as t.csv", {"day": "2024-03"}),
        ("total amount per region up to March 2024 in s.csv as t.csv", {"day": "2024-03"}),
        ("total amount per region to the end of March in s.csv as t.csv", {"day": "2024-03"}),
        ("In March we only tested. Could you please put the total amount per region of s.csv into t.csv?", {"day": "2024-03"}),
        ("We stopped selling rugs. Could you please put the total amount per region of s.csv into t.csv?", {}),
        ("We write region names in capitals. Could you please put the total amount per region of s.csv into t.csv?", {}),
        ("We call the regions areas. Could you please put the total amount per region of s.csv into t.csv?", {}),
        (
            "We have to protect our files with a password. Could you please put the total amount per region of s.csv into t.csv?",
            {},
        ),
        ("total amount per region in s.csv as t.csv. The header is to be in German.", {}),
        ("total amount per region in s.csv as t.csv. The column is called revenue.", {}),
        ("total amount per region in s.csv as t.csv. The title is Sales.", {}),
        ("total amount per region in s.csv as t.csv. Keep it anonymous.", {}),
        ("total amount per region in s.csv as t.csv. The amounts are gross.", {}),
        ("total amount per region in s.csv as t.csv. The regions are areas.", {}),
    ],
)
def test_a_value_out_of_its_place_is_a_doubt(tmp_path: Path, text: str, misread: dict[str, str]) -> None:
    assert verify(tmp_path, text, {"s.csv": DATA}, totals(**misread)).status != "verified"


def test_a_source_that_was_never_there_is_a_doubt(tmp_path: Path) -> None:
    made = Result({"figures.csv": totals().files["t.csv"]}, "West 170, East 340, North 40, South 80")
    text = "How much is the total amount per region according to figures.csv?"
    assert verify(tmp_path, text, {"s.csv": DATA}, made).status != "verified"
