"""What survives kill -9: runs of 200 tasks, killed at random moments and resumed by a fresh process, checked by value.

Each task hashes what its needs returned and, as its last act, appends a line to a file: the effect. At the end every
result must be what an undisturbed computation gives, every task must have ended exactly once, and no task that was
finished when the process was killed may have had its effect again.
"""

import argparse
import asyncio
import hashlib
import json
import math
import os
import random
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from arkwright.core.json import Json, resolve
from arkwright.core.plan import Plan
from arkwright.core.request import Request
from arkwright.core.run import Snapshot
from arkwright.core.task import Task
from arkwright.core.tool import ToolCall
from arkwright.core.verdict import Check
from arkwright.engine.run import Engine
from arkwright.engine.scheduler import Limits
from arkwright.engine.scripted import ScriptedGate, ScriptedPlanner, ScriptedScreen, ScriptedSnapshots, ScriptedVerifier
from arkwright.errors import NotFound
from arkwright.store.sqlite import SqliteStore
from graphs import random_tasks
from report import Row, at_most, report

TASKS = 200
RUN = "run"
TERMINAL = {"task.done", "task.failed", "task.skipped", "task.cancelled"}


@dataclass(frozen=True, slots=True)
class Place:
    """The files of one run under test."""

    folder: Path
    seed: int

    @property
    def rows(self) -> Path:
        """The database."""
        return self.folder / "rows.db"

    @property
    def effects(self) -> Path:
        """One line an effect: task, epoch, time, value."""
        return self.folder / "effects.txt"

    def tasks(self) -> tuple[Task, ...]:
        """The DAG."""
        return random_tasks(TASKS, seed=self.seed, tool="hash", seconds=(0.005, 0.2))


@dataclass(slots=True)
class Tally:
    """What went wrong, and how long it took to go on."""

    kills: int = 0
    lost: int = 0
    wrong: int = 0
    repeated: int = 0
    in_flight: int = 0
    resumes: list[float] = field(default_factory=list[float])


def digest(name: str, inputs: Json) -> str:
    """The result of a task."""
    return hashlib.sha256(f"{name}:{json.dumps(inputs)}".encode()).hexdigest()[:20]


def expected(tasks: Sequence[Task]) -> dict[str, Json]:
    """What every task must return, computed without any engine."""
    values: dict[str, Json] = {}
    for task in tasks:
        args = resolve(task.args, values)
        assert isinstance(args, dict)
        values[task.id] = digest(str(args["name"]), args["inputs"])
    return values


async def serve(place: Place) -> None:
    """The process that gets killed: start the run, or go on with it."""
    effects = os.open(place.effects, os.O_WRONLY | os.O_APPEND | os.O_CREAT)

    async def play(call: ToolCall) -> Json:
        await asyncio.sleep(float(str(call.args["seconds"])))
        value = digest(str(call.args["name"]), call.args["inputs"])
        os.write(effects, f"{call.task} {call.epoch} {time.time()} {value}\n".encode())
        return value

    store = SqliteStore(place.rows)
    print("ready", flush=True)
    engine = Engine(
        store=store, gate=ScriptedGate({"hash": play}), planner=ScriptedPlanner(Plan("hash", place.tasks())),
        verifier=ScriptedVerifier(Check("all", "hash", "passed")), screen=ScriptedScreen(), snapshots=ScriptedSnapshots(),
        limits=Limits(cpus=1e9, memory=1 << 60),
    )  # fmt: skip
    try:
        await engine.resume(RUN)
    except NotFound:
        await engine.run(Request("hash", "/"), run_id=RUN)
    await store.close()


def read_effects(place: Place) -> list[list[str]]:
    """The effects so far, one list of words each."""
    return [line.split() for line in place.effects.read_text().splitlines()] if place.effects.exists() else []


