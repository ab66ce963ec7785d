"""tools and audit: what an agent can do, and the proof of what was decided."""

import json
import sys
from typing import Annotated

import typer
from rich.table import Table as Grid

from arkwright.app import Arkwright
from arkwright.cli.output import terminal


def register(app: typer.Typer) -> None:
    """Add the commands of this file."""
    app.command()(tools)
    audit = typer.Typer(help="The hash-chained log of every decision.", no_args_is_help=True)
    audit.callback()(lambda: None)
    audit.command("verify")(verify)
    app.add_typer(audit, name="audit")


def tools(
    name: Annotated[str, typer.Argument(help="One tool: its arguments as JSON Schema.")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="All of them with their schemas.")] = False,
) -> None:
    """List the tools, or show the arguments of one."""
    catalogue = {spec.name: spec for spec in Arkwright().catalogue()}
    if name:
        if name not in catalogue:
            raise typer.BadParameter(f"no tool {name!r}; `arkwright tools` lists them")
        print(json.dumps(catalogue[name].schema, indent=2))
        return
    if as_json:
        print(json.dumps([{"name": spec.name, "summary": spec.summary, "schema": spec.schema} for spec in catalogue.values()]))
        return
    grid = Grid.grid(padding=(0, 2, 0, 0))
    for spec in catalogue.values():
        marks = "runs" if spec.hints.runs_code else "reads" if spec.hints.read_only else "writes"
        grid.add_row(spec.name, marks, spec.summary.rstrip("."))
    terminal().print(grid)


def verify() -> None:
    """Check that no entry of the audit log was edited, removed or moved."""
    report = Arkwright().verify_audit()
    print(report.text)
    sys.exit(0 if report.ok else 1)
