"""Arkwright's own state is out of reach of a box even where it lies in the workspace."""

from pathlib import Path

from arkwright.sandbox.box import open_box
from arkwright.settings import default_home


async def test_a_home_inside_the_workspace_is_an_empty_folder_in_the_box(tmp_path: Path) -> None:
    home = tmp_path / "state"
    home.mkdir()
    (home / "toolbox").symlink_to(default_home() / "toolbox")
    (home / "audit.jsonl").write_text("kept\n")
    async with open_box(tmp_path, home=home) as box:
        seen = await box.exec(["sh", "-c", "ls -A /workspace/state; echo forged > /workspace/state/audit.jsonl"])
    assert seen.stdout == b""
    assert (home / "audit.jsonl").read_text() == "kept\n"
