"""Columns: the tables of one question joined, and the column that each mention of the request stands for."""

import re
from typing import cast

from arkwright.core.json import Json, Object
from arkwright.verifier.demands import Column, Rival, Source
from arkwright.verifier.reader.draft import Draft, Term, Unreadable
from arkwright.verifier.reader.joins import join_path

PEOPLE = ("owner", "assignee", "responsible", "rep", "employee", "agent", "person", "seller", "salesperson")
PRICE = ("price", "cost", "amount", "fee", "rate", "salary", "total")


def named_column(source: Source, names: list[str]) -> str | None:
    """The column whose last word is one of the names."""
    return next((c.name for n in names for c in source.columns if re.split(r"[_ .]", c.name.casefold())[-1] == n), None)


class Columns:
    """The joined tables of one question, with the steps made so far."""

    def __init__(self, draft: Draft, sources: list[Source]) -> None:
        self.draft, self.sources = draft, sources
        self.steps: list[Json] = []
        self.binary: dict[str, str] = {}
        self.nouns: dict[str, tuple[str, ...]] = {}
        self.apart: Rival | None = None
        self.names: dict[tuple[str, str], str] = {}
        self.columns: dict[str, Column] = {}
        self.sources_joined: list[Source] = []
        self.start()

    def start(self) -> None:
        """Read the first table and join the others."""
        path = join_path(self.sources) if len(self.sources) > 1 else [(self.sources[0], "", "")]
        if path is None:
            raise Unreadable("the tables share no key")
        outer = bool(self.draft.tidy.get("outer"))
        if outer:
            if len(path) != 2:
                raise Unreadable("which things may have no rows is not clear")
            path = [(path[1][0], "", ""), (path[0][0], path[1][2], path[1][1])]
        self.sources_joined = [p[0] for p in path]
        first = path[0][0]
        self.steps.append({"do": "from", "table": first.id})
        self._adopt(first)
        for source, left, right in path[1:]:
            how = "inner" if self.draft.measures and not outer else "left"
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
        if term.derived == "person":
            return self.person()
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

    def row_key(self) -> str:
        """A column that every row of the table that refers to the others has."""
        many = self.sources_joined[-1]
        found = [self.names[(many.id, c.name)] for c in many.columns if c.unique and not c.blanks]
        if not found:
            raise Unreadable("the rows have no key by which to count them")
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

    def person(self) -> str:
        """The only column that names who is responsible."""
        found = [n for n in self.columns if re.split(r"[_ .]", n.casefold())[-1] in PEOPLE]
        if len(found) != 1:
            raise Unreadable(f"who could be any of {found}")
        return found[0]

    def date(self, term: Term | None = None) -> str:
        """The date column that is meant: the one named, or the only one."""
        if term is not None and term.pairs:
            return self.name(Term(pairs=term.pairs, text=term.text))
        dated = [n for n, c in self.columns.items() if c.type == "date"]
        if len(dated) != 1:
            raise Unreadable(f"the date could be any of {dated}")
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
        if op == "sub" and all(self.columns[self.name(cast("Term", x))].type == "date" for x in args):
            op = "days"
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
        if len(dated) != 2 or len(early) != 1 or len(late) != 1:
            raise Unreadable(f"a duration between which of {dated}?")
        pairs = {v: k for k, v in self.names.items()}
        return Term(pairs=(pairs[late[0]],), text=late[0]), Term(pairs=(pairs[early[0]],), text=early[0])

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

    def condition(self, terms: list[Term], cond: Object) -> Object:
        """A condition with its column."""
        if "not" in cond:
            return {"not": self.condition(terms, cast("Object", cond["not"]))}
        op = cond["op"]
        if cond.get("binary"):
            self.binary[str(cond["value"])] = str(cond["binary"])
        if op in ("dates", "months", "quarters"):
            return self.dated(terms, cond)
        if cond.get("pair"):
            return {"column": self.name(terms[0]), "op": op, "value": {"column": self.name(terms[1])}}
        if cond.get("limit"):
            limit, names = self.name(terms[0]), cast("list[str]", cond["named"])
            held = [n for n in self.columns if n != limit and re.split(r"[_ .]", n.casefold())[-1] in names]
            if len(held) != 1:
                raise Unreadable(f"what is compared with {limit!r} could be any of {held}")
            return {"column": held[0], "op": op, "value": {"column": limit}}
        if "named" in cond:
            names = cast("list[str]", cond["named"])
            column = next((self.names[(s.id, n)] for s in self.sources if (n := named_column(s, names))), None)
        elif not terms:
            column = self.guess(str(cond.get("guess", "")))
        else:
            column = self.name(terms[0])
        if column is None:
            raise Unreadable(f"no column for {cond}")
        return {"column": column, "op": op, **({"value": cond["value"]} if "value" in cond else {})}

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
