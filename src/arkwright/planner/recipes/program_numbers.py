"""Number programs: the sequences, tables and sums that a description asks a program to compute."""

import re
from dataclasses import dataclass, replace

from arkwright.planner.recipes.code.goals import EXTENSIONS, Degrees, Goal, Grid, Numbers, Powers
from arkwright.planner.recipes.code.speech import examples
from arkwright.planner.recipes.code.units import UNITS, unit
from arkwright.planner.recipes.phrases import Hit, Sketch


@dataclass(frozen=True, slots=True)
class Understood:
    """A goal, what it is called, the words that say it, and what had to be assumed."""

    goal: Goal
    purpose: str
    name: str
    covered: frozenset[int]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Noun:
    """How a sequence is called in a request. `indexed`: bounds given with "from a to b" count positions, not values."""

    kind: str
    pattern: str
    title: str
    indexed: bool = False
    most: int = 100_000


_EACH = r"(?:(?:all|each|every|the|of|natural|whole|positive|integer) )*"
_NOUNS = (
    _Noun(
        "fibonacci",
        r"(?:(?:numbers?|terms?|elements?|values?|entries|members?) (?:of|in|from) the )?(?:fibonacci|fib)(?: '?s)?(?: (?:numbers?|sequence|series|terms?|values?|row))*",
        "Fibonacci numbers",
    ),
    _Noun("prime_factors", r"(?:prime factors|prime factori[sz]ation) of (?:the number )?(?P<argument>~)", "prime factors"),
    _Noun("primes", r"(?:prime|primes)(?: ?- ?)?(?: ?numbers?)?", "prime numbers"),
    _Noun(
        "squares",
        rf"squares? (?:of|for) {_EACH}(?:numbers?|integers?)|{_EACH}(?:numbers?|integers?) squared|squares(?= (?:of|from|for) )",
        "squares",
        True,
    ),
    _Noun("squares", r"(?:perfect squares?|square numbers?|squares)", "square numbers"),
    _Noun(
        "cubes",
        rf"cubes? (?:of|for) {_EACH}(?:numbers?|integers?)|{_EACH}(?:numbers?|integers?) cubed|cubes(?= (?:of|from|for) )",
        "cubes",
        True,
    ),
    _Noun("cubes", r"(?:perfect cubes|cube numbers|cubes|cubic numbers)", "cube numbers"),
    _Noun("factorials", r"factorials?(?: numbers| of (?:all )?(?:the )?(?:numbers|integers))?", "factorials", True, 3000),
    _Noun("triangular", r"triang(?:ular|le) numbers?", "triangular numbers"),
    _Noun("pentagonal", r"pentagonal numbers?", "pentagonal numbers"),
    _Noun("catalan", r"catalan numbers?", "Catalan numbers", most=2000),
    _Noun("powers", r"powers of (?P<argument>~)", "powers", most=5000),
    _Noun(
        "multiples",
        r"(?:multiples of|(?:(?:numbers|integers)(?: that are)?|numbers which are) divisible by) (?P<argument>~)(?: (?P<link>and|or)(?: by)? (?P<other>~))?",
        "multiples",
    ),
    _Noun("even", r"even (?:numbers|integers)", "even numbers"),
    _Noun("odd", r"odd (?:numbers|integers)", "odd numbers"),
    _Noun("leap_years", r"leap years", "leap years"),
    _Noun("palindromes", r"palindrom(?:es|ic numbers|e numbers)", "palindromic numbers"),
    _Noun("perfect", r"perfect numbers", "perfect numbers", most=4),
    _Noun("armstrong", r"(?:armstrong|narcissistic) numbers", "Armstrong numbers", most=25),
    _Noun(
        "collatz",
        r"(?:the )?(?:collatz|3n ?\+ ?1|hailstone) (?:sequence|series|chain|numbers)?(?: ?(?:for|of|starting (?:with|at|from)|from|that starts (?:with|at)|beginning (?:with|at)) (?:the number )?(?P<argument>~))",
        "Collatz sequence",
    ),
    _Noun("divisors", r"(?:divisors|factors) of (?:the number )?(?P<argument>~)", "divisors"),
    _Noun(
        "fizzbuzz",
        r"(?:classic )?(?:fizz ?- ?buzz|fizzbuzz|fizz buzz)(?: (?:game|lines|sequence|output|problem|program|thing|for the numbers|for numbers|for))*",
        "FizzBuzz",
    ),
    _Noun(
        "numbers",
        r"(?:(?:natural|whole|positive|counting) )?(?:numbers?|integers?)(?! (?:of|per|on|in|line|lines|,|each))|counts?(?= (?:from|to|down|up))",
        "numbers",
        True,
    ),
)
_FINITE = ("collatz", "divisors", "prime_factors")
_COUNT = r"(?:the )?first (?P<count>~)|(?P<amount>~)(?= <noun>)|(?P<terms>~) (?:terms|entries|elements|members|items|values|numbers)(?: of(?: the)?)?"
_RANGE = r"(?:(?:going |running |ranging |counting )?(?:down )?(?:from|between) (?P<a>~) (?:up to and including|down to|up to|through|to|and|until|till) (?P<b>~)|(?:of )?(?P<c>~) (?:to|through|-|–|\.\.) (?P<d>~))(?: inclusive| \( inclusive \))?"
_LIMIT = r"(?:(?:that are |which are |all )?(?P<upto>up to(?: and including)?|until|till|through|to|<=|≤|not (?:exceeding|above|over|greater than|larger than|bigger than|higher than|more than)|at most|no (?:greater|larger|more|bigger|higher) than|(?:smaller|less|lower) than or equal to|(?:smaller|less|lower) or equal to)|(?:that are |which are )?(?P<below>below|under|less than|smaller than|lower than|before|beneath|<)(?! or equal)) (?P<limit>~)"
_START = r"(?:\( )?(?:starting|starts|start|beginning|begin|which starts?|that starts?|,? from) (?:with|at|from|off with|by)?(?: ?:)? ?(?P<first>~)(?: ?(?:,|and|&|,? then) ?(?P<second>~))?(?: \))?"
_DOWN = r"(?:in )?(?:descending|reverse(?:d)?|decreasing|falling)(?: order)?|largest (?:one |number )?first|backwards|from (?:the )?(?:largest|biggest) to (?:the )?smallest|in reverse"
_UP = r"(?:in )?(?:ascending|increasing|rising)(?: order)?|smallest first|in order"
_SUM = r"(?:(?:the |their )?(?:sum|total) of(?: all)?(?: the)?|(?:sums?|adds?) (?:up )?(?:all |together )?(?:the )?|and (?:add|sum)s? them(?: all)?(?: up| together)?|their (?:sum|total))"
_REDUCERS = (
    ("sum", _SUM),
    ("product", r"(?:the |their )?product of(?: all)?(?: the)?"),
    (
        "count",
        r"(?:how many(?= <noun>)|(?:the )?(?:number|count) of(?= (?:all )?(?:the )?<noun>)|counts?(?: all)?(?: the)?(?= <noun>))",
    ),
    ("mean", r"(?:the )?(?:average|mean) of(?: all)?(?: the)?"),
)


