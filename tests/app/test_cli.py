"""The command: exit codes, the JSON contract, and what a person reads."""

import json
import os
import signal
import subprocess
from pathlib import Path

import pytest

from .conftest import COMMAND, ROOT, Command

TOTALS = "Total the revenue in examples/sales.csv by region, biggest first, and save it as totals.csv"


def test_json_prints_an_event_a_line_and_last_the_result(arkwright: Command) -> None:
    done = arkwright("run", TOTALS, "--json")
    assert done.code == 0, done
    *events, result = [json.loads(line) for line in done.out.splitlines()]
    assert {"run_id", "status", "answer", "artifacts", "verdict", "usage"} <= set(result)
    assert [event["seq"] for event in events if event["seq"]] == sorted(event["seq"] for event in events if event["seq"])
    assert events[0]["kind"] == "run.started"
    assert events[-1]["kind"] == "run.ended"


def test_the_readmes_request_leaves_a_two_page_report(arkwright: Command, workspace: Path) -> None:
    request = (ROOT / "Makefile").read_text().split('arkwright run "')[1].split('"')[0]
    done = arkwright("run", request, "--json")
    assert done.code == 0, done.result
    assert [artifact["media_type"] for artifact in done.result["artifacts"]].count("application/pdf") == 1
    assert any(check["name"] == "pages" and check["outcome"] == "passed" for check in done.result["verdict"]["checks"])


def test_a_column_that_is_not_there_is_refused_by_name(arkwright: Command, workspace: Path) -> None:
    done = arkwright("run", "average profit_margin per region from examples/sales.csv, as csv", "--json")
    assert done.code == 3
    assert "profit_margin" in done.result["answer"]
    assert [path.name for path in workspace.iterdir()] == ["examples"]


def test_no_request_is_a_usage_error(arkwright: Command) -> None:
    done = arkwright("run")
    assert done.code == 2
    assert 'arkwright run "..."' in done.err


def test_an_error_is_one_line_that_says_what_to_do(arkwright: Command) -> None:
    done = arkwright("show", "nonsense")
    assert done.code == 2
    assert done.err == "arkwright: no runs are called 'nonsense'; `arkwright runs` lists them\n"


def test_a_plan_file_runs(arkwright: Command, workspace: Path) -> None:
    plan = arkwright("plan", TOTALS, "--json")
    assert plan.code == 0, plan.err
    (workspace / "plan.json").write_text(plan.out)
    done = arkwright("run", "--plan", "plan.json", "--json")
    assert done.code == 0, done.result
    assert (workspace / "totals.csv").exists()


def test_runs_show_events_and_undo_tell_the_story(arkwright: Command, workspace: Path) -> None:
    assert arkwright("run", TOTALS, "--quiet").code == 0
    assert "verified" in arkwright("runs").out
    assert "totals.csv" in arkwright("show", "last").out
    assert "task.done" in arkwright("events", "last").out
    assert "totals.csv" in arkwright("undo", "last").out
    assert not (workspace / "totals.csv").exists()


@pytest.mark.parametrize("command", ["run", "plan", "resume", "undo", "events", "approvals", "doctor", "tools"])
def test_help_says_what_a_command_is_for(arkwright: Command, command: str) -> None:
    done = arkwright(command, "--help")
    assert done.code == 0
    assert "Usage:" in done.out


@pytest.mark.parametrize("signal_number", [signal.SIGINT, signal.SIGKILL])
def test_a_stopped_run_is_resumed_to_the_same_result(
    arkwright: Command, workspace: Path, home: Path, signal_number: signal.Signals
) -> None:
    argv = [COMMAND, "run", TOTALS, "--json"]
    environment = {**os.environ, "ARKWRIGHT_HOME": str(home)}
    with subprocess.Popen(argv, cwd=workspace, env=environment, stdout=subprocess.PIPE, text=True) as running:
        assert running.stdout
        for line in running.stdout:
            if json.loads(line)["kind"] == "task.started":
                running.send_signal(signal_number)
                break
        running.stdout.read()
    assert running.returncode in (6, -9)
    done = arkwright("resume", "last", "--json")
    assert done.code == 0, done
    assert (workspace / "totals.csv").read_text().splitlines()[1] == "East,74341.38"


def test_a_reader_that_has_seen_enough_is_no_error(arkwright: Command, workspace: Path, home: Path) -> None:
    assert arkwright("run", TOTALS, "--quiet").code == 0
    with subprocess.Popen(
        [COMMAND, "events", "last", "--json"],
        env={**os.environ, "ARKWRIGHT_HOME": str(home)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as events:
        assert events.stdout
        assert events.stderr
        events.stdout.close()
        assert events.stderr.read() == b""
    assert events.returncode == 0
