"""Browser: one visit to a page in Chromium, step by step, and what the page says at the end."""

import os
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Error, TimeoutError, sync_playwright

from . import pages
from .client import REFUSED
from .fault import Fault
from .paths import in_scratch
from .references import store_cells

Progress = Callable[[float, str], None]
TEXT_CAP = 200_000
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


def visit(args: dict, progress: Progress) -> dict:
    """{url, title, text, headings, links, forms, tables, texts, errors, complete, saved: [{scratch, path}]} after the steps.

    `tables` are TableRefs with `name` (caption or heading); those of footers only when asked for by a table step.
    Faults: no_chromium, unreachable, not_allowed, http_status, no_field, no_option, no_target, no_table, invalid_form, timeout.
    """
    with chromium(float(args.get("timeout") or 30)) as state:
        open_page(state, args["url"])
        steps = args.get("steps") or []
        for number, step in enumerate(steps):
            progress(number / len(steps), f"{step['do']} {step.get('target') or step.get('path') or ''}".strip())
            act(state, step)
        return report(state, steps)


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


def act(state: Visit, step: dict) -> None:
    """One step."""
    actions: dict[str, Callable[[Visit, dict], None]] = {
        "click": click,
        "fill": fill,
        "select": select,
        "check": check,
        "submit": submit,
        "wait": wait_for,
        "screenshot": screenshot,
        "table": read_table,
        "next_pages": next_pages,
        "download": download,
        "text": read_text,
    }
    actions[step["do"]](state, step)


def click(state: Visit, step: dict) -> None:
    """Click what is called so, and let the page react."""
    target(state, step["target"]).click()
    react(state)


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


def named_field(state: Visit, name: str, kinds: list[str]) -> Any:
    """A form field by label, name, id or placeholder; the form it is in is the one to submit.

    Faults: no_field, naming those there are.
    """
    found = state.page.evaluate_handle(pages.script("field"), [name, kinds]).as_element()
    if found is None:
        there = ", ".join(map(repr, state.page.evaluate(pages.script("fieldNames"))))
        raise Fault(
            "no_field", f"{state.page.url} has no field {name!r}", f"its fields are {there}" if there else "it has no fields"
        )
    state.form = found.evaluate_handle("e => e.form").as_element()
    return found


def fill(state: Visit, step: dict) -> None:
    """Type into a field; a list or a radio group is chosen from."""
    found = named_field(state, step["target"], [])
    kind = found.evaluate("e => e.tagName === 'SELECT' ? 'select' : e.type")
    if kind == "select":
        choose(state, found, step)
    elif kind == "radio":
        named_field(state, step["value"], ["radio"]).check()
    elif kind == "checkbox":
        found.set_checked(step["value"].strip().lower() not in {"", "no", "false", "off", "0"})
    else:
        found.fill(step["value"])


def select(state: Visit, step: dict) -> None:
    """Choose from a list."""
    choose(state, named_field(state, step["target"], ["select"]), step)


def choose(state: Visit, found: Any, step: dict) -> None:
    """The option that shows this text, else that has this value; letter case does not matter.

    Faults: no_option.
    """
    options = found.evaluate("e => [...e.options].map(o => [o.value, o.text.replace(/\\s+/g, ' ').trim()])")
    wanted = step["value"].strip().lower()
    for test in (
        lambda v, t: t.lower() == wanted,
        lambda v, t: v.lower() == wanted,
        lambda v, t: bool(wanted) and wanted in t.lower(),
    ):
        matching = [value for value, text in options if test(value, text)]
        if matching:
            found.select_option(value=matching[0])
            return
    shown = ", ".join(repr(text) for _, text in options)
    raise Fault("no_option", f"{step['target']!r} has no choice {step['value']!r}", f"it has {shown}")


def check(state: Visit, step: dict) -> None:
    """Tick or clear a box."""
    found = named_field(state, step["target"], ["checkbox", "radio"])
    if step.get("checked", True):
        found.check()
    else:
        found.uncheck()


def submit(state: Visit, step: dict) -> None:
    """Send the form by its button; a form that the browser would not send is a Fault that says why.

    Faults: invalid_form, no_target.
    """
    form = state.form or state.page.query_selector("form:has(input, textarea, select)")
    if form is not None and (problems := form.evaluate(pages.script("invalid"))):
        raise Fault(
            "invalid_form", f"the form on {state.page.url} cannot be sent: {'; '.join(problems)}", "give the missing values"
        )
    if step.get("target"):
        target(state, step["target"]).click()
    elif form is None:
        raise Fault("no_target", f"{state.page.url} has no form to submit", "name the button")
    elif button := form.query_selector("button[type=submit], input[type=submit], button:not([type])"):
        button.click()
    else:
        form.evaluate("f => f.requestSubmit()")
    state.form = None
    react(state)


