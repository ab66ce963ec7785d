"""Tables side by side, underneath each other and in other formats: right results are verified, tempting wrong ones never."""

import json
import sqlite3
from pathlib import Path

import pytest
from lab import Result, as_json, verify

VANS = b"van_id,van,depot_id,km,bought\nV1,Red,10,120,2021-03-04\nV2,Blue,10,80,2020-11-30\nV3,Grey,20,45,2022-01-15\n"
DEPOTS = b"depot_id,depot,town\n10,North,Ghent\n20,South,Lille\n30,East,Breda\n"
APRIL = b"day,kiosk,takings\n2024-04-01,Pier,10.50\n2024-04-02,Gate,20.00\n2024-04-09,Pier,5.25\n"
MAY = b"day,kiosk,takings\n2024-05-03,Gate,7.75\n2024-05-20,Pier,30.00\n"
BILLS = json.dumps({"bills": [
    {"id": 1, "client": {"name": "Ann", "town": "Oslo"}, "lines": [{"code": "A", "qty": 2, "price": 1.5}, {"code": "B", "qty": 1, "price": 4}]},
    {"id": 2, "client": {"name": "Bob", "town": "Bonn"}, "lines": [{"code": "A", "qty": 3, "price": 1.5}]},
]}).encode()  # fmt: skip
DATA = {"vans.csv": VANS, "depots.csv": DEPOTS, "april.csv": APRIL, "may.csv": MAY, "bills.json": BILLS}

EMPTY = "vans.csv and depots.csv: number of vans and average km per depot name, as e.csv. Depots without any vans must be in the list as well, with 0"
LIST = "vans.csv only holds depot numbers. Make a list of all the vans in l.csv in which the depot and the town from depots.csv are written next to each van"
CROSS = "april.csv and may.csv hold the takings of our kiosks. Make a table c.csv with the kiosks as rows, the months as columns, the summed takings in it"
SUMS = f"{CROSS}, and totals for every kiosk and for every month"
STACKED = "Put the rows of april.csv and may.csv underneath each other in s.csv, with a column that tells which file each row was taken from"
FLAT = "bills.json is nested. Flatten it to f.csv so that each line of a bill gets its own row. Columns: id, client name, town, code, qty, price and qty times price"
TYPED = "Our analyst wants vans.csv as v.json. km has to be numeric and bought a real date, not text"
BASE = "Load vans.csv and depots.csv into a new SQLite database called fleet.db, one table per file, table names like the files"


def database(folder: Path, **tables: list[tuple[str, ...]]) -> bytes:
    """A database with a table for each argument, the header first."""
    path = folder / "made.db"
    base = sqlite3.connect(path)
    for name, (head, *rows) in tables.items():
        base.execute(f"create table {name} ({', '.join(head)})")
        base.executemany(f"insert into {name} values ({', '.join('?' * len(head))})", rows)
    base.commit()
    base.close()
    data = path.read_bytes()
    path.unlink()
    return data


def lines(data: bytes) -> list[tuple[str, ...]]:
    """CSV as tuples."""
    return [tuple(x.split(",")) for x in data.decode().splitlines()]


