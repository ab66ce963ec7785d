"""Forms, downloads and acts in the world in other words."""

import pytest
from tests.planner.desk import SITE, calls, plan

from arkwright.core.plan import Question, Refusal


@pytest.mark.parametrize(
    "text",
    [
        f"Please open {SITE}/contact and enter Ann Lee as the name, ann@lee.test as the e-mail and 'Hello there' as the message, then submit the form.",
        f"could you submit the form at {SITE}/contact for me? Name is Ann Lee, mail address ann@lee.test, and as message write 'Hello there'. Don't subscribe me to the newsletter.",
    ],
)
def test_values_are_found_before_and_after_their_fields(text: str) -> None:
    steps = calls(text)[0][1]["steps"]
    assert isinstance(steps, list)
    filled = {str(s["target"]): s["value"] for s in steps if isinstance(s, dict) and s.get("do") == "fill"}
    assert filled == {"name": "Ann Lee", "email": "ann@lee.test", "message": "Hello there"}
    assert not [s for s in steps if isinstance(s, dict) and s.get("do") == "check" and s.get("checked")]


def test_only_the_files_of_a_year_go_into_the_folder_and_keep_their_names() -> None:
    text = f"Only the PDF reports of the year 2025 should be saved in a folder called r25, and nothing else. Their file names must not be changed. They are on {SITE}/reports/"
    tools = calls(text)
    assert [tool for tool, _ in tools] == ["http.links", "tables.query", "http.download"]
    assert tools[-1][1]["to"] == "r25"
    assert "2025" in str(tools[1][1])


@pytest.mark.parametrize(
    "text", ["The bill has to be paid from my credit card.", "please ring Dr. Miller", "can you e-mail the report to my boss"]
)
def test_an_act_in_the_world_is_refused_however_it_is_said(text: str) -> None:
    found = plan(text)
    assert isinstance(found, Refusal)
    assert found.code == "not_possible"


def test_a_wish_without_an_object_is_asked_about() -> None:
    assert isinstance(plan("It should look a bit better. Please take care of it like last time."), Question)
