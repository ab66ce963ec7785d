"""Report: the figures of a benchmark as a table for people and, on the last line, one JSON object for machines."""

import json
import os
import platform
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from importlib.metadata import version


@dataclass(frozen=True, slots=True)
class Row:
    """One figure. `target` in words (`<= 4`), `ok` whether it was met (None: no target), `n` how often it was measured."""

    what: str
    value: float
    unit: str
    target: str = ""
    ok: bool | None = None
    n: int = 1
    peers: Mapping[str, float] = field(default_factory=dict[str, float])


def at_most(what: str, value: float, limit: float, unit: str, *, n: int = 1, peers: Mapping[str, float] | None = None) -> Row:
    """A figure that should not exceed a limit."""
    return Row(what, value, unit, f"<= {limit:g}", value <= limit, n, peers or {})


def at_least(what: str, value: float, limit: float, unit: str, *, n: int = 1, peers: Mapping[str, float] | None = None) -> Row:
    """A figure that should reach a limit."""
    return Row(what, value, unit, f">= {limit:g}", value >= limit, n, peers or {})


def report(name: str, rows: Sequence[Row], *, packages: Sequence[str] = ()) -> None:
    """Print the table, then the JSON line. A missed target is a row with `"ok": false`, never an error."""
    width = max(len(row.what) for row in rows)
    for row in rows:
        met = {True: "ok", False: "MISSED", None: ""}[row.ok]
        peers = "  ".join(f"{peer} {value:g}" for peer, value in row.peers.items())
        print(f"{row.what:<{width}}  {row.value:>12.4g} {row.unit:<10} {row.target:<10} {met:<7} n={row.n}  {peers}".rstrip())
    print(json.dumps({"name": name, "machine": machine(), "versions": versions(packages), "rows": [_plain(row) for row in rows]}))


def machine() -> dict[str, str | int]:
    """What these figures were measured on."""
    return {"system": platform.platform(), "cpus": os.cpu_count() or 0, "load": round(os.getloadavg()[0])}


def versions(packages: Sequence[str]) -> dict[str, str]:
    """What they were measured with."""
    return {"python": platform.python_version(), "sqlite": sqlite3.sqlite_version} | {name: version(name) for name in packages}


def _plain(row: Row) -> dict[str, object]:
    return {
        "what": row.what, "value": round(row.value, 6), "unit": row.unit, "target": row.target, "ok": row.ok,
        "peers": dict(row.peers), "n": row.n,
    }  # fmt: skip
