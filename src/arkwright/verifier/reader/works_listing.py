"""Work that lists files: how many there are, which are the largest, their sizes and lines."""

from arkwright.core.json import Json
from arkwright.verifier.lexicon import NUMBERS
from arkwright.verifier.reader.chores import CHORES, naming
from arkwright.verifier.reader.selection import read_selection
from arkwright.verifier.reader.work import Work
from arkwright.verifier.reader.works_folders import PROGRAM


def count_files(work: Work) -> None:
    """Take a demand to tell how many files there are, or how many of each type."""
    if (
        not work.folders()
        or work.says(PROGRAM)
        or work.says(r"\b(?:lines?|size|largest|biggest|move|copy|zip|duplicates?|copies|rename|delete|words|average|chart)\b")
    ):
        return
    each = work.all(
        r"(?:(?:number|count|counts|how many) (?:of )?(?:the )?files?(?: (?:are )?there)?(?: of)? (?:per|for each|of each|by|in each|each) (?:file ?)?(?:type|extension|kind|format)s?|how many files (?:of|per) each (?:file )?(?:type|extension|kind)(?: (?:are|there))*)"
    )
    name = naming(work, (".csv", ".xlsx", ".json")) if each else ""
    formats = [t for t in work.free("word") if t.text.casefold() in ("csv", "excel", "xlsx", "json")] if each else []
    if name is None or (not each and (work.outputs() or not work.says(r"\bhow many\b"))):
        return
    work.take(*formats)
    work.all(r"how many (?=(?:\.|\*|[a-z]+ )?[a-z.]* ?(?:files?|pictures|photos|images|documents|scripts|pdfs|csvs|jpgs))")
    found = read_selection(work)
    if found is None:
        return
    work.take(*[t for t in work.folders() if str(t.value) == found["folder"]])
    kind = (
        {"excel": "xlsx"}.get(formats[0].text.casefold(), formats[0].text.casefold())
        if formats
        else name.rsplit(".", 1)[-1]
        if name
        else ""
    )
    work.demand("file_count", selection=found, each=each, name=name, ending=kind)
    work.words(CHORES)


BLANK = r"(?:\( ?)?(?:(?:,|and|but|please) )*(?:(?:without|excluding|not counting|ignoring|ignore|leaving out|leave out|skip|skipping|not including|except|no|don't count|do not count|disregard\w*)(?: (?:the|any|all))* (?:blank|empty)(?: (?:lines|ones))?|(?:blank|empty) (?:lines|ones) (?:(?:should|must|are|do|to|be) )*(?:not|n't)? ?(?:be )?(?:count|counted|ignored|skipped|left out)|(?:that|which)? ?(?:are|aren't) ?(?:not)? ?(?:blank|empty)|(?:non|not)[- ](?:blank|empty)|non-blank|non-empty|nonblank)(?: \))?"
DOWN = r"(?:(?:,|and|the|with|sorted|ordered|starting|beginning|begin|start|listed|in|by|from|is|comes|stands) )*(?:(?:largest|biggest|longest|heaviest|most)(?: (?:one|ones|file|files|lines|number|size|of lines))*(?: (?:is|comes|listed|stands|should be))*(?: (?:first|on top|at the top|at top))|(?:starting|beginning|begin|start) (?:with|from|by|at) (?:the )?(?:largest|biggest|longest)(?: (?:one|file|ones))?|desc|descending(?: order)?(?: (?:of|by) (?:the |their )?(?:size|lines|count|number of lines))?|(?:from )?(?:the )?(?:most|longest|largest|biggest) to (?:the )?(?:fewest|shortest|smallest|least)(?: lines)?|(?:on )?top(?= ·))"
UP = r"(?:(?:,|and|the|sorted|ordered|in|by) )*(?:(?:smallest|shortest|fewest)(?: (?:one|ones|file|lines))*(?: (?:is|comes))*(?: (?:first|on top|at the top))|ascending(?: order)?)"
LISTING = frozenset(
    [
        "find",
        "list",
        "lists",
        "listed",
        "listing",
        "path",
        "paths",
        "size",
        "sizes",
        "name",
        "names",
        "line",
        "lines",
        "how",
        "many",
        "does",
        "has",
        "have",
        "each",
        "every",
        "their",
        "count",
        "counts",
        "counting",
        "counted",
        "sorted",
        "sort",
        "by",
        "bytes",
        "byte",
        "number",
        "of",
        "row",
        "rows",
        "column",
        "columns",
        "large",
        "big",
        "long",
        "much",
        "code",
        "python",
        "script",
        "scripts",
        "project",
        "software",
        "states",
        "mention",
        "mentioned",
        "reply",
        "answer",
        "space",
        "eats",
        "up",
        "disk",
        "quota",
        "blame",
        "there",
        "big",
        "table",
        "csv",
        "json",
        "excel",
        "all",
        "and",
        "with",
        "+",
        "them",
        "so",
        "together",
        "in",
    ]
)
SMALL = "|".join(NUMBERS)