def wait_for(state: Visit, step: dict) -> None:
    """Wait for a text or selector, or for quiet."""
    name = step.get("target") or ""
    if name:
        plain = re.fullmatch(r"[\w\s.,:!?'-]+", name) and not name.startswith(".")
        (state.page.get_by_text(name) if plain else state.page.locator(name)).first.wait_for()
    settle(state)


def screenshot(state: Visit, step: dict) -> None:
    """A picture of the page, in the scratch."""
    path = in_scratch(".png" if step["path"].lower().endswith(".png") else ".jpg")
    state.page.screenshot(path=path, full_page=step.get("full", True))
    state.saved.append({"scratch": str(path), "path": step["path"]})


def download(state: Visit, step: dict) -> None:
    """The file behind a link or button, in the scratch."""
    path = in_scratch(".download")
    with state.page.expect_download() as started:
        target(state, step["target"]).click()
    started.value.save_as(path)
    state.saved.append({"scratch": str(path), "path": step["path"]})


def read_text(state: Visit, step: dict) -> None:
    """The text of a selector, or of what follows a heading."""
    name = step.get("target") or "body"
    try:
        found = (
            state.page.locator(name).first
            if state.page.locator(name).count()
            else state.page.get_by_text(name).first.locator("..")
        )
    except Error:
        found = state.page.get_by_text(name).first.locator("..")
    state.texts.append(found.inner_text()[:TEXT_CAP])


def read_table(state: Visit, step: dict) -> None:
    """One table as a TableRef, and the one that next_pages will follow."""
    state.chosen = (step.get("index"), step.get("near") or "")
    found = chosen_table(state)
    state.tables.append(store_cells(found.rows, found.names, found.title))


def chosen_table(state: Visit) -> pages.Found:
    """The table asked for, else the largest outside footers.

    Faults: no_table.
    """
    found, (index, near) = pages.tables(state.page), state.chosen
    if near:
        found = [table for table in found if any(near.lower() in name.lower() for name in table.known_as)]
    elif index is None:
        found = sorted((table for table in found if not table.aside), key=lambda table: -len(table.rows) * len(table.names))
    if not found or (index or 0) >= len(found):
        wanted = f" near {near!r}" if near else f" number {index}" if index else ""
        raise Fault("no_table", f"{state.page.url} has no table{wanted}", "look at the page's text")
    return found[index or 0]


def next_pages(state: Visit, step: dict) -> None:
    """The chosen table, or every table, of this page and of all that its Next links lead to.

    A table that is the same on each page is kept once.
    """
    first = wanted_tables(state)
    gathered, last = [list(found.rows) for found in first], first
    seen, limit = {state.page.url}, step.get("limit") or 100
    for _ in range(limit - 1):
        before = state.page.evaluate(pages.script("tables"))
        if not turn(state, seen) or state.page.evaluate(pages.script("tables")) == before:
            break
        now = wanted_tables(state)
        for rows, old, new in zip(gathered, last, now, strict=False):
            rows += fitting(new, old)
        last = now
    else:
        state.complete = state.page.evaluate(pages.script("next")) is None
    state.tables = [store_cells(rows, found.names, found.title) for rows, found in zip(gathered, first, strict=True)]


def wanted_tables(state: Visit) -> list[pages.Found]:
    """The table that a step chose, else all outside footers.

    Faults: no_table.
    """
    found = [table for table in pages.tables(state.page) if not table.aside]
    return [chosen_table(state)] if state.chosen != (None, "") or not found else found


def fitting(new: pages.Found, old: pages.Found) -> list[list[str]]:
    """The rows of a further page; none when they are those of the page before.

    Faults: no_table, when the columns are others.
    """
    if new.rows == old.rows:
        return []
    if len(new.names) != len(old.names):
        raise Fault("no_table", f"a further page has the columns {', '.join(new.names)}", f"the first has {', '.join(old.names)}")
    return new.rows


def turn(state: Visit, seen: set[str]) -> bool:
    """Go to the next page; False when there is none, or it has been seen."""
    onward = state.page.evaluate(pages.script("next"))
    if not onward or onward.get("url") in seen:
        return False
    if "url" in onward:
        seen.add(onward["url"])
        open_page(state, onward["url"])
    else:
        state.page.locator("[data-arkwright-next]").first.click()
        react(state)
    return True


def report(state: Visit, steps: list[dict]) -> dict:
    """What the page says now, with the tables the steps gathered, or all there are."""
    value = state.page.evaluate(pages.script("read"))
    gathered = any(step["do"] in {"table", "next_pages"} for step in steps)
    tables = (
        state.tables if gathered else [store_cells(t.rows, t.names, t.title) for t in pages.tables(state.page) if not t.aside]
    )
    return {
        **value,
        "text": value["text"][:TEXT_CAP],
        "status": state.status,
        "tables": tables,
        "texts": state.texts,
        "errors": state.errors[:20],
        "complete": state.complete,
        "saved": state.saved,
    }


def first_line(error: Exception) -> str:
    """What went wrong, without the call log."""
    return str(error).splitlines()[0][:300] if str(error) else type(error).__name__
