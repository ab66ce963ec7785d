"""Drawn values: charts of the rows themselves, histograms and scatter plots, which need no computation."""

from collections.abc import Sequence
from typing import cast

from arkwright.core.json import Json
from arkwright.verifier.demands import Question, Source
from arkwright.verifier.script import Script, Token

SCATTER = r"(?:(?:of|between|showing) )?(?:the )?(?P<a>{col}) (?:against|versus|vs|vs\.|over|and) (?:the )?(?P<b>{col})(?: (?:of each row|against (?:each|one) (?:other|another)))*"


def read_drawn(script: Script, sources: Sequence[Source]) -> list[Question]:
    """Questions for the rows behind a histogram or a scatter plot; looked for in what was drawn only."""
    found: list[Question] = []
    low = script.text.casefold()
    if "scatter" in low:
        for m in script.find(SCATTER):
            found += _rows(script, sources, [script.tokens[m.groups[g][0]] for g in ("a", "b")])
            script.take(m, "drawn")
    if "histogram" in low or "distribution" in low:
        for m in script.find(r"(?:·+ )*(?:of |showing |for )(?:the |all )*(?:distribution of (?:the )?)?(?P<a>{col})"):
            if not found:
                found += _rows(script, sources, [script.tokens[m.groups["a"][0]]])
                script.take(m, "drawn")
    return found


def _rows(script: Script, sources: Sequence[Source], tokens: list[Token]) -> list[Question]:
    """The rows of the only table that has a single column for each token."""
    fitting: list[tuple[Source, list[str]]] = []
    for source in sources:
        columns = [[str(v[1]) for v in t.value if v[0] == source.id] for t in tokens]
        if all(len(c) == 1 for c in columns):
            fitting.append((source, [c[0] for c in columns]))
    if len(fitting) != 1:
        return []
    source, names = fitting[0]
    steps: list[Json] = [{"do": "from", "table": source.id}]
    for name in names:
        steps.append({"do": "where", "cond": {"column": name, "op": "notblank"}})
    steps.append({"do": "pick", "columns": cast("Json", names)})
    clause = " and ".join(t.text for t in tokens)
    return [Question(clause, {"tables": {source.id: source.origin}, "steps": steps}, {"chart": True})]
