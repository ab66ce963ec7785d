"""The box: programs, sessions, calls, terminals and files, with their limits."""

import asyncio
import json
import os
import stat
import time
from collections.abc import AsyncGenerator
from pathlib import Path

import pytest
import pytest_asyncio

from arkwright.errors import ToolError
from arkwright.sandbox.box import BwrapBox, open_box
from arkwright.sandbox.frames import HEAD, MOST_BODY, Malformed, parse, sizes
from arkwright.sandbox.limits import MIB, Limits


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    folder = tmp_path / "closed" / "workspace"
    folder.mkdir(parents=True)
    folder.parent.chmod(0o700)
    return folder


@pytest_asyncio.fixture
async def box(workspace: Path) -> AsyncGenerator[BwrapBox]:
    async with open_box(workspace, limits=Limits(output=MIB, memory=600 * MIB, workspace=64 * MIB)) as box:
        yield box


async def test_a_program_gets_its_input_and_its_output_and_code_come_back(box: BwrapBox) -> None:
    done = await box.exec(["sh", "-c", "cat; echo oops >&2; exit 3"], stdin=b"x" * 300_000)
    assert (done.code, done.stdout, done.stderr) == (3, b"x" * 300_000, b"oops\n")


async def test_what_a_program_writes_belongs_to_the_caller(box: BwrapBox, workspace: Path) -> None:
    await box.exec(["sh", "-c", "echo hi > new; mkdir folder"])
    about = (workspace / "new").stat()
    assert (about.st_uid, stat.S_IMODE(about.st_mode)) == (os.geteuid(), 0o644)
    assert (await box.exec(["id", "-u"])).stdout == b"1000\n"


async def test_a_program_that_is_not_there_is_an_error_that_names_it(box: BwrapBox) -> None:
    with pytest.raises(ToolError, match="'no-such-program'"):
        await box.exec(["no-such-program"])


async def test_a_flood_of_output_is_cut_and_said_to_be(box: BwrapBox) -> None:
    done = await box.exec(["sh", "-c", "head -c 50000000 /dev/zero"])
    assert (len(done.stdout), done.truncated) == (MIB, True)


async def test_nothing_outlives_its_deadline_whatever_it_ignores(box: BwrapBox) -> None:
    began = time.monotonic()
    done = await box.exec(["sh", "-c", "trap '' TERM; setsid sleep 100 & sleep 100"], timeout=0.5)
    assert done.timed_out
    assert time.monotonic() - began < 10
    assert b"sleep" not in (await box.exec(["sh", "-c", "cat /proc/[0-9]*/comm"])).stdout


async def test_a_session_keeps_its_variables_and_shows_its_last_value(box: BwrapBox) -> None:
    await box.cell("a", "x = 20")
    assert (await box.cell("a", "x + 1")).stdout == b"21\n"
    broken = await box.cell("a", "1 / 0")
    assert broken.code == 1
    assert b"ZeroDivisionError" in broken.stderr
    assert (await box.cell("b", "'x' in globals()")).stdout == b"False\n"


async def test_a_node_session_awaits(box: BwrapBox) -> None:
    await box.cell("a", "const x = 20", language="node")
    assert (await box.cell("a", "Promise.resolve(x + 1)", language="node")).stdout == b"21\n"


async def test_a_session_out_of_time_ends_and_the_next_cell_starts_fresh(box: BwrapBox) -> None:
    assert (await box.cell("a", "while True: pass", timeout=0.5)).timed_out
    assert (await box.cell("a", "1 + 1")).stdout == b"2\n"


async def test_a_call_returns_its_value_and_its_faults_are_tool_errors(box: BwrapBox) -> None:
    with pytest.raises(ToolError) as unknown:
        await box.call("files.no_such_function", {})
    assert unknown.value.code == "no_such_function"
    await box.put("/workspace/a.txt", b"hello")
    assert "hello" in json.dumps(await box.call("files.read", {"path": "a.txt"}))


async def test_calls_run_side_by_side(box: BwrapBox) -> None:
    await box.put("/workspace/a.txt", b"hello")
    values = await asyncio.gather(*(box.call("files.read", {"path": "a.txt"}) for _ in range(8)))
    assert all(value == values[0] for value in values)


async def test_memory_over_the_limit_ends_the_program_and_says_so(box: BwrapBox) -> None:
    take = "x = b'x' * (250 << 20); signal.pause()"
    code = f"import os, signal\nfor _ in range(4):\n if os.fork() == 0:\n  {take}\nos.wait()"
    done = await box.exec(["python3", "-c", code], timeout=30)
    assert b"out of memory" in done.stderr


async def test_a_terminal_is_one(box: BwrapBox) -> None:
    heard: list[bytes] = []
    async with box.pty(["sh"], heard.append) as terminal:
        terminal.write(b"tty; echo $((6*7)); exit 4\n")
        assert await terminal.wait() == 4
    assert b"/dev/pts/0" in b"".join(heard)
    assert b"42" in b"".join(heard)


async def test_files_go_in_and_out_but_no_link_leads_elsewhere(box: BwrapBox, workspace: Path) -> None:
    big = os.urandom(9 * MIB)
    await box.put("/workspace/big", big)
    assert await box.get("/workspace/big") == big
    (workspace / "link").symlink_to("/proc/self/environ")
    for path in ("/workspace/link", "/etc/passwd", "/workspace/../etc/passwd"):
        with pytest.raises(ToolError):
            await box.get(path)
    os.mkfifo(workspace / "pipe")
    assert ("big", False, len(big)) in await box.list("/workspace")


async def test_a_cancelled_call_is_killed_in_the_box(box: BwrapBox) -> None:
    began = asyncio.Event()
    task = asyncio.create_task(box.exec(["sh", "-c", "echo up; exec cat /dev/zero"], hear=lambda stream, data: began.set()))
    await asyncio.wait_for(began.wait(), 20)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    while (await box.stats())[0] > 1:  # the supervisor is told to kill it, and does so when it comes to it
        pass


def test_a_frame_larger_than_any_honest_one_is_malformed() -> None:
    with pytest.raises(Malformed):
        sizes(HEAD.pack(2, MOST_BODY + 1))


@pytest.mark.parametrize("head", [b"[]", b"{", b"1", b"[" * 100_000])
def test_a_head_that_is_no_object_is_malformed(head: bytes) -> None:
    with pytest.raises(Malformed):
        parse(head, b"")


async def test_a_run_that_fills_the_disk_is_stopped_and_told(box: BwrapBox, workspace: Path) -> None:
    fill = "i=0; while :; do head -c 4000000 /dev/zero > f$((i % 100)); i=$((i+1)); done"  # 400 MB at most
    done = await box.exec(["sh", "-c", fill], timeout=60)
    assert done.code == -9
    assert b"may not add more to the disk" in done.stderr
