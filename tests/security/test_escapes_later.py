"""Ways out that need more than one moment: 76 to 111 of the list, as far as other tests do not hold them.

Held elsewhere: 78 and 86 (tests/sandbox/test_box.py), 79 (tests/toolbox/test_archives.py), 81 to 83 and 105
(tests/sandbox/test_checkpoint.py), 84 (tests/cli/test_clean.py), 90 to 94 (tests/sandbox/test_egress.py), 97 and 106
(tests/sandbox/test_network.py), 99 (tests/tools/test_browser.py), 103 (tests/sandbox/test_box.py), 109 (tests/sandbox/test_start.py),
110 (tests/sandbox/test_workshop.py), 111 (tests/cli/test_without_namespaces.py). 104 and 108 are attempts 66 and 65. Nothing here
can win: 100 (the host runs no git), 101 (no box has a package index and the host's caches at once), 107 (no box serves two runs).
"""

import asyncio
import hashlib
import os
import secrets
import time
from dataclasses import replace
from pathlib import Path

import pytest

from arkwright.core.request import Request
from arkwright.core.tool import ToolCall
from arkwright.errors import ToolError
from arkwright.sandbox.box import HOME, open_box
from arkwright.sandbox.checkpoint import Checkpoints
from arkwright.sandbox.limits import Limits
from arkwright.sandbox.toolbox import Toolbox
from arkwright.sandbox.workshop import Workshop

KILL_FIRST = """
import os, signal
for number in (signal.SIGKILL, signal.SIGTERM, signal.SIGSEGV, signal.SIGSTOP, signal.SIGHUP):
    for target in (1, -1):
        try: os.kill(target, number) if target == 1 else None
        except OSError: pass
print("sent")
"""
TAKE_LINE = """
import os
taken = []
for name in range(64):
    try: taken.append(os.open(f"/proc/1/fd/{name}", os.O_RDWR))
    except OSError: pass
print(len(taken))
"""
TAKE_OWN = TAKE_LINE.replace("/proc/1/fd", "/proc/self/fd")
ALL_CORES = """
import os
before = len(os.sched_getaffinity(0))
try: os.sched_setaffinity(0, range(os.cpu_count()))
except OSError: pass
print(before, len(os.sched_getaffinity(0)))
"""
MANY = """
import os, socket
kept = []
try:
    while len(kept) < 20_000: kept.append(KIND)
except OSError as error: print(len(kept), error.errno)
else: print(len(kept), 0)
"""
TYPE_IN = (
    "import fcntl\ntry:\n fcntl.ioctl(0, 0x5412, b'x')\n print('WON')\nexcept OSError as error:\n print('lost', error.errno)"
)


async def said(workspace: Path, code: str, *, limits: Limits | None = None, weaken: frozenset[str] = frozenset()) -> str:
    """What a program in a box of its own prints; the box answers afterwards."""
    async with open_box(workspace, limits=limits, weaken=weaken) as box:
        done = await box.exec(["python3", "-c", code], timeout=60)
        assert (await box.exec(["echo", "alive"])).stdout == b"alive\n", done
        return done.stdout.decode().strip()


async def test_76_the_supervisor_is_not_killed_from_within(tmp_path: Path) -> None:
    assert await said(tmp_path, KILL_FIRST) == "sent"


async def test_77_the_line_to_the_host_is_not_taken_from_the_supervisor(tmp_path: Path) -> None:
    assert await said(tmp_path, TAKE_LINE) == "0"
    assert int(await said(tmp_path, TAKE_OWN)) > 0  # the way there is open, only not into the supervisor


async def test_87_a_program_keeps_to_the_cores_of_its_box(tmp_path: Path) -> None:
    one = replace(Limits(), cpus=1)
    assert await said(tmp_path, ALL_CORES, limits=one) == "1 1"
    most = min(len(os.sched_getaffinity(0)), os.cpu_count() or 1)
    assert await said(tmp_path, ALL_CORES, limits=one, weaken=frozenset({"seccomp"})) == f"1 {most}"


