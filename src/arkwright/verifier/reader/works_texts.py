"""Work on texts: compared, checked against a list, listed with checksums, changed by search and replace."""

import re

from arkwright.verifier.reader.chores import CHORES, naming
from arkwright.verifier.reader.selection import KINDS, read_selection
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
        "agrees",
        "mismatch",
        "mismatches",
        "still",
        "verified",
        "vs",
        "listed",
        "recorded",
        "given",
        "bad",
        "came",
        "release",
        "in",
        "bin",
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
        "listed",
        "stand",
        "stood",
        "altered",
        "mark",
        "usual",
        "contract",
        "contracts",
        "discuss",
        "document",
        "two",
        "both",
        "versus",
        "vs",
        "deleted",
        "overview",
        "wording",
        "paragraphs",
        "passages",
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
        "everywhere",
        "throughout",
        "every",
        "wherever",
    ]
)


_ALTERED = r"(?:altered|removed|added|new|changed|deleted|modified|different|amended|dropped|missing|reworded)"
_STAYED = r"(?:the same|identical|unchanged|equal|not changed|stayed the same|not different)"
_CLAUSES = r"(?:clauses?|lines?|passages|paragraphs?|parts?|sentences?|ones|everything|text|what)"


def compare(work: Work) -> None:
    """Take a demand to compare two texts."""
    papers = (".txt", ".md", ".py", ".csv", ".log", ".json", ".yaml", ".ini")
    found = list(dict.fromkeys(str(t.value) for t in work.inputs()))
    if (
        len(found) != 2
        or not all(p.endswith(papers) for p in found)
        or not work.says(r"\b(?:compar\w+|diff|differ\w*|chang\w+|altered|amended|modified|removed|added)\b")
    ):
        return
    if work.says(r"\b(?:join|merge|rows?|columns?|only in|missing from|script|program|combine|append|replace)\b") or all(
        p.endswith(".csv") for p in found
    ):
        return
    left, right = found
    later = next(
        iter(
            work.script.find(
                r"(?:new|changed|added|different|differs?) in {file} (?:compared (?:to|with)|since|against|versus|vs\.?|over|relative to) {file}"
            )
        ),
        None,
    )
    if later is not None:
        left, right = right, left
        work.script.take(later, "which is the older text")
        work.all(r"what(?:'s| is| has been| was)? (?=·)")
    elif work.says(r"\bto \S+ from\b|\bin \S+ (?:compared (?:to|with)|against|since)\b"):
        work.doubt("which text is the older one is not certain")
    if [int(n) for n in re.findall(r"\d+", left)] > [int(n) for n in re.findall(r"\d+", right)]:
        work.doubt("the newer text seems to come first")
    lead = r"(?:(?:only|just|all|the|any|every|each|,|and|or|that is|that|which|i\.e\.|were|are|is|have been|was|a|of) )*"
    whole = work.all(rf"{lead}(?:\( )?{_ALTERED}(?: ?(?:,|and|or|/|as well as) ?{_ALTERED})+(?: {_CLAUSES})?(?: \))?")
    if not whole and work.says(rf"\b(?:only|just)(?: the)? {_ALTERED}\b"):
        work.doubt("only some of the differences are wanted")
    bare = work.all(
        rf"(?:{_CLAUSES}|clauses|anything)? ?(?:(?:that|which|is|are|has|have|did|were) )*{_STAYED}(?: in both(?: \w+)?)? (?:(?:must|should|shall|may|can|need|do|does|is|are) )*(?:not|n't)(?: (?:be|appear|in|it|there|listed|shown|included|stand|mentioned|to))*",
        rf"(?:(?:without|leave out|leaving out|omit|skip|no|not)(?: the| any| all)*) (?:{_CLAUSES} (?:that|which) (?:are|is|have|has|stayed) )?{_STAYED}(?: {_CLAUSES})?",
        r"(?:only|just|nothing but)(?: (?:the|all))* (?:changes?|differences?|modifications?|alterations)(?: (?:should|must|shall|are|be|is|to))*(?: (?:listed|shown|in it|included))*",
    )
    work.take(*[t for t in work.free("file") if str(t.value) in found])
    work.demand("compare", left=left, right=right, bare=bare)
    naming_words = r"(?:called|named) [a-z0-9_-]+(?= |$)"
    if not work.outputs() and (m := work.first(naming_words)) is not None:
        name = work.script.words(m).split()[-1]
        work.demands.specials[-1].args["name"] = name
    work.all(
        r"(?:the )?(?:first|second|older|newer|old|new|original|earlier|later|latest)(?: (?:one|version|contract|text|file|draft))(?= |$)"
    )
    work.words(COMPARING | CHORES)


