"""SqliteStore: what only the file can show."""

import asyncio
import sqlite3
from pathlib import Path

import pytest

from arkwright.core.request import Request
from arkwright.core.run import Run, Transaction
from arkwright.errors import SetupError
from arkwright.store.schema import STEPS
from arkwright.store.sqlite import SqliteStore

RUN = Run("r1", Request("add", "/work"), 1000.0)


async def test_what_was_committed_is_there_for_the_next_process(tmp_path: Path) -> None:
    first = SqliteStore(tmp_path / "rows.db")
    await first.commit(Transaction("r1", 0, RUN))
    second = SqliteStore(tmp_path / "rows.db")
    assert (await second.load("r1")).run == RUN
    await first.close()
    await second.close()


async def test_the_file_is_durable_and_versioned(tmp_path: Path) -> None:
    store = SqliteStore(tmp_path / "rows.db")
    await store.commit(Transaction("r1", 0, RUN))
    await store.close()
    with sqlite3.connect(tmp_path / "rows.db") as db:
        assert db.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        assert db.execute("PRAGMA user_version").fetchone() == (len(STEPS),)


async def test_a_place_that_cannot_hold_rows_is_named_with_a_remedy(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    store = SqliteStore(tmp_path / "file" / "rows.db")
    with pytest.raises(SetupError, match=r"cannot keep the record of runs .*ARKWRIGHT_HOME"):
        await store.runs()


async def test_a_file_that_is_not_a_database_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "rows.db"
    path.write_text("a diary, not a database, and long enough to be read as a header" * 20)
    before = path.read_bytes()
    with pytest.raises(SetupError, match="not a database"):
        await SqliteStore(path).runs()
    assert path.read_bytes() == before


async def test_what_is_queued_together_is_committed_together(tmp_path: Path) -> None:
    store = SqliteStore(tmp_path / "rows.db")
    await store.commit(Transaction("r1", 0, RUN))
    before = changes(tmp_path / "rows.db")
    await asyncio.gather(*(store.commit(Transaction("r1", 1, facts={f"f{number}": number})) for number in range(100)))
    assert changes(tmp_path / "rows.db") - before < 50
    assert len((await store.load("r1")).facts) == 100
    await store.close()


def changes(path: Path) -> int:
    """How many transactions the write-ahead log holds: the frames that end one carry the size of the file."""
    log = path.with_name(f"{path.name}-wal").read_bytes()
    return sum(log[at + 4 : at + 8] != bytes(4) for at in range(32, len(log), 24 + 4096))