RIGHT = [
    (EMPTY, "e.csv", b"depot,n,km\nNorth,2,100\nSouth,1,45\nEast,0,\n"),
    (
        LIST,
        "l.csv",
        b"van_id,van,depot_id,km,bought,depot,town\nV1,Red,10,120,2021-03-04,North,Ghent\nV2,Blue,10,80,2020-11-30,North,Ghent\nV3,Grey,20,45,2022-01-15,South,Lille\n",
    ),
    (CROSS, "c.csv", b"kiosk,2024-04,2024-05\nPier,15.75,30\nGate,20,7.75\n"),
    (SUMS, "c.csv", b"kiosk,2024-04,2024-05,Total\nPier,15.75,30,45.75\nGate,20,7.75,27.75\nTotal,35.75,37.75,73.50\n"),
    (
        STACKED,
        "s.csv",
        b"day,kiosk,takings,file\n2024-04-01,Pier,10.50,april\n2024-04-02,Gate,20.00,april\n2024-04-09,Pier,5.25,april\n2024-05-03,Gate,7.75,may\n2024-05-20,Pier,30.00,may\n",
    ),
    (FLAT, "f.csv", b"id,client,town,code,qty,price,value\n1,Ann,Oslo,A,2,1.5,3\n1,Ann,Oslo,B,1,4,4\n2,Bob,Bonn,A,3,1.5,4.5\n"),
]
WRONG = [
    (EMPTY, "e.csv", b"depot,n,km\nNorth,2,100\nSouth,1,45\n"),
    (EMPTY, "e.csv", b"depot,n,km\nNorth,2,100\nSouth,1,45\nEast,1,\n"),
    (LIST, "l.csv", b"van_id,van,depot_id,km,bought,depot,town\nV1,Red,10,120,2021-03-04,North,Ghent\nV2,Blue,10,80,2020-11-30,North,Ghent\nV3,Grey,20,45,2022-01-15,North,Ghent\n"),
    (LIST, "l.csv", b"van_id,van,depot\nV1,Red,North\nV2,Blue,North\nV3,Grey,South\n"),
    (LIST, "l.csv", b"van_id,van,depot,town\nV1,Red,North,Ghent\nV2,Blue,North,Ghent\n"),
    (CROSS, "c.csv", b"kiosk,2024-04,2024-05\nPier,15.75,30\nGate,20,7.50\n"),
    (CROSS, "c.csv", b"kiosk,2024-04\nPier,15.75\nGate,20\n"),
    (SUMS, "c.csv", b"kiosk,2024-04,2024-05\nPier,15.75,30\nGate,20,7.75\n"),
    (SUMS, "c.csv", b"kiosk,2024-04,2024-05,Total\nPier,15.75,30,45.75\nGate,20,7.75,27.75\n"),
    (SUMS, "c.csv", b"kiosk,2024-04,2024-05,Total\nPier,15.75,30,45.75\nGate,20,7.75,27.75\nTotal,35.75,37.75,73.60\n"),
    (STACKED, "s.csv", b"day,kiosk,takings\n2024-04-01,Pier,10.50\n2024-04-02,Gate,20.00\n2024-04-09,Pier,5.25\n2024-05-03,Gate,7.75\n2024-05-20,Pier,30.00\n"),
    (STACKED, "s.csv", b"day,kiosk,takings,file\n2024-04-01,Pier,10.50,april\n2024-04-02,Gate,20.00,april\n2024-04-09,Pier,5.25,may\n2024-05-03,Gate,7.75,may\n2024-05-20,Pier,30.00,may\n"),
    (FLAT, "f.csv", b"id,client,town,code,qty,price\n1,Ann,Oslo,A,2,1.5\n1,Ann,Oslo,B,1,4\n2,Bob,Bonn,A,3,1.5\n"),
    (FLAT, "f.csv", b"id,client,town,code,qty,price,value\n1,Ann,Oslo,A,2,1.5,3\n2,Bob,Bonn,A,3,1.5,4.5\n"),
]  # fmt: skip


def named(text: str) -> dict[str, bytes]:
    """The inputs that a request names."""
    return {k: v for k, v in DATA.items() if k in text}


@pytest.mark.parametrize(("text", "path", "made"), RIGHT, ids=[r[0][:40] for r in RIGHT])
def test_a_right_table_is_verified(tmp_path: Path, text: str, path: str, made: bytes) -> None:
    verdict = verify(tmp_path, text, named(text), Result({path: made}))
    assert verdict.status == "verified", [(c.name, c.requirement, c.detail) for c in verdict.checks if c.outcome != "passed"]


@pytest.mark.parametrize(("text", "path", "made"), WRONG, ids=[f"{r[0][:30]} {n}" for n, r in enumerate(WRONG)])
def test_a_wrong_table_is_not_verified(tmp_path: Path, text: str, path: str, made: bytes) -> None:
    assert verify(tmp_path, text, named(text), Result({path: made})).status != "verified"


@pytest.mark.parametrize("fault", ["", "date", "number", "row", "column"])
def test_types_of_columns_are_checked(tmp_path: Path, fault: str) -> None:
    head, *rows = lines(VANS)
    body = [[a, b, c, d if fault == "number" else int(d), "soon" if fault == "date" else e] for a, b, c, d, e in rows]
    body = body[:-1] if fault == "row" else body
    made = as_json([*head][:-1], [r[:-1] for r in body]) if fault == "column" else as_json([*head], body)
    verdict = verify(tmp_path, TYPED, named(TYPED), Result({"v.json": made}))
    assert (verdict.status == "verified") == (not fault), [(c.name, c.detail) for c in verdict.checks]


@pytest.mark.parametrize("fault", ["", "name", "row", "table"])
def test_a_database_holds_each_file_as_a_table(tmp_path: Path, fault: str) -> None:
    vans, depots = lines(VANS), lines(DEPOTS)
    tables = {"vans" if fault != "name" else "cars": vans[:-1] if fault == "row" else vans, "depots": depots}
    if fault == "table":
        del tables["depots"]
    verdict = verify(tmp_path, BASE, named(BASE), Result({"fleet.db": database(tmp_path, **tables)}))
    assert (verdict.status == "verified") == (not fault), [(c.name, c.detail) for c in verdict.checks]


@pytest.mark.parametrize("good", [True, False])
def test_either_of_two_formats_will_do(tmp_path: Path, good: bool) -> None:
    made = as_json(["depot", "km"], [["North", 200], ["South", 45 if good else 46]])
    text = "Total km per depot from vans.csv and depots.csv. A csv or a JSON file, whatever is easier for you."
    assert (verify(tmp_path, text, named(text), Result({"km.json": made})).status == "verified") == good
