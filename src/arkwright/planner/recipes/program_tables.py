"""Table programs: aggregates of a CSV column, files of readings, and a census of a folder, as a program is asked to compute them."""

import re
from typing import Literal

from arkwright.core.plan import Look, Need
from arkwright.core.survey import Table
from arkwright.planner.lexicon import AGGREGATES
from arkwright.planner.recipes.code.goals import Census, Columns, Log, Readings, Types
from arkwright.planner.recipes.code.units import UNITS
from arkwright.planner.recipes.phrases import Sketch
from arkwright.planner.recipes.program_numbers import Understood, unit_pair
from arkwright.planner.text import CARDINALS, key, stem

_FNS = "|".join(
    sorted((word for word, fn in AGGREGATES.items() if fn in ("sum", "mean", "min", "max", "median")), key=len, reverse=True)
)
_FOLD = rf"(?:(?:the )?(?P<fn>{_FNS}|adds? up|adding up|averaging|largest|smallest|biggest|calculates the total)(?: values?| up)?(?: of)?(?: all)?(?: the)?)"
_VERBS = r"(?:calculat(?:es?|ing)|comput(?:es?|ing)|prints?(?: out)?|shows?|work(?:s|ing)? out|determin(?:es?|ing)|finds?|reports?|outputs?|reads?|opens?|loads?|goes through)"
_FN_WORDS = {
    "adds up": "sum",
    "add up": "sum",
    "adding up": "sum",
    "averaging": "mean",
    "largest": "max",
    "biggest": "max",
    "smallest": "min",
    "calculates the total": "sum",
}
_GROUP = r"(?:per|by|for (?:each|every)|of each|grouped by|broken down by|in each)"


def understand_table(sketch: Sketch) -> Understood | Need | None:
    """A column's aggregate, the numbers of a text file, or the files of a folder; a look when the columns are not known yet."""
    return _types(sketch) or _log(sketch) or _columns(sketch) or _readings(sketch) or _census(sketch)


_COUNTING = r"(?:counts?|counted|counting|how many|(?:the )?(?:number|amount|count) of|tall(?:y|ies))"
_TYPE = r"(?:(?:file ?-? ?)?(?:extensions?|endings?|suffix(?:es)?|types?)|kinds? of files?|file kinds?)"
_DEEP = r"(?:\( )?(?:(?:and|with|incl(?:uding|udes?|\.)?|in|of|also|recursing|going|down|into|its|all|any|the|each) )*(?:\. )?(?:sub ?-? ?(?:folders?|directories|dirs)|recursive(?:ly)?|at any depth)(?: (?:of|inside|in|under) (?:it|them|there))?(?: (?:too|as well|included))?(?: \))?"


def _types(sketch: Sketch) -> Understood | None:
    """How many files of each extension there are in a folder."""
    folders = sketch.reading.named("folder", "input")
    if len({m.value for m in folders}) != 1 or not sketch.has(_TYPE) or not sketch.has(_COUNTING) or sketch.has("<file>"):
        return None
    folder = folders[0].value.rstrip("/")
    nested = any("/" in f.path.removeprefix(f"{folder}/") for f in sketch.reading.under(folder))
    flat = sketch.has(
        r"(?:not|without|excluding|no|ignoring|only the top)(?: \w+){0,3} (?:sub ?-? ?(?:folders?|directories)|level)"
    )
    if flat:
        return None
    covered = sketch.covered(
        _COUNTING,
        _DEEP,
        rf"(?:(?:by|per|for|of|each|every|one|a|the|its|their|grouped|according|to) )*{_TYPE}",
        r"(?:the |all |its )*(?:<folder>|files?|folder|directory)(?: (?:of|with|in|under|inside|below|each|that|it|folder|directory|such|there|are|the|has|have))*",
        r"ext|(?:followed by|then|and|with) (?:its|the|their)? ?(?:counts?|number)|counts?|(?:of )?files",
    )
    notes = () if sketch.has(_DEEP) or not nested else ("subfolders are counted, too",)
    return Understood(Types(folder), f"how many files of each type {folder}/ holds", "count_types", covered, notes)


_LOG_FIELDS: tuple[tuple[Literal["ip", "status", "url", "method", "hour"], str], ...] = (
    ("status", r"(?:http )?(?:status|response|return)(?: ?-?codes?)?(?: code)?s?"),
    ("ip", r"ips?(?: ?-?address(?:es)?)?|visitors?|clients?|hosts?"),
    ("method", r"(?:http )?(?:request )?methods?"),
    ("hour", r"hours?(?: of the day)?"),
    ("url", r"urls?|pages?|paths?|addresses"),
)


