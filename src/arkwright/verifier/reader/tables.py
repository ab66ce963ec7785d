"""Work on whole tables: stacking files, converting their dialect, removing repeated rows."""

import re
from collections.abc import Sequence
from typing import cast

from arkwright.core.json import Json, Object
from arkwright.verifier.demands import Column, Demands, Question, Source, Special
from arkwright.verifier.script import Script


def read_table_work(script: Script, sources: Sequence[Source], demands: Demands) -> tuple[list[Question], list[Source]]:
    """Questions about whole tables, and the table that later questions are about (a stack of files)."""
    stacked = _stack(script, sources)
    if stacked:
        return stacked
    return _dialect(script, sources, demands) or _conversion(script, sources, demands), []


ALIKE = r"(?:(?:all|they|which|that|and|files?) )*(?:look (?:exactly )?(?:the same|alike)|(?:have|with|has|having|share) (?:exactly |all )?(?:the same|identical) (?:columns|layout|structure|format|headers?)|are (?:built|structured) (?:the same|alike|identically))"
STACK = (
    r"(?:stack|append|concatenate|combine|merge|union|put|join|collect|gather|copy|paste|bring)(?:ing|ting|ed|d|e)?"
    r"(?: (?:them|all|the|these|their|three|two|four|rows|files|data|contents|of|together|up|just|simply|·))*"
    r"(?: (?:underneath|below|under|beneath|after|on top of) (?:each other|one another|one after the other)| one (?:below|under|after) the other)?"
    r"(?: (?:in ?to|in|to|as)(?= (?:one|a|single|the|·)))?(?: (?:one|a single|a|the same))?(?: big| long| common| single)?(?: (?:table|list|sheet))?"
)
TAG = (
    r"(?:, |and |with |plus |also |add |adding |put |including |in |there |should |be |which |has |have )*(?:an? |one |extra |additional |new |further )+(?:{col}|column|field)"
    r"(?: (?:that|which|says|saying|shows|showing|tells|telling|tell|say|for|with|stating|naming|names|indicating|where|from|me|what|the|name|of|its|their|source|origin|month|store|year|quarter|month/file|file/month"
    r"|\(|\)|,|i\.e\.|that is|is|or|/|file|files|each|every|all|row|rows|it|they|a|line|comes?|came|stems?|was|were|is|taken|originates?|belongs?|to))+"
)


def _stack(script: Script, sources: Sequence[Source]) -> tuple[list[Question], list[Source]] | None:
    same = [
        s
        for s in sources
        if [c.name.casefold() for c in s.columns] == [c.name.casefold() for c in sources[0].columns]
        and s.part not in ("words", "lines")
    ]
    if len(same) < 2 or len(same) != len(sources):
        return None
    for m in script.find(ALIKE):
        script.take(m, "alike")
    clause = ""
    for m in script.find(STACK):
        clause = clause or script.clause(m)
        script.take(m, "stack")
    tagged = False
    for m in script.find(TAG) if clause else ():
        if any(w in script.words(m) for w in ("month", "file", "source", "origin", "store", "year", "quarter")):
            tagged = True
            script.take(m, "source column")
    labels: Object = {s.id: s.path.rsplit("/", 1)[-1].rsplit(".", 1)[0] for s in same}
    origins = cast("Object", {s.id: s.origin for s in same})
    question: Object = {
        "tables": origins,
        "steps": [
            {"do": "union", "tables": cast("Json", [s.id for s in same]), "tag": "~source" if tagged else "", "labels": labels}
        ],
    }
    ids = {s.id for s in same}
    for token in script.tokens:
        if token.kind in ("col", "val"):
            token.value = [*token.value, *dict.fromkeys(("~stack", *v[1:]) for v in token.value if v[0] in ids)]
    columns = (*same[0].columns, *([Column("~source", "text")] if tagged else []))
    union = Source(
        "~stack", ", ".join(s.path for s in same), "", columns, sum(s.rows for s in same), cast("Object", {"question": question})
    )
    rules: Object = {"totals": False, "tag": "~source" if tagged else ""}
    return [Question(clause, question, rules)] if clause else [], [union]


def _dialect(script: Script, sources: Sequence[Source], demands: Demands) -> list[Question]:
    found: list[str] = []
    for m in script.find(
        r"(?:could you )?(?:turn|convert|change|make|bring|transform|rewrite)(?: it| that| this| ·)(?: in ?to| to)?"
    ):
        found.append(script.clause(m))
    patterns = [
        r"(?:with |and |into |has |have |uses |it's |, )*(?:decimal|normal decimal) (?:commas?|points?|dots?)",
        r"(?:with |and |the |all )*dates? (?:like|as|in the form|such as|formatted as|in) (?:{date}|iso format|iso|yyyy-mm-dd)",
        r"(?:in |uses |with )?(?:semicolons?|latin-1|latin1|iso-8859-1|windows-1252|cp1252)(?: (?:separated|delimited|encoded))?",
        r"(?:the )?(?:fields?|values?|columns?) (?:(?:should|must|are|be|to) )*separated by (?:commas?|semicolons?)|(?:;|semicolons?|commas?) as (?:the |a )?(?:separator|delimiter)s?|with semicolons between (?:the )?(?:fields|columns|values)|commas?(?= ?,| and|$)",
        r"(?:for (?:the )?decimals?|as (?:the )?decimal (?:sign|mark|separator))(?: ,)? (?:an? |the )?(?:points?|dots?|commas?)(?: (?:should|must|is|be|to|used|please))*",
        r"(?:the |all )*dates?(?: (?:should|must|are|be|to|have|shall))* (?:written |given |formatted |shown )?(?:as |like |in )?(?:year-month-day|yyyy-mm-dd|iso)(?: (?:format|style|dates|form))?(?: (?:like|such as|e\.g\.) {date})?|iso dates?|{date} dates?",
        r"{num} , {num} (?:style )?(?:numbers|amounts|style)|(?:german|european) (?:csv )?export",
        r"(?:the )?umlauts(?: and accents)?(?: come out| are| look)?(?: broken| wrong| garbled)?(?: here)?",
        r"(?:an )?ordinary (?:comma separated |comma-separated )?(?:utf-8 )?(?:csv)?",
    ]
    hits = 0
    for pattern in patterns:
        for m in script.find(pattern):
            script.take(m, "dialect")
            hits += 1
    wished = bool(found) or re.search(r"\b(?:utf-?8|normal|ordinary|clean|decimal points?|iso)\b", script.text.casefold())
    if hits < 2 or len(sources) != 1 or not wished:
        return []
    for m in script.find(
        r"(?:turn|convert|change|make|transform|rewrite)(?: it| that| this)?|(?:was |were )?exported|broken|separated|german|accounting|software"
    ):
        script.take(m, "dialect")
    source = sources[0]
    question: Object = {"tables": {source.id: source.origin}, "steps": [{"do": "from", "table": source.id}]}
    demands.specials.append(Special("dialect", script.text, {"utf8": True, "delimiter": ","}))
    return [Question(script.text, question, {"names": {}, "totals": False, "iso": True})]


