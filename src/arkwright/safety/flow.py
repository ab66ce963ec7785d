"""Flow: what may be asked of the network, and what may leave for it."""

import asyncio
import hashlib
import re
from collections.abc import Awaitable, Iterator, Sequence
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from arkwright.core.json import Json, Object
from arkwright.core.tool import Send
from arkwright.safety.addresses import NEVER, Address, canonical, named_addresses, read_address
from arkwright.safety.case import Case, Check, Ruling, allow, ask, deny
from arkwright.safety.pointing import meant_for
from arkwright.safety.secrets import find_secrets, is_secret_file
from arkwright.safety.standing import leaves, names, stands_in

BODY = frozenset({"json", "body", "form", "auth", "value", "bearer", "user", "password"})
QUERY = frozenset({"params", "headers", "variables"})
SENSITIVE = re.compile(r"(?i)authorization|cookie|token|secret|password|api-?key")
PLAIN = re.compile(r"[\w.,:;=/*+@ -]{0,48}")
IGNORED = r"(?:[\s,\ufeff]++|#[^\n\r]*+)*+"
MUTATION = re.compile(rf"\b(?:mutation|subscription)\b{IGNORED}\w*{IGNORED}[({{@]")
OVERRIDE = re.compile(r"(?i)method")
LITERAL = re.compile(r'"((?:[^"\\]|\\.)*)"')
SPOKEN = re.compile(r"#[^\n\r]+|\w{49,}")
SCANNED = 4 << 20
WORDS = re.compile(r"[A-Za-z_]\w*")
MOST_PLAIN = 256
"""Characters of plain words, each too short to ask about, that all calls of a run may send without a question."""
MOST_NAMES = 1024
"""Characters of names in GraphQL documents that all calls of a run may send without a question."""
MOST_RUNS = 64


class Reach(Check):
    """Reads go to addresses that the request names: same host, same port."""

    name = "network"

    def judge(self, case: Case) -> Ruling:
        """Look at each address of the footprint."""
        if not case.leaves_machine:
            return allow(self.name)
        try:
            wanted = addresses(case)
        except ValueError as error:
            return deny(self.name, "bad_address", str(error), "give a plain http or https address")
        if not wanted and case.footprint.urls == () and not _came_with_flow(case):
            return deny(
                self.name,
                "no_address",
                f"{case.call.tool} does not say which address it goes to",
                "name the address in the request",
            )
        unnamed = [address for address in wanted if address not in named_addresses(case.request.text)]
        for address in unnamed:
            if address.port in NEVER:
                return deny(self.name, "port", f"port {address.port} is never reached for", "use http or https on another port")
            if address.private:
                return deny(
                    self.name,
                    "private_address",
                    f"{address} is on this machine or network and the request does not name it",
                    "name that address, with its port, in the request",
                )
        if case.method not in ("GET", "HEAD", "POST") or _mutates_there(case):
            return ask(
                self.name,
                "changes_there",
                f"{case.call.tool} would change something at {_list(wanted)}",
                scopes=tuple(map(str, wanted)),
                shows={"to": _list(wanted), "method": case.method},
            )
        if unnamed:
            return ask(
                self.name,
                "unnamed_address",
                f"the request does not name {_list(unnamed)}",
                scopes=tuple(map(str, unnamed)),
                shows={"to": _list(unnamed), "addresses": list(case.footprint.urls[:20])},
            )
        return allow(self.name)


