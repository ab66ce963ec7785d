"""Runs: a program that is there is run as it is, its failure explained, or a named fault put right in a copy of it."""

import re

from arkwright.core.json import Json
from arkwright.verifier.reader.work import Work
from arkwright.verifier.reader.works_scripts import WRITING, manner, slips

_MEND = r"(?:fix(?:es|ed|ing)?|repair(?:s|ed|ing)?|mend(?:s|ed|ing)?|correct(?:s|ed|ing|ions?)?|patch(?:ed)?)"
_UNMENDED = rf"(?:(?:and|but|please|,) )*(?:don't|do not|never|without|no|not|no need to|(?:there is|there's) no need to|need not|(?:just|only) explain(?: ,)?(?: and)?(?: no| not)?)(?: (?:any|to|be|try|have))* {_MEND}(?: (?:or change|it|anything|the|script|program|please|needed|necessary))*|(?:just|only) explain(?: it)?"
_FAILS = r"\b(?:crash\w*|fail(?:s|ed|ing|ure)?|errors?|exception|traceback|breaks?(?: off)?|breaking off|wrong|bug|doesn't work|does not work|broken|aborts?)\b"
_LABELS = {"mean": "mean", "average": "mean", "avg": "mean", "median": "median", "sum": "sum", "total": "total", "maximum": "max", "max": "max", "minimum": "min", "min": "min"}  # fmt: skip
_RUNNING = "run running option options argument arguments flag parameter input its everything ends end where target with capture captured redirect"
_WORDS = """
crashes crash crashed crashing fails fail failed failing failure breaks breaking break broken off error errors exception traceback stops stop aborts
wrong reason why cause problem goes happens happening happen hapens which what line lines number explain explanation bug run execute runs start
starts started started work works working doesn't does tell says say script program find out message type kind of behind about appears appear comes
up time every when she he they starts them it yourself myself place machine colleague colleague's colleagues computer me how
"""


def read_run(work: Work) -> None:
    """Take one demand about a program that is there."""
    programs = list({str(t.value): t for t in work.inputs() if str(t.value).endswith((".py", ".js", ".mjs", ".sh"))}.values())
    if len(programs) != 1 or work.free("url"):
        return
    path = str(programs[0].value)
    unmended = work.all(_UNMENDED)
    if not unmended and work.says(rf"\b{_MEND}\b"):
        _mended(work, path)
    elif work.says(_FAILS) or unmended:
        _crash(work, path)
    else:
        _executed(work, path)


def _data(work: Work) -> list[str]:
    return list(dict.fromkeys(str(t.value) for t in work.outputs() if str(t.value).rsplit(".", 1)[-1] not in ("py", "js", "sh")))


def _crash(work: Work, path: str) -> None:
    if any(str(t.value) != path for t in work.inputs()) or work.outputs():
        return
    work.take(*work.inputs())
    work.all(
        r"(?:every|each) (?:time|monday|tuesday|wednesday|thursday|friday|day|week|month|morning) (?:i|we|she|he|they|you) (?:run|runs|start|starts|need|use|uses|launch|try|tries|call)(?: it)?",
        r"(?:and )?since (?:yesterday|today|last week|this morning|monday|the last update)(?: it has been| it)?",
        r"(?:the )?output of(?= ·| file)",
    )
    manner(work)
    work.demand("crash", path=path, line=work.says(r"\blines?\b"))
    known = frozenset(_WORDS.split()) | {"output"}
    work.words(known)
    slips(work, known)


_FLAG = re.compile(
    r"(?<![\w-])(?P<f>--?[A-Za-z][\w-]*)(?:(?:=|\s+)(?P<v>(?!(?:and|then|on|to|so|as|save|with|for|output|put|store|please|it|the|in|over)\b)[\w.%-]*\w))?"
)


def _executed(work: Work, path: str) -> None:
    """Run as it is: files in their order, options as they are written; what it prints in a file, or in the answer."""
    outputs, text = _data(work), work.script.text
    if len(outputs) > 1 or not work.says(
        r"\b(?:run|runs|running|execut\w+|start\w*|launch\w*|call\w*|prints?|printed|output|outputs|use|apply|try)\b|--|\.py\b"
    ):
        return
    args = list(dict.fromkeys(str(t.value) for t in work.inputs() if str(t.value) != path))
    for flag in _FLAG.finditer(text):
        if any(t.kind in ("file", "url", "quote") and t.start <= flag.start() < t.end for t in work.script.tokens):
            continue
        args += [flag["f"], *([flag["v"]] if flag["v"] else [])]
        work.take(*[t for t in work.script.tokens if flag.start() <= t.start < flag.end() and t.kind in ("word", "num", "mark")])
    for unit in ("fahrenheit", "celsius", "kelvin"):
        if unit[0] in args:
            work.all(rf"\(? ?(?:(?:as|with|in|to|into|the) )*{unit}(?: (?:as|is|the|wanted|needed|target|unit|scale|a))*(?: \))?")
    labels = [name for word, name in _LABELS.items() if work.says(rf"(?<![\w.]){word}\b")]
    work.all(
        rf"(?:(?:the|a|its|is|what's|what) )*(?:{'|'.join(_LABELS)})(?: value)?(?: (?:it|that|is|of|prints|printed|gives|shows))*"
    )
    work.take(*work.inputs(), *work.outputs())
    manner(work)
    work.demand(
        "executed", path=path, args=list[Json](args), outputs=list[Json](outputs), labels=list[Json](list(dict.fromkeys(labels)))
    )
    known = WRITING | frozenset(_RUNNING.split())
    work.words(known)
    slips(work, known)


def _mended(work: Work, path: str) -> None:
    """A copy in which one entry or constant has the value that the request names, and nothing else is different."""
    copies = [str(t.value) for t in work.outputs() if str(t.value).endswith(".py")]
    outputs = _data(work)
    quotes = list(dict.fromkeys(str(t.value) for t in work.free("quote")))
    numbers = list(dict.fromkeys(str(t.value) for t in work.free("num")))
    names = list(dict.fromkeys(t.text for t in work.free("word") if re.fullmatch(r"[A-Z][A-Z0-9_]+|[a-z]+_[a-z_]+", t.text)))
    if (
        len(set(copies)) > 1
        or len(outputs) > 1
        or len(numbers) != 1
        or len(names) != 1
        or len(quotes) > 1
        or not path.endswith(".py")
    ):
        return
    if not (copies or work.says(r"\bcopy\b|\bversion\b")) or any(str(t.value) != path for t in work.inputs()):
        return
    work.take(*work.free("quote", "num"), *[t for t in work.free("word") if t.text == names[0]], *work.inputs(), *work.outputs())
    work.all(
        r"(?:there's|there is|it has|has|with|because of|since|as|due to)?(?: there's| there is)? ?(?:no|without|lacks?|lacking|missing)(?: (?:a|an|the|any|in))*(?: (?:limit|entry|key|value|line))*(?: (?:for|of|called|named))*",
    )
    manner(work)
    work.demand(
        "mended",
        path=path,
        copy=copies[0] if copies else "",
        output=outputs[0] if outputs else "",
        name=names[0],
        key=quotes[0] if quotes else "",
        value=numbers[0],
    )
    bag = "fix fixed fixing repair repaired correct corrected correction mend mended copy version fails fail crashes error since because missing is entry limit limits key value dictionary for lacks lacking should be add added set original alone one where what has to put make gets its a with in"
    known = WRITING | frozenset(_WORDS.split()) | frozenset(bag.split())
    work.words(known)
    slips(work, known)
