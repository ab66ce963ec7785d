"""Spelling: shorthand, slips of the keyboard and other nouns for the rows, brought to the words that the readers know.

A slip is mended only towards a known word and only where the letters are swapped, doubled, missing or a vowel is off; a word
that the data know is left as it is.
"""

import re
from collections.abc import Iterable

from arkwright.verifier.demands import Source, World
from arkwright.verifier.lexicon import AGGREGATES, MONTH_INDEX, PERIODS
from arkwright.verifier.neutral import NEUTRAL
from arkwright.verifier.reader.mentions import column_names, rows_nouns
from arkwright.verifier.reader.restrictions import CONDITIONS, PARTS
from arkwright.verifier.reader.society import GREETINGS, HAPPENINGS, LIMITS, OCCASIONS, ROLES
from arkwright.verifier.script import Script, Token

SHORT = {
    "pls": "please", "plz": "please", "plse": "please", "u": "you", "ur": "your", "thx": "thanks", "tks": "thanks", "nr": "number", "nrs": "numbers", "no.": "number", "nr.": "number", "incl.": "including", "excl.": "excluding", "nbr": "number",
    "num": "number", "cnt": "count", "amt": "amount", "qtr": "quarter", "yr": "year", "yrs": "years", "mth": "month", "mths": "months", "wk": "week", "hrs": "hours", "pct": "percent",
    "perc": "percent", "incl": "including", "excl": "excluding", "w": "with", "b4": "before", "btw": "by the way", "dept": "department", "depts": "departments", "cust": "customer",
    "custs": "customers", "msg": "message", "spec": "specification", "tbl": "table", "col": "column", "cols": "columns", "avge": "average", "gimme": "give me", "wanna": "want to",
    "categorys": "categories", "citys": "cities", "companys": "companies", "countrys": "countries", "thru": "through",
}  # fmt: skip
SLASHED = {"w/o": "without", "w/": "with"}
_TARGETS = """
parquet excel markdown graphic histogram picture scatter
average median minimum maximum percent percentage number numbers count amount amounts quantity quantities column columns separate separately
different distinct address addresses customer customers category categories employee employees department departments supplier suppliers
product products month months monthly quarter quarters weekday weekdays between without except excluding including chart graph diagram
spreadsheet workbook file files folder table tables descending ascending alphabetical alphabetically highest lowest largest smallest longest
shortest first second which where please revenue turnover salary salaries headcount warehouse inventory document report title heading
according grouped sorted ordered summary total totals sheet sheets duplicate duplicates missing empty region regions country countries
"""
TARGETS = frozenset(_TARGETS.split())
GROUPS = (
    ("employees", "staff", "people", "persons", "workers", "personnel"),
    ("customers", "clients", "client", "buyers", "shoppers", "purchasers"),
    ("orders", "purchases", "deals"),
    ("items", "articles", "article", "goods", "positions"),
    ("products", "articles", "article", "goods"),
    ("tickets", "issues"),
    ("warehouses", "depots", "storehouses"),
    ("suppliers", "vendors", "vendor"),
    ("readings", "measurements"),
    ("reps", "salespeople", "salespersons", "sellers"),
)  # fmt: skip
ORDINARY = frozenset(
    [
        "county",
        "counties",
        "statue",
        "statues",
        "moths",
        "princes",
        "filed",
        "costume",
        "costumes",
        "trail",
        "trial",
        "though",
        "thorough",
        "angel",
        "dairy",
        "diary",
        "casual",
        "causal",
        "quiet",
        "quite",
        "desert",
        "dessert",
        "several",
        "sever",
        "severe",
        "principal",
        "principle",
        "later",
        "latter",
        "cloths",
        "clothes",
        "planed",
        "rationale",
        "prince",
        "states",
        "stated",
        "units",
        "unites",
        "taxes",
        "texas",
        "sales",
        "seals",
        "metal",
        "medal",
        "final",
        "finale",
        "moral",
        "morale",
        "human",
        "humane",
        "locale",
        "costly",
    ]
)
VOWELS = frozenset("aeiou")


def mend_spelling(script: Script, world: World) -> None:
    """Replace the text of tokens by what was meant; where they stand in the request does not change."""
    names = column_names(world.sources)
    nouns = rows_nouns(world.sources)
    known = _known(world.sources, names, nouns)
    for i, token in enumerate(script.tokens):
        low = token.text.casefold()
        if token.kind == "file" and low in SLASHED and token.text not in world.before:
            token.kind, token.text = "word", SLASHED[low]
            continue
        if token.kind != "word" or low in known or "'" in low or "’" in low:
            continue
        if low in SHORT and not _unit(script, i):
            token.text = SHORT[low]
        elif token.text.islower() and (meant := _slip(low, known)):
            token.text = meant


NAMED = ("the", "that", "it", "me", "them", "those", "this", "both", "one")
BEFORE = ("", "and", "please", ",", ".", "also", "to", "?", "!")


