"""The gate: what passes, what is refused, what waits."""

import asyncio
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from arkwright.core.json import ref
from arkwright.core.observation import Observation
from arkwright.core.ports import Hands
from arkwright.core.request import Request
from arkwright.core.task import Task
from arkwright.core.tool import Footprint, ToolCall
from arkwright.errors import NoIsolation, ToolError
from arkwright.safety.audit import verify
from arkwright.safety.case import Case, Ruling, allow
from safety.house import RUN, TOOLS, Args, FolderHands, House, Person, tool


def code(observation: Observation) -> str:
    assert observation.fault is not None, observation
    return observation.fault.code


async def test_a_planned_write_is_done_without_a_question(house: House) -> None:
    observation = await house.once("write hello to out.txt", "files.write", {"path": "out.txt", "text": "hello"})
    assert observation.outcome == "ok"
    assert (house.workspace / "out.txt").read_text() == "hello"
    assert [event.kind for event in house.events] == ["gate.decided", "checkpoint.taken"]


async def test_an_unknown_tool_is_an_error_that_says_where_to_look(house: House) -> None:
    observation = await house.once("x", "files.burn", {})
    assert (observation.outcome, code(observation)) == ("error", "no_tool")


async def test_wrong_arguments_are_an_error_that_does_not_repeat_the_value(house: House) -> None:
    observation = await house.once("x", "files.write", {"path": ["ghp_" + "a1" * 20]})
    assert (observation.outcome, code(observation)) == ("error", "arguments")
    assert "ghp_" not in str(observation)


async def test_a_call_of_an_unknown_run_is_refused(house: House) -> None:
    observation = await house.gate().call(ToolCall("nobody", "t1", 1, "files.read", {"path": "sales.csv"}))
    assert (observation.outcome, code(observation)) == ("denied", "no_run")


@pytest.mark.parametrize(
    ("call", "args"),
    [
        ("files.write", {"path": "out.txt", "text": "other"}),
        ("files.write", {"path": "out.txt"}),
        ("files.delete", {"paths": ["sales.csv"]}),
    ],
)
async def test_a_call_that_differs_from_its_task_is_refused(house: House, call: str, args: dict[str, Any]) -> None:
    await house.plan("write hello", Task("t1", "write", "files.write", {"path": "out.txt", "text": "hello"}))
    observation = await house.gate().call(ToolCall(RUN, "t1", 1, call, args))
    assert (observation.outcome, code(observation)) == ("denied", "not_in_plan")
    assert not (house.workspace / "out.txt").exists()


async def test_outside_the_plan_reading_is_allowed_and_writing_is_not(house: House) -> None:
    await house.plan("tell me about sales.csv", Task("t1", "read", "files.read", {"path": "sales.csv"}))
    gate = house.gate()
    look = await gate.call(ToolCall(RUN, "look-1", 1, "files.read", {"path": "sales.csv"}))
    change = await gate.call(ToolCall(RUN, "look-2", 1, "files.write", {"path": "a.txt", "text": ""}))
    run = await gate.call(ToolCall(RUN, "verify-1", 1, "python.run", {"code": "1"}))
    assert (look.outcome, code(change), code(run)) == ("ok", "not_in_plan", "not_in_plan")


async def test_a_dry_run_without_rows_may_look_and_nothing_else(house: House) -> None:
    gate = house.gate()
    gate.open("dry", Request("read it", str(house.workspace)))
    assert (await gate.call(ToolCall("dry", "look-1", 1, "files.read", {"path": "sales.csv"}))).outcome == "ok"
    assert code(await gate.call(ToolCall("dry", "t1", 1, "files.write", {"path": "x", "text": ""}))) == "not_in_plan"


async def test_values_of_other_tasks_may_stand_where_the_plan_refers_to_them(house: House) -> None:
    task = Task("t2", "write", "files.write", {"path": "out.txt", "text": ref("t1", "text")}, needs=("t1",))
    await house.plan("copy", Task("t1", "read", "files.read", {"path": "sales.csv"}), task)
    observation = await house.gate().call(ToolCall(RUN, "t2", 1, "files.write", {"path": "out.txt", "text": "whatever it was"}))
    assert observation.outcome == "ok"


async def test_tasks_that_are_added_by_replanning_are_known(house: House) -> None:
    first, second = (Task(id, "w", "files.write", {"path": f"{id}.txt", "text": id}) for id in ("t1", "t2"))
    await house.plan("write", first)
    gate = house.gate()
    assert (await house.serve(gate, first)).outcome == "ok"
    assert code(await house.serve(gate, second)) == "not_in_plan"
    from arkwright.core.run import Node, Transaction

    await house.store.commit(Transaction(RUN, 1, inserts=[Node(second, "ready")]))
    assert (await house.serve(gate, second)).outcome == "ok"


