"""Planning: ask the planner, look where it wants to look, ask again, until it proposes something to do or to say."""

import asyncio
from dataclasses import dataclass

from arkwright.core.observation import Observation
from arkwright.core.plan import Look, Need, Plan, Question, Refusal
from arkwright.core.ports import Planner
from arkwright.core.request import Request
from arkwright.core.survey import Survey
from arkwright.core.tool import ToolCall
from arkwright.engine.calls import Calls
from arkwright.engine.stopwatch import Stopwatch
from arkwright.store.codec import dumps

ROUNDS = 12


@dataclass(frozen=True, slots=True)
class Waits:
    """A look that a person has to allow first."""

    question: str


@dataclass(frozen=True, slots=True)
class Intent:
    """What planning came to, and what was seen on the way."""

    proposal: Plan | Question | Refusal | Waits
    survey: Survey


class Planning:
    """Runs the planner's loop. Looks are read-only, so a planning that was interrupted simply starts again."""

    def __init__(self, planner: Planner, calls: Calls, watch: Stopwatch) -> None:
        self._planner = planner
        self._calls = calls
        self._watch = watch

    async def settle(self, run: str, request: Request, survey: Survey) -> Intent:
        """A plan, a question, a refusal, or a look that waits for consent."""
        seen: dict[str, Observation] = {}
        for _ in range(ROUNDS):
            with self._watch.phase("plan"):
                proposal = self._planner.propose(request, survey)
            if not isinstance(proposal, Need):
                return Intent(_answerable(proposal, request), survey)
            if again := [look for look in proposal.looks if _key(look) in seen]:
                return Intent(_refusal(again[0], seen[_key(again[0])]), survey)
            observations = await self._look(run, proposal.looks, len(seen))
            seen.update((_key(look), observation) for look, observation in zip(proposal.looks, observations, strict=True))
            for look, observation in zip(proposal.looks, observations, strict=True):
                if observation.outcome == "waiting":
                    return Intent(Waits(observation.fault.message if observation.fault else observation.summary), survey)
                if observation.outcome == "denied":
                    return Intent(_refusal(look, observation), survey)
                with self._watch.phase("plan"):
                    survey = self._planner.look(survey, look.tool, look.args, observation)
        return Intent(
            Refusal(request.text, f"no plan came of {ROUNDS} rounds of looking", "say it in smaller steps", "no_plan"), survey
        )

    async def _look(self, run: str, looks: tuple[Look, ...], count: int) -> list[Observation]:
        """All looks of a round, side by side."""
        with self._watch.phase("look"):
            async with asyncio.TaskGroup() as group:
                calls = [
                    ToolCall(run, f"look-{number}", 1, look.tool, look.args, "look")
                    for number, look in enumerate(looks, count + 1)
                ]
                tasks = [group.create_task(self._calls.call(call)) for call in calls]
        return [task.result() for task in tasks]


def _key(look: Look) -> str:
    return dumps(look)


def _answerable(proposal: Plan | Question | Refusal, request: Request) -> Plan | Question | Refusal:
    """Where nobody may be asked, a question is a refusal."""
    if isinstance(proposal, Question) and request.approve == "deny":
        options = f"one of: {', '.join(proposal.options)}" if proposal.options else "say which"
        return Refusal(request.text, proposal.text, options, "ambiguous")
    return proposal


def _refusal(look: Look, observation: Observation) -> Refusal:
    if fault := observation.fault:
        return Refusal(look.tool, fault.message, fault.remedy, fault.code)
    return Refusal(look.tool, f"nothing more can be seen with {look.tool} {look.args!r}", code="no_plan")
