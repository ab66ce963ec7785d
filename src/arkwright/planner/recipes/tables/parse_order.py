"""Ordering: what comes first, and the first few of something."""

from dataclasses import replace

from arkwright.planner.lexicon import AGGREGATES, MONTHS, words
from arkwright.planner.recipes.tables import phrases
from arkwright.planner.recipes.tables.events import Event, Measure, Sort, Top
from arkwright.planner.recipes.tables.parse_numbers import Numbers
from arkwright.planner.recipes.tables.schema import Field, is_key
from arkwright.planner.recipes.tables.superlatives import SUPERLATIVES
from arkwright.planner.recipes.tables.vocabulary import ADJECTIVES, BE, MOVING, SELLING
from arkwright.planner.recipes.tables.words import DETERMINERS
from arkwright.planner.text import ORDINALS, key, stem

BUSY = {"busiest": True, "quietest": False}


class Ordering(Numbers):
    """Patterns that rank."""

    def order(self, i: int) -> Event | None:
        """`cheapest first`, `sorted by amount, highest first`, `in alphabetical order`, `by amount descending`."""
        w = self.w
        start = w.any_at(i, *phrases.ORDER_SORTED_BY)  # fmt: skip
        if w.norm(i) in ("sort", "order", "sorted") and w.norm(i + 1) == "§" and w.norm(i + 2) == "by":
            start = i + 3
        if start:
            down = "descending" in w.norms[i:start]
            return self._sort_tail(i, start, down)
        if end := w.any_at(i, *phrases.ORDER_IN_ALPHABETICAL_ORDER):
            return Sort(self.span(i, end), None, False, "alphabet")
        if end := w.any_at(i, *phrases.ORDER_IN_CHRONOLOGICAL_ORDER):
            return Sort(self.span(i, end), None, False, "date")
        if end := w.any_at(i, *phrases.ORDER_IN_DESCENDING_ORDER):
            return Sort(self.span(i, end), None, True, "")
        if end := w.any_at(i, *phrases.ORDER_IN_ASCENDING_ORDER):
            return Sort(self.span(i, end), None, False, "")
        return self._first(i)

    def _first(self, i: int) -> Event | None:
        """`largest first`, `earliest due date first`, `biggest spenders on top`."""
        w = self.w
        j = w.skip(i, words("the with most") if w.norm(i) != "most" else words("the with"))
        hit = SUPERLATIVES.get(w.norm(j))
        end = j + 1
        if w.any_at(j, "most expensive", "most recent", "most frequent", "least expensive"):
            hit, end = ((w.norm(j) == "most"), {"expensive": "price", "recent": "date", "frequent": ""}[w.norm(j + 1)]), j + 2
        if hit is None:
            return None
        if stop := w.any_at(end, *phrases.FIRST_FIRST):
            return Sort(self.span(i, stop), None, *hit)
        column = self.field(end)
        rows = w.rows(end)
        after = column[1] if column else rows[1] if rows else 0
        stop = w.any_at(after, "first", "on top", "at the top") if after else 0
        if stop:
            return Sort(self.span(i, stop), column[0] if column else None, *hit)
        return None

    def _sort_tail(self, i: int, start: int, down: bool) -> Event | None:
        w = self.w
        fields, end = self.fields(start)
        field = fields[0] if fields else None
        if field is None:
            found = w.aggregate(w.skip(start))
            if found:
                column = w.column(found[1], numeric=True)
                field, end = (column.field, column.end) if column else (None, found[1])
            elif rows := w.rows(start):
                end = rows[1]
            elif w.norm(w.skip(start)) in words("it that size total result value frequency count number"):
                end = w.skip(start) + 1
            else:
                return None
        j = w.skip(end, words(", ( with the from in"))
        if stop := w.any_at(j, *phrases.SORT_TAIL_DESCENDING):
            return Sort(self.span(i, stop), field, True)
        if stop := w.any_at(j, *phrases.SORT_TAIL_ASCENDING):
            return Sort(self.span(i, stop), field, False)
        k = w.skip(j, words("the"))
        if w.norm(k) in SUPERLATIVES and (stop := w.any_at(k + 1, "first", "on top", "at the top", "one first", "ones first")):
            return Sort(self.span(i, stop), field, SUPERLATIVES[w.norm(k)][0])
        self.extra += [Sort((), other, down) for other in fields[1:]]
        return Sort(self.span(i, end), field, down)

    def top(self, i: int) -> Event | None:
        """`top 5 products by revenue`, `the five largest orders`, `which region sold the most`."""
        w = self.w
        j = w.skip(i, words("the only") | {"their", "our"})
        asked = False
        if w.norm(i) in ("which", "what", "who"):
            if event := self._which(i):
                return event
            if w.norm(i + 1) in BE | {"the"} or w.norm(i) == "what":
                j, asked = w.skip(i + 1, BE | words("the was")), True
        if (nth := ORDINALS.get(w.norm(j), 0)) > 1 and (hit := self._superlative(j + 1)) and hit[0] is None:
            event = self._ranked(i, hit[3], 1, hit[1], hit[2], asked, False)
            return replace(event, nth=int(nth)) if isinstance(event, Top) else None
        if w.norm(j) in BUSY and (entity := self._part_at(j + 1)) is not None:
            asked = asked or w.norm(w.reading.sentence(i)[-1]) == "?"
            return Top(self.span(i, entity[1]), 1, BUSY[w.norm(j)], entity[0], None, asked, "", common=True)
        hit = self._superlative(j)
        if hit is None:
            return self._ranked_late(i, j)
        count, down, kind, end = hit
        common = w.norm(end - 1) in ("common", "frequent", "popular")
        return self._ranked(i, end, count, down, kind, asked, common)

    def _part_at(self, j: int) -> tuple[Field, int] | None:
        """The hour, day or month at `j`: the busiest one is that with most rows, so the rows have to be events."""
        w = self.w
        part = w.date_part(j)
        date = w.date_column(j) if part and all(t.part == "log" for t in w.schema.tables) else None
        return (self._part(part[0], date), part[1]) if part and date else None

    def _ranked_late(self, i: int, j: int) -> Event | None:
        """`the ten items with the highest stock value`, `5 customers who spent the most`."""
        w = self.w
        n = w.number(j)
        if n is None or not 1 <= n < 1000 or n != int(n):
            return None
        found = self.entity(j + 1)
        if found is None or (found[0] is not None and found[0].numeric and not is_key(found[0])):
            return None
        entity, stop = found
        k = w.skip(
            stop, words("with that which who have has having had the by their sold sell made make earned spent brought bring did")
        )
        if k == stop or w.norm(k) not in SUPERLATIVES:
            return None
        down, kind = SUPERLATIVES[w.norm(k)]
        by, end = self._most_of(w.skip(k + 1, words("total overall")) if w.column(k + 2, numeric=True) else k + 1)
        if by is None and w.norm(k) not in ("most", "least"):
            return None
        return Top(self.span(i, end), int(n), down, entity, by, False, kind)

    def _superlative(self, j: int) -> tuple[int | None, bool, str, int] | None:
        """(count or None, descending, kind, end) of `top 5`, `5 largest`, `three most expensive`, `largest`."""
        w = self.w
        count: int | None = None
        word, end = w.norm(j), j + 1
        if (
            word in ("top", "bottom", "best", "worst", "first", "last", "highest", "lowest", "largest", "biggest", "smallest")
            and (n := w.number(end)) is not None
            and w.norm(end) not in MONTHS
            and n < 1000
        ):
            if word in ("first", "last"):
                return None
            count, end = int(n), end + 1
            if w.norm(end) in SUPERLATIVES:
                end += 1
            return count, SUPERLATIVES[word][0], "", end
        if (n := w.number(j)) is not None and n < 1000 and (w.norm(end) in SUPERLATIVES or w.norm(end) in ("most", "least")):
            count, word, end = int(n), w.norm(end), end + 1
        if word in ("most", "least") and w.norm(end) in ADJECTIVES:
            return count, word == "most", ADJECTIVES[w.norm(end)], end + 1
        if word in ("best", "worst", "top") and w.norm(end) == "-" and w.norm(end + 1) == "selling":
            return count, word != "worst", "", end + 2
        if word in ("best", "worst", "top") and w.norm(end) in ("selling", "performing", "paid", "earning"):
            return count, word != "worst", "", end + 1
        if word in ("best-selling", "top-selling", "worst-selling", "bestselling", "best-paid", "top-earning"):
            return count, not word.startswith("worst"), "", end
        placed = ORDINALS.get(self.w.norm(j - 1), 0) > 1
        if word not in SUPERLATIVES or (count is None and word in AGGREGATES and self._measures(end) and not placed):
            return None
        down, kind = SUPERLATIVES[word]
        return count, down, kind, end

    def _measures(self, end: int) -> bool:
        """Whether `highest` is followed by something to measure and not by something to pick."""
        column = self.w.column(end)
        return column is not None and (column.field.numeric or column.field.temporal)

    def _ranked(self, i: int, end: int, count: int | None, down: bool, kind: str, asked: bool, common: bool) -> Event | None:
        w = self.w
        if w.any_at(w.skip(end), *phrases.RANKED_CHANGES):
            return None
        if w.norm(end) in ("seller", "sellers"):
            entity: Field | None = self._seller()
            stop = end + 1
            if entity is None:
                return None
        elif (entity_found := self.entity(end)) is not None:
            entity, stop = entity_found
        elif count is not None and (
            w.norm(end) in words(", . ; ? ! ) as in to and only please with by") | {"", "§"} or w.any_at(end, "ones only", "ones")
        ):
            by, stop = self._by(w.any_at(end, "ones only", "ones", "only") or end)
            if common and (counted := self._counted()) is not None:
                return Top(self.span(i, stop), count, down, counted, by, asked, kind, common=True)
            return Top(self.span(i, stop), count, down, None, by, asked, kind)
        else:
            return None
        if entity is not None and entity.numeric and not is_key(entity):
            # `the five highest amounts`: rows by that column
            return Top(self.span(i, stop), count or 1, down, None, Measure((), "value", entity), asked, kind)
        by, stop = self._by(stop)
        if kind == "days" and by is None:
            if (length := self._length(i)) is None:
                return None
            by = Measure((), "auto", length)
        return Top(
            self.span(i, stop),
            count or (None if self._plural(stop - 1) and count is None and by is None else 1),
            down,
            entity,
            by,
            asked,
            kind,
            common=common,
        )

    def _counted(self) -> Field | None:
        """The column whose values were counted before: the words of `count the words`."""
        last = next((e for e in reversed(self.events) if isinstance(e, Measure) and e.fn == "count" and e.noun), None)
        found = self.w.schema.match((stem(last.noun),)) if last else None
        return found.fields[0] if found and len(found.fields) == 1 else None

    def _seller(self) -> Field | None:
        for wanted in ("product", "item", "article", "sku", "title"):
            found = [f for f in self.w.schema.fields if key(f.label)[-1:] == (wanted,)]
            if len(found) == 1:
                return found[0]
        return None

    def entity(self, i: int) -> tuple[Field | None, int] | None:
        """What is picked: a column's values, or rows (None)."""
        w = self.w
        column = w.column(i)
        rows = w.rows(i)
        part = w.date_part(i)
        if part and w.schema.dates() and not (column and column.score == 100) and (date := w.date_column(i)):
            return self._part(part[0], date), part[1]
        if column and (column.score >= 70 or rows is None) and not (rows and rows[1] > column.end):
            unique = (
                column.field.column is not None
                and column.field.column.distinct >= w.schema.tables[min(column.field.tables)].rows > 0
            )
            if rows and is_key(column.field) and column.score < 95:
                return (self.naming(rows[0]) if rows[0] is not None and len(w.schema.tables) > 1 else None), max(
                    column.end, rows[1]
                )
            return (None if unique and not is_key(column.field) and False else column.field), column.end
        if rows:
            named = self.naming(rows[0]) if rows[0] is not None and len(w.schema.tables) > 1 else None
            return named, rows[1]
        return None

    def _by(self, i: int) -> tuple[Measure | None, int]:
        """`by revenue`, `with the highest total amount`, `in terms of units`, `(by amount)`."""
        w = self.w
        j = w.skip(i, words("( , that which who"))
        if (
            w.norm(j) in ("in", "from", "of", "on")
            and w.norm(j + 1) == "§"
            and w.any_at(j + 2, "by", "with", "in terms of", "based on", "ranked by", "according to")
        ):
            j += 2
        end = w.any_at(j, *phrases.BY_BY)
        weak = w.norm(j) in ("in", "of", "for")
        if not end and (end := w.any_at(j, "with", "has", "have", "had", "having", "with the")):
            k = w.skip(end, DETERMINERS)
            if w.norm(k) in SUPERLATIVES or w.norm(k) in ("most", "least"):
                end = k + 1
            else:
                return None, i
        if not end:
            return None, i
        k = w.skip(end, DETERMINERS)
        if w.aggregate(k) and not weak:
            event = self.measure(k)
            if isinstance(event, Measure):
                return event, max(event.span) + 1
            return None, i
        if expr := self.expression(k):
            return Measure((), "sum", expr[0]), expr[1]
        column = w.column(k, numeric=True)
        if column and column.field.numeric and not weak:
            return Measure((), "auto", column.field), column.end
        if (rows := w.rows(k)) and not weak:
            return Measure((), "count", noun=w.norm(rows[1] - 1)), rows[1]
        return None, i

    def _which(self, i: int) -> Event | None:
        """`which five customers have spent the most (in total)`, `who earns the most`, `which region had the highest average amount`."""
        w = self.w
        j = i + 1
        count = w.number(j)
        j = j + 1 if count is not None else j
        if w.norm(i) == "who":
            entity: Field | None = self._person()
            stop = j
            if entity is None:
                return None
        else:
            k = w.skip(j, words("of the is are was were"))
            found = self.entity(k)
            if found is None:
                return None
            entity, stop = found
            if entity is not None and entity.numeric and not is_key(entity):
                return None
        plural = self._plural(stop - 1) and w.norm(i) != "who"
        last = w.reading.sentence(i)[-1]
        k = stop
        verbs: list[int] = []
        while (
            k <= last
            and w.norm(k) not in SUPERLATIVES
            and (
                w.norm(k) in SELLING | MOVING | BE | DETERMINERS | words("we in by of there to")
                or self._named_file(k)
                or w.column(k, compound=False) is not None
            )
        ):
            verbs.append(k)
            k += 1
        if w.norm(k) in BUSY and entity is not None and all(t.part == "log" for t in w.schema.tables):
            return Top(self.span(i, k + 1), 1, BUSY[w.norm(k)], entity, None, True, "", common=True)
        nth = int(ORDINALS.get(w.norm(k), 0))
        k = k + 1 if nth > 1 else k
        if w.norm(k) not in SUPERLATIVES or w.norm(k) in ("first",):
            return None
        down, kind = SUPERLATIVES[w.norm(k)]
        end = k + 1
        by: Measure | None = None
        common = w.norm(end) in ("often", "frequently", "common", "frequent")
        if common:
            end += 1
        elif w.norm(k) in ("most", "least") and w.norm(end) in ADJECTIVES:
            kind, end = ADJECTIVES[w.norm(end)], end + 1
        else:
            by, end = self._most_of(end)
        hit = [n for n in verbs if self._numeric_at(n)]
        if by is None and hit and (column := w.column(hit[0], numeric=True)):
            by = Measure((), "sum", column.field)
        if (
            by is None
            and not common
            and not any(w.norm(n) in SELLING for n in verbs)
            and any(w.norm(n) in MOVING - words("has have had do did with") for n in verbs)
        ):
            common = True
        if end2 := w.any_at(end, "in total", "overall", "altogether", "in all"):
            end = end2
        n = int(count) if count is not None else None if plural else 1
        if n is None and w.norm(stop - 1) != stem(w.norm(stop - 1)):
            n = 1 if w.norm(i) == "who" else None
        if nth > 1 and n is not None and n > 1:
            return None
        return Top(self.span(i, end), 1 if nth > 1 else n, down, entity, by, True, kind, common=common, nth=nth if nth > 1 else 0)

    def _named_file(self, k: int) -> bool:
        """Whether a file or folder that is read stands at `k`: `which region in sales.csv has the highest revenue`."""
        mention = self.w.reading.mention(k) if self.w.norm(k) == "§" else None
        return mention is not None and mention.role == "input"

    def _most_of(self, end: int) -> tuple[Measure | None, int]:
        """What there is most of: `most units`, `highest average temperature`, `most orders`."""
        w = self.w
        if w.aggregate(end):
            event = self.measure(end)
            if isinstance(event, Measure):
                return event, max(event.span) + 1
        if w.number(end) is None and (column := w.column(end, numeric=True)) and column.field.numeric:
            return Measure((), "auto", column.field), column.end
        if rows := w.rows(end):
            return Measure((), "count", noun=w.norm(rows[1] - 1)), rows[1]
        if w.norm(end) == "money":
            return Measure((), "sum"), end + 1
        return None, end

    def _person(self) -> Field | None:
        found = [
            f
            for f in self.w.schema.fields
            if key(f.label)[-1:] == ("name",) or key(f.label)[-1] in ("customer", "rep", "owner", "employee", "author")
        ]
        return found[0] if len(found) == 1 else next((f for f in found if key(f.label) == ("name",)), None)
