"""Audit: the hash-chained log of every decision, and the check that nothing in it was changed.

Each line is one JSON object in canonical form; `hash` is the SHA-256 of the line without it, `prev` the hash of the line before.
The chain alone cannot prove that its tail was not cut off, so the number of lines and the last hash are also kept in the ledger,
at each decision that has an effect. Whoever can edit both, and knows how, can still cut the tail: only an anchor outside this
machine could tell.
"""

import asyncio
import fcntl
import hashlib
import json
import os
import re
import threading
import time
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from arkwright.core.json import Json, Object
from arkwright.errors import SetupError
from arkwright.safety.ledger import Ledger
from arkwright.safety.secrets import redact

START = "0" * 64
SHORT = re.compile(r"[\w.-]{0,12}", re.ASCII)
"""Too short for a secret by itself, and without the sign that would assign one: most of what a log says."""
ANCHOR = "an outside anchor is not set up: a tail cut off here and in safety.db alike would not be found"


@dataclass(frozen=True, slots=True)
class Report:
    """What a check of the log found. `text` is for people."""

    ok: bool
    count: int
    head: str
    problems: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """A sentence, then a line per problem."""
        if self.ok:
            return f"the audit log is whole: {self.count} entries, head {self.head[:16]}; {ANCHOR}"
        return "\n".join(
            [f"the audit log was tampered with or damaged ({self.count} entries read):", *(f"  {each}" for each in self.problems)]
        )


class Audit:
    """Appends entries; several processes may do so at once."""

    def __init__(self, path: Path, ledger: Ledger, *, clock: Callable[[], float] = time.time) -> None:
        self.path = path
        self._ledger = ledger
        self._clock = clock
        self._lock = threading.Lock()
        self._seen = (0, 0, START)
        self._synced = 0
        self._syncing = asyncio.Lock()
        try:
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            self._file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
        except OSError as error:
            raise SetupError(
                f"cannot write the audit log {str(path)!r}: {error}", remedy="set ARKWRIGHT_HOME to a folder you may write"
            ) from error

    def append(self, entry: Object) -> int:
        """Write one entry, secrets blotted out; returns its number. It is durable after the next `sync`.

        Raises:
            OSError: the disk is full; nothing of the entry was left behind.
        """
        with self._lock, self._exclusive():
            size, count, head = self._tail()
            body: Object = {"seq": count + 1, "at": round(self._clock(), 6), "prev": head, **cast("Object", blot(entry))}
            digest = fingerprint(body)
            line = canonical({**body, "hash": digest}) + b"\n"
            written = os.write(self._file, line)
            if written != len(line):
                os.ftruncate(self._file, size)
                raise OSError("the audit log could not take a whole entry")
            self._seen = (size + written, count + 1, digest)
            return count + 1

    async def sync(self) -> None:
        """Make everything appended so far durable; callers that come together share one fsync."""
        wanted = self._seen[1]
        async with self._syncing:
            if self._synced < wanted:
                await asyncio.to_thread(self.settle)

    def settle(self) -> None:
        """fsync, then remember the head in the ledger."""
        with self._lock, self._exclusive():
            _, count, head = self._tail()
            os.fsync(self._file)
            with self._ledger.write() as db:
                db.execute(
                    "INSERT OR REPLACE INTO head (log, count, hash) VALUES (?, ?, ?)",
                    (str(self.path), count, head),
                )
            self._synced = count

    def close(self) -> None:
        """Settle and let go of the file."""
        self.settle()
        os.close(self._file)

    @contextmanager
    def _exclusive(self) -> Generator[None]:
        fcntl.flock(self._file, fcntl.LOCK_EX)
        try:
            yield
        finally:
            fcntl.flock(self._file, fcntl.LOCK_UN)

    def _tail(self) -> tuple[int, int, str]:
        """(size, count, head) of the file as it is; what other processes wrote since is read, a torn last line is dropped."""
        size, count, head = self._seen
        now = os.fstat(self._file).st_size
        if now == size:
            return self._seen
        if now < size:
            size, count, head = 0, 0, START
        added = _read(self._file, size, now)
        whole = added.rfind(b"\n") + 1
        if whole < len(added):
            os.ftruncate(self._file, size + whole)
        if whole:
            count += added.count(b"\n", 0, whole)
            head = _hash_of(added[added.rfind(b"\n", 0, whole - 1) + 1 : whole - 1])
        self._seen = (size + whole, count, head)
        return self._seen