def _begins(kind: str, shown: tuple[int, ...]) -> bool:
    """Whether a sequence begins with the numbers that the request shows."""
    if kind == "fibonacci":
        return len(shown) > 2 and all(a + b == c for a, b, c in zip(shown, shown[1:], shown[2:], strict=False))
    term = {"squares": 2, "cubes": 3, "numbers": 1}.get(kind)
    if kind == "primes":
        return shown == (2, 3, 5, 7, 11, 13, 17, 19, 23, 29)[: len(shown)]
    return term is not None and shown == tuple(n**term for n in range(1, len(shown) + 1))


_POWER = r"(?:squared|square|\^ ?2|\* ?\* ?2|²|cubed|cube|\^ ?3|\* ?\* ?3|³|squares|cubes)"


def _powers(sketch: Sketch) -> Understood | None:
    """A table of each number beside its square (and cube): `n, n squared, n cubed for 1 to 20`."""
    hit = sketch.find(
        rf"(?:(?:the|each|every|columns?|with|of|numbers?|table|a) )*(?:n|x|i|numbers?|number|integers?|it)(?: (?:itself|and|,|with|beside|next|to|together|its|their|the|n|x|i|number))* (?P<first>{_POWER})(?: of it)?(?: (?:,|and|its|the|their|n|x|i|number))*(?: ?(?P<second>{_POWER}))?"
    )
    hit = hit or sketch.find(
        rf"(?:and|with|together with|along with|beside|next to) (?:its|their) (?P<first>{_POWER})(?: (?:and|,) (?:its |their )?(?P<second>{_POWER}))?"
    )
    table = sketch.covered(
        r"(?:a |the )?(?:table|columns?|two columns|three columns|side by side|next to each other|beside each other|pairs?|its|both)"
    )
    if hit is None or not (
        table or re.search(r"(?:^| )(?:n|x|i) ", hit.match.group()) or re.search(r" (?:its|their) ", hit.match.group())
    ):
        return None
    busy = hit.indices
    span = next((h for h in sketch.all(_RANGE) if not h.indices & busy), None)
    if span is None:
        return None
    low, high = (span.number("a"), span.number("b")) if span["a"] else (span.number("c"), span.number("d"))
    if low is None or high is None or not 0 <= low < high <= 100_000:
        return None
    said = [hit["first"], hit["second"]]
    exponents = (1, *sorted({3 if re.search(r"cube|3|³", word) else 2 for word in said if word}))
    title = ", ".join({1: "n", 2: "n squared", 3: "n cubed"}[e] for e in exponents)
    covered = (
        busy
        | span.indices
        | table
        | sketch.covered(
            r"(?:for |of )?(?:each |every |all |the )*(?:n|x|i|numbers?|integers?)(?: in)?", r"columns?|header|headings?"
        )
    )
    return Understood(Powers(low, high, exponents), f"a table of {title} for {low} to {high}", "powers", covered)


