"""A credential goes where the request says it belongs, not to every address that the request happens to name."""

import pytest

from arkwright.safety.pointing import meant_for

A, B = "http://127.0.0.1:8765", "http://127.0.0.1:9999"


@pytest.mark.parametrize(
    ("text", "ports"),
    [
        (f"Fetch all tickets from {A}/tickets, the bearer token is in token.txt", {8765}),
        (f"use the API key from token.txt to read {A}/tickets", {8765}),
        (f"Fetch {A}/x with the token in token.txt, and {B}/rates without one", {8765}),
        (f"Fetch {A}/x with the token in token.txt and fetch {B}/rates", {8765}),
        (f"Fetch {A}/x and {B}/y with the token in token.txt", {8765, 9999}),
        (f"Compare {A}/x with {B}/y. The token for {A}/x is in token.txt.", {8765}),
        (f"Compare {A}/x with {B}/y; use token.txt for {B}/y.", {9999}),
        (f"Use token.txt for {A}/x, and key.txt for {B}/y.", {8765}),
        (f"Read {B}/rates. Then read {A}/tickets. The token is in token.txt.", {8765}),
        (f"The token is in token.txt.\nRead {A}/tickets.", {8765}),
        (f"With token.txt, log in at {A}/login", {8765}),
        (f"With token.txt as the token, read {A}/x and {B}/y", {8765, 9999}),
        (f"Log in to {A}/x with 'token.txt'", {8765}),
        (f"read {A}/token.txt and log in at {B}/", set()),  # the name in an address is no file
        (f"count the lines of token.txt and read {A}/tickets", set()),  # says nothing of logging in
        (f"Log in at {A}/. Take your time. Sort sales-token.txt too, the file token.txt.", set()),
        (f"read {A}/tickets", set()),
    ],
)
def test_a_token_is_for_the_address_of_its_clause(text: str, ports: set[int]) -> None:
    assert {address.port for address in meant_for(text, ["token.txt"])} == ports


@pytest.mark.parametrize("name", ["keys/my token.txt", "my token.txt"])
def test_a_file_is_named_by_its_path_or_its_name(name: str) -> None:
    assert {address.port for address in meant_for(f"read {A}/x, the token is in {name}", ["keys/my token.txt"])} == {8765}


def test_an_address_without_a_scheme_counts_too() -> None:
    text = "get api.example.com/items with the key in k.txt, and the rates from rates.example.org"
    assert {address.host for address in meant_for(text, ["k.txt"])} == {"api.example.com"}
