"""Mentions: which tokens name files, dates, columns, values and tables that really exist."""

import re
from collections.abc import Iterable, Sequence

from arkwright.verifier.demands import Column, Source, World
from arkwright.verifier.lexicon import MONTH_INDEX, NUMBERS, SYNONYMS
from arkwright.verifier.neutral import NEUTRAL
from arkwright.verifier.script import Script, Token

_WORDS = re.compile(r"[^\W_]+")
TITLES = ("title", "titled", "entitled", "heading", "headline", "caption")
SLASHED = frozenset(
    [
        "upper/lower", "lower/upper", "day/month/year", "month/day/year", "dd/mm/yyyy", "mm/dd/yyyy", "n/a", "and/or", "month/file", "file/month", "file/sheet", "sheet/file", "yes/no",
        "lowercase/uppercase", "uppercase/lowercase",
    ]
)  # fmt: skip
PLAIN = {
    "a",
    "i",
    "is",
    "in",
    "on",
    "at",
    "to",
    "of",
    "by",
    "no",
    "yes",
    "the",
    "and",
    "or",
    "all",
    "per",
    "for",
    "it",
    "as",
    "not",
    "new",
    "one",
    "two",
    "first",
}


def mark_paths(script: Script, world: World) -> None:
    """Folders named by a bare word become file tokens; file names that do not exist stay file tokens (outputs)."""
    folders = {p.split("/")[0] for p in world.before if "/" in p}
    stems = {p.rsplit("/", 1)[-1].rsplit(".", 1)[0].casefold(): p for p in world.before}
    for i, token in enumerate(script.tokens):
        if token.kind == "file" and token.text.casefold() in SLASHED and token.text not in world.before:
            token.kind = "word"
        elif token.kind == "file":
            token.value = token.text.strip("/").removeprefix("./")
        elif token.kind == "word" and token.text in folders:
            token.kind, token.value = "file", token.text
        elif token.kind == "word" and _is_stem(script, i, stems):
            token.kind, token.value = "file", stems[token.text.casefold()]


def _is_stem(script: Script, i: int, stems: dict[str, str]) -> bool:
    after = script.tokens[i + 1].text.casefold() if i + 1 < len(script.tokens) else ""
    return script.tokens[i].text.casefold() in stems and after in (
        "file",
        "workbook",
        "spreadsheet",
        "sheet",
        "database",
        "log",
        "export",
    )


def mark_dates(script: Script) -> None:
    """Months, quarters, years and days become date tokens with an inclusive range of ISO days."""
    tokens = script.tokens
    i = 0
    while i < len(tokens):
        taken, span = _date_at(tokens, i)
        if span:
            _merge(script, i, taken, "date", span)
        i += 1


def _date_at(tokens: Sequence[Token], i: int) -> tuple[int, tuple[str, str] | None]:
    low = [t.text.casefold().strip("'’") for t in tokens[i : i + 6]] + [""] * 6
    if tokens[i].kind == "iso":
        return 1, day_range(low[0])
    if tokens[i].kind == "dmy":
        day, month, year = low[0].split(".")
        return 1, day_range(f"{year}-{int(month):02d}-{int(day):02d}")
    if tokens[i].kind not in ("word", "num"):
        return 0, None
    if low[0] in MONTH_INDEX and (low[0] != "may" or re.fullmatch(r"\d{4}|,", low[1])):
        month = MONTH_INDEX[low[0]]
        if re.fullmatch(r"\d{4}", low[1]):
            return 2, month_range(int(low[1]), month)
        if re.fullmatch(r"\d{1,2}(st|nd|rd|th)?", low[1]):
            skip = 3 if low[2] == "," else 2
            if re.fullmatch(r"\d{4}", low[skip]):
                return skip + 1, day_range(f"{low[skip]}-{month:02d}-{int(re.sub('[a-z]', '', low[1])):02d}")
        return 1, ("month", str(month)) if tokens[i].text[0].isupper() else None
    if m := re.fullmatch(r"(\d{1,2})(?:st|nd|rd|th|\.)?", low[0]):
        shift = 2 if low[1] == "of" else 1
        if low[shift] in MONTH_INDEX and re.fullmatch(r"\d{4}", low[shift + 1]):
            return shift + 2, day_range(f"{low[shift + 1]}-{MONTH_INDEX[low[shift]]:02d}-{int(m[1]):02d}")
    quarter = re.fullmatch(r"q([1-4])", low[0]) or (
        re.fullmatch(r"(first|second|third|fourth)", low[0]) if low[1] == "quarter" else None
    )
    if quarter:
        number = {"first": 1, "second": 2, "third": 3, "fourth": 4}.get(quarter[1]) or int(quarter[1])
        at = 1 if low[0].startswith("q") else 2
        at += low[at] == "of"
        return (
            (at + 1, quarter_range(int(low[at]), number)) if re.fullmatch(r"\d{4}", low[at]) else (at, ("quarter", str(number)))
        )
    if (
        re.fullmatch(r"(19|20)\d\d", low[0])
        and i
        and tokens[i - 1].text.casefold()
        in ("in", "of", "from", "during", "for", "year", "since", "until", "before", "after", "through")
    ):
        return 1, (f"{low[0]}-01-01", f"{low[0]}-12-31")
    return 0, None


