"""The executor: runs one ready task and says what happened."""

from arkwright.core.json import Json, resolve
from arkwright.core.observation import Fault, Observation
from arkwright.core.plan import Plan, Question, Refusal
from arkwright.core.request import Request
from arkwright.core.run import Node
from arkwright.core.survey import Survey
from arkwright.core.task import Task
from arkwright.core.tool import ToolCall
from arkwright.engine.calls import Calls, failed
from arkwright.engine.kernel import Expanded, Finished, Lost
from arkwright.engine.planning import Planning, Waits


class Executor:
    """Turns a started node into news for the kernel."""

    def __init__(self, run: str, request: Request, survey: Survey, calls: Calls, planning: Planning) -> None:
        self._run = run
        self._request = request
        self._survey = survey
        self._calls = calls
        self._planning = planning

    async def execute(self, node: Node, outputs: dict[str, Json]) -> Finished | Expanded | Lost:
        """Run the task of a node; `outputs` are the values it may refer to."""
        task = node.task
        match task.kind:
            case "call":
                return await self._call(node, outputs)
            case "approve":
                return Finished(task.id, node.epoch, self._ask(task))
            case "plan":
                return await self._expand(node)
            case "agent" | "workflow":
                fault = Fault("unsupported", f"task {task.id!r} is of kind {task.kind!r}", "connect a model to run it")
                return Finished(task.id, node.epoch, failed(fault))

    async def _call(self, node: Node, outputs: dict[str, Json]) -> Finished | Lost:
        task = node.task
        try:
            args = resolve(task.args, outputs)
        except (KeyError, IndexError, ValueError) as error:
            fault = Fault(
                "reference", f"task {task.id!r} refers to {error}, which is not there", "correct the reference in its args"
            )
            return Finished(task.id, node.epoch, failed(fault))
        assert isinstance(args, dict)
        if not task.tool:
            return Finished(task.id, node.epoch, Observation(args, "joined"))
        call = ToolCall(self._run, task.id, node.epoch, task.tool, args, task.goal)
        observation = await self._calls.call(call, timeout=task.timeout)
        if observation.fault and observation.fault.code == "timeout" and not task.idempotent:
            return Lost(task.id, node.epoch, "it ran out of time")
        return Finished(task.id, node.epoch, observation)

    def _ask(self, task: Task) -> Observation:
        if self._request.approve == "deny":
            fault = Fault("denied", f"{task.goal!r} asks for approval and nobody may be asked", "run it with --approve ask")
            return Observation(outcome="denied", fault=fault)
        return Observation(outcome="waiting", summary=task.goal)

    async def _expand(self, node: Node) -> Finished | Expanded:
        """Plan the goal of a task as a request of its own."""
        request = Request(
            node.task.goal, self._request.workspace, self._request.principal, self._request.model,
            self._request.approve, self._request.budget_usd,
        )  # fmt: skip
        intent = await self._planning.settle(self._run, request, self._survey)
        match intent.proposal:
            case Plan(tasks=tasks, answer=answer):
                return Expanded(node.task.id, node.epoch, tasks, answer)
            case Waits(question=question):
                return Finished(node.task.id, node.epoch, Observation(outcome="waiting", summary=question))
            case Question(text=reason) | Refusal(reason=reason):
                return Finished(node.task.id, node.epoch, failed(Fault("no_plan", reason, "say the goal in smaller steps")))
