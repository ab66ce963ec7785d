"""Forms: the fields that a request fills, read piece by piece: `name: Ann`, `enter Ann as the name`, `as message write "..."`, `no newsletter`."""

import re

from arkwright.core.json import Json
from arkwright.verifier.reader.work import Work

LABELS = r"(?:(?:full |first |last |my |your |the )?name|surname|e-?mail(?: address)?|mail(?: address)?|phone(?: number)?|telephone|topic|subject|text of the message|message(?: text)?|comments?|company|city|country|department|reason|street|zip|quantity|title)"
_LEAD = r"(?:(?:with|the|my|as|and|for|me|us|please|then|enter|put|write|use|type|give|set|choose|select|would you|could you|can you|it|following|these|details|data|values|entries|field|a|an|in|fill|to) +)*"
_BAG = """
fill filling filled in out complete submit submitted send sent off contact form website web page site following details these use reference number confirmation code id ticket
receive received comes get back shown shows reported return once tell open visit go enter entries fields field after afterwards this with given am which what let know give
referense my it means told says displayed appears
"""
SENDING = frozenset(_BAG.split())
_BOX = r"(?P<b>newsletter|updates|copy|terms|subscription|advertising|marketing)"
_UNTICKED = rf"(?:(?:and|but|please|i|we) )*(?:no|without|not|don't|do not|never)(?: (?:wish|want|need|like|subscribe|sign|to|me|us|up|receive|get|the|any|a|for|please|tick|check|box|send|be))* {_BOX}(?: (?:please|box|needed|wanted))*"
_TICKED = rf"(?:(?:and|also|please|i|we) )*(?:tick|check|subscribe|sign|want|yes to)(?: (?:me|us|up|the|to|for|box|a|receive|get))* {_BOX}(?: box)?"


def read_form(work: Work) -> None:
    """A form that is filled with the values of the request and sent once."""
    url = work.free("url")[0]
    spoken = work.says(r"\bform\b") or re.search(r"contact|form|feedback|register|sign", str(url.value), re.I)
    if not spoken or not work.says(r"\b(?:fill|complete|submit|send|enter|post)\b"):
        return
    off = [work.value(m, "b") for m in work.script.find(_UNTICKED) if work.script.take(m, "not ticked") is None]
    on = [work.value(m, "b") for m in work.script.find(_TICKED) if work.script.take(m, "ticked") is None]
    fields: list[Json] = []
    begin = max((m.end() for m in re.finditer(r"[.!?]\s", work.script.text[: url.start])), default=0)
    for start, end in _pieces(work, url.start, url.end):
        if end <= begin:
            continue
        pair = _pair(work.script.text[start:end])
        if pair is not None:
            fields.append([pair[0], pair[1]])
            work.take(*[t for t in work.script.tokens if start <= t.start < end])
    labels = [str(f[0]) for f in fields if isinstance(f, list)]
    if not fields or len(set(labels)) != len(labels):
        return
    reply = work.says(r"\b(?:reference|referense|confirmation|ticket|number|code|reply|response|answer)\b")
    work.demand("form", url=str(url.value), fields=fields, reply=reply, off=list[Json](off), on=list[Json](on))
    work.words(SENDING)


def _pieces(work: Work, url_start: int, url_end: int) -> list[tuple[int, int]]:
    """The stretches between commas, sentences, the address, and an `and` before a label or a verb."""
    text = work.script.text
    blank = re.sub(r"\"[^\"\n]*\"|“[^”\n]*”|(?<!\w)'[^'\n]*'(?!\w)", lambda m: "\x00" * len(m[0]), text)
    blank = blank[:url_start] + "," + " " * (url_end - url_start - 1) + blank[url_end:]
    joint = rf"\s+and\s+(?=(?:as |the |my )*{LABELS}\b|(?:then |finally |please )?(?:submit|send|tell|give|let|enter|write)\b|\x00|[\w.+-]+@)|\s+then\s+"
    cuts = [0]
    for match in re.finditer(rf"[,;\n]+|[.?!](?=\s|$)|(?<=\x00)\s+(?=(?-i:[A-Z]))|:(?=\s*{LABELS}\b)|{joint}", blank, re.I):
        cuts += [match.start(), match.end()]
    cuts.append(len(blank))
    return [(a, b) for a, b in zip(cuts[::2], cuts[1::2], strict=True) if blank[a:b].strip()]


def _pair(piece: str) -> tuple[str, str] | None:
    """The label and the value of a piece; None when it is none."""
    said = piece.strip().strip("(").rstrip(")")
    first = re.fullmatch(
        rf"{_LEAD}(?P<l>{LABELS})(?:\s*(?:=|:)\s*|\s+(?:is|as|should be|should say|write|enter|put|use|reads?|saying|of)(?::)?\s+|\s+(?=\S))(?P<v>\S.*)",
        said,
        re.I | re.S,
    )
    last = re.fullmatch(
        rf"{_LEAD}(?P<v>\S.*?)\s+(?:as|for|in(?:to)?)\s+(?:the\s+|my\s+)?(?P<l>{LABELS})(?: field)?", said, re.I | re.S
    )
    found = last if last and (first is None or re.match(rf"{_LEAD}['\"“]", said, re.I)) else first
    if found is None:
        return None
    value = found["v"].strip().strip('"“”').removeprefix("'").removesuffix("'").rstrip(".")
    value = found["v"].strip()[1:-1] if found["v"].strip()[:1] in "\"'“" else value
    label = "message" if "message" in found["l"].casefold() else found["l"]
    if (
        re.match(r"(?:the|that|which|what|number|reference|form|it|is|and|at|on|i|of)\b", value, re.I)
        and found["v"][:1] not in "\"'“"
    ):
        return None
    return label, value
