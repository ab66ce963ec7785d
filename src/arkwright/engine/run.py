"""Engine: a request in, a proven result out; the story of a run from top to bottom."""

import asyncio
import secrets
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, replace
from datetime import UTC, datetime

from arkwright.core.event import Event
from arkwright.core.json import Object, thaw
from arkwright.core.observation import Artifact
from arkwright.core.plan import Plan, Question, Refusal
from arkwright.core.ports import Gate, Planner, Verifier
from arkwright.core.request import Request
from arkwright.core.result import Result, Status
from arkwright.core.run import Run, Snapshot, Transaction
from arkwright.core.survey import Survey
from arkwright.core.verdict import Check, Verdict
from arkwright.engine import ending, resuming
from arkwright.engine.calls import Calls
from arkwright.engine.executor import Executor
from arkwright.engine.forest import Forest
from arkwright.engine.kernel import Cancelled, Planted, decide, summary
from arkwright.engine.ledger import Ledger
from arkwright.engine.owner import alive, owner
from arkwright.engine.planfile import check
from arkwright.engine.planning import Intent, Planning, Waits
from arkwright.engine.ports import Listener, Screen, Snapshots, Store
from arkwright.engine.proving import Proving
from arkwright.engine.scheduler import LIMITS, Limits, Scheduler
from arkwright.engine.work import work
from arkwright.errors import Denied, Fenced, ModelError, NoIsolation, Refused, ToolError, UserError
from arkwright.store.codec import decode, encode

UNPROVEN = Verdict("unverified")


