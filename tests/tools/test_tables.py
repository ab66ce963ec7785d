"""The table tools, in a real box, against values computed by other means."""

import csv
import json
import sqlite3
import statistics
from collections import defaultdict
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from arkwright.core.tool import Footprint
from arkwright.errors import ToolError
from arkwright.tools import tables

from .conftest import Use

SALES = """date,region,rep,units,amount,note
2025-01-15,North,Ana,3,10.10,
2025-01-20,South,Ben,1,0.20,"gift, ""wrap"" it"
2025-02-03,north,Ana,2,N/A,"two
lines"
2025-02-28,East,,5,1200.05,
2025-03-01,,Ben,,7.77,x
2025-03-31,South,Ana,4,99.99,
"""


@pytest.fixture
def sales(workspace: Path) -> list[dict[str, str]]:
    """A small messy csv in the workspace, and its rows as the standard library reads them."""
    (workspace / "sales.csv").write_text(SALES)
    return list(csv.DictReader(SALES.splitlines(keepends=True)))


async def ask(use: Use, steps: list[dict[str, object]], **inputs: object) -> list[list[Any]]:
    """The preview of a query over sales.csv, or over the given inputs."""
    found = await use(tables, "tables.query", inputs=inputs or {"sales": {"path": "sales.csv"}}, steps=steps)
    return found.value["preview"]  # type: ignore[index,call-overload,return-value]


async def test_a_csv_is_described_with_types_values_and_blanks(use: Use, sales: list[dict[str, str]]) -> None:
    found = await use(tables, "tables.describe", sources=[{"path": "sales.csv"}])
    (table,) = found.value["tables"]  # type: ignore[index,call-overload]
    assert (table["source"], table["part"], table["rows"]) == ("sales.csv", "", len(sales))
    assert {column["name"]: (column["type"], column["blanks"]) for column in table["columns"]} == {
        "date": ("date", 0),
        "region": ("text", 1),
        "rep": ("text", 1),
        "units": ("integer", 1),
        "amount": ("number", 1),
        "note": ("text", 3),
    }
    assert table["columns"][1]["values"] == ["North", "South", "north", "East"]
    assert table["layout"]["delimiter"] == ","


async def test_sums_are_exact_to_the_cent_and_blank_keys_are_kept(use: Use, sales: list[dict[str, str]]) -> None:
    wanted: dict[str, Decimal] = defaultdict(Decimal)
    for row in sales:
        wanted[row["region"]] += Decimal(row["amount"]) if row["amount"] != "N/A" else 0
    rows = await ask(use, [{"do": "group", "by": ["region"], "aggregates": [{"name": "total", "fn": "sum", "column": "amount"}]}])
    assert {row[0] or "": row[1] for row in rows if row[1] is not None} == {
        key: float(total) for key, total in wanted.items() if key != "north"
    }


async def test_a_thousand_tenths_are_a_hundred(use: Use, workspace: Path) -> None:
    (workspace / "t.csv").write_text("x\n" + "0.1\n" * 1000)
    rows = await ask(
        use, [{"do": "group", "by": [], "aggregates": [{"name": "s", "fn": "sum", "column": "x"}]}], t={"path": "t.csv"}
    )
    assert rows == [[100.0]]


async def test_every_aggregate_agrees_with_the_standard_library(use: Use, workspace: Path) -> None:
    values = [3.5, 1.25, 1.25, 9.0, 4.75, 2.5]
    (workspace / "v.csv").write_text("v\n" + "\n".join(map(str, values)) + "\n")
    fns = ["sum", "mean", "median", "min", "max", "count", "count_distinct", "stddev", "first", "last", "mode"]
    rows = await ask(
        use, [{"do": "group", "by": [], "aggregates": [{"name": fn, "fn": fn, "column": "v"} for fn in fns]}], v={"path": "v.csv"}
    )
    stddev = round(statistics.stdev(values), 10)
    assert rows == [[22.25, round(statistics.mean(values), 10), 3.0, 1.25, 9.0, 6, 5, stddev, 3.5, 2.5, 1.25]]


