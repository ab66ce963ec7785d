"""Grants: scoped, ending, listable, revocable; a private address in none that another run could use."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from arkwright.errors import NotFound, UserError
from arkwright.safety.grants import Grants
from arkwright.safety.ledger import Ledger


@pytest.fixture
def clock() -> list[float]:
    return [100.0]


@pytest.fixture
def grants(tmp_path: Path, clock: list[float]) -> Grants:
    return Grants(Ledger(tmp_path / "safety.db"), clock=lambda: clock[0])


def test_a_grant_is_listed_until_its_time_is_over(grants: Grants, clock: list[float]) -> None:
    grant = grants.add("files.delete", "tmp/*", until=200.0)
    assert grants.list() == [grant]
    clock[0] = 201.0
    assert grants.list() == []
    assert not grants.cover("r", "files.delete", ["tmp/a"])


@pytest.mark.parametrize(
    ("scope", "asked", "covered"),
    [
        ("tmp/*", "tmp/a", True),
        ("tmp/*", "tmp/a/b", False),
        ("tmp/**", "tmp/a/b", True),
        ("tmp/**", "tmp", False),
        ("*.tmp", "a.tmp", True),
        ("*.tmp", "x/a.tmp", False),
        ("tmp/*", "tmp/../a", False),
        ("tmp/**", "tmp/../../etc", False),
        ("example.com:443", "example.com:443", True),
        ("example.com:443", "example.com:80", False),
        ("example.com:443", "evil.example.com:443", False),
        ("tmp/*", "example.com:443", False),
    ],
)
def test_a_grant_covers_its_scope_and_nothing_else(grants: Grants, scope: str, asked: str, covered: bool) -> None:
    grants.add("x", scope, run="r")
    assert grants.cover("r", "x", [asked]) is covered
    assert not grants.cover("other", "x", [asked])
    assert not grants.cover("r", "y", [asked])


def test_every_scope_of_a_question_has_to_be_covered(grants: Grants) -> None:
    grants.add("x", "a/*", run="r")
    assert not grants.cover("r", "x", ["a/1", "b/1"])
    assert not grants.cover("r", "x", [])
    grants.add("x", "b/*", run="r")
    assert grants.cover("r", "x", ["a/1", "b/1"])


@pytest.mark.parametrize(
    "scope", ["127.0.0.1:8000", "localhost:80", "10.1.2.3:443", "192.168.0.1:80", "127.1:8000", "printer:631", "[::1]:80"]
)
def test_a_private_address_is_granted_to_one_run_only(grants: Grants, scope: str) -> None:
    with pytest.raises(UserError, match="private"):
        grants.add("http.fetch", scope, until=1e12)
    grants.add("http.fetch", scope, run="r")
    assert grants.cover("r", "http.fetch", [scope])
    assert not grants.cover("r2", "http.fetch", [scope])


@pytest.mark.parametrize(
    "make",
    [
        lambda g: g.add("x", "a"),
        lambda g: g.add("*", "a", run="r"),
        lambda g: g.add("x", "*", run="r"),
        lambda g: g.add("x", "**", run="r"),
        lambda g: g.add("", "a", run="r"),
    ],
)
def test_a_grant_without_an_end_or_of_everything_is_not_given(grants: Grants, make: Callable[[Grants], object]) -> None:
    with pytest.raises(UserError):
        make(grants)


def test_what_is_revoked_is_gone(grants: Grants) -> None:
    grant = grants.add("x", "a", run="r")
    grants.revoke(grant.id)
    assert grants.list() == []
    with pytest.raises(NotFound):
        grants.revoke(grant.id)


@settings(deadline=None)
@given(st.text(max_size=20), st.text(max_size=20))
def test_no_path_with_a_climb_is_ever_covered(tmp_path_factory: pytest.TempPathFactory, before: str, after: str) -> None:
    ledger = Ledger(tmp_path_factory.mktemp("g") / "safety.db")
    grants = Grants(ledger)
    grants.add("x", "a/**", run="r")
    assert not grants.cover("r", "x", [f"a/{before}/../{after}"])
    ledger.close()
