"""A laboratory for the verifier: workspaces made by hand, results laid in, and the proof tools called directly."""

import asyncio
import csv
import hashlib
import io
import json
import os
import sys
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from arkwright.core.json import Json, Object
from arkwright.core.observation import Artifact, Fault, Observation
from arkwright.core.plan import Plan
from arkwright.core.ports import Evidence
from arkwright.core.request import Request
from arkwright.core.survey import Survey
from arkwright.core.task import Task
from arkwright.core.verdict import Verdict
from arkwright.verifier import RequestVerifier

SOURCE = Path(__file__).parents[2] / "src" / "arkwright"
if str(SOURCE) not in sys.path:
    sys.path.append(str(SOURCE))


@dataclass
class Result:
    """What a run left: files by path (bytes), files moved or removed (path -> None), an answer, and its calls."""

    files: dict[str, bytes | None] = field(default_factory=dict[str, bytes | None])
    answer: str = ""
    calls: tuple[tuple[str, Object, Json], ...] = ()


def verify(folder: Path, request: str, inputs: Mapping[str, bytes], result: Result) -> Verdict:
    """The verdict on a result over some inputs, in a fresh folder."""
    before = {name: lay(folder, name, data) for name, data in inputs.items()}
    for name, data in result.files.items():
        if data is None:
            (folder / name).unlink()
        else:
            lay(folder, name, data)
    after = {p.relative_to(folder).as_posix(): digest(p.read_bytes()) for p in folder.rglob("*") if p.is_file()}
    new = [p for p, h in after.items() if before.get(p) != h]
    artifacts = tuple(Artifact(p, "", after[p]) for p in new)
    tasks = tuple(Task(f"t{n}", tool, tool, args) for n, (tool, args, _) in enumerate(result.calls))
    outputs = {f"t{n}": Observation(value=value) for n, (_, _, value) in enumerate(result.calls)}
    evidence = Evidence(
        "run", Request(request, str(folder)), Survey(), Plan(request, tasks), outputs, artifacts, result.answer, before, after
    )
    with working_in(folder):
        return asyncio.run(RequestVerifier().verify(evidence, ask))


@contextmanager
def working_in(folder: Path) -> Iterator[None]:
    """The toolbox at work in `folder`; afterwards where it was before."""
    before = os.environ.get("ARKWRIGHT_WORKSPACE")
    os.environ["ARKWRIGHT_WORKSPACE"] = str(folder)
    try:
        yield
    finally:
        if before is None:
            del os.environ["ARKWRIGHT_WORKSPACE"]
        else:
            os.environ["ARKWRIGHT_WORKSPACE"] = before


async def ask(tool: str, args: Object) -> Observation:
    """A proof tool, called in this process; there is no network here."""
    if not tool.startswith("proof."):
        return Observation(outcome="error", fault=Fault("unreachable", f"{tool} is not there in the laboratory"))
    import toolbox.proof as proof  # type: ignore[import-not-found]
    from toolbox.fault import Fault as Trouble  # type: ignore[import-not-found]

    try:
        return Observation(value=getattr(proof, tool.removeprefix("proof."))(args, lambda fraction, note: None))
    except Trouble as why:
        return Observation(outcome="error", fault=Fault(why.code, why.message))


def lay(folder: Path, name: str, data: bytes) -> str:
    """Write a file and return its hash."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return digest(data)


def digest(data: bytes) -> str:
    """SHA-256 in hex."""
    return hashlib.sha256(data).hexdigest()


def as_csv(header: list[str], rows: list[list[Any]], delimiter: str = ",", encoding: str = "utf-8") -> bytes:
    """A table as CSV."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=delimiter, lineterminator="\n")
    writer.writerows([header, *rows])
    return out.getvalue().encode(encoding)


def as_json(header: list[str], rows: list[list[Any]]) -> bytes:
    """A table as a list of objects."""
    return json.dumps([dict(zip(header, r, strict=True)) for r in rows], ensure_ascii=False).encode()


def as_markdown(header: list[str], rows: list[list[Any]]) -> bytes:
    """A table in Markdown."""
    lines = ["| " + " | ".join(str(c) for c in r) + " |" for r in [header, ["---"] * len(header), *rows]]
    return ("\n".join(lines) + "\n").encode()


def pixels(wide: int, high: int, seed: bytes | None) -> bytes:
    """A PNG: noise that follows from a seed, or one flat colour."""
    import struct

    rows = []
    for y in range(high):
        line = bytearray()
        for x in range(wide):
            shade = (
                zlib.crc32(seed + bytes([x // 8 % 256, y // 8 % 256])) & 0xFFFFFF
                if seed and (x // 40 + y // 40) % 2
                else 0xFFFFFF
            )
            line += shade.to_bytes(3, "big")
        rows.append(b"\0" + bytes(line))

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", struct.pack(">IIBBBBB", wide, high, 8, 2, 0, 0, 0))
        + chunk(b"IDAT", zlib.compress(b"".join(rows)))
        + chunk(b"IEND", b"")
    )
