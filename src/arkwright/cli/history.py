"""runs, show, events, cancel, undo and redo: what happened, and taking it back."""

import json
import os
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Annotated

import typer
from rich.table import Table as Grid
from rich.text import Text

from arkwright.cli.clean import clean
from arkwright.cli.output import counted, levels, print_result, terminal
from arkwright.cli.session import call
from arkwright.cli.tree import Row, draw
from arkwright.core.event import Event
from arkwright.core.run import Node
from arkwright.safety.undo import Undone

Run = Annotated[str, typer.Argument(metavar="RUN", help="A run id, or the start of one; `last` is the newest.")]
TaskId = Annotated[str, typer.Option("--task", help="Only this task and what depends on it.")]

WIDEST = 160  # columns of the task list where there is no terminal


def register(app: typer.Typer) -> None:
    """Add the commands of this file."""
    for command in (runs, show, events, cancel, undo, redo):
        app.command()(command)


def runs(as_json: Annotated[bool, typer.Option("--json", help="A list of objects.")] = False) -> None:
    """List the runs, newest first."""
    found = call(lambda ark: ark.runs())
    if as_json:
        listed = [{"id": row.id, "at": row.at, "status": row.state, "request": row.request.text} for row in found]
        print(json.dumps(listed, ensure_ascii=False))
        return
    if not found:
        print('no runs yet; start one: arkwright run "..."')
        return
    console = terminal()
    taken = sum(
        max(len(cell) for cell in cells) + 2 for cells in zip(*((row.id, when(row.at), row.state) for row in found), strict=True)
    )
    grid = Grid(box=None, padding=(0, 2, 0, 0))
    for heading in ("run", "when", "status"):
        grid.add_column(heading, no_wrap=True)
    grid.add_column("request", no_wrap=True, overflow="ellipsis", max_width=max(console.width - taken - 2, 12))
    for row in found:
        grid.add_row(row.id, when(row.at), row.state, Text(clean(" ".join(row.request.text.split()))))
    console.print(grid)


def show(run: Run) -> None:
    """Show a run: tasks, answer and what was proven."""
    console = terminal()
    record = call(lambda ark: ark.show(run))
    console.print(clean(record.run.request.text), style="bold", markup=False)
    console.print(f"[dim]{record.run.id}  {when(record.run.at)}  in[/] {record.run.request.workspace}")
    console.print(draw(rows(record.nodes), time.time(), width=min(console.width, WIDEST), lines=len(record.nodes)))
    if record.run.result is not None:
        print_result(record.run.result, quiet=False, next_steps=[f"every event: arkwright events {record.run.id}"])
    else:
        console.print(f"not finished; go on with: arkwright resume {record.run.id}", soft_wrap=True)


def rows(nodes: Sequence[Node]) -> list[Row]:
    """The tasks as the tree shows them, with the ids that `undo --task` takes."""
    depth = levels([node.task for node in nodes])
    said = [clean(node.observation.summary) if node.observation else "" for node in nodes]
    return [
        Row(clean(f"{node.task.id}  {node.task.goal}"), depth[node.task.id] - 1, node.state, node.started, node.ended, note=note)
        for node, note in zip(nodes, said, strict=True)
    ]


def events(
    run: Run,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a line.")] = False,
    follow: Annotated[bool, typer.Option("--follow", "-f", help="Go on until the run ends.")] = False,
) -> None:
    """Print the log of a run."""
    try:
        print_events(run, as_json=as_json, follow=follow)
    except BrokenPipeError:  # whoever read us, such as `head`, has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def print_events(run: str, *, as_json: bool, follow: bool) -> None:
    """One event a line, in order."""
    seen, ended = 0, False
    while not ended:
        for event in call(lambda ark, seen=seen: ark.events(run, after=seen)):
            seen, ended = event.seq, event.kind == "run.ended"
            print(json.dumps(asdict(event), ensure_ascii=False) if as_json else event_line(event), flush=True)
        if not follow:
            return
        time.sleep(0.3)


def cancel(run: Run) -> None:
    """Cancel a run; what it has done stays until `undo`."""
    result = call(lambda ark: ark.cancel(run))
    print(f"{result.status}; take back what it did with: arkwright undo {result.run_id}")


def undo(run: Run, task: TaskId = "") -> None:
    """Put the workspace back as it was before a run."""
    report(call(lambda ark: ark.undo(run, task)), "undone")


def redo(run: Run, task: TaskId = "") -> None:
    """Do again what `undo` took back."""
    report(call(lambda ark: ark.redo(run, task)), "done again")


def report(outcome: Undone, verb: str) -> None:
    """Say which paths changed, which conflict, and what cannot be taken back."""
    if outcome.conflicts:
        print("nothing was changed, because these were changed since:")
        for path in outcome.conflicts:
            print(f"  {path}")
        print("move them aside or put them back, then try again")
        raise typer.Exit(1)
    for path in outcome.restored:
        print(f"  {path}")
    print(f"{counted(len(outcome.restored), 'path')} {verb}" if outcome.restored else f"nothing to be {verb}")
    for what in outcome.irreversible:
        print(f"cannot be taken back: {what}")


def event_line(event: Event) -> str:
    """One event for people."""
    clock = datetime.fromtimestamp(event.at).strftime("%H:%M:%S.%f")[:-3]
    return f"{event.seq:>5}  {clock}  {event.kind:<18} {event.task:<8} {json.dumps(event.data, ensure_ascii=False)[:160]}"


def when(at: float) -> str:
    """Local time to the minute."""
    return datetime.fromtimestamp(at).strftime("%Y-%m-%d %H:%M")
