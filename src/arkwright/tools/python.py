"""Python: run a script, a snippet, or a cell of a session in the box without network."""

from typing import cast

from pydantic import BaseModel, ConfigDict, Field, model_validator

from arkwright.core.json import Object
from arkwright.core.observation import Observation
from arkwright.core.ports import Hands
from arkwright.core.tool import Footprint, Hints, Tool
from arkwright.errors import ToolError

CAP = 200_000


class Args(BaseModel):
    """Arguments of a Python tool."""

    model_config = ConfigDict(extra="forbid")


class Run(Args):
    """Which program, with what arguments and input."""

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


class Cell(Args):
    """Which code in which session."""

    session: str = Field(min_length=1, description="name; variables last as long as the run's box")
    code: str = Field(min_length=1, description="statements to run")
    check: bool = Field(default=True, description="an exception is an error")
    timeout: float = Field(default=120.0, gt=0, le=3600, description="seconds it may take")


async def run(args: Run, hands: Hands) -> Observation:
    """A program's exit code and output."""
    box = await hands.box("work")
    asked = args.model_dump(mode="json", exclude={"timeout"})
    value = cast("Object", await box.call("programs.python", asked, timeout=args.timeout, progress=hands.progress))
    kept = (await hands.artifact(args.save_stdout),) if args.save_stdout else ()
    return Observation(value, f"{args.path or 'the Python program'} ended with code {value['code']}", kept, origin=("workspace",))


async def cell(args: Cell, hands: Hands) -> Observation:
    """A cell's output."""
    box = await hands.box("work")
    ended = await box.cell(args.session, args.code, timeout=args.timeout)
    if ended.timed_out:
        raise ToolError(f"the cell in session {args.session!r} took longer than {args.timeout:g} s", code="timeout")
    stdout, stderr = (stream.decode(errors="replace") for stream in (ended.stdout, ended.stderr))
    if args.check and ended.code:
        last = "\n".join(stderr.strip().splitlines()[-3:])
        raise ToolError(f"the cell in session {args.session!r} failed: {last}", remedy="mend the code", code="exit")
    value: Object = {
        "code": ended.code,
        "stdout": stdout[:CAP],
        "stderr": stderr[:CAP],
        "truncated": ended.truncated or len(stdout) > CAP,
    }
    return Observation(value, f"cell in session {args.session!r} ended with code {ended.code}", origin=("workspace",))


CODE = Hints(read_only=False, destructive=True, idempotent=False, runs_code=True)

TOOLS: tuple[Tool, ...] = (
    Tool(
        "python.run",
        "Run a Python script or snippet in the workspace, without network",
        Run,
        CODE,
        run,
        lambda args: Footprint(writes=None),
    ),
    Tool(
        "python.cell", "Run Python in a session that keeps its variables", Cell, CODE, cell, lambda args: Footprint(writes=None)
    ),
)
