"""Ways out of a box: each is tried inside the default box and loses; each also wins where a protection is missing."""

import ctypes
import errno
import json
import os
import platform
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from arkwright.sandbox.box import HOME, open_box
from arkwright.sandbox.limits import MIB, Limits

from .decoys import decoys, lives

HERE = Path(__file__).parent
NUMBERS = frozenset(range(1, 68)) | frozenset(range(70, 76))
# The limits are those of the default box but smaller, so that reaching them takes no gigabytes.
SMALL = Limits(memory=300 * MIB, tmp=32 * MIB, shm=32 * MIB, file=48 * MIB)
SIZES = {"forks": 150, "bomb": 400, "fill": 80}
# What cannot win outside either, on any machine or on some, and why. An attempt that is not listed has to win there.
CANNOT = {
    24: "only machines with hardware virtualisation have /dev/kvm",
    22: "only machines with a disk of a known name, which the device cgroup of a container does not close",
    28: "the settings that may be written under /sys differ by kernel and container",
    29: "there is no cgroup hierarchy to write to on some machines",
    39: "TIOCLINUX works on the virtual consoles of the kernel only, not on a pseudo-terminal",
    38: "kernels from 6.2 may refuse TIOCSTI to everybody (dev.tty.legacy_tiocsti=0)",
    41: "io_uring may be compiled out or switched off by kernel.io_uring_disabled",
    43: "userfaultfd may be compiled out",
    46: "packet sockets may be compiled out",
    47: "virtual machine sockets may be compiled out",
    48: "the kernel's crypto sockets may be compiled out",
    40: "bpf may be compiled out",
    42: "perf events may be compiled out",
    44: "keyrings may be compiled out",
    45: "modules may be compiled out",
    54: "the cloud's metadata address has no route on some machines",
    62: "what the kernel tells root in /proc differs by its options",
    64: "the x32 table is compiled out of most kernels",
    25: "kernel memory devices may be compiled out or locked down",
    26: "sysrq may be compiled out",
}


def cannot() -> dict[int, str]:
    """Those of CANNOT that this machine really lacks, found out by asking it; as an ordinary user many are closed anyway."""
    if os.geteuid() != 0:
        return CANNOT
    absent = {number for number, call in CALLS.items() if lacks(lambda call=call: system_call(call))}
    absent |= {number for number, family in FAMILIES.items() if lacks(lambda family=family: socket.socket(family[0], family[1]))}
    absent |= {number for number, paths in DEVICES.items() if not any(os.path.exists(path) for path in paths)}
    absent |= {22} if not any(usable(path) for path in DEVICES[22]) else set()
    tiocsti = Path("/proc/sys/dev/tty/legacy_tiocsti")
    absent |= {38} if tiocsti.exists() and tiocsti.read_text().strip() == "0" else set()
    unknown = CANNOT.keys() - CALLS.keys() - FAMILIES.keys() - DEVICES.keys() - {38}
    return {number: why for number, why in CANNOT.items() if number in absent | unknown}


X86 = platform.machine() == "x86_64"
# bpf, io_uring_setup, perf_event_open, userfaultfd, keyctl, finit_module, getpid of the x32 table
CALLS = {40: 321, 41: 425, 42: 298, 43: 323, 44: 250, 45: 313, 64: 0x40000000 + 39} if X86 else dict[int, int]()
FAMILIES = {46: (17, 3), 47: (40, 1), 48: (38, 5)}
DEVICES = {
    22: ("/dev/vda", "/dev/sda", "/dev/nvme0n1"), 24: ("/dev/kvm",), 25: ("/dev/mem", "/dev/kmsg", "/proc/kcore"),
    26: ("/proc/sysrq-trigger",),
}  # fmt: skip


def usable(path: str) -> bool:
    """Whether a device is there and the device cgroup of a container lets root open it."""
    try:
        os.close(os.open(path, os.O_RDONLY | os.O_NONBLOCK))
    except OSError:
        return False
    return True


def system_call(number: int) -> None:
    """A system call with nothing in its arguments that it could do."""
    libc = ctypes.CDLL(None, use_errno=True)
    nothing = ctypes.c_long(-1)
    result = libc.syscall(ctypes.c_long(number), nothing, None, nothing, nothing, nothing)
    if result < 0:
        raise OSError(ctypes.get_errno(), "")
    if number != CALLS.get(64):
        os.close(result)


def lacks(tried: Callable[[], object]) -> bool:
    """Whether the kernel does not know this at all, or keeps it from everybody."""
    try:
        made = tried()
    except OSError as error:
        return error.errno in (errno.ENOSYS, errno.EAFNOSUPPORT, errno.EPERM)
    if isinstance(made, socket.socket):
        made.close()
    return False


PATH = "/usr/sbin:/usr/bin:/sbin:/bin"


@dataclass(frozen=True)
class Outcome:
    """Numbers that won and lost, with details."""

    won: frozenset[int]
    tried: frozenset[int]
    details: dict[int, str]


def outcome(text: str) -> Outcome:
    rows: list[tuple[int, bool, str]] = [json.loads(line) for line in text.splitlines()]
    return Outcome(
        frozenset(number for number, won, _ in rows if won),
        frozenset(number for number, _, _ in rows),
        {number: detail for number, _, detail in rows},
    )


