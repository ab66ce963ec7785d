"""doctor: every part of this machine that Arkwright uses, tried out, with what mends what is missing."""

import sys
from contextlib import nullcontext
from typing import Annotated

import typer
from rich.console import Console

from arkwright.app import Arkwright
from arkwright.cli.live import LiveTree
from arkwright.cli.session import call
from arkwright.core.result import EXIT_CODES

NEEDED = {"bubblewrap", "toolbox", "isolation", "seccomp", "no network"}  # without these no tool runs


def register(app: typer.Typer) -> None:
    """Add the command of this file."""
    app.command()(doctor)


def doctor(
    build: Annotated[bool, typer.Option("--build", help="Build the toolbox when it is not there yet.")] = False,
) -> None:
    """Try every part and say how to mend what is missing."""
    if build:
        view = LiveTree()
        with view:
            call(lambda ark: ark.prepare(), Arkwright(progress=view.on_setup), stopped="`arkwright doctor --build` goes on")
    console = Console(highlight=False)
    with console.status("trying every part") if console.is_terminal else nullcontext():
        found = call(lambda ark: ark.doctor())
    for capability in found:
        sign = "[green]✓[/]" if capability.ok else "[red]✗[/]"
        console.print(f"{sign} {capability.name:<12}", end=" ")
        console.print(capability.detail, markup=False, soft_wrap=True)
        if not capability.ok and capability.remedy:
            console.print(f"  mend it: {capability.remedy}", markup=False, soft_wrap=True)
    missing = {capability.name for capability in found if not capability.ok}
    print("all works" if not missing else f"missing: {', '.join(sorted(missing))}")
    if missing & NEEDED:
        print("without these nothing runs")
    sys.exit(EXIT_CODES["refused"] if missing & NEEDED else 0)
