"""Calls: one tool call through the gate, timed, bounded, and never an exception."""

import asyncio
import time
from collections.abc import Generator
from contextlib import contextmanager

from arkwright.core.observation import Fault, Observation
from arkwright.core.ports import Gate
from arkwright.core.tool import ToolCall
from arkwright.engine.stopwatch import Stopwatch
from arkwright.errors import ArkwrightError, Denied, NoIsolation, Refused, ToolError


class Calls:
    """The engine's side of the gate."""

    def __init__(self, gate: Gate, watch: Stopwatch) -> None:
        self._gate = gate
        self._watch = watch

    async def call(self, call: ToolCall, *, timeout: float = 300.0) -> Observation:
        """What came back. Running out of `timeout` seconds is a transient fault with the code `timeout`."""
        began, limit = time.perf_counter(), Limit(timeout)
        observation = await self._ask(call, limit)
        self._watch.call(time.perf_counter() - began, observation.seconds, limit.paused)
        return observation

    async def _ask(self, call: ToolCall, limit: "Limit") -> Observation:
        timeout = limit.seconds
        try:
            async with limit.running:
                return await self._gate.call(call, limit)
        except TimeoutError:
            remedy = "give the task a longer timeout, or less to do"
            return failed(Fault("timeout", f"{call.tool} did not end within {timeout:g} seconds", remedy, transient=True))
        except ArkwrightError as error:
            return observed(error)
        except Exception as error:  # the edge: a fault of one call must not take its siblings down
            return failed(Fault("internal", f"{call.tool} broke: {type(error).__name__}: {error}", "report this as a bug"))


class Limit:
    """The time that a call may take. It stands still while a person thinks."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self.running = asyncio.timeout(seconds)
        self.paused = 0.0

    @contextmanager
    def pause(self) -> Generator[None]:
        """Do not count what happens inside."""
        clock = asyncio.get_running_loop().time
        began, due = clock(), self.running.when()
        self.running.reschedule(None)
        try:
            yield
        finally:
            thought = clock() - began
            self.paused += thought
            self.running.reschedule(None if due is None else due + thought)


def failed(fault: Fault) -> Observation:
    """The observation of a call that did not succeed."""
    return Observation(outcome="error", fault=fault, summary=fault.message)


def observed(error: ArkwrightError) -> Observation:
    """An error of ours as an observation: a refusal is `denied`, all else `error`."""
    transient = isinstance(error, ToolError) and error.transient
    outcome = "denied" if isinstance(error, Denied | Refused | NoIsolation) else "error"
    fault = Fault(error.code, error.message, error.remedy, transient)
    return Observation(outcome=outcome, fault=fault, summary=error.message)
