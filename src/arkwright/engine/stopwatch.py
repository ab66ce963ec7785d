"""Stopwatch: where the seconds of a run went, over all the processes that worked on it."""

import time
from collections.abc import Generator
from contextlib import contextmanager
from typing import Literal, get_args

from arkwright.core.json import Json, Object

Phase = Literal["screen", "look", "plan", "snapshot", "kernel", "gate", "tools", "verify", "person"]


class Stopwatch:
    """Adds up seconds by phase. Phases overlap when tasks run side by side: only `wall` is elapsed time.

    `spent` is what an earlier process read. A `person` is somebody who thinks about a question of the gate.
    """

    def __init__(self, spent: Json = None) -> None:
        before = spent if isinstance(spent, dict) else {}
        self._began = time.perf_counter() - _number(before.get("wall"))
        self._seconds: dict[Phase, float] = {phase: _number(before.get(phase)) for phase in get_args(Phase)}
        self.calls = int(_number(before.get("calls")))

    @contextmanager
    def phase(self, name: Phase) -> Generator[None]:
        """Count what happens inside for a phase."""
        began = time.perf_counter()
        try:
            yield
        finally:
            self._seconds[name] += time.perf_counter() - began

    def call(self, total: float, tool: float, person: float = 0.0) -> None:
        """Count one tool call: `tool` seconds in the tool, `person` seconds of thought, the rest of `total` in the gate."""
        self.calls += 1
        self._seconds["tools"] += tool
        self._seconds["person"] += person
        self._seconds["gate"] += max(0.0, total - tool - person)

    def read(self) -> Object:
        """Seconds by phase, rounded to tenths of a millisecond."""
        wall = time.perf_counter() - self._began
        return {"wall": round(wall, 4), **{phase: round(seconds, 4) for phase, seconds in self._seconds.items()}}


def _number(value: Json) -> float:
    return float(value) if isinstance(value, int | float) else 0.0
