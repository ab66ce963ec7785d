"""The composition root: the one file that names concrete classes and wires them. Read it to know what runs."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from pathlib import Path
from types import ModuleType, TracebackType
from typing import TypeVar

from arkwright.core.decision import Approval, Grant
from arkwright.core.event import Event
from arkwright.core.plan import Plan, Proposal, Question
from arkwright.core.ports import Progress
from arkwright.core.request import Approve, Request
from arkwright.core.result import Result
from arkwright.core.run import Run, Snapshot
from arkwright.core.tool import Tool, ToolSpec
from arkwright.engine import planfile
from arkwright.engine.forest import dependants
from arkwright.engine.planning import Waits
from arkwright.engine.ports import Listener
from arkwright.engine.run import Engine
from arkwright.engine.scheduler import Limits as Parallel
from arkwright.errors import NotFound, UserError
from arkwright.planner.offline import OfflinePlanner
from arkwright.planner.recipes import RECIPES, Recipe
from arkwright.plugins import offered
from arkwright.safety.audit import Report, verify
from arkwright.safety.gate import Gate
from arkwright.safety.ports import Asker
from arkwright.safety.screen import Screen
from arkwright.safety.undo import Undo, Undone
from arkwright.safety.workspace import Door
from arkwright.sandbox.checkpoint import Checkpoints
from arkwright.sandbox.limits import Limits
from arkwright.sandbox.probe import Capability, probe
from arkwright.sandbox.toolbox import Toolbox
from arkwright.sandbox.workshop import Workshop
from arkwright.settings import Settings
from arkwright.store.sqlite import SqliteStore
from arkwright.tools import browser, charts, documents, files, graphql, http, node, pictures, proof, python, tables, terminal
from arkwright.verifier.verify import RequestVerifier

BUILT_IN: tuple[ModuleType, ...] = (
    tables,
    charts,
    documents,
    files,
    pictures,
    python,
    node,
    terminal,
    http,
    graphql,
    browser,
    proof,
)
Value = TypeVar("Value")


class Arkwright:
    """The agentic computer over one workspace.

    Args:
        workspace: the folder to work in.
        settings: where state lives and how much may be used; by default read from ARKWRIGHT_* variables.
        model: a model to plan with; empty for the offline planner.
        approve: who answers the gate's questions: `ask` a person, `deny` all, or `policy` alone.
        budget_usd: what a run may spend on models.
        listeners: called with each event after it is kept.
        asker: asks the person at the terminal; without one, questions wait in `approvals`.
        progress: told how far the one-time set-up of the toolbox is.
        tools, recipes: offered beside the built-in ones.

    Raises:
        UserError: the workspace is not a folder.

    Example:
        async with Arkwright(workspace=".") as ark:
            result = await ark.run("How many rows are in examples/sales.csv?")
    """

    def __init__(
        self, workspace: str | Path = ".", *, settings: Settings | None = None, model: str = "", approve: Approve = "ask",
        budget_usd: float | None = None, listeners: Sequence[Listener] = (), asker: Asker | None = None,
        progress: Progress = lambda fraction, note: None, tools: Sequence[Tool] = (), recipes: Sequence[Recipe] = (),
    ) -> None:  # fmt: skip
        if model:
            raise UserError(f"model {model!r} cannot be connected yet", remedy="leave --model away: the offline planner serves")
        self.settings = settings or Settings()
        home = self.settings.home
        self._progress = progress
        self._request = Request("", str(_folder(workspace)), approve=approve, budget_usd=budget_usd)
        self._store = SqliteStore(home / "arkwright.db")
        self._checkpoints = Checkpoints(home / "blobs")
        self._door = Door(self._store, asker)
        self._toolbox = Toolbox(home)
        self._workshop = Workshop(home, self._toolbox, _limits(self.settings), emit=self._emit)
        built_in = [tool for module in BUILT_IN for tool in module.TOOLS]
        self._gate = Gate(
            {tool.name: tool for tool in (*built_in, *offered("arkwright.tools", Tool), *tools)}, home=home, runs=self._store,
            hands=self._workshop.hands, checkpoints=self._checkpoints, egress=self._workshop.egress, approvals=self._store,
            asker=asker, policy=self.settings.policy, emit=self._emit,
        )  # fmt: skip
        planner = OfflinePlanner(self._gate.catalogue(), (*RECIPES, *offered("arkwright.recipes", Recipe), *recipes))
        self._engine = Engine(
            store=self._store, gate=self._gate, planner=planner, verifier=RequestVerifier(), screen=Screen(),
            snapshots=self._checkpoints, listeners=[self._workshop.hear, *listeners],
            limits=Parallel(cpus=self.settings.parallel),
        )  # fmt: skip

    async def __aenter__(self) -> "Arkwright":
        return self

    async def __aexit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        await self._workshop.close()
        await self._engine.flush()
        self._gate.close()
        await self._store.close()

    async def once(self, work: Callable[["Arkwright"], Awaitable[Value]]) -> Value:
        """Do one thing and close."""
        async with self:
            return await work(self)

    # doing ------------------------------------------------------------------------------------------------------------
    async def run(self, text: str, *, plan: Plan | Path | None = None) -> Result:
        """Do what `text` says, or what a plan says, and prove it."""
        if isinstance(plan, Path):
            plan = _read_plan(plan)
        request = replace(self._request, text=text or (plan.goal if plan else ""))
        if waits := await self._door.admit(request):
            return Result("", "waiting", f"{waits.question}\nAnswer with `arkwright approve {waits.id}` and run it again.")
        await self.prepare()
        return await self._engine.run(request, plan=plan)

    async def plan(self, text: str) -> Proposal:
        """A dry run: look, plan, change nothing."""
        await self.prepare()
        proposal = (await self._engine.propose(replace(self._request, text=text))).proposal
        return Question(proposal.question) if isinstance(proposal, Waits) else proposal

    async def resume(self, run: str, *, answer: str = "") -> Result:
        """Go on with a run that was interrupted or that waited; `answer` replies to what the planner asked."""
        run = await self.find(run)
        await self.prepare()
        return await self._engine.resume(run, answer=answer)

    async def cancel(self, run: str) -> Result:
        """Give a run up; what it did stays until `undo`."""
        return await self._engine.cancel(await self.find(run))

    async def undo(self, run: str, task: str = "") -> Undone:
        """Put the workspace back as it was before a run, or before a task and what depends on it."""
        run = await self.find(run)
        undone = await self._undo.undo(run, await self._with_dependants(run, task))
        await self._engine.flush()
        return undone

    async def redo(self, run: str, task: str = "") -> Undone:
        """Do again what `undo` took back."""
        run = await self.find(run)
        redone = await self._undo.redo(run, await self._with_dependants(run, task))
        await self._engine.flush()
        return redone

    # looking ----------------------------------------------------------------------------------------------------------
    async def runs(self) -> Sequence[Run]:
        """The latest runs, newest first."""
        return await self._store.runs()

    async def show(self, run: str) -> Snapshot:
        """A run with its tasks, as its rows say."""
        return await self._store.load(await self.find(run))

    async def events(self, run: str, after: int = 0) -> Sequence[Event]:
        """The log of a run after an event's `seq`."""
        return await self._store.events(await self.find(run), after)

    async def find(self, run: str) -> str:
        """The id that `run` stands for: `last`, an id, or how exactly one begins.

        Raises:
            NotFound: none, or more than one.
        """
        ids = [row.id for row in await self._store.runs(1000)]
        found = ids[:1] if run == "last" else [id for id in ids if id == run] or [id for id in ids if id.startswith(run)]
        if len(found) != 1:
            raise NotFound(f"{len(found) or 'no'} runs are called {run!r}", remedy="`arkwright runs` lists them")
        return found[0]

    def catalogue(self) -> Sequence[ToolSpec]:
        """The tools there are."""
        return self._gate.catalogue()

    # deciding ---------------------------------------------------------------------------------------------------------
    async def approvals(self) -> Sequence[Approval]:
        """The questions that wait."""
        return await self._store.approvals()

    async def answer(self, approval: str, *, yes: bool) -> Approval:
        """Settle a question; then `resume` its run."""
        return await self._store.answer(approval, "approved" if yes else "denied")

    def grants(self) -> Sequence[Grant]:
        """The standing permissions."""
        return self._gate.grants.list()

    def revoke(self, grant: str) -> None:
        """Take a standing permission back."""
        self._gate.grants.revoke(grant)

    def verify_audit(self) -> Report:
        """Whether the audit log is whole."""
        return verify(self.settings.home / "audit.jsonl", self._gate.ledger)

    # this machine -----------------------------------------------------------------------------------------------------
    async def prepare(self) -> None:
        """Build the toolbox if it is not there yet."""
        if not self._toolbox.ready():
            await self._toolbox.build(self._progress)

    async def doctor(self) -> Sequence[Capability]:
        """Every part of this machine that is used, tried out."""
        return await probe(self.settings.home)

    @property
    def _undo(self) -> Undo:
        return Undo(self._gate.journal, self._checkpoints, self._emit)

    async def _with_dependants(self, run: str, task: str) -> Sequence[str]:
        return dependants((await self._store.load(run)).nodes, task) if task else ()

    def _emit(self, event: Event) -> None:
        if event.kind == "egress.connection":
            self._gate.audit.append({"kind": "connection", "run": event.run, **event.data})
        self._engine.emit(event)


def _folder(path: str | Path) -> Path:
    folder = Path(path).expanduser().resolve()
    if not folder.is_dir():
        raise UserError(f"the workspace {str(path)!r} is not a folder", remedy="name one that is there with --workspace")
    return folder


def _read_plan(path: Path) -> Plan:
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        remedy = "name a YAML or JSON file with --plan"
        raise UserError(f"the plan {str(path)!r} cannot be read: {error}", remedy=remedy) from error
    return planfile.read(text, name=str(path))


def _limits(settings: Settings) -> Limits:
    return Limits(processes=settings.processes, cpus=settings.cpus, memory=settings.memory_bytes, workspace=settings.disk_bytes)
