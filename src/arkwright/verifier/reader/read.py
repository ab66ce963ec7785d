"""read: a request as Demands, with every word accounted for or named as a doubt."""

from collections.abc import Callable, Sequence
from typing import cast

from arkwright.core.json import Object
from arkwright.verifier.demands import Demands, Question, Source, World
from arkwright.verifier.neutral import NEUTRAL
from arkwright.verifier.reader.absent import read_absent
from arkwright.verifier.reader.addresses import read_addresses, unpaged
from arkwright.verifier.reader.asides import read_asides
from arkwright.verifier.reader.background import read_background
from arkwright.verifier.reader.data import build
from arkwright.verifier.reader.draft import Draft, Unreadable
from arkwright.verifier.reader.drafting import drafts_of
from arkwright.verifier.reader.drawn import read_drawn
from arkwright.verifier.reader.folders import read_folders
from arkwright.verifier.reader.hazards import absent_sources, hazards
from arkwright.verifier.reader.idle import idle
from arkwright.verifier.reader.manner import manner_doubts
from arkwright.verifier.reader.measures import PERIOD
from arkwright.verifier.reader.mentions import (
    mark_columns,
    mark_dates,
    mark_parts,
    mark_paths,
    mark_tables,
    mark_values,
    rows_nouns,
)
from arkwright.verifier.reader.outputs import read_outputs
from arkwright.verifier.reader.preface import read_preface
from arkwright.verifier.reader.prohibitions import read_prohibitions
from arkwright.verifier.reader.remarks import read_remarks
from arkwright.verifier.reader.repeats import gone, read_gone
from arkwright.verifier.reader.restrictions import CONDITIONS, PARTS
from arkwright.verifier.reader.scope import scope_doubts
from arkwright.verifier.reader.special import read_specials
from arkwright.verifier.reader.spelling import mend_spelling, name_rows
from arkwright.verifier.reader.tables import read_table_work, read_types, read_unchanged
from arkwright.verifier.reader.titles import read_bare_title
from arkwright.verifier.reader.twofold import twofold_doubts
from arkwright.verifier.reader.wording import reword
from arkwright.verifier.reader.work import Work
from arkwright.verifier.reader.works_code import read_program_work
from arkwright.verifier.reader.works_files import read_file_work
from arkwright.verifier.reader.works_papers import read_paper_work
from arkwright.verifier.reader.works_web import read_web_work
from arkwright.verifier.script import Script, Token, tokenise

ROWS = frozenset(
    [
        "rows",
        "row",
        "orders",
        "records",
        "entries",
        "items",
        "products",
        "customers",
        "employees",
        "books",
        "tickets",
        "readings",
        "requests",
        "lines",
        "sales",
        "transactions",
        "invoices",
        "contacts",
        "rentals",
        "files",
        "values",
    ]
)

_CASE = r"(?:(?:upper/lower|upper and lower|upper- and lowercase|letter) ?(?:case)?|case|capitalisation|capitalization|capitals|punctuation(?: marks)?)"
FOLDED = rf"(?:\( )?(?:(?:, )?(?:and )?(?:ignore|ignoring|regardless of|no matter the|without|strip|stripping) (?:the )?{_CASE}(?:(?: (?:and|,|or))+ (?:the )?{_CASE})*|case-insensitive(?:ly)?)(?: \))?"


def named_paths(text: str, world: World) -> list[str]:
    """The files and folders of the workspace that a request names, in its order."""
    script = Script(text, tokenise(text))
    mark_paths(script, world)
    named = [str(t.value) for t in script.tokens if t.kind == "file"]
    found = [n for n in named if n in world.before or any(p.startswith(n + "/") for p in world.before)]
    shown = [p for p in world.before if not p.startswith(".")]
    return list(dict.fromkeys(found)) or (shown if len(shown) == 1 else [])


def read(text: str, world: World) -> Demands:
    """What a request asks for; `doubts` are the clauses that are not understood."""
    demands = Demands()
    script = Script(text, tokenise(text))
    mark_paths(script, world)
    _quoted_titles(script)
    mend_spelling(script, world)
    read_bare_title(script, world)
    mark_dates(script)
    read_background(script, world)
    read_preface(script, world)
    read_work(script, world, demands)
    sources = [] if demands.specials else list(world.sources)
    name_rows(script, World({}, tuple(sources)))
    mark_parts(script, sources)
    mark_columns(script, sources)
    mark_values(script, sources)
    mark_tables(script, sources)
    read_addresses(script, sources)
    if not demands.specials:
        read_remarks(script, sources)
        reword(script)
    read_asides(script, world)
    read_outputs(script, world, demands)
    if not demands.specials:
        demands.doubts += hazards(unpaged(text, sources)) + absent_sources(text, world.before)
        _questions(script, sources, demands)
        demands.doubts += scope_doubts(script) + twofold_doubts(script, demands, rows_nouns(sources))
    demands.doubts += manner_doubts(script, demands, rows_nouns(sources) | ROWS)
    _tidy(demands)
    _account(script, sources, demands)
    return demands


