"""Wishes: everyday ways to say what comes first, what is left out, what is measured and how it is laid out, as patterns with gaps."""

from collections.abc import Callable
from datetime import datetime
from functools import cached_property
from typing import cast

from arkwright.planner.lexicon import words
from arkwright.planner.recipes.tables.events import Across, Ask, Clean, Event, Filter, Glue, Group, Measure, Sort, Window
from arkwright.planner.recipes.tables.parse_shape import Shape
from arkwright.planner.recipes.tables.schema import Field, is_key
from arkwright.planner.recipes.tables.slots import Slots, Thing, match, openings
from arkwright.planner.recipes.tables.superlatives import pair, superlative

Build = Callable[["Wishes", int, Slots], Event | None]

AUX = "should|must|shall|is|are|to|be|being|has|have|had|come|comes|coming|go|goes|going|stand|stands|standing|put|placed|listed|shown|sit|sits|appear|appears|stay|stays|will|was|were|needs|need|can|may|on"
FIRST = "first|at_the_top|on_top|on_the_top|at_top|top|at_the_head|at_the_beginning|at_the_start|in_first_place|in_front|at_first|up_top|uppermost|leading|in_the_first_row|in_the_first_line|above_all_others|at_the_very_top"
BEGIN = "beginning|starting|begin|begins|start|starts|started|headed|led"
OUT = "left_out|left_away|left_aside|skipped|ignored|excluded|omitted|dropped|removed|disregarded|discarded|out|aside|filtered_out|taken_out|thrown_out|not_counted|deleted"
LEAVE = "skip|ignore|omit|exclude|drop|remove|disregard|discard|leave_out|leave_away|leave_aside|skipping|ignoring|excluding|omitting|dropping|leaving_out|throw_out|filter_out|take_out|without|not_counting|do_not_count|do_not_include|don't_include|don't_count|throw_away"
ADDED = "added_up|summed_up|summed|totalled|totaled|added_together|added|aggregated|sum_up|add_up|adds_up|sums_up|total|add_up_to|adds_up_to|sum_up_to"
LACKING = "without|with_no|that_have_no|which_have_no|who_have_no|having_no|lacking|that_has_no|which_has_no|with_a_missing|with_missing|with_an_empty|with_a_blank|with_blank|with_empty|missing|where_there_is_no|that_lack|w/o"
OWN = "a|an|its|their|one|own|separate|of|single|each"

BEFORE_COUNT = words(
    "top bottom first last best worst next only other > < >= <= = least most than over under exceeding page pages"
) | words("largest smallest highest lowest biggest")


