"""run, plan and resume: from a request to its result."""

import sys
from collections.abc import Awaitable
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

import typer

from arkwright.app import Arkwright
from arkwright.cli.approvals import TerminalAsker
from arkwright.cli.live import LiveTree
from arkwright.cli.output import JsonLines, print_json_result, print_proposal, print_result
from arkwright.cli.session import NOTHING_LOST, call
from arkwright.core.decision import Approval
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
        ended = call(lambda ark: to_the_end(ark, ark.run(request, plan=plan)), ark, stopped=NOTHING_LOST)
    finish(ended, as_json=as_json, quiet=quiet)


def plan(
    request: RequestText,
    workspace: Workspace = Path("."),
    as_json: Annotated[bool, typer.Option("--json", help="The plan as one JSON object, for `run --plan`.")] = False,
) -> None:
    """Show what would be done, with estimates; change nothing."""
    view = JsonLines() if as_json else LiveTree()
    with view:
        proposal = call(lambda ark: ark.plan(request), Arkwright(workspace, progress=view.on_setup))
    sys.exit(print_proposal(proposal, as_json=as_json))


def resume(
    run: Annotated[str, typer.Argument(metavar="RUN", help="A run id, or the start of one; `last` is the newest.")],
    answer: Annotated[str, typer.Option(help="Your reply to what the planner asked.")] = "",
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Go on with a run that was stopped or waited."""
    view = JsonLines() if as_json else LiveTree(quiet=quiet)
    with view:
        ark = Arkwright(listeners=[view.on_event], asker=TerminalAsker(view), progress=view.on_setup)
        ended = call(lambda ark: to_the_end(ark, ark.resume(run, answer=answer)), ark, stopped=NOTHING_LOST)
    finish(ended, as_json=as_json, quiet=quiet)


@dataclass(frozen=True, slots=True)
class Ended:
    """How a run ended, and the questions of the gate it waits for."""

    result: Result
    approvals: tuple[Approval, ...]


async def to_the_end(ark: Arkwright, running: Awaitable[Result]) -> Ended:
    """Wait for the result, and ask what it waits for."""
    result = await running
    waiting = await ark.approvals() if result.status == "waiting" and result.run_id else ()
    return Ended(result, tuple(approval for approval in waiting if approval.run == result.run_id))


def finish(ended: Ended, *, as_json: bool, quiet: bool) -> None:
    """Print the result and leave with its exit code."""
    if as_json:
        print_json_result(ended.result)
    else:
        print_result(ended.result, quiet=quiet, next_steps=next_steps(ended))
    sys.exit(EXIT_CODES[ended.result.status])


def next_steps(ended: Ended) -> list[str]:
    """The commands that make sense now."""
    run = ended.result.run_id
    if not run:
        return []
    if ended.approvals:
        answers = [f"answer: arkwright approve {approval.id}   or: arkwright deny {approval.id}" for approval in ended.approvals]
        return [*answers, f"then:   arkwright resume {run}"]
    match ended.result.status:
        case "waiting":
            return [f'answer: arkwright resume {run} --answer "..."']
        case "refused":
            return []
        case "cancelled":
            return [f"go on: arkwright resume {run}   take it back: arkwright undo {run}"]
        case _ if ended.result.artifacts:
            return [f"take it back: arkwright undo {run}   look closer: arkwright show {run}"]
        case _:
            return [f"look closer: arkwright show {run}"]
