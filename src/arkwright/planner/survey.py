"""Survey: what looks brought back, folded into what the planner may rely on."""

from dataclasses import replace
from typing import cast

from arkwright.core.json import Json, Object, thaw
from arkwright.core.observation import Observation
from arkwright.core.survey import Column, ColumnType, File, Survey, Table

WORKSPACE = "."


def look(survey: Survey, tool: str, args: Object, observation: Observation) -> Survey:
    """The survey with what a look brought back; a look that failed leaves its fault in the facts."""
    survey = _remember(survey, subject(tool, args), tool, observation)
    if observation.outcome != "ok":
        return survey
    match tool:
        case "files.list":
            return replace(survey, files=_files(observation.value)) if subject(tool, args) == WORKSPACE else survey
        case "tables.describe":
            return _with_tables(survey, [_table(item) for item in _objects(_get(observation.value, "tables"))])
        case "http.fetch" | "graphql.query":
            found = _get(observation.value, "table")
            return _with_tables(survey, [_from_ref(subject(tool, args), "", found)]) if isinstance(found, dict) else survey
        case "browser.visit":
            found = _objects(_get(observation.value, "tables"))
            return _with_tables(survey, [_from_ref(subject(tool, args), f"table:{n}", item) for n, item in enumerate(found, 1)])
        case _:
            return survey


def subject(tool: str, args: Object) -> str:
    """What a look is about: an address, or a path (`.` for the workspace itself)."""
    if "sources" in args:
        first = _objects(args["sources"])[0]
        return str(first.get("path", WORKSPACE))
    return str(args.get("url") or args.get("path") or WORKSPACE)


def _remember(survey: Survey, where: str, tool: str, observation: Observation) -> Survey:
    known = survey.facts.get(where)
    facts: dict[str, Json] = dict(known) if isinstance(known, dict) else {}
    fault = observation.fault
    if observation.outcome == "ok":
        facts[tool] = observation.value
    else:
        facts[tool] = {
            "fault": {
                "code": fault.code if fault else observation.outcome,
                "message": fault.message if fault else observation.summary,
                "remedy": fault.remedy if fault else "",
            }
        }
    return replace(survey, facts={**survey.facts, where: facts})


def _files(value: Json) -> tuple[File, ...]:
    rows = value if isinstance(value, list) else _get(value, "files")
    return tuple(
        File(str(row["path"]), int(cast("int", row.get("size") or 0)), str(row.get("media_type") or "")) for row in _objects(rows)
    )


def _with_tables(survey: Survey, tables: list[Table]) -> Survey:
    fresh = {(table.source, table.part) for table in tables}
    kept = tuple(table for table in survey.tables if (table.source, table.part) not in fresh)
    return replace(survey, tables=(*kept, *tables))


def _table(row: Object) -> Table:
    layout = row.get("layout")
    return Table(
        str(row.get("source") or row.get("path")),
        str(row.get("part") or ""),
        tuple(_column(item) for item in _objects(row.get("columns"))),
        int(cast("int", row.get("rows") or 0)),
        layout if isinstance(layout, dict) else {},
    )


def _column(row: Object) -> Column:
    values = row.get("values")
    texts = tuple(str(item) for item in values) if isinstance(values, list) else ()
    return Column(
        str(row["name"]),
        cast("ColumnType", row.get("type") or "text"),
        texts,
        int(cast("int", row.get("distinct") or len(texts))),
        int(cast("int", row.get("blanks") or 0)),
        str(row.get("format") or ""),
    )


def _from_ref(source: str, part: str, table: Object) -> Table:
    """A Table from a TableRef: its columns, and values as far as its preview shows them."""
    preview = [row for row in cast("list[Json]", table.get("preview") or []) if isinstance(row, list)]
    columns: list[Column] = []
    for at, item in enumerate(_objects(table.get("columns"))):
        cells = [row[at] for row in preview if at < len(row)]
        texts = tuple(dict.fromkeys(str(cell) for cell in cells if cell is not None and not isinstance(cell, list | dict)))
        columns.append(
            Column(str(item["name"]), cast("ColumnType", item.get("type") or "text"), texts, len(texts), cells.count(None))
        )
    return Table(source, part, tuple(columns), int(cast("int", table.get("rows") or 0)), {"table": thaw(table)})


def _get(value: Json, name: str) -> Json:
    return value.get(name) if isinstance(value, dict) else None


def _objects(value: Json) -> list[Object]:
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []
