"""Tree: the tasks of a run as lines for people: state, what, what came of it, when and how long."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from rich.console import RenderableType
from rich.progress_bar import ProgressBar
from rich.spinner import Spinner
from rich.table import Table as Grid
from rich.text import Text

SIGNS = {
    "done": ("✓", "green"),
    "failed": ("✗", "red"),
    "skipped": ("-", "dim"),
    "cancelled": ("-", "yellow"),
    "waiting": ("?", "cyan"),
    "in_doubt": ("?", "yellow"),
    "pending": ("·", "dim"),
    "ready": ("·", "dim"),
}
STRIP = 16  # cells of the time line
DEEPEST = 5  # levels that are shown as indentation: a chain of 200 tasks must still fit
State = Literal["pending", "ready", "running", "waiting", "in_doubt", "done", "failed", "skipped", "cancelled"]


@dataclass(slots=True)
class Row:
    """One task as shown. `started` and `ended` are seconds since the epoch, 0 for not yet."""

    goal: str
    depth: int = 0
    state: str = "pending"
    started: float = 0.0
    ended: float = 0.0
    fraction: float = 0.0
    note: str = ""

    def seconds(self, now: float) -> float:
        """How long it has taken until `now`."""
        return (self.ended or now) - self.started if self.started else 0.0


def draw(rows: Sequence[Row], now: float, *, width: int, lines: int) -> Grid:
    """The rows as a table of at most `width` columns and about `lines` lines; what does not fit is counted."""
    grid = Grid.grid(padding=(0, 1))
    strip = width >= 90 and sum(1 for row in rows if row.started) > 1
    room = width - 12 - (STRIP + 1 if strip else 0)
    goal = min(max((len(_goal(row)) for row in rows), default=0), room if width < 60 else room * 11 // 20)
    grid.add_column(width=1)
    grid.add_column(width=goal, no_wrap=True, overflow="ellipsis")
    if strip:
        grid.add_column(width=STRIP, no_wrap=True)
    grid.add_column(justify="right", no_wrap=True, min_width=6)
    if width >= 60:
        grid.add_column(max_width=room - goal, no_wrap=True, overflow="ellipsis")
    first = min((row.started for row in rows if row.started), default=now)
    last = max((row.ended or now for row in rows if row.started), default=now)
    for row in chosen(rows, lines):
        cells: list[RenderableType] = [_sign(row), Text(_goal(row), "" if row.started else "dim")]
        cells += [_strip(row, first, last, now)] if strip else []
        cells.append(Text(f"{row.seconds(now):.1f} s" if row.started else "", "dim"))
        grid.add_row(*cells, *([_said(row)] if width >= 60 else []))
    return grid


def chosen(rows: Sequence[Row], lines: int) -> Sequence[Row]:
    """All rows where they fit; else what runs or went wrong, then the next to come, then what ended last."""
    if len(rows) <= lines:
        return rows
    urgent = {"running": 0, "waiting": 0, "in_doubt": 0, "failed": 1, "ready": 2, "pending": 2}
    ranked = sorted(range(len(rows)), key=lambda at: (urgent.get(rows[at].state, 3), -rows[at].ended, at))
    return [rows[at] for at in sorted(ranked[:lines])]


def line(row: Row, now: float) -> Text:
    """One task as a line of a log."""
    sign, style = SIGNS.get(row.state, ("·", ""))
    text = Text(f"{sign} ", style).append(row.goal, "default")
    if row.started:
        text.append(f"  {row.seconds(now):.1f} s", "dim")
    return text.append(f"  {row.note}", "dim") if row.note else text


def summary(rows: Sequence[Row], hidden: int = 0) -> str:
    """`3 of 7 done, 2 at the same time: draw a.png, find the highest`."""
    ended = sum(1 for row in rows if row.state in ("done", "failed", "skipped", "cancelled"))
    running = [row.goal for row in rows if row.state == "running"]
    text = f"{ended} of {len(rows)} done"
    if len(running) > 1:
        text += f", {len(running)} at the same time"
    return f"{text}, {hidden} more lines" if hidden > 0 else text


def _goal(row: Row) -> str:
    return "  " * min(row.depth, DEEPEST) + " ".join(row.goal.split())


def _sign(row: Row) -> RenderableType:
    if row.state == "running":
        return Spinner("dots")
    sign, style = SIGNS.get(row.state, ("·", "dim"))
    return Text(sign, style=style)


def _said(row: Row) -> RenderableType:
    if row.state == "running" and row.fraction:
        return ProgressBar(total=1.0, completed=row.fraction, width=20)
    return Text(" ".join(row.note.split()), "red" if row.state == "failed" else "dim")


def _strip(row: Row, first: float, last: float, now: float) -> Text:
    """When it ran, on a line from the first start to now: what stands below each other ran at the same time."""
    if not row.started:
        return Text("")
    cell = max(last - first, 0.001) / STRIP
    start = min(int((row.started - first) / cell), STRIP - 1)
    end = min(max(int(((row.ended or now) - first) / cell + 0.5), start + 1), STRIP)
    return Text(" " * start).append("━" * (end - start), "cyan" if row.state == "running" else "bright_black")
