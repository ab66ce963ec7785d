"""Observation: what came back from a tool call; Artifact: a file it left in the workspace."""

from dataclasses import dataclass
from typing import Literal

from arkwright.core.json import Json

Outcome = Literal["ok", "error", "denied", "waiting"]


@dataclass(frozen=True, slots=True)
class Artifact:
    """A file in the workspace. `path` is relative to it, with forward slashes."""

    path: str
    media_type: str
    sha256: str
    size: int = 0


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a call did not succeed: a machine-readable code, what was tried on what, and what to do next."""

    code: str
    message: str
    remedy: str = ""
    transient: bool = False


@dataclass(frozen=True, slots=True)
class Observation:
    """What a call returned. `value` is what other tasks may refer to, `summary` one sentence for people."""

    value: Json = None
    summary: str = ""
    artifacts: tuple[Artifact, ...] = ()
    outcome: Outcome = "ok"
    fault: Fault | None = None
    seconds: float = 0.0
    origin: tuple[str, ...] = ()