@pytest.mark.parametrize(
    "path", ["../x.txt", "/etc/passwd", "a/../../x", "~/x", "link/x.txt", "/workspace/../x", "a\0b", "/tmp/scratch/x"]
)
async def test_a_path_outside_the_workspace_is_refused(house: House, path: str) -> None:
    (house.workspace / "link").symlink_to(house.root)
    observation = await house.once("write", "files.write", {"path": path, "text": "x"})
    assert (observation.outcome, code(observation)) == ("denied", "outside_workspace")


@pytest.mark.parametrize("path", ["out.txt", "/workspace/out.txt", "deep/er/out.txt", "über/ö.txt", "..hidden.txt"])
async def test_a_path_inside_the_workspace_passes(house: House, path: str) -> None:
    observation = await house.once("read", "files.read", {"path": path})
    assert code(observation) == "crash"  # it reached the tool, which found no such file


async def test_the_scratch_of_the_run_may_be_read_but_not_climbed_out_of(house: House) -> None:
    gate = house.gate()
    await house.plan("read")
    inside = await gate.call(ToolCall(RUN, "look-1", 1, "files.read", {"path": "/tmp/scratch/not-there.parquet"}))
    outside = await gate.call(ToolCall(RUN, "look-1", 1, "files.read", {"path": "/tmp/scratch/../../etc/passwd"}))
    assert (code(inside), code(outside)) == ("crash", "outside_workspace")


async def test_arkwrights_own_state_is_out_of_reach_even_inside_the_workspace(house: House) -> None:
    (house.workspace / "home").mkdir()
    gate = house.gate()
    task = Task("t1", "w", "files.write", {"path": "home/audit.jsonl", "text": ""})
    await house.plan("write", task, workspace_=None) if False else None
    from arkwright.core.plan import Plan
    from arkwright.core.run import Node, Run, Transaction

    run = Run(RUN, Request("write", str(house.root)), 1.0, plan=Plan("write", (task,)))
    await house.store.commit(Transaction(RUN, 0, run, inserts=[Node(task, "ready")]))
    assert code(await house.serve(gate, task)) == "own_state"


async def test_deleting_asks_and_waits_durably_until_it_is_approved(house: House) -> None:
    gate = house.gate()
    task = Task("t1", "delete", "files.delete", {"paths": ["sales.csv"]})
    await house.plan("delete sales.csv", task)
    waiting = await house.serve(gate, task)
    assert (waiting.outcome, code(waiting)) == ("waiting", "approval_needed")
    assert (house.workspace / "sales.csv").exists()
    (approval,) = await house.store.approvals(RUN)
    assert approval.shows["deletes"] == ["sales.csv"]
    assert approval.id in ((waiting.fault and waiting.fault.remedy) or "")
    await house.store.answer(approval.id, "approved")
    again = house.gate()  # another process, later
    assert (await house.serve(again, task, epoch=2)).outcome == "ok"
    assert not (house.workspace / "sales.csv").exists()


async def test_an_approval_is_for_exactly_one_effect(house: House) -> None:
    (house.workspace / "b.csv").write_text("")
    gate = house.gate()
    one, two = (Task(id, "delete", "files.delete", {"paths": [path]}) for id, path in (("t1", "sales.csv"), ("t2", "b.csv")))
    await house.plan("delete them", one, two)
    await house.serve(gate, one)
    (approval,) = await house.store.approvals(RUN)
    await house.store.answer(approval.id, "approved")
    assert (await house.serve(gate, two)).outcome == "waiting"


async def test_a_denied_approval_denies(house: House) -> None:
    gate = house.gate()
    task = Task("t1", "delete", "files.delete", {"paths": ["sales.csv"]})
    await house.plan("delete sales.csv", task)
    await house.serve(gate, task)
    (approval,) = await house.store.approvals(RUN)
    await house.store.answer(approval.id, "denied")
    assert code(await house.serve(gate, task)) == "approval_denied"


@pytest.mark.parametrize(("answer", "outcome"), [(True, "ok"), (False, "denied"), (None, "waiting")])
async def test_a_person_at_the_terminal_is_asked(house: House, answer: bool | None, outcome: str) -> None:
    person = Person(answer)
    observation = await house.once("delete sales.csv", "files.delete", {"paths": ["sales.csv"]}, gate=house.gate(asker=person))
    assert observation.outcome == outcome
    assert [approval.shows["deletes"] for approval in person.asked] == [["sales.csv"]]
    assert (house.workspace / "sales.csv").exists() == (answer is not True)


