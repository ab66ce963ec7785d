"""Spare words: what a draft may leave over because the plan already does it, or because it stands where nothing can be restricted.

Everything that could restrict, order, forbid or rename stays binding: numbers, negations, comparisons, superlatives, values and columns that occur
nowhere in the plan, unknown words before or behind a noun that is understood (`Italian customers`, `orders from the web shop`), unknown verbs.
"""

from collections.abc import Iterator

from arkwright.core.json import Json
from arkwright.planner import lexicon
from arkwright.planner.lexicon import words
from arkwright.planner.people import AUDIENCE
from arkwright.planner.reading import Draft, Reading
from arkwright.planner.text import ORDINALS, key

# What the words of the work ask for, by what a plan must hold to keep them: a kind of step, a function, a tool.
_DONE: tuple[tuple[frozenset[str], frozenset[str]], ...] = (
    (words("sum sums summed summing total totals totalled totaling add added adds adding up altogether overall turnover combined"), words("fn:sum fn:running_sum op:add")),
    (words("average averages averaged mean avg"), words("fn:mean")),
    (words("count counts counted counting number tally nr many frequency often times"), words("fn:count fn:count_distinct")),
    (words("sort sorted sorting order ordered ordering rank ranked arranged beginning starting begin start top put"), words("do:sort")),
    (words("select selected pick picked filter filtered choose chosen only just extract extracted pull copy copied matching meeting"), words("do:filter")),
    (words("join joined link linked match look lookup combine combined belonging belong according matching connect connected"), words("do:join")),
    (words("merge merged stack stacked append appended combine combined underneath together single put putting one collect collected union pile"), words("do:union documents.merge")),
    (words("pivot cross matrix crosstab grid across cells cell rows columns down side"), words("do:pivot")),
    (words("dedupe deduplicate deduplicated duplicates duplicate double doubles doublets repeated remove removed drop dropped unique distinct once"), words("do:distinct files.duplicates")),
    (words("chart charts graph plot diagram drawn draw drawing plotted picture image visualise visualize figure bars lines illustrate illustrated point points same"), words("charts.draw")),
    (words("convert converted conversion convertible turn turned transform transformed change changed translate"), words("documents.convert tables.save")),
    (words("flatten flattened unnest nested"), words("do:unnest part:nested")),
    (words("round rounded"), words("op:round")),
    (words("share percentage percent proportion whole"), words("fn:share")),
    (words("script program code programme regex python node javascript js write written execute executed execution run started start launched coded expression"), words("python.run node.run terminal.run")),
    (words("report document doc pages page introduction introductory short few long intro text sentences paragraph heading headings title contents"), words("documents.write documents.merge documents.convert")),
    (words("zip zipped archive pack packed compress compressed bundle"), words("files.archive")),
    (words("move moved moving sort sorted organise organised tidy put rename renamed"), words("files.move")),
    (words("download downloaded fetch fetched pull collect get retrieve query queried request requested load call called api endpoint graphql rest service interface page pages site paginated paged paging"), words("http.fetch http.download graphql.query browser.visit http.probe")),
    (words("bearer token access authorisation authorization authenticate"), words("arg:auth")),
    (words("screenshot screen capture picture image"), words("do:screenshot")),
    (words("fill filled enter entered form submit submitted send sent"), words("do:submit do:fill")),
    (words("sha256 checksum checksums hash hashes verify verified check checked match mismatch"), words("files.checksum")),
    (words("compare compared comparison difference differences changes changed differ diff"), words("files.compare")),
    (words("unticked ticked open done todo to-do to-dos tasks checkbox box"), words("part:checklist")),
    (words("log logged logs requests hits hit access server"), words("part:log")),
    (words("words word occur occurs occurrence frequent"), words("part:words")),
)  # fmt: skip
_QUALITY = words(
    """
    decent plain compact genuine actual tidy handsome readable neat fresh brand-new common single complete full entire whole detailed raw
    nested messy untidy huge large big long wide tiny little old older new newer recent current available relevant necessary following
    above-mentioned mentioned requested given attached corresponding resulting desired useful handy suitable appropriate convenient compact
    beautiful pretty lovely professional presentable official formal finished ready final overall general rough brief short easy easier
    identical various several different individual certain respective said usual typical standard modern classic common dedicated own
    internal monthly weekly daily yearly quarterly annual
    """
)
_HANDLES = words(
    """
    put putting place placed hand handed deliver delivered present presented bring brought return returned supply supplied
    stand stands stood lie lies sit sits belong belongs appear appears occur occurs exist exists turn turned happen happens hold holds
    carry carries carried consist consists consisting comprise comprises cover covers concern concerns relate relates refer refers
    mean means mind minding take takes taken taking pick picked go goes gone come comes coming end ends ended land lands finish
    display displays displayed state states stated indicate indicates indicated specify specified mention mentioned spell spelt
    arrive arrives follow follows followed derive derived base based work works worked evaluate evaluated analyse analysed analyze analyzed
    examine examined inspect inspected search searched scan scanned process processed handle handled prepare prepared assemble assembled
    compile compiled gather gathered collect collected summarise summarised develop develops developed help helps enter entered
    receive received obtain obtained fetch fetched call called entitle entitled name named label labelled serve serves
    pay paid spend spent earn earned buy bought sell sold bring brings ship shipped visit visited
    """
)
_THINGS = words(
    """
    output outcome contents content info information detail details figures figure piece pieces thing item items case cases point points part parts
    cell cells place position spot name names entry entries line lines row rows column columns field fields bit kind sort type list lists
    overview picture version copy format form shape structure source sources origin original originals extension path location folder directory workspace
    disk computer machine user person people someone everybody colleague question answer reply response request task job goal aim idea reason purpose
    matter problem issue data dataset database sheet tab document text title heading headings caption legend axis program
    software system tool export dump feed service site website shop store company office team business firm month year day time moment
    interest need wish order
    """
)
_OBJECTS_OF = words(
    "per by each every of in for with from without as into to through via at on under within among inside outside except like than"
)
_RELATIVE = words("who whom whose that which where when if unless while whenever")
_SKIPPED = words("the a an our my your their his her its this that these those all any some both such and or")


