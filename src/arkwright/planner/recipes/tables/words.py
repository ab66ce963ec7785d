"""Words: what runs of words mean beside a schema: columns, values, comparisons, periods, row nouns."""

import re
from calendar import monthrange
from dataclasses import dataclass
from functools import lru_cache

from arkwright.core.json import Json, Object
from arkwright.planner.lexicon import AGGREGATES, DATE_PARTS, MONTHS, words
from arkwright.planner.reading import Reading
from arkwright.planner.recipes.tables.schema import Field, Match, Schema, is_key, title
from arkwright.planner.text import CARDINALS, ORDINALS, Token, key, stem

DETERMINERS = words("the a an its their our my your this these those his her each every of same")
ROWS = words("row record entry line item observation case one order sale transaction purchase booking reading measurement result")
LOG_ROWS = words("request hit visit access call query")
# What people call the rows of a table that is named after one of these.
ROW_KINDS: tuple[frozenset[str], ...] = tuple(
    words(group)
    for group in (
        "product item article good thing catalog catalogue offer stock inventory position",
        "customer client buyer shopper",
        "employee staff worker person people colleague member man woman somebody everybody",
        "ticket issue case request",
        "supplier vendor",
        "contact person people entry address",
        "rental hire lease trip",
        "order purchase sale transaction",
        "book title",
        "rate course",
        "temp reading measurement",
    )
)
STOPS = words(
    "and or per by in on for to from with where whose which who that is are was were be not no without except as than then of at into the a an "
    "sorted ordered first last also please if it its them only all each every what how many when between over under above below more less "
    "times multiplied divided minus plus but"
)
LOG_NAMES = {
    "status": "http status|http status code|http status codes|status code|status codes|response code|response codes|http code|http codes|return code|return codes|http statuses|statuses",
    "ip": "ip address|ip addresses|ips|client ip|client ips|visitor ip|client address|client addresses",
    "url": "urls|url path|requested page|requested pages|requested url|requested urls",
}
PARTS = {"files": "file document", "checklist": "action item task todo", "words": "word", "lines": "line", "matches": "match"}
COMPARATORS: tuple[tuple[str, str], ...] = tuple(
    sorted(
        (
            (phrase, op)
            for op, phrases in {
                "gt": "more than|greater than|larger than|higher than|bigger than|over|above|exceeding|exceeds|exceed|beyond|>|longer than|in excess of|"
                "warmer than|hotter than|older than|dearer than|more expensive than|costing over|costing more than",
                "ge": "at least|no less than|not less than|not fewer than|no fewer than|a minimum of|minimum of|> =|not below|not under|from",
                "lt": "less than|fewer than|lower than|smaller than|under|below|<|shorter than|cheaper than|colder than|cooler than|beneath|short of",
                "le": "at most|no more than|not more than|up to|a maximum of|maximum of|< =|not above|not over|at or below|no longer than",
                "eq": "exactly|equal to|equals|=|precisely",
                "ne": "other than|not equal to|different from|! =",
            }.items()
            for phrase in phrases.split("|")
        ),
        key=lambda pair: -len(pair[0]),
    )
)
UNITS = words(
    "euro euros eur usd dollar dollars pound pounds gbp kr € $ £ % percent degrees degree c celsius days day pieces pcs kb mb gb kib mib gib kilobytes kilobyte megabytes megabyte bytes byte or more less fewer later hours"
)
BYTES = {"kb": 1024, "kib": 1024, "kilobytes": 1024, "kilobyte": 1024, "mb": 1024**2, "mib": 1024**2, "megabytes": 1024**2, "megabyte": 1024**2,
         "gb": 1024**3, "gib": 1024**3}  # fmt: skip
_YEAR = re.compile(r"(?:19|20)\d\d")
_ISO = re.compile(r"(\d{4})-(\d{1,2})(?:-(\d{1,2}))?")


