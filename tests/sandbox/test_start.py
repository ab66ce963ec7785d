"""Start: where no box can be made, that is said with what mends it, and nothing weaker is used instead."""

import contextlib
import os
import secrets
import select
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
    mark = f"lives-{secrets.token_hex(6)}"
    script = f"""
import asyncio, pathlib
from arkwright.sandbox.box import open_box
async def main():
    async with open_box(pathlib.Path({str(tmp_path)!r})) as box:
        say = lambda stream, data: print("up", flush=True)
        await box.exec(["sh", "-c", "echo up; tail -f /dev/null", {mark!r}], hear=say)
asyncio.run(main())
"""
    paths = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    with subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, env=paths) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"up\n"
        inside = [os.pidfd_open(pid) for pid in called(mark) if pid != process.pid]
        process.kill()
        assert inside, "the program in the box is not seen from here"
    for descriptor in inside:
        ended, _, _ = select.select([descriptor], [], [], 30)
        os.close(descriptor)
        assert ended, "the program in the box lives on"


def called(mark: str) -> list[int]:
    """The processes of this machine with this word in their command line."""
    found: list[int] = []
    for name in filter(str.isdigit, os.listdir("/proc")):
        with contextlib.suppress(OSError):
            if mark.encode() in Path(f"/proc/{name}/cmdline").read_bytes():
                found.append(int(name))
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
