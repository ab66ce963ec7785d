"""Schema: the columns in play, how a request may speak of them, and which of them a run of words means."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from functools import lru_cache

from arkwright.core.json import Object
from arkwright.core.survey import Column, ColumnType, Table
from arkwright.planner.text import key, stem

NUMERIC: frozenset[ColumnType] = frozenset({"integer", "number"})
TEMPORAL: frozenset[ColumnType] = frozenset({"date", "datetime"})

# Words of everyday English for the same kind of thing; one of them stands for a column only when exactly one column fits.
SYNONYMS: tuple[frozenset[str], ...] = tuple(
    frozenset(group.split())
    for group in (
        "revenue amount sale turnover spend spending spent taking income earning proceeds umsatz value money",
        "price cost rate fee charge",
        "quantity qty unit piece",
        "name who person whom",
        "date day when time timestamp",
        "rep representative salesperson salesman seller agent salespeople staff",
        "city town place ort location",
        "phone telephone mobile",
        "email e-mail mail address",
        "salary pay wage earning",
        "warehouse depot site location",
        "store shop branch outlet",
        "product item article good",
        "supplier vendor",
        "customer client buyer shopper name",
        "employee staff worker person name colleague people",
        "department dept team division",
        "car vehicle model",
        "temperature temp",
        "ip address visitor host client",
        "status code",
        "url path page address link",
        "byte size traffic volume",
        "hire start join",
        "year published publication released release",
        "task item action todo what",
        "owner who person assignee responsible",
        "due deadline",
        "stock inventory available availability",
        "extension type kind ending",
        "folder directory",
        "modified changed date",
        "word term",
        "zip postcode postal",
        "placed ordered order date",
        "agent browser",
        "note comment remark",
        "maker manufacturer brand",
        "sku number code id",
        "category type kind group",
    )
)
_SHORT = {"qty": "quantity", "dept": "department", "emp": "employee", "temp": "temperature", "avg": "average", "cat": "category", "desc": "description",
          "addr": "address", "tel": "telephone", "no": "number", "nr": "number", "num": "number", "amt": "amount", "cust": "customer", "prod": "product"}  # fmt: skip
_NEVER_ALONE = frozenset({("no",), ("kind",), ("sort",), ("good",), ("goods",)})
_MATCHED = frozenset(["email", "mail", "e", "address", "url", "link", "phone", "telephone", "number", "ip"])
# What a row is: `the largest order` is a row, not its `order_date`.
_EVENTS = frozenset("order sale row record booking purchase transaction invoice item payment rental delivery".split())
_UNITS = frozenset(
    [
        "c",
        "f",
        "km",
        "kg",
        "g",
        "eur",
        "usd",
        "gbp",
        "day",
        "ms",
        "sec",
        "s",
        "min",
        "h",
        "pct",
        "percent",
        "euro",
        "dollar",
        "bytes",
        "byte",
        "kb",
        "mb",
    ]
)


@dataclass(frozen=True, slots=True)
class Field:
    """A column in play, or something computed from columns. `name` is unique in play; `tables` are the ones it needs."""

    name: str
    label: str
    type: ColumnType
    expr: Object = field(hash=False)
    tables: frozenset[int]
    column: Column | None = field(default=None, hash=False)

    @property
    def numeric(self) -> bool:
        """Whether it can be summed."""
        return self.type in NUMERIC

    @property
    def temporal(self) -> bool:
        """Whether it is a date."""
        return self.type in TEMPORAL


@dataclass(frozen=True, slots=True)
class Match:
    """The fields that words may mean, equally well. `score` is 100 for the very name, less for looser ties."""

    fields: tuple[Field, ...]
    score: int


@dataclass(frozen=True)
class Schema:
    """The tables of a request side by side."""

    tables: tuple[Table, ...]
    fields: tuple[Field, ...] = field(default=())

    @staticmethod
    def of(tables: Sequence[Table]) -> "Schema":
        """The schema of some tables; a name that stands in several of them is told apart by the table."""
        names = [column.name for table in tables for column in table.columns]
        fields = tuple(
            Field(unique, column.name, column.type, {"column": unique}, frozenset({at}), column)
            for at, table in enumerate(tables)
            for column in table.columns
            for unique in [column.name if names.count(column.name) == 1 else f"{title(table)}.{column.name}"]
        )
        return Schema(tuple(tables), fields)

    def of_table(self, at: int) -> tuple[Field, ...]:
        """The columns of one table."""
        return tuple(f for f in self.fields if f.tables == frozenset({at}))

    def numbers(self) -> tuple[Field, ...]:
        """Columns that can be measured: numbers that are no keys and no years."""
        return tuple(f for f in self.fields if f.numeric and not is_key(f) and key(f.label)[-1:] != ("year",))

    def dates(self) -> tuple[Field, ...]:
        """Date columns."""
        return tuple(f for f in self.fields if f.temporal)

    def match(self, words: Sequence[str], *, loose: bool = True) -> Match | None:
        """The fields that fit a run of lower-case words best, or None."""
        if tuple(words) in _NEVER_ALONE:
            return None
        if len(words) == 3 and words[1] == "in" and words[2] in _UNITS:
            words = (words[0], words[2])
        owned = (word.removesuffix("'s") for word in words)
        wanted = tuple(stem(part) for word in owned for part in (key(word) or (word,)))
        if not wanted:
            return None
        scored = [(self._score(wanted, f, loose), f) for f in self.fields]
        best = max((score for score, _ in scored), default=0)
        return Match(_distinct(f for score, f in scored if score == best), best) if best else None

    def _score(self, wanted: tuple[str, ...], one: Field, loose: bool) -> int:
        name = key(one.label)
        bare = name[:-1] if len(name) > 1 and name[-1] in _UNITS else name
        owner = {part for at in one.tables for part in key(title(self.tables[at]))}
        full, spelled = _spell(wanted), _spell(bare)
        if (
            one.label == "match"
            and any(self.tables[at].part.startswith("matches:") for at in one.tables)
            and set(full) <= _MATCHED
        ):
            return 97
        if wanted == name or full == _spell(name):
            return 100
        if full == spelled or "".join(full) == "".join(spelled):
            return 98
        if len(full) > 1 and full[0] in owner and full[1:] in (spelled, spelled[-1:] if len(spelled) == 1 else spelled):
            return 97
        if one.temporal and len(full) > 1 and full[-1] in ("date", "day", "time") and full[:-1] == spelled:
            return 97
        if "." in one.label and full == _spell(key(one.label.rsplit(".", 1)[-1])):
            return 96
        if "." in one.label and len(full) > 1 and full == _spell(key(one.label))[-len(full) :]:
            return 97
        if len(full) > 1 and full[-1] == "name" and full[:-1] == spelled and one.type == "text":
            return 96
        if len(full) > 1 and sorted(full) == sorted(spelled):
            return 95
        if not loose:
            return 0
        return self._loose(full, spelled, one)

    def _loose(self, full: tuple[str, ...], spelled: tuple[str, ...], one: Field) -> int:
        if (
            len(full) == 1
            and len(spelled) > 1
            and full[0] == spelled[-1]
            and len(full[0]) > 2
            and full[0] not in ("id", "number")
        ):
            return 80
        dated = one.temporal and full[0] in _EVENTS
        if (
            len(full) == 1
            and len(spelled) > 1
            and full[0] == spelled[0]
            and len(full[0]) > 3
            and spelled[-1] != "id"
            and not dated
        ):
            return 78
        if len(full) == 1 and spelled == (full[0], "id"):
            return 70
        if (
            len(full) == 1
            and len(spelled) <= 2
            and any(full[0] in group and spelled[-1:][0] in group for group in SYNONYMS if spelled)
        ):
            return 60
        if one.temporal and (root := _roots(full)) and root == _roots(spelled) and len(root) >= len(full) - 1:
            return 85
        if len(full) == 2 and len(spelled) == 2 and all(_same(a, b) for a, b in zip(full, spelled, strict=True)):
            return 65
        joined, other = "".join(full), "".join(spelled)
        return 75 if len(joined) >= 5 and _alike(joined, other) else 0

    def values(self, words: str) -> tuple[Field, ...]:
        """Text columns one of whose values these words are (case aside, plural tolerated)."""
        wanted = words.casefold()
        found = [
            f
            for f in self.fields
            if f.column and f.type in ("text", "boolean") and any(v.casefold() == wanted for v in f.column.values)
        ]
        if not found and " " not in wanted and len(wanted) > 3:
            found = [
                f
                for f in self.fields
                if f.column
                and f.type == "text"
                and f.column.distinct <= 60
                and any(stem(v) == stem(wanted) for v in f.column.values)
            ]
        return _distinct(found)

    def value(self, one: Field, words: str) -> str:
        """The value of a column as it is written there."""
        values = one.column.values if one.column else ()
        wanted = words.casefold()
        return next((v for v in values if v.casefold() == wanted), next((v for v in values if stem(v) == stem(wanted)), words))


@lru_cache(maxsize=8192)
def _alike(left: str, right: str) -> bool:
    """Whether two names differ in a letter or two; most pairs are told apart by their length and their letters alone."""
    if 2 * min(len(left), len(right)) < 0.88 * (len(left) + len(right)):
        return False
    matcher = SequenceMatcher(None, left, right)
    return matcher.quick_ratio() >= 0.88 and matcher.ratio() >= 0.88


def _distinct(fields: Iterable[Field]) -> tuple[Field, ...]:
    return tuple({f.name: f for f in fields}.values())


def _spell(name: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(_SHORT.get(part, part) for part in name)


def _roots(name: tuple[str, ...]) -> tuple[str, ...]:
    """Verbs without their endings, and without what only says that it is a date."""
    roots = tuple(
        re.sub(r"(?<=\w{3})(?:ed|ing|up|ion)$", "", part) for part in name if part not in ("date", "time", "day", "at", "on")
    )
    return tuple(root.rstrip("e") for root in roots) if len(name) > 1 or roots != name else ()


def _same(a: str, b: str) -> bool:
    return a == b or any(a in group and b in group for group in SYNONYMS)


def title(table: Table) -> str:
    """What a person would call a table: its part, else the stem of its file."""
    part = table.part
    if part and ":" not in part and part not in ("log", "checklist", "lines", "words", "files", "headings", "paragraphs"):
        return part.rsplit(".", 1)[-1]
    return table.source.rstrip("/").rsplit("/", 1)[-1].rsplit(".", 1)[0]


def is_key(one: Field) -> bool:
    """Whether a column numbers things instead of measuring them."""
    parts = key(one.label)
    if bool(parts) and parts[-1].endswith(("nummer", "nr")) and len(parts[-1]) > 4:
        return True
    return bool(parts) and (parts[-1] in ("id", "sku", "nr", "no", "code", "zip", "number", "status") or (parts[0] == "id"))
