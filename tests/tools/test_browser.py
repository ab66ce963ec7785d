"""The browser in its real box, against a small site."""

from pathlib import Path

import pytest
from pydantic import ValidationError

from arkwright.core.tool import Footprint, Send
from arkwright.errors import ToolError
from arkwright.tools import browser

from .conftest import Use
from .site import Site


async def test_a_table_filled_by_a_script_is_read(use: Use, site: Site) -> None:
    seen = await use(browser, "browser.visit", url=f"{site.base}/live")
    (table,) = seen.value["tables"]
    assert (table["name"], table["preview"]) == ("stock", [["bolt", 12], ["nut", 7]])
    assert seen.value["headings"] == [{"level": 1, "text": "Live"}]
    assert "throwing" in seen.value["errors"][0]
    assert seen.origin == ("web",)


@pytest.mark.parametrize(("path", "rows"), [("/list", 25), ("/scripted", 6)])
async def test_next_pages_are_followed_to_the_end(use: Use, site: Site, path: str, rows: int) -> None:
    seen = await use(browser, "browser.visit", url=site.base + path, steps=[{"do": "next_pages", "limit": 9}])
    (table,) = seen.value["tables"]
    assert (table["rows"], seen.value["complete"]) == (rows, True)


async def test_stopping_at_the_limit_of_pages_is_said(use: Use, site: Site) -> None:
    seen = await use(browser, "browser.visit", url=f"{site.base}/list", steps=[{"do": "next_pages", "limit": 2}])
    assert (seen.value["tables"][0]["rows"], seen.value["complete"]) == (20, False)


async def test_a_footer_table_is_read_only_when_asked_for(use: Use, site: Site) -> None:
    seen = await use(browser, "browser.visit", url=f"{site.base}/list", steps=[{"do": "table", "index": 1}])
    assert seen.value["tables"][0]["preview"] == [["Mon", "9-17"]]


async def test_a_form_shows_its_fields_but_not_the_hidden_ones(use: Use, site: Site) -> None:
    (form,) = (await use(browser, "browser.visit", url=f"{site.base}/form")).value["forms"]
    assert [(f["label"] or f["placeholder"], f["type"], f["required"]) for f in form["fields"]] == [
        ("Full name", "text", True),
        ("Colour", "select", False),
        ("Small", "radio", False),
        ("Large", "radio", False),
        ("Send news", "checkbox", False),
        ("Your note", "textarea", False),
    ]
    assert form["buttons"] == ["Order now"]


async def test_a_form_is_filled_and_sent_and_the_answer_read(use: Use, site: Site) -> None:
    steps = [
        {"do": "fill", "target": "full name", "value": "Ann"},
        {"do": "select", "target": "Colour", "value": "Green"},
        {"do": "fill", "target": "size", "value": "Large"},
        {"do": "check", "target": "Send news"},
        {"do": "fill", "target": "Your note", "value": "hi"},
        {"do": "submit"},
    ]
    seen = await use(browser, "browser.visit", url=f"{site.base}/form", steps=steps)
    assert "Reference: REF-Ann-g-l-yes-hi" in seen.value["text"]


async def test_a_form_that_lacks_a_value_is_not_sent(use: Use, site: Site) -> None:
    with pytest.raises(ToolError, match="Full name") as caught:
        await use(browser, "browser.visit", url=f"{site.base}/form", steps=[{"do": "submit"}])
    assert caught.value.code == "invalid_form"
    assert [method for method, _, _ in site.seen if method == "POST"] == []


@pytest.mark.parametrize(
    ("step", "code", "remedy"),
    [
        ({"do": "fill", "target": "phone", "value": "1"}, "no_field", "'Full name'"),
        ({"do": "select", "target": "Colour", "value": "Blue"}, "no_option", "'Red', 'Green'"),
        ({"do": "click", "target": "Buy"}, "no_target", "Order now"),
        ({"do": "table", "near": "Prices"}, "no_table", "text"),
    ],
)
async def test_what_is_not_on_the_page_is_named_with_what_is(
    use: Use, site: Site, step: dict[str, str], code: str, remedy: str
) -> None:
    with pytest.raises(ToolError) as caught:
        await use(browser, "browser.visit", url=f"{site.base}/form", steps=[step])
    assert caught.value.code == code
    assert remedy in caught.value.remedy


async def test_a_screenshot_lands_in_the_workspace(use: Use, site: Site, workspace: Path) -> None:
    seen = await use(browser, "browser.visit", url=f"{site.base}/list", steps=[{"do": "screenshot", "path": "shots/list.png"}])
    assert seen.value["screenshot"] == "shots/list.png"
    assert (workspace / "shots" / "list.png").read_bytes().startswith(b"\x89PNG")


async def test_a_page_that_is_an_error_is_an_error(use: Use, site: Site) -> None:
    with pytest.raises(ToolError, match="answered 404") as caught:
        await use(browser, "browser.visit", url=f"{site.base}/missing")
    assert caught.value.code == "http_status"


async def test_the_browser_reaches_only_what_was_granted(use: Use, site: Site, stranger: Site) -> None:
    site.away = stranger.base
    for url in (f"{stranger.base}/list", f"{site.base}/away"):
        with pytest.raises(ToolError) as caught:
            await use(browser, "browser.visit", url=url)
        assert caught.value.code == "not_allowed"
    assert stranger.seen == []


def test_the_footprint_names_what_is_typed() -> None:
    steps = [{"do": "fill", "target": "Name", "value": "Ann"}, {"do": "submit"}, {"do": "screenshot", "path": "a.png"}]
    args = browser.Visit.model_validate({"url": "http://localhost:8000/", "steps": steps})
    typed = Send("localhost", 8000, 3, "request", "'Ann' as Name")
    assert browser.footprint(args) == Footprint(
        writes=("a.png",), urls=("http://localhost:8000/",), sends=(typed, Send("localhost", 8000, 0, "request", "a form"))
    )


def test_an_unknown_step_is_an_error() -> None:
    with pytest.raises(ValidationError, match="does not match any of the expected tags"):
        browser.Visit.model_validate({"url": "http://x/", "steps": [{"do": "hack"}]})
