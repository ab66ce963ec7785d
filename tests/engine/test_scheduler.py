"""The scheduler: longest remaining path first, within the limits, and nobody starves."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from arkwright.core.run import Node
from arkwright.core.task import Resources, Task
from arkwright.engine.forest import Forest, Step, longest_paths, sort
from arkwright.engine.scheduler import Limits, Scheduler


def task(name: str, seconds: float = 1.0, *needs: str, cpus: float = 1.0, memory: int = 1, tool: str = "t.x") -> Task:
    return Task(name, name, tool, needs=needs, resources=Resources(seconds, cpus, memory))


def forest(*tasks: Task) -> Forest:
    return Forest("r", [Node(each, "pending" if each.needs else "ready", len(each.needs)) for each in tasks])


def run(grown: Forest, name: str) -> None:
    grown.apply(Step((replace(grown.nodes[name], state="running"),)))


def test_the_longest_remaining_path_goes_first() -> None:
    grown = forest(task("short", 2), task("long", 1), task("tail", 9, "long"), task("middle", 5))
    assert Scheduler(grown, Limits(cpus=9)).pick(0) == ["long", "middle", "short"]


def test_no_more_start_than_there_are_processors() -> None:
    grown = forest(task("a", 3), task("b", 2), task("c", 1))
    scheduler = Scheduler(grown, Limits(cpus=2))
    assert scheduler.pick(0) == ["a", "b"]
    run(grown, "a"), run(grown, "b")
    assert scheduler.pick(0) == []
    grown.apply(Step((replace(grown.nodes["a"], state="done"),)))
    assert scheduler.pick(0) == ["c"]


def test_a_task_larger_than_the_limits_runs_alone() -> None:
    grown = forest(task("huge", 9, cpus=64, memory=1 << 50), task("small", 1))
    assert Scheduler(grown, Limits(cpus=2, memory=1 << 30)).pick(0) == ["huge"]


def test_a_task_that_does_not_fit_yet_is_not_overtaken_for_ever() -> None:
    grown = forest(task("running", 1), task("wide", 9, cpus=2), task("thin", 1))
    run(grown, "running")
    assert Scheduler(grown, Limits(cpus=2)).pick(0) == []


def test_a_full_pool_is_passed_over() -> None:
    grown = forest(task("one", 9, tool="browser.visit"), task("two", 8, tool="browser.visit"), task("other", 1))
    scheduler = Scheduler(grown, Limits(cpus=9, pools={"browser": 1}))
    assert scheduler.pick(0) == ["one", "other"]
    run(grown, "one"), run(grown, "other")
    grown.apply(Step((replace(grown.nodes["one"], state="done"),)))
    assert scheduler.pick(0) == ["two"]


def test_a_delayed_task_starts_when_it_is_due() -> None:
    grown = Forest("r", [Node(task("a"), "ready", due=50.0)])
    scheduler = Scheduler(grown, Limits())
    assert (scheduler.pick(49), scheduler.next_due()) == ([], 50.0)
    assert (scheduler.pick(50), scheduler.next_due()) == (["a"], None)


@given(st.lists(st.tuples(st.floats(0.1, 9), st.lists(st.integers(0, 30), max_size=3)), min_size=1, max_size=20))
def test_the_remaining_path_is_the_longest_chain(shape: list[tuple[float, list[int]]]) -> None:
    tasks = [task(f"t{n}", seconds, *{f"t{need % n}" for need in needs if n}) for n, (seconds, needs) in enumerate(shape)]
    remaining = longest_paths(tasks)
    for each in tasks:
        children = [remaining[child.id] for child in tasks if each.id in child.needs]
        assert remaining[each.id] == each.resources.seconds + max(children, default=0.0)


def test_sorting_names_the_tasks_of_a_circle_and_what_hangs_on_it() -> None:
    graph = sort([task("a"), task("b", 1, "c"), task("c", 1, "b"), task("d", 1, "c", "a")])
    assert (graph.order, graph.cycle) == (["a"], ["b", "c", "d"])
