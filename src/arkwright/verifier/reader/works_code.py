"""Work with programs: sequences and text counts that a new program has to write, scripts to run, crashes to explain."""

import re
from collections.abc import Callable
from math import factorial, isqrt

from arkwright.core.json import Json
from arkwright.verifier.lexicon import NUMBERS, number_of
from arkwright.verifier.reader.work import Work

WRITING = frozenset(
    [
        "write",
        "writes",
        "writing",
        "program",
        "programs",
        "script",
        "scripts",
        "python",
        "node",
        "node.js",
        "nodejs",
        "javascript",
        "js",
        "code",
        "run",
        "runs",
        "execute",
        "prints",
        "print",
        "outputs",
        "stores",
        "small",
        "short",
        "little",
        "simple",
        "tiny",
        "prefer",
        "print",
        "printed",
        "calculates",
        "calculate",
        "computes",
        "compute",
        "generates",
        "generate",
        "creates",
        "numbers",
        "per",
        "line",
        "lines",
        "own",
        "separate",
        "keep",
        "kept",
        "leave",
        "there",
        "stay",
        "stays",
        "afterwards",
        "first",
        "saves",
        "puts",
        "too",
        "once",
        "program's",
        "output",
        "result",
        "results",
        "each",
        "called",
        "in",
    ]
)
CRASH = frozenset(
    [
        "crashes",
        "crash",
        "crashed",
        "crashing",
        "fails",
        "fail",
        "failed",
        "failing",
        "breaks",
        "broken",
        "error",
        "errors",
        "exception",
        "traceback",
        "stops",
        "aborts",
        "wrong",
        "reason",
        "why",
        "cause",
        "problem",
        "goes",
        "happens",
        "happening",
        "which",
        "line",
        "lines",
        "explain",
        "bug",
        "run",
        "execute",
        "runs",
        "start",
        "work",
        "works",
        "working",
        "doesn't",
        "does",
        "not",
        "tell",
        "says",
        "say",
        "script",
        "program",
        "find",
        "out",
        "message",
        "type",
        "kind",
        "of",
    ]
)
N = r"(?P<n>{num}|[a-z]+)"
RANGE = r"(?:(?:of |for )?(?:the |all )*(?:numbers? |integers? )?(?:from |between )?(?P<a>{num}) (?:to|and|up to|through|until|-|–) (?P<b>{num})|(?P<w>below|under|less than|smaller than|up to|not above|until) (?P<m>{num}))"
LANGUAGES = ("py", "js", "mjs", "cjs", "sh")


def _prime(n: int) -> bool:
    return n > 1 and all(n % d for d in range(2, isqrt(n) + 1))