def _conversion(script: Script, sources: Sequence[Source], demands: Demands) -> list[Question]:
    """The same table in another format, and nothing else."""
    whole = [s for s in sources if s.part not in ("words", "lines", "checklist")]
    named = {v[0] for t in script.tokens if t.kind == "tab" for v in t.value}
    whole = [s for s in whole if s.id in named] if named and len(whole) > 1 else whole
    if len(whole) != 1 or "." in whole[0].part:
        return []
    for m in script.find(
        r"(?:convert|turn|transform|export|change)(?: the)?(?: file)?(?: ·| {tab}| sheet| of| from| the| table)*(?: (?:in ?to|to|as))?(?=[ ·,.?]*$)"
    ):
        script.take(m, "conversion")
        return [same_rows(script.clause(m), whole[0], demands)]
    return []


def same_rows(clause: str, source: Source, demands: Demands) -> Question:
    """All rows and columns of a table under their own names, of the types that were asked for."""
    question: Object = {"tables": {source.id: source.origin}, "steps": [{"do": "from", "table": source.id}]}
    return Question(clause, question, {"names": {}, "totals": False, **({"types": demands.types} if demands.types else {})})


TYPES = {
    "numeric": "number",
    "number": "number",
    "numbers": "number",
    "float": "number",
    "integer": "number",
    "decimal": "number",
    "date": "date",
    "dates": "date",
}


def read_types(script: Script, demands: Demands) -> None:
    """`salary has to be numeric and start_date a real date, not text`."""
    must = r"(?:(?:has|have|must|should|needs?|to|be|as|is|are|being|with|=|:|an?|real|proper|true|genuine|stored|kept|treated|typed|saved|of) )+"
    no = r"(?: (?:type|column|value|values|field|types))?(?:(?: ,)?(?: and)?(?: \()? not (?:be |as |a |an |just |to be )*(?:text|texts|string|strings|words)(?: \))?)?"
    for m in script.find(
        rf"(?:and |in it |in there |, |where |with )*(?:the )?(?P<c>{{col}}) {must}?(?P<t>{'|'.join(TYPES)}){no}(?: in (?:there|it))?(?= ?[,.;)]| and| ·|$| \()"
    ):
        if "as" not in script.words(m).split() and not {"be", "a", "an", "real", "type", "have"} & set(script.words(m).split()):
            continue
        token = script.tokens[m.groups["c"][0]]
        demands.types[str(token.value[0][1])] = TYPES[script.words(m, "t")]
        script.take(m, "type")


def read_unchanged(script: Script, sources: Sequence[Source], demands: Demands) -> list[Question]:
    """A file and another format with nothing between them: the same rows; several files and a database: a table each."""
    whole = [s for s in sources if s.part not in ("words", "lines", "checklist")]
    formats = {f for d in demands.deliverables if d.kind == "table" for f in d.formats}
    if formats and formats <= {"db", "sqlite", "sqlite3"} and all(not s.part for s in whole):
        found: list[Question] = []
        for m in script.find(
            r"(?:, |with |and |it |has |have |should |two |three )*(?:one|a|1|each a) (?:table|tab) (?:per|for each|for every|each|for) (?:of the )?files?|(?:, |and |with )*(?:the |each )*tables? (?:is |are |should be )*(?:names?|named|called|{col}) (?:like|after|as) (?:the |its |their )*files?|table (?:names?|{col}) (?:like|as) (?:the |in the )?files?|(?:1|one|a) table each|named (?:{tab}|{file})(?: and (?:{tab}|{file}))*|(?:new )?(?:sqlite )?(?:database|db)|sqlite|load|import|put"
        ):
            script.take(m, "tables of a database")
        for source in whole:
            question = same_rows(source.path, source, demands)
            question.rules["table"] = source.path.rsplit("/", 1)[-1].rsplit(".", 1)[0]
            found.append(question)
        return found
    if len(whole) != 1 or whole[0].part or any(d.kind not in ("table",) for d in demands.deliverables) or not formats:
        return []
    ending = whole[0].path.rsplit(".", 1)[-1]
    if ending in formats or len(demands.deliverables) != 1:
        return []
    for m in script.find(
        r"(?:convert|turn|transform|export|change|transfer|make|have|get)(?: ·| it| the| file| to| into| as| in)*|as (?:an? )?·|want|the contents|contents|conversion"
    ):
        script.take(m, "conversion")
    return [same_rows(script.text, whole[0], demands)]