async def inside(workspace: Path, settings: dict[str, Any], weaken: Sequence[str] = (), limits: Limits = SMALL) -> Outcome:
    async with open_box(workspace, limits=limits, weaken=frozenset(weaken)) as box:
        arguments = json.dumps({**settings, **SIZES, "workspace": "/workspace", "first": 1})
        done = await box.exec(["python3", "-", arguments], stdin=(HERE / "attempts.py").read_bytes(), timeout=60)
    assert done.code == 0, done.stderr.decode()
    return outcome(done.stdout.decode())


def outside(folder: Path, settings: dict[str, Any]) -> Outcome:
    """The same attempts on the bare host, in a mount and host name space of their own so that the host is not harmed."""
    report, extra = folder / "report", os.open(folder, os.O_RDONLY)
    own = ["unshare", "--mount", "--uts", "--propagation", "private"] + ([] if os.geteuid() == 0 else ["--map-root-user"])
    arguments = {**settings, **SIZES, "workspace": str(folder), "first": settings["pid"]}
    with report.open("wb") as file:
        subprocess.run(
            [*own, sys.executable, str(HERE / "attempts.py"), json.dumps(arguments)],
            stdout=file, stderr=subprocess.STDOUT, timeout=60, check=True, pass_fds=[extra],
        )  # fmt: skip
    os.close(extra)
    return outcome(report.read_text())


def end(mark: str) -> None:
    """End the process that the last attempt left outside."""
    for name in os.listdir("/proc"):
        with suppress(OSError, ValueError):
            if mark.encode() in Path(f"/proc/{name}/cmdline").read_bytes() and int(name) != os.getpid():
                os.kill(int(name), signal.SIGKILL)


async def test_no_attempt_gets_out_of_the_default_box(tmp_path: Path) -> None:
    workspace = tmp_path / "workspace"
    workspace.mkdir(mode=0o700)
    with decoys(tmp_path) as settings:
        found = await inside(workspace, settings)
        assert found.tried == NUMBERS
        assert not found.won, {number: found.details[number] for number in found.won}
        assert not lives(settings["daemon"])
    assert list(workspace.iterdir()) == []


async def test_each_attempt_wins_where_nothing_protects(tmp_path: Path) -> None:
    with decoys(tmp_path) as settings:
        bare = outside(tmp_path, settings)
        survived = lives(settings["daemon"])
        end(settings["daemon"])
    assert bare.tried == NUMBERS
    won = bare.won | ({75} if survived else set())
    assert {number: bare.details[number] for number in NUMBERS - won - cannot().keys()} == {}


@pytest.mark.parametrize(
    ("protection", "opened"),
    [("seccomp", {33, 34, 60}), ("remount", {5}), ("masks", {62}), ("userns", set[int]())],
)
async def test_a_box_without_one_protection_lets_its_attempts_win(tmp_path: Path, protection: str, opened: set[int]) -> None:
    with decoys(tmp_path) as settings:
        found = await inside(tmp_path, settings, weaken=[protection])
    assert opened <= found.won | (CANNOT.keys() & {62}), found.details


def test_no_attempt_gets_out_of_the_box_of_an_ordinary_user() -> None:
    if os.geteuid() != 0:
        return  # all of this file already ran as an ordinary user
    # In /var/tmp, which everybody reaches; ordinary.py puts the interpreter and the toolbox where an ordinary user may look.
    folder = Path("/var/tmp") / f"arkwright-user-{os.getpid()}"
    (folder / "home").mkdir(parents=True)
    (folder / "home" / "toolbox").symlink_to(os.path.realpath(HOME / "toolbox"))
    root = HERE.parents[1]
    paths = [os.path.realpath(sys.base_prefix), sys.prefix, str(root), os.path.realpath(HOME / "toolbox")]
    code = f"""
import asyncio, json, pathlib, sys
sys.path[:0] = {[str(HERE.parent), *sys.path]!r}
from security.decoys import decoys, lives
from security.test_escapes import NUMBERS, SIZES, SMALL, HERE, outcome
from arkwright.sandbox.box import open_box
async def main():
    folder = pathlib.Path({str(folder)!r}); workspace = folder / "workspace"; workspace.mkdir(mode=0o700)
    with decoys(folder) as settings:
        async with open_box(workspace, home=folder / "home", limits=SMALL) as box:
            arguments = json.dumps({{**settings, **SIZES, "workspace": "/workspace", "first": 1}})
            done = await box.exec(["python3", "-", arguments], stdin=(HERE / "attempts.py").read_bytes(), timeout=60)
        found = outcome(done.stdout.decode())
        assert found.tried == NUMBERS, done
        assert not found.won, found
        assert not lives(settings["daemon"])
asyncio.run(main())
print("held")
"""
    try:
        about = json.dumps({"folder": str(folder), "paths": paths, "userns": True})
        done = subprocess.run(
            [sys.executable, str(root / "tests" / "sandbox" / "ordinary.py"), about, sys.executable, "-c", code],
            check=False, capture_output=True, text=True, timeout=120, env={"PATH": PATH},
        )  # fmt: skip
        assert done.stdout.strip().endswith("held"), done.stderr
    finally:
        shutil.rmtree(folder)
