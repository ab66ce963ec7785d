"""Journal: what each mutating call changed in the workspace, kept so that it can be taken back."""

import json
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, cast

from arkwright.core.entry import Entry
from arkwright.safety.ledger import Ledger
from arkwright.safety.ports import Checkpoints

State = Mapping[str, Entry | None]


@dataclass(frozen=True, slots=True)
class Step:
    """One mutating call: each path it changed, as it was before and after (None: not there)."""

    id: int
    run: str
    task: str
    tool: str
    workspace: str
    before: State
    after: State


class Journal:
    """Rows of the ledger; contents are with the checkpoints."""

    def __init__(self, ledger: Ledger, checkpoints: Checkpoints) -> None:
        self._ledger = ledger
        self._checkpoints = checkpoints

    async def open(self, run: str, task: str, tool: str, workspace: str, paths: Sequence[str] | None) -> int:
        """Capture what a call may change (None: everything) and write down that it starts."""
        before = await self._checkpoints.capture(workspace, paths)
        with self._ledger.write() as db:
            cursor = db.execute(
                "INSERT INTO step (run, task, tool, at, workspace, paths, before, state) VALUES (?, ?, ?, ?, ?, ?, ?, 'open')",
                (run, task, tool, time.time(), workspace, json.dumps(None if paths is None else list(paths)), _dump(before)),
            )
            return cast("int", cursor.lastrowid)

    async def close(self, step: int) -> tuple[str, ...]:
        """Write down what the call changed; returns the paths. A call that changed nothing leaves no step."""
        ((workspace, paths, before),) = self._ledger.read("SELECT workspace, paths, before FROM step WHERE id = ?", step)
        was = _load(str(before))
        now = await self._checkpoints.capture(str(workspace), cast("list[str] | None", json.loads(str(paths))))
        changed = sorted(path for path in {*was, *now} if was.get(path) != now.get(path))
        with self._ledger.write() as db:
            if not changed:
                db.execute("DELETE FROM step WHERE id = ?", (step,))
            else:
                kept = (_dump({path: was.get(path) for path in changed}), _dump({path: now.get(path) for path in changed}), step)
                db.execute("UPDATE step SET before = ?, after = ?, state = 'done' WHERE id = ?", kept)
        return tuple(changed)

    async def settle(self, run: str, *, alive: frozenset[int] = frozenset()) -> None:
        """Close the steps that a crash or a cancellation left open."""
        for (step,) in self._ledger.read("SELECT id FROM step WHERE run = ? AND state = 'open'", run):
            if step not in alive:
                await self.close(cast("int", step))

    def steps(self, run: str, state: str, tasks: Sequence[str] = ()) -> list[Step]:
        """The steps of a run, or of some of its tasks, in the order they were made."""
        rows = self._ledger.read(
            "SELECT id, run, task, tool, workspace, before, after FROM step WHERE run = ? AND state = ? ORDER BY id", run, state
        )
        found = [
            Step(cast("int", row[0]), str(row[1]), str(row[2]), str(row[3]), str(row[4]), _load(str(row[5])), _load(str(row[6])))
            for row in rows
        ]  # fmt: skip
        return [step for step in found if not tasks or step.task in tasks]

    def mark(self, steps: Sequence[Step], state: str) -> None:
        """Say that steps are now `done` or `undone`."""
        with self._ledger.write() as db:
            db.executemany("UPDATE step SET state = ? WHERE id = ?", [(state, step.id) for step in steps])

    def send(self, run: str, task: str, what: str) -> None:
        """Write down that something left; it cannot be taken back."""
        with self._ledger.write() as db:
            db.execute("INSERT INTO sent (run, task, what) VALUES (?, ?, ?)", (run, task, what))

    def sent(self, run: str, tasks: Sequence[str] = ()) -> tuple[str, ...]:
        """What left in a run, or in some of its tasks."""
        rows = self._ledger.read("SELECT task, what FROM sent WHERE run = ? ORDER BY id", run)
        return tuple(str(what) for task, what in rows if not tasks or task in tasks)


def _dump(state: State) -> str:
    return json.dumps({path: asdict(entry) if entry else None for path, entry in state.items()})


def _load(text: str) -> dict[str, Entry | None]:
    raw = cast("dict[str, dict[str, Any] | None]", json.loads(text))
    return {path: Entry(**entry) if entry else None for path, entry in raw.items()}
