"""Chapters: a document of the workspace opened, and made a chapter with a heading of its own."""

import re
from pathlib import Path

from .blocks import Block, Heading, Run
from .content import Content
from .fault import Fault
from .reading import read_document
from .sources import found


def open_document(path: str) -> Content:
    """The content of a workspace file.

    Raises:
        Fault: missing_file, unreadable, empty, bad_format.
    """
    target = found(path)
    if target.is_dir():
        raise Fault("bad_format", f"{path!r} is a folder, not a document", "name a file in it")
    return read_document(target, path)


def chapter(source: str) -> list[Block]:
    """The blocks of one source, opened by a heading of the first level: its own, or its name."""
    blocks = list(open_document(source).blocks)
    first = next((block for block in blocks if isinstance(block, Heading)), None)
    if first is None or first is not blocks[0]:
        blocks.insert(0, Heading(1, (Run(name_of(source)),)))
    elif first.level > 1:
        blocks[0] = Heading(1, first.runs)
    return blocks


def name_of(source: str) -> str:
    """A file name as a title."""
    words_ = re.sub(r"[_\-]+", " ", Path(source).stem).strip()
    return words_[:1].upper() + words_[1:]
