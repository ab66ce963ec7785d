"""Plugins: what other packages offer through entry points, the same way the built-in parts are offered."""

from collections.abc import Iterable
from importlib.metadata import EntryPoint, entry_points
from typing import TypeVar, cast

from arkwright.errors import SetupError

Part = TypeVar("Part")


def offered(group: str, kind: type[Part]) -> list[Part]:
    """The parts of one kind in an entry point group; an entry point's value is one part or several.

    Raises:
        SetupError: an entry point cannot be loaded, or is something else.
    """
    return [part for point in entry_points(group=group) for part in _load(point, kind)]


def _load(point: EntryPoint, kind: type[Part]) -> Iterable[Part]:
    remedy = f"update or uninstall the package that offers {point.name!r}"
    try:
        value = point.load()
    except Exception as error:  # the edge: a plug-in is code of strangers, and importing it may raise anything
        raise SetupError(f"the plug-in {point.name!r} cannot be loaded: {error}", remedy=remedy) from error
    parts = cast("tuple[object, ...]", tuple(value) if isinstance(value, list | tuple) else (value,))  # type: ignore[reportUnknownArgumentType]
    for part in parts:
        if not isinstance(part, kind):
            raise SetupError(f"the plug-in {point.name!r} offers {part!r}, which is no {kind.__name__}", remedy=remedy)
        yield part
