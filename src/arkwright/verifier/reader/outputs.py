"""Outputs: the files, charts, reports and answers that a request wants to see."""

import re

from arkwright.verifier.demands import Deliverable, Demands, World
from arkwright.verifier.lexicon import FORMATS, NUMBERS, TABLES
from arkwright.verifier.script import Script

FORMAT = (
    "(?:"
    + "|".join(sorted(FORMATS, key=len, reverse=True))
    + r"|\.(?:csv|xlsx|json|png|pdf|docx|md|html|zip|txt|svg|tsv|parquet))"
)
CHART = r"(?P<style>bar|line|pie|scatter|area|column|donut)? ?(?P<what>chart|graph|plot|diagram|histogram|scatterplot|barchart|linechart|graphic)s?"
SMALL = "|".join(NUMBERS)
SAVING = {"save", "saved", "saving", "write", "written", "writing", "store", "stored", "export", "exported", "put", "output", "outputs", "call", "called", "create", "make", "produce", "generate", "deliver", "download", "place", "want", "need", "give", "draw", "plot", "convert", "turn", "dump", "send", "print", "storing", "named", "needed", "required", "created", "made", "produced", "files", "load"}  # fmt: skip


def read_outputs(script: Script, world: World, demands: Demands) -> None:
    """Take every mention of an output."""
    _titles(script, demands)
    _named(script, world, demands)
    _charts(script, demands)
    _reports(script, demands)
    _either(script, demands)
    _own_format(script, world)
    _formats(script, demands)
    _encodings(script, demands)
    _sheets(script, demands)
    _answers(script, demands)


def kind_of(name: str) -> str:
    """The ending of a file name without its dot."""
    return name.rsplit(".", 1)[-1].casefold() if "." in name.rsplit("/", 1)[-1] else ""


def _titles(script: Script, demands: Demands) -> None:
    for m in script.find(
        r"(?:with|give it|use|and|put|as|having|has|under)* ?(?P<t>{quote})(?: should be| is)? (?:as |for )?(?:the |its |a )*(?:title|heading|caption|headline)(?: of (?:it|the (?:chart|plot|diagram|graph|picture)))?"
    ):
        title = script.tokens[m.groups["t"][0]].value
        demands.deliverables.append(Deliverable("file", name="", clause=script.clause(m), title=title))
        script.take(m, "title")
    for m in script.find(
        r"(?:with (?:the |a )?)?(?:give it (?:the |a )?)?(?:and )?(?:titled?|entitled|heading|headline|caption)(?: it| is| should be| reads| :)* (?P<t>{quote})"
    ):
        title = script.tokens[m.groups["t"][0]].value
        demands.deliverables.append(Deliverable("file", name="", clause=script.clause(m), title=title))
        script.take(m, "title")


def _named(script: Script, world: World, demands: Demands) -> None:
    verbs = r"(?:(?:save|saved|write|written|store|stored|export|exported|put|output|call|called|named|name|as|to|in|into|it|them|this|that|the|result|results|file|a|these|everything) )*"
    for m in script.find(rf"(?P<lead>{verbs})(?P<f>{{file}})"):
        at = m.groups["f"][0]
        name = str(script.tokens[at].value)
        if name in world.before or any(p.startswith(name + "/") for p in world.before) or "*" in name:
            continue
        if not _is_output(script, at, world):
            demands.doubts.append(f"{name!r} reads like an input, and there is none of that name")
            script.take(m, "input that is not there")
            continue
        formats = (kind_of(name),) if kind_of(name) else ()
        demands.deliverables.append(
            Deliverable("table" if formats and formats[0] in TABLES else "file", formats, name, script.clause(m))
        )
        script.take(m, "output file")
    for m in script.find(
        r"(?:the )?(?:source|data|input|inputs|sources) (?:is|are|comes from|file is) (?P<f>{file})|(?:read|open|take|load|use|using|from|in|of|with|and|,|out of|the file|have|has|about|for) (?P<g>{file})|(?P<h>{file})"
    ):
        script.take(m, "input file")


INPUTS = ("from", "of", "read", "open", "load", "using", "use", "take", "per", "with", "about", "against", "inside", "than")


