"""Expressions and conditions of table steps as DuckDB SQL."""

import datetime
import difflib
import re
from collections.abc import Mapping

from .database import kind, literal, quoted
from .fault import Fault

Types = Mapping[str, str]
TEXT_OPS = {"lower", "upper", "trim", "title", "concat", "extract", "replace", "text"}
WHOLE = {"+": "add", "-": "sub"}


def column(name: object, types: Types) -> str:
    """The column's name as SQL; letter case and spaces at the ends may differ.

    Raises:
        Fault: unknown_column, naming the nearest ones.
    """
    wanted = str(name)
    if wanted in types:
        return quoted(wanted)
    alike = [known for known in types if known.strip().lower() == wanted.strip().lower()]
    if len(alike) == 1:
        return quoted(alike[0])
    near = difflib.get_close_matches(wanted.lower(), [known.lower() for known in types], 3, 0.6)
    named = [known for known in types if known.lower() in near] or list(types)[:12]
    raise Fault(
        "unknown_column",
        f"there is no column {wanted!r}",
        f"did you mean {' or '.join(map(repr, named))}?" if near else f"the columns are {', '.join(named)}",
    )


def type_of(name: object, types: Types) -> str:
    """The survey type of a column."""
    return kind(types[column(name, types)[1:-1].replace('""', '"')])


def condition(cond: object, types: Types) -> str:
    """A condition as SQL that is never NULL.

    Raises:
        Fault: bad_condition, unknown_column, not_numeric, not_a_date.
    """
    if not isinstance(cond, dict):
        raise Fault("bad_condition", f"{cond!r} is not a condition", 'give {"column", "op", "value"}')
    if "all" in cond:
        return "(" + (" AND ".join(condition(c, types) for c in cond["all"]) or "TRUE") + ")"
    if "any" in cond:
        return "(" + (" OR ".join(condition(c, types) for c in cond["any"]) or "FALSE") + ")"
    if "not" in cond:
        return f"(NOT {condition(cond['not'], types)})"
    return f"coalesce({comparison(cond, types)}, FALSE)"


def comparison(cond: dict, types: Types) -> str:
    """One comparison of a column with a value or another column."""
    name, op, value = cond.get("column"), cond.get("op"), cond.get("value")
    col = column(name, types)
    held = type_of(name, types)
    blank = f"({col} IS NULL" + (f" OR trim({col}) = '')" if held == "text" else ")")
    match op:
        case "blank":
            return blank
        case "notblank":
            return f"(NOT {blank})"
        case "contains" | "starts" | "ends":
            text = f"lower(CAST({col} AS VARCHAR))"
            call = {"contains": "contains", "starts": "starts_with", "ends": "ends_with"}[op]
            return f"{call}({text}, {other_text(value, types)})"
        case "matches":
            return f"regexp_matches(CAST({col} AS VARCHAR), {literal(pattern(value))}, 'i')"
        case "in":
            if not isinstance(value, list):
                raise Fault("bad_condition", f"op 'in' on {name!r} needs a list, not {value!r}", "give a list of values")
            return "(" + (" OR ".join(equal(col, held, v, types) for v in value) or "FALSE") + ")"
        case "between":
            if not isinstance(value, list) or len(value) != 2:
                raise Fault("bad_condition", f"op 'between' on {name!r} needs [low, high], not {value!r}", "give both ends")
            return f"({order(col, held, 'ge', value[0], name, types)} AND {order(col, held, 'le', value[1], name, types)})"
        case "eq":
            return equal(col, held, value, types)
        case "ne":
            return f"(NOT {blank} AND NOT ({equal(col, held, value, types)}))"
        case "gt" | "ge" | "lt" | "le":
            return order(col, held, op, value, name, types)
    raise Fault(
        "bad_condition",
        f"there is no operator {op!r}",
        "use eq ne gt ge lt le in contains starts ends matches between blank notblank",
    )


def pattern(value: object) -> str:
    """A regular expression that compiles.

    Raises:
        Fault: bad_condition.
    """
    try:
        re.compile(str(value))
    except re.error as error:
        raise Fault("bad_condition", f"{value!r} is not a regular expression: {error}", "correct the expression") from error
    return str(value)


def other_text(value: object, types: Types) -> str:
    """The lower-cased text of a value or another column."""
    if isinstance(value, dict) and "column" in value:
        return f"lower(CAST({column(value['column'], types)} AS VARCHAR))"
    return literal(str(value).lower())


def equal(col: str, held: str, value: object, types: Types) -> str:
    """SQL for equality; text without regard to case, a day or a month covers the moments in it."""
    if isinstance(value, dict) and "column" in value:
        right = column(value["column"], types)
        if "text" in (held, type_of(value["column"], types)):
            return f"(lower(trim(CAST({col} AS VARCHAR))) = lower(trim(CAST({right} AS VARCHAR))))"
        return f"({col} = {right})"
    if value is None:
        return "FALSE"
    if held in ("date", "datetime"):
        low, high = span(value)
        return f"({col} >= TIMESTAMP {literal(low)} AND {col} < TIMESTAMP {literal(high)})"
    if held in ("integer", "number") and (number := numeric(value)) is not None:
        return f"({col} = {number})"
    if held == "boolean":
        return f"({col} = {str(value).strip().lower() in ('true', 'yes', '1', 'y', 'done')})"
    return f"(lower(trim(CAST({col} AS VARCHAR))) = {literal(str(value).strip().lower())})"


