"""Boxes: the boxes of one run, each started when first asked for, all behind the same kind of wall."""

import asyncio
import contextlib
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from arkwright.core.ports import Profile
from arkwright.errors import ArkwrightError, NoIsolation, NotFound
from arkwright.sandbox.box import BwrapBox
from arkwright.sandbox.egress import Egress
from arkwright.sandbox.landlock import LandlockBox, missing
from arkwright.sandbox.limits import Limits
from arkwright.sandbox.start import Plan, Unfit, start
from arkwright.sandbox.toolbox import Toolbox

AnyBox = BwrapBox | LandlockBox
FIRST = ("tables", "files")
# What the calls of a tool will import, in the order of need; `+` marks what is not the toolbox's own.
DRAWING = ("charts", "+matplotlib.figure", "+matplotlib.backends.backend_agg", "+matplotlib.ticker", "+matplotlib.dates")
IMPORTS = {
    "tables": ("tables", "save"),
    "charts": DRAWING,
    "documents": ("documents", "word", "pdf", "markdown", "+typst", "+markdown_it", "+PIL.Image"),
    "files": ("files",),
}
PROOF = ("proof", "+pypdfium2", "+PIL.Image")
WEAKER = (
    "user namespaces are off here: tables, charts, documents and files are served behind Landlock and seccomp, "
    "and nothing is run that is not Arkwright's own"
)


@dataclass(frozen=True, slots=True)
class Sites:
    """Where the boxes of a run live on the host."""

    home: Path
    workspace: Path
    scratch: Path


class Boxes:
    """The boxes of one run. `told` hears when the weaker wall had to serve."""

    def __init__(
        self, home: Path, workspace: Path, run: str, toolbox: Toolbox, egress: Egress, limits: Limits | None = None,
        told: Callable[[str], None] = lambda note: None,
    ) -> None:  # fmt: skip
        if not run or "/" in run or run.startswith("."):
            raise NotFound(f"{run!r} is no name of a run")
        self._sites = Sites(home, workspace.resolve(), home / "runs" / run / "scratch")
        self._run, self._toolbox, self._egress, self._told = run, toolbox, egress, told
        self._limits = (limits or Limits()).here()
        self._boxes: dict[Profile, AnyBox] = {}
        self._starting: dict[Profile, asyncio.Lock] = {}
        self._warming: set[asyncio.Task[None]] = set()
        self._unfit: Unfit | None = None  # why this machine makes no strong box, once that was seen

    @property
    def scratch(self) -> Path:
        """What boxes see as /tmp/scratch; it lasts until the run has ended."""
        return self._sites.scratch

    async def get(self, profile: Profile) -> AnyBox:
        """The run's box of this profile, started when there is none or the last one was lost.

        Raises:
            NoIsolation: no box can be made on this machine.
        """
        async with self._starting.setdefault(profile, asyncio.Lock()):
            box = self._boxes.get(profile)
            if box is None or not box.alive:
                if box:
                    await box.close()
                box = self._boxes[profile] = await self._start(profile)
            return box

    def expect(self, tools: Sequence[str]) -> None:
        """Import ahead what a plan with these tools will call, and what will prove it."""
        kinds = dict.fromkeys(tool.partition(".")[0] for tool in tools)
        self.warm([module for kind in kinds for module in IMPORTS.get(kind, ())] + list(PROOF))

    def warm(self, modules: Sequence[str] = FIRST) -> None:
        """Start the work box and let it import, while others think. What fails here fails again, and is told, when it is used."""

        async def ahead() -> None:
            with contextlib.suppress(ArkwrightError, OSError):
                await (await self.get("work")).warm(modules)

        task = asyncio.create_task(ahead())
        self._warming.add(task)
        task.add_done_callback(self._warming.discard)

    async def close(self) -> None:
        """End all boxes of the run; the scratch stays."""
        for task in list(self._warming):
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task
        for box in self._boxes.values():
            await box.close()
        self._boxes.clear()
        self._egress.forget(self._run)

    def clear(self) -> None:
        """The run has ended for good: what its tasks handed each other is not needed any more."""
        shutil.rmtree(self._sites.scratch.parent, ignore_errors=True)

    async def _start(self, profile: Profile) -> AnyBox:
        self._sites.scratch.mkdir(parents=True, exist_ok=True)
        workspace = self._sites.workspace if profile == "work" else None
        limits = self._limits.for_browser() if profile == "browser" else self._limits
        plan = Plan(profile, self._sites.home, self._sites.scratch, workspace, self._toolbox, limits)
        if self._unfit is None:
            try:
                return await self._strong(plan)
            except Unfit as error:
                self._unfit = error
        return await self._weaker(plan, self._unfit)

    async def _strong(self, plan: Plan) -> BwrapBox:
        started = await start(plan)
        proxy = await self._egress.serve(self._run, started.door) if started.door else None
        box = BwrapBox(plan, started, proxy)
        if plan.profile == "work":
            await box.learn_fonts()
        return box

    async def _weaker(self, plan: Plan, why: Unfit) -> LandlockBox:
        """The box behind Landlock, for what it may hold; anything else is refused with what would let it be done."""
        if plan.profile != "work":
            raise why
        if reason := missing():
            raise NoIsolation(f"{why.message}; {reason}", remedy=why.remedy)
        box = await LandlockBox.open(plan)
        self._told(WEAKER)
        return box
