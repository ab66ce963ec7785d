"""Gate: the one path from a decision to an effect.

Outermost is the audit log, innermost the tool with its hands. Between them stand the checks of `Gate._build_chain`, the approval,
the checkpoint and the journal. A refusal is an observation, never an exception; whatever breaks on the way refuses.
"""

import asyncio
import time
from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

from pydantic import ValidationError

from arkwright.core.event import Event
from arkwright.core.json import Json, Object
from arkwright.core.observation import Artifact, Fault, Observation
from arkwright.core.ports import Patience
from arkwright.core.request import Request
from arkwright.core.task import FINAL, Task
from arkwright.core.tool import Footprint, Tool, ToolCall, ToolSpec
from arkwright.errors import ArkwrightError, Denied, NoIsolation, NotFound, Refused, ToolError
from arkwright.safety.addresses import named_addresses
from arkwright.safety.approvals import Approvals
from arkwright.safety.audit import Audit, blot, canonical
from arkwright.safety.case import Case, Check, Ruling, deny
from arkwright.safety.chain import Chain
from arkwright.safety.conformance import Conformance, flows, sources
from arkwright.safety.content import Content
from arkwright.safety.flow import Leaving, Reach, addresses, credential_file
from arkwright.safety.grants import Grants
from arkwright.safety.journal import Journal
from arkwright.safety.ledger import Ledger
from arkwright.safety.paths import SCRATCH, Paths
from arkwright.safety.permission import Permission, load_policy
from arkwright.safety.ports import ApprovalStore, Asker, Checkpoints, Egress, Emit, HandsFactory, Runs
from arkwright.safety.secrets import is_secret_file, redact
from arkwright.safety.writing import Writing


class Stop(Exception):
    """A ruling that ends a call before the chain is reached."""

    def __init__(self, ruling: Ruling) -> None:
        super().__init__(ruling.decision.reason)
        self.ruling = ruling


@dataclass(slots=True)
class Known:
    """What the gate remembers of a run: its request, its tasks, and where each value and file came from."""

    request: Request
    tasks: dict[str, Task] = field(default_factory=dict[str, Task])
    origins: dict[str, frozenset[str]] = field(default_factory=dict[str, frozenset[str]])
    files: dict[str, frozenset[str]] = field(default_factory=dict[str, frozenset[str]])
    strangers: set[str] = field(default_factory=set[str])
    stored: bool = True
    over: bool = False
    """Every task has ended: no other will come."""


