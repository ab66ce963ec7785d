"""Data questions: a draft over the tables that really exist, turned into steps that the box computes in plain Python."""

import re
from collections.abc import Sequence
from itertools import combinations
from typing import cast

from arkwright.core.json import Json, Object
from arkwright.verifier.demands import Column, Question, Source
from arkwright.verifier.reader.draft import Draft, Measure, Term
from arkwright.verifier.reader.joins import join_path

PRICE = ("price", "cost", "amount", "fee", "rate", "salary", "total")
UNPICKED = ("words", "lines")


class Unreadable(Exception):
    """A question that has no single reading; the message is for the verdict."""


def build(draft: Draft, sources: Sequence[Source]) -> list[Question]:
    """The questions of a draft: one, or its alternatives are marked in the rules.

    Raises:
        Unreadable: a column, a table or a date could be meant in more than one way.
    """
    chosen = choose(draft, sources)
    questions = [Assembly(draft, chosen).question()]
    if draft.tidy.get("changes"):
        questions.append(changes(draft, questions[0]))
    return questions


def changes(draft: Draft, question: Question) -> Question:
    """The largest changes of a grouped measure from one period to the next, within each other key."""
    period = [k for k in question.keys if k.startswith("~") and k not in ("~weekday", "~hour")]
    if len(period) != 1 or len(question.measures) != 1:
        raise Unreadable("changes of what, from when to when?")
    rest = [k for k in question.keys if k != period[0]]
    steps: list[Json] = [
        s for s in cast("list[Json]", question.question["steps"]) if cast("Object", s)["do"] not in ("sort", "top")
    ]
    more: list[Json] = [
        {"do": "sort", "by": [{"column": period[0], "descending": False}]},
        {"do": "window", "name": "~change", "fn": "change", "column": question.measures[0], "per": cast("Json", rest)},
        {"do": "derive", "name": "~size", "expr": {"op": "abs", "args": [{"column": "~change"}]}},
        {"do": "top", "count": cast("int", draft.tidy["changes"]), "column": "~size", "descending": True, "per": []},
        {"do": "pick", "columns": cast("Json", [*rest, period[0], "~change"])},
    ]
    return Question(
        "the largest changes", {"tables": question.question["tables"], "steps": [*steps, *more]}, {"mention": True}, question.keys
    )


def choose(draft: Draft, sources: Sequence[Source]) -> list[Source]:
    """The smallest set of joinable tables in which every mention has its column."""
    words = {p[0] for t in _terms(draft) for p in t.pairs}
    usable = [s for s in sources if s.part not in UNPICKED or s.id in words] or list(sources)
    needs = [t for t in _terms(draft) if t.pairs]
    entities = {s for t in _terms(draft) if t.derived.startswith("entity:") for s in t.derived[7:].split("|")}
    for size in (1, 2, 3, 4):
        fitting = [list(c) for c in combinations(usable, size) if _covers(c, needs, entities, draft)]
        if fitting:
            return _prefer(fitting, draft)
    raise Unreadable("no table has all of the columns that the request names")


def _terms(draft: Draft) -> list[Term]:
    terms = (
        [t for ts, _ in draft.filters for t in ts]
        + draft.keys
        + draft.keep
        + draft.per
        + [m.term for m in draft.measures if m.term]
    )
    terms += [t for t, _ in draft.order if isinstance(t, Term)] + ([draft.across] if draft.across else [])
    terms += [t for _, args in draft.derived.values() for t in args if isinstance(t, Term)]
    return terms + (draft.dedupe[0] if draft.dedupe else [])


def _covers(group: Sequence[Source], needs: list[Term], entities: set[str], draft: Draft) -> bool:
    ids = {s.id for s in group}
    if entities and not ids & entities:
        return False
    if len(group) > 1 and join_path(list(group)) is None:
        return False
    named = [c for _, c in draft.filters if "named" in c]
    for cond in named:
        if not any(_named_column(s, cast("list[str]", cond["named"])) for s in group):
            return False
    return all(any(p[0] in ids for p in t.pairs) for t in needs)


def _named_column(source: Source, names: list[str]) -> str | None:
    return next((c.name for n in names for c in source.columns if re.split(r"[_ .]", c.name.casefold())[-1] == n), None)