def verify(path: Path, ledger: Ledger | None = None) -> Report:
    """Check every line against the one before, and the number of lines against the ledger."""
    if not path.exists():
        remembered = _remembered(path, ledger)
        gone = (f"the log is gone: {remembered[0]} entries were written to it",) if remembered else ()
        return Report(not gone, 0, START, gone)
    problems: list[str] = []
    hashes: list[str] = []
    previous = START
    with path.open("rb") as file:
        for number, line in enumerate(file, start=1):
            problems += _faults(number, line, previous)
            previous = _hash_of(line)
            hashes.append(previous)
    remembered = _remembered(path, ledger)
    if remembered:
        problems += _cut(hashes, *remembered)
    return Report(not problems, len(hashes), hashes[-1] if hashes else START, tuple(problems))


def _faults(number: int, line: bytes, previous: str) -> Iterator[str]:
    """What is wrong with one line."""
    try:
        entry = cast("Object", json.loads(line))
        claimed = entry.pop("hash")
        sequence, before = entry["seq"], entry["prev"]
        genuine = claimed == fingerprint(entry) and canonical({**entry, "hash": claimed}) + b"\n" == line
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        yield f"line {number} is not an entry (torn, or replaced)"
        return
    if not genuine:
        yield f"line {number} was edited: its content does not match its hash"
    if sequence != number:
        yield f"line {number} is entry {sequence}: entries were removed, inserted or moved before it"
    if before != previous:
        yield f"line {number} does not follow the line before it: an entry was edited, removed, inserted or moved here"


def _cut(hashes: list[str], count: int, head: str) -> Iterator[str]:
    """Whether the log still holds what the ledger remembers."""
    if len(hashes) < count:
        yield f"the tail was cut off: {count} entries were written, {len(hashes)} are left"
    elif count and hashes[count - 1] != head:
        yield f"entry {count} is not the one the ledger remembers: the log was written anew"


def _remembered(path: Path, ledger: Ledger | None) -> tuple[int, str] | None:
    rows = ledger.read("SELECT count, hash FROM head WHERE log = ?", str(path)) if ledger else []
    return (cast("int", rows[0][0]), str(rows[0][1])) if rows else None


def fingerprint(body: Object) -> str:
    """SHA-256 of an entry in canonical form."""
    return hashlib.sha256(canonical(body)).hexdigest()


def canonical(value: Json) -> bytes:
    """One spelling per value: sorted keys, no spaces, UTF-8."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False).encode(
        "utf-8", "backslashreplace"
    )


def blot(value: Json) -> Json:
    """`value` with secrets blotted out and long texts cut."""
    if isinstance(value, dict):
        return {_blotted(key): blot(child) for key, child in value.items()}
    if isinstance(value, list):
        return [blot(child) for child in value]
    return _blotted(value) if isinstance(value, str) else value


def _blotted(text: str) -> str:
    if SHORT.fullmatch(text):
        return text
    return redact(text[:2000].encode("utf-8", "replace").decode("utf-8"))


def _hash_of(line: bytes) -> str:
    try:
        return str(json.loads(line)["hash"])
    except (ValueError, KeyError, TypeError, RecursionError):
        return hashlib.sha256(line).hexdigest()


def _read(file: int, start: int, end: int) -> bytes:
    parts: list[bytes] = []
    while start < end:
        part = os.pread(file, min(end - start, 1 << 20), start)
        if not part:
            break
        parts.append(part)
        start += len(part)
    return b"".join(parts)
