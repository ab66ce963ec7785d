"""Strip: cuts from a program or library what only linkers and debuggers read."""

import os
import struct
from pathlib import Path

MAGIC = b"\x7fELF\x02\x01"  # 64 bits, little-endian
SECTIONS = 40  # offset of e_shoff; e_shentsize, e_shnum and e_shstrndx are at 58, 60 and 62


def strip(path: Path) -> int:
    """Shorten an ELF file in place; returns the bytes saved. What is no such file stays as it is."""
    with path.open("r+b") as file:
        head = file.read(64)
        if not head.startswith(MAGIC) or len(head) < 64:
            return 0
        (table,) = struct.unpack_from("<Q", head, 32)
        width, count = struct.unpack_from("<HH", head, 54)
        file.seek(table)
        segments = file.read(width * count)
        ends = [offset + size for offset, size in (struct.unpack_from("<Q16xQ", segments, at * width + 8) for at in range(count))]
        saved = os.fstat(file.fileno()).st_size - max([64, table + width * count, *ends])
        if saved > 0:
            file.truncate(os.fstat(file.fileno()).st_size - saved)
            file.seek(SECTIONS)
            file.write(struct.pack("<Q", 0))
            file.seek(60)
            file.write(struct.pack("<HH", 0, 0))
        return max(0, saved)