def understand_numbers(sketch: Sketch) -> Understood | None:
    """The sequence, multiplication table or conversion table that is described, or None."""
    return _powers(sketch) or _grid(sketch) or _degrees(sketch) or _sequence(sketch)


def _sequence(sketch: Sketch) -> Understood | None:
    for noun in _NOUNS:
        hit = sketch.find(noun.pattern)
        if hit is not None and (found := _bounded(sketch, noun, hit)):
            return found
    return None


def _bounded(sketch: Sketch, noun: _Noun, hit: Hit) -> Understood | None:
    """The sequence with its length: without one it is no goal, unless it ends by itself."""
    covered = set(hit.indices)
    at = hit.match.group()
    pattern = re.escape(at)
    goal = Numbers(noun.kind, argument=_argument(noun, hit))
    if noun.kind == "multiples" and hit["link"] == "and":
        goal = replace(goal, kind="multiples_of_all")
    covered |= sketch.covered(noun.pattern)
    shown, said = examples(sketch)
    if shown and _begins(noun.kind, shown):
        covered |= said
    if noun.kind == "fibonacci" and shown and said <= covered:
        goal = replace(goal, argument=(shown[0], shown[1]))
    elif noun.kind == "fibonacci":
        start = sketch.find(_START)
        first, second = (start.number("first"), start.number("second")) if start else (0, 1)
        if start:
            covered |= start.indices
        if second is None:
            second = 1
        goal = replace(goal, argument=(first or 0, second))
    goal, words, notes = _length(sketch, noun, goal, pattern, frozenset(covered - hit.indices))
    covered |= words
    if noun.kind not in _FINITE and goal.count is None and goal.high is None:
        return None
    if goal.count is not None and not 0 < goal.count <= noun.most:
        return None
    told = _told(sketch, noun) if goal.count is not None or goal.high is not None else frozenset[int]()
    covered |= told
    for fn, words_of in _REDUCERS:
        reducer = sketch.find(words_of.replace("<noun>", rf"(?:{pattern})"))
        if reducer and not (fn == "count" and told):
            goal = replace(goal, reduce=fn)
            covered |= reducer.indices
            break
    down = sketch.find(_DOWN)
    if down or (goal.low is not None and sketch.has(rf"(?:counts? )?down from ~ to ~|from {goal.high} (?:down )?to {goal.low}")):
        goal = replace(goal, descending=True)
    covered |= sketch.covered(_DOWN, _UP, r"counting down|counts? down|down")
    return Understood(goal, _purpose(noun, goal), _name(goal, noun), frozenset(covered), notes)


