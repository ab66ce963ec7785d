"""Work on files: sort, move, copy, archive, rename, check and list checksums, replace text."""
# ruff: noqa: E501 - patterns read best on one line

import re

from arkwright.verifier.reader.selection import KINDS, read_selection, read_target
from arkwright.verifier.reader.work import Work

SORTING = frozenset(
    ["sort", "sorted", "organise", "organize", "arrange", "group", "tidy", "split", "distribute", "file", "types", "type", "extension", "extensions", "ending", "endings", "subfolder", "subfolders", "own", "its", "kind", "on", "so", "forth", "separate", "according", "each"]
)
MOVING = frozenset(["move", "moved", "moving", "copy", "copied", "put", "place", "transfer", "relocate", "selected", "matching", "under", "keep"])
PACKING = frozenset(
    ["zip", "zipped", "compress", "compressed", "pack", "packed", "archive", "archived", "bundle", "bundled", "contents", "content", "backup", "up", "whole", "tar", "gz", "tar.gz", "structure", "keep", "keeping", "preserve", "preserving", "called"]
)
RENAMING = frozenset(
    ["rename", "renamed", "renaming", "numbering", "numbered", "consecutively", "consecutive", "pictures", "photos", "images", "files", "picture", "image", "names", "name", "so", "forth", "etc", "keeping", "keep", "order", "number", "numbers", "old", "current", "present", "original", "ascending", "underscore", "underscores", "space", "spaces", "hyphen", "hyphens", "dash", "dashes", "prefix", "replacing", "replaced", "replace", "their", "begin", "start", "starts", "beginning", "front", "change", "changing", "filenames", "filename", "adding", "add"]
)
CHECKING = frozenset(
    ["check", "checked", "verify", "validate", "compare", "match", "matches", "matching", "against", "with", "checksums", "checksum", "hashes", "hash", "sha256", "sha-256", "sha", "sum", "sums", "manifest", "correct", "intact", "damaged", "corrupt", "corrupted", "broken", "wrong", "changed", "different", "missing", "ok", "fail", "failed", "altered", "download", "downloads", "integrity", "agree"]
)
SUMMING = frozenset(
    ["checksum", "checksums", "checksumming", "hash", "hashes", "sha256", "sha-256", "sha", "sha1", "md5", "sums", "sum", "compute", "digest", "digests", "path", "paths", "name", "names", "against", "filename", "file's"]
)
COMPARING = frozenset(
    ["compare", "compared", "comparing", "diff", "differ", "differs", "difference", "differences", "changed", "change", "changes", "different", "between", "against", "versions", "version", "line", "lines", "clause", "clauses", "added", "removed", "new", "modified", "old", "report", "summary", "list", "stand", "stood"]
)
REPLACING = frozenset(
    ["replace", "replaced", "replacing", "swap", "change", "changed", "substitute", "search", "occurrence", "occurrences", "instance", "instances", "word", "text", "string", "copy", "unchanged", "its"]
)


def read_file_work(work: Work) -> None:
    """Take one demand about files, the first that fits."""
    for read in (_compare, _sort, _archive, _rename, _check, _sums, _replace, _move):
        if not work.demands.specials:
            read(work)


def _compare(work: Work) -> None:
    papers = (".txt", ".md", ".py", ".csv", ".log", ".json", ".yaml", ".ini")
    found = [str(t.value) for t in work.inputs()]
    if len(found) != 2 or not all(p.endswith(papers) for p in found) or not work.says(r"\b(?:compar\w+|diff|differ\w*|changed|changes|different)\b"):
        return
    if work.says(r"\b(?:join|merge|rows?|columns?|only in|missing from)\b") or all(p.endswith(".csv") for p in found):
        return
    left, right = found
    if work.says(r"\bto \S+ from\b|\bin \S+ (?:compared (?:to|with)|against|since)\b"):
        work.doubt("which text is the older one is not certain")
    work.take(*work.inputs())
    work.demand("compare", left=left, right=right)
    work.words(COMPARING)


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


def _rename(work: Work) -> None:
    if (
        not work.says(r"\b(?:rename|renam(?:ing|ed)|file ?names?|number(?:ed)?)\b")
        or not work.folders()
        or not work.says(r"renam|number|names?\b")
    ):
        return
    if _numbered(work):
        return
    mapping = _mapping(work)
    if mapping is None:
        return
    found = read_selection(work)
    if found is None:
        return
    work.demands.changes = True
    work.demand("remap", selection=found, how=mapping["how"], old=mapping.get("old", ""), new=mapping.get("new", ""))
    work.words(RENAMING)


