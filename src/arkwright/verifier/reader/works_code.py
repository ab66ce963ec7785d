"""Work with programs: the sequences that a new program has to write, worked out here number by number."""

from collections.abc import Callable
from math import factorial, isqrt, prod

from arkwright.core.json import Json
from arkwright.verifier.lexicon import NUMBERS, number_of
from arkwright.verifier.reader.work import Work
from arkwright.verifier.reader.works_contents import read_contents
from arkwright.verifier.reader.works_runs import read_run
from arkwright.verifier.reader.works_scripts import is_written, program_demand, said_count
from arkwright.verifier.script import Match

N = r"(?P<n>{num}|[a-z]+)"
RANGE = r"(?:(?:of |for )?(?:the |all |each |every |whole |natural |positive )*(?:numbers? |integers? )?(?:(?:that|which) (?:are|lie) )?(?:from |between )?(?P<a>{num}) (?:to|and|up to|through|until|-|–) (?P<b>{num})|(?:(?:that|which) (?:are|is) )?(?P<w>below|under|less than|smaller than|lower than|<|up to|not above|until|at most|not (?:larger|greater|bigger|higher) than|<=|≤) (?P<m>{num}))"
TOP = (
    "up to",
    "not above",
    "until",
    "at most",
    "<=",
    "≤",
    "not larger than",
    "not greater than",
    "not bigger than",
    "not higher than",
)
REDUCERS: dict[str, Callable[[list[int]], int]] = {
    "sum": sum,
    "total": sum,
    "product": prod,
    "count": len,
    "counts": len,
    "many": len,
}


def _prime(n: int) -> bool:
    return n > 1 and all(n % d for d in range(2, isqrt(n) + 1))


