"""The `arkwright` command: each sub-command translates words to a call of app.Arkwright, and its answer to text."""

import sys
from importlib.metadata import version
from typing import Annotated

import typer

from arkwright.cli import approvals, doctor, history, run, tools
from arkwright.cli.trouble import exit_code, told

HELP = """State a goal, get a proven result.

  arkwright run "Total the revenue in sales.csv by region and chart it"

Work happens in an isolated box over the current folder; every change can be taken back with `arkwright undo`.
"""
EPILOG = """\b
Exit codes: 0 verified, 1 failed, 2 usage, 3 refused, 4 waiting for you, 5 unverified, 6 cancelled.
State is kept in ~/.local/share/arkwright; ARKWRIGHT_HOME moves it.
"""

app = typer.Typer(
    help=HELP, epilog=EPILOG, no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)  # fmt: skip
for group in (run, history, approvals, tools, doctor):
    group.register(app)


def print_version(wanted: bool) -> None:
    """Print the version and leave."""
    if wanted:
        print(f"arkwright {version('arkwright')}")
        raise typer.Exit


@app.callback()
def options(
    version: Annotated[bool, typer.Option("--version", callback=print_version, is_eager=True, help="Print the version.")] = False,
) -> None:
    """Options of the command itself; the help above stands for it."""


def main() -> None:
    """Run the command; an error becomes one line on stderr and its exit code."""
    try:
        app()
    except Exception as error:
        print(f"arkwright: {told(error)}", file=sys.stderr)
        sys.exit(exit_code(error))
