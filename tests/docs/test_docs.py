"""Every code block of the docs runs: shell blocks as typed, Python blocks as whole programs, in a fresh folder a page."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from arkwright.settings import default_home

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted(path for path in (ROOT / "docs").glob("*.md") if path.name != "benchmarks.md")
BLOCK = re.compile(r"^```(bash|python)\n(.*?)^```$", re.M | re.S)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
@pytest.mark.timeout(300)
def test_every_code_block_runs(page: Path, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    home = tmp_path / ".home"
    home.mkdir()
    (home / "toolbox").symlink_to(default_home() / "toolbox")  # built once, by `make test`
    path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
    environment = {**os.environ, "PATH": path, "ARKWRIGHT_HOME": str(home)}
    blocks = BLOCK.findall(page.read_text(encoding="utf-8"))
    for number, (language, code) in enumerate(blocks, 1):
        argv = ["bash", "-euo", "pipefail", "-c", code] if language == "bash" else [sys.executable, "-c", code]
        done = subprocess.run(argv, cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=240, check=False)
        assert done.returncode == 0, f"{page.name}, block {number}:\n{code}\n{done.stdout}\n{done.stderr}"


def test_there_are_blocks_to_run() -> None:
    assert sum(len(BLOCK.findall(page.read_text(encoding="utf-8"))) for page in PAGES) >= 10
