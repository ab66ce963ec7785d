"""Tool: what an agent can do; ToolCall: a wish to do it; Footprint: what that wish would touch."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import BaseModel

from arkwright.core.box import Hands
from arkwright.core.json import Object
from arkwright.core.observation import Observation


@dataclass(frozen=True, slots=True)
class Hints:
    """Honest annotations, with the meaning they have in the Model Context Protocol."""

    read_only: bool = True
    destructive: bool = False
    idempotent: bool = True
    open_world: bool = False
    runs_code: bool = False


@dataclass(frozen=True, slots=True)
class Send:
    """Data that would leave for a host: `origin` says whether its value stands in the request or comes from the workspace."""

    host: str
    port: int
    bytes: int
    origin: Literal["request", "workspace", "credential"]
    what: str


@dataclass(frozen=True, slots=True)
class Footprint:
    """What a call would touch: workspace paths, addresses, data that would leave.

    `writes` is None when the call may write anywhere in the workspace (it runs code).
    """

    reads: tuple[str, ...] = ()
    writes: tuple[str, ...] | None = ()
    deletes: tuple[str, ...] = ()
    urls: tuple[str, ...] = ()
    sends: tuple[Send, ...] = ()


@dataclass(frozen=True, slots=True)
class ToolSpec:
    """What planners, policies and people see of a tool. `schema` is the JSON Schema of its arguments."""

    name: str
    summary: str
    schema: Object
    hints: Hints


@dataclass(frozen=True, slots=True)
class Tool:
    """A tool: typed arguments, honest hints, the footprint of a call, and `run`, which only the gate may await."""

    name: str
    summary: str
    args: type[BaseModel]
    hints: Hints
    run: Callable[[Any, Hands], Awaitable[Observation]]
    footprint: Callable[[Any], Footprint] = lambda args: Footprint()

    @property
    def spec(self) -> ToolSpec:
        """The tool without its code."""
        return ToolSpec(self.name, self.summary, self.args.model_json_schema(), self.hints)


@dataclass(frozen=True, slots=True)
class ToolCall:
    """One wish for an effect. `key` is its idempotency key: run/task/epoch."""

    run: str
    task: str
    epoch: int
    tool: str
    args: Object
    goal: str = ""

    @property
    def key(self) -> str:
        """run/task/epoch."""
        return f"{self.run}/{self.task}/{self.epoch}"
