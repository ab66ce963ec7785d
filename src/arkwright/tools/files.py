"""Files: list, read, write, move, copy, delete, pack, unpack, verify and compare files of the workspace."""

from typing import Literal, cast

from pydantic import BaseModel, ConfigDict, Field, model_validator

from arkwright.core.json import Json, Object
from arkwright.core.observation import Artifact, Observation
from arkwright.core.ports import Hands
from arkwright.core.tool import Footprint, Hints, Tool

WORKSPACE = ("workspace",)


class Args(BaseModel):
    """Arguments of a file tool: paths are relative to the workspace."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)


class TableRef(BaseModel):
    """A table another task made."""

    model_config = ConfigDict(extra="allow")

    table: str = Field(description="where the table is in the run's scratch")


class Pair(Args):
    """One file's old and new path."""

    source: str = Field(alias="from", min_length=1, description="path as it is")
    target: str = Field(alias="to", min_length=1, description="path as it will be")


class List(Args):
    """Which files."""

    path: str = Field(default="", description="folder; the whole workspace when empty")
    pattern: str = Field(
        default="", description="glob on the file's name, or on its path when it holds a slash: *.csv, 2024/**/*.txt"
    )
    recursive: bool = Field(default=True, description="look into subfolders")


class Read(Args):
    """Which text file, and how much of it."""

    path: str = Field(min_length=1, description="file")
    limit: int = Field(default=1_000_000, ge=1, le=10_000_000, description="most characters to return")


class Write(Args):
    """What to write where."""

    path: str = Field(min_length=1, description="file to make; missing folders are made too")
    text: str = Field(description="its whole content, written as UTF-8")
    overwrite: bool = Field(default=False, description="replace a file that is there")


class Transfer(Args):
    """Which files go where."""

    moves: list[Pair] | TableRef = Field(description="pairs of paths, or a table with the columns `from` and `to`")


class Delete(Args):
    """Which files go away."""

    paths: list[str] = Field(min_length=1, description="files or folders")


class Archive(Args):
    """What to pack into which archive."""

    paths: list[str] = Field(default_factory=list[str], description="files, folders (with all they hold) or globs")
    table: TableRef | None = Field(default=None, description="a table with a column `path`, instead of or besides `paths`")
    path: str = Field(
        pattern=r"(?i)\.(zip|tar|tar\.gz|tgz|tar\.bz2|tar\.xz)$",
        description="archive to make: .zip .tar .tar.gz .tar.bz2 .tar.xz",
    )
    base: str = Field(default="", description="folder that the names in the archive are relative to; the workspace when empty")

    @model_validator(mode="after")
    def names_something(self) -> "Archive":
        """An archive of nothing is a mistake."""
        if not self.paths and self.table is None:
            raise ValueError("name what to pack: give paths or a table")
        return self


class Extract(Args):
    """Which archive to unpack where."""

    path: str = Field(min_length=1, description="archive: zip, tar, tar.gz, tar.bz2, tar.xz or a single .gz file")
    to: str = Field(default="", description="folder to unpack into; the workspace when empty")


class Checksum(Args):
    """Which files to hash, or which manifest to verify."""

    paths: list[str] = Field(default_factory=list[str], description="files, folders or globs")
    path: str = Field(default="", description="one file or folder")
    algorithm: Literal["md5", "sha1", "sha256", "sha512", ""] = Field(
        default="", description="sha256, or what the manifest's sums look like"
    )
    manifest: str = Field(default="", description="file of sums to verify, as sha256sum or md5sum writes it")
    save_as: str = Field(default="", description="write the sums to this manifest")


class Compare(Args):
    """Which two files or folders."""

    left: str = Field(min_length=1, description="the old file or folder")
    right: str = Field(min_length=1, description="the new file or folder")
    path: str = Field(
        default="",
        pattern=r"(?i)^$|\.(md|html|txt|diff|patch|docx|pdf)$",
        description="report to write: .md .html .txt .diff .docx .pdf",
    )


class Duplicates(Args):
    """Where to look."""

    path: str = Field(default="", description="folder, with its subfolders")
    pattern: str = Field(default="", description="only files that match this glob")


async def list_files(args: List, hands: Hands) -> Observation:
    """The files there are."""
    value = await ask(hands, "files.listing", args)
    return Observation(value, f"{len(cast('list[Json]', value))} files", origin=WORKSPACE)


async def read(args: Read, hands: Hands) -> Observation:
    """A file's text."""
    value = await ask(hands, "files.read", args)
    return Observation(value, f"read {field(value, 'lines')} lines of {args.path}", origin=WORKSPACE)


async def write(args: Write, hands: Hands) -> Observation:
    """A text as a file."""
    value = await ask(hands, "files.write", args)
    return Observation(value, f"wrote {args.path}", await artifacts(hands, args.path), origin=("request",))


async def move(args: Transfer, hands: Hands) -> Observation:
    """Files under new paths."""
    value = await ask(hands, "files.move", args)
    return Observation(value, f"moved {field(value, 'count')} files", await left_at(hands, value), origin=WORKSPACE)


async def copy(args: Transfer, hands: Hands) -> Observation:
    """Files twice."""
    value = await ask(hands, "files.copy", args)
    return Observation(value, f"copied {field(value, 'count')} files", await left_at(hands, value), origin=WORKSPACE)


async def delete(args: Delete, hands: Hands) -> Observation:
    """Files gone."""
    value = await ask(hands, "files.delete", args)
    return Observation(value, f"deleted {field(value, 'count')} files", origin=WORKSPACE)


async def archive(args: Archive, hands: Hands) -> Observation:
    """Files packed."""
    value = await ask(hands, "archives.pack", args)
    return Observation(
        value, f"packed {field(value, 'count')} files into {args.path}", await artifacts(hands, args.path), origin=WORKSPACE
    )


