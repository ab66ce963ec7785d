"""Undo and redo: everything back as it was, never over what somebody else did."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from arkwright.core.entry import Entry
from arkwright.core.task import Task
from arkwright.safety.gate import Gate
from arkwright.safety.undo import Undone, trace
from safety.house import RUN, House


def files(folder: Path) -> dict[str, str]:
    """Everything in a folder: text of files, `/` for folders."""
    return {path.relative_to(folder).as_posix(): "/" if path.is_dir() else path.read_text() for path in folder.rglob("*")}


def write(id: str, path: str, text: str) -> Task:
    return Task(id, "write", "files.write", {"path": path, "text": text})


async def serve(house: House, gate: Gate, *tasks: Task) -> None:
    await house.plan("do it", *tasks)
    for task in tasks:
        assert (await house.serve(gate, task)).outcome == "ok"


async def test_undo_takes_back_a_whole_run_and_redo_does_it_again(house: House) -> None:
    before = files(house.workspace)
    gate = house.gate()
    await serve(
        house,
        gate,
        write("t1", "new/deep/a.txt", "a"),
        write("t2", "sales.csv", "changed"),
        write("t3", "sales.csv", "again"),
        Task("t4", "move", "files.move", {"source": "sales.csv", "target": "moved.csv"}),
    )
    after = files(house.workspace)
    undone = await house.undo(gate).undo(RUN)
    assert files(house.workspace) == before
    assert undone == Undone(("moved.csv", "new/deep/a.txt", "sales.csv"))
    await house.undo(gate).redo(RUN)
    assert files(house.workspace) == after
    assert await house.undo(gate).redo(RUN) == Undone()


async def test_what_code_changed_is_taken_back_too(house: House) -> None:
    before = files(house.workspace)
    gate = house.gate()
    code = "(workspace / 'a.txt').write_text('a'); (workspace / 'sales.csv').unlink(); (workspace / 'd').mkdir()"
    await serve(house, gate, Task("t1", "run", "python.run", {"code": code}))
    assert files(house.workspace) == {"a.txt": "a", "d": "/"}
    await house.undo(gate).undo(RUN)
    assert files(house.workspace) == before


async def test_modes_come_back(house: House) -> None:
    (house.workspace / "sales.csv").chmod(0o640)
    gate = house.gate()
    await serve(house, gate, Task("t1", "run", "python.run", {"code": "(workspace / 'sales.csv').chmod(0o755)"}))
    await house.undo(gate).undo(RUN)
    assert (house.workspace / "sales.csv").stat().st_mode & 0o777 == 0o640


async def test_undo_of_tasks_leaves_the_others(house: House) -> None:
    gate = house.gate()
    await serve(house, gate, write("t1", "a.txt", "a"), write("t2", "b.txt", "b"), write("t3", "b.txt", "c"))
    assert (await house.undo(gate).undo(RUN, ["t2", "t3"])).restored == ("b.txt",)
    assert set(files(house.workspace)) == {"a.txt", "sales.csv"}
    await house.undo(gate).redo(RUN, ["t2", "t3"])
    assert files(house.workspace)["b.txt"] == "c"


@pytest.mark.parametrize("change", ["edit", "remove", "replace by a folder"])
async def test_what_the_user_changed_since_is_a_conflict_and_nothing_is_touched(house: House, change: str) -> None:
    gate = house.gate()
    await serve(house, gate, write("t1", "a.txt", "a"), write("t2", "sales.csv", "changed"))
    target = house.workspace / "sales.csv"
    if change == "edit":
        target.write_text("mine")
    else:
        target.unlink()
    if change == "replace by a folder":
        target.mkdir()
    now = files(house.workspace)
    assert await house.undo(gate).undo(RUN) == Undone(conflicts=("sales.csv",))
    assert files(house.workspace) == now


async def test_a_user_who_put_the_old_version_back_is_no_conflict(house: House) -> None:
    old = (house.workspace / "sales.csv").read_text()
    gate = house.gate()
    await serve(house, gate, write("t1", "a.txt", "a"), write("t2", "sales.csv", "changed"))
    (house.workspace / "sales.csv").write_text(old)
    assert await house.undo(gate).undo(RUN) == Undone(("a.txt",))


async def test_what_the_user_changed_between_two_tasks_is_a_conflict(house: House) -> None:
    gate = house.gate()
    first, second = write("t1", "sales.csv", "one"), write("t2", "sales.csv", "two")
    await house.plan("do it", first, second)
    await house.serve(gate, first)
    (house.workspace / "sales.csv").write_text("mine, in between")
    await house.serve(gate, second)
    assert (await house.undo(gate).undo(RUN)).conflicts == ("sales.csv",)
    assert (house.workspace / "sales.csv").read_text() == "two"


async def test_a_later_task_that_is_not_undone_protects_its_file(house: House) -> None:
    gate = house.gate()
    await serve(house, gate, write("t1", "a.txt", "one"), write("t2", "a.txt", "two"))
    assert (await house.undo(gate).undo(RUN, ["t1"])).conflicts == ("a.txt",)


async def test_files_the_user_put_into_a_new_folder_stay(house: House) -> None:
    gate = house.gate()
    await serve(house, gate, write("t1", "new/a.txt", "a"))
    (house.workspace / "new" / "mine.txt").write_text("mine")
    await house.undo(gate).undo(RUN)
    assert files(house.workspace)["new/mine.txt"] == "mine"
    assert "new/a.txt" not in files(house.workspace)


async def test_redo_does_not_overwrite_either(house: House) -> None:
    gate = house.gate()
    await serve(house, gate, write("t1", "a.txt", "a"))
    await house.undo(gate).undo(RUN)
    (house.workspace / "a.txt").write_text("mine")
    assert (await house.undo(gate).redo(RUN)).conflicts == ("a.txt",)
    assert (house.workspace / "a.txt").read_text() == "mine"


async def test_a_run_that_changed_nothing_has_nothing_to_undo(house: House) -> None:
    gate = house.gate()
    await serve(house, gate, Task("t1", "read", "files.read", {"path": "sales.csv"}))
    assert await house.undo(gate).undo(RUN) == Undone()


async def test_what_a_crash_left_half_done_is_taken_back(house: House) -> None:
    gate = house.gate()
    await house.plan("do it", write("t1", "a.txt", "a"))
    await gate.journal.open(RUN, "t1", "files.write", str(house.workspace), ["a.txt", "sales.csv"])
    (house.workspace / "a.txt").write_text("half")  # and then the machine stopped
    again = house.gate()
    assert (await house.undo(again).undo(RUN)).restored == ("a.txt",)
    assert set(files(house.workspace)) == {"sales.csv"}


async def test_a_task_that_is_repeated_after_a_crash_is_taken_back_to_before_the_first_try(house: House) -> None:
    gate = house.gate()
    task = write("t1", "sales.csv", "whole")
    await house.plan("do it", task)
    await gate.journal.open(RUN, "t1", "files.write", str(house.workspace), ["sales.csv"])
    (house.workspace / "sales.csv").write_text("half")
    again = house.gate()
    assert (await house.serve(again, task, epoch=2)).outcome == "ok"
    await house.undo(again).undo(RUN)
    assert files(house.workspace) == {"sales.csv": "region,amount\nnorth,1\n"}


async def test_a_restore_that_was_interrupted_can_be_finished(house: House) -> None:
    gate = house.gate()
    before = files(house.workspace)
    await serve(house, gate, write("t1", "a.txt", "a"), write("t2", "b.txt", "b"))
    (house.workspace / "a.txt").unlink()  # as a restore would, before it was killed
    assert (await house.undo(gate).undo(RUN)).restored == ("b.txt",)
    assert files(house.workspace) == before


async def test_undo_is_told_to_whoever_listens(house: House) -> None:
    gate = house.gate()
    await serve(house, gate, write("t1", "a.txt", "a"))
    await house.undo(gate).undo(RUN)
    assert (house.events[-1].kind, house.events[-1].data) == ("undo.done", {"paths": ["a.txt"]})


State = st.dictionaries(
    st.sampled_from("abc"), st.one_of(st.none(), st.builds(Entry, st.just("file"), st.just(0o644), st.sampled_from("xyz")))
)


@settings(max_examples=200, deadline=None)
@given(changes=st.lists(State, max_size=6))
def test_an_unbroken_chain_of_steps_leads_back_to_its_start(changes: list[dict[str, Entry | None]]) -> None:
    now: dict[str, Entry | None] = {}
    steps: list[tuple[Any, Any]] = []
    for change in changes:
        steps.append((dict(change), {path: now.get(path) for path in change}))
        now |= change
    way = trace(list(reversed(steps)))
    assert way.broken == set()
    assert way.expected == now
    assert all(entry is None for entry in way.target.values())