_HOW_MANY = r"(?:(?:and|then|also|please|,) )*(?:(?:(?:tell|let|give|report|inform|answer|say|state|show|want|like|need|would|i|'d|to)(?: (?:me|us|know|about|with|to))*|what is|what's) )+(?:how many|(?:the )?(?:count|number|amount|quantity)(?= of| there| it|$| [.,?!]))"


def _told(sketch: Sketch, noun: _Noun) -> frozenset[int]:
    """The words that also want to know how many numbers there are, beside the file that lists them; the program says it as it ends."""
    listed = [m for m in sketch.reading.outputs() if not m.value.endswith(tuple(EXTENSIONS.values()))]
    tail = rf"(?: (?:of|all|the|such|them|these|those|there|it|that|has|have|had|been|it's|are|is|were|was|found|finds|find|in|total|written|wrote|did|does|you|got|get|came|out|file|<new>|{noun.pattern.replace('?P<argument>', '?:').replace('?P<link>', '?:').replace('?P<other>', '?:')}))*"
    hit = sketch.find(_HOW_MANY + tail) or sketch.find(r"how many(?= .*\?)" + tail)
    if hit is None or not listed:
        return frozenset()
    outside = [h for h in sketch.all(noun.pattern) if not h.indices & hit.indices]
    return hit.indices if outside else frozenset()


def _argument(noun: _Noun, hit: Hit) -> tuple[int, ...]:
    if "argument" not in hit.match.re.groupindex:
        return ()
    found = [hit.number("argument")]
    if "other" in hit.match.re.groupindex:
        found.append(hit.number("other"))
    return tuple(value for value in found if value is not None)


def _length(
    sketch: Sketch, noun: _Noun, goal: Numbers, at: str, taken: frozenset[int]
) -> tuple[Numbers, frozenset[int], tuple[str, ...]]:
    """The goal with its count or bounds, the words that give them, and notes."""
    start = sketch.find(_START)
    busy = taken | (start.indices if start and noun.kind == "fibonacci" else frozenset[int]())
    span = next((h for h in sketch.all(_RANGE) if not h.indices & busy), None)
    if span and noun.kind not in _FINITE:
        a, b = (span.number("a"), span.number("b")) if span["a"] else (span.number("c"), span.number("d"))
        if a is not None and b is not None:
            goal, notes = _between(noun, goal, min(a, b), max(a, b))
            return replace(goal, descending=a > b), span.indices, notes
    count = next((h for h in sketch.all(_COUNT.replace("<noun>", rf"(?:{at})")) if not h.indices <= busy), None)
    if count:
        value = count.number("count") or count.number("amount") or count.number("terms")
        if value is not None:
            notes = ("the powers start with the exponent 0",) if noun.kind == "powers" and not start else ()
            return replace(goal, count=value), count.indices, notes
    nth = sketch.find(rf"(?:the )?(?P<n>\d+(?:st|nd|rd|th)) (?:{at})") or (
        sketch.find(rf"(?:the )?(?:{at}) of (?:the number )?(?P<n>\d+)") if noun.kind == "factorials" else None
    )
    if nth and (value := nth.number("n")):
        return replace(goal, count=value, reduce="last"), nth.indices, ()
    limit = next((h for h in sketch.all(_LIMIT) if not h.indices <= busy), None)
    if limit and (value := limit.number("limit")) is not None:
        if noun.kind == "fizzbuzz" or (noun.kind == "factorials" and value <= 170 and limit["upto"]):
            return replace(goal, count=value if limit["upto"] else value - 1), limit.indices, ()
        return replace(goal, high=value if limit["upto"] else value - 1), limit.indices, ()
    return goal, frozenset(), ()


