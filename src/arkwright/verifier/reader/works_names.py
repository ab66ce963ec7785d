"""Work on names: files numbered or renamed by a rule."""

import re
from typing import cast

from arkwright.core.json import Json
from arkwright.verifier.reader.chores import CHORES
from arkwright.verifier.reader.selection import PICTURES, read_selection
from arkwright.verifier.reader.work import Work

RENAMING = frozenset(
    [
        "rename",
        "renamed",
        "renaming",
        "numbering",
        "numbered",
        "consecutively",
        "consecutive",
        "pictures",
        "photos",
        "images",
        "files",
        "picture",
        "image",
        "names",
        "name",
        "so",
        "forth",
        "etc",
        "keeping",
        "keep",
        "order",
        "number",
        "numbers",
        "old",
        "current",
        "present",
        "original",
        "ascending",
        "underscore",
        "underscores",
        "space",
        "spaces",
        "hyphen",
        "hyphens",
        "dash",
        "dashes",
        "prefix",
        "replacing",
        "replaced",
        "replace",
        "their",
        "begin",
        "start",
        "starts",
        "beginning",
        "front",
        "change",
        "changing",
        "filenames",
        "filename",
        "adding",
        "add",
        "give",
        "get",
        "called",
        "call",
        "holiday",
        "sequence",
        "alone",
        "existing",
        "carry",
        "camera",
    ]
)


def rename(work: Work) -> None:
    """Take a demand to rename files."""
    if not work.folders() or not work.says(
        r"\b(?:renam\w+|number the|renumber\w*|(?:file ?)?names?|numbered|be called|get called)\b"
    ):
        return
    if work.says(
        r"\b(?:script|program|csv|json|excel|count|lines|list|zip|duplicates?|copies|sort|path|paths)\b(?! files?)"
    ) and not work.says(r"\brenam\w+\b"):
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


_KIND = r"(?:(?:the|any|all|of|and|,|or|\+|&|/|a|other|those) )*(?:{file}|pngs?|jpe?gs?|txts?|text|notes?|other|others|rest|remaining|everything else)(?: (?:files?|pictures?|ones?|images?|photos?|things|types))?"
_LEFT = (
    rf"(?:(?:and|but|please) )*(?:leave|leaving|keep|keeping|don't touch|do not touch|without touching|don't rename|do not rename|don't change|do not change) (?:{_KIND} ?)+(?:(?: ,| and| \+)* {_KIND})*(?: in (?:that|the|this) folder)?(?: (?:alone|as (?:they|it) (?:are|is)|as is|untouched|unchanged|in place|their names?))*",
    rf"(?:{_KIND} ?)+(?:(?: ,| and)* {_KIND})*(?: in (?:that|the|this) folder)?(?: (?:should|must|may|can|shall|will))?(?: just)? (?:keep|keeps|stay|stays|remain|remains|not be (?:renamed|touched|changed)|be left)(?: (?:just|their|its|the|old|names?|as|they|it|are|is|unchanged|untouched|alone|where))*",
    r"(?:(?:and|but|please) )*(?:don't|do not) (?:touch|rename|change) (?:any )?files (?:that|which) (?:aren't|are not|are no) (?:jpe?gs?|pngs?|pictures|photos)(?: files)?",
)
_ORDER = r"(?:(?:in|by|keeping|keep|sorted|ordered|following|according|to|along|stick|with|after|based|on|order|sequence|the|of|them) )+(?:(?:their|the|its|present|old|current|currently|original|existing|previous|former|file|they|same) )*(?P<w>numbers?|names?|filenames?|order|sequence|numbering|alphabetical order|alphabetically)(?: (?:order|they carry|they have|in their names?|of the files|of their (?:file ?)?names?))*(?: (?:at present|now|at the moment|currently))?"


def _examples(work: Work) -> None:
    """Names that only show what the files are called now: `IMG_0123.jpg and so on`, where there are files named like it."""
    for token in work.outputs():
        shape = re.fullmatch(r"(.*?)(?:\d+|[xX]{2,}|#+|\*)(\.\w+)", str(token.value))
        alike = shape and [
            p for p in work.world.before if re.fullmatch(rf"(?:.*/)?{re.escape(shape[1])}\d+{re.escape(shape[2])}", p)
        ]
        if alike and len(alike) > 1:
            work.take(token)
    work.all(
        r"(?:(?:they|which|that|at the moment|now|currently|and) )*(?:are|is|have|has)(?: (?:all|now|currently))?(?: (?:called|named|numbered|names?))?(?: like| such as)? (?=·)|(?:called|named|names?)(?: like| such as)? (?=·)|at the moment|and (?:so on|so forth)|names like"
    )


def _numbered(work: Work) -> bool:
    _examples(work)
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
    work.all(*_LEFT)
    first = work.first(
        r"(?:(?:with|,|and|the) )*(?P<w>lowest|smallest|highest|largest)(?: (?:old|number|numbers|one))*(?: (?:comes|gets|goes))? first"
    )
    if first is not None and work.value(first, "w") in ("highest", "largest"):
        work.doubt("the numbers run backwards")
    work.all(
        r"(?:the )?(?:order|sequence) of (?:their |the |old |present |existing )*(?:numbers|names) (?:should|must|shall|has to) (?:be kept|stay|remain|be preserved)"
    ) if first is None and not work.says(r"order of .{0,30}names (?:should|must)") else None
    order = "number" if first is not None else "either"
    match = work.first(_ORDER) if work.says(r"\b(?:order|sequence|sorted|numbers?|by)\b") else None
    if match is not None:
        word = work.value(match, "w").casefold()
        if re.match(r"keep(?:ing)? (?:the |their )?(?:\w+ )*number(?:s|ing)?$", work.script.words(match)):
            work.doubt("whether each file keeps its number is not certain")
        order = "number" if word.startswith("number") else "name" if word.startswith(("name", "alpha", "file")) else order
    found = read_selection(work)
    if found is None:
        return False
    work.all(r"(?:and )?(?:so on|so forth|etc)")
    kinds = [k for k in cast("list[str]", found["kinds"]) if k in PICTURES] if tail[1:].casefold() in PICTURES else found["kinds"]
    pictures = [
        k
        for k in cast("list[str]", kinds)
        if k == tail[1:].casefold() or (k, tail[1:].casefold()) in (("jpeg", "jpg"), ("jpg", "jpeg"))
    ]
    chosen = pictures or [tail[1:].casefold()]
    work.demands.changes = True
    work.demand(
        "number",
        selection={**found, "kinds": cast("Json", chosen)},
        stem=stem,
        digits=len(count),
        start=start,
        tail=tail,
        order=order,
    )
    work.words(RENAMING | CHORES)
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
