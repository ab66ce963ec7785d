"""Work on texts: compared, checked against a list, listed with checksums, changed by search and replace."""

import re

from arkwright.verifier.reader.selection import read_selection
from arkwright.verifier.reader.work import Work

CHECKING = frozenset(
    [
        "check",
        "checked",
        "verify",
        "validate",
        "compare",
        "match",
        "matches",
        "matching",
        "against",
        "with",
        "checksums",
        "checksum",
        "hashes",
        "hash",
        "sha256",
        "sha-256",
        "sha",
        "sum",
        "sums",
        "manifest",
        "correct",
        "intact",
        "damaged",
        "corrupt",
        "corrupted",
        "broken",
        "wrong",
        "changed",
        "different",
        "missing",
        "ok",
        "fail",
        "failed",
        "altered",
        "download",
        "downloads",
        "integrity",
        "agree",
    ]
)
SUMMING = frozenset(
    [
        "checksum",
        "checksums",
        "checksumming",
        "hash",
        "hashes",
        "sha256",
        "sha-256",
        "sha",
        "sha1",
        "md5",
        "sums",
        "sum",
        "compute",
        "digest",
        "digests",
        "path",
        "paths",
        "name",
        "names",
        "against",
        "filename",
        "file's",
    ]
)
COMPARING = frozenset(
    [
        "compare",
        "compared",
        "comparing",
        "diff",
        "differ",
        "differs",
        "difference",
        "differences",
        "changed",
        "change",
        "changes",
        "different",
        "between",
        "against",
        "versions",
        "version",
        "line",
        "lines",
        "clause",
        "clauses",
        "added",
        "removed",
        "new",
        "modified",
        "old",
        "report",
        "summary",
        "list",
        "stand",
        "stood",
    ]
)
REPLACING = frozenset(
    [
        "replace",
        "replaced",
        "replacing",
        "swap",
        "change",
        "changed",
        "substitute",
        "search",
        "occurrence",
        "occurrences",
        "instance",
        "instances",
        "word",
        "text",
        "string",
        "copy",
        "unchanged",
        "its",
    ]
)


def compare(work: Work) -> None:
    """Take a demand to compare two texts."""
    papers = (".txt", ".md", ".py", ".csv", ".log", ".json", ".yaml", ".ini")
    found = [str(t.value) for t in work.inputs()]
    if (
        len(found) != 2
        or not all(p.endswith(papers) for p in found)
        or not work.says(r"\b(?:compar\w+|diff|differ\w*|changed|changes|different)\b")
    ):
        return
    if work.says(r"\b(?:join|merge|rows?|columns?|only in|missing from)\b") or all(p.endswith(".csv") for p in found):
        return
    left, right = found
    if work.says(r"\bto \S+ from\b|\bin \S+ (?:compared (?:to|with)|against|since)\b"):
        work.doubt("which text is the older one is not certain")
    work.take(*work.inputs())
    work.demand("compare", left=left, right=right)
    work.words(COMPARING)


def check(work: Work) -> None:
    """Take a demand to check files against a list of checksums."""
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


def sums(work: Work) -> None:
    """Take a demand to list checksums."""
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


def replace(work: Work) -> None:
    """Take a demand to search and replace."""
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
