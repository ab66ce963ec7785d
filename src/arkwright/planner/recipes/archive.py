"""Archive: packs chosen files into a zip or tar.gz with their folders, or unpacks an archive.

Goal patterns: zip | pack | compress FILES into ARCHIVE · unzip | extract | unpack ARCHIVE (to FOLDER).
Slots: files by name, folder, type, size; the archive; whether folders are kept. Inputs: files, folders or an archive. Outputs: an archive, or files.
"""

from pathlib import PurePosixPath

from arkwright.core.json import Object
from arkwright.core.plan import Need, Question, Refusal
from arkwright.planner.lexicon import words
from arkwright.planner.reading import Draft, Drafting, Reading
from arkwright.planner.recipes.parlance import FILES, idle, outlet
from arkwright.planner.recipes.phrases import Sketch
from arkwright.planner.recipes.selection import named_or_selected, select

_ENDS = (".zip", ".tar.gz", ".tgz", ".tar")
_PACK = r"(?:zip|zips|zipped|zipping|compress|compressed|pack|packed|packs|archive|archived|bundle|bundled|tar|pack up|zip up|put|back up|backup|backed|make|create|created|build|wrap|put|gather|gathered|collect|collected|belong|go|goes|save|saved|need|needed|want|wanted|have|get|- >|= >|→|<)(?: up)?"
_SURE = r"(?:zip|zips|zipped|zipping|compress(?:ed)?|pack(?:ed)?|archived?|tar|tarball|tar\.gz|tgz|zip ?-?files?|zip archive|\. ?zip|back(?:ed)? ?up|backup)(?: up)?"
_UNPACK = r"(?:unzip|unpack|extract|unzipped|decompress|uncompress|unpacked|expand|untar|unpacking|extracted|open up)"
_STRUCTURE = (
    r"(?:(?:sub-?)?(?:folder|directory|dir)?s? ?(?:structure|hierarchy|tree|paths?|layout)|(?:sub-?)?(?:folders|directories))"
)
_STAYS = r"(?: (?:intact|inside(?: (?:it|the (?:zip|archive)))?|in it|as (?:it|they) (?:is|are)|in the (?:zip|archive)))?"
_KEEP = rf"(?:(?:please )?(?:and )?(?:keep(?:s|ing)?|kept|preserv(?:e|es|ing)|retain(?:s|ing)?|with|maintain(?:ing)?|including|incl \.)(?: (?:the|its|their|original|same|all))* {_STRUCTURE}{_STAYS}|(?:the |its |their )?{_STRUCTURE} (?:(?:should|must|shall|has to|have to|is to|are to|needs to|to|is|are) )*(?:be |stay |remain )*(?:kept|preserved|retained|maintained|intact|as (?:it|they) (?:is|are)|survive){_STAYS})"
_FLATTEN = r"(?:without (?:the )?(?:folders|folder structure|sub-?folders|paths)|(?:no|flat,? no) folders(?: inside)?|flat|all (?:files )?(?:in|at) the top(?: level)?(?: of the (?:zip|archive))?)"
_INTO = r"(?:into|in|to|as|inside)?(?: (?:a|an|one|the|single))*(?: (?:zip|tar|tar\.gz|compressed|new))?(?: ?-?(?:archive|file|zip|zip ?-?file|tarball|backup))?(?: (?:called|named))? ?<new>"
_EACH = r"(?:(?:one|a|an|its|own|separate|single) )+(?:zip|archive|zip ?-?(?:file|archive)|tar\.gz)(?: (?:file|archive))?s? (?:per|for each|for every|each for|for all|by) (?:different |single )?(?:file ?)?(?:type|extension|kind|format|ending)s?(?: of files?)?|(?:zip|pack|archive)(?: \w+){0,4} (?:by|per) (?:file ?)?(?:type|extension|kind)(?: into (?:separate|one|own) (?:zips?|archives?)(?: each)?)?"
_BAG = words(
    "archive archives zip zips zipped zipfile compressed backup back up pack packed bundle tarball tar structure hierarchy customer client mail"
)


def propose(reading: Reading) -> Draft | Need | Refusal | Question | None:
    """An archive of files, or the files of an archive."""
    sketch = Sketch(reading)
    if reading.named("url"):
        return None
    archives = [m.value for m in reading.inputs() if m.value.lower().endswith(_ENDS)]
    if archives and sketch.has(_UNPACK):
        return _unpack(reading, sketch, archives[0])
    targets = [m.value for m in reading.outputs() if m.value.lower().endswith(_ENDS)]
    if not (targets or sketch.has(_SURE)) or not sketch.has(_PACK) or sketch.has(r"scripts?|programs?|unzip\w*|unpack\w*"):
        return None
    if not targets and reading.outputs():
        return None
    if sketch.has(_EACH) and not targets:
        return _pack_each(reading, sketch)
    return _pack(reading, sketch)


