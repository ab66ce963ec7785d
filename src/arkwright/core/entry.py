"""Entry: what stood at a path of a workspace at a moment."""

from dataclasses import dataclass
from typing import Literal

Kind = Literal["file", "folder", "link"]


@dataclass(frozen=True, slots=True)
class Entry:
    """`mode` are the permission bits, `blob` the sha256 of a file or the target of a link."""

    kind: Kind
    mode: int
    blob: str = ""
