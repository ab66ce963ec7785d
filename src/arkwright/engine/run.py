"""Engine: a request in, a proven result out. (skeleton: the signatures are final)"""

from collections.abc import Callable, Sequence

from arkwright.core.event import Event
from arkwright.core.plan import Plan
from arkwright.core.ports import Gate, Planner, Verifier
from arkwright.core.request import Request
from arkwright.core.result import Result
from arkwright.engine.ports import Listener, Screen, Snapshots, Store


class Engine:
    """Serves requests. Everything it needs comes in here."""

    def __init__(self, *, store: Store, gate: Gate, planner: Planner, verifier: Verifier, screen: Screen, snapshots: Snapshots,
                 listeners: Sequence[Listener] = (), cpus: int = 2, clock: Callable[[], float] | None = None) -> None: ...  # fmt: skip

    async def run(self, request: Request, *, plan: Plan | None = None, run_id: str = "") -> Result:
        """Serve a request from the start. With `plan`, the planner is not asked."""
        raise NotImplementedError

    async def propose(self, request: Request) -> object:
        """A dry run: look and plan, run nothing."""
        raise NotImplementedError

    async def resume(self, run_id: str, *, answer: str = "") -> Result:
        """Go on with a run that was interrupted or waits; `answer` is the reply to a question of the planner."""
        raise NotImplementedError

    async def cancel(self, run_id: str) -> Result:
        """Cancel a run for good, wherever it is being worked on."""
        raise NotImplementedError

    def emit(self, event: Event) -> None:
        """Take an event of another room (the gate's): listeners see it at once or with the next commit."""
        raise NotImplementedError
