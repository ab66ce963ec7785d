"""Listing: facts about the files of a folder: which, how many, how large, how many lines, functions or TODOs; as a table or as the answer.

Goal patterns: list FILES with path and size · how many FILES are in FOLDER · lines per FILE (without blank ones) · files per type · the N largest ·
functions per FILE · TODOs in FOLDER with file and line number.
Slots: folder, types, sizes, measure, order, limit, new file. Inputs: a folder. Outputs: a table file, or an answer.
"""

import re
from dataclasses import dataclass, field

from arkwright.core.json import Json, ref
from arkwright.planner.lexicon import words
from arkwright.planner.reading import Draft, Drafting, Reading
from arkwright.planner.recipes.parlance import FILES, idle, outlet
from arkwright.planner.recipes.phrases import Sketch
from arkwright.planner.recipes.selection import Selection, select

_TABLES = (".csv", ".tsv", ".xlsx", ".json", ".md", ".html", ".parquet")
_KINDS = (("csv", r"csv"), ("xlsx", r"excel|xlsx|spreadsheet"), ("json", r"json"), ("md", r"markdown table|markdown"))
_HOW_MANY = r"(?:how many|(?:the )?(?:total )?(?:number|count) of|counts?(?: (?:up|of))?|counting|count how many)"
_EACH = r"(?:(?:per|for|in|of|by|does|do|has|have|under)(?: (?:each|every|all|the|of))*|each|every)"
_BAG = words(
    """
    path paths name names line lines file files size sizes bytes byte row rows column columns count counts counted counting number numbers each every per
    biggest-first sorted sort order ordered code source python script scripts project software program module modules states state together altogether
    listed list lists big large how long many much it table csv json excel space disk quota blame says mention answer effort program's separately
    """
)
_START = r"(?:(?:and |, )?(?:starting|beginning|begin|start|starts|begins|headed by|led by) (?:with|from|by|at)(?: the)?(?: (?:file|one|files))*)"
_FILE = r"(?:(?:python|javascript|java ?script|text|csv|markdown|md|json|log|pdf|word|excel|source|script|py|js)? ?(?:files?|scripts?|documents?)|\. ?[a-z]{1,4} files?)"
_BLANK = r"(?:(?:\( )?(?:without|not counting|excluding|except(?: for)?|ignoring|leave out|leaving out|minus|apart from|no|not including|skipping|disregarding)(?: (?:the|all|any))* (?:blank|empty)(?: (?:lines?|ones?))?(?: \))?|(?:non|not)[ -]?(?:blank|empty)|(?:that are|which are) not (?:blank|empty)|(?:blank|empty) (?:lines?|ones?)(?: (?:are|is|do|should|must))?(?: not|n't)?(?: be)? (?:counted|count|included|ignored|left out|excluded)|(?:ignore|skip|exclude|leave out|don't count|do not count)(?: (?:the|all|any))* (?:blank|empty)(?: (?:lines?|ones?))?|(?:blank|empty) lines don't count)"
_DOWN = rf"(?:{_START} (?:(?:the )?(?:largest|biggest|longest|heaviest|highest|most)(?: (?:one|file|ones|size|number|lines|count))*)|(?:the )?(?:largest|biggest|longest|most)(?: (?:one|file|ones|number|lines))* (?:is |comes |stands |listed |should be |is listed )*(?:first|on top|at the top|at top|up front|top)|(?:with )?(?:the )?(?:largest|biggest|longest) (?:one |file )?on top|from (?:the )?(?:most|longest|highest) to (?:the )?(?:fewest|shortest|lowest|least)(?: lines)?|(?:in )?descending(?: order)?(?: of| by)?(?: (?:the|their))* ?(?:size|lines|count|number(?: of lines)?)?|(?:the )?(?:largest|biggest|most|longest|heaviest|highest)(?: (?:one|ones|file|files|lines|number|count|size))* (?:comes? |goes |should be |is |on )?(?:first|top|at the top)|(?:sort(?:ed)?|order(?:ed)?)?(?: ?by (?:the |their )?(?:size|lines?|number of lines|count|functions?))? ?(?:in )?(?:descending|desc)(?: (?:order|by (?:size|lines|count|number)))?|(?:the )?(?:(?:file|one) with the )?most (?:lines |functions |files )?(?:comes )?(?:first|at the top)|(?:the )?(?:file|one)s? with (?:the )?most (?:lines|functions|todos) (?:comes? |goes )?first|descending(?: by (?:size|lines|count))?|from (?:the )?(?:largest|biggest) to (?:the )?smallest)"
_UP = r"(?:(?:the )?(?:smallest|fewest|shortest)(?: (?:one|ones|file|files|lines))* (?:comes? )?first|(?:in )?ascending(?: order)?|from (?:the )?smallest to (?:the )?largest)"
_TOP = r"(?:(?:the )?(?P<a>~) (?P<w1>largest|biggest|smallest|longest|shortest|newest|oldest|most recent)|(?:the )?(?P<w2>largest|biggest|smallest|longest|shortest|newest|oldest|most recent)(?: (?P<b>~))?|top (?P<c>~))(?= (?:\w+ ){0,2}(?:files?|scripts?|documents?|pictures?|photos?|pdfs?|jpe?gs?|ones?|by size|<folder>|in))"
_FUNCTIONS = r"(?:functions?|methods?|defs?|function definitions?)(?: (?:are|is|were))?(?: (?:defined|there|it has|contained))?"
_CLASSES = r"(?:class definitions|classes)(?: (?:are|is|were))?(?: (?:defined|there))?"
_TODO = r"(?:to-?dos?|fixmes?)(?: (?:comments?|notes?|items?|markers?|entries|remarks?))?(?: (?:are|is|were) there)?"
_NOT_BLANK = r"(?:(?:non|not)[ -]?(?:blank|empty)|(?:that |which )?(?:are|is|aren't)(?: not|n't)? (?:blank|empty)|without (?:the )?(?:blank|empty)(?: (?:lines|ones))?)"
_BOTH = rf"(?:(?:number of|how many|all|total|the)(?: \w+){{0,3}} lines?(?: \w+){{0,4}}(?: ?,)?)(?: (?:and|as well as|plus))+(?: (?:how many|the|number of|of|them|those|these|it|also|count))*(?: \w+){{0,2}} {_NOT_BLANK}(?: lines)?"
_SIZE, _LINES, _CHANGED, _TYPE = (
    r"(?:(?:file )?sizes?|bytes|space|how (?:big|large)(?: (?:it|they|each) (?:is|are))?|(?:in|number of) bytes)",
    r"(?:lines?(?: of code)?|loc|line counts?|number of lines|line numbers?)",
    r"(?:(?:date|time|day)s? (?:of )?(?:the |their |its )?(?:last )?(?:modification|change)|modification (?:dates?|times?)|(?:last )?(?:modified|changed)(?: (?:date|time))?|modified)",
    r"(?:(?:file )?(?:types?|extensions?|formats?|kinds?|endings?))",
)
_TOTAL_SIZE = r"(?:what is |what's )?(?:the )?(?:(?:total|combined|overall|summed) (?:file )?size|sum of the (?:file )?sizes|(?:file )?sizes? in total|how (?:big|large) (?:are|is)(?: (?:all|the|\w+ files?))* (?:in total|together|altogether))"
_WORDS = (
    r"(?:list(?:s|ed|ing)?|find|show|give|tell|write|save|put|make|create|need|want|count(?:ed)?|report|collect|get|see|have|has|is|are|there|defined|contains?|do|does|which|what|be|exist|lie|there are|comments?)(?: (?:me|us|down|it|them|all|their|out))*",
    r"(?:path|paths|file ?names?|names?|files?|file|folder|result|results|table|columns?|together|with|and|of|in|from|under|below|inside|as|to|for|per|each|every|all|the|its|their|it|on|by|a|an|total|altogether|in total|number|counts?|sorted|ordered|comes)",
    r"(?:into|in|to|as) (?:a |an )?(?:csv|json|excel|xlsx|markdown)?(?: (?:file|table|list))?(?: <new>)?",
    r"<new>|<folder>|csv|json|excel|xlsx|spreadsheet|table|project|source|code",
    r"(?:together with|including|along with|plus) (?:its|their|the)",
    r"sort(?:ed)?(?: (?:them|it|the list|by))*|order(?:ed)?(?: by)?|one (?:row|line) (?:per|for each) file|each file|(?:in|of) it|that (?:are|is) (?:in|there)|are (?:there|in)",
)


