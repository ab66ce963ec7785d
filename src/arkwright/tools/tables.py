"""Tables: describe what is there, query it, save it, take one value out of it. The work is done by DuckDB inside the box."""

from typing import Annotated, Any, Literal, cast

from pydantic import BaseModel, ConfigDict, Field, JsonValue

from arkwright.core.json import Json, Object
from arkwright.core.observation import Observation
from arkwright.core.ports import Hands
from arkwright.core.tool import Footprint, Hints, Tool

Cond = Annotated[
    dict[str, JsonValue], Field(description='{"column","op","value"} | {"all":[...]} | {"any":[...]} | {"not":Cond}')
]
Expr = Annotated[dict[str, JsonValue], Field(description='{"column"} | {"value"} | {"op","args":[Expr...]}')]
Fn = Literal["sum", "mean", "median", "min", "max", "count", "count_distinct", "stddev", "first", "last", "mode"]


class Args(BaseModel):
    """Arguments: what is not named here is an error."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)


class TableRef(Args):
    """A table that another call of this run left in scratch."""

    table: str = Field(description="where it lies, under /tmp/scratch")
    columns: list[Object] = Field(default_factory=list[Object])
    rows: int = 0
    preview: list[list[JsonValue]] = Field(default_factory=list[list[JsonValue]])
    name: str = ""


class Source(Args):
    """A file of the workspace read as a table."""

    path: str = Field(description="relative to the workspace")
    part: str = Field(default="", description="a sheet, a database table, a dotted JSON path, or a view such as log or words")
    layout: Object = Field(default_factory=dict[str, Any], description="how to read it, as tables.describe reported it")


Input = TableRef | Source


class Sort(Args):
    """One key of an order."""

    column: str
    descending: bool = False


class Aggregate(Args):
    """One number of each group. `count` without a column counts rows."""

    name: str
    fn: Fn
    column: str = ""


class Filter(Args):
    """Keep the rows for which the condition holds. A blank never satisfies a comparison."""

    do: Literal["filter"]
    where: Cond


class Derive(Args):
    """Add a column, or replace the one of that name."""

    do: Literal["derive"]
    name: str
    expr: Expr


class Group(Args):
    """One row for each combination of the `by` columns; none: one row in all."""

    do: Literal["group"]
    by: list[str] = Field(default_factory=list[str])
    aggregates: list[Aggregate]


class Pivot(Args):
    """`rows` down the side, the values of `columns` across the top, `fn` of `values` in the cells."""

    do: Literal["pivot"]
    rows: list[str]
    columns: str
    values: str = ""
    fn: Fn = "sum"


class Order(Args):
    """Order the rows; blanks come last."""

    do: Literal["sort"]
    by: list[Sort]


class Limit(Args):
    """The first (or last) `count` rows, of each `per` group if given."""

    do: Literal["limit"]
    count: int = Field(ge=0)
    per: list[str] = Field(default_factory=list[str])
    from_end: bool = False


class Pick(Args):
    """A column to keep, under a new name if given."""

    column: str
    name: str = ""


class Select(Args):
    """Keep these columns, in this order."""

    do: Literal["select"]
    columns: list[Pick]


class Drop(Args):
    """Leave these columns out."""

    do: Literal["drop"]
    columns: list[str]


class Pair(Args):
    """The columns that must be equal in a join."""

    left: str
    right: str


class Join(Args):
    """Bring in another input; `anti` keeps the rows that have no partner there."""

    do: Literal["join"]
    other: str = Field(alias="with")
    on: list[Pair]
    how: Literal["inner", "left", "anti"] = "inner"


class Tag(Args):
    """A column that says which input a row came from."""

    name: str
    values: dict[str, JsonValue]


class Union(Args):
    """Append other inputs, matched by column name."""

    do: Literal["union"]
    others: list[str] = Field(alias="with")
    tag: Tag | None = None


class Distinct(Args):
    """One row for each combination of `on` (none: of all columns)."""

    do: Literal["distinct"]
    on: list[str] = Field(default_factory=list[str])
    keep: Literal["first", "last"] = "first"


class Fill(Args):
    """Put a value where the column is blank."""

    do: Literal["fill"]
    column: str
    value: JsonValue


class Window(Args):
    """A number that depends on other rows of the same `by` group, in the given order."""

    do: Literal["window"]
    name: str
    fn: Literal["running_sum", "rank", "share", "previous", "change", "change_percent"]
    column: str = ""
    by: list[str] = Field(default_factory=list[str])
    order: list[Sort] = Field(default_factory=list[Sort])


class Unnest(Args):
    """One row for each element of a list column; fields of objects become dotted columns."""

    do: Literal["unnest"]
    column: str


Step = Annotated[
    Filter | Derive | Group | Pivot | Order | Limit | Select | Drop | Join | Union | Distinct | Fill | Window | Unnest,
    Field(discriminator="do"),
]


class Place(Args):
    """A file to look at; all its sheets, tables and views when no part is named."""

    path: str
    part: str = ""
    layout: Object = Field(default_factory=dict[str, Any])


class DescribeArgs(Args):
    """Arguments of tables.describe."""

    sources: list[Place] = Field(min_length=1)


class QueryArgs(Args):
    """Arguments of tables.query."""

    inputs: dict[str, Input] = Field(min_length=1, description="tables by name; the steps start with the first")
    steps: list[Step] = Field(default_factory=list[Step])
    name: str = Field(default="", description="what to call the result")


class Sheet(Args):
    """A table to save, and the name of its sheet."""

    table: Input
    name: str = ""


class SaveArgs(Args):
    """Arguments of tables.save."""

    sheets: list[Sheet] = Field(min_length=1)
    path: str = Field(description="relative to the workspace; the extension decides the format")
    delimiter: str = ""
    encoding: str = ""
    shape: Literal["records", "object", "combined"] = "records"
    overwrite: bool = Field(default=False, description="replace a file that is there")


class ValueArgs(Args):
    """Arguments of tables.value."""

    table: Input
    column: str = ""
    row: int = 0


def dump(args: Args) -> Object:
    """The arguments as the box takes them."""
    return cast("Object", args.model_dump(mode="json", by_alias=True))


def paths(*inputs: Input) -> tuple[str, ...]:
    """The workspace files among some inputs."""
    return tuple(dict.fromkeys(item.path for item in inputs if isinstance(item, Source)))


def origin(*inputs: Input) -> tuple[str, ...]:
    """Where the values come from, as far as these arguments tell: a TableRef is followed by whoever knows its task."""
    return ("workspace",) if paths(*inputs) else ()


async def describe(args: DescribeArgs, hands: Hands) -> Observation:
    """Say which tables the files hold: columns, types, values, layout."""
    value = cast("dict[str, list[Object]]", await (await hands.box("work")).call("tables.describe", dump(args)))
    found = value["tables"]
    names = ", ".join(dict.fromkeys(place.path for place in args.sources))
    return Observation(
        cast("Object", value), f"{len(found)} table{'' if len(found) == 1 else 's'} in {names}", origin=("workspace",)
    )


async def query(args: QueryArgs, hands: Hands) -> Observation:
    """Run the steps and leave the result in scratch."""
    value = cast("Object", await (await hands.box("work")).call("tables.query", dump(args), progress=hands.progress))
    return Observation(value, told(args, int(cast("int", value["rows"]))), origin=origin(*args.inputs.values()))


def told(args: QueryArgs, rows: int) -> str:
    """One sentence: how many rows of what, grouped by what."""
    name = args.name or ", ".join(paths(*args.inputs.values())) or "a table"
    by = next((step.by for step in reversed(args.steps) if isinstance(step, Group)), list[str]())
    return f"{rows} row{'' if rows == 1 else 's'} of {name}" + (f" by {', '.join(by)}" if by else "")


async def save(args: SaveArgs, hands: Hands) -> Observation:
    """Write the tables to one file of the workspace."""
    value = cast("Object", await (await hands.box("work")).call("tables.save", dump(args), progress=hands.progress))
    artifact = await hands.artifact(str(value["path"]))
    return Observation(value, f"{value['rows']} rows saved to {artifact.path}{warning(value.get('formulas'))}", (artifact,))


def warning(formulas: Json) -> str:
    """What to know of a csv file whose texts a spreadsheet program would compute."""
    if not formulas:
        return ""
    return f"; {formulas} texts begin like a formula: a spreadsheet program may compute them, an xlsx file keeps them texts"


async def take(args: ValueArgs, hands: Hands) -> Observation:
    """One value of a table."""
    value = await (await hands.box("work")).call("tables.value", dump(args))
    return Observation(value, f"{args.column or 'the value'} is {value}", origin=origin(args.table))


TOOLS: tuple[Tool, ...] = (
    Tool(
        "tables.describe",
        "Say which tables files hold: columns, types, distinct values, layout",
        DescribeArgs,
        Hints(),
        describe,
        lambda args: Footprint(reads=tuple(place.path for place in args.sources)),
    ),
    Tool(
        "tables.query",
        "Filter, derive, group, pivot, join, sort and limit tables",
        QueryArgs,
        Hints(),
        query,
        lambda args: Footprint(reads=paths(*args.inputs.values())),
    ),
    Tool(
        "tables.save",
        "Write tables as csv, tsv, xlsx, json, parquet, md, html or sqlite",
        SaveArgs,
        Hints(read_only=False),
        save,
        lambda args: Footprint(
            reads=paths(*(sheet.table for sheet in args.sheets)),
            writes=(args.path,),
            deletes=(args.path,) if args.overwrite else (),
        ),
    ),
    Tool(
        "tables.value",
        "Take one value out of a table",
        ValueArgs,
        Hints(),
        take,
        lambda args: Footprint(reads=paths(args.table)),
    ),
)
