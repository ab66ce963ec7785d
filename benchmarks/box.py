"""How long the box takes: interleaved rounds against a bare subprocess. Prints a table and, last, one line of JSON."""

import asyncio
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

from arkwright.sandbox import bwrap
from arkwright.sandbox.box import BwrapBox, open_box

ROUNDS = 30
TARGETS = {
    "exec true": ("subprocess true", 1.5),
    "exec python": ("subprocess python", 1.3),
    "cold start": ("subprocess python", 12.0),
}


async def main() -> None:
    """Measure, print."""
    with tempfile.TemporaryDirectory() as folder:
        async with open_box(Path(folder)) as box:
            await box.put("/workspace/a.txt", b"hello")
            await box.call("files.read", {"path": "a.txt"})
            await box.cell("bench", "1")
            times = await rounds(box, Path(folder))
    rows = [row(what, times) for what in times]
    for one in rows:
        print(f"{one['what']:<22}{one['value']:>9.2f} ms   {one['ratio'] or ''}")
    versions = {"python": platform.python_version(), "bubblewrap": ".".join(map(str, bwrap.find().version))}
    machine = {"cores": os.cpu_count(), "kernel": platform.release(), "load": os.getloadavg()[0]}
    print(json.dumps({"name": "box", "machine": machine, "versions": versions, "rows": rows}))


async def rounds(box: BwrapBox, folder: Path) -> dict[str, list[float]]:
    """Milliseconds of each thing, taken in turns so that load falls on all alike."""
    times: dict[str, list[float]] = {}
    for _ in range(ROUNDS):
        for what, run in things(box, folder).items():
            began = time.perf_counter()
            await run()
            times.setdefault(what, []).append((time.perf_counter() - began) * 1000)
    return times


def things(box: BwrapBox, folder: Path) -> dict[str, Callable[[], Awaitable[object]]]:
    """What is measured."""

    async def bare(*argv: str) -> None:
        process = await asyncio.create_subprocess_exec(
            *argv, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        await process.communicate()

    async def cold() -> None:
        async with open_box(folder) as fresh:
            await fresh.exec(["true"])

    python = bwrap.python()
    return {
        "subprocess true": lambda: bare("true"),
        "exec true": lambda: box.exec(["true"]),
        "subprocess python": lambda: bare(python, "-c", "print(1)"),
        "exec python": lambda: box.exec([python, "-c", "print(1)"]),
        "cell print(1)": lambda: box.cell("bench", "print(1)"),
        "call files.read": lambda: box.call("files.read", {"path": "a.txt"}),
        "cold start": cold,
    }


def row(what: str, times: dict[str, list[float]]) -> dict[str, object]:
    """One line of the result; a target is a ratio to what it is measured against."""
    value = statistics.median(times[what])
    against, most = TARGETS.get(what, ("", 0.0))
    ratio = value / statistics.median(times[against]) if against else 0.0
    return {
        "what": what, "value": round(value, 3), "unit": "ms", "min": round(min(times[what]), 3),
        "target": f"<= {most} x {against}" if against else "", "ratio": round(ratio, 2), "ok": not against or ratio <= most,
        "n": len(times[what]),
    }  # fmt: skip


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
