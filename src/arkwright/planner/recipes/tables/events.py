"""Events: the pieces of a table request in the order they are spoken, each with the tokens it accounts for."""

from dataclasses import dataclass

from arkwright.core.json import Json, Object
from arkwright.planner.recipes.tables.schema import Field


@dataclass(frozen=True, slots=True)
class Event:
    """`span` holds the indices of the tokens it accounts for."""

    span: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Measure(Event):
    """A number of each group: `total amount`; `above` keeps the groups where it compares so. `field` None is the one thing that can be measured; `rows_of` a table whose rows count."""

    fn: str
    field: Field | None = None
    noun: str = ""
    asked: bool = False
    plain: bool = False
    above: tuple[str, float] | None = None


@dataclass(frozen=True, slots=True)
class Group(Event):
    """`per region and month`; `asked` when it is a question of its own: `and which regions were they from`."""

    fields: tuple[Field, ...]
    asked: bool = False


@dataclass(frozen=True, slots=True)
class Filter(Event):
    """A condition on rows."""

    where: Object
    fields: tuple[Field, ...]
    text: str = ""


@dataclass(frozen=True, slots=True)
class Top(Event):
    """`the five largest orders`, `which region sold most`. `entity` None means rows; `by` None the measure at hand; `nth` the only place that is wanted (the second)."""

    count: int | None
    descending: bool
    entity: Field | None = None
    by: Measure | None = None
    asked: bool = False
    kind: str = ""
    per: tuple[Field, ...] = ()
    common: bool = False
    nth: int = 0


@dataclass(frozen=True, slots=True)
class Finish(Event):
    """What is done to a result at the very end: rounding (`of` the one function it was said of), a line with the totals."""

    do: str
    value: int = 0
    of: str = ""


@dataclass(frozen=True, slots=True)
class Sort(Event):
    """`cheapest first`, `sorted by name`. `field` None is the measure at hand; `fn` the one of several (`highest average first`)."""

    field: Field | None
    descending: bool
    kind: str = ""
    fn: str = ""


@dataclass(frozen=True, slots=True)
class Select(Event):
    """Columns that are wanted, in order."""

    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class Across(Event):
    """What stands down the side and across the top of a pivot table."""

    rows: tuple[Field, ...] = ()
    columns: tuple[Field, ...] = ()


@dataclass(frozen=True, slots=True)
class Compute(Event):
    """`qty times unit_price`, perhaps with a name."""

    field: Field


@dataclass(frozen=True, slots=True)
class Window(Event):
    """Change over time, running total, share of the whole, rank."""

    fn: str
    count: int | None = None
    descending: bool = True
    absolute: bool = False


@dataclass(frozen=True, slots=True)
class Clean(Event):
    """Doubles, blanks, summary statistics, flattening."""

    do: str
    fields: tuple[Field, ...] = ()
    value: Json = None


@dataclass(frozen=True, slots=True)
class Tag(Event):
    """A column that says which file a row comes from."""

    name: str = "source"


@dataclass(frozen=True, slots=True)
class Sink(Event):
    """A file to make. `path` empty: a name is to be found; `format` empty: what the path says."""

    format: str
    path: str = ""
    sheet: bool = False


@dataclass(frozen=True, slots=True)
class Draw(Event):
    """A chart. `kind` empty: the one that suits the data."""

    kind: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class Report(Event):
    """A document about the results."""

    format: str = ""
    pages: int | None = None
    title: str = ""


@dataclass(frozen=True, slots=True)
class Title(Event):
    """The title of a chart or a document."""

    text: str


@dataclass(frozen=True, slots=True)
class Ask(Event):
    """The answer is wanted in words."""


@dataclass(frozen=True, slots=True)
class Glue(Event):
    """Words that are accounted for by what is done anyway."""
