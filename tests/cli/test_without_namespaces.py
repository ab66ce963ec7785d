"""No user namespaces here: what runs no strange code may work, everything else is refused with the command that mends it."""

import os
import subprocess
from pathlib import Path

import pytest

from .conftest import COMMAND, ROOT, Command, Done

TOTALS = "Total the revenue in examples/sales.csv by region, biggest first, and save it as totals.csv"
MENDING = "sudo sysctl -w user.max_user_namespaces=15000"


@pytest.fixture
def confined(home: Path, workspace: Path) -> Command:
    """The command where no user namespace can be made."""

    def call(*words: str) -> Done:
        done = subprocess.run(
            [ROOT / ".ci" / "without-namespaces", COMMAND, *words], cwd=workspace,
            env={**os.environ, "ARKWRIGHT_HOME": str(home)}, stdin=subprocess.DEVNULL, capture_output=True, text=True,
            timeout=120, check=False,
        )  # fmt: skip
        return Done(done.returncode, done.stdout, done.stderr)

    return call


def test_a_program_of_the_user_is_refused_with_the_command_that_mends_it(confined: Command, workspace: Path) -> None:
    (workspace / "hello.py").write_text("open('trace.txt', 'w').write('it ran')\n")
    done = confined("run", "run hello.py", "--json")
    assert done.code in (1, 3), done
    assert MENDING in done.result["answer"]
    assert not (workspace / "trace.txt").exists()


def test_a_table_is_made_behind_the_fallback_and_refused_for_root(confined: Command, workspace: Path) -> None:
    done = confined("run", TOTALS, "--json")
    if os.geteuid() == 0:
        assert done.code == 3, done
        assert MENDING in done.result["answer"]
        assert [path.name for path in workspace.iterdir()] == ["examples"]
    else:
        assert done.code == 0, done
        assert (workspace / "totals.csv").read_text().splitlines()[1] == "East,74341.38"


def test_doctor_names_the_command_that_mends_it(confined: Command) -> None:
    done = confined("doctor")
    assert MENDING in done.out
