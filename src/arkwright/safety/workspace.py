"""Workspace: which folder needs an explicit yes before anything works in it."""

import asyncio
import hashlib
import os
import time
from pathlib import Path

from arkwright.core.decision import Approval
from arkwright.core.plan import Question
from arkwright.core.request import Request
from arkwright.errors import Refused
from arkwright.safety.ports import ApprovalStore, Asker

MOST = 2 << 30
"""Bytes above which a workspace is asked about: a checkpoint of it takes minutes and gigabytes."""
PATIENCE = 2.0


class Door:
    """Lets runs into workspaces; one that holds too much needs a yes, which is asked for once."""

    def __init__(self, approvals: ApprovalStore, asker: Asker | None) -> None:
        self._approvals = approvals
        self._asker = asker

    async def admit(self, request: Request) -> Approval | None:
        """None when the run may go in, else the question that waits.

        Raises:
            Refused: the answer was no, or nobody is to be asked.
        """
        question = await asyncio.to_thread(question_workspace, Path(request.workspace))
        if question is None:
            return None
        name = f"workspace-{hashlib.sha256(request.workspace.encode()).hexdigest()[:8]}"
        shows = {"workspace": request.workspace}
        approval = await self._approvals.ask(Approval(name, "", "", "workspace", question.text, dict(shows)))
        if approval.state == "open" and request.approve == "ask" and self._asker is not None:
            said = await asyncio.to_thread(self._asker.ask, approval)
            approval = approval if said is None else await self._approvals.answer(name, "approved" if said else "denied")
        if approval.state == "approved":
            return None
        if approval.state == "denied" or request.approve != "ask":
            raise Refused(f"{question.text} nobody said yes", remedy="name a smaller folder with --workspace")
        return approval


def question_workspace(path: Path, *, home: Path | None = None, most: int = MOST) -> Question | None:
    """What the user has to confirm about a workspace, or None. `/` and the home folder hold far more than one task needs.

    A folder too big to be measured in two seconds is asked about as well.
    """
    resolved = path.resolve()
    user = (home or Path.home()).resolve()
    if resolved == Path(resolved.anchor):
        return _ask(f"the workspace would be {str(resolved)!r}, the whole machine")
    if resolved == user or resolved in user.parents:
        return _ask(f"the workspace would be {str(resolved)!r}, which holds your whole home folder")
    size = measure(resolved, most)
    if size is None:
        return _ask(f"the workspace {str(resolved)!r} holds so many files that it could not be measured in {PATIENCE:g} seconds")
    if size > most:
        return _ask(f"the workspace {str(resolved)!r} holds more than {most / (1 << 30):.1f} GB")
    return None


def measure(path: Path, most: int, *, patience: float = PATIENCE) -> int | None:
    """Bytes in the files of a folder, counted until they are more than `most`; None when `patience` seconds are not enough."""
    end = time.monotonic() + patience
    total = 0
    folders = [str(path)]
    while folders:
        if time.monotonic() > end:
            return None
        try:
            with os.scandir(folders.pop()) as entries:
                for entry in entries:
                    if entry.is_dir(follow_symlinks=False):
                        folders.append(entry.path)
                    elif entry.is_file(follow_symlinks=False):
                        total += entry.stat(follow_symlinks=False).st_size
        except OSError:
            continue
        if total > most:
            return total
    return total


def _ask(what: str) -> Question:
    return Question(f"{what}; work there all the same?", ("yes", "no"))
