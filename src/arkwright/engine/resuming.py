"""Resuming: what becomes of the tasks that were under way, or waited, when a run is taken up again."""

from arkwright.core.run import Node
from arkwright.engine.kernel import Answered, Lost
from arkwright.engine.ledger import Ledger


def take_up(ledger: Ledger) -> None:
    """Attempts nobody heard of again are lost; what waited goes on if it was answered."""
    for node in list(ledger.forest.in_state("running")):
        ledger.happen(Lost(node.task.id, node.epoch))
    for node in list(ledger.forest.in_state("waiting", "in_doubt")):
        _answer(ledger, node)


def _answer(ledger: Ledger, node: Node) -> None:
    """Settled by the latest approval of the task. A call the gate left waiting with no open question is put to the gate again."""
    asked = [approval for approval in ledger.approvals.values() if approval.task == node.task.id]
    if any(approval.state == "open" for approval in asked):
        return
    own = node.state == "in_doubt" or node.task.kind == "approve"
    if own and not asked:
        return
    ledger.happen(Answered(node.task.id, asked[-1].state == "approved" if own else True))
