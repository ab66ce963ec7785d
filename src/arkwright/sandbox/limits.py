"""Limits: how much of this machine one box may use."""

import os
from dataclasses import asdict, dataclass, replace

from arkwright.core.json import Json

MIB = 1 << 20
GIB = 1 << 30


def machine_memory() -> int:
    """Bytes of memory this machine has."""
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")


@dataclass(frozen=True, slots=True)
class Limits:
    """Sizes in bytes. `workspace` is how much a run may add to the disk, `output` what is kept of a stream."""

    processes: int = 100
    cpus: int = 4
    memory: int = 8 * GIB
    file: int = 2 * GIB
    files: int = 1024
    tmp: int = 512 * MIB
    shm: int = 64 * MIB
    workspace: int = 4 * GIB
    output: int = 1 * MIB

    def here(self) -> "Limits":
        """These limits, but no more memory than four fifths of what this machine has."""
        return replace(self, memory=min(self.memory, machine_memory() * 4 // 5))

    def for_browser(self) -> "Limits":
        """These limits with room for a browser, whose threads count as processes."""
        return replace(self, processes=max(self.processes, 600), files=max(self.files, 8192), shm=max(self.shm, 512 * MIB))

    def wire(self) -> dict[str, Json]:
        """As the supervisor reads them."""
        return dict(asdict(self))