def day_range(text: str) -> tuple[str, str]:
    """A day, or the days of a month written 2025-03."""
    return (text, text) if len(text) == 10 else month_range(int(text[:4]), int(text[5:7]))


def month_range(year: int, month: int) -> tuple[str, str]:
    """First and last day of a month."""
    last = [31, 29 if year % 4 == 0 and (year % 100 or year % 400 == 0) else 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][
        month - 1
    ]
    return f"{year}-{month:02d}-01", f"{year}-{month:02d}-{last:02d}"


def quarter_range(year: int, quarter: int) -> tuple[str, str]:
    """First and last day of a quarter."""
    return month_range(year, quarter * 3 - 2)[0], month_range(year, quarter * 3)[1]


def mark_parts(script: Script, sources: Sequence[Source]) -> None:
    """`the Suppliers sheet`, `table orders`: what is called a sheet or a table is one, even where a column has the same name."""
    parts = {s.part.casefold() for s in sources if s.part}
    called = ("sheet", "sheets", "table", "tab")
    for i, token in enumerate(script.tokens):
        low = token.text.casefold()
        near = [script.tokens[k].text.casefold() for k in (i - 1, i + 1) if 0 <= k < len(script.tokens)]
        if token.kind == "word" and low in parts and low not in called and any(n in called for n in near):
            token.kind, token.value = "tab", [(s.id,) for s in sources if s.part.casefold() == low]


def mark_columns(script: Script, sources: Sequence[Source]) -> None:
    """The longest stretches of words that name columns become col tokens; `value` lists (source, column) pairs."""
    names = column_names(sources)
    _mark(script, names, "col")
    _compounds(script)


def _compounds(script: Script) -> None:
    """Two columns side by side are one mention of the second: product categories, sales amount."""
    i = 0
    while i + 1 < len(script.tokens):
        if (
            script.tokens[i].kind == script.tokens[i + 1].kind == "col"
            and "-" not in script.text[script.tokens[i].end : script.tokens[i + 1].start]
            and not _is_subject(script, i)
        ):
            first, second = script.tokens[i], script.tokens[i + 1]
            apart = not {v[0] for v in first.value} & {v[0] for v in second.value}
            _merge(script, i, 2, "col", first.value if apart and second.text.casefold() in ("name", "names") else second.value)
        else:
            i += 1


def _is_subject(script: Script, i: int) -> bool:
    """Whether a column is what the sentence is about (`which departments spent`), not half of a compound."""
    first, second = script.tokens[i], script.tokens[i + 1]
    asked = bool(i) and script.tokens[i - 1].text.casefold() in ("which", "what", "whose", "many", "did", "do", "all", "list")
    return asked or (first.text.casefold().endswith("s") and not set(first.value) & set(second.value) and _plural(first))


def _plural(token: Token) -> bool:
    return all(not str(v[1]).casefold().endswith("s") for v in token.value)


def mark_values(script: Script, sources: Sequence[Source]) -> None:
    """Values of text columns become val tokens; `value` lists (source, column, value) triples."""
    names: dict[str, list[tuple[str, ...]]] = {}
    plain: dict[str, list[tuple[str, ...]]] = {}
    for source in sources:
        for column in source.columns:
            for value in (
                column.values
                if column.type == "text" and source.part not in ("words", "lines") and len(column.values) <= 200
                else ()
            ):
                key = " ".join(_words(value))
                if key and key not in PLAIN | NEUTRAL and not key.isdigit() and key not in NUMBERS:
                    names.setdefault(key, []).append((source.id, column.name, value))
                elif key in PLAIN | NEUTRAL and value.strip() == value:
                    plain.setdefault(value, []).append((source.id, column.name, value))
    _mark(script, names, "val")
    for token in script.tokens:
        bare = str(token.value) if token.kind == "quote" else token.text
        if token.kind in ("word", "quote") and bare in plain:
            token.kind, token.value = "val", plain[bare]


def mark_tables(script: Script, sources: Sequence[Source]) -> None:
    """Names of database tables and sheets, and the nouns of files, become tab tokens."""
    names: dict[str, list[tuple[str, ...]]] = {}
    for source in sources:
        part = source.part.split(".")[-1]
        for name in {part} - {"words", "lines", "log", "checklist", "files"}:
            for form in _forms(name):
                names.setdefault(form, []).append((source.id,))
    _mark(script, names, "tab")


