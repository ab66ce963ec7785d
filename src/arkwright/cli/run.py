"""run, plan and resume: from a request to its result."""

import sys
from pathlib import Path
from typing import Annotated, Literal

import typer

from arkwright.app import Arkwright
from arkwright.cli.approvals import TerminalAsker
from arkwright.cli.live import LiveTree
from arkwright.cli.output import JsonLines, print_json_result, print_proposal, print_result
from arkwright.cli.session import call
from arkwright.core.result import EXIT_CODES, Result

Approve = Literal["ask", "deny", "policy"]
RequestText = Annotated[str, typer.Argument(metavar="REQUEST", help="What you want, in plain words.")]
Workspace = Annotated[Path, typer.Option(help="The folder to work in.")]
AsJson = Annotated[bool, typer.Option("--json", help="One event a line, and last the result.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Only the answer.")]


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
        ark = Arkwright(
            workspace, model=model, approve=approve, budget_usd=budget, listeners=[view.on_event], asker=TerminalAsker(view),
            progress=view.on_setup,
        )  # fmt: skip
        result = call(lambda ark: ark.run(request, plan=plan), ark)
    finish(result, as_json=as_json, quiet=quiet)


def plan(request: RequestText, workspace: Workspace = Path("."), as_json: AsJson = False) -> None:
    """Show what would be done for REQUEST, with estimates; look, but change nothing."""
    proposal = call(lambda ark: ark.plan(request), Arkwright(workspace))
    sys.exit(print_proposal(proposal, as_json=as_json))


def resume(
    run: Annotated[str, typer.Argument(metavar="RUN", help="A run id, or the start of one; `last` is the newest.")],
    answer: Annotated[str, typer.Option(help="Your reply to what the planner asked.")] = "",
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Go on with a run that was interrupted or that waited for an answer."""
    view = JsonLines() if as_json else LiveTree(quiet=quiet)
    with view:
        ark = Arkwright(listeners=[view.on_event], asker=TerminalAsker(view), progress=view.on_setup)
        result = call(lambda ark: ark.resume(run, answer=answer), ark)
    finish(result, as_json=as_json, quiet=quiet)


def finish(result: Result, *, as_json: bool, quiet: bool) -> None:
    """Print the result and leave with its exit code."""
    if as_json:
        print_json_result(result)
    else:
        print_result(result, quiet=quiet)
    sys.exit(EXIT_CODES[result.status])
