"""Egress: what a box may reach, and every trick to reach more."""

import asyncio
import socket
from collections.abc import AsyncGenerator
from dataclasses import dataclass

import pytest
import pytest_asyncio

from arkwright.sandbox.egress import Connection, Egress, Rejected, addresses, authority, is_global, read_ask


@dataclass
class World:
    """A proxy, an origin that echoes the request head, and what the proxy logged."""

    proxy: int
    origin: int
    egress: Egress
    log: list[Connection]

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
    yield World(listener.getsockname()[1], origin.sockets[0].getsockname()[1], egress, log)
    proxy.close()
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