def column_names(sources: Sequence[Source]) -> dict[str, list[tuple[str, ...]]]:
    """The forms in which columns can be named, each with its (source, column) pairs."""
    exact: dict[str, list[tuple[str, ...]]] = {}
    loose: dict[str, list[tuple[str, ...]]] = {}
    for source in sources:
        if source.part == "words":
            exact["words"] = [(source.id, "word")]
        if source.part == "files":
            for form in ("file type", "file types", "type", "types", "file extension", "kind of file", "extensions"):
                exact[form] = [(source.id, "extension")]
        if source.part in ("lines", "words"):
            continue
        for column in source.columns:
            for form in _forms(column.name):
                exact.setdefault(form, []).append((source.id, column.name))
            for form in _loose_forms(column) | _parent_forms(source, column):
                loose.setdefault(form, []).append((source.id, column.name))
    for form, hits in loose.items():
        if form not in exact and form not in PLAIN:
            exact[form] = hits
    for word, others in SYNONYMS.items():
        hits = [h for o in others for h in exact.get(" ".join(_words(o)), ())]
        if word not in exact and len({h[1] for h in hits}) == 1:
            exact[" ".join(_words(word))] = hits
    return exact


def _forms(name: str) -> set[str]:
    words = _words(name)
    if not words:
        return set()
    last = words[-1]
    plural = last + "es" if last.endswith(("s", "x", "ch")) else last[:-1] + "ies" if last.endswith("y") else last + "s"
    single = last[:-3] + "y" if last.endswith("ies") else last[:-1] if last.endswith("s") and not last.endswith("ss") else last
    return {" ".join([*words[:-1], w]) for w in (last, plural, single)}


def _parent_forms(source: Source, column: Column) -> set[str]:
    """`order id` for the `id` of records that are orders, also where their items are the rows."""
    if column.name.casefold() not in ("id", "no", "number", "name", "date"):
        return set()
    parts = source.part.split(".")
    inner = any("." in c.name and c.name.split(".")[0] == parts[-1] for c in source.columns)
    parent = parts[-2] if inner and len(parts) > 1 else parts[-1]
    single = parent[:-3] + "y" if parent.endswith("ies") else parent.removesuffix("s")
    return {f"{single} {column.name}".casefold()} if single else set()


def _loose_forms(column: Column) -> set[str]:
    """A column by its last part (customer.name -> name), without its unit (lead time (days) -> lead time), by its entity."""
    out: set[str] = set()
    bare = re.sub(r"\s*[(\[].*?[)\]]", "", column.name)
    if bare != column.name:
        out |= _forms(bare)
    parts = column.name.split(".")
    for k in range(1, len(parts)):
        out |= _forms(" ".join(parts[k:]))
    if len(parts) > 1 and parts[-1] == "name":
        out |= _forms(" ".join(parts[-2:-1])) | _forms(" ".join(parts[:-1]))
    words = _words(column.name)
    if len(words) == 1 and column.type == "text" and words[0] not in ("name", "id"):
        out |= {f"{words[0]} s name", f"{words[0]} name"}
    if words[-1:] == ["salary"]:
        out |= {"earn", "earns", "earning", "pay", "wage", "wages"}
    if words[-1:] == ["id"] or words == ["id"]:
        out |= {f"{w} id" for w in words[:1]}
    if column.type == "date" and "date" not in words:
        out |= _forms(f"{column.name} date")
    if len(words) == 2 and words[1] in ("c", "f", "eur", "usd", "kg", "km", "g", "cm", "m", "name"):
        out |= _forms(words[0])
    return out


def _words(text: str) -> list[str]:
    text = re.sub(r"(?<=[a-zà-ÿ])(?=[A-Z])", " ", text)
    return [w.casefold() for w in _WORDS.findall(text)]


def _mark(script: Script, names: dict[str, list[tuple[str, ...]]], kind: str) -> None:
    if not names:
        return
    longest = max(len(n.split()) for n in names)
    i = 0
    while i < len(script.tokens):
        for n in range(min(longest + 1, len(script.tokens) - i), 0, -1):
            group = script.tokens[i : i + n]
            if (
                group[0].kind == "mark"
                or group[-1].kind == "mark"
                or any(t.kind not in ("word", "mark", "num", "quote") for t in group)
            ):
                continue
            if kind == "col" and any(t.kind == "mark" and set(t.text) & set(";:,.?!") for t in group):
                continue
            if group[0].kind == "quote" and i and script.tokens[i - 1].text.casefold() in TITLES:
                break
            key = " ".join(w for t in group for w in _words(t.value if t.kind == "quote" else t.text))
            if key in names and not (n == 1 and group[0].kind == "num"):
                _merge(script, i, n, kind, names[key])
                break
        i += 1


def _merge(script: Script, at: int, count: int, kind: str, value: object) -> None:
    group = script.tokens[at : at + count]
    text = script.text[group[0].start : group[-1].end]
    script.tokens[at : at + count] = [Token(kind, text, group[0].start, group[-1].end, value)]


def rows_nouns(sources: Iterable[Source]) -> set[str]:
    """Nouns for the rows of the sources: file names, table names, what ids identify."""
    out: set[str] = set()
    for source in sources:
        names = [source.path.rsplit("/", 1)[-1].rsplit(".", 1)[0], source.part.split(".")[-1]]
        names += source.path.rstrip("/").split("/")[-1:] if "://" in source.path else []
        names += [c.name[:-3] for c in source.columns if c.name.casefold().endswith(("_id", " id"))]
        names += [c.name.split(".")[0] for c in source.columns if "." in c.name]
        for name in names:
            for form in _forms(name):
                out |= set(form.split())
    return out
