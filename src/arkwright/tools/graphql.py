"""GraphQL: ask an endpoint for its schema or for data, through the box with the egress proxy."""

import json
import re
from typing import cast
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, JsonValue

from arkwright.core.json import Json, Object
from arkwright.core.observation import Observation
from arkwright.core.ports import Hands
from arkwright.core.tool import Footprint, Hints, Send, Tool


class Auth(BaseModel):
    """Who asks. A file is read in the box without network, and its token goes to the endpoint's host only."""

    model_config = ConfigDict(extra="forbid")

    bearer: str = Field(default="", description="token")
    bearer_file: str = Field(default="", description="workspace file that holds the token")


class Schema(BaseModel):
    """Which endpoint."""

    model_config = ConfigDict(extra="forbid")

    url: str = Field(pattern=r"(?i)^https?://", description="address of the endpoint")
    headers: dict[str, str] = Field(default_factory=dict[str, str])
    auth: Auth | None = None


class Query(Schema):
    """What to ask it."""

    query: str = Field(min_length=1, description="a GraphQL document with one operation")
    variables: dict[str, JsonValue] = Field(default_factory=dict[str, JsonValue])
    items: str = Field(default="", description="dotted path to the records under `data`; found by itself when empty")


async def query(args: Query, hands: Hands) -> Observation:
    """The data, and its records as a table."""
    value = await ask(hands, "graphql.query", args)
    table = value.get("table")
    records = f" with {table['rows']} records" if isinstance(table, dict) else ""
    return Observation(value, f"{args.url} answered{records}", origin=("web",))


async def schema(args: Schema, hands: Hands) -> Observation:
    """The types there are."""
    value = await ask(hands, "graphql.schema", args)
    return Observation(value, f"{args.url} offers {', '.join(cast('Object', value['query']))}", origin=("web",))


async def ask(hands: Hands, function: str, args: Schema) -> Object:
    """What `function` returns in the web box."""
    asked = cast("Object", args.model_dump(mode="json", exclude={"auth"}))
    asked["authorization"] = await authorization(args.auth, hands)
    box = await hands.box("web")
    return cast("Object", await box.call(function, asked, timeout=120, progress=hands.progress))


async def authorization(auth: Auth | None, hands: Hands) -> Json:
    """What the Authorization header is made of, the token read from its file if need be."""
    if auth is None:
        return None
    if auth.bearer_file:
        box = await hands.box("work")
        return {"bearer": await box.call("credentials.token", {"path": auth.bearer_file})}
    return {"bearer": auth.bearer}


def footprint(args: Schema) -> Footprint:
    """The endpoint, the token's file, and the variables or the mutation that leave."""
    parts = urlsplit(args.url)
    host, port = parts.hostname or "", parts.port or (443 if parts.scheme.lower() == "https" else 80)
    sends: list[Send] = []
    if args.auth and args.auth.bearer_file:
        sends.append(Send(host, port, 0, "credential", f"the token in {args.auth.bearer_file}"))
    elif args.auth:
        sends.append(Send(host, port, len(args.auth.bearer), "request", "the authorization"))
    if args.headers:
        sends.append(Send(host, port, len(json.dumps(args.headers)), "request", "headers"))
    if isinstance(args, Query):
        sends += said(args, host, port)
    return Footprint(
        (args.auth.bearer_file,) if args.auth and args.auth.bearer_file else (), urls=(args.url,), sends=tuple(sends)
    )


def said(args: Query, host: str, port: int) -> list[Send]:
    """A plain selection of fields says nothing; variables, literals and mutations do."""
    literals = "".join(re.findall(r'"(?:[^"\\]|\\.)*"', args.query))
    data = json.dumps(args.variables) if args.variables else ""
    sends = [Send(host, port, len(literals) + len(data), "request", "values of the query")] if literals or data else []
    if re.search(r"(?m)^\s*mutation\b", args.query):
        sends.append(Send(host, port, len(args.query), "request", "a mutation"))
    return sends


TOOLS: tuple[Tool, ...] = (
    Tool(
        "graphql.query",
        "Ask a GraphQL endpoint; returns the data and its records as a table",
        Query,
        Hints(read_only=False, idempotent=False, open_world=True),
        query,
        footprint,
    ),
    Tool("graphql.schema", "Read the types and fields of a GraphQL endpoint", Schema, Hints(open_world=True), schema, footprint),
)