async def extract(args: Extract, hands: Hands) -> Observation:
    """An archive unpacked."""
    value = await ask(hands, "archives.unpack", args)
    paths = [str(path) for path in cast("list[Json]", field(value, "files"))]
    return Observation(value, f"unpacked {len(paths)} files of {args.path}", await artifacts(hands, *paths), origin=WORKSPACE)


async def checksum(args: Checksum, hands: Hands) -> Observation:
    """Sums, or which of them are wrong."""
    value = cast("Object", await ask(hands, "checksums.table", args))
    wrong = [str(path) for path in cast("list[Json]", value["wrong"])]
    if args.manifest:
        summary = f"{len(wrong)} of {value['rows']} files differ from {args.manifest}" + (
            f": {', '.join(wrong[:20])}" if wrong else ""
        )
    else:
        summary = f"sums of {value['rows']} files"
    return Observation(value, summary, await artifacts(hands, args.save_as) if args.save_as else (), origin=WORKSPACE)


async def compare(args: Compare, hands: Hands) -> Observation:
    """What differs."""
    value = await ask(hands, "diff.compare", args)
    counts = [f"{len(cast('list[Json]', field(value, key)))} {key}" for key in ("added", "removed", "changed")]
    summary = (
        f"{args.left} and {args.right} are identical"
        if field(value, "identical")
        else f"{args.right} against {args.left}: {', '.join(counts)}"
    )
    return Observation(value, summary, await artifacts(hands, args.path) if args.path else (), origin=WORKSPACE)


async def duplicates(args: Duplicates, hands: Hands) -> Observation:
    """Files that are exact copies of each other."""
    value = await ask(hands, "files.duplicates", args)
    return Observation(value, f"{field(value, 'rows')} files have the same content as another", origin=WORKSPACE)


async def ask(hands: Hands, function: str, args: Args) -> Json:
    """What `function` returns in the work box."""
    box = await hands.box("work")
    return await box.call(function, args.model_dump(mode="json", by_alias=True), progress=hands.progress)


def field(value: Json, name: str) -> Json:
    """A field of an object."""
    return cast("Object", value)[name]


async def artifacts(hands: Hands, *paths: str) -> tuple[Artifact, ...]:
    """The files at `paths`, hashed."""
    return tuple([await hands.artifact(path) for path in paths])


async def left_at(hands: Hands, value: Json) -> tuple[Artifact, ...]:
    """The files a transfer left, hashed."""
    return await artifacts(hands, *[str(path) for path in cast("list[Json]", field(value, "files"))])


def transfer_footprint(args: Transfer, *, moves: bool) -> Footprint:
    """Old paths are read (and, when moved, written), new ones written; a table of moves may name any file."""
    if isinstance(args.moves, TableRef):
        return Footprint(writes=None)
    sources, targets = tuple(pair.source for pair in args.moves), tuple(pair.target for pair in args.moves)
    return Footprint(reads=sources, writes=targets + (sources if moves else ()))


def written(*paths: str) -> tuple[str, ...]:
    """The paths that are not empty."""
    return tuple(path for path in paths if path)


READS = Hints(read_only=True)
WRITES = Hints(read_only=False, idempotent=False)

TOOLS: tuple[Tool, ...] = (
    Tool(
        "files.list",
        "List the files of a folder with size and media type",
        List,
        READS,
        list_files,
        lambda args: Footprint(reads=(args.path or "",)),
    ),
    Tool("files.read", "Read a text file", Read, READS, read, lambda args: Footprint(reads=(args.path,))),
    Tool(
        "files.write",
        "Write a text file; an existing file is replaced only with overwrite",
        Write,
        Hints(read_only=False, destructive=True),
        write,
        lambda args: Footprint(writes=(args.path,)),
    ),
    Tool(
        "files.move",
        "Move or rename files; never overwrites, all or nothing",
        Transfer,
        WRITES,
        move,
        lambda args: transfer_footprint(args, moves=True),
    ),
    Tool(
        "files.copy",
        "Copy files with their times; never overwrites, all or nothing",
        Transfer,
        WRITES,
        copy,
        lambda args: transfer_footprint(args, moves=False),
    ),
    Tool(
        "files.delete",
        "Delete files and folders",
        Delete,
        Hints(read_only=False, destructive=True, idempotent=False),
        delete,
        lambda args: Footprint(deletes=tuple(args.paths)),
    ),
    Tool(
        "files.archive",
        "Pack files into a new zip or tar archive, keeping the folder structure",
        Archive,
        WRITES,
        archive,
        lambda args: Footprint(reads=tuple(args.paths) or ("",), writes=(args.path,)),
    ),
    Tool(
        "files.extract",
        "Unpack an archive into a folder; never overwrites and never leaves the folder",
        Extract,
        WRITES,
        extract,
        lambda args: Footprint(reads=(args.path,), writes=(args.to or "",)),
    ),
    Tool(
        "files.checksum",
        "Compute checksums of files, or verify a manifest and say which files are wrong",
        Checksum,
        Hints(read_only=False),
        checksum,
        lambda args: Footprint(reads=written(*args.paths, args.path, args.manifest) or ("",), writes=written(args.save_as)),
    ),
    Tool(
        "files.compare",
        "Compare two files line by line, or two folders file by file, with an optional report",
        Compare,
        Hints(read_only=False),
        compare,
        lambda args: Footprint(reads=(args.left, args.right), writes=written(args.path)),
    ),
    Tool(
        "files.duplicates",
        "Find files with exactly the same content and say which one to keep",
        Duplicates,
        READS,
        duplicates,
        lambda args: Footprint(reads=(args.path or "",)),
    ),
)
