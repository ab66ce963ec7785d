"""The audit log: every change to it is found, and several processes may write it."""

import json
import multiprocessing
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from arkwright.safety.audit import ANCHOR, SHORT, Audit, canonical, fingerprint, verify
from arkwright.safety.ledger import Ledger
from arkwright.safety.secrets import redact


def log(folder: Path, count: int = 5) -> tuple[Path, Ledger]:
    """A settled log with some entries."""
    ledger = Ledger(folder / "safety.db")
    audit = Audit(folder / "audit.jsonl", ledger)
    for number in range(count):
        audit.append({"kind": "decided", "tool": f"tool-{number}", "outcome": "allow"})
    audit.close()
    return folder / "audit.jsonl", ledger


def test_a_log_that_nobody_touched_is_whole_and_the_limit_is_said(tmp_path: Path) -> None:
    report = verify(*log(tmp_path))
    assert (report.ok, report.count) == (True, 5)
    assert ANCHOR in report.text


def test_no_log_yet_is_whole(tmp_path: Path) -> None:
    assert verify(tmp_path / "none.jsonl", Ledger(tmp_path / "safety.db")).ok


def edited(lines: list[bytes]) -> list[bytes]:
    return [*lines[:2], lines[2].replace(b'"allow"', b'"deny"'), *lines[3:]]


def edited_and_rehashed(lines: list[bytes]) -> list[bytes]:
    entry = json.loads(edited(lines)[2])
    entry.pop("hash")
    return [*lines[:2], canonical({**entry, "hash": fingerprint(entry)}) + b"\n", *lines[3:]]


def reforged(lines: list[bytes]) -> list[bytes]:
    """The attacker rehashes everything after the edit, too."""
    out: list[bytes] = []
    previous = "0" * 64
    for line in edited(lines):
        entry = json.loads(line)
        entry.pop("hash")
        entry["prev"] = previous
        previous = fingerprint(entry)
        out.append(canonical({**entry, "hash": previous}) + b"\n")
    return out


TAMPERING: dict[str, Callable[[list[bytes]], list[bytes]]] = {
    "edit": edited,
    "edit with a new hash": edited_and_rehashed,
    "all rewritten": reforged,
    "remove": lambda lines: lines[:2] + lines[3:],
    "remove the first": lambda lines: lines[1:],
    "reorder": lambda lines: [lines[0], lines[2], lines[1], *lines[3:]],
    "insert a copy": lambda lines: [*lines[:2], lines[1], *lines[2:]],
    "insert a line": lambda lines: [*lines[:2], b"{}\n", *lines[2:]],
    "append": lambda lines: [*lines, b'{"seq":6}\n'],
    "truncate in the middle of an entry": lambda lines: [*lines[:4], lines[4][:20]],
    "truncate a line in the middle": lambda lines: [*lines[:2], lines[2][:20] + b"\n", *lines[3:]],
    "cut the tail": lambda lines: lines[:3],
    "empty it": lambda lines: [],
    "other spelling": lambda lines: [*lines[:2], lines[2].replace(b'"kind":', b'"kind": '), *lines[3:]],
    "hidden key": lambda lines: [*lines[:2], lines[2].replace(b'"kind":', b'"kind":"x","kind":'), *lines[3:]],
}


@pytest.mark.parametrize("kind", TAMPERING)
def test_tampering_is_found(tmp_path: Path, kind: str) -> None:
    path, ledger = log(tmp_path)
    path.write_bytes(b"".join(TAMPERING[kind](path.read_bytes().splitlines(keepends=True))))
    report = verify(path, ledger)
    assert not report.ok
    assert report.problems


def test_a_cut_tail_is_called_that(tmp_path: Path) -> None:
    path, ledger = log(tmp_path)
    path.write_bytes(b"".join(path.read_bytes().splitlines(keepends=True)[:3]))
    assert "tail was cut off: 5 entries were written, 3 are left" in verify(path, ledger).text


