"""Quota: how much a box has added to the disk, told cheaply by the free space and exactly only when that shrank."""

import asyncio
import os
from collections.abc import Sequence
from pathlib import Path

RESERVE = 256 << 20  # bytes always left to the rest of the machine
FILES = 500_000
FULL = f"the run may not add more to the disk: it added what a run may, or less than {RESERVE >> 20} MB are free"


class Quota:
    """Watches folders for growth by more than `most` bytes together, or by more files than a run can need."""

    def __init__(self, folders: Sequence[Path], most: int) -> None:
        self._folders, self._most = folders, most
        self._bytes = self._files = 0
        self._free: dict[Path, tuple[int, int]] = {}

    async def begin(self) -> None:
        """Note how things are before anything runs."""
        self._free = {folder: free(folder) for folder in self._folders}
        self._bytes, self._files = await asyncio.to_thread(self._size)

    async def exceeded(self) -> bool:
        """Whether the folders grew too much."""
        suspect = False
        for folder in self._folders:
            space, files = free(folder)
            before, files_before = self._free.get(folder, (space, files))
            suspect = suspect or before - space > self._most or space < RESERVE or files_before - files > FILES
        if not suspect:
            return False
        size, files = await asyncio.to_thread(self._size)
        grown = size - self._bytes
        return (
            grown > self._most or files - self._files > FILES or (grown > 0 and min(free(f)[0] for f in self._folders) < RESERVE)
        )

    def _size(self) -> tuple[int, int]:
        size = files = 0
        for folder in self._folders:
            for root, folders, names in os.walk(folder):
                files += len(names) + len(folders)
                for name in names:
                    try:
                        size += os.lstat(os.path.join(root, name)).st_blocks * 512
                    except OSError:
                        continue
        return size, files


def free(folder: Path) -> tuple[int, int]:
    """Free bytes and free file numbers of the disk that holds a folder."""
    about = os.statvfs(folder)
    return about.f_bavail * about.f_frsize, about.f_favail
