"""Codec: frozen dataclasses to JSON text and back, by their annotations.

Old rows always load: a field that is absent takes its default, a field nobody knows any more is ignored.
"""

import json
import types
from collections.abc import Callable, Mapping, Sequence
from dataclasses import MISSING, fields, is_dataclass
from functools import cache
from typing import Any, Literal, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from pydantic_core import PydanticSerializationError, to_json

from arkwright.core.json import Json, Object
from arkwright.errors import InternalError

T = TypeVar("T")
Convert = Callable[[Any], Any]


def dumps(value: object) -> str:
    """JSON text of a value: dataclasses, tuples, mappings and plain JSON.

    The slower encoder serves what the fast one cannot: file names that are not UTF-8, mappings that are not dicts.

    Raises:
        InternalError: something in it has no JSON.
    """
    try:
        return to_json(value, inf_nan_mode="constants").decode()
    except PydanticSerializationError:
        return _ENCODER.encode(value)


def loads(kind: type[T], text: str) -> T:
    """The value of `kind` that `dumps` wrote."""
    return decode(kind, json.loads(text))


def encode(value: object) -> Json:
    """A value as plain JSON."""
    return json.loads(dumps(value))


def decode(kind: type[T], value: Json) -> T:
    """The value of `kind` that was encoded as `value`.

    Raises:
        InternalError: the JSON does not have the shape of `kind`.
    """
    try:
        return cast("T", _reader(kind)(value))
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise InternalError(f"cannot read a stored {kind.__name__}: {type(error).__name__}: {error}") from error


def _plain(value: object) -> object:
    """One level of a value the JSON encoder does not know."""
    if is_dataclass(value):
        return {name: getattr(value, name) for name in _names(type(value))}
    if isinstance(value, Mapping):
        return dict(cast("Mapping[object, object]", value))
    if isinstance(value, Sequence):
        return list(cast("Sequence[object]", value))
    raise InternalError(f"cannot store a {type(value).__name__}: {value!r}")


_ENCODER = json.JSONEncoder(separators=(",", ":"), default=_plain, check_circular=False)


@cache
def _names(kind: type) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))


_SCALARS = (str, int, float, bool, type(None))


def _is_scalar(hint: Any) -> bool:
    return hint in _SCALARS or get_origin(hint) is Literal


@cache
def _reader(hint: Any) -> Convert:
    if is_dataclass(hint):
        return _dataclass_reader(cast("type", hint))
    origin, args = get_origin(hint), get_args(hint)
    if origin in (Union, types.UnionType):
        return _union_reader(args)
    if origin is tuple:
        return _tuple_reader(args)
    if origin in (list, Sequence):
        return _tuple_reader((args[0], ...)) if origin is Sequence else _list_reader(args[0])
    if origin in (dict, Mapping):
        return _mapping_reader(args[1])
    return _same


def _same(value: Any) -> Any:
    return value


def _dataclass_reader(kind: type) -> Convert:
    hints = get_type_hints(kind)
    readers = {field.name: _reader_of(hints[field.name]) for field in fields(kind)}
    required = {field.name for field in fields(kind) if field.default is MISSING and field.default_factory is MISSING}

    def read(value: Object) -> Any:
        if missing := required - value.keys():
            raise KeyError(f"{kind.__name__} without {sorted(missing)}")
        return kind(**{name: readers[name](child) for name, child in value.items() if name in readers})

    return read


def _reader_of(hint: Any) -> Convert:
    """The reader of a hint; plain JSON (a recursive alias) is left as it is."""
    return _same if hint in (Json, Object) or _is_scalar(hint) else _reader(hint)


def _union_reader(args: tuple[Any, ...]) -> Convert:
    """Optional dataclasses, tuples and the like; a union of several shapes is not stored."""
    shapes = [arg for arg in args if arg is not type(None)]
    if len(shapes) != 1:
        return _same
    read = _reader_of(shapes[0])
    return lambda value: None if value is None else read(value)


def _tuple_reader(args: tuple[Any, ...]) -> Convert:
    read = _reader_of(args[0])
    return lambda value: tuple(read(child) for child in value)


def _list_reader(item: Any) -> Convert:
    read = _reader_of(item)
    return lambda value: [read(child) for child in value]


def _mapping_reader(item: Any) -> Convert:
    read = _reader_of(item)
    return lambda value: {key: read(child) for key, child in value.items()}