def order(col: str, held: str, op: str, value: object, name: object, types: Types) -> str:
    """SQL for greater and less."""
    sign = {"gt": ">", "ge": ">=", "lt": "<", "le": "<="}[op]
    if isinstance(value, dict) and "column" in value:
        return f"({col} {sign} {column(value['column'], types)})"
    if held in ("date", "datetime"):
        low, high = span(value)
        edge = {"gt": (">=", high), "ge": (">=", low), "lt": ("<", low), "le": ("<", high)}[op]
        return f"({col} {edge[0]} TIMESTAMP {literal(edge[1])})"
    number = numeric(value)
    if held in ("integer", "number"):
        if number is None:
            raise Fault("not_numeric", f"column {name!r} holds numbers and cannot be compared with {value!r}", "give a number")
        return f"({col} {sign} {number})"
    if number is not None and not isinstance(value, str):
        raise Fault(
            "not_numeric",
            f"column {name!r} holds text, not numbers, and cannot be compared with {value!r}",
            "choose a column of numbers",
        )
    return f"(lower({col}) {sign} {literal(str(value).lower())})"


def numeric(value: object) -> str | None:
    """A number as SQL, or None."""
    if isinstance(value, bool) or value is None:
        return None
    text = repr(value) if isinstance(value, int | float) else str(value).strip().replace("_", "")
    return text if re.fullmatch(r"[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?", text, re.I) else None


def span(value: object) -> tuple[str, str]:
    """The first moment of an ISO year, quarter, month, day, minute or second, and the first one after it.

    Raises:
        Fault: not_a_date.
    """
    text = str(value).strip().replace("T", " ").removesuffix("Z")
    if found := re.fullmatch(r"(\d{4})(?:-Q([1-4])|-(\d{2}))?", text):
        year, first = int(found[1]), (int(found[2]) * 3 - 2) if found[2] else int(found[3] or 1)
        last = first + (3 if found[2] else 1 if found[3] else 12)
        if 1 <= first <= 12:
            return f"{year}-{first:02}-01", f"{year + (last > 12)}-{(last - 1) % 12 + 1:02}-01"
    try:
        moment = datetime.datetime.fromisoformat(text)
    except ValueError as error:
        raise Fault("not_a_date", f"{value!r} is not an ISO date", "write it as 2025-01-31") from error
    length = {10: datetime.timedelta(days=1), 13: datetime.timedelta(hours=1), 16: datetime.timedelta(minutes=1)}.get(
        len(text), datetime.timedelta(seconds=1)
    )
    return moment.isoformat(" "), (moment + length).isoformat(" ")


def expression(expr: object, types: Types) -> str:
    """An expression as SQL.

    Raises:
        Fault: bad_expression, unknown_column, not_numeric, not_a_date.
    """
    if not isinstance(expr, dict):
        return constant(expr)
    if "column" in expr and "op" not in expr:
        return column(expr["column"], types)
    if "value" in expr and "op" not in expr:
        return constant(expr["value"])
    op, args = str(expr.get("op", "")), list(expr.get("args") or [])
    if op == "if":
        return choice(args, types)
    made = OPERATORS.get(op)
    if made is None:
        raise Fault("bad_expression", f"there is no operation {op!r}", f"use one of {', '.join(sorted([*OPERATORS, 'if']))}")
    if not made[0] <= len(args) <= made[1]:
        raise Fault(
            "bad_expression",
            f"operation {op!r} got {len(args)} arguments",
            f"give {made[0]}" + ("" if made[0] == made[1] else " or more"),
        )
    if op in NUMERIC:
        require(args[:1] if op == "round" else args, types, ("integer", "number"), op, "not_numeric", "numbers")
    if op in DATES:
        require(args, types, ("date", "datetime"), op, "not_a_date", "dates")
    return made[2](*[expression(arg, types) for arg in args])


def require(args: list, types: Types, wanted: tuple[str, ...], op: str, code: str, what: str) -> None:
    """Columns used by an operation are of its type.

    Raises:
        Fault: with the given code.
    """
    for arg in args:
        if isinstance(arg, dict) and "column" in arg and "op" not in arg and type_of(arg["column"], types) not in wanted:
            raise Fault(
                code,
                f"column {arg['column']!r} holds {type_of(arg['column'], types)}, not {what}, so {op!r} cannot be computed",
                f"choose a column of {what}",
            )


def choice(args: list, types: Types) -> str:
    """if(cond, then, cond, then, ..., else)."""
    if len(args) < 2:
        raise Fault("bad_expression", f"operation 'if' got {len(args)} arguments", "give a condition, a value, and what else")
    parts, rest = [], list(args)
    while len(rest) >= 2:
        parts.append(f"WHEN {truth(rest.pop(0), types)} THEN {expression(rest.pop(0), types)}")
    return f"CASE {' '.join(parts)} ELSE {expression(rest[0], types) if rest else 'NULL'} END"


