"""Documents: read, write, convert and merge docx, pdf, html, Markdown and text inside the box."""

from typing import cast

from pydantic import BaseModel, ConfigDict, Field, JsonValue

from arkwright.core.json import Object
from arkwright.core.observation import Observation
from arkwright.core.ports import Hands
from arkwright.core.tool import Footprint, Hints, Tool

Table = dict[str, JsonValue] | list[list[JsonValue]]


class Args(BaseModel):
    """Arguments: what is not named here is an error."""

    model_config = ConfigDict(extra="forbid")


class ReadArgs(Args):
    """Arguments of documents.read."""

    path: str = Field(description="a pdf, docx, html, Markdown or text file of the workspace")


class Block(Args):
    """One block of a document: exactly one of heading, text, markdown, table, figure, bullets, rows and page_break."""

    heading: str | None = None
    level: int = Field(default=1, ge=1, le=6)
    text: str | None = Field(default=None, description="a paragraph; Markdown emphasis, code and links work")
    markdown: str | None = Field(default=None, description="any Markdown")
    table: Table | None = Field(default=None, description="a table of this run, a source, or rows of cells with the header first")
    caption: str = ""
    total: bool = Field(default=False, description="set off the last row as a total")
    figure: str | None = Field(default=None, description="a picture in the workspace")
    bullets: list[str] | None = None
    rows: dict[str, JsonValue] | None = Field(default=None, description="a table that gives one bullet a row, by `template`")
    template: str = Field(default="", description='such as "{region} rose by {change:+,.2f}"')
    page_break: bool = False


class WriteArgs(Args):
    """Arguments of documents.write."""

    path: str = Field(description="relative to the workspace; .docx, .pdf, .md or .html")
    title: str
    subtitle: str = ""
    blocks: list[Block]
    pages: int | None = Field(default=None, ge=1, description="how many pages a PDF should have")
    toc: bool = False
    overwrite: bool = Field(default=False, description="replace a file that is there")


class ConvertArgs(Args):
    """Arguments of documents.convert."""

    source: str
    path: str = Field(description="relative to the workspace; the extension decides the format")
    overwrite: bool = Field(default=False, description="replace a file that is there")


class Pages(Args):
    """Some pages of a PDF; negative numbers count from the end."""

    first: int
    last: int
    drop: bool = Field(default=False, description="these pages go, the others stay")


class MergeArgs(Args):
    """Arguments of documents.merge."""

    sources: list[str] = Field(min_length=1)
    path: str = Field(description="relative to the workspace; the extension decides the format")
    title: str = ""
    toc: bool = False
    overwrite: bool = Field(default=False, description="replace a file that is there")
    pages: dict[str, Pages] = Field(default_factory=dict[str, Pages], description="which pages of a PDF, by its path")


async def ask(hands: Hands, function: str, args: Args) -> Object:
    """What the toolbox function returns."""
    box = await hands.box("work")
    return cast("Object", await box.call(function, cast("Object", args.model_dump(mode="json")), progress=hands.progress))


async def read(args: ReadArgs, hands: Hands) -> Observation:
    """Take text, headings and tables out of a document."""
    value = await ask(hands, "documents.read", args)
    words = len(str(value["text"]).split())
    tables = len(cast("list[object]", value["tables"]))
    return Observation(
        value, f"{words} words and {tables} table{'' if tables == 1 else 's'} in {args.path}", origin=("workspace",)
    )


async def write(args: WriteArgs, hands: Hands) -> Observation:
    """Write a document from blocks."""
    return await left(hands, "documents.write", args)


async def convert(args: ConvertArgs, hands: Hands) -> Observation:
    """Write a document again in another format."""
    return await left(hands, "documents.convert", args)


async def merge(args: MergeArgs, hands: Hands) -> Observation:
    """Join documents into one, a chapter each."""
    return await left(hands, "documents.merge", args)


async def left(hands: Hands, function: str, args: Args) -> Observation:
    """Run a function that leaves one document in the workspace."""
    value = await ask(hands, function, args)
    artifact = await hands.artifact(str(value["path"]))
    pages = value.get("pages")
    size = f"{pages} page{'' if pages == 1 else 's'}" if pages else f"{value.get('words', 0)} words"
    return Observation(value, f"{artifact.path}, {size}", (artifact,))


def files(block: Block) -> tuple[str, ...]:
    """The workspace files a block is made of."""
    found = [block.figure] if block.figure else []
    for part in (block.table, block.rows):
        if isinstance(part, dict) and isinstance(path := part.get("path"), str):
            found.append(path)
    return tuple(found)


def written(args: WriteArgs) -> Footprint:
    """What documents.write touches."""
    reads = tuple(dict.fromkeys(path for block in args.blocks for path in files(block)))
    return Footprint(reads=reads, writes=(args.path,), deletes=(args.path,) if args.overwrite else ())


def converted(args: ConvertArgs) -> Footprint:
    """What documents.convert touches."""
    return Footprint(reads=(args.source,), writes=(args.path,), deletes=(args.path,) if args.overwrite else ())


def merged(args: MergeArgs) -> Footprint:
    """What documents.merge touches."""
    return Footprint(reads=tuple(args.sources), writes=(args.path,), deletes=(args.path,) if args.overwrite else ())


TOOLS: tuple[Tool, ...] = (
    Tool(
        "documents.read",
        "Read text, headings and tables of a pdf, docx, html, Markdown or text file",
        ReadArgs,
        Hints(),
        read,
        lambda args: Footprint(reads=(args.path,)),
    ),
    Tool("documents.write", "Write a docx, pdf, Markdown or html document", WriteArgs, Hints(read_only=False), write, written),
    Tool("documents.convert", "Convert a document to another format", ConvertArgs, Hints(read_only=False), convert, converted),
    Tool("documents.merge", "Join documents into one", MergeArgs, Hints(read_only=False), merge, merged),
)
