"""Validate: what every plan must hold, whoever made it: typed, acyclic, complete, each tool known, each argument of the right kind."""

from collections.abc import Mapping, Sequence

from arkwright.core.json import Json, Object, references
from arkwright.core.plan import Plan
from arkwright.core.task import Task
from arkwright.core.tool import ToolSpec

_KINDS: dict[str, type | tuple[type, ...]] = {
    "string": str, "integer": int, "number": (int, float), "boolean": bool, "array": list, "object": dict, "null": type(None),
}  # fmt: skip


def problems(plan: Plan, catalogue: Sequence[ToolSpec]) -> list[str]:
    """What is wrong with a plan, one sentence each; empty when it may run."""
    tools = {tool.name: tool for tool in catalogue}
    ids = [task.id for task in plan.tasks]
    found = [f"task id {name!r} is used twice" for name in sorted({i for i in ids if ids.count(i) > 1})]
    if not plan.tasks:
        found.append("the plan has no tasks")
    for task in plan.tasks:
        found += _task_problems(task, set(ids), tools)
    found += _answer_problems(plan, set(ids))
    found += [
        f"requirement {r.text!r} is met by no task" for r in plan.requirements if not r.tasks or not set(r.tasks) <= set(ids)
    ]
    if not plan.requirements:
        found.append("the plan names no requirement of the request")
    if loop := _loop(plan.tasks):
        found.append(f"tasks wait for each other: {' → '.join(loop)}")
    return found


def _task_problems(task: Task, ids: set[str], tools: Mapping[str, ToolSpec]) -> list[str]:
    found = [f"task {task.id!r} needs {need!r}, which is no task" for need in task.needs if need not in ids]
    for name in references(task.args):
        if name not in ids:
            found.append(f"task {task.id!r} refers to {name!r}, which is no task")
        elif name not in task.needs:
            found.append(f"task {task.id!r} refers to {name!r} without needing it")
    if task.kind != "call":
        return found
    if task.tool not in tools:
        return [*found, f"task {task.id!r} calls {task.tool!r}, which is no tool here"]
    schema = tools[task.tool].schema
    return found + [f"task {task.id!r}: {problem}" for problem in _argument_problems(task.args, schema)]


def _argument_problems(args: Object, schema: Object) -> list[str]:
    """A light check: required arguments are there, none is unknown, plain values are of the right kind."""
    properties, required = schema.get("properties"), schema.get("required")
    if not isinstance(properties, dict):
        return []
    found = [
        f"argument {name!r} is missing" for name in (required if isinstance(required, list) else []) if str(name) not in args
    ]
    for name, value in args.items():
        expected = properties.get(name)
        if expected is None:
            if schema.get("additionalProperties") is False:
                found.append(f"argument {name!r} is unknown")
        elif isinstance(expected, dict) and not _fits(value, expected):
            found.append(f"argument {name!r} is no {expected.get('type', 'such value')}")
    return found


def _fits(value: Json, schema: Object) -> bool:
    if isinstance(value, dict) and "$ref" in value:
        return True
    options = schema.get("anyOf") or schema.get("oneOf")
    if isinstance(options, list):
        return any(_fits(value, option) for option in options if isinstance(option, dict))
    kind = schema.get("type")
    if not isinstance(kind, str):
        return True
    return isinstance(value, _KINDS[kind]) and not (isinstance(value, bool) and kind in ("integer", "number"))


def _answer_problems(plan: Plan, ids: set[str]) -> list[str]:
    return [
        f"the answer refers to {name!r}, which is no task" for part in plan.answer for name in references(part) if name not in ids
    ]


def _loop(tasks: Sequence[Task]) -> list[str]:
    """The ids of a cycle, or nothing."""
    left = {task.id: set(task.needs) & {t.id for t in tasks} for task in tasks}
    while left:
        free = [name for name, needs in left.items() if not needs & left.keys()]
        if not free:
            return sorted(left)
        for name in free:
            del left[name]
    return []
