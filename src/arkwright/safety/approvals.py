"""Approvals: the questions the gate leaves with a person, durable, and answered now, later or by a standing grant."""

import asyncio
import hashlib
from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from typing import Literal

from arkwright.core.decision import Approval
from arkwright.core.json import Object
from arkwright.core.ports import Patience
from arkwright.safety.audit import blot, canonical
from arkwright.safety.case import Case, Ruling
from arkwright.safety.grants import Grants
from arkwright.safety.ports import ApprovalStore, Asker


@dataclass(frozen=True, slots=True)
class Answer:
    """`yes`, `no`, or `open`: it waits. `by` says who answered."""

    state: Literal["yes", "no", "open"]
    by: str
    approval: Approval | None = None


class Approvals:
    """Gets an answer for a call that asks."""

    def __init__(self, store: ApprovalStore, grants: Grants, asker: Asker | None) -> None:
        self._store = store
        self._grants = grants
        self._asker = asker
        self._one_at_a_time = asyncio.Lock()

    async def settle(self, case: Case, asks: Sequence[Ruling], patience: Patience | None = None) -> Answer:
        """The answer to all questions about a call at once. The same call with the same effect is asked about once."""
        approve = case.request.approve
        if approve == "deny":
            return Answer("no", "nobody is to be asked (--approve deny)")
        if all(self._grants.cover(case.call.run, case.call.tool, ruling.scopes) for ruling in asks):
            return Answer("yes", "a standing grant")
        if approve == "policy":
            return Answer("no", "the policy alone answers (--approve policy), and it has no rule or grant for this")
        approval = await self._store.ask(question(case, asks))
        if approval.state == "open" and self._asker is not None:
            with patience.pause() if patience else nullcontext():
                approval = await self._ask(approval)
        states: dict[str, Literal["yes", "no", "open"]] = {"approved": "yes", "denied": "no", "open": "open"}
        return Answer(states[approval.state], "you", approval)

    async def _ask(self, approval: Approval) -> Approval:
        """Ask whoever is there; no answer leaves it open."""
        assert self._asker is not None
        async with self._one_at_a_time:
            said = await asyncio.to_thread(self._asker.ask, approval)
        if said is None:
            return approval
        return await self._store.answer(approval.id, "approved" if said else "denied")


def question(case: Case, asks: Sequence[Ruling]) -> Approval:
    """Everything that needs a yes, as one question. Its id is the effect itself: another effect is another question."""
    shows: Object = {}
    for ruling in asks:
        shows.update(ruling.shows)
    exact = canonical(
        {
            "run": case.call.run,
            "task": case.call.task,
            "tool": case.call.tool,
            "args": case.call.args,
            "shows": shows,
            "scopes": [list(ruling.scopes) for ruling in asks],
        }
    )
    text = "; ".join(dict.fromkeys(ruling.decision.reason for ruling in asks))
    shown = blot({**shows, "arguments": case.call.args})
    assert isinstance(shown, dict)
    return Approval(
        f"a-{hashlib.sha256(exact).hexdigest()[:12]}", case.call.run, case.call.task, case.call.tool, f"{text}; allow it?", shown
    )
