"""Work on whole folders: copies kept apart, files sorted by type, packed into one archive or one for each type."""

from arkwright.verifier.reader.chores import CHORES, naming
from arkwright.verifier.reader.selection import KINDS, read_selection
from arkwright.verifier.reader.work import Work

PROGRAM = r"\b(?:script|program|python code|javascript)\b(?! files?)"
COPIES = r"(?:(?:exact|identical|true|further|other|remaining|extra|superfluous|redundant|surplus|all|the|any|more|second) )*(?:copies|duplicates?|doubles|dupes|identical files|same files)"
ONE_EACH = (
    r"(?:(?:keep|keeping|leave|leaving|retain|please|exactly|only|just|but|and) )*(?:one|a single|the first)(?: (?:copy|file|specimen|version|original|example|exemplar|single))*(?: (?:of|from|for))? (?:each|every|them)(?: (?:file|set|group|kind|one|other))?(?: (?:stays?|remains?|should stay|is kept|where it is|in place|untouched))*"
    r"|(?:keep|keeping|leave|leaving) (?:exactly |only |just )*one(?: (?:of them|copy|each|file))?(?: where it is)?"
)
DEDUPING = frozenset(
    [
        "dedupe",
        "deduplicate",
        "dedup",
        "duplicate",
        "duplicates",
        "copy",
        "copies",
        "double",
        "doubles",
        "dupes",
        "identical",
        "exact",
        "same",
        "content",
        "contents",
        "equal",
        "further",
        "remaining",
        "rest",
        "others",
        "other",
        "another",
        "move",
        "moved",
        "moving",
        "goes",
        "go",
        "put",
        "transferred",
        "shift",
        "folder",
        "called",
        "named",
        "under",
        "names",
        "name",
        "differently",
        "different",
        "although",
        "though",
        "even",
        "whose",
        "are",
        "is",
        "be",
        "can",
        "may",
        "specimen",
        "original",
        "originals",
        "group",
        "groups",
        "set",
        "sets",
        "of",
        "each",
        "one",
        "keep",
        "leave",
        "many",
        "several",
        "lots",
        "files",
        "concerns",
        "still",
        "that",
        "they",
    ]
)
PLAIN = r"(?!(?:a|an|the|one|separate|folder|own|new|subfolder|it|them|their|its|order|alphabetical|called|named) )[a-z0-9][\w-]*"


def duplicates(work: Work) -> None:
    """Take a demand to keep one of each set of equal files and move the others."""
    if not work.says(r"\b(?:copies|duplicates?|doubles|dupes|dedup\w*|identical|same content)\b") or work.says(
        r"\b(?:compare|differ|differs|differences?)\b"
    ):
        return
    if (
        work.says(PROGRAM)
        or work.outputs()
        or not work.folders()
        or not work.says(r"\b(?:move|moved|put|go|goes|transfer\w*|shift|belong|land)\b")
    ):
        return
    if not work.says(r"\b(?:one|single|first|dedup\w*)\b"):
        return
    folders = list(dict.fromkeys(str(t.value) for t in work.folders()))
    target = work.first(
        rf"(?:(?:in ?to|to|in|a|an|the|new|separate|own|one) )*(?:folder |directory |place )?(?:called |named |with the name )(?P<t>{{quote}}|{{file}}|{PLAIN})"
    ) or work.first(rf"(?:in ?to|to)(?: (?:a|the|new|folder|directory))* (?P<t>{{quote}}|{{file}}|{PLAIN})(?: folder)?")
    name = work.value(target, "t").strip("/")
    if not name or len(folders) > 2 or (len(folders) == 2 and name not in folders):
        return
    folder = next((f for f in folders if f != name), "")
    if not folder or (not work.all(ONE_EACH) and not work.says(r"\bdedup")):
        return
    work.all(
        r"(?:no|without) deleting(?: anything)?|(?:copies|duplicates) are files (?:whose|with|that|which) (?:content|contents)? ?(?:is|are)? ?(?:identical|the same|equal)"
    )
    found = read_selection(work)
    if found is None or found["kinds"] or found["bytes"] != -1 or found["starts"] or found["without"] or found["deep"] is False:
        return
    work.take(*[t for t in work.free("file") if str(t.value) in (folder, name)])
    work.all(COPIES, r"under (?:different|other|another) names?|(?:different|other) names?|same contents?|many files")
    work.demands.changes = True
    work.demand("duplicates", folder=folder, target=name)
    work.words(DEDUPING | CHORES)


