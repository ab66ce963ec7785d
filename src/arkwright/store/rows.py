"""Rows: what a transaction writes, and what a run reads back, in SQL. Everything here runs inside the writer's transaction."""

import json
import sqlite3
import time
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from arkwright.core.decision import Approval
from arkwright.core.event import Event
from arkwright.core.json import Json
from arkwright.core.observation import Observation
from arkwright.core.plan import Plan
from arkwright.core.request import Request
from arkwright.core.result import Result
from arkwright.core.run import Node, Run, Snapshot, Transaction
from arkwright.core.task import Task
from arkwright.errors import Fenced, NotFound
from arkwright.store.codec import dumps, loads

RUN = "SELECT id, request, at, state, epoch, owner, plan, result FROM run"
APPROVAL = "SELECT id, run, task, tool, question, shows, state FROM approval"
TASK = "INSERT INTO task (run, id, body) VALUES (?, ?, ?)"
NODE = "INSERT INTO node (state, missing, epoch, tries, due, started, ended, run, id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
MOVE = (
    "UPDATE node SET state = ?, missing = ?, epoch = ?, tries = ?, due = ?, started = ?, ended = ? WHERE run = ? AND id = ? "
    "AND epoch <= ? AND state NOT IN ('done', 'failed', 'skipped', 'cancelled')"
)
ATTEMPT = (
    "INSERT INTO attempt (run, task, epoch, started, ended, observation) VALUES (?, ?, ?, ?, ?, ?) "
    "ON CONFLICT DO UPDATE SET ended = excluded.ended, observation = excluded.observation"
)
EVENT = "INSERT INTO event (run, seq, at, kind, task, data) VALUES (?, ?, ?, ?, ?, ?)"


def write(db: sqlite3.Connection, transaction: Transaction) -> tuple[Event, ...]:
    """Write a transaction and return its events, numbered.

    Raises:
        Fenced: see engine.ports.Store.commit; the caller rolls back.
    """
    _write_run(db, transaction)
    _insert_nodes(db, transaction.run, transaction.inserts)
    _update_nodes(db, transaction.run, transaction.nodes)
    for approval in transaction.approvals:
        write_approval(db, approval)
    if transaction.facts:
        facts = [(transaction.run, key, dumps(value)) for key, value in transaction.facts.items()]
        db.executemany("INSERT OR REPLACE INTO fact (run, key, value) VALUES (?, ?, ?)", facts)
    return append(db, transaction.run, transaction.events)


def _write_run(db: sqlite3.Connection, transaction: Transaction) -> None:
    record, epoch = transaction.record, transaction.epoch
    if epoch is None:
        if record or transaction.inserts or transaction.nodes:
            raise Fenced(f"run {transaction.run!r}: only its owner may change its rows")
        return
    if record is None:
        fit = db.execute("SELECT 1 FROM run WHERE id = ? AND epoch = ?", (transaction.run, epoch)).fetchone() is not None
    elif epoch == 0:
        sql = "INSERT OR IGNORE INTO run (state, epoch, owner, result, request, id, at) VALUES (?, ?, ?, ?, ?, ?, ?)"
        fit = db.execute(sql, (*_changing(record), record.id, record.at)).rowcount == 1
    else:
        sql = "UPDATE run SET state = ?, epoch = ?, owner = ?, result = ?, request = ? WHERE id = ? AND epoch = ?"
        fit = db.execute(sql, (*_changing(record), record.id, epoch)).rowcount == 1
    if not fit:
        raise Fenced(f"run {transaction.run!r} is not at epoch {epoch} any more")
    if record and record.plan:
        _write_plan(db, record.id, record.plan)


def _write_plan(db: sqlite3.Connection, run: str, plan: Plan) -> None:
    """A plan is written once: it can be long, and does not change."""
    if db.execute("SELECT 1 FROM run WHERE id = ? AND plan IS NULL", (run,)).fetchone():
        db.execute("UPDATE run SET plan = ? WHERE id = ?", (dumps(plan), run))


def _changing(run: Run) -> tuple[object, ...]:
    return (run.state, run.epoch, run.owner, dumps(run.result) if run.result else None, dumps(run.request))


def _insert_nodes(db: sqlite3.Connection, run: str, nodes: Sequence[Node]) -> None:
    if not nodes:
        return
    try:
        db.executemany(TASK, [(run, node.task.id, dumps(node.task)) for node in nodes])
    except sqlite3.IntegrityError as error:
        raise Fenced(f"run {run!r} already has one of the tasks {[node.task.id for node in nodes][:5]!r}") from error
    db.executemany(NODE, [(*_standing(node), run, node.task.id) for node in nodes])
    _write_edges(db, run, nodes)


def _write_edges(db: sqlite3.Connection, run: str, nodes: Sequence[Node]) -> None:
    edges = [(run, need, node.task.id) for node in nodes for need in node.task.needs]
    db.executemany("INSERT OR IGNORE INTO edge (run, needs, task) VALUES (?, ?, ?)", edges)


def _standing(node: Node) -> tuple[object, ...]:
    return (node.state, node.missing, node.epoch, node.tries, node.due, node.started, node.ended)