@pytest.mark.parametrize(
    ("where", "units"),
    [
        ({"column": "region", "op": "eq", "value": "NORTH"}, [3, 2]),
        ({"column": "region", "op": "ne", "value": "north"}, [1, 5, 4]),
        ({"column": "amount", "op": "gt", "value": 10}, [3, 5, 4]),
        ({"column": "amount", "op": "between", "value": [0.2, 10.1]}, [3, 1, None]),
        ({"column": "date", "op": "eq", "value": "2025-02"}, [2, 5]),
        ({"column": "date", "op": "le", "value": "2025-01-20"}, [3, 1]),
        ({"column": "date", "op": "gt", "value": "2025-02"}, [None, 4]),
        ({"column": "date", "op": "eq", "value": "2025-Q1"}, [3, 1, 2, 5, None, 4]),
        ({"column": "rep", "op": "blank"}, [5]),
        ({"column": "note", "op": "contains", "value": "WRAP"}, [1]),
        ({"column": "note", "op": "matches", "value": "^two\\s"}, [2]),
        ({"column": "rep", "op": "in", "value": ["ana", "nobody"]}, [3, 2, 4]),
        ({"not": {"column": "amount", "op": "gt", "value": 10}}, [1, 2, None]),
        ({"any": [{"column": "rep", "op": "starts", "value": "b"}, {"column": "units", "op": "ge", "value": 5}]}, [1, 5, None]),
        (
            {
                "all": [
                    {"column": "rep", "op": "ends", "value": "A"},
                    {"column": "units", "op": "lt", "value": {"column": "amount"}},
                ]
            },
            [3, 4],
        ),
    ],
)
async def test_conditions_keep_the_right_rows(use: Use, sales: list[dict[str, str]], where: object, units: list[object]) -> None:
    rows = await ask(use, [{"do": "filter", "where": where}, {"do": "select", "columns": [{"column": "units"}]}])
    assert [row[0] for row in rows] == units


@pytest.mark.parametrize(
    ("expr", "first"),
    [
        ({"op": "mul", "args": [{"column": "units"}, {"column": "amount"}]}, 30.3),
        ({"op": "div", "args": [{"column": "amount"}, {"column": "units"}]}, 3.3666666667),
        ({"op": "div", "args": [{"column": "amount"}, {"value": 0}]}, None),
        ({"op": "round", "args": [{"column": "amount"}, {"value": 0}]}, 10),
        ({"op": "month", "args": [{"column": "date"}]}, "2025-01"),
        ({"op": "quarter", "args": [{"column": "date"}]}, "2025-Q1"),
        ({"op": "weekday", "args": [{"column": "date"}]}, "Wednesday"),
        ({"op": "month_name", "args": [{"column": "date"}]}, "January"),
        ({"op": "title", "args": [{"value": "jOHN van DAM"}]}, "John Van Dam"),
        ({"op": "concat", "args": [{"column": "rep"}, {"value": " / "}, {"column": "region"}]}, "Ana / North"),
        ({"op": "extract", "args": [{"value": "order 4711"}, {"value": "[0-9]+"}]}, "4711"),
        ({"op": "number", "args": [{"value": "EUR 12.5"}]}, 12.5),
        ({"op": "date_diff", "args": [{"value": "2025-03-01"}, {"column": "date"}]}, 45),
        ({"op": "if", "args": [{"column": "amount", "op": "gt", "value": 5}, {"value": "big"}, {"value": "small"}]}, "big"),
        ({"op": "coalesce", "args": [{"value": None}, {"column": "rep"}]}, "Ana"),
    ],
)
async def test_expressions_give_the_right_value(use: Use, sales: list[dict[str, str]], expr: object, first: object) -> None:
    rows = await ask(use, [{"do": "derive", "name": "new", "expr": expr}, {"do": "select", "columns": [{"column": "new"}]}])
    assert rows[0][0] == first


