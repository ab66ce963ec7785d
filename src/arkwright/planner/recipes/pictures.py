"""Pictures: smaller versions of pictures, or the same pictures in another format, in a folder of their own.

Goal patterns: smaller versions | thumbnails of PICTURES (half the size | N pixels wide | as png) into FOLDER · convert PICTURES to png.
Slots: the pictures, the size, the format, the folder. Inputs: pictures of a folder, or named ones. Outputs: pictures.
"""

from pathlib import PurePosixPath

from arkwright.core.json import Json, Object
from arkwright.planner.lexicon import words
from arkwright.planner.reading import Draft, Drafting, Reading
from arkwright.planner.recipes.parlance import FILES, idle
from arkwright.planner.recipes.phrases import Hit, Sketch
from arkwright.planner.recipes.selection import named_or_selected, select

_ENDS = (".jpg", ".jpeg", ".png", ".gif", ".webp", ".bmp", ".tif", ".tiff")
_VERB = r"(?:re-?siz(?:e|ed|es|ing)|shrink|shrunk|scal(?:e|ed|ing)(?: (?:down|them down))?|smaller|thumbnails?|reduc(?:e|ed|ing)|halv(?:e|ed|ing)|downsiz(?:e|ed)|half(?: (?:the|their|its))? (?:size|width|height)|convert(?:ed)?|turn(?:ed)?)"
_SIDE = r"(?:(?:the|their|its|in|of|both)* ?(?:width|height|size|resolution|dimensions?|wide|high|long|length|side|sides|edges?))"
_HALF = r"(?:(?:by|to|at|of|with|down to)* ?(?:a )?(?:half|50 ?(?:%|percent)(?: (?:each|of))?|0\.5|1 ?/ ?2|one half)(?: (?:of )?(?:the|their|its|original|old|present|size|width|height|and|each|dimensions|half|resolution|in|both|directions|as (?:large|big|wide|high)))*)"
_SHARE = r"(?:(?:by|to|at|of|down to)? ?(?P<p>\d{1,2}) ?(?:%|percent)(?: (?:of|each|the|their|its|original|size|width|height|and|in))*)"
_WIDE = r"(?:(?:at most|max(?:imum)?|no more than|up to|to|with|a|of|the|width|wide)* ?(?:(?:width|wide)(?: of)? )?(?P<w>\d{2,5}) ?(?:px|pixels?|pixel)(?: (?:wide|in width|width|broad))|(?:a )?width of (?:at most )?(?P<w2>\d{2,5})(?: ?(?:px|pixels?))?)"
_HIGH = r"(?:(?P<h>\d{2,5}) ?(?:px|pixels?) (?:high|tall|in height)|(?:a )?height of (?:at most )?(?P<h2>\d{2,5})(?: ?(?:px|pixels?))?)"
_LONG = r"(?:(?:the )?(?:longest|longer|long) (?:side|edge)(?: (?:of|is|should be|at most|not longer than|max))* (?P<l>\d{2,5})(?: ?(?:px|pixels?))?|(?P<l2>\d{2,5}) ?(?:px|pixels?) (?:on|for|along) the (?:longest|longer) (?:side|edge))"
_FORMAT = r"(?:(?:as|in|to|into|format|saved as|save them as|be)(?: (?:a|the|format|file|files|type|is|them))* )?\.? ?(?P<f>png|jpe?g|webp|gif|bmp|tiff?)s?(?: ?(?:files?|format|pictures?|images?))?"
_INTO = r"(?:(?:into|in|to|inside|under|destination|goes? (?:in)?to)(?: (?:is|a|an|the|new|separate|own|folder|directory|sub-?folder|called|named|of|to))* )(?P<to><newfolder>|<quoted>|(?!(?:half|png|jpg|jpeg|webp|gif|format|the|size|width|height|a|new|folder|photos|<folder>|\d+|it|them|original|place|there|their|mind)(?: |$))[a-z][\w-]*)(?: (?:folder|directory))?|(?:folder|directory)(?: (?:is|called|named|a|new))* (?P<to2><newfolder>|<quoted>|[a-z][\w-]*)"
_BAG = words(
    """
    picture pictures photo photos image images pics thumbnail thumbnails version versions small smaller copy copies resize resized shrink shrunk scale scaled down
    reduce reduced width height size pixel pixels px each wide high name names same before unchanged originals original format keep keeping destination
    website web load faster proportions aspect ratio proportional kept
    """
)
_SAME = r"(?:with |under |keeping |keep )?(?:the |their |its )?(?:same|old|original)? ?(?:file ?)?names?(?: (?:as|stay|stays|remain|are kept|unchanged|before|the same|now|kept))*|name as before|(?:keep(?:ing)? )?(?:the )?(?:proportions|aspect ratio)(?: (?:stay|kept|are kept|unchanged))*"


