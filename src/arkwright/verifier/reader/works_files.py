"""Work on files: sort, move, copy, archive; the other readers of work on files are asked first to last."""

from collections.abc import Callable

from arkwright.verifier.reader.selection import KINDS, read_selection, read_target
from arkwright.verifier.reader.work import Work
from arkwright.verifier.reader.works_names import rename
from arkwright.verifier.reader.works_texts import check, compare, replace, sums
from arkwright.verifier.reader.works_texts_lines import cut, keep, measure

SORTING = frozenset(
    [
        "sort",
        "sorted",
        "organise",
        "organize",
        "arrange",
        "group",
        "tidy",
        "split",
        "distribute",
        "file",
        "types",
        "type",
        "extension",
        "extensions",
        "ending",
        "endings",
        "subfolder",
        "subfolders",
        "own",
        "its",
        "kind",
        "on",
        "so",
        "forth",
        "separate",
        "according",
        "each",
    ]
)
MOVING = frozenset(
    ["move", "moved", "moving", "copy", "copied", "put", "place", "transfer", "relocate", "selected", "matching", "under", "keep"]
)
LISTING = frozenset(
    [
        "find",
        "list",
        "lists",
        "listing",
        "path",
        "paths",
        "size",
        "sizes",
        "name",
        "names",
        "lines",
        "line",
        "how",
        "many",
        "does",
        "has",
        "have",
        "each",
        "every",
        "their",
        "count",
        "sorted",
        "sort",
        "by",
        "bytes",
        "number",
        "of",
    ]
)
PACKING = frozenset(
    [
        "zip",
        "zipped",
        "compress",
        "compressed",
        "pack",
        "packed",
        "archive",
        "archived",
        "bundle",
        "bundled",
        "contents",
        "content",
        "backup",
        "up",
        "whole",
        "tar",
        "gz",
        "tar.gz",
        "structure",
        "keep",
        "keeping",
        "preserve",
        "preserving",
        "called",
    ]
)


def read_file_work(work: Work) -> None:
    """Take one demand about files, the first that fits."""
    for read in (compare, keep, cut, measure, replace, _sort, _archive, rename, check, sums, _listing, _move):
        if not work.demands.specials:
            attempt(work, read)


def attempt(work: Work, read: Callable[[Work], None]) -> None:
    """Let a reader try; what it took and doubted is given back when it demands nothing."""
    taken, doubts, changes = dict(work.script.taken), list(work.demands.doubts), work.demands.changes
    read(work)
    if not work.demands.specials:
        work.script.taken, work.demands.doubts, work.demands.changes = taken, doubts, changes


def _sort(work: Work) -> None:
    if not work.says(r"\b(sort|organi[sz]e|arrange|group|tidy|split|distribute|move|put|file)\b") or not work.says(
        r"\bby (?:their |the )?(?:file ?)?(?:-)?(?:types?|extensions?|endings?|kinds?)\b|\b(?:according to|based on) (?:their |the )?(?:file )?(?:types?|extensions?)\b|\b(?:folder|subfolder)s? (?:for|per) (?:each |every )?(?:file )?(?:type|extension)"
    ):
        return
    folders = work.folders()
    if not folders:
        return
    folder = str(folders[0].value)
    base = ""
    for token in work.free("file"):
        name = str(token.value).strip("/")
        if not work.is_folder(name) and "." not in name and name.rsplit("/", 1)[-1].casefold() in KINDS:
            base = name.rsplit("/", 1)[0] if "/" in name else "."
            work.take(token)
    found = read_selection(work)
    if (
        found is None
        or found["kinds"]
        or found["without"]
        or found["bytes"] != -1
        or found["starts"]
        or found["contains"]
        or found["ends"]
    ):
        work.doubt("which files are to be sorted is not certain")
    for token in work.free("word"):
        if token.text.casefold() in KINDS:
            work.take(token)
    work.all(r"(?:,|and|e\.g\.|for example|like|such as|so on|etc|\.)+(?: so on| etc)?")
    work.demands.changes = True
    work.demand("sort", folder=folder, base=base, deep=found["deep"] if found else None)
    work.words(SORTING | MOVING)


