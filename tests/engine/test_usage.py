"""What a run costs: whose time counts, and what came before it was resumed."""

import asyncio
from collections.abc import Callable
from typing import Any

from arkwright.core.json import Json, ref
from arkwright.core.observation import Observation
from arkwright.core.plan import Plan
from arkwright.core.ports import Patience
from arkwright.core.request import Request
from arkwright.core.task import Retry, Task
from arkwright.core.tool import ToolCall
from arkwright.engine.scripted import ScriptedGate

Seat = Callable[..., Any]
REQUEST = Request("add them up", "/work")


def add(call: ToolCall) -> Json:
    return sum(value for value in call.args.values() if isinstance(value, int))


class Thinking(ScriptedGate):
    """A gate with a person who thinks about each call until told to answer."""

    def __init__(self, answered: asyncio.Event) -> None:
        super().__init__({"add": add})
        self._answered = answered

    async def call(self, call: ToolCall, patience: Patience | None = None) -> Observation:
        assert patience
        with patience.pause():
            await self._answered.wait()
        return await super().call(call)


async def test_the_time_a_person_thinks_is_not_the_time_a_task_takes(desk: Seat) -> None:
    answered = asyncio.Event()
    at = desk({}, Plan("g", (Task("a", "a", "add", {"x": 1}, timeout=0.05),), answer=(ref("a"),)), gate=Thinking(answered))
    asyncio.get_running_loop().call_later(0.2, answered.set)  # four times as long as the task may take
    result = await at.engine.run(REQUEST)
    assert (result.status, result.answer) == ("verified", "1")
    seconds = result.usage["seconds"]
    assert seconds["person"] > 0.1 > seconds["gate"]


async def test_a_call_that_goes_on_after_the_person_answered_is_stopped_in_time(desk: Seat) -> None:
    class Stuck(Thinking):
        async def call(self, call: ToolCall, patience: Patience | None = None) -> Observation:
            await super().call(call, patience)
            return await asyncio.Event().wait() or Observation()

    answered = asyncio.Event()
    answered.set()
    at = desk({}, Plan("g", (Task("a", "a", "add", timeout=0.05, retry=Retry(most=1)),)), gate=Stuck(answered))
    assert "did not end within 0.05 seconds" in (await at.engine.run(REQUEST)).answer


async def test_what_a_run_cost_before_it_was_resumed_counts(desk: Seat) -> None:
    plan = Plan("g", (Task("a", "a", "add", {"x": 1}), Task("b", "sure?", kind="approve", needs=("a",))))
    at = desk({"add": add}, plan)
    waiting = await at.engine.run(REQUEST)
    (approval,) = await at.store.approvals()
    await at.store.answer(approval.id, "approved")
    result = await desk({"add": add}, plan).engine.resume(waiting.run_id)
    assert (waiting.usage["calls"], result.usage["calls"]) == (1, 1)  # nothing was called a second time
    before, after = waiting.usage["seconds"], result.usage["seconds"]
    assert all(after[phase] >= before[phase] for phase in before)
    assert after["wall"] > before["wall"]
    assert after["kernel"] > before["kernel"]