class Leaving(Check):
    """What leaves stands in the request; workspace content asks; secrets stay."""

    name = "flow"

    def __init__(self) -> None:
        self._said: dict[str, Said] = {}

    def judge(self, case: Case) -> Ruling | Awaitable[Ruling]:
        """Look at each value that would leave."""
        return self._weigh(case) if case.leaves_machine else allow(self.name)

    async def _weigh(self, case: Case) -> Ruling:
        return self._credentials(case) or await self._secrets(case) or await self._content(case) or allow(self.name)

    def _credentials(self, case: Case) -> Ruling | None:
        """A credential goes, as an Authorization header, only where the request itself points it."""
        wanted = [send for send in case.footprint.sends if send.origin == "credential"]
        for send in wanted:
            files = [path for path in case.footprint.reads if path in send.what] or case.footprint.reads
            if _address(send) not in meant_for(case.request.text, files):
                return deny(
                    self.name,
                    "credential",
                    f"the request does not say that {send.what} is for {send.host}",
                    "say in the request which file holds the token and for which address it is",
                )
        return None

    async def _secrets(self, case: Case) -> Ruling | None:
        """Files and values that look like secrets, and what was derived from them, stay."""
        kept = [path for path in case.footprint.reads if is_secret_file(path) and not credential_file(case, path)]
        kept += [
            label[7:]
            for flow in case.flows
            for label in flow.origins
            if label.startswith("secret:") and not _local(case, flow.value)
        ]
        if kept:
            return self._secret(f"{kept[0]!r} looks like a file of secrets")
        for value in (*leaves(case.call.args), *names(case.call.args)):
            findings = find_secrets(value)
            if findings and not stands_in(value, case.request.text):
                return self._secret(f"a value looks like a {findings[0].kind}")
        if uploads(case):
            kind = await asyncio.to_thread(
                secret_in_files, case.workspace, [path for path in case.footprint.reads if not credential_file(case, path)]
            )
            return self._secret(f"the file holds what looks like a {kind}") if kind else None
        return None

    def _secret(self, reason: str) -> Ruling:
        return deny(self.name, "secret", f"{reason}; secrets do not leave this machine", "take it out of what is sent")

    async def _content(self, case: Case) -> Ruling | None:
        """Everything that does not stand in the request counts as workspace content, and asks."""
        text = case.request.text
        carried = [
            flow.value
            for flow in case.flows
            if "workspace" in flow.origins and not _local(case, flow.value) and not stands_in(flow.value, text)
        ]
        carried += [value for value in outgoing(case, self._said_by(case.call.run)) if value not in carried]
        sends = uploads(case)
        if not (carried or sends):
            return None
        hosts = tuple(dict.fromkeys(str(address) for address in addresses(case)))
        files = [path for path in case.footprint.reads if sends and not credential_file(case, path)]
        prints = await asyncio.to_thread(fingerprints, case.workspace, files)
        size = sum(send.bytes for send in sends) + sum(len(value.encode()) for value in carried)
        size += sum(_size(case.workspace / path) for path in files)
        what: list[Json] = [*(send.what for send in sends), *(value[:200] for value in carried[:10])]
        shows: Object = {"to": ", ".join(hosts), "bytes": size, "what": what, **({"sha256": prints} if prints else {})}
        reason = f"{size} bytes that do not stand in the request would leave for {', '.join(hosts)}"
        return ask(self.name, "sends_workspace", reason, scopes=hosts, shows=shows)

    def _said_by(self, run: str) -> "Said":
        """What a run has said so far; the oldest run makes room."""
        said = self._said[run] = self._said.pop(run, None) or Said()
        if len(self._said) > MOST_RUNS:
            self._said.pop(next(iter(self._said)))
        return said


class Said:
    """The plain words a run has sent without a question: many calls with a few words each are no way around the limit."""

    def __init__(self) -> None:
        self._words: set[str] = set()
        self._names: set[str] = set()

    def fits(self, words: Sequence[str], names: Sequence[str]) -> bool:
        """Whether these may go too; then they count."""
        more = self._words.union(words), self._names.union(names)
        spent = sum(map(len, words)) + sum(map(len, self._words.difference(words)))
        if spent > MOST_PLAIN or sum(map(len, more[1])) > MOST_NAMES:
            return False
        self._words, self._names = more
        return True


def addresses(case: Case) -> list[Address]:
    """Everywhere a call would go.

    Raises:
        ValueError: a URL is not one that every reader understands the same way.
    """
    found = [read_address(url) for url in case.footprint.urls] + [_address(send) for send in case.footprint.sends]
    return list(dict.fromkeys(found))


def uploads(case: Case) -> list[Send]:
    """What the tool itself says is workspace content."""
    return [send for send in case.footprint.sends if send.origin == "workspace"]


def outgoing(case: Case, so_far: Said) -> Iterator[str]:
    """Values that would leave, do not stand in the request, and are more than a plain word of a query."""
    text = case.request.text
    web = {flow.value for flow in case.flows if not flow.origins & {"workspace"}}
    for value in bodies(case.call.args):
        if not stands_in(value, text):
            yield value
    said = [value for value in (*queries(case), *fields(case), *paths(case)) if not (value in web or stands_in(value, text))]
    document = [] if text_of(case) in web or stands_in(text_of(case), text) else WORDS.findall(LITERAL.sub(" ", text_of(case)))
    few = so_far.fits(said, document)
    yield from (value for value in said if not few or not PLAIN.fullmatch(value))
    if not few and not said:
        yield text_of(case)


