"""Ports: what the engine asks of the rooms around it."""

from collections.abc import Callable, Mapping, Sequence
from typing import Literal, Protocol

from arkwright.core.decision import Approval
from arkwright.core.event import Event
from arkwright.core.plan import Refusal
from arkwright.core.request import Request
from arkwright.core.run import Run, Snapshot, Transaction

Listener = Callable[[Event], None]


class Store(Protocol):
    """The rows of every run; the only record of what has happened."""

    async def load(self, run: str) -> Snapshot:
        """The run as its rows say.

        Raises:
            NotFound: there is no such run.
        """
        ...

    async def commit(self, transaction: Transaction) -> Sequence[Event]:
        """Make all of it true at once, durably; returns its events with their `seq`.

        Raises:
            Fenced: the run has another epoch, or a node is final or has a newer epoch; nothing was written.
        """
        ...

    async def runs(self, limit: int = 50) -> Sequence[Run]:
        """The latest runs, newest first."""
        ...

    async def events(self, run: str, after: int = 0, limit: int = 10_000) -> Sequence[Event]:
        """The events of a run whose `seq` is greater than `after`, in order."""
        ...

    async def approvals(self, run: str = "", *, state: str = "open") -> Sequence[Approval]:
        """Questions to people: of one run or all, in one state or (empty) any."""
        ...

    async def ask(self, approval: Approval) -> Approval:
        """Record a question; one that was asked before under the same id is returned as it stands."""
        ...

    async def answer(self, approval: str, state: Literal["approved", "denied"]) -> Approval:
        """Settle a question.

        Raises:
            NotFound: there is no such approval.
        """
        ...


class Screen(Protocol):
    """Judges a request before anything is looked at."""

    def screen(self, request: Request) -> Refusal | None:
        """The refusal, or None when the request may be served."""
        ...


class Snapshots(Protocol):
    """Knows what the files of a workspace are."""

    async def hashes(self, workspace: str) -> Mapping[str, str]:
        """sha256 by relative path of every file in the workspace."""
        ...
