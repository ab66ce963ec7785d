"""Answers: what people read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arkwright.core.json import Json, Object, ref
from arkwright.engine.render import render, say


def table(names: list[str], preview: list[list[Json]], rows: int | None = None) -> Object:
    columns: list[Json] = [{"name": name, "type": "text"} for name in names]
    return {
        "table": "/tmp/scratch/t.parquet",
        "columns": columns,
        "rows": len(preview) if rows is None else rows,
        "preview": [*preview],
    }


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (0.1 + 0.2, "0.3"), (3.0, "3"), (1e15, "1000000000000000"), (-0.0, "0"), (12345678.9, "12345678.9"), (7, "7"), ("x", "x"),
        (True, "yes"), (False, "no"), (None, "none"), ([], "none"),
        (["a", 1, 2.50], "a, 1, 2.5"), ({"a": 1, "b": [2, 3]}, "a: 1, b: 2, 3"),
        (float("inf"), "inf"), (1e-12, "0"),
    ],
)  # fmt: skip
def test_values_are_said_without_noise(value: Json, said: str) -> None:
    assert say(value) == said


@given(st.decimals(-(10**9), 10**9, places=4))
def test_a_decimal_is_said_as_it_is_written(number: object) -> None:
    assert float(say(float(str(number)))) == float(str(number))


def test_a_table_of_one_cell_is_its_value() -> None:
    assert render(("Total: ", ref("t"), " EUR"), {"t": table(["sum"], [[1234.50]])}) == "Total: 1234.5 EUR"


def test_a_small_table_is_markdown_in_a_paragraph_of_its_own() -> None:
    small = table(["region", "sum"], [["North", 1.10], ["So|uth", None]])
    assert render(("By region:", ref("t"), "That is all."), {"t": small}) == (
        "By region:\n\n| region | sum |\n| --- | --- |\n| North | 1.1 |\n| So\\|uth |  |\n\nThat is all."
    )


def test_a_long_table_says_how_much_is_not_shown() -> None:
    said = say(table(["n"], [[n] for n in range(20)], rows=345))
    assert said.endswith("| 19 |\n\n(the first 20 of 345 rows)")


def test_an_empty_table_is_none() -> None:
    assert render(("Duplicates: ", ref("t")), {"t": table(["a"], [])}) == "Duplicates: none"


def test_parts_join_as_they_are_and_references_reach_inside() -> None:
    outputs: dict[str, Json] = {"a": {"rows": 3, "names": ["x", "y"]}}
    assert render((ref("a", "rows"), " rows: ", ref("a", "names")), outputs) == "3 rows: x, y"


def test_a_reference_to_nothing_is_an_error() -> None:
    with pytest.raises(KeyError):
        render((ref("ghost"),), {})
