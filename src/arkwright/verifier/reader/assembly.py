"""Assembly: a draft over its tables, turned into the steps of one question."""

import copy
import re
from typing import cast

from arkwright.core.json import Json, Object
from arkwright.verifier.demands import Question, Rival
from arkwright.verifier.lexicon import LABELS, UNITS, additive
from arkwright.verifier.reader.columns import PRICE, Columns
from arkwright.verifier.reader.draft import Measure, Term, Unreadable
from arkwright.verifier.reader.finish import rules_of

IDENTITY = ("id", "no", "nr", "number", "code", "key", "name", "email")


class Assembly(Columns):
    """Builds the steps of one question over its chosen tables."""

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

    def aggregate(self, measure: Measure, name: str) -> Json:
        """An aggregate step's entry; where things without rows stay, only rows that are there are counted."""
        column = self.name(measure.term) if measure.term else None
        if self.draft.tidy.get("outer") and column is None:
            column = self.row_key()
        return {"name": name, "fn": measure.fn, **({"column": column} if column else {})}

    def grouped(self, keys: list[str]) -> Question:
        """Keys and measures, one row a group."""
        measures = list({(m.fn, m.term): m for m in self.draft.measures}.values())
        if any(m.term is not None for m in measures) and "computed" in self.draft.derived:
            measures = [
                Measure(m.fn, Term(derived="computed"), m.clause) if m.term is None and m.fn == "sum" else m for m in measures
            ]
        keys = self.listed(keys)
        if self.draft.top and not keys:
            raise Unreadable("the first of what is not said")
        measures = [self.things(m, keys) for m in measures]
        names = [f"~{m.fn}{i}" for i, m in enumerate(measures)]
        aggregates = [self.aggregate(m, n) for m, n in zip(measures, names, strict=True)]
        self.nouns = {n: found for m, n in zip(measures, names, strict=True) if m.noun and (found := self.repeated(m.noun))}
        keys = list(dict.fromkeys([*keys, *[self.name(p) for p in self.draft.per]]))
        self.steps.append({"do": "group", "by": cast("Json", keys), "aggregates": aggregates})
        columns = [*keys, *names]
        maybe = self.windowed(columns, measures, names, keys)
        order = self.ordered(
            columns, {n: self.name(m.term) if m.term else None for m, n in zip(measures, names, strict=True)}, keys
        )
        self.steps.append({"do": "pick", "columns": cast("Json", columns)})
        rules: Object = {"keys": cast("Json", keys), **({"ordered": order} if order else {})}
        rules |= rules_of(self.draft, [c for c in columns if c not in keys])
        if maybe:
            rules["maybe"] = cast("Json", maybe)
        if self.draft.top == 1 and keys:
            rules["said"] = cast("Json", keys)
        return Question(self.draft.clause, self.whole(), rules, tuple(keys), tuple(names), single=not keys)

    def listed(self, keys: list[str]) -> list[str]:
        """Columns listed beside figures: they are what the figures are of, or the figures themselves."""
        figures = {self.name(m.term) for m in self.draft.measures if m.term}
        ranked = {self.name(p) for p in self.draft.per}
        extra = [n for t in self.draft.keep if (n := self.name(t)) not in keys and n not in figures and n not in ranked]
        extra = list(dict.fromkeys(extra))
        if extra and (keys or ranked or any(self.columns[n].type == "number" for n in extra if n in self.columns)):
            raise Unreadable(f"{extra[0]!r} beside figures of several rows")
        return [*keys, *extra]

    def windowed(self, columns: list[str], measures: list[Measure], names: list[str], keys: list[str]) -> list[str]:
        """Add the share, the running total or the change of a measure; what it returns may be left out of a result."""
        kind = "share" if self.draft.tidy.get("share") else self.draft.window
        if not kind:
            return []
        if kind == "share" and self.draft.window:
            raise Unreadable("a share and a running figure at once")
        held = [n for n, m in zip(names, measures, strict=True) if m.fn in ("sum", "count")]
        if self.draft.shared is not None and len(held) > 1:
            wanted = self.name(self.draft.shared)
            held = [n for n, m in zip(names, measures, strict=True) if m.term and self.name(m.term) == wanted]
        if len(held) != 1 or not keys:
            raise Unreadable(f"a {kind} of which of {names}, over what?")
        if kind == "share":
            if self.draft.filters:
                raise Unreadable("a share of the chosen rows, or of all of them?")
            self.steps.append({"do": "window", "name": "~share", "fn": "share", "column": held[0], "per": []})
            columns.append("~share")
            return [] if self.asked_too(measures) else held
        period = [k for k in keys if k in ("~month", "~quarter", "~year", "~week", "~day")]
        if len(period) != 1:
            raise Unreadable(f"a {kind} figure over which time?")
        rest = [k for k in keys if k != period[0]]
        self.steps.append({"do": "sort", "by": [{"column": period[0], "descending": False}]})
        step: Object = {"do": "window", "name": "~window", "fn": self.draft.window, "column": held[0], "per": cast("Json", rest)}
        if self.draft.window != "running":
            step["steady"] = period[0]
        self.steps.append(step)
        columns.append("~window")
        return []

    def asked_too(self, measures: list[Measure]) -> bool:
        """Whether the figure itself is asked for beside its share."""
        return any("share" not in m.clause for m in measures)

    def things(self, measure: Measure, keys: list[str]) -> Measure:
        """Rows of a table that others refer to, counted over those others: each of them once, by its key."""
        noun = measure.noun
        if measure.fn != "count" or noun is None or not noun.derived or self.draft.filters or len(self.sources) != 2:
            return measure
        joined = [cast("Object", s) for s in self.steps if cast("Object", s)["do"] == "join"]
        source = next((s for s in self.sources if s.id == joined[0]["table"] and s.id in noun.derived[7:].split("|")), None)
        if source is None or not all(k.startswith("~") or k in [c.name for c in source.columns] for k in keys):
            return measure
        own = {self.names[(source.id, c.name)]: c.name for c in source.columns}
        derived = [copy.deepcopy(cast("Object", s)) for s in self.steps if cast("Object", s).get("name") in keys]
        for step in derived:
            for arg in cast("list[Object]", cast("Object", step["expr"])["args"]):
                if str(arg["column"]) not in own:
                    return measure
                arg["column"] = own[str(arg["column"])]
        group: Object = {"do": "group", "by": cast("Json", keys), "aggregates": [{"name": "~distinct0", "fn": "count"}]}
        first: Object = {"do": "from", "table": source.id}
        whole: Object = {"tables": {source.id: source.origin}, "steps": cast("Json", [first, *derived, group])}
        self.apart = Rival(f"{noun.text} that nothing refers to", whole, (*keys, "~distinct0"))
        key = self.names[(source.id, str(joined[0]["right"]))]
        return Measure("distinct", Term(pairs=((source.id, str(joined[0]["right"])),), text=key), measure.clause)

    def ordered(self, columns: list[str], measures: dict[str, str | None], keys: list[str]) -> list[Json]:
        """Take the top, or sort, as asked; what it returns is the order to check."""
        order: list[Json] = [self.place(target, down, columns, measures, keys) for target, down in self.draft.order]
        rank: list[Json] = [self.place(target, down, columns, measures, keys) for target, down in self.draft.rank]
        if self.draft.top:
            if len({str(r) for r in rank or order[:1]}) != 1:
                raise Unreadable("the first few of what order?")
            first = cast("Object", (rank or order)[0])
            per: list[Json] = [self.name(p) for p in self.draft.per]
            skip: Object = {"skip": self.draft.skip} if self.draft.skip else {}
            self.steps.append({"do": "top", "count": self.draft.top, **first, "per": per, **skip})
            shown = order or ([] if per else rank)
        else:
            shown = order or rank
            if shown:
                self.steps.append({"do": "sort", "by": shown})
        hidden = [cast("Object", o)["column"] for o in shown if cast("Object", o)["column"] not in columns]
        if hidden:
            raise Unreadable(f"the order is by {hidden[0]}, which the result does not show")
        return shown

    def place(
        self, target: Term | str, down: bool, columns: list[str], measures: dict[str, str | None], keys: list[str]
    ) -> Object:
        """An order word as a column and a direction."""
        return {"column": self.target(target, columns, measures, keys), "descending": down}

    def target(self, target: Term | str, columns: list[str], measures: dict[str, str | None], keys: list[str]) -> str:
        """The column of an order word."""
        measure = next(iter(measures)) if len(measures) == 1 else ""
        if isinstance(target, Term):
            found = self.name(target)
            hits = [m for m, column in measures.items() if column == found]
            if found in columns or not measures:
                return found
            if len(hits) != 1:
                raise Unreadable(f"an order by {target.text!r}, of which the result shows {hits}")
            return hits[0]
        if target in ("period", "date"):
            period = [k for k in keys if k.startswith("~")]
            if period:
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
        wanted = [n for n in measures if n.startswith({"made": "~sum", "count": ("~count", "~distinct")}.get(target, "-"))]
        if len(wanted) == 1:
            return wanted[0]
        if measures:
            raise Unreadable(f"the order could be by any of {list(measures)}")
        if "computed" in self.draft.derived:
            return self.computed()
        numbers = [c for c in columns if c in self.columns and self.columns[c].type == "number"]
        if len(numbers) != 1:
            raise Unreadable(f"the order could be by any of {numbers}")
        return numbers[0]

    def ranked(self, keys: list[str]) -> Question:
        """Rank things that are no rows: by a sum where the words add up, by a count where they count."""
        word = str(self.draft.tidy.get("superlative", ""))
        if all(k in self.columns and self.columns[k].unique for k in keys) or not keys:
            self.draft.keep = self.draft.keep or list(self.draft.keys)
            self.draft.keys = []
            return self.rows([])
        terms = [t for t, _ in self.draft.rank or self.draft.order if isinstance(t, Term)]
        if word in ("most frequent", "most common") or (word in ("top", "most") and not terms and keys == ["word"]):
            self.draft.measures = [Measure("count", None)]
        elif word in ("top", "most", "least", "fewest", "best", "best-selling", "best selling") and len(terms) == 1:
            if not additive(self.name(terms[0])):
                raise Unreadable(f"{word!r} of {keys} by {terms[0].text!r}: of their rows, or added up?")
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
        rules: Object = {"keys": cast("Json", keys), "pivot": True, **rules_of(self.draft, ["*"])}
        return Question(self.draft.clause, self.whole(), rules, tuple(keys))

    def rows(self, keys: list[str]) -> Question:
        """Rows of the source: all of their columns, or those to keep."""
        if self.draft.top and keys:
            return self.ranked(keys)
        keep = list(dict.fromkeys(self.name(t) for t in self.draft.keep))
        if self.draft.beside:
            return self.widened()
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
        unused = not (self.draft.filters or self.draft.order or self.draft.rank)
        if "computed" in self.draft.derived and (not keep or self.draft.tidy.get("keep_computed") or unused):
            columns = [*columns, "~computed"]
        optional = [c for c in everything if c not in columns] if self.draft.tidy.get("soft") else []
        columns = [*columns, *optional]
        if not keep or self.draft.top:
            columns = self.with_order(columns)
        order = self.ordered(columns, {}, [])
        self.steps.append({"do": "pick", "columns": cast("Json", columns)})
        rules: Object = {**({"ordered": order} if order else {}), "totals": False, "optional": cast("Json", optional)}
        rules |= rules_of(self.draft, [c for c in columns if c not in self.columns])
        percent = [n for n in columns if n in self.columns and self.columns[n].percent]
        if percent:
            rules["percent"] = cast("Json", percent)
        if self.draft.top == 1 and not self.draft.per:
            rules["said"] = cast("Json", keep or self.subject())
        if self.draft.whole and not keep and len(self.sources) == 1:
            rules["names"] = {}
        return Question(self.draft.clause, self.whole(), rules)

    def widened(self) -> Question:
        """All rows of the first table with columns of the others beside them; its own other columns may stay away."""
        added = list(dict.fromkeys(self.name(t) for t in self.draft.beside))
        first = [self.names[(self.sources_joined[0].id, c.name)] for c in self.sources_joined[0].columns]
        if len(self.sources) < 2 or not set(added) - set(first):
            raise Unreadable("what is written beside the rows stands in no other table")
        columns = [*first, *[a for a in added if a not in first]]
        firm = [c for c in first if self.columns[c].unique][:1] + [c for c in first if c.casefold().endswith("name")]
        order = self.ordered(columns, {}, [])
        self.steps.append({"do": "pick", "columns": cast("Json", columns)})
        optional = [c for c in first if c not in firm and c not in added]
        rules: Object = {**({"ordered": order} if order else {}), "totals": False, "optional": cast("Json", optional)}
        return Question(self.draft.clause, self.whole(), rules)

    def whole(self) -> Object:
        """The question with its tables."""
        return {"tables": {s.id: s.origin for s in self.sources}, "steps": self.steps}

    def with_order(self, columns: list[str]) -> list[str]:
        """Columns with a derived one by which they are put in order."""
        return columns

    def repeated(self, noun: Term) -> tuple[str, ...]:
        """The columns that a counted noun names, as far as they hold values more than once."""
        word = noun.text.casefold()
        single = word[:-3] + "y" if word.endswith("ies") else word.removesuffix("s")
        named = [self.names[p] for p in noun.pairs if p in self.names]
        for name in self.columns:
            parts = [w for w in re.split(r"[_ .]", name.casefold()) if w]
            if parts and parts[0] in (single, word) and (len(parts) == 1 or parts[-1] in IDENTITY):
                named.append(name)
        return tuple(n for n in dict.fromkeys(named) if not self.columns[n].unique and self.columns[n].type != "date")

    def refuse_doubtful(self) -> None:
        """Refuse dates of unsure order, sums over several currencies, and conditions that cancel each other."""
        used = str([s for s in self.steps if cast("Object", s)["do"] != "pick"])
        unsure = [n for n, c in self.columns.items() if c.unsure and f"'{n}'" in used]
        if unsure and not self.draft.tidy.get("day first"):
            raise Unreadable(f"{unsure[0]!r} can be read in two ways (day and month, or point and comma)")
        for key in [*self.draft.keys, *self.draft.per]:
            name = "" if key.period or key.derived else self.name(key)
            if name and self.columns[name].type == "number" and not set(re.split(r"[_ .]", name.casefold())) & LABELS:
                raise Unreadable(f"{name!r} is a number: grouped by it, or divided by it?")
        for name, column in self.columns.items():
            mixed = len(set(column.values)) > 1 and column.name.casefold() in UNITS
            if mixed and f"'{name}'" not in used and ("'sum'" in used or "'mean'" in used):
                raise Unreadable(f"the rows differ in {name!r}, so adding them up is doubtful")
        picked: dict[str, set[str]] = {}
        for step in self.steps:
            cond = cast("Object", cast("Object", step).get("cond") or {})
            if cond.get("op") == "in" and isinstance(cond.get("value"), list):
                values = {str(v) for v in cast("list[Json]", cond["value"])}
                name = str(cond["column"])
                if name in picked and not picked[name] & values:
                    raise Unreadable(f"{name!r} cannot be {picked[name]} and {values} at once")
                picked[name] = picked.get(name, values) & values

    def subject(self) -> list[str]:
        """The columns that name a row: the noun's own, else every unique text; what an answer has to say of it."""
        noun = str(self.draft.tidy.get("noun", "")).removesuffix("s")
        unique = [n for n, c in self.columns.items() if c.unique and c.type != "date"]
        named = [n for n in unique if noun and re.split(r"[_ .]", n.casefold())[0] == noun]
        return (named or [n for n in unique if self.columns[n].type == "text"] or unique)[:1]