def read_work(script: Script, world: World, demands: Demands) -> None:
    """What is to be done with files, programs, documents and pages, and what must not happen."""
    work = Work(script, world, demands)
    read_prohibitions(work)
    for reader in (read_web_work, read_program_work, read_file_work, read_paper_work):
        if not demands.specials:
            attempt(work, reader)
    if not demands.specials:
        read_specials(script, world, demands)
        read_folders(script, world, demands)


def attempt(work: Work, reader: Callable[[Work], None]) -> None:
    """Let a reader try; what it took and doubted is given back when it demands nothing."""
    taken, doubts = dict(work.script.taken), list(work.demands.doubts)
    reader(work)
    if not work.demands.specials:
        work.script.taken, work.demands.doubts = taken, doubts


def _tidy(demands: Demands) -> None:
    """Bring mentions of one and the same output together: a report and its pages, a chart and its file."""
    reports = [d for d in demands.deliverables if d.kind == "report"]
    for extra in reports[1:]:
        reports[0].formats = reports[0].formats or extra.formats
        reports[0].pages = reports[0].pages or extra.pages
        demands.deliverables.remove(extra)
    papers = [
        d
        for d in demands.deliverables
        if d.kind in ("file", "table") and d.name and d.formats and d.formats[0] in ("pdf", "docx", "md", "html")
    ]
    if reports and not reports[0].name and len(papers) == 1 and reports[0].formats in ((), papers[0].formats):
        reports[0].name, reports[0].formats = papers[0].name, papers[0].formats
        demands.deliverables.remove(papers[0])
    charts = [d for d in demands.deliverables if d.kind == "chart"]
    bare = [d for d in demands.deliverables if d.kind == "file" and not d.name and d.formats == ("docx",)]
    if not reports and len(bare) == 1 and charts and not any(c.formats or c.name for c in charts):
        bare[0].kind = "report"
    pictures = [d for d in demands.deliverables if d.kind == "file" and d.formats and d.formats[0] in ("png", "svg", "jpg")]
    for chart, picture in zip(charts, pictures, strict=False):
        chart.name, chart.formats = picture.name, picture.formats


def _quoted_titles(script: Script) -> None:
    """Column and value marks must not reach into a quoted title."""
    for i, token in enumerate(script.tokens):
        if token.kind == "quote" and i and script.tokens[i - 1].text.casefold() in ("title", "titled", "entitled", "heading"):
            token.text = token.text[0] + token.text[1:-1].replace(" ", "\u00a0") + token.text[-1]


def _questions(script: Script, sources: Sequence[Source], demands: Demands) -> None:
    read_types(script, demands)
    extra, used = read_table_work(script, sources, demands)
    extra += read_drawn(script, sources)
    absent = read_absent(script, sources)
    extra += absent
    pool = [*sources, *used]
    joining, hinted = False, ""
    if len({s.path for s in sources}) > 1:
        for m in script.find(
            r"(?:join|combine|merge|link|match)(?: (?:·|with|and|to|them|the|data|both|files|tables|together))*(?: (?:on|by|using|via) (?:the )?{col})?"
        ):
            joining = True
            script.take(m, "join")
        hinted = _join_hint(script)
        joining = joining or bool(hinted)
    if any(s.part == "words" and any((s.id, "word") in t.value for t in script.tokens if t.kind == "col") for s in pool):
        for m in script.find(FOLDED):
            script.take(m, "words are compared without case and punctuation")
    pool = _flattened(script, pool)
    _placed(script, pool)
    counted = read_gone(script)
    drafts = drafts_of(script, pool)
    nouns = rows_nouns(pool) | NEUTRAL | ROWS
    for draft in drafts:
        noun = str(draft.tidy.get("noun", "row"))
        if absent and (draft.filters or not draft.measures):
            demands.doubts.append(f"whether {draft.clause!r} restricts what is absent is not said")
        if noun not in nouns:
            demands.doubts.append(f"{noun!r} names no rows that are known")
        demands.doubts += draft.doubts
        try:
            demands.questions += build(draft, used or pool)
        except Unreadable as why:
            demands.doubts.append(f"{draft.clause}: {why}")
    _winners(script, drafts, demands)
    if counted:
        removed = [g for q in demands.questions if (g := gone(q))]
        demands.questions += removed
        demands.doubts += [] if len(removed) == 1 else ["how many were removed of what is not said"]
    if joining and not any("'do': 'join'" in str(q.question["steps"]) for q in demands.questions):
        demands.doubts.append("no join was needed for what was read")
    if hinted and not any(_joins_by(q.question, hinted) for q in demands.questions):
        demands.doubts.append(f"the tables were not joined by {hinted!r}")
    demands.questions += extra
    if not demands.questions and not demands.doubts:
        demands.questions += read_unchanged(script, sources, demands)
    demands.questions.sort(key=lambda q: max(0, script.text.find(q.clause)))


