"""Sequences: endless number generators, in the languages Arkwright writes, as source text."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sequence:
    """`name` is the function and file name, `title` how people call the numbers; sources are generator bodies.

    In the bodies FIRST, SECOND, BASE and so on are constants the program defines from the goal's argument.
    `growing` says that the values rise without bound, so that an upper bound ends the sequence.
    """

    name: str
    title: str
    python: str
    node: str
    constants: tuple[str, ...] = ()
    finite: bool = False


def _both(name: str, title: str, python: str, node: str, constants: tuple[str, ...] = (), *, finite: bool = False) -> Sequence:
    return Sequence(name, title, python.strip("\n"), node.strip("\n"), constants, finite)


_BY_INDEX_PY = """
for n in count({start}):
    yield {value}
"""
_BY_INDEX_JS = """
for (let n = {start}n; ; n++) {{
  yield {value};
}}
"""


def _formula(name: str, title: str, start: int, python: str, node: str, constants: tuple[str, ...] = ()) -> Sequence:
    return _both(
        name, title, _BY_INDEX_PY.format(start=start, value=python), _BY_INDEX_JS.format(start=start, value=node), constants
    )


_FILTER_PY = """
for n in count({start}):
    if {test}:
        yield n
"""
_FILTER_JS = """
for (let n = {start}n; ; n++) {{
  if ({test}) yield n;
}}
"""


def _filter(name: str, title: str, start: int, python: str, node: str, constants: tuple[str, ...] = ()) -> Sequence:
    return _both(name, title, _FILTER_PY.format(start=start, test=python), _FILTER_JS.format(start=start, test=node), constants)


_FIBONACCI_PY = """
a, b = FIRST, SECOND
while True:
    yield a
    a, b = b, a + b
"""
_FIBONACCI_JS = """
let [a, b] = [FIRST, SECOND];
for (;;) {
  yield a;
  [a, b] = [b, a + b];
}
"""
_PRIMES_PY = """
found = []
for n in chain([2], count(3, 2)):
    # A number without a prime divisor up to its square root is prime.
    if all(n % p for p in takewhile(lambda p: p * p <= n, found)):
        found.append(n)
        yield n
"""
_PRIMES_JS = """
const found = [];
for (let n = 2n; ; n += n === 2n ? 1n : 2n) {
  let prime = true;
  for (const p of found) {
    if (p * p > n) break; // no prime divisor up to the square root: n is prime
    if (n % p === 0n) {
      prime = false;
      break;
    }
  }
  if (prime) {
    found.push(n);
    yield n;
  }
}
"""
_FACTORIALS_PY = """
value = 1
for n in count({start}):
    yield value
    value *= n
"""
_FACTORIALS_JS = """
let value = 1n;
for (let n = {start}n; ; n++) {{
  yield value;
  value *= n;
}}
"""
_COLLATZ_PY = """
n = START
while n != 1:
    yield n
    n = n // 2 if n % 2 == 0 else 3 * n + 1
yield 1
"""
_COLLATZ_JS = """
let n = START;
while (n !== 1n) {
  yield n;
  n = n % 2n === 0n ? n / 2n : 3n * n + 1n;
}
yield 1n;
"""
_DIVISORS_PY = """
for n in range(1, START + 1):
    if START % n == 0:
        yield n
"""
_DIVISORS_JS = """
for (let n = 1n; n <= START; n++) {
  if (START % n === 0n) yield n;
}
"""
_FACTORS_PY = """
rest, divisor = START, 2
while divisor * divisor <= rest:
    while rest % divisor == 0:
        yield divisor
        rest //= divisor
    divisor += 1
if rest > 1:
    yield rest
"""
_FACTORS_JS = """
let rest = START;
for (let divisor = 2n; divisor * divisor <= rest; divisor++) {
  while (rest % divisor === 0n) {
    yield divisor;
    rest /= divisor;
  }
}
if (rest > 1n) yield rest;
"""
_CATALAN_PY = """
value = 1
for n in count():
    yield value
    value = value * 2 * (2 * n + 1) // (n + 2)