class Wishes(Shape):
    """Patterns whose gaps are filled by type."""

    def wish(self, i: int) -> Event | None:
        """The first pattern that stands at `i` and makes sense there."""
        for pattern, needs, build in (*self._by_word.get(self.w.norm(i), ()), *self._anywhere):
            if needs and not any(n in self._said for n in needs):
                continue
            found = match(self.w, i, pattern)
            event = build(self, i, found) if found else None
            if event is not None:
                return event
        return None

    @cached_property
    def _said(self) -> frozenset[str]:
        return frozenset(self.w.norms)

    @cached_property
    def _by_word(self) -> dict[str, tuple[tuple[str, frozenset[str], Build], ...]]:
        return {word: tuple(PATTERNS[n] for n in places) for word, places in _PLACES.items() if word in self._said}

    @cached_property
    def _anywhere(self) -> tuple[tuple[str, frozenset[str], Build], ...]:
        return tuple(p for p in PATTERNS if openings(p[0]) is None and (not p[1] or p[1] & self._said))

    # ------------------------------------------------------------------ what comes first
    def beginning(self, i: int, s: Slots) -> Event | None:
        """`beginning with the longest rental`."""
        down, kind = cast("tuple[bool, str]", s.held[0])
        thing = s.held[1]
        return self._sorted(i, s.end, down, kind, thing)

    def leads(self, i: int, s: Slots) -> Event | None:
        """`the region with the largest total should be at the top`, `best rep on top`, `highest sum first`."""
        of, ranked, thing = s.held
        down, kind = cast("tuple[bool, str]", ranked)
        entity = cast("Thing | None", of)
        told = cast("Thing | None", thing)
        if told is None and entity is not None and entity.field is not None and entity.field.numeric:
            told = entity
        return self._sorted(i, s.end, down, kind, told)

    def _sorted(self, i: int, end: int, down: bool, kind: str, thing: object) -> Event | None:
        """A sort by the thing if it can be ordered so; by the measure at hand otherwise."""
        told = cast("Thing | None", thing)
        one = told.field if told else None
        if told and told.fn and one is None:
            return Sort(self.span(i, end), None, down, "", told.fn)
        if one is not None and not one.temporal and (not one.numeric or is_key(one)):
            one = None
        return Sort(self.span(i, end), one, down, "" if one else kind, told.fn if told else "")

    def ends(self, i: int, s: Slots) -> Event | None:
        """`sorted by pay from high to low`, `from the largest to the smallest`."""
        w = self.w
        by = cast("Thing | None", s.held[0]) if s.held else None
        start = next(n for n in range(s.end - 1, i - 1, -1) if w.norm(n) == "to")
        low = next((n for n in range(start - 1, i - 1, -1) if pair(w.norms, n)), None)
        high = next((n for n in range(start + 1, s.end) if pair(w.norms, n)), None)
        if low is None or high is None:
            return None
        first, last = pair(w.norms, low), pair(w.norms, high)
        if first is None or last is None or first[0] == last[0]:
            return None
        return self._sorted(i, s.end, first[0], first[1], by)

    def directed(self, i: int, s: Slots) -> Event | None:
        """`in descending order of size`, `price desc`."""
        down = bool({"descending", "decreasing", "falling", "desc", "reverse"} & set(self.w.norms[i : s.end]))
        thing = next((h for h in s.held if isinstance(h, Thing)), None)
        field = next((h for h in s.held if isinstance(h, Field)), None)
        return self._sorted(i, s.end, down, "", Thing(field) if field else thing)

    def in_time(self, i: int, s: Slots) -> Event | None:
        """`months in order`, `in the order of the day`."""
        return (
            Sort(self.span(i, s.end), None, False, "date")
            if self.w.schema.dates() or any(a.name for a in self.computed.values())
            else None
        )

    # ------------------------------------------------------------------ what is left out, and what alone is wanted
    def left_out(self, i: int, s: Slots) -> Event | None:
        """`orders without a rep can be skipped`, `the ones with no stock left out`."""
        field = next((h for h in s.held if isinstance(h, Field)), None)
        if field is None:
            return None
        return Filter(
            self.span(i, s.end), {"column": field.name, "op": "notblank"}, (field,), self.w.reading.quote(self.span(i, s.end))
        )

    # ------------------------------------------------------------------ what is measured
    def summed(self, i: int, s: Slots) -> Event | None:
        """`the amounts have to be added up`, `what their amounts add up to`."""
        return Measure(self.span(i, s.end), "sum", cast("Field", s.held[0]))

    def averaged(self, i: int, s: Slots) -> Event | None:
        """`what a product costs on average`, `how many pages they have on average`, `average number of pages`."""
        field = next((h for h in s.held if isinstance(h, Field)), None)
        return Measure(self.span(i, s.end), "mean", field) if field is not None and field.numeric and not is_key(field) else None

    def often(self, i: int, s: Slots) -> Event | None:
        """`how often each status code occurs`."""
        field = cast("Field", s.held[0])
        if field.numeric and not is_key(field):
            return None
        self.extra.append(Group((), (field,)))
        return Measure(self.span(i, s.end), "count")

    def counted(self, i: int, s: Slots) -> Event | None:
        """`order count`, `nr of orders`."""
        return Measure(self.span(i, s.end), "count", noun=self.w.norm(i)) if s.held and s.held[0] else None

    # ------------------------------------------------------------------ how it is laid out
    def own_row(self, i: int, s: Slots) -> Event | None:
        """`every month has its own row`, `each city is drawn as a line of its own`."""
        fields = self._one(s.held[0])
        if fields is None:
            return None
        kind = self.w.norms[i : s.end]
        if {"column", "columns"} & set(kind):
            return Across(self.span(i, s.end), columns=fields)
        if {"row", "rows"} & set(kind):
            return Across(self.span(i, s.end), rows=fields)
        return Group(self.span(i, s.end), fields)

    def _one(self, held: object) -> tuple[Field, ...] | None:
        return (held,) if isinstance(held, Field) else None

    def share(self, i: int, s: Slots) -> Event | None:
        """`how much percent of the whole that is`, `what portion of the total each category has`."""
        if any(isinstance(e, Window) and e.fn == "share" for e in self.events):
            return Glue(self.span(i, s.end))
        return Window(self.span(i, s.end), "share")

    def announced(self, i: int, s: Slots) -> Event | None:
        """`two files are needed`, `the first is`: how many things follow, and which of them comes now."""
        before = self.w.norm(i - 1)
        return Glue(self.span(i, s.end)) if before not in words("top last first next bottom other") or i == 0 else None

    def entities(self, i: int, s: Slots) -> Event | None:
        """`the categories with their total amount`: what each row of the result is."""
        field = cast("Field", s.held[0])
        if field.numeric or field.temporal or field.column is None or (s.held[1], s.held[2]) == (None, None):
            return None
        stop = next(n for n in range(s.end - 1, i, -1) if self.w.norm(n) in ("with", "and", "plus", "incl", "including", ","))
        return (
            Group(self.span(i, stop), (field,))
            if not any(isinstance(e, Group) and field in e.fields for e in self.events)
            else None
        )

    def all_of_them(self, i: int, s: Slots) -> Event | None:
        """`three cities`: as many as there are, so nothing is left out."""
        w = self.w
        count, one = cast("float", s.held[0]), s.held[1]
        if w.norm(i - 1) in BEFORE_COUNT or superlative(w.norms, s.end) or w.norm(s.end) in ("with", "that", "which", "who"):
            return None
        if isinstance(one, Field):
            return Glue(self.span(i, s.end)) if one.column and one.column.distinct == int(count) and not one.numeric else None
        return Glue(self.span(i, s.end)) if len(w.schema.tables) == int(count) or len(w.reading.inputs()) == int(count) else None

    def unchanged(self, i: int, s: Slots) -> Event | None:
        """`no column removed or changed`: true of every plan that chooses no columns."""
        return Clean(self.span(i, s.end), "whole")

    def each_last(self, i: int, s: Slots) -> Event | None:
        """`name and price of each`: of all rows, at the end of a list."""
        after = self.w.norm(s.end)
        return Glue(self.span(i, s.end)) if after in (",", ".", ";", "?", "!", ")", "", "as", "in", "to") else None

    def spaced(self, i: int, s: Slots) -> Event | None:
        """`a reading every three hours`: how far apart the rows are, if they are."""
        count = next((h for h in s.held if isinstance(h, float)), 1.0)
        unit = next(
            (u for u in ("minute", "hour", "day", "week") if any(n.startswith(u) for n in self.w.norms[i : s.end])), "hour"
        )
        return Glue(self.span(i, s.end)) if any(_apart(f, count, unit) for f in self.w.schema.dates()) else None

    def asked(self, i: int, s: Slots) -> Event | None:
        """`name the day in your answer`."""
        return Ask(self.span(i, s.end))

    def glue(self, i: int, s: Slots) -> Event | None:
        """Words that are accounted for by what is done anyway."""
        return Glue(self.span(i, s.end))


