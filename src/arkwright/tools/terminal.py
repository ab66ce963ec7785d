"""Terminal: run a shell command in the workspace, in the box without network."""

from typing import cast

from pydantic import BaseModel, ConfigDict, Field

from arkwright.core.json import Object
from arkwright.core.observation import Observation
from arkwright.core.ports import Hands
from arkwright.core.tool import Footprint, Hints, Tool


class Run(BaseModel):
    """Which command."""

    model_config = ConfigDict(extra="forbid")

    command: str = Field(min_length=1, max_length=100_000, description="what `sh -c` gets; it starts in the workspace")
    stdin: str = Field(default="", description="its standard input")
    save_stdout: str = Field(default="", description="file that gets exactly what it prints")
    check: bool = Field(default=True, description="an exit code other than 0 is an error")
    timeout: float = Field(default=120.0, gt=0, le=3600, description="seconds it may take")


async def run(args: Run, hands: Hands) -> Observation:
    """A command's exit code and output."""
    box = await hands.box("work")
    asked = args.model_dump(mode="json", exclude={"timeout"})
    value = cast("Object", await box.call("programs.shell", asked, timeout=args.timeout, progress=hands.progress))
    kept = (await hands.artifact(args.save_stdout),) if args.save_stdout else ()
    return Observation(value, f"the command ended with code {value['code']}", kept, origin=("workspace",))


TOOLS: tuple[Tool, ...] = (
    Tool(
        "terminal.run",
        "Run a shell command in the workspace, without network",
        Run,
        Hints(read_only=False, destructive=True, idempotent=False, runs_code=True),
        run,
        lambda args: Footprint(writes=None),
    ),
)
