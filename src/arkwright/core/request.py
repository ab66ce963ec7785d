"""Request: a goal in plain words, over a workspace, with the limits its user set."""

from dataclasses import dataclass
from typing import Literal

Approve = Literal["ask", "deny", "policy"]


@dataclass(frozen=True, slots=True)
class Request:
    """What the user asked for. `workspace` is an absolute path on the host."""

    text: str
    workspace: str
    principal: str = "user"
    model: str = ""
    approve: Approve = "ask"
    budget_usd: float | None = None