async def test_pivot_sort_limit_and_window_work_together(use: Use, workspace: Path) -> None:
    lines = ["month,shop,sold", "2025-02,B,5", "2025-01,A,1", "2025-01,B,2", "2025-02,A,4", "2025-01,A,10"]
    (workspace / "s.csv").write_text("\n".join(lines) + "\n")
    source = {"s": {"path": "s.csv"}}
    pivot = {"do": "pivot", "rows": ["month"], "columns": "shop", "values": "sold", "fn": "sum"}
    assert await ask(use, [pivot], **source) == [["2025-01", 11, 2], ["2025-02", 4, 5]]
    order = [{"column": "sold", "descending": True}]
    top = [{"do": "sort", "by": order}, {"do": "limit", "count": 1, "per": ["shop"]}]
    assert await ask(use, top, **source) == [["2025-01", "A", 10], ["2025-02", "B", 5]]
    assert await ask(use, [{"do": "limit", "count": 2, "from_end": True}], **source) == [
        ["2025-02", "A", 4],
        ["2025-01", "A", 10],
    ]
    run = {"do": "window", "name": "sum", "fn": "running_sum", "column": "sold", "by": ["shop"], "order": []}
    assert [row[3] for row in await ask(use, [run], **source)] == [5, 1, 7, 5, 15]
    change = {"do": "window", "name": "c", "fn": "change_percent", "column": "sold", "order": [{"column": "sold"}]}
    assert [row[3] for row in await ask(use, [change], **source)] == [25.0, None, 100.0, 100.0, 100.0]
    rank = {"do": "window", "name": "r", "fn": "rank", "column": "sold"}
    assert [row[3] for row in await ask(use, [rank], **source)] == [2, 5, 4, 3, 1]
    share = {"do": "window", "name": "p", "fn": "share", "column": "sold"}
    assert [row[3] for row in await ask(use, [share], **source)] == [round(100 * n / 22, 10) for n in (5, 1, 2, 4, 10)]


async def test_months_and_weekdays_stand_in_the_order_of_the_calendar(use: Use, workspace: Path) -> None:
    (workspace / "d.csv").write_text("day\n2025-04-01\n2025-01-06\n2025-08-03\n2025-01-08\n")
    steps = [
        {"do": "derive", "name": "m", "expr": {"op": "month_name", "args": [{"column": "day"}]}},
        {"do": "group", "by": ["m"], "aggregates": [{"name": "n", "fn": "count"}]},
    ]
    assert await ask(use, steps, d={"path": "d.csv"}) == [["January", 2], ["April", 1], ["August", 1]]


async def test_tables_are_joined_appended_and_made_distinct(use: Use, workspace: Path) -> None:
    (workspace / "people.csv").write_text("id,name,dept\n1,Ana,10\n2,Ben,30\n3,Cyd,10\n")
    (workspace / "depts.csv").write_text("dept,name\n10,Sales\n20,Labs\n")
    both = {"people": {"path": "people.csv"}, "depts": {"path": "depts.csv"}}
    pair = [{"left": "dept", "right": "dept"}]
    assert await ask(use, [{"do": "join", "with": "depts", "on": pair}], **both) == [
        [1, "Ana", 10, "Sales"],
        [3, "Cyd", 10, "Sales"],
    ]
    assert await ask(use, [{"do": "join", "with": "depts", "on": pair, "how": "left"}], **both) == [
        [1, "Ana", 10, "Sales"],
        [2, "Ben", 30, None],
        [3, "Cyd", 10, "Sales"],
    ]
    assert await ask(use, [{"do": "join", "with": "depts", "on": pair, "how": "anti"}], **both) == [[2, "Ben", 30]]
    tag = {"name": "from", "values": {"people": "P", "depts": "D"}}
    union = await ask(use, [{"do": "union", "with": ["depts"], "tag": tag}], **both)
    assert union[0] == ["P", 1, "Ana", 10]
    assert union[-1] == ["D", None, "Labs", 20]
    last = await ask(use, [{"do": "distinct", "on": ["dept"], "keep": "last"}], **both)
    assert last == [[2, "Ben", 30], [3, "Cyd", 10]]


