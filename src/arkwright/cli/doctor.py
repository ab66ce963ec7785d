"""doctor: every part of this machine that Arkwright uses, tried out, with what mends what is missing."""

import sys
from typing import Annotated

import typer
from rich.console import Console

from arkwright.app import Arkwright
from arkwright.cli.session import call


def register(app: typer.Typer) -> None:
    """Add the command of this file."""
    app.command()(doctor)


def doctor(
    prepare: Annotated[bool, typer.Option("--prepare", help="Build the toolbox when it is not there yet.")] = False,
) -> None:
    """Try every part by using it, and say how to mend what is missing."""
    console = Console(highlight=False)
    if prepare:
        told = Arkwright(progress=lambda fraction, note: console.print(f"toolbox: {note}", style="dim", markup=False))
        call(lambda ark: ark.prepare(), told)
    worst = 0
    for capability in call(lambda ark: ark.doctor()):
        sign = "[green]✓[/]" if capability.ok else "[red]✗[/]"
        console.print(f"{sign} {capability.name:<22}", end=" ")
        console.print(capability.detail, markup=False, soft_wrap=True)
        if not capability.ok:
            console.print(f"  mend it: {capability.remedy}", markup=False, soft_wrap=True)
            worst = max(worst, 1 if capability.needed else 0)
    sys.exit(worst)
