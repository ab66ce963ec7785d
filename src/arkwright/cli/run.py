"""run, plan and resume: from a request to its result."""

import asyncio
import signal
import sys
from collections.abc import Coroutine
from pathlib import Path
from typing import Annotated, Literal, TypeVar

import typer

from arkwright.app import Arkwright
from arkwright.cli.approvals import TerminalAsker
from arkwright.cli.live import LiveTree
from arkwright.cli.output import JsonLines, print_json_result, print_proposal, print_result
from arkwright.core.result import EXIT_CODES, Result

Approve = Literal["ask", "deny", "policy"]
RequestText = Annotated[str, typer.Argument(metavar="REQUEST", help="What you want, in plain words.")]
Workspace = Annotated[Path, typer.Option(help="The folder to work in.")]
AsJson = Annotated[bool, typer.Option("--json", help="One event a line, and last the result.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Only the answer.")]
Value = TypeVar("Value")


def register(app: typer.Typer) -> None:
    """Add the commands of this file."""
    app.command()(run)
    app.command()(plan)
    app.command()(resume)


def run(
    request: Annotated[str, typer.Argument(metavar="REQUEST", help="What you want, in plain words.")] = "",
    plan: Annotated[Path | None, typer.Option(help="Run this plan file instead of planning.")] = None,
    workspace: Workspace = Path("."),
    model: Annotated[str, typer.Option(help="A model to plan with; without one the offline planner does it.")] = "",
    as_json: AsJson = False,
    quiet: Quiet = False,
    approve: Annotated[Approve, typer.Option(help="Who answers questions: you, nobody, or the policy alone.")] = "ask",
    budget: Annotated[float | None, typer.Option(help="Dollars a run may spend on models.")] = None,
) -> None:
    """Do what REQUEST says and prove it."""
    if not request and plan is None:
        raise typer.BadParameter('say what you want: arkwright run "..."')
    view = JsonLines() if as_json else LiveTree(quiet=quiet)
    with view:
        ark = Arkwright(workspace, model=model, approve=approve, budget_usd=budget, listeners=[view.on_event], asker=TerminalAsker(view))
        result = interruptible(ark.once(lambda: ark.run(request, plan=plan)))
    finish(result, as_json=as_json, quiet=quiet)


def plan(request: RequestText, workspace: Workspace = Path("."), as_json: AsJson = False) -> None:
    """Show what would be done for REQUEST, with estimates; look, but change nothing."""
    ark = Arkwright(workspace)
    proposal = interruptible(ark.once(lambda: ark.plan(request)))
    sys.exit(print_proposal(proposal, as_json=as_json))


def resume(run: Annotated[str, typer.Argument(metavar="RUN")], as_json: AsJson = False, quiet: Quiet = False) -> None:
    """Go on with a run that was interrupted or that waited for an answer."""
    view = JsonLines() if as_json else LiveTree(quiet=quiet)
    with view:
        ark = Arkwright(listeners=[view.on_event], asker=TerminalAsker(view))
        result = interruptible(ark.once(lambda: ark.resume(run)))
    finish(result, as_json=as_json, quiet=quiet)


def finish(result: Result, *, as_json: bool, quiet: bool) -> None:
    """Print the result and leave with its exit code."""
    if as_json:
        print_json_result(result)
    else:
        print_result(result, quiet=quiet)
    sys.exit(EXIT_CODES[result.status])


def interruptible(work: Coroutine[object, object, Value]) -> Value:
    """Run to the end; Ctrl-C stops cleanly between two commits and says how to go on."""

    async def main() -> Value:
        task = asyncio.ensure_future(work)
        loop = asyncio.get_running_loop()
        for name in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(name, task.cancel)
        return await task

    try:
        return asyncio.run(main())
    except asyncio.CancelledError:
        print("\narkwright: stopped; nothing is lost: `arkwright runs` shows the run, `arkwright resume RUN` goes on with it", file=sys.stderr)
        sys.exit(EXIT_CODES["cancelled"])
