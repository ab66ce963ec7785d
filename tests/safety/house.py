"""Real parts for the gate: small tools over a temporary folder, a store and checkpoints on disk."""

import hashlib
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel, ConfigDict, Field, JsonValue

from arkwright.core.decision import Approval
from arkwright.core.event import Event
from arkwright.core.observation import Artifact, Observation
from arkwright.core.plan import Plan
from arkwright.core.ports import Box, Hands, Profile
from arkwright.core.request import Request
from arkwright.core.run import Node, Run, Transaction
from arkwright.core.task import Task
from arkwright.core.tool import Footprint, Hints, Send, Tool, ToolCall
from arkwright.safety.addresses import read_address
from arkwright.safety.gate import Gate
from arkwright.safety.undo import Undo
from arkwright.sandbox.checkpoint import Checkpoints
from arkwright.store.sqlite import SqliteStore

RUN = "run-1"


class Args(BaseModel):
    model_config = ConfigDict(extra="forbid")


class OnePath(Args):
    path: str


class Written(Args):
    path: str
    text: str = ""


class Many(Args):
    paths: list[str]


class Moved(Args):
    source: str
    target: str


class Code(Args):
    code: str


class Fetched(Args):
    url: str
    method: str = "GET"
    headers: dict[str, str] = Field(default_factory=dict)
    params: dict[str, JsonValue] = Field(default_factory=dict)
    form: dict[str, str] | None = None
    body: JsonValue = Field(default=None, alias="json")
    body_from: str = ""
    bearer_file: str = ""
    query: str = ""
    auth: dict[str, str] | None = None


@dataclass
class FolderHands:
    """Hands over a plain folder: tools of these tests write there directly."""

    run: str
    task: str
    workspace: Path

    async def box(self, profile: Profile) -> Box:
        raise NotImplementedError(profile)

    async def artifact(self, path: str) -> Artifact:
        data = (self.workspace / path).read_bytes()
        return Artifact(path, "text/plain", hashlib.sha256(data).hexdigest(), len(data))

    def progress(self, fraction: float, note: str) -> None:
        pass


def at(hands: Hands, path: str) -> Path:
    assert isinstance(hands, FolderHands)
    return hands.workspace / path


async def read(args: OnePath, hands: Hands) -> Observation:
    text = at(hands, args.path).read_text()
    return Observation({"text": text}, f"read {text}")


async def write(args: Written, hands: Hands) -> Observation:
    target = at(hands, args.path)
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(args.text)
    return Observation({"path": args.path}, f"wrote {args.path}", (await hands.artifact(args.path),))


async def delete(args: Many, hands: Hands) -> Observation:
    for path in args.paths:
        at(hands, path).unlink()
    return Observation({"deleted": list(args.paths)}, "deleted")


async def move(args: Moved, hands: Hands) -> Observation:
    at(hands, args.source).rename(at(hands, args.target))
    return Observation({"path": args.target}, "moved")


async def execute(args: Code, hands: Hands) -> Observation:
    exec(args.code, {"workspace": at(hands, "")})
    return Observation({"code": 0}, "ran")


async def fetch(args: Fetched, hands: Hands) -> Observation:
    return Observation({"status": 200, "text": "from the web"}, f"{args.method} {args.url}", origin=("web",))


def fetched(args: Fetched) -> Footprint:
    try:
        address = read_address(args.url)
        host, port = address.host, address.port
    except ValueError:
        host, port = "unreadable", 80
    sends = [Send(host, port, 0, "request", what) for what in ("form", "body") if getattr(args, what) is not None]
    if args.bearer_file:
        sends.append(Send(host, port, 0, "credential", f"the token in {args.bearer_file}"))
    if args.body_from:
        sends.append(Send(host, port, 0, "workspace", f"the file {args.body_from}"))
    return Footprint(tuple(path for path in (args.bearer_file, args.body_from) if path), urls=(args.url,), sends=tuple(sends))


def tool(
    name: str,
    args: type[BaseModel],
    run: Callable[[Any, Hands], Awaitable[Observation]],
    footprint: Callable[[Any], Footprint],
    **hints: bool,
) -> Tool:
    return Tool(name, name, args, Hints(**hints), run, footprint)


