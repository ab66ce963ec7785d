"""Writing: which calls may change the workspace at the same time."""

import asyncio
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from pathlib import PurePosixPath

Claim = tuple[PurePosixPath, ...] | None


class Writing:
    """Calls with declared writes run side by side unless they overlap; one that may write anywhere runs alone."""

    def __init__(self) -> None:
        self._held: list[tuple[str, Claim]] = []
        self._changed = asyncio.Condition()

    @asynccontextmanager
    async def hold(self, workspace: str, paths: Sequence[str] | None) -> AsyncGenerator[None]:
        """Wait until nobody writes where this call will, and keep others out until it is done."""
        claim = (workspace, None if paths is None else tuple(PurePosixPath(path) for path in paths))
        async with self._changed:
            await self._changed.wait_for(lambda: not any(overlap(claim, other) for other in self._held))
            self._held.append(claim)
        try:
            yield
        finally:
            await asyncio.shield(self._release(claim))

    async def _release(self, claim: tuple[str, Claim]) -> None:
        async with self._changed:
            self._held.remove(claim)
            self._changed.notify_all()


def overlap(left: tuple[str, Claim], right: tuple[str, Claim]) -> bool:
    """Whether two claims could touch the same file: one path is the other, or above it."""
    if left[0] != right[0]:
        return False
    if left[1] is None or right[1] is None:
        return True
    return any(one == other or one in other.parents or other in one.parents for one in left[1] for other in right[1])
