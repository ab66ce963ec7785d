"""One call of the application from a synchronous command, and Ctrl-C on the way."""

import asyncio
import signal
import sys
from collections.abc import Awaitable, Callable
from typing import TypeVar

from arkwright.app import Arkwright
from arkwright.core.result import EXIT_CODES

Value = TypeVar("Value")


def call(work: Callable[[Arkwright], Awaitable[Value]], ark: Arkwright | None = None) -> Value:
    """Do one thing; Ctrl-C stops it cleanly between two commits and says how to go on."""

    async def main() -> Value:
        task = asyncio.ensure_future((ark or Arkwright()).once(work))
        for name in (signal.SIGINT, signal.SIGTERM):
            asyncio.get_running_loop().add_signal_handler(name, task.cancel)
        return await task

    try:
        return asyncio.run(main())
    except asyncio.CancelledError:
        print("\narkwright: stopped; nothing is lost: `arkwright resume last` goes on", file=sys.stderr)
        sys.exit(EXIT_CODES["cancelled"])
