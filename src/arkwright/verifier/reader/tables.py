"""Work on whole tables: stacking files, converting their dialect, removing repeated rows."""

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


def _stack(script: Script, sources: Sequence[Source]) -> tuple[list[Question], list[Source]] | None:
    same = [
        s
        for s in sources
        if [c.name.casefold() for c in s.columns] == [c.name.casefold() for c in sources[0].columns]
        and s.part not in ("words", "lines")
    ]
    if len(same) < 2 or len(same) != len(sources):
        return None
    for m in script.find(r"(?:all )?(?:look the same|have the same (?:columns|layout|structure|format))"):
        script.take(m, "alike")
    clause = ""
    for m in script.find(
        r"(?:stack|append|concatenate|combine|merge|union|put|join|collect)(?: (?:them|all|the|these|three|two|four|rows|files|together|up))*(?: underneath each other| below each other| on top of each other)?(?: in ?to| in| to)?(?: one| a single| a)?(?: big)?"
    ):
        clause = script.clause(m)
        script.take(m, "stack")
    if not clause:
        return None
    tagged = False
    for m in script.find(
        r"(?:, )?(?:with |plus |and )?(?:an? |extra |additional |new )*(?:{col}|column|field)(?: (?:that|which))? (?:says|saying|shows|showing|telling|tells|for|with|stating|naming)(?: me)?(?: which| what| the| name of)*(?: month| source| store| year| quarter)?(?: \( file \)| \( ·  \)| file| files?)?(?: (?:each row|every row|each|it|they|the row|a row)(?: comes| is| came| stems)?(?: from)?)?"
    ):
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
    return [Question(clause, question, rules)], [union]


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
        r"(?:the )?umlauts(?: and accents)?(?: come out| are| look)?(?: broken| wrong| garbled)?(?: here)?",
        r"(?:an )?ordinary (?:comma separated |comma-separated )?(?:utf-8 )?(?:csv)?",
    ]
    hits = 0
    for pattern in patterns:
        for m in script.find(pattern):
            script.take(m, "dialect")
            hits += 1
    if hits < 2 or len(sources) != 1:
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
    for m in script.find(
        r"(?:convert|turn|transform|export|change)(?: the)?(?: file)?(?: ·| {tab}| sheet| of| from| the| table)*(?: (?:in ?to|to|as))?(?=[ ·,.?]*$)"
    ):
        if len(whole) != 1 or "." in whole[0].part:
            continue
        script.take(m, "conversion")
        question: Object = {"tables": {whole[0].id: whole[0].origin}, "steps": [{"do": "from", "table": whole[0].id}]}
        return [Question(script.clause(m), question, {"names": {}, "totals": False})]
    return []