def low_of(script: Script, i: int) -> str:
    """The word at a place, or nothing outside of the request."""
    return script.tokens[i].text.casefold() if 0 <= i < len(script.tokens) else ""


def name_rows(script: Script, world: World) -> None:
    """Other nouns for what the data hold become the data's own (`clients` where there are customers)."""
    names = column_names(world.sources)
    known = _known(world.sources, names, rows_nouns(world.sources))
    for i, token in enumerate(script.tokens):
        if token.kind == "word" and i not in script.taken and (low := token.text.casefold()) not in known:
            token.text = _other_noun(low, known) or token.text
        if (
            token.kind == "word"
            and low_of(script, i) == "name"
            and low_of(script, i + 1) in NAMED
            and low_of(script, i - 1) in BEFORE
        ):
            token.text = "state"
    _possessed(script, names)


def _known(sources: Iterable[Source], names: Iterable[str], nouns: set[str]) -> set[str]:
    """Words that mean something already: of the data, or of the readers."""
    own = {w for n in names for w in n.split()} | nouns
    for source in sources:
        for column in source.columns:
            if column.type == "text" and len(column.values) <= 200:
                own |= {w.casefold() for v in column.values for w in re.findall(r"\w+", v)}
    return own


def _unit(script: Script, i: int) -> bool:
    """A letter after a number or before a slash is no shorthand."""
    return len(script.tokens[i].text) == 1 and (
        script.tokens[i].text.isupper() or (i > 0 and script.tokens[i - 1].kind in ("num", "mark"))
    )


def _other_noun(low: str, known: set[str]) -> str:
    """The data's own noun for what another word means as well."""
    for group in GROUPS:
        single = group[0].removesuffix("s")
        if low in group[1:] and (group[0] in known or single in known):
            return group[0] if low.endswith("s") or low in ("staff", "people", "personnel") else single
    return ""


def _slip(low: str, known: set[str]) -> str:
    """The only word that a slip of the keyboard can stand for; empty when there is none, or more than one."""
    if len(low) < 5 or low in ORDINARY or low in _ordinary():
        return ""
    hits = {w for w in TARGETS | {k for k in known if len(k) >= 5} if slipped(low, w)}
    return hits.pop() if len(hits) == 1 else ""


def _ordinary() -> frozenset[str]:
    return frozenset(
        NEUTRAL
        | TARGETS
        | CONDITIONS
        | PARTS
        | LIMITS
        | GREETINGS
        | HAPPENINGS
        | OCCASIONS
        | ROLES
        | set(AGGREGATES)
        | set(PERIODS)
        | set(MONTH_INDEX)
    )


def slipped(said: str, meant: str) -> bool:
    """Whether two words differ by swapped neighbours, a doubled or missing letter, or a vowel."""
    if said == meant or said[0] != meant[0] or abs(len(said) - len(meant)) > 1:
        return False
    if len(said) == len(meant):
        off = [i for i, (a, b) in enumerate(zip(said, meant, strict=True)) if a != b]
        swapped = len(off) == 2 and off[1] == off[0] + 1 and said[off[0]] == meant[off[1]] and said[off[1]] == meant[off[0]]
        vowels = len(off) <= (2 if len(said) >= 8 else 1) and all(said[i] in VOWELS and meant[i] in VOWELS for i in off)
        return swapped or vowels
    short, long = sorted((said, meant), key=len)
    cut = next((i for i in range(len(short)) if short[i] != long[i]), len(short))
    if short[cut:] != long[cut + 1 :] or (cut in (0, len(short)) and long[-1] in "sd"):
        return False
    doubled = long[cut] == long[cut - 1]
    return doubled or (len(long) >= 6 and long[-1] == short[-1] and 0 < cut < len(short))


def _possessed(script: Script, names: Iterable[str]) -> None:
    """`the name of the customer` becomes `customer name` where the data have that."""
    known = set(names)
    i = 0
    while i + 2 < len(script.tokens):
        words = [t.text.casefold() for t in script.tokens[i : i + 4]]
        step = 3 if len(words) > 3 and words[2] in ("the", "each", "every", "a", "an", "its", "their") else 2
        if words[1] == "of" and i + step < len(script.tokens) and all(script.tokens[k].kind == "word" for k in (i, i + step)):
            single = words[step][:-3] + "y" if words[step].endswith("ies") else words[step].removesuffix("s")
            plain = next((f for w in dict.fromkeys((words[step], single)) for f in (f"{w} {words[0]}",) if f in known), "")
            if plain and not any(k in script.taken for k in range(i, i + step + 1)):
                first, last = script.tokens[i], script.tokens[i + step]
                owner, thing = plain.split(" ", 1)
                named = [Token("word", owner, first.start, first.end), Token("word", thing, last.start, last.end)]
                script.replace(i, i + step + 1, named)
        i += 1
