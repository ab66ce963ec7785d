"""Landlock: without user namespaces a whole run is served and proven, and what needs a real box is refused with its remedy."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Generator
from pathlib import Path

import pytest

from arkwright.sandbox.box import HOME
from arkwright.sandbox.landlock import abi, renamed
from arkwright.sandbox.remedy import remedy

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
COMMAND = str(Path(sys.executable).with_name("arkwright"))
# Tries, inside a call, what Landlock and the filter are there to stop; prints what was let through.
HOSTILE = """
import asyncio, os, pathlib, sys
from arkwright.errors import NoIsolation, ToolError
from arkwright.sandbox.landlock import LandlockBox
from arkwright.sandbox.limits import MIB, Limits
from arkwright.sandbox.start import Plan
from arkwright.sandbox.toolbox import Toolbox

folder = pathlib.Path(sys.argv[1])

class Functions(Toolbox):
    functions = folder / "functions"

async def main():
    scratch = folder / "home" / "runs" / "x" / "scratch"
    scratch.mkdir(parents=True)
    plan = Plan("work", folder / "home", scratch, folder / "workspace", Functions(folder / "home"), Limits(memory=400 * MIB))
    box = await LandlockBox.open(plan)
    print(await box.call("files.attempts", {"secret": str(folder / "secret"), "pid": os.getpid()}))
    for what in (box.exec(["true"]), box.cell("a", "1"), box.call("programs.shell", {})):
        try:
            await what
        except NoIsolation as error:
            print("refused:", error.remedy)
    for function, limit in (("files.wait", 0.5), ("files.hoard", 60)):
        try:
            await box.call(function, {}, timeout=limit)
        except ToolError as error:
            print(error.code)
    print(await box.call("files.attempts", {"secret": "", "pid": 999999}) is not None)
    await box.close()

asyncio.run(main())
"""
FUNCTIONS = """
import ctypes, os, signal, socket, subprocess, threading

def attempts(args, progress):
    secret, pid = args["secret"], args["pid"]
    tries = {
        "read": lambda: open(secret).read(), "write": lambda: open(secret, "a"), "mode": lambda: os.chmod(secret, 0o777),
        "list": lambda: os.listdir(os.path.dirname(secret)), "times": lambda: os.utime(secret),
        "truncate": lambda: os.truncate(secret, 0),
        "remove": lambda: os.unlink(secret), "link": lambda: os.link(secret, "linked"), "run": lambda: subprocess.run(["true"]),
        "exec": lambda: os.execv("/bin/true", ["true"]), "fork": os.fork, "network": lambda: socket.socket(),
        "unix": lambda: socket.socket(socket.AF_UNIX), "kill": lambda: os.kill(pid, 0),
        "environ": lambda: open(f"/proc/{pid}/environ").read(),
        "others": lambda: open(f"/proc/{pid}/cmdline").read(), "passwd": lambda: open("/etc/passwd").read(),
        "userns": lambda: os.unshare(0x10000000) if hasattr(os, "unshare") else check(ctypes.CDLL(None).unshare(0x10000000)),
        "xattr": lambda: os.setxattr(secret, "user.a", b"1"), "priority": lambda: os.setpriority(os.PRIO_PROCESS, pid, 19),
        "limits": lambda: check(ctypes.CDLL(None).prlimit(pid, 7, (ctypes.c_uint64 * 2)(1, 1), None)),
    }
    won = []
    for name, attempt in tries.items():
        try:
            attempt()
            won.append(name)
        except OSError:
            pass
    open("mine", "w").close(); os.chmod("mine", 0o640); os.utime("mine", (1, 1))
    return {"won": won, "mode": oct(os.stat("mine").st_mode & 0o777), "time": os.stat("mine").st_mtime}

def check(result):
    if result < 0:
        raise OSError("no")

def wait(args, progress):
    threading.Event().wait()

def hoard(args, progress):
    held = []
    while True:
        held.append(bytearray(b"x" * (8 << 20)))
