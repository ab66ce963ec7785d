"""tools and audit: what an agent can do, and the proof of what was decided."""

import json
import sys
from typing import Annotated

import typer

from arkwright.app import Arkwright


def register(app: typer.Typer) -> None:
    """Add the commands of this file."""
    app.command()(tools)
    audit = typer.Typer(help="The hash-chained log of every decision.", no_args_is_help=True)
    audit.callback()(lambda: None)
    audit.command("verify")(verify)
    app.add_typer(audit, name="audit")


def tools(
    name: Annotated[str, typer.Argument(help="One tool: its arguments as JSON Schema.")] = "",
    as_json: Annotated[bool, typer.Option("--json")] = False,
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
    for spec in catalogue.values():
        marks = "runs" if spec.hints.runs_code else "reads" if spec.hints.read_only else "writes"
        print(f"{spec.name:<20} {marks:<8} {spec.summary}")


def verify() -> None:
    """Check that no entry of the audit log was edited, removed or moved."""
    report = Arkwright().verify_audit()
    print(report.text)
    sys.exit(0 if report.ok else 1)
