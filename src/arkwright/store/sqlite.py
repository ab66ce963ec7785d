"""SqliteStore: the rows in one SQLite file, written by one thread, each commit on the disk before it is reported."""

import asyncio
import sqlite3
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TypeVar

from arkwright.core.decision import Approval
from arkwright.core.event import Event
from arkwright.core.run import Run, Snapshot, Transaction
from arkwright.errors import SetupError
from arkwright.store import rows
from arkwright.store.schema import migrate

T = TypeVar("T")


@dataclass(slots=True)
class _Slot:
    """A transaction in the queue, and what became of it."""

    transaction: Transaction
    events: tuple[Event, ...] | None = None
    error: Exception | None = None

    @property
    def settled(self) -> bool:
        return self.events is not None or self.error is not None


class SqliteStore:
    """Implements engine.ports.Store. `path` may be ":memory:".

    WAL with synchronous=FULL: what was committed survives a power cut. Whatever is queued when the writer gets its turn
    goes into one transaction of the database (group commit); if one member is fenced, the others are written alone.
    """

    def __init__(self, path: Path | str) -> None:
        self.path = str(path)
        self._writer = ThreadPoolExecutor(1, thread_name_prefix="store")
        self._queue: deque[_Slot] = deque()
        self._connection: sqlite3.Connection | None = None

    async def commit(self, transaction: Transaction) -> Sequence[Event]:
        """Make a transaction true, durably; returns its events with their `seq`."""
        slot = _Slot(transaction)
        self._queue.append(slot)
        await self._do(lambda db: None if slot.settled else self._flush(db))
        if slot.error:
            raise slot.error
        return slot.events or ()

    async def load(self, run: str, *, facts: bool = True) -> Snapshot:
        """A run as its rows say, or without the facts that were kept of it, which may be long."""
        return await self._do(lambda db: rows.read(db, run, facts=facts))

    async def runs(self, limit: int = 50) -> Sequence[Run]:
        """The latest runs, newest first."""
        sql = f"{rows.RUN} ORDER BY at DESC, id DESC LIMIT ?"
        return await self._do(lambda db: tuple(rows.read_run(row) for row in db.execute(sql, (limit,))))

    async def events(self, run: str, after: int = 0, limit: int = 10_000) -> Sequence[Event]:
        """The events of a run whose `seq` is greater than `after`, in order."""
        return await self._do(lambda db: rows.read_events(db, run, after, limit))

    async def approvals(self, run: str = "", *, state: str = "open") -> Sequence[Approval]:
        """Questions to people: of one run or all, in one state or (empty) any."""
        return await self._do(lambda db: rows.read_approvals(db, run, state))

    async def ask(self, approval: Approval) -> Approval:
        """Record a question; one asked before under the same id is returned as it stands."""

        def record(db: sqlite3.Connection) -> Approval:
            if not db.execute("SELECT 1 FROM approval WHERE id = ?", (approval.id,)).fetchone():
                rows.write_approval(db, approval)
            return rows.read_approval(db, approval.id)

        return await self._do(lambda db: _atomically(db, lambda: record(db)))

    async def answer(self, approval: str, state: Literal["approved", "denied"]) -> Approval:
        """Settle a question and put the answer in the run's log."""
        return await self._do(lambda db: _atomically(db, lambda: rows.answer(db, approval, state)))

    async def close(self) -> None:
        """Write what is queued and close the file."""
        if self._connection:
            await self._do(lambda db: db.close())
        self._writer.shutdown()

    async def _do(self, work: Callable[[sqlite3.Connection], T]) -> T:
        """Run `work` in the one thread that may touch the connection."""
        return await asyncio.get_running_loop().run_in_executor(self._writer, self._with_connection, work)

    def _with_connection(self, work: Callable[[sqlite3.Connection], T]) -> T:
        try:
            if self._connection is None:
                self._connection = _connect(self.path)
            return work(self._connection)
        except (sqlite3.OperationalError, sqlite3.DatabaseError, OSError) as error:
            raise _unusable(self.path, error) from error

    def _flush(self, db: sqlite3.Connection) -> None:
        group = [self._queue.popleft() for _ in range(len(self._queue))]
        try:
            written = _atomically(db, lambda: [rows.write(db, slot.transaction) for slot in group])
        except Exception as error:  # any: whose fault it is shows when each is written alone
            if len(group) == 1:
                group[0].error = _unusable(self.path, error) if isinstance(error, sqlite3.Error) else error
            else:
                self._write_each(db, group)
            return
        for slot, events in zip(group, written, strict=True):
            slot.events = events

    def _write_each(self, db: sqlite3.Connection, group: Sequence[_Slot]) -> None:
        for slot in group:
            try:
                slot.events = _atomically(db, lambda slot=slot: rows.write(db, slot.transaction))
            except Exception as error:  # any: told to whoever asked for it; a slot without events or error would pass for written
                slot.error = _unusable(self.path, error) if isinstance(error, sqlite3.Error) else error


def _connect(path: str) -> sqlite3.Connection:
    if path != ":memory:":
        Path(path).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    db = sqlite3.connect(path, timeout=30, isolation_level=None)
    db.execute("PRAGMA journal_mode = WAL")
    db.execute("PRAGMA synchronous = FULL")
    migrate(db)
    return db


def _atomically(db: sqlite3.Connection, work: Callable[[], T]) -> T:
    db.execute("BEGIN IMMEDIATE")
    try:
        value = work()
    except BaseException:  # whatever it was: half a transaction must not stay open
        db.execute("ROLLBACK")
        raise
    db.execute("COMMIT")
    return value


def _unusable(path: str, error: Exception) -> SetupError:
    return SetupError(
        f"cannot keep the record of runs in {path!r}: {error}",
        remedy="free some disk space there, or set ARKWRIGHT_HOME to a folder you can write",
    )
