"""Node: run a JavaScript file or snippet in the box without network."""

from typing import cast

from pydantic import BaseModel, ConfigDict, Field, model_validator

from arkwright.core.json import Object
from arkwright.core.observation import Observation
from arkwright.core.ports import Hands
from arkwright.core.tool import Footprint, Hints, Tool


class Run(BaseModel):
    """Which program, with what arguments and input."""

    model_config = ConfigDict(extra="forbid")

    path: str = Field(default="", description="script in the workspace")
    code: str = Field(default="", max_length=100_000, description="program text, instead of a path")
    args: list[str] = Field(default_factory=list[str], description="its arguments")
    stdin: str = Field(default="", description="its standard input")
    save_stdout: str = Field(default="", description="file that gets exactly what it prints")
    check: bool = Field(default=True, description="an exit code other than 0 is an error")
    timeout: float = Field(default=120.0, gt=0, le=3600, description="seconds it may take")

    @model_validator(mode="after")
    def names_one_program(self) -> "Run":
        """Either a path or code."""
        if bool(self.path) == bool(self.code):
            raise ValueError("give either path or code")
        return self


async def run(args: Run, hands: Hands) -> Observation:
    """A program's exit code and output."""
    box = await hands.box("work")
    asked = args.model_dump(mode="json", exclude={"timeout"})
    value = cast("Object", await box.call("programs.node", asked, timeout=args.timeout, progress=hands.progress))
    kept = (await hands.artifact(args.save_stdout),) if args.save_stdout else ()
    return Observation(value, f"{args.path or 'the Node program'} ended with code {value['code']}", kept, origin=("workspace",))


TOOLS: tuple[Tool, ...] = (
    Tool(
        "node.run",
        "Run a JavaScript file or snippet in the workspace with Node, without network",
        Run,
        Hints(read_only=False, destructive=True, idempotent=False, runs_code=True),
        run,
        lambda args: Footprint(writes=None),
    ),
)