def _is_output(script: Script, at: int, world: World) -> bool:
    """Whether a file that is not there is one to be made: told by the words before it."""
    before = [t.text.casefold() for t in script.tokens[:at]]
    closer = [
        w for w in before[-3:] if w not in ("the", "a", "an", "new", "file", "table", "workbook", "csv", "called", "single")
    ]
    last = closer[-1] if closer else ""
    if before[-1:] == ["file"] and before[-2:-1] not in (["the"], ["of"], ["from"]) and len(before) > 2:
        return True
    sentence: list[str] = []
    for word in reversed(before):
        if word[:1] in ".!?;" and len(word) == 1:
            break
        sentence.append(word)
    if last in INPUTS:
        return False
    if last in SAVING or last in ("as", "into", "name", "named", ":", ">", "=", "titled", "filename"):
        return True
    joining = {"compare", "join", "match", "merge", "combine", "append", "add"} & set(sentence)
    if last == "to":
        return not joining
    known = any(t.kind == "file" and str(t.value) in world.before for t in script.tokens)
    if known and not joining and last not in ("in", "and", ",", "&", "("):
        return True
    saving = bool(SAVING & set(sentence)) or any(t.kind == "file" for t in script.tokens[:at])
    if last in ("in", "it", "them", "results", "result", "this", "that"):
        return saving and not joining
    return saving and (last in (",", "and", "(", "&") or script.tokens[at - 1].kind in ("file", "date", "col"))


def _charts(script: Script, demands: Demands) -> None:
    for m in script.find(
        r"(?:also )?(?:chart|plot|graph|draw|visualise|visualize) (?:it|them|that|this|the result|the results)(?: as)?(?: an?)?(?: (?P<style>bar|line|pie|scatter|area) (?:chart|graph|plot))?"
    ):
        demands.deliverables.append(
            Deliverable("chart", clause=script.clause(m), style=script.words(m, "style") if "style" in m.groups else "")
        )
        script.take(m, "chart")
    for m in script.find(rf"(?:draw|plot|make|create|with|and|plus|a|an|the|one|nice|simple|me|please|,|as| )*{CHART}"):
        style = script.words(m, "style") if "style" in m.groups else ""
        style = "histogram" if "histogram" in script.words(m) else style
        demands.deliverables.append(
            Deliverable("chart", clause=script.clause(m), style={"column": "bar", "donut": "pie"}.get(style, style))
        )
        script.take(m, "chart")
    for m in script.find(
        r"(?:of |about |showing )?the same (?:thing|data|numbers|figures|table)|(?:the )?numbers (?:behind|underneath|for) (?:it|this|that|the chart)|(?:of |showing )(?:this|that|it)"
    ):
        script.take(m, "the same question")


def _reports(script: Script, demands: Demands) -> None:
    for m in script.find(
        rf"(?:(?P<n>{{num}}|{SMALL}) (?:- )?pages? )?(?P<f>word|pdf|markdown|html|docx)? ?(?P<w>report|write-up|writeup|memo|summary document)"
    ):
        formats = FORMATS.get(script.words(m, "f"), ()) if "f" in m.groups else ()
        pages = NUMBERS.get(script.words(m, "n"), 0) if "n" in m.groups else 0
        pages = pages or (int(script.words(m, "n")) if "n" in m.groups and script.words(m, "n").isdigit() else 0)
        demands.deliverables.append(Deliverable("report", formats, clause=script.clause(m), pages=pages))
        script.take(m, "report")
    for m in script.find(
        r"(?P<n>one|two|three|four|1|2|3|4)-pages?(?P<x> (?:word|pdf|markdown|html|docx)(?: report| document)?)?(?: report)?"
    ):
        words = script.words(m)
        formats = next((FORMATS[w] for w in words.split() if w in FORMATS), ())
        count = words.split("-")[0]
        demands.deliverables.append(
            Deliverable("report", formats, clause=script.clause(m), pages=NUMBERS.get(count, 0) or int(count))
        )
        script.take(m, "report")
    if any(d.kind == "report" for d in demands.deliverables):
        for m in script.find(
            r"(?:with |and |then |first |it |should |contain |have |starts |a |an |the |short |brief |, )*(?:introduction|intro|introductory paragraph|opening paragraph|summary|tables?)"
        ):
            demands.deliverables.append(
                Deliverable(
                    "file",
                    clause=script.clause(m),
                    style="intro" if "intro" in script.words(m) or "summary" in script.words(m) else "table",
                )
            )
            script.take(m, "part of the report")


def _formats(script: Script, demands: Demands) -> None:
    lead = r"(?:(?:save|saved|export|exported|as|in|to|into|an|a|one|of|is|it|them|also|and|want|the|new|single|ordinary|proper|please) )*"
    for m in script.find(
        rf"{lead}(?P<f>{FORMAT})(?: (?:file|files|sheet|table|workbook|document|doc|image|picture|format|spreadsheet|page|report|please|is fine|would be fine|would do|array))*"
    ):
        word = script.words(m, "f").lstrip(".")
        formats = FORMATS.get(word, (word,))
        if word == "word" and "document" not in script.words(m) and script.words(m) == "word":
            continue
        kind = "table" if formats[0] in TABLES else "file"
        if any(d.kind == "chart" and not d.formats for d in demands.deliverables) and formats[0] in ("png", "svg", "pdf", "jpg"):
            chart = next(d for d in demands.deliverables if d.kind == "chart" and not d.formats)
            chart.formats = formats
        elif any(d.kind == "report" and not d.formats for d in demands.deliverables) and formats[0] in (
            "docx",
            "pdf",
            "md",
            "html",
        ):
            next(d for d in demands.deliverables if d.kind == "report" and not d.formats).formats = formats
        elif not any(formats[0] in d.formats for d in demands.deliverables):
            demands.deliverables.append(Deliverable(kind, formats, clause=script.clause(m)))
        script.take(m, "format")
    for m in script.find(r"(?:as |in )?(?:an? )?(?P<w>picture|image)(?: file)?"):
        script.take(m, "format")
    for m in script.find(r"(?:in |as )?(?:an |a |one )?(?:new )?(?P<w>workbook|spreadsheet)"):
        script.take(m, "format")


