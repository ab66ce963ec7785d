"""Conformance: a call must be what the plan says, or a look that changes and sends nothing."""

from collections.abc import Callable, Iterator

from arkwright.core.json import Json, references
from arkwright.core.task import Task
from arkwright.core.tool import ToolCall
from arkwright.safety.case import Case, Check, Flow, Ruling, allow, deny
from arkwright.safety.standing import leaves, names

Origins = Callable[[str], frozenset[str]]


class Deviation(Exception):
    """The arguments of a call are not those of its task."""


class Conformance(Check):
    """The call belongs to a task of the run's plan, tool and arguments alike, or only looks."""

    name = "plan"

    def judge(self, case: Case) -> Ruling:
        """Compare the call with its task."""
        task, call = case.task, case.call
        if task is None:
            if case.only_looks:
                return allow(self.name)
            return deny(
                self.name,
                "not_in_plan",
                f"{call.tool} for {call.task or 'no task'!r} is no task of the plan and does more than look",
                "add it to the plan; outside the plan only reading is allowed",
            )
        if task.kind not in ("call", "agent"):
            return deny(
                self.name, "not_in_plan", f"task {task.id!r} is of kind {task.kind!r} and calls no tool", "plan it as a call"
            )
        if task.tool != call.tool and not (task.kind == "agent" and not task.tool):
            return deny(self.name, "not_in_plan", f"task {task.id!r} uses {task.tool}, not {call.tool}", "plan again")
        try:
            list(flowing(task.args, call.args))
        except Deviation as deviation:
            return deny(self.name, "not_in_plan", f"{call.tool}: {deviation}", "plan again")
        return allow(self.name)


def flows(task: Task | None, call: ToolCall, origins: Origins) -> tuple[Flow, ...]:
    """The values of the call that came by reference; what deviates from the plan counts as coming from anywhere."""
    if task is None:
        return ()
    if task.kind == "agent":
        known = frozenset[str]().union(*(origins(need) for need in task.needs))
        return tuple(Flow(value, known) for value in leaves(call.args))
    try:
        pairs = list(flowing(task.args, call.args))
    except Deviation:
        return tuple(Flow(value, frozenset({"workspace"})) for value in leaves(call.args))
    return tuple(Flow(value, origins(source)) for source, value in pairs)


def flowing(planned: Json, actual: Json, where: str = "arguments") -> Iterator[tuple[str, str]]:
    """(task, value) for each value that a reference of the plan stands for.

    Raises:
        Deviation: something else is not as planned.
    """
    if isinstance(planned, dict) and "$ref" in planned:
        for value in (*leaves(actual), *names(actual)):
            yield str(planned["$ref"]), value
    elif isinstance(planned, dict):
        if not isinstance(actual, dict) or planned.keys() != actual.keys():
            raise Deviation(f"{where} have other fields than the plan says")
        for key, child in planned.items():
            yield from flowing(child, actual[key], f"{where}.{key}")
    elif isinstance(planned, list):
        if not isinstance(actual, list) or len(planned) != len(actual):
            raise Deviation(f"{where} have another length than the plan says")
        for number, child in enumerate(planned):
            yield from flowing(child, actual[number], f"{where}.{number}")
    elif planned != actual:
        raise Deviation(f"{where} are not what the plan says")


def sources(task: Task | None) -> tuple[str, ...]:
    """The tasks whose values a task draws from."""
    return tuple(dict.fromkeys(references(task.args))) if task else ()
