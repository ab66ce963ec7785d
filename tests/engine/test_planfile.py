"""Plan files: what a person writes is read, what cannot run is named."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arkwright.core.json import Json, ref
from arkwright.core.plan import Estimate, Plan, Requirement
from arkwright.core.task import Resources, Retry, Task
from arkwright.core.tool import Hints, ToolSpec
from arkwright.engine.planfile import check, read, write
from arkwright.errors import UserError

CATALOGUE = [ToolSpec(name, name, {}, Hints()) for name in ("tables.query", "tables.save", "files.read")]
WRITTEN = """
goal: total the revenue
answer: [The total is, {$ref: total, path: rows}]
requirements:
  - {id: r1, text: total the revenue, tasks: total}
tasks:
  - id: total
    goal: total by region
    tool: tables.query
    args:
      inputs: {sales: {path: sales.csv}}
      since: 2024-01-01
    resources: {seconds: 0.5}
    retry: {most: 3}
  - id: save
    tool: tables.save
    args: {sheets: [{table: {$ref: total}}], path: out.xlsx}
    timeout: 30
"""
PLAN = Plan(
    "total the revenue",
    (
        Task(
            "total", "total by region", "tables.query",
            {"inputs": {"sales": {"path": "sales.csv"}}, "since": "2024-01-01"}, resources=Resources(0.5), retry=Retry(3),
        ),
        Task("save", "tables.save", "tables.save", {"sheets": [{"table": ref("total")}], "path": "out.xlsx"}, ("total",),
             timeout=30),
    ),
    (Requirement("r1", "total the revenue", ("total",)),),
    ("The total is", ref("total", "rows")),
)  # fmt: skip


def test_a_plan_reads_as_it_is_written_with_needs_from_references_and_dates_as_text() -> None:
    assert read(WRITTEN) == PLAN


def test_a_plan_in_json_reads_as_well() -> None:
    assert read('{"goal": "g", "tasks": [{"id": "a", "tool": "files.read"}]}') == Plan(
        "g", (Task("a", "files.read", "files.read"),)
    )


TEXT = st.text(st.characters(min_codepoint=32, max_codepoint=0x2FF), min_size=1, max_size=12)
VALUES: st.SearchStrategy[Json] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=6,
)
TASKS = st.builds(
    Task,
    id=TEXT,
    goal=TEXT,
    tool=st.sampled_from(["tables.query", ""]),
    args=st.dictionaries(TEXT, VALUES, max_size=3),
    kind=st.sampled_from(["call", "plan", "approve"]),
    resources=st.builds(Resources, seconds=st.floats(0, 9), memory=st.integers(0)),
    retry=st.builds(Retry, most=st.integers(1, 9)),
    idempotent=st.booleans(),
    timeout=st.floats(1, 9),
)


@given(st.lists(TASKS, min_size=1, max_size=3), st.lists(VALUES, max_size=3), TEXT)
def test_what_is_written_reads_back_equal(tasks: list[Task], answer: list[Json], goal: str) -> None:
    plan = Plan(goal, tuple(tasks), answer=tuple(answer), estimate=Estimate(1.5, 2.0), notes=("a note",))
    assert read(write(plan)) == plan


def test_defaults_are_not_written() -> None:
    assert write(Plan("g", (Task("a", "do a", "files.read"),))) == "goal: g\ntasks:\n- id: a\n  goal: do a\n  tool: files.read\n"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("goal: [", "my.yaml is not YAML or JSON"),
        ("just words", "my.yaml: the file: Input should be"),
        ("goal: g", "my.yaml: tasks: Field required"),
        ("goal: g\ntasks: []", "tasks: List should have at least 1 item"),
        ("goal: g\ntasks: [{tool: x}]", r"tasks.0.id: Field required"),
        ("goal: g\ntasks: [{id: a, tol: x}]", r"tasks.0.tol: Extra inputs are not permitted"),
        ("goal: g\ntasks: [{id: a, kind: dance}]", r"tasks.0.kind: Input should be 'call'"),
        ("goal: g\ntasks: [{id: a, timeout: 0}]", r"tasks.0.timeout: Input should be greater than 0"),
        ("goal: g\ntasks: [{id: a, resources: {sceonds: 1}}]", "tasks.0.resources.sceonds: Extra"),
        ("goal: g\ntasks: [{id: a, args: {at: !!python/object:os.system x}}]", "not YAML or JSON"),
    ],
)
def test_what_is_not_a_plan_is_named_with_its_place(text: str, message: str) -> None:
    with pytest.raises(UserError, match=message):
        read(text, name="my.yaml")


@pytest.mark.parametrize(
    ("plan", "message"),
    [
        (Plan("g", (Task("a", "a", "tables.qury"),)), r"'a' uses the tool 'tables.qury'.*known: tables.query, tables.save"),
        (Plan("g", (Task("a", "a"), Task("a", "a"))), "'a' is in the plan twice"),
        (Plan("g", (Task("a", "a", needs=("b",)),)), "'a' needs 'b'"),
        (Plan("g", (Task("a", "a", args={"x": [ref("b")]}),)), "'a' refers to 'b'"),
        (Plan("g", (Task("a", "a"),), answer=(ref("b"),)), "the answer refers to 'b'"),
        (Plan("g", (Task("a", "a"),), (Requirement("r", "r", ("b",)),)), "'r' is met by 'b'"),
        (Plan("g", (Task("a", "a", needs=("b",)), Task("b", "b", needs=("a",)))), "circle"),
        (Plan("g", (Task("a", "a", args={"x": ref("a")}),)), "circle"),
    ],
)
def test_a_plan_that_cannot_run_is_named(plan: Plan, message: str) -> None:
    with pytest.raises(UserError, match=message):
        check(plan, CATALOGUE)


def test_a_good_plan_passes() -> None:
    check(PLAN, CATALOGUE)
    check(replace(PLAN, tasks=(*PLAN.tasks, Task("j", "join", args={"all": ref("save")}))), CATALOGUE)
