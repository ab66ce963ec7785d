"""Forms: fields found by what people call them, filled, and sent."""

from typing import Any

from . import pages
from .fault import Fault
from .visits import Visit, react, target


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
