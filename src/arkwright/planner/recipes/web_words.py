"""Web words: how a request says where data on the web come from, that they come in pages, load late, need a token, and keep their names.

None of it changes what is computed. A word stands here only if it says nothing of which rows, columns, order or format are wanted.
"""

import re
from collections.abc import Iterable

from arkwright.planner.lexicon import words
from arkwright.planner.reading import Reading
from arkwright.planner.recipes.phrases import Sketch
from arkwright.planner.text import key

ADDRESS = words(
    """
    api apis endpoint endpoints graphql rest interface service services web website websites site sites webpage webpages homepage page server system source
    address url urls http https uri link online internet portal feed shop shop's library's company's firm's store's school's club's catalogue's catalog's
    is are was were be been being can could may might it they these those them this that which where there here in on at from via through under behind by with over of to for
    the our my your a an all its their gives give gave delivers deliver delivered returns return returned lists contains contain contained holds provides
    provide provided supplied supplies supply offers offer offered exposes exposed serves served publishes published shows show shown displays displayed
    retrieve retrieved query queried fetch fetched get got gotten obtain obtained download downloaded load loaded read request requested ask asked call called
    pull pulled grab find found look looked see seen seeing have available accessible reachable located hosted stored kept come comes coming came stem stems
    begin begins beginning start starts starting according please use used using take taken you i we one visit visited open opened go went access accessed
    data dataset information figures
    """
)
_LOADED = words(
    """
    script scripts javascript js ajax load loads loaded loading reload dynamically dynamic dynamicly render renders rendered rendering build builds built
    generate generates generated fill fills filled insert inserts inserted fetch fetches fetched draw draws drawn
    """
)
_LATE = _LOADED | words(
    """
    it they them this that these those which where who there the a an some its their my our page pages table tables data numbers number values value figures rates rate
    entries rows content contents only just after afterwards before when once until till while as soon appear appears appeared show shows up shown visible
    displayed display come comes take takes took a moment moments second seconds bit little short time long later then first first in by with via through
    using from on of to be been being is are was were has have had will would do does did done so because since but and or please wait waits waiting for
    ready finish finished complete completely fully browser side client inside html plain source code mind note careful attention though however get gets got
    not yet at beginning
    """
)
_MANY = r"(?:several|many|multiple|more|further|various|all|a few|some|lots of|a lot of|more than one|a number of|\d+|two|three|four|five|six|seven|eight|nine|ten)"
_PAGES = (
    rf"(?:(?:mind|note|remember|be aware|beware|and|but|please|attention|that|as|since|because|it|they|which|there|the|list|catalogue|catalog|result|results|api|endpoint|answer|data|output|comes?|goes|go|runs?|is|are|has|have|got|spans?|covers?|extends?|spread|split|distributed|delivered|divided|given|out|gives|consists?|of|over|across|in|into|on|through|with|from) )*{_MANY} (?:result )?pages(?: of (?:results|it|them|data))?",
    r"(?:it |they |which |that |and |gives? |out |the |\w+ |are |is |comes? |delivered |given )*page (?:by|after) page",
    r"(?:on |from |of |over |through |across )*(?:every|each|all|all the|all of the|any) (?:single )?pages?",
    r"(?:and )?(?:please )?(?:all|each|every one|every) (?:of them|of these|of the pages|pages) (?:have|has|need|needs|must|should|are|is)(?: to)?(?: be)? (?:visited|read|fetched|collected|included|opened|covered|taken|followed|considered)",
    r"(?:the (?:api|endpoint|list|result|catalogue|catalog) is |it is |it's |which is |is )?(?:paged|paginated|pagination|paging)(?: (?:is used|results?|output))?",
    r"(?:not only|not just) (?:the |from the |on the )?first (?:page|one)",
)
_NOW = r"(?:currently|presently|at present|at the moment|right now|now|at this moment|as of (?:now|today)|these days|today)"
_PLAIN = r"(?:(?:,|so|and|the|price|prices|must|should|shall|as|be|is|are|a|an|in) )*(?:(?:plain|pure|bare|simple|real|proper|ordinary) )*(?:numbers?|numeric)(?: only| value| values)?(?: (?:, )?(?:so )?(?:without|w ?/ ?o|no|not|with no|minus|and no)(?: (?:the|any|a|an))* ?(?:euro|currency|dollar|pound|€|\$|£)(?: ?- ?)?(?: ?(?:signs?|symbols?|characters?|marks?))?)?|(?:so |, |and |but )*(?:without|w ?/ ?o|no|not|minus)(?: (?:the|any|a|an))* (?:euro|currency|dollar|pound|€|\$|£)(?: ?- ?)?(?: ?(?:signs?|symbols?|characters?|marks?))?"
_AS = r"(?:<url> (?:gives|give|returns|delivers|lists|has|holds|provides|offers|contains)(?: [\w']+){0,3} (?:as|in) json|(?:as|in) json (?:data )?(?:at|from|under|via|on|through|behind) (?:the )?(?:api |endpoint |address )?<url>)"
KEPT = r"(?:(?:and|but|please|with|keep|keeping|leave|leaving|under|the|their|its|file|files|original|existing|same|own|old) ?)*(?:file ?-? ?)?names?(?: (?:unchanged|untouched|as (?:they|it) (?:are|is)|the same|intact|original|(?:must|should|may|shall|are|to|stay|stays|remain|not|be|is|stay) ?(?:be |not |to be |stay )*(?:changed|altered|modified|touched|kept|unchanged|renamed|as they are|the same)))?"
_KEEPS = re.compile(r"keep|unchanged|untouched|as (?:they|it) (?:are|is)|same|original|not |own|existing|old")


