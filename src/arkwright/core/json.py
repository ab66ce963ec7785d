"""Json: the values that cross a border, and references between tasks inside them."""

from collections.abc import Iterator, Mapping
from typing import TypeAlias, cast

from pydantic import JsonValue

Json: TypeAlias = JsonValue
Object: TypeAlias = dict[str, Json]


def ref(task: str, path: str = "") -> Object:
    """A reference to another task's value, or to `path` (dotted) inside it."""
    return {"$ref": task, "path": path} if path else {"$ref": task}


def references(value: Json) -> Iterator[str]:
    """The ids of the tasks that `value` refers to."""
    if isinstance(value, dict):
        if "$ref" in value:
            yield str(value["$ref"])
        else:
            for child in value.values():
                yield from references(child)
    elif isinstance(value, list):
        for child in value:
            yield from references(child)


def resolve(value: Json, outputs: Mapping[str, Json]) -> Json:
    """`value` with each reference replaced by what that task returned.

    Raises:
        KeyError: a reference names a task without an output, or a path that is not in it.
    """
    if isinstance(value, dict):
        if "$ref" in value:
            return lookup(outputs[str(value["$ref"])], str(value.get("path", "")))
        return {key: resolve(child, outputs) for key, child in value.items()}
    if isinstance(value, list):
        return [resolve(child, outputs) for child in value]
    return value


def lookup(value: Json, path: str) -> Json:
    """The part of `value` at a dotted path; numbers index lists."""
    for step in path.split(".") if path else ():
        if isinstance(value, list):
            value = value[int(step)]
        elif isinstance(value, dict):
            value = value[step]
        else:
            raise KeyError(path)
    return value


def thaw(value: object) -> Json:
    """Any mapping or sequence as plain dicts and lists."""
    if isinstance(value, Mapping):
        return {str(k): thaw(v) for k, v in cast("Mapping[object, object]", value).items()}
    if isinstance(value, list | tuple):
        return [thaw(v) for v in cast("list[object]", value)]
    return cast("Json", value)