async def snapshot(place: Place) -> tuple[Snapshot | None, Counter[str]]:
    """The rows as they are, and how many terminal events each task has."""
    store = SqliteStore(place.rows)
    try:
        rows = await store.load(RUN)
        events = await store.events(RUN, limit=1_000_000)
        return rows, Counter(event.task for event in events if event.kind in TERMINAL)
    except NotFound:
        return None, Counter()
    finally:
        await store.close()


def disturb(place: Place, kills: int, dice: random.Random, tally: Tally) -> None:
    """One run: killed `kills` times, then left to end; and what became of it."""
    finished: dict[str, int] = {}
    done = 0
    while done < kills:
        if _one_life(place, dice.uniform(0.0, 0.6), tally):
            break
        done += 1
        tally.kills += 1
        seen = Counter(words[0] for words in read_effects(place))
        rows, _ = asyncio.run(snapshot(place))
        finished |= {node.task.id: seen[node.task.id] for node in rows.nodes if node.state == "done"} if rows else {}
    _one_life(place, 60.0, tally)
    _judge(place, finished, tally)


def _one_life(place: Place, seconds: float, tally: Tally) -> bool:
    """Start the process, kill it `seconds` after it is ready; whether it came to its end before that."""
    before, began = len(read_effects(place)), time.time()
    command = [sys.executable, __file__, "--serve", str(place.folder), str(place.seed)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE)
    assert process.stdout
    process.stdout.readline()
    try:
        ended = process.wait(seconds) == 0
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGKILL)
        process.wait()
        ended = False
    process.stdout.close()
    fresh = read_effects(place)[before:]
    if before and fresh:
        tally.resumes.append(float(fresh[0][2]) - began)
    return ended


def _judge(place: Place, finished: dict[str, int], tally: Tally) -> None:
    rows, terminal = asyncio.run(snapshot(place))
    values = {node.task.id: node.observation.value for node in rows.nodes if node.observation} if rows else {}
    effects = Counter(words[0] for words in read_effects(place))
    for key, value in expected(place.tasks()).items():
        tally.lost += key not in values or terminal[key] != 1 or not effects[key]
        tally.wrong += key in values and values[key] != value
        tally.repeated += key in finished and effects[key] > finished[key]
        tally.in_flight += max(0, effects[key] - 1)


def main() -> None:
    """Kill and report."""
    options = argparse.ArgumentParser()
    options.add_argument("--serve", nargs=2, metavar=("FOLDER", "SEED"))
    options.add_argument("--kills", type=int, default=50)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--data", help="unused: this benchmark makes its own data")
    chosen = options.parse_args()
    if chosen.serve:
        asyncio.run(serve(Place(Path(chosen.serve[0]), int(chosen.serve[1]))))
        return
    report("kill", measure(chosen.kills, chosen.seed))


def measure(kills: int, seed: int) -> list[Row]:
    """Runs until there were enough kills, and what came of them."""
    tally, dice, runs = Tally(), random.Random(seed), 0
    while tally.kills < kills:
        runs += 1
        with tempfile.TemporaryDirectory() as folder:
            disturb(Place(Path(folder), seed * 1000 + runs), min(4, kills - tally.kills), dice, tally)
    resumes = tally.resumes or [math.nan]
    return [
        Row("kill -9 at a random moment", tally.kills, "kills", n=runs),
        at_most("lost tasks", tally.lost, 0, "tasks", n=runs * TASKS),
        at_most("wrong results", tally.wrong, 0, "tasks", n=runs * TASKS),
        at_most("finished steps repeated", tally.repeated, 0, "tasks", n=runs * TASKS),
        Row("steps in flight run again", tally.in_flight, "tasks", n=runs * TASKS),
        at_most("first effect after a restart, median", statistics.median(resumes), 1.0, "s", n=len(tally.resumes)),
        Row("first effect after a restart, worst", max(resumes), "s", n=len(tally.resumes)),
    ]


if __name__ == "__main__":
    main()
