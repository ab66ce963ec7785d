"""GraphQL through a real box, against a small endpoint."""

import pytest

from arkwright.core.tool import Footprint, Send
from arkwright.errors import ToolError
from arkwright.tools import graphql

from .conftest import Use
from .site import Site


async def test_the_records_of_an_answer_are_a_table(use: Use, site: Site) -> None:
    seen = await use(graphql, "graphql.query", url=f"{site.base}/graphql", query="{ books { title year author { name } } }")
    assert seen.value["table"]["preview"] == [["A", 1999, "Ann"], ["B", 2005, "Bob"]]
    assert [column["name"] for column in seen.value["table"]["columns"]] == ["title", "year", "author.name"]


async def test_a_schema_is_compact(use: Use, site: Site) -> None:
    seen = await use(graphql, "graphql.schema", url=f"{site.base}/graphql")
    assert seen.value == {
        "query": {"books": {"type": "[Book]!", "args": {}}},
        "mutation": {},
        "types": {"Book": {"title": "String"}},
        "enums": {},
    }


async def test_an_error_in_the_body_is_an_error(use: Use, site: Site) -> None:
    with pytest.raises(ToolError, match="no such field") as caught:
        await use(graphql, "graphql.query", url=f"{site.base}/graphql", query="{ boks { title } }")
    assert caught.value.code == "graphql"


async def test_an_address_that_is_no_endpoint_is_said(use: Use, site: Site) -> None:
    with pytest.raises(ToolError, match="did not answer as a GraphQL endpoint"):
        await use(graphql, "graphql.query", url=f"{site.base}/echo", query="{ a }")


def test_a_selection_of_fields_sends_nothing_but_values_do() -> None:
    url = "http://127.0.0.1:8080/graphql"

    def touched(**args: object) -> Footprint:
        return graphql.footprint(graphql.Query.model_validate({"url": url, **args}))

    assert touched(query="{ a }") == Footprint(urls=(url,))
    assert touched(query="{ a }", variables={"x": 1}).sends == (Send("127.0.0.1", 8080, 8, "request", "values of the query"),)
    assert [send.what for send in touched(query='mutation { add(x: "y") }').sends] == ["values of the query", "a mutation"]