@pytest.mark.parametrize("approve", ["deny", "policy"])
async def test_where_nobody_is_to_be_asked_a_question_is_a_no(house: House, approve: str) -> None:
    person = Person(True)
    gate = house.gate(asker=person)
    observation = await house.once("delete sales.csv", "files.delete", {"paths": ["sales.csv"]}, gate=gate, approve=approve)
    assert (observation.outcome, code(observation), person.asked) == ("denied", "approval_denied", [])


async def test_a_standing_grant_answers_until_it_is_revoked(house: House) -> None:
    gate = house.gate()
    tasks = [Task(f"t{n}", "delete", "files.delete", {"paths": [f"old/{n}.txt"]}) for n in range(3)]
    (house.workspace / "old").mkdir()
    for n in range(3):
        (house.workspace / "old" / f"{n}.txt").write_text("")
    await house.plan("delete them", *tasks, approve="policy")
    grant = gate.grants.add("files.delete", "old/*.txt", run=RUN)
    assert (await house.serve(gate, tasks[0])).outcome == "ok"
    assert (await house.serve(house.gate(), tasks[1])).outcome == "ok"  # it survives a restart
    gate.grants.revoke(grant.id)
    assert (await house.serve(gate, tasks[2])).outcome == "denied"


class Silent:
    name = "silent"

    async def judge(self, case: Case) -> Ruling:
        await asyncio.Event().wait()
        raise AssertionError


class Stubborn:
    """Does not even stop when it is cancelled."""

    name = "stubborn"

    def __init__(self) -> None:
        self.release = asyncio.Event()

    async def judge(self, case: Case) -> Ruling:
        while not self.release.is_set():
            try:
                await self.release.wait()
            except asyncio.CancelledError:
                continue
        return allow(self.name)


class Broken:
    name = "broken"

    async def judge(self, case: Case) -> Ruling:
        raise RuntimeError("with the password=hunter2222")


async def test_a_silent_gate_refuses(house: House) -> None:
    observation = await house.once("w", "files.write", {"path": "a", "text": ""}, gate=house.gate(checks=[Silent()], limit=0.05))
    assert (observation.outcome, code(observation)) == ("denied", "check_silent")
    assert not (house.workspace / "a").exists()
    assert "silence is refusal" in verify_text(house)


async def test_a_check_that_ignores_being_cancelled_refuses_all_the_same(house: House) -> None:
    check = Stubborn()
    observation = await house.once("w", "files.write", {"path": "a", "text": ""}, gate=house.gate(checks=[check], limit=0.05))
    check.release.set()
    assert code(observation) == "check_silent"


async def test_a_check_that_breaks_refuses_and_says_nothing_of_its_inside(house: House) -> None:
    observation = await house.once("w", "files.write", {"path": "a", "text": ""}, gate=house.gate(checks=[Broken()]))
    assert (observation.outcome, code(observation)) == ("denied", "check_failed")
    assert "hunter2222" not in str(observation) + verify_text(house)


class Unsound:
    name = "unsound"

    def judge(self, case: Case) -> Ruling:
        raise RuntimeError("with the password=hunter2222")


async def test_a_check_that_breaks_at_once_refuses_and_says_nothing_of_its_inside(house: House) -> None:
    observation = await house.once("w", "files.write", {"path": "a", "text": ""}, gate=house.gate(checks=[Unsound()]))
    assert (observation.outcome, code(observation)) == ("denied", "check_failed")
    assert "hunter2222" not in str(observation) + verify_text(house)


def verify_text(house: House) -> str:
    return (house.home / "audit.jsonl").read_text()


async def test_errors_of_tools_are_faults(house: House) -> None:
    async def fail(args: Args, hands: Hands) -> Observation:
        raise ToolError("the server said 503", remedy="try later", code="http_503", transient=True)

    async def crash(args: Args, hands: Hands) -> Observation:
        raise ZeroDivisionError("oops")

    async def unsafe(args: Args, hands: Hands) -> Observation:
        raise NoIsolation("no box here", remedy="apt install bubblewrap")

    gate = house.gate(
        tools=[
            tool(name, Args, run, lambda args: Footprint())
            for name, run in (("x.fail", fail), ("x.crash", crash), ("x.unsafe", unsafe))
        ]
    )
    tasks = [Task(name, name, name, {}) for name in ("x.fail", "x.crash", "x.unsafe")]
    await house.plan("x", *tasks)
    failed, crashed, boxless = [await house.serve(gate, task) for task in tasks]
    assert failed.fault is not None
    assert (failed.outcome, failed.fault.code, failed.fault.transient, failed.fault.remedy) == (
        "error",
        "http_503",
        True,
        "try later",
    )
    assert (crashed.outcome, code(crashed)) == ("error", "crash")
    assert (boxless.outcome, code(boxless)) == ("denied", "no_isolation")