def spare(reading: Reading, draft: Draft, left: frozenset[int]) -> frozenset[int]:
    """The tokens of `left` that ask for nothing the draft does not do."""
    facts = frozenset(_facts(draft))
    said = _said(reading, draft, left)
    return frozenset(index for index in left if _spared(reading, index, left, facts, said))


def _spared(reading: Reading, index: int, left: frozenset[int], facts: frozenset[str], said: frozenset[str]) -> bool:
    norm, base = reading.norms[index], reading.stems[index]
    if reading.tokens[index].kind == "mention" or norm in lexicon.NEGATIONS | {
        "or",
        "not",
        "no",
        "than",
        "except",
        "unless",
        "if",
    }:
        return False
    if _enumerates(reading, index) or (
        norm == "by" and reading.norms[index - 1] in ("followed", "accompanied", "separated", "preceded")
    ):
        return True
    number = reading.number(index)
    if number is not None or norm in ORDINALS:
        return f"#{number:g}" in said if number is not None else False
    if any(norm in asked or base in asked for asked, _ in _DONE):
        return any(facts & does for asked, does in _DONE if norm in asked or base in asked) and not _aimed(reading, index, left)
    if norm in lexicon.FORMATS or base in lexicon.FORMATS:
        return f"format:{lexicon.FORMATS.get(norm) or lexicon.FORMATS.get(base)}" in facts
    if base in said and base not in lexicon.AGGREGATES and norm not in lexicon.SUPERLATIVES:
        return True
    if _binding(reading, norm, base):
        return False
    if norm in _QUALITY or norm in _HANDLES or norm in _THINGS or norm.endswith("ly"):
        return True
    return _loose(reading, index, left)


def _enumerates(reading: Reading, index: int) -> bool:
    """Whether a word only counts what the request goes on to say: `First, ...`, `two things`, `three files`."""
    after = reading.norms[index + 1 : index + 3]
    if reading.norms[index] in ("first", "firstly", "second", "secondly", "third", "thirdly", "lastly", "finally"):
        return after[:1] == (",",) and (index == 0 or reading.tokens[index - 1].kind == "mark")
    few = reading.number(index) in (1, 2, 3, 4, 5)
    return few and bool(frozenset(after[:1]) & _COUNTED) and (len(after) < 2 or reading.tokens[index + 2].kind != "mention")


_COUNTED = frozenset("things files numbers figures parts results outputs answers questions exports pieces requests steps".split())


