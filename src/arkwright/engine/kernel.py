"""The kernel: the pure state machine of the forest; what happened in, row changes and events out."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from typing import assert_never

from arkwright.core.decision import Approval
from arkwright.core.event import Event
from arkwright.core.json import Json, Object, thaw
from arkwright.core.observation import Fault, Observation
from arkwright.core.run import Node
from arkwright.core.task import FINAL, Task, TaskState
from arkwright.engine.forest import Forest, Step, complete, sort
from arkwright.errors import UserError


@dataclass(frozen=True, slots=True)
class Planted:
    """Tasks come into the forest: a plan, or part of one that was made while the run went on."""

    tasks: tuple[Task, ...]


@dataclass(frozen=True, slots=True)
class Started:
    """A ready task is handed to the executor."""

    task: str


@dataclass(frozen=True, slots=True)
class Finished:
    """An attempt came back: done, failed, denied, or waiting for a person."""

    task: str
    epoch: int
    observation: Observation


@dataclass(frozen=True, slots=True)
class Expanded:
    """A task of kind `plan` was reached and has become `tasks`; its value is then made of `answer`."""

    task: str
    epoch: int
    tasks: tuple[Task, ...]
    answer: tuple[Json, ...] = ()


@dataclass(frozen=True, slots=True)
class Lost:
    """Nobody knows how an attempt ended: its process died, or it ran out of time."""

    task: str
    epoch: int
    why: str = "the process died"


@dataclass(frozen=True, slots=True)
class Answered:
    """A person settled what a waiting or in-doubt task asked."""

    task: str
    approved: bool


@dataclass(frozen=True, slots=True)
class Cancelled:
    """The run is given up."""


Happening = Planted | Started | Finished | Expanded | Lost | Answered | Cancelled


def decide(forest: Forest, happening: Happening, now: float) -> Step:
    """What follows from something that happened. Late or repeated news (an old epoch, a final task) changes nothing.

    Raises:
        UserError: planted tasks have an id twice, a need that is not there, or a cycle.
    """
    match happening:
        case Planted():
            return _plant(forest, happening.tasks, now)
        case Started():
            return _start(forest, forest.nodes[happening.task], now)
        case Finished() | Expanded() | Lost():
            node = forest.nodes.get(happening.task)
            if node is None or node.state != "running" or node.epoch != happening.epoch:
                return Step()
            return _ended(forest, node, happening, now)
        case Answered():
            return _answer(forest, forest.nodes[happening.task], happening.approved, now)
        case Cancelled():
            return _cancel(forest, now)
        case _:
            assert_never(happening)


def _ended(forest: Forest, node: Node, happening: Finished | Expanded | Lost, now: float) -> Step:
    match happening:
        case Expanded():
            return _expand(forest, node, happening, now)
        case Lost():
            return _lose(forest, node, happening.why, now)
        case Finished():
            return _finish(forest, node, happening.observation, now)
        case _:
            assert_never(happening)


def _plant(forest: Forest, tasks: Sequence[Task], now: float) -> Step:
    tasks = [complete(task) for task in tasks]
    inserts = _sprout(forest, tasks, _check(forest, tasks), now)
    return Step(inserts=inserts, events=_told_by_state(forest, inserts, now))


def _check(forest: Forest, tasks: Sequence[Task]) -> list[str]:
    """The ids in an order that puts needs first."""
    known = set(forest.nodes)
    for task in tasks:
        if task.id in known:
            raise UserError(f"task {task.id!r} is in the plan twice", remedy="give each task an id of its own")
        known.add(task.id)
    for task in tasks:
        if strangers := [need for need in task.needs if need not in known]:
            raise UserError(
                f"task {task.id!r} needs {strangers[0]!r}, which is not in the plan", remedy=f"known: {sorted(known)[:20]}"
            )
    graph = sort(tasks)
    if graph.cycle:
        raise UserError(f"tasks {graph.cycle[:10]!r} wait for each other in a circle", remedy="remove one of their needs")
    return graph.order


def _sprout(forest: Forest, tasks: Sequence[Task], order: Sequence[str], now: float) -> list[Node]:
    """The nodes of new tasks, needs first: ready, pending, or skipped when a need cannot be met any more."""
    by_id = {task.id: task for task in tasks}
    states: dict[str, TaskState] = {}
    nodes: list[Node] = []
    for key in order:
        task = by_id[key]
        needs: list[TaskState] = [states[need] if need in states else forest.nodes[need].state for need in task.needs]
        missing = sum(state != "done" for state in needs)
        states[key] = _first_state(needs, missing)
        ended = now if states[key] == "skipped" else 0.0
        nodes.append(Node(task, states[key], missing, ended=ended))
    return nodes


def _first_state(needs: Iterable[TaskState], missing: int) -> TaskState:
    if any(state in FINAL and state != "done" for state in needs):
        return "skipped"
    return "pending" if missing else "ready"


def _told_by_state(forest: Forest, nodes: Sequence[Node], now: float) -> list[Event]:
    """Ready and skipped nodes are told; pending ones are silent."""
    told: list[Event] = []
    for node in nodes:
        if node.state == "ready":
            told.append(_event(forest, now, "task.ready", node.task.id))
        elif node.state == "skipped":
            told.append(_event(forest, now, "task.skipped", node.task.id, {"reason": "a task it needs did not succeed"}))
    return told


def _start(forest: Forest, node: Node, now: float) -> Step:
    if node.state != "ready":
        return Step()
    task = node.task
    running = Node(task, "running", node.missing, node.epoch + 1, node.tries, 0.0, now)
    data: Object = {"goal": task.goal, "tool": task.tool, "kind": task.kind, "epoch": running.epoch}
    return Step((running,), events=(_event(forest, now, "task.started", task.id, data),))


def _finish(forest: Forest, node: Node, observation: Observation, now: float) -> Step:
    match observation.outcome:
        case "ok":
            return _succeed(forest, node, observation, now)
        case "waiting":
            return _wait(forest, node, observation, now)
        case "denied":
            return _fail(forest, node, observation, now)
        case "error":
            fault = observation.fault
            again = fault is not None and fault.transient and node.task.idempotent and node.tries + 1 < node.task.retry.most
            return _retry(forest, node, observation, now) if again else _fail(forest, node, observation, now)
        case _:
            assert_never(observation.outcome)


def _succeed(forest: Forest, node: Node, observation: Observation, now: float) -> Step:
    """Mark it done, count its children down, make ready those that miss nothing more."""
    done = Node(node.task, "done", 0, node.epoch, node.tries, 0.0, node.started, now, observation)
    data: Object = {"epoch": node.epoch, "seconds": now - node.started, "summary": observation.summary}
    if observation.artifacts:
        data["artifacts"] = [thaw(asdict(artifact)) for artifact in observation.artifacts]
    nodes, events = [done], [_event(forest, now, "task.done", node.task.id, data)]
    for key in forest.children.get(node.task.id, ()):
        child = forest.nodes[key]
        if child.state != "pending":
            continue
        missing = child.missing - 1
        nodes.append(Node(child.task, "pending" if missing else "ready", missing, child.epoch, child.tries))
        if not missing:
            events.append(_event(forest, now, "task.ready", key))
    return Step(nodes, events=events)


def _retry(forest: Forest, node: Node, observation: Observation, now: float) -> Step:
    policy = node.task.retry
    delay = policy.base * policy.factor**node.tries
    again = replace(node, state="ready", tries=node.tries + 1, due=now + delay, ended=now, observation=observation)
    data: Object = {"epoch": node.epoch, "tries": again.tries, "delay": delay, "fault": _fault(observation)}
    return Step((again,), events=(_event(forest, now, "task.retry", node.task.id, data),))


def _fail(forest: Forest, node: Node, observation: Observation, now: float) -> Step:
    """Mark it failed and skip all that needs it, however far; the other branches go on."""
    failed = replace(node, state="failed", ended=now, observation=observation)
    data: Object = {
        "epoch": node.epoch,
        "seconds": now - node.started,
        "outcome": observation.outcome,
        "fault": _fault(observation),
    }
    skipped = [replace(forest.nodes[key], state="skipped", ended=now) for key in _descendants(forest, node.task.id)]
    reason = f"needs {node.task.id!r}, which failed: {observation.fault.message if observation.fault else observation.summary}"
    because: Object = {"because": node.task.id, "reason": reason}
    told = [_event(forest, now, "task.skipped", child.task.id, because) for child in skipped]
    return Step([failed, *skipped], events=[_event(forest, now, "task.failed", node.task.id, data), *told])


def _descendants(forest: Forest, task: str) -> list[str]:
    """All that depends on a task and has not ended, nearest first."""
    found: dict[str, None] = {}
    edge = [task]
    for key in edge:
        for child in forest.children.get(key, ()):
            if child not in found and forest.nodes[child].state not in FINAL:
                found[child] = None
                edge.append(child)
    return list(found)


def _wait(forest: Forest, node: Node, observation: Observation, now: float) -> Step:
    """Leave it with a person: a row, no process. What the gate wants to know, the gate has asked; `approve` tasks ask here."""
    waiting = replace(node, state="waiting", observation=observation)
    question = observation.fault.message if observation.fault else observation.summary
    told = _event(forest, now, "task.waiting", node.task.id, {"question": question})
    if node.task.kind != "approve":
        return Step((waiting,), events=(told,))
    approval = Approval(approval_id(forest.run, node), forest.run, node.task.id, "", question, node.task.args)
    return Step((waiting,), events=(told, _asked(forest, approval, now)), approvals=(approval,))


def approval_id(run: str, node: Node) -> str:
    """The id under which the engine itself asks about an attempt."""
    return f"{run}/{node.task.id}/{node.epoch}"


def _lose(forest: Forest, node: Node, why: str, now: float) -> Step:
    """Run it again if that does no harm; otherwise ask, because its effect may or may not have happened."""
    if node.task.idempotent:
        data: Object = {"epoch": node.epoch, "reason": why}
        return Step((replace(node, state="ready", ended=now),), events=(_event(forest, now, "task.retry", node.task.id, data),))
    doubt = replace(node, state="in_doubt")
    question = f"{node.task.goal!r} was under way when {why}; its effect may have happened already. Run it again?"
    shows: Object = {"tool": node.task.tool, "args": node.task.args}
    approval = Approval(approval_id(forest.run, node), forest.run, node.task.id, node.task.tool, question, shows)
    told = _event(forest, now, "task.in_doubt", node.task.id, {"epoch": node.epoch, "question": question})
    return Step((doubt,), events=(told, _asked(forest, approval, now)), approvals=(approval,))


def _answer(forest: Forest, node: Node, approved: bool, now: float) -> Step:
    """Go on as a person said. A waiting call goes back to the gate, which knows the answer itself."""
    if node.state == "waiting" and node.task.kind == "approve":
        fault = Fault("denied", f"{node.task.goal!r} was not approved", "run the request again and approve it")
        yes, no = Observation(True, "approved"), Observation(False, outcome="denied", fault=fault)
        return _succeed(forest, node, yes, now) if approved else _fail(forest, node, no, now)
    if node.state == "in_doubt" and not approved:
        fault = Fault("in_doubt", f"{node.task.goal!r} was interrupted and not run again", "check what it left behind")
        return _fail(forest, node, Observation(outcome="error", fault=fault), now)
    if node.state not in ("waiting", "in_doubt"):
        return Step()
    return Step((replace(node, state="ready", observation=None),), events=(_event(forest, now, "task.ready", node.task.id),))


def _expand(forest: Forest, node: Node, happening: Expanded, now: float) -> Step:
    """Insert the tasks it became, named under it, and let it wait for them: it then joins what they returned."""
    names = {task.id: f"{node.task.id}/{task.id}" for task in happening.tasks}
    tasks = [complete(_renamed(task, names, node.task.id)) for task in happening.tasks]
    try:
        order = _check(forest, tasks)
        _check_inside(tasks, {*names.values(), *node.task.needs})
    except UserError as error:
        return _fail(forest, node, Observation(outcome="error", fault=Fault("plan", error.message, error.remedy)), now)
    needs = tuple(dict.fromkeys((*node.task.needs, *names.values())))
    args: Object = {"answer": _rewritten(list(happening.answer), names)}
    join = replace(node.task, kind="call", tool="", needs=needs, args=args, idempotent=True)
    inserts = _sprout(forest, tasks, order, now)
    waits = replace(node, task=join, state="pending" if tasks else "ready", missing=len(tasks), replanned=True)
    data: Object = {"expanded": node.task.id, "tasks": [summary(task) for task in tasks]}
    told = [_event(forest, now, "run.planned", node.task.id, data), *_told_by_state(forest, inserts, now)]
    return Step((waits,), inserts, told)


def _check_inside(tasks: Sequence[Task], allowed: set[str]) -> None:
    """What a task expands into needs only itself and what the task needed, so that the join cannot wait for ever."""
    for task in tasks:
        if outside := [need for need in task.needs if need not in allowed]:
            raise UserError(f"task {task.id!r} needs {outside[0]!r} from another branch", remedy="let the outer task need it")


def _renamed(task: Task, names: dict[str, str], parent: str) -> Task:
    needs = tuple(names.get(need, need) for need in task.needs)
    args = _rewritten(task.args, names)
    assert isinstance(args, dict)
    return replace(task, id=names[task.id], needs=needs, args=args, parent=names.get(task.parent, parent))


def _rewritten(value: Json, names: dict[str, str]) -> Json:
    """`value` with its references following the new names."""
    if isinstance(value, dict):
        if "$ref" in value:
            return {**value, "$ref": names.get(str(value["$ref"]), value["$ref"])}
        return {key: _rewritten(child, names) for key, child in value.items()}
    if isinstance(value, list):
        return [_rewritten(child, names) for child in value]
    return value


def summary(task: Task) -> Object:
    """What people see of a planned task."""
    return {"id": task.id, "goal": task.goal, "tool": task.tool, "needs": list(task.needs), "seconds": task.resources.seconds}


def _cancel(forest: Forest, now: float) -> Step:
    open_nodes = [node for node in forest.nodes.values() if node.state not in FINAL]
    nodes = [replace(node, state="cancelled", epoch=node.epoch + 1, ended=now, observation=None) for node in open_nodes]
    return Step(nodes, events=[_event(forest, now, "task.cancelled", node.task.id) for node in nodes])


def _asked(forest: Forest, approval: Approval, now: float) -> Event:
    return _event(forest, now, "approval.asked", approval.task, {"approval": approval.id, "question": approval.question})


def _fault(observation: Observation) -> Object:
    fault = observation.fault or Fault("error", observation.summary or "no reason was given")
    return {"code": fault.code, "message": fault.message, "remedy": fault.remedy}


def _event(forest: Forest, now: float, kind: str, task: str, data: Object | None = None) -> Event:
    return Event(forest.run, 0, now, kind, task, data if data is not None else {})