TERMS: dict[str, tuple[str, Callable[[int], int]]] = {
    "square": (r"(?:perfect )?square(?:s| numbers)", lambda n: n * n),
    "cube": (r"cube(?:s| numbers)", lambda n: n**3),
    "triangular": (r"triangular numbers|triangle numbers", lambda n: n * (n + 1) // 2),
    "factorial": (r"factorials", factorial),
}
SIEVES: dict[str, tuple[str, Callable[[int], bool]]] = {
    "prime": (r"prime(?:s| numbers)", _prime),
    "even": (r"even numbers", lambda n: n % 2 == 0),
    "odd": (r"odd numbers", lambda n: n % 2 == 1),
    "leap": (r"leap years", lambda n: n % 4 == 0 and (n % 100 != 0 or n % 400 == 0)),
    "whole": (r"(?:natural |whole )?numbers|integers", lambda n: True),
}


def read_program_work(work: Work) -> None:
    """Take one demand about programs."""
    writes = work.says(r"\b(?:program|script|code)\b") and work.says(
        r"\b(?:write|create|make|build|need|want|give me|generate)\b"
    )
    if writes and not [t for t in work.inputs() if str(t.value).endswith((".py", ".js"))]:
        for read in (_sequence, _text_program):
            if not work.demands.specials:
                read(work)
    else:
        _crash(work)


def _finish(work: Work, **args: Json) -> None:
    """The demand of a program, with its language and its name."""
    language = "js" if work.says(r"\b(?:node|javascript|node\.js|js)\b") else "sh" if work.says(r"\b(?:bash|shell)\b") else "py"
    for token in work.free("file"):
        if token.text.casefold() == "node.js":
            work.take(token)
    made = work.outputs()
    named = [str(t.value) for t in made if str(t.value).rsplit(".", 1)[-1] in LANGUAGES]
    outputs = [str(t.value) for t in made if str(t.value) not in named]
    work.take(*made)
    work.all(
        r"(?:,? ?(?:one|1)(?: number| address| word| value| prime| square| of them)?(?: per| a| each| on each| in each) line)|each (?:one )?on (?:its own|a separate|a new) line|one below the other|line by line"
    )
    if work.says(
        r"\b(?:on|in|as) (?:just )?(?:one|a single|the same) (?:long )?line\b|\bseparated\b|\bcomma|\breverse|\bdescending\b"
    ):
        work.doubt("how the values are to be laid out is not certain")
    work.demand(
        "written",
        language=language,
        named=list(named),
        outputs=list(outputs),
        run=not work.says(r"(?:don't|do not|without) run"),
        **args,
    )
    work.words(WRITING)


def _count(work: Work, text: str) -> int:
    low = text.casefold()
    found = number_of(low)
    return NUMBERS.get(low, 0) or (int(found) if found is not None else 0)


def _sequence(work: Work) -> None:
    numbers = _multiples(work) or _powers(work) or _mapped(work) or _sieved(work)
    lines = [str(n) for n in numbers] or _fizzbuzz(work)
    if lines:
        _finish(work, lines=list[Json](lines))


def _bounds(work: Work, groups: dict[str, str], test: Callable[[int], bool]) -> tuple[int, int] | None:
    """Inclusive bounds of a range; a bound of "between" that itself belongs to it is a doubt."""
    if groups["m"]:
        top = _count(work, groups["m"])
        return 1, top if groups["w"] in ("up to", "not above", "until") else top - 1
    if not groups["a"]:
        return None
    return _count(work, groups["a"]), _count(work, groups["b"])


def _ranged(work: Work, noun: str) -> tuple[dict[str, str], str] | None:
    match = work.first(rf"(?:all )?(?:the )?first {N} (?:{noun})(?: numbers)?")
    if match is not None:
        return {"n": work.value(match, "n"), "a": "", "b": "", "m": "", "w": ""}, ""
    match = work.first(rf"(?:all )?(?:the )?(?:{noun}) {RANGE}(?: inclusive| including both)?")
    if match is None:
        return None
    said = work.script.words(match)
    return {
        k: work.value(match, k) for k in ("n", "a", "b", "m", "w")
    }, "between" if "between" in said and "inclusive" not in said else ""


def _sieved(work: Work) -> list[int]:
    for noun, test in SIEVES.values():
        got = _ranged(work, noun)
        if got is None:
            continue
        groups, between = got
        if groups["n"]:
            count, out, n = _count(work, groups["n"]), list[int](), 1
            if noun.startswith("even"):
                work.doubt("whether the even numbers begin with 0 or 2 is not said")
            while len(out) < count and n < 200_000:
                out += [n] if test(n) else []
                n += 1
            return out
        bounds = _bounds(work, groups, test)
        if bounds is None:
            return []
        if between and (test(bounds[0]) or test(bounds[1])) and "whole" not in noun:
            work.doubt("whether the bounds belong to it is not said")
        if groups["m"] and noun.startswith("even"):
            work.doubt("whether 0 belongs to it is not said")
        return [n for n in range(bounds[0], bounds[1] + 1) if test(n)]
    return []


def _mapped(work: Work) -> list[int]:
    for noun, term in TERMS.values():
        got = _ranged(work, noun)
        if got is None:
            continue
        groups, _ = got
        if groups["n"]:
            count = _count(work, groups["n"])
            if noun.startswith("factorial"):
                work.doubt("whether the factorials begin with 0 or 1 is not said")
            return [term(n) for n in range(1, count + 1)]
        if groups["m"] or not groups["a"]:
            work.doubt("of which numbers is not certain")
        return [term(n) for n in range(_count(work, groups["a"]), _count(work, groups["b"]) + 1)] if groups["a"] else []
    return []


def _multiples(work: Work) -> list[int]:
    match = work.first(
        rf"(?:all )?(?:the )?(?:first {N} )?(?:multiples of|numbers divisible by|numbers that are divisible by) (?P<k>{{num}}|[a-z]+)(?: {RANGE})?"
    )
    if match is None:
        return []
    step = _count(work, work.value(match, "k"))
    if step and work.value(match, "n"):
        return [step * i for i in range(1, _count(work, work.value(match, "n")) + 1)]
    bounds = _bounds(work, {k: work.value(match, k) for k in ("a", "b", "m", "w")}, lambda n: n % step == 0)
    return [n for n in range(bounds[0], bounds[1] + 1) if n % step == 0] if bounds and step else []


def _powers(work: Work) -> list[int]:
    match = work.first(
        rf"(?:the )?(?:first {N} )?powers of (?P<k>{{num}}|two|three|five|ten)(?: from (?P<f>{{num}} \^ {{num}}))?"
    )
    if match is None or not work.value(match, "n"):
        return []
    base = _count(work, work.value(match, "k"))
    start = work.first(r"\(? ?(?:starting|beginning)(?: with| from| at) (?P<s>{num}|one|zero)(?: \))?")
    first = _count(work, work.value(start, "s")) if start else 0
    if first not in (1, base):
        work.doubt("with which power to begin is not said")
    shift = 1 if first == base else 0
    return [base ** (i + shift) for i in range(_count(work, work.value(match, "n")))]


def _fizzbuzz(work: Work) -> list[str]:
    match = work.first(rf"(?:the )?fizz-?buzz(?: numbers| game| sequence| output)? {RANGE}")
    if match is None or not work.value(match, "a"):
        return []
    span = range(_count(work, work.value(match, "a")), _count(work, work.value(match, "b")) + 1)
    return [("Fizz" if n % 3 == 0 else "") + ("Buzz" if n % 5 == 0 else "") or str(n) for n in span]


def _text_program(work: Work) -> None:
    sources = work.inputs()
    if len(sources) != 1:
        return
    source = str(sources[0].value)
    words = work.first(
        rf"(?:counts?(?: how (?:often|many times))?(?: all| each| every| the)*(?: words?)?(?: occurs?| appears?| is used| comes up)? (?:in|of) {{file}}(?: ,)? and (?:then )?(?:writes?|saves?|puts?|stores?|prints?) )?(?:the )?{N} (?:most (?:common|frequent|used)|top|commonest)(?: words| ones)?(?: (?:in|of|from) {{file}})?"
    )
    if words is not None and work.says(r"\bwords?\b"):
        quoted = [
            t for t in work.free("quote") if re.search(r"word", str(t.value)) and re.search(r"count|number|times", str(t.value))
        ]
        shape = str(quoted[0].value) if quoted else ""
        work.take(*sources, *quoted)
        _finish(work, words=_count(work, work.value(words, "n")), source=source, shape=shape)
        work.words(
            [
                "counts",
                "count",
                "how",
                "often",
                "word",
                "words",
                "occurs",
                "occur",
                "appears",
                "frequency",
                "frequencies",
                "many",
                "times",
                "lines",
                "as",
                "top",
                "common",
                "frequent",
                "used",
            ]
        )
        return
    lines = work.first(
        r"(?:sorts?|sorting)(?: all| the)* lines (?:of|in|from) {file}(?: alphabetically| in alphabetical order)?(?: ,)?(?P<u> (?:and )?(?:removes?|drops?|without)(?: the| all| any)* (?:duplicates|doubles|repeats|duplicate lines))?"
    )
    if lines is not None:
        work.take(*sources)
        _finish(work, sort=True, distinct="u" in lines.groups, source=source)


def _crash(work: Work) -> None:
    programs = [t for t in work.inputs() if str(t.value).endswith((".py", ".js"))]
    if (
        len(programs) != 1
        or not work.says(
            r"\b(?:crash\w*|fail\w*|error|exception|traceback|breaks?|wrong|bug|doesn't work|does not work|broken|aborts?)\b"
        )
        or work.says(r"\b(?:fix|repair|correct|mend|change)\b")
    ):
        return
    others = [t for t in work.inputs() if t is not programs[0]]
    if others or work.outputs():
        return
    work.take(programs[0])
    work.demand("crash", path=str(programs[0].value), line=work.says(r"\blines?\b"))
    work.words(CRASH)
