"""Client: one HTTP request through the box's proxy, with patience, caps and redirects that drop credentials."""

import base64
import gzip
import http.client
import io
import json
import os
import re
import ssl
import time
import urllib.error
import urllib.request
import zlib
from dataclasses import dataclass, field, replace
from email.message import Message
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import IO
from urllib.parse import quote, urljoin, urlsplit, urlunsplit

from .fault import Fault

CAP = 50 << 20
DOWNLOAD_CAP = 2 << 30
TOTAL_SECONDS = 60.0
REDIRECTS = 10
TRIES = 4
LONGEST_WAIT = 30.0
IDEMPOTENT = {"GET", "HEAD", "PUT", "DELETE", "OPTIONS"}
AGAIN = {429, 502, 503, 504}
REFUSED = "x-arkwright-refused"


@dataclass(frozen=True)
class Ask:
    """A request. `authorization` goes to the scheme, host and port of the first address only."""

    url: str
    method: str = "GET"
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes | None = None
    authorization: str = ""
    tries: int = TRIES
    seconds: float = TOTAL_SECONDS


@dataclass(frozen=True)
class Reply:
    """An answer. `url` is where redirects ended, header names are lower-case, `body` is decompressed."""

    url: str
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def media_type(self) -> str:
        """Without parameters, in lower case."""
        return self.headers.get("content-type", "").split(";")[0].strip().lower()

    @property
    def text(self) -> str:
        """The body in the character set it claims, else UTF-8, else Windows-1252."""
        message = Message()
        message["content-type"] = self.headers.get("content-type", "")
        claimed = message.get_content_charset()
        for charset in (claimed, "utf-8-sig", "cp1252"):
            try:
                return self.body.decode(charset) if charset else self.body.decode("utf-8-sig")
            except (LookupError, UnicodeDecodeError):
                continue
        return self.body.decode("latin-1")

    @property
    def json(self) -> object:
        """The body as JSON; None when it is not."""
        try:
            return json.loads(self.text)
        except ValueError:
            return None


class Untouched(urllib.request.HTTPErrorProcessor):
    """Leaves every status and redirect to us."""

    def http_response(self, request: object, response: object) -> object:
        """The response as it came."""
        return response

    https_response = http_response


def authorization(given: dict | None) -> str:
    """The value of the Authorization header for {bearer} or {user, password}."""
    if not given:
        return ""
    if given.get("bearer"):
        return f"Bearer {given['bearer']}"
    return "Basic " + base64.b64encode(f"{given.get('user', '')}:{given.get('password', '')}".encode()).decode()


def send(ask: Ask, sink: Path | None = None) -> Reply:
    """The final answer, after retries and redirects; with `sink` a good body goes into that file instead.

    Faults: unreachable, timeout (both transient), not_allowed, redirects, too_big, bad_url. A status is never a Fault here.
    """
    deadline = time.monotonic() + ask.seconds
    home, reply = origin(ask.url), None
    for _ in range(REDIRECTS):
        reply = persist(ask, home, deadline, sink)
        location = reply.headers.get("location")
        if reply.status not in {301, 302, 303, 307, 308} or not location:
            return reply
        ask = redirected(ask, reply.status, urljoin(ask.url, location))
    raise Fault("redirects", f"{ask.url!r} redirects more than {REDIRECTS} times", "check the address")


def redirected(ask: Ask, status: int, url: str) -> Ask:
    """The request that a redirect asks for: a form that was sent is read back with GET, as browsers do."""
    if urlsplit(url).scheme not in {"http", "https"}:
        raise Fault("not_allowed", f"{ask.url!r} redirects to {url!r}, which is no web address", "check the address")
    if status == 303 or (status in {301, 302} and ask.method == "POST"):
        return replace(ask, url=url, method="HEAD" if ask.method == "HEAD" else "GET", body=None)
    return replace(ask, url=url)


