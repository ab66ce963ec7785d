"""Work on names: files numbered or renamed by a rule."""

import re

from arkwright.verifier.reader.selection import read_selection
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
    ]
)


def rename(work: Work) -> None:
    """Take a demand to rename files."""
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
        if re.match(r"keep(?:ing)? (?:the |their )?(?:\w+ )*number(?:s|ing)?$", work.script.words(match)):
            work.doubt("whether each file keeps its number is not certain")
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
