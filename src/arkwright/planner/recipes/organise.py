"""Organise: moves, copies, renames and deletes files of the workspace: by type, name or size, in order, or because they are copies of others.

Goal patterns: sort FOLDER by type into subfolders · move | copy FILES to FOLDER · rename FILES to NAME_001.EXT in order ·
keep one of each exact copy and move the others to FOLDER · list the exact copies · delete FILES.
Slots: folders, types, names, sizes, destination, name pattern. Inputs: folders and files. Outputs: the files elsewhere or under other names.
"""

import re
from pathlib import PurePosixPath

from arkwright.core.json import Json, Object, ref
from arkwright.core.plan import Need, Question, Refusal
from arkwright.planner.lexicon import words
from arkwright.planner.reading import Draft, Drafting, Reading
from arkwright.planner.recipes.parlance import FILES, idle
from arkwright.planner.recipes.phrases import Hit, Sketch
from arkwright.planner.recipes.pictures import scaled
from arkwright.planner.recipes.rename import rename
from arkwright.planner.recipes.selection import named_or_selected, select

_INTO = r"(?P<way>into|to|in|inside|under) (?:(?:a|an|the|one) )?(?:(?:new|separate|single|own|common|different) )*(?:(?:folder|sub-?folder|directory|place) )?(?:(?:called|named|with the name) )?(?P<to><newfolder>|<folder>|<quoted>|(?!(?:alphabetical|subfolders|folders|folder|order|a|the|separate|one|it|their|its|place|to|called|named|inside|which|sequence|new|his|her|my|our)(?: |$))[a-z][\w-]*)(?: (?:folder|directory))?"
_MOVE = r"(?:move|moves|moving|moved|goes|go|belong|belongs|land|lands|end up|placed|carried|put|shift|transfer|relocate|collect|gather|file away|tidy)"
_COPY = r"(?:copy|copies|copying|duplicate|back up|backup)"
_COPIES = r"(?:copies|a copy|duplicates) of (?:them|it|these|those|all|each|the)(?= |$)"
_DUPLICATES = r"(?:dedupe|de-?duplicate|dedup|(?:same|identical) (?:content|contents)(?: (?:, )?other names)?|copies|(?:exact|identical|byte-?identical|duplicate|true) (?:copies|duplicates|files)(?: of each other)?|duplicates?|copies of each other|the same (?:content|contents)|identical(?: files| content| contents)?|doubles|dupes)"
_KEEP_ONE = r"(?:(?:keep|keeping|leave|leaving|retain)(?: (?:only|just|exactly))? (?:one|a single|the first|1)(?: (?:single|only|specimen|copy|file|version|original|instance|example|piece|exemplar|of))*(?: (?:of )?(?:each|every|them|it|these|those|a kind)(?: (?:file|set|group|kind|one))?)*(?: (?:where it is|in place|untouched|there))?|(?:exactly |only |just )?one (?:of each|of every|copy|specimen|version|file)(?: (?:of|from|for) (?:each|every|all)(?: (?:file|set|group))?)? (?:(?:should|must|shall|can|may|is|has) )*(?:to )?(?:be )?(?:stays?|remains?|kept|left|keep)(?: (?:where it is|in place|there))?)"
_NO_DELETE = r"(?:(?:please )?(?:but )?(?:do not|don't|never|without) (?:delete|deleting|remove|removing|lose|losing|throw away|erase)(?: (?:anything|any(?:thing)?|any files?|any of them|files|a file|them|nothing))*|nothing (?:should|may|must|shall) be (?:deleted|lost|removed)|no deleting)"
_OTHERS_OF_THEM = r"(?:all |any )?(?:the |of the )?(?:others?|further|remaining|rest|other|additional|superfluous|redundant|extra|surplus|second|double)(?: (?:of the |of them|of )?(?:copies|ones|duplicates|files|doubles|specimens))?"
_SAYS = (
    r"(?:copies|duplicates) are files (?:whose|with|that|which)[^.]*",
    r"(?:although|though|even if|even though|but|, )? ?(?:they|these|the files|the copies)?(?: (?:can|may|could|might|do))?(?: (?:be|have|carry))?(?: (?:named|called))?(?: (?:differently|different|other))(?: (?:names?|file ?names?))?",
    r"(?:the )?same (?:content|contents)(?: (?:as|under|with))*(?: (?:other|different|another) names?)?|other names|different names|under (?:other|another|different) names?",
    r"(?:identical|the same|equal)(?: (?:in|by))? (?:content|contents)|(?:whose|with|their|its)(?: the)? contents? (?:is|are) (?:identical|the same|equal)",
    r"(?:no matter|regardless of|whatever)(?: \w+){0,3} names?(?: are| is)?|(?:this|it|that) (?:concerns|applies to|is about|goes for)",
)
_BAG = words(
    """
    copy copies duplicate duplicates double doubles dupe dupes original originals identical exact exactly specimen specimens content contents further
    move moved moving put shift transferred called named inbox-wide group groups set sets contains holds
    """
)
_LIST = r"(?:list|report|show|tell me|find out|which|what|find|detect|identify|give me|are there)"
_GENERIC = (
    r"(?:contains?|has|have|holds?|there are|with) (?:many|several|some|lots of|a lot of|a few|plenty of|a number of) files",
    r"many files|that are|which are|under different names|with different names|(?:the )?(?:other|remaining|rest of the|superfluous|redundant|extra) (?:copies|ones|duplicates|files)|the others?|the rest|(?:all )?(?:of )?(?:the )?files?",
    r"(?:sort|tidy|organi[sz]e|clean|group|arrange|order|put) ?(?:up|out)?|a mess|is messy|is a mess|in order|called|named",
)


