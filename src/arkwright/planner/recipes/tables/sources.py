"""Sources: which tables a request is about: files, sheets, views of texts, folders, addresses; and what has to be looked at first."""

import re
from dataclasses import dataclass, replace

from arkwright.core.json import Json, Object
from arkwright.core.plan import Look, Need, Question, Refusal
from arkwright.core.survey import Column, ColumnType, Table
from arkwright.planner.lexicon import words
from arkwright.planner.mentions import Mention
from arkwright.planner.reading import Reading
from arkwright.planner.recipes.tables.nested import fitting
from arkwright.planner.recipes.web_words import web_words
from arkwright.planner.text import key, stem

TABULAR = frozenset(["csv", "tsv", "tab", "xlsx", "xlsm", "json", "jsonl", "ndjson", "parquet", "db", "sqlite", "sqlite3"])
TEXTUAL = frozenset(["log", "txt", "md", "markdown", "docx", "pdf", "html", "htm"])
VIEWS: tuple[tuple[str, str], ...] = (
    ("checklist", "action item task todo to-do ticked unticked tick checklist checkbox checked done owner due"),
    ("words", "word"),
    ("matches:email", "email e-mail mail address"),
    ("matches:url", "url link website"),
    ("matches:phone", "phone telephone"),
    ("matches:ip", "ip"),
    ("matches:number", "number figure"),
    ("headings", "heading chapter section"),
    ("paragraphs", "paragraph"),
    ("lines", "line row"),
)
FILES_WORDS = words("file files size sizes largest biggest lines extension extensions smallest")


@dataclass(frozen=True, slots=True)
class Found:
    """The tables in play; `web` maps the address of a table to how it is fetched in the plan. `spans` are words about the source itself."""

    tables: tuple[Table, ...]
    covered: frozenset[int] = frozenset()
    auth: str = ""


def find(reading: Reading) -> Found | Need | Refusal | Question | None:
    """The tables a request is about, or what to look at to know."""
    files = [m for m in reading.inputs() if _extension(m.value) in TABULAR | TEXTUAL and not _token(reading, m)]
    urls = reading.named("url", "input")
    folders = reading.named("folder", "input")
    if urls and not files:
        return _web(reading, urls)
    if not files and folders and reading.has(*FILES_WORDS):
        return _folders(reading, folders)
    if not files and not folders:
        files = _by_name(reading)
    if not files:
        return _only(reading) if not folders else None
    return _files(reading, files)


def _token(reading: Reading, mention: Mention) -> bool:
    return "token" in mention.value.lower() or bool(
        re.search(r"\b(?:token|key|password)\b[^.;]{0,30}$", reading.text[: mention.start], re.IGNORECASE)
    )


def _extension(path: str) -> str:
    return path.rsplit(".", 1)[-1].lower() if "." in path else ""


def _by_name(reading: Reading) -> list[Mention]:
    """Files spoken of by their stem: `the sales data`, `the inventory workbook`."""
    found: list[Mention] = []
    for file in reading.survey.files:
        name = file.path.rsplit("/", 1)[-1]
        if file.path.endswith("/") or _extension(name) not in TABULAR | {"log"} or "/" in file.path:
            continue
        wanted = key(name.rsplit(".", 1)[0])
        hits = [i for i in range(len(reading.tokens)) if reading.stems[i : i + len(wanted)] == wanted]
        if hits:
            token = reading.tokens[hits[0]]
            found.append(Mention("file", file.path, token.start, reading.tokens[hits[0] + len(wanted) - 1].end, "input"))
    return found


def _only(reading: Reading) -> Found | Need | None:
    """The only table there is, when nothing is named."""
    tabular = [
        f.path
        for f in reading.survey.files
        if _extension(f.path) in TABULAR | {"log"} and not f.path.endswith("/") and "/" not in f.path
    ]
    if len(tabular) != 1:
        return None
    if reading.fact(tabular[0], "tables.describe") is None:
        return Need((Look("tables.describe", {"sources": [{"path": tabular[0]}]}),))
    return Found(reading.tables(tabular[0])) if reading.tables(tabular[0]) else None


def _files(reading: Reading, files: list[Mention]) -> Found | Need | Refusal | None:
    paths = list(dict.fromkeys(m.value for m in files))
    looks = tuple(
        Look("tables.describe", {"sources": [{"path": path}]}) for path in paths if reading.fact(path, "tables.describe") is None
    )
    if looks:
        return Need(looks)
    tables: list[Table] = []
    for path in paths:
        fact = reading.fact(path, "tables.describe")
        if isinstance(fact, dict) and isinstance(fault := fact.get("fault"), dict):
            if _extension(path) in TEXTUAL:
                continue
            return Refusal(
                _clause(reading, files, path), str(fault.get("message")), str(fault.get("remedy")), str(fault.get("code"))
            )
        tables += chosen(reading, path)
    said = frozenset(reading.stems)
    return Found(tuple(fitting(table, said) for table in tables)) if tables else None


