"""What the tool tests share: small sites, a workspace, and hands with real boxes."""

import hashlib
import shutil
import socket
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from pathlib import Path
from types import ModuleType
from urllib.parse import urlsplit

import pytest

from arkwright.core.observation import Artifact, Observation
from arkwright.core.ports import Box, Profile
from arkwright.sandbox.boxes import Boxes
from arkwright.sandbox.egress import Egress
from arkwright.sandbox.toolbox import Toolbox
from arkwright.settings import default_home

from .site import Site

Use = Callable[..., Awaitable[Observation]]


class Hands:
    """What the gate gives a tool, with the boxes of one run."""

    run = "run"
    task = "task"

    def __init__(self, boxes: Boxes, workspace: Path) -> None:
        self.boxes, self.workspace = boxes, workspace

    async def box(self, profile: Profile) -> Box:
        return await self.boxes.get(profile)

    async def artifact(self, path: str) -> Artifact:
        data = (self.workspace / path).read_bytes()
        kind = "image/png" if path.endswith(".png") else "application/octet-stream"
        return Artifact(path, kind, hashlib.sha256(data).hexdigest(), len(data))

    def progress(self, fraction: float, note: str) -> None:
        assert 0 <= fraction <= 1
        assert isinstance(note, str)


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """An empty workspace."""
    (tmp_path / "ws").mkdir()
    return tmp_path / "ws"


@pytest.fixture
def other() -> Iterator[Site]:
    """A second site that the run may reach."""
    site = Site()
    yield site
    site.close()


@pytest.fixture
def site(other: Site) -> Iterator[Site]:
    """The site that the run may reach."""
    site = Site()
    site.away = other.base
    yield site
    site.close()


@pytest.fixture
def site_base(site: Site) -> str:
    """Its address."""
    return site.base


@pytest.fixture
def stranger() -> Iterator[Site]:
    """A site that was not granted."""
    site = Site()
    yield site
    site.close()


@pytest.fixture
def nobody() -> str:
    """An address that was granted and where nothing listens."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{taken.getsockname()[1]}/"


@pytest.fixture
async def boxes(workspace: Path, tmp_path: Path, site: Site, other: Site, nobody: str) -> AsyncIterator[Boxes]:
    """The boxes of a run over the workspace, allowed to reach the two sites and the address where nobody listens."""
    home, egress = default_home(), Egress()
    toolbox = Toolbox(home)
    await toolbox.build()
    for port in (site.server_address[1], other.server_address[1], urlsplit(nobody).port or 80):
        egress.allow(tmp_path.name, "127.0.0.1", port)
    boxes = Boxes(home, workspace, tmp_path.name, toolbox, egress)
    yield boxes
    await boxes.close()
    shutil.rmtree(boxes.scratch.parent)


@pytest.fixture
def use(boxes: Boxes, workspace: Path) -> Use:
    """`use(module, "tool.name", **arguments)`: the tool's observation, its boxes opened for real."""
    hands = Hands(boxes, workspace)

    async def call(module: ModuleType, name: str, **args: object) -> Observation:
        tool = next(tool for tool in module.TOOLS if tool.name == name)
        return await tool.run(tool.args.model_validate(args), hands)

    return call
