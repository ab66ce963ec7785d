"""Address: a host and a port, the unit in which the network is allowed; and the addresses a request names."""

import ipaddress
import re
import socket
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import urlsplit

PORTS = {"http": 80, "https": 443}
NEVER = frozenset({22, 25, 445, 465, 587, 3389})
URL = re.compile(r"https?://[^\s<>\"'`]+", re.IGNORECASE)
BARE = re.compile(
    r"(?<![\w@./-])((?:localhost|\d{1,3}(?:\.\d{1,3}){3}|\[[0-9a-f:]+\]|(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}))(:\d{2,5})?(/[^\s<>\"'`]*)?",
    re.IGNORECASE,
)
TOP_LEVEL = frozenset(
    [
        "com",
        "org",
        "net",
        "edu",
        "gov",
        "io",
        "dev",
        "app",
        "ai",
        "eu",
        "de",
        "at",
        "ch",
        "fr",
        "uk",
        "us",
        "ca",
        "au",
        "nl",
        "se",
        "no",
        "dk",
        "fi",
        "it",
        "es",
        "pt",
        "be",
        "ie",
        "pl",
        "cz",
        "jp",
        "cn",
        "in",
        "br",
        "info",
        "biz",
        "cloud",
        "tech",
        "int",
        "mil",
        "test",
    ]
)


@dataclass(frozen=True, slots=True, order=True)
class Address:
    """`host` is lower-case and canonical (an IP address in its usual form)."""

    host: str
    port: int

    def __str__(self) -> str:
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"

    @property
    def private(self) -> bool:
        """Whether it can only mean this machine or its neighbours."""
        try:
            return not ipaddress.ip_address(self.host).is_global
        except ValueError:
            return "." not in self.host or self.host.rsplit(".", 1)[-1] in {
                "localhost",
                "local",
                "internal",
                "lan",
                "home",
                "localdomain",
            }


def canonical(host: str) -> str:
    """One spelling per host: `127.1`, `0x7f000001` and `127.0.0.1` are the same place.

    Raises:
        ValueError: no host can be read out of it.
    """
    host = host.strip("[]").rstrip(".").lower()
    if not host or "%" in host:
        raise ValueError(host)
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return _canonical_name(host)
    mapped = getattr(address, "ipv4_mapped", None)
    return str(mapped or address)


def _canonical_name(host: str) -> str:
    if re.fullmatch(r"(?:0x[0-9a-f]+|\d+)(?:\.(?:0x[0-9a-f]+|\d+))*", host):
        try:
            return socket.inet_ntoa(socket.inet_aton(host))
        except OSError as error:
            raise ValueError(host) from error
    return host.encode("idna").decode("ascii")


def read_address(url: str) -> Address:
    """Where a URL leads.

    Raises:
        ValueError: it is not an http or https URL that every reader understands the same way.
    """
    if re.search(r"[\s\\\x00-\x1f\x7f]", url):
        raise ValueError(f"{url!r} has characters that readers of URLs disagree about")
    parts = urlsplit(url)
    if parts.scheme.lower() not in PORTS:
        raise ValueError(f"{url!r} is neither http nor https")
    if parts.username is not None or parts.password is not None:
        raise ValueError(f"the URL for host {parts.hostname!r} carries a user name or password")
    try:
        return Address(canonical(parts.hostname or ""), parts.port or PORTS[parts.scheme.lower()])
    except (ValueError, UnicodeError) as error:
        raise ValueError(f"no host and port can be read out of {url!r}") from error


@lru_cache(maxsize=256)
def named_addresses(text: str) -> frozenset[Address]:
    """The addresses a request names. A public name over http also names its https twin; nothing else is widened."""
    found: set[Address] = set()
    for match in URL.finditer(text):
        try:
            found.add(read_address(trim(match[0])))
        except ValueError:
            continue
    for match in BARE.finditer(URL.sub(" ", text)):
        found.update(_bare(match[1], match[2], match[3]))
    found |= {Address(each.host, 443) for each in found if each.port == 80 and not each.private}
    return frozenset(found)


def _bare(host: str, port: str | None, path: str | None) -> set[Address]:
    """A host without a scheme: numbers need a port or a path, names a known ending, so that no file name becomes a host."""
    numeric = host[0] == "[" or host.replace(".", "").isdigit()
    if numeric and not (port or path):
        return set()
    if not numeric and host.lower() != "localhost" and host.rsplit(".", 1)[-1].lower() not in TOP_LEVEL:
        return set()
    try:
        name = canonical(host)
    except (ValueError, UnicodeError):
        return set()
    return {Address(name, int(port[1:]))} if port else {Address(name, 80), Address(name, 443)}


def trim(url: str) -> str:
    """A URL out of running text, without the punctuation of the sentence."""
    while url and (url[-1] in ".,;:!?'\"*" or (url[-1] in ")]}" and url.count(url[-1]) > url.count("([{"[")]}".index(url[-1])]))):
        url = url[:-1]
    return url