def listing(work: Work) -> None:
    """Take a demand to list files with their size or their lines, all or the N largest, or to tell how many there are."""
    if (
        not work.folders()
        or work.says(PROGRAM)
        or work.says(
            r"\b(?:move|copy|zip|duplicates?|copies|rename|renamed|delete|average|chart|plot|hash\w*|sha256|checksums?|manifest|compare|convert|functions?|todos?|classes|words|newest|oldest|modified|changed|date)\b"
        )
    ):
        return
    both = (
        work.all(
            rf"(?:(?:and|also|,|the|number|how many|of|those|them|these|it|has|have|count|are) )+(?:{BLANK})(?: lines)?(?=[ .,]|$)"
        )
        if work.says(r"\b(?:number of|how many|all)\b(?: \w+){0,3} lines?\b")
        and work.says(r"\b(?:and|as well as|plus)\b(?: \w+){0,6} (?:not|non|are|aren't|without)[ -]?(?:blank|empty|the blank)")
        else False
    )
    filled = False if both else work.all(BLANK)
    total = work.all(
        r"(?:(?:and|also|tell|say|mention|me|in|your|the|answer|reply|,) )*(?:the )?total (?:number |count )?(?:of )?lines?(?: (?:of|in|for)(?: (?:all|the|these))* ?(?:\.?[a-z]+ )?files?)?(?: (?:together|in (?:your|the) (?:answer|reply)))*|(?:(?:and|also|tell|say|mention|please|me|in|your|the|answer|reply|,) )*how many lines (?:(?:are|there|do|does|all|the|these|those|of|they|have|py|\.py|python) )*(?:files? )?(?:have |has |contain )?(?:together|in sum|in total|altogether|all in all)(?: in (?:your|the) (?:answer|reply))?"
    )
    measures = [m for m in ("size", "lines") if work.says(rf"\b{m}\b" if m == "size" else r"\blines?\b")] or (
        ["size"] if work.says(r"\b(?:kb|mb|larger|bigger|biggest|largest)\b") else []
    )
    if len(measures) != 1:
        return
    top = work.first(
        rf"(?:(?:the|which|what|are|top) )*(?P<n>{{num}}|{SMALL}) (?:largest|biggest|longest)(?: ones| files?)?(?= )|(?:the )?top (?P<m>{{num}}|{SMALL})"
    ) or work.first(rf"which (?P<n>{{num}}|{SMALL}) (?=files)")
    count = 0
    if top is not None:
        word = (work.value(top, "n") or work.value(top, "m")).casefold()
        count = NUMBERS.get(word) or (int(word) if word.isdigit() else 0)
        work.all(
            rf"(?:with )?(?:{count}|{next((w for w, n in NUMBERS.items() if n == count), 'zero')}) rows",
            r"num#\d+ rows(?= (?:is|are))",
        )
    down = work.all(DOWN)
    up = work.all(UP)
    if count and work.all(r"(?:are )?(?:the )?(?:largest|biggest|longest)(?: ones)?"):
        down = down or False
    endings = (".csv", ".xlsx", ".json", ".md", ".html")
    formats = [t for t in work.free("word") if t.text.casefold() in ("csv", "excel", "xlsx", "json", "spreadsheet")]
    name = naming(work, endings)
    if name is None:
        return
    kind = (
        {"excel": "xlsx", "spreadsheet": "xlsx"}.get(formats[0].text.casefold(), formats[0].text.casefold())
        if formats
        else name.rsplit(".", 1)[-1].casefold()
        if name
        else ""
    )
    work.take(*formats)
    if not kind and not count:
        return
    found = read_selection(work)
    if found is None:
        return
    columns: list[Json] = ["lines", "filled"] if both else [measures[0]]
    work.take(*[t for t in work.folders() if str(t.value) == found["folder"]])
    work.all(r"\+|(?:in )?bytes")
    work.demand("listing", selection=found, measure=measures[0], filled=filled, order="down" if down else "up" if up else "", name=name, ending=kind, count=count, both=bool(both), columns=columns, total=total)  # fmt: skip
    work.words(LISTING | CHORES)
