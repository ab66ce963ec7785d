"""Visits: a page open in Chromium: going there, waiting for it, and finding what to click on it."""

import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Error, TimeoutError, sync_playwright

from . import pages
from .client import REFUSED
from .fault import Fault

QUIET_MS = 5_000


@dataclass
class Visit:
    """A page being worked on, and what has been gathered from it so far."""

    page: Any
    timeout: float
    status: int = 0
    refused: str = ""
    errors: list[str] = field(default_factory=list)
    saved: list[dict] = field(default_factory=list)
    tables: list[dict] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    form: Any = None
    chosen: tuple[int | None, str] = (None, "")
    complete: bool = True


@contextmanager
def chromium(timeout: float) -> Iterator[Visit]:
    """A fresh context of a headless Chromium behind the box's proxy.

    Faults: no_chromium.
    """
    executable = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if not executable:
        raise Fault("no_chromium", "Chromium is not installed on this machine", "apt install chromium")
    proxy = os.environ.get("http_proxy")
    with sync_playwright() as playwright:
        try:
            browser = playwright.chromium.launch(
                executable_path=executable,
                proxy={"server": proxy} if proxy else None,
                chromium_sandbox=os.geteuid() != 0,
                args=[
                    "--disable-dev-shm-usage",
                    "--disable-gpu",
                    "--disable-quic",
                    "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
                ],
            )
        except Error as error:
            raise Fault("no_chromium", f"{executable!r} does not start: {first_line(error)}", "run `arkwright doctor`") from error
        try:
            page = browser.new_context(accept_downloads=True, locale="en-GB", service_workers="block").new_page()
            page.set_default_timeout(timeout * 1000)
            yield watched(Visit(page, timeout))
        except TimeoutError as error:
            raise Fault(
                "timeout", f"the page did not do it in {timeout:g} s: {first_line(error)}", "try later", transient=True
            ) from error
        finally:
            browser.close()


def watched(state: Visit) -> Visit:
    """Note script errors and the status of each main document; dismiss dialogs."""
    state.page.on("pageerror", lambda error: state.errors.append(str(error)[:300]))
    state.page.on("dialog", lambda dialog: dialog.dismiss())
    state.page.on("response", lambda response: note(state, response))
    return state


def note(state: Visit, response: Any) -> None:
    """Remember how the main document was answered."""
    request = response.request
    if request.is_navigation_request() and request.frame == state.page.main_frame:
        state.status = response.status
        state.refused = response.headers.get(REFUSED, "")


def open_page(state: Visit, url: str) -> None:
    """Go to an address and wait until the page is there.

    Faults: unreachable, not_allowed, http_status.
    """
    try:
        state.page.goto(url, wait_until="load")
    except TimeoutError as error:
        raise Fault("timeout", f"{url!r} did not load in {state.timeout:g} s", "try later", transient=True) from error
    except Error as error:
        reason = re.search(r"net::(\w+)", str(error))
        if reason and "TUNNEL" in reason[1]:
            raise Fault(
                "not_allowed", f"this run may not reach {urlsplit(url).netloc!r}", "name the address in the request"
            ) from error
        what = reason[1] if reason else first_line(error)
        raise Fault(
            "unreachable", f"{urlsplit(url).netloc!r} cannot be reached: {what}", "check the address", transient=True
        ) from error
    settle(state)
    refuse_status(state)


def settle(state: Visit) -> None:
    """Wait until the network is quiet and every table has rows, but not for ever."""
    for wait in (
        lambda: state.page.wait_for_load_state("load"),
        lambda: state.page.wait_for_load_state("networkidle", timeout=QUIET_MS),
        lambda: state.page.wait_for_function(pages.script("filled"), timeout=QUIET_MS),
    ):
        try:
            wait()
        except TimeoutError:
            continue


def refuse_status(state: Visit) -> None:
    """A page that is an error."""
    if state.refused:
        reason = state.page.inner_text("body").removeprefix("arkwright:").strip()
        if state.status >= 500:
            raise Fault("unreachable", reason, "check the address and that the server runs", transient=True)
        raise Fault("not_allowed", f"this run may not reach {state.page.url!r}: {reason}", "name the address in the request")
    if state.status >= 400:
        excerpt = " ".join(state.page.inner_text("body").split())[:300]
        transient = state.status >= 500 or state.status == 429
        raise Fault(
            "http_status", f"{state.page.url} answered {state.status}: {excerpt}", "check the address and the values", transient
        )


def react(state: Visit) -> None:
    """Give a click the time to start a navigation, then wait for its end."""
    try:
        state.page.wait_for_event("framenavigated", timeout=700)
    except TimeoutError:
        pass
    settle(state)
    refuse_status(state)


def target(state: Visit, name: str) -> Any:
    """A button, link or text by its name, or a CSS selector.

    Faults: no_target.
    """
    page = state.page
    for exact in (True, False):
        for role in ("button", "link", "tab", "menuitem", "checkbox", "radio"):
            if (found := page.get_by_role(role, name=name, exact=exact)).count():
                return found.first
    if (found := page.get_by_text(name, exact=True)).count() or (found := page.get_by_text(name)).count():
        return found.first
    try:
        if page.locator(name).count():
            return page.locator(name).first
    except Error:
        pass
    names = page.evaluate("() => [...document.querySelectorAll('a, button')].map(e => e.innerText.trim()).filter(Boolean)")
    raise Fault(
        "no_target",
        f"{page.url} has no {name!r} to click",
        f"it has {', '.join(dict.fromkeys(names[:40])) or 'no links or buttons'}",
    )


def first_line(error: Exception) -> str:
    """What went wrong, without the call log."""
    return str(error).splitlines()[0][:300] if str(error) else type(error).__name__