async def test_lists_in_json_become_rows(use: Use, workspace: Path) -> None:
    orders = [
        {"id": 1, "who": {"name": "Mia", "zip": "01234"}, "items": [{"sku": "A", "qty": 2}, {"sku": "B", "qty": 1}]},
        {"id": 2, "who": {"name": "Raj", "zip": "99999"}, "items": []},
        {"id": 3, "who": {"name": "Zoé", "zip": "55555"}, "items": [{"sku": "A", "qty": 5}]},
    ]
    (workspace / "o.json").write_text(json.dumps({"exported": "2025-07-01", "orders": orders}))
    found = await use(tables, "tables.describe", sources=[{"path": "o.json"}])
    (table,) = found.value["tables"]  # type: ignore[index,call-overload]
    assert (table["part"], [(c["name"], c["type"]) for c in table["columns"]]) == (
        "orders",
        [("id", "integer"), ("who.name", "text"), ("who.zip", "text"), ("items", "list")],
    )
    rows = await ask(use, [{"do": "unnest", "column": "items"}], o={"path": "o.json", "part": "orders"})
    assert rows == [[1, "Mia", "01234", "A", 2], [1, "Mia", "01234", "B", 1], [3, "Zoé", "55555", "A", 5]]


async def test_an_export_from_germany_becomes_an_ordinary_csv(use: Use, workspace: Path) -> None:
    text = 'Nr;Name;Umsatz;Kunde seit\r\n007;"Müller; Söhne";1.234,50;31.01.2025\r\n008;Groß;-99,00;01.12.2024\r\n'
    (workspace / "kunden.csv").write_bytes(text.encode("latin-1"))
    saved = await use(tables, "tables.save", sheets=[{"table": {"path": "kunden.csv"}}], path="out.csv")
    assert (saved.value, saved.summary) == ({"path": "out.csv", "rows": 2}, "2 rows saved to out.csv")
    assert (workspace / "out.csv").read_bytes().decode("utf-8") == (
        "Nr,Name,Umsatz,Kunde seit\n007,Müller; Söhne,1234.50,2025-01-31\n008,Groß,-99.00,2024-12-01\n"
    )


@pytest.mark.parametrize("name", ["t.csv", "t.tsv", "t.xlsx", "t.json", "t.jsonl", "t.parquet", "t.md", "t.html", "t.db"])
async def test_what_is_saved_is_read_back_the_same(use: Use, workspace: Path, name: str) -> None:
    (workspace / "in.csv").write_text(
        'id,day,name,price,ok\nA-1,2025-01-31,"Ömer, ""x""",12.5,true\nA-2,2024-02-29,Zoé | y,3.25,false\n'
    )
    wanted = await ask(use, [], t={"path": "in.csv"})
    await use(tables, "tables.save", sheets=[{"table": {"path": "in.csv"}, "name": "things"}], path=name)
    part = "table:1" if name.endswith((".md", ".html")) else ""
    found = await ask(use, [], t={"path": name, "part": part})
    booleans = [[*row[:4], bool(row[4])] for row in found] if name == "t.db" else found
    assert booleans == wanted


async def test_saving_writes_plain_json_and_a_database_that_opens(use: Use, workspace: Path) -> None:
    (workspace / "in.csv").write_text("k,v\na,1.50\nb,2\n")
    table = {"path": "in.csv"}
    await use(tables, "tables.save", sheets=[{"table": table}], path="o.json", shape="object")
    assert json.loads((workspace / "o.json").read_text()) == {"a": 1.5, "b": 2.0}
    await use(tables, "tables.save", sheets=[{"table": table, "name": "x"}, {"table": table, "name": "y"}], path="o.db")
    with sqlite3.connect(workspace / "o.db") as database:
        assert database.execute("SELECT sum(v) FROM y").fetchone() == (3.5,)


