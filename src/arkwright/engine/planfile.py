"""Planfile: a plan as YAML or JSON that a person can write, read, edit and run; and the check every plan goes through."""

from collections.abc import Iterable, Sequence
from dataclasses import MISSING, fields, is_dataclass
from typing import Annotated, Any, cast

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from arkwright.core.json import Object, references, thaw
from arkwright.core.plan import Estimate, Plan, Requirement
from arkwright.core.task import Resources, Retry, Task, TaskKind
from arkwright.core.tool import ToolSpec
from arkwright.engine.forest import complete, sort
from arkwright.errors import UserError

HELP = "a plan has a `goal` and `tasks`; a task has an `id`, a `tool` and its `args`"


def _listed(value: Any) -> Any:
    """A single string stands for a list of one."""
    return [value] if isinstance(value, str) else value


Names = Annotated[list[str], BeforeValidator(_listed)]


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid")


class _Resources(_Entry):
    seconds: float = Field(default=1.0, ge=0)
    cpus: float = Field(default=1.0, ge=0)
    memory: int = Field(default=256 << 20, ge=0)
    tokens: int = 0
    dollars: float = 0.0


class _Retry(_Entry):
    most: int = Field(default=1, ge=1)
    base: float = Field(default=0.2, ge=0)
    factor: float = Field(default=2.0, ge=1)


class _Estimate(_Entry):
    critical_path: float = 0.0
    work: float = 0.0
    dollars: float = 0.0


class _Task(_Entry):
    id: str = Field(min_length=1)
    goal: str = ""
    tool: str = ""
    args: dict[str, Any] = {}
    needs: Names = []
    kind: TaskKind = "call"
    parent: str = ""
    expects: dict[str, Any] = {}
    resources: _Resources = _Resources()
    idempotent: bool = True
    retry: _Retry = _Retry()
    timeout: float = Field(default=300.0, gt=0)


class _Requirement(_Entry):
    id: str
    text: str
    tasks: Names = []


class _Plan(_Entry):
    goal: str
    tasks: list[_Task] = Field(min_length=1)
    requirements: list[_Requirement] = []
    answer: Annotated[list[Any], BeforeValidator(_listed)] = []
    estimate: _Estimate = _Estimate()
    recipes: Names = []
    notes: Names = []


class _Loader(yaml.SafeLoader):
    """YAML whose dates stay text, as in JSON."""


_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


class _Dumper(yaml.SafeDumper):
    """YAML that quotes what a reader would take for a line break."""


def _quoted(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    style = None if text.replace("\n", "").isprintable() else '"'
    return yaml.ScalarNode("tag:yaml.org,2002:str", text, style=style)


_Dumper.add_representer(str, _quoted)


def read(text: str, *, name: str = "the plan") -> Plan:
    """The plan written in `text`, YAML or JSON. A task needs whatever its arguments refer to; that need not be said twice.

    Raises:
        UserError: it is not YAML, or not a plan; the message names the place.
    """
    try:
        data = yaml.load(text, _Loader)
    except yaml.YAMLError as error:
        raise UserError(f"{name} is not YAML or JSON: {' '.join(str(error).split())}", remedy=HELP) from error
    try:
        plan = _Plan.model_validate(data)
    except ValidationError as error:
        raise UserError(f"{name}: {_explain(error)}", remedy=HELP) from error
    return Plan(
        plan.goal,
        tuple(_task(entry) for entry in plan.tasks),
        tuple(Requirement(entry.id, entry.text, tuple(entry.tasks)) for entry in plan.requirements),
        tuple(thaw(part) for part in plan.answer),
        Estimate(**plan.estimate.model_dump()),
        tuple(plan.recipes),
        tuple(plan.notes),
    )


def write(plan: Plan) -> str:
    """The plan as YAML, without what is the default anyway."""
    return yaml.dump(_sparse(plan), Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=120)


def check(plan: Plan, catalogue: Sequence[ToolSpec]) -> None:
    """Whether a plan can be run at all.

    Raises:
        UserError: a tool nobody knows, an id twice, a need or a reference that is not in the plan, a circle.
    """
    tools = {spec.name for spec in catalogue}
    known = {task.id for task in plan.tasks}
    seen: set[str] = set()
    for task in plan.tasks:
        _check_tool(task, tools)
        if task.id in seen:
            raise UserError(f"task {task.id!r} is in the plan twice", remedy="give each task an id of its own")
        seen.add(task.id)
        _check_known(f"task {task.id!r} needs", task.needs, known)
    tasks = [complete(task) for task in plan.tasks]
    for task in tasks:
        _check_known(f"task {task.id!r} refers to", task.needs, known)
    _check_known("the answer refers to", references(list(plan.answer)), known)
    for requirement in plan.requirements:
        _check_known(f"requirement {requirement.id!r} is met by", requirement.tasks, known)
    if cycle := sort(tasks).cycle:
        raise UserError(f"tasks {cycle[:10]!r} wait for each other in a circle", remedy="remove one of their needs")


def _check_tool(task: Task, tools: set[str]) -> None:
    if task.kind == "call" and task.tool and task.tool not in tools:
        near = sorted(name for name in tools if name.partition(".")[0] == task.tool.partition(".")[0]) or sorted(tools)
        remedy = f"known: {', '.join(near[:20])}" if near else "`arkwright tools` lists the tools"
        raise UserError(f"task {task.id!r} uses the tool {task.tool!r}, which there is not", remedy=remedy)


def _check_known(who: str, names: Iterable[str], known: set[str]) -> None:
    for name in names:
        if name not in known:
            raise UserError(f"{who} {name!r}, which is not in the plan", remedy=f"known: {', '.join(sorted(known)[:20])}")


def _task(entry: _Task) -> Task:
    args = cast("Object", thaw(entry.args))
    return Task(
        entry.id, entry.goal or entry.tool or entry.id, entry.tool, args, tuple(dict.fromkeys((*entry.needs, *references(args)))),
        entry.kind, entry.parent, cast("Object", thaw(entry.expects)), Resources(**entry.resources.model_dump()),
        entry.idempotent, Retry(**entry.retry.model_dump()), entry.timeout,
    )  # fmt: skip


def _explain(error: ValidationError) -> str:
    """The first few complaints, each with its place."""
    return "; ".join(f"{'.'.join(map(str, each['loc'])) or 'the file'}: {each['msg']}" for each in error.errors()[:3])


def _sparse(value: Any) -> Any:
    if is_dataclass(value):
        kept = ((each.name, getattr(value, each.name), each) for each in fields(value))
        return {name: _sparse(child) for name, child, each in kept if child != _default(each)}
    if isinstance(value, list | tuple):
        return [_sparse(child) for child in cast("Sequence[object]", value)]
    return thaw(value)


def _default(each: Any) -> Any:
    if each.default_factory is not MISSING:
        return each.default_factory()
    return each.default
