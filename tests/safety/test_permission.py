"""The policy: sane by default, a user's file merged over it, wrong files named at start."""

from pathlib import Path

import pytest

from arkwright.errors import SetupError
from arkwright.safety.permission import load_policy
from safety.house import TOOLS, House, Person
from safety.test_gate import code


def policy(tmp_path: Path, text: str, name: str = "policy.yaml") -> Path:
    path = tmp_path / name
    path.write_text(text)
    return path


async def test_a_yaml_rule_denies_with_its_reason(house: House, tmp_path: Path) -> None:
    rules = policy(
        tmp_path, "rules:\n  - {decide: deny, tools: ['files.w*'], paths: ['*.txt'], reason: texts are read-only here}"
    )
    gate = house.gate(policy=rules)
    denied = await house.once("w", "files.write", {"path": "a.txt", "text": ""}, gate=gate)
    allowed = await house.once("w", "files.write", {"path": "a.md", "text": ""}, gate=gate, run="run-2")
    assert (denied.outcome, code(denied), allowed.outcome) == ("denied", "permission", "ok")
    assert "texts are read-only here" in denied.summary


async def test_a_rule_about_paths_also_binds_what_may_write_anywhere(house: House, tmp_path: Path) -> None:
    rules = policy(tmp_path, "rules:\n  - {decide: deny, paths: ['keep/*'], effects: [write, delete, code]}")
    assert code(await house.once("run", "python.run", {"code": "1"}, gate=house.gate(policy=rules))) == "permission"


async def test_a_yaml_rule_asks(house: House, tmp_path: Path) -> None:
    rules = policy(tmp_path, "rules:\n  - {decide: ask, tools: [python.run]}")
    person = Person(True)
    waiting = await house.once("run", "python.run", {"code": "1"}, gate=house.gate(policy=rules))
    answered = await house.once("run", "python.run", {"code": "1"}, gate=house.gate(policy=rules, asker=person), run="run-2")
    assert (waiting.outcome, answered.outcome, len(person.asked)) == ("waiting", "ok", 1)


async def test_a_yaml_rule_may_allow_deletes_without_a_question(house: House, tmp_path: Path) -> None:
    (house.workspace / "a.tmp").write_text("")
    rules = policy(tmp_path, "rules:\n  - {decide: allow, tools: [files.delete], paths: ['*.tmp']}")
    gate = house.gate(policy=rules)
    assert (await house.once("d", "files.delete", {"paths": ["a.tmp"]}, gate=gate)).outcome == "ok"
    assert (await house.once("d", "files.delete", {"paths": ["a.tmp", "sales.csv"]}, gate=gate, run="run-2")).outcome == "waiting"


async def test_a_rule_about_hosts_denies_a_named_address(house: House, tmp_path: Path) -> None:
    rules = policy(tmp_path, "rules:\n  - {decide: deny, hosts: ['*.example.com', example.com]}")
    observation = await house.once(
        "read https://example.com/a", "http.fetch", {"url": "https://example.com/a"}, gate=house.gate(policy=rules)
    )
    assert code(observation) == "permission"


async def test_a_permit_of_the_policy_does_not_open_the_network(house: House, tmp_path: Path) -> None:
    rules = policy(tmp_path, "rules:\n  - {decide: allow, tools: ['*']}")
    observation = await house.once("read it", "http.fetch", {"url": "http://127.0.0.1:9/"}, gate=house.gate(policy=rules))
    assert code(observation) == "private_address"


async def test_a_cedar_file_is_merged_over_the_default(house: House, tmp_path: Path) -> None:
    text = '@id("no-code") forbid (principal in Role::"user", action == Action::"python.run", resource);'
    gate = house.gate(policy=policy(tmp_path, text, "policy.cedar"))
    denied = await house.once("run", "python.run", {"code": "1"}, gate=gate)
    assert (code(denied), "no-code" in denied.summary) == ("permission", True)
    assert (await house.once("w", "files.write", {"path": "a.txt", "text": ""}, gate=gate, run="run-2")).outcome == "ok"


async def test_roles_tell_a_user_from_an_agent(house: House, tmp_path: Path) -> None:
    rules = policy(tmp_path, "rules:\n  - {decide: deny, role: agent, effects: [code]}")
    gate = house.gate(policy=rules)
    assert (await house.once("run", "python.run", {"code": "1"}, gate=gate)).outcome == "ok"
    assert (
        code(await house.once("run", "python.run", {"code": "1"}, gate=gate, run="run-2", principal="agent:builder"))
        == "permission"
    )


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("p.yaml", "rules:\n  - {decide: maybe}", "decide"),
        ("p.yaml", "rules: [", "not YAML"),
        ("p.yaml", "rules:\n  - {decide: deny, tool: x}", "tool"),
        ("p.cedar", "permit(principal", "not valid Cedar"),
        ("p.cedar", 'forbid (principal, action == Action::"files.wirte", resource);', "cannot work"),
        ("p.cedar", "forbid (principal, action, resource) when { context.efect == 1 };", "cannot work"),
    ],
)
def test_a_wrong_policy_is_an_error_at_start_that_names_it(tmp_path: Path, name: str, text: str, message: str) -> None:
    with pytest.raises(SetupError) as error:
        load_policy(TOOLS, policy(tmp_path, text, name))
    assert message in str(error.value)
    assert name in str(error.value)


def test_a_missing_policy_is_an_error_at_start(tmp_path: Path) -> None:
    with pytest.raises(SetupError, match="cannot be read"):
        load_policy(TOOLS, tmp_path / "none.yaml")


async def test_a_policy_that_breaks_while_it_is_asked_refuses(house: House, tmp_path: Path) -> None:
    """Cedar skips a rule that fails; a `forbid` that is skipped must not become a yes."""
    text = "forbid (principal, action, resource) when { 9223372036854775807 + 1 == 0 };"
    gate = house.gate(policy=policy(tmp_path, text, "p.cedar"))
    assert code(await house.once("w", "files.write", {"path": "a.txt", "text": ""}, gate=gate)) == "policy_error"
