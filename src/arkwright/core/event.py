"""Event: one line of the append-only log that UI, audit, metrics, resume and undo all read."""

from dataclasses import dataclass, field

from arkwright.core.json import Json, Object


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened. `seq` counts within the run from 1; `at` is seconds since the epoch, UTC.

    Kinds: run.started, run.survey, run.planned, run.ended, run.cancelled, task.ready, task.started, task.progress,
    task.retry, task.done, task.failed, task.skipped, task.cancelled, task.waiting, task.in_doubt, gate.decided,
    approval.asked, approval.answered, checkpoint.taken, verify.checked, undo.done, redo.done, box.weaker, egress.connection.
    """

    run: str
    seq: int
    at: float
    kind: str
    task: str = ""
    data: Object = field(default_factory=dict[str, Json])