def web_words(reading: Reading) -> frozenset[int]:
    """The words that say where on the web the data are and how they come, when an address is named."""
    if not reading.named("url"):
        return frozenset()
    sketch = Sketch(reading)
    covered = set(sketch.covered(*_PAGES, _NOW, _AS, r"<url>"))
    if any(column.type in ("number", "integer") for table in reading.survey.tables for column in table.columns):
        covered |= sketch.covered(_PLAIN)
    late = [clause for clause in _clauses(reading) if all(_fits(reading, i, _LATE) for i in clause)]
    loading = {reading.tokens[i].sentence for clause in late for i in clause if reading.norms[i] in _LOADED}
    covered.update(i for clause in late if reading.tokens[clause[0]].sentence in loading for i in clause)
    for clause in _clauses(reading):
        if any(reading.mention(i) is not None and reading.mention(i) in reading.named("url") for i in clause):
            covered.update(_beside(reading, clause))
    return frozenset(covered | _topic(reading))


def _topic(reading: Reading) -> set[int]:
    """The words of the page's own title, where they are no column and no value of its tables."""
    found = set[int]()
    tables = [t for m in reading.named("url") for t in reading.tables(m.value)]
    taken = {part for t in tables for c in t.columns for name in (c.name, *c.values) for part in key(name)}
    for mention in reading.named("url"):
        page = reading.fact(mention.value, "browser.visit")
        title = key(str(page.get("title") or "")) if isinstance(page, dict) else ()
        found |= {
            i
            for i in range(len(reading.tokens))
            if reading.stems[i] in title and reading.stems[i] not in taken and reading.norms[i].isalpha()
        }
    return found


def _clauses(reading: Reading) -> Iterable[list[int]]:
    """The stretches between marks, as indices of words."""
    found: dict[int, list[int]] = {}
    for token in reading.tokens:
        if token.kind != "mark":
            found.setdefault(token.clause, []).append(token.index)
    return found.values()


def _fits(reading: Reading, index: int, bag: frozenset[str]) -> bool:
    return reading.tokens[index].kind == "word" and reading.norms[index] in bag


def _beside(reading: Reading, clause: list[int]) -> set[int]:
    """The words of a clause that hang together with the address in it: `according to`, `can be queried through our library's endpoint`."""
    place = next(n for n, i in enumerate(clause) if (m := reading.mention(i)) is not None and m.kind == "url")
    found = {clause[place]}
    for way in (range(place - 1, -1, -1), range(place + 1, len(clause))):
        for n in way:
            if not _fits(reading, clause[n], ADDRESS) and not _owner(reading, clause[n]):
                break
            found.add(clause[n])
    before = clause[0] - 2
    if not place and before >= 0 and reading.norms[before + 1] in (",", ":", "(") and reading.norms[before] in _DOORS:
        while before >= 0 and (_fits(reading, before, ADDRESS) or _owner(reading, before)):
            found.add(before)
            before -= 1
    return found


_DOORS = frozenset(["api", "endpoint", "service", "interface", "address", "url", "page", "site", "website", "server", "link"])


def _owner(reading: Reading, index: int) -> bool:
    """`the library's` before `graphql endpoint`."""
    after = reading.norms[index + 1] if index + 1 < len(reading.norms) else ""
    return reading.norms[index].endswith("'s") and after in _DOORS | {"graphql", "rest", "json", "web", "product", "ticket"}


def kept_names(sketch: Sketch) -> frozenset[int]:
    """The words that say that files keep their names."""
    return frozenset(i for hit in sketch.all(KEPT) if _KEEPS.search(hit.match.group()) for i in hit.indices)


_ALL = """
the a an this that these those it its it's they them their there here which who what is are was were be been being has have had do does did to for from of on at by with in
into as and so i we you me us my our your would could can should may might will shall must please kindly thanks if let need needs needed want wants wanted wish like know
see get got give gives given make makes made create creates created put puts save saves saved store stored keep kept write writes wrote written go goes went visit visited
open opens opened look looked find found tell tells told say says said show shows shown report reply replied answer name file folder result results output page pages site
website webpage address url urls link web browser one each every all any both up down out off over about also too then afterwards now again together available
"""
_BAGS = {
    "links": """
        links link hyperlinks hyperlink url urls address addresses http https status statuses code codes check checks checked checking test tests tested testing try tried
        verify verified probe probed validate validated whether lead leads leading nowhere broken brokken dead alive working work works not valid reachable unreachable error errors
        note noted down list listed listing table column columns respective according csv excel json xlsx spreadsheet sheet still respond responds answer answers visitor
        visitors complain complained complains complaint some don't doesn't do anymore longer no fail fails failing failed ok fine function functions functioning correct correctly outgoing
    """,
    "shots": """
        screenshot screenshots screen shot capture captured picture image photo snapshot take taken takes show shows appear appears appearance look looks like png jpg jpeg full whole
        entire complete as display displayed displays rendered loaded loads homepage catalogue home
    """,
    "texts": "text texts wording words visible readable plain content contents txt copy copied extract extracted read",
    "list": "links link hyperlinks hyperlink list lists listed text texts address addresses column columns collect collected extract extracted table csv excel json xlsx",
    "files": """
        download downloads downloaded downloading fetch fetched load loaded pull pulled grab retrieve retrieved save saved store stored collect collected linked listed offered
        published placed put document documents file files attachment attachments folder directory called named new needed own local inside under
        standing stand stands lie lies found
    """,
}


def idle(sketch: Sketch, kind: str) -> frozenset[int]:
    """The tokens that add no wish of their own to this kind of work on a page."""
    known = words(_ALL) | words(_BAGS[kind])
    return frozenset(t.index for t in sketch.reading.tokens if t.kind == "word" and t.norm in known)
