"""Ending: what a run says when it stops short: a question, something that waits, a failure."""

from dataclasses import dataclass

from arkwright.core.observation import Fault
from arkwright.core.plan import Question, Refusal
from arkwright.core.result import Status
from arkwright.core.run import Node
from arkwright.core.verdict import Check, Verdict
from arkwright.engine.forest import Forest
from arkwright.engine.planning import Waits


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a forest did not come to a good end. All denied: the run counts as refused."""

    status: Status
    answer: str
    verdict: Verdict


def question(asked: Question | Waits) -> str:
    """What the user has to say before the run can go on."""
    if isinstance(asked, Waits):
        return asked.question
    return f"{asked.text} ({' / '.join(asked.options)})" if asked.options else asked.text


def refusal(refused: Refusal) -> str:
    """What is not done, about which words, and what would help."""
    about = f"{refused.clause!r}: " if refused.clause else ""
    return f"{about}{refused.reason}" + (f"; {refused.remedy}" if refused.remedy else "")


def waits(forest: Forest) -> str:
    """What tasks ask a person, one line each; empty when none does."""
    lines = [_question_of(node) for node in forest.in_state("waiting", "in_doubt")]
    if lines:
        lines += [f"failed meanwhile: {_reason(node)}" for node in forest.in_state("failed")]
    return "\n".join(dict.fromkeys(lines))


def failure(forest: Forest) -> Failure | None:
    """What went wrong, or None when all is done."""
    failed = list(forest.in_state("failed"))
    if not failed:
        return None
    denied = all(node.observation and node.observation.outcome == "denied" for node in failed)
    checks = tuple(Check("task", node.task.goal, "failed", _reason(node), (node.task.id,)) for node in failed)
    answer = "\n".join(dict.fromkeys(_reason(node) for node in failed))
    return Failure("refused" if denied else "failed", answer, Verdict("failed", checks))


def _question_of(node: Node) -> str:
    if node.state == "in_doubt":
        return f"{node.task.goal!r} was interrupted and may have happened already; run it again?"
    fault = node.observation.fault if node.observation else None
    return fault.message if fault else (node.observation.summary if node.observation else node.task.goal)


def _reason(node: Node) -> str:
    fault = (node.observation.fault if node.observation else None) or Fault("error", f"{node.task.goal!r} failed")
    return f"{fault.message}; {fault.remedy}" if fault.remedy else fault.message
