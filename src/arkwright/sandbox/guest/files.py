"""Files: reading, writing and listing under /workspace and /tmp, which no link leads out of."""

import contextlib
import ctypes
import json
import os
import struct
from typing import Any

from .loop import MOST_RESULT, Loop

ROOTS = ("/workspace", "/tmp")
OPENAT2, RESOLVE_BENEATH, RESOLVE_NO_MAGICLINKS = 437, 0x08, 0x02
LIBC = ctypes.CDLL(None, use_errno=True)


class Files:
    """Serves `put`, `get` and `list`."""

    def __init__(self, loop: Loop) -> None:
        self.loop = loop
        loop.serves |= {"put": self.put, "get": self.get, "list": self.list}

    def put(self, message: dict[str, Any], body: bytes) -> None:
        flags = os.O_WRONLY | os.O_CREAT | (os.O_APPEND if message.get("append") else os.O_TRUNC)
        with os.fdopen(beneath(message["path"], flags | os.O_NONBLOCK, message.get("mode", 0o644)), "wb") as file:
            file.write(body)
        self.loop.tell({"id": message["id"], "is": "end"})

    def get(self, message: dict[str, Any], body: bytes) -> None:
        with os.fdopen(beneath(message["path"], os.O_RDONLY | os.O_NONBLOCK), "rb") as file:
            file.seek(message.get("offset", 0))
            self.loop.tell({"id": message["id"], "is": "end"}, file.read(min(int(message.get("most", MOST_RESULT)), MOST_RESULT)))

    def list(self, message: dict[str, Any], body: bytes) -> None:
        descriptor = beneath(message["path"], os.O_RDONLY | os.O_DIRECTORY)
        with contextlib.closing(os.scandir(descriptor)) as entries:
            found = [
                [entry.name, entry.is_dir(follow_symlinks=False), entry.stat(follow_symlinks=False).st_size] for entry in entries
            ]
        os.close(descriptor)
        self.loop.tell({"id": message["id"], "is": "end"}, json.dumps(sorted(found)).encode())


def beneath(path: str, flags: int, mode: int = 0) -> int:
    """Open a path under /workspace or /tmp; no link, magic or not, leads out of there."""
    root = next((root for root in ROOTS if path == root or path.startswith(root + "/")), None)
    if root is None:
        raise OSError(1, f"{path!r} is neither in /workspace nor in /tmp")
    folder = os.open(root, os.O_PATH | os.O_DIRECTORY | os.O_CLOEXEC)
    how = struct.pack("QQQ", flags | os.O_CLOEXEC, mode if flags & os.O_CREAT else 0, RESOLVE_BENEATH | RESOLVE_NO_MAGICLINKS)
    relative = os.fsencode(path[len(root) :].lstrip("/") or ".")
    descriptor = LIBC.syscall(OPENAT2, folder, relative, how, len(how))
    number = ctypes.get_errno()
    os.close(folder)
    if descriptor < 0:
        raise OSError(number, os.strerror(number))
    return descriptor
