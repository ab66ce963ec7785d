"""The whole from Python: a request over real files, in a real box, to a proven result, and back."""

import hashlib
from pathlib import Path

import pytest

from arkwright import Arkwright
from arkwright.core.event import Event
from arkwright.core.plan import Plan
from arkwright.errors import NotFound, UserError
from arkwright.settings import Settings

TOTALS = "Total the revenue in examples/sales.csv by region, biggest first, and save it as totals.csv"


def files(workspace: Path) -> dict[str, str]:
    return {
        path.relative_to(workspace).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(workspace.rglob("*"))
        if path.is_file()
    }


async def test_a_request_ends_verified_with_its_artifact(workspace: Path, settings: Settings) -> None:
    async with Arkwright(workspace, settings=settings) as ark:
        result = await ark.run(TOTALS)
    assert result.status == "verified", result
    assert [artifact.path for artifact in result.artifacts] == ["totals.csv"]
    assert result.artifacts[0].sha256 == files(workspace)["totals.csv"]
    assert (workspace / "totals.csv").read_text().splitlines()[1] == "East,74341.38"


async def test_undo_and_redo_bring_each_state_back(workspace: Path, settings: Settings) -> None:
    before = files(workspace)
    async with Arkwright(workspace, settings=settings) as ark:
        await ark.run(TOTALS)
        after = files(workspace)
        assert (await ark.undo("last")).restored == ("totals.csv",)
        assert files(workspace) == before
        await ark.redo("last")
        assert files(workspace) == after


async def test_undo_never_overwrites_what_the_user_changed_since(workspace: Path, settings: Settings) -> None:
    async with Arkwright(workspace, settings=settings) as ark:
        await ark.run(TOTALS)
        (workspace / "totals.csv").write_text("mine\n")
        assert (await ark.undo("last")).conflicts == ("totals.csv",)
    assert (workspace / "totals.csv").read_text() == "mine\n"


async def test_a_dry_run_changes_nothing(workspace: Path, settings: Settings) -> None:
    before = files(workspace)
    async with Arkwright(workspace, settings=settings) as ark:
        proposal = await ark.plan(TOTALS)
        assert await ark.runs() == ()
    assert isinstance(proposal, Plan)
    assert {task.tool for task in proposal.tasks} >= {"tables.save"}
    assert files(workspace) == before


async def test_listeners_hear_one_terminal_event_a_task(workspace: Path, settings: Settings) -> None:
    heard: list[Event] = []
    async with Arkwright(workspace, settings=settings, listeners=[heard.append]) as ark:
        await ark.run(TOTALS)
    done = [event.task for event in heard if event.kind == "task.done"]
    assert done
    assert len(done) == len(set(done))
    assert heard[-1].kind == "run.ended"


async def test_the_audit_log_of_a_run_is_whole_and_an_edit_is_found(workspace: Path, settings: Settings) -> None:
    async with Arkwright(workspace, settings=settings) as ark:
        await ark.run(TOTALS)
        assert ark.verify_audit().ok
        log = settings.home / "audit.jsonl"
        log.write_text(log.read_text().replace("tables.save", "tables.shave", 1))
        assert not ark.verify_audit().ok


async def test_an_unknown_run_is_an_error_that_says_where_to_look(workspace: Path, settings: Settings) -> None:
    async with Arkwright(workspace, settings=settings) as ark:
        with pytest.raises(NotFound, match="arkwright runs"):
            await ark.show("nonsense")


def test_a_workspace_that_is_not_there_is_an_error(tmp_path: Path, settings: Settings) -> None:
    with pytest.raises(UserError, match="is not a folder"):
        Arkwright(tmp_path / "nowhere", settings=settings)
