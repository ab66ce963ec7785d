"""Tables: sources → typed relational steps → files, charts, reports and answers."""

from dataclasses import dataclass, field

from arkwright.core.json import Json, Object, ref
from arkwright.core.plan import Need, Question, Refusal
from arkwright.core.survey import Table
from arkwright.planner.lexicon import words as words_of
from arkwright.planner.reading import Draft, Drafting, Reading
from arkwright.planner.recipes.tables import sources
from arkwright.planner.recipes.tables.events import Compute, Event, Tag
from arkwright.planner.recipes.tables.extras import copied, crossed, dropped
from arkwright.planner.recipes.tables.make import make
from arkwright.planner.recipes.tables.neutral import NEUTRAL
from arkwright.planner.recipes.tables.parse import Parser
from arkwright.planner.recipes.tables.query import Query, Wish, fold
from arkwright.planner.recipes.tables.schema import Field, Schema, is_key, title
from arkwright.planner.recipes.tables.steps import Built, Puzzled, build, joinable, totals_of
from arkwright.planner.recipes.tables.words import Words
from arkwright.planner.text import key


def propose(reading: Reading) -> Draft | Need | Refusal | Question | None:
    """What can be done about the tables a request speaks of."""
    found = sources.find(reading)
    if not isinstance(found, sources.Found):
        return found
    tables = found.tables
    union = sources.same_shape(tables)
    schema = Schema.of((sources.united(tables),) if union else tables)
    words = Words(reading, schema)
    words.many = len(tables) > 1
    events = Parser(words).parse()
    wish = fold(events, reading.norms)
    if not _about_data(events, wish):
        return None
    covered = _covered(reading, words, events) | found.covered
    left = reading.left_over(covered)
    if (sign := _uncalculated(reading, covered)) is not None:
        reason = f"I do not understand {reading.tokens[sign].text!r} in {reading.clause(sign)!r}"
        return Refusal(reading.clause(sign), reason, "say in words what is to be calculated", "not_understood")
    if left and (question := _doubt(reading, words, left, covered)):
        return question
    work = Work(reading, schema, tables, union, found, Drafting(reading, "tables"), _tag(events, tables, union))
    try:
        return work.draft(wish, covered)
    except Puzzled as puzzle:
        if left:
            words_left = ", ".join(repr(reading.tokens[i].text) for i in left[:6])
            clause = reading.clause(left[0])
            return Refusal(
                clause,
                f"I do not understand {words_left} in {clause!r}",
                "say it in other words, or leave it out",
                "not_understood",
            )
        clause = reading.quote(puzzle.span) or reading.text
        if puzzle.options:
            return Question(f"{puzzle.reason}: which column is meant in {clause!r}?", puzzle.options)
        return Refusal(clause, puzzle.reason, puzzle.remedy or "name the column", "incomplete")


def _uncalculated(reading: Reading, covered: frozenset[int]) -> int | None:
    """A sign of calculation or comparison between two words that nothing accounts for."""
    for token in reading.tokens[1:-1]:
        before, after = reading.tokens[token.index - 1], reading.tokens[token.index + 1]
        arrow = before.text in "-=<>" or after.text in "-=<>"
        beside = {before.kind, after.kind} <= {"word", "number"}
        if token.text in "*×<>%" and token.index not in covered | reading.filler - {token.index} and beside and not arrow:
            return token.index
    return None


def _about_data(events: list[Event], wish: Wish) -> bool:
    return (
        any(not q.empty or q.filters for q in wish.queries)
        or wish.report is not None
        or any(q.draws or q.sinks for q in wish.queries)
    )


def _covered(reading: Reading, words: Words, events: list[Event]) -> frozenset[int]:
    """All tokens that events account for, and words for the rows and the tables themselves."""
    done = {i for event in events for i in event.span}
    for event in events:
        if isinstance(event, Compute) and words.norm(event.span[0] - 1) == "(":
            at = event.span[0] - 2
            while at not in done and at >= 0 and reading.tokens[at].kind == "word" and event.span[0] - at < 5:
                done.add(at)
                at -= 1
    for i in reading.left_over(done):
        token = key(words.norm(i))
        near = {i - 1, i + 1, i + 2} & (done | {m for m in (i - 1, i + 1) if words.norm(m) == "§"})
        neutral = words.norm(i) in NEUTRAL and not _could_mean(words, i)
        if neutral or (token and set(token) <= words.nouns) or words.rows(i) or (words.norm(i) in PARTICIPLES and near):
            done.add(i)
    return frozenset(done)


