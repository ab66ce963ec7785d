"""A run from request to verdict: each way it can go."""

import asyncio
import random
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import pytest

from arkwright.core.event import Event
from arkwright.core.json import Json, Object, ref, resolve
from arkwright.core.observation import Artifact, Fault, Observation
from arkwright.core.plan import Look, Need, Plan, Question, Refusal
from arkwright.core.ports import Ask, Evidence
from arkwright.core.request import Request
from arkwright.core.run import Run, Snapshot, Transaction
from arkwright.core.task import Retry, Task
from arkwright.core.tool import ToolCall
from arkwright.core.verdict import Check, Verdict
from arkwright.engine.scripted import ScriptedScreen, ScriptedSnapshots, ScriptedVerifier
from arkwright.errors import NoIsolation, NotFound, ToolError, UserError
from arkwright.store.sqlite import SqliteStore

Seat = Callable[..., Any]
REQUEST = Request("add them up", "/work")
TERMINAL = {"task.done", "task.failed", "task.skipped", "task.cancelled"}


def add(call: ToolCall) -> Json:
    return sum(value for value in call.args.values() if isinstance(value, int))


def broken(call: ToolCall) -> Json:
    raise ToolError("no column 'x'", remedy="use 'y'", code="column")


SUM = Plan(
    "add", (Task("a", "one and two", "add", {"x": 1, "y": 2}), Task("b", "and three", "add", {"x": ref("a"), "y": 3})),
    answer=("The sum is ", ref("b"), "."),
)  # fmt: skip


async def test_a_request_is_planned_done_proven_and_told(desk: Seat) -> None:
    at = desk({"add": add}, SUM)
    result = await at.engine.run(REQUEST)
    assert (result.status, result.answer, result.verdict.status) == ("verified", "The sum is 6.", "verified")
    assert at.kinds() == [
        "run.started", "run.survey", "run.planned", "task.ready", "task.started", "task.done", "task.ready", "task.started",
        "task.done", "verify.checked", "run.ended",
    ]  # fmt: skip
    assert [event.seq for event in at.events] == list(range(1, 12))
    assert list(await at.store.events(result.run_id)) == at.events
    assert result.usage["tasks"] == result.usage["calls"] == 2
    assert set(result.usage["seconds"]) == {
        "wall", "screen", "look", "plan", "snapshot", "kernel", "gate", "tools", "verify", "person",
    }  # fmt: skip
    (call, _) = at.gate.calls
    assert call == ToolCall(result.run_id, "a", 1, "add", {"x": 1, "y": 2}, "one and two")


async def test_a_run_that_ended_is_told_again_and_not_done_again(desk: Seat) -> None:
    at = desk({"add": add}, SUM)
    result = await at.engine.run(REQUEST)
    assert await at.engine.resume(result.run_id) == result
    assert await at.engine.cancel(result.run_id) == result
    assert at.called() == ["a", "b"]


async def test_the_planner_looks_before_it_plans(desk: Seat) -> None:
    at = desk({"add": add, "files.list": lambda call: ["sales.csv"]}, Need((Look("files.list", {"path": "."}),)), SUM)
    result = await at.engine.run(REQUEST)
    assert result.status == "verified"
    assert at.gate.calls[0] == ToolCall(result.run_id, "look-1", 1, "files.list", {"path": "."}, "look")
    assert at.verifier.evidence[0].survey.facts == {"files.list": ["sales.csv"]}


async def test_looking_twice_at_what_cannot_be_seen_is_a_refusal(desk: Seat) -> None:
    at = desk({"tables.describe": broken}, Need((Look("tables.describe", {}),)))
    result = await at.engine.run(REQUEST)
    assert (result.status, result.answer) == ("refused", "'tables.describe': no column 'x'; use 'y'")


