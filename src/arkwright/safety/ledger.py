"""Ledger: the safety room's own rows (grants, the journal of changes, what was sent, the head of the audit log) in safety.db."""

import sqlite3
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from threading import RLock

from arkwright.errors import SetupError

TABLES = """
CREATE TABLE IF NOT EXISTS "grant" (id TEXT PRIMARY KEY, tool TEXT NOT NULL, scope TEXT NOT NULL, run TEXT NOT NULL, until REAL);
CREATE TABLE IF NOT EXISTS step (id INTEGER PRIMARY KEY, run TEXT NOT NULL, task TEXT NOT NULL, tool TEXT NOT NULL,
    at REAL NOT NULL, workspace TEXT NOT NULL, paths TEXT, before TEXT NOT NULL, after TEXT, state TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS step_run ON step (run);
CREATE TABLE IF NOT EXISTS sent (id INTEGER PRIMARY KEY, run TEXT NOT NULL, task TEXT NOT NULL, what TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS head (log TEXT PRIMARY KEY, count INTEGER NOT NULL, hash TEXT NOT NULL);
"""


class Ledger:
    """One SQLite file, shared by processes. Calls are short and block."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = RLock()
        try:
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            self._db = sqlite3.connect(path, check_same_thread=False, isolation_level=None, timeout=30)
            self._db.execute("PRAGMA journal_mode = WAL")
            self._db.execute("PRAGMA synchronous = NORMAL")
            self._db.executescript(TABLES)
        except (OSError, sqlite3.Error) as error:
            raise SetupError(
                f"cannot keep grants and undo in {str(path)!r}: {error}", remedy="set ARKWRIGHT_HOME to a folder you may write"
            ) from error

    @contextmanager
    def write(self) -> Generator[sqlite3.Connection]:
        """A transaction."""
        with self._lock:
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield self._db
            except BaseException:  # whatever it was, a cancellation too: half a transaction must not stay open
                self._db.execute("ROLLBACK")
                raise
            self._db.execute("COMMIT")

    def read(self, query: str, *values: object) -> list[tuple[object, ...]]:
        """All rows of a query."""
        with self._lock:
            return self._db.execute(query, values).fetchall()

    def close(self) -> None:
        """Let go of the file."""
        with self._lock:
            self._db.close()