def _archive(work: Work) -> None:
    if not work.says(r"\b(?:zip|compress|pack|archive|bundle|tar)\b|\.zip\b|\.tar\.gz\b") or not work.folders():
        return
    named = [t for t in work.outputs() if str(t.value).casefold().endswith((".zip", ".tar.gz", ".tgz"))]
    for token in named:
        work.take(token)
    found = read_selection(work)
    if found is None or len(named) > 1:
        return
    work.demand("pack", selection=found, name=str(named[0].value) if named else "")
    work.words(PACKING)


def _listing(work: Work) -> None:
    made = [t for t in work.outputs() if str(t.value).casefold().endswith((".csv", ".xlsx", ".json"))]
    formats = [t for t in work.free("word") if t.text.casefold() in ("csv", "excel", "xlsx", "json")]
    columns = [c for c in ("size", "lines") if work.says(rf"\b{c}\b")]
    if (
        not work.folders()
        or not work.says(r"\bfiles?\b")
        or len(columns) != 1
        or len(made) > 1
        or len(work.outputs()) != len(made)
    ):
        return
    if not (made or formats) or work.says(r"\b(?:move|copy|zip|duplicates?|copies|rename|delete|total|average|per)\b"):
        return
    kept = [] if made else formats[:1]
    filled = work.all(
        r"\(? ?(?:without|excluding|not counting|ignoring|leaving out)(?: the| any)? (?:blank|empty) lines(?: \))?|(?:non-blank|non-empty)(?= lines)"
    )
    down = work.all(
        r"(?:the )?(?:largest|biggest|longest|most)(?: ones| lines)? first|(?:in )?descending(?: order)?|(?:largest|biggest) to smallest"
    )
    up = work.all(r"(?:the )?(?:smallest|shortest|fewest|least)(?: ones| lines)? first|(?:in )?ascending(?: order)?")
    work.take(*made, *kept)
    found = read_selection(work)
    if found is None:
        return
    word = kept[0].text.casefold() if kept else str(made[0].value).rsplit(".", 1)[-1].casefold()
    work.demand(
        "listing", selection=found, measure=columns[0], filled=filled, order="down" if down else "up" if up else "",
        name=str(made[0].value) if made else "", ending={"excel": "xlsx"}.get(word, word),
    )  # fmt: skip
    work.words(LISTING)


def _move(work: Work) -> None:
    copying = work.says(r"\b(?:copy|copies|duplicate)\b") and not work.says(r"\bmove\b")
    if not work.says(r"\b(?:move|put|transfer|relocate|copy)\b") or not work.folders():
        return
    source = work.folders()[0]
    match = work.first(
        r"(?:from|in|of|inside|out of|under|below)(?: the| my)?(?: folder| directory)? (?P<f>{file})(?: folder| directory)?"
    )
    if match is not None:
        source = work.script.group(match, "f")[0]
        if not work.is_folder(str(source.value)):
            return
        work.script.taken = {i: w for i, w in work.script.taken.items() if not match.first <= i < match.last}
    target_script = read_target_after(work, str(source.value))
    if not target_script:
        return
    found = read_selection(work)
    if found is None:
        return
    found["folder"] = str(source.value)
    work.take(source)
    if not (found["kinds"] or found["bytes"] != -1 or found["starts"] or found["contains"] or found["ends"]) and not work.says(
        r"\b(?:all|every|everything)\b"
    ):
        return
    work.demands.changes = not copying
    work.demand("copy" if copying else "shift", target=target_script, selection=found)
    work.words(MOVING)


def read_target_after(work: Work, source: str) -> str:
    """The target folder, leaving the source's own mention alone."""
    hidden = {
        i: "source"
        for i, t in enumerate(work.script.tokens)
        if t.kind == "file" and str(t.value) == source and i not in work.script.taken
    }
    work.script.taken.update(hidden)
    target = read_target(work)
    for i in hidden:
        del work.script.taken[i]
    return target
