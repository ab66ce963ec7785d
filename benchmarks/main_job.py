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
OWN, PARTS = ("plan", "kernel", "gate"), ("screen", "look", "plan", "snapshot", "kernel", "gate", "tools", "verify")
OTHERS = 5_885  # files of a workspace that is a clone with its environment


def main() -> None:
    """Measure and report."""
    rows = [*figures("", [in_a_fresh_folder() for _ in range(ROUNDS + 1)][1:]), *figures(" among 5,885 files", in_a_crowd())]
    rows += [import_time(), *control_plane()]
    report("main_job", rows)


def figures(where: str, usages: list[dict]) -> list[Row]:
    """Wall time of the process, and what of it Arkwright itself took: medians, and the least."""
    walls = [usage["process"] for usage in usages]
    owns = [1000 * sum(usage["seconds"][part] for part in OWN) for usage in usages]
    wall, own, count = statistics.median(walls), statistics.median(owns), len(usages)
    rows = [
        Row(f"main job{where}, warm, whole process", round(wall, 2), "s", "<= 5", wall <= 5, n=count),
        Row("  the fastest", round(min(walls), 2), "s", n=count),
        Row(f"planner + kernel + gate{where}", round(own), "ms", "<= 150", own <= 150, n=count),
        Row("  the fastest", round(min(owns)), "ms", n=count),
    ]
    for part in PARTS:
        value = statistics.median(1000 * usage["seconds"][part] for usage in usages)
        rows.append(Row(f"  of which {part}" if part in OWN else f"  beside it {part}", round(value), "ms", n=count))
    return rows


def in_a_fresh_folder() -> dict:
    """The usage of one run where nothing else is."""
    with tempfile.TemporaryDirectory() as folder:
        return one_run(folder)


def in_a_crowd() -> list[dict]:
    """The usages of runs in one folder with many other files, after one that made them known."""
    with tempfile.TemporaryDirectory() as folder:
        for number in range(OTHERS):
            path = Path(folder) / f"package-{number % 97}" / f"module_{number}.py"
            path.parent.mkdir(exist_ok=True)
            path.write_text(f"number = {number}\n")
        return [one_run(folder) for _ in range(ROUNDS + 1)][1:]


def one_run(folder: str) -> dict:
    """The usage of one run over the examples in a folder."""
    request = re.search(r'arkwright run "(.+)"', (ROOT / "Makefile").read_text()).group(1)
    shutil.copytree(ROOT / "examples", Path(folder) / "examples", dirs_exist_ok=True)
    for made in Path(folder).glob("*.pdf"):
        made.unlink()
    began = time.perf_counter()
    done = subprocess.run([COMMAND, "run", request, "--workspace", folder, "--json"], capture_output=True, text=True, check=True)
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
