"""Parlance: how people speak of files and documents; words that add no wish of their own, and the names they give to results.

A word stands here only if no file, no order and no name depends on it: what could leave something out, put it in order or forbid it
(numbers, negations, comparisons, `only`, `first`) belongs to a pattern of the recipe that does it.
"""

from dataclasses import dataclass

from arkwright.planner.lexicon import words
from arkwright.planner.recipes.phrases import Sketch

FILES = words(
    """
    file files folder folders directory directories dir item items content contents material place places location disk computer workspace drive
    there here in inside within under below beneath of from into onto to out it its them they these those which that who whose this
    create creates created creating produce produced need needs needed require requires required want wanted wish wishes desired desire
    contain contains contained containing include includes included including hold holds holding held belong belongs belonging consist consists
    comprise comprises made up take takes taken taking put puts place placed placing store stored storing gather gathered gathering collect collected
    collecting pick picked picking locate located lie lies lying find finds found stand stands standing sit sits sitting land lands arrive arrives
    come comes coming go goes going get gets getting be been being is are was were do does done happen happens concern concerns concerned affect
    affects mean means meant tell told use used using process processed carry perform performed ask asks asked look looks looking search searched
    searching evaluate evaluated examine examined inspect inspected available existing exists exist present current currently existent
    following respective certain result results output outcome outputs reply task job please thanks kindly file's wherever somewhere
    single's proper nice tidy clean real true genuine actual suitable decent neat appropriate ready finished complete handy
    orignal orignals dont fnd yuo pls plese thx sure ensure
    hi hello hey dear boss colleague colleagues customer client team office friend wife husband mother father archive-wise
    deliver delivered provide provided supply supplied give given gives receive received return returned write written writes save saved saves
    make makes making produce produces show shows shown display displayed list lists listed print report reports note down
    belonging regarding concerning respectively accordingly thereby therein thereof afterwards later simply merely
    something anything someone people person everybody everyone nobody's my our your their his her me us you we i
    """
)
PAPERS = words(
    """
    document documents doc docs paper papers text texts page's file files version versions format formats formatted formatting layout structure style styles
    conversion convert converts converted converting turn turned turning turns transform transformed change changed changes export exported render
    rendered make made making generate generated generates produce produced become becomes became getting readable printable editable
    content contents wording note notes minutes meeting proposal offer letter contract chapter chapters section sections handbook manual
    guide book booklet wiki intranet website blog colleague colleagues word's markup source sources original originals
    heading headings headline headlines title titles table tables list lists link links bullet bullets emphasis paragraph paragraphs
    keep keeps keeping kept preserve preserved preserves preserving retain retained maintain maintained stay stays remain remains survive
    tabel tabels headlines points point levels level pages such way uses use supposed
    intact such like proper real genuine actual true correct correctly properly nicely cleanly
    """
)


def idle(sketch: Sketch, *bags: frozenset[str]) -> frozenset[int]:
    """The tokens that are words of the bags."""
    known = frozenset[str]().union(*bags)
    return frozenset(
        t.index
        for t in sketch.reading.tokens
        if t.kind == "word" and not known.isdisjoint((t.norm, t.norm.removesuffix("'s"), t.text.lower()))
    )


_CALLED = r"(?:(?:and )?(?:please )?(?:called|named|name it|call it|(?:name|call) the (?:new |whole |resulting )?\w+|(?:with|under|by|has|have|having|bears?|carry|carries|gets?)(?: the)? (?:file ?)?name|(?:its|the|whose) (?:file ?)?name (?:is|should be|shall be|must be|will be)|save (?:it|them|that|everything) (?:as|under)|file ?name)(?: (?:is|as|of|should be|:))* ?:?)"
_PLAIN = r"(?!(?:the|a|an|it|as|after|by|in|of|for|and|or|like|according|with|to|so|such|differently|respectively|their|its|file|files|one|something|alphabetically)(?: |$))[a-z0-9][\w-]*"


@dataclass(frozen=True, slots=True)
class Outlet:
    """Where a result goes: a path ("" when the request names none), and the words that say so."""

    path: str
    covered: frozenset[int]


def outlet(sketch: Sketch, *endings: str) -> Outlet:
    """The one new file that is named: as a path, in quotes, or as a bare name, which gets the first of `endings`."""
    reading = sketch.reading
    covered = sketch.covered("<new>", _CALLED)
    made = [m.value for m in reading.outputs()]
    if made:
        return Outlet(made[0] if len(set(made)) == 1 else "", covered)
    hit = sketch.find(rf"{_CALLED} (?P<name><quoted>|{_PLAIN})(?: [_-])*")
    if hit is None:
        return Outlet("", sketch.covered(r"(?!)"))
    named = hit.mentions("name")
    name = named[0].value if named else hit.written("name")
    ending = "" if "." in name or not endings else endings[0]
    return Outlet(f"{name}{ending}", hit.indices)