TERMS: dict[str, tuple[str, Callable[[int], int]]] = {
    "square": (r"(?:perfect )?squares?(?: numbers?)?", lambda n: n * n),
    "cube": (r"cubes?(?: numbers?)?", lambda n: n**3),
    "triangular": (r"triangular numbers|triangle numbers", lambda n: n * (n + 1) // 2),
    "factorial": (r"factorials", factorial),
}
SIEVES: dict[str, tuple[str, Callable[[int], bool]]] = {
    "prime": (r"primes?(?: numbers?)?", _prime),
    "even": (r"even numbers?", lambda n: n % 2 == 0),
    "odd": (r"odd numbers?", lambda n: n % 2 == 1),
    "leap": (r"leap years", lambda n: n % 4 == 0 and (n % 100 != 0 or n % 400 == 0)),
    "whole": (r"(?:(?:natural |whole )?numbers|integers)", lambda n: True),
}


def read_program_work(work: Work) -> None:
    """Take one demand about programs."""
    for read in (_sequence, read_contents) if is_written(work) else (read_run,):
        if not work.demands.specials:
            read(work)


def _count(work: Work, text: str) -> int:
    low = text.casefold()
    found = number_of(low)
    return NUMBERS.get(low, 0) or (int(found) if found is not None else 0)


def _sequence(work: Work) -> None:
    if (
        work.says(r"\bsquared\b|\bcubed\b|\btheir (?:squares|cubes)\b|\bits (?:square|cube)\b|\bwords?\b|\baddress|\bmails?\b")
        and work.inputs()
    ):
        return
    told = said_count(work)
    numbers = _fibonacci(work) or _multiples(work) or _powers(work) or _mapped(work) or _sieved(work)
    fold = _reducer(work) if numbers and not told else ""
    if fold:
        program_demand(work, value=str(REDUCERS[fold](numbers)))
        return
    lines = [str(n) for n in numbers] or _fizzbuzz(work)
    if lines:
        if work.says(
            r"\b(?:separated|comma|commas|reverse|descending|backwards|json|csv|squared|cubed|their squares|numbered)\b|\b(?:largest|biggest|highest) first\b|\b(?:on|in|as) (?:just )?(?:one|a single|the same) (?:long )?line\b"
        ):
            work.doubt("how the values are to be laid out is not certain")
        program_demand(work, lines=list[Json](lines), told=told)


def _reducer(work: Work) -> str:
    """The word before the sequence that turns it into one number."""
    at = next((i for i in range(len(work.script.tokens)) if work.script.taken.get(i) == "sequence"), 0)
    for token in reversed(work.script.tokens[max(0, at - 4) : at]):
        if token.text.casefold() in REDUCERS:
            work.take(token)
            return token.text.casefold()
        if token.text.casefold() not in ("of", "all", "the", "how", "up", "first", "every"):
            return ""
    return ""


def _fibonacci(work: Work) -> list[int]:
    match = _found(
        work,
        rf"(?:the )?first {N} (?:(?:numbers?|terms?|elements?|members?|values?|entries) (?:of|in|from) the )?(?:fibonacci|fib)(?: (?:numbers?|sequence|series|terms?))*",
    )
    if match is None:
        return []
    count = _count(work, work.value(match, "n"))
    shown = work.first(r"\(? ?(?P<a>{num}) , (?P<b>{num}) , (?P<c>{num})(?: , {num})* ?,? (?:\.\.\.?\)?|…|etc\.?|and so on)")
    start = shown or work.first(
        r"\(? ?(?:which |that )?(?:starting|beginning|starts?|begins?)(?: with| from| at)? (?P<a>{num}|zero|one)(?: (?:and|,) (?P<b>{num}|one))?(?: \)\.?)?"
    )
    if start is None:
        work.doubt("which Fibonacci numbers come first is not said")
        return []
    first = _count(work, work.value(start, "a"))
    second = _count(work, work.value(start, "b")) if work.value(start, "b") else 1
    values = [first, second]
    while len(values) < count:
        values.append(values[-1] + values[-2])
    return values[:count]


def _bounds(work: Work, groups: dict[str, str], test: Callable[[int], bool]) -> tuple[int, int] | None:
    """Inclusive bounds of a range; a bound of "between" that itself belongs to it is a doubt."""
    if groups["m"]:
        top = _count(work, groups["m"])
        return 1, top if groups["w"] in TOP else top - 1
    if not groups["a"]:
        return None
    return _count(work, groups["a"]), _count(work, groups["b"])


def _found(work: Work, pattern: str) -> Match | None:
    """The first place where a sequence is spoken of, taken."""
    for match in work.script.find(pattern):
        work.script.take(match, "sequence")
        return match
    return None


def _ranged(work: Work, noun: str) -> tuple[dict[str, str], str] | None:
    match = _found(work, rf"(?:all )?(?:the )?first {N} (?:{noun})(?: numbers)?")
    if match is not None:
        return {"n": work.value(match, "n"), "a": "", "b": "", "m": "", "w": ""}, ""
    match = _found(work, rf"(?:all |every |each )*(?:the )?(?:{noun}) {RANGE}(?: inclusive| including both)?")
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
            if "even" in noun:
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
        if groups["m"] and "even" in noun:
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
            if "factorial" in noun:
                work.doubt("whether the factorials begin with 0 or 1 is not said")
            return [term(n) for n in range(1, count + 1)]
        if groups["m"] or not groups["a"]:
            work.doubt("of which numbers is not certain")
        return [term(n) for n in range(_count(work, groups["a"]), _count(work, groups["b"]) + 1)] if groups["a"] else []
    return []


def _multiples(work: Work) -> list[int]:
    match = _found(
        work,
        rf"(?:all )?(?:the )?(?:first {N} )?(?:multiples of|numbers divisible by|numbers that are divisible by) (?P<k>{{num}}|[a-z]+)(?: {RANGE})?",
    )
    if match is None:
        return []
    step = _count(work, work.value(match, "k"))
    if step and work.value(match, "n"):
        return [step * i for i in range(1, _count(work, work.value(match, "n")) + 1)]
    bounds = _bounds(work, {k: work.value(match, k) for k in ("a", "b", "m", "w")}, lambda n: n % step == 0)
    return [n for n in range(bounds[0], bounds[1] + 1) if n % step == 0] if bounds and step else []


def _powers(work: Work) -> list[int]:
    match = _found(
        work, rf"(?:the )?(?:first {N} )?powers of (?P<k>{{num}}|two|three|five|ten)(?: from (?P<f>{{num}} \^ {{num}}))?"
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
