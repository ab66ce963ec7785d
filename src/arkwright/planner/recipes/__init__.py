"""Recipes: plan fragments with typed slots. Each reads a request and drafts what it can do about it, or None."""

from collections.abc import Callable
from dataclasses import dataclass

from arkwright.core.plan import Need, Question, Refusal
from arkwright.planner.reading import Draft, Reading
from arkwright.planner.recipes import (
    archive,
    checksums,
    compare,
    convert,
    extract,
    listing,
    merge,
    organise,
    outside,
    programs,
    run,
    text,
    web_actions,
    web_forms,
    web_send,
)
from arkwright.planner.recipes.tables import recipe as tables

Propose = Callable[[Reading], Draft | Need | Refusal | Question | None]


@dataclass(frozen=True, slots=True)
class Recipe:
    """`propose` says what it would do about a request: a draft, a look it needs, a question, a refusal, or nothing."""

    name: str
    propose: Propose


RECIPES: tuple[Recipe, ...] = (
    Recipe("programs", programs.propose),
    Recipe("run", run.propose),
    Recipe("organise", organise.propose),
    Recipe("archive", archive.propose),
    Recipe("checksums", checksums.propose),
    Recipe("compare", compare.propose),
    Recipe("merge", merge.propose),
    Recipe("convert", convert.propose),
    Recipe("extract", extract.propose),
    Recipe("web_forms", web_forms.propose),
    Recipe("web_actions", web_actions.propose),
    Recipe("web_send", web_send.propose),
    Recipe("listing", listing.propose),
    Recipe("text", text.propose),
    Recipe("tables", tables.propose),
    Recipe("outside", outside.propose),
)
