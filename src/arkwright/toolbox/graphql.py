"""GraphQL: ask an endpoint for data or for its schema."""

import json
from collections.abc import Callable

from . import records
from .client import Ask, authorization, expect, send
from .fault import Fault

Progress = Callable[[float, str], None]
TYPE = "kind name ofType { kind name ofType { kind name ofType { kind name ofType { kind name } } } }"
INTROSPECTION = f"""query Schema {{
  __schema {{
    queryType {{ name }}
    mutationType {{ name }}
    types {{
      kind name
      fields(includeDeprecated: true) {{ name args {{ name defaultValue type {{ {TYPE} }} }} type {{ {TYPE} }} }}
      inputFields {{ name type {{ {TYPE} }} }}
      enumValues(includeDeprecated: true) {{ name }}
    }}
  }}
}}"""


def query(args: dict, progress: Progress) -> dict:
    """{data, table?, records_at?}; the first list of objects under `data` (or at `items`) is the table.

    Faults: those of client.send, http_status, graphql (with the server's message), no_items.
    """
    from .references import store

    data = post(args, args["query"], args.get("variables") or {})
    where = args.get("items") or records.find(data) or first_list(data)
    if where is None:
        return {"data": data}
    rows = records.rows(unwrapped(records.at(data, where)))
    return {"data": data, "records_at": where, "table": store(rows, records.columns(rows), where.split(".")[0])}


def schema(args: dict, progress: Progress) -> dict:
    """{query: {field: {type, args}}, mutation, types: {Type: {field: type}}, enums: {Enum: [value]}}, written as in GraphQL.

    Faults: those of client.send, http_status, graphql.
    """
    found = post(args, INTROSPECTION, {}).get("__schema") or {}
    named = {kind["name"]: kind for kind in found.get("types") or [] if not kind["name"].startswith("__")}
    roots = [(found.get(f"{word}Type") or {}).get("name") for word in ("query", "mutation")]
    types = {
        name: shape(kind) for name, kind in named.items() if name not in roots and (kind.get("fields") or kind.get("inputFields"))
    }
    enums = {name: [value["name"] for value in kind["enumValues"]] for name, kind in named.items() if kind.get("enumValues")}
    query_root, mutation_root = (doors(named.get(root) or {}) for root in roots)
    return {"query": query_root, "mutation": mutation_root, "types": types, "enums": enums}


def post(args: dict, document: str, variables: dict) -> dict:
    """What stands under `data` in the answer to a document."""
    body = {"query": document, **({"variables": variables} if variables else {})}
    headers = {"Content-Type": "application/json", "Accept": "application/json"} | (args.get("headers") or {})
    ask = Ask(args["url"], "POST", headers, json.dumps(body).encode(), authorization(args.get("authorization")))
    reply = send(ask)
    answer = reply.json
    if isinstance(answer, dict) and answer.get("errors"):
        raise Fault(
            "graphql", f"{args['url']} refused the query: {messages(answer['errors'])}", "check the fields with graphql.schema"
        )
    expect(reply, ask)
    if not isinstance(answer, dict) or not isinstance(answer.get("data"), dict):
        raise Fault("graphql", f"{args['url']} did not answer as a GraphQL endpoint: {reply.text[:200]!r}", "check the address")
    return answer["data"]


def messages(errors: object) -> str:
    """What the server says is wrong."""
    listed = errors if isinstance(errors, list) else [errors]
    return "; ".join(str(error.get("message", error)) if isinstance(error, dict) else str(error) for error in listed)


def doors(kind: dict) -> dict:
    """Fields of a root type with their arguments."""
    return {
        field["name"]: {
            "type": written(field["type"]),
            "args": {arg["name"]: written(arg["type"]) for arg in field.get("args") or []},
        }
        for field in kind.get("fields") or []
    }


def shape(kind: dict) -> dict:
    """Fields of a type and theirs."""
    return {field["name"]: written(field["type"]) for field in kind.get("fields") or kind.get("inputFields") or []}


def written(kind: dict | None) -> str:
    """A type as GraphQL writes it: [Book!]."""
    if not kind:
        return ""
    if kind.get("kind") == "NON_NULL":
        return f"{written(kind.get('ofType'))}!"
    if kind.get("kind") == "LIST":
        return f"[{written(kind.get('ofType'))}]"
    return kind.get("name") or ""


def first_list(data: dict) -> str | None:
    """The path of the first list of objects, the shallowest first, when there are several."""
    level = list(data.items())
    while level:
        for path, value in level:
            if records.is_records(value):
                return path
        level = [(f"{path}.{name}", v) for path, value in level if isinstance(value, dict) for name, v in value.items()]
    return next((name for name, value in data.items() if value == []), None)


def unwrapped(found: object) -> object:
    """The nodes of a connection's edges, else the records as they are."""
    if isinstance(found, list) and found and all(isinstance(edge, dict) and isinstance(edge.get("node"), dict) for edge in found):
        return [edge["node"] for edge in found]
    return found
