"""Answers: what is said about results: the figures that were asked for, and names for them in words."""

from arkwright.core.json import Json, ref
from arkwright.planner.reading import Drafting, Reading
from arkwright.planner.recipes.tables.query import Query
from arkwright.planner.recipes.tables.steps import Built

Made = tuple[Query, Built, Json]


def say(reading: Reading, draft: Drafting, item: Made) -> None:
    """The answer to one question: its numbers, its first row, or its table."""
    query, built, table = item
    if not built.keys and built.numbers:
        for at, label in enumerate(built.numbers):
            task = draft.task(f"read {label}", "tables.value", {"table": table, "column": label})
            draft.say(f"{quantity(reading, query, at, label)}: ", ref(task), ".\n")
        return
    if query.top is not None and query.top.count == 1 and not query.group and built.keys and built.numbers:
        key = draft.task(f"read {built.keys[0]}", "tables.value", {"table": table, "column": built.keys[0]})
        value = draft.task(f"read {built.numbers[0]}", "tables.value", {"table": table, "column": built.numbers[0]})
        draft.say(ref(key), f" ({words(built.numbers[0])}: ", ref(value), ").\n")
        return
    draft.say(f"{describe(built)}:\n" if built.numbers else "", table, "\n")


def quantity(reading: Reading, query: Query, at: int, label: str) -> str:
    """What a number is: `Action items`, `Total amount`."""
    measure = query.measures[at] if at < len(query.measures) else None
    if label == "count" and measure is not None and measure.span:
        skip = {"how", "many", "number", "of", "the", "count", "total", "different", "distinct", "a", "an"}
        left = [n for n in measure.span if reading.norms[n] not in skip]
        text = reading.quote(left)
        if text:
            return text[:1].upper() + text[1:]
    return words(label).capitalize() if label != "count" else "Rows"


def words(label: str) -> str:
    """A column name as words."""
    return label.replace("_", " ").replace(".", " ").strip()


def describe(built: Built) -> str:
    """A title: `Total amount per region and month`."""
    numbers = " and ".join(words(n) for n in built.numbers[:3]) if not built.pivoted else "values"
    keys = " and ".join(words(k) for k in built.keys)
    text = f"{numbers} per {keys}" if keys and numbers else numbers or "the rows"
    return text[:1].upper() + text[1:]