@dataclass(slots=True)
class _Wish:
    """What is to be known: steps after the choice of files, the words that say so, a headline, and what to call it."""

    steps: list[Json] = field(default_factory=list[Json])
    covered: frozenset[int] = frozenset()
    single: bool = False
    name: str = "files"
    says: str = "files"
    measures: tuple[str, ...] = ()


def propose(reading: Reading) -> Draft | None:
    """The facts as a table file, or as the answer."""
    if reading.named("url") or len(reading.named("folder", "input")) != 1 or reading.inputs():
        return None
    sketch = Sketch(reading)
    if sketch.has(
        r"scripts? (?:that|which|to)|program|move|moves|moved|copy|copies|delete|remove|zip\w*|pack|rename\w*|chart|plot|graph|pie|pdf report|word report|manifest|sha256|md5|checksums?|hash\w*|duplicates?|identical|compare|convert|merge"
    ):
        return None
    selection = select(sketch)
    if selection is None or not selection.files:
        return None
    made = [m.value for m in reading.outputs()]
    if len(made) > 1 or (made and not made[0].endswith(_TABLES)):
        return None
    code = _code_wish(sketch)
    wish = code or _file_wish(sketch)
    if wish is None:
        return None
    return _draft(reading, sketch, selection, wish, made[0] if made else "", inside=code is not None)


def _code_wish(sketch: Sketch) -> _Wish | None:
    """What stands inside the files: lines that are not blank, functions, classes, TODOs."""
    patterns = (("functions", _FUNCTIONS, r"^\s*(?:async\s+)?(?:def|function)\s+\w+"), ("classes", _CLASSES, r"^\s*(?:export\s+)?class\s+\w+"), ("todos", _TODO, r"\b(?:TODO|FIXME)\b"))  # fmt: skip
    for name, noun, regex in patterns:
        if sketch.has(noun):
            if name == "todos":
                regex = (
                    r"\bFIXME\b" if not sketch.has(r"to-?dos?(?: \w+)?") else r"\bTODO\b" if not sketch.has(r"fixmes?") else regex
                )
            return _found_lines(sketch, name, noun, regex)
    if _both(sketch):
        return _both_counts(sketch)
    if sketch.has(_LINES) and sketch.has(_BLANK):
        return _counted(sketch, "lines", rf"{_LINES}", {"column": "text", "op": "matches", "value": r"\S"}, _BLANK)
    return None


_TOTAL_LINES = r"(?:(?:the )?(?:total|overall|whole)(?: (?:number|count|sum))?(?: of)?(?: all)?(?: the)? ?lines?(?: (?:of|in|for|over)(?: (?:all|the|these|those))* ?(?:\. ?)?(?:\w+ )?files?)?|how many lines(?: (?:are|there|in|do|does|all|the|these|those|of))*(?: ?\. ?)?(?: ?\w+)? files? (?:have|has|contain)? ?(?:together|in sum|in total|altogether|all in all|in all)|how many lines(?: (?:are|there|they|it|have|is))* (?:together|in sum|in total|altogether|all in all))(?: (?:together|in sum|in total|altogether))?(?: in (?:your|the) (?:answer|reply|chat))?"


def _both(sketch: Sketch) -> bool:
    """Whether all lines and those that are not blank are asked for side by side."""
    return sketch.has(_BOTH)


def _both_counts(sketch: Sketch) -> _Wish:
    """All lines and those that are not blank, per file."""
    filled: Json = {"column": "text", "op": "matches", "value": r"\S"}
    steps: list[Json] = [
        {"do": "derive", "name": "hit", "expr": {"op": "if", "args": [filled, {"value": 1}, {"value": 0}]}},
        {
            "do": "group",
            "by": ["path"],
            "aggregates": [{"name": "lines", "fn": "count"}, {"name": "lines_not_blank", "fn": "sum", "column": "hit"}],
        },
        {"do": "select", "columns": [{"column": "path", "name": "file"}, {"column": "lines"}, {"column": "lines_not_blank"}]},
    ]
    order, words_ = _order(sketch, "lines", "file")
    covered = words_ | sketch.covered(_BOTH, _NOT_BLANK, _HOW_MANY, _LINES, _EACH, r"of (?:those|them|these|which)")
    return _Wish([*steps, *order], covered, name="lines", says="lines", measures=("lines", "lines_not_blank"))


