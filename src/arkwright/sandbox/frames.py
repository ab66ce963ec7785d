"""Frames: length-prefixed messages between the host and the supervisor in a box; whatever comes out of a box is hostile."""

import json
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

from arkwright.core.json import Object

HEAD = struct.Struct("!II")
MOST_HEAD = 256 << 10
MOST_BODY = 80 << 20


class Malformed(Exception):
    """The other side sent something that is no frame: it is broken or hostile, and the line to it is closed."""


@dataclass(frozen=True, slots=True)
class Frame:
    """A JSON object and raw bytes."""

    head: Object
    body: bytes = b""

    @property
    def id(self) -> int:
        """The request this frame belongs to."""
        value = self.head.get("id")
        if type(value) is not int:
            raise Malformed("a frame without a number")
        return value

    def text(self, key: str) -> str:
        """The string at `key`, or nothing when it is not one; at most 8,000 characters."""
        value = self.head.get(key)
        return value[:8000] if isinstance(value, str) else ""

    def number(self, key: str) -> float:
        """The number at `key`, or zero when it is not one."""
        value = self.head.get(key)
        return value if isinstance(value, int | float) and not isinstance(value, bool) else 0


def pack(head: Mapping[str, object], body: bytes = b"") -> bytes:
    """The bytes of one frame."""
    text = json.dumps(head).encode()
    return HEAD.pack(len(text), len(body)) + text + body


def sizes(prefix: bytes) -> tuple[int, int]:
    """Lengths of head and body announced by the first eight bytes.

    Raises:
        Malformed: they are larger than any honest frame.
    """
    head, body = HEAD.unpack(prefix)
    if head > MOST_HEAD or body > MOST_BODY:
        raise Malformed(f"a frame of {head} + {body} bytes")
    return head, body


def parse(head: bytes, body: bytes) -> Frame:
    """The frame made of these two parts.

    Raises:
        Malformed: the head is no JSON object.
    """
    try:
        value = json.loads(head)
    except (ValueError, RecursionError) as error:
        raise Malformed("a frame whose head is no JSON") from error
    if not isinstance(value, dict):
        raise Malformed("a frame whose head is no object")
    return Frame(cast("Object", value), body)