def _log(sketch: Sketch) -> Understood | None:
    """How often each status, address or page stands in an access log."""
    inputs = [m.value for m in sketch.reading.inputs() if m.value.lower().endswith(".log")]
    counting = r"(?:counts?|counting|how (?:many|often)|(?:the )?number of|tall(?:y|ies)|most (?:frequent|active|common|requested|visited|popular)|top(?: ~)?|hits?)"
    found = [pair for pair in _LOG_FIELDS if sketch.has(pair[1])]
    if len(inputs) != 1 or len(found) != 1 or not sketch.has(counting):
        return None
    field, pattern = found[0]
    top = sketch.find(
        r"(?:top|first) (?P<a>~)|(?P<b>~) most (?:frequent|active|common|requested|visited|popular)|(?P<c>~)(?= (?:ips?|urls?|pages?|addresses))"
    )
    limit = next((n for n in (top.number(g) for g in "abc") if n), None) if top else None
    words = r"(?:requests?|hits?|lines?|entries|occurs?|appears?|there|were|are|each|every|per|by|for|of|the|with|their|its|counts?|visits?|made|came|come|from|got|returned|which|in)"
    covered = sketch.covered(counting, pattern, words, r"<file>") | (top.indices if top else frozenset[int]())
    return Understood(Log(inputs[0], field, limit), f"how often each {field} stands in {inputs[0]}", f"count_{field}", covered)


def _columns(sketch: Sketch) -> Understood | Need | None:
    inputs = [m.value for m in sketch.reading.inputs() if m.value.lower().endswith((".csv", ".tsv"))]
    fold = sketch.find(_FOLD)
    if len(inputs) != 1 or fold is None:
        return None
    tables = sketch.reading.tables(inputs[0])
    if not tables:
        known = sketch.reading.fact(inputs[0], "tables.describe")
        return None if known else Need((Look("tables.describe", {"sources": [{"path": inputs[0]}]}),))
    table = tables[0]
    columns = _named_columns(sketch, table)
    values = [name for name, _, grouping in columns if not grouping]
    groups = [name for name, _, grouping in columns if grouping]
    if len(values) != 1 or len(groups) > 1:
        return None
    fn = _function(fold["fn"])
    layout = table.layout
    delimiter, decimal, encoding = (
        str(layout.get(name) or default) for name, default in (("delimiter", ","), ("decimal", "."), ("encoding", "utf-8"))
    )
    goal = Columns(
        inputs[0],
        fn,
        values[0],
        groups[0] if groups else "",
        delimiter,
        "utf-8-sig" if "utf" in encoding.lower() else encoding,
        decimal,
    )
    covered = sketch.covered(_FOLD, _VERBS, r"<file>", r"columns?", r"values?", r"and", r"rows?") | {
        i for _, words, _ in columns for i in words
    }
    purpose = f"the {fn} of {goal.column} in {goal.input}" + (f" per {goal.by}" if goal.by else "")
    return Understood(goal, purpose, f"{fn}_{stem(values[0])}".lower().replace(" ", "_"), frozenset(covered))


def _function(word: str) -> Literal["sum", "mean", "min", "max", "count", "median"]:
    fn = _FN_WORDS.get(word) or AGGREGATES[word]
    match fn:
        case "sum" | "mean" | "min" | "max" | "count" | "median":
            return fn
        case _:
            raise KeyError(word)


def _named_columns(sketch: Sketch, table: Table) -> list[tuple[str, frozenset[int], bool]]:
    """The columns whose whole name stands in the request: name, words, and whether it is what to group by."""
    found: list[tuple[str, frozenset[int], bool]] = []
    stems = sketch.reading.stems
    for column in sorted(table.columns, key=lambda c: -len(key(c.name))):
        parts = key(column.name)
        for at in range(len(stems) - len(parts) + 1):
            words = frozenset(range(at, at + len(parts)))
            said = key(" ".join(sketch.reading.norms[at : at + len(parts)]))
            if (stems[at : at + len(parts)] == parts or said == parts) and not any(words & taken for _, taken, _ in found):
                group = next((h for h in sketch.all(rf"{_GROUP}(?: the)?") if max(h.indices) == at - 1), None)
                found.append((column.name, words | (group.indices if group else frozenset[int]()), group is not None))
                break
    return found