def _found_lines(sketch: Sketch, name: str, noun: str, regex: str) -> _Wish | None:
    where: Json = {"column": "text", "op": "matches", "value": regex}
    if sketch.has(r"line ?-?numbers?|numbers? of the lines?|(?:file and|with|their|the) lines?") and not sketch.has(_HOW_MANY):
        steps: list[Json] = [
            {"do": "filter", "where": where},
            {"do": "derive", "name": "text", "expr": {"op": "trim", "args": [{"column": "text"}]}},
        ]
        steps.append(
            {
                "do": "select",
                "columns": [
                    {"column": "path", "name": "file"},
                    {"column": "number", "name": "line"},
                    {"column": "text", "name": "text"},
                ],
            }
        )
        return _Wish(
            steps,
            sketch.covered(noun, r"(?:file )?(?:and )?(?:the |their )?line ?-?numbers?|lines?|texts?|file"),
            name=name,
            says=name,
        )
    return _counted(sketch, name, noun, where, r"(?!)")


def _counted(sketch: Sketch, name: str, noun: str, where: Json, more: str) -> _Wish | None:
    """How many lines meet the condition, per file (also the files with none), or in all."""
    covered = sketch.covered(noun, more, _HOW_MANY)
    if not sketch.has(_HOW_MANY) and not sketch.has(r"which") and not sketch.has(_EACH):
        return None
    marked: list[Json] = [{"do": "derive", "name": "hit", "expr": {"op": "if", "args": [where, {"value": 1}, {"value": 0}]}}]
    per_file = sketch.find(
        rf"{_EACH}(?: (?:of the|of|the|separate|single|all|its|different))* {_FILE}|which (?:of the )?{_FILE}|with (?:file|path|name) and|(?:columns?|save) (?:file|path) and|(?:\( )?(?:files?|paths?|names?)(?: names?)? ?(?:,|and|\+|with|/) ?(?:(?:its|the|their|number|count|of) )*(?:lines?|functions?|todos?)(?: \))?|their(?: number of)? lines"
    )
    fn: Json = {"name": name, "fn": "sum", "column": "hit"}
    if per_file is None:
        return _Wish([*marked, {"do": "group", "by": [], "aggregates": [fn]}], covered, single=True, name=name, says=name)
    steps: list[Json] = [
        *marked,
        {"do": "group", "by": ["path"], "aggregates": [fn]},
        {"do": "select", "columns": [{"column": "path", "name": "file"}, {"column": name}]},
    ]
    order, words = _order(sketch, name, "file")
    return _Wish([*steps, *order], covered | per_file.indices | words, name=name, says=name)


def _order(sketch: Sketch, measure: str, label: str) -> tuple[list[Json], frozenset[int]]:
    """Sorting and limiting, and the words that say so; by name when nothing is said."""
    if hit := sketch.find(
        rf"(?:which|what)(?: (?:is|of the|one|single))* ?{_FILE}?(?: (?:in|of|under) (?:the )?<folder>)?(?: (?:is|has|contains|with))?(?: the)? (?P<w>most|fewest|longest|largest)(?: \w+)?"
    ):
        return [
            {"do": "sort", "by": [{"column": measure, "descending": hit["w"] != "fewest"}]},
            {"do": "limit", "count": 1},
        ], hit.indices
    tops = list(sketch.all(_TOP))
    top = next((hit for hit in tops if hit["a"] or hit["b"] or hit["c"]), tops[0] if tops else None)
    steps: list[Json] = []
    words = sketch.covered(_DOWN, _UP)
    if top:
        word = top["w1"] or top["w2"]
        column = "modified" if word in ("newest", "oldest", "most recent") else measure
        steps.append(
            {
                "do": "sort",
                "by": [{"column": column, "descending": word not in ("smallest", "shortest", "oldest")}, {"column": label}],
            }
        )
        if not top["w2"] or top["b"] or not (sketch.has(_DOWN)):
            steps.append({"do": "limit", "count": top.number("a") or top.number("b") or top.number("c") or 1})
        if steps[-1] and isinstance(steps[-1], dict) and (count := steps[-1].get("count")):
            said = [
                hit
                for hit in sketch.all(
                    r"(?:with )?(?:exactly )?(?P<n>~) rows?|(?:the )?(?P<m>~) (?:largest|biggest|longest)(?: files?)?"
                )
                if (hit.number("n") or hit.number("m")) == count
            ]
            words = words.union(*(hit.indices for hit in said))
        return steps, words | top.indices
    if sketch.has(_DOWN) or sketch.has(_UP):
        return [{"do": "sort", "by": [{"column": measure, "descending": sketch.has(_DOWN)}, {"column": label}]}], words
    return [{"do": "sort", "by": [{"column": label}]}], words


