"""Scope: words around a value of the data that turn a restriction round (`cancelled orders excepted`, `still to be paid`, `the open ones too`)."""

import re
from collections.abc import Collection, Iterator

from arkwright.core.json import Json
from arkwright.planner.reading import Draft, Reading
from arkwright.planner.text import Token, runs

_TURNS = tuple(
    re.compile(pattern)
    for pattern in (
        r"% (?:(?!§)\S+ ){0,2}?(?:out|off)(?! of §)(?= |$)",
        r"% (?:(?!§)[a-z]+ ){0,3}?(?:away|aside|excepted|apart|too|as well|either|also|go|goes|gone|rest)(?= |$)",
        r"(?:also|even|plus|including|incl|still|yet|un|non|formerly|once|previously|ex) (?:the |all |to be )?%",
        r"(?:^|[,;(] )(?:and )?with (?:the |all )?% ",
        r"(?:has|have|had|are|is|still|yet) to (?:be |get )?%",
        r"% (?:[a-z]+ )?(?:are|is|were|was|have|has|had|become|became|mean|means|count|counts) (?!(?:only )?(?:wanted|needed|meant|required|enough|relevant|of interest|to be|listed|interesting|in §|from §|what|asked)\b)",
        r"(?:almost|nearly|hardly|barely|rarely|seldom|never|neither|nor|less|least|(?:anything|everything|all) but) %",
    )
)  # fmt: skip


def turned(reading: Reading, draft: Draft) -> tuple[int, ...]:
    """The tokens of a clause in which a value that the draft filters by is turned round; () when every restriction stands as it is said."""
    wanted = {word for task in draft.tasks for value in _wanted(task.args) for word in value.lower().split()}
    line = [_shown(reading, token, wanted) for token in reading.tokens]
    return next((run for pattern in _TURNS for run in runs(line, pattern)), ())


def _shown(reading: Reading, token: Token, wanted: Collection[str]) -> str:
    if token.kind == "mention":
        return "§"
    return "%" if token.norm in wanted or reading.stems[token.index] in wanted else token.norm


def _wanted(value: Json) -> Iterator[str]:
    """The texts that conditions of a plan ask for; those they exclude are turned round already."""
    if isinstance(value, list):
        for child in value:
            yield from _wanted(child)
    elif isinstance(value, dict):
        asked = value.get("value")
        if value.get("op") in ("eq", "in") and "column" in value:
            yield from (
                item
                for item in (asked if isinstance(asked, list) else [asked])
                if isinstance(item, str) and not item[:1].isdigit()
            )
        for name, child in value.items():
            if name != "not":
                yield from _wanted(child)
