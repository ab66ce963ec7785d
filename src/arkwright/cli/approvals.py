"""approvals, approve, deny, grants: the questions that wait, and the standing answers."""

import json
import sys
from typing import Annotated, Protocol

import typer
from rich.console import Console

from arkwright.app import Arkwright
from arkwright.cli.clean import clean
from arkwright.cli.session import call
from arkwright.core.decision import Approval
from arkwright.core.json import Json

Id = Annotated[str, typer.Argument(metavar="ID", help="The approval, as `arkwright approvals` lists it.")]


class View(Protocol):
    """What draws while a run goes on."""

    def pause(self) -> None:
        """Stand still."""
        ...

    def proceed(self) -> None:
        """Go on."""
        ...


class TerminalAsker:
    """Asks on the terminal; answers None where there is none, so that the question waits."""

    def __init__(self, view: View) -> None:
        self._view = view

    def ask(self, approval: Approval) -> bool | None:
        """True, False, or None when nobody is there to answer."""
        if not (sys.stdin.isatty() and sys.stderr.isatty()):
            return None
        self._view.pause()
        try:
            console = Console(stderr=True, highlight=False)
            console.print(clean(f"\n{approval.question.removesuffix('; allow it?')}"), style="bold", markup=False)
            for line in shown(approval):
                console.print(line, style="dim", markup=False, soft_wrap=True)
            return typer.confirm("allow it?", default=False, err=True)
        finally:
            self._view.proceed()


def shown(approval: Approval) -> list[str]:
    """What would happen, a line each; arguments that say nothing new are left away."""
    lines: list[str] = []
    told = [value for name, value in approval.shows.items() if name != "arguments"]
    for name, value in approval.shows.items():
        if name == "arguments" and isinstance(value, dict) and all(part in told for part in value.values()):
            continue
        lines.append(clean(f"  {name}: {_words(value)}"))
    return lines


def _words(value: Json) -> str:
    if isinstance(value, list) and all(isinstance(part, str) for part in value):
        return ", ".join(str(part) for part in value)
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def register(app: typer.Typer) -> None:
    """Add the commands of this file."""
    app.command()(approvals)
    app.command()(approve)
    app.command()(deny)
    group = typer.Typer(help="Standing permissions.", invoke_without_command=True)
    group.callback()(grants)
    group.command("revoke")(revoke)
    app.add_typer(group, name="grants")


def approvals() -> None:
    """List the questions that wait for an answer."""
    waiting = call(lambda ark: ark.approvals())
    if not waiting:
        print("nothing waits for you")
    for approval in waiting:
        print(f"{approval.id}  {f'run {approval.run}  ' if approval.run else ''}{approval.question}")
        print("\n".join(shown(approval)))
    if waiting:
        print("answer with: arkwright approve ID   or: arkwright deny ID")


def approve(id: Id) -> None:
    """Say yes to a question, once; then `arkwright resume RUN`."""
    answered = call(lambda ark: ark.answer(id, yes=True))
    print(f"approved; go on with: arkwright resume {answered.run}" if answered.run else "approved; now run it again")


def deny(id: Id) -> None:
    """Say no to a question."""
    answered = call(lambda ark: ark.answer(id, yes=False))
    print(f"denied; the run ends with: arkwright resume {answered.run}" if answered.run else "denied")


def grants(context: typer.Context) -> None:
    """List the standing permissions."""
    if context.invoked_subcommand:
        return
    standing = Arkwright().grants()
    if not standing:
        print("no standing permissions: what a request asks for is allowed for that run only")
    for grant in standing:
        print(f"{grant.id}  {grant.tool}  {grant.scope}  {f'run {grant.run}' if grant.run else ''}")


def revoke(id: Annotated[str, typer.Argument(metavar="ID")]) -> None:
    """Take a standing permission back."""
    Arkwright().revoke(id)
    print(f"revoked {id}")