def _file_wish(sketch: Sketch) -> _Wish | None:
    """Facts of the files themselves: a count, a count per type or folder, or a list with the columns that are asked for."""
    per = sketch.find(
        r"(?:per|by|(?:for|in|of) (?:each|every|all(?: the)?)|each|every) (?:(?:different|single|of the) )*(?:(?:file )?(?P<type>types?|extensions?|formats?|kinds?|endings?)|(?P<folder>(?:sub-?)?(?:folders?|director(?:y|ies))))(?! (?:<|called))"
    )
    counts = sketch.covered(_HOW_MANY)
    if per and (counts or sketch.has(r"counts?|sizes?|bytes")):
        by = "extension" if per["type"] else "folder"
        label = "type" if per["type"] else "folder"
        aggregates: list[Json] = [{"name": "count", "fn": "count"}]
        if sketch.has(_SIZE):
            aggregates.append({"name": "size", "fn": "sum", "column": "size"})
        steps: list[Json] = [
            {"do": "group", "by": [by], "aggregates": aggregates},
            {
                "do": "select",
                "columns": [
                    {"column": by, "name": label},
                    *({"column": str(a["name"])} for a in aggregates if isinstance(a, dict)),
                ],
            },
        ]
        order, words = _order(sketch, "count", label)
        return _Wish(
            [*steps, *order],
            per.indices | counts | words | sketch.covered(_SIZE, _TYPE, r"counts?"),
            name="types",
            says=label + "s",
        )
    if counts and not sketch.has(_LINES) and not re.search(r"\.\w+$", sketch.text):
        aggregates = [{"name": "files", "fn": "count"}]
        if sketch.has(_SIZE):
            aggregates.append({"name": "bytes", "fn": "sum", "column": "size"})
        return _Wish(
            [{"do": "group", "by": [], "aggregates": aggregates}],
            counts | sketch.covered(_SIZE, r"(?:do|have)(?: they)?|have in total|in total"),
            single=True,
        )
    totals = sketch.covered(_TOTAL_SIZE)
    if totals and not sketch.has(r"per|each|every|by"):
        summed: list[Json] = [{"name": "bytes", "fn": "sum", "column": "size"}]
        return _Wish([{"do": "group", "by": [], "aggregates": summed}], totals, single=True)
    return _columns_wish(sketch)


def _columns_wish(sketch: Sketch) -> _Wish | None:
    listing = sketch.covered(r"(?:list(?:s|ing)?|find|show|which|what|table|csv|need|want)")
    measures = [
        (name, pattern)
        for name, pattern in (("size", _SIZE), ("lines", _LINES), ("modified", _CHANGED), ("extension", _TYPE))
        if sketch.has(pattern)
    ]
    if not listing and not measures:
        return None
    largest = sketch.find(_TOP)
    names = [name for name, _ in measures]
    if largest and not names:
        names = ["size"]
    if largest and (largest["w1"] or largest["w2"]) in ("newest", "oldest", "most recent") and "modified" not in names:
        names.append("modified")
    sized = sketch.has(r"larger than|bigger than|> ?=?|more than|over|at least|smaller than|less than|under|above")
    if sized and "size" not in names:
        names.append("size")
    order, words = _order(sketch, next((n for n in names if n in ("lines", "size")), "size"), "path")
    columns: list[Json] = [{"column": "path"}, *({"column": name} for name in names)]
    covered = (
        listing
        | words
        | frozenset(
            i
            for _, pattern in measures
            for i in sketch.covered(
                pattern, rf"{_HOW_MANY} {pattern}", rf"{_EACH}(?: (?:of the|the))? {_FILE}|{_HOW_MANY}", r"big|large"
            )
        )
    )
    return _Wish([*order, {"do": "select", "columns": columns}], covered, name="files", says="files")