async def test_a_file_that_is_there_is_not_overwritten_unless_told(use: Use, workspace: Path) -> None:
    (workspace / "in.csv").write_text("a\n1\n")
    (workspace / "out.csv").write_text("precious")
    with pytest.raises(ToolError) as caught:
        await use(tables, "tables.save", sheets=[{"table": {"path": "in.csv"}}], path="out.csv")
    assert (caught.value.code, (workspace / "out.csv").read_text()) == ("exists", "precious")
    await use(tables, "tables.save", sheets=[{"table": {"path": "in.csv"}}], path="out.csv", overwrite=True)
    assert (workspace / "out.csv").read_text() == "a\n1\n"


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("gone.csv", None, "missing_file"),
        ("empty.csv", b"", "empty"),
        ("blank.csv", b"\n \n", "empty"),
        ("head.csv", b"a,b\n", "empty"),
        ("bin.csv", b"\x89PNG\0\0\0\1\0\2\3\xff" * 20, "no_table"),
        ("bad.json", b'{"a": [1, 2', "unreadable"),
        ("bad.xlsx", b"not a workbook", "unreadable"),
        ("bad.db", b"SQLite format 3\0 but not really", "unreadable"),
        ("page.html", b"<p>no table</p>", "no_table"),
        ("../out.csv", None, "outside_workspace"),
    ],
)
async def test_a_file_that_cannot_be_read_says_why(use: Use, workspace: Path, name: str, data: bytes | None, code: str) -> None:
    if data is not None:
        (workspace / name).write_bytes(data)
    with pytest.raises(ToolError) as caught:
        await use(tables, "tables.query", inputs={"t": {"path": name}})
    assert caught.value.code == code
    assert caught.value.remedy


async def test_an_unknown_column_names_the_nearest_ones(use: Use, sales: list[dict[str, str]]) -> None:
    with pytest.raises(ToolError) as caught:
        await ask(use, [{"do": "group", "by": ["regoin"], "aggregates": [{"name": "n", "fn": "count"}]}])
    assert (caught.value.code, caught.value.remedy) == ("unknown_column", "did you mean 'region'?")


async def test_text_is_never_added_up(use: Use, sales: list[dict[str, str]]) -> None:
    with pytest.raises(ToolError) as caught:
        await ask(use, [{"do": "group", "by": [], "aggregates": [{"name": "s", "fn": "sum", "column": "rep"}]}])
    assert caught.value.code == "not_numeric"


async def test_ragged_rows_are_reported(use: Use, workspace: Path) -> None:
    (workspace / "r.csv").write_text("a,b,c\n1,2,3\n4,5\n6,7,8\n9,1,2\n3,4,5\n")
    found = await use(tables, "tables.describe", sources=[{"path": "r.csv"}])
    (table,) = found.value["tables"]  # type: ignore[index,call-overload]
    assert (table["rows"], table["layout"]["ragged_rows"], table["columns"][2]["blanks"]) == (5, 1, 1)


async def test_logs_checklists_words_matches_and_folders_are_tables(use: Use, workspace: Path) -> None:
    (workspace / "a.log").write_text(
        '1.2.3.4 - - [12/May/2025:00:01:14 +0000] "GET /shop?a=1 HTTP/1.1" 404 17 "-" "curl/8"\n' * 3
    )
    steps = [{"do": "select", "columns": [{"column": c} for c in ("ip", "time", "method", "url", "status", "bytes")]}]
    row = ["1.2.3.4", "2025-05-12 00:01:14", "GET", "/shop?a=1", 404, 17]
    assert await ask(use, steps, log={"path": "a.log", "part": "log"}) == [row] * 3
    (workspace / "n.md").write_text("# Team\n\n## Do\n\n- [x] Ana: call Bo (due 2025-04-10)\n- [ ] tidy up\n")
    assert await ask(use, [], n={"path": "n.md", "part": "checklist"}) == [
        [True, "Ana", "call Bo", "2025-04-10", "Do"],
        [False, None, "tidy up", None, "Do"],
    ]
    (workspace / "t.txt").write_text("Don't stop! Mail a.b@c.test or <X@Y.ORG>.\nstop, Straße.\n")
    words = [row[0] for row in await ask(use, [], t={"path": "t.txt", "part": "words"})]
    assert words[:4] == ["don't", "stop", "mail", "a"]
    assert words[-2:] == ["stop", "straße"]
    mails = await ask(use, [], t={"path": "t.txt", "part": "matches:email"})
    assert mails == [["a.b@c.test", 1], ["X@Y.ORG", 1]]
    (workspace / "d" / "sub").mkdir(parents=True)
    (workspace / "d" / "sub" / "x.TXT").write_text("a\nb")
    picked = [{"do": "select", "columns": [{"column": c} for c in ("path", "folder", "stem", "extension", "size", "lines")]}]
    assert await ask(use, picked, f={"path": "d", "part": "files"}) == [["d/sub/x.TXT", "d/sub", "x", "txt", 3, 2]]


