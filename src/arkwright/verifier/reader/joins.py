"""Joins: how tables belong together by the keys that they share."""

from arkwright.verifier.demands import Source

Link = tuple[Source, str, str]


def join_path(sources: list[Source]) -> list[Link] | None:
    """The tables in joining order with their key columns (left, right), or None when they share no key.

    The table that refers to the others comes first, so that each of its rows finds at most one partner.
    """
    found: list[list[Link]] = []
    for first in sources:
        path: list[Link] = [(first, "", "")]
        rest = [s for s in sources if s is not first]
        while rest:
            step = _step(path, rest)
            if step is None:
                break
            path.append(step)
            rest = [s for s in rest if s is not step[0]]
        if not rest:
            found.append(path)
    return found[0] if found else None


def _step(path: list[Link], rest: list[Source]) -> Link | None:
    for source in rest:
        for done, _, _ in path:
            if keys := refers(done, source):
                return source, keys[0], keys[1]
    return None


def refers(left: Source, right: Source) -> tuple[str, str] | None:
    """The columns by which rows of `left` point to one row of `right`."""
    unique = [c for c in right.columns if c.unique]
    for column in left.columns:
        for key in unique:
            a, b = column.name.casefold(), key.name.casefold()
            if a == b != "id" and (
                a.endswith(("id", "sku", "code", "no", "nr", "number", "key")) or len(_shared(left, right)) == 1
            ):
                return column.name, key.name
            part = right.part.split(".")[-1].casefold() or right.path.rsplit("/", 1)[-1].rsplit(".", 1)[0].casefold()
            single = part[:-3] + "y" if part.endswith("ies") else part.removesuffix("s")
            if b in ("id", single + "_id") and a in (f"{single}_id", f"{single} id", f"{single}id"):
                return column.name, key.name
    return None


def _shared(left: Source, right: Source) -> set[str]:
    return {c.name.casefold() for c in left.columns} & {c.name.casefold() for c in right.columns}