@pytest.mark.parametrize("kind", ["os.open('/dev/null', 0)", "socket.socket(socket.AF_UNIX)", "os.pipe()"])
async def test_89_files_and_sockets_run_out_before_the_box_does(tmp_path: Path, kind: str) -> None:
    held, number = (await said(tmp_path, MANY.replace("KIND", kind))).split()
    assert int(held) < Limits().files
    assert number == "24"


async def test_85_nothing_is_typed_into_the_terminal_of_a_session(tmp_path: Path) -> None:
    seen = bytearray()
    async with open_box(tmp_path) as box, box.pty(["python3", "-c", TYPE_IN], seen.extend) as terminal:
        await terminal.wait()
    assert b"lost 1" in seen
    assert b"WON" not in seen


async def test_96_no_name_is_resolved_in_a_box(tmp_path: Path) -> None:
    code = "import socket\ntry:\n print(socket.getaddrinfo('a' * 40 + '.example.com', 80))\nexcept OSError as e:\n print('none')"
    assert await said(tmp_path, code) == "none"
    async with open_box(tmp_path, "web") as box:
        assert (await box.exec(["python3", "-c", code])).stdout == b"none\n"


PLANTED = (
    "json.py",
    "duckdb.py",
    "sitecustomize.py",
    "usercustomize.py",
    "csv/__init__.py",
    "tables.py",
    "encodings/__init__.py",
)


async def test_102_what_is_planted_in_the_workspace_is_not_run_by_a_tool(tmp_path: Path) -> None:
    for name in PLANTED:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("open('/workspace/ran', 'a').write(__name__)\nraise SystemExit(1)\n")
    (tmp_path / "good.csv").write_text("a\n1\n")
    async with open_box(tmp_path) as box:
        assert await box.call("tables.describe", {"sources": [{"path": "good.csv"}]})
        assert not (tmp_path / "ran").exists()
        await box.exec(["python3", "-m", "json.tool", "--help"])  # where the folder is on the path, it is run
        assert (tmp_path / "ran").exists()


SWAP = """
import os, sys
secret = sys.argv[1]
print("up", flush=True)
while True:
    for folder in ("x", "y"):
        os.symlink(secret, "link"); os.replace("link", "x/note.txt")
        with open("plain", "w") as file: file.write("plain")
        os.replace("plain", "x/note.txt")
    os.rename("x", "away"); os.symlink(os.path.dirname(secret), "x"); os.unlink("x"); os.rename("away", "x")
"""


async def test_80_a_link_swapped_in_between_look_and_read_leads_nowhere(tmp_path: Path) -> None:
    """The host hashes, keeps and hands over files while a program swaps them for links to a secret and back."""
    workspace, secret = tmp_path / "ws", tmp_path / "out" / "note.txt"
    (workspace / "x").mkdir(parents=True)
    secret.parent.mkdir()
    secret.write_text(secrets.token_hex(16))
    forbidden = hashlib.sha256(secret.read_bytes()).hexdigest()
    checkpoints = Checkpoints(tmp_path / "kept")
    workshop = Workshop(tmp_path / "home", Toolbox(HOME), Limits(), lambda event: None)
    hands = workshop.hands(ToolCall("run", "t", 1, "x", {}), Request("", str(workspace)))
    up = asyncio.Event()
    async with open_box(workspace) as box:
        program = ["python3", "-c", SWAP, str(secret)]
        swapping = asyncio.create_task(box.exec(program, timeout=120, hear=lambda stream, data: up.set()))
        await asyncio.wait_for(up.wait(), 30)
        hashes, until = set[str](), time.monotonic() + 3
        while time.monotonic() < until:
            try:
                hashes.add((await hands.artifact("x/note.txt")).sha256)
            except ToolError:
                hashes.add("refused")
            found = await checkpoints.capture(str(workspace), ["x/note.txt"])  # it used to fail on a link that came in between
            hashes.update(entry.blob for entry in found.values() if entry.kind == "file")
            try:
                hashes.add(hashlib.sha256(await box.get("/workspace/x/note.txt")).hexdigest())
            except ToolError:
                hashes.add("refused")
        swapping.cancel()
        await asyncio.gather(swapping, return_exceptions=True)
    await workshop.close()
    assert forbidden not in hashes
    assert len(hashes) > 1  # it was seen as a file and as something else: the race took place
