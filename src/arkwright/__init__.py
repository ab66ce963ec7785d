"""Arkwright: a self-hosted agentic computer. State a goal, get a proven result."""

from typing import TYPE_CHECKING, Any

from arkwright.core.plan import Plan
from arkwright.core.request import Request
from arkwright.core.result import Result
from arkwright.core.verdict import Verdict

if TYPE_CHECKING:
    from arkwright.app import Arkwright

__all__ = ["Arkwright", "Plan", "Request", "Result", "Verdict"]


def __getattr__(name: str) -> Any:
    # `import arkwright` stays light: the composition root and all it wires are loaded when they are used.
    if name == "Arkwright":
        from arkwright.app import Arkwright

        return Arkwright
    raise AttributeError(name)
