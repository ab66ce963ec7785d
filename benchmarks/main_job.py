"""The README's request, warm: wall time and where it went; and how light the control plane is.

make bench NAME=main_job
"""

import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from report import Row, report

ROOT = Path(__file__).resolve().parents[1]
COMMAND = str(Path(sys.executable).parent / "arkwright")
ROUNDS = 5
IMPORTS = 9


def main() -> None:
    """Measure and report."""
    usages = [one_run() for _ in range(ROUNDS + 1)][1:]
    wall = statistics.median(usage["process"] for usage in usages)
    own = statistics.median(1000 * sum(usage["seconds"][part] for part in ("plan", "kernel", "gate")) for usage in usages)
    rows = [
        Row("main job, warm, whole process", round(wall, 2), "s", "<= 5", wall <= 5, n=ROUNDS),
        Row("planner + kernel + gate", round(own), "ms", "<= 150", own <= 150, n=ROUNDS),
    ]
    for part in ("look", "plan", "kernel", "gate", "tools", "verify"):
        value = statistics.median(1000 * usage["seconds"][part] for usage in usages)
        rows.append(Row(f"  of which {part}", round(value), "ms", n=ROUNDS))
    rows += [import_time(), *control_plane()]
    report("main_job", rows)


def one_run() -> dict[str, object]:
    """The usage of one run in a fresh folder."""
    request = re.search(r'arkwright run "(.+)"', (ROOT / "Makefile").read_text()).group(1)
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(ROOT / "examples", Path(folder) / "examples")
        began = time.perf_counter()
        done = subprocess.run(
            [COMMAND, "run", request, "--workspace", folder, "--json"], capture_output=True, text=True, check=True
        )
        seconds = time.perf_counter() - began
    result = json.loads(done.stdout.splitlines()[-1])
    assert result["status"] == "verified", result
    return {**result["usage"], "process": seconds}


def import_time() -> Row:
    """CPU of `import arkwright` over that of an interpreter that imports nothing."""
    cpu = statistics.median(cpu_of("import arkwright") - cpu_of("pass") for _ in range(IMPORTS))
    return Row("import arkwright, CPU", round(cpu, 3), "s", "< 0.3", cpu < 0.3, n=IMPORTS)


def cpu_of(code: str) -> float:
    """User and system seconds of one interpreter."""
    before = os.times()
    subprocess.run([sys.executable, "-c", code], check=True)
    after = os.times()
    return after.children_user + after.children_system - before.children_user - before.children_system


def control_plane() -> list[Row]:
    """Packages and megabytes of a fresh environment with nothing but arkwright in it."""
    with tempfile.TemporaryDirectory() as folder:
        python = Path(folder) / "bin" / "python"
        subprocess.run([sys.executable, "-m", "venv", folder], check=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", str(ROOT)], check=True)
        listed = subprocess.run([python, "-m", "pip", "list", "--format", "json"], capture_output=True, text=True, check=True)
        packages = [package["name"] for package in json.loads(listed.stdout) if package["name"] not in ("pip", "setuptools")]
        size = sum(path.stat().st_size for path in Path(folder).rglob("*") if path.is_file() and not path.is_symlink())
        pip = sum(
            path.stat().st_size
            for name in ("pip", "setuptools")
            for at in Path(folder).rglob(name)
            if at.is_dir()
            for path in at.rglob("*")
            if path.is_file()
        )
    megabytes = (size - pip) / 1e6
    return [
        Row("packages of the control plane", len(packages), "", "<= 40", len(packages) <= 40),
        Row("size of the control plane without pip", round(megabytes, 1), "MB", "<= 80", megabytes <= 80),
    ]


if __name__ == "__main__":
    main()