def _between(noun: _Noun, goal: Numbers, low: int, high: int) -> tuple[Numbers, tuple[str, ...]]:
    if noun.kind == "fizzbuzz":
        return replace(goal, count=high) if low == 1 else goal, ()
    if noun.kind == "numbers":
        kind = "numbers_from_zero" if low == 0 else "numbers"
        return replace(
            goal,
            kind=kind,
            count=high - low + 1 if low in (0, 1) else None,
            low=None if low in (0, 1) else low,
            high=None if low in (0, 1) else high,
        ), ()
    if noun.indexed and low == 1:
        return replace(goal, count=high), ()
    if noun.indexed and noun.kind == "factorials" and low == 0:
        return replace(goal, kind="factorials_from_zero", count=high + 1), ()
    if noun.kind == "even" and low <= 0:
        return replace(goal, kind="even_from_zero", high=high), ()
    if noun.indexed:
        power = {"squares": 2, "cubes": 3}.get(noun.kind)
        return (replace(goal, low=low**power, high=high**power), ()) if power and low > 0 else (goal, ())
    return replace(goal, low=low if low > 1 else None, high=high), ()


def _purpose(noun: _Noun, goal: Numbers) -> str:
    title = noun.title
    if noun.kind == "multiples":
        title = "multiples of " + (" and " if goal.kind.endswith("all") else " or ").join(map(str, goal.argument))
    elif noun.kind in ("powers", *_FINITE):
        title += f" of {goal.argument[0]}"
    if goal.count is not None:
        size = f"the first {goal.count} {title}"
    elif goal.high is not None and goal.low is not None:
        size = f"the {title} from {goal.low} to {goal.high}"
    else:
        size = f"the {title} up to {goal.high}" if goal.high is not None else f"the {title}"
    size += f", starting with {goal.argument[0]} and {goal.argument[1]}" if noun.kind == "fibonacci" else ""
    what = {
        "": "",
        "sum": "the sum of ",
        "product": "the product of ",
        "count": "the number of ",
        "mean": "the mean of ",
        "last": "the last of ",
    }[goal.reduce]
    return f"{what}{size}" + (", in descending order" if goal.descending else "")


def _name(goal: Numbers, noun: _Noun) -> str:
    return noun.kind if not goal.reduce else f"{goal.reduce}_of_{noun.kind}"


_GRID = r"(?:multiplication|times)[ -]tables?"


