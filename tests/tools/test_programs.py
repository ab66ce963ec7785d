"""Python, Node and shell programs, in a real box without network."""

from pathlib import Path

import pytest
from pydantic import ValidationError

from arkwright.core.tool import Footprint
from arkwright.errors import ToolError
from arkwright.tools import node, python, terminal

from .conftest import Use


async def test_a_script_runs_in_the_workspace_with_arguments_and_input(use: Use, workspace: Path) -> None:
    (workspace / "my script.py").write_text("import sys, os\nprint(sys.argv[1:], sys.stdin.read(), os.listdir('.'))")
    seen = await use(python, "python.run", path="my script.py", args=["a b"], stdin="in")
    assert seen.value == {"code": 0, "stdout": "['a b'] in ['my script.py']\n", "stderr": "", "truncated": False}


async def test_a_snippet_may_use_the_toolbox(use: Use) -> None:
    seen = await use(python, "python.run", code="import numpy; print(numpy.arange(4).sum())")
    assert seen.value["stdout"] == "6\n"


async def test_standard_output_is_saved_exactly(use: Use, workspace: Path) -> None:
    code = "import sys; sys.stdout.buffer.write(bytes(range(256)) * 4000)"
    seen = await use(python, "python.run", code=code, save_stdout="out/all.bin")
    assert (workspace / "out" / "all.bin").read_bytes() == bytes(range(256)) * 4000
    assert seen.value["truncated"] is True
    assert [a.path for a in seen.artifacts] == ["out/all.bin"]


async def test_a_failing_program_is_an_error_that_quotes_its_last_words(use: Use, workspace: Path) -> None:
    with pytest.raises(ToolError, match="ValueError: bad number") as caught:
        await use(python, "python.run", code="print(1)\nraise ValueError('bad number')", save_stdout="out.txt")
    assert caught.value.code == "exit"
    assert not (workspace / "out.txt").exists()


async def test_a_failing_program_is_a_value_when_not_checked(use: Use) -> None:
    seen = await use(terminal, "terminal.run", command="echo out; echo err >&2; exit 3", check=False)
    assert seen.value == {"code": 3, "stdout": "out\n", "stderr": "err\n", "truncated": False}


async def test_a_missing_module_is_named(use: Use) -> None:
    with pytest.raises(ToolError, match="'pandas_of_nowhere'") as caught:
        await use(python, "python.run", code="import pandas_of_nowhere")
    assert caught.value.code == "missing_module"
    assert "numpy" in caught.value.remedy


async def test_a_program_that_never_ends_is_ended(use: Use) -> None:
    with pytest.raises(ToolError) as caught:
        await use(terminal, "terminal.run", command="sleep 300 & sleep 300", timeout=1)
    assert caught.value.code == "timeout"


async def test_there_is_no_network(use: Use, site_base: str) -> None:
    code = f"import urllib.request; urllib.request.urlopen({site_base!r})"
    with pytest.raises(ToolError):
        await use(python, "python.run", code=code)


async def test_node_runs_a_file_and_a_snippet(use: Use, workspace: Path) -> None:
    (workspace / "hi.js").write_text("console.log('hi', process.argv[2])")
    assert (await use(node, "node.run", path="hi.js", args=["you"])).value["stdout"] == "hi you\n"
    assert (await use(node, "node.run", code="console.log(1 + 1)")).value["stdout"] == "2\n"


async def test_a_session_keeps_its_variables(use: Use) -> None:
    await use(python, "python.cell", session="s", code="x = 20")
    assert "41" in (await use(python, "python.cell", session="s", code="print(x * 2 + 1)")).value["stdout"]
    with pytest.raises(ToolError, match="NameError"):
        await use(python, "python.cell", session="other", code="print(x)")


async def test_a_path_or_code_is_needed_and_not_both() -> None:
    for args in ({}, {"path": "a.py", "code": "1"}):
        with pytest.raises(ValidationError, match="either path or code"):
            python.Run.model_validate(args)


@pytest.mark.parametrize("tool", [*python.TOOLS, *node.TOOLS, *terminal.TOOLS], ids=lambda tool: tool.name)
def test_code_may_write_anywhere_and_says_so(tool: object) -> None:
    assert tool.hints.runs_code
    assert not tool.hints.read_only
    assert tool.footprint(None) == Footprint(writes=None)
