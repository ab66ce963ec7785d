"""The workshop: boxes and what tasks handed each other live as long as their run; files are named without following links."""

import asyncio
import os
import socket
from pathlib import Path

import pytest

from arkwright.core.event import Event
from arkwright.core.request import Request
from arkwright.core.tool import ToolCall
from arkwright.errors import ToolError
from arkwright.sandbox.box import HOME
from arkwright.sandbox.limits import Limits
from arkwright.sandbox.toolbox import Toolbox
from arkwright.sandbox.workshop import CallHands, Workshop, forget_old


@pytest.fixture
def told() -> list[Event]:
    return []


@pytest.fixture
def workshop(tmp_path: Path, told: list[Event]) -> Workshop:
    (tmp_path / "workspace").mkdir()
    return Workshop(tmp_path / "home", Toolbox(HOME), Limits(), told.append)


def hands(workshop: Workshop, tmp_path: Path) -> CallHands:
    workspace = str(tmp_path / "workspace")
    return workshop.hands(ToolCall("run", "task", 0, "files.read", {}, ""), Request("", workspace))


def started(tmp_path: Path) -> Event:
    return Event("run", 1, 0.0, "run.started", "", {"workspace": str(tmp_path / "workspace")})


@pytest.mark.parametrize(("kind", "status", "kept"), [
    ("run.ended", "verified", False), ("run.ended", "failed", False), ("run.ended", "waiting", True),
    ("run.cancelled", "", False),
])  # fmt: skip
async def test_what_tasks_handed_each_other_is_kept_only_for_a_run_that_may_go_on(
    workshop: Workshop, tmp_path: Path, kind: str, status: str, kept: bool
) -> None:
    workshop.hear(started(tmp_path))
    box = await hands(workshop, tmp_path).box("work")
    await box.exec(["sh", "-c", "echo 1 > /tmp/scratch/kept"])
    workshop.hear(Event("run", 2, 0.0, kind, "", {"status": status}))
    await workshop.close()
    assert (tmp_path / "home" / "runs" / "run" / "scratch" / "kept").exists() is kept


async def test_an_interrupted_run_keeps_its_scratch_and_a_dry_run_does_not(workshop: Workshop, tmp_path: Path) -> None:
    workshop.hear(started(tmp_path))
    await hands(workshop, tmp_path).box("work")
    dry = workshop.hands(ToolCall("dry", "look", 0, "files.read", {}, ""), Request("", str(tmp_path / "workspace")))
    await dry.box("work")
    await workshop.close()
    assert [path.name for path in (tmp_path / "home" / "runs").iterdir()] == ["run"]


def test_what_was_interrupted_long_ago_goes(tmp_path: Path) -> None:
    for name in ("old", "new"):
        (tmp_path / name / "scratch").mkdir(parents=True)
    os.utime(tmp_path / "old", (1, 1))
    forget_old(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["new"]


async def test_an_artifact_is_a_plain_file_reached_without_a_link(workshop: Workshop, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("secret")
    workspace = tmp_path / "workspace"
    (workspace / "folder").mkdir()
    (workspace / "folder" / "a.csv").write_text("a\n")
    (workspace / "link").symlink_to(tmp_path / "secret")
    (workspace / "away").symlink_to(tmp_path)
    os.mkfifo(workspace / "pipe")
    found = await hands(workshop, tmp_path).artifact("folder/a.csv")
    assert (found.path, found.media_type, found.size) == ("folder/a.csv", "text/csv", 2)
    for path in ("link", "away/secret", "pipe", "folder", "../secret", str(tmp_path / "secret"), "missing", ""):
        with pytest.raises(ToolError):
            await hands(workshop, tmp_path).artifact(path)


async def test_each_connection_is_an_event_of_its_run(workshop: Workshop, told: list[Event]) -> None:
    listener = socket.create_server(("127.0.0.1", 0))
    proxy = await workshop.egress.serve("run", listener)
    reader, writer = await asyncio.open_connection(*listener.getsockname())
    writer.write(b"CONNECT example.com:443 HTTP/1.1\r\n\r\n")
    assert b"403" in await reader.read()
    writer.close()
    proxy.close()
    assert (told[-1].kind, told[-1].run, told[-1].data["host"]) == ("egress.connection", "run", "example.com")


async def test_a_box_outlives_the_task_that_asked_for_it(workshop: Workshop, tmp_path: Path) -> None:
    box = await asyncio.create_task(hands(workshop, tmp_path).box("work"))
    assert (await box.exec(["echo", "here"])).stdout == b"here\n"
    await workshop.close()
