"""Case: one run under examination - its evidence, the tools to ask, what is new in the workspace."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import cast

from arkwright.core.json import Json, Object, resolve
from arkwright.core.ports import Ask, Evidence
from arkwright.core.task import Task
from arkwright.core.verdict import Check, Proof
from arkwright.verifier.demands import Deliverable, Demands, World

READ = ("recompute", "answer", "findings", "chart")
"""Checks that rest on how a question was read: while words of it are in doubt, a mismatch proves nothing."""


class Silent(Exception):
    """A proof tool gave no answer; what depends on it stays unknown."""


@dataclass
class Case:
    """The evidence with the checks made so far."""

    evidence: Evidence
    ask: Ask
    world: World
    demands: Demands
    checks: list[Check] = field(default_factory=list[Check])
    facts: dict[str, Object] = field(default_factory=dict[str, Object])
    explained: set[str] = field(default_factory=set[str])

    async def proof(self, tool: str, args: Object) -> Object:
        """What a proof tool says.

        Raises:
            Silent: it was refused, or failed.
        """
        return await proof(self.ask, tool, args)

    def say(self, name: str, requirement: str, outcome: Proof, detail: str = "", *paths: str) -> None:
        """Record a check, with the hashes of the files that it is about."""
        if outcome == "failed" and self.demands.doubts and name in READ:
            outcome = "unknown"
        hashes = tuple(h for p in paths if (h := self.evidence.after.get(p) or self.evidence.before.get(p)))
        self.checks.append(Check(name, requirement.strip(), outcome, detail, hashes or (f"run:{self.evidence.run}",)))

    def new(self) -> list[str]:
        """Files that are new or changed; hidden top-level folders are the program's own."""
        before = self.evidence.before
        return [p for p, h in self.evidence.after.items() if before.get(p) != h and not p.startswith(".")]

    def fitting(self, deliverable: Deliverable) -> list[str]:
        """New files that could be a deliverable."""
        if deliverable.name:
            return [p for p in self.new() if p == deliverable.name]
        return [p for p in self.new() if not deliverable.formats or ending(p) in deliverable.formats]

    def calls(self, *tools: str) -> list[tuple[Task, Object, Object]]:
        """Finished calls of some tools: the task, its arguments with references resolved, its value."""
        outputs: Mapping[str, Json] = {k: o.value for k, o in self.evidence.outputs.items()}
        out: list[tuple[Task, Object, Object]] = []
        for task in self.evidence.plan.tasks:
            seen = self.evidence.outputs.get(task.id)
            if task.tool not in tools or seen is None or seen.outcome != "ok":
                continue
            try:
                args = cast("Object", resolve(task.args, outputs))
            except (KeyError, IndexError, ValueError):
                continue
            out.append((task, args, seen.value if isinstance(seen.value, dict) else {}))
        return out


async def proof(ask: Ask, tool: str, args: Object) -> Object:
    """What a proof tool says; Silent when it says nothing."""
    seen = await ask(tool, args)
    if seen.outcome != "ok" or not isinstance(seen.value, dict):
        raise Silent(f"{tool}: {seen.fault.message if seen.fault else seen.outcome}")
    return seen.value


def ending(path: str) -> str:
    """The ending of a path in lower case, without its dot."""
    return path.rsplit(".", 1)[-1].casefold() if "." in path.rsplit("/", 1)[-1] else ""
