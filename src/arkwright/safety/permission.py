"""Permission: the policy, in Cedar, that says which role may do what with which tool."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal, cast

import cedarpy
import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from arkwright.core.json import Object
from arkwright.core.tool import Tool
from arkwright.errors import SetupError
from arkwright.safety.addresses import read_address
from arkwright.safety.case import Case, Check, Ruling, allow, ask, deny

TEXTS = ("effect", "kind", "tool")
FLAGS = ("network", "read_only", "destructive", "idempotent", "open_world", "runs_code", "approved")
SETS = ("paths", "hosts", "rules")
FORM = (
    "a YAML rule has decide (allow, ask, deny), tools, paths, hosts, effects, role and reason; for Cedar see safety/default.cedar"
)


class Rule(BaseModel):
    """A rule of a YAML policy. All that is given must match: tools and paths by glob, hosts by name or host:port."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    decide: Literal["allow", "ask", "deny"]
    tools: tuple[str, ...] = ("*",)
    paths: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ()
    effects: tuple[Literal["read", "write", "delete", "code"], ...] = ()
    role: Literal["user", "agent", ""] = ""
    reason: str = ""


class RuleFile(BaseModel):
    """A YAML policy."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    rules: tuple[Rule, ...] = Field(default=())


@dataclass(frozen=True, slots=True)
class Policy:
    """Parsed once, asked at every call. `reasons` has a sentence per rule that gives one."""

    policies: cedarpy.PolicySet
    rules: Mapping[str, Rule]

    def decide(self, case: Case, *, approved: bool) -> tuple[bool, tuple[str, ...], tuple[str, ...]]:
        """(permitted, ids of the rules that decided, errors of the evaluation)."""
        request: dict[str, Any] = {
            "principal": f"User::{json.dumps(case.request.principal)}",
            "action": f"Action::{json.dumps(case.call.tool)}",
            "resource": f"Workspace::{json.dumps(case.request.workspace)}",
            "context": context(case, self.rules, approved=approved),
        }
        result = cedarpy.is_authorized(request, self.policies, _entities(case))  # pyright: ignore[reportUnknownMemberType]
        named = cast("dict[str, str]", result.diagnostics.id_annotations_by_reason)  # pyright: ignore[reportUnknownMemberType]
        reasons = tuple(named.get(each, each) for each in result.diagnostics.reasons)
        return result.allowed, reasons, tuple(str(error) for error in result.diagnostics.errors)


class Permission(Check):
    """The policy allows the call, asks for a yes, or denies."""

    name = "permission"

    def __init__(self, policy: Policy) -> None:
        self._policy = policy

    def judge(self, case: Case) -> Ruling:
        """Ask Cedar; when it says no, ask again as if a person had said yes."""
        permitted, reasons, errors = self._policy.decide(case, approved=False)
        if errors:
            return deny(self.name, "policy_error", f"the policy could not be evaluated: {errors[0]}", "mend the policy file")
        if permitted:
            return allow(self.name)
        would, _, errors = self._policy.decide(case, approved=True)
        if would and not errors:
            return ask(self.name, f"permission_{case.effect}", _question(case), scopes=_scopes(case), shows=_shows(case))
        said = [rule.reason for name, rule in self._policy.rules.items() if name in reasons and rule.reason]
        because = "; ".join(said) or (f"by rule {', '.join(reasons)}" if reasons else "no rule permits it")
        return deny(
            self.name,
            "permission",
            f"{case.call.tool} is not permitted: {because}",
            "change the request or the policy file (ARKWRIGHT_POLICY)",
        )


def load_policy(tools: Iterable[Tool], path: Path | None = None) -> Policy:
    """The default policy, with the user's Cedar or YAML file merged over it, validated against the tools there are.

    Raises:
        SetupError: the file is missing or wrong; the message says where.
    """
    default = files("arkwright.safety").joinpath("default.cedar").read_text("utf-8")
    added, rules = _read(path) if path is not None else ("", {})
    text = f"{default}\n{added}"
    try:
        policies = cedarpy.PolicySet.from_str(text)
    except ValueError as error:
        raise SetupError(f"the policy {str(path)!r} is not valid Cedar: {error}", remedy=FORM) from error
    verdict = cedarpy.validate_policies(text, json.dumps(_schema(tools)))  # pyright: ignore[reportUnknownMemberType]
    if not verdict.validation_passed:
        raise SetupError(
            f"the policy {str(path)!r} cannot work: {verdict.errors[0]}", remedy="check the names of tools and of the context"
        )
    return Policy(policies, rules)


def _read(path: Path) -> tuple[str, dict[str, Rule]]:
    """A user's policy as Cedar text, and its YAML rules by id."""
    try:
        text = path.read_text("utf-8")
        if path.suffix.lower() not in (".yaml", ".yml"):
            return text, {}
        rules = RuleFile.model_validate(yaml.safe_load(text) or {}).rules
    except (OSError, UnicodeDecodeError) as error:
        raise SetupError(
            f"the policy {str(path)!r} cannot be read: {error}", remedy="set ARKWRIGHT_POLICY to a readable file"
        ) from error
    except yaml.YAMLError as error:
        raise SetupError(f"the policy {str(path)!r} is not YAML: {error}", remedy="mend the file") from error
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise SetupError(f"the policy {str(path)!r} is wrong at {where!r}: {first['msg']}", remedy=FORM) from error
    named = {f"rule-{number}": rule for number, rule in enumerate(rules, start=1)}
    return "\n".join(_cedar(name, rule) for name, rule in named.items()), named


