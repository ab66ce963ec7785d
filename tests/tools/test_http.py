"""HTTP through a real box and its proxy, against a small site."""

from pathlib import Path

import pytest

from arkwright.core.tool import Footprint, Send
from arkwright.errors import ToolError
from arkwright.tools import http

from .conftest import Use
from .site import TOKEN, Site


@pytest.mark.parametrize(("path", "pages"), [("/things", 3), ("/linked", 3), ("/cursor", 3)])
async def test_all_pages_are_gathered_whatever_the_style(use: Use, site: Site, path: str, pages: int) -> None:
    seen = await use(http, "http.fetch", url=site.base + path)
    table = seen.value["table"]
    assert (seen.value["status"], seen.value["pages"], seen.value["complete"], table["rows"]) == (200, pages, True, 25)
    assert [column["name"] for column in table["columns"]] == ["id", "name", "price", "maker.name"]
    assert table["preview"][0] == [1, "Thing 1", 1.5, "Maker 1"]
    assert seen.origin == ("web",)


async def test_pages_by_number_are_gathered_when_asked_for(use: Use, site: Site) -> None:
    assert (await use(http, "http.fetch", url=f"{site.base}/plain")).value["table"]["rows"] == 10
    seen = await use(http, "http.fetch", url=f"{site.base}/plain", pages={"style": "page"})
    assert (seen.value["pages"], seen.value["table"]["rows"]) == (3, 25)


async def test_stopping_at_the_limit_is_said(use: Use, site: Site) -> None:
    seen = await use(http, "http.fetch", url=f"{site.base}/things", pages={"limit": 2})
    assert (seen.value["pages"], seen.value["table"]["rows"], seen.value["complete"]) == (2, 20, False)


async def test_a_token_from_a_file_reaches_the_named_host_only(use: Use, site: Site, other: Site, workspace: Path) -> None:
    (workspace / "token.txt").write_text(f"{TOKEN}\n")
    auth = {"bearer_file": "token.txt"}
    seen = await use(http, "http.fetch", url=f"{site.base}/secret", auth=auth)
    assert seen.value["table"]["rows"] == 3
    assert TOKEN not in repr(seen)
    with pytest.raises(ToolError, match="401"):
        await use(http, "http.fetch", url=f"{site.base}/wandering", auth=auth)
    with pytest.raises(ToolError, match="401"):
        await use(http, "http.fetch", url=f"{site.base}/away", auth=auth)
    assert [headers for headers in other.headers if "authorization" in headers] == []


async def test_without_the_token_the_error_says_what_to_do(use: Use, site: Site) -> None:
    with pytest.raises(ToolError, match="answered 401 Unauthorized") as caught:
        await use(http, "http.fetch", url=f"{site.base}/secret")
    assert (caught.value.remedy, caught.value.transient) == ("give the right credentials", False)


async def test_an_error_of_the_server_may_pass(use: Use, site: Site) -> None:
    with pytest.raises(ToolError, match=r"500 Internal Server Error: .*it broke") as caught:
        await use(http, "http.fetch", url=f"{site.base}/broken")
    assert caught.value.transient


async def test_a_busy_server_is_asked_again(use: Use, site: Site) -> None:
    assert (await use(http, "http.fetch", url=f"{site.base}/flaky")).value["json"] == {"ok": True}
    assert site.counts["/flaky"] == 3


async def test_a_post_is_never_sent_twice(use: Use, site: Site) -> None:
    seen = await use(http, "http.fetch", url=f"{site.base}/echo", method="POST", json={"a": [1]})
    assert seen.value["json"] == {"sent": '{"a": [1]}', "type": "application/json"}
    seen = await use(http, "http.fetch", url=f"{site.base}/echo", method="POST", form={"name": "Ann Ö"})
    assert seen.value["json"] == {"sent": "name=Ann+%C3%96", "type": "application/x-www-form-urlencoded"}
    assert len(site.seen) == 2


async def test_a_file_is_sent_as_the_body(use: Use, site: Site, workspace: Path) -> None:
    (workspace / "data.csv").write_text("a,b\n")
    seen = await use(http, "http.fetch", url=f"{site.base}/echo", method="POST", body_from="data.csv")
    assert seen.value["json"] == {"sent": "a,b\n", "type": "text/csv"}


async def test_a_redirect_on_the_same_host_is_followed(use: Use, site: Site) -> None:
    assert (await use(http, "http.fetch", url=f"{site.base}/moved")).value["table"]["rows"] == 25


async def test_a_redirect_to_a_host_that_was_not_granted_is_refused(use: Use, site: Site, stranger: Site) -> None:
    site.away = stranger.base
    with pytest.raises(ToolError) as caught:
        await use(http, "http.fetch", url=f"{site.base}/away")
    assert caught.value.code == "redirect_refused"
    assert stranger.seen == []