class Engine:
    """Serves requests. A run that was interrupted (process killed, coroutine cancelled) stays as it is and can be resumed."""

    def __init__(
        self, *, store: Store, gate: Gate, planner: Planner, verifier: Verifier, screen: Screen, snapshots: Snapshots,
        listeners: Sequence[Listener] = (), limits: Limits = LIMITS, clock: Callable[[], float] = time.time,
    ) -> None:  # fmt: skip
        self._store = store
        self._gate = gate
        self._planner = planner
        self._verifier = verifier
        self._screen = screen
        self._snapshots = snapshots
        self._listeners = listeners
        self._limits = limits
        self._clock = clock
        self._active: dict[str, Ledger] = {}
        self._late: list[Event] = []

    async def run(self, request: Request, *, plan: Plan | None = None, run_id: str = "") -> Result:
        """Serve a request from its start. With `plan`, the planner is not asked.

        Raises:
            UserError: the plan cannot be run (an unknown tool, a cycle, a reference to nothing).
        """
        if plan:
            check(plan, self._gate.catalogue())
        run = Run(run_id or new_id(self._clock()), request, self._clock(), owner=owner(), plan=plan)
        ledger = self._open(Snapshot(run, ()), epoch=0)
        ledger.record()
        ledger.note("run.started", {"request": request.text, "workspace": request.workspace})
        return await self._serve(ledger)

    async def resume(self, run_id: str, *, answer: str = "") -> Result:
        """Go on with a run that was interrupted or waits; `answer` replies to the planner's question. A run that ended says how.

        Raises:
            NotFound: there is no such run.
            UserError: another process is at work on it.
        """
        snapshot = await self._store.load(run_id)
        run = snapshot.run
        if run.result and run.state not in ("running", "waiting"):
            return run.result
        if run_id in self._active or alive(run.owner):
            raise UserError(f"run {run_id!r} is being worked on", remedy="wait for it, or cancel it first")
        ledger = self._open(snapshot, epoch=run.epoch)
        request = replace(run.request, text=f"{run.request.text}\n{answer}") if answer else run.request
        ledger.record(state="running", epoch=run.epoch + 1, owner=owner(), request=request)
        ledger.note("run.started", {"resumed": True, "request": request.text})
        resuming.take_up(ledger)
        return await self._serve(ledger)

    async def cancel(self, run_id: str) -> Result:
        """Cancel a run for good, wherever it is worked on. One that has ended stays as it is.

        Raises:
            NotFound: there is no such run.
        """
        while True:
            snapshot = await self._store.load(run_id)
            run = snapshot.run
            if run.result and run.state not in ("running", "waiting"):
                return run.result
            result = Result(run_id, "cancelled", "cancelled")
            step = decide(Forest(run_id, snapshot.nodes), Cancelled(), self._clock())
            told = [*step.events, Event(run_id, 0, self._clock(), "run.cancelled")]
            record = replace(run, state="cancelled", epoch=run.epoch + 1, owner="", result=result)
            try:
                events = await self._store.commit(Transaction(run_id, run.epoch, record, nodes=step.nodes, events=told))
            except Fenced:  # its owner wrote in between; look again
                continue
            self._tell(events)
            return result

    async def propose(self, request: Request) -> Intent:
        """A dry run: look and plan, keep nothing, run nothing."""
        if refusal := self._screen.screen(request):
            return Intent(refusal, Survey())
        ledger = self._open(Snapshot(Run(new_id(self._clock()), request, self._clock()), ()), epoch=0)
        self._gate.open(ledger.run.id, request)
        self._active[ledger.run.id] = ledger
        try:
            return await self._planning(ledger).settle(ledger.run.id, request, Survey())
        finally:
            self._gate.forget(ledger.run.id)
            del self._active[ledger.run.id]
            self._gate.forget(ledger.run.id)

    def emit(self, event: Event) -> None:
        """Take an event of another room (the gate's). It is kept with the next commit of its run; progress is only told.

        One for a run nobody works on (an undo) is told at once and kept by `flush`.
        """
        if ledger := self._active.get(event.run):
            ledger.take(event)
        else:
            self._tell((event,))
            self._late.append(event)

    async def flush(self) -> None:
        """Keep what was emitted for runs nobody works on."""
        late, self._late = [event for event in self._late if event.kind != "task.progress"], []
        for run in dict.fromkeys(event.run for event in late):
            await self._store.commit(Transaction(run, None, events=[event for event in late if event.run == run]))

    def _open(self, snapshot: Snapshot, epoch: int) -> Ledger:
        return Ledger(self._store, snapshot, self._listeners, self._clock, epoch)

    def _tell(self, events: Sequence[Event]) -> None:
        for event in events:
            for listener in self._listeners:
                listener(event)

    async def _serve(self, ledger: Ledger) -> Result:
        """The run, from wherever its rows say it stands, to its end."""
        self._active[ledger.run.id] = ledger
        try:
            await ledger.commit()
            return await self._plan(ledger) or await self._do(ledger) or await self._prove(ledger)
        except Fenced:
            return await self._fenced(ledger)
        except (UserError, ToolError, ModelError, Denied, NoIsolation) as error:
            status = "refused" if isinstance(error, Refused | Denied | NoIsolation) else "failed"
            return await self._end(ledger, status, str(error), verdict=Verdict("failed"))
        finally:
            self._gate.forget(ledger.run.id)
            del self._active[ledger.run.id]
            self._gate.forget(ledger.run.id)

    async def _plan(self, ledger: Ledger) -> Result | None:
        """Screen, look and plan, unless that was done before. Returns a result when there is nothing to do."""
        if ledger.forest.nodes or "planned" in ledger.facts:
            return None
        run = ledger.run
        with ledger.watch.phase("screen"):  # in a thread: the first box starts meanwhile
            refusal = await asyncio.to_thread(self._screen.screen, run.request)
        if refusal:
            return await self._refuse(ledger, refusal)
        if run.plan:
            intent = Intent(run.plan, Survey())
        else:
            intent = await self._planning(ledger).settle(run.id, run.request, Survey())
        match intent.proposal:
            case Refusal() as refusal:
                return await self._refuse(ledger, refusal)
            case Question() | Waits() as question:
                return await self._end(ledger, "waiting", ending.question(question))
            case Plan() as plan:
                await self._plant(ledger, plan, intent.survey)
        return None

    async def _plant(self, ledger: Ledger, plan: Plan, survey: Survey) -> None:
        """Write down the plan, its tasks, what was seen and how the workspace was before: one commit."""
        check(plan, self._gate.catalogue())
        ledger.keep("survey", encode(survey))
        with ledger.watch.phase("snapshot"):
            ledger.keep("before", thaw(await self._snapshots.hashes(ledger.run.request.workspace)))
        ledger.keep("planned", True)
        ledger.record(plan=plan)
        tasks: list[Object] = [summary(task) for task in plan.tasks]
        ledger.note("run.survey", {"files": len(survey.files), "tables": len(survey.tables)})
        ledger.note("run.planned", {"goal": plan.goal, "tasks": [*tasks], "estimate": thaw(asdict(plan.estimate))})
        unrepeatable = {spec.name for spec in self._gate.catalogue() if not spec.hints.idempotent}
        ledger.happen(
            Planted(tuple(replace(task, idempotent=False) if task.tool in unrepeatable else task for task in plan.tasks))
        )

    async def _do(self, ledger: Ledger) -> Result | None:
        """Run the forest. Returns a result when it did not come to its end."""
        run = ledger.run
        calls = Calls(self._gate, ledger.watch)
        survey = decode(Survey, ledger.facts.get("survey") or {})
        executor = Executor(run.id, run.request, survey, calls, Planning(self._planner, calls, ledger.watch))
        await work(ledger, Scheduler(ledger.forest, self._limits), executor)
        if waiting := ending.waits(ledger.forest):
            return await self._end(ledger, "waiting", waiting)
        if failure := ending.failure(ledger.forest):
            artifacts = await self._proving(ledger).artifacts()
            return await self._end(ledger, failure.status, failure.answer, artifacts=artifacts, verdict=failure.verdict)
        return None

    async def _prove(self, ledger: Ledger) -> Result:
        """Say the answer and have it checked against the request."""
        proof = await self._proving(ledger).prove()
        for one in proof.verdict.checks:
            ledger.note("verify.checked", {**asdict(one), "evidence": [*one.evidence]})
        return await self._end(ledger, proof.verdict.status, proof.answer, artifacts=proof.artifacts, verdict=proof.verdict)

    async def _refuse(self, ledger: Ledger, refused: Refusal) -> Result:
        why = Check("refusal", refused.clause, "failed", refused.reason, (refused.code,))
        return await self._end(ledger, "refused", ending.refusal(refused), verdict=Verdict("unverified", (why,)))

    async def _end(
        self,
        ledger: Ledger,
        status: Status,
        answer: str,
        *,
        artifacts: tuple[Artifact, ...] = (),
        verdict: Verdict = UNPROVEN,
    ) -> Result:
        """Write down how the run ended, or what it waits for."""
        usage: Object = {"seconds": ledger.watch.read(), "tasks": len(ledger.forest.nodes), "calls": ledger.watch.calls}
        result = Result(ledger.run.id, status, answer, artifacts, verdict, usage)
        ledger.record(state=status, owner="", result=result)
        ledger.note("run.ended", {"status": status, "answer": answer, "usage": usage})
        await ledger.commit()
        return result

    async def _fenced(self, ledger: Ledger) -> Result:
        """Someone else cancelled the run or took it over; say how it stands."""
        run = (await self._store.load(ledger.run.id)).run
        if run.result and run.state != "running":
            return run.result
        raise Fenced(f"run {run.id!r} was taken over by {run.owner!r}", remedy="follow it with `arkwright show`")

    def _planning(self, ledger: Ledger) -> Planning:
        return Planning(self._planner, Calls(self._gate, ledger.watch), ledger.watch)

    def _proving(self, ledger: Ledger) -> Proving:
        return Proving(ledger, self._verifier, self._snapshots, Calls(self._gate, ledger.watch))


def new_id(now: float) -> str:
    """A run's id: its time, to sort by and to read, and four letters against collisions."""
    return f"{datetime.fromtimestamp(now, UTC):%y%m%d-%H%M%S}-{secrets.token_hex(2)}"