async def test_a_screened_request_is_refused_before_anything_is_looked_at(desk: Seat) -> None:
    screen = ScriptedScreen({REQUEST.text: Refusal("add them up", "this would do harm", code="harm")})
    at = desk({"add": add}, SUM, screen=screen)
    result = await at.engine.run(REQUEST, plan=SUM)
    assert (result.status, result.answer) == ("refused", "'add them up': this would do harm")
    assert (at.gate.calls, at.planner.requests) == ([], [])


async def test_a_refusal_of_the_planner_names_the_clause_and_what_would_help(desk: Seat) -> None:
    at = desk({}, Refusal("fly to the moon", "there is no tool for it", "ask for a chart"))
    result = await at.engine.run(REQUEST)
    assert (result.status, result.answer) == ("refused", "'fly to the moon': there is no tool for it; ask for a chart")


async def test_a_question_waits_and_its_answer_goes_on(desk: Seat) -> None:
    at = desk({"add": add}, Question("Which year?", ("2023", "2024")), SUM)
    waiting = await at.engine.run(REQUEST)
    assert (waiting.status, waiting.answer) == ("waiting", "Which year? (2023 / 2024)")
    result = await at.engine.resume(waiting.run_id, answer="2024")
    assert (result.status, result.run_id) == ("verified", waiting.run_id)
    assert at.planner.requests[-1].text == "add them up\n2024"


async def test_where_nobody_may_be_asked_a_question_is_a_refusal(desk: Seat) -> None:
    at = desk({}, Question("Which year?", ("2023", "2024")))
    result = await at.engine.run(replace(REQUEST, approve="deny"))
    assert (result.status, result.answer) == ("refused", "'add them up': Which year?; one of: 2023, 2024")


async def test_a_plan_of_the_user_skips_the_planner(desk: Seat) -> None:
    at = desk({"add": add}, Refusal("x", "y"))
    assert (await at.engine.run(REQUEST, plan=SUM)).answer == "The sum is 6."
    with pytest.raises(UserError, match="'nope'"):
        await at.engine.run(REQUEST, plan=Plan("g", (Task("a", "a", "nope"),)))


async def test_a_failed_task_fails_the_run_with_its_fault_and_its_siblings_go_on(desk: Seat) -> None:
    tasks = (
        Task("a", "break", "broken"),
        Task("b", "after", "add", needs=("a",)),
        Task("x", "other", "add"),
        Task("y", "y", "add", needs=("x",)),
    )
    at = desk({"add": add, "broken": broken}, Plan("g", tasks, answer=("never",)))
    result = await at.engine.run(REQUEST)
    assert (result.status, result.answer, result.verdict.status) == ("failed", "no column 'x'; use 'y'", "failed")
    nodes = (await at.store.load(result.run_id)).nodes
    assert {node.task.id: node.state for node in nodes} == {"a": "failed", "b": "skipped", "x": "done", "y": "done"}
    assert at.verifier.evidence == []


async def test_what_policy_denies_ends_as_refused(desk: Seat) -> None:
    denied = Observation(outcome="denied", fault=Fault("denied", "port 22 is closed to tools", "use https"))
    at = desk({"http": lambda call: denied}, Plan("g", (Task("a", "a", "http"),)))
    result = await at.engine.run(REQUEST)
    assert (result.status, result.answer) == ("refused", "port 22 is closed to tools; use https")


async def test_a_machine_that_cannot_hold_code_refuses_with_the_remedy(desk: Seat) -> None:
    def no_box(call: ToolCall) -> Json:
        raise NoIsolation("no isolation here", remedy="apt install bubblewrap")

    result = await desk({"run": no_box}, Plan("g", (Task("a", "a", "run"),))).engine.run(REQUEST)
    assert (result.status, result.answer) == ("refused", "no isolation here; apt install bubblewrap")