def test_a_log_that_is_gone_is_missed(tmp_path: Path) -> None:
    path, ledger = log(tmp_path)
    path.unlink()
    assert not verify(path, ledger).ok


def test_a_cut_tail_cannot_be_hidden_by_going_on(tmp_path: Path) -> None:
    path, ledger = log(tmp_path)
    path.write_bytes(b"".join(path.read_bytes().splitlines(keepends=True)[:3]))
    audit = Audit(path, ledger)
    for _ in range(4):
        audit.append({"kind": "decided"})
    report = verify(path, ledger)
    os.close(audit._file)  # pyright: ignore[reportPrivateUsage]
    assert "was written anew" in report.text


@settings(max_examples=60, deadline=None)
@given(position=st.integers(min_value=0), byte=st.integers(min_value=0, max_value=255))
def test_any_changed_byte_is_found(tmp_path_factory: pytest.TempPathFactory, position: int, byte: int) -> None:
    path, ledger = log(tmp_path_factory.mktemp("log"), 3)
    data = bytearray(path.read_bytes())
    position %= len(data)
    if data[position] == byte:
        return
    data[position] = byte
    path.write_bytes(bytes(data))
    assert not verify(path, ledger).ok
    ledger.close()


def append_many(folder: Path, name: str) -> None:
    audit = Audit(folder / "audit.jsonl", Ledger(folder / "safety.db"))
    for number in range(50):
        audit.append({"kind": "decided", "who": name, "number": number})
    audit.close()


def test_several_processes_append_to_one_chain(tmp_path: Path) -> None:
    Ledger(tmp_path / "safety.db").close()
    context = multiprocessing.get_context("spawn")
    workers = [context.Process(target=append_many, args=(tmp_path, f"p{number}")) for number in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(60)
    report = verify(tmp_path / "audit.jsonl", Ledger(tmp_path / "safety.db"))
    assert (report.ok, report.count) == (True, 200)


def test_an_entry_torn_by_a_crash_is_dropped_and_the_chain_goes_on(tmp_path: Path) -> None:
    path, ledger = log(tmp_path)
    with path.open("ab") as file:
        file.write(b'{"seq":6,"torn')
    audit = Audit(path, ledger)
    assert audit.append({"kind": "decided"}) == 6
    audit.close()
    assert verify(path, ledger).ok


@settings(max_examples=50, deadline=None)
@given(
    entry=st.dictionaries(
        st.text(max_size=8),
        st.one_of(st.none(), st.booleans(), st.integers(), st.text(), st.lists(st.text(), max_size=3)),
        max_size=4,
    )
)
def test_whatever_is_recorded_verifies(tmp_path_factory: pytest.TempPathFactory, entry: dict[str, object]) -> None:
    folder = tmp_path_factory.mktemp("log")
    ledger = Ledger(folder / "safety.db")
    audit = Audit(folder / "audit.jsonl", ledger)
    audit.append({"data": entry})  # type: ignore[dict-item]
    audit.append({"kind": "next"})
    audit.close()
    assert verify(folder / "audit.jsonl", ledger).ok
    ledger.close()


async def test_a_decision_is_settled_in_the_ledger(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path / "safety.db")
    audit = Audit(tmp_path / "audit.jsonl", ledger)
    audit.append({"kind": "decided"})
    await audit.sync()
    assert ledger.read("SELECT count FROM head") == [(1,)]
    audit.close()


def test_only_its_owner_may_read_the_log(tmp_path: Path) -> None:
    path, _ = log(tmp_path)
    assert path.stat().st_mode & 0o077 == 0


def test_secrets_are_not_written(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path / "safety.db")
    audit = Audit(tmp_path / "audit.jsonl", ledger)
    audit.append({"args": {"note": "password=hunter-canary", "key": ["sk_test_canary_20391"]}})
    audit.close()
    assert "canary" not in (tmp_path / "audit.jsonl").read_text()


@settings(deadline=None)
@given(st.from_regex(SHORT, fullmatch=True))
def test_what_the_log_takes_for_too_short_holds_no_secret(text: str) -> None:
    assert redact(text) == text
