"""Ports: what the gate asks of the rooms around it. app.py says who implements them."""

from collections.abc import Callable, Mapping, Sequence
from typing import Literal, Protocol

from arkwright.core.decision import Approval
from arkwright.core.entry import Entry
from arkwright.core.event import Event
from arkwright.core.ports import Hands
from arkwright.core.request import Request
from arkwright.core.run import Snapshot
from arkwright.core.tool import ToolCall

Emit = Callable[[Event], None]


class Runs(Protocol):
    """Knows the request, the plan and the finished tasks of a run."""

    async def load(self, run: str, *, facts: bool = True) -> Snapshot:
        """The run as its rows say, or without the facts that were kept of it, which may be long.

        Raises:
            NotFound: there is no such run.
        """
        ...


class HandsFactory(Protocol):
    """Makes what a tool holds while it runs."""

    def __call__(self, call: ToolCall, request: Request) -> Hands:
        """The hands for one call; boxes are opened when the tool asks for them."""
        ...


class Egress(Protocol):
    """The one way out to the network."""

    def allow(self, run: str, host: str, port: int) -> None:
        """Let the boxes of a run reach this host and port, until the run ends."""
        ...


class Checkpoints(Protocol):
    """Keeps the content of workspace files outside the workspace, by hash."""

    async def capture(self, workspace: str, paths: Sequence[str] | None) -> Mapping[str, Entry]:
        """What is at `paths` (relative) now: each with all below it, and its parent folders by themselves. None: everything.

        Contents are stored, so that `restore` can bring them back. What is not there is not in the mapping.
        """
        ...

    async def restore(self, workspace: str, target: Mapping[str, Entry | None]) -> None:
        """Make each path what it was; None removes it (a folder only when it is empty)."""
        ...


class Asker(Protocol):
    """Asks a person who is there."""

    def ask(self, approval: Approval) -> bool | None:
        """True, False, or None when nobody is there to answer. May block as long as a person thinks."""
        ...


class ApprovalStore(Protocol):
    """The durable questions. The engine's store serves as one."""

    async def ask(self, approval: Approval) -> Approval:
        """Record a question; one that was asked before under the same id is returned as it stands."""
        ...

    async def answer(self, approval: str, state: Literal["approved", "denied"]) -> Approval:
        """Settle a question.

        Raises:
            NotFound: there is no such approval.
        """
        ...

    async def approvals(self, run: str = "", *, state: str = "open") -> Sequence[Approval]:
        """Questions of one run or all, in one state or (empty) any."""
        ...
