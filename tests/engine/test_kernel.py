"""The kernel: a random forest against a model of ten lines, and each rule by itself."""

from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arkwright.core.event import Event
from arkwright.core.json import ref
from arkwright.core.observation import Fault, Observation
from arkwright.core.task import FINAL, Retry, Task, TaskState
from arkwright.engine.forest import Forest, Step
from arkwright.engine.kernel import Answered, Cancelled, Expanded, Finished, Happening, Lost, Planted, Started, decide
from arkwright.errors import UserError

TERMINAL = {f"task.{state}" for state in FINAL}
OK = Observation(1)
BROKEN = Observation(outcome="error", fault=Fault("broken", "it broke", "mend it"))
FLAKY = Observation(outcome="error", fault=Fault("flaky", "try again", transient=True))
DENIED = Observation(outcome="denied", fault=Fault("denied", "policy says no"))


class Play:
    """A forest and all that was told about it."""

    def __init__(self, *tasks: Task) -> None:
        self.forest = Forest("r")
        self.events: list[Event] = []
        self.now = 100.0
        self.happen(Planted(tasks))

    def happen(self, happening: Happening) -> Step:
        step = decide(self.forest, happening, self.now)
        self.forest.apply(step)
        self.events.extend(step.events)
        return step

    def start(self, task: str) -> int:
        self.happen(Started(task))
        return self.forest.nodes[task].epoch

    def finish(self, task: str, observation: Observation = OK) -> Step:
        return self.happen(Finished(task, self.start(task), observation))

    def states(self) -> dict[str, TaskState]:
        return {key: node.state for key, node in self.forest.nodes.items()}

    def kinds(self, task: str) -> list[str]:
        return [event.kind for event in self.events if event.task == task]


def task(name: str, *needs: str, **more: object) -> Task:
    return replace(Task(name, f"do {name}", "tool", needs=needs), **more)  # type: ignore[arg-type]


@st.composite
def forests(draw: st.DrawFn) -> list[Task]:
    count = draw(st.integers(1, 14))
    picks = [draw(st.lists(st.integers(0, max(0, number - 1)), max_size=3)) if number else [] for number in range(count)]
    tasks = [task(f"t{number}", *(f"t{need}" for need in needs), retry=Retry(3)) for number, needs in enumerate(picks)]
    return draw(st.permutations(tasks))


def foretold(tasks: list[Task], broken: set[str]) -> dict[str, TaskState]:
    """What must become of each task, whatever the order of things."""
    by_id = {each.id: each for each in tasks}
    ends: dict[str, TaskState] = {}
    for key in sorted(by_id, key=lambda name: int(name[1:])):
        met = all(ends[need] == "done" for need in by_id[key].needs)
        ends[key] = ("failed" if key in broken else "done") if met else "skipped"
    return ends


@given(forests(), st.data())
def test_any_forest_in_any_order_ends_as_foretold(tasks: list[Task], data: st.DataObject) -> None:
    broken = data.draw(st.sets(st.sampled_from([each.id for each in tasks])))
    play = Play(*tasks)
    while not play.forest.settled:
        movable = [key for key, state in play.states().items() if state in ("ready", "running")]
        key = data.draw(st.sampled_from(movable))
        node = play.forest.nodes[key]
        if node.state == "ready":
            play.start(key)
        elif node.tries < 2 and data.draw(st.booleans()):
            play.happen(data.draw(st.sampled_from([Finished(key, node.epoch, FLAKY), Lost(key, node.epoch)])))
        else:
            play.happen(Finished(key, node.epoch, BROKEN if key in broken else OK))
        check_invariants(play)
    assert play.states() == foretold(tasks, broken)
    assert Counter(event.task for event in play.events if event.kind in TERMINAL) == Counter(each.id for each in tasks)


def check_invariants(play: Play) -> None:
    nodes = play.forest.nodes
    for node in nodes.values():
        missing = sum(nodes[need].state != "done" for need in node.task.needs)
        if node.state in ("ready", "running", "done", "failed"):
            assert missing == 0
        if node.state in ("pending", "ready"):
            assert node.missing == missing
    assert play.forest.running == {key for key, node in nodes.items() if node.state == "running"}


