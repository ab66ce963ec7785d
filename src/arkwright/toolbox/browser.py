"""Browser: one visit to a page in Chromium, step by step, and what the page says at the end."""

import re
from collections.abc import Callable

from playwright.sync_api import Error

from . import pages
from .fault import Fault
from .forms import check, fill, select, submit
from .paths import in_scratch
from .references import store_cells
from .visits import Visit, chromium, open_page, react, settle, target

Progress = Callable[[float, str], None]
TEXT_CAP = 200_000


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
