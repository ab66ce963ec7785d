"""Query: the events of a request folded into queries: what is filtered, grouped, measured, ranked, and where it goes."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from arkwright.planner.lexicon import words
from arkwright.planner.recipes.tables.events import (
    Across,
    Ask,
    Clean,
    Compute,
    Draw,
    Event,
    Filter,
    Finish,
    Glue,
    Group,
    Measure,
    Report,
    Select,
    Sink,
    Sort,
    Tag,
    Title,
    Top,
    Window,
)  # fmt: skip
from arkwright.planner.recipes.tables.schema import Field, is_key
from arkwright.planner.text import key, stem


@dataclass(slots=True)
class Query:
    """One question to the data. `span` are the tokens it was read from."""

    filters: list[Filter] = field(default_factory=list[Filter])
    group: tuple[Field, ...] = ()
    measures: list[Measure] = field(default_factory=list[Measure])
    top: Top | None = None
    sorts: list[Sort] = field(default_factory=list[Sort])
    select: tuple[Field, ...] = ()
    computed: list[Field] = field(default_factory=list[Field])
    windows: list[Window] = field(default_factory=list[Window])
    cleans: list[Clean] = field(default_factory=list[Clean])
    across: list[Across] = field(default_factory=list[Across])
    sinks: list[Sink] = field(default_factory=list[Sink])
    draws: list[Draw] = field(default_factory=list[Draw])
    tag: Tag | None = None
    finishes: list[Finish] = field(default_factory=list[Finish])
    asked: bool = False
    closed: bool = False
    span: set[int] = field(default_factory=set[int])

    @property
    def empty(self) -> bool:
        """Whether it says nothing about the data yet."""
        return not (
            self.group or self.measures or self.top or self.select or self.computed or self.windows or self.cleans or self.across
        )

    @property
    def totalled(self) -> bool:
        """Whether totals are wanted beside the figures."""
        return any(f.do in ("total", "cross") for f in self.finishes)

    @property
    def grouped(self) -> bool:
        """Whether it makes one row of many."""
        return bool(self.measures or self.group or (self.top and self.top.entity) or self.across)


@dataclass(slots=True)
class Wish:
    """All queries of a request, and what is made of them together."""

    queries: list[Query]
    report: Report | None = None
    title: str = ""
    sinks: list[Sink] = field(default_factory=list[Sink])
    asked: bool = False
    pending: bool = False


def fold(events: Sequence[Event], norms: Sequence[str]) -> Wish:
    """The queries that a list of events over the words `norms` means."""
    wish = Wish([Query()])
    for at, event in enumerate(events):
        _take(wish, event, events[at + 1 :], norms)
    if wish.pending:
        wish.queries[-1].asked = wish.asked = True
    for query in list(wish.queries):
        _lay_out(query)
        _count_apart(wish, query)
    wish.queries = [q for at, q in enumerate(wish.queries) if at == 0 or not q.empty or q.filters]
    return wish


def _take(wish: Wish, event: Event, later: Sequence[Event], norms: Sequence[str]) -> None:
    current = wish.queries[-1]
    if isinstance(event, Measure | Top | Group | Draw | Across) and _opens(current, event, later, norms):
        same = (isinstance(event, Measure) and _counts_rows(current, event)) or isinstance(event, Group)
        counted = list(current.measures) if isinstance(event, Group) and event.asked else []
        before, current = current, _next(wish, same or _of_the_same(event, norms))
        current.measures = counted
        _hand_over(before, current, norms)
    if wish.pending and isinstance(event, Measure | Top | Select | Window):
        current.asked = wish.asked = True
        wish.pending = False
    match event:
        case Filter():
            current.filters.append(event)
        case Group() if (
            current.top is not None and current.top.by is None and all(f.numeric and not is_key(f) for f in event.fields)
        ):
            current.top = replace(current.top, by=Measure(event.span, "auto", event.fields[0]))
        case Group():
            current.group = tuple(dict.fromkeys((*current.group, *event.fields)))
            current.closed = bool(current.measures)
        case Measure():
            _measure(current, event)
        case Top():
            current.top = event
            current.closed = True
            current.asked |= event.asked
        case Sort():
            _sort(current, event)
        case Select() if (one := _meant(current, event, later)) is not None:
            _measure(current, one)
            rest = tuple(f for f in event.fields if f != one.field)
            current.select = tuple(dict.fromkeys((*current.select, *rest)))
        case Select():
            current.select = tuple(dict.fromkeys((*current.select, *event.fields)))
        case Compute():
            current.computed.append(event.field)
        case Window():
            current.windows.append(event)
        case Finish():
            current.finishes.append(
                replace(event, of=_rounded(current, norms[max(0, min(event.span) - 4) : min(event.span)]))
                if event.do == "round"
                else event
            )
        case Clean():
            current.cleans.append(event)
        case Across():
            current.across.append(event)
        case Tag():
            current.tag = event
        case Sink():
            (wish.sinks if event.sheet and current.empty else current.sinks).append(event)
        case Draw():
            current.draws.append(event)
        case Report():
            old = wish.report
            wish.report = (
                event
                if old is None
                else replace(old, format=old.format or event.format, pages=old.pages or event.pages, span=old.span + event.span)
            )
        case Title():
            wish.title = event.text
        case Ask() if current.draws or current.sinks:
            wish.pending = True
        case Ask():
            current.asked = wish.asked = True
        case Glue() | _:
            return
    current.span.update(event.span)


def _lay_out(query: Query) -> None:
    """`one row per department` with nothing across the top is a group."""
    if query.across and all(a.rows and not a.columns for a in query.across):
        query.group = tuple(dict.fromkeys((*query.group, *(f for a in query.across for f in a.rows))))
        query.across = []


def _rounded(current: Query, before: Sequence[str]) -> str:
    """Which of several numbers a rounding is said of: the share or the average right before it."""
    if current.windows and set(before) & words("percentage percent % share portion proportion percentages"):
        return current.windows[-1].fn
    spans = [(max(w.span), w.fn) for w in current.windows if w.span] + [(max(m.span), m.fn) for m in current.measures if m.span]
    last = max(spans, default=(0, ""))[1]
    return last if len(spans) > 1 and last in ("share", "mean", "median", "change_percent") else ""


def _count_apart(wish: Wish, query: Query) -> None:
    """`how many rows have no amount, and the rows in missing.csv`: the rows are saved, their number is told."""
    counts = query.measures and all(m.asked and m.fn == "count" and m.field is None for m in query.measures)
    bare = not (query.group or query.top or query.across or query.windows or query.draws)
    if not (counts and bare and query.filters and any(s.format != "table" for s in query.sinks)):
        return
    number = Query(filters=list(query.filters), measures=query.measures, computed=list(query.computed), asked=True)
    number.cleans = [c for c in query.cleans if c.do in ("union", "dropna", "anti")]
    number.span = {n for m in query.measures for n in m.span}
    query.measures, query.asked = [], False
    wish.queries.insert(wish.queries.index(query) + 1, number)


def _sort(current: Query, event: Sort) -> None:
    """`ordered by deadline, the soonest first` is one order: what it is by, and which end comes first."""
    last = current.sorts[-1] if current.sorts else None
    if last is not None and event.field is None and not event.fn and event.kind != "alphabet":
        current.sorts[-1] = replace(last, descending=event.descending)
    elif last is not None and last.field is None and not last.fn and event.field is not None:
        current.sorts[-1] = replace(event, descending=last.descending or event.descending)
    else:
        current.sorts.append(event)


def _meant(current: Query, event: Select, later: Sequence[Event]) -> Measure | None:
    """`revenue per month` means the total revenue: a lone number that something groups, draws or follows in time."""
    numbers = [f for f in event.fields if f.numeric and not is_key(f)]
    if len(numbers) != 1 or any(m.field == numbers[0] for m in current.measures):
        return None
    following = next((e for e in later if not isinstance(e, Glue | Ask)), None)
    grouped = (
        isinstance(following, Group | Window)
        or bool(current.windows)
        or bool(current.group)
        or any(a.rows and not a.columns for a in current.across)
    )
    if not grouped or set(key(numbers[0].label)) & RATES:
        return None
    return Measure(event.span, "sum", numbers[0])


RATES = words("price cost rate temp temperature salary level age year score rating percent")


def _measure(current: Query, event: Measure) -> None:
    if event.field is None and event.fn == "sum" and not event.asked and current.computed and event.noun:
        return
    current.asked |= event.asked
    if event.field is None and not event.asked and not event.noun and event.fn in {m.fn for m in current.measures if m.field}:
        return  # `save the totals` speaks of the totals that were asked for before
    numbers = [f for f in current.select if f.numeric and not is_key(f)]
    if (
        event.field is None
        and event.fn not in ("count", "auto")
        and len(numbers) == 1
        and current.select[-1] == numbers[0]
        and not current.measures
    ):
        event = replace(event, field=numbers[0])
        current.select = current.select[:-1]
    if not any(m.fn == event.fn and m.field == event.field for m in current.measures):
        current.measures.append(event)


def _opens(current: Query, event: Event, later: Sequence[Event], norms: Sequence[str]) -> bool:
    """Whether an event starts a question of its own."""
    saved = bool(current.sinks) and not (current.draws or (current.empty and not current.filters))
    match event:
        case Measure():
            if event.fn in ("sum",) and event.field is None and current.top is not None:
                return False
            if any(d.kind in CLOUDS for d in current.draws):
                return True
            if _counts_rows(current, event) or (_counts_others(current, event) and not _one_breath(current, event, later, norms)):
                return True
            if (again := _next_group(later)) is not None and again == current.group:
                return False
            if current.top is not None and current.top.asked and current.top.count == 1 and _apart(current, event, norms):
                return bool(event.span) and _next_group(later) is not None
            if _also(current, event, norms) and _next_group(later) is not None:
                return True
            if _one_breath(current, event, later, norms):
                return False
            if current.top is not None and not current.group and event.fn == "count" and not event.asked:
                return False
            if event.asked and current.group and _same_sentence(current, event, norms):
                return False
            if event.asked and current.measures:
                return True
            if saved and current.cleans:
                return True
            return current.closed and (bool(current.top) or _groups_again(later))
        case Top():
            return (
                _answered(current, event, norms)
                or _told_beside(current, event, norms)
                or (event.asked and bool(current.group) and bool(current.measures) and _apart(current, event, norms))
                or current.top is not None
                or (
                    bool(current.measures)
                    and bool(current.group)
                    and event.entity is not None
                    and event.entity not in current.group
                    and (event.asked or event.count != 1 or not _per_group(event, norms))
                )
            )
        case Draw():
            return event.kind in CLOUDS and bool(current.measures)
        case Group() if event.asked:
            return _total_asked(current)
        case Across() | Group() if (
            current.top is not None and current.top.asked and current.top.count == 1 and _apart(current, event, norms)
        ):
            return True
        case Group():
            return current.closed and bool(current.measures) and current.top is not None and current.top.entity is not None
        case _:
            return False


_ENDS = words(". ? ! ;")
CLOUDS = ("histogram", "scatter")
_PRONOUNS = words("them they those these thereof")


def _counts_rows(current: Query, event: Measure) -> bool:
    """`... in a file, and how many there are`: rows were asked for before they are counted."""
    return (
        event.asked
        and event.fn == "count"
        and event.field is None
        and not current.grouped
        and bool(current.sinks)
        and bool(current.filters or current.cleans)
    )


def _one_breath(current: Query, event: Event, later: Sequence[Event], norms: Sequence[str]) -> bool:
    """`how many orders and how many units does each category have`: numbers in a row, and per what at the end of the sentence."""
    group = next((e for e in later if not isinstance(e, Glue | Ask | Measure)), None)
    first = min((n for m in current.measures for n in m.span), default=-1)
    if first < 0 or current.group or current.top or not isinstance(group, Group) or not group.span:
        return False
    between = set(norms[first : min(event.span)])
    return not (_ENDS & set(norms[first : max(group.span)])) and not (between & words("total all overall altogether"))


def _same_sentence(current: Query, event: Event, norms: Sequence[str]) -> bool:
    """`for each town the total and how many customers there are`: one more number of the same groups."""
    start, stop = min(event.span, default=-1), max(event.span, default=-1)
    if start < 0 or _apart(current, event, norms):
        return False
    rest = norms[stop + 1 : next((n for n in range(stop, len(norms)) if norms[n] in _ENDS), len(norms))]
    return not (set(rest) & words("total overall altogether all"))


def _hand_over(before: Query, current: Query, norms: Sequence[str]) -> None:
    """A file that is named in the sentence of a new query, after a question that was answered, is of the new one."""
    if before.top is not None and before.top.asked and before.top.span:
        last = max(before.top.span)
    elif before.filters and not before.grouped:
        last = max(n for f in before.filters for n in f.span)
    else:
        return
    late = [s for s in before.sinks if s.span and min(s.span) > last and _ENDS & set(norms[last : min(s.span)])]
    before.sinks = [s for s in before.sinks if s not in late]
    current.sinks += late


def _told_beside(current: Query, event: Top, norms: Sequence[str]) -> bool:
    """`requests per hour into a csv, and tell me the busiest hour`: one group of a table is told beside it."""
    start = min(event.span, default=0)
    told = set(norms[max(0, start - 4) : start]) & words("tell name say mention state answer")
    return (
        bool(told and current.group and current.measures and current.sinks) and event.count == 1 and event.entity in current.group
    )


def _per_group(event: Event, norms: Sequence[str]) -> bool:
    """`for each region the rep with the highest total`: what is picked is picked of each group."""
    start = min(event.span, default=0)
    first = next((n + 1 for n in range(start - 1, -1, -1) if norms[n] in _ENDS), 0)
    return bool(set(norms[first:start]) & words("each every per within"))


def _also(current: Query, event: Event, norms: Sequence[str]) -> bool:
    """`... are sold out? Also a csv with the number per category`: another table, of all rows."""
    start = min(event.span, default=0)
    first = next((n + 1 for n in range(start - 1, -1, -1) if norms[n] in _ENDS), 0)
    said = set(norms[first:start]) & words("also furthermore besides additionally addition moreover")
    earlier = all(max(f.span, default=-1) < first for f in current.filters)
    return bool(said) and first > 0 and bool(current.filters) and earlier and not current.grouped


def _apart(current: Query, event: Event, norms: Sequence[str]) -> bool:
    """Whether a sentence ends between what was measured or picked and an event."""
    start = min(event.span, default=-1)
    said = {n for e in (*current.measures, *([current.top] if current.top else [])) for n in e.span} or current.span
    last = max((n for n in said if n < start), default=-1)
    return 0 <= last < start and bool(_ENDS & set(norms[last:start]))


def _counts_others(current: Query, event: Measure) -> bool:
    """`customers without an order, and the number of orders`: rows of another kind are counted by a question of their own."""
    counted = [m for m in current.measures if m.fn == "count" and m.field is None and m.noun]
    counts = event.fn == "count" and event.field is None and bool(event.noun)
    return counts and bool(counted) and not current.group and all(stem(m.noun) != stem(event.noun) for m in counted)


def _total_asked(current: Query) -> bool:
    """Whether `how many ...` was asked of all rows together."""
    return not current.group and current.top is None and any(m.asked for m in current.measures)


def _answered(current: Query, event: Top, norms: Sequence[str]) -> bool:
    """Whether `how many ...` was asked before another question begins, or a number of all rows in a sentence before it."""
    if not event.asked or current.group or not current.measures:
        return False
    last = max((n for m in current.measures for n in m.span), default=0)
    ended = bool(_ENDS & set(norms[last : min(event.span, default=last)]))
    return any(m.asked for m in current.measures) or (ended and current.top is None and event.entity is not None)


def _of_the_same(event: Event, norms: Sequence[str]) -> bool:
    """`and who has most of them`: the question that an event starts is about the rows of the one before."""
    start = max(event.span, default=0)
    stop = next((n for n in range(start, len(norms)) if norms[n] in _ENDS), len(norms))
    bare = isinstance(event, Top) and event.asked and norms[min(event.span, default=start)] == "who" and stop - start <= 2
    return bare or bool(_PRONOUNS & set(norms[min(event.span, default=start) : stop]))


def _next_group(later: Iterable[Event]) -> tuple[Field, ...] | None:
    """What the next thing that is measured is grouped by."""
    for event in later:
        if isinstance(event, Group):
            return event.fields
        if isinstance(event, Top | Draw):
            return None
    return None


def _groups_again(later: Iterable[Event]) -> bool:
    """Whether a group follows before the next sentence's measure does."""
    for event in later:
        if isinstance(event, Group):
            return True
        if isinstance(event, Top):
            return False
    return False


def _next(wish: Wish, same: bool) -> Query:
    """A new query under the filters that were said before anything was measured; under all of them when it is about the `same` rows."""
    first = wish.queries[-1]
    start = min((n for q in wish.queries for e in (*q.measures, *([q.top] if q.top else [])) for n in e.span), default=0)
    shared = [f for f in first.filters if same or max(f.span) < start]
    fresh = Query(
        filters=list(shared),
        computed=list(first.computed),
        cleans=[c for c in first.cleans if c.do in ("union", "dropna", "convert")],
        tag=first.tag,
    )
    wish.queries.append(fresh)
    return fresh
