"""Scraped: a table of a page in a file, compared with the raw source of all its pages or with the data its script loads."""

import re
from typing import cast

from arkwright.core.json import Json, Object
from arkwright.verifier.case import Case, Silent, ending
from arkwright.verifier.checks.pages import open_page, page_records
from arkwright.verifier.demands import Special


async def check_page_table(case: Case, special: Special) -> None:
    """The file holds every row of the page's table, with the columns asked for, and nothing else."""
    url, name, kind = (str(special.args[k]) for k in ("url", "name", "ending"))
    files = [p for p in case.new() if (p == name if name else ending(p) == kind)]
    case.explained.update(files)
    if len(files) != 1:
        case.say("table", special.clause, "failed" if not files else "unknown", f"files found: {files}", *files)
        return
    page = await open_page(case.ask, url)
    tables = await page_records(case.ask, url, bool(special.args["everything"]))
    if len(tables) != 1:
        raise Silent(f"{len(tables)} tables were read from {url}; which is meant, or how it goes on, is not certain")
    grid = _grid(tables[0])
    listed, strange = _described(special, page, url, [str(c) for c in grid[0]])
    if strange:
        case.say(
            "table", special.clause, "unknown", f"{strange[:4]} describe something that is not in the page's headings", *files
        )
        return
    columns = listed if len(listed) >= 2 else [str(c) for c in grid[0]]
    if not page["tables"] and len(listed) < 2:
        columns = await _shown(case, files[0], columns)
    places = [[str(c) for c in grid[0]].index(c) for c in columns]
    wanted: Json = [[row[i] for i in places] for row in grid]
    question: Object = {"tables": {"t": {"grid": wanted}}, "steps": [{"do": "from", "table": "t"}]}
    found = await case.proof("proof.recompute", {"question": question, "paths": [files[0]], "rules": {}})
    problem = str(cast("Object", cast("Object", found["found"])[files[0]])["problem"])
    text = str(case.facts.get(files[0], {}).get("text", ""))
    if special.args.get("plain") and (re.search(r"[€$£]|\bEUR\b|&\w+;", text) or not text):
        problem = problem or "signs of a currency are left, or cannot be looked for"
    detail = problem or f"{len(grid) - 1} rows read again from {url}"
    case.say("table", special.clause, "failed" if problem else "passed", detail, *files)


def _grid(records: list[Object]) -> list[list[Json]]:
    names = list(dict.fromkeys(k for r in records for k in r))
    return [list[Json](names), *[[r.get(n) for n in names] for r in records]]


def _described(special: Special, page: Object, url: str, columns: list[str]) -> tuple[list[str], list[str]]:
    """The columns that the request lists, and words that neither the page's headings nor its columns know."""
    known = " ".join([str(page["title"]), *cast("list[str]", page["headings"]), re.sub(r"^https?://[^/]*", "", url)]).casefold()
    stems = {_stem(w) for w in re.findall(r"[^\W_]+", known)}
    named = {_stem(c): c for c in columns}
    listed: list[str] = []
    strange: list[str] = []
    for word in cast("list[str]", special.args["words"]):
        if _stem(word) in named:
            listed.append(named[_stem(word)])
        elif _stem(word) not in stems:
            strange.append(word)
    return list(dict.fromkeys(listed)), strange


def _stem(word: str) -> str:
    low = "".join(c for c in word.casefold() if c.isalnum())
    low = low.removesuffix("s")
    return low.removesuffix("ue") if low.endswith("logue") else low.removesuffix("e")


async def _shown(case: Case, path: str, columns: list[str]) -> list[str]:
    """Of loaded data, the columns that the file has: a page need not show all it loads."""
    grids = cast("list[list[list[Json]]]", (await case.proof("proof.tables", {"path": path}))["tables"])
    heads = {_stem(str(c)) for c in grids[0][0]} if grids and grids[0] else set[str]()
    kept = [c for c in columns if _stem(c) in heads]
    return kept if len(kept) >= 2 and len(kept) == len(heads) else columns
