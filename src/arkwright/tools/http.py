"""HTTP: ask REST APIs and pages, follow their paging, probe links and download files, through the box with the egress proxy."""

import json as jsonlib
from typing import Literal, cast
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, JsonValue, model_validator

from arkwright.core.json import Json, Object
from arkwright.core.observation import Artifact, Observation
from arkwright.core.ports import Hands
from arkwright.core.tool import Footprint, Hints, Send, Tool

WEB = ("web",)


class Args(BaseModel):
    """Arguments of a web tool."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)


class TableRef(BaseModel):
    """A table with a column `url`, made by another task."""

    model_config = ConfigDict(extra="allow")

    table: str = Field(description="where the table is in the run's scratch")
    columns: list[dict[str, JsonValue]] = Field(default_factory=list[dict[str, JsonValue]])
    preview: list[list[JsonValue]] = Field(default_factory=list[list[JsonValue]])

    def urls(self) -> list[str]:
        """The addresses in the preview, as far as it goes."""
        names = [str(column.get("name")) for column in self.columns]
        return [str(row[names.index("url")]) for row in self.preview] if "url" in names else []


class Auth(Args):
    """Who asks. A file is read in the box without network, and its token goes to the host of the address only."""

    bearer: str = Field(default="", description="token")
    bearer_file: str = Field(default="", description="workspace file that holds the token")
    user: str = Field(default="", description="name for basic authentication")
    password: str = Field(default="", description="password for basic authentication")


class Pages(Args):
    """How the answer continues on further pages."""

    style: Literal["auto", "page", "link", "cursor", "none"] = Field(default="auto", description="auto finds out by itself")
    limit: int = Field(default=200, ge=1, le=1000, description="most pages to read")


class Fetch(Args):
    """What to ask, and how to read the answer."""

    url: str = Field(pattern=r"(?i)^https?://", description="address")
    method: Literal["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"] = Field(default="GET")
    headers: dict[str, str] = Field(default_factory=dict[str, str])
    params: dict[str, str | int | float | bool] = Field(
        default_factory=dict[str, str | int | float | bool], description="added to the query"
    )
    body: JsonValue = Field(default=None, alias="json", description="sent as JSON")
    form: dict[str, str] | None = Field(default=None, description="sent as a form")
    body_from: str = Field(default="", description="workspace file sent as the body")
    auth: Auth | None = None
    items: str = Field(default="", description="dotted path to the records in the body; found by itself when empty")
    pages: Pages = Field(default_factory=Pages)
    save_as: str = Field(default="", description="workspace file that gets the body")

    @model_validator(mode="after")
    def sends_one_body(self) -> "Fetch":
        """At most one of json, form and body_from."""
        if sum((self.body is not None, self.form is not None, bool(self.body_from))) > 1:
            raise ValueError("give only one of json, form and body_from")
        return self


class Probe(Args):
    """Which addresses."""

    urls: list[str] | TableRef = Field(description="addresses, or a table with a column `url`")


class Links(Args):
    """Which page."""

    url: str = Field(pattern=r"(?i)^https?://", description="address of the page")


class Download(Args):
    """What to fetch and where to put it."""

    url: str = Field(default="", description="one address")
    urls: list[str] | TableRef = Field(default_factory=list[str], description="addresses, or a table with a column `url`")
    to: str = Field(default="", description="folder, or the file's name when there is one address and it has an extension")
    auth: Auth | None = None

    @model_validator(mode="after")
    def names_something(self) -> "Download":
        """An empty download is a mistake."""
        if not self.url and not self.urls:
            raise ValueError("give url or urls")
        return self

    def named(self) -> list[str]:
        """The addresses, as far as they are known."""
        more = self.urls.urls() if isinstance(self.urls, TableRef) else self.urls
        return [*([self.url] if self.url else []), *more]


async def fetch(args: Fetch, hands: Hands) -> Observation:
    """What the server answers."""
    asked = args.model_dump(mode="json", by_alias=True, exclude={"auth", "body_from"})
    asked["authorization"] = await authorization(args.auth, hands)
    if args.body_from:
        asked["body"] = await (await hands.box("work")).call("files.hand_over", {"path": args.body_from})
    box = await hands.box("web")
    value = cast("Object", await box.call("web.fetch", asked, progress=hands.progress))
    kept = await adopt(hands, [{"scratch": value.pop("saved"), "path": args.save_as}]) if args.save_as else ()
    if kept:
        value["path"] = kept[0].path
    return Observation(value, said(args, value), kept, origin=WEB)


async def probe(args: Probe, hands: Hands) -> Observation:
    """Which addresses answer."""
    box = await hands.box("web")
    value = cast("Object", await box.call("web.probe", args.model_dump(mode="json"), timeout=900, progress=hands.progress))
    broken = value.pop("broken")
    return Observation(value, f"{broken} of {value['rows']} links are broken", origin=WEB)


async def links(args: Links, hands: Hands) -> Observation:
    """The links of a page."""
    box = await hands.box("web")
    value = cast("Object", await box.call("web.links", args.model_dump(mode="json"), progress=hands.progress))
    return Observation(value, f"{value['rows']} links on {args.url}", origin=WEB)


async def download(args: Download, hands: Hands) -> Observation:
    """Files from the web in the workspace."""
    asked = args.model_dump(mode="json", exclude={"auth"})
    asked["authorization"] = await authorization(args.auth, hands)
    box = await hands.box("web")
    value = cast("Object", await box.call("web.download", asked, timeout=1800, progress=hands.progress))
    kept = await adopt(hands, value.pop("saved"))
    return Observation(value, f"downloaded {len(kept)} files", kept, origin=WEB)


async def authorization(auth: Auth | None, hands: Hands) -> Json:
    """What the Authorization header is made of, the token read from its file if need be."""
    if auth is None:
        return None
    if auth.bearer_file:
        box = await hands.box("work")
        return {"bearer": await box.call("credentials.token", {"path": auth.bearer_file})}
    return {"bearer": auth.bearer} if auth.bearer else {"user": auth.user, "password": auth.password}


async def adopt(hands: Hands, saved: Json) -> tuple[Artifact, ...]:
    """Files of the scratch moved into the workspace: the web box cannot write there."""
    box = await hands.box("work")
    paths = cast("list[str]", await box.call("files.adopt", {"files": saved}))
    return tuple([await hands.artifact(path) for path in paths])


def said(args: Fetch, value: Object) -> str:
    """One sentence about an answer."""
    table = value.get("table")
    records = f", {table['rows']} records on {value['pages']} pages" if isinstance(table, dict) else ""
    more = "" if value["complete"] else "; there is more than was read"
    return f"{args.method} {args.url} answered {value['status']}{records}{more}"


def address(url: str) -> tuple[str, int]:
    """Host and port of an address."""
    parts = urlsplit(url)
    return parts.hostname or "", parts.port or (443 if parts.scheme.lower() == "https" else 80)


def fetch_footprint(args: Fetch) -> Footprint:
    """The address, the token's file, what is sent, and the file that gets the body."""
    host, port = address(args.url)
    sends = [*auth_sends(args.auth, args.url)]
    for what, data in (("query", args.params), ("headers", args.headers), ("JSON body", args.body), ("form", args.form)):
        if data:
            sends.append(Send(host, port, len(jsonlib.dumps(data)), "request", what))
    if args.body_from:
        sends.append(Send(host, port, 0, "workspace", f"the file {args.body_from}"))
    reads = tuple(path for path in (args.auth.bearer_file if args.auth else "", args.body_from) if path)
    return Footprint(reads, (args.save_as,) if args.save_as else (), urls=(args.url,), sends=tuple(sends))


