"""Pictures: those in a paragraph that lie in the workspace stand on their own."""

import re
from pathlib import Path

from .blocks import Block, Figure, Paragraph, Run, Runs, merged, plain
from .paths import workspace


def paragraph(runs: Runs, base: Path | None) -> list[Block]:
    """A paragraph; pictures in it that are there stand on their own."""
    found: list[Block] = []
    held: list[Run] = []
    for run in runs:
        target = picture(run.image, base) if run.image else None
        if target:
            found += [Paragraph(merged(held))] if plain(held).strip() else []
            found.append(Figure(str(target), run.text))
            held = []
        else:
            held.append(run)
    return [*found, Paragraph(merged(held))] if plain(held).strip() or any(run.image for run in held) else found


def shown(source: str) -> bool:
    """Whether a picture's address may stand in a result: on the web, in the page itself, or beside it.

    An absolute path, `file:` and a way out of the folder would show what lies there on the reader's machine.
    """
    source = source.strip()
    if re.match(r"https?://|data:image/", source, re.I):
        return True
    odd = re.match(r"[a-z][a-z0-9+.-]*:|[/\\\\]", source, re.I)
    return not odd and ".." not in re.split(r"[/\\\\]|%2f|%5c", source.replace("%2e", ".").replace("%2E", "."), flags=re.I)


def picture(source: str, base: Path | None) -> Path | None:
    """The file of a picture, if it lies in the workspace."""
    if base is None or re.match(r"[a-z][a-z0-9+.-]*:", source, re.I) or source.startswith("/"):
        return None
    target = (base / source).resolve()
    return target if target.is_file() and workspace() in target.parents else None