def propose(reading: Reading) -> Draft | Need | Refusal | Question | None:
    """What to do with files, as explicit moves that never overwrite."""
    sketch = Sketch(reading)
    if reading.named("url"):
        return None
    for plan in (scaled, _duplicates, rename, _by_type, _delete, _move):
        if (draft := plan(reading, sketch)) is not None:
            return draft
    return None


# ---- exact copies


def _duplicates(reading: Reading, sketch: Sketch) -> Draft | Question | None:
    """Keep one of each exact copy; the others move, or are listed, or deleted."""
    selection = select(sketch)
    if not sketch.has(_DUPLICATES) or selection is None or not selection.folders or selection.narrowed or reading.inputs():
        return None
    build = Drafting(reading, "organise", "exact copies")
    build.cover(selection.covered, idle(sketch, FILES, _BAG), sketch.covered(_DUPLICATES, _KEEP_ONE, _NO_DELETE, _OTHERS_OF_THEM))
    build.cover(
        sketch.covered(*_GENERIC, *_SAYS, r"(?:of |any |all )?(?:each|every)", r"recursive|(?:no|without) deleting|<file>")
    )
    folder = selection.folders[0]
    if len(selection.folders) > 1 and not sketch.has(_INTO):
        return None
    found = build.task(f"Find exact copies in {folder}", "files.duplicates", {"path": folder})
    moving = _into(sketch) if sketch.has(_MOVE) else None
    if moving:
        target = _destination(moving)
        build.cover(moving.indices, sketch.covered(_MOVE))
        where = _moves(build, found, folder, target)
        moved = build.task(f"Move the other copies to {target}/", "files.move", {"moves": ref(where)}, idempotent=False)
        build.require(reading.text, found, moved)
        build.say("Moved ", ref(where, "rows"), f" copies to {target}/; one of each stays where it was. Nothing was deleted.")
        return build.draft()
    if sketch.has(r"(?:delete|remove|erase|get rid of)(?! anything)") and not sketch.has(_NO_DELETE):
        return Question(
            f"Deleting copies cannot be taken back by everyone who shares {folder}/. Shall I move them to a folder 'duplicates' instead?",
            ("move the other copies to a folder called duplicates", "list the copies only"),
        )
    if not sketch.has(_LIST):
        return None
    path = _table_path(build, reading, "duplicates.csv")
    build.cover(
        sketch.covered(
            _LIST, r"<new>", r"(?:as|to|in|into)? ?(?:a |an )?(?:csv|json|excel|xlsx|report|table|list)(?: file)?", r"groups? of"
        )
    )
    saved = build.task(f"Write the copies to {path}", "tables.save", {"sheets": [{"table": ref(found)}], "path": path})
    build.require(reading.text, found, saved)
    extra = build.task(
        "Count the copies",
        "tables.query",
        {
            "inputs": {"copies": ref(found)},
            "steps": [
                {
                    "do": "group",
                    "by": [],
                    "aggregates": [
                        {"name": "files", "fn": "count"},
                        {"name": "groups", "fn": "count_distinct", "column": "group"},
                    ],
                }
            ],
        },
    )
    build.say(
        ref(extra, "preview.0.0"),
        " files in ",
        ref(extra, "preview.0.1"),
        f" groups are exact copies of each other; the list is in {path}.",
    )
    return build.draft()


