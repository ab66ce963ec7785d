"""Probe: what works on this machine, found out by doing it."""

import asyncio
import os
import shutil
import tempfile
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from pathlib import Path

from arkwright.errors import ArkwrightError
from arkwright.sandbox import bwrap
from arkwright.sandbox.box import BwrapBox, open_box
from arkwright.sandbox.landlock import LandlockBox
from arkwright.sandbox.limits import Limits
from arkwright.sandbox.start import Plan
from arkwright.sandbox.toolbox import Toolbox

CHROMIUM = (
    "import sys\n"
    "from playwright.sync_api import sync_playwright as p\n"
    "with p() as w:\n"
    "    b = w.chromium.launch(executable_path=sys.argv[1], chromium_sandbox=True)\n"
    "    t = b.new_page(); t.goto('chrome://sandbox'); print(b.version, 'adequately' in t.inner_text('body'))\n"
)
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome")  # the names that the browser tools try
PREPARE, KERNEL = "arkwright doctor --build", "use a kernel with seccomp and network namespaces"
USES = {
    "tables": ("DuckDB computes", "import duckdb; assert duckdb.sql('select 6*7').fetchall() == [(42,)]; print('yes')"),
    "charts": (
        "Matplotlib draws",
        "import io; from matplotlib.figure import Figure as F; f = F(); f.subplots().plot([1, 2]); b = io.BytesIO()\n"
        "f.savefig(b); assert b.getvalue()[:4] == b'\\x89PNG'; print('yes')",
    ),
    "PDF": ("Typst sets a page", "import typst; assert typst.compile(b'= Hi')[:5] == b'%PDF-'; print('yes')"),
    "DOCX": (
        "python-docx writes",
        "import docx, io; d = docx.Document(); d.add_heading('Hi'); d.save(io.BytesIO()); print('yes')",
    ),
    "XLSX": ("openpyxl writes", "import openpyxl, io; openpyxl.Workbook().save(io.BytesIO()); print('yes')"),
}
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
    """Try everything a run may need: the box, what it closes, what works inside, and what serves where there is no box."""
    toolbox = Toolbox(home)
    found = [_bubblewrap(), _toolbox(toolbox)]
    with tempfile.TemporaryDirectory(prefix="arkwright-probe-") as folder:
        try:
            async with open_box(Path(folder), home=home) as box:
                browser = asyncio.create_task(_chromium(Path(folder), home, toolbox))
                found += await _work(box, toolbox)
                found.append(await browser)
        except ArkwrightError as error:
            found.append(Capability("isolation", False, error.message, error.remedy))
            found.append(await _weaker(Path(folder), home, toolbox))
    return found


async def _weaker(folder: Path, home: Path, toolbox: Toolbox) -> Capability:
    """What is left without user namespaces, tried."""
    (folder / "workspace").mkdir()
    (folder / "workspace" / "tried.csv").write_text("a,b\n1,2\n")
    (folder / "scratch").mkdir()
    try:
        box = await LandlockBox.open(Plan("work", home, folder / "scratch", folder / "workspace", toolbox, Limits().here()))
    except ArkwrightError as error:
        return Capability("fallback", False, f"nothing weaker serves either: {error.message}", error.remedy)
    try:
        await box.call("tables.describe", {"sources": [{"path": "tried.csv"}]}, timeout=30)
    except ArkwrightError as error:
        return Capability("fallback", False, error.message, error.remedy)
    finally:
        await box.close()
    return Capability("fallback", True, "tables, charts, documents and files are served behind Landlock and seccomp; no programs")


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
        await _try("seccomp", "the filter is on", lambda: _says(box, ["grep", "Seccomp:", "/proc/self/status"], "2"), KERNEL),
        await _try("no network", "a box reaches nothing by itself", lambda: _says(box, ["python3", "-c", CLOSED], "101"), KERNEL),
        await _try(
            "limits",
            "processes and files exactly; memory and disk by a watchdog (approximate)",
            lambda: _says(box, ["sh", "-c", "ulimit -n"], str(Limits().files)),
            KERNEL,
        ),
    ]
    if not toolbox.ready():
        return found
    found.append(await _try("node", "Node runs", lambda: _says(box, ["node", "-p", "6*7"], "42"), PREPARE))
    for name, (good, code) in USES.items():
        found.append(await _try(name, good, lambda code=code: _says(box, ["python3", "-c", code], "yes"), PREPARE))
    fonts = await box.exec(["sh", "-c", "find /usr/share/fonts -name '*.[to]t[fc]' 2>/dev/null | wc -l"])
    count = int(fonts.stdout or b"0")
    remedy = "" if count else "sudo apt install fonts-dejavu fonts-noto-cjk"
    found.append(Capability("fonts", True, f"{count} of the system, and those of the toolbox", remedy))
    return found


async def _chromium(folder: Path, home: Path, toolbox: Toolbox) -> Capability:
    absent = Capability(
        "chromium", False, "not on this machine: pages cannot be browsed", "sudo apt install chromium", needed=False
    )
    if not toolbox.ready():
        return replace(absent, detail="not tried without the toolbox", remedy=PREPARE)
    path = next(filter(None, map(shutil.which, CHROMIUM_NAMES)), "")
    if not path:
        return absent
    async with open_box(folder, "browser", home=home) as box:
        tried = lambda: _says(box, ["python3", "-c", CHROMIUM, path], "True")  # noqa: E731
        found = await _try("chromium", "runs in the box, in its own sandbox", tried, "sudo apt install --reinstall chromium")
    return replace(found, needed=False)


async def _says(box: BwrapBox, argv: list[str], expected: str) -> str:
    """Nothing when a program said what was expected, else what it said instead."""
    done = await box.exec(argv, timeout=60)
    said = (done.stdout + done.stderr).decode("utf-8", "replace").strip()
    return "" if done.code == 0 and expected in said else said[-200:] or f"exit code {done.code}"


async def _try(name: str, good: str, tried: Callable[[], Awaitable[str]], remedy: str) -> Capability:
    try:
        problem = await asyncio.wait_for(tried(), 30)
    except (ArkwrightError, TimeoutError) as error:
        problem = str(error) or "it took longer than 30 seconds"
    return Capability(name, not problem, problem or good, remedy if problem else "")
