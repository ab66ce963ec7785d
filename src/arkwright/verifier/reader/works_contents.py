"""Contents: what a new program has to make of files that are there: addresses, words, lines, figures, types of files, tables of powers."""

import re

from arkwright.core.json import Json
from arkwright.verifier.reader.work import Work
from arkwright.verifier.reader.works_scripts import count_of, program_demand, said_count

_N = r"(?P<n>{num}|two|three|four|five|six|seven|eight|nine|ten|twelve|twenty)"
_ONCE = r"(?:and |so that |that )*(?:each|every|all|none|no)(?: (?:one|address(?:es)?|of them|e-mail|word|line|name))*(?: (?:may|must|should|can|is|are|to|be|only|just|not|more|than|occur|occurs|appear|appears|stand|stands|listed|kept|come|comes|written|included))* once(?: only)?"
_DOUBLES = r"(?:(?:and|,) )*(?:remov\w+|drop\w*|delet\w+|eliminat\w+|strip\w*|throw\w* (?:out|away)|get\w* rid of|without|no|leav\w+ out|skip\w*|filter\w*(?: out)?)(?: (?:the|all|any|exact))* (?:doubles|duplicates?|dupes|repeats|repetitions|doubled ones)(?: entries| ones| addresses| lines)?|de-?dup\w*(?: them)?|(?:unique|distinct)(?: ones)?|(?:only|just) once(?: each)?|once only"
_LOWER = r"(?:(?:and|,) )*(?:lower-?cas(?:e|es|ed|ing)|lower case|(?:in|to|into|turn\w*|make|makes|convert\w*|put|puts)(?: (?:them|it|all|everything|in|to|into))* (?:small letters|lower case|lower-?case)(?: letters)?)(?: (?:them|all|everything|letters))*"
_ALPHA = r"(?:(?:and|,) )*(?:sort\w*|order\w*|in|into|arrang\w+)?(?: (?:them|it|the|addresses|result|list|in|an|all|lines|words))* ?(?:alphabetical(?:ly)?|alphabetic|a-z|a to z|a ?- ?z)(?: order)?|(?:and )?(?:sort|sorts|sorted)(?: them| it| the addresses)?"
_FIGURES = {
    "min": r"(?:the )?(?:min|minimum|smallest(?: value| number)?|lowest(?: value| number)?)",
    "max": r"(?:the )?(?:max|maximum|largest(?: value| number)?|highest(?: value| number)?|biggest(?: value| number)?)",
    "mean": r"(?:the )?(?:mean|average|avg)(?: value)?",
    "median": r"(?:the )?median",
    "sum": r"(?:the )?(?:sum|total)",
}


def read_contents(work: Work) -> None:
    """Take one demand about what a program makes of files."""
    for read in (_powers, _types, _mails, _words, _lines, _figures):
        if not work.demands.specials:
            read(work)


def _source(work: Work) -> str:
    sources = {str(t.value) for t in work.inputs()}
    return next(iter(sources)) if len(sources) == 1 else ""


def _mails(work: Work) -> None:
    source = _source(work)
    if (
        not source
        or not work.says(r"\b(?:e-?mails?|mail address|mail addresses|addresses)\b")
        or not source.endswith((".txt", ".log", ".md"))
    ):
        return
    if not (work.says(r"\be-?mails?\b(?!\.)|\bmail address") or "mail" in source):
        return
    work.take(*work.inputs())
    lower, distinct = work.all(_LOWER), work.all(_ONCE, _DOUBLES)
    ordered = work.all(_ALPHA)
    told = said_count(work)
    bag = "extract extracts extracting pull pulls out pulled e-mail e-mails email emails mail mails address addresses regex regexp regular expression expressions raw text dump messy untidy quite chaotic scan scans search searches picks pick all every parse parses harvest contained"
    program_demand(work, bag.split(), source=source, mails=True, lower=lower, distinct=distinct, ordered=ordered, told=told)


def _words(work: Work) -> None:
    source = _source(work)
    if not source or not work.says(r"\bwords?\b") or not work.says(r"\b(?:most|top|often|times|frequen\w+|count\w*|how many)\b"):
        return
    top = work.first(
        rf"(?:the )?(?:{_N} (?:most (?:common|frequent|used|often used|frequently used)|top|commonest)|(?:top|first) (?P<m>{{num}}|ten|five|twenty))(?: (?:words|ones|of them))*"
    )
    counted = work.all(
        r"(?:counts?|counting|count) (?:how (?:often|many times) )?(?:(?:all|each|every|the|of|single) )*words?(?: (?:occurs?|appears?|comes up|is used|is found|counts?|frequenc\w+))*",
        r"how (?:often|many times|frequently) (?:(?:each|every|the|all|single) )*words?(?: (?:occurs?|appears?|comes up|is used|is found))*",
        r"(?:for )?word (?:counts?|counting|frequenc\w+)",
        r"(?:the )?(?:frequency|frequencies|occurrences) of (?:(?:each|every|all|the) )*words?",
    )
    if top is None and not counted:
        return
    quoted = [
        t for t in work.free("quote") if re.search(r"word", str(t.value)) and re.search(r"count|number|times", str(t.value))
    ]
    shape = str(quoted[0].value) if quoted else ""
    work.take(*work.inputs(), *quoted)
    work.all(
        r"(?:and )?(?:ignor\w+|regardless of|no matter the) (?:the )?(?:upper and lower |upper/lower |letter )?case|case-insensitive(?:ly)?|in lower case"
    )
    work.all(
        r"(?:as |in |with )?(?:lines|pairs|the form|the format|format)(?: (?:like|as|of))*(?= |$)",
        r"(?:with|and) (?:their|its|the) (?:counts?|numbers?|frequenc\w+)",
    )
    count = count_of(work.value(top, "n") or work.value(top, "m")) if top else 0
    if top is not None and not count:
        return
    bag = "word words occurs occur occurring appears appear frequency often times common frequent used counts count ones like"
    program_demand(work, bag.split(), words=count, source=source, shape=shape)


