"""Forest: the nodes of a run by id, who depends on whom, and the longest path that remains after each."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from arkwright.core.decision import Approval
from arkwright.core.event import Event
from arkwright.core.json import Json, references
from arkwright.core.run import Node
from arkwright.core.task import FINAL, Task
from arkwright.errors import NotFound


@dataclass(frozen=True, slots=True)
class Step:
    """What the kernel decided: nodes as they become, nodes that are new, what to tell, what to ask."""

    nodes: Sequence[Node] = ()
    inserts: Sequence[Node] = ()
    events: Sequence[Event] = ()
    approvals: Sequence[Approval] = ()


class Forest:
    """Where a run stands. The kernel only reads it; `apply` is the one way it changes."""

    def __init__(self, run: str, nodes: Iterable[Node] = ()) -> None:
        self.run = run
        self.nodes: dict[str, Node] = {}
        self.children: dict[str, list[str]] = {}
        self.remaining: Mapping[str, float] = {}
        self.running: set[str] = set()
        self.apply(Step(inserts=list(nodes)))

    def apply(self, step: Step) -> None:
        """Let a step become true."""
        for node in step.nodes:
            self._set(node)
            if node.replanned:
                self._link(node)
        if step.inserts:
            self._insert(step.inserts)

    def outputs(self, task: Task) -> dict[str, Json]:
        """The values that `task` may refer to."""
        seen = {need: self.nodes[need].observation for need in task.needs}
        return {need: observation.value for need, observation in seen.items() if observation}

    def in_state(self, *states: str) -> Iterator[Node]:
        """The nodes in one of the states, in order of insertion."""
        return (node for node in self.nodes.values() if node.state in states)

    @property
    def settled(self) -> bool:
        """Whether every node has ended."""
        return all(node.state in FINAL for node in self.nodes.values())

    def _set(self, node: Node) -> None:
        key = node.task.id
        self.nodes[key] = node
        if node.state == "running":
            self.running.add(key)
        else:
            self.running.discard(key)

    def _insert(self, nodes: Sequence[Node]) -> None:
        for node in nodes:
            self._set(node)
            self._link(node)
        self.remaining = longest_paths([node.task for node in self.nodes.values()])

    def _link(self, node: Node) -> None:
        for need in set(node.task.needs):
            children = self.children.setdefault(need, [])
            if node.task.id not in children:
                children.append(node.task.id)


def complete(task: Task) -> Task:
    """The task, needing every task its arguments refer to, each once."""
    needs = tuple(dict.fromkeys((*task.needs, *references(task.args))))
    return task if needs == task.needs else replace(task, needs=needs)


@dataclass(slots=True)
class Graph:
    """The edges of some tasks, with an order in which every task follows what it needs; `cycle` lists what has no such order."""

    order: list[str] = field(default_factory=list[str])
    cycle: list[str] = field(default_factory=list[str])


def sort(tasks: Sequence[Task]) -> Graph:
    """Topological order, stable; needs outside `tasks` are taken as met."""
    children: dict[str, list[str]] = {task.id: [] for task in tasks}
    missing: dict[str, int] = {}
    for task in tasks:
        needs = [need for need in dict.fromkeys(task.needs) if need in children]
        missing[task.id] = len(needs)
        for need in needs:
            children[need].append(task.id)
    order = [task.id for task in tasks if not missing[task.id]]
    for key in order:
        for child in children[key]:
            missing[child] -= 1
            if not missing[child]:
                order.append(child)
    return Graph(order, [key for key, count in missing.items() if count])


def longest_paths(tasks: Sequence[Task]) -> dict[str, float]:
    """Seconds from the start of each task to the end of the longest chain that begins with it, by the estimates."""
    by_id = {task.id: task for task in tasks}
    remaining = {task.id: task.resources.seconds for task in tasks}
    for key in reversed(sort(tasks).order):
        for need in by_id[key].needs:
            if need in by_id:
                remaining[need] = max(remaining[need], by_id[need].resources.seconds + remaining[key])
    return remaining


def dependants(nodes: Iterable[Node], task: str) -> tuple[str, ...]:
    """A task and all that need it, directly or not.

    Raises:
        NotFound: there is no such task.
    """
    tasks = [node.task for node in nodes]
    if task not in {one.id for one in tasks}:
        raise NotFound(f"there is no task {task!r} in this run", remedy=f"it has {', '.join(one.id for one in tasks)}")
    found = {task}
    for key in sort(tasks).order:
        found |= {one.id for one in tasks if one.id == key and found & set(one.needs)}
    return tuple(one.id for one in tasks if one.id in found)
