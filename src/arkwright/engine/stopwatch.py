"""Stopwatch: where the seconds of a run went."""

import time
from collections.abc import Generator
from contextlib import contextmanager
from typing import Literal, get_args

from arkwright.core.json import Object

Phase = Literal["look", "plan", "kernel", "gate", "tools", "verify"]


class Stopwatch:
    """Adds up seconds by phase. Phases overlap when tasks run side by side: only `wall` is elapsed time."""

    def __init__(self) -> None:
        self._began = time.perf_counter()
        self._seconds: dict[Phase, float] = dict.fromkeys(get_args(Phase), 0.0)
        self.calls = 0

    @contextmanager
    def phase(self, name: Phase) -> Generator[None]:
        """Count what happens inside for a phase."""
        began = time.perf_counter()
        try:
            yield
        finally:
            self._seconds[name] += time.perf_counter() - began

    def call(self, total: float, tool: float) -> None:
        """Count one tool call: `tool` seconds in the tool, the rest of `total` in the gate."""
        self.calls += 1
        self._seconds["tools"] += tool
        self._seconds["gate"] += max(0.0, total - tool)

    def read(self) -> Object:
        """Seconds by phase, rounded to tenths of a millisecond."""
        wall = time.perf_counter() - self._began
        return {"wall": round(wall, 4), **{phase: round(seconds, 4) for phase, seconds in self._seconds.items()}}
