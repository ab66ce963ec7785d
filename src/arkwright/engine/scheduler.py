"""The scheduler: which ready task starts next. Longest remaining path first, within the limits."""

import heapq
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from arkwright.core.run import Node
from arkwright.core.task import Task
from arkwright.engine.forest import Forest


@dataclass(frozen=True, slots=True)
class Limits:
    """What may run at the same time: processors, bytes of memory, and tasks per pool (the tool's family, as `browser`)."""

    cpus: float = 4.0
    memory: int = 8 << 30
    pools: Mapping[str, int] = field(default_factory=lambda: {"browser": 1})


LIMITS = Limits()


class Scheduler:
    """Keeps the ready tasks in order. It decides from what it is given and touches nothing else.

    A task that asks for more than a limit counts as the whole limit, so that it can run alone. When the first in order
    does not fit for processors or memory, all wait for it (no task starves); one whose pool is full is passed over.
    """

    def __init__(self, forest: Forest, limits: Limits) -> None:
        self._forest = forest
        self._limits = limits
        self._order: list[tuple[float, int, str]] = []
        self._later: list[tuple[float, str]] = []
        self._count = 0
        self.offer(forest.in_state("ready"))

    def offer(self, nodes: Iterable[Node]) -> None:
        """Take notice of nodes that may have become ready."""
        for node in nodes:
            if node.state != "ready":
                continue
            if node.due:
                heapq.heappush(self._later, (node.due, node.task.id))
            else:
                self._push(node.task.id)

    def pick(self, now: float) -> list[str]:
        """The tasks to start now, in order."""
        while self._later and self._later[0][0] <= now:
            self._push(heapq.heappop(self._later)[1])
        if not self._order:
            return []
        room = _Room(self._limits, [self._forest.nodes[key].task for key in self._forest.running])
        picked: list[str] = []
        passed: list[tuple[float, int, str]] = []
        while self._order and room.cpus > 0:
            task = self._forest.nodes[self._order[0][2]].task
            if not self._is_ready(task.id):
                heapq.heappop(self._order)
            elif room.pool_is_full(task):
                passed.append(heapq.heappop(self._order))
            elif room.fits(task):
                room.take(task)
                picked.append(heapq.heappop(self._order)[2])
            else:
                break
        for entry in passed:
            heapq.heappush(self._order, entry)
        return picked

    def next_due(self) -> float | None:
        """When the next delayed task may start; seconds since the epoch."""
        return self._later[0][0] if self._later else None

    def _push(self, key: str) -> None:
        self._count += 1
        heapq.heappush(self._order, (-self._forest.remaining.get(key, 0.0), self._count, key))

    def _is_ready(self, key: str) -> bool:
        return self._forest.nodes[key].state == "ready"


class _Room:
    """What is left of the limits while tasks are picked."""

    def __init__(self, limits: Limits, running: Iterable[Task]) -> None:
        self._limits = limits
        self.cpus = limits.cpus
        self.memory = limits.memory
        self.pools = dict(limits.pools)
        for task in running:
            self.take(task)

    def fits(self, task: Task) -> bool:
        return self._cpus(task) <= self.cpus and self._memory(task) <= self.memory

    def pool_is_full(self, task: Task) -> bool:
        return self.pools.get(pool_of(task), 1) <= 0

    def take(self, task: Task) -> None:
        self.cpus -= self._cpus(task)
        self.memory -= self._memory(task)
        pool = pool_of(task)
        if pool in self.pools:
            self.pools[pool] -= 1

    def _cpus(self, task: Task) -> float:
        return min(task.resources.cpus, self._limits.cpus)

    def _memory(self, task: Task) -> int:
        return min(task.resources.memory, self._limits.memory)


def pool_of(task: Task) -> str:
    """The family of a task's tool: `browser.visit` is of `browser`."""
    return task.tool.partition(".")[0]