TOOLS = [
    tool("files.read", OnePath, read, lambda args: Footprint(reads=(args.path,))),
    tool("files.write", Written, write, lambda args: Footprint(writes=(args.path,)), read_only=False),
    tool("files.delete", Many, delete, lambda args: Footprint(deletes=tuple(args.paths)), read_only=False, destructive=True),
    tool("files.move", Moved, move, lambda args: Footprint(writes=(args.source, args.target)), read_only=False),
    tool(
        "python.run",
        Code,
        execute,
        lambda args: Footprint(writes=None),
        read_only=False,
        destructive=True,
        idempotent=False,
        runs_code=True,
    ),
    tool("http.fetch", Fetched, fetch, fetched, read_only=False, idempotent=False, open_world=True),
]


@dataclass
class Opened:
    """An egress that remembers what it let out."""

    allowed: list[tuple[str, str, int]] = field(default_factory=list)

    def allow(self, run: str, host: str, port: int) -> None:
        self.allowed.append((run, host, port))


@dataclass
class Person:
    """Somebody at the terminal with one answer to everything."""

    answer: bool | None
    asked: list[Approval] = field(default_factory=list)

    def ask(self, approval: Approval) -> bool | None:
        self.asked.append(approval)
        return self.answer


@dataclass
class House:
    """A gate with everything around it."""

    root: Path
    workspace: Path
    store: SqliteStore
    checkpoints: Checkpoints
    egress: Opened
    events: list[Event]
    gates: list[Gate] = field(default_factory=list)

    @property
    def home(self) -> Path:
        return self.root / "home"

    def gate(self, *, tools: Sequence[Tool] = (), **more: Any) -> Gate:
        gate = Gate(
            {each.name: each for each in [*TOOLS, *tools]},
            home=self.home,
            runs=more.pop("runs", self.store),
            checkpoints=self.checkpoints,
            egress=self.egress,
            hands=lambda call, request: FolderHands(call.run, call.task, Path(request.workspace)),
            approvals=self.store,
            emit=self.events.append,
            **more,
        )
        self.gates.append(gate)
        return gate

    def undo(self, gate: Gate) -> Undo:
        return Undo(gate.journal, self.checkpoints, self.events.append)

    async def plan(self, text: str, *tasks: Task, run: str = RUN, **request: Any) -> None:
        """Put a run with these tasks into the store."""
        record = Run(run, Request(text, str(self.workspace), **request), 1.0, owner="me", plan=Plan(text, tasks))
        await self.store.commit(Transaction(run, 0, record, inserts=[Node(task, "ready") for task in tasks]))

    async def serve(self, gate: Gate, task: Task, run: str = RUN, *, epoch: int = 1) -> Observation:
        """Call the tool of a task as its plan says."""
        return await gate.call(ToolCall(run, task.id, epoch, task.tool, task.args))

    async def once(
        self, text: str, tool: str, args: dict[str, Any], *, gate: Gate | None = None, run: str = RUN, **request: Any
    ) -> Observation:
        """A request with one task, served."""
        task = Task("t1", "do it", tool, args)
        await self.plan(text, task, run=run, **request)
        return await self.serve(gate or self.gate(), task, run)

    async def finish(self, task: Task, observation: Observation, run: str = RUN) -> None:
        """Write an observation into the store, as the engine does."""
        snapshot = await self.store.load(run)
        node = next(node for node in snapshot.nodes if node.task.id == task.id)
        done = replace(node, state="done", epoch=node.epoch + 1, observation=observation)
        await self.store.commit(Transaction(run, snapshot.run.epoch, nodes=[done]))


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    workspace = tmp_path / "workspace"
    workspace.mkdir()
    (workspace / "sales.csv").write_text("region,amount\nnorth,1\n")
    store = SqliteStore(tmp_path / "runs.db")
    house = House(tmp_path, workspace, store, Checkpoints(tmp_path / "checkpoints"), Opened(), [])
    yield house
    for gate in house.gates:
        gate.close()
    await store.close()