async def test_a_bug_in_a_tool_fails_its_task_only(desk: Seat) -> None:
    def bug(call: ToolCall) -> Json:
        raise ZeroDivisionError("oops")

    at = desk({"bug": bug, "add": add}, Plan("g", (Task("a", "a", "bug"), Task("b", "b", "add"))))
    result = await at.engine.run(REQUEST)
    assert (result.status, result.answer) == ("failed", "bug broke: ZeroDivisionError: oops; report this as a bug")
    assert sorted(at.called()) == ["a", "b"]


async def test_a_transient_fault_is_retried_until_it_works(desk: Seat) -> None:
    outcomes = [ToolError("slow server", transient=True), ToolError("slow server", transient=True)]

    def flaky(call: ToolCall) -> Json:
        if outcomes:
            raise outcomes.pop()
        return call.epoch

    at = desk({"flaky": flaky}, Plan("g", (Task("a", "a", "flaky", retry=Retry(3, 0.01)),), answer=(ref("a"),)))
    result = await at.engine.run(REQUEST)
    assert (result.status, result.answer) == ("verified", "3")
    assert at.kinds().count("task.retry") == 2


async def test_a_task_that_takes_too_long_is_stopped(desk: Seat) -> None:
    stopped = asyncio.Event()

    async def forever(call: ToolCall) -> Json:
        try:
            await asyncio.Event().wait()
        finally:
            stopped.set()

    at = desk({"forever": forever}, Plan("g", (Task("a", "a", "forever", timeout=0.05),)))
    result = await at.engine.run(REQUEST)
    assert stopped.is_set()
    assert result.answer == "forever did not end within 0.05 seconds; give the task a longer timeout, or less to do"


async def test_a_slow_task_that_may_not_be_repeated_is_in_doubt(desk: Seat) -> None:
    lives: list[int] = []

    async def post(call: ToolCall) -> Json:
        lives.append(call.epoch)
        if len(lives) == 1:
            await asyncio.Event().wait()
        return "posted"

    at = desk({"post": post}, Plan("g", (Task("a", "post it", "post", timeout=0.05),), answer=(ref("a"),)), unrepeatable=["post"])
    waiting = await at.engine.run(REQUEST)
    assert (waiting.status, waiting.answer) == (
        "waiting",
        "'post it' was interrupted and may have happened already; run it again?",
    )
    assert (await at.engine.resume(waiting.run_id)).status == "waiting"
    (approval,) = await at.store.approvals(waiting.run_id)
    await at.store.answer(approval.id, "approved")
    assert (await at.engine.resume(waiting.run_id)).answer == "posted"
    assert lives == [1, 2]


async def test_a_call_the_gate_leaves_with_a_person_waits_as_a_row(desk: Seat) -> None:
    allowed: list[bool] = []

    def send(call: ToolCall) -> Json | Observation:
        return "sent" if allowed else Observation(outcome="waiting", fault=Fault("ask", "send 3 bytes to example.org?"))

    at = desk({"send": send, "add": add}, Plan("g", (Task("a", "a", "send"), Task("b", "b", "add")), answer=(ref("a"),)))
    waiting = await at.engine.run(REQUEST)
    assert (waiting.status, waiting.answer) == ("waiting", "send 3 bytes to example.org?")
    allowed.append(True)
    assert (await at.engine.resume(waiting.run_id)).answer == "sent"
    assert Counter(at.called()) == {"a": 2, "b": 1}


@pytest.mark.parametrize(("state", "status"), [("approved", "verified"), ("denied", "refused")])
async def test_an_approval_in_a_plan_survives_until_it_is_answered(desk: Seat, state: str, status: str) -> None:
    at = desk({"add": add}, Plan("g", (Task("ok", "Go on?", kind="approve"), Task("b", "b", "add", needs=("ok",)))))
    waiting = await at.engine.run(REQUEST)
    assert (waiting.status, waiting.answer, at.called()) == ("waiting", "Go on?", [])
    (approval,) = await at.store.approvals()
    await at.store.answer(approval.id, state)
    assert (await at.engine.resume(waiting.run_id)).status == status
    assert at.called() == (["b"] if state == "approved" else [])


