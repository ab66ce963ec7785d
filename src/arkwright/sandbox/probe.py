"""Probe: what works on this machine, found out by doing it."""

import asyncio
import os
import tempfile
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path

from arkwright.core.json import Json
from arkwright.errors import ArkwrightError
from arkwright.sandbox import bwrap
from arkwright.sandbox.box import BwrapBox, open_box
from arkwright.sandbox.toolbox import Toolbox

CHROMIUM = (
    "from playwright.sync_api import sync_playwright as p\n"
    "with p() as w:\n"
    "    b = w.chromium.launch(executable_path='/usr/bin/chromium', chromium_sandbox=True)\n"
    "    t = b.new_page(); t.goto('chrome://sandbox'); print(b.version, 'adequately' in t.inner_text('body'))\n"
)
CHROMIUM_PATH = Path("/usr/bin/chromium")
CLOSED = "import socket\ntry:\n socket.create_connection(('192.0.2.1', 80), 1)\nexcept OSError as e:\n print(e.errno)"


@dataclass(frozen=True, slots=True)
class Capability:
    """One thing that was tried: whether it worked, what was seen, and the command that mends it."""

    name: str
    ok: bool
    detail: str
    remedy: str = ""
    needed: bool = True


async def probe(home: Path) -> list[Capability]:
    """Try everything a run may need: the box, what it closes, and what works inside."""
    toolbox = Toolbox(home)
    found = [_bubblewrap(), _toolbox(toolbox)]
    with tempfile.TemporaryDirectory(prefix="arkwright-probe-") as folder:
        try:
            async with open_box(Path(folder), home=home) as box:
                found += await _work(box, toolbox)
        except ArkwrightError as error:
            found.append(Capability("isolation", False, error.message, error.remedy))
            return found
        if _has_chromium():
            found.append(await _chromium(Path(folder), home))
        else:
            found.append(
                Capability("chromium", False, "not on this machine: the browser tool cannot work", "sudo apt install chromium")
            )
    return found


def _bubblewrap() -> Capability:
    try:
        found = bwrap.find()
    except ArkwrightError as error:
        return Capability("bubblewrap", False, error.message, error.remedy)
    return Capability("bubblewrap", True, f"{'.'.join(map(str, found.version))} ({found.source}: {found.path})")


def _toolbox(toolbox: Toolbox) -> Capability:
    if toolbox.ready():
        return Capability("toolbox", True, str(toolbox.path))
    return Capability("toolbox", False, f"not built yet at {str(toolbox.path)!r}", "arkwright doctor --build")


async def _work(box: BwrapBox, toolbox: Toolbox) -> list[Capability]:
    view = "id-mapped views for root" if os.geteuid() == 0 else "the user's own view"
    found = [
        Capability("isolation", True, f"user, mount, process, network, ipc, uts and cgroup namespaces; {view}"),
        await _try("seccomp", "the filter is on", lambda: _says(box, ["grep", "Seccomp:", "/proc/self/status"], "2")),
        await _try("no network", "a box reaches nothing by itself", lambda: _says(box, ["python3", "-c", CLOSED], "101")),
        Capability("limits", True, "processes and files exactly; memory and disk by a watchdog (approximate)"),
    ]
    if not toolbox.ready():
        return found
    found.append(await _try("node", "Node runs", lambda: _says(box, ["node", "-p", "6*7"], "42")))
    modules = {"tables": "duckdb", "charts": "matplotlib", "PDF": "typst", "DOCX": "docx", "XLSX": "openpyxl"}
    for name, module in modules.items():
        code = f"import {module}; print('yes')"
        found.append(await _try(name, f"{module} loads", lambda code=code: _says(box, ["python3", "-c", code], "yes")))
    fonts = await box.exec(["sh", "-c", "find /usr/share/fonts -name '*.[to]t[fc]' 2>/dev/null | wc -l"])
    count = int(fonts.stdout or b"0")
    remedy = "" if count else "sudo apt install fonts-dejavu fonts-noto-cjk"
    found.append(Capability("fonts", True, f"{count} of the system, and those of the toolbox", remedy))
    return found


def _has_chromium() -> bool:
    return CHROMIUM_PATH.exists()


async def _chromium(folder: Path, home: Path) -> Capability:
    async with open_box(folder, "browser", home=home) as box:
        return await _try(
            "chromium", "runs in the box, in its own sandbox", lambda: _says(box, ["python3", "-c", CHROMIUM], "True")
        )


async def _says(box: BwrapBox, argv: list[str], expected: str) -> Json:
    done = await box.exec(argv, timeout=60)
    said = (done.stdout + done.stderr).decode("utf-8", "replace").strip()
    return None if done.code == 0 and expected in said else said[-200:] or f"exit code {done.code}"


async def _try(name: str, good: str, tried: Callable[[], Awaitable[Json]]) -> Capability:
    try:
        problem = await asyncio.wait_for(tried(), 90)
    except (ArkwrightError, TimeoutError) as error:
        problem = str(error) or "it took longer than 90 seconds"
    return Capability(
        name, problem is None, good if problem is None else str(problem), "" if problem is None else "see docs: troubleshooting"
    )
