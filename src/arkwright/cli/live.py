"""LiveTree: the tasks of a run while they happen; plain lines where there is no terminal."""

import time
from dataclasses import dataclass
from types import TracebackType

from rich.console import Console, Group, RenderableType
from rich.live import Live
from rich.progress_bar import ProgressBar
from rich.spinner import Spinner
from rich.table import Table as Grid
from rich.text import Text

from arkwright.core.event import Event

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


PHASES = {"started": "looking at the workspace", "survey": "planning", "planned": "", "ended": ""}


@dataclass(slots=True)
class Row:
    """One task as shown."""

    goal: str
    depth: int = 0
    state: str = "pending"
    started: float = 0.0
    seconds: float = 0.0
    fraction: float = 0.0
    note: str = ""


class LiveTree:
    """Listens to events and draws them on stderr."""

    def __init__(self, *, quiet: bool = False) -> None:
        self._console = Console(stderr=True, highlight=False, quiet=quiet)
        self._rows: dict[str, Row] = {}
        self._phase = "reading the request"
        self._live = Live(get_renderable=self._draw, console=self._console, refresh_per_second=10, transient=True)
        self._moving = self._console.is_terminal and not quiet

    def __enter__(self) -> "LiveTree":
        if self._moving:
            self._live.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if self._moving:
            self._live.stop()
            self._phase = ""
            self._console.print(self._draw())

    def on_setup(self, fraction: float, note: str) -> None:
        """Show how far the one-time set-up is."""
        self._phase = f"setting up, once: {note} ({fraction:.0%})"
        if not self._moving:
            self._console.print(self._phase, markup=False)

    def pause(self) -> None:
        """Stand still while a question is asked."""
        if self._moving:
            self._live.stop()

    def proceed(self) -> None:
        """Go on drawing."""
        if self._moving:
            self._live.start()

    def on_event(self, event: Event) -> None:
        """Take one event in."""
        match event.kind.split("."):
            case ["run", phase]:
                self._run(phase, event)
            case ["task", state] if event.task:
                self._task(state, event)
            case ["verify", _]:
                self._phase = "proving the result"
            case _:
                return

    def _run(self, phase: str, event: Event) -> None:
        self._phase = PHASES.get(phase, self._phase)
        tasks = event.data.get("tasks")
        if phase == "planned" and isinstance(tasks, list):
            for task in tasks:
                if isinstance(task, dict):
                    needs = task.get("needs")
                    above = [self._rows.get(str(need)) for need in needs] if isinstance(needs, list) else []
                    depths = [row.depth + 1 for row in above if row]
                    self._rows[str(task.get("id"))] = Row(str(task.get("goal", "")), max(depths, default=0))

    def _task(self, state: str, event: Event) -> None:
        row = self._rows.setdefault(event.task, Row(str(event.data.get("goal", event.task))))
        if state == "progress":
            fraction = event.data.get("fraction")
            row.fraction = float(fraction) if isinstance(fraction, int | float) else row.fraction
            row.note = str(event.data.get("note", ""))
            return
        if state == "started":
            row.state, row.started = "running", time.monotonic()
        else:
            row.state = {"retry": "ready"}.get(state, state)
            row.seconds = time.monotonic() - row.started if row.started else 0.0
            row.note = str(event.data.get("summary") or event.data.get("message") or "")
        if not self._moving and row.state in SIGNS and row.state not in ("pending", "ready"):
            self._console.print(self._line(row))

    def _draw(self) -> RenderableType:
        grid = Grid.grid(padding=(0, 1))
        for row in self._rows.values():
            grid.add_row(self._sign(row), self._line(row, sign=False), self._bar(row))
        phase: list[RenderableType] = [Spinner("dots", text=self._phase)] if self._phase else []
        return Group(grid, *phase)

    def _sign(self, row: Row) -> RenderableType:
        if row.state == "running":
            return Spinner("dots")
        sign, style = SIGNS.get(row.state, ("·", "dim"))
        return Text(sign, style=style)

    def _line(self, row: Row, *, sign: bool = True) -> Text:
        text = Text("  " * row.depth)
        if sign:
            text.append(SIGNS.get(row.state, ("·", ""))[0] + " ", SIGNS.get(row.state, ("", ""))[1])
        text.append(row.goal if len(row.goal) <= 64 else row.goal[:63] + "…")
        elapsed = time.monotonic() - row.started if row.state == "running" else row.seconds
        if elapsed:
            text.append(f"  {elapsed:.1f} s", "dim")
        if row.note and row.state != "running":
            text.append(f"  {row.note}", "dim")
        return text

    def _bar(self, row: Row) -> RenderableType:
        if row.state != "running" or not row.fraction:
            return Text("")
        return ProgressBar(total=1.0, completed=row.fraction, width=20)
