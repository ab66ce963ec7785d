"""Programs: run Python, Node or a shell command in the workspace, and bring back how it ended and what it said."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

from .fault import Fault
from .paths import atomic, existing, in_scratch, inside, relative, workspace

Progress = Callable[[float, str], None]
CAP = 200_000
MISSING = re.compile(r"(?:ModuleNotFoundError: No module named|Error: Cannot find module) '([^']+)'")
HAVE = "use the standard library, numpy, duckdb, matplotlib, openpyxl, python-docx, pypdf, lxml, pyyaml or pillow"


def python(args: dict, progress: Progress) -> dict:
    """{code, stdout, stderr, truncated} of a Python script (`path`) or snippet (`code`).

    Faults: not_found, outside_workspace, exit, missing_module.
    """
    program = [script(args["path"])] if args.get("path") else ["-c", args["code"]]
    return run([sys.executable, "-B", *program, *args.get("args", [])], args, named(args, "the Python program"))


def node(args: dict, progress: Progress) -> dict:
    """{code, stdout, stderr, truncated} of a JavaScript file (`path`) or snippet (`code`).

    Faults: not_found, outside_workspace, no_node, exit, missing_module.
    """
    executable = shutil.which("node") or shutil.which("nodejs")
    if not executable:
        raise Fault("no_node", "Node is not installed on this machine", "apt install nodejs")
    program = [script(args["path"])] if args.get("path") else ["-e", args["code"], "--"]
    return run([executable, *program, *args.get("args", [])], args, named(args, "the Node program"))


def shell(args: dict, progress: Progress) -> dict:
    """{code, stdout, stderr, truncated} of `sh -c command`.

    Faults: exit.
    """
    return run(["/bin/sh", "-c", args["command"]], args, f"the command {args['command'][:200]!r}")


def script(path: str) -> str:
    """A script's path relative to the workspace, where it will run."""
    target = existing(path)
    if target.is_dir():
        raise Fault("is_folder", f"{path!r} is a folder", "name the script in it")
    return relative(target)


def named(args: dict, otherwise: str) -> str:
    """What to call the program in messages."""
    return repr(args["path"]) if args.get("path") else otherwise


def run(argv: list[str], args: dict, what: str) -> dict:
    """Run to the end. `save_stdout` gets all it prints; with `check` a bad end is a Fault and leaves no such file.

    The program stays in this process's group, so that whoever ends this call ends it too.
    """
    with ExitStack() as stack:
        target = inside(args["save_stdout"]) if args.get("save_stdout") else None
        out = stack.enter_context(atomic(target)) if target else in_scratch(".out")
        err = in_scratch(".err")
        try:
            with out.open("wb") as stdout, err.open("wb") as stderr:
                ended = subprocess.run(
                    argv,
                    input=args.get("stdin", "").encode(),
                    stdout=stdout,
                    stderr=stderr,
                    cwd=workspace(),
                    env=environment(),
                    check=False,
                )
            value = {"code": ended.returncode, "stdout": head(out), "stderr": head(err)}
            value["truncated"] = max(out.stat().st_size, err.stat().st_size) > CAP
        finally:
            err.unlink(missing_ok=True)
            if target is None:
                out.unlink(missing_ok=True)
        if args.get("check", True):
            refuse_failure(value, what)
    return value


def environment() -> dict[str, str]:
    """What the program sees: the box's own environment, in which Python finds the toolbox's modules."""
    return {name: value for name, value in os.environ.items() if not name.startswith("ARKWRIGHT_")}


def head(path: Path) -> str:
    """The first CAP bytes of a file as text."""
    with path.open("rb") as stream:
        return stream.read(CAP).decode("utf-8", "replace")


def refuse_failure(value: dict, what: str) -> None:
    """A code other than 0 as a Fault that ends with what the program said last."""
    if value["code"] == 0:
        return
    stderr = value["stderr"] or value["stdout"]
    if missing := MISSING.search(stderr):
        raise Fault("missing_module", f"{what} needs the module {missing[1]!r}, which the box does not have", HAVE)
    last = "\n".join(stderr.strip().splitlines()[-5:])[-1500:]
    how = f"was killed by signal {-value['code']}" if value["code"] < 0 else f"ended with code {value['code']}"
    raise Fault("exit", f"{what} {how}: {last or 'it said nothing'}", "mend the program or its input")
