"""Resuming: what becomes of the tasks that were under way, or waited, when a run is taken up again."""

from arkwright.core.run import Node
from arkwright.engine.kernel import Answered, Lost, approval_id
from arkwright.engine.ledger import Ledger


def take_up(ledger: Ledger) -> None:
    """Attempts nobody heard of again are lost; what waited goes on if it was answered."""
    for node in list(ledger.forest.in_state("running")):
        ledger.happen(Lost(node.task.id, node.epoch))
    for node in list(ledger.forest.in_state("waiting", "in_doubt")):
        _answer(ledger, node)


def _answer(ledger: Ledger, node: Node) -> None:
    """What the engine asked is settled by its answer. A call the gate left waiting goes back to the gate once nothing is open."""
    if node.state == "in_doubt" or node.task.kind == "approve":
        own = ledger.approvals.get(approval_id(ledger.run.id, node))
        if own and own.state != "open":
            ledger.happen(Answered(node.task.id, own.state == "approved"))
    elif not any(asked.task == node.task.id and asked.state == "open" for asked in ledger.approvals.values()):
        ledger.happen(Answered(node.task.id, True))
