"""Addresses: one place, one spelling; and what a request names."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from arkwright.safety.addresses import Address, canonical, named_addresses, read_address


@pytest.mark.parametrize(
    "spelling", ["127.0.0.1", "127.1", "0x7f000001", "2130706433", "0177.0.0.1", "::ffff:127.0.0.1", "127.0.0.1."]
)
def test_every_spelling_of_a_place_is_one_address(spelling: str) -> None:
    host = f"[{spelling}]" if ":" in spelling else spelling
    assert read_address(f"http://{host}:80/") == Address("127.0.0.1", 80)


@pytest.mark.parametrize(
    "host",
    [
        "localhost",
        "127.0.0.1",
        "10.0.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "::1",
        "fe80::1",
        "printer",
        "x.local",
        "db.internal",
        "0.0.0.0",
    ],
)
def test_what_can_only_be_near_is_private(host: str) -> None:
    assert Address(canonical(host), 80).private


@pytest.mark.parametrize("host", ["example.com", "8.8.8.8", "2606:4700::1111"])
def test_what_is_out_there_is_not(host: str) -> None:
    assert not Address(canonical(host), 80).private


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("read http://a.example.com:81/x.", {("a.example.com", 81)}),
        ("read (https://example.com/x).", {("example.com", 443)}),
        ("http://example.com", {("example.com", 80), ("example.com", 443)}),
        ("http://127.0.0.1", {("127.0.0.1", 80)}),
        ("see localhost:3000", {("localhost", 3000)}),
        ("EXAMPLE.com says", {("example.com", 80), ("example.com", 443)}),
        ("sales.csv, run.py, notes.md and a@example.com", set()),
        ("version 1.2.3.4 of it", set()),
        (
            "ssh://example.net and ftp://x",
            {("example.net", 80), ("example.net", 443)} - {("example.net", 80), ("example.net", 443)},
        ),
        ("http://user:pw@example.com/", set()),
    ],
)
def test_a_request_names_addresses(text: str, named: set[tuple[str, int]]) -> None:
    assert {(address.host, address.port) for address in named_addresses(text)} == named


@settings(deadline=None)
@given(st.text(max_size=80))
def test_any_text_can_be_read_for_addresses(text: str) -> None:
    named_addresses(text)


@settings(deadline=None)
@given(st.text(max_size=60))
def test_any_url_is_read_or_refused(text: str) -> None:
    try:
        address = read_address("http://" + text)
    except ValueError:
        return
    assert address.host
    assert 0 <= address.port < 65536