def _pack_each(reading: Reading, sketch: Sketch) -> Draft | None:
    """An archive for each type of file, named after it."""
    selection = select(sketch)
    if selection is None or len(selection.folders) != 1 or not selection.files:
        return None
    build = Drafting(reading, "archive", "pack by type")
    build.cover(selection.covered, sketch.covered(_EACH, _PACK, _SURE, _KEEP, "<file>"), idle(sketch, FILES, _BAG))
    build.cover(
        sketch.covered(
            r"(?:called|named)(?: (?:after|by|like|for))(?: (?:the|its|their))* ?(?:file ?)?(?:type|extension|kind)s?",
            r"types?|extensions?|each|all",
        )
    )
    ends = dict.fromkeys(_ending(f.path) for f in selection.files)
    for ending in ends:
        paths = [f.path for f in selection.files if _ending(f.path) == ending]
        path = build.new_path(f"{ending or 'other'}.zip")
        build.require(
            f"{path} with the {ending or 'other'} files",
            build.task(f"Pack {len(paths)} files into {path}", "files.archive", {"paths": [*paths], "path": path}),
        )
        build.say(f"Packed {len(paths)} files into {path}. ")
    return build.draft()


def _ending(path: str) -> str:
    return PurePosixPath(path).suffix.lower().lstrip(".")


def _unpack(reading: Reading, sketch: Sketch, archive: str) -> Draft:
    build = Drafting(reading, "archive", "unpack")
    folders = list(reading.named("folder")) + list(reading.named("quoted"))
    into = sketch.find(
        r"(?:in|into|to) (?:(?:a|the) )?(?:new )?(?:folder |directory )?(?:called |named )?(?P<to>(?!the|a|it)[a-z][\w-]*)(?: folder)?"
    )
    target = (
        folders[0].value.rstrip("/") if folders else into.written("to") if into else PurePosixPath(archive).name.split(".")[0]
    )
    build.cover(
        sketch.covered(
            _UNPACK,
            "<file>",
            r"(?:(?:in|into|to) )?(?:(?:a|the) )?(?:new )?(?:folder |directory )?(?:called |named )?(?:<newfolder>|<folder>|<quoted>)",
            r"(?:the )?(?:archive|zip|contents?|folder|directory)",
        )
    )
    build.cover(into.indices if into and not folders else ())
    done = build.task(f"Unpack {archive} into {target}/", "files.extract", {"path": archive, "to": target}, idempotent=False)
    build.require(reading.text, done)
    build.say(f"Unpacked {archive} into {target}/.")
    return build.draft()


def _pack(reading: Reading, sketch: Sketch) -> Draft | Refusal | None:
    selection = select(sketch)
    goes = outlet(sketch, ".tar.gz" if sketch.has(r"tar|tarball|tgz|tar\.gz|\. ?tar \. gz") else ".zip")
    target = goes.path
    if target and not target.lower().endswith(_ENDS):
        return None
    named = [m.value for m in reading.inputs()]
    if selection is None and not named:
        return None
    paths = [path for path in named_or_selected(sketch, selection) if path != target]
    if not paths:
        return Refusal(reading.text, "there are no such files in the workspace", "name files that are there", "nothing_there")
    build = Drafting(reading, "archive", "pack")
    folders = selection.folders if selection else ()
    default = (folders[0] if len(folders) == 1 else "archive").rsplit("/", 1)[-1] + (
        ".tar.gz" if sketch.has(r"tar|tarball|tgz") else ".zip"
    )
    path = build.new_path(target or default)
    if selection:
        build.cover(selection.covered)
    build.cover(idle(sketch, FILES, _BAG), goes.covered)
    build.cover(
        sketch.covered(
            "<file>",
            _PACK,
            _SURE,
            _KEEP,
            _FLATTEN,
            _INTO,
            r"incl(?: \.)?|of|from|it|(?:a|one) (?:zip|archive|backup|zip ?-?file)(?: (?:of|from|with))?",
            r"called|named|archive|tarball|\. ?(?:zip|tar|gz)|one|single",
        )
    )
    base = folders[0] if sketch.has(_FLATTEN) and len(folders) == 1 else ""
    args: Object = {"paths": [*paths], "path": path, **({"base": base} if base else {})}
    done = build.task(f"Pack {len(paths)} files into {path}", "files.archive", {**args})
    build.require(reading.text, done)
    build.say(f"Packed {len(paths)} files into {path}.", *([] if base else [" They keep their folders."] if folders else []))
    return build.draft()