async def test_a_table_goes_on_to_the_next_step_and_gives_a_value(use: Use, sales: list[dict[str, str]]) -> None:
    first = await use(
        tables,
        "tables.query",
        inputs={"s": {"path": "sales.csv"}},
        steps=[{"do": "sort", "by": [{"column": "amount", "descending": True}]}],
    )
    assert first.summary == "6 rows of sales.csv"
    best = await use(tables, "tables.value", table=first.value, column="amount")
    assert (best.value, best.summary) == (1200.05, "amount is 1200.05")
    with pytest.raises(ToolError) as caught:
        await use(tables, "tables.value", table=first.value, column="amount", row=6)
    assert caught.value.code == "no_row"


def large_csv(path: Path, size: int) -> tuple[int, Decimal]:
    """Write a csv of about `size` bytes; returns its rows and the sum of its amounts."""
    rows, total, block = 0, Decimal(0), []
    cents = [(7919 * at) % 100_000 for at in range(1000)]
    for at, value in enumerate(cents):
        block.append(f'{at},2025-{at % 12 + 1:02}-{at % 28 + 1:02},"customer, {at}",{value // 100}.{value % 100:02}\n')
    text = "".join(block)
    with path.open("w") as stream:
        stream.write("id,date,customer,amount\n")
        while stream.tell() < size:
            stream.write(text)
            rows, total = rows + 1000, total + Decimal(sum(cents)) / 100
        stream.write('1,2025-01-01,"last",0.005\n')
    return rows + 1, total + Decimal("0.005")


async def test_a_large_csv_is_streamed_and_its_types_hold_for_the_last_row(use: Use, workspace: Path) -> None:
    rows, total = large_csv(workspace / "big.csv", 24 << 20)
    aggregates = [{"name": "n", "fn": "count"}, {"name": "s", "fn": "sum", "column": "amount"}]
    found = await ask(use, [{"do": "group", "by": [], "aggregates": aggregates}], big={"path": "big.csv"})
    assert found == [[rows, float(total)]]


def test_the_footprint_lists_the_files_that_are_read_and_written() -> None:
    by_name = {tool.name: tool for tool in tables.TOOLS}
    query = tables.QueryArgs.model_validate({"inputs": {"a": {"path": "a.csv"}, "b": {"table": "/tmp/scratch/x.parquet"}}})
    assert by_name["tables.query"].footprint(query) == Footprint(reads=("a.csv",))
    save = tables.SaveArgs.model_validate({"sheets": [{"table": {"path": "a.csv"}}], "path": "b.csv"})
    assert by_name["tables.save"].footprint(save) == Footprint(reads=("a.csv",), writes=("b.csv",))
    assert [tool.hints.read_only for tool in tables.TOOLS] == [True, True, False, True]


def test_arguments_that_are_not_known_are_refused() -> None:
    with pytest.raises(ValidationError):
        tables.QueryArgs.model_validate({"inputs": {"a": {"path": "a.csv"}}, "steps": [{"do": "filter", "were": {}}]})