def _numbered(work: Work) -> bool:
    shown = [(t, m) for t in work.outputs() if (m := re.fullmatch(r"(.*?)(\d+|[Nn]{1,5}|[Xx]{2,5})(\.\w+)", str(t.value)))]
    if not shown:
        return False
    stem, count, tail = shown[0][1].groups()
    start = int(count) if count.isdigit() else 1
    if start not in (0, 1) or any(m[1] != stem or m[3] != tail for _, m in shown):
        return False
    for n, (token, m) in enumerate(shown):
        if m[2].isdigit() and int(m[2]) != start + n and n + 1 < len(shown):
            work.doubt(f"{token.text!r} does not continue the numbers")
        work.take(token)
    order = "either"
    match = work.first(
        r"(?:in |by |keeping |keep |sorted by |ordered by |following )(?:the )?(?:order of |order by |in order of )?(?:their |the )?(?:present |old |current |original |existing |file ?)*(?P<w>numbers?|names?|order|numbering|alphabetical order|alphabetically)(?: order)?"
    )
    if match is not None:
        word = work.value(match, "w").casefold()
        order = "number" if word.startswith("number") else "name" if word.startswith(("name", "alpha")) else "either"
    found = read_selection(work)
    if found is None:
        return False
    work.all(r"(?:and )?(?:so on|so forth|etc)")
    kinds = found["kinds"] or [tail[1:].casefold()]
    work.demands.changes = True
    work.demand("number", selection={**found, "kinds": kinds}, stem=stem, digits=len(count), start=start, tail=tail, order=order)
    work.words(RENAMING)
    return True


def _mapping(work: Work) -> dict[str, str] | None:
    names = {
        "space": " ",
        "spaces": " ",
        "underscore": "_",
        "underscores": "_",
        "hyphen": "-",
        "hyphens": "-",
        "dash": "-",
        "dashes": "-",
        "blanks": " ",
        "blank": " ",
    }
    thing = r"(?:{quote}|spaces?|blanks?|underscores?|hyphens?|dashes)"
    match = work.first(
        rf"(?:replac\w+|chang\w+|turn\w*|swap\w*|convert\w*)(?: all| every| each| the| any)*(?: word| text)? (?P<a>{thing})(?: in (?:the |all |their )*(?:file ?)?names?(?: of)?)? (?:by|with|to|into)(?: an?)? (?P<b>{thing})"
    )
    if match is not None:
        old, new = work.value(match, "a"), work.value(match, "b")
        return {"how": "replace", "old": names.get(old.casefold(), old), "new": names.get(new.casefold(), new)}
    match = work.first(
        r"(?:the )?prefix (?P<p>{quote}|[a-z0-9_-]+)|(?:prefix(?:ed)?|start(?:ing)?) (?:them |it )?with (?P<q>{quote}|[a-z0-9_-]+)|(?P<r>{quote}) (?:in front|at the (?:beginning|start|front))"
    )
    if match is not None:
        return {"how": "prefix", "new": work.value(match, "p") or work.value(match, "q") or work.value(match, "r")}
    if work.all(r"(?:to |in |all )*(?:lower ?case|lower-case|small)(?: letters)?"):
        return {"how": "lower"}
    return {"how": "upper"} if work.all(r"(?:to |in |all )*(?:upper ?case|upper-case|capital)(?: letters)?") else None


def _check(work: Work) -> None:
    lists = [
        t for t in work.free("file") if re.search(r"manifest|sums?\b|sums\.|checksum|hash|sha256|md5", str(t.value).casefold())
    ]
    if len(lists) != 1 or not work.says(r"\b(?:check|verify|compare|validate|test|match|intact|damaged|corrupt)"):
        return
    folder = next((str(t.value) for t in work.folders()), "")
    name = str(lists[0].value)
    path = next((q for q in (name, f"{folder}/{name}") if q in work.world.before), "")
    if not path:
        return
    work.take(*lists, *work.folders())
    work.all(
        r"(?:and )?(?:please )?(?:tell me|let me know|say|show|list|report)?(?: me)? ?(?:which|what|whether|if)(?: of)?(?: the| them| any| all)*(?: ones?| files?)? (?:(?:is|are|was|were|has been|have been|do|does) not|don't|doesn't|didn't|fails? to|no longer) (?:match\w*|agree|fit|correspond|ok|intact)"
    )
    work.demand("manifest", path=path)
    work.words(CHECKING)


def _sums(work: Work) -> None:
    if (
        not work.says(r"\b(?:sha-?256|sha-?1|md5|checksums?|hashes)\b")
        or not work.folders()
        or work.says(r"\b(?:check|verify|compare)\b")
    ):
        return
    algorithm = "md5" if work.says(r"\bmd5\b") else "sha1" if work.says(r"\bsha-?1\b") else "sha256"
    found = read_selection(work)
    if found is None:
        return
    work.demand("sums", selection=found, algorithm=algorithm)
    work.words(SUMMING)


def _replace(work: Work) -> None:
    if not work.says(r"\b(?:replac|substitut|swap|chang)\w*"):
        return
    sources = work.inputs()
    match = work.first(
        r"(?:replac\w+|substitut\w+|swap\w*|chang\w+)(?: all| every| each| the| any| occurrences?| instances?| of| word| text| string| name)* (?P<a>{quote}|{mail}|[a-z0-9-]+) (?:by|with|to|into|for)(?: the)?(?: word| text)? (?P<b>{quote}|{mail}|[a-z0-9-]+)"
    )
    if match is None or len(sources) != 1:
        return
    old, new = work.value(match, "a"), work.value(match, "b")
    ignore = work.all(r"(?:ignore|ignoring|regardless of)(?: upper/lower)? case|case[- ]insensitive(?:ly)?")
    whole = work.all(r"(?:only )?(?:as )?(?:a )?whole words?(?: only)?")
    source, made = str(sources[0].value), [str(t.value) for t in work.outputs()]
    work.take(*sources)
    if not made:
        work.doubt("where the changed text goes is not said")
    work.demand("replace", source=source, old=old, new=new, ignore=ignore, whole=whole, target=made[0] if made else "")
    work.words(REPLACING)
