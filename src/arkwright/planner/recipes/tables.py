"""Tables: sources → typed relational steps → files, charts, reports and answers."""

from arkwright.core.plan import Need, Question, Refusal
from arkwright.planner.reading import Draft, Reading


def propose(reading: Reading) -> Draft | Need | Refusal | Question | None:
    """What can be done about the tables a request speaks of."""
    return None
