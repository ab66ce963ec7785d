"""Ledger: a run as this process holds it, and the one way it is written: collect, commit, tell the listeners."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from arkwright.core.decision import Approval
from arkwright.core.event import Event
from arkwright.core.json import Json, Object
from arkwright.core.plan import Plan
from arkwright.core.request import Request
from arkwright.core.result import Result
from arkwright.core.run import Node, Run, RunState, Snapshot, Transaction
from arkwright.engine.forest import Forest, Step
from arkwright.engine.kernel import Happening, decide
from arkwright.engine.ports import Listener, Store
from arkwright.engine.stopwatch import Stopwatch

COUNTED = 5.0
"""Seconds after which what the run cost so far is written down, for whoever has to resume it."""


class Ledger:
    """Rows in memory and what of them is not written yet. Whatever was collected becomes true in one commit, or not at all."""

    def __init__(
        self, store: Store, snapshot: Snapshot, listeners: Sequence[Listener], clock: Callable[[], float], epoch: int
    ) -> None:
        self.run: Run = snapshot.run
        self.forest = Forest(snapshot.run.id, snapshot.nodes)
        self.approvals = {approval.id: approval for approval in snapshot.approvals}
        self.facts: dict[str, Json] = dict(snapshot.facts)
        self.watch = Stopwatch(self.facts.get("spent"))
        self._counted = clock()
        self._store = store
        self._listeners = listeners
        self._clock = clock
        self._epoch = epoch
        self._clear()

    def _clear(self) -> None:
        self._recorded = False
        self._inserts: list[Node] = []
        self._nodes: dict[str, Node] = {}
        self._events: list[Event] = []
        self._approvals: list[Approval] = []
        self._facts: dict[str, Json] = {}

    @property
    def now(self) -> float:
        """Seconds since the epoch."""
        return self._clock()

    def happen(self, happening: Happening) -> Step:
        """Let the kernel decide what follows, and take it down."""
        step = decide(self.forest, happening, self._clock())
        self.forest.apply(step)
        self._inserts.extend(step.inserts)
        self._nodes.update((node.task.id, node) for node in step.nodes)
        self._events.extend(step.events)
        self._approvals.extend(step.approvals)
        return step

    def note(self, kind: str, data: Object | None = None) -> None:
        """Take down an event of the run."""
        self._events.append(Event(self.run.id, 0, self._clock(), kind, "", data if data is not None else {}))

    def take(self, event: Event) -> None:
        """Take down an event of another room; progress is told at once and not kept."""
        if event.kind == "task.progress":
            self._tell((event,))
        else:
            self._events.append(event)

    def keep(self, key: str, value: Json) -> None:
        """Keep a fact of the run, so that it is not worked out twice."""
        self.facts[key] = self._facts[key] = value

    def record(self, *, state: RunState | None = None, owner: str | None = None, epoch: int | None = None,
               plan: Plan | None = None, result: Result | None = None, request: Request | None = None) -> None:  # fmt: skip
        """Change the record of the run itself."""
        changes = {"state": state, "owner": owner, "epoch": epoch, "plan": plan, "result": result, "request": request}
        self.run = replace(self.run, **{key: value for key, value in changes.items() if value is not None})
        self._recorded = True

    @property
    def dirty(self) -> bool:
        """Whether anything waits to be written."""
        return bool(self._recorded or self._inserts or self._nodes or self._events or self._approvals or self._facts)

    async def commit(self) -> None:
        """Write what was collected, then tell it.

        Raises:
            Fenced: someone else has taken the run over, or cancelled it; nothing was written.
        """
        if self._recorded or self.now >= self._counted + COUNTED:
            self._counted = self.now
            self.keep("spent", {**self.watch.read(), "calls": self.watch.calls})
        transaction = Transaction(
            self.run.id, self._epoch, self.run if self._recorded else None, self._inserts, tuple(self._nodes.values()),
            self._events, self._approvals, self._facts,
        )  # fmt: skip
        self._clear()
        with self.watch.phase("kernel"):
            events = await self._store.commit(transaction)
        self._epoch = self.run.epoch
        self._tell(events)

    def _tell(self, events: Sequence[Event]) -> None:
        for event in events:
            for listener in self._listeners:
                listener(event)