def _clause(reading: Reading, files: list[Mention], path: str) -> str:
    mention = next(m for m in files if m.value == path)
    token = next((t for t in reading.tokens if t.start == mention.start), None)
    return reading.clause(token.index) if token else path


def chosen(reading: Reading, path: str) -> list[Table]:
    """The tables of a file that a request can mean: all sheets of a workbook, one view of a text."""
    tables = list(reading.tables(path))
    if _extension(path) not in TEXTUAL or len(tables) <= 1:
        return tables
    by_part = {t.part: t for t in tables}
    if "log" in by_part:
        return [by_part["log"]]
    said = set(reading.stems)
    if not reading.phrases("words|word (?:counts?|frequenc(?:y|ies)|freq)|(?:each|every|per) word"):
        said.discard("word")  # `the Word document`
    if "checklist" in by_part and said & {
        "ticked",
        "unticked",
        "tick",
        "action",
        "todo",
        "task",
        "done",
        "checklist",
        "unchecked",
        "checked",
        "outstanding",
    }:
        return [by_part["checklist"]]
    listed = [t for t in tables if t.part.startswith("table:")]
    named = [t for t in listed if sum(set(key(c.name)) <= said for c in t.columns) >= 1]
    if listed and (reading.has("table") or named) and not ({"ticked", "unticked", "word"} & said):
        return _best(reading, named or listed)
    for part, hints in VIEWS:
        if part in by_part and said & set(hints.split()):
            return [by_part[part]]
    return _best(reading, listed) if listed else []


def _best(reading: Reading, tables: list[Table]) -> list[Table]:
    """The table most of whose columns and values are spoken of; with a tie the largest."""
    said = set(reading.stems)
    return [max(tables, key=lambda t: (sum(bool(set(key(c.name)) & said) for c in t.columns), t.rows))]


def _folders(reading: Reading, folders: tuple[Mention, ...]) -> Found | Need | None:
    paths = list(dict.fromkeys(m.value.rstrip("/") for m in folders))
    looks = tuple(
        Look("tables.describe", {"sources": [{"path": p, "part": "files"}]})
        for p in paths
        if reading.fact(p, "tables.describe") is None
    )
    if looks:
        return Need(looks)
    tables = tuple(t for p in paths for t in (*reading.tables(p), *reading.tables(p + "/")) if t.part == "files")
    return Found(tables) if tables else None


# ---------------------------------------------------------------------- the web
def _web(reading: Reading, urls: tuple[Mention, ...]) -> Found | Need | Refusal | None:
    url = urls[0].value
    auth, covered = authorization(reading)
    covered |= web_words(reading)
    secured: Object = {"auth": {"bearer_file": auth}} if auth else {}
    if reading.has("graphql") or url.rstrip("/").endswith("graphql"):
        schema = reading.fact(url, "graphql.schema")
        if schema is None:
            return Need((Look("graphql.schema", {"url": url, **secured}),))
        return _faulty(reading, urls[0], schema) or _graphql(reading, url, schema, covered, auth)
    fetched = reading.fact(url, "http.fetch")
    if fetched is None:
        return Need((Look("http.fetch", {"url": url, "pages": {"style": "none"}, **secured}),))
    if refusal := _faulty(reading, urls[0], fetched):
        return refusal
    if isinstance(fetched, dict) and isinstance(fetched.get("table"), dict):
        return Found(tuple(fitting(t, frozenset(reading.stems)) for t in reading.tables(url)), covered, auth)
    if isinstance(fetched, dict) and "text" in fetched and "<" in str(fetched["text"])[:500]:
        visited = reading.fact(url, "browser.visit")
        if visited is None:
            return Need((Look("browser.visit", {"url": url, "steps": [{"do": "wait"}]}),)) if _wants_table(reading) else None
        tables = [t for t in reading.tables(url) if t.part.startswith("table:")]
        return _faulty(reading, urls[0], visited) or (Found(tuple(_best(reading, tables)), covered) if tables else None)
    return None


def _wants_table(reading: Reading) -> bool:
    return reading.has(
        "table",
        "catalog",
        "catalogue",
        "price",
        "rate",
        "rates",
        "csv",
        "excel",
        "product",
        "item",
        "row",
        "column",
        "json",
        "spreadsheet",
        "list",
        "page",
        "pages",
        "average",
        "cheapest",
        "how",
    )


