"""Paths: a call touches the workspace of its run and nothing else, and never Arkwright's own state."""

from pathlib import Path, PurePosixPath

from arkwright.safety.case import Case, Check, Ruling, allow, deny

SCRATCH = "/tmp/scratch/"
INSIDE = "/workspace"


class Paths(Check):
    """Every path of the footprint lies in the workspace, links followed; the scratch of the run may be read."""

    name = "paths"

    def judge(self, case: Case) -> Ruling:
        """Look at each path of the footprint."""
        footprint = case.footprint
        changes = [*(footprint.writes or ()), *footprint.deletes]
        for path in (*footprint.reads, *changes):
            if path not in changes and path.startswith(SCRATCH) and ".." not in PurePosixPath(path).parts:
                continue
            if reason := outside(case.workspace, path):
                return deny(
                    self.name,
                    "outside_workspace",
                    f"{case.call.tool} would touch {path!r}, which {reason}",
                    "work with paths inside the workspace, or start Arkwright with --workspace on that folder",
                )
            target, home = (case.workspace / _relative(path)).resolve(), case.home.resolve()
            if _within(target, home) or (path in changes and target != case.workspace.resolve() and _within(home, target)):
                return deny(
                    self.name,
                    "own_state",
                    f"{case.call.tool} would touch {path!r}, which is Arkwright's own state",
                    "leave it alone; `arkwright undo` and `arkwright audit verify` use it",
                )
        for path in footprint.deletes:
            if _relative(path) in ("", "."):
                return deny(
                    self.name,
                    "outside_workspace",
                    f"{case.call.tool} would remove the workspace itself",
                    "name what to remove in it",
                )
        return allow(self.name)


def outside(workspace: Path, path: str) -> str:
    """Why a path is not one of the workspace, empty when it is."""
    relative = _relative(path)
    if "\0" in path or ("\\" in path and ".." in path):
        return "is not a path"
    if relative.startswith(("/", "~")):
        return "is outside the workspace"
    if ".." in PurePosixPath(relative).parts:
        return "climbs out of the workspace"
    try:
        resolved = (workspace / relative).resolve()
    except (OSError, RuntimeError, ValueError):
        return "cannot be followed"
    return "" if _within(resolved, workspace.resolve()) else "leads out of the workspace through a link"


def _relative(path: str) -> str:
    """A path of the box as one relative to the workspace."""
    if path == INSIDE or path.startswith(INSIDE + "/"):
        return path[len(INSIDE) :].lstrip("/")
    return path


def _within(path: Path, folder: Path) -> bool:
    return path == folder or folder in path.parents
