"""Sniffing: numbers, dates, encodings, delimiters and header rows."""

import csv
import datetime
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arkwright.toolbox import sniff
from arkwright.toolbox.fault import Fault


@pytest.mark.parametrize(
    ("cells", "type_", "decimal", "thousands", "scale"),
    [
        (["1", "22", "-3"], "integer", ".", "", 0),
        (["1.50", "2", ""], "number", ".", "", 2),
        (["1.234,56", "7,00"], "number", ",", ".", 2),
        (["1,234.56", "12.00"], "number", ".", ",", 2),
        (["1,234", "5,678,901"], "integer", ".", ",", 0),
        (["1 234,5", "12,25"], "number", ",", " ", 2),
        (["1'234.50", "3.00"], "number", ".", "'", 2),
        (["€ 12,50", "€ 3,00"], "number", ",", "", 2),
        (["12.5%", "3%"], "number", ".", "", 1),
        (["(1,200)", "300"], "integer", ".", ",", 0),
        (["12.5", "N/A", "-", "null", ""], "number", ".", "", 1),
    ],
)
def test_numbers_are_read_the_way_they_are_written(
    cells: list[str], type_: str, decimal: str, thousands: str, scale: int
) -> None:
    found = sniff.guess(cells)
    assert (found.type, found.decimal, found.thousands, found.scale) == (type_, decimal, thousands, scale)


@pytest.mark.parametrize(
    "cells",
    [
        ["007", "12"],
        ["00501", "10001"],
        ["1234567890123456789"],
        ["12", "twelve"],
        ["$5", "€5"],
        ["+44 20 7946 1000"],
        ["1.2.3"],
        ["10:30"],
        ["2025-01"],
        ["12E4", "13F5"],
        ["yes", "no"],
        ["31/31/2025", "1/1/2025"],
    ],
)
def test_what_only_looks_like_a_number_stays_text(cells: list[str]) -> None:
    assert sniff.guess(cells).type == "text"


@pytest.mark.parametrize(
    ("cells", "formats"),
    [
        (["2025-01-31"], ("%Y-%m-%d",)),
        (["31.01.2025", "1.2.2025"], ("%d.%m.%Y",)),
        (["31/01/2025", "02/01/2025"], ("%d/%m/%Y",)),
        (["01/31/2025", "02/01/2025"], ("%m/%d/%Y",)),
        (["5 Jan 2025", "17 Feb 2025"], ("%d %b %Y",)),
        (["January 5, 2025"], ("%B %d, %Y",)),
        (["2025-01-31", "31.01.2025"], ("%Y-%m-%d", "%d.%m.%Y")),
    ],
)
def test_dates_are_decided_over_the_whole_column(cells: list[str], formats: tuple[str, ...]) -> None:
    found = sniff.guess(cells)
    assert (found.type, found.formats, found.ambiguous) == ("date", formats, False)


def test_dates_that_can_be_read_two_ways_are_ambiguous_until_another_column_decides() -> None:
    assert sniff.guess(["03/04/2025", "05/06/2025"]).format == "ambiguous"
    decided = sniff.columns([("start", ["03/04/2025"]), ("end", ["25/04/2025"])])
    assert [guess.format for guess in decided] == ["%d/%m/%Y", "%d/%m/%Y"]
    told = sniff.columns([("start", ["03/04/2025"])], dates={"start": "m/d/Y"})
    assert told[0].format == "%m/%d/%Y"


def test_a_number_that_can_be_read_two_ways_follows_the_other_columns() -> None:
    found = sniff.columns([("a", ["1.234"]), ("b", ["2.000,50"])])
    assert [(guess.type, guess.decimal) for guess in found] == [("integer", ","), ("number", ",")]


@given(st.dates(min_value=datetime.date(1900, 1, 1), max_value=datetime.date(2100, 1, 1)))
def test_every_iso_date_is_a_date(day: datetime.date) -> None:
    assert sniff.guess([day.isoformat()]).type == "date"


@given(st.lists(st.decimals(min_value=-(10**9), max_value=10**9, places=2), min_size=1, max_size=20))
def test_every_amount_with_thousands_separators_is_a_number(amounts: list[object]) -> None:
    english = sniff.guess([f"{amount:,.2f}" for amount in amounts])
    german = sniff.guess([f"{amount:,.2f}".translate(str.maketrans(",.", ".,")) for amount in amounts])
    assert (english.type, english.scale, german.type, german.decimal) == ("number", 2, "number", ",")


CELL = st.text(alphabet=st.sampled_from('abc ÄÖ"\n,;|'), max_size=8)


@given(st.sampled_from(",;\t|"), st.lists(st.tuples(CELL, CELL, st.integers()), min_size=3, max_size=12))
def test_a_delimiter_is_found_again(mark: str, rows: list[tuple[str, str, int]]) -> None:
    stream = io.StringIO()
    out = csv.writer(stream, delimiter=mark, quoting=csv.QUOTE_ALL)
    out.writerows([("name", "town", "count"), *rows])
    found = sniff.dialect(stream.getvalue(), "x.csv")
    assert (found.delimiter, found.names) == (mark, ("name", "town", "count"))


@pytest.mark.parametrize("name", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252", "latin-1"])
def test_text_is_decoded_whatever_wrote_it(name: str) -> None:
    text = "Straße;Größe\nMüller;3,5\n" * 20
    assert sniff.decode(text.encode(name), "x.csv").text.lstrip("\ufeff") == text


def test_a_few_broken_bytes_are_reported_and_not_hidden() -> None:
    found = sniff.decode("Größe Öl Äpfel Übung ñandú façade".encode() + b"\xff", "x.csv")
    assert (found.encoding, found.errors) == ("utf-8", 1)


def test_a_binary_file_is_no_table() -> None:
    with pytest.raises(Fault) as caught:
        sniff.decode(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\1", "x.csv")
    assert caught.value.code == "no_table"


def test_a_wrong_encoding_asked_for_is_a_fault() -> None:
    with pytest.raises(Fault) as caught:
        sniff.decode("Größe".encode("latin-1"), "x.csv", "utf-8")
    assert caught.value.code == "encoding"


@pytest.mark.parametrize(
    ("text", "header", "names"),
    [
        ("a,b\n1,2\n", 0, ("a", "b")),
        ("Sales report\n\nregion,amount\nNorth,3\nSouth,4\n", 2, ("region", "amount")),
        ("North,3,2025-01-01\nSouth,4,2025-01-02\n", None, ("column_1", "column_2", "column_3")),
        ("region,2023,2024\nNorth,10,20\nSouth,30,40\n", 0, ("region", "2023", "2024")),
        ("a,,a\nx,y,z\n", 0, ("a", "column_2", "a_2")),
        ("sep=;\nx;y\n1;2\n", 0, ("x", "y")),
    ],
)
def test_the_header_row_is_found(text: str, header: int | None, names: tuple[str, ...]) -> None:
    found = sniff.dialect(text, "x.csv")
    assert (found.header, found.names) == (header, names)
