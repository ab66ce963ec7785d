"""Recipes: plan fragments with typed slots. Each reads a request and drafts what it can do about it, or None."""

from collections.abc import Callable
from dataclasses import dataclass

from arkwright.core.plan import Need, Question, Refusal
from arkwright.planner.reading import Draft, Reading
from arkwright.planner.recipes import tables

Propose = Callable[[Reading], Draft | Need | Refusal | Question | None]


@dataclass(frozen=True, slots=True)
class Recipe:
    """`propose` says what it would do about a request: a draft, a look it needs, a question, a refusal, or nothing."""

    name: str
    propose: Propose


RECIPES: tuple[Recipe, ...] = (Recipe("tables", tables.propose),)