async def test_a_plan_task_is_planned_when_it_is_reached(desk: Seat) -> None:
    outer = Plan("g", (Task("p", "add them", kind="plan"),), answer=("got ", ref("p", "answer.1")))
    at = desk({"add": add}, outer, SUM)
    result = await at.engine.run(REQUEST)
    assert (result.status, result.answer) == ("verified", "got 6")
    assert at.planner.requests[-1].text == "add them"


async def test_tasks_run_side_by_side_where_the_plan_allows(desk: Seat) -> None:
    meeting = asyncio.Barrier(3)

    async def meet(call: ToolCall) -> Json:
        await meeting.wait()
        return call.task

    at = desk({"meet": meet}, Plan("g", tuple(Task(name, name, "meet") for name in "abc")))
    assert (await at.engine.run(REQUEST)).status == "verified"


async def test_cancel_stops_a_run_wherever_it_is_worked_on(desk: Seat) -> None:
    begun, stopped = asyncio.Event(), asyncio.Event()

    async def forever(call: ToolCall) -> Json:
        begun.set()
        try:
            await asyncio.Event().wait()
        finally:
            stopped.set()

    plan = Plan("g", (Task("a", "a", "forever"), Task("b", "b", "forever", needs=("a",))))
    at, other = desk({"forever": forever}, plan), desk({})
    running = asyncio.create_task(at.engine.run(REQUEST, run_id="r1"))
    await begun.wait()
    cancelled = await other.engine.cancel("r1")
    assert (await running) == cancelled
    assert (cancelled.status, stopped.is_set()) == ("cancelled", True)
    snapshot = await at.store.load("r1")
    assert {node.state for node in snapshot.nodes} == {"cancelled"}
    assert await at.engine.resume("r1") == cancelled


async def test_an_interrupted_run_goes_on_where_it_was(desk: Seat) -> None:
    begun = asyncio.Event()
    gates: list[asyncio.Event] = [asyncio.Event()]

    async def slow(call: ToolCall) -> Json:
        begun.set()
        await gates[0].wait()
        return add(call)

    plan = Plan("g", (SUM.tasks[0], replace(SUM.tasks[1], tool="slow")), answer=SUM.answer)
    at = desk({"add": add, "slow": slow}, plan)
    running = asyncio.create_task(at.engine.run(REQUEST, run_id="r1"))
    await begun.wait()
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running
    assert (await at.store.load("r1")).run.state == "running"
    gates[0].set()
    assert (await at.engine.resume("r1")).answer == "The sum is 6."
    assert at.called() == ["a", "b", "b"]


@pytest.mark.parametrize(("said", "status", "sent"), [("approved", "verified", 2), ("denied", "failed", 1)])
async def test_an_interrupted_task_that_may_not_be_repeated_is_asked_about(desk: Seat, said: Any, status: str, sent: int) -> None:
    begun = asyncio.Event()

    async def post(call: ToolCall) -> Json:
        begun.set()
        await (asyncio.sleep(0) if call.epoch > 1 else asyncio.Event().wait())
        return "posted"

    at = desk({"post": post}, Plan("g", (Task("a", "post it", "post"),)), unrepeatable=["post"])
    running = asyncio.create_task(at.engine.run(REQUEST, run_id="r1"))
    await begun.wait()
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running
    assert (await at.engine.resume("r1")).status == "waiting"
    (approval,) = await at.store.approvals("r1")
    await at.store.answer(approval.id, said)
    assert (await at.engine.resume("r1")).status == status
    assert len(at.called()) == sent


async def test_a_run_that_is_worked_on_is_not_taken_over(desk: Seat) -> None:
    begun, end = asyncio.Event(), asyncio.Event()

    async def slow(call: ToolCall) -> Json:
        begun.set()
        await end.wait()

    at = desk({"slow": slow}, Plan("g", (Task("a", "a", "slow"),)))
    running = asyncio.create_task(at.engine.run(REQUEST, run_id="r1"))
    await begun.wait()
    with pytest.raises(UserError, match="being worked on"):
        await at.engine.resume("r1")
    end.set()
    await running


