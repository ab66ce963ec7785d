"""Where an answer goes on, and where its records are."""

import json

import pytest

from arkwright.toolbox import paging, records
from arkwright.toolbox.client import Reply
from arkwright.toolbox.fault import Fault

URL = "https://example.org/api/things?per_page=2"


def following(
    body: object, *, style: str = "auto", url: str = URL, headers: dict[str, str] | None = None, gathered: int = 2
) -> str | None:
    """The next address after a page with this body."""
    reply = Reply(url, 200, headers or {}, json.dumps(body).encode())
    return paging.following(reply, url, style, paging.Progress(1, gathered, 2))


TWO = [{"id": 1}, {"id": 2}]


@pytest.mark.parametrize(
    ("body", "wanted"),
    [
        ({"items": TWO, "next": "https://example.org/api/things?page=2"}, "https://example.org/api/things?page=2"),
        ({"items": TWO, "links": {"next": "/api/things?page=2"}}, "https://example.org/api/things?page=2"),
        ({"items": TWO, "_links": {"next": {"href": "?page=2"}}}, "https://example.org/api/things?page=2"),
        ({"items": TWO, "next_cursor": "abc"}, f"{URL}&cursor=abc"),
        ({"items": TWO, "nextPageToken": "abc"}, f"{URL}&pageToken=abc"),
        ({"items": TWO, "next_cursor": "abc", "has_more": False}, None),
        ({"items": TWO, "next": None, "page": 2, "pages": 2}, None),
        ({"items": TWO, "page": 1, "pages": 3}, f"{URL}&page=2"),
        ({"items": TWO, "meta": {"page": 1, "total_pages": 3}}, f"{URL}&page=2"),
        ({"items": TWO, "offset": 0, "total": 5}, f"{URL}&offset=2"),
        ({"items": TWO, "total": 2}, None),
        ({"items": TWO, "total": 5}, f"{URL}&page=2"),
        (TWO, None),
    ],
)
def test_the_next_page_is_found_as_apis_say_it(body: object, wanted: str | None) -> None:
    assert following(body) == wanted


def test_the_link_header_is_followed() -> None:
    headers = {"link": '<https://example.org/?page=9>; rel="last", <https://example.org/?page=2>; rel="next"'}
    assert following(TWO, headers=headers) == "https://example.org/?page=2"


def test_page_numbers_go_on_when_asked_for() -> None:
    assert following(TWO, style="page") == f"{URL}&page=2"
    assert following({"items": TWO, "next": "/x"}, style="none") is None


@pytest.mark.parametrize(
    ("body", "where"),
    [
        (TWO, ""),
        ({"count": 2, "data": TWO}, "data"),
        ({"data": {"users": TWO}, "ok": True}, "data.users"),
        ({"stuff": TWO}, "stuff"),
        ({"a": TWO, "b": TWO}, None),
        ({"items": []}, "items"),
        ({"name": "one thing", "tags": ["a"]}, None),
        ("text", None),
    ],
)
def test_the_records_are_where_they_can_only_be(body: object, where: str | None) -> None:
    assert records.find(body) == where


def test_nested_objects_become_dotted_columns() -> None:
    rows = records.rows([{"a": {"b": 1, "c": {"d": 2}}, "t": [1]}, {"a": {}, "e": None}])
    assert rows == [{"a.b": 1, "a.c.d": 2, "t": [1]}, {"a": None, "e": None}]
    assert records.columns(rows) == ["a.b", "a.c.d", "t", "e"]


def test_a_wrong_path_names_what_is_there() -> None:
    with pytest.raises(Fault, match="'rows', 'count'"):
        records.at({"rows": TWO, "count": 2}, "items")
