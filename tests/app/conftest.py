"""What the tests of the whole share: a home of its own with the toolbox that is already built, a workspace, the command."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from arkwright.settings import Settings, default_home

ROOT = Path(__file__).resolve().parents[2]
COMMAND = Path(sys.executable).parent / "arkwright"


@dataclass(frozen=True, slots=True)
class Done:
    """How a command ended. `result` is the last line of `--json`."""

    code: int
    out: str
    err: str

    @property
    def result(self) -> dict[str, Any]:
        return json.loads(self.out.splitlines()[-1])


Command = Callable[..., Done]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """State of its own; only the toolbox is shared, which `make test` has built."""
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "toolbox").symlink_to(default_home() / "toolbox")
    return tmp_path / "home"


@pytest.fixture
def settings(home: Path) -> Settings:
    return Settings(home=home)


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """A folder with the example data."""
    shutil.copytree(ROOT / "examples", tmp_path / "ws" / "examples")
    return tmp_path / "ws"


@pytest.fixture
def arkwright(home: Path, workspace: Path) -> Command:
    """The command as a user types it, in the workspace and without a terminal."""

    def call(*words: str) -> Done:
        done = subprocess.run(
            [COMMAND, *words], cwd=workspace, env={**os.environ, "ARKWRIGHT_HOME": str(home)}, stdin=subprocess.DEVNULL,
            capture_output=True, text=True, timeout=120, check=False,
        )  # fmt: skip
        return Done(done.returncode, done.stdout, done.stderr)

    return call
