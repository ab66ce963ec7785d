"""Gate: the one path from a decision to an effect. (skeleton: the signatures are final)"""

from collections.abc import Mapping, Sequence
from pathlib import Path

from arkwright.core.observation import Observation
from arkwright.core.tool import Tool, ToolCall, ToolSpec
from arkwright.safety.ports import ApprovalStore, Asker, Checkpoints, Egress, Emit, HandsFactory, Runs


class Gate:
    """Holds the tools. `home` is where its own state lives (safety.db, audit.jsonl); no call may touch it."""

    def __init__(
        self, tools: Mapping[str, Tool], *, home: Path, runs: Runs, hands: HandsFactory, checkpoints: Checkpoints, egress: Egress,
        approvals: ApprovalStore, asker: Asker | None = None, policy: Path | None = None, emit: Emit = lambda event: None,
    ) -> None: ...  # fmt: skip

    async def call(self, call: ToolCall) -> Observation:
        """Judge, checkpoint, run, record. Never raises for a refusal: the observation says `denied` or `waiting`."""
        raise NotImplementedError

    def catalogue(self) -> Sequence[ToolSpec]:
        """The tools there are."""
        raise NotImplementedError

    def forget(self, run: str) -> None:
        """Drop what is remembered of a run that has ended."""
        raise NotImplementedError