def _readings(sketch: Sketch) -> Understood | None:
    """A file of numbers, one a line: converted to another unit, or summed up."""
    inputs = [m.value for m in sketch.reading.inputs() if m.value.lower().endswith((".txt", ".dat", ".log"))]
    if len(inputs) != 1:
        return None
    noun = sketch.find(r"(?:the )?(?:numbers?|readings?|values?|temperatures|measurements|figures)")
    pair = unit_pair(sketch)
    words = sketch.covered(
        _VERBS,
        r"<file>",
        r"(?:the )?(?:numbers?|readings?|values?|temperatures|measurements|figures|data|series)",
        r"(?:convert(?:s|ing)?|conversions?|degrees?|one per line|each|in)",
        r"(?:basic |simple |some |key |the )?(?:statistics|stats|key figures|statistical values|summary)|statistical|these (?:four|three|two|five) (?:values|figures|numbers)|(?:four|three|two|five) (?:values|figures|numbers|statistics|results)|input|measured|data",
    )
    if pair:
        source, target, said = pair
        both = sketch.covered(
            r"both|side by side|next to (?:it|them|each other|the original)|(?:along|together) with the (?:original|celsius|old)(?: (?:ones|values?))?|pairs?"
        )
        goal = Readings(inputs[0], source=source, target=target, both=bool(both))
        words |= both
        return Understood(
            goal,
            f"the values of {inputs[0]} in {UNITS[source].title} and {UNITS[target].title}",
            f"{source}_to_{target}",
            words | said,
        )
    folds = list(sketch.all(_FOLD))
    if not folds or (noun is None and not re.search(r"(?i)reading|number|value|measure|temp|data|figure", inputs[0])):
        return None
    fns = tuple(dict.fromkeys(str(_function(hit["fn"])) for hit in folds))
    decimals, said = _decimals(sketch)
    counted = re.search(r"(?:^| )(four|three|two|five) (?:values|figures|numbers|statistics|results)", sketch.text)
    if counted and CARDINALS[counted[1]] != len(fns):
        return None
    covered = words | said | {i for hit in folds for i in hit.indices}
    return Understood(
        Readings(inputs[0], fns=fns, decimals=decimals),
        f"the {', '.join(fns)} of the numbers in {inputs[0]}",
        "_".join(fns) + "_of_numbers",
        frozenset(covered),
    )


def _decimals(sketch: Sketch) -> tuple[int | None, frozenset[int]]:
    """How many decimals results are rounded to, and the words that say so."""
    hit = sketch.find(
        r"(?:\( )?(?:(?:each|all|and|with|to|rounded|round|rounds|rounding|them|values?|results?|off|in|up|both|numbers?|of|precision|exactly|given|show|shown) )*(?P<n>~) (?:decimals?|digits after the (?:decimal )?(?:point|comma)|decimal (?:places?|digits|points?)|places after the (?:decimal )?point)(?: places)?(?: each)?(?: \))?"
    )
    number = hit.number("n") if hit else None
    return (number, hit.indices) if hit and number is not None and number < 10 else (None, frozenset())


_KINDS = {
    "python": "*.py",
    "text": "*.txt",
    "csv": "*.csv",
    "markdown": "*.md",
    "json": "*.json",
    "log": "*.log",
    "pdf": "*.pdf",
    "jpg": "*.jpg",
    "javascript": "*.js",
}


def _census(sketch: Sketch) -> Understood | None:
    hit = sketch.find(
        r"(?:(?:counts?|counting|how many|(?:the )?number of|list(?:s|ing)?|show(?:s|ing)?|print(?:s|ing)?|reports?) )*(?:the )?(?:number of )?(?P<measure>lines(?: of code)?|words|sizes?)(?: there are)? "
        r"(?:in|of|for) (?:all |each |every |of )*(?:the )?(?:\. ?)?(?P<kind>python|text|csv|markdown|json|log|javascript|py|txt|md|js)? ?(?:source )?files?(?: (?:in|of|under|below|inside)(?: the)? (?:folder )?(?P<folder><folder>)(?: folder)?)?"
    )
    hit = hit or sketch.find(
        r"(?:lists?|prints?|shows?|collects?|writes?)(?: (?:out|down))? (?:all |every |each |the |any )*(?P<kind>python|text|csv|markdown|json|log|javascript|py|txt|md|js|jpg|pdf|png)s? ?(?:files?|pictures?|photos?|images?)? (?:in|of|under|below|inside)(?: the)? (?:folder )?(?P<folder><folder>)(?: folder)? (?:with|and|together with) (?:its|their|the) (?:file )?(?P<measure>sizes?|lines|number of lines|line counts?|words|number of words)"
    )
    if not hit or sketch.has("<file>"):
        return None
    folder = hit.mentions("folder")
    if not folder:
        return None
    kind = hit["kind"]
    pattern = _KINDS.get(kind, f"*.{kind}" if kind else "*")
    measure: Literal["lines", "words", "size"] = (
        "words" if "words" in hit["measure"] else "size" if hit["measure"].startswith("size") else "lines"
    )
    goal = Census(folder[0].value.rstrip("/"), pattern, measure)
    covered = hit.indices | sketch.covered(
        r"(?:goes|walks|runs) through", r"(?:and )?(?:its|all|the) sub-?(?:folders|directories)", r"recursive(?:ly)?"
    )
    return Understood(goal, f"the {measure} of each {pattern} file under {goal.folder}", f"count_{measure}", covered)