def scaled(reading: Reading, sketch: Sketch) -> Draft | None:
    """Pictures at another size or in another format; the originals stay."""
    if not sketch.has(_VERB) or sketch.has(
        r"scripts?|programs?|rename\w*|zip\w*|duplicates?|crop|rotate|black and white|grey|chart|pdf"
    ):
        return None
    size = _size(sketch)
    if size is None:
        return None
    wish, covered = size
    formats = [hit for hit in sketch.all(_FORMAT) if hit["f"]]
    source_types, target = _types(sketch, formats)
    if target is None or not (wish or target):
        return None
    spared = (
        frozenset[int]().union(*(hit.indices for hit in formats if hit["f"] == target))
        if target and len(formats) > 1
        else frozenset[int]()
    )
    selection = select(sketch, spared=spared)
    paths = [p for p in named_or_selected(sketch, selection) if p.lower().endswith(_ENDS)]
    if source_types:
        paths = [p for p in paths if p.lower().rpartition(".")[2].replace("jpeg", "jpg") in source_types]
    into = next((hit for hit in sketch.all(_INTO)), None)
    if not paths or (into is None and not target) or reading.outputs():
        return None
    build = Drafting(reading, "organise", "scale pictures")
    build.cover(covered, idle(sketch, FILES, _BAG), sketch.covered("<file>", _VERB, _SAME), *(hit.indices for hit in formats))
    build.cover(selection.covered if selection else (), into.indices if into else ())
    folder = _folder(into)
    if folder is not None and any(folder == f for f in (selection.folders if selection else ())):
        folder = None
    pairs: list[Json] = []
    for path in paths:
        old = PurePosixPath(path)
        home = PurePosixPath(folder) if folder else old.parent
        ending = f".{target}" if target else old.suffix
        pairs.append({"from": path, "to": build.new_path(str(home / f"{old.stem}{ending}"))})
    args: Object = {"pictures": pairs, **wish}
    done = build.task(f"Scale {len(pairs)} pictures", "pictures.scale", args)
    build.require(reading.text, done)
    build.say(f"{len(pairs)} pictures are in {folder or 'place beside the originals'}; the originals are as they were.")
    return build.draft()


def _folder(into: Hit | None) -> str | None:
    if into is None:
        return None
    name = "to" if into["to"] else "to2"
    named = into.mentions(name)
    return (named[0].value if named else into.written(name)).strip("/")


def _size(sketch: Sketch) -> tuple[Object, frozenset[int]] | None:
    """How large, and the words that say so; nothing when only the format is to change, None when it is not clear."""
    found: list[tuple[Object, frozenset[int]]] = []
    if hit := sketch.find(_HALF):
        covered = sketch.covered(_HALF)
        found.append(({"factor": 0.5}, covered | hit.indices | sketch.covered(_SIDE)))
    elif hit := sketch.find(_SHARE):
        share = int(hit["p"]) / 100
        by = sketch.has(r"by \d{1,2} ?(?:%|percent)")
        found.append(({"factor": round(1 - share, 4) if by else share}, hit.indices | sketch.covered(_SIDE)))
    for name, pattern, keys in (("width", _WIDE, ("w", "w2")), ("height", _HIGH, ("h", "h2")), ("longest", _LONG, ("l", "l2"))):
        if hit := sketch.find(pattern):
            found.append(({name: int(hit[keys[0]] or hit[keys[1]])}, hit.indices))
    if len(found) > 1:
        return None
    if not found:
        return None if sketch.has(r"smaller|thumbnails?|resize\w*|shrink|scale\w*|reduce\w*") else ({}, frozenset())
    return found[0]


def _types(sketch: Sketch, formats: list[Hit]) -> tuple[set[str], str | None]:
    """The types that are meant and the one they become ("" when they stay); None when that is not clear."""
    said = [(hit["f"].replace("jpeg", "jpg").replace("tiff", "tif"), hit) for hit in formats]
    becomes = [
        kind
        for kind, hit in said
        if sketch.text[hit.match.start() :].startswith(("as ", "to ", "into ", "in ", "format ", "saved as ", "save them as "))
    ]
    others = {kind for kind, _ in said if kind not in becomes}
    if len(set(becomes)) > 1:
        return set(), None
    return others, becomes[0] if becomes else ""
