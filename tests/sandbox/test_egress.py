"""Egress: what a box may reach, and every trick to reach more."""

import asyncio
import socket
from collections.abc import AsyncGenerator
from dataclasses import dataclass

import pytest
import pytest_asyncio

from arkwright.sandbox.egress import Connection, Egress, Proxy, Rejected, addresses, authority, is_global, read_ask


@dataclass
class World:
    """A proxy, an origin that echoes the request head, and what the proxy logged."""

    proxy: int
    origin: int
    egress: Egress
    log: list[Connection]
    door: Proxy

    async def say(self, request: str) -> bytes:
        reader, writer = await asyncio.open_connection("127.0.0.1", self.proxy)
        writer.write(request.encode("latin-1"))
        answer = await asyncio.wait_for(reader.read(), 10)
        writer.close()
        return answer


@pytest_asyncio.fixture
async def world() -> AsyncGenerator[World]:
    async def echo(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 200 OK\r\n\r\n" + head)
        writer.close()

    log: list[Connection] = []
    origin = await asyncio.start_server(echo, "127.0.0.1", 0)
    egress, listener = Egress(log.append), socket.create_server(("127.0.0.1", 0))
    listener.setblocking(False)
    proxy = await egress.serve("run", listener)
    yield World(listener.getsockname()[1], origin.sockets[0].getsockname()[1], egress, log, proxy)
    await proxy.close()
    origin.close()


async def test_what_was_granted_is_reached_and_hop_headers_stay_behind(world: World) -> None:
    world.egress.allow("run", "127.0.0.1", world.origin)
    address = f"127.0.0.1:{world.origin}"
    answer = await world.say(f"GET http://{address}/x?y=1 HTTP/1.1\r\nHost: {address}\r\nProxy-Authorization: secret\r\n\r\n")
    assert b"GET /x?y=1 HTTP/1.1" in answer
    assert b"secret" not in answer
    assert world.log[-1].verdict == "allowed"


async def test_a_tunnel_goes_to_what_was_granted(world: World) -> None:
    world.egress.allow("run", "127.0.0.1", world.origin)
    answer = await world.say(f"CONNECT 127.0.0.1:{world.origin} HTTP/1.1\r\n\r\nGET / HTTP/1.1\r\n\r\n")
    assert b"200 Connection established" in answer
    assert b"GET / HTTP/1.1" in answer


@pytest.mark.parametrize(
    "host", ["localhost", "2130706433", "0x7f000001", "0177.0.0.1", "127.1", "[::1]", "[::ffff:127.0.0.1]", "0.0.0.0"]
)
async def test_another_spelling_of_a_granted_address_is_refused(world: World, host: str) -> None:
    world.egress.allow("run", "127.0.0.1", world.origin)
    answer = await world.say(f"CONNECT {host}:{world.origin} HTTP/1.1\r\n\r\n")
    assert answer.startswith(b"HTTP/1.1 403")


@pytest.mark.parametrize("port", [22, 25, 445, 3389])
async def test_some_ports_are_never_opened(world: World, port: int) -> None:
    world.egress.allow("run", "127.0.0.1", port)
    assert b"403" in await world.say(f"CONNECT 127.0.0.1:{port} HTTP/1.1\r\n\r\n")


async def test_a_grant_of_one_run_is_none_of_another(world: World) -> None:
    world.egress.allow("other", "127.0.0.1", world.origin)
    assert b"403" in await world.say(f"CONNECT 127.0.0.1:{world.origin} HTTP/1.1\r\n\r\n")


@pytest.mark.parametrize(
    "head",
    [
        "GET http://a.example/ HTTP/1.1\r\nHost: b.example\r\n\r\n",
        "GET http://a.example/ HTTP/1.1\r\nHost: a.example\r\nHost: a.example\r\n\r\n",
        "POST http://a.example/ HTTP/1.1\r\nHost: a.example\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n",
        "POST http://a.example/ HTTP/1.1\r\nHost: a.example\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
        "GET http://a.example/ HTTP/1.1\r\nHost: a.example\nX: y\r\n\r\n",
        "GET http://user@a.example/ HTTP/1.1\r\nHost: a.example\r\n\r\n",
        "GET /etc/passwd HTTP/1.1\r\nHost: a.example\r\n\r\n",
        "GET ftp://a.example/ HTTP/1.1\r\nHost: a.example\r\n\r\n",
        "GET http://a.example/ HTTP/1.1\r\nHost : a.example\r\n\r\n",
        "CONNECT a.example HTTP/1.1\r\n\r\n",
    ],
)
def test_what_two_parsers_could_read_differently_is_refused(head: str) -> None:
    with pytest.raises(Rejected):
        read_ask(head.encode())


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.0.0.1",
        "169.254.169.254",
        "::1",
        "fe80::1",
        "fd00::1",
        "::ffff:10.0.0.1",
        "64:ff9b::7f00:1",
        "2002:7f00:1::",
        "0.0.0.0",
    ],
)
def test_addresses_inside_are_not_global(address: str) -> None:
    assert not is_global(address)