def persist(ask: Ask, home: tuple, deadline: float, sink: Path | None) -> Reply:
    """Try again what may be tried again, waiting longer each time or as long as the server says."""
    tries = ask.tries if ask.method in IDEMPOTENT else 1
    for number in range(1, tries + 1):
        try:
            reply = once(ask, home, deadline, sink)
        except Fault as fault:
            if not fault.transient or number == tries or not wait(0.3 * 2 ** (number - 1), deadline):
                raise
            continue
        if reply.status not in AGAIN or number == tries or not wait(pause(reply, number), deadline):
            return reply
    raise AssertionError("a last try returns or raises")


def wait(seconds: float, deadline: float) -> bool:
    """Sleep, unless that would pass the deadline."""
    if time.monotonic() + seconds > deadline:
        return False
    time.sleep(seconds)
    return True


def pause(reply: Reply, number: int) -> float:
    """Seconds until the next try: Retry-After as seconds or a date, else doubling from 0.3."""
    after = reply.headers.get("retry-after", "")
    if after.isdigit():
        return min(float(after), LONGEST_WAIT)
    try:
        return min(max(parsedate_to_datetime(after).timestamp() - time.time(), 0.0), LONGEST_WAIT)
    except (TypeError, ValueError):
        return 0.3 * 2 ** (number - 1)


def once(ask: Ask, home: tuple, deadline: float, sink: Path | None) -> Reply:
    """One request, one answer."""
    headers = {"User-Agent": "arkwright", "Accept": "*/*", "Accept-Encoding": "identity" if sink else "gzip"} | ask.headers
    if ask.authorization and origin(ask.url) == home:
        headers["Authorization"] = ask.authorization
    try:
        request = urllib.request.Request(encoded(ask.url), ask.body, headers, method=ask.method)
        with opener().open(request, timeout=max(deadline - time.monotonic(), 0.1)) as response:
            found = {name.lower(): value for name, value in response.headers.items()}
            refuse_proxy(ask.url, home, response.status, found, response)
            body = take(response, found, deadline, sink if response.status < 300 else None, ask)
            return Reply(ask.url, response.status, found, body)
    except (TimeoutError, ssl.SSLError, urllib.error.URLError, OSError, http.client.HTTPException, ValueError) as error:
        raise explained(error, ask, home) from error


def encoded(url: str) -> str:
    """An address with spaces and letters beyond ASCII escaped, and a host in its ASCII form."""
    parts = urlsplit(url)
    host = parts.netloc.encode("idna").decode() if not parts.netloc.isascii() else parts.netloc
    path, query = quote(parts.path, safe="/%:@!$&'()*+,;=~-._"), quote(parts.query, safe="/%:@!$&'()*+,;=~-._?[]")
    return urlunsplit((parts.scheme, host, path or "/", query, ""))


def opener() -> urllib.request.OpenerDirector:
    """HTTP and HTTPS through the proxy of the environment, nothing else, no redirects, no errors."""
    made = urllib.request.OpenerDirector()
    context = ssl.create_default_context()
    proxies = {scheme: proxy for scheme in ("http", "https") if (proxy := os.environ.get(f"{scheme}_proxy"))}
    for handler in (
        urllib.request.ProxyHandler(proxies),
        urllib.request.HTTPHandler(),
        urllib.request.HTTPSHandler(context=context),
        Untouched(),
    ):
        made.add_handler(handler)
    return made


def take(response: IO[bytes], headers: dict[str, str], deadline: float, sink: Path | None, ask: Ask) -> bytes:
    """The whole body: into `sink`, or returned decompressed. Cut-off and oversize bodies are Faults."""
    cap, expected, got = DOWNLOAD_CAP if sink else CAP, headers.get("content-length", ""), 0
    buffer = io.BytesIO()
    with sink.open("wb") if sink else buffer as out:
        while chunk := response.read(1 << 16):
            got += len(chunk)
            if got > cap:
                raise Fault("too_big", f"{ask.url!r} sends more than {cap:,} bytes", "ask for less, or download it")
            if time.monotonic() > deadline and not sink:
                raise Fault("timeout", f"{ask.url!r} was still sending after {ask.seconds:.0f} s", "try later", transient=True)
            out.write(chunk)
        data = b"" if sink else buffer.getvalue()
    if ask.method != "HEAD" and expected.isdigit() and got != int(expected):
        raise Fault("cut_off", f"{ask.url!r} sent {got:,} of {expected} bytes", "try again", transient=True)
    return inflated(data, headers.get("content-encoding", ""), ask)