def truth(expr: object, types: Types) -> str:
    """A condition, or an expression that is true or false."""
    if isinstance(expr, dict) and "op" in expr and "args" in expr and expr["op"] in COMPARED and len(expr["args"]) == 2:
        left, right = expr["args"]
        if isinstance(left, dict) and "column" in left:
            value = right.get("value", right) if isinstance(right, dict) and "op" not in right else right
            return condition({"column": left["column"], "op": expr["op"], "value": value}, types)
        return f"coalesce({expression(left, types)} {COMPARED[expr['op']]} {expression(right, types)}, FALSE)"
    if isinstance(expr, dict) and ({"all", "any", "not"} & expr.keys() or ("op" in expr and "column" in expr)):
        return condition(expr, types)
    return f"coalesce(CAST({expression(expr, types)} AS BOOLEAN), FALSE)"


def constant(value: object) -> str:
    """A value as SQL."""
    match value:
        case None:
            return "NULL"
        case bool():
            return "TRUE" if value else "FALSE"
        case int() | float():
            return repr(value)
        case str():
            return literal(value)
    raise Fault("bad_expression", f"{value!r} is not a value", "give a text, a number, true, false or null")


COMPARED = {"eq": "=", "ne": "<>", "gt": ">", "ge": ">=", "lt": "<", "le": "<="}
NUMERIC = {"add", "sub", "mul", "div", "neg", "abs", "round"}
DATES = {"year", "quarter", "month", "month_name", "month_number", "weekday", "week", "day", "hour", "date"}


def joined(sign: str) -> object:
    """Arithmetic over any number of arguments."""
    return lambda *args: "(" + f" {sign} ".join(args) + ")"


def product(*args: str) -> str:
    """Multiplication wide enough for the digits of both sides."""
    return "(" + " * ".join(args) + ")"


def title(x: str) -> str:
    """Each word with a capital."""
    return f"array_to_string(list_transform(string_split({x}, ' '), lambda w: upper(w[1]) || lower(w[2:])), ' ')"


OPERATORS: dict = {
    "add": (2, 99, joined("+")),
    "sub": (2, 2, joined("-")),
    "mul": (2, 99, product),
    "div": (2, 2, lambda a, b: f"(CAST({a} AS DOUBLE) / nullif(CAST({b} AS DOUBLE), 0))"),
    "neg": (1, 1, lambda a: f"(- {a})"),
    "abs": (1, 1, lambda a: f"abs({a})"),
    "round": (1, 2, lambda a, n="0": f"round({a}, {n})"),
    "lower": (1, 1, lambda a: f"lower(CAST({a} AS VARCHAR))"),
    "upper": (1, 1, lambda a: f"upper(CAST({a} AS VARCHAR))"),
    "trim": (1, 1, lambda a: f"trim(CAST({a} AS VARCHAR))"),
    "title": (1, 1, lambda a: title(f"CAST({a} AS VARCHAR)")),
    "length": (1, 1, lambda a: f"length(CAST({a} AS VARCHAR))"),
    "concat": (1, 99, lambda *args: "concat(" + ", ".join(f"CAST({a} AS VARCHAR)" for a in args) + ")"),
    "year": (1, 1, lambda a: f"year({a})"),
    "quarter": (1, 1, lambda a: f"(CAST(year({a}) AS VARCHAR) || '-Q' || CAST(quarter({a}) AS VARCHAR))"),
    "month": (1, 1, lambda a: f"strftime({a}, '%Y-%m')"),
    "month_name": (1, 1, lambda a: f"monthname({a})"),
    "month_number": (1, 1, lambda a: f"month({a})"),
    "weekday": (1, 1, lambda a: f"dayname({a})"),
    "week": (1, 1, lambda a: f"strftime({a}, '%G-W%V')"),
    "day": (1, 1, lambda a: f"day({a})"),
    "hour": (1, 1, lambda a: f"hour({a})"),
    "date": (1, 1, lambda a: f"CAST({a} AS DATE)"),
    "date_diff": (2, 2, lambda later, earlier: f"date_diff('day', CAST({earlier} AS DATE), CAST({later} AS DATE))"),
    "extract": (
        2,
        2,
        lambda a, p: (
            f"nullif(regexp_extract(CAST({a} AS VARCHAR), {p}, "
            f"CASE WHEN {p} LIKE '%(%' AND {p} NOT LIKE '%(?:%' THEN 1 ELSE 0 END), '')"
        ),
    ),
    "replace": (3, 3, lambda a, old, new: f"replace(CAST({a} AS VARCHAR), {old}, {new})"),
    "coalesce": (1, 99, lambda *args: f"coalesce({', '.join(args)})"),
    "text": (1, 1, lambda a: f"CAST({a} AS VARCHAR)"),
    "number": (
        1,
        1,
        lambda a: (
            rf"TRY_CAST(regexp_extract(replace(CAST({a} AS VARCHAR), ',', ''), "
            r"'[-+]?[0-9]*\.?[0-9]+([eE][-+]?[0-9]+)?') AS DECIMAL(38,6))"
        ),
    ),
}
