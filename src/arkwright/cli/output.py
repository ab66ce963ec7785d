"""What the commands print: results, plans, JSON lines."""

import json
import sys
from dataclasses import asdict
from types import TracebackType

from rich.console import Console
from rich.markdown import Markdown
from rich.table import Table as Grid

from arkwright.core.event import Event
from arkwright.core.plan import Need, Plan, Proposal, Question, Refusal
from arkwright.core.result import EXIT_CODES, Result, Status
from arkwright.core.task import Task

COLOURS: dict[Status, str] = {
    "verified": "green",
    "unverified": "yellow",
    "failed": "red",
    "refused": "yellow",
    "waiting": "cyan",
    "cancelled": "yellow",
}
SIGNS = {"passed": "[green]✓[/]", "failed": "[red]✗[/]", "unknown": "[yellow]?[/]"}


class JsonLines:
    """A view for programs: one event a line on stdout."""

    def __enter__(self) -> "JsonLines":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        sys.stdout.flush()

    def on_event(self, event: Event) -> None:
        """Print one event."""
        print(json.dumps(asdict(event), ensure_ascii=False, default=str), flush=True)

    def on_setup(self, fraction: float, note: str) -> None:
        """Say on stderr how far the one-time set-up is."""
        print(f"setting up: {note}", file=sys.stderr, flush=True)

    def pause(self) -> None:
        """Nothing moves here."""

    def proceed(self) -> None:
        """Nothing moves here."""


def result_object(result: Result) -> dict[str, object]:
    """The result line of `--json`: its shape is part of the command's contract."""
    return {
        "run_id": result.run_id,
        "status": result.status,
        "answer": result.answer,
        "artifacts": [asdict(artifact) for artifact in result.artifacts],
        "verdict": {"status": result.verdict.status, "checks": [asdict(check) for check in result.verdict.checks]},
        "usage": result.usage,
    }


def print_json_result(result: Result) -> None:
    """The last line of `--json`."""
    print(json.dumps(result_object(result), ensure_ascii=False, default=str), flush=True)


def print_result(result: Result, *, quiet: bool) -> None:
    """The answer, what was left, what was proven, and what can be done next."""
    console = Console(highlight=False)
    if result.answer:
        console.print(Markdown(result.answer) if console.is_terminal else result.answer, markup=False)
    if quiet:
        return
    for artifact in result.artifacts:
        console.print(f"  [bold]{artifact.path}[/]  {size(artifact.size)}")
    if result.status not in ("refused", "waiting"):
        print_checks(console, result)
    colour = COLOURS[result.status]
    console.print(f"[bold {colour}]{result.status}[/] {timing(result)}", soft_wrap=True)
    if result.artifacts:
        console.print(f"[dim]take it back: arkwright undo {result.run_id}   look closer: arkwright show {result.run_id}[/]", soft_wrap=True)


def print_checks(console: Console, result: Result) -> None:
    """One line per check."""
    for check in result.verdict.checks:
        console.print(f"  {SIGNS[check.outcome]} {check.name}", end=" ")
        console.print(check.detail, style="dim", markup=False, soft_wrap=True)


def timing(result: Result) -> str:
    """`in 2.1 s (box and tools 1.8 s, planner + kernel + gate 45 ms)`."""
    seconds = result.usage.get("seconds")
    if not isinstance(seconds, dict):
        return ""
    spent = {name: float(value) for name, value in seconds.items() if isinstance(value, int | float)}
    own = sum(spent.get(name, 0.0) for name in ("plan", "kernel", "gate"))
    outside = f"tools {spent.get('tools', 0.0):.1f} s, proof {spent.get('verify', 0.0):.1f} s"
    parts = f"{outside}, planner + kernel + gate {own * 1000:.0f} ms"
    return f"in {spent.get('wall', 0.0):.1f} s [dim]({parts})[/]"


def print_proposal(proposal: Proposal, *, as_json: bool) -> int:
    """Print a dry run; returns the exit code."""
    if as_json:
        print(json.dumps(asdict(proposal), ensure_ascii=False, default=str))
        return exit_code(proposal)
    console = Console(highlight=False)
    match proposal:
        case Plan():
            print_plan(console, proposal)
        case Refusal():
            console.print(refusal_text(proposal), markup=False)
        case Question():
            console.print(proposal.text, markup=False)
        case Need():
            console.print("more has to be looked at before this can be planned")
    return exit_code(proposal)


def exit_code(proposal: Proposal) -> int:
    """0 for a plan, else that of the status it would end with."""
    return 0 if isinstance(proposal, Plan) else EXIT_CODES["waiting" if isinstance(proposal, Question) else "refused"]


def refusal_text(refusal: Refusal) -> str:
    """Why not, and what would help."""
    return f"{refusal.reason}\n{refusal.remedy}".strip()


def print_plan(console: Console, plan: Plan) -> None:
    """The forest as a table, in an order it could run in, with estimates."""
    grid = Grid(box=None, padding=(0, 2, 0, 0))
    for heading in ("task", "what", "with", "after", "about"):
        grid.add_column(heading, overflow="fold")
    for task in plan.tasks:
        grid.add_row(task.id, task.goal, task.tool or task.kind, ", ".join(task.needs), f"{task.resources.seconds:.1f} s")
    console.print(grid)
    about = f"{len(plan.tasks)} tasks, up to {widest(plan.tasks)} at the same time"
    cost = f"about {plan.estimate.critical_path:.1f} s, ${plan.estimate.dollars:.2f}; nothing was run"
    console.print(f"[dim]{about}; {cost}[/]")
    for note in plan.notes:
        console.print(f"note: {note}", markup=False)


def widest(tasks: tuple[Task, ...]) -> int:
    """The most tasks at one depth of the forest."""
    depth: dict[str, int] = {}
    for task in tasks:
        depth[task.id] = 1 + max((depth.get(need, 0) for need in task.needs), default=0)
    return max((list(depth.values()).count(level) for level in depth.values()), default=0)


def size(count: int) -> str:
    """Bytes for people."""
    value = float(count)
    for unit in ("B", "KB", "MB"):
        if value < 1000:
            return f"{value:.0f} {unit}" if unit == "B" else f"{value:.1f} {unit}"
        value /= 1000
    return f"{value:.1f} GB"
