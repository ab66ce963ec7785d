"""Ways to get workspace content or a secret past the gate in places that are not plain values."""

from typing import Any

import pytest

from arkwright.core.json import ref
from arkwright.core.observation import Observation
from arkwright.core.ports import Hands
from arkwright.core.task import Task
from safety.house import RUN, TOOLS, House, Person, house, tool

__all__ = ["house"]

BASE = "http://127.0.0.1:8765"
TOKEN = "ghp_" + "a1B2" * 9
CONTENT = "Jane Doe, IBAN DE02 1203 0000, owes (all of it) 4,000 & more"


async def outcome(house: House, text: str, **args: Any) -> str:
    """What becomes of a fetch when nobody is there to answer."""
    observation = await house.once(text, "http.fetch", {"url": f"{BASE}/x", **args}, approve="deny")
    return observation.fault.code if observation.fault else observation.outcome


@pytest.mark.parametrize(
    "args",
    [
        {"url": f"{BASE}/x?{'north1' * 20}"},
        {"url": f"{BASE}/x?{'north1' * 20}=1"},
        {"url": f"{BASE}/" + "/".join(["north1amount4000x"] * 40)},
        {"url": f"{BASE}/x?" + "&".join(f"a{n}=north1amount4000x" for n in range(40))},
        {"params": {CONTENT: ""}},
        {"params": {f"p{n}": "north1amount4000x" for n in range(40)}},
        {"headers": {CONTENT: ""}},
        {"form": {CONTENT: ""}, "method": "POST"},
        {"json": {CONTENT: None}, "method": "POST"},
        {"json": {"deep": [{CONTENT: True}]}, "method": "POST"},
        {"query": "{ a # " + CONTENT + "\n }"},
        {"query": "{ " + "north_1_amount_4000_" * 10 + ": a }"},
    ],
)
async def test_content_does_not_leave_in_names_paths_or_many_small_parts(house: House, args: dict[str, Any]) -> None:
    assert await outcome(house, f"read {BASE}/x", **args) == "approval_denied"


@pytest.mark.parametrize("place", ["params", "headers", "form", "json"])
async def test_a_secret_does_not_leave_as_a_name(house: House, place: str) -> None:
    assert await outcome(house, f"read {BASE}/x", **{place: {TOKEN: "1"}}) == "secret"


@pytest.mark.parametrize(
    "query",
    ["mutation # x\n { drop }", "mutation,{ drop }", "mutation Drop,\n# y\n($a: Int) { drop }", "\ufeffmutation\ufeff{ drop }"],
)
async def test_a_mutation_behind_what_graphql_ignores_is_still_a_mutation(house: House, query: str) -> None:
    assert await outcome(house, f'read {BASE}/x with "{query}"', query=query) == "approval_denied"


@pytest.mark.parametrize("text", [f"Using sales.csv, compare with {BASE}/x", f"use sales.csv and {BASE}/x"])
async def test_a_file_of_data_is_no_token_because_it_is_used(house: House, text: str) -> None:
    assert await outcome(house, text, bearer_file="sales.csv") == "credential"


async def test_the_names_in_a_value_of_another_task_are_content_too(house: House) -> None:
    async def names(args: Any, hands: Hands) -> Observation:
        return Observation({"owes 4000": None}, "read", origin=("workspace",))

    reading = next(each for each in TOOLS if each.name == "files.read")
    gate = house.gate(tools=[tool("files.names", reading.args, names, reading.footprint)], asker=Person(False))
    first = Task("t1", "read", "files.names", {"path": "sales.csv"})
    args = {"url": f"{BASE}/x", "method": "POST", "json": ref("t1")}
    second = Task("t2", "send", "http.fetch", args, ("t1",))
    await house.plan(f"post to {BASE}/x what owes 4000", first, second)
    await house.finish(first, await house.serve(gate, first))
    from arkwright.core.tool import ToolCall

    sent = await gate.call(ToolCall(RUN, "t2", 1, "http.fetch", {**args, "json": {"owes 4001": None}}))
    assert sent.fault
    assert sent.fault.code == "approval_denied"


async def test_the_folder_that_holds_the_state_of_arkwright_is_not_moved_or_removed(house: House) -> None:
    gate = house.gate()
    text = "move things"
    for number, (name, args) in enumerate(
        [("files.move", {"source": "..", "target": "x"}), ("files.delete", {"paths": ["home/../home"]})]
    ):
        seen = await house.once(text, name, args, gate=gate, run=f"run-{number + 5}")
        assert seen.outcome == "denied"


async def test_a_parent_of_the_state_is_not_renamed(house: House) -> None:
    gate = house.gate()
    task = Task("t1", "move", "files.move", {"source": "outer", "target": "gone"})
    nested = house.workspace / "outer" / "home"
    nested.mkdir(parents=True)
    gate._home = nested  # pyright: ignore[reportPrivateUsage]
    await house.plan("rename outer to gone", task)
    seen = await house.serve(gate, task)
    assert seen.fault
    assert seen.fault.code == "own_state"


async def fetches(house: House, *args: dict[str, Any]) -> list[str]:
    """What becomes of several fetches of one run."""
    tasks = [Task(f"t{number}", "fetch", "http.fetch", {"url": f"{BASE}/x", **each}) for number, each in enumerate(args)]
    await house.plan(f"read {BASE}/x", *tasks)
    gate = house.gate()
    return [(await house.serve(gate, task)).outcome for task in tasks]


@pytest.mark.parametrize("place", ["params", "headers"])
async def test_content_does_not_leave_a_few_words_a_call(house: House, place: str) -> None:
    calls = [{place: {"q": f"north {number} amount 4000 and more of it here"}} for number in range(12)]
    outcomes = await fetches(house, *calls)
    assert outcomes[0] == "ok"
    assert outcomes[-1] == "waiting"
    assert sum(len(str(call[place]["q"])) for call, outcome in zip(calls, outcomes, strict=True) if outcome == "ok") <= 256


async def test_the_same_words_again_say_nothing_new(house: House) -> None:
    assert set(await fetches(house, *[{"params": {"units": "metric", "city": "Bremen", "page": str(n)}} for n in range(30)])) == {
        "ok"
    }


async def test_content_does_not_leave_as_names_of_fields(house: House) -> None:
    calls = [{"query": "{ " + " ".join(f"north{n}amount{n * number}" for n in range(20)) + " }"} for number in range(1, 9)]
    outcomes = await fetches(house, *calls)
    assert (outcomes[0], outcomes[-1]) == ("ok", "waiting")


async def test_a_token_does_not_go_to_every_address_that_the_request_names(house: House) -> None:
    (house.workspace / "token.txt").write_text("tkt_7f3a91c2d4")
    text = f"Fetch {BASE}/tickets with the token in token.txt, and fetch http://127.0.0.1:9999/rates"
    meant = await house.once(text, "http.fetch", {"url": f"{BASE}/tickets", "bearer_file": "token.txt"})
    other = await house.once(text, "http.fetch", {"url": "http://127.0.0.1:9999/rates", "bearer_file": "token.txt"}, run="run-2")
    assert (meant.outcome, other.outcome) == ("ok", "denied")
