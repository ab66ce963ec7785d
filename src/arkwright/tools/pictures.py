"""Pictures: the ones of the workspace at another size or in another format."""

from typing import cast

from pydantic import BaseModel, ConfigDict, Field

from arkwright.core.json import Json, Object
from arkwright.core.observation import Observation
from arkwright.core.ports import Hands
from arkwright.core.tool import Footprint, Hints, Tool


class Pair(BaseModel):
    """A picture and what is made of it."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)

    source: str = Field(alias="from", min_length=1, description="path as it is")
    target: str = Field(alias="to", min_length=1, description="path of the new picture")


class Scale(BaseModel):
    """Which pictures become which, and how large; without a size they only change their format."""

    model_config = ConfigDict(extra="forbid")

    pictures: list[Pair] = Field(min_length=1, description="pairs of paths; the new ending decides the format")
    factor: float | None = Field(default=None, gt=0, le=8, description="0.5 halves width and height")
    width: int | None = Field(default=None, ge=1, le=20_000, description="pixels at most, proportions kept")
    height: int | None = Field(default=None, ge=1, le=20_000, description="pixels at most, proportions kept")
    longest: int | None = Field(default=None, ge=1, le=20_000, description="pixels of the longer side at most")


async def scale(args: Scale, hands: Hands) -> Observation:
    """Pictures at another size."""
    box = await hands.box("work")
    value = await box.call("scaling.scale", args.model_dump(mode="json", by_alias=True), progress=hands.progress)
    paths = [str(cast("Object", item)["path"]) for item in cast("list[Json]", cast("Object", value)["files"])]
    made = tuple([await hands.artifact(path) for path in paths])
    return Observation(value, f"{len(paths)} pictures", made, origin=("workspace",))


def footprint(args: Scale) -> Footprint:
    """The pictures are read, the new ones written."""
    return Footprint(reads=tuple(p.source for p in args.pictures), writes=tuple(p.target for p in args.pictures))


TOOLS: tuple[Tool, ...] = (
    Tool(
        "pictures.scale",
        "Write pictures at another size or in another format; never overwrites",
        Scale,
        Hints(read_only=False),
        scale,
        footprint,
    ),
)