_GOOD = r"(?:ok|good|match|matches|valid|pass|passed|fine|correct|intact|true|yes)"
_BAD = r"(?:bad|wrong|mismatch|invalid|fail|failed|corrupt|corrupted|damaged|broken|false|no|different|changed|not ok)"


def check(work: Work) -> None:
    """Take a demand to check files against a list of checksums."""
    lists = [
        t for t in work.free("file") if re.search(r"manifest|sums?\b|sums\.|checksum|hash|sha256|md5", str(t.value).casefold())
    ]
    if len({str(t.value) for t in lists}) != 1 or not work.says(
        r"\b(?:check\w*|verify|compare|validate|test|match\w*|intact|damaged|corrupt|wrong|correct|mismatch\w*|same as)"
    ):
        return
    folder = next((str(t.value) for t in work.folders()), "")
    name = str(lists[0].value)
    path = next((q for q in (name, f"{folder}/{name}") if q in work.world.before), "")
    if not path or work.says(r"\b(?:script|program|move|delete|zip|rename)\b"):
        return
    for token in work.script.tokens:
        if (
            token.kind == "file"
            and "/" in token.text
            and re.fullmatch(rf"{_GOOD}/{_BAD}", token.text.casefold())
            and token.text not in work.world.before
        ):
            token.kind = "word"
    words = ""
    verdicts = work.first(rf"(?P<g>{_GOOD}) ?(?:or|,|/|and|vs) ?(?P<b>{_BAD})") or work.first(rf"(?P<x>{_GOOD}/{_BAD})")
    if verdicts is not None:
        said = [work.value(verdicts, k) for k in ("x", "g", "b") if work.value(verdicts, k)]
        words = next((w for w in said if "/" in w), "/".join(said))
        good, bad = words.casefold().split("/")
        work.all(
            rf"(?:it is |they are |and )*{good} (?:is |if |when )+(?:its|the|their)? ?(?:sha256|sha-256)? ?(?:sum|checksum|hash|sums)?s? (?:is|are)? ?(?:the same|equal|identical|right|matches|match)(?: as)?(?: in)?(?: the)?(?: ·| {{file}})?",
            rf"(?:and |, )*(?:otherwise|else|if not)(?: it is)? {bad}|(?:and )?{bad} (?:otherwise|if not|else)",
        )
    endings = (".csv", ".xlsx", ".json")
    work.take(*lists, *work.folders())
    made = naming(work, endings)
    if made is None:
        return
    formats = [t for t in work.free("word") if t.text.casefold() in ("csv", "excel", "xlsx", "json")]
    work.take(*formats)
    kind = (
        {"excel": "xlsx"}.get(formats[0].text.casefold(), formats[0].text.casefold())
        if formats
        else made.rsplit(".", 1)[-1]
        if made
        else ""
    )
    kinds = {
        str(t.value or t.text).casefold().lstrip("*.")
        for t in work.free("word", "file")
        if str(t.value or t.text).startswith((".", "*.")) or t.text.casefold() in KINDS
    }
    beside = [
        p for p in work.world.before if path.rpartition("/")[0] and p.startswith(path.rpartition("/")[0] + "/") and p != path
    ]
    if kinds and all(p.rsplit(".", 1)[-1].casefold() in (*kinds, "txt") for p in beside):
        work.take(*[t for t in work.free("word", "file") if str(t.value or t.text).casefold().lstrip("*.") in kinds])
    work.all(
        r"(?:and )?(?:please )?(?:tell me|let me know|say|show|list|report|name)?(?: me)? ?(?:which|what|whether|if|the|all|any)*(?: of)?(?: the| them| any| all)*(?: ones?| files?| one)? (?:(?:is|are|was|were|has been|have been|do|does) not|don't|doesn't|didn't|fails? to|no longer) (?:match\w*|agree|fit|correspond|ok|intact)"
    )
    work.demand("manifest", path=path, verdicts=words, name=made, ending=kind)
    work.words(CHECKING | CHORES)


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


