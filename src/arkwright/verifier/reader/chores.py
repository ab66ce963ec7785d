"""Chores: words that belong to work on files and documents and restrict nothing, and how such requests name what is to be made."""

import re

from arkwright.verifier.reader.work import Work

_CHORES = """
archive archives file files folder folders directory directories dir document documents doc docs paper papers item items content contents material copy version
workspace computer disk drive place places placed placing location located lie lies lying sit sits stand stands standing stored kept there here
inside within under below beneath underneath
take takes taken taking put puts gather gathered gathering collect collected collecting pick picked picking bring brought use used using fetch
create creates created creating produce produced producing make makes made making build built get gets got getting become becomes becoming
need needs needed require required requires want wanted wish wishes desired supposed meant means intended concern concerns concerned affect
contain contains containing hold holds holding include includes included including consist consists comprise belong belongs belonging come comes
go goes going land lands arrive arrives end ends up be been being done do does did happen happens carry carried process processed conversion
show shows shown display displayed tell told say says state states name names named call called title titled result results output outcome reply
answer save saves saved saving write writes written store export exported deliver delivered provide provided supply
find finds found look looks looking search searched searching evaluate evaluated examine examined inspect go through
exactly properly correctly nicely simply accordingly respectively thereby therein thereof directly straight right automatically
decent proper nice real genuine actual true correct clean neat tidy good suitable appropriate ready readable printable handy nice-looking
following respective certain present current currently existing available together altogether itself themselves
colleagues colleague customer client customers clients boss lawyer partner office team company intranet website web wiki blog homepage
fnd dont meaningful precise uses mailbox refactoring tabel tabels diference diferences orignal orignals plese
please kindly thanks cheers hello hi dear also as well too sure ensure nobody somebody someone
"""
CHORES = frozenset(_CHORES.split())
_PLAIN = r"(?!(?:the|a|an|it|as|after|by|in|of|for|and|or|like|according|with|to|so|such|differently|respectively|their|its|file|files|one|something|alphabetically|first|last|on|by) )[a-z0-9][a-z0-9_-]*"
_NAMING = r"(?:(?:and|please|,) )*(?:called|named|(?:call|name) (?:it|this|the (?:new )?(?:file|result|document|archive|pdf|folder|report|zip|version))|(?:with|under|by|of|has|have|having|bears?|carr(?:y|ies)|gets?)(?: the)? (?:file ?)?name(?: of)?|(?:its|the|whose) (?:file ?)?name (?:is|should be|shall be|must be|will be)|(?:file ?)?name|output|result|save (?:it|them|this|everything) (?:as|under)|filename)(?: (?:is|as|:|=))*"


def naming(work: Work, endings: tuple[str, ...]) -> str | None:
    """The name of the one file that is to be made: with its ending, or without one; "" when none is given, None when there are several."""
    outputs = [t for t in work.outputs() if not str(t.value).startswith((".", "*")) and str(t.value).casefold() != "tar.gz"]
    made = [t for t in outputs if str(t.value).casefold().endswith(endings)]
    if len(outputs) != len(made) or len({str(t.value) for t in made}) > 1:
        return None
    if made:
        work.all(rf"{_NAMING} (?={{file}})")
        work.take(*made)
        return str(made[0].value)
    match = work.first(rf"{_NAMING} (?P<n>{{quote}}|{_PLAIN})")
    return work.value(match, "n")


def is_named(path: str, name: str) -> bool:
    """Whether a new file carries the name that was asked for (any ending when none was given)."""
    if not name:
        return True
    last = path.rsplit("/", 1)[-1]
    return (
        path == name
        or last == name
        or last.rsplit(".", 1)[0].casefold() == name.casefold()
        or last.casefold().startswith(f"{name.casefold()}.")
    )


def wanted_formats(work: Work, known: dict[str, str]) -> list[str]:
    """The endings of the formats that are spoken of, in the order they stand, taken; `known` maps words to endings."""
    found: list[str] = []
    for token in work.free("word"):
        low = token.text.casefold().lstrip(".")
        if low in known:
            found.append(known[low])
            work.take(token)
    work.all(r"(?:plain )?text(?= (?:file|document|format))?(?= |$)") if "plain text" in work.text and "txt" in found else None
    return list(dict.fromkeys(found))


def number_in(name: str) -> int:
    """The last number of a file's name, or 0."""
    digits = re.findall(r"\d+", name.rsplit("/", 1)[-1])
    return int(digits[-1]) if digits else 0
