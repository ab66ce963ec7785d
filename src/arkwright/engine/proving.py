"""Proving: the answer, the files that are really left, and the verdict on both."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from arkwright.core.json import Json, Object
from arkwright.core.observation import Artifact, Observation
from arkwright.core.plan import Plan
from arkwright.core.ports import Evidence, Verifier
from arkwright.core.survey import Survey
from arkwright.core.tool import ToolCall
from arkwright.core.verdict import Check, Verdict
from arkwright.engine.calls import Calls
from arkwright.engine.ledger import Ledger
from arkwright.engine.ports import Snapshots
from arkwright.engine.render import render
from arkwright.errors import UserError
from arkwright.store.codec import decode


@dataclass(frozen=True, slots=True)
class Proof:
    """What a run says and leaves, and what was proven of it."""

    answer: str
    artifacts: tuple[Artifact, ...]
    verdict: Verdict


class Proving:
    """The last part of a run."""

    def __init__(self, ledger: Ledger, verifier: Verifier, snapshots: Snapshots, calls: Calls) -> None:
        self._ledger = ledger
        self._verifier = verifier
        self._snapshots = snapshots
        self._calls = calls
        self._asked = 0

    async def prove(self) -> Proof:
        """Have the verifier look at all there is.

        Raises:
            UserError: the plan's answer refers to something no task returned.
        """
        answer = self._answer()
        after = await self._hashes()
        artifacts = left(self._observations(), after)
        with self._ledger.watch.phase("verify"):
            verdict = await self._verify(answer, artifacts, after)
        return Proof(answer, artifacts, verdict)

    async def artifacts(self) -> tuple[Artifact, ...]:
        """The files a run left, as they are now."""
        return left(self._observations(), await self._hashes())

    async def _verify(self, answer: str, artifacts: Sequence[Artifact], after: Mapping[str, str]) -> Verdict:
        run, facts = self._ledger.run, self._ledger.facts
        evidence = Evidence(
            run.id, run.request, decode(Survey, facts.get("survey") or {}), self._plan, self._outputs(), artifacts, answer,
            decode(dict[str, str], facts.get("before") or {}), after,
        )  # fmt: skip
        try:
            return await self._verifier.verify(evidence, self._ask)
        except Exception as error:  # the edge: a check that breaks proves nothing, and must not lose the result
            detail = f"{type(error).__name__}: {error}"
            return Verdict("unverified", (Check("verifier", run.request.text, "unknown", detail),))

    async def _ask(self, tool: str, args: Object) -> Observation:
        self._asked += 1
        return await self._calls.call(ToolCall(self._ledger.run.id, f"verify-{self._asked}", 1, tool, args, "verify"))

    async def _hashes(self) -> Mapping[str, str]:
        with self._ledger.watch.phase("snapshot"):
            return await self._snapshots.hashes(self._ledger.run.request.workspace)

    @property
    def _plan(self) -> Plan:
        return self._ledger.run.plan or Plan(self._ledger.run.request.text, ())

    def _answer(self) -> str:
        values: dict[str, Json] = {key: observation.value for key, observation in self._outputs().items()}
        try:
            return render(self._plan.answer, values)
        except (KeyError, IndexError, ValueError) as error:
            raise UserError(
                f"the answer refers to {error}, which no task returned", remedy="correct the plan's answer"
            ) from error

    def _outputs(self) -> dict[str, Observation]:
        done = self._ledger.forest.in_state("done")
        return {node.task.id: node.observation for node in done if node.observation}

    def _observations(self) -> list[Observation]:
        """In the order the tasks ended."""
        nodes = sorted(self._ledger.forest.in_state("done"), key=lambda node: node.ended)
        return [node.observation for node in nodes if node.observation]


def left(observations: Sequence[Observation], after: Mapping[str, str]) -> tuple[Artifact, ...]:
    """The artifacts that are still there unchanged; of one path the last version, where it was last written."""
    latest: dict[str, Artifact] = {}
    for observation in observations:
        for artifact in observation.artifacts:
            latest.pop(artifact.path, None)
            latest[artifact.path] = artifact
    return tuple(artifact for artifact in latest.values() if after.get(artifact.path) == artifact.sha256)