"""


def ordinary(folder: Path, *argv: str, userns: bool = False) -> subprocess.CompletedProcess[str]:
    """Run as an ordinary user below `folder`."""
    paths = [os.path.realpath(sys.base_prefix), sys.prefix, str(ROOT), os.path.realpath(HOME / "toolbox")]
    about = json.dumps({"folder": str(folder), "paths": paths, "userns": userns})
    environment = {"PATH": "/usr/bin:/bin", "ARKWRIGHT_HOME": str(folder / "home"), "LANG": "C.UTF-8"}
    return subprocess.run(
        [sys.executable, str(HERE / "ordinary.py"), about, *argv], capture_output=True, text=True, timeout=120, check=False,
        env=environment,
    )  # fmt: skip


@pytest.fixture
def folder() -> Generator[Path]:
    """A folder that everybody reaches, with a home that has the toolbox."""
    with tempfile.TemporaryDirectory(prefix="arkwright-", dir="/var/tmp") as name:
        folder = Path(name)
        folder.chmod(0o755)
        (folder / "home").mkdir()
        (folder / "home" / "toolbox").symlink_to(os.path.realpath(HOME / "toolbox"))
        (folder / "workspace").mkdir()
        yield folder


def test_a_run_is_served_proven_and_says_that_the_wall_was_weaker(folder: Path) -> None:
    (folder / "workspace" / "sales.csv").write_text("region,revenue\nNorth,2.50\nSouth,1\nNorth,4\n")
    request = "total the revenue by region in sales.csv and save it as totals.csv"
    done = ordinary(folder, COMMAND, "run", request, "--workspace", str(folder / "workspace"), "--json")
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert (done.returncode, lines[-1]["status"]) == (0, "verified"), done.stderr
    assert sorted((folder / "workspace" / "totals.csv").read_text().split()[1:]) == ["North,6.50", "South,1.00"]
    assert [line["data"]["note"] for line in lines if line.get("kind") == "box.weaker"]
    assert list((folder / "home" / "runs").iterdir()) == []


def test_a_program_is_refused_with_the_command_that_mends_it(folder: Path) -> None:
    (folder / "workspace" / "calc.py").write_text("print(6 * 7)\n")
    request = "run calc.py and save its output to out.txt"
    done = ordinary(folder, COMMAND, "run", request, "--workspace", str(folder / "workspace"))
    assert done.returncode == 3, done.stderr
    assert "sudo sysctl -w user.max_user_namespaces=15000" in done.stdout + done.stderr
    assert [path.name for path in (folder / "workspace").iterdir()] == ["calc.py"]


def test_a_call_reaches_nothing_but_its_folders(folder: Path) -> None:
    shutil.copytree(ROOT / "src" / "arkwright" / "toolbox", folder / "functions")
    (folder / "functions" / "files.py").write_text(FUNCTIONS)
    (folder / "secret").write_text("secret")
    done = ordinary(folder, sys.executable, "-c", HOSTILE, str(folder))
    mends = "refused: run: sudo sysctl -w user.max_user_namespaces=15000"
    kept = "{'won': [], 'mode': '0o640', 'time': 1.0}"
    assert done.stdout.splitlines() == [kept, mends, mends, mends, "timeout", "memory", "True"], done.stderr
    assert (folder / "secret").read_text() == "secret"


def test_names_of_scratch_files_are_the_same_everywhere() -> None:
    table = {"table": "/home/u/runs/1/scratch/a1.parquet", "note": "see /home/u/runs/1/scratch/a1.parquet", "rows": [1, None]}
    there = renamed(table, "/home/u/runs/1/scratch", "/tmp/scratch")
    assert there == {**table, "table": "/tmp/scratch/a1.parquet"}
    assert renamed(there, "/tmp/scratch", "/home/u/runs/1/scratch") == table


@pytest.mark.parametrize(
    ("name", "value", "command"),
    [
        ("kernel/apparmor_restrict_unprivileged_userns", "1", "kernel.apparmor_restrict_unprivileged_userns=0"),
        ("kernel/unprivileged_userns_clone", "0", "kernel.unprivileged_userns_clone=1"),
        ("user/max_user_namespaces", "0", "user.max_user_namespaces=15000"),
    ],
)
def test_the_remedy_is_the_switch_that_is_off(tmp_path: Path, name: str, value: str, command: str) -> None:
    (tmp_path / "sys" / name).parent.mkdir(parents=True)
    (tmp_path / "sys" / name).write_text(f"{value}\n")
    assert remedy(tmp_path) == f"run: sudo sysctl -w {command}"


def test_in_a_container_the_remedy_is_how_to_start_it(tmp_path: Path) -> None:
    (tmp_path / ".dockerenv").touch()
    assert "--security-opt seccomp=unconfined" in remedy(tmp_path / "proc", tmp_path)


def test_this_kernel_says_how_much_of_landlock_it_knows() -> None:
    assert abi() >= 0
