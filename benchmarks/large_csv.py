"""A CSV of 200 MB, totalled and proven: wall time and the peak memory of all processes together."""

import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from report import Row, at_most, report

SIZE = 200_000_000  # bytes
REQUEST = "Total the revenue in big.csv by region and month and save it as totals.csv"
COMMAND = Path(sys.executable).parent / "arkwright"
PAUSE = 0.05  # seconds between two looks at the memory


def main() -> None:
    """Write the file, run the request with 1 GB allowed, and report."""
    with tempfile.TemporaryDirectory(prefix="arkwright-large-") as folder:
        workspace = Path(folder)
        write(workspace / "big.csv")
        environment = {**os.environ, "ARKWRIGHT_MEMORY_BYTES": str(1 << 30)}
        with (workspace.with_name(workspace.name + ".out")).open("w+") as out:
            started = time.monotonic()
            running = subprocess.Popen(
                [COMMAND, "run", REQUEST, "--json"], cwd=workspace, env=environment, stdout=out, stderr=subprocess.STDOUT
            )
            peak = watch(running)
            wall = time.monotonic() - started
            out.seek(0)
            last = out.read().splitlines()[-1]
        Path(out.name).unlink()
    result = json.loads(last) if last.startswith("{") else {"status": last}
    if result["status"] != "verified":
        print(result.get("answer", result["status"]))
    rows = [
        Row("200 MB CSV: verified", float(result["status"] == "verified"), "runs", "= 1", result["status"] == "verified"),
        at_most("200 MB CSV: peak memory of all processes (PSS)", peak / 1e6, 1000, "MB"),
        Row("200 MB CSV: wall", wall, "s"),
    ]
    report("large_csv", rows)


def write(path: Path) -> None:
    """Rows of orders, the same ones in every run, until the file is large enough."""
    chance = random.Random(4)
    regions = ("North", "South", "East", "West")
    block = "".join(
        f"{order},2025-{chance.randint(1, 12):02d}-{chance.randint(1, 28):02d},{chance.choice(regions)},"
        f"{chance.choice(['Pear', 'Apple', 'Plum'])},{chance.randint(1, 99)},{chance.randint(100, 99999) / 100}\n"
        for order in range(20_000)
    )
    with path.open("w") as file:
        file.write("order,date,region,product,units,revenue\n")
        while file.tell() < SIZE:
            file.write(block)


def watch(running: subprocess.Popen[bytes]) -> int:
    """The most bytes that the process and all below it held at one time, until it ends."""
    peak = 0
    while running.poll() is None:
        peak = max(peak, sum(held(pid) for pid in family(running.pid)))
        time.sleep(PAUSE)
    return peak


def family(root: int) -> Iterator[int]:
    """A process and all below it."""
    yield root
    for task in Path(f"/proc/{root}/task").glob("*/children"):
        try:
            children = task.read_text().split()
        except OSError:
            continue
        for child in children:
            yield from family(int(child))


def held(pid: int) -> int:
    """Bytes of memory of a process, shared pages divided by who shares them; resident bytes where that is hidden."""
    try:
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) * 1024
    except OSError:
        try:
            return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
        except OSError:
            return 0
    return 0


if __name__ == "__main__":
    main()