class Gate:
    """Holds the tools. `home` is where its own state lives (safety.db, audit.jsonl); no call may touch it."""

    def __init__(
        self, tools: Mapping[str, Tool], *, home: Path, runs: Runs, hands: HandsFactory, checkpoints: Checkpoints, egress: Egress,
        approvals: ApprovalStore, asker: Asker | None = None, policy: Path | None = None, checks: Sequence[Check] = (),
        emit: Emit = lambda event: None, limit: float = 5.0,
    ) -> None:  # fmt: skip
        self._tools = dict(tools)
        self._specs = tuple(tool.spec for tool in self._tools.values())
        self._home = home
        self._runs = runs
        self._hands = hands
        self._egress = egress
        self._emit = emit
        self.ledger = Ledger(home / "safety.db")
        self.audit = Audit(home / "audit.jsonl", self.ledger)
        self.grants = Grants(self.ledger)
        self.journal = Journal(self.ledger, checkpoints)
        self._approvals = Approvals(approvals, self.grants, asker)
        self._chain = self._build_chain(policy, checks, limit)
        self._writing = Writing()
        self._known: dict[str, Known] = {}
        self._alive: set[int] = set()

    def _build_chain(self, policy: Path | None, more: Sequence[Check], limit: float) -> Chain:
        """Everything a call has to pass, in order. Arguments were validated when the case was opened."""
        return Chain(
            [Conformance(), Permission(load_policy(self._tools.values(), policy)), Paths(), Reach(), Leaving(), Content(), *more],
            limit=limit,
        )

    def catalogue(self) -> Sequence[ToolSpec]:
        """The tools there are."""
        return self._specs

    def open(self, run: str, request: Request) -> None:
        """Make a run known that has no rows: a dry run. It may only look."""
        self._known[run] = Known(request, stored=False)

    def forget(self, run: str) -> None:
        """Drop what is remembered of a run that has ended."""
        self._known.pop(run, None)

    def close(self) -> None:
        """Make the audit log durable and let go of the files."""
        self.audit.close()
        self.ledger.close()

    async def call(self, call: ToolCall, patience: Patience | None = None) -> Observation:
        """Judge, checkpoint, run, record. Never raises for a refusal: the observation says `denied` or `waiting`."""
        try:
            passed = await self._pass(call, patience)
            if isinstance(passed, Observation):
                return passed
            observation = await (self._change(passed) if passed.mutates else self._do(passed))
        except Stop as stop:
            return self._refuse(call, stop.ruling)
        except ArkwrightError as error:
            return self._refuse(call, deny("gate", error.code, error.message, error.remedy))
        except OSError as error:
            reason = f"what is needed to take {call.tool} back, or to account for it, cannot be kept: {error}"
            return self._refuse(
                call, deny("gate", "no_record", reason, "free space where Arkwright keeps its state (ARKWRIGHT_HOME)")
            )
        except Exception as error:  # the edge: what breaks on the way refuses
            return self._refuse(
                call,
                deny("gate", "gate_failed", f"the gate broke on {call.tool}: {type(error).__name__}", "report this as a bug"),
            )
        return self._finish(passed, observation)

    async def _pass(self, call: ToolCall, patience: Patience | None) -> Case | Observation:
        """The case, when everything says yes and that is written; or the observation that it waits."""
        case = await self._open_case(call)
        judgement = await self._chain.judge(case)
        if judgement.no:
            raise Stop(judgement.no)
        by = await self._settle(case, judgement.asks, patience) if judgement.asks else "policy"
        if isinstance(by, Observation):
            return by
        self._record(call, "allow", by, judgement.asks)
        return case

    async def _open_case(self, call: ToolCall) -> Case:
        """Tool, arguments, footprint, request and task of a call, or a stop."""
        tool = self._tools.get(call.tool)
        if tool is None:
            raise Stop(deny("arguments", "no_tool", f"there is no tool {call.tool!r}", "`arkwright tools` lists them"))
        try:
            args = tool.args.model_validate(call.args)
        except ValidationError as error:
            raise Stop(deny("arguments", "arguments", f"{call.tool} cannot take these arguments: {_complaint(error)}",
                            f"see `arkwright tools {call.tool}`")) from error  # fmt: skip
        footprint = tool.footprint(args)
        known = await self._know(call, looks=tool.hints.read_only)
        task = known.tasks.get(call.task)
        origins = frozenset[str]().union(*(known.origins.get(source, frozenset({"workspace"})) for source in sources(task)))
        moving = flows(task, call, lambda source: known.origins.get(source, frozenset({"workspace"})))
        return Case(call, tool, args, footprint, known.request, self._home, task, moving, origins | _read_from(known, footprint))

    async def _know(self, call: ToolCall, *, looks: bool) -> Known:
        """The run as last loaded; loaded anew for a task that is not known: once, or whenever the call does more than look."""
        known = self._known.get(call.run)
        if known and (call.task in known.tasks or not known.stored):
            return known
        if known and looks and (known.over or (known.tasks and call.task in known.strangers)):
            return known
        known = await self._load(call.run)
        if call.task not in known.tasks:
            known.strangers.add(call.task)
        return known

    async def _load(self, run: str) -> Known:
        try:
            snapshot = await self._runs.load(run, facts=False)
        except NotFound as error:
            raise Stop(deny("plan", "no_run", f"there is no run {run!r}", "start one with `arkwright run`")) from error
        known = self._known.setdefault(run, Known(snapshot.run.request))
        known.request = snapshot.run.request
        known.over = bool(snapshot.nodes) and all(node.state in FINAL for node in snapshot.nodes)
        for node in snapshot.nodes:
            known.tasks[node.task.id] = node.task
            if node.observation and node.task.id not in known.origins:
                known.origins[node.task.id] = frozenset(node.observation.origin)
                known.files.update((artifact.path, frozenset(node.observation.origin)) for artifact in node.observation.artifacts)
        return known

    async def _settle(self, case: Case, asks: Sequence[Ruling], patience: Patience | None) -> str | Observation:
        """Who said yes; or the observation that says no, or that it waits."""
        answer = await self._approvals.settle(case, asks, patience)
        if answer.approval:
            self._tell(
                case.call,
                "approval.asked" if answer.state == "open" else "approval.answered",
                {"id": answer.approval.id, "state": answer.approval.state, "question": answer.approval.question},
            )
        first = asks[0].decision
        if answer.state == "yes":
            return answer.by
        if answer.state == "no":
            raise Stop(
                deny(
                    first.check,
                    "approval_denied",
                    f"{first.reason}, and that was not approved: {answer.by}",
                    "approve it, or leave it out of the request",
                )
            )
        assert answer.approval is not None
        self._record(case.call, "ask", "waiting", asks)
        fault = Fault(
            "approval_needed",
            answer.approval.question,
            f"`arkwright approve {answer.approval.id}` (or `deny`), then `arkwright resume {case.call.run}`",
        )
        return Observation(outcome="waiting", summary=answer.approval.question, fault=fault)

    async def _do(self, case: Case) -> Observation:
        """Run; what reaches out of the machine is on the disk before it does."""
        if case.leaves_machine:
            await self.audit.sync()
        return await self._run(case)

    async def _change(self, case: Case) -> Observation:
        """Checkpoint, run, journal; alone where others could write the same files. Before it runs, all that is on the disk."""
        call, footprint = case.call, case.footprint
        paths = None if footprint.writes is None else [*footprint.writes, *footprint.deletes]
        async with self._writing.hold(case.request.workspace, paths):
            if paths is None or not self._alive:
                await self.journal.settle(call.run, alive=frozenset(self._alive))
            synced = asyncio.gather(self.audit.sync(), return_exceptions=True)  # both wait for the disk
            step = await self.journal.open(call.run, call.task, call.tool, case.request.workspace, paths)
            self._alive.add(step)  # before anything else may look: an open step that is not alive gets closed
            try:
                for error in filter(None, await synced):
                    raise error
                self._tell(call, "checkpoint.taken", {"step": step})
                observation = await self._run(case)
                return await self._journal_changes(case, step, observation)
            finally:
                self._alive.discard(step)

    async def _journal_changes(self, case: Case, step: int, observation: Observation) -> Observation:
        """Write down what the call changed. When that fails the step stays open, and is closed by the next call or by undo."""
        try:
            changed = await self.journal.close(step)
        except (OSError, ArkwrightError) as error:
            return replace(
                observation,
                outcome="error",
                fault=Fault(
                    "no_record",
                    f"{case.call.tool} ran, but what it changed could not be kept: {error}",
                    "free space where Arkwright keeps its state (ARKWRIGHT_HOME), then look at the workspace",
                ),
            )
        self._known[case.call.run].files.update((path, case.origins) for path in changed)
        if case.footprint.writes is not None or observation.outcome != "ok":
            return observation
        return await self._with_files(case, changed, observation)

    async def _with_files(self, case: Case, changed: Collection[str], observation: Observation) -> Observation:
        """The files a program wrote by itself, as the journal found them, beside those its tool tells of."""
        told = {artifact.path for artifact in observation.artifacts}
        root, hands = Path(case.request.workspace), self._hands(case.call, case.request)
        found: list[Artifact] = []
        for path in sorted(changed):
            if path not in told and (root / path).is_file() and not (root / path).is_symlink():
                with suppress(ToolError):  # gone again, or a link on the way: then it is no file of the workspace
                    found.append(await hands.artifact(path))
        return replace(observation, artifacts=(*observation.artifacts, *found))

    async def _run(self, case: Case) -> Observation:
        """The tool, with hands, for as long as it takes. Its errors become faults."""
        if case.leaves_machine:
            self._let_out(case)
        hands = self._hands(case.call, case.request)
        began = time.perf_counter()
        try:
            observation = await case.tool.run(case.args, hands)
        except ToolError as error:
            observation = _failed(Fault(error.code, error.message, error.remedy, error.transient))
        except ArkwrightError as error:
            refused = isinstance(error, Denied | Refused | NoIsolation)
            observation = replace(
                _failed(Fault(error.code, error.message, error.remedy)), outcome="denied" if refused else "error"
            )
        except Exception as error:  # the edge: a broken tool is an error of this call only
            observation = _failed(
                Fault("crash", f"{case.call.tool} broke: {type(error).__name__}: {error}", "report this as a bug of the tool")
            )
        return replace(observation, seconds=time.perf_counter() - began)

    def _let_out(self, case: Case) -> None:
        """Open the egress for the addresses of the call, and for the https twin of one that the request names."""
        wanted = addresses(case) or list(named_addresses(case.request.text))
        hosts = {address.host for address in wanted}
        for address in {*wanted, *(named for named in named_addresses(case.request.text) if named.host in hosts)}:
            self._egress.allow(case.call.run, address.host, address.port)
        if case.deliveries:
            sent = ", ".join(dict.fromkeys(f"{send.what} to {send.host}:{send.port}" for send in case.deliveries))
            self.journal.send(case.call.run, case.call.task, f"{case.call.tool} sent {redact(sent)}")

    def _finish(self, case: Case, observation: Observation) -> Observation:
        """Output checks and taint, then the record."""
        origins = sorted({*observation.origin, *case.origins, *_labels(case)})
        fault = observation.fault and replace(
            observation.fault, message=redact(observation.fault.message), remedy=redact(observation.fault.remedy)
        )
        observation = replace(observation, summary=redact(observation.summary), fault=fault, origin=tuple(origins))
        if case.task is not None and observation.outcome == "ok":
            self._known[case.call.run].origins[case.call.task] = frozenset(origins)
        entry: Object = {
            "kind": "ended",
            **_names(case.call),
            "outcome": observation.outcome,
            "seconds": round(observation.seconds, 4),
        }
        if fault:
            entry["fault"] = fault.code
        try:
            self.audit.append(entry)
        except (OSError, ArkwrightError) as error:
            kept = Fault(
                "no_record",
                f"{case.call.tool} ran, but the audit log could not be written: {error}",
                "free space, then look at the workspace",
            )
            return replace(observation, outcome="error", fault=kept)
        return observation

    def _refuse(self, call: ToolCall, ruling: Ruling) -> Observation:
        """The observation of a refusal; when even the record fails, it is still a refusal."""
        decision = ruling.decision
        reason = redact(decision.reason)
        try:
            self._record(call, "deny", decision.code, (ruling,))
        except (OSError, ArkwrightError):
            reason += " (and the audit log could not be written)"
        fault = Fault(decision.code, reason, redact(decision.remedy))
        return Observation(
            outcome="error" if decision.code in ("arguments", "no_tool") else "denied", summary=reason, fault=fault
        )

    def _record(self, call: ToolCall, outcome: str, code: str, rulings: Sequence[Ruling]) -> None:
        """One entry of the audit log and one event per decision."""
        reasons: list[Json] = [f"{ruling.decision.check}: {redact(ruling.decision.reason)}" for ruling in rulings]
        args = canonical(blot(call.args)).decode("utf-8", "replace")
        self.audit.append(
            {"kind": "decided", **_names(call), "outcome": outcome, "code": code, "reasons": reasons, "args": args[:1000]}
        )
        self._tell(call, "gate.decided", {"tool": call.tool, "outcome": outcome, "code": code, "reasons": reasons})

    def _tell(self, call: ToolCall, kind: str, data: Object) -> None:
        self._emit(Event(call.run, 0, time.time(), kind, call.task, data))


