"""Charts: a table drawn as a picture by matplotlib inside the box."""

from typing import Literal, cast

from pydantic import BaseModel, ConfigDict, Field, JsonValue

from arkwright.core.json import Object
from arkwright.core.observation import Observation
from arkwright.core.ports import Hands
from arkwright.core.tool import Footprint, Hints, Tool


class DrawArgs(BaseModel):
    """Arguments of charts.draw."""

    model_config = ConfigDict(extra="forbid")

    table: dict[str, JsonValue] = Field(description="a table of this run, or a source: {path, part?, layout?}")
    kind: Literal["bar", "line", "scatter", "histogram", "pie", "area"]
    x: str = Field(default="", description="the column of the categories, dates or x values")
    y: list[str] = Field(default_factory=list[str], description="the columns of the values")
    series: str = Field(default="", description="a column whose values become one series each")
    title: str
    x_label: str = ""
    y_label: str = ""
    path: str = Field(description="relative to the workspace; .png, .svg or .pdf")
    stacked: bool = False
    horizontal: bool = False
    overwrite: bool = Field(default=False, description="replace a file that is there")


async def draw(args: DrawArgs, hands: Hands) -> Observation:
    """Draw the chart and leave it in the workspace."""
    box = await hands.box("work")
    value = cast("Object", await box.call("charts.draw", cast("Object", args.model_dump(mode="json")), progress=hands.progress))
    artifact = await hands.artifact(str(value["path"]))
    return Observation(value, f"{args.kind} chart of {value['points']} points in {artifact.path}", (artifact,))


def touches(args: DrawArgs) -> Footprint:
    """The picture is written; the source, if it is a file, is read."""
    path = args.table.get("path")
    reads = (path,) if isinstance(path, str) else ()
    return Footprint(reads=reads, writes=(args.path,), deletes=(args.path,) if args.overwrite else ())


TOOLS: tuple[Tool, ...] = (
    Tool(
        "charts.draw", "Draw a bar, line, scatter, area, pie chart or histogram", DrawArgs, Hints(read_only=False), draw, touches
    ),
)
