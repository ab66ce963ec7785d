"""Browser: open a page in Chromium, read it, fill its forms, turn its tables into data, follow its pages."""

from typing import Annotated, Literal, cast
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field

from arkwright.core.json import Json, Object
from arkwright.core.observation import Artifact, Observation
from arkwright.core.ports import Hands
from arkwright.core.tool import Footprint, Hints, Send, Tool


class Step(BaseModel):
    """One step on the page."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)


class Click(Step):
    """Click a link, a button or any text."""

    do: Literal["click"]
    target: str = Field(min_length=1, description="its text, label or CSS selector")


class Fill(Step):
    """Type a value into a field."""

    do: Literal["fill"]
    target: str = Field(min_length=1, description="the field's label, name, placeholder or id")
    value: str


class Select(Step):
    """Choose from a list."""

    do: Literal["select"]
    target: str = Field(min_length=1, description="the list's label, name or id")
    value: str = Field(description="the visible text of the choice, or its value")


class Check(Step):
    """Tick or clear a box, or choose a radio button."""

    do: Literal["check"]
    target: str = Field(min_length=1, description="the box's label, name or id")
    checked: bool = True


class Submit(Step):
    """Send the form that was filled last."""

    do: Literal["submit"]
    target: str = Field(default="", description="the button's text; the form's own button when empty")


class Wait(Step):
    """Wait until a text or selector shows, or the page is quiet."""

    do: Literal["wait"]
    target: str = ""


class Screenshot(Step):
    """Save a picture of the page."""

    do: Literal["screenshot"]
    path: str = Field(pattern=r"(?i)\.(png|jpe?g)$", description="workspace file")
    full: bool = Field(default=True, description="the whole page, not only what fits the window")


class TableStep(Step):
    """Read one table of the page."""

    do: Literal["table"]
    index: int | None = Field(default=None, ge=0, description="which one, from 0")
    near: str = Field(default="", description="text of its caption, heading or id")


class NextPages(Step):
    """Follow the Next links and append the same table of each page."""

    do: Literal["next_pages"]
    limit: int = Field(default=100, ge=1, le=500, description="most pages to read")


class Download(Step):
    """Click something that downloads a file."""

    do: Literal["download"]
    target: str = Field(min_length=1, description="text of the link or button")
    path: str = Field(min_length=1, description="workspace file")


class Text(Step):
    """Read the text of a part of the page."""

    do: Literal["text"]
    target: str = Field(default="", description="CSS selector or heading; the whole page when empty")


AnyStep = Annotated[
    Click | Fill | Select | Check | Submit | Wait | Screenshot | TableStep | NextPages | Download | Text,
    Field(discriminator="do"),
]


class Visit(BaseModel):
    """Which page, and what to do there."""

    model_config = ConfigDict(extra="forbid")

    url: str = Field(pattern=r"(?i)^https?://", description="address")
    steps: list[AnyStep] = Field(default_factory=list[AnyStep], description="done in order; afterwards the page is read")
    timeout: float = Field(default=30.0, gt=0, le=300, description="seconds a single step may take")


async def visit(args: Visit, hands: Hands) -> Observation:
    """The page after the steps."""
    box = await hands.box("browser")
    asked = args.model_dump(mode="json")
    value = cast("Object", await box.call("browser.visit", asked, timeout=60 + 20 * args.timeout, progress=hands.progress))
    saved = cast("list[Json]", value.pop("saved"))
    kept = await adopt(hands, saved) if saved else ()
    if pictures := [artifact.path for artifact in kept if artifact.media_type.startswith("image/")]:
        value["screenshot"] = pictures[0]
    return Observation(
        value,
        f"read {value['title'] or value['url']!r}, {len(cast('list[Json]', value['tables']))} tables",
        kept,
        origin=("web",),
    )


async def adopt(hands: Hands, saved: list[Json]) -> tuple[Artifact, ...]:
    """Files of the scratch moved into the workspace: the browser box cannot write there."""
    box = await hands.box("work")
    paths = cast("list[str]", await box.call("files.adopt", {"files": saved}))
    return tuple([await hands.artifact(path) for path in paths])


def footprint(args: Visit) -> Footprint:
    """The address, the values typed into its forms, and the files saved."""
    parts = urlsplit(args.url)
    host, port = parts.hostname or "", parts.port or (443 if parts.scheme.lower() == "https" else 80)
    sends = [
        Send(host, port, len(step.value.encode()), "request", f"{step.value!r} as {step.target}")
        for step in args.steps
        if isinstance(step, Fill | Select)
    ]
    if any(isinstance(step, Submit) for step in args.steps):
        sends.append(Send(host, port, 0, "request", "a form"))
    writes = tuple(step.path for step in args.steps if isinstance(step, Screenshot | Download))
    return Footprint(writes=writes, urls=(args.url,), sends=tuple(sends))


TOOLS: tuple[Tool, ...] = (
    Tool(
        "browser.visit",
        "Open a page in a browser and read its text, links, forms and tables, after filling, clicking or paging as told",
        Visit,
        Hints(read_only=False, destructive=False, idempotent=False, open_world=True),
        visit,
        footprint,
    ),
)
