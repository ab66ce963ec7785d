"""Result: how a run ended."""

from dataclasses import dataclass, field
from typing import Literal

from arkwright.core.json import Json, Object
from arkwright.core.observation import Artifact
from arkwright.core.verdict import Verdict

Status = Literal["verified", "unverified", "failed", "refused", "waiting", "cancelled"]
UNVERIFIED = Verdict("unverified")
EXIT_CODES: dict[Status, int] = {"verified": 0, "failed": 1, "refused": 3, "waiting": 4, "unverified": 5, "cancelled": 6}


@dataclass(frozen=True, slots=True)
class Result:
    """The end of a run: its status, what it says, what it left, and what was proven."""

    run_id: str
    status: Status
    answer: str
    artifacts: tuple[Artifact, ...] = ()
    verdict: Verdict = UNVERIFIED
    usage: Object = field(default_factory=dict[str, Json])