def inflated(data: bytes, encoding: str, ask: Ask) -> bytes:
    """A gzip body decompressed up to the cap."""
    if encoding.lower() not in {"gzip", "x-gzip"} or not data:
        return data
    try:
        plain = gzip.GzipFile(fileobj=io.BytesIO(data)).read(CAP + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise Fault("bad_reply", f"{ask.url!r} sent a damaged body: {error}", "try again", transient=True) from error
    if len(plain) > CAP:
        raise Fault("too_big", f"{ask.url!r} sends more than {CAP:,} bytes", "ask for less, or download it")
    return plain


def refuse_proxy(url: str, home: tuple, status: int, headers: dict[str, str], response: IO[bytes]) -> None:
    """A refusal or failure of the proxy itself, which marks its answers, as a Fault."""
    if REFUSED not in headers:
        return
    reason = response.read(500).decode(errors="replace").removeprefix("arkwright:").strip()
    if status >= 500:
        raise Fault("unreachable", reason, "check the address and that the server runs", transient=True)
    raise refusal(url, home, reason or f"refused with {status}")


def refusal(url: str, home: tuple, reason: str) -> Fault:
    """What the egress proxy would not do."""
    host = urlsplit(url).netloc
    if origin(url) != home:
        return Fault(
            "redirect_refused", f"the address redirects to {host!r}, which this run may not reach", f"name {url!r} in the request"
        )
    return Fault(
        "not_allowed", f"this run may not reach {host!r}: {reason.strip()}", "name the address in the request, or grant it"
    )


def explained(error: Exception, ask: Ask, home: tuple) -> Exception:
    """A network error in words; a Fault passes unchanged."""
    if isinstance(error, Fault):
        return error
    reason = error.reason if isinstance(error, urllib.error.URLError) else error
    text = str(reason) or type(reason).__name__
    if "Tunnel connection failed: 403" in text:
        return refusal(ask.url, home, text)
    if isinstance(reason, TimeoutError) or "timed out" in text or "504" in text:
        return Fault("timeout", f"{ask.url!r} did not answer within {ask.seconds:.0f} s", "try later", transient=True)
    if isinstance(reason, ssl.SSLCertVerificationError):
        return Fault(
            "certificate",
            f"the certificate of {urlsplit(ask.url).netloc!r} is not valid: {reason.verify_message}",
            "check the address",
        )
    if isinstance(error, ValueError) and not isinstance(error, OSError):
        return Fault("bad_url", f"{ask.url!r} is not a web address: {text}", "give a full http or https address")
    return Fault(
        "unreachable",
        f"{urlsplit(ask.url).netloc!r} cannot be reached: {text}",
        "check the address and that the server runs",
        transient=True,
    )


def origin(url: str) -> tuple:
    """Scheme, host and port."""
    parts = urlsplit(url)
    return parts.scheme, parts.hostname, parts.port or (443 if parts.scheme == "https" else 80)


def expect(reply: Reply, ask: Ask) -> Reply:
    """The reply, unless its status says that it is an error.

    Faults: http_status (transient for 429 and 5xx).
    """
    if reply.status < 400:
        return reply
    remedies = {
        401: "give the right credentials",
        403: "give credentials that may do this",
        404: "check the address",
        429: "try later",
    }
    plain = re.sub(r"(?s)<(script|style).*?</\1>|<[^>]*>", " ", reply.text) if "html" in reply.media_type else reply.text
    excerpt = " ".join(plain.split())[:300]
    what = f"{ask.method} {ask.url} answered {reply.status} {http.client.responses.get(reply.status, '')}".rstrip()
    remedy = remedies.get(
        reply.status, "try later" if reply.status >= 500 else "check the request against the API's documentation"
    )
    raise Fault(
        "http_status", f"{what}: {excerpt}" if excerpt else what, remedy, transient=reply.status == 429 or reply.status >= 500
    )