async def test_there_is_nothing_to_resume_in_a_run_that_never_was(desk: Seat) -> None:
    with pytest.raises(NotFound):
        await desk({}).engine.resume("ghost")


async def test_a_dry_run_plans_and_keeps_nothing(desk: Seat) -> None:
    at = desk({"add": add}, SUM)
    assert (await at.engine.propose(REQUEST)).proposal == SUM
    assert await at.store.runs() == ()
    assert at.gate.calls == []


async def test_artifacts_are_what_is_left_unchanged_in_its_last_version(desk: Seat) -> None:
    def leave(call: ToolCall) -> Observation:
        return Observation(None, "left", tuple(Artifact(path, "text/plain", str(sha)) for path, sha in call.args.items()))

    tasks = (Task("a", "a", "leave", {"x": "1", "gone": "1"}), Task("b", "b", "leave", {"x": "2", "changed": "1"}, ("a",)))
    at = desk({"leave": leave}, Plan("g", tasks), snapshots=ScriptedSnapshots({"in": "0"}, {"in": "0", "x": "2", "changed": "9"}))
    result = await at.engine.run(REQUEST)
    assert result.artifacts == (Artifact("x", "text/plain", "2"),)
    (evidence,) = at.verifier.evidence
    assert (evidence.before, evidence.after) == ({"in": "0"}, {"in": "0", "x": "2", "changed": "9"})


@pytest.mark.parametrize(("outcome", "status"), [("failed", "failed"), ("unknown", "unverified")])
async def test_the_verdict_is_the_status(desk: Seat, outcome: Any, status: str) -> None:
    at = desk({"add": add}, SUM, verifier=ScriptedVerifier(Check("sum", "add", outcome)))
    result = await at.engine.run(REQUEST)
    assert (result.status, result.answer) == (status, "The sum is 6.")


class BrokenVerifier:
    async def verify(self, evidence: Evidence, ask: Ask) -> Verdict:
        await ask("add", {"x": 1})
        raise RuntimeError("lost my glasses")


async def test_a_verifier_that_breaks_proves_nothing(desk: Seat) -> None:
    at = desk({"add": add}, SUM, verifier=BrokenVerifier())
    result = await at.engine.run(REQUEST)
    assert result.status == "unverified"
    assert result.verdict.checks[0].detail == "RuntimeError: lost my glasses"
    assert at.called() == ["a", "b", "verify-1"]


async def test_an_answer_that_refers_to_nothing_fails_with_the_place(desk: Seat) -> None:
    result = await desk({"add": add}, replace(SUM, answer=(ref("a", "total"),))).engine.run(REQUEST)
    assert (result.status, result.answer) == (
        "failed",
        "the answer refers to 'total', which no task returned; correct the plan's answer",
    )


async def test_events_of_the_gate_are_kept_and_progress_is_only_told(desk: Seat) -> None:
    def judged(call: ToolCall) -> Json:
        at.engine.emit(Event(call.run, 0, 1.0, "task.progress", call.task, {"fraction": 0.5}))
        at.engine.emit(Event(call.run, 0, 1.0, "gate.decided", call.task, {"outcome": "allow"}))
        return 1

    at = desk({"judged": judged}, Plan("g", (Task("a", "a", "judged"),)))
    result = await at.engine.run(REQUEST)
    kept = [event.kind for event in await at.store.events(result.run_id)]
    assert "gate.decided" in kept
    assert "task.progress" in at.kinds()
    assert "task.progress" not in kept