def _cedar(name: str, rule: Rule) -> str:
    """A YAML rule as Cedar. Its globs are matched before, and stand in `context.rules`."""
    principal = f'principal in Role::"{rule.role}"' if rule.role else "principal"
    scope = f'({principal}, action, resource) when {{ context.rules.contains("{name}")'
    match rule.decide:
        case "allow":
            return f'@id("{name}") permit {scope} }};'
        case "deny":
            return f'@id("{name}") forbid {scope} }};'
        case "ask":
            return (
                f'@id("{name}") forbid {scope} && !context.approved }}; @id("{name}-yes") permit {scope} && context.approved }};'
            )


def context(case: Case, rules: Mapping[str, Rule], *, approved: bool) -> dict[str, Any]:
    """What a rule may look at."""
    hints, footprint = case.tool.hints, case.footprint
    paths = sorted({*footprint.reads, *(footprint.writes or ()), *footprint.deletes})
    hosts = sorted({f"{send.host}:{send.port}" for send in footprint.sends} | {_host(url) for url in footprint.urls})
    return {
        "effect": case.effect,
        "kind": "look" if case.task is None else "task",
        "tool": case.call.tool,
        "network": case.leaves_machine,
        "read_only": hints.read_only,
        "destructive": hints.destructive,
        "idempotent": hints.idempotent,
        "open_world": hints.open_world,
        "runs_code": hints.runs_code,
        "approved": approved,
        "paths": paths,
        "hosts": hosts,
        "rules": [name for name, rule in rules.items() if _matches(rule, case, paths, hosts)],
    }


def _matches(rule: Rule, case: Case, paths: list[str], hosts: list[str]) -> bool:
    """An `allow` must hold for every path and host of the call, an `ask` or `deny` for one of them."""
    every = all if rule.decide == "allow" else any
    if not any(fnmatchcase(case.call.tool, pattern) for pattern in rule.tools):
        return False
    if rule.effects and case.effect not in rule.effects:
        return False
    if rule.paths and not _covered(rule.paths, paths, every, unknown=case.footprint.writes is None and rule.decide != "allow"):
        return False
    return not rule.hosts or _covered(
        rule.hosts, [*hosts, *(host.rsplit(":", 1)[0] for host in hosts if rule.decide != "allow")], every
    )


def _covered(patterns: tuple[str, ...], values: list[str], every: Any, *, unknown: bool = False) -> bool:
    if not values:
        return unknown
    return unknown or bool(every(any(fnmatchcase(value, pattern) for pattern in patterns) for value in values))


def _host(url: str) -> str:
    try:
        return str(read_address(url))
    except ValueError:
        return "?"


def _entities(case: Case) -> list[dict[str, Any]]:
    role = "agent" if case.request.principal.startswith("agent") else "user"
    return [{"uid": {"type": "User", "id": case.request.principal}, "attrs": {}, "parents": [{"type": "Role", "id": role}]},
            {"uid": {"type": "Role", "id": role}, "attrs": {}, "parents": []}]  # fmt: skip


def _schema(tools: Iterable[Tool]) -> dict[str, Any]:
    """Cedar's own schema: a rule about a tool or a field that does not exist is an error at start, not a silent nothing."""
    fields = {
        **{name: {"type": "String"} for name in TEXTS},
        **{name: {"type": "Boolean"} for name in FLAGS},
        **{name: {"type": "Set", "element": {"type": "String"}} for name in SETS},
    }
    applies = {"principalTypes": ["User"], "resourceTypes": ["Workspace"], "context": {"type": "Record", "attributes": fields}}
    return {
        "": {
            "entityTypes": {"User": {"memberOfTypes": ["Role"]}, "Role": {}, "Workspace": {}},
            "actions": {tool.name: {"appliesTo": applies} for tool in tools},
        }
    }


def _question(case: Case) -> str:
    if case.effect == "delete":
        shown = ", ".join(case.footprint.deletes[:5])
        return f"{case.call.tool} would delete {shown}{' and more' if len(case.footprint.deletes) > 5 else ''}"
    return f"the policy wants a yes before {case.call.tool}"


def _scopes(case: Case) -> tuple[str, ...]:
    return case.footprint.deletes or case.footprint.writes or case.footprint.reads


def _shows(case: Case) -> Object:
    if case.footprint.deletes:
        return {"deletes": list(case.footprint.deletes)}
    return {"writes": "anything in the workspace" if case.footprint.writes is None else list(case.footprint.writes)}