def _apart(one: Field, count: float, unit: str) -> bool:
    """Whether the first different moments of a column are so far apart."""
    values = one.column.values[:2] if one.column else ()
    try:
        first, second = (datetime.fromisoformat(v) for v in values)
    except ValueError:
        return False
    return abs((second - first).total_seconds()) == count * {"minute": 60, "hour": 3600, "day": 86400, "week": 604800}[unit]


def _pattern(text: str, build: Build, needs: str = "") -> tuple[str, frozenset[str], Build]:
    return text, words(needs), build


_TOPS = words(" ".join(p.split("_")[-1] for p in FIRST.split("|")))
PATTERNS: tuple[tuple[str, frozenset[str], Build], ...] = (
    _pattern(f"that|which? {BEGIN} with|from|at|by the|that|those|its|their* <sup> <thing>? one|ones?", Wishes.beginning),
    _pattern(f"<thing>? with|having|of the|its|their* <sup> <thing>? {AUX}* {FIRST}", Wishes.leads, " ".join(_TOPS)),
    _pattern("the|sorted|sort|ordered|order|ranked|arranged|sorting|ordering* by? <thing>? ,? from the|those? high|low|big|large|small|most|least|few|new|old|long|short|cheap|expensive|early|late|first|last|best|worst|largest|smallest|highest|lowest|biggest|longest|shortest|newest|oldest|earliest|latest|fewest|cheapest|dearest to the|those|most|least|big|low|few|high|small|new|old|last|first|late|early|short|long|largest|smallest|highest|lowest|biggest|longest|shortest|newest|oldest|earliest|latest|fewest|cheapest|dearest|expensive|worst|best* <thing>?", Wishes.ends, "to"),
    _pattern("in? the? descending|decreasing|falling|ascending|increasing|rising|reverse order|sequence? of|by|according_to|on the|their* <thing>", Wishes.directed),
    _pattern("<col> desc|asc", Wishes.directed, "desc asc"),
    _pattern("<part> in|by the|their|calendar|chronological|right|natural|correct* order|sequence", Wishes.in_time, "order sequence"),
    _pattern("in the? order|sequence of the|a* <part>", Wishes.in_time),
    _pattern("<part> from first to last", Wishes.in_time, "last"),
    _pattern("<part> follow|follows one_another|each_other as_in_the|as_in_a|like_in_the? <part>?", Wishes.in_time, "follow follows"),
    _pattern(f"all|any|the? <rows> {LACKING} a|an|any|the? <col> can|may|should|must|shall|are|is|to|be|have|stay|stays|need|not* {OUT}", Wishes.left_out, "out aside skipped ignored excluded omitted dropped removed disregarded discarded"),
    _pattern(f"{LEAVE} all|any|the|those|these* <rows> {LACKING} a|an|any|the? <col>", Wishes.left_out),
    _pattern(f"<number> must|should|have|has|is|are|to|be|being|get|gets|they|each* {ADDED}", Wishes.summed, "added summed totalled totaled aggregated sum add adds sums up"),
    _pattern("summed-up|added-up|summed|totalled|totaled|aggregated|cumulated up? <number>", Wishes.summed),
    _pattern("how_many|how_much|what a|an|the|one|each|every* <rows>? <col> they|it|he|she|that|there|we|people* has|have|do|does|is|are|were|earn|earns|cost|costs|pay|make* on_average", Wishes.averaged, "average"),
    _pattern("<number> on_average", Wishes.averaged, "average"),
    _pattern("average|mean|avg number|amount|count of the? <number>", Wishes.averaged),
    _pattern("how_often|how_many_times each|every|a|an|the|of|different* <col> them? occurs|occur|appears|appear|is|are|was|were|used|requested|comes|come|came|up|visited|found|returned|sent|there|hit*", Wishes.often),
    _pattern("<rows> count|counts", Wishes.counted, "count counts"),
    _pattern("nr|no|num|count of all? <rows>", Wishes.counted),
    _pattern(f"each|every <col> has|gets|have|is|are|should|shall|must|be|get|drawn|shown|in|on|as|with|to* {OWN}* line|row|column|bar|slice|line_of_its_own|row_of_its_own|column_of_its_own|bar_of_its_own|curve|series", Wishes.own_row),
    _pattern(f"each|every <part> has|gets|have|is|are|should|shall|must|be|get|drawn|shown|in|on|as|with|to* {OWN}* line|row|column|bar|slice|line_of_its_own|row_of_its_own|column_of_its_own|bar_of_its_own|curve|series", Wishes.own_row),
    _pattern("how_much|what|which|their|its|the|and* percent|percentage|portion|share|part|proportion|% of|in the|a|our|their|its|grand|overall|whole|all* whole|total|all|turnover|sum|revenue|sales that? it|this|each|every|is|are|makes|make|up|has|have|was* ", Wishes.share, "percent percentage portion share part proportion %"),
    _pattern("<col> with|and|plus|including|,* their|its|his|her <agg> <number>?", Wishes.entities, "their its"),
    _pattern("<num> of_the|of_our|of|different|monthly|weekly|daily* <col>", Wishes.all_of_them),
    _pattern("the|all|both|our|these|my* <num> different|monthly|weekly|daily|separate|input|csv* files|exports|tables|sheets|csvs|lists|sources|reports", Wishes.all_of_them),
    _pattern("no|none|nothing|not_a|without of|about|any|a|the* column|columns|field|fields|row|rows|data|them may|should|must|is|are|be|being|to|gets|get* removed|changed|altered|dropped|lost|missing|modified|touched|deleted|renamed|changing|removing|losing|dropping or|and|,* removed|changed|altered|dropped|lost|missing|modified|touched|deleted|renamed|changing|removing|losing|dropping?", Wishes.unchanged),
    _pattern("of|for each|every one|row|item|entry|of_them|product|record?", Wishes.each_last),
    _pattern("readings|reading|value|values|measurement|measurements|one|taken|measured|rows|row|a|, every <num>? hours|hour|minutes|minute|days|day", Wishes.spaced, "every"),
    _pattern("<num> - hourly|hour|minute readings|reading|values|data?", Wishes.spaced, "hourly hour minute"),
    _pattern("two|three|four|five|six|seven|2|3|4|5|6|7 files|things|outputs|results|figures|numbers|values|answers|parts|columns|lists|tables|sheets|charts", Wishes.announced),
    _pattern("the? first|second|third|one|other,? of_them? number|figure|value|file|one|list|part|table? is|says|holds|contains|shows|:|, the?", Wishes.announced),
)  # fmt: skip
_PLACES: dict[str, list[int]] = {}
for _at, _one in enumerate(PATTERNS):
    for _word in openings(_one[0]) or ():
        _PLACES.setdefault(_word, []).append(_at)