@dataclass(frozen=True, slots=True)
class Found:
    """A field and the index after the words that mean it."""

    field: Field
    end: int
    score: int = 100


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of dates, both ends included, as ISO days."""

    first: str
    last: str
    end: int
    label: str = ""


class Words:
    """A reading beside a schema. `doubts` collects the tokens that fit two columns equally well."""

    def __init__(self, reading: Reading, schema: Schema) -> None:
        self.reading = reading
        self.schema = schema
        self.norms = reading.norms
        self.stems = reading.stems
        self.doubts: dict[int, tuple[str, ...]] = {}
        self.many = len(schema.tables) > 1
        self.aliases: dict[tuple[str, ...], Field] = {}
        for agent in (f for f in schema.fields if f.label == "agent" and schema.tables[min(f.tables)].part == "log"):
            self.aliases |= dict.fromkeys((("user", "agent"), ("user", "agents"), ("user-agent",), ("user-agents",)), agent)
        for one in (f for f in schema.fields if schema.tables[min(f.tables)].part == "log"):
            spoken = LOG_NAMES.get(one.label, "")
            self.aliases |= {tuple(name.split()): one for name in spoken.split("|") if name}
        self._matched: dict[tuple[tuple[str, ...], bool], Match | None] = {}
        self.nouns = {part for table in schema.tables for part in key(title(table))} | {
            part
            for table in schema.tables
            for part in key(table.source.rstrip("/").rsplit("/", 1)[-1].split("?")[0].rsplit(".", 1)[0])
        }

        for table in schema.tables:
            self.nouns |= set(PARTS.get(table.part.partition(":")[0], "").split())

    def norm(self, i: int) -> str:
        """The word at `i`; `§` for a mention, nothing past the end."""
        if not 0 <= i < len(self.norms):
            return ""
        return "§" if self.reading.tokens[i].kind == "mention" else self.norms[i]

    def skip(self, i: int, what: frozenset[str] = DETERMINERS) -> int:
        """The index of the first token from `i` that is none of `what`."""
        while self.norm(i) in what:
            i += 1
        return i

    def at(self, i: int, phrase: str) -> int:
        """The index after `phrase` if it stands at `i`, else 0."""
        parts = _split(phrase)
        if self.norm(i) != parts[0]:
            return 0
        return i + len(parts) if all(self.norm(i + n) == part for n, part in enumerate(parts)) else 0

    def any_at(self, i: int, *phrases: str) -> int:
        """The index after the longest of `phrases` that stands at `i`, else 0."""
        return max((self.at(i, phrase) for phrase in _by_first(phrases).get(self.norm(i), ())), default=0)

    def quoted(self, i: int) -> str:
        """The text in quotes at `i`, if there is one."""
        mention = self.reading.mention(i) if self.norm(i) == "§" else None
        return mention.value if mention and mention.kind == "quoted" else ""

    def number(self, i: int) -> float | None:
        """The number at `i`, past a currency sign."""
        if not self.norm(i) or self.norm(i) == "§" or self.norm(i) in ORDINALS:
            return None
        return self.reading.number(i)

    def amount(self, i: int) -> tuple[float, int] | None:
        """A number with its sign and unit, and the index after it."""
        negative = self.norm(i) in ("-", "minus")
        i = self.skip(i, words("€ $ £ eur usd gbp - minus"))
        value = self.number(i)
        if value is None:
            return None
        end = i + 1
        if self.norm(i + 1) in BYTES:
            value *= BYTES[self.norm(i + 1)]
        if self.norm(end) in ("thousand", "hundred", "million"):
            value, end = value * CARDINALS[self.norm(end)], end + 1
        while self.norm(end) in UNITS:
            if self.norm(end) == "or" and self.norm(end + 1) not in ("more", "less", "fewer", "later"):
                break
            if self.norm(end) in ("more", "less", "later", "fewer") and self.norm(end - 1) != "or":
                break
            end += 1
        return (-value if negative else value), end

    def column(self, i: int, *, numeric: bool | None = None, loose: bool = True, compound: bool = True) -> Found | None:
        """The column that the words from `i` mean; None when none does or two do equally well."""
        j = self.skip(i)
        if self.norm(j) in self.nouns and compound and not self._columns(j, numeric, 95, loose):
            after = self.column(j + 1, numeric=numeric, loose=loose, compound=False) if j + 1 < len(self.norms) else None
            if after and after.score >= 78:
                return after
        found = self._columns(j, numeric, 60 if loose else 95, loose)
        if found is None and compound and numeric and self.stems[j : j + 1] and self.stems[j] in ROWS:
            after = self._columns(j + 1, numeric, 95, loose) if j + 1 < len(self.norms) else None
            return after
        if found is None or not compound:
            return found
        if self.norm(found.end) not in STOPS and self.reading.tokens[found.end - 1].kind == "word":
            head = self._columns(found.end, numeric, 78, loose) if found.end < len(self.norms) else None
            if head and key(head.field.label) == ("name",) and found.field.type == "text" and found.score >= 95:
                return Found(found.field, head.end, found.score)
            if head and self.norm(found.end) not in self._glue and head.field != found.field:
                return Found(head.field, head.end, head.score)
        return found

    _glue = words("sold spent made sales used per by")

    def _columns(self, j: int, numeric: bool | None, least: int, loose: bool) -> Found | None:
        for n in (3, 2, 1) if self.aliases else ():
            if alias := self.aliases.get(self.norms[j : j + n]):
                return Found(alias, j + n, 101) if numeric is not False else None
        best: tuple[int, int, tuple[Field, ...]] | None = None
        for n in range(min(5, len(self.norms) - j), 0, -1):
            grams = self._gram(j, n)
            if grams is None:
                continue
            match = self._match(tuple(grams), loose and (n > 1 or grams[0] not in _VAGUE))
            if match is None or match.score < least:
                continue
            fields = match.fields
            if numeric is not None:
                fields = tuple(f for f in fields if f.numeric == numeric) or (
                    fields if match.score >= 95 and numeric is not True else ()
                )
            if fields and (best is None or (match.score > best[0] and best[0] < 95)):
                best = (match.score, n, fields)
        if best is None:
            return None
        score, n, fields = best
        if len(fields) > 1 and (one := self._same_thing(fields)) is not None:
            fields = (one,)
        if len(fields) != 1:
            self.doubts[j] = tuple(f.name for f in fields)
            return None
        return Found(fields[0], j + n, score)

    def _match(self, grams: tuple[str, ...], loose: bool) -> Match | None:
        if (grams, loose) not in self._matched:
            self._matched[grams, loose] = self.schema.match(grams, loose=loose)
        return self._matched[grams, loose]

    def _gram(self, j: int, n: int) -> list[str] | None:
        tokens = self.reading.tokens[j : j + n]
        if n == 1 and (text := self.quoted(j)):
            return text.lower().split()
        if any(t.kind in ("mark", "mention") for t in tokens) or (n > 1 and tokens[0].norm in STOPS):
            return None
        return [t.norm for t in tokens]

    def _same_thing(self, fields: tuple[Field, ...]) -> Field | None:
        """Equal names in several tables are one thing when they are keys that hold the same values."""
        if len({f.label.lower() for f in fields}) > 1:
            named = [f for f in fields if key(f.label)[-1:] == ("name",)]
            return named[0] if len(named) == 1 and all("." in f.label for f in fields) else None
        values = [set(f.column.values) for f in fields if f.column]
        return fields[0] if all(a & b for a in values for b in values) else None

    def value(self, i: int) -> tuple[tuple[Field, ...], str, int] | None:
        """The text columns and the value that the words from `i` spell, and the index after them."""
        j = self.skip(i)
        if text := self.quoted(j):
            fields = self.schema.values(text)
            return (fields, text, j + 1) if fields else None
        for n in range(min(5, len(self.norms) - j), 0, -1):
            tokens = self.reading.tokens[j : j + n]
            if any(t.kind == "mention" for t in tokens) or (
                n == 1 and tokens[0].norm in _NO_VALUE and not self._spelt(tokens[0])
            ):
                continue
            spelled = self.reading.text[tokens[0].start : tokens[-1].end]
            fields = self.schema.values(spelled)
            if fields and (n > 1 or len(spelled) > 1 or spelled[0].isupper()):
                return fields, spelled, j + n
        return None

    def _spelt(self, token: Token) -> bool:
        """`IT` in capitals is a department where there is one, and no pronoun."""
        shouting = self.reading.text.isupper()
        written = token.text.isupper() and len(token.text) > 1 and not shouting
        return written and any(token.text in f.column.values for f in self.schema.fields if f.column and f.type == "text")

    def comparator(self, i: int) -> tuple[str, int] | None:
        """An operator in words, and the index after it."""
        for phrase, op in _comparators().get(self.norm(i), ()):
            if end := self.at(i, phrase):
                return op, end
        return None

    def rows(self, i: int) -> tuple[int | None, int] | None:
        """A word for the rows of a table: the table's place (None: of whatever is in play) and the index after it."""
        j = self.skip(i, DETERMINERS | words("different single individual"))
        word = self.stems[j] if j < len(self.stems) and self.norm(j) != "§" else ""
        if not word:
            return None
        for at, table in enumerate(self.schema.tables):
            if (name := key(title(table))) and tuple(stem(self.norm(j + n)) for n in range(len(name))) == name:
                return at, j + len(name)
        for at, table in enumerate(self.schema.tables):
            if any(
                is_key(f) and "." not in f.label and key(f.label) in ((word, "id"), (word, "nr"), (word, "no"))
                for f in self.schema.of_table(at)
            ):
                return at, j + 1
            if table.part == "log" and word in LOG_ROWS:
                return at, j + 1
        for at, table in enumerate(self.schema.tables):
            named = set(key(title(table))) | {
                stem(p) for p in table.source.rstrip("/").rsplit("/", 1)[-1].split("?")[0].split(".")[:1]
            }
            if any(word in kind and named & kind for kind in ROW_KINDS):
                return (at if self.many else None), j + 1
        if word in ROWS or word in self.nouns or (word in ("people", "person", "head", "staff") and self._named_tables()):
            named = self._named_tables() if word in ("people", "person", "staff", "head") else []
            return (named[0] if len(named) == 1 and self.many else None), j + 1
        return None

    def _named_tables(self) -> list[int]:
        """The tables whose rows have names."""
        return [
            at for at in range(len(self.schema.tables)) if any(key(f.label)[-1:] == ("name",) for f in self.schema.of_table(at))
        ]

    def date_part(self, i: int) -> tuple[str, int] | None:
        """`month`, `quarter` and so on, and the index after it."""
        j = self.skip(i, DETERMINERS | words("calendar"))
        if end := self.any_at(j, "day of the week", "days of the week", "day of week"):
            return "weekday", end
        if end := self.any_at(j, "hour of the day", "hour of day", "hours of the day", "hour in the day"):
            return "hour", end
        word = self.stems[j] if j < len(self.stems) and self.norm(j) != "§" else ""
        part = DATE_PARTS.get(word) or DATE_PARTS.get(self.norm(j))
        return (part, j + 1) if part else None

    def aggregate(self, i: int) -> tuple[str, int] | None:
        """The function that a word means, and the index after it (and after `of`)."""
        if self.norm(i) in ("number", "amount") and self.norm(i + 1) == "of" and self.norm(i) == "number":
            return "count", i + 2
        if self.at(i, "how many") or self.at(i, "how often"):
            return "count", i + 2
        if end := self.any_at(
            i, "sum up", "sums up", "summing up", "add up", "adds up", "adding up", "total up", "tot up", "add together"
        ):
            return "sum", end
        if end := self.any_at(i, "grand total", "sum total", "total sum", "total number of", "total count of"):
            return ("count" if "number" in self.norms[i:end] or "count" in self.norms[i:end] else "sum"), end
        if self.norm(i) in AGGREGATES:
            end = i + 1
            return AGGREGATES[self.norm(i)], end + (self.norm(end) in ("of", "for") and self.norm(i) not in ("count",)) + (
                self.norm(i) == "count" and self.norm(end) == "of"
            )
        return None

    def period(self, i: int) -> Period | None:
        """A month, quarter, half, year or day, or a range of them, from `i`."""
        j = self.skip(i, words("the month of year"))
        if not self.norm(j):
            return None
        one = self._one_period(j)
        if one is None:
            return None
        joined = self.norm(one.end) in ("to", "until", "till", "through", "-", "–") or (
            self.norm(one.end) == "and" and self.norm(j - 1) == "between"
        )
        if joined and (other := self._one_period(self.skip(one.end + 1))):
            return Period(_with_year(one, other), other.last, other.end)
        if end := self.any_at(one.end, "or later", "and later", "or after", "onwards", "and after", "or newer"):
            return Period(one.first, "9999-12-30", end)
        if end := self.any_at(one.end, "or earlier", "and earlier", "or before", "and before", "or older"):
            return Period("0001-01-01", one.last, end)
        return one

    def _one_period(self, j: int) -> Period | None:
        word = self.norm(j)
        if m := _ISO.fullmatch(word):
            return _span(int(m[1]), int(m[2]), int(m[3]) if m[3] else None, j + 1)
        if _ISO.fullmatch("".join(self.norms[j : j + 5])) and self.norm(j + 1) == "-":
            y, m_, d = int(word), int(self.norms[j + 2]), int(self.norms[j + 4])
            return _span(y, m_, d, j + 5)
        if _ISO.fullmatch("".join(self.norms[j : j + 3])) and self.norm(j + 1) == "-":
            return _span(int(word), int(self.norms[j + 2]), None, j + 3)
        if self.norm(j + 1) in ("quarter", "half") and word in ORDINALS:
            return self._stretch(ORDINALS[word], 3 if self.norm(j + 1) == "quarter" else 6, j + 2)
        if re.fullmatch(r"q[1-4]", word):
            return self._stretch(int(word[1]), 3, j + 1)
        return self._month(j)

    def _month(self, j: int) -> Period | None:
        word, day = self.norm(j), None
        if (
            (value := self.number(j)) is not None
            and 1 <= value <= 31
            and (self.norm(j + 1) in MONTHS or self.norm(j + 2) in MONTHS)
        ):
            day, j = int(value), j + (1 if self.norm(j + 1) in MONTHS else 2)
            word = self.norm(j)
        if word in MONTHS and (word != "may" or self.reading.tokens[j].text != "may") and (word != "mar"):
            end = j + 1
            if (
                day is None
                and (value := self.number(end)) is not None
                and 1 <= value <= 31
                and not _YEAR.fullmatch(self.norm(end))
            ):
                day, end = int(value), end + 1
            k = self.skip(end, words(", of"))
            year = int(self.norm(k)) if _YEAR.fullmatch(self.norm(k)) else self.only_year()
            return _span(year, MONTHS[word], day, k + 1 if _YEAR.fullmatch(self.norm(k)) else end) if year else None
        if _YEAR.fullmatch(word):
            return Period(f"{word}-01-01", f"{word}-12-31", j + 1, word)
        return None

    def _stretch(self, nth: int, months: int, end: int) -> Period | None:
        k = self.skip(end, words("of the year in"))
        year = int(self.norm(k)) if _YEAR.fullmatch(self.norm(k)) else self.only_year()
        if not year or not 1 <= nth <= 12 // months:
            return None
        first, last = (nth - 1) * months + 1, nth * months
        return Period(
            f"{year}-{first:02d}-01",
            f"{year}-{last:02d}-{monthrange(year, last)[1]}",
            k + 1 if _YEAR.fullmatch(self.norm(k)) else end,
        )

    def only_year(self) -> int:
        """The year of all dates in play, when they have but one; else 0."""
        years = {m for f in self.schema.dates() if f.column for v in f.column.values for m in _YEAR.findall(v)}
        return int(years.pop()) if len(years) == 1 else 0

    def date_column(self, near: int = -1) -> Field | None:
        """The date column that is meant: the only one, or the one named in the same sentence."""
        dates = self.schema.dates()
        if len(dates) > 1:
            named = self._dates_said(near)
            plain = [f for f in dates if key(f.label)[-1:] == ("date",) and len(key(f.label)) == 1]
            dates = tuple(named[:1] if len(named) == 1 else plain[:1]) or dates
        if len(dates) == 1:
            return dates[0]
        if dates:
            self.doubts[near] = tuple(f.name for f in dates)
        return None

    def _dates_said(self, near: int) -> list[Field]:
        """The date columns that the sentence names."""
        if not 0 <= near < len(self.stems):
            return []
        found = [self._columns(i, None, 78, True) for i in self.reading.sentence(near) if self.norm(i) not in DATE_PARTS]
        return list({f.field.name: f.field for f in found if f and f.field.temporal}.values())


