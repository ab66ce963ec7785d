"""Egress: the one way out of a box, a proxy on the host for plain HTTP and CONNECT that judges connection by connection."""

import asyncio
import contextlib
import ipaddress
import re
import socket
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Literal

Verdict = Literal["allowed", "refused", "failed"]
Resolve = Callable[[str, int], Awaitable[Sequence[str]]]
NEVER = frozenset({22, 25, 445, 3389})
HEAD_LIMIT = 64 << 10
CHUNK = 64 << 10
MOST_OPEN = 200
IDLE = 120.0
TOKEN = re.compile(rb"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
NAME = re.compile(r"(?=.{1,253}$)[a-z0-9_]([a-z0-9_-]{0,62})(\.[a-z0-9_]([a-z0-9_-]{0,62}))*")
HOP_HEADERS = frozenset({b"connection", b"proxy-connection", b"keep-alive", b"proxy-authorization", b"upgrade", b"te"})


@dataclass(frozen=True, slots=True)
class Connection:
    """What one connection asked for and what became of it. `sent` and `received` are bytes as the box sees them."""

    run: str
    host: str
    port: int
    verdict: Verdict
    reason: str
    sent: int = 0
    received: int = 0


class Rejected(Exception):
    """The proxy does not do this; `status` is the HTTP status the box gets."""

    def __init__(self, status: int, reason: str, verdict: Verdict = "refused") -> None:
        super().__init__(reason)
        self.status = status
        self.reason = reason
        self.verdict: Verdict = verdict


class EgressPolicy:
    """What one run may reach: exact host and port pairs, each added by the gate."""

    def __init__(self) -> None:
        self._pairs: set[tuple[str, int]] = set()

    def allow(self, host: str, port: int) -> None:
        """Let this host and port be reached. A loopback or private address is reached only when granted as an address."""
        self._pairs.add((plain(host), port))

    def check(self, host: str, port: int) -> None:
        """Return when this pair was granted.

        Raises:
            Rejected: it was not, or the port is one that is never opened.
        """
        if port in NEVER:
            raise Rejected(403, f"port {port} is never opened from a box")
        if (host, port) not in self._pairs:
            raise Rejected(403, f"{host}:{port} was not granted to this run")


class Egress:
    """One proxy for all boxes. A listener belongs to one box, so the box needs no token to say which run it is."""

    def __init__(
        self, log: Callable[[Connection], None] = lambda connection: None, *, bytes_each_way: int = 2 << 30,
        resolve: Resolve | None = None,
    ) -> None:  # fmt: skip
        self._log = log
        self._resolve = resolve or look_up
        self._most = bytes_each_way
        self._policies: dict[str, EgressPolicy] = {}

    def policy(self, run: str) -> EgressPolicy:
        """The policy of a run; a new one grants nothing."""
        return self._policies.setdefault(run, EgressPolicy())

    def allow(self, run: str, host: str, port: int) -> None:
        """Let the boxes of a run reach this host and port, until the run ends."""
        self.policy(run).allow(host, port)

    def forget(self, run: str) -> None:
        """The run ended: nothing is granted any more."""
        self._policies.pop(run, None)

    async def serve(self, run: str, listener: socket.socket) -> "Proxy":
        """Answer what arrives on a listening socket that a box handed out."""
        policy, answering = self.policy(run), set[asyncio.Task[None]]()

        async def accept(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            task = asyncio.current_task()
            if len(answering) >= MOST_OPEN or task is None:  # a box may not use up the descriptors of the host
                close(writer)
                return
            answering.add(task)
            try:
                await self._answer(run, policy, reader, writer)
            finally:
                answering.discard(task)
                close(writer)

        return Proxy(await asyncio.start_server(accept, sock=listener, limit=HEAD_LIMIT), answering)

    async def _answer(self, run: str, policy: EgressPolicy, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        ask: Ask | None = None
        try:
            ask = read_ask(await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), IDLE))
            policy.check(ask.host, ask.port)
            far_reader, far_writer = await connect(await addresses(ask.host, ask.port, self._resolve), ask)
        except Rejected as no:
            self._log(Connection(run, ask.host if ask else "", ask.port if ask else 0, no.verdict, no.reason))
            await refuse(writer, no)
            return
        except (TimeoutError, OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
            await refuse(writer, Rejected(400, "no request that a proxy understands"))
            return
        there, back = Tally(len(ask.forward)), Tally()
        try:
            if ask.forward:
                far_writer.write(ask.forward)
            else:
                writer.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
            up = asyncio.create_task(copy(reader, far_writer, self._most, there, half_close=True))
            try:  # when the far side has said all it will, what the box still sends has no reader
                await copy(far_reader, writer, self._most, back, half_close=False)
            finally:
                up.cancel()
                await asyncio.gather(up, return_exceptions=True)
        finally:
            self._log(Connection(run, ask.host, ask.port, "allowed", "granted", there.bytes, back.bytes))
            close(far_writer)
            close(writer)


@dataclass(slots=True)
class Tally:
    """How many bytes went one way."""

    bytes: int = 0


class Proxy:
    """What answers at the door of one box."""

    def __init__(self, server: asyncio.Server, answering: set[asyncio.Task[None]]) -> None:
        self._server, self._answering = server, answering

    async def close(self) -> None:
        """Answer nobody any more; when this returns, every connection has ended and the log was told of it."""
        self._server.close()
        for task in self._answering:
            task.cancel()
        await asyncio.gather(*self._answering, return_exceptions=True)


@dataclass(frozen=True, slots=True)
class Ask:
    """A parsed request head. `forward` is what goes to the origin; empty for CONNECT."""

    host: str
    port: int
    forward: bytes


def read_ask(head: bytes) -> Ask:
    """The request in a head that ends with an empty line.

    Raises:
        Rejected: it is malformed or ambiguous in a way two parsers could read differently.
    """
    lines = head[:-4].split(b"\r\n")
    if any(b"\n" in line or b"\r" in line or b"\0" in line for line in lines):
        raise Rejected(400, "control characters in the request head")
    parts = lines[0].split(b" ")
    if len(parts) != 3 or not TOKEN.fullmatch(parts[0]) or parts[2] not in (b"HTTP/1.1", b"HTTP/1.0"):
        raise Rejected(400, "malformed request line")
    headers = [header(line) for line in lines[1:]]
    method, target = parts[0], parts[1].decode("latin-1")
    if method == b"CONNECT":
        host, port = authority(target, 0)
        return Ask(host, port, b"")
    return plain_request(method, target, headers)


def plain_request(method: bytes, target: str, headers: list[tuple[bytes, bytes]]) -> Ask:
    """An absolute-form request as the origin will see it: one request, then the connection closes."""
    match = re.fullmatch(r"http://([^/?#]*)([^#]*)", target, re.IGNORECASE)
    if not match:
        raise Rejected(400, "only http:// addresses and CONNECT are proxied")
    host, port = authority(match[1], 80)
    names = [name for name, _ in headers]
    if (
        names.count(b"host") != 1
        or names.count(b"content-length") > 1
        or (b"content-length" in names and b"transfer-encoding" in names)
    ):
        raise Rejected(400, "ambiguous headers")
    if authority(dict(headers)[b"host"].decode("latin-1"), 80) != (host, port):
        raise Rejected(400, "the Host header names another address than the request line")
    path = match[2] if match[2].startswith("/") else "/" + match[2]
    kept = b"".join(name + b": " + value + b"\r\n" for name, value in headers if name not in HOP_HEADERS)
    return Ask(host, port, method + b" " + path.encode("latin-1") + b" HTTP/1.1\r\n" + kept + b"connection: close\r\n\r\n")


def header(line: bytes) -> tuple[bytes, bytes]:
    """One header, its name in lower case."""
    name, colon, value = line.partition(b":")
    if not colon or not TOKEN.fullmatch(name):
        raise Rejected(400, "malformed header")
    return name.lower(), value.strip(b" \t")


def authority(text: str, port: int) -> tuple[str, int]:
    """Host and port of `host:port`; `port` when none is given (0: one must be given)."""
    match = re.fullmatch(r"(\[[0-9A-Fa-f:.]+\]|[^:@\[\]/?#\s]+)(?::([0-9]{1,5}))?", text)
    number = int(match[2]) if match and match[2] else port
    if not match or not 0 < number < 65536:
        raise Rejected(400, f"no address: {text[:80]!r}")
    host = plain(match[1])
    if not is_address(host) and (not NAME.fullmatch(host) or numeric(host)):
        raise Rejected(403, f"{host[:80]!r} is neither a name nor an address in its usual form")
    return host, number


def plain(host: str) -> str:
    """A host in one spelling: lower case, no brackets, no final dot; an IPv6 address compressed."""
    host = host.strip("[]").rstrip(".").lower()
    return str(ipaddress.ip_address(host)) if is_address(host) else host


def is_address(host: str) -> bool:
    """Whether this is an IP address in its usual form."""
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return "%" not in host


def numeric(host: str) -> bool:
    """Whether a resolver would read this as an address though it does not look like one: 2130706433, 0x7f.1, 0177.0.0.1."""
    try:
        socket.inet_aton(host)
    except OSError:
        return False
    return True


async def look_up(host: str, port: int) -> list[str]:
    """The addresses that this machine's resolver knows for a name."""
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(entry[4][0]) for entry in found]


async def addresses(host: str, port: int, resolve: Resolve = look_up) -> list[str]:
    """Where a granted host lives, looked up once; every address is one that may be reached under that name.

    Raises:
        Rejected: it does not resolve, or one of its addresses is inside this machine or its network.
    """
    if is_address(host):
        return [host]
    try:
        hosts = list(dict.fromkeys(await resolve(host, port)))
    except OSError as error:
        raise Rejected(502, f"{host} does not resolve", "failed") from error
    local = host == "localhost" or host.endswith(".localhost")
    for address in hosts:
        if not (ipaddress.ip_address(address.partition("%")[0]).is_loopback if local else is_global(address)):
            raise Rejected(403, f"{host} resolves to {address}, which is not on the public internet; grant that address itself")
    return hosts


def is_global(address: str) -> bool:
    """Whether an address is on the public internet, also behind the forms that carry an IPv4 address inside IPv6."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if inner is None and ip in ipaddress.ip_network("64:ff9b::/96"):
            inner = ipaddress.ip_address(int(ip) & 0xFFFFFFFF)
        if inner is not None and not is_global(str(inner)):
            return False
    return ip.is_global and not ip.is_multicast


async def connect(hosts: list[str], ask: Ask) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    """A connection to the first address that answers; the name is not looked up again."""
    last: Exception | None = None
    for address in hosts:
        try:
            return await asyncio.wait_for(asyncio.open_connection(address, ask.port), 15)
        except (OSError, TimeoutError) as error:
            last = error
    raise Rejected(502, f"{ask.host}:{ask.port} cannot be reached ({last or 'no address'})", "failed")


async def copy(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, most: int, tally: Tally, *, half_close: bool
) -> None:  # fmt: skip
    """Copy until the end, a broken pipe, too long a pause, or `most` bytes."""
    count = 0
    with contextlib.suppress(OSError, TimeoutError):
        while data := await asyncio.wait_for(reader.read(CHUNK), IDLE):
            count += len(data)
            if count > most:
                break
            writer.write(data)
            tally.bytes += len(data)
            await writer.drain()
        if half_close and writer.can_write_eof():
            writer.write_eof()


async def refuse(writer: asyncio.StreamWriter, no: Rejected) -> None:
    """Say no in HTTP, with the reason as text."""
    body = f"arkwright: {no.reason}\n".encode()
    names = {400: "Bad Request", 403: "Forbidden", 502: "Bad Gateway"}
    head = f"HTTP/1.1 {no.status} {names[no.status]}\r\ncontent-type: text/plain\r\ncontent-length: {len(body)}\r\n"
    with contextlib.suppress(OSError):
        writer.write(head.encode() + b"x-arkwright-refused: 1\r\nconnection: close\r\n\r\n" + body)
        await writer.drain()
    close(writer)


def close(writer: asyncio.StreamWriter) -> None:
    """Close without waiting for the other side."""
    with contextlib.suppress(OSError, RuntimeError):
        writer.close()
