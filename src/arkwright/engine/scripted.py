"""Scripted: neighbours of the engine that do what they are told; for tests, benchmarks and examples."""

import inspect
from collections.abc import Awaitable, Callable, Mapping, Sequence

from arkwright.core.json import Json, Object
from arkwright.core.observation import Fault, Observation
from arkwright.core.plan import Proposal, Refusal
from arkwright.core.ports import Ask, Evidence, Patience
from arkwright.core.request import Request
from arkwright.core.survey import Survey
from arkwright.core.tool import Hints, ToolCall, ToolSpec
from arkwright.core.verdict import Check, Verdict, conclude

Play = Callable[[ToolCall], Json | Observation | Awaitable[Json | Observation]]


class ScriptedPlanner:
    """Proposes what it was given, in order, the last one for ever; notes every look in the survey's facts."""

    def __init__(self, *proposals: Proposal) -> None:
        self._proposals = list(proposals)
        self.requests: list[Request] = []

    def propose(self, request: Request, survey: Survey) -> Proposal:
        """The next proposal."""
        self.requests.append(request)
        return self._proposals.pop(0) if len(self._proposals) > 1 else self._proposals[0]

    def look(self, survey: Survey, tool: str, args: Object, observation: Observation) -> Survey:
        """The survey with one fact more."""
        return Survey(survey.files, survey.tables, {**survey.facts, tool: observation.value})


class ScriptedGate:
    """Calls plain functions: a tool's function gets the ToolCall and returns a value or an Observation, awaited if need be."""

    def __init__(self, tools: Mapping[str, Play], *, unrepeatable: Sequence[str] = ()) -> None:
        self._tools = tools
        self._unrepeatable = unrepeatable
        self.calls: list[ToolCall] = []

    async def call(self, call: ToolCall, patience: Patience | None = None) -> Observation:
        """What the function of the tool returns."""
        self.calls.append(call)
        if call.tool not in self._tools:
            return Observation(outcome="denied", fault=Fault("unknown_tool", f"there is no tool {call.tool!r}"))
        returned = self._tools[call.tool](call)
        value = await returned if inspect.isawaitable(returned) else returned
        return value if isinstance(value, Observation) else Observation(value)

    def catalogue(self) -> Sequence[ToolSpec]:
        """The tools of the script."""
        return [ToolSpec(name, name, {}, Hints(idempotent=name not in self._unrepeatable)) for name in self._tools]

    def open(self, run: str, request: Request) -> None:
        """Every run is known."""

    def forget(self, run: str) -> None:
        """There is nothing to forget."""


class ScriptedVerifier:
    """Concludes from the checks it was given; keeps the evidence it saw."""

    def __init__(self, *checks: Check) -> None:
        self._checks = checks
        self.evidence: list[Evidence] = []

    async def verify(self, evidence: Evidence, ask: Ask) -> Verdict:
        """The verdict that follows from the given checks."""
        self.evidence.append(evidence)
        return conclude(self._checks)


class ScriptedScreen:
    """Refuses what it was given to refuse, by the exact text of the request."""

    def __init__(self, refusals: Mapping[str, Refusal] | None = None) -> None:
        self._refusals = refusals or {}

    def screen(self, request: Request) -> Refusal | None:
        """The refusal for this text, if there is one."""
        return self._refusals.get(request.text)


class ScriptedSnapshots:
    """Says the workspace is as given: one state after the other, the last one for ever."""

    def __init__(self, *states: Mapping[str, str]) -> None:
        self._states = [dict(state) for state in states] or [{}]

    async def hashes(self, workspace: str) -> Mapping[str, str]:
        """The next state."""
        return self._states.pop(0) if len(self._states) > 1 else self._states[0]