def _moves(build: Drafting, found: str, folder: str, target: str) -> str:
    """A table of moves of all files that are not kept; below `target` they keep their place, so that no two names meet."""
    prefix = re.escape(folder.rstrip("/") + "/") if folder not in (".", "") else ""
    inside: Object = {"op": "extract", "args": [{"column": "path"}, {"value": f"^{prefix}(.*)$"}]}
    steps: list[Json] = [
        {"do": "filter", "where": {"column": "keep", "op": "eq", "value": False}},
        {"do": "derive", "name": "from", "expr": {"column": "path"}},
        {"do": "derive", "name": "to", "expr": {"op": "concat", "args": [{"value": f"{target}/"}, inside]}},
        {"do": "select", "columns": [{"column": "from"}, {"column": "to"}]},
    ]
    return build.task("List the copies to move", "tables.query", {"inputs": {"copies": ref(found)}, "steps": steps})


# ---- into folders


_TYPE = r"(?:the |its |their |each |every |his |file ?)*(?:file )?(?:types?|extensions?|kinds?|formats?|endings?|suffix(?:es)?|file ?types?)"
_HOME = r"(?:sub-?)?(?:folders?|director(?:y|ies)|subfolders?)"
_BY_TYPE = rf"(?:(?:into|to|in) )?(?:(?:a|an|one|the|own|its|their|separate|new|different) )*{_HOME} (?:for|of|named after|named by|called after|called like|named like|by|per|with the name of|according to|that is (?:called|named) (?:after|like)|(?:is )?(?:called|named)(?: after| by| like)?) {_TYPE}|(?:by|according to|based on|depending on|per|after|for each)(?: (?:the|their|its|file))* ?(?:file ?)?(?:types?|extensions?|kinds?|formats?|endings?|suffix)(?: \( extension \))?|(?:one|a|own|separate) {_HOME} (?:per|for each|for every|each for) (?:file ?)?(?:type|extension|kind|format)(?: of file)?|\(? ?{_HOME} = {_TYPE}|{_TYPE} = {_HOME}"


_PLACED = (
    r"(?:directly|straight|right|immediately)? ?(?:inside|in|under|below|within)(?: (?:of|the))? <folder>",
    r"(?:\(|that is|such as|namely|like|i ?\. ?e ?\.?|for example|e ?\. ?g ?\.?)",
    r"(?:with (?:the )?|keep(?:ing)? (?:the |their |all )?)?(?:unchanged|same|old|original|their) (?:file ?)?names?|(?:the |their |all )?(?:file ?)?names? (?:(?:should|must|shall|may|will|can|to) )*(?:stays?|remains?|be kept|are kept|keep|not (?:be )?change(?:d)?|don't change)(?: (?:the|as|they|are|same|unchanged|it|is))*",
    r"(?:do not|don't|never|without)(?: please)? (?:rename|renaming|change|changing) (?:the |any |their )*(?:files?|file ?names?|names?|them)",
    r"(?:make sure|take care|ensure|see to it|be careful|watch out)(?: (?:that|please))?",
    r"(?:and )?(?:not a single|no|not one|none of the|no single) (?:files?|one)? ?(?:(?:may|must|should|can|shall|will|gets?|is|to|be|go|goes|has|have) )*(?:lost|deleted|removed|missing|dis{1,2}ap{1,2}ears?|vanish(?:es)?|lose|overwritten)",
    r"(?:please )?(?:do not|don't|without|never) (?:lose|loose|losing|delete|deleting|overwrite|overwriting) (?:any|a|a single|one|anything)(?: (?:file|files|of them|single file))?",
    r"(?:all )?kinds of files|mixed up|in a mess|(?:real|big|total|complete|such a)* ?(?:mess|chaos)|deeper(?: down)?|unsorted|untidy",
    r"(?:end|land|arrive|wind) up",
)
_SORTING = words(
    """
    sort sorted sorting organise organised organising organize organized organizing group grouped grouping arrange arranged tidy tidied clean cleaned
    separate separated split distribute distributed order type types extension extensions kind kinds format formats ending endings subfolder subfolders
    own each every according directly named called after straight below mess move moved moving goes land end tidying
    """
)
_EXAMPLE_FOLDER = r"(?:\( ?)?(?:(?:e ?\. ?g ?\.?|eg|like|such as|for example|i ?\. ?e ?\.?|:|,|into|to) ?)*(?:<newfolder>|(?:<folder>|[\w-]+) ?/ ?\.? ?[a-z0-9]{1,5}|[a-z]{2,5} ?/)"
_EXAMPLES = r"\( (?:(?:e|g|like|such as|for example|\.|,) )*(?:\. )?\w+(?: ?(?:,|and|or|/) ?(?:\. )?\w+)*(?: ?, ?)?(?: ?(?:\.|etc|…|and so on) ?)*\)"


