"""What the kernel costs: CPU per task, tasks per second and makespan over a random DAG, against a bare floor.

The floor does the least that is durable: an asyncio counter per task and one journal row per result in the same SQLite
settings (WAL, synchronous=FULL), everything queued in one commit, written before a successor starts.
"""

import asyncio
import hashlib
import json
import resource
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from arkwright.core.json import Json, resolve
from arkwright.core.plan import Plan
from arkwright.core.request import Request
from arkwright.core.task import Task
from arkwright.core.tool import ToolCall
from arkwright.core.verdict import Check
from arkwright.engine.forest import longest_paths
from arkwright.engine.run import Engine
from arkwright.engine.scheduler import Limits
from arkwright.engine.scripted import ScriptedGate, ScriptedPlanner, ScriptedScreen, ScriptedSnapshots, ScriptedVerifier
from arkwright.store.sqlite import SqliteStore
from graphs import random_tasks
from report import Row, at_least, at_most, report

TASKS = 1000
ROUNDS = 5


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds of processor and of wall time, and bytes on the disk."""

    cpu: float
    wall: float
    size: int


def answer(args: dict[str, Json]) -> Json:
    """The work of a task: a hash of its inputs."""
    return hashlib.sha256(json.dumps(args["inputs"]).encode()).hexdigest()[:16]


async def floor(tasks: Sequence[Task], path: Path) -> None:
    """The bare minimum."""
    db = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    db.execute("PRAGMA journal_mode = WAL")
    db.execute("PRAGMA synchronous = FULL")
    db.execute("CREATE TABLE result (task TEXT PRIMARY KEY, value TEXT)")
    by_id = {task.id: task for task in tasks}
    missing = {task.id: len(task.needs) for task in tasks}
    children: dict[str, list[str]] = {task.id: [] for task in tasks}
    for task in tasks:
        for need in task.needs:
            children[need].append(task.id)
    outputs: dict[str, Json] = {}
    finished: asyncio.Queue[tuple[str, Json]] = asyncio.Queue()

    async def execute(task: Task) -> None:
        args = resolve(task.args, outputs)
        assert isinstance(args, dict)
        if args["seconds"]:
            await asyncio.sleep(float(str(args["seconds"])))
        finished.put_nowait((task.id, answer(args)))

    def commit(rows: list[tuple[str, str]]) -> None:
        db.execute("BEGIN")
        db.executemany("INSERT INTO result VALUES (?, ?)", rows)
        db.execute("COMMIT")

    running = [asyncio.create_task(execute(task)) for task in tasks if not task.needs]
    while len(outputs) < len(tasks):
        batch = [await finished.get()]
        while not finished.empty():
            batch.append(finished.get_nowait())
        await asyncio.get_running_loop().run_in_executor(None, commit, [(key, json.dumps(value)) for key, value in batch])
        outputs.update(batch)
        for key, _ in batch:
            for child in children[key]:
                missing[child] -= 1
                if not missing[child]:
                    running.append(asyncio.create_task(execute(by_id[child])))
    db.close()


async def kernel(tasks: Sequence[Task], path: Path) -> None:
    """The same through the engine: events, attempts, fences, the scheduler and a scripted gate."""

    async def play(call: ToolCall) -> Json:
        if call.args["seconds"]:
            await asyncio.sleep(float(str(call.args["seconds"])))
        return answer(call.args)

    store = SqliteStore(path)
    engine = Engine(
        store=store, gate=ScriptedGate({"hash": play}), planner=ScriptedPlanner(Plan("hash", tuple(tasks))),
        verifier=ScriptedVerifier(Check("all", "hash", "passed")), screen=ScriptedScreen(), snapshots=ScriptedSnapshots(),
        limits=Limits(cpus=1e9, memory=1 << 60),
    )  # fmt: skip
    result = await engine.run(Request("hash", "/"))
    assert result.status == "verified", result
    await store.close()


def measure(subject: Callable[[Sequence[Task], Path], Awaitable[None]], tasks: Sequence[Task]) -> Cost:
    """One run in a fresh file."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "rows.db"
        before, began = _cpu(), time.perf_counter()
        asyncio.run(_awaited(subject(tasks, path)))
        return Cost(_cpu() - before, time.perf_counter() - began, sum(file.stat().st_size for file in Path(folder).iterdir()))


async def _awaited(work: Awaitable[None]) -> None:
    await work


def _cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def compare(tasks: Sequence[Task], rounds: int) -> tuple[Cost, Cost]:
    """Medians of the floor and of the kernel, measured in turns."""
    pairs = [(measure(floor, tasks), measure(kernel, tasks)) for _ in range(rounds)]
    floors, kernels = zip(*pairs, strict=True)
    return _median(floors), _median(kernels)


def _median(costs: Sequence[Cost]) -> Cost:
    middle = statistics.median
    return Cost(middle(c.cpu for c in costs), middle(c.wall for c in costs), int(middle(c.size for c in costs)))


def main() -> None:
    """Measure and report."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS
    tasks = random_tasks(TASKS, seed=1, tool="hash")
    measure(kernel, tasks[:50])  # imports and first compilations are not the subject
    base, ours = compare(tasks, rounds)
    many = random_tasks(TASKS * 5, seed=3, tool="hash")
    grown = measure(kernel, many)
    timed = random_tasks(300, seed=2, tool="hash", seconds=(0.004, 0.3))
    critical = max(longest_paths(timed).values())
    slow = measure(kernel, timed)
    per_task, per_grown = 1000 * ours.cpu / TASKS, 1000 * grown.cpu / len(many)
    rows = [
        Row("CPU per task, floor", 1000 * base.cpu / TASKS, "ms", n=rounds),
        Row("CPU per task, kernel", per_task, "ms", n=rounds),
        at_most("CPU per task, kernel / floor", ours.cpu / base.cpu, 4.0, "ratio", n=rounds),
        Row("tasks per second, floor", TASKS / base.wall, "1/s", n=rounds),
        Row("tasks per second, kernel", TASKS / ours.wall, "1/s", n=rounds),
        at_least("tasks per second, kernel / floor", base.wall / ours.wall, 0.4, "ratio", n=rounds),
        at_most("makespan / critical path, 300 tasks", slow.wall / critical, 1.05, "ratio"),
        at_most("CPU per task, 5000 / 1000 tasks", per_grown / per_task, 2.0, "ratio"),
        at_most("bytes per task, 5000 / 1000 tasks", grown.size / len(many) / (ours.size / TASKS), 1.1, "ratio"),
    ]
    report("kernel", rows)


if __name__ == "__main__":
    main()