TYPE = r"(?:(?:the|its|their|each|every|file) )*(?:file ?)?(?:types?|extensions?|endings?|kinds?|formats?|suffix(?:es)?)"
HOME = r"(?:sub-?)?(?:folders?|directory|directories)"
BY_TYPE = rf"(?:(?:in|into|to) )?(?:(?:a|an|one|its|their|the|own|separate) )*{HOME} (?:(?:that|which|is|are|,) )*(?:for|by|per|of|named after|called after|named by|named|called|with the name of|according to|named like) {TYPE}|(?:by|according to|based on|per|after|depending on) {TYPE}|(?:\( )?{HOME} = {TYPE}|(?:one|a|own|separate) {HOME} (?:per|for each|for every) {TYPE}"
SORTING = frozenset(
    [
        "sort",
        "sorted",
        "sorts",
        "organise",
        "organised",
        "organize",
        "organized",
        "arrange",
        "arranged",
        "group",
        "grouped",
        "tidy",
        "tidied",
        "clean",
        "split",
        "distribute",
        "file",
        "types",
        "type",
        "extension",
        "extensions",
        "ending",
        "endings",
        "own",
        "each",
        "every",
        "separate",
        "according",
        "so",
        "forth",
        "on",
        "mess",
        "messy",
        "unsorted",
        "chaos",
        "straight",
        "directly",
        "below",
        "right",
        "deeper",
        "down",
        "unchanged",
        "filename",
        "filenames",
        "named",
        "after",
        "move",
        "moved",
        "put",
        "goes",
        "land",
        "end",
        "up",
        "kinds",
        "mixed",
    ]
)
SAFE = (
    r"(?:(?:and|but|please|make sure|take care|ensure|that|watch out|see to it) )*(?:no|not one|not a single|no single|none of the) (?:files?|one|of them)? ?(?:(?:may|must|should|can|is|gets?|to|be|go|goes|will) )*(?:lost|deleted|missing|diss?app?ears?|overwritten|vanish(?:es)?|lose)",
    r"(?:(?:and|but|please) )*(?:don't|do not|never|without) (?:lose|loose|losing|delete|deleting|overwrite) (?:any|a|a single|one|anything)(?: (?:file|files|single file|of them))?",
)
NAMES_STAY = r"(?:with |keep |keeping |the |their |all |unchanged |same |old )*(?:file ?)?names?(?: (?:should|must|shall|may|will|to))*(?: (?:stay|stays|remain|remains|be kept|are kept|keep|not change|unchanged|the same|as they are|as before|same))+|(?:with |the |keep )*(?:unchanged|same|old) (?:file ?)?names?|(?:don't|do not|without) (?:rename|renaming|change the names?|changing the names?)(?: (?:any|the|them|files?))*"