def _update_nodes(db: sqlite3.Connection, run: str, nodes: Sequence[Node]) -> None:
    """Move nodes on. A final row, or one with a newer epoch, is not touched and fences the transaction."""
    if not nodes:
        return
    changed = db.executemany(MOVE, [(*_standing(node), run, node.task.id, node.epoch) for node in nodes]).rowcount
    if changed != len(nodes):
        raise Fenced(f"run {run!r}: one of {[node.task.id for node in nodes][:5]!r} is final or has a newer epoch")
    attempts = [
        (run, node.task.id, node.epoch, node.started, node.ended, dumps(node.observation)) for node in nodes if node.observation
    ]
    if attempts:
        db.executemany(ATTEMPT, attempts)
    grown = [node for node in nodes if node.replanned]
    if grown:
        bodies = [(dumps(node.task), run, node.task.id) for node in grown]
        db.executemany("UPDATE task SET body = ? WHERE run = ? AND id = ?", bodies)
        _write_edges(db, run, grown)


def append(db: sqlite3.Connection, run: str, events: Sequence[Event]) -> tuple[Event, ...]:
    """Number events and add them to the log of a run."""
    if not events:
        return ()
    (last,) = db.execute("SELECT coalesce(max(seq), 0) FROM event WHERE run = ?", (run,)).fetchone()
    numbered = tuple(Event(run, seq, event.at, event.kind, event.task, event.data) for seq, event in enumerate(events, last + 1))
    db.executemany(
        EVENT,
        [(run, event.seq, event.at, event.kind, event.task, dumps(event.data) if event.data else "{}") for event in numbered],
    )
    return numbered


def read(db: sqlite3.Connection, run: str, *, facts: bool = True) -> Snapshot:
    """A run as its rows say; `facts` may be left where they are."""
    row = db.execute(f"{RUN} WHERE id = ?", (run,)).fetchone()
    if row is None:
        raise NotFound(f"there is no run {run!r}", remedy="`arkwright runs` lists them")
    kept = db.execute("SELECT key, value FROM fact WHERE run = ?", (run,)).fetchall() if facts else []
    return Snapshot(
        read_run(row), _read_nodes(db, run), read_approvals(db, run, ""), {key: json.loads(value) for key, value in kept}
    )


def read_run(row: Sequence[Any]) -> Run:
    """A run from a row of `RUN`."""
    key, request, at, state, epoch, owner, plan, result = row
    return Run(
        key, loads(Request, request), at, state, epoch, owner,
        loads(Plan, plan) if plan else None, loads(Result, result) if result else None,
    )  # fmt: skip


def _read_nodes(db: sqlite3.Connection, run: str) -> tuple[Node, ...]:
    rows = db.execute(
        "SELECT body, state, missing, node.epoch, tries, due, node.started, node.ended, observation FROM task "
        "JOIN node ON node.run = task.run AND node.id = task.id "
        "LEFT JOIN attempt ON attempt.run = task.run AND attempt.task = task.id AND attempt.epoch = node.epoch "
        "WHERE task.run = ? ORDER BY position",
        (run,),
    )
    return tuple(_node(row) for row in rows)


def _node(row: Sequence[Any]) -> Node:
    body, state, missing, epoch, tries, due, started, ended, seen = row
    observation = loads(Observation, seen) if seen else None
    return Node(loads(Task, body), state, missing, epoch, tries, due, started, ended, observation)


def read_events(db: sqlite3.Connection, run: str, after: int, limit: int) -> tuple[Event, ...]:
    """Events with `seq` > `after`, in order."""
    sql = "SELECT run, seq, at, kind, task, data FROM event WHERE run = ? AND seq > ? ORDER BY seq LIMIT ?"
    rows = db.execute(sql, (run, after, limit))
    return tuple(Event(key, seq, at, kind, task, json.loads(data)) for key, seq, at, kind, task, data in rows)


def write_approval(db: sqlite3.Connection, approval: Approval) -> None:
    """Record an approval as it now stands."""
    sql = "INSERT OR REPLACE INTO approval (id, run, task, tool, question, shows, state) VALUES (?, ?, ?, ?, ?, ?, ?)"
    db.execute(
        sql, (approval.id, approval.run, approval.task, approval.tool, approval.question, dumps(approval.shows), approval.state)
    )


def read_approvals(db: sqlite3.Connection, run: str, state: str) -> tuple[Approval, ...]:
    """Approvals of a run (or of all), in a state (or any), oldest first."""
    sql = f"{APPROVAL} WHERE (? = '' OR run = ?) AND (? = '' OR state = ?) ORDER BY rowid"
    return tuple(_approval(row) for row in db.execute(sql, (run, run, state, state)))


def read_approval(db: sqlite3.Connection, key: str) -> Approval:
    """One approval."""
    row = db.execute(f"{APPROVAL} WHERE id = ?", (key,)).fetchone()
    if row is None:
        raise NotFound(f"there is no approval {key!r}", remedy="`arkwright approvals` lists the open ones")
    return _approval(row)


def answer(db: sqlite3.Connection, key: str, state: str) -> Approval:
    """Settle an approval and put the answer in the log."""
    settled = replace(read_approval(db, key), state=decode_state(state))
    db.execute("UPDATE approval SET state = ? WHERE id = ?", (settled.state, key))
    data: dict[str, Json] = {"approval": key, "state": settled.state, "question": settled.question}
    append(db, settled.run, [Event(settled.run, 0, time.time(), "approval.answered", settled.task, data)])
    return settled


def decode_state(state: str) -> Any:
    """The state of an approval, checked."""
    if state not in ("open", "approved", "denied"):
        raise NotFound(f"an approval cannot be {state!r}", remedy="use 'approved' or 'denied'")
    return state


def _approval(row: Sequence[Any]) -> Approval:
    key, run, task, tool, question, shows, state = row
    return Approval(key, run, task, tool, question, json.loads(shows), state)
