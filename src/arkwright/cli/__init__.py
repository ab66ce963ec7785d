"""The `arkwright` command: each sub-command translates words to a call of app.Arkwright, and its answer to text."""

import sys

import typer

from arkwright.cli import approvals, doctor, history, run, tools
from arkwright.errors import ArkwrightError, SetupError, UserError

HELP = """State a goal, get a proven result.

  arkwright run "Total the revenue in sales.csv by region and chart it"

Work happens in an isolated box over the current folder; every change can be taken back with `arkwright undo`.
"""

app = typer.Typer(help=HELP, no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None)
for group in (run, history, approvals, tools, doctor):
    group.register(app)


def main() -> None:
    """Run the command; an error of ours becomes one line on stderr and its exit code."""
    try:
        app()
    except ArkwrightError as error:
        print(f"arkwright: {error}", file=sys.stderr)
        sys.exit(exit_code(error))


def exit_code(error: ArkwrightError) -> int:
    """2 for what the user wrote, 3 for what this machine cannot do safely, 1 for the rest."""
    match error:
        case UserError():
            return 2
        case SetupError():
            return 3
        case _:
            return 1