def _winners(script: Script, drafts: Sequence[Draft], demands: Demands) -> None:
    """`tell me the day, and make a csv with all of them`: the winner is said, the table is written."""
    tops = [q for q in demands.questions if q.single_place]
    if len(demands.questions) > len(tops) > 0 and any(d.kind == "answer" for d in demands.deliverables):
        for question in tops:
            question.rules["spoken"] = True
    if any(d.top and any(k.period for k in d.keys) for d in drafts):
        for m in script.find(rf"(?:the|that|this|which) {PERIOD}(?: (?:it|that) (?:is|was))?(?= ?[,.;?]| ·| and|$)"):
            script.take(m, "the winner")


def _placed(script: Script, pool: Sequence[Source]) -> None:
    """`lead time (second sheet)`: where a column stands, if it does stand there."""
    for m in script.find(
        r"(?P<c>{col}) (?P<p>\( (?:from |in |on |see )*(?:the )?(?:second|2nd|other) (?:sheet|table|tab) \)\.?)"
    ):
        at = m.groups["c"][0]
        found = {str(v[0]) for v in script.tokens[at].value}
        if len(pool) == 2 and found == {pool[1].id}:
            for i in range(at + 1, m.last):
                script.taken.setdefault(i, "where it stands")


def _flattened(script: Script, pool: Sequence[Source]) -> list[Source]:
    """The tables left when a line for each of some inner items is wanted: the one whose rows they are."""
    out = list(pool)
    items = r"(?:with |to |into |so that there is |, )*(?:one|a|a single) (?:line|row|record) (?:per|for each|for every|each) (?P<x>(?:{col}|{tab}|[a-z]+)(?: (?:{col}|{tab}|[a-z]+))?)(?= ?[:,.]| ·|$)"
    for m in script.find(items):
        word = (script.group(m, "x") or script.tokens[m.first : m.last])[-1].text.casefold().split()[-1]
        named = [s for s in out if "." in s.part and s.part.split(".")[-1].casefold() in (word, f"{word}s")]
        if len(named) == 1:
            script.take(m, "one line an item")
            out = named
    if out != list(pool):
        for m in script.find(
            r"(?:flatten|unnest|unroll|expand|explode|denormali[sz]e|turn|convert|transform)(?:ed|d)?(?: (?:·|the|it|this|in ?to|to|a))*|(?:a |into a )?(?:flat|plain|flattened) (?=(?:csv|table|list|file|·))|out of (?=·)"
        ):
            script.take(m, "flatten")
    return out


def _join_hint(script: Script) -> str:
    """The column by which tables are said to belong together."""
    for m in script.find(
        r"(?:belong|go|fit|are linked|are connected|are related)"
        r"(?: together)? (?:\( |by |via |through |on |over )+(?:the )?(?P<c>{col})(?: \)\.?)?"
    ):
        script.take(m, "join")
        return str(script.tokens[m.groups["c"][0]].value[0][1])
    return ""


def _joins_by(question: Object, column: str) -> bool:
    steps = cast("list[Object]", question["steps"])
    return any(s["do"] == "join" and column in (s["left"], s["right"]) for s in steps)


def _account(script: Script, sources: Sequence[Source], demands: Demands) -> None:
    """Words that nobody took and that are not neutral are doubts."""
    nouns = rows_nouns(sources)
    restricted = bool(demands.questions)
    whole = any(s.kind == "document" for s in demands.specials)
    passed = idle(script, nouns)
    for index, token in enumerate(script.tokens):
        if index in script.taken or index in passed or token.kind == "mark":
            continue
        words = [w for w in token.low.replace("_", " ").split() if w]
        if demands.specials and any(w in CONDITIONS or (w in PARTS and whole) for w in words):
            demands.doubts.append(f"{token.text!r} may restrict what is to be done")
            continue
        if token.kind == "word" and all(w in NEUTRAL or w in nouns or (w in ("only", "just") and restricted) for w in words):
            continue
        if token.kind == "tab" or (
            token.kind == "col" and all(w in nouns or w in NEUTRAL for w in words) and _names_rows(token, sources)
        ):
            continue
        demands.doubts.append(f"{token.text!r} is not accounted for")
    for question in demands.questions:
        _no_doubts(question)


def _no_doubts(question: Question) -> Object:
    return question.question


def _names_rows(token: Token, sources: Sequence[Source]) -> bool:
    """Whether a column that nobody took can be passed over: it names each row once, so it stands for the rows."""
    pairs = {(v[0], v[1]) for v in token.value}
    return all(c.unique for s in sources for c in s.columns if (s.id, c.name) in pairs)