def _by_type(reading: Reading, sketch: Sketch) -> Draft | None:
    """Each file goes to a folder that has its extension's name."""
    selection = select(sketch, typed=not sketch.has(_EXAMPLES))
    if (
        selection is None
        or len(selection.folders) != 1
        or not sketch.has(_BY_TYPE)
        or not sketch.has(
            rf"(?:{_MOVE}|{_COPY}|sort|sorted|organi[sz](?:e|ed|ing)|group|grouped|arranged?|tidy|tidied|clean|separated?|split|order|ordered|distributed?|lands?)(?: up)?"
        )
    ):
        return None
    if not sketch.has(
        r"(?:sub-?)?(?:folders?|directory|directories)|(?:sort|sorted|organi[sz]ed?|arranged?|tidy|tidied|group|grouped)(?: up)?"
    ):
        return None
    root = selection.folders[0]
    build = Drafting(reading, "organise", "sort by type")
    build.cover(idle(sketch, FILES, _SORTING), sketch.covered(*_PLACED))
    build.cover(
        selection.covered,
        sketch.covered(
            _BY_TYPE,
            _EXAMPLES,
            *_GENERIC,
            _MOVE,
            r"(?:in|into|to)?(?: (?:separate|different|own|new|sub))* ?(?:sub-?)?(?:folders|directories)(?: (?:named|called) (?:after|like) (?:it|the (?:type|extension)|them))?",
            r"(?:sorted|sort|organi[sz]ed?|grouped|group|arranged?|tidied|tidy|clean|separated?|split|ordered|order|distributed?)(?: (?:up|out))?",
            rf"{_EXAMPLE_FOLDER}(?: ?(?:,|and|or|/|\.\.\.|…|etc|so on|and so on|so forth|\.)+ ?(?:{_EXAMPLE_FOLDER})?)*(?: ?(?:,|and|or) (?:so on|so forth|the like))?(?: ?\))?",
            r"(?:<folder>|it) is (?:a |such a |in a |total |complete |big )*(?:mess|messy|chaos|untidy|unsorted)(?: right now| at the moment)?|(?:all )?(?:its|their|the) files|(?:and )?also (?:those|the ones|files) (?:in|from|inside) (?:its |the |all )*sub-?folders",
            _NO_DELETE,
        ),
    )
    moves = _placed(
        reading, [(f.path, f"{root}/{PurePosixPath(f.path).suffix.lower().lstrip('.') or 'other'}") for f in selection.files]
    )
    copying = sketch.has(_COPY)
    return _carry(reading, build, moves, copying=copying, says=f"into folders by type under {root}/")


def _move(reading: Reading, sketch: Sketch) -> Draft | None:
    """Chosen files go to one folder."""
    verb = sketch.find(rf"(?P<copy>{_COPY})|{_MOVE}")
    selection = select(sketch)
    if verb is None:
        return None
    single = [m.value for m in reading.inputs()]
    into = _into(sketch)
    if into is None or (selection is None and not single):
        return None
    target = _destination(into)
    paths = named_or_selected(sketch, selection)
    if selection and not single and not selection.narrowed and not sketch.has(r"(?:all|every|everything|whole|each)"):
        return None
    paths = [path for path in paths if not path.startswith(f"{target}/")]
    if selection and not single and target in selection.folders:
        # The destination is itself a folder that is there: the files come from elsewhere.
        sources = [folder for folder in selection.folders if folder != target]
        paths = [f.path for f in selection.files if any(f.path.startswith(folder + "/") for folder in sources)]
    if not paths:
        return None
    build = Drafting(reading, "organise", "move files")
    build.cover(
        into.tokens("to"),
        verb.indices,
        sketch.covered(
            _INTO,
            "<file>",
            _MOVE,
            _COPY,
            _NO_DELETE,
            r"out of|called|named|(?:a )?(?:new )?(?:sub-?)?folder",
            _COPIES,
            r"(?:leave|keep|leaving|keeping)(?: the)? originals?(?: (?:where|in place|as|they|it|are|is|alone|untouched))*",
            r"from",
            r"(?:the )?originals? (?:stay|stays|should stay|remain)(?: where (?:they|it) (?:are|is))?",
        ),
    )
    if selection:
        build.cover(selection.covered)
    whole = bool(selection and not selection.narrowed and not single)
    keep = whole or sketch.has(
        r"(?:keep(?:ing)?|preserv(?:e|ing)|retain(?:ing)?|with)(?: (?:the|its|their))* (?:folder |sub-?folder |directory )?structure"
    )
    build.cover(
        sketch.covered(
            r"(?:keep(?:ing)?|preserv(?:e|ing)|retain(?:ing)?|with)(?: (?:the|its|their))* (?:folder |sub-?folder |directory )?structure"
        )
    )
    roots = selection.folders if selection and not single else ()
    moves = _placed(reading, [(path, _below(target, path, roots) if keep else target) for path in paths])
    return _carry(reading, build, moves, copying=bool(verb["copy"]) or sketch.has(_COPIES), says=f"to {target}/")


