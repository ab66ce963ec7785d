"""The toolbox: a second, pinned environment that boxes mount read-only, so that no task can change its own tools."""

import asyncio
import contextlib
import fcntl
import hashlib
import os
import platform
import shutil
import sys
from collections.abc import AsyncGenerator, Iterator
from pathlib import Path

from arkwright.core.ports import Progress
from arkwright.errors import SetupError
from arkwright.sandbox.strip import strip

FUNCTIONS = Path(__file__).parent.parent / "toolbox"
DEAD = (
    "**/tests", "**/test", "**/*.pyi", "**/*.c", "**/*.h", "**/*.pxd", "**/*.pyx", "bin", "include", "share",
    "playwright/driver/package/lib/vite", "playwright/driver/package/types", "numpy/_core/include", "numpy/f2py", "_duckdb-stubs",
    "adbc_driver_duckdb", "pypdfium2_cli", "lxml/includes", "matplotlib/mpl-data/sample_data", "matplotlib/mpl-data/images",
)  # fmt: skip
LARGE = 1 << 20  # bytes from which a library is worth stripping
# What boxes import is compiled ahead, because they cannot write; other modules are compiled each time they are used.
COMPILED = (
    "duckdb", "numpy", "matplotlib", "PIL", "openpyxl", "docx", "markdown_it", "mdurl", "yaml", "lxml", "pypdf", "pypdfium2",
    "pypdfium2_raw", "typst", "dateutil", "pyparsing", "packaging", "contourpy", "cycler", "kiwisolver", "greenlet", "et_xmlfile",
    "playwright", "fontTools/subset", "fontTools/ttLib", "fontTools/misc", "fontTools/varLib", "fontTools/feaLib",
)  # fmt: skip


class Toolbox:
    """The environment for this interpreter and these requirements, below `home`."""

    def __init__(self, home: Path) -> None:
        self._requirements = FUNCTIONS / "requirements.txt"
        pins = self._requirements.read_bytes() + f"{platform.machine()} {sys.implementation.cache_tag}".encode()
        self._folder = home / "toolbox" / hashlib.sha256(pins).hexdigest()[:16]

    @property
    def path(self) -> Path:
        """The folder that boxes see as /opt/arkwright/site."""
        return self._folder

    @property
    def fonts(self) -> Path:
        """Where the list of the fonts of this machine is kept, made by the first box."""
        return self._folder / ".cache" / "matplotlib"

    @property
    def functions(self) -> Path:
        """The package of ours that boxes see as /opt/arkwright/toolbox."""
        return FUNCTIONS

    @property
    def node(self) -> Path:
        """Node, as Playwright brings it."""
        return self._folder / "playwright" / "driver" / "node"

    def ready(self) -> bool:
        """Whether it is there, whole."""
        return (self._folder / ".ready").is_file()

    async def build(self, progress: Progress = lambda fraction, note: None) -> None:
        """Fetch and prune it; what was fetched before an interruption is not fetched again (pip keeps it).

        Raises:
            SetupError: pip failed; the message ends with its last line.
        """
        if self.ready():
            return
        if shutil.disk_usage(_existing(self._folder)).free < 1 << 30:
            raise SetupError(
                f"the toolbox needs 1 GB of free disk space at {str(self._folder.parent)!r}", remedy="free some and try again"
            )
        self._folder.parent.mkdir(parents=True, exist_ok=True)
        async with alone(self._folder.parent / ".lock", progress):
            if not self.ready():
                await self._build(progress)

    async def _build(self, progress: Progress) -> None:
        for old in self._folder.parent.glob(f"{self._folder.name}.*.partial"):
            shutil.rmtree(old, ignore_errors=True)
        partial = self._folder.with_name(f"{self._folder.name}.{os.getpid()}.partial")
        partial.mkdir()
        try:
            progress(0.0, "fetching the toolbox (about 200 MB, once)")
            await self._install(partial, progress)
            progress(0.9, "pruning the toolbox")
            await asyncio.to_thread(prune, partial)
            await asyncio.to_thread(compile_ahead, partial)
            (partial / ".ready").touch()
            partial.rename(self._folder)
        except OSError as error:
            raise SetupError(
                f"the toolbox cannot be put at {str(self._folder)!r}: {error.strerror}",
                remedy="free some space there and try again",
            ) from error
        finally:
            await asyncio.to_thread(shutil.rmtree, partial, ignore_errors=True)
        progress(1.0, "the toolbox is ready")

    async def _install(self, target: Path, progress: Progress) -> None:
        arguments = ["install", "--no-input", "--disable-pip-version-check", "--no-compile", "--only-binary", ":all:"]
        command = [sys.executable, "-m", "pip", *arguments, "--target", str(target), "-r", str(self._requirements)]
        process = await asyncio.create_subprocess_exec(*command, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT)
        assert process.stdout is not None
        last, wheels = "", sum(1 for _ in _pins(self._requirements))
        seen = 0
        try:
            async for line in process.stdout:
                text = line.decode("utf-8", "replace").strip()
                last = text if text.startswith("ERROR") or not last.startswith("ERROR") else last
                if text.startswith(("Collecting", "Using cached", "Downloading")):
                    seen += text.startswith("Collecting")
                    progress(min(0.6, 0.6 * seen / (wheels * 2)), text.split(" (from")[0][:80])
                elif text.startswith("Installing collected"):
                    progress(0.7, "unpacking")
            code = await process.wait()
        finally:
            if process.returncode is None:
                process.kill()
                await process.wait()
        if code != 0:
            raise SetupError(
                f"the toolbox could not be fetched: {last[:300]}",
                remedy=f"with a connection to a package index, run: arkwright doctor --build (or: {' '.join(command)})",
            )


@contextlib.asynccontextmanager
async def alone(path: Path, progress: Progress) -> AsyncGenerator[None]:
    """Hold a lock that goes with its process: of two first runs at once, one builds and the other waits."""
    with path.open("a") as lock:
        while True:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                progress(0.0, "another run is building the toolbox")
                await asyncio.sleep(0.5)
        yield


def _pins(requirements: Path) -> Iterator[str]:
    return (line for line in requirements.read_text().splitlines() if line and not line.startswith("#"))


def _existing(path: Path) -> Path:
    while not path.exists():
        path = path.parent
    return path


def prune(folder: Path) -> None:
    """Remove what nothing in a box reads."""
    for pattern in DEAD:
        for path in list(folder.glob(pattern)):
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path, ignore_errors=True)
            else:
                path.unlink(missing_ok=True)
    for path in (*folder.glob("**/*.so*"), folder / "playwright" / "driver" / "node"):
        if path.is_file() and path.stat().st_size > LARGE:
            strip(path)


def compile_ahead(folder: Path) -> None:
    """Write bytecode beside what boxes import; nothing of it is run."""
    import compileall  # slow to load, and wanted once

    for name in COMPILED:
        compileall.compile_dir(folder / name, quiet=2, stripdir=str(folder), prependdir="/opt/arkwright/site")
    for path in folder.glob("*.py"):
        compileall.compile_file(path, quiet=2, stripdir=str(folder), prependdir="/opt/arkwright/site")