def _prefer(fitting: list[list[Source]], draft: Draft) -> list[Source]:
    if len(fitting) == 1:
        return fitting[0]
    wanted = set(draft.entity)
    hits = [f for f in fitting if wanted and wanted <= {s.id for s in f}]
    if len(hits) == 1:
        return hits[0]
    shortest = [f for f in fitting if len(f) == 1 and all(g is f or g[0].part.startswith(f[0].part) for g in fitting)]
    needs_date = any(t.period for t in _terms(draft)) or any(c.get("op") == "dates" for _, c in draft.filters)
    dated = [f for f in fitting if any(c.type == "date" for s in f for c in s.columns)]
    if needs_date and len(dated) == 1:
        return dated[0]
    if len(shortest) == 1:
        return shortest[0]
    raise Unreadable("more than one table could be meant: " + ", ".join(f"{s.path} {s.part}".strip() for f in fitting for s in f))


class Assembly:
    """Builds the steps of one question over its chosen tables."""

    def __init__(self, draft: Draft, sources: list[Source]) -> None:
        self.draft, self.sources = draft, sources
        self.steps: list[Json] = []
        self.names: dict[tuple[str, str], str] = {}
        self.columns: dict[str, Column] = {}
        self.start()

    def start(self) -> None:
        """Read the first table and join the others."""
        path = join_path(self.sources) if len(self.sources) > 1 else [(self.sources[0], "", "")]
        if path is None:
            raise Unreadable("the tables share no key")
        first = path[0][0]
        self.steps.append({"do": "from", "table": first.id})
        self._adopt(first)
        for source, left, right in path[1:]:
            how = "inner" if self.draft.measures else "left"
            self.steps.append({"do": "join", "table": source.id, "left": left, "right": right, "how": how})
            self._adopt(source)

    def _adopt(self, source: Source) -> None:
        for column in source.columns:
            name = column.name if column.name not in self.columns else f"{source.id}.{column.name}"
            self.names[(source.id, column.name)] = name
            self.columns[name] = column

    def name(self, term: Term) -> str:
        """The column that a term stands for here; a period is derived on the way."""
        if term.derived == "computed":
            return self.computed()
        if term.derived.startswith("entity:"):
            return self.entity(term)
        if term.period:
            return self.period(term)
        found = list(dict.fromkeys(self.names[p] for p in term.pairs if p in self.names))
        if len(found) > 1:
            found = (
                [f for f in found if f in [p[1] for p in term.pairs]][:1]
                if len({f.split(".")[-1] for f in found}) == 1
                else found
            )
        if len(found) != 1:
            raise Unreadable(f"{term.text!r} could be any of {found}")
        return found[0]

    def entity(self, term: Term) -> str:
        """The naming column of a table (`customers` -> its name)."""
        ids = term.derived[7:].split("|")
        source = next((s for s in self.sources if s.id in ids), None)
        if source is None:
            raise Unreadable(f"{term.text!r} is a table that is not used")
        named = [
            c for c in source.columns if c.name.casefold() in ("name", "title") or c.name.casefold().endswith(("_name", " name"))
        ]
        if len(named) != 1 or not named[0].unique:
            raise Unreadable(f"{term.text!r} has no column that names each of them")
        return self.names[(source.id, named[0].name)]

    def date(self, term: Term | None = None) -> str:
        """The date column that is meant: the one named, or the only one."""
        if term is not None and term.pairs:
            return self.name(Term(pairs=term.pairs, text=term.text))
        dated = [n for n, c in self.columns.items() if c.type == "date"]
        if len(dated) != 1:
            raise Unreadable(f"the date could be any of {dated}")
        if self.columns[dated[0]].unsure:
            raise Unreadable(f"{dated[0]!r} could be day/month or month/day")
        return dated[0]

    def period(self, term: Term) -> str:
        """A derived column that holds the month, week and so on of the date."""
        column = self.date(term)
        name = f"~{term.period}"
        step: Json = {"do": "derive", "name": name, "expr": {"op": term.period, "args": [{"column": column}]}}
        if step not in self.steps:
            self.steps.append(step)
        return name

    def computed(self) -> str:
        """The derived value that the request describes."""
        if "computed" not in self.draft.derived:
            self.draft.derived["computed"] = ("days", cast("list[Term | str]", list(self.duration())))
        op, args = self.draft.derived["computed"]
        step: Json = {
            "do": "derive",
            "name": "~computed",
            "expr": {"op": op, "args": [{"column": self.name(cast("Term", a))} for a in args]},
        }
        if step not in self.steps:
            self.steps.append(step)
        return "~computed"

    def duration(self) -> tuple[Term, Term]:
        """The later and the earlier of the only two dates, told apart by their names."""
        dated = [n for n, c in self.columns.items() if c.type == "date"]
        early = [
            n
            for n in dated
            if re.search(r"start|from|pick|begin|check.?in|open|creat|order|hired|out$|borrow|rented|received|sent", n.casefold())
        ]
        late = [
            n
            for n in dated
            if n not in early
            and re.search(
                r"end|return|until|check.?out|clos|deliver|finish|ship|back|drop|solved|resolved|paid|due", n.casefold()
            )
        ]
        if len(dated) != 2 or len(early) != 1 or len(late) != 1 or any(self.columns[d].unsure for d in dated):
            raise Unreadable(f"a duration between which of {dated}?")
        pairs = {v: k for k, v in self.names.items()}
        return Term(pairs=(pairs[late[0]],), text=late[0]), Term(pairs=(pairs[early[0]],), text=early[0])

    def question(self) -> Question:
        """Filters, then groups, order, top and columns; and what to compare strictly."""
        for terms, cond in self.draft.filters:
            self.steps.append({"do": "where", "cond": self.condition(terms, cond)})
        if self.draft.dedupe:
            terms, keep = self.draft.dedupe
            values = self.columns[self.name(terms[0])].values
            if not self.draft.tidy.get("folded") and (not values or len({v.casefold() for v in values}) != len(values)):
                raise Unreadable("whether upper and lower case make a difference is not said")
            if keep not in ("first", "last"):
                raise Unreadable(f"which is the {keep} is not said")
            self.steps.append({"do": "dedupe", "on": [self.name(t) for t in terms], "keep": keep})
        keys = list(dict.fromkeys(self.name(k) for k in self.draft.keys))
        if self.draft.across is not None:
            return self.pivoted(keys)
        if self.draft.measures:
            return self.grouped(keys)
        return self.rows(keys)

    def condition(self, terms: list[Term], cond: Object) -> Object:
        """A condition with its column."""
        if "not" in cond:
            return {"not": self.condition(terms, cast("Object", cond["not"]))}
        op = cond["op"]
        if op in ("dates", "months", "quarters"):
            return self.dated(terms, cond)
        if cond.get("pair"):
            return {"column": self.name(terms[0]), "op": op, "value": {"column": self.name(terms[1])}}
        if "named" in cond:
            names = cast("list[str]", cond["named"])
            column = next((self.names[(s.id, n)] for s in self.sources if (n := _named_column(s, names))), None)
        elif not terms:
            column = self.guess(str(cond.get("guess", "")))
        else:
            column = self.name(terms[0])
        if column is None:
            raise Unreadable(f"no column for {cond}")
        return {"column": column, "op": op, **({"value": cond["value"]} if "value" in cond else {})}

    def guess(self, phrase: str) -> str:
        """The column of a bound that names none: a year after `published`, days after `longer than`, a price after `cheaper`."""
        if "computed" in self.draft.derived or re.search(r"\bdays\b|lasted|lasting|took", phrase):
            return self.computed()
        year = next((n for n, c in self.columns.items() if c.name.casefold() == "year" and c.type == "number"), None)
        if (
            year
            and re.search(r"\b(1[89]|20)\d\d\b", phrase)
            and re.search(r"publish|releas|after|before|since|written|made|built|newer|older", phrase)
        ):
            return year
        for words, names in (
            (r"bytes|kb|mb|bigger|larger|smaller", ("size", "bytes")),
            (r"cost|cheaper|worth|eur|dollar|priced", PRICE),
        ):
            found = [
                n for n, c in self.columns.items() if c.type == "number" and re.split(r"[_ .]", c.name.casefold())[-1] in names
            ]
            if re.search(words, phrase) and len(found) == 1:
                return found[0]
        raise Unreadable(f"it is not said what {phrase!r} is about")

    def dated(self, terms: list[Term], cond: Object) -> Object:
        """A range of days; a year bound falls on a year column where there is no date."""
        first, last = (str(v) for v in cast("list[Json]", cond["value"]))
        years = [n for n, c in self.columns.items() if c.name.casefold() == "year" and c.type == "number"]
        if not terms and len(years) == 1 and not any(c.type == "date" for c in self.columns.values()):
            return self.yearly(years[0], first, last)
        column = self.date(terms[0] if terms else None)
        if cond["op"] in ("months", "quarters"):
            known = self.columns[column].years
            if len(known) != 1:
                raise Unreadable("a month without a year, and the data have several years")
            per = 1 if cond["op"] == "months" else 3
            low, high = (int(first) - 1) * per + 1, int(last) * per
            names = [f"{known[0]}-{m:02d}" for m in range(low, high + 1)]
            self.steps.append({"do": "derive", "name": "~inmonth", "expr": {"op": "month", "args": [{"column": column}]}})
            return {"column": "~inmonth", "op": "in", "value": cast("Json", names)}
        parts: list[Json] = []
        self.steps.append({"do": "derive", "name": "~onday", "expr": {"op": "day", "args": [{"column": column}]}})
        if first:
            parts.append({"column": "~onday", "op": "ge", "value": first})
        if last:
            parts.append({"column": "~onday", "op": "le", "value": last})
        return {"all": parts}

    def yearly(self, column: str, first: str, last: str) -> Object:
        """The same on a column of years."""
        parts: list[Json] = []
        if first:
            parts.append({"column": column, "op": "ge", "value": str(int(first[:4]))})
        if last:
            parts.append({"column": column, "op": "le", "value": str(int(last[:4]))})
        return {"all": parts}

    def aggregate(self, measure: Measure, name: str) -> Json:
        """An aggregate step's entry."""
        column = self.name(measure.term) if measure.term else None
        return {"name": name, "fn": measure.fn, **({"column": column} if column else {})}

    def grouped(self, keys: list[str]) -> Question:
        """Keys and measures, one row a group."""
        measures = list({(m.fn, m.term): m for m in self.draft.measures}.values())
        if any(m.term is not None for m in measures) and "computed" in self.draft.derived:
            measures = [
                Measure(m.fn, Term(derived="computed"), m.clause) if m.term is None and m.fn == "sum" else m for m in measures
            ]
        names = [f"~{m.fn}{i}" for i, m in enumerate(measures)]
        aggregates = [self.aggregate(m, n) for m, n in zip(measures, names, strict=True)]
        self.steps.append({"do": "group", "by": cast("Json", keys), "aggregates": aggregates})
        columns = [*keys, *names]
        order = self.ordered(columns, names[-1] if names else "", keys)
        if self.draft.window:
            self.steps.append({"do": "window", "name": "~window", "fn": self.draft.window, "column": names[-1]})
            columns.append("~window")
        self.steps.append({"do": "pick", "columns": cast("Json", columns)})
        rules: Object = {"keys": cast("Json", keys), **({"ordered": order} if order else {})}
        return Question(self.draft.clause, self.whole(), rules, tuple(keys), tuple(names), single=not keys)

    def ordered(self, columns: list[str], measure: str, keys: list[str]) -> list[Json]:
        """Sort (or take the top) as asked; what it returns is the order to check."""
        order: list[Json] = []
        for target, descending in self.draft.order:
            order.append({"column": self.target(target, columns, measure, keys), "descending": descending})
        if self.draft.top:
            if not order:
                raise Unreadable("the first few of what order?")
            first = cast("Object", order[0])
            self.steps.append(
                {
                    "do": "top",
                    "count": self.draft.top,
                    "column": first["column"],
                    "descending": first["descending"],
                    "per": [self.name(p) for p in self.draft.per],
                }
            )
        elif order:
            self.steps.append({"do": "sort", "by": order})
        return [o for o in order if cast("Object", o)["column"] in columns] if not self.draft.per else []

    def target(self, target: Term | str, columns: list[str], measure: str, keys: list[str]) -> str:
        """The column of an order word."""
        if isinstance(target, Term):
            found = self.name(target)
            return found if found in columns or not measure else measure
        if target in ("period", "date"):
            period = [k for k in keys if k.startswith("~")]
            if period or target == "period":
                return period[0]
            dated = [
                c
                for c in columns
                if c in self.columns and (self.columns[c].type == "date" or self.columns[c].name.casefold().endswith("year"))
            ]
            return dated[0] if len(dated) == 1 else self.date()
        if target == "price":
            priced = [
                n for n, c in self.columns.items() if c.type == "number" and re.split(r"[_ .]", c.name.casefold())[-1] in PRICE
            ]
            inside = [n for n in priced if n in columns] or priced
            if len(inside) != 1:
                raise Unreadable(f"the price could be any of {inside}")
            return inside[0]
        if target == "duration":
            return measure or self.computed()
        if target == "text":
            texts = [c for c in columns if c in self.columns and self.columns[c].type == "text"]
            if not texts:
                raise Unreadable("nothing to put in alphabetical order")
            return texts[0]
        if measure:
            return measure
        if "computed" in self.draft.derived:
            return self.computed()
        numbers = [c for c in columns if c in self.columns and self.columns[c].type == "number"]
        if len(numbers) != 1:
            raise Unreadable(f"the order could be by any of {numbers}")
        return numbers[0]

    def ranked(self, keys: list[str]) -> Question:
        """Rank things that are no rows: by a sum where the words add up, by a count where they count."""
        word = str(self.draft.tidy.get("superlative", ""))
        if all(k in self.columns and self.columns[k].unique for k in keys):
            self.draft.keep = self.draft.keep or list(self.draft.keys)
            self.draft.keys = []
            return self.rows([])
        terms = [t for t, _ in self.draft.order if isinstance(t, Term)]
        if word in ("most frequent", "most common") or (word in ("top", "most") and not terms and keys == ["word"]):
            self.draft.measures = [Measure("count", None)]
        elif word in ("top", "most", "least", "fewest", "best", "best-selling", "best selling") and len(terms) == 1:
            self.draft.measures = [Measure("sum", terms[0])]
        else:
            raise Unreadable(f"{word!r} of {keys}: which of their rows, or what of all of them?")
        return self.grouped(keys)

    def pivoted(self, keys: list[str]) -> Question:
        """One column a value of the other key."""
        if len(self.draft.measures) != 1 or self.draft.across is None:
            raise Unreadable("a pivot table needs one measure")
        measure, across = self.draft.measures[0], self.name(self.draft.across)
        value = self.name(measure.term) if measure.term else None
        self.steps.append(
            {
                "do": "pivot",
                "rows": cast("Json", [k for k in keys if k != across]),
                "across": across,
                "values": value,
                "fn": measure.fn,
            }
        )
        rules: Object = {"keys": cast("Json", keys), "pivot": True}
        return Question(self.draft.clause, self.whole(), rules, tuple(keys))

    def rows(self, keys: list[str]) -> Question:
        """Rows of the source: all of their columns, or those to keep."""
        if self.draft.top and keys and not self.draft.per:
            return self.ranked(keys)
        keep = list(dict.fromkeys(self.name(t) for t in self.draft.keep))
        if keys and not self.draft.top:
            raise Unreadable("it is not said what to compute per " + ", ".join(keys))
        if "computed" in self.draft.derived:
            self.computed()
        joined = {str(cast("Object", s)["right"]) for s in self.steps if cast("Object", s)["do"] == "join"}
        everything = [
            n
            for n in self.columns
            if not n.startswith("~") and not (n.split(".")[-1] in joined and n.startswith("t") and "." in n)
        ]
        columns = keep or everything
        if self.draft.tidy.get("keep_computed"):
            self.computed()
        if "computed" in self.draft.derived and (not keep or self.draft.tidy.get("keep_computed")):
            columns = [*columns, "~computed"]
        optional = [c for c in everything if c not in columns] if self.draft.tidy.get("soft") else []
        columns = [*columns, *optional]
        order = self.ordered([*everything, "~computed"], "", [])
        self.steps.append({"do": "pick", "columns": cast("Json", columns)})
        order = [o for o in order if cast("Object", o)["column"] in columns]
        rules: Object = {**({"ordered": order} if order else {}), "totals": False, "optional": cast("Json", optional)}
        if self.draft.whole and not keep and len(self.sources) == 1:
            rules["names"] = {}
        return Question(self.draft.clause, self.whole(), rules)

    def whole(self) -> Object:
        """The question with its tables."""
        return {"tables": {s.id: s.origin for s in self.sources}, "steps": self.steps}
