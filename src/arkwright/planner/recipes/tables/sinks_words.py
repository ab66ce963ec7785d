"""Sink words: how a request says what is to be made: files, formats, charts, reports."""

import re

from arkwright.planner.lexicon import CHARTS, FORMATS, words
from arkwright.planner.recipes.tables.events import Draw, Event, Glue, Report, Sink, Title
from arkwright.planner.recipes.tables.words import Words

LEADS = words(
    "plus to as in into called named an a the of new save saved it them this that result results file files output store stored write written export exported put under name - with one single"
)
CHART_WORDS = words("chart charts graph graphs plot plots diagram diagrams")
DOCUMENT_WORDS = words("report document doc file summary paper memo brief handout overview version format")
TITLE_ENDS = (
    "and save",
    "and put",
    "and store",
    "and write",
    "and name",
    "saved",
    "as png",
    "as a",
    "as an",
    "in a file",
    "please",
    "and tell",
    "and give",
    "and make",
    "then",
    "to a file",
)
SAME = ("of the same thing", "of the same numbers", "of the same data", "of the same figures", "of the same", "of it", "of that", "of this", "of them", "of these", "for it", "for the same thing", "for that", "showing it", "showing that", "showing this", "of the result", "of the results",
        "of those numbers", "of these numbers", "of the numbers")  # fmt: skip
NUMBERS = ("the numbers behind it", "the numbers behind the chart", "the data behind it", "the underlying numbers", "the underlying data", "the numbers", "the figures behind it", "the figures", "numbers behind it", "underlying numbers", "underlying data", "the chart data", "the data behind the chart",
           "the numbers it shows", "the values behind it", "the values", "the same numbers", "the same data", "the numbers used", "the same table")  # fmt: skip


def sink(w: Words, i: int) -> Event | None:
    """What is made, at `i`."""
    return _title(w, i) or _mention(w, i) or _chart(w, i) or _report(w, i) or _format(w, i) or _glue(w, i)


def _span(start: int, end: int) -> tuple[int, ...]:
    return tuple(range(start, end))


def _title(w: Words, i: int) -> Event | None:
    end = w.any_at(
        i,
        "with the title",
        "with title",
        "title",
        "titled",
        "entitled",
        "with a title",
        "the title",
        "title it",
        "heading",
        "headed",
        "title :",
        "the title should be",
        "give it the title",
        "under the title",
        "under the heading",
        "called",
        "named",
    )
    j = w.skip(end, words(': is " should be')) if end else 0
    if end and w.quoted(j):
        return Title(_span(i, j + 1), w.quoted(j))
    if end and "title" in "".join(w.norms[i:end]) and w.norm(i - 1) != "column":
        return _bare_title(w, i, j)
    return None


def _bare_title(w: Words, i: int, j: int) -> Event | None:
    """A title without quotes: up to the end of the clause, or to the next thing to do; it begins with a capital letter."""
    stop = j
    tokens = w.reading.tokens
    while stop < len(tokens) and tokens[stop].kind in ("word", "number") and w.any_at(stop, *TITLE_ENDS) == 0:
        stop += 1
    text = w.reading.quote(range(j, stop))
    return Title(_span(i, stop), text) if stop > j and text[0].isupper() else None


def _mention(w: Words, i: int) -> Event | None:
    mention = w.reading.mention(i) if w.norm(i) == "§" else None
    if mention is None:
        return None
    if mention.kind in ("file", "folder") and mention.role == "input":
        return Glue((i,))
    if mention.kind == "url" and mention.role == "input":
        return Glue((i,))
    if mention.kind == "file" and mention.role == "output":
        extension = mention.value.rsplit(".", 1)[-1].lower()
        kind = FORMATS.get(extension, extension)
        return Sink((i,), kind, mention.value)
    if mention.kind == "quoted" and w.norm(i - 1) in ("sheet", "called", "named") and "sheet" in w.norms[max(0, i - 3) : i]:
        return Glue((i,))
    return None


def _chart(w: Words, i: int) -> Event | None:
    j = w.skip(
        i, words("a an the draw plot make create show me one simple nice horizontal vertical stacked clear small matching with")
    )
    word = w.norm(j)
    end, kind = 0, ""
    if word in CHARTS and w.norm(j + 1) in CHART_WORDS:
        end, kind = j + 2, CHARTS[word]
    elif word in CHARTS and w.norm(j + 1) == "-" and w.norm(j + 2) in CHART_WORDS:
        end, kind = j + 3, CHARTS[word]
    elif word in ("barchart", "linechart", "piechart", "bar-chart", "line-chart", "pie-chart", "scatterplot", "scatter-plot"):
        end, kind = j + 1, re.split(r"-|chart|plot", word)[0]
    elif word in ("histogram", "pie"):
        end, kind = j + 1, CHARTS[word]
    elif word in CHART_WORDS or word in ("charted", "plotted", "graphed", "visualise", "visualize", "draw"):
        end = j + 1 if w.norm(j + 1) not in ("it", "them", "this", "that", "these") else j + 2
        if word == "draw" and end == j + 1:
            return None
    if not end and w.norm(i) in ("plot", "draw", "graph", "visualise", "visualize", "chart"):
        return Draw((i,), "")
    if not end:
        return None
    if tail := w.any_at(end, *SAME):
        end = tail
    end = w.any_at(end, "as bars", "with bars") or end
    return Draw(_span(i, end), kind)


