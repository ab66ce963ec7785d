"""Goals: what a small program is to do, before a language is chosen."""

from dataclasses import dataclass
from typing import Literal

Style = Literal["lines", "comma", "numbered", "json", "csv"]
Language = Literal["python", "node", "shell"]
EXTENSIONS: dict[Language, str] = {"python": ".py", "node": ".js", "shell": ".sh"}


@dataclass(frozen=True, slots=True)
class Output:
    """Where a program writes: a file, or standard output when `path` is empty."""

    path: str = ""
    style: Style = "lines"
    between: str = ": "  # what stands between the columns of a line in the style `lines`


@dataclass(frozen=True, slots=True)
class Numbers:
    """A sequence of numbers: the first `count`, or those from `low` to `high` inclusive.

    `argument` is what the sequence is made with: the factors of `multiples`, the base of `powers`, the start of `collatz`.
    `reduce` turns the sequence into one number.
    """

    kind: str
    count: int | None = None
    low: int | None = None
    high: int | None = None
    argument: tuple[int, ...] = ()
    descending: bool = False
    reduce: Literal["", "sum", "count", "product", "mean", "last"] = ""


@dataclass(frozen=True, slots=True)
class Grid:
    """A multiplication table of `rows` by `columns`; one row means the times table of `only`."""

    rows: int
    columns: int
    only: int | None = None


@dataclass(frozen=True, slots=True)
class Degrees:
    """A conversion table from `low` to `high` by `step`, from one unit to another."""

    low: float
    high: float
    step: float
    source: str
    target: str


@dataclass(frozen=True, slots=True)
class Pipe:
    """Pieces of text files, passed through steps.

    `piece` is lines, words, characters, or a kind of match (see patterns.KINDS), or "regex" with `pattern`.
    Steps run in this order: keep, case, unique, order, limit. `counts` pairs each piece with how often it occurs.
    `total` writes only how many there are.
    """

    inputs: tuple[str, ...]
    piece: str
    pattern: str = ""
    contains: str = ""
    lacks: str = ""
    longer: int | None = None
    blanks: bool = True
    case: Literal["", "lower", "upper"] = ""
    unique: bool = False
    order: Literal["", "text", "number", "length", "count", "reverse"] = ""
    descending: bool = False
    limit: int | None = None
    counts: bool = False
    total: bool = False


@dataclass(frozen=True, slots=True)
class Columns:
    """An aggregate of a CSV column, per value of `by` when it is given. Blanks and N/A count as missing."""

    input: str
    fn: Literal["sum", "mean", "min", "max", "count", "median"]
    column: str
    by: str = ""
    delimiter: str = ","
    encoding: str = "utf-8-sig"
    decimal: str = "."


@dataclass(frozen=True, slots=True)
class Readings:
    """A file with one number a line: converted by a unit pair (beside the numbers if `both`), or summed up by `fns`."""

    input: str
    source: str = ""
    target: str = ""
    both: bool = False
    fns: tuple[str, ...] = ()
    decimals: int | None = None


@dataclass(frozen=True, slots=True)
class Types:
    """How many files of each type (by extension) a folder holds; with `deep` its subfolders, too."""

    folder: str
    deep: bool = True


@dataclass(frozen=True, slots=True)
class Powers:
    """A table of the numbers from `low` to `high` and their powers: (1, 2, 3) is n, n squared and n cubed."""

    low: int
    high: int
    exponents: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Census:
    """Files of a folder that match a pattern, with one measure of each: lines, words, size."""

    folder: str
    pattern: str
    measure: Literal["lines", "words", "size"]


@dataclass(frozen=True, slots=True)
class Log:
    """How often each value of a field stands in a web server's access log, the most frequent first."""

    input: str
    field: Literal["ip", "status", "url", "method", "hour"]
    limit: int | None = None


@dataclass(frozen=True, slots=True)
class Say:
    """A fixed text, `times` times, a line each."""

    text: str
    times: int = 1


Goal = Numbers | Grid | Degrees | Pipe | Columns | Readings | Types | Powers | Census | Log | Say


@dataclass(frozen=True, slots=True)
class Program:
    """A goal, its output, and the sentence that says both."""

    goal: Goal
    output: Output
    purpose: str
    argument: bool = False