def _could_mean(words: Words, i: int) -> bool:
    """Whether a word is a value of the data, or the very name of a column: such a word is never passed over."""
    column = words.column(i, loose=False, compound=False)
    return words.value(i) is not None or column is not None


PARTICIPLES = words_of(
    "started joined caused causing happened occur occurs occurred appear appears happen rented sold placed bought hired caused causing lasted lasting took taken paid spent earned received ordered booked published born recorded measured made hold earn earns cost costs last lasts sent sell sells place places buy buys made answered answer served weigh weighs took needed"
)


def _doubt(reading: Reading, words: Words, left: tuple[int, ...], covered: frozenset[int]) -> Question | None:
    """A question when all that is left over are words that fit two columns."""
    unsure = [i for i in words.doubts if i in left]
    if not unsure or set(left) - set(range(unsure[0] - 1, unsure[0] + 4)):
        return None
    return Question(
        f"which column is meant by {reading.tokens[unsure[0]].text!r} in {reading.clause(unsure[0])!r}?", words.doubts[unsure[0]]
    )


def _tag(events: list[Event], tables: tuple[Table, ...], union: bool) -> str:
    if not union:
        return ""
    tag = next((e for e in events if isinstance(e, Tag)), None)
    if tag is None:
        return ""
    name = tag.name
    taken = {c.name.lower() for c in tables[0].columns}
    return name if name not in taken else f"{name}_file"


STATISTICS = (("count", "count"), ("mean", "mean"), ("stddev", "stddev"), ("min", "min"), ("median", "median"), ("max", "max"))