@given(forests(), st.data())
def test_late_and_repeated_news_changes_nothing(tasks: list[Task], data: st.DataObject) -> None:
    play = Play(*tasks)
    key = next(iter(play.forest.in_state("ready"))).task.id
    old = play.start(key)
    play.happen(Lost(key, old))
    new = play.start(key)
    assert new == old + 1
    for news in (Finished(key, old, OK), Lost(key, old), Expanded(key, old, (task("x"),))):
        assert decide(play.forest, news, 1.0) == Step()
    play.happen(Finished(key, new, OK))
    assert decide(play.forest, Finished(key, new, BROKEN), 1.0) == Step()


@given(forests(), st.data())
def test_cancelling_ends_everything_once_and_fences_what_runs(tasks: list[Task], data: st.DataObject) -> None:
    play = Play(*tasks)
    ready = [node.task.id for node in play.forest.in_state("ready")]
    running = {key: play.start(key) for key in data.draw(st.sets(st.sampled_from(ready)))}
    play.happen(Cancelled())
    assert set(play.states().values()) == {"cancelled"}
    for key, epoch in running.items():
        assert decide(play.forest, Finished(key, epoch, OK), 1.0) == Step()
    assert decide(play.forest, Cancelled(), 1.0) == Step(nodes=[], events=[])


def test_finishing_releases_children_in_the_same_step() -> None:
    play = Play(task("a"), task("b", "a"), task("c", "a", "b"))
    step = play.finish("a", Observation(7, "seven"))
    assert [(node.task.id, node.state, node.missing) for node in step.nodes] == [
        ("a", "done", 0),
        ("b", "ready", 0),
        ("c", "pending", 1),
    ]
    assert [event.kind for event in step.events] == ["task.done", "task.ready"]


def test_a_failing_branch_skips_what_needs_it_with_the_reason_and_leaves_its_siblings() -> None:
    play = Play(task("a"), task("b", "a"), task("c", "b"), task("x"), task("y", "x"))
    play.finish("a", BROKEN)
    play.finish("x")
    play.finish("y")
    assert play.states() == {"a": "failed", "b": "skipped", "c": "skipped", "x": "done", "y": "done"}
    (skipped,) = [event for event in play.events if event.task == "c"]
    assert skipped.data == {"because": "a", "reason": "needs 'a', which failed: it broke"}


def test_a_transient_fault_is_tried_again_later_and_later_and_then_fails() -> None:
    play = Play(task("a", retry=Retry(most=3, base=0.5, factor=2.0)))
    delays: list[float] = []
    for _ in range(2):
        play.finish("a", FLAKY)
        delays.append(play.forest.nodes["a"].due - play.now)
    play.finish("a", FLAKY)
    assert delays == [0.5, 1.0]
    assert play.states() == {"a": "failed"}
    assert play.kinds("a").count("task.retry") == 2


@pytest.mark.parametrize("observation", [BROKEN, DENIED])
def test_what_would_fail_again_is_not_tried_again(observation: Observation) -> None:
    play = Play(task("a", retry=Retry(5)))
    play.finish("a", observation)
    assert play.states() == {"a": "failed"}


def test_a_task_that_may_not_be_repeated_is_not_retried() -> None:
    play = Play(task("a", retry=Retry(5), idempotent=False))
    play.finish("a", FLAKY)
    assert play.states() == {"a": "failed"}


def test_a_lost_task_that_may_be_repeated_runs_again_under_a_new_epoch() -> None:
    play = Play(task("a"))
    play.happen(Lost("a", play.start("a")))
    assert play.states() == {"a": "ready"}
    assert play.start("a") == 2


@pytest.mark.parametrize(("approved", "state"), [(True, "ready"), (False, "failed")])
def test_a_lost_task_that_may_not_be_repeated_is_in_doubt_until_a_person_says(approved: bool, state: TaskState) -> None:
    play = Play(task("a", idempotent=False), task("b", "a"))
    step = play.happen(Lost("a", play.start("a")))
    assert play.states() == {"a": "in_doubt", "b": "pending"}
    assert [(approval.id, approval.state) for approval in step.approvals] == [("r/a/1", "open")]
    assert "Run it again?" in step.approvals[0].question
    play.happen(Answered("a", approved))
    assert play.states()["a"] == state


