"""Verdict: what was proven of a result, requirement by requirement, with evidence."""

from dataclasses import dataclass
from typing import Literal

Proof = Literal["passed", "failed", "unknown"]
VerdictStatus = Literal["verified", "unverified", "failed"]


@dataclass(frozen=True, slots=True)
class Check:
    """One check. `requirement` is the clause of the request it is about; `evidence` an event id or an artifact's sha256."""

    name: str
    requirement: str
    outcome: Proof
    detail: str = ""
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Verdict:
    """`verified` only when every requirement has at least one passed check and no check failed or is unknown."""

    status: VerdictStatus
    checks: tuple[Check, ...] = ()


def conclude(checks: tuple[Check, ...]) -> Verdict:
    """The verdict that follows from the checks: one failure fails, one unknown or nothing at all leaves it unverified."""
    if any(check.outcome == "failed" for check in checks):
        return Verdict("failed", checks)
    if not checks or any(check.outcome == "unknown" for check in checks):
        return Verdict("unverified", checks)
    return Verdict("verified", checks)
