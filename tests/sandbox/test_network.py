"""The network of a box: none in the work box, what was granted in the web box, and boxes do not meet."""

import asyncio
from collections.abc import AsyncGenerator
from pathlib import Path

import pytest_asyncio

from arkwright.sandbox.box import open_box
from arkwright.sandbox.egress import Connection, Egress

FETCH = "import sys, urllib.request; print(urllib.request.urlopen(sys.argv[1], timeout=10).read())"
DIRECT = "import socket, sys; socket.create_connection(('127.0.0.1', int(sys.argv[1])), 2)"


@pytest_asyncio.fixture
async def origin() -> AsyncGenerator[int]:
    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nConnection: close\r\n\r\nhello")
        writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    yield server.sockets[0].getsockname()[1]
    server.close()


async def test_the_web_box_reaches_what_was_granted_and_nothing_else(tmp_path: Path, origin: int) -> None:
    log: list[Connection] = []
    egress = Egress(log.append)
    async with open_box(tmp_path, "web", egress=egress, run="r") as box:
        address = f"http://127.0.0.1:{origin}/"
        assert (await box.exec(["python3", "-c", FETCH, address])).code == 1
        egress.allow("r", "127.0.0.1", origin)
        assert (await box.exec(["python3", "-c", FETCH, address])).stdout == b"b'hello'\n"
        assert (await box.exec(["python3", "-c", FETCH, address], env={"http_proxy": ""})).code == 1
        assert (await box.exec(["python3", "-c", DIRECT, str(origin)])).code == 1
        assert (await box.exec(["ls", "/workspace"])).code != 0
    assert [entry.verdict for entry in log] == ["refused", "allowed"]


async def test_the_work_box_reaches_nothing(tmp_path: Path, origin: int) -> None:
    egress = Egress()
    egress.allow("r", "127.0.0.1", origin)
    async with open_box(tmp_path, egress=egress, run="r") as box:
        assert (await box.exec(["python3", "-c", FETCH, f"http://127.0.0.1:{origin}/"])).code == 1
        assert (await box.exec(["python3", "-c", DIRECT, "3128"])).code == 1


async def test_two_boxes_do_not_see_each_other(tmp_path: Path) -> None:
    async with open_box(tmp_path, run="a") as one, open_box(tmp_path / ".", run="b") as two:
        bind = "import socket; s = socket.socket(socket.AF_UNIX); s.bind('\\0meet'); s.listen()"
        listener = f"{bind}; print('up', flush=True); s.accept()"
        heard = asyncio.Event()
        task = asyncio.create_task(one.exec(["python3", "-c", listener], hear=lambda stream, data: heard.set()))
        await asyncio.wait_for(heard.wait(), 20)
        await one.put("/tmp/note", b"x")
        found = await two.exec(["sh", "-c", "ls /tmp /dev/shm; cat /proc/[0-9]*/cmdline"])
        assert b"note" not in found.stdout
        assert b"meet" not in found.stdout
        met = await two.exec(["python3", "-c", "import socket; socket.socket(socket.AF_UNIX).connect('\\0meet')"])
        assert b"ConnectionRefusedError" in met.stderr
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