def _failed(fault: Fault) -> Observation:
    return Observation(outcome="error", summary=fault.message, fault=fault)


def _names(call: ToolCall) -> Object:
    return {"run": call.run, "task": call.task, "epoch": call.epoch, "tool": call.tool}


def _complaint(error: ValidationError) -> str:
    """The first thing that is wrong, without the value (it may be a secret)."""
    first = error.errors(include_input=False, include_url=False)[0]
    where = ".".join(str(part) for part in first["loc"])
    return f"{where}: {first['msg']}" if where else first["msg"]


def _labels(case: Case) -> set[str]:
    """Where what a call returns comes from: the workspace, a file of secrets, hosts."""
    read = [path for path in case.footprint.reads if not credential_file(case, path) and not path.startswith(SCRATCH)]
    labels = {"workspace"} if read or case.tool.hints.runs_code else set[str]()
    labels |= {f"secret:{path}" for path in read if is_secret_file(path)}
    if case.leaves_machine:
        labels |= {f"web:{address}" for address in addresses(case)}
    return labels


def _read_from(known: Known, footprint: Footprint) -> frozenset[str]:
    """The labels of the files a call reads, as far as this run wrote them."""
    return frozenset[str]().union(*(known.files.get(path, frozenset()) for path in footprint.reads))
