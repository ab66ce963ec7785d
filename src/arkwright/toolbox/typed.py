"""Typed: a column of text as SQL of the type that was sniffed, and the cells that do not fit it."""

from .database import literal, quoted
from .sniff import BLANKS, SPACE, Guess

TOKENS = ", ".join(literal(token) for token in sorted(BLANKS))


def typed(name: str, guess: Guess) -> str:
    """SQL that reads the text column `name`; what is no value becomes NULL."""
    column = quoted(name)
    bare = f"trim({column})"
    if guess.type in ("text", "empty", "list") or guess.ambiguous:
        return f"CASE WHEN {bare} <> '' THEN {column} END" if guess.type != "empty" else "NULL::VARCHAR"
    known = f"CASE WHEN lower({bare}) NOT IN ({TOKENS}) THEN {{}} END"
    if guess.type == "boolean":
        return known.format(f"TRY_CAST({bare} AS BOOLEAN)")
    if guess.type in ("integer", "number"):
        return known.format(f"TRY_CAST({digits(bare, guess)} AS {sql_type(guess)})")
    target = "DATE" if guess.type == "date" else "TIMESTAMP"
    return known.format(f"TRY_CAST({parsed(bare, guess)} AS {target})")


def parsed(bare: str, guess: Guess) -> str:
    """SQL for a moment in one of the sniffed formats."""
    if all(fmt.startswith("%Y-%m-%d") and "%z" not in fmt and "%p" not in fmt and "," not in fmt for fmt in guess.formats):
        return f"TRY_CAST({bare} AS TIMESTAMP)"
    plain = [fmt for fmt in guess.formats if "%z" not in fmt]
    zoned = [fmt.replace("%z", "") for fmt in guess.formats if "%z" in fmt]
    wall = rf"regexp_replace({bare}, '[+-]\d{{2}}:?\d{{2}}$', '')"
    reads = [
        f"try_strptime({text}, [{', '.join(map(literal, formats))}])"
        for text, formats in ((bare, plain), (wall, zoned))
        if formats
    ]
    return f"COALESCE({', '.join(reads)})" if len(reads) > 1 else reads[0]


def digits(bare: str, guess: Guess) -> str:
    """SQL for a number's text without unit and thousands, with a decimal point and a sign in front."""
    text = bare
    if guess.unit:
        text = f"trim(replace({text}, {literal(guess.unit)}, ''))"
    if guess.dressed:
        text = rf"regexp_replace(regexp_replace({text}, '^\((.*)\)$', '-\1'), '^(.+)-$', '-\1')"
        if guess.unit:
            text = f"replace(trim(replace({text}, {literal(guess.unit)}, '')), ' ', '')"
    if guess.thousands:
        text = f"translate({text}, {literal((SPACE if guess.thousands in SPACE else '') + guess.thousands)}, '')"
    return f"replace({text}, ',', '.')" if guess.decimal == "," else text


def sql_type(guess: Guess) -> str:
    """BIGINT, an exact decimal, or DOUBLE where there are too many digits for one."""
    if guess.type == "integer":
        return "BIGINT"
    return f"DECIMAL(38,{max(guess.scale, 1)})" if guess.exact else "DOUBLE"


def misfit(name: str, guess: Guess) -> str:
    """SQL that is true for a cell which is neither blank nor of the guessed type."""
    if guess.type in ("text", "list") or guess.ambiguous:
        return "FALSE"
    column = f"trim({quoted(name)})"
    known = f"{quoted(name)} IS NOT NULL AND lower({column}) NOT IN ({TOKENS})"
    if guess.type == "empty":
        return known
    lost = f"({typed(name, guess)}) IS NULL"
    if guess.type == "integer":
        lost += rf" OR regexp_matches({column}, '^[-+]?0\d') OR regexp_matches({column}, '[.,]\d{{0,2}}$|[.,]\d{{4,}}$|[eE]')"
    elif guess.type == "number" and guess.exact:
        lost += f" OR TRY_CAST({digits(column, guess)} AS DOUBLE) <> CAST(({typed(name, guess)}) AS DOUBLE)"
    return f"{known} AND ({lost})"