def _own_format(script: Script, world: World) -> None:
    """`shop.db (sqlite)`: the kind of an input, which is no wish."""
    if any(p.endswith((".db", ".sqlite")) for p in world.before):
        for m in script.find(r"(?:an? |the |in )*sqlite(?: file| database| db)?"):
            script.take(m, "kind of the input")


def _either(script: Script, demands: Demands) -> None:
    """`a csv or an Excel file, whatever is easier`: one of two formats."""
    one = rf"(?:an? |as |in |the |new )*(?P<f>{FORMAT})(?: (?:file|table|sheet|workbook|list))?"
    other = rf"(?:as |in |an? |the )*(?P<g>{FORMAT})(?: (?:file|table|sheet|workbook|list))?"
    free = r"(?: ?,)?(?: -| –)?(?: (?:whatever|whichever|what|as|just|both|either)(?: (?:is|are|suits|fits|works|you|one|of|the|them|for|easier|easiest|better|best|like|prefer|simpler|fine|ok|okay|want|possible|way))*)?"
    for m in script.find(rf"(?:as |in )?(?:either )?{one} or {other}{free}"):
        formats = [*FORMATS.get(script.words(m, "f").lstrip("."), ()), *FORMATS.get(script.words(m, "g").lstrip("."), ())]
        if formats and all(f in TABLES for f in formats):
            demands.deliverables.append(Deliverable("table", tuple(formats), clause=script.clause(m)))
            script.take(m, "format")


def _encodings(script: Script, demands: Demands) -> None:
    for m in script.find(r"(?:in |as )?utf-8|comma[ -](?:separated|delimited)"):
        script.take(m, "encoding")
    marks = {"semicolon": ";", "semicolons": ";", "tab": "\t", "tabs": "\t", "pipe": "|", "pipes": "|"}
    for m in script.find(
        rf"(?P<is>(?:is|are|was|were|it's|uses|use) )?(?:(?:with|use|using|as) )?(?:an? )?(?P<w>{'|'.join(marks)})(?:-| -)? ?(?:separated|delimited|as (?:the )?(?:separator|delimiter)|separator|delimiter)"
    ):
        if "is" not in m.groups:
            demands.delimiter = marks[script.words(m, "w").split("-")[0]]
            script.take(m, "delimiter")
    for m in script.find(rf"(?P<w>{'|'.join(marks)})-(?:separated|delimited)"):
        demands.delimiter = marks[script.words(m, "w").split("-")[0]]
        script.take(m, "delimiter")


def _sheets(script: Script, demands: Demands) -> None:
    for m in script.find(r"(?<!\( )(?:on |in )?(?:a |the )?(?P<w>second|another|separate|own|2nd|extra) sheet"):
        demands.sheets = True
        script.take(m, "sheet")


def _answers(script: Script, demands: Demands) -> None:
    asks = r"(?:tell me|let me know|what is|what's|what was|what are|which|how many|how much|how long|how often|who|in your answer|report back|say)"
    if any(d.kind != "answer" and (d.formats or d.name) for d in demands.deliverables):
        for m in script.find(
            r"(?:and )?(?:please )?(?:tell me|let me know)(?: about)?|(?:the [a-z]+ (?:ones )?)?in (?:your|the) (?:answer|reply)|(?:and |also |please )*(?:name|give|state|say)(?: me)?(?: (?:the|that|those|both|two|three))* (?:numbers?|figures?|values?|results?|it|them|that|day|{col})?(?: ·)* ?in (?:your|the) (?:answer|reply)"
        ):
            demands.deliverables.append(Deliverable("answer", clause=script.clause(m)))
            script.take(m, "answer")
        return
    if re.search(asks.replace(" ", r"\s+"), script.text.casefold()) or script.text.rstrip().endswith("?"):
        demands.deliverables.append(Deliverable("answer", clause=script.text))
        for m in script.find(r"(?:tell me|let me know|say|report|name|state)(?= |$)"):
            script.take(m, "answer")