def _binding(reading: Reading, norm: str, base: str) -> bool:
    """Whether a word speaks of the data or of an order, so that it may not be passed over."""
    known = norm in lexicon.AGGREGATES or norm in lexicon.SUPERLATIVES or norm in lexicon.CHARTS or norm in lexicon.MONTHS
    return known or norm in _COMPARES or norm in lexicon.DATE_PARTS or base in _columns(reading) or norm in _values(reading)


_COMPARES = words(
    """
    more less fewer over under above below between before after until since least exactly minimum maximum rest others other otherwise instead
    excluding except only half double twice net gross cents thousands millions percent alphabetical alphabetically chronological ascending
    descending reverse missing empty blank unknown duplicate first last next previous larger bigger smaller higher lower older newer longer shorter
    """
)


def _columns(reading: Reading) -> frozenset[str]:
    return frozenset(part for table in reading.survey.tables for column in table.columns for part in key(column.name))


def _values(reading: Reading) -> frozenset[str]:
    found = (value for table in reading.survey.tables for column in table.columns for value in column.values)
    return frozenset(word for value in found for word in value.lower().split())


def _aimed(reading: Reading, index: int, left: frozenset[int]) -> bool:
    """Whether a word of the work is aimed at something that is left over too: `sorted by name` when `name` is nowhere in the plan."""
    after = range(index + 1, min(index + 4, len(reading.tokens)))
    return any(i in left and (reading.stems[i] in _columns(reading) or reading.number(i) is not None) for i in after)


def _loose(reading: Reading, index: int, left: frozenset[int]) -> bool:
    """Whether an unknown word stands where it restricts nothing: no object of a preposition, no attribute, no order, no relative clause."""
    before = _neighbour(reading, index, -1)
    after = index + 1 if index + 1 < len(reading.tokens) else None
    if before is None or reading.norms[index - 1] in _SKIPPED or reading.tokens[before].clause != reading.tokens[index].clause:
        return False
    if reading.norms[before] in _OBJECTS_OF | _RELATIVE | {"please", "then", "you", "i", "we", "me", "us", "not"}:
        return False
    attribute = after is not None and reading.tokens[after].kind != "mark" and after not in left and after not in reading.filler
    return not attribute and reading.norms[index] not in AUDIENCE and reading.norms[index].endswith(("ed", "ing", "s", "es"))


def _neighbour(reading: Reading, index: int, step: int) -> int | None:
    at = index + step
    while 0 <= at < len(reading.tokens) and reading.norms[at] in _SKIPPED:
        at += step
    return at if 0 <= at < len(reading.tokens) else None


def _said(reading: Reading, draft: Draft, left: frozenset[int]) -> frozenset[str]:
    """Stems of what the draft does account for, and `#n` for its numbers; counts of what is named count as said."""
    covered = [i for i in draft.covered if i not in left]
    stems = {reading.stems[i] for i in covered if reading.tokens[i].kind == "word" and i not in reading.filler}
    numbers = {f"#{reading.number(i):g}" for i in covered if reading.number(i) is not None}
    named = {f"#{len(found)}" for found in (reading.inputs(), reading.outputs(), _made(draft)) if len(found) > 1}
    return frozenset(stems | numbers | named)


def _made(draft: Draft) -> frozenset[str]:
    return frozenset(
        str(task.args["path"]) for task in draft.tasks if isinstance(task.args.get("path"), str) and task.tool not in _READS
    )


_READS = frozenset({"tables.query", "tables.describe", "files.read", "files.list", "documents.read"})


def _facts(draft: Draft) -> Iterator[str]:
    """What a plan does, as short words: its tools, steps, functions, formats."""
    for task in draft.tasks:
        yield task.tool
        yield from _inside(task.args)


def _inside(value: Json) -> Iterator[str]:
    if isinstance(value, dict):
        for name in ("do", "fn", "op", "part"):
            if isinstance(value.get(name), str):
                yield f"{name}:{value[name]}"
        if "auth" in value:
            yield "arg:auth"
        for child in value.values():
            yield from _inside(child)
    elif isinstance(value, list):
        for child in value:
            yield from _inside(child)
    elif isinstance(value, str) and "." in value[-9:]:
        extension = value.rsplit(".", 1)[1].lower()
        yield f"format:{lexicon.FORMATS.get(extension, extension)}"