def download_footprint(args: Download) -> Footprint:
    """The addresses, the token, and the folder or file written."""
    urls = args.named()
    reads = (args.auth.bearer_file,) if args.auth and args.auth.bearer_file else ()
    sends = [send for url in urls for send in auth_sends(args.auth, url)]
    return Footprint(reads, (args.to or ".",), urls=tuple(urls), sends=tuple(dict.fromkeys(sends)))


def auth_sends(auth: Auth | None, url: str) -> list[Send]:
    """The token or password that leaves for the address's host."""
    if auth is None:
        return []
    host, port = address(url)
    if auth.bearer_file:
        return [Send(host, port, 0, "credential", f"the token in {auth.bearer_file}")]
    return [Send(host, port, len(auth.bearer or auth.user + auth.password), "request", "the authorization")]


TOOLS: tuple[Tool, ...] = (
    Tool(
        "http.fetch",
        "Ask a REST API or page; gathers all pages and returns JSON, text and the records as a table",
        Fetch,
        Hints(read_only=False, idempotent=False, open_world=True),
        fetch,
        fetch_footprint,
    ),
    Tool(
        "http.probe",
        "Find out which addresses answer, with their status codes",
        Probe,
        Hints(open_world=True),
        probe,
        lambda args: Footprint(urls=tuple(args.urls.urls() if isinstance(args.urls, TableRef) else args.urls)),
    ),
    Tool(
        "http.links", "List the links of a page", Links, Hints(open_world=True), links, lambda args: Footprint(urls=(args.url,))
    ),
    Tool(
        "http.download",
        "Download files into the workspace; never overwrites",
        Download,
        Hints(read_only=False, idempotent=False, open_world=True),
        download,
        download_footprint,
    ),
)
