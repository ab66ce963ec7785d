"""runs, show, events, cancel, undo and redo: what happened, and taking it back."""

import asyncio
import json
import time
from dataclasses import asdict
from datetime import datetime
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table as Grid

from arkwright.app import Arkwright
from arkwright.cli.output import print_result
from arkwright.core.event import Event

Run = Annotated[str, typer.Argument(metavar="RUN", help="A run id, or the start of one; `last` is the newest.")]
TaskId = Annotated[str, typer.Option("--task", help="Only this task and what depends on it.")]


def register(app: typer.Typer) -> None:
    """Add the commands of this file."""
    for command in (runs, show, events, cancel, undo, redo):
        app.command()(command)


def runs(as_json: Annotated[bool, typer.Option("--json")] = False) -> None:
    """List the runs, newest first."""
    rows = Arkwright().runs()
    if as_json:
        print(json.dumps([asdict(row) for row in rows], ensure_ascii=False))
        return
    if not rows:
        print('no runs yet; start one: arkwright run "..."')
        return
    grid = Grid(box=None, padding=(0, 2, 0, 0))
    for heading in ("run", "when", "status", "request"):
        grid.add_column(heading, no_wrap=heading != "request")
    for row in rows:
        grid.add_row(row.id, when(row.started), row.status, row.request)
    Console(highlight=False).print(grid)


def show(run: Run) -> None:
    """Show a run: its request, its tasks, its answer and what was proven."""
    ark = Arkwright()
    console = Console(highlight=False)
    record = ark.show(run)
    console.print(record.request, style="bold", markup=False)
    console.print(f"[dim]{record.id}  {when(record.started)}  in {record.workspace}[/]")
    grid = Grid(box=None, padding=(0, 2, 0, 0))
    for task in record.tasks:
        grid.add_row(task.id, task.state, task.goal, task.summary)
    console.print(grid)
    if record.result is not None:
        print_result(record.result, quiet=False)
    else:
        console.print(f"not finished: arkwright resume {record.id}")


def events(
    run: Run,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a line.")] = False,
    follow: Annotated[bool, typer.Option("--follow", "-f", help="Go on until the run ends.")] = False,
) -> None:
    """Print the log of a run."""
    ark = Arkwright()
    seen = 0
    while True:
        for event in ark.events(run, after=seen):
            seen = event.seq
            print(json.dumps(asdict(event), ensure_ascii=False) if as_json else event_line(event))
            if event.kind == "run.ended":
                return
        if not follow:
            return
        time.sleep(0.2)


def cancel(run: Run) -> None:
    """Cancel a run; what it has done stays until `undo`."""
    asyncio.run(Arkwright().cancel(run))
    print(f"cancelled {run}; take back what it did with: arkwright undo {run}")


def undo(run: Run, task: TaskId = "") -> None:
    """Put the workspace back as it was before a run, or before one of its tasks."""
    report(asyncio.run(Arkwright().undo(run, task)), "undone")


def redo(run: Run, task: TaskId = "") -> None:
    """Do again what `undo` took back."""
    report(asyncio.run(Arkwright().redo(run, task)), "done again")


def report(outcome: object, verb: str) -> None:
    """Say which paths changed, which conflict, and what can't be taken back."""
    changed, conflicts, beyond = (tuple(getattr(outcome, name)) for name in ("restored", "conflicts", "irreversible"))
    if conflicts:
        print("nothing was changed, because these were changed since:")
        for path in conflicts:
            print(f"  {path}")
        print("move them aside or put them back, then try again")
        raise typer.Exit(1)
    for path in changed:
        print(f"  {path}")
    print(f"{len(changed)} path{'s' if len(changed) != 1 else ''} {verb}" if changed else "nothing to do")
    for what in beyond:
        print(f"cannot be taken back: {what}")


def event_line(event: Event) -> str:
    """One event for people."""
    clock = datetime.fromtimestamp(event.at).strftime("%H:%M:%S.%f")[:-3]
    return f"{event.seq:>5}  {clock}  {event.kind:<18} {event.task:<8} {json.dumps(event.data, ensure_ascii=False)[:160]}"


def when(at: float) -> str:
    """Local time to the minute."""
    return datetime.fromtimestamp(at).strftime("%Y-%m-%d %H:%M")
