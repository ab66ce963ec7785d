"""What the commands print: results, plans, JSON lines."""

import json
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from types import TracebackType

from rich.console import Console
from rich.markdown import Markdown
from rich.table import Table as Grid
from rich.text import Text

from arkwright.cli.clean import clean
from arkwright.core.event import Event
from arkwright.core.observation import Artifact
from arkwright.core.plan import Need, Plan, Proposal, Question, Refusal
from arkwright.core.result import EXIT_CODES, Result, Status
from arkwright.core.task import Task
from arkwright.core.verdict import Check

COLOURS: dict[Status, str] = {
    "verified": "green",
    "unverified": "yellow",
    "failed": "red",
    "refused": "yellow",
    "waiting": "cyan",
    "cancelled": "yellow",
}
SIGNS = {"passed": "[green]✓[/]", "failed": "[red]✗[/]", "unknown": "[yellow]?[/]"}
FEW = 12  # files that are listed by name


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
        print(f"setting up, once: {fraction:.0%} {note}", file=sys.stderr, flush=True)

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


def print_result(result: Result, *, quiet: bool, next_steps: Sequence[str] = ()) -> None:
    """The answer, what was left, what was proven, and what can be done next."""
    console = terminal()
    if result.answer:
        answer = clean(result.answer)
        console.print(Markdown(answer) if console.is_terminal else Text(answer), soft_wrap=not console.is_terminal)
    if quiet:
        return
    if result.artifacts:
        print_artifacts(console, result.artifacts)
    if result.status not in ("refused", "waiting"):
        print_checks(console, result.verdict.checks)
    colour = COLOURS[result.status]
    took = "" if result.status in ("refused", "waiting") else timing(result)
    console.print(f"[bold {colour}]{result.status}[/] {took}".rstrip(), soft_wrap=True)
    for step in next_steps:
        console.print(step, style="dim", markup=False, soft_wrap=True)


def terminal() -> Console:
    """Where answers go; what is no terminal has no width to keep to."""
    console = Console(highlight=False)
    return console if console.is_terminal else Console(highlight=False, width=1000)


def print_artifacts(console: Console, artifacts: Sequence[Artifact]) -> None:
    """The files that were left, with their sizes; the first dozen of many."""
    grid = Grid.grid(padding=(0, 2))
    for artifact in artifacts[:FEW]:
        grid.add_row("", Text(clean(artifact.path), "bold", overflow="fold"), Text(size(artifact.size), "dim", justify="right"))
    console.print(grid)
    if len(artifacts) > FEW:
        console.print(f"  and {len(artifacts) - FEW} more files", style="dim")


def print_checks(console: Console, checks: Sequence[Check]) -> None:
    """One line per check, what went wrong last, where it is seen; the same check on several files once."""
    grid = Grid.grid(padding=(0, 1))
    order = {"passed": 0, "unknown": 1, "failed": 2}
    counted = Counter((check.outcome, check.name, check.detail) for check in checks)
    for (outcome, name, detail), times in sorted(counted.items(), key=lambda item: order[item[0][0]]):
        said = clean(f"{detail} (×{times})" if times > 1 else detail)
        grid.add_row(" ", SIGNS[outcome], Text(name, no_wrap=True), Text(said, "dim"))
    console.print(grid)


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
    console = terminal()
    match proposal:
        case Plan():
            print_plan(console, proposal)
        case Refusal():
            console.print(refusal_text(proposal), markup=False, soft_wrap=not console.is_terminal)
        case Question():
            console.print(proposal.text, markup=False, soft_wrap=not console.is_terminal)
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
    """The forest as a table, in an order it could run in, with estimates; tasks of one step run at the same time."""
    depths = levels(plan.tasks)
    narrow = console.width < 70
    grid = Grid(box=None, padding=(0, 2, 0, 0))
    grid.add_column("step", no_wrap=True)
    grid.add_column("task", no_wrap=True)
    grid.add_column("what", overflow="fold")
    if not narrow:
        grid.add_column("with", no_wrap=True)
        grid.add_column("after", overflow="fold")
    grid.add_column("about", no_wrap=True, justify="right")
    for task in sorted(plan.tasks, key=lambda task: depths[task.id]):
        details = [] if narrow else [task.tool or task.kind, ", ".join(task.needs)]
        grid.add_row(str(depths[task.id]), task.id, Text(clean(task.goal)), *details, f"{task.resources.seconds:.1f} s")
    console.print(grid)
    most = Counter(depths.values()).most_common(1)[0][1] if depths else 0
    about = f"{counted(len(plan.tasks), 'task')}, up to {most} at the same time" if most > 1 else counted(len(plan.tasks), "task")
    cost = f", ${plan.estimate.dollars:.2f}" if plan.estimate.dollars else ""
    console.print(f"[dim]{about}, about {plan.estimate.critical_path:.1f} s{cost}; nothing was done[/]", soft_wrap=True)
    for note in plan.notes:
        console.print(f"note: {note}", markup=False)


def levels(tasks: Sequence[Task]) -> dict[str, int]:
    """The step of each task: 1 for what needs nothing."""
    depth: dict[str, int] = {}
    for task in tasks:
        depth[task.id] = 1 + max((depth.get(need, 0) for need in task.needs), default=0)
    return depth


def counted(count: int, noun: str) -> str:
    """`1 task`, `2 tasks`."""
    return f"{count} {noun}{'' if count == 1 else 's'}"


def size(count: int) -> str:
    """Bytes for people."""
    value = float(count)
    for unit in ("B", "KB", "MB"):
        if value < 1000:
            return f"{value:.0f} {unit}" if unit == "B" else f"{value:.1f} {unit}"
        value /= 1000
    return f"{value:.1f} GB"
