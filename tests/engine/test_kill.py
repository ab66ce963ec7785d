"""kill -9, for real: the benchmark in small."""

import json
import subprocess
import sys
from pathlib import Path

BENCHMARK = Path(__file__).parents[2] / "benchmarks" / "kill.py"


def test_killed_runs_lose_nothing_get_nothing_wrong_and_repeat_nothing_finished() -> None:
    done = subprocess.run([sys.executable, BENCHMARK, "--kills", "4", "--seed", "5"], capture_output=True, text=True, check=True)
    rows = {row["what"]: row["value"] for row in json.loads(done.stdout.splitlines()[-1])["rows"]}
    assert rows["kill -9 at a random moment"] == 4
    assert (rows["lost tasks"], rows["wrong results"], rows["finished steps repeated"]) == (0, 0, 0)
