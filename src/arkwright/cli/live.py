"""LiveTree: the tasks of a run while they happen; plain lines where there is no terminal."""

import time
from types import TracebackType

from rich.console import Console, Group, RenderableType
from rich.live import Live
from rich.progress_bar import ProgressBar
from rich.spinner import Spinner
from rich.table import Table as Grid

from arkwright.cli.clean import clean
from arkwright.cli.tree import SIGNS, Row, draw, line, summary
from arkwright.core.event import Event
from arkwright.core.task import FINAL

PHASES = {"started": "looking at the workspace", "survey": "planning", "planned": "working", "ended": ""}
LAST = 40  # lines of the tree that stays on the screen


class LiveTree:
    """Listens to events and draws them on stderr."""

    def __init__(self, *, quiet: bool = False) -> None:
        self._console = Console(stderr=True, highlight=False, quiet=quiet)
        self._rows: dict[str, Row] = {}
        self._phase = "reading the request"
        self._since = time.monotonic()
        self._setup = -1.0
        self._aside = ""  # how far a look or a proof is, which are no tasks
        self._live = Live(get_renderable=self.__rich__, console=self._console, refresh_per_second=10, transient=True)
        self._moving = self._console.is_terminal and not quiet

    def __enter__(self) -> "LiveTree":
        if self._moving:
            self._live.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if not self._moving:
            return
        self._live.stop()
        for row in self._rows.values():
            if error and row.state == "running":
                row.state, row.ended, row.note = "cancelled", time.time(), "stopped"
        if self._rows:
            self._console.print(self._tree(LAST))
            if len(self._rows) > LAST:
                self._console.print(f"[dim]{summary([*self._rows.values()])}; the whole list: arkwright show last[/]")

    def on_setup(self, fraction: float, note: str) -> None:
        """Show how far the one-time set-up is; without a terminal every tenth part is a line."""
        told = int(self._setup * 10) if self._setup >= 0 else -1
        if not self._moving and (int(fraction * 10) > told):
            self._console.print(f"setting up, once: {fraction:4.0%}  {note}", markup=False, soft_wrap=True)
        self._phase, self._setup = f"setting up, once: {note}", fraction
        if fraction >= 1:
            self._phase, self._setup = "reading the request", -1.0

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
            case ["task", "progress"]:
                self._far(event)
            case ["task", state] if event.task:
                self._task(state, event)
            case ["box", "weaker"]:
                self._console.print(f"note: {event.data.get('note')}", style="yellow", markup=False, soft_wrap=True)
            case _:
                return

    def _run(self, phase: str, event: Event) -> None:
        self._phase, self._aside = PHASES.get(phase, self._phase), ""
        tasks = event.data.get("tasks")
        if phase == "planned" and isinstance(tasks, list):
            for task in tasks:
                if isinstance(task, dict):
                    needs = task.get("needs")
                    above = [self._rows.get(str(need)) for need in needs] if isinstance(needs, list) else []
                    depths = [row.depth + 1 for row in above if row]
                    self._rows[str(task.get("id"))] = Row(clean(str(task.get("goal", ""))), max(depths, default=0))

    def _far(self, event: Event) -> None:
        """How far something is."""
        fraction, note, row = event.data.get("fraction"), clean(str(event.data.get("note", ""))), self._rows.get(event.task)
        fraction = float(fraction) if isinstance(fraction, int | float) else 0.0
        if row:
            row.fraction, row.note = fraction or row.fraction, note
        else:
            self._aside = f": {note} {fraction:.0%}" if note else ""

    def _task(self, state: str, event: Event) -> None:
        row = self._rows.setdefault(event.task, Row(clean(str(event.data.get("goal", event.task)))))
        if state == "started":
            row.state, row.started, row.ended, row.note = "running", event.at, 0.0, ""
        else:
            row.state = {"retry": "ready"}.get(state, state)
            row.ended = event.at if row.started else 0.0
            row.note = clean(str(event.data.get("summary") or event.data.get("message") or ""))
        if not self._moving and row.state in SIGNS and row.state not in ("pending", "ready"):
            self._console.print(line(row, event.at), soft_wrap=True)

    def __rich__(self) -> RenderableType:
        """The tree as it is now, and what goes on."""
        if not self._phase:
            return self._tree(self._lines)
        spinner = Spinner("dots", text=self._phase if self._setup >= 0 else self._progress())
        if self._setup < 0:
            return Group(self._tree(self._lines), spinner)
        bar = Grid.grid(padding=(0, 1))
        bar.add_row(ProgressBar(total=1.0, completed=self._setup, width=24), f"{self._setup:.0%}")
        return Group(spinner, bar)

    def _progress(self) -> str:
        """Where the run is, and for how long, so that a silent minute is seen to be one of work."""
        rows, text = [*self._rows.values()], self._phase
        if rows:
            proving = all(row.state in FINAL for row in rows)
            text = "proving the result" if proving else f"{text}: {summary(rows, len(rows) - self._lines)}"
        return f"{text}{self._aside}  {time.monotonic() - self._since:.0f} s"[: self._console.width - 3]

    @property
    def _lines(self) -> int:
        return max(self._console.height - 3, 5)

    def _tree(self, lines: int) -> Grid:
        return draw([*self._rows.values()], time.time(), width=self._console.width, lines=lines)
