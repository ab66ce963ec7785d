"""Estimate: how long a plan will take, from what its tools usually need."""

from collections.abc import Sequence
from dataclasses import replace

from arkwright.core.plan import Estimate
from arkwright.core.survey import Survey
from arkwright.core.task import Resources, Task

# Seconds a call takes here on a small table (median of runs on two cores); what is not named takes DEFAULT.
SECONDS = {
    "tables.query": 0.15, "tables.save": 0.12, "tables.describe": 0.15, "tables.value": 0.05, "charts.draw": 1.2, "documents.write": 1.0,
    "documents.read": 0.4, "documents.convert": 1.0, "documents.merge": 0.8, "http.fetch": 0.5, "http.probe": 1.5, "http.download": 1.0,
    "graphql.query": 0.5, "graphql.schema": 0.5, "browser.visit": 3.0, "python.run": 0.5, "node.run": 0.5, "terminal.run": 0.5,
}  # fmt: skip
DEFAULT = 0.2
ROWS_A_SECOND = 500_000.0


def estimated(tasks: Sequence[Task], survey: Survey) -> tuple[tuple[Task, ...], Estimate]:
    """The tasks with their expected seconds, and what follows for the whole."""
    rows = sum(table.rows for table in survey.tables)
    timed = tuple(replace(task, resources=_resources(task, rows)) for task in tasks)
    ends: dict[str, float] = {}
    for task in timed:
        ends[task.id] = max((ends.get(need, 0.0) for need in task.needs), default=0.0) + task.resources.seconds
    total = sum(task.resources.seconds for task in timed)
    return timed, Estimate(round(max(ends.values(), default=0.0), 2), round(total, 2))


def _resources(task: Task, rows: int) -> Resources:
    seconds = SECONDS.get(task.tool, DEFAULT)
    if task.tool.startswith("tables."):
        seconds += rows / ROWS_A_SECOND
    return replace(task.resources, seconds=round(seconds, 3))
