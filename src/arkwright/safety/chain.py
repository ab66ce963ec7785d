"""Chain: the checks in their order; the first no ends it, and silence is a no."""

import asyncio
from collections.abc import Awaitable, Sequence
from dataclasses import dataclass

from arkwright.safety.case import Case, Check, Ruling, deny

LIMIT = 5.0
"""Seconds a check may take. The slowest (a scan of a file before it is sent) needs well under one."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the chain came to: a no, or the questions that are left (none: go on)."""

    no: Ruling | None = None
    asks: tuple[Ruling, ...] = ()


class Chain:
    """Runs checks one after the other."""

    def __init__(self, checks: Sequence[Check], *, limit: float = LIMIT) -> None:
        self.checks = tuple(checks)
        self._limit = limit

    async def judge(self, case: Case) -> Judgement:
        """The judgement of all checks together."""
        asks: list[Ruling] = []
        for check in self.checks:
            ruling = await self._hear(check, case)
            match ruling.decision.outcome:
                case "deny":
                    return Judgement(no=ruling)
                case "ask":
                    asks.append(ruling)
                case "allow":
                    pass
        return Judgement(asks=tuple(asks))

    async def _hear(self, check: Check, case: Case) -> Ruling:
        """What one check says. Most say it at once, and then no other call comes in between."""
        try:
            said = check.judge(case)
        except Exception as error:  # the edge: a check is code of any quality, and what breaks in it refuses
            return _failed(check, f"broke: {type(error).__name__}")
        return said if isinstance(said, Ruling) else await self._wait(check, said)

    async def _wait(self, check: Check, said: Awaitable[Ruling]) -> Ruling:
        """The answer of a check that looks somewhere. It is not waited for longer than the limit, not even to be cancelled."""
        hearing = asyncio.ensure_future(said)
        try:
            done, _ = await asyncio.wait({hearing}, timeout=self._limit)
        finally:
            hearing.cancel()
        if not done:
            return deny(
                check.name,
                "check_silent",
                f"the check {check.name!r} did not answer within {self._limit:g} seconds; silence is refusal",
                "try again; if it stays silent, report it",
            )
        if hearing.cancelled() or hearing.exception() is not None:
            return _failed(check, "was cancelled" if hearing.cancelled() else f"broke: {type(hearing.exception()).__name__}")
        return hearing.result()


def _failed(check: Check, why: str) -> Ruling:
    return deny(
        check.name,
        "check_failed",
        f"the check {check.name!r} {why}; what cannot be judged is refused",
        "report this as a bug",
    )