"""
_CATALAN_JS = """
let value = 1n;
for (let n = 0n; ; n++) {
  yield value;
  value = (value * 2n * (2n * n + 1n)) / (n + 2n);
}
"""

SEQUENCES: dict[str, Sequence] = {
    sequence.name: sequence
    for sequence in (
        _both("fibonacci", "Fibonacci numbers", _FIBONACCI_PY, _FIBONACCI_JS, ("FIRST", "SECOND")),
        _both("primes", "prime numbers", _PRIMES_PY, _PRIMES_JS),
        _both("factorials", "factorials", _FACTORIALS_PY.format(start=2), _FACTORIALS_JS.format(start=2)),
        _both("factorials_from_zero", "factorials", _FACTORIALS_PY.format(start=1), _FACTORIALS_JS.format(start=1)),
        _both("catalan", "Catalan numbers", _CATALAN_PY, _CATALAN_JS),
        _formula("numbers", "numbers", 1, "n", "n"),
        _formula("numbers_from_zero", "numbers", 0, "n", "n"),
        _formula("squares", "square numbers", 1, "n * n", "n * n"),
        _formula("cubes", "cube numbers", 1, "n**3", "n ** 3n"),
        _formula("triangular", "triangular numbers", 1, "n * (n + 1) // 2", "(n * (n + 1n)) / 2n"),
        _formula("pentagonal", "pentagonal numbers", 1, "n * (3 * n - 1) // 2", "(n * (3n * n - 1n)) / 2n"),
        _formula("powers", "powers", 0, "BASE**n", "BASE ** n", ("BASE",)),
        _formula("powers_from_one", "powers", 1, "BASE**n", "BASE ** n", ("BASE",)),
        _formula("even", "even numbers", 1, "2 * n", "2n * n"),
        _formula("even_from_zero", "even numbers", 0, "2 * n", "2n * n"),
        _formula("odd", "odd numbers", 1, "2 * n - 1", "2n * n - 1n"),
        _filter(
            "multiples", "multiples", 1, "any(n % d == 0 for d in DIVISORS)", "DIVISORS.some((d) => n % d === 0n)", ("DIVISORS",)
        ),
        _filter(
            "multiples_of_all",
            "multiples",
            1,
            "all(n % d == 0 for d in DIVISORS)",
            "DIVISORS.every((d) => n % d === 0n)",
            ("DIVISORS",),
        ),
        _filter(
            "palindromes", "palindromic numbers", 0, "str(n) == str(n)[::-1]", "String(n) === [...String(n)].reverse().join('')"
        ),
        _filter(
            "perfect",
            "perfect numbers",
            2,
            "sum(d for d in range(1, n // 2 + 1) if n % d == 0) == n",
            "[...Array(Number(n / 2n)).keys()].reduce((s, d) => (n % BigInt(d + 1) === 0n ? s + BigInt(d + 1) : s), 0n) === n",
        ),
        _filter(
            "armstrong",
            "Armstrong numbers",
            0,
            "sum(int(d) ** len(str(n)) for d in str(n)) == n",
            "[...String(n)].reduce((s, d) => s + BigInt(d) ** BigInt(String(n).length), 0n) === n",
        ),
        _filter(
            "leap_years",
            "leap years",
            1,
            "n % 4 == 0 and (n % 100 != 0 or n % 400 == 0)",
            "n % 4n === 0n && (n % 100n !== 0n || n % 400n === 0n)",
        ),
        _both("collatz", "Collatz sequence", _COLLATZ_PY, _COLLATZ_JS, ("START",), finite=True),
        _both("divisors", "divisors", _DIVISORS_PY, _DIVISORS_JS, ("START",), finite=True),
        _both("prime_factors", "prime factors", _FACTORS_PY, _FACTORS_JS, ("START",), finite=True),
        _formula(
            "fizzbuzz",
            "FizzBuzz lines",
            1,
            '"Fizz" * (n % 3 == 0) + "Buzz" * (n % 5 == 0) or n',
            "(n % 3n === 0n ? 'Fizz' : '') + (n % 5n === 0n ? 'Buzz' : '') || n",
        ),
    )
}
"""By name. `fizzbuzz` yields words and numbers; everything else yields whole numbers."""
