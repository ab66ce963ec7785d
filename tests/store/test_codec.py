"""The codec: what is written comes back equal, and old rows load."""

import json
from types import MappingProxyType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arkwright.core.event import Event
from arkwright.core.json import Json
from arkwright.core.observation import Artifact, Fault, Observation
from arkwright.core.plan import Estimate, Plan, Requirement
from arkwright.core.request import Request
from arkwright.core.result import Result
from arkwright.core.survey import Column, File, Survey, Table
from arkwright.core.task import Resources, Retry, Task
from arkwright.core.verdict import Check, Verdict
from arkwright.errors import InternalError
from arkwright.store.codec import decode, dumps, encode, loads

TEXT = st.text(max_size=8)
NUMBER = st.floats(allow_nan=False, allow_infinity=False)
JSON: st.SearchStrategy[Json] = st.recursive(
    st.none() | st.booleans() | st.integers() | NUMBER | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=8,
)
OBJECT = st.dictionaries(TEXT, JSON, max_size=3)


def some(kind: type[Any], /, **parts: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.builds(kind, **parts)


def many(each: st.SearchStrategy[Any]) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(each, max_size=3).map(tuple)


ARTIFACT = some(Artifact, path=TEXT, media_type=TEXT, sha256=TEXT, size=st.integers(0))
FAULT = some(Fault, code=TEXT, message=TEXT, remedy=TEXT, transient=st.booleans())
OBSERVATION = some(
    Observation, value=JSON, summary=TEXT, artifacts=many(ARTIFACT), outcome=st.sampled_from(["ok", "error", "waiting"]),
    fault=st.none() | FAULT, seconds=NUMBER, origin=many(TEXT),
)  # fmt: skip
TASK = some(
    Task, id=TEXT, goal=TEXT, tool=TEXT, args=OBJECT, needs=many(TEXT), kind=st.sampled_from(["call", "plan"]), parent=TEXT,
    expects=OBJECT, resources=some(Resources, seconds=NUMBER, tokens=st.integers(0)), idempotent=st.booleans(),
    retry=some(Retry, most=st.integers(1, 9), base=NUMBER), timeout=NUMBER,
)  # fmt: skip
PLAN = some(
    Plan, goal=TEXT, tasks=many(TASK), requirements=many(some(Requirement, id=TEXT, text=TEXT, tasks=many(TEXT))),
    answer=many(JSON), estimate=some(Estimate, critical_path=NUMBER), recipes=many(TEXT), notes=many(TEXT),
)  # fmt: skip
CHECK = some(
    Check, name=TEXT, requirement=TEXT, outcome=st.sampled_from(["passed", "failed", "unknown"]), detail=TEXT, evidence=many(TEXT)
)
RESULT = some(
    Result, run_id=TEXT, status=st.sampled_from(["verified", "failed"]), answer=TEXT, artifacts=many(ARTIFACT),
    verdict=some(Verdict, status=st.sampled_from(["verified", "unverified", "failed"]), checks=many(CHECK)), usage=OBJECT,
)  # fmt: skip
COLUMN = some(
    Column, name=TEXT, type=st.sampled_from(["text", "number"]), values=many(TEXT), distinct=st.integers(0), format=TEXT
)
SURVEY = some(
    Survey, files=many(some(File, path=TEXT, size=st.integers(0))), facts=OBJECT,
    tables=many(some(Table, source=TEXT, part=TEXT, columns=many(COLUMN), rows=st.integers(0), layout=OBJECT)),
)  # fmt: skip
REQUEST = some(Request, text=TEXT, workspace=TEXT, budget_usd=st.none() | NUMBER)
EVENT = some(Event, run=TEXT, seq=st.integers(0), at=NUMBER, kind=TEXT, task=TEXT, data=OBJECT)


@given(OBSERVATION | TASK | PLAN | RESULT | SURVEY | REQUEST | EVENT)
def test_what_is_written_comes_back_equal(value: Any) -> None:
    assert loads(type(value), dumps(value)) == value
    assert decode(type(value), encode(value)) == value


def test_a_file_name_that_is_not_utf8_survives() -> None:
    name = b"caf\xe9.csv".decode("utf-8", "surrogateescape")
    assert loads(File, dumps(File(name, 1))) == File(name, 1)


def test_a_mapping_that_is_not_a_dict_is_written_as_one() -> None:
    frozen = MappingProxyType({"a.csv": 1})
    assert loads(Survey, dumps(Survey(facts=frozen))) == Survey(facts={"a.csv": 1})


def test_an_old_row_takes_defaults_and_one_from_the_future_loses_what_nobody_knows() -> None:
    assert loads(Task, json.dumps({"id": "a", "goal": "g", "colour": "red"})) == Task("a", "g")


def test_a_row_without_a_required_field_says_which() -> None:
    with pytest.raises(InternalError, match="Task without \\['goal'\\]"):
        loads(Task, '{"id": "a"}')


def test_what_has_no_json_is_refused() -> None:
    with pytest.raises(InternalError, match="cannot store a object"):
        dumps(Observation(value=object()))  # type: ignore[arg-type]
