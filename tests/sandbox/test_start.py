"""Start: where no box can be made, that is said with what mends it, and nothing weaker is used instead."""

import os
import subprocess
import sys
from pathlib import Path

SCRIPT = """
import asyncio, pathlib, sys
from arkwright.errors import NoIsolation
from arkwright.sandbox.box import open_box

async def main():
    try:
        async with open_box(pathlib.Path(sys.argv[1]), home=pathlib.Path(sys.argv[1]) / "home"):
            print("a box was made")
    except NoIsolation as error:
        print("refused:", error.remedy)

asyncio.run(main())
"""


def test_without_user_namespaces_there_is_a_refusal_with_its_remedy(tmp_path: Path) -> None:
    forbid = 'echo 0 > /proc/sys/user/max_user_namespaces; exec "$0" "$@"'
    done = subprocess.run(
        ["unshare", "--user", "--map-root-user", "--mount", "sh", "-c", forbid, sys.executable, "-c", SCRIPT, str(tmp_path)],
        capture_output=True, text=True, timeout=60, check=False, env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )  # fmt: skip
    assert done.stdout == "refused: run: sudo sysctl -w user.max_user_namespaces=15000\n", done.stderr


def test_a_box_ends_with_the_process_that_started_it(tmp_path: Path) -> None:
    script = f"""
import asyncio, os, pathlib
from arkwright.sandbox.box import open_box
async def main():
    async with open_box(pathlib.Path({str(tmp_path)!r})) as box:
        task = asyncio.create_task(box.exec(["sleep", "471.1"]))
        while b"sleep" not in (await box.exec(["sh", "-c", "cat /proc/[0-9]*/comm"])).stdout:
            pass
        os.kill(os.getpid(), 9)
asyncio.run(main())
"""
    done = subprocess.run(
        [sys.executable, "-c", script], timeout=60, check=False, env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    )
    assert done.returncode == -9
    for _ in range(10_000):
        if not any(b"471.1" in command for command in commands()):
            return
    raise AssertionError("the program in the box lives on")


def commands() -> list[bytes]:
    found: list[bytes] = []
    for name in os.listdir("/proc"):
        if name.isdigit():
            try:
                found.append(Path(f"/proc/{name}/cmdline").read_bytes())
            except OSError:
                continue
    return found


def test_the_bundled_bubblewrap_serves_where_the_system_has_none(tmp_path: Path) -> None:
    script = f"""
import asyncio, pathlib
from arkwright.sandbox import bwrap
from arkwright.sandbox.box import open_box
async def main():
    async with open_box(pathlib.Path({str(tmp_path)!r})) as box:
        print(bwrap.find().source, (await box.exec(["id", "-u"])).stdout)
asyncio.run(main())
"""
    environment = {**os.environ, "PATH": "/nowhere", "PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, "-c", script]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False, env=environment)
    assert done.stdout == "wheel b'1000\\n'\n", done.stderr
