"""What every test of a whole run needs: an engine over a real store, with scripted neighbours."""

from collections.abc import AsyncIterator, Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from arkwright.core.event import Event
from arkwright.core.plan import Plan, Proposal
from arkwright.core.verdict import Check
from arkwright.engine.run import Engine
from arkwright.engine.scripted import Play, ScriptedGate, ScriptedPlanner, ScriptedScreen, ScriptedSnapshots, ScriptedVerifier
from arkwright.store.sqlite import SqliteStore


class Desk:
    """An engine and everything around it, to be looked at afterwards."""

    def __init__(self, store: SqliteStore, tools: Mapping[str, Play], *proposals: Proposal, **parts: Any) -> None:
        self.store = store
        self.events: list[Event] = []
        unrepeatable = parts.pop("unrepeatable", ())
        self.gate = parts.pop("gate", None) or ScriptedGate(tools, unrepeatable=unrepeatable)
        self.planner = ScriptedPlanner(*(proposals or (Plan("nothing", ()),)))
        self.verifier = parts.pop("verifier", ScriptedVerifier(Check("all", "all", "passed")))
        screen, snapshots = parts.pop("screen", ScriptedScreen()), parts.pop("snapshots", ScriptedSnapshots())
        self.engine = Engine(
            store=parts.pop("wrapped", store), gate=self.gate, planner=self.planner, verifier=self.verifier, screen=screen,
            snapshots=snapshots, listeners=[self.events.append], **parts,
        )  # fmt: skip

    def kinds(self) -> list[str]:
        return [event.kind for event in self.events]

    def called(self) -> list[str]:
        return [call.task for call in self.gate.calls]


Seat = Callable[..., Desk]


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[SqliteStore]:
    store = SqliteStore(tmp_path / "rows.db")
    yield store
    await store.close()


@pytest.fixture
def desk(store: SqliteStore) -> Seat:
    def seat(tools: Mapping[str, Play], *proposals: Proposal, **parts: Any) -> Desk:
        return Desk(store, tools, *proposals, **parts)

    return seat