@dataclass(slots=True)
class Work:
    """Turns queries into tasks: one a source, one a query, then what is made of them."""

    reading: Reading
    schema: Schema
    tables: tuple[Table, ...]
    union: bool
    found: sources.Found
    draft_: Drafting
    tag: str = ""
    fetched: dict[str, Json] = field(default_factory=dict[str, Json])
    stacked: Json = None

    def draft(self, wish: Wish, covered: frozenset[int]) -> Draft:
        """The whole draft."""
        self.draft_.cover(covered)
        if copied(self.draft_, wish, self.tables, lambda at: source(self.tables[at])):
            return self.draft_.draft()
        default = self.default()
        for query in wish.queries:
            if any(c.do == "describe" for c in query.cleans) and (query.grouped or query.windows or query.sorts):
                raise Puzzled(
                    "statistics are planned of rows, not of groups",
                    remedy="ask for the average, median, lowest and highest per group",
                )
        made: list[tuple[Query, Built, Json]] = []
        for query in wish.queries:
            built = build(self.schema, query, default, tagged=self.tag)
            table = self.crossed(query, built) if built.pivoted and query.totalled else self.run(query, built)
            made.append((query, built, self.described(query, built, self.totalled(query, built, table))))
            if any(c.do == "dropped" for c in query.cleans):
                dropped(self.draft_, query, self.input(self.main()), made[-1][2])
            for note in built.notes:
                self.draft_.note(note)
        make(self.reading, self.schema, self.draft_, wish, made)
        return self.draft_.draft()

    def crossed(self, query: Query, built: Built) -> Json:
        """A pivot table with its totals."""
        return crossed(self.draft_, self.run, query, built, across=any(f.do == "cross" for f in query.finishes))

    def described(self, query: Query, built: Built, table: Json) -> Json:
        """Count, mean, deviation, lowest, median and highest of each column of numbers, a row for each."""
        asked = next((c for c in query.cleans if c.do == "describe"), None)
        if asked is None:
            return table
        numbers = [f for f in query.select or self.schema.fields if f.numeric and not is_key(f)]
        other = [f for f in query.select if f not in numbers and not is_key(f)]
        if not numbers or other or len(self.schema.tables) > 1:
            raise Puzzled("it is not said what the statistics are about", remedy="name one table and its columns of numbers")
        names = [f"column_{at}" for at, _ in enumerate(numbers, start=1)]
        inputs: Object = {}
        for name, one in zip(names, numbers, strict=True):
            aggregates: list[Json] = [{"name": label, "fn": fn, "column": one.name} for label, fn in STATISTICS]
            order: list[Json] = [{"column": c, "name": c} for c in ("column", *(label for label, _ in STATISTICS))]
            steps: list[Json] = [
                {"do": "group", "by": [], "aggregates": aggregates},
                {"do": "derive", "name": "column", "expr": {"value": one.label}},
                {"do": "select", "columns": order},
            ]
            inputs[name] = ref(
                self.draft_.task(f"describe {one.label}", "tables.query", {"inputs": {"rows": table}, "steps": steps})
            )
        built.keys, built.numbers, built.columns = ["column"], [label for label, _ in STATISTICS], ["column"]
        if len(numbers) == 1:
            return inputs[names[0]]
        task = self.draft_.task(
            "put the statistics together", "tables.query", {"inputs": inputs, "steps": [{"do": "union", "with": list(names[1:])}]}
        )
        self.draft_.require(self.reading.quote(asked.span), task)
        return ref(task)

    def totalled(self, query: Query, built: Built, table: Json) -> Json:
        """The result with a line of totals under it, when one is asked for; only what can be added up has a total."""
        asked = next((f for f in query.finishes if f.do == "total"), None)
        if asked is None or built.pivoted:
            return table
        summed = totals_of(query, built)
        if not built.keys or built.pivoted or not summed or summed != built.numbers:
            raise Puzzled(
                "these figures have no total", span=asked.span, remedy="ask for a total row under sums or counts per group"
            )
        names: list[Json] = [{"column": built.keys[0]}]
        texts: Object = {"do": "derive", "name": built.keys[0], "expr": {"op": "text", "args": names}}
        rows = self.draft_.task("prepare the rows", "tables.query", {"inputs": {"rows": table}, "steps": [texts]})
        group: Object = {"do": "group", "by": [], "aggregates": [{"name": n, "fn": "sum", "column": n} for n in summed]}
        label: Object = {"do": "derive", "name": built.keys[0], "expr": {"value": "Total"}}
        total = self.draft_.task("add up the rows", "tables.query", {"inputs": {"rows": table}, "steps": [group, label]})
        stacked: Object = {"inputs": {"rows": ref(rows), "total": ref(total)}, "steps": [{"do": "union", "with": ["total"]}]}
        task = self.draft_.task("put the total under the rows", "tables.query", stacked)
        self.draft_.require(self.reading.quote(asked.span), task)
        return ref(task)

    def default(self) -> Field | None:
        """The one thing that can be measured: the only number, or the only one that means money."""
        numbers = self.schema.numbers()
        if len(numbers) == 1:
            return numbers[0]
        money = [
            f
            for f in numbers
            if set(key(f.label)) & {"amount", "revenue", "sale", "turnover", "umsatz", "total", "value", "size"}
        ]
        return money[0] if len(money) == 1 else None

    # ------------------------------------------------------------------ inputs
    def run(self, query: Query, built: Built) -> Json:
        """The task of a query; a reference to its table."""
        absent = any(c.do == "anti" for c in query.cleans)
        needed = sorted(built.tables) or ([] if absent else [self.main()])
        lonely = next((c.value for c in query.cleans if c.do == "anti"), None)
        if isinstance(lonely, int):
            needed = [self.left_of(lonely, needed)]
        kept = next((f for c in query.cleans if c.do == "left" for f in c.fields), None)
        inputs, steps = self.join(needed, built, first=min(kept.tables) if kept else None)
        if isinstance(lonely, int):
            pair = joinable(self.schema.tables, needed[0], lonely)
            assert pair is not None
            name = _identifier(title(self.schema.tables[lonely]))
            inputs[name] = self.input(lonely)
            apart: Object = {"do": "join", "with": name, "on": [{"left": pair[0], "right": pair[1]}], "how": "anti"}
            steps.insert(0, apart)
        steps.extend(built.steps)
        if len(needed) > 1 and not query.grouped and not query.select:
            steps.append(self.plain_columns(needed))
        if (
            not steps
            and len(inputs) == 1
            and isinstance(next(iter(inputs.values())), dict)
            and "$ref" in str(next(iter(inputs.values())))
        ):
            return next(iter(inputs.values()))
        goal = self.reading.quote(sorted(query.span)) if query.span else "read the table"
        args: Object = {"inputs": inputs, "steps": steps}
        task = self.draft_.task(_short(goal), "tables.query", args)
        self.draft_.require(_short(goal), task)
        return ref(task)

    def left_of(self, lonely: int, needed: list[int]) -> int:
        """The table whose rows have no partner in another one."""
        said = set(self.reading.stems)
        near = [at for at in range(len(self.schema.tables)) if at != lonely and joinable(self.schema.tables, at, lonely)]
        named = (
            [at for at in near if at in needed] or [at for at in near if set(key(title(self.schema.tables[at]))) <= said] or near
        )
        if len(named) != 1:
            raise Puzzled("it is not said what has none", tuple(title(self.schema.tables[at]) for at in near))
        return named[0]

    def main(self) -> int:
        """The table that a query over no column is about: the only one, or the one whose name is said."""
        if len(self.schema.tables) == 1:
            return 0
        said = set(self.reading.stems)
        named = [at for at, t in enumerate(self.schema.tables) if set(key(title(t))) <= said]
        if len(named) == 1:
            return named[0]
        raise Puzzled("it is not said which table is meant", tuple(title(t) for t in self.schema.tables))

    def input(self, at: int) -> Json:
        """What a query reads: a source in the workspace, or what a fetch brought."""
        if self.union:
            return self.stack()
        table = self.schema.tables[at]
        web = table.source.startswith(("http://", "https://"))
        found = self.fetch(table) if web else source(table)
        return self.unnested(table, found) if "unnest" in table.layout else found

    def unnested(self, table: Table, found: Json) -> Json:
        """One row for each element of a list column."""
        known = f"{table.source} {table.part}"
        if known not in self.fetched:
            steps: list[Json] = [{"do": "unnest", "column": table.layout["unnest"]}]
            self.fetched[known] = ref(
                self.draft_.task(
                    f"take {table.layout['unnest']} apart", "tables.query", {"inputs": {"rows": found}, "steps": steps}
                )
            )
        return self.fetched[known]

    def stack(self) -> Json:
        """The files of one shape as one table."""
        if self.stacked is None:
            names = [_identifier(title(t)) for t in self.tables]
            step: Object = {"do": "union", "with": list(names[1:])}
            if self.tag:
                step["tag"] = {"name": self.tag, "values": {n: title(t) for n, t in zip(names, self.tables, strict=True)}}
            inputs: Object = {n: source(t) for n, t in zip(names, self.tables, strict=True)}
            goal = f"stack {', '.join(t.source for t in self.tables)}"
            task = self.draft_.task(goal, "tables.query", {"inputs": inputs, "steps": [step]})
            self.draft_.require(goal, task)
            self.stacked = ref(task)
        return self.stacked

    def fetch(self, table: Table) -> Json:
        """Fetch an address again as part of the plan."""
        if table.source in self.fetched:
            return self.fetched[table.source]
        auth: Object = {"auth": {"bearer_file": self.found.auth}} if self.found.auth else {}
        url = table.source
        if door := table.layout.get("graphql"):
            args: Object = {"url": url, "query": sources.document(str(door), [c.name for c in table.columns]), **auth}
            task = self.draft_.task(f"query {door} at {url}", "graphql.query", args, retry=3)
            value = ref(task, "table")
        elif table.part.startswith("table:"):
            index = int(table.part[6:]) - 1
            steps: list[Json] = [{"do": "wait"}]
            if self.reading.has("pages", "page", "every page", "next", "whole", "all", "entire", "complete", "full"):
                steps.append({"do": "next_pages"})
            task = self.draft_.task(f"read the table on {url}", "browser.visit", {"url": url, "steps": steps}, retry=2)
            value = ref(task, f"tables.{index}")
        else:
            task = self.draft_.task(f"fetch {url}", "http.fetch", {"url": url, **auth}, retry=3)
            value = ref(task, "table")
        self.draft_.require(url, task)
        self.fetched[url] = value
        return value

    def join(self, needed: list[int], built: Built, *, first: int | None = None) -> tuple[Object, list[Json]]:
        """Inputs and the steps that bring the needed tables together, over the tables between them; all rows of the `first` stay."""
        if len(needed) == 1:
            at = needed[0]
            inputs: Object = {_identifier(title(self.schema.tables[at])): self.input(at)}
            renames = self.renames(at)
            return inputs, [{"do": "select", "columns": renames}] if renames and self.renamed(at) else []
        path = self.connect(needed, first)
        if path is None:
            names = " and ".join(repr(title(self.schema.tables[at])) for at in needed)
            raise Puzzled(f"{names} have no key in common", remedy="say on which column they are to be joined")
        base = path[0][0]
        inputs = {_identifier(title(self.schema.tables[base])): self.prepared(base)}
        steps: list[Json] = []
        for left, right in path:
            pair = joinable(self.schema.tables, left, right)
            assert pair is not None
            name = _identifier(title(self.schema.tables[right]))
            inputs[name] = self.prepared(right)
            on: Json = [
                {
                    "left": _joined(self.schema.tables[left], pair[0], left),
                    "right": _joined(self.schema.tables[right], pair[1], right),
                }
            ]
            steps.append({"do": "join", "with": name, "on": on, "how": "inner" if first is None else "left"})
        return inputs, steps

    def plain_columns(self, needed: list[int]) -> Json:
        """All columns of the joined tables, each key once."""
        seen: dict[str, str] = {}
        for f in (f for at in needed for f in self.schema.of_table(at)):
            seen.setdefault(f.label, f.name)
        return {"do": "select", "columns": [{"column": column, "name": label} for label, column in seen.items()]}

    def renamed(self, at: int) -> bool:
        return any(f.name != f.label for f in self.schema.of_table(at))

    def renames(self, at: int) -> list[Json]:
        return [{"column": f.label, "name": f.name} for f in self.schema.of_table(at)]

    def prepared(self, at: int) -> Json:
        """One side of a join: its columns under the names they have in play, and its keys once more under names of their own."""
        table = self.schema.tables[at]
        steps: list[Json] = []
        for column in self.join_keys(at):
            steps.append({"do": "derive", "name": _joined(table, column, at), "expr": {"column": column}})
        keys: list[Json] = [{"column": _joined(table, c, at), "name": _joined(table, c, at)} for c in self.join_keys(at)]
        steps.append({"do": "select", "columns": [*self.renames(at), *keys]})
        inputs: Object = {_identifier(title(table)): self.input(at)}
        return ref(self.draft_.task(f"read {title(table)}", "tables.query", {"inputs": inputs, "steps": steps}))

    def join_keys(self, at: int) -> list[str]:
        found: list[str] = []
        for other in range(len(self.schema.tables)):
            if other != at and (pair := joinable(self.schema.tables, at, other)):
                found.append(pair[0])
        return list(dict.fromkeys(found))

    def connect(self, needed: list[int], first: int | None = None) -> list[tuple[int, int]] | None:
        """The edges of a smallest tree that holds the needed tables; starts at the `first`, else at the one with most rows."""
        start = max(needed, key=lambda at: self.schema.tables[at].rows) if first is None else first
        edges: list[tuple[int, int]] = []
        inside = {start}
        for goal in (at for at in needed if at != start):
            if goal in inside:
                continue
            trail = self.trail(inside, goal)
            if trail is None:
                return None
            edges += trail
            inside |= {right for _, right in trail}
        return edges

    def trail(self, inside: set[int], goal: int) -> list[tuple[int, int]] | None:
        """The shortest way from what is joined already to a table."""
        ways: list[list[tuple[int, int]]] = [
            [(a, b)]
            for a in sorted(inside)
            for b in range(len(self.schema.tables))
            if b not in inside and joinable(self.schema.tables, a, b)
        ]
        while ways:
            way = ways.pop(0)
            last = way[-1][1]
            if last == goal:
                return way
            seen = {b for _, b in way} | inside
            ways += [
                [*way, (last, b)]
                for b in range(len(self.schema.tables))
                if b not in seen and joinable(self.schema.tables, last, b)
            ]
        return None


def source(table: Table) -> Object:
    """A table of the workspace as the argument of a tool."""
    out: Object = {"path": table.source}
    if table.part:
        out["part"] = table.part
    if layout := {name: value for name, value in table.layout.items() if name != "unnest"}:
        out["layout"] = layout
    return out


def _identifier(name: str) -> str:
    return "_".join(part for part in "".join(c if c.isalnum() else " " for c in name).split()) or "table"


def _joined(table: Table, column: str, at: int) -> str:
    return f"_{at}_{column}"


def _short(text: str) -> str:
    text = " ".join(text.split()).strip(" ,;:.!?")
    return text if len(text) <= 120 else text[:117] + "..."