def _lines(work: Work) -> None:
    source = _source(work)
    match = work.first(
        r"(?:sorts?|sorting)(?: all| the)* lines (?:of|in|from) {file}(?: alphabetically| in alphabetical order)?(?: ,)?(?P<u> (?:and )?(?:removes?|drops?|without)(?: the| all| any)* (?:duplicates|doubles|repeats|duplicate lines))?"
    )
    if match is None or not source:
        return
    work.take(*work.inputs())
    program_demand(work, ["lines", "line"], sort=True, distinct="u" in match.groups, source=source)


def _decimals(work: Work) -> int:
    match = work.first(
        r"\(? ?(?:(?:each|all|and|with|to|rounded|round|rounds|rounding|them|in|both|values?|results?|given) )*(?P<n>{num}|one|two|three|four) (?:decimals?|decimal places?|decimal digits|digits after the (?:decimal )?point)(?: \))?"
    )
    return count_of(work.value(match, "n")) if match else -1


def _figures(work: Work) -> None:
    source = _source(work)
    wanted = [name for name, pattern in _FIGURES.items() if work.says(rf"\b{pattern}\b")]
    if not source or not wanted or not source.endswith((".txt", ".dat", ".log")):
        return
    work.take(*work.inputs())
    work.all(*_FIGURES.values())
    decimals = _decimals(work)
    number = work.first(r"(?:the |these )*(?P<n>two|three|four|five) (?:values|figures|numbers|results|statistics)")
    if number is not None and count_of(work.value(number, "n")) != len(wanted):
        work.doubt("the figures that are asked for are not as many as it says")
    work.all(
        r"(?:(?:some|the|basic|simple|key|for) )*(?:statistics|stats|key figures|statistical (?:values|figures))(?: (?:on|of|about|for) (?:our |the |my )?(?:measurements|readings|values|numbers|data|them))?"
    )
    bag = "numbers number readings values value measurements data input output statistics stats figures them rounded single"
    program_demand(work, bag.split(), figures=list[Json](wanted), decimals=decimals, source=source)


def _types(work: Work) -> None:
    folders = {str(t.value).strip("/") for t in work.folders()}
    kind = r"(?:file )?(?:extensions?|types?|endings?|suffix(?:es)?)"
    if (
        len(folders) != 1
        or not work.says(rf"\b{kind}\b|\bkinds? of files?\b")
        or not work.says(r"\b(?:count\w*|how many|number of|tally)\b")
    ):
        return
    folder = next(iter(folders))
    deep = work.all(
        r"\(? ?(?:(?:and|with|in|of|including|incl\.?|also|all|its|the|any|each|every) )*(?:subfolders|sub-folders|subdirectories|recursive(?:ly)?)(?: (?:too|as well|included))?(?: \)\.?)?"
    )
    work.take(*work.folders())
    quoted = [
        t
        for t in work.free("quote")
        if re.fullmatch(r"(?:file ?)?(?:ext\w*|type|ending)\W+(?:count|number|n)", str(t.value).casefold())
    ]
    work.take(*quoted)
    if any(not t.text.isalpha() for t in work.free("num")):
        return
    bag = "count counts counted counting files file number of by per each every extension extensions type types ending endings kind kinds line lines one how many folder many many it its with them the there grouped ext according recursive recursively"
    program_demand(work, bag.split(), types=folder, deep=deep, source=folder)


def _powers(work: Work) -> None:
    """A table of each number beside its square, and its cube."""
    found = work.first(
        r"(?:(?:the|each|every|columns?|with|of|table|a|numbers?|integers?) )*(?:n|x|numbers?|integers?)(?: (?:,|and|with|its|their|the|n|x|number))* (?P<p>squared|squares?|cubed|cubes?)(?: (?:,|and|its|their|the|n|x))*(?: (?P<q>cubed|cubes?|squared|squares?))?"
    ) or work.first(
        r"(?:and|with|together with|beside|next to) (?:its|their) (?P<p>squares?|cubes?)(?: (?:,|and|its|their)+ (?P<q>cubes?|squares?))?"
    )
    if found is None or work.inputs():
        return
    said = work.script.words(found)
    if not re.search(r"\b(?:its|their)\b|\b[nx]\b", said):
        return
    span = work.first(
        r"(?:(?:for|of|the|all|each|every|whole|numbers?|integers?|n|x|in) )*(?:from |between )?(?P<a>{num}) (?:to|up to|through|-|–) (?P<b>{num})"
    )
    if span is None:
        return
    powers = {3 if work.value(found, name).startswith("cube") else 2 for name in ("p", "q") if work.value(found, name)}
    bag = "table tables column columns csv row rows header n x numbers number integers each"
    rows: list[Json] = [
        [n, *[n**p for p in sorted(powers)]] for n in range(count_of(work.value(span, "a")), count_of(work.value(span, "b")) + 1)
    ]
    program_demand(work, bag.split(), rows=rows)