def test_public_addresses_are_global() -> None:
    assert is_global("1.1.1.1")
    assert is_global("2606:4700:4700::1111")


def test_a_host_has_one_spelling() -> None:
    assert authority("EXAMPLE.com.:80", 0) == ("example.com", 80)
    assert authority("[2001:DB8:0:0::1]:443", 0) == ("2001:db8::1", 443)


async def test_the_name_of_this_machine_is_only_loopback() -> None:
    assert set(await addresses("localhost", 80)) <= {"127.0.0.1", "::1"}


async def test_what_is_still_open_at_the_end_has_ended_and_been_told_of(world: World) -> None:
    """A slow server must not outlive the box that asked it, nor be told of when the log is closed."""
    reached = asyncio.Event()

    async def silent(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        reached.set()
        await reader.read()
        writer.close()

    slow = await asyncio.start_server(silent, "127.0.0.1", 0)
    port = slow.sockets[0].getsockname()[1]
    world.egress.allow("run", "127.0.0.1", port)
    asking = asyncio.create_task(world.say(f"GET http://127.0.0.1:{port}/ HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n"))
    await asyncio.wait_for(reached.wait(), 10)
    await world.door.close()
    assert [(entry.port, entry.verdict, entry.received) for entry in world.log] == [(port, "allowed", 0)]
    assert await asking == b""
    slow.close()


@pytest.mark.parametrize("inside", ["127.0.0.1", "10.1.2.3", "169.254.169.254", "::1", "fe80::1%eth0", "::ffff:127.0.0.1"])
@pytest.mark.parametrize("first", [[], ["1.1.1.1"]])
async def test_a_granted_name_that_leads_inside_is_refused(first: list[str], inside: str) -> None:
    """DNS rebinding: also when the address inside is only one of several."""

    async def rebinding(host: str, port: int) -> list[str]:
        return [*first, inside]

    with pytest.raises(Rejected, match="is not on the public internet"):
        await addresses("rebind.example", 80, rebinding)


async def test_a_name_is_looked_up_once_a_connection_and_each_time_judged(world: World) -> None:
    """What was judged is what is reached: a resolver that says something else the second time is not asked twice for one."""
    asked: list[str] = []

    async def turning(host: str, port: int) -> list[str]:
        asked.append(host)
        return ["127.0.0.1"] if len(asked) == 1 else ["10.1.2.3"]

    log: list[Connection] = []
    egress, listener = Egress(log.append, resolve=turning), socket.create_server(("127.0.0.1", 0))
    listener.setblocking(False)
    door = await egress.serve("run", listener)
    egress.allow("run", "turning.localhost", world.origin)
    there = World(listener.getsockname()[1], world.origin, egress, log, door)
    for _ in range(2):
        await there.say(f"CONNECT turning.localhost:{world.origin} HTTP/1.1\r\n\r\nGET / HTTP/1.1\r\n\r\n")
    await door.close()
    assert [entry.verdict for entry in log] == ["allowed", "refused"]
    assert asked == ["turning.localhost"] * 2
