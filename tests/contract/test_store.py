"""The contract of a Store: every implementation runs this suite."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from arkwright.core.decision import Approval
from arkwright.core.event import Event
from arkwright.core.json import ref
from arkwright.core.observation import Artifact, Observation
from arkwright.core.plan import Plan
from arkwright.core.request import Request
from arkwright.core.result import Result
from arkwright.core.run import Node, Run, Transaction
from arkwright.core.task import Task
from arkwright.engine.ports import Store
from arkwright.errors import Fenced, NotFound
from arkwright.store.sqlite import SqliteStore

RUN = Run("r1", Request("add", "/work"), 1000.0, owner="here:1:2")
A = Node(Task("a", "first", "add", {"x": 1}), "ready")
B = Node(Task("b", "second", "add", {"x": ref("a")}, ("a",)), "pending", 1)


@pytest.fixture(params=["file", "memory"])
async def store(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Store]:
    store = SqliteStore(tmp_path / "deep" / "rows.db" if request.param == "file" else ":memory:")
    yield store
    await store.close()


async def create(store: Store, run: Run = RUN) -> None:
    events = [Event(run.id, 0, 1000.0, "run.started", data={"n": 1}), Event(run.id, 0, 1000.0, "task.ready", "a")]
    await store.commit(Transaction(run.id, 0, run, inserts=[A, B], events=events, facts={"before": {"x.csv": "f00"}}))


async def test_a_run_comes_back_as_it_was_written(store: Store) -> None:
    await create(store)
    snapshot = await store.load("r1")
    assert (snapshot.run, snapshot.nodes, snapshot.facts) == (RUN, (A, B), {"before": {"x.csv": "f00"}})


async def test_a_run_that_is_not_there_is_not_found(store: Store) -> None:
    with pytest.raises(NotFound, match="'nowhere'"):
        await store.load("nowhere")


async def test_events_are_numbered_from_one_and_read_from_a_cursor(store: Store) -> None:
    await create(store)
    (third,) = await store.commit(Transaction("r1", 1, events=[Event("r1", 0, 1001.0, "task.started", "a")]))
    assert third.seq == 3
    assert [event.kind for event in await store.events("r1")] == ["run.started", "task.ready", "task.started"]
    assert await store.events("r1", after=2) == (third,)
    assert [event.seq for event in await store.events("r1", after=1, limit=1)] == [2]


async def test_a_node_moves_on_with_its_observation(store: Store) -> None:
    await create(store)
    running = replace(A, state="running", epoch=1, started=5.0)
    done = replace(
        running, state="done", ended=6.0, observation=Observation({"sum": 3}, "ok", (Artifact("a.csv", "text/csv", "f0", 1),))
    )
    await store.commit(Transaction("r1", 1, nodes=[running]))
    await store.commit(Transaction("r1", 1, nodes=[done, replace(B, state="ready", missing=0)]))
    assert (await store.load("r1")).nodes == (done, replace(B, state="ready", missing=0))


async def test_a_final_node_never_changes_again(store: Store) -> None:
    await create(store)
    await store.commit(Transaction("r1", 1, nodes=[replace(A, state="done", epoch=1)]))
    with pytest.raises(Fenced):
        await store.commit(Transaction("r1", 1, nodes=[replace(A, state="failed", epoch=2)]))
    assert (await store.load("r1")).nodes[0].state == "done"


async def test_an_older_attempt_is_fenced_and_nothing_of_its_transaction_is_written(store: Store) -> None:
    await create(store)
    await store.commit(Transaction("r1", 1, nodes=[replace(A, state="running", epoch=2)]))
    late = Transaction("r1", 1, nodes=[replace(A, state="done", epoch=1)], events=[Event("r1", 0, 1.0, "task.done", "a")])
    with pytest.raises(Fenced):
        await store.commit(late)
    assert (await store.load("r1")).nodes[0].state == "running"
    assert [event.kind for event in await store.events("r1")] == ["run.started", "task.ready"]


async def test_whoever_takes_a_run_over_fences_the_owner_before(store: Store) -> None:
    await create(store)
    await store.commit(Transaction("r1", 1, replace(RUN, epoch=2, owner="there:3:4")))
    with pytest.raises(Fenced, match="epoch 1"):
        await store.commit(Transaction("r1", 1, nodes=[replace(A, state="running", epoch=1)]))
    with pytest.raises(Fenced):
        await store.commit(Transaction("r1", 1, replace(RUN, epoch=2)))
    assert (await store.load("r1")).run.owner == "there:3:4"


async def test_a_run_is_created_once(store: Store) -> None:
    await create(store)
    with pytest.raises(Fenced):
        await create(store)


async def test_a_task_is_inserted_once(store: Store) -> None:
    await create(store)
    with pytest.raises(Fenced, match="already has"):
        await store.commit(Transaction("r1", 1, inserts=[A]))


async def test_one_fenced_member_of_a_group_does_not_take_the_others_down(store: Store) -> None:
    await create(store)
    outcomes = await asyncio.gather(
        store.commit(Transaction("r1", 1, facts={"one": 1})),
        store.commit(Transaction("r1", 7, facts={"two": 2})),
        store.commit(Transaction("r1", 1, facts={"three": 3})),
        return_exceptions=True,
    )
    assert [isinstance(outcome, Fenced) for outcome in outcomes] == [False, True, False]
    assert (await store.load("r1")).facts == {"before": {"x.csv": "f00"}, "one": 1, "three": 3}


async def test_events_may_be_added_without_owning_the_run_but_rows_may_not(store: Store) -> None:
    await create(store)
    await store.commit(Transaction("r1", None, events=[Event("r1", 0, 2.0, "undo.done")]))
    assert (await store.events("r1"))[-1].kind == "undo.done"
    with pytest.raises(Fenced, match="owner"):
        await store.commit(Transaction("r1", None, nodes=[replace(A, state="running", epoch=1)]))


async def test_plan_and_result_are_kept_with_the_run(store: Store) -> None:
    await create(store)
    plan = Plan("add", (A.task, B.task), answer=("sum ", ref("b")))
    ended = replace(RUN, state="verified", plan=plan, result=Result("r1", "verified", "sum 3"), owner="")
    await store.commit(Transaction("r1", 1, ended))
    assert (await store.load("r1")).run == ended


async def test_runs_are_listed_newest_first(store: Store) -> None:
    await create(store)
    await create(store, replace(RUN, id="r2", at=2000.0))
    assert [run.id for run in await store.runs()] == ["r2", "r1"]
    assert [run.id for run in await store.runs(1)] == ["r2"]


async def test_a_question_is_asked_once_and_answered_with_an_event(store: Store) -> None:
    await create(store)
    approval = Approval("r1/a/1", "r1", "a", "http.fetch", "send it?", {"bytes": 3})
    assert await store.ask(approval) == approval
    assert await store.approvals("r1") == (approval,)
    settled = await store.answer("r1/a/1", "approved")
    assert settled == replace(approval, state="approved")
    assert await store.ask(approval) == settled
    assert await store.approvals() == ()
    assert await store.approvals(state="") == (settled,)
    assert (await store.events("r1"))[-1].data == {"approval": "r1/a/1", "state": "approved", "question": "send it?"}


async def test_answering_a_question_nobody_asked_says_so(store: Store) -> None:
    with pytest.raises(NotFound, match="'ghost'"):
        await store.answer("ghost", "denied")


async def test_a_replanned_node_keeps_its_new_task(store: Store) -> None:
    await create(store)
    grown = replace(B, task=replace(B.task, needs=("a", "b/1")), missing=2, replanned=True)
    await store.commit(Transaction("r1", 1, nodes=[grown]))
    assert (await store.load("r1")).nodes[1] == replace(grown, replanned=False)
