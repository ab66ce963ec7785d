"""The workspace: the whole machine, the home folder and gigabytes are asked about."""

from pathlib import Path

import pytest

from arkwright.core.request import Request
from arkwright.errors import Refused
from arkwright.safety.workspace import Door, measure, question_workspace
from safety.house import House, Person


def test_an_ordinary_folder_is_not_asked_about(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("x")
    assert question_workspace(tmp_path, home=tmp_path.parent / "someone") is None


@pytest.mark.parametrize("what", ["root", "home", "above home", "link to home"])
def test_the_machine_and_the_home_folder_are(tmp_path: Path, what: str) -> None:
    home = tmp_path / "users" / "me"
    home.mkdir(parents=True)
    (tmp_path / "link").symlink_to(home)
    path = {"root": Path("/"), "home": home, "above home": tmp_path / "users", "link to home": tmp_path / "link"}[what]
    question = question_workspace(path, home=home)
    assert question is not None
    assert question.options == ("yes", "no")


def test_too_many_bytes_are(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"x" * 2000)
    question = question_workspace(tmp_path, home=tmp_path.parent / "someone", most=1000)
    assert question is not None
    assert "holds more than" in question.text


def test_a_folder_that_takes_too_long_to_measure_has_no_size(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("x")
    assert measure(tmp_path, 1000, patience=-1.0) is None
    assert measure(tmp_path, 1000) == 1


@pytest.mark.parametrize(("answer", "admitted"), [(True, True), (False, None), (None, False)])
async def test_the_door_asks_once_and_remembers(house: House, answer: bool | None, admitted: bool | None) -> None:
    person = Person(answer)
    door = Door(house.store, person)
    request = Request("x", "/")
    if admitted is None:
        with pytest.raises(Refused):
            await door.admit(request)
        return
    waits = await door.admit(request)
    assert (waits is None) is admitted
    await door.admit(request)
    assert len(person.asked) == (1 if admitted else 2)


async def test_the_door_refuses_where_nobody_is_to_be_asked(house: House) -> None:
    person = Person(True)
    with pytest.raises(Refused):
        await Door(house.store, person).admit(Request("x", "/", approve="deny"))
    assert person.asked == []


async def test_an_ordinary_workspace_goes_through_the_door(house: House) -> None:
    assert await Door(house.store, None).admit(Request("x", str(house.workspace))) is None