async def test_a_host_that_was_not_granted_is_not_reached(use: Use, stranger: Site) -> None:
    with pytest.raises(ToolError) as caught:
        await use(http, "http.fetch", url=f"{stranger.base}/things")
    assert caught.value.code == "not_allowed"
    assert stranger.seen == []


async def test_a_server_that_is_not_there_is_unreachable(use: Use, nobody: str) -> None:
    with pytest.raises(ToolError) as caught:
        await use(http, "http.fetch", url=nobody)
    assert (caught.value.code, caught.value.transient) == ("unreachable", True)


async def test_an_answer_is_saved_in_the_workspace(use: Use, site: Site, workspace: Path) -> None:
    seen = await use(http, "http.fetch", url=f"{site.base}/linked", save_as="data/things.json")
    assert seen.value["path"] == "data/things.json"
    assert (workspace / "data" / "things.json").read_text().count('"id"') == 25


async def test_a_delimited_file_is_a_table(use: Use, site: Site) -> None:
    table = (await use(http, "http.fetch", url=f"{site.base}/prices.csv")).value["table"]
    assert [(column["name"], column["type"]) for column in table["columns"]] == [("Größe", "text"), ("Preis", "number")]
    assert table["preview"] == [["klein", 1.5], ["groß", 12]]


async def test_a_wrong_path_to_the_records_names_what_is_there(use: Use, site: Site) -> None:
    with pytest.raises(ToolError, match="'items', 'total', 'next'"):
        await use(http, "http.fetch", url=f"{site.base}/things", items="rows")


async def test_links_are_listed_and_probed(use: Use, site: Site, other: Site) -> None:
    found = await use(http, "http.links", url=f"{site.base}/links")
    wanted = [f"{site.base}/things", f"{site.base}/missing", f"{site.base}/broken", f"{other.base}/things"]
    assert [row[0] for row in found.value["preview"]] == wanted
    seen = await use(http, "http.probe", urls=found.value)
    assert seen.value["preview"] == [
        [wanted[0], 200, True, "OK"],
        [wanted[1], 404, False, "Not Found"],
        [wanted[2], 500, False, "Internal Server Error"],
        [wanted[3], 200, True, "OK"],
    ]
    assert seen.summary == "2 of 4 links are broken"


async def test_probing_an_address_that_may_not_be_reached_is_a_row(use: Use, stranger: Site) -> None:
    ((_, status, ok, reason),) = (await use(http, "http.probe", urls=[stranger.base])).value["preview"]
    assert (status, ok) == (None, False)
    assert "may not reach" in reason


async def test_downloads_land_in_the_workspace_under_harmless_names(use: Use, site: Site, workspace: Path) -> None:
    seen = await use(http, "http.download", urls=[f"{site.base}/file"], to="downloads")
    assert [a.path for a in seen.artifacts] == ["downloads/re port.bin"]
    assert (workspace / "downloads" / "re port.bin").read_bytes() == b"\0\1\2content"
    assert (await use(http, "http.download", url=f"{site.base}/file", to="x/mine.bin")).value["files"][0]["path"] == "x/mine.bin"
    with pytest.raises(ToolError) as caught:
        await use(http, "http.download", url=f"{site.base}/file", to="x/mine.bin")
    assert caught.value.code == "exists"


async def test_a_download_that_fails_leaves_nothing(use: Use, site: Site, workspace: Path) -> None:
    for path in ("/missing", "/cut"):
        with pytest.raises(ToolError):
            await use(http, "http.download", urls=[f"{site.base}/file", site.base + path], to="downloads")
    assert names(workspace) == []


def names(folder: Path) -> list[str]:
    """What is in a folder."""
    return sorted(path.name for path in folder.iterdir())


def test_footprints_say_what_leaves_and_for_whom() -> None:
    def touched(name: str, **args: object) -> Footprint:
        tool = next(tool for tool in http.TOOLS if tool.name == name)
        return tool.footprint(tool.args.model_validate(args))

    url = "https://example.org/x"
    assert touched("http.fetch", url=url) == Footprint(urls=(url,))
    assert touched("http.fetch", url=url, auth={"bearer_file": "t"}, save_as="o") == Footprint(
        reads=("t",), writes=("o",), urls=(url,), sends=(Send("example.org", 443, 0, "credential", "the token in t"),)
    )
    assert touched("http.fetch", url=url, method="POST", form={"a": "b"}).sends == (
        Send("example.org", 443, 10, "request", "form"),
    )
    assert touched("http.fetch", url=url, method="POST", body_from="f").sends[0].origin == "workspace"
    assert touched("http.download", url=url, to="d") == Footprint(writes=("d",), urls=(url,))
    table = {"table": "/tmp/scratch/x", "columns": [{"name": "url"}], "rows": 1, "preview": [[url]]}
    assert touched("http.probe", urls=table) == Footprint(urls=(url,))