_VAGUE = words(
    "total number value one item order amount people data date time what type kind code"
    " when text line page note part agent report work start place list level good"
) - words("amount date item order code type kind note level agent")
_NO_VALUE = words(
    "a an the i it is in no not all any one to of and or on at as per by for new may mar jan yes none other date name total first last other"
)


@lru_cache(maxsize=8192)
def _split(phrase: str) -> tuple[str, ...]:
    return tuple(phrase.split())


@lru_cache(maxsize=1024)
def _by_first(phrases: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for phrase in phrases:
        first = phrase.split()[0]
        found[first] = (*found.get(first, ()), phrase)
    return found


@lru_cache(maxsize=1)
def _comparators() -> dict[str, tuple[tuple[str, str], ...]]:
    found: dict[str, tuple[tuple[str, str], ...]] = {}
    for phrase, op in COMPARATORS:
        first = phrase.split()[0]
        found[first] = (*found.get(first, ()), (phrase, op))
    return found


def date_part_field(part: str, date: Field) -> Field:
    """A column with a part of a date."""
    name = {"date": "date"}.get(part, part)
    expr: Object = {"op": part, "args": [date.expr]}
    return Field(
        name if name != date.name else f"{name}_day" if date.type == "datetime" else name,
        part,
        "date" if part == "date" else "text",
        expr,
        date.tables,
    )


def compare(one: Field, op: str, value: Json) -> Object:
    """A condition on a column."""
    return {"column": one.name, "op": op, "value": value}


def plain(value: float) -> int | float:
    """A number without a useless fraction."""
    return int(value) if value == int(value) else value


def _span(year: int, month: int, day: int | None, end: int) -> Period | None:
    if not 1 <= month <= 12:
        return None
    if day is not None:
        return Period(f"{year}-{month:02d}-{day:02d}", f"{year}-{month:02d}-{day:02d}", end)
    return Period(f"{year}-{month:02d}-01", f"{year}-{month:02d}-{monthrange(year, month)[1]}", end)


def _with_year(one: Period, other: Period) -> str:
    return one.first if one.first <= other.last else f"{int(other.last[:4])}{one.first[4:]}"