def text_of(case: Case) -> str:
    """The GraphQL document of a call, empty for any other."""
    return str(case.call.args.get("query") or "")


def bodies(value: Json, *, inside: bool = False, key: str = "") -> Iterator[str]:
    """Values of bodies, forms, credentials and form fields."""
    if isinstance(value, dict):
        for name, child in value.items():
            strict = inside or name in BODY or (key == "headers" and bool(SENSITIVE.search(name)))
            if name not in ("bearer_file", "body_from"):
                yield from bodies(child, inside=strict, key=name)
    elif isinstance(value, list):
        for child in value:
            yield from bodies(child, inside=inside, key=key)
    elif inside:
        yield from leaves(value)


def queries(case: Case) -> Iterator[str]:
    """Values of queries, headers and variables; literals, comments and overlong words of a GraphQL document."""
    for key in QUERY:
        yield from leaves(case.call.args.get(key))
    for match in LITERAL.finditer(text_of(case)):
        yield match[1]
    for match in SPOKEN.finditer(text_of(case)):
        yield match[0]
    for url in chosen(case):
        for pair in parse_qsl(urlsplit(url).query, keep_blank_values=True):
            yield from pair


def fields(case: Case) -> Iterator[str]:
    """Names of the fields of bodies, queries, headers and variables."""
    for key in sorted(BODY | QUERY):
        yield from names(case.call.args.get(key))


def paths(case: Case) -> Iterator[str]:
    """The parts of the paths of addresses."""
    for url in chosen(case):
        yield from (unquote(part) for part in urlsplit(url).path.split("/"))


def chosen(case: Case) -> list[str]:
    """The addresses that neither stand in the request nor came from a page."""
    followed = {flow.value for flow in case.flows if not flow.origins & {"workspace"}}
    return [url for url in case.footprint.urls if url not in followed and not stands_in(url, case.request.text)]


def secret_in_files(workspace: Path, paths: list[str]) -> str:
    """The kind of the first secret found in files that would leave, empty when none is."""
    for path in paths:
        target = workspace / path
        if target.is_file():
            with target.open("rb") as file:
                found = find_secrets(file.read(SCANNED).decode("utf-8", "replace"))
            if found:
                return found[0].kind
    return ""


def fingerprints(workspace: Path, paths: list[str]) -> Object:
    """sha256 of the files that would leave: a yes is for this content, not for what the file holds later."""
    found: Object = {}
    for path in paths:
        if (workspace / path).is_file():
            with (workspace / path).open("rb") as file:
                found[path] = hashlib.file_digest(file, "sha256").hexdigest()
    return found


def _address(send: Send) -> Address:
    return Address(canonical(send.host), send.port)


def credential_file(case: Case, path: str) -> bool:
    """Whether a file is read for its credential only, which goes into a header and nowhere else."""
    return any(send.origin == "credential" and path in send.what for send in case.footprint.sends)


def _local(case: Case, value: str) -> bool:
    """A path the call uses here, or a table of the run's scratch: it does not leave."""
    return (
        value in case.footprint.reads
        or value in (case.footprint.writes or ())
        or (value in case.footprint.urls and not _from_workspace(case, value))
    )


def _from_workspace(case: Case, url: str) -> bool:
    return any(flow.value == url and "workspace" in flow.origins for flow in case.flows)


def _came_with_flow(case: Case) -> bool:
    """Addresses in a table of another task: the footprint knows only those of the preview, the egress proxy judges each."""
    return bool(case.flows)


def _mutates_there(case: Case) -> bool:
    """A GraphQL mutation anywhere in the document, or a header that turns a GET into something else."""
    headers = case.call.args.get("headers")
    disguised = isinstance(headers, dict) and any(OVERRIDE.search(name) for name in headers)
    return disguised or bool(MUTATION.search(text_of(case)))


def _list(addresses: list[Address]) -> str:
    return ", ".join(str(address) for address in addresses)


def _size(path: Path) -> int:
    return path.stat().st_size if path.is_file() else 0