def _faulty(reading: Reading, mention: Mention, fact: Json) -> Refusal | None:
    fault = fact.get("fault") if isinstance(fact, dict) else None
    if not isinstance(fault, dict):
        return None
    return Refusal(
        reading.clause(reading.index(mention)), str(fault.get("message")), str(fault.get("remedy")), str(fault.get("code"))
    )


def authorization(reading: Reading) -> tuple[str, frozenset[int]]:
    """The file that holds a token, and the words that say so."""
    files = [m for m in reading.named("file", "input") if _token(reading, m)]
    if not files:
        return "", frozenset()
    spans = reading.phrases(r"(?:(?:it|you|which|that|the api|this) )?(?:needs?|requires?|with|use|using|wants|send|it's|expects|you'll need|you need|takes)?(?: (?:the|a|our|my|as))?(?: \S+)? ?(?:bearer|api|access|auth|authorization|authentication)?(?: ?-)? ?(?:token|key)s?(?: authentication)?(?: \(? ?(?:,|it|which|that|is|stands|can be found|stored|lies|you find|find|from|in|inside|the|file|read|you|will|'ll|you'll))* § ?\)?")  # fmt: skip
    covered = {i for span in spans for i in span} | set(
        reading.where("bearer", "token", "authorization", "authentication", "auth")
    )
    return files[0].value, frozenset(covered | {reading.index(files[0])})


_SCALARS: dict[str, ColumnType] = {"Int": "integer", "Float": "number", "String": "text", "ID": "text", "Boolean": "boolean"}


def _graphql(reading: Reading, url: str, schema: Json, covered: frozenset[int], auth: str) -> Found | Refusal | None:
    """The list field that is spoken of, its scalars and those of what hangs on it as columns."""
    if (
        not isinstance(schema, dict)
        or not isinstance(query := schema.get("query"), dict)
        or not isinstance(types := schema.get("types"), dict)
    ):
        return None
    said = set(reading.stems)
    doors = [
        name
        for name, door in query.items()
        if isinstance(door, dict) and "[" in str(door.get("type")) and stem(name.lower()) in said
    ]
    if not doors:
        doors = [name for name, door in query.items() if isinstance(door, dict) and "[" in str(door.get("type"))]
        if len(doors) != 1:
            return Refusal(
                reading.text, "the request does not say what to ask the endpoint for", f"it offers {', '.join(map(str, query))}"
            )
    door = sorted(doors, key=lambda name: reading.stems.index(stem(name.lower())) if stem(name.lower()) in said else 999)[0]
    entry = query[door]
    kind = re.sub(r"[\[\]!]", "", str(entry.get("type") if isinstance(entry, dict) else ""))
    columns = tuple(Column(path, held) for path, held in _paths(types, kind, 2))
    return Found((Table(url, door, columns, 0, {"graphql": door}),), covered, auth)


def _paths(types: Object, kind: str, depth: int) -> list[tuple[str, ColumnType]]:
    fields = types.get(kind)
    found: list[tuple[str, ColumnType]] = []
    for name, written in fields.items() if isinstance(fields, dict) else ():
        inner = re.sub(r"!", "", str(written))
        if inner in _SCALARS:
            found.append((name, _SCALARS[inner]))
        elif depth > 1 and inner in types:
            found.extend((f"{name}.{path}", held) for path, held in _paths(types, inner, depth - 1))
    return found


def document(door: str, paths: list[str]) -> str:
    """The GraphQL query for a list field and the dotted paths wanted of it."""
    tree: dict[str, dict[str, object]] = {}
    for path in paths:
        head, _, rest = path.partition(".")
        tree.setdefault(head, {})
        if rest:
            tree[head][rest] = {}
    fields = " ".join(name if not inner else f"{name} {{ {' '.join(inner)} }}" for name, inner in tree.items())
    return f"query {{ {door} {{ {fields} }} }}"


def same_shape(tables: tuple[Table, ...]) -> bool:
    """Whether tables have the same columns."""
    shapes = {tuple(sorted(c.name.lower() for c in t.columns)) for t in tables}
    return len(tables) > 1 and len(shapes) == 1


def united(tables: tuple[Table, ...]) -> Table:
    """Tables of one shape as one."""
    first = tables[0]
    columns: list[Column] = []
    for column in first.columns:
        others = [next(c for c in t.columns if c.name.lower() == column.name.lower()) for t in tables]
        values = tuple(dict.fromkeys(v for c in others for v in c.values))[:60]
        distinct = sum(c.distinct for c in others) if column.distinct > 60 else len(values)
        columns.append(replace(others[0], values=values, distinct=distinct, blanks=sum(c.blanks for c in others)))
    return Table(first.source, first.part, tuple(columns), sum(t.rows for t in tables), first.layout)
