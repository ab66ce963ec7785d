"""Grants: standing permissions, typed and scoped, that a person gave, may list and may take back."""

import time
from collections.abc import Callable, Sequence
from fnmatch import fnmatchcase
from typing import cast
from uuid import uuid4

from arkwright.core.decision import Grant
from arkwright.errors import NotFound, UserError
from arkwright.safety.addresses import Address, canonical
from arkwright.safety.ledger import Ledger


class Grants:
    """Rows of the ledger; they survive a restart."""

    def __init__(self, ledger: Ledger, *, clock: Callable[[], float] = time.time) -> None:
        self._ledger = ledger
        self._clock = clock

    def add(self, tool: str, scope: str, *, run: str = "", until: float | None = None) -> Grant:
        """Permit a tool (exact name) on a path glob or host:port, for a run or until a time; one of the two is needed.

        Raises:
            UserError: the scope is too wide, has no end, or would let other runs reach a private address.
        """
        if not run and until is None:
            raise UserError(f"a grant for {tool!r} needs an end", remedy="give a run or a time")
        if not tool or "*" in tool or scope.strip() in ("", "*", "**", "/", "/**"):
            raise UserError(f"a grant of {tool!r} on {scope!r} is too wide", remedy="name one tool, and a path glob or host:port")
        address = read_scope(scope)
        if address is not None and address.private and not run:
            raise UserError(f"{scope!r} is a private address: it is granted for one run only", remedy="give the run")
        grant = Grant(f"g-{uuid4().hex[:10]}", tool, str(address) if address else scope, run, until)
        with self._ledger.write() as db:
            db.execute('INSERT INTO "grant" VALUES (?, ?, ?, ?, ?)', (grant.id, grant.tool, grant.scope, grant.run, grant.until))
        return grant

    def list(self) -> Sequence[Grant]:
        """Those still in force."""
        rows = self._ledger.read(
            'SELECT id, tool, scope, run, until FROM "grant" WHERE until IS NULL OR until > ? ORDER BY id', self._clock()
        )
        return [Grant(str(row[0]), str(row[1]), str(row[2]), str(row[3]), cast("float | None", row[4])) for row in rows]

    def revoke(self, id: str) -> None:
        """Take one back.

        Raises:
            NotFound: there is no such grant.
        """
        with self._ledger.write() as db:
            if db.execute('DELETE FROM "grant" WHERE id = ?', (id,)).rowcount == 0:
                raise NotFound(f"no grant {id!r}", remedy="`arkwright grants` lists them")

    def cover(self, run: str, tool: str, scopes: Sequence[str]) -> bool:
        """Whether standing grants cover every scope of a question."""
        standing = [grant for grant in self.list() if grant.tool == tool and grant.run in ("", run)]
        return bool(scopes) and all(any(_covers(grant, scope, run) for grant in standing) for scope in scopes)


def _covers(grant: Grant, scope: str, run: str) -> bool:
    """Hosts match whole; a private one only by a grant of the same run. Paths match by glob, `*` staying in its folder."""
    address = read_scope(scope)
    if address is not None:
        return grant.scope == str(address) and (not address.private or grant.run == run)
    wanted, given = scope.strip("/").split("/"), grant.scope.strip("/").split("/")
    if given[-1] == "**":
        given = given[:-1]
        wanted = wanted[: len(given)] if len(wanted) > len(given) else [""] * (len(given) + 1)
    return ".." not in scope.split("/") and len(wanted) == len(given) and all(map(fnmatchcase, wanted, given))


def read_scope(scope: str) -> Address | None:
    """A scope as an address, None when it is a path."""
    host, _, port = scope.rpartition(":")
    if not host or not port.isdigit() or "/" in host:
        return None
    try:
        return Address(canonical(host), int(port))
    except (ValueError, UnicodeError):
        return None