def _draft(reading: Reading, sketch: Sketch, selection: Selection, wish: _Wish, made: str, *, inside: bool) -> Draft:
    folder = selection.folders[0] if selection.folders else "."
    kind = next((kind for kind, word in _KINDS if sketch.has(word)), "")
    build = Drafting(reading, "listing", f"{wish.says} of {folder}")
    named = outlet(sketch, f".{kind or 'csv'}")
    made = named.path
    build.cover(selection.covered, wish.covered, sketch.covered(*_WORDS), idle(sketch, FILES, _BAG), named.covered)
    chosen = selection.where
    view = "lines" if inside else "files"
    steps: list[Json] = [{"do": "filter", "where": chosen}] if chosen else []
    if inside and "group" in str(wish.steps) and not wish.single:
        listed = build.task(
            f"List the files of {folder}",
            "tables.query",
            {
                "inputs": {"files": {"path": folder, "part": "files"}},
                "steps": [*steps, {"do": "select", "columns": [{"column": "path", "name": "file"}]}],
            },
        )
        inner = [step for step in wish.steps if not (isinstance(step, dict) and step["do"] in ("sort", "limit"))]
        outer = [step for step in wish.steps if isinstance(step, dict) and step["do"] in ("sort", "limit")]
        counted = build.task(
            f"Count the {wish.name}", "tables.query", {"inputs": {"lines": {"path": folder, "part": view}}, "steps": [*inner]}
        )
        joined: list[Json] = [
            {"do": "join", "with": "counts", "on": [{"left": "file", "right": "file"}], "how": "left"},
            *({"do": "fill", "column": name, "value": 0} for name in wish.measures or (wish.name,)),
            {"do": "select", "columns": [{"column": "file"}, *({"column": name} for name in wish.measures or (wish.name,))]},
        ]
        last = build.task(
            "Put them together",
            "tables.query",
            {"inputs": {"files": ref(listed), "counts": ref(counted)}, "steps": [*joined, *outer]},
        )
    else:
        if chosen and inside:
            steps = [{"do": "filter", "where": _by_path(selection)}]
        last = build.task(
            f"Look at the {wish.says} of {folder}",
            "tables.query",
            {"inputs": {"table": {"path": folder, "part": view}}, "steps": [*steps, *wish.steps]},
        )
    tasks = [last]
    total = sketch.covered(_TOTAL_LINES) if wish.name == "lines" and not wish.single else frozenset[int]()
    if total:
        summed: list[Json] = [{"do": "group", "by": [], "aggregates": [{"name": "lines", "fn": "sum", "column": "lines"}]}]
        tasks.append(build.task("Add the lines up", "tables.query", {"inputs": {"table": ref(last)}, "steps": summed}))
        build.cover(total)
        build.say("In total there are ", ref(tasks[-1], "preview.0.0"), " lines. ")
    if made or kind:
        path = build.new_path(made or f"{wish.name}.{kind}")
        tasks.append(build.task(f"Write {path}", "tables.save", {"sheets": [{"table": ref(last)}], "path": path}))
        build.say(
            ref(last, "rows"),
            f" rows about the {selection.says} of {folder} are in {path}.",
            *(["\n\n", ref(last)] if sketch.has(r"tell|show") else []),
        )
    else:
        what = f"{wish.says} in the {selection.says} of {folder}" if inside else f"{selection.says} in {folder}"
        build.say(
            *(
                ["There are ", ref(last, "preview.0.0"), f" {what}."]
                if wish.single and "bytes" not in str(wish.steps)
                else [f"The {what}:\n\n", ref(last)]
            )
        )
    build.require(reading.text, *tasks)
    return build.draft()


def _by_path(selection: Selection) -> Json:
    """The types as a condition on paths."""
    return (
        {"column": "path", "op": "matches", "value": rf"(?i)\.(?:{'|'.join(selection.extensions)})$"}
        if selection.extensions
        else {"column": "path", "op": "notblank", "value": None}
    )
