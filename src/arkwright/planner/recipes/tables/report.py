"""Report: a document about results: what the data are, the table, the chart, what stands out."""

from collections.abc import Sequence

from arkwright.core.json import Json, Object, ref
from arkwright.planner.reading import Drafting, Reading
from arkwright.planner.recipes.tables.events import Window
from arkwright.planner.recipes.tables.query import Query, Wish
from arkwright.planner.recipes.tables.schema import Schema
from arkwright.planner.recipes.tables.steps import Built, Puzzled


def report(
    reading: Reading,
    schema: Schema,
    draft: Drafting,
    wish: Wish,
    made: Sequence[tuple[Query, Built, Json]],
    figures: Sequence[str],
    path: str,
) -> str:
    """Add the tasks of the document; returns the last one."""
    blocks: list[Json] = [{"text": introduction(schema, made)}]
    for (query, built, table), figure in zip(made, figures, strict=True):
        heading = headline(built)
        if len(made) > 1:
            blocks.append({"heading": heading, "level": 1})
        blocks += findings(draft, query, built, table)
        blocks.append({"heading": "Figures", "level": 1 if len(made) == 1 else 2})
        blocks.append({"table": compact(draft, built, table), "caption": f"{heading}."})
        if figure:
            blocks.append({"heading": "Chart", "level": 1 if len(made) == 1 else 2})
            blocks.append({"figure": ref(figure, "path"), "caption": f"{heading}."})
        blocks += changes(draft, query, built, table)
    title = wish.title or headline(made[0][1])
    args: Object = {"path": path, "title": title, "subtitle": f"From {sources(schema)}", "blocks": blocks}
    if wish.report and wish.report.pages:
        args["pages"] = wish.report.pages
    return draft.task(f"write {path}", "documents.write", args)


def headline(built: Built) -> str:
    """`Total revenue per region and month`."""
    numbers = " and ".join(n.replace("_", " ") for n in built.numbers[:3]) if not built.pivoted else "values"
    keys = " and ".join(k.replace("_", " ") for k in built.keys)
    text = f"{numbers} per {keys}" if keys and numbers else numbers or "overview"
    return text[:1].upper() + text[1:]


def sources(schema: Schema) -> str:
    """The names of what was read."""
    return ", ".join(dict.fromkeys(table.source for table in schema.tables))


def introduction(schema: Schema, made: Sequence[tuple[Query, Built, Json]]) -> str:
    """What the report shows, from which data, and how gaps were treated."""
    rows = sum(table.rows for table in schema.tables)
    topics = "; ".join(headline(built)[:1].lower() + headline(built)[1:] for _, built, _ in made)
    text = f"This report shows the {topics}. It is based on {sources(schema)}, which holds {rows:,} rows."
    conditions = [f.text for query, _, _ in made for f in query.filters if f.text]
    if conditions:
        text += f" Only rows that meet this condition are counted: {', '.join(dict.fromkeys(conditions))}."
    notes = list(dict.fromkeys(note for _, built, _ in made for note in built.notes))
    if notes:
        text += f" {'; '.join(notes)[:1].upper()}{'; '.join(notes)[1:]}."
    gaps = [
        f"{f.column.blanks} rows have no {f.label} and add nothing to it"
        for f in schema.fields
        if f.column and f.numeric and f.column.blanks and any(f.label in n for _, b, _ in made for n in b.numbers)
    ]
    return text + (f" {'; '.join(gaps)}." if gaps else "")


def findings(draft: Drafting, query: Query, built: Built, table: Json) -> list[Json]:
    """The largest and the smallest group, as sentences."""
    if built.pivoted or not built.keys or not built.numbers:
        return []
    number = built.numbers[0]
    who = ", ".join(f"{{{k}}}" for k in built.keys)
    blocks: list[Json] = [{"heading": "What stands out", "level": 1}]
    for word, down in (("highest", True), ("lowest", False)):
        steps: list[Json] = [
            {"do": "filter", "where": {"column": number, "op": "notblank"}},
            {"do": "sort", "by": [{"column": number, "descending": down}]},
            {"do": "limit", "count": 1},
        ]
        task = draft.task(f"find the {word}", "tables.query", {"inputs": {"result": table}, "steps": steps})
        blocks.append({"rows": ref(task), "template": f"{who} has the {word} {number.replace('_', ' ')}: {{{number}:,.2f}}."})
    return blocks


def compact(draft: Drafting, built: Built, table: Json) -> Json:
    """A result over time and something else is easier to read with the times down the side."""
    others = [k for k in built.keys if k != built.dated]
    if built.pivoted or not built.dated or len(others) != 1 or len(built.numbers) != 1:
        return table
    step: Object = {"do": "pivot", "rows": [built.dated], "columns": others[0], "values": built.numbers[0], "fn": "sum"}
    order: Object = {"do": "sort", "by": [{"column": built.dated, "descending": False}]}
    return ref(draft.task("lay out the table", "tables.query", {"inputs": {"result": table}, "steps": [step, order]}))


def changes(draft: Drafting, query: Query, built: Built, table: Json) -> list[Json]:
    """The largest changes from one period to the next."""
    blocks: list[Json] = []
    for one in (w for w in query.windows if w.count is not None):
        task = change(draft, one, built, table)
        noun = "changes" if (one.count or 0) > 1 else "change"
        blocks.append(
            {"heading": f"The largest {noun}" if one.descending or one.absolute else f"The smallest {noun}", "level": 1}
        )
        others = [k for k in built.keys if k != built.dated]
        who = ", ".join([*(f"{{{k}}}" for k in others), f"{{{built.dated}}}"])
        number = built.numbers[0]
        blocks.append(
            {"rows": ref(task), "template": f"{who}: {{change:+,.2f}} on the {built.dated} before, to {{{number}:,.2f}}."}
        )
    return blocks


def change(draft: Drafting, one: Window, built: Built, table: Json) -> str:
    """The task that finds the largest changes of a result over time."""
    if not built.dated:
        raise Puzzled(
            "changes need something that goes on in time, such as months",
            span=one.span,
            remedy="say per month, per quarter or per year",
        )
    number = built.numbers[0]
    by: list[Json] = [k for k in built.keys if k != built.dated]
    steps: list[Json] = [
        {
            "do": "window",
            "name": "change",
            "fn": "change",
            "column": number,
            "by": by,
            "order": [{"column": built.dated, "descending": False}],
        },
        {"do": "filter", "where": {"column": "change", "op": "notblank"}},
    ]
    key = "change"
    if one.absolute:
        steps.append({"do": "derive", "name": "size_of_change", "expr": {"op": "abs", "args": [{"column": "change"}]}})
        key = "size_of_change"
    steps.append({"do": "sort", "by": [{"column": key, "descending": one.descending}]})
    steps.append({"do": "limit", "count": one.count or 1})
    if one.absolute:
        steps.append({"do": "drop", "columns": ["size_of_change"]})
    task = draft.task(f"find the {one.count} largest changes", "tables.query", {"inputs": {"result": table}, "steps": steps})
    draft.require(draft.reading.quote(one.span), task)
    return task