async def test_events_for_a_run_nobody_works_on_are_kept_when_flushed(desk: Seat) -> None:
    at = desk({"add": add}, SUM)
    result = await at.engine.run(REQUEST)
    at.engine.emit(Event(result.run_id, 0, 5.0, "undo.done", "a"))
    await at.engine.flush()
    (kept,) = await at.store.events(result.run_id, after=11)
    assert (kept.kind, kept.seq, at.kinds()[-1]) == ("undo.done", 12, "undo.done")


class Brittle:
    """A store that dies at its n-th commit: before writing, or after it but before anybody hears of it."""

    def __init__(self, store: SqliteStore, fatal: int, *, written: bool) -> None:
        self._store = store
        self._left = fatal
        self._written = written

    async def commit(self, transaction: Transaction) -> Sequence[Event]:
        self._left -= 1
        if self._left == 0 and not self._written:
            raise ConnectionAbortedError
        events = await self._store.commit(transaction)
        if self._left == 0:
            raise ConnectionAbortedError
        return events

    async def load(self, run: str) -> Snapshot:
        return await self._store.load(run)

    async def runs(self, limit: int = 50) -> Sequence[Run]:
        return await self._store.runs(limit)


DIAMOND = Plan(
    "diamond",
    (
        Task("a", "a", "add", {"x": 1}),
        Task("b", "b", "add", {"x": ref("a"), "y": 10}),
        Task("c", "c", "add", {"x": ref("a"), "y": 100}),
        Task("d", "d", "add", {"x": ref("b"), "y": ref("c")}),
    ),
    answer=(ref("d"),),
)


@pytest.mark.parametrize("written", [False, True])
@pytest.mark.parametrize("fatal", range(1, 9))
async def test_a_crash_at_any_commit_loses_and_repeats_nothing(desk: Seat, store, fatal: int, written: bool) -> None:
    first = desk({"add": add}, DIAMOND, wrapped=Brittle(store, fatal, written=written))
    try:
        await first.engine.run(REQUEST, run_id="r1")
    except ConnectionAbortedError:
        pass
    finished = {node.task.id for node in (await store.load("r1")).nodes if node.state == "done"} if await store.runs() else set()
    second = desk({"add": add}, DIAMOND)
    result = await (second.engine.resume("r1") if await store.runs() else second.engine.run(REQUEST, run_id="r1"))
    assert (result.status, result.answer) == ("verified", "112")
    assert not finished & set(second.called())
    ended = Counter(event.task for event in await store.events("r1") if event.kind in TERMINAL)
    assert ended == {"a": 1, "b": 1, "c": 1, "d": 1}


async def test_a_run_that_dies_at_every_third_commit_still_ends_with_the_right_values(desk: Seat, store: SqliteStore) -> None:
    dice = random.Random(7)
    needs = [[f"t{need}" for need in dice.sample(range(number), min(number, dice.randint(0, 3)))] for number in range(25)]
    args: list[Object] = [{**{need: ref(need) for need in wanted}, "own": number} for number, wanted in enumerate(needs)]
    plan = Plan("sums", tuple(Task(f"t{number}", "sum", "add", each) for number, each in enumerate(args)))
    called: list[tuple[str, int]] = []
    lives, done = 0, False
    while not done:
        lives += 1
        at = desk({"add": add}, plan, wrapped=Brittle(store, 3, written=lives % 2 == 0))
        try:
            await (at.engine.resume("r1") if await store.runs() else at.engine.run(REQUEST, run_id="r1"))
            done = True
        except ConnectionAbortedError:
            pass
        called += [(call.task, call.epoch) for call in at.gate.calls]
    expected: dict[str, Json] = {}
    for number, each in enumerate(args):
        expected[f"t{number}"] = add(ToolCall("r1", "", 1, "add", resolved(each, expected)))
    nodes = (await store.load("r1")).nodes
    assert {node.task.id: node.observation.value for node in nodes if node.observation} == expected
    assert len(called) == len(set(called))
    assert lives > 5


def resolved(args: Object, outputs: dict[str, Json]) -> Object:
    value = resolve(args, outputs)
    assert isinstance(value, dict)
    return value