_A = r"(?P<a>{quote}|{mail}|[a-z0-9-]+)"
_B = r"(?P<b>{quote}|{mail}|[a-z0-9-]+)"
_QA, _QB = r"(?P<a>{quote})", r"(?P<b>{quote})"
_EVERY = r"(?: (?:all|every|each|the|any|occurrences?|instances?|of|word|words|text|string|name|term))*"
_MODAL = r"(?: (?:should|shall|must|has|have|to|be|is|are|gets?|being|always|now|everywhere))*"
_SWAPS = (
    rf"(?:replac\w+|substitut\w+|swap\w*|chang\w+|exchang\w+){_EVERY} {_A} (?:by|with|to|into|for|against)(?: the)?(?: word| text)? {_B}",
    rf"(?:where|in which|so that|with|and|wherever)?{_EVERY} ?{_QA}{_MODAL} (?:replaced|changed|swapped|substituted|exchanged) (?:by|with|to|into|for) {_QB}",
    rf"(?:where|in which|so that|with|and|wherever)?{_EVERY} ?{_QA}{_MODAL} (?:becomes?|reads?|says?|turns? into|become|read|say)(?: the word)? {_QB}",
    rf"{_QA} (?:(?:-|=|>|→|->|=>) ?)+{_QB}",
    rf"(?:put|puts|write|use|set|insert|have|say|placing|putting|writing)(?: the word)? {_QB} (?:(?:everywhere|wherever|instead|in place|place|of|for|where|it|there|says|say|stands|stand|reads|is|the|text|word|now|currently|each time|every time) )+{_QA}",
    rf"(?:instead|in place) of(?: the word)? {_QA}(?: (?:,|it|the|text|there|should|must|shall|always|to|everywhere))*(?: (?:say|says|read|reads|put|write|use|stand|be|have))? {_QB}",
)


def replace(work: Work) -> None:
    """Take a demand to search and replace."""
    sources = list(dict.fromkeys(str(t.value) for t in work.inputs()))
    if len(sources) != 1 or work.says(r"\b(?:script|program|file ?names?|names of|rename)\b"):
        return
    match = next((m for m in (next(iter(work.script.find(p)), None) for p in _SWAPS) if m is not None), None)
    if match is None or not (work.says(r"\b(?:replac|substitut|swap|chang|exchang)\w*") or len(work.free("quote")) == 2):
        return
    old, new = work.value(match, "a"), work.value(match, "b")
    work.script.take(match, "what is replaced")
    ignore = work.all(r"(?:ignore|ignoring|regardless of)(?: upper/lower)? case|case[- ]insensitive(?:ly)?")
    whole = work.all(r"(?:only )?(?:as )?(?:a )?whole words?(?: only)?")
    told = work.all(
        r"(?:and )?(?:(?:tell|say|report|let|me|us|know) )*how (?:many|often)(?: (?:times|occurrences|replacements|changes|there|were|was|are|it|is|made|found|replaced|you|did|have|been|occurs))*"
    )
    name = naming(work, (".txt", ".md", ".log", ".html", ".py", ".js", ".json", ".ini", ".yaml", ".yml", ".cfg"))
    work.take(*[t for t in work.free("file") if str(t.value) == sources[0]])
    if not name:
        work.doubt("where the changed text goes is not said")
    work.demand("replace", source=sources[0], old=old, new=new, ignore=ignore, whole=whole, target=name or "", told=told)
    work.all(r"(?:the )?(?:first|old|original) (?:file|one|version|text)(?= |$)") if work.demands.prohibitions else None
    work.words(REPLACING | CHORES)
