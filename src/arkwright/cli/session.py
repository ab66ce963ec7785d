"""One call of the application from a synchronous command, and Ctrl-C on the way."""

import asyncio
import signal
import sys
from collections.abc import Awaitable, Callable
from typing import TypeVar

from arkwright.app import Arkwright
from arkwright.core.result import EXIT_CODES

Value = TypeVar("Value")
NOTHING_LOST = "nothing is lost: `arkwright resume last` goes on, `arkwright undo last` takes back what was done"


def call(
    work: Callable[[Arkwright], Awaitable[Value]], ark: Arkwright | None = None, *, stopped: str = "nothing was changed"
) -> Value:
    """Do one thing; Ctrl-C stops it cleanly between two commits and says with `stopped` what that means."""

    async def main() -> Value:
        task = asyncio.ensure_future((ark or Arkwright()).once(work))
        for name in (signal.SIGINT, signal.SIGTERM):
            asyncio.get_running_loop().add_signal_handler(name, task.cancel)
        return await task

    try:
        return asyncio.run(main())
    except asyncio.CancelledError:
        print(f"\narkwright: stopped; {stopped}", file=sys.stderr)
        sys.exit(EXIT_CODES["cancelled"])
