"""Work on files: sort, move, copy, archive; the other readers of work on files are asked first to last."""

from collections.abc import Callable

from arkwright.verifier.reader.chores import CHORES
from arkwright.verifier.reader.selection import read_selection, read_target
from arkwright.verifier.reader.work import Work
from arkwright.verifier.reader.works_folders import duplicates, pack, sort_types
from arkwright.verifier.reader.works_listing import count_files, listing
from arkwright.verifier.reader.works_names import rename
from arkwright.verifier.reader.works_pictures import scale
from arkwright.verifier.reader.works_texts import check, compare, replace, sums
from arkwright.verifier.reader.works_texts_lines import cut, keep, measure

MOVING = frozenset(
    ["move", "moved", "moving", "copy", "copied", "put", "place", "transfer", "relocate", "selected", "matching", "under", "keep"]
)


def read_file_work(work: Work) -> None:
    """Take one demand about files, the first that fits."""
    for read in (
        compare,
        keep,
        cut,
        measure,
        replace,
        scale,
        duplicates,
        sort_types,
        pack,
        rename,
        check,
        sums,
        listing,
        count_files,
        _move,
    ):
        if not work.demands.specials:
            attempt(work, read)


def attempt(work: Work, read: Callable[[Work], None]) -> None:
    """Let a reader try; what it took and doubted is given back when it demands nothing."""
    taken, doubts, changes = dict(work.script.taken), list(work.demands.doubts), work.demands.changes
    read(work)
    if not work.demands.specials:
        work.script.taken, work.demands.doubts, work.demands.changes = taken, doubts, changes


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
    work.words(MOVING | CHORES)


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