def _grid(sketch: Sketch) -> Understood | None:
    table = sketch.find(
        rf"(?:(?P<n>~)(?: times)? (?:multiplication |times )?tables?(?= )|{_GRID}|(?P<size>\d+ ?[x×*] ?\d+) {_GRID})"
    )
    if not table or "table" not in table.match.group() or not sketch.has(_GRID):
        return None
    covered = set(table.indices) | sketch.covered(_GRID)
    size = sketch.find(
        r"(?:for |of |from |up to |with )?(?:\d+ x 1 (?:up )?to )?(?P<rows>\d+)(?: ?(?:x|×|\*|by|times) ?(?P<columns>\d+)|[x×](?P<glued>\d+))"
    )
    if size and size["rows"]:
        rows, columns = int(size["rows"]), int(size["columns"] or size["glued"])
        covered |= size.indices
        if not (0 < rows <= 200 and 0 < columns <= 200):
            return None
        single = sketch.find(r"(?:of|for) (?P<n>~)(?= (?:up|from|to))")
        if single and size["rows"] == single["n"]:
            return Understood(
                Grid(1, columns, rows),
                f"the times table of {rows} up to {columns}",
                "times_table",
                frozenset(covered | single.indices),
            )
        return Understood(
            Grid(rows, columns), f"the multiplication table of {rows} by {columns}", "multiplication_table", frozenset(covered)
        )
    span = sketch.find(r"(?:(?:for |of )?(?:the )?(?:numbers )?(?:from )?(?:1|one) (?:up )?to|up to) (?P<n>~)")
    single = (
        sketch.find(r"(?:of|for) (?:the number )?(?P<n>~)(?! (?:to|-))")
        if span is None
        else sketch.find(r"(?:of|for) (?:the number )?(?P<n>~)(?= (?:up|from|,))")
    )
    number = single.number("n") if single else None
    if number is not None and single:
        last = (span.number("n") if span else None) or 10
        return Understood(
            Grid(1, last, number),
            f"the times table of {number} up to {last}",
            "times_table",
            frozenset(covered | single.indices | (span.indices if span else frozenset[int]())),
        )
    if span and (last := span.number("n")) and last <= 200:
        return Understood(
            Grid(last, last),
            f"the multiplication table of {last} by {last}",
            "multiplication_table",
            frozenset(covered | span.indices),
        )
    return None


_DEGREE_WORDS = "|".join(sorted((re.escape(w) for u in UNITS.values() for w in u.words if len(w) > 1), key=len, reverse=True))


def unit_pair(sketch: Sketch) -> tuple[str, str, frozenset[int]] | None:
    """The two units of "from celsius to fahrenheit" or "celsius into fahrenheit", and the words that name them."""
    pair = sketch.find(
        rf"(?:from |degrees |in )*(?P<a>{_DEGREE_WORDS})(?: degrees)?(?: values?| readings?| temperatures?| numbers?)?(?: (?:in|of|from) <file>)?(?: (?:converts? )?(?:them )?)? ?(?:to|into|in|->|→|and(?: the)?(?: corresponding| same in)?)(?: degrees)? ?(?P<b>{_DEGREE_WORDS})"
    )
    if not pair:
        return None
    source, target = unit(pair["a"]), unit(pair["b"])
    if not source or not target or UNITS[source].family != UNITS[target].family or source == target:
        return None
    return source, target, pair.indices


def _degrees(sketch: Sketch) -> Understood | None:
    pair = unit_pair(sketch)
    span = sketch.find(
        r"(?:from|between|for) (?P<low>(?:[-−–] )?~) ?(?:degrees |° ?c? ?)?(?:to|and|through|up to) (?P<high>(?:[-−–] )?~)"
    )
    if not pair or not span or sketch.has("<file>"):
        return None
    step = sketch.find(r"(?:in )?steps? (?:of|size) (?P<n>~)|every (?P<m>~)|by (?P<k>~)")
    size = (step.number("n") or step.number("m") or step.number("k")) if step else 1
    low, high = _signed(span["low"]), _signed(span["high"])
    if low is None or high is None or not size or low > high or (high - low) / size > 100_000:
        return None
    source, target, words = pair
    covered = (
        words
        | span.indices
        | (step.indices if step else frozenset[int]())
        | sketch.covered(r"(?:conversion )?table|degrees?|conversions?|converts?|converting|temperatures?")
    )
    purpose = f"a table of {UNITS[source].title} and {UNITS[target].title} from {low:g} to {high:g} in steps of {size}"
    return Understood(Degrees(low, high, size, source, target), purpose, f"{source}_to_{target}", covered)


def _signed(text: str) -> float | None:
    sign = -1 if re.match(r"[-−–]", text) else 1
    try:
        return sign * float(text.lstrip("-−– ").replace(",", ""))
    except ValueError:
        return None
