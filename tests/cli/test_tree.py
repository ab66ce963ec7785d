"""Tree: what a person sees of the tasks, at any width."""

import pytest
from rich.console import Console

from arkwright.cli.tree import Row, chosen, draw, summary

LONG = "total the revenue by region and month of every file in the folder and compare it with the year before " * 3
ROWS = [
    Row(LONG, 0, "done", 10.0, 12.0, note="24 rows of a table"),
    Row("draw the chart", 1, "running", 12.0, fraction=0.5),
    Row("find the highest", 1, "running", 12.5),
    Row("write the report", 2, "pending"),
]


def lines(width: int) -> list[str]:
    console = Console(width=width, force_terminal=False)
    with console.capture() as capture:
        console.print(draw(ROWS, 14.0, width=width, lines=40))
    return capture.get().splitlines()


@pytest.mark.parametrize("width", [40, 60, 80, 100, 160])
def test_a_task_is_one_line_however_long_its_goal(width: int) -> None:
    shown = lines(width)
    assert len(shown) == len(ROWS)
    assert all(len(line) <= width for line in shown)


def test_wide_terminals_show_what_ran_at_the_same_time() -> None:
    bars = [line for line in lines(120) if "━" in line]
    assert len(bars) == 3
    assert bars[0].rindex("━") < bars[1].rindex("━")


def test_of_many_tasks_the_running_and_failed_ones_are_shown() -> None:
    many = [Row(f"done {n}", state="done", started=1, ended=2) for n in range(100)]
    many += [Row("at work", state="running", started=2), Row("broken", state="failed", started=1, ended=2)]
    goals = [row.goal for row in chosen(many, 10)]
    assert len(goals) == 10
    assert goals[-2:] == ["at work", "broken"]


def test_the_summary_counts_what_runs_together() -> None:
    assert summary(ROWS) == "1 of 4 done, 2 at the same time"
