"""Work: drives a forest until nothing can move: start what is ready, wait for news, write it down, and again."""

import asyncio
from collections import deque

from arkwright.core.run import Node
from arkwright.engine.executor import Executor
from arkwright.engine.kernel import Happening, Started
from arkwright.engine.ledger import Ledger
from arkwright.engine.scheduler import Scheduler

HEARTBEAT = 0.5


class Inbox:
    """News from the executors, in order of arrival."""

    def __init__(self) -> None:
        self._news: deque[Happening] = deque()
        self._arrived: asyncio.Future[None] | None = None

    def put(self, happening: Happening) -> None:
        """Leave a piece of news and wake whoever waits."""
        self._news.append(happening)
        self._wake()

    async def take(self, timeout: float) -> list[Happening]:
        """All news there is; waits at most `timeout` seconds for the first, and may then be empty."""
        if not self._news:
            loop = asyncio.get_running_loop()
            self._arrived = loop.create_future()
            alarm = loop.call_later(timeout, self._wake)
            try:
                await self._arrived
            finally:
                alarm.cancel()
                self._arrived = None
        news = list(self._news)
        self._news.clear()
        return news

    def _wake(self) -> None:
        if self._arrived and not self._arrived.done():
            self._arrived.set_result(None)


async def work(ledger: Ledger, scheduler: Scheduler, executor: Executor) -> None:
    """Run the forest until every task has ended or waits for a person.

    What has finished and what starts because of it are written in one commit, before anything starts. Every half second
    without news it looks whether the run was cancelled or taken over elsewhere.

    Raises:
        Fenced: it was.
    """
    inbox = Inbox()
    try:
        async with asyncio.TaskGroup() as group:
            while True:
                with ledger.watch.phase("kernel"):
                    started = _start(ledger, scheduler)
                await ledger.commit()
                for node in started:
                    group.create_task(_report(ledger, executor, node, inbox))
                if not ledger.forest.running and scheduler.next_due() is None:
                    return
                news = await inbox.take(_patience(ledger, scheduler))
                with ledger.watch.phase("kernel"):
                    for happening in news:
                        step = ledger.happen(happening)
                        scheduler.offer((*step.nodes, *step.inserts))
    except BaseExceptionGroup as group:  # that tasks run in a group is no business of the caller, who hears what broke
        raise group.exceptions[0] from group


def _start(ledger: Ledger, scheduler: Scheduler) -> list[Node]:
    steps = [ledger.happen(Started(task)) for task in scheduler.pick(ledger.now)]
    return [node for step in steps for node in step.nodes]


def _patience(ledger: Ledger, scheduler: Scheduler) -> float:
    due = scheduler.next_due()
    return HEARTBEAT if due is None else min(HEARTBEAT, max(0.0, due - ledger.now))


async def _report(ledger: Ledger, executor: Executor, node: Node, inbox: Inbox) -> None:
    inbox.put(await executor.execute(node, ledger.forest.outputs(node.task)))