def sort_types(work: Work) -> None:
    """Take a demand to put each file of a folder into a folder of its type."""
    folders = list(dict.fromkeys(str(t.value) for t in work.folders()))
    if not folders or work.says(PROGRAM) or work.says(r"\b(?:zip|archive|how many|number of|count|list|csv file|rename)\b"):
        return
    if not work.says(
        r"\b(?:sort\w*|organi[sz]\w*|arrange\w*|group\w*|tidy|tidied|clean|split|distribute\w*|move\w*|put|goes|go|belongs?|lands?|end up)\b"
    ):
        return
    if not work.all(BY_TYPE):
        return
    work.all(
        r"(?:in ?to|to) (?:(?:separate|own|new|different|the|its) )*(?:sub-?folders|folders|sub-?directories)(?! (?:too|as well|included))"
    )
    folder, base = folders[0], ""
    for token in work.free("file"):
        name = str(token.value).strip("/")
        last = name.rsplit("/", 1)[-1].casefold()
        if last in KINDS and "." not in name and name not in folders:
            base = name.rsplit("/", 1)[0] if "/" in name else "."
            work.take(token)
    work.all(*SAFE, NAMES_STAY)
    work.all(r"(?:directly |right |straight |immediately )*(?:inside|in|under|below|within) (?:{file}|·)")
    work.take(*[t for t in work.free("file") if str(t.value) == folder])
    for token in work.free("word"):
        if token.text.casefold() in KINDS:
            work.take(token)
    hidden = [t for t in work.script.tokens if t.kind == "file" and str(t.value) == folder]
    for i, token in enumerate(work.script.tokens):
        if hidden and token is hidden[0]:
            work.script.taken.pop(i, None)
    found = read_selection(work)
    if (
        found is None
        or found["kinds"]
        or found["without"]
        or found["bytes"] != -1
        or found["starts"]
        or found["contains"]
        or found["ends"]
    ):
        work.doubt("which files are to be sorted is not certain")
    work.all(
        r"(?:,|and|e\.g\.|e\.g|i\.e|for example|like|such as|that is|namely|so on|so forth|etc|\.)+(?: so on| so forth| etc)?"
    )
    work.demands.changes = True
    work.demand("sort", folder=folder, base=base, deep=found["deep"] if found else None)
    work.words(SORTING | CHORES)


PACKING = frozenset(
    [
        "zip",
        "zips",
        "zipped",
        "zipping",
        "compress",
        "compressed",
        "pack",
        "packed",
        "packs",
        "archive",
        "archives",
        "archived",
        "bundle",
        "bundled",
        "tarball",
        "tar",
        "gz",
        "structure",
        "hierarchy",
        "tree",
        "layout",
        "keep",
        "keeps",
        "keeping",
        "kept",
        "preserve",
        "preserved",
        "preserving",
        "retain",
        "backup",
        "back",
        "up",
        "whole",
        "intact",
        "inside",
        "paths",
        "path",
        "folder",
        "dir",
        "single",
        "one",
        "new",
        "customer",
        "it",
        "them",
    ]
)
EACH_TYPE = r"(?:(?:one|a|an|own|separate) )+(?:zip|archive|zip file|zip archive)(?: (?:file|archive))?s? (?:per|for each|for every|by|each) (?:file ?)?(?:type|extension|kind|format)s?"


def pack(work: Work) -> None:
    """Take a demand to pack files of a folder, all into one archive or one for each type."""
    if (
        not work.says(
            r"\b(?:zip\w*|compress\w*|pack|packed|packs|archive\w*|bundle\w*|tar|tarball|tgz|back(?:ed)? up|backup)\b|\.zip\b|\.tar\.gz\b|\btar\.gz\b"
        )
        or not work.folders()
    ):
        return
    if (
        work.says(PROGRAM)
        or work.says(r"\b(?:unzip|unpack|extract)\b")
        or [t for t in work.inputs() if not work.is_folder(str(t.value))]
    ):
        return
    each = work.all(EACH_TYPE)
    work.take(*[t for t in work.free("file") if str(t.value).casefold() == "tar.gz"])
    name = naming(work, (".zip", ".tar.gz", ".tgz", ".tar"))
    if name is None or (each and name):
        return
    work.all(
        r"(?:(?:and|please|keep|keeping|keeps|preserve|preserving|preserves|with|including|retaining|retain|maintaining|all|the|its|their|original) )*(?:folder |directory |dir |subfolder )?(?:structure|hierarchy|tree|layout)(?: (?:should|must|shall|has to|have to|is to|to|be|is|kept|preserved|retained|intact|inside|it|in|stay|stays|as it is|the archive|the zip))*"
    )
    work.all(
        r"\.(?:zip|tar|tar\.gz|gz)",
        r"(?:in ?to|as|in)(?: (?:a|one|the|single))* (?:zip|tar\.gz|tarball|archive)(?: (?:file|archive))?",
    )
    found = read_selection(work)
    if found is None:
        return
    work.take(*[t for t in work.folders() if str(t.value) == found["folder"]])
    work.demand("packs" if each else "pack", selection=found, name=name)
    work.words(PACKING | CHORES)