async def test_the_seconds_are_those_inside_the_tool(house: House) -> None:
    async def slow(args: Args, hands: Hands) -> Observation:
        await asyncio.sleep(0.05)
        return Observation()

    gate = house.gate(tools=[tool("x.slow", Args, slow, lambda args: Footprint())])
    observation = await house.once("x", "x.slow", {}, gate=gate)
    assert 0.05 <= observation.seconds < 0.5


async def test_secrets_are_blotted_out_of_summaries_and_never_reach_the_audit_log(house: House) -> None:
    (house.workspace / "note.txt").write_text("password=hunter-canary-5561")
    observation = await house.once("show note.txt", "files.read", {"path": "note.txt"})
    assert observation.summary == "read password=[secret]"
    assert "canary" not in verify_text(house)


async def test_what_a_value_came_from_is_written_on_it(house: House) -> None:
    read = Task("t1", "read", "files.read", {"path": "sales.csv"})
    write = Task("t2", "write", "files.write", {"path": "b.txt", "text": ref("t1", "text")}, needs=("t1",))
    await house.plan("copy it", read, write)
    gate = house.gate()
    first = await house.serve(gate, read)
    second = await gate.call(ToolCall(RUN, "t2", 1, "files.write", {"path": "b.txt", "text": "region"}))
    assert (first.origin, second.origin) == (("workspace",), ("workspace",))


async def test_declared_writes_run_side_by_side_and_overlapping_ones_do_not(house: House) -> None:
    running: set[str] = set()
    seen: list[frozenset[str]] = []
    both = asyncio.Event()

    async def work(args: Any, hands: Hands) -> Observation:
        running.add(hands.task)
        seen.append(frozenset(running))
        if len(running) == 2:
            both.set()
        if hands.task in ("a", "b"):
            await asyncio.wait_for(both.wait(), 5)
        running.discard(hands.task)
        return Observation()

    write = replace(TOOLS[1], name="x.write", run=work)
    anywhere = replace(TOOLS[4], name="x.code", run=work)
    gate = house.gate(tools=[write, anywhere])
    tasks = [Task("a", "a", "x.write", {"path": "a.txt"}), Task("b", "b", "x.write", {"path": "b.txt"})]
    alone = [
        Task("c", "c", "x.write", {"path": "folder"}),
        Task("d", "d", "x.write", {"path": "folder/x"}),
        Task("e", "e", "x.code", {"code": ""}),
        Task("f", "f", "x.code", {"code": ""}),
    ]
    await house.plan("x", *tasks, *alone)
    await asyncio.gather(*(house.serve(gate, task) for task in tasks))
    assert frozenset({"a", "b"}) in seen
    seen.clear()
    await asyncio.gather(*(house.serve(gate, task) for task in alone))
    assert sorted(map(len, seen)) == [1, 1, 1, 1]


async def test_the_gate_costs_well_under_five_milliseconds_a_call(house: House) -> None:
    tasks = [Task(f"t{n}", "read", "x.nothing", {"path": "sales.csv"}) for n in range(200)]

    async def nothing(args: Args, hands: Hands) -> Observation:
        return Observation()

    gate = house.gate(tools=[replace(TOOLS[0], name="x.nothing", run=nothing)])
    await house.plan("read", *tasks)
    await house.serve(gate, tasks[0])
    spent = []
    for task in tasks:
        began = time.perf_counter()
        await house.serve(gate, task)
        spent.append(time.perf_counter() - began)
    assert sorted(spent)[len(spent) // 2] < 0.005


async def test_when_the_audit_log_cannot_be_written_nothing_is_done(house: House) -> None:
    gate = house.gate()
    import os

    reading = os.open(house.home / "audit.jsonl", os.O_RDONLY)
    os.dup2(reading, gate.audit._file)  # pyright: ignore[reportPrivateUsage]
    os.close(reading)
    observation = await house.once("w", "files.write", {"path": "a", "text": ""}, gate=gate)
    assert (observation.outcome, code(observation)) == ("denied", "no_record")
    assert not (house.workspace / "a").exists()
    house.gates.remove(gate)


async def test_every_call_is_in_the_audit_log_and_it_verifies(house: House) -> None:
    gate = house.gate()
    await house.once("w", "files.write", {"path": "a", "text": ""}, gate=gate)
    await gate.call(ToolCall(RUN, "t9", 1, "files.write", {"path": "b", "text": ""}))
    gate.audit.settle()
    report = verify(house.home / "audit.jsonl", gate.ledger)
    assert (report.ok, report.count) == (True, 3)


def test_hands_of_these_tests_are_hands() -> None:
    hands: Hands = FolderHands("r", "t", Path("."))
    assert hands.run == "r"