def _report(w: Words, i: int) -> Event | None:
    """`a two-page PDF report`, `Word document`, `report as pdf`."""
    j = w.skip(i, words("a an the short brief small proper nice little write written up prepare make with management"))
    pages, end, form, said = None, j, "", False
    if (n := w.number(j)) is not None and n < 50:
        k = j + 2 if w.norm(j + 1) == "-" else j + 1
        if w.norm(k) in ("page", "pages", "pager", "sided", "sheet") and (w.norm(k) != "sheet"):
            pages, end = int(n), k + 1
    elif re.fullmatch(r"(one|two|three|four|five|\d+)-(page|pager|paged)", w.norm(j)):
        pages, end = int(w.reading.number(j) or w_number(w.norm(j).split("-")[0])), j + 1
    end = w.skip(end, words("long - short brief of an a"))
    word = w.norm(end)
    if FORMATS.get(word) in ("docx", "pdf", "md", "html") and _means_format(w, end):
        form, end, said = FORMATS[word], end + 1, FORMATS[word] in ("docx", "pdf")
    if w.norm(end) in ("report", "summary", "memo", "handout", "brief", "factsheet") or (form and w.norm(end) in DOCUMENT_WORDS):
        said, end = (
            said
            or w.norm(end) in ("report", "memo", "handout", "brief", "factsheet")
            or bool(form and w.norm(end) in ("summary", "document", "paper", "overview"))
            or pages is not None,
            end + 1,
        )
    if not said:
        return None
    n = w.number(end + 1) if w.norm(end) in ("(", ",", "of", "with") else None
    if n is not None and n < 50 and w.norm(end + 2) in ("page", "pages", "sides") and pages is None:
        pages, end = int(n), end + 3
    if tail := w.any_at(end, "about it", "about this", "about that", "about", "on", "on it", "of it"):
        end = tail if w.norm(tail) == "§" or tail - end > 1 else end
    return Report(_span(i, end), form, pages)


def w_number(word: str) -> float:
    """A number word or digits as a number."""
    from arkwright.planner.text import number

    return number(word) or 0.0


def _means_format(w: Words, j: int) -> bool:
    """`Word` the program is written with a capital, or beside `document` and the like."""
    if w.norm(j) != "word":
        return True
    return (w.reading.tokens[j].text[0].isupper() and w.norm(j + 1) != "count") or w.norm(j + 1) in DOCUMENT_WORDS


def _format(w: Words, i: int) -> Event | None:
    j = w.skip(i, LEADS)
    if end := w.any_at(
        j,
        "second sheet",
        "another sheet",
        "separate sheet",
        "sheet of its own",
        "third sheet",
        "different sheet",
        "extra sheet",
        "own sheet",
        "further sheet",
        "next sheet",
        "2nd sheet",
        "other sheet",
        "separate tab",
        "second tab",
    ):
        return Sink(_span(i, end), "xlsx", sheet=True)
    form = FORMATS.get(w.norm(j), "")
    if not form or not _means_format(w, j) or form == "docx":
        return None
    if (form == "html" and w.norm(j) == "webpage") or (form == "db" and w.norm(j - 1) not in ("to", "as", "into")):
        return None
    end = j + 1
    while w.norm(end) in (
        "file",
        "files",
        "sheet",
        "spreadsheet",
        "workbook",
        "format",
        "table",
        "document",
        "please",
        "list",
        "array",
        "output",
        "picture",
        "image",
        "copy",
        "version",
        "book",
        "form",
    ):
        end += 1
    if w.norm(end) == "or" and (other := w.skip(end + 1, LEADS)) and w.norm(other) in FORMATS:
        end = other + 1
        while w.norm(end) in ("file", "sheet", "spreadsheet", "workbook", "table"):
            end += 1
    return Sink(_span(i, end), form)


def _glue(w: Words, i: int) -> Event | None:
    if end := w.any_at(i, *NUMBERS):
        return Glue(_span(i, end))
    if w.norm(i) in ("sqlite", "db", "sql") and any(
        m.value.endswith((".db", ".sqlite", ".sqlite3")) for m in w.reading.named("file")
    ):
        return Glue((i,))
    if end := w.any_at(i, *SAME):
        return Glue(_span(i, end))
    if end := w.any_at(i, "short introduction", "an introduction", "introduction", "short intro", "intro", "a short conclusion", "conclusion", "a few sentences", "explanation", "key findings", "findings", "main findings", "key figures", "short text", "a short paragraph", "paragraph", "introductory", "short summary",
                       "a summary", "summary", "the most important findings", "most important findings", "headline numbers", "a title", "page numbers"):  # fmt: skip
        return (
            Glue(_span(i, end))
            if w.reading.has("report", "document", "pdf", "word", "memo", "page", "docx") or w.norm(i) == "summary"
            else None
        )
    if end := w.any_at(i, "as a table", "in a table", "a table with", "a table of", "table", "tables", "list of"):
        return Sink(_span(i, end), "table") if "table" in w.norms[i] or "table" in w.norms[i:end] else Glue(_span(i, end))
    if end := w.any_at(i, "subfolders too", "subfolders included", "incl . the subfolders", "including subfolders", "including all subfolders", "and its subfolders", "and all subfolders", "with subfolders", "subfolders", "recursively", "sheet", "sheets", "columns", "column", "rows", "row", "result", "results", "sqlite database", "database",
                       "tables", "header", "headers", "source", "input", "contents", "content", "data set", "dataset", "download", "fetch", "query", "endpoint", "api", "url", "page", "website", "site", "webpage", "graphql", "rest"):  # fmt: skip
        return Glue(_span(i, end))
    return None
