"""Remedy: the one command that lets boxes be made on this system."""

import os
import sys
from pathlib import Path

SWITCHES = (
    ("kernel/apparmor_restrict_unprivileged_userns", "1", "0"),
    ("kernel/unprivileged_userns_clone", "0", "1"),
    ("user/max_user_namespaces", "0", "15000"),
)
CONTAINERS = ("/.dockerenv", "/run/.containerenv")
OPENED = "--security-opt seccomp=unconfined --security-opt apparmor=unconfined --security-opt systempaths=unconfined"


def remedy(proc: Path = Path("/proc"), root: Path = Path("/")) -> str:
    """What to run, as far as it can be told."""
    if sys.platform != "linux":
        return "run it on Linux, for example in a virtual machine"
    for name, wrong, right in SWITCHES:
        path = proc / "sys" / name
        if path.exists() and path.read_text().strip() == wrong:
            return f"run: sudo sysctl -w {name.replace('/', '.')}={right}"
    if any((root / mark.lstrip("/")).exists() for mark in CONTAINERS):
        user = "--user 1000 " if os.geteuid() == 0 else ""
        return f"start the container with: {user}{OPENED}"
    if os.geteuid() == 0:
        return "run arkwright as an ordinary user"
    return "see: arkwright doctor"
