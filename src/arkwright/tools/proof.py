"""The proof tools: read-only openers and a second, plain-Python computation, for the verifier alone."""

from collections.abc import Awaitable, Callable
from typing import Any

from pydantic import BaseModel, Field, JsonValue

from arkwright.core.json import Object
from arkwright.core.observation import Observation
from arkwright.core.ports import Hands
from arkwright.core.tool import Footprint, Hints, Tool


class Paths(BaseModel):
    """Workspace files."""

    paths: list[str]


class Survey(BaseModel):
    """Workspace files, and bodies that addresses answered ({"url", "json"})."""

    paths: list[str] = Field(default_factory=list[str])
    fetched: list[dict[str, JsonValue]] = Field(default_factory=list[dict[str, JsonValue]])


class OnePath(BaseModel):
    """One workspace file."""

    path: str


class Recompute(BaseModel):
    """A question over input files, and the artifacts whose tables should hold its answer."""

    question: dict[str, JsonValue]
    paths: list[str] = Field(default_factory=list[str])
    rules: dict[str, JsonValue] = Field(default_factory=dict[str, JsonValue])


class Document(BaseModel):
    """Sources whose every heading, table row, list item and paragraph should stand in `path`."""

    sources: list[str]
    path: str


class Hashes(BaseModel):
    """Files, folders (recursive) and archives to hash, member by member."""

    paths: list[str]
    algorithm: str = "sha256"


class Diff(BaseModel):
    """Two text files."""

    left: str
    right: str


class Page(BaseModel):
    """The source of a web page, and where it came from."""

    html: str
    url: str


class Rerun(BaseModel):
    """A Python, Node or shell program of the workspace, run again in a copy of `inputs`."""

    path: str
    args: list[str] = Field(default_factory=list[str])
    inputs: list[str] = Field(default_factory=list[str])


def _tools() -> tuple[Tool, ...]:
    """Every proof tool."""
    reading = Hints(read_only=True, idempotent=True)
    running = Hints(read_only=True, idempotent=True, runs_code=True)
    return (
        _tool("proof.survey", "List the tables and columns of input files with a reader of its own.", Survey, reading),
        _tool("proof.open", "Open files and say what they really hold: pages, text, pixels, headings, entries.", Paths, reading),
        _tool("proof.tables", "Read every table of one file.", OnePath, reading),
        _tool(
            "proof.recompute",
            "Compute a question from the inputs in plain Python and look for it in artifacts.",
            Recompute,
            reading,
        ),
        _tool("proof.document", "Check that a document holds all of its sources, in order.", Document, reading),
        _tool("proof.hashes", "Hash files, folders and the members of archives.", Hashes, reading),
        _tool("proof.page", "Read the tables, links and text of a page's source.", Page, reading),
        _tool("proof.diff", "Compare two text files line by line.", Diff, reading),
        _tool("proof.rerun", "Run a program again in a copy of its inputs.", Rerun, running),
    )


def _tool(name: str, summary: str, args: type[BaseModel], hints: Hints) -> Tool:
    return Tool(name=name, summary=summary, args=args, hints=hints, run=_runner(name), footprint=_footprint)


def _runner(name: str) -> Callable[[Any, Hands], Awaitable[Observation]]:
    async def run(args: BaseModel, hands: Hands) -> Observation:
        box = await hands.box("work")
        payload: Object = args.model_dump()
        value = await box.call(name, payload, timeout=300.0, progress=hands.progress)
        return Observation(value=value, summary=f"{name} done")

    return run


def _footprint(args: BaseModel) -> Footprint:
    values = args.model_dump()
    single = [str(values[key]) for key in ("path", "left", "right") if values.get(key)]
    many = [str(path) for key in ("paths", "sources", "inputs") for path in values.get(key) or ()]
    return Footprint(reads=tuple(dict.fromkeys(single + many)))


TOOLS: tuple[Tool, ...] = _tools()
