"""Remarks: what a request says of its data and is true of them (`three cities`) asks for nothing."""

from collections.abc import Sequence

from arkwright.verifier.demands import Source
from arkwright.verifier.lexicon import number_of
from arkwright.verifier.script import Script

N = r"(?P<n>{num}|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"


def read_remarks(script: Script, sources: Sequence[Source]) -> None:
    """Take counts of things that hold: as many different values as the column has, as many files as are named."""
    files = {str(t.value) for t in script.tokens if t.kind == "file"} & {s.path for s in sources}
    for m in script.find(
        rf"(?:of|for|with|from|the|all|our|has|have|in|by|where)(?: the| all| our| its)* {N} (?P<c>{{col}})(?= |$)|(?<=\( ){N.replace('<n>', '<n2>')} (?P<c2>{{col}})|(?<=, ){N.replace('<n>', '<n3>')} (?P<c3>{{col}})(?= \))"
    ):
        end = next(k for k in ("", "2", "3") if f"n{k}" in m.groups)
        told = number_of(script.words(m, f"n{end}"))
        token = script.tokens[m.groups[f"c{end}"][0]]
        if any(_different(s, str(v[1])) == told for v in token.value for s in sources if s.id == v[0]):
            script.take(m, "true of the data")
    for m in script.find(
        rf"(?:the |all |these |our |all of the )*{N} (?:monthly |yearly |daily |weekly |separate )*(?:files|exports|csvs|csv files|lists|tables|sheets|sources|stores|shops)(?= |$)"
    ):
        if number_of(script.words(m, "n")) in (len(files), len(sources)):
            script.take(m, "as many as there are")


def _different(source: Source, name: str) -> int:
    values = next((c.values for c in source.columns if c.name == name and c.type == "text"), ())
    return len({v.casefold() for v in values})