def _into(sketch: Sketch) -> Hit | None:
    """Where files go: the last "into NAME"; a folder that is there is a destination after "to" only, never after "in"."""
    hits = [hit for hit in sketch.all(_INTO) if not (hit["to"] == "<folder>" and hit["way"] in ("in", "inside", "under"))]
    return hits[-1] if hits else None


def _destination(hit: Hit) -> str:
    named = hit.mentions("to")
    return (named[0].value if named else hit.written("to")).strip("/")


def _below(target: str, path: str, roots: tuple[str, ...]) -> str:
    """The folder under `target` in which a file keeps its place below the folder it was chosen from."""
    parent = PurePosixPath(path).parent
    root = next((root for root in roots if path.startswith(root + "/")), "")
    inner = parent.relative_to(root) if root and len(roots) == 1 else parent
    return str(PurePosixPath(target) / inner)


def _placed(reading: Reading, wishes: list[tuple[str, str]]) -> list[Json]:
    """Moves to folders under the old names; a name that is taken gets _2, _3 ... before its extension."""
    taken = {f.path.lower() for f in reading.survey.files}
    moves: list[Json] = []
    for path, folder in wishes:
        old = PurePosixPath(path)
        new, count = PurePosixPath(folder) / old.name, 1
        if str(new) == path:
            continue
        while str(new).lower() in taken:
            count += 1
            new = PurePosixPath(folder) / f"{old.stem}_{count}{old.suffix}"
        taken.add(str(new).lower())
        moves.append({"from": path, "to": str(new)})
    return moves


def _carry(reading: Reading, build: Drafting, moves: list[Json], *, copying: bool, says: str) -> Draft | None:
    if not moves:
        return None
    verb = "Copy" if copying else "Move"
    done = build.task(
        f"{verb} {len(moves)} files {says}", "files.copy" if copying else "files.move", {"moves": moves}, idempotent=False
    )
    build.require(reading.text, done)
    build.say(f"{'Copied' if copying else 'Moved'} {len(moves)} files {says}.")
    return build.draft()


# ---- away


def _delete(reading: Reading, sketch: Sketch) -> Draft | Refusal | None:
    """Files that are named or chosen by type are deleted; never a whole folder by its mere name."""
    verb = sketch.find(r"(?:delete|erase|remove|get rid of|throw away|throw out|trash)")
    if (
        verb is None
        or sketch.has(_NO_DELETE)
        or sketch.has(
            r"(?:delete|erase|remove|drop)(?: all| the| any)* (?:rows?|columns?|lines?|duplicates?|doubles|spaces|entries|words?|blank|empty)"
        )
    ):
        return None
    selection = select(sketch)
    named = [m.value for m in reading.inputs()]
    if reading.outputs() or (not named and (selection is None or not selection.narrowed)):
        return None
    paths = named or [f.path for f in (selection.files if selection else ())]
    if not paths:
        return Refusal(
            reading.clause(min(verb.indices)),
            "there are no such files in the workspace",
            "name files that are there",
            "nothing_there",
        )
    build = Drafting(reading, "organise", "delete files")
    build.cover(verb.indices, sketch.covered("<file>", r"from|in|out of"), selection.covered if selection else ())
    build.require(reading.text, build.task(f"Delete {len(paths)} files", "files.delete", {"paths": [*paths]}, idempotent=False))
    build.say(f"Deleted {len(paths)} files; undo brings them back.")
    return build.draft()


def _table_path(build: Drafting, reading: Reading, default: str) -> str:
    made = reading.outputs()
    return build.new_path(made[0].value if made else default)
