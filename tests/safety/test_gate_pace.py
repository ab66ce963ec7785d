"""The gate's pace: what it loads, what it waits for, and what is on the disk before a step is done."""

from collections.abc import Generator
from contextlib import contextmanager

import pytest

from arkwright.core.decision import Approval
from arkwright.core.observation import Observation
from arkwright.core.ports import Hands
from arkwright.core.run import Node, Snapshot, Transaction
from arkwright.core.task import Task
from arkwright.core.tool import Footprint, ToolCall
from arkwright.safety.gate import Gate
from arkwright.safety.ledger import Ledger
from arkwright.store.sqlite import SqliteStore
from safety.house import RUN, Args, House, Many, Person, tool


class Counted:
    """The runs of a store, and how often they were asked for."""

    def __init__(self, store: SqliteStore) -> None:
        self._store = store
        self.loads = 0

    async def load(self, run: str, *, facts: bool = True) -> Snapshot:
        self.loads += 1
        assert not facts, "what was kept of a run can be long, and the gate does not need it"
        return await self._store.load(run, facts=facts)


async def look(gate: Gate, name: str) -> Observation:
    return await gate.call(ToolCall(RUN, name, 1, "files.read", {"path": "sales.csv"}))


async def test_looks_between_the_tasks_see_each_task_that_came(house: House) -> None:
    runs, task = Counted(house.store), Task("t1", "read", "files.read", {"path": "sales.csv"})
    gate = house.gate(runs=runs)
    await house.plan("read sales.csv", task)
    assert [(await look(gate, name)).outcome for name in ("look-1", "look-1", "look-2")] == ["ok", "ok", "ok"]
    assert runs.loads == 2  # once for each name
    later = Task("t2", "read", "files.read", {"path": "sales.csv"})
    await house.store.commit(Transaction(RUN, 1, inserts=[Node(later, "ready")]))
    assert (await house.serve(gate, later)).origin == ("workspace",)
    assert runs.loads == 3


async def test_after_the_last_task_a_run_is_not_loaded_for_each_look(house: House) -> None:
    runs, task = Counted(house.store), Task("t1", "read", "files.read", {"path": "sales.csv"})
    gate = house.gate(runs=runs)
    await house.plan("read sales.csv", task)
    await house.finish(task, await house.serve(gate, task))
    for number in range(5):
        assert (await look(gate, f"verify-{number}")).outcome == "ok"
    assert runs.loads == 2  # for the task, and when the first look saw that all is over


async def test_calls_that_need_no_answer_from_elsewhere_are_judged_in_one_go(house: House) -> None:
    """Several tasks that start together would otherwise wait for each other at every check."""
    task, ran = Task("t1", "x", "x.note", {}), list[str]()

    async def note(args: Args, hands: Hands) -> Observation:
        ran.append("tool")
        return Observation()

    gate = house.gate(tools=[tool("x.note", Args, note, lambda args: Footprint())])
    await house.plan("note", task)
    await house.serve(gate, task)
    with pytest.raises(StopIteration):
        house.serve(gate, task).send(None)
    assert ran == ["tool", "tool"]


async def test_what_a_step_will_do_is_on_the_disk_before_it_is_done(house: House) -> None:
    seen: list[tuple[int, int, int]] = []

    async def peek(args: Args, hands: Hands) -> Observation:
        other = Ledger(house.home / "safety.db")  # as another process would see it
        ((count, _),) = other.read("SELECT count, hash FROM head")
        seen.append(
            (
                int(str(count)),
                len((house.home / "audit.jsonl").read_text().splitlines()),
                len(other.read("SELECT id FROM step WHERE state = 'open'")),
            )
        )
        other.close()
        return Observation()

    changing = tool("x.peek", Args, peek, lambda args: Footprint(writes=("a.txt",)), read_only=False)
    await house.once("w", "x.peek", {}, gate=house.gate(tools=[changing]))
    assert seen == [(1, 1, 1)]


class Waiting:
    """Whoever waits for a call, and whether the time counts just now."""

    counts = True

    @contextmanager
    def pause(self) -> Generator[None]:
        self.counts = False
        yield
        self.counts = True


async def test_while_a_person_is_asked_nobody_counts_the_time(house: House) -> None:
    waiting, counted = Waiting(), list[bool]()

    class Slow(Person):
        def ask(self, approval: Approval) -> bool | None:
            counted.append(waiting.counts)
            return True

    async def note(args: Many, hands: Hands) -> Observation:
        counted.append(waiting.counts)
        return Observation()

    delete = tool("x.delete", Many, note, lambda args: Footprint(deletes=tuple(args.paths)), read_only=False, destructive=True)
    gate = house.gate(tools=[delete], asker=Slow(True))
    await house.plan("tidy up", Task("t1", "tidy", "x.delete", {"paths": ["sales.csv"]}))
    call = ToolCall(RUN, "t1", 1, "x.delete", {"paths": ["sales.csv"]})
    assert (await gate.call(call, waiting)).outcome == "ok"
    assert counted == [False, True]
