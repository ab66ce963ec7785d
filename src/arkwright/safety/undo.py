"""Undo: takes back what a run changed in the workspace, and does it again; never over what the user changed since."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from arkwright.core.entry import Entry
from arkwright.core.event import Event
from arkwright.safety.journal import Journal, State, Step
from arkwright.safety.ports import Checkpoints, Emit


@dataclass(frozen=True, slots=True)
class Undone:
    """What an undo or redo did. With conflicts nothing was changed; `irreversible` is what left the machine."""

    restored: tuple[str, ...] = ()
    conflicts: tuple[str, ...] = ()
    irreversible: tuple[str, ...] = ()


@dataclass(slots=True)
class _Way:
    """For each path: what should be there now, and what is to be there."""

    expected: dict[str, Entry | None] = field(default_factory=dict[str, Entry | None])
    target: dict[str, Entry | None] = field(default_factory=dict[str, Entry | None])
    broken: set[str] = field(default_factory=set[str])


class Undo:
    """Works on the journal of a run."""

    def __init__(self, journal: Journal, checkpoints: Checkpoints, emit: Emit = lambda event: None) -> None:
        self._journal = journal
        self._checkpoints = checkpoints
        self._emit = emit

    async def undo(self, run: str, tasks: Sequence[str] = ()) -> Undone:
        """Put back what the run changed, or what `tasks` did (a task and its dependants, given by the caller)."""
        await self._journal.settle(run)
        steps = self._journal.steps(run, "done", tasks)
        way = trace([(step.after, step.before) for step in reversed(steps)])
        return await self._go(run, steps, way, "undone", self._journal.sent(run, tasks))

    async def redo(self, run: str, tasks: Sequence[str] = ()) -> Undone:
        """Do again what was taken back."""
        steps = self._journal.steps(run, "undone", tasks)
        way = trace([(step.before, step.after) for step in steps])
        return await self._go(run, steps, way, "done", ())

    async def _go(self, run: str, steps: list[Step], way: _Way, state: str, irreversible: tuple[str, ...]) -> Undone:
        """Look at what is there now; change all of it, or, with one conflict, nothing."""
        if not steps:
            return Undone(irreversible=irreversible)
        workspace = steps[0].workspace
        now = await self._checkpoints.capture(workspace, sorted(way.target))
        conflicts = way.broken | {path for path in way.target if now.get(path) not in (way.expected[path], way.target[path])}
        if conflicts:
            return Undone(conflicts=tuple(sorted(conflicts)), irreversible=irreversible)
        different = {
            path: entry for path, entry in way.target.items() if now.get(path) != entry and not _still_used(path, way, now)
        }
        await self._checkpoints.restore(workspace, different)
        self._journal.mark(steps, state)
        restored = tuple(sorted(path for path, entry in different.items() if (entry or now[path]).kind != "folder"))
        self._emit(Event(run, 0, 0.0, "undo.done" if state == "undone" else "redo.done", data={"paths": list(restored)}))
        return Undone(restored, irreversible=irreversible)


def _still_used(path: str, way: _Way, now: State) -> bool:
    """Whether a folder that would go holds something that stays."""
    return way.target[path] is None and any(
        below.startswith(f"{path}/") and way.target.get(below, entry) is not None for below, entry in now.items()
    )


def trace(steps: Sequence[tuple[State, State]]) -> _Way:
    """The way from the first state to the last. A gap between two steps means that somebody else changed the path: broken."""
    way = _Way()
    for there, wanted in steps:
        for path, entry in there.items():
            if path in way.target and way.target[path] != entry:
                way.broken.add(path)
            way.expected.setdefault(path, entry)
            way.target[path] = wanted.get(path)
    return way