def test_a_call_that_waits_goes_back_to_the_gate_once_it_is_answered() -> None:
    play = Play(task("a"))
    play.finish("a", Observation(outcome="waiting", fault=Fault("ask", "send 3 bytes?")))
    assert play.states() == {"a": "waiting"}
    assert play.events[-1].data == {"question": "send 3 bytes?"}
    play.happen(Answered("a", True))
    play.finish("a")
    assert play.states() == {"a": "done"}


@pytest.mark.parametrize(("approved", "states"), [(True, ("done", "ready")), (False, ("failed", "skipped"))])
def test_an_approval_is_a_row_and_the_answer_decides(approved: bool, states: tuple[TaskState, TaskState]) -> None:
    play = Play(task("ok", kind="approve", args={"cost": 3}), task("go", "ok"))
    step = play.finish("ok", Observation(outcome="waiting", summary="do ok"))
    (approval,) = step.approvals
    assert (approval.question, approval.shows) == ("do ok", {"cost": 3})
    play.happen(Answered("ok", approved))
    assert tuple(play.states().values()) == states


def test_a_plan_task_grows_into_tasks_and_joins_what_they_return() -> None:
    play = Play(task("p", kind="plan"), task("after", "p"))
    tasks = (task("a"), Task("b", "do b", "tool", {"x": ref("a", "n")}))
    play.happen(Expanded("p", play.start("p"), tasks, ("sum ", ref("b"))))
    assert play.states() == {"p": "pending", "after": "pending", "p/a": "ready", "p/b": "pending"}
    assert play.forest.nodes["p/b"].task.args == {"x": {"$ref": "p/a", "path": "n"}}
    play.finish("p/a")
    play.finish("p/b", Observation(3))
    join = play.forest.nodes["p"]
    assert (join.state, join.task.tool, join.task.args) == ("ready", "", {"answer": ["sum ", {"$ref": "p/b"}]})
    play.finish("p")
    assert play.states()["after"] == "ready"


def test_a_branch_that_fails_inside_a_plan_task_skips_its_join() -> None:
    play = Play(task("p", kind="plan"), task("after", "p"))
    play.happen(Expanded("p", play.start("p"), (task("a"), task("b"))))
    play.finish("p/a", BROKEN)
    play.finish("p/b")
    assert play.states() == {"p": "skipped", "after": "skipped", "p/a": "failed", "p/b": "done"}


def test_a_plan_task_that_grows_nonsense_fails_alone() -> None:
    play = Play(task("p", kind="plan"), task("x"))
    play.happen(Expanded("p", play.start("p"), (task("a", "b"), task("b", "a"))))
    assert play.states() == {"p": "failed", "x": "ready"}
    play.happen(Planted((task("q", kind="plan"),)))
    play.happen(Expanded("q", play.start("q"), (task("a", "x"),)))
    assert play.states()["q"] == "failed"


def test_tasks_planted_later_count_what_is_done_and_are_skipped_after_a_failure() -> None:
    play = Play(task("a"), task("b"))
    play.finish("a")
    play.finish("b", BROKEN)
    play.happen(Planted((task("c", "a"), task("d", "b"), task("e", "d"))))
    assert play.states() == {"a": "done", "b": "failed", "c": "ready", "d": "skipped", "e": "skipped"}


def test_a_task_needs_what_its_arguments_refer_to() -> None:
    play = Play(task("a"), Task("b", "do b", "tool", {"deep": [{"x": ref("a")}]}))
    assert play.forest.nodes["b"].task.needs == ("a",)


@pytest.mark.parametrize(
    ("tasks", "message"),
    [
        ((task("a"), task("a")), "'a' is in the plan twice"),
        ((task("a", "ghost"),), "'a' needs 'ghost'"),
        ((task("a", "b"), task("b", "a")), "circle"),
        ((task("a", "a"),), "circle"),
    ],
)
def test_a_forest_that_cannot_grow_is_refused(tasks: tuple[Task, ...], message: str) -> None:
    with pytest.raises(UserError, match=message):
        Play(*tasks)
