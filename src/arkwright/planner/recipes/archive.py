"""Archive: packs chosen files into a zip or tar.gz with their folders, or unpacks an archive.

Goal patterns: zip | pack | compress FILES into ARCHIVE · unzip | extract | unpack ARCHIVE (to FOLDER).
Slots: files by name, folder, type, size; the archive; whether folders are kept. Inputs: files, folders or an archive. Outputs: an archive, or files.
"""

from pathlib import PurePosixPath

from arkwright.core.json import Object
from arkwright.core.plan import Need, Question, Refusal
from arkwright.planner.reading import Draft, Drafting, Reading
from arkwright.planner.recipes.phrases import Sketch
from arkwright.planner.recipes.selection import named_or_selected, select

_ENDS = (".zip", ".tar.gz", ".tgz", ".tar")
_PACK = r"(?:zip|zips|zipped|zipping|compress|compressed|pack|packed|archive|archived|bundle|bundled|tar|pack up|zip up|put|back up|backup|make|create|build|wrap up|gather|collect)(?: up)?"
_SURE = r"(?:zip|zips|zipped|compress|compressed|archive|archived|tar|tarball|zip ?-?files?|zip archive)(?: up)?"
_UNPACK = r"(?:unzip|unpack|extract|unzipped|decompress|uncompress|unpacked|expand|untar)"
_KEEP = r"(?:(?:please )?(?:and )?(?:keep(?:ing)?|preserv(?:e|ing)|retain(?:ing)?|with|maintain(?:ing)?)(?: (?:the|its|their|original|same))* (?:(?:sub-?)?folder|directory|sub-?folders?|path)? ?(?:structure|hierarchy|tree|paths?|folders|layout|directories)(?: (?:intact|inside(?: the (?:zip|archive))?|as (?:it|they) (?:is|are)|in the (?:zip|archive)))?)"
_FLATTEN = r"(?:without (?:the )?(?:folders|folder structure|sub-?folders|paths)|(?:no|flat,? no) folders(?: inside)?|flat|all (?:files )?(?:in|at) the top(?: level)?(?: of the (?:zip|archive))?)"
_INTO = r"(?:into|in|to|as|inside)?(?: (?:a|an|one|the|single))*(?: (?:zip|tar|tar\.gz|compressed|new))?(?: ?-?(?:archive|file|zip|zip ?-?file|tarball|backup))?(?: (?:called|named))? ?<new>"


def propose(reading: Reading) -> Draft | Need | Refusal | Question | None:
    """An archive of files, or the files of an archive."""
    sketch = Sketch(reading)
    if reading.named("url"):
        return None
    archives = [m.value for m in reading.inputs() if m.value.lower().endswith(_ENDS)]
    if archives and sketch.has(_UNPACK):
        return _unpack(reading, sketch, archives[0])
    targets = [m.value for m in reading.outputs() if m.value.lower().endswith(_ENDS)]
    if not (targets or sketch.has(_SURE)) or not sketch.has(_PACK):
        return None
    return _pack(reading, sketch, targets[0] if targets else "")


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


def _pack(reading: Reading, sketch: Sketch, target: str) -> Draft | Refusal | None:
    selection = select(sketch)
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
    build.cover(
        sketch.covered(
            "<file>",
            _PACK,
            _SURE,
            _KEEP,
            _FLATTEN,
            _INTO,
            r"incl(?: \.)?|of|from|it|(?:a|one) (?:zip|archive|backup|zip ?-?file)(?: (?:of|from|with))?",
            r"called|named|archive|tarball",
        )
    )
    base = folders[0] if sketch.has(_FLATTEN) and len(folders) == 1 else ""
    args: Object = {"paths": [*paths], "path": path, **({"base": base} if base else {})}
    done = build.task(f"Pack {len(paths)} files into {path}", "files.archive", {**args})
    build.require(reading.text, done)
    build.say(f"Packed {len(paths)} files into {path}.", *([] if base else [" They keep their folders."] if folders else []))
    return build.draft()
