"""LiveTree: what is seen of a run while it happens."""

from rich.console import Console

from arkwright.cli.live import LiveTree
from arkwright.core.event import Event
from arkwright.core.json import Json


def seen(view: LiveTree) -> str:
    console = Console(width=100, height=30, force_terminal=False)
    with console.capture() as capture:
        console.print(view)
    return capture.get()


def progress(task: str, fraction: float, note: str) -> Event:
    return Event("r1", 0, 0.0, "task.progress", task, {"fraction": fraction, "note": note})


def planned() -> LiveTree:
    view, tasks = LiveTree(quiet=True), list[Json]([{"id": "t1", "goal": "total the revenue", "needs": []}])
    view.on_event(Event("r1", 0, 1.0, "run.planned", "", {"tasks": tasks}))
    view.on_event(Event("r1", 0, 1.0, "task.started", "t1"))
    return view


def test_a_task_shows_how_far_it_is() -> None:
    view = planned()
    view.on_event(progress("t1", 0.5, "reading sales.csv"))
    assert "━" in seen(view)


def test_a_proof_shows_how_far_it_is_and_is_no_task() -> None:
    view = planned()
    view.on_event(Event("r1", 0, 2.0, "task.done", "t1"))
    view.on_event(progress("verify-3", 0.4, "reading sales.csv"))
    assert "proving the result: reading sales.csv 40%" in seen(view)
    assert "verify-3" not in seen(view)
    view.on_event(Event("r1", 0, 3.0, "run.ended", "", {}))
    assert "reading" not in seen(view)
