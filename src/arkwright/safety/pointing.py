"""Pointing: for which addresses a request says that a file holds the credential."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from arkwright.safety.addresses import BARE, URL, Address, named_addresses
from arkwright.safety.secrets import is_secret_file

POINTS = re.compile(
    r"(?i)\b(?:tokens?|(?:api|access)[ -]?keys?|keys?|bearer|credentials?|passwords?|log ?in|sign in|auth(?:enticat|oriz)\w*)\b"
)
SENTENCE = re.compile(r"(?<=[.;!?])\s+|\n+")
CLAUSE = re.compile(r",\s+|\s+(?:and|then|but|while)\s+", re.IGNORECASE)
PURPOSE = re.compile(r"(?i)[\s'\"’”)]*(?:is\s+)?(?:for|at|to|on|with|against)\s+(?:the\s+)?\S*\Z")


@dataclass(frozen=True, slots=True)
class Clause:
    """A part of a request: where it lies, and the number of its sentence. A list of addresses is one clause."""

    start: int
    end: int
    sentence: int


def meant_for(request: str, reads: Sequence[str]) -> frozenset[Address]:
    """The addresses that a file among `reads` is the credential for, as the request says it.

    The address right after the file's name counts (`key.txt for https://...`), else what its clause names before it, else after
    it, else what the nearest other clause names. A token is never for every address that a request happens to hold.
    """
    clauses, blank = list(_clauses(request)), _without_urls(request)
    found: set[Address] = set()
    for name in {name for path in reads for name in (path, PurePosixPath(path).name)}:
        for mention in re.finditer(rf"(?i)(?<![\w./-]){_loosely(name)}(?![\w/-])", blank):
            if _as_credential(blank, clauses, name, mention):
                found |= _nearest(request, clauses, mention)
    return frozenset(found)


def _clauses(request: str) -> Iterator[Clause]:
    """The clauses in order; one that begins with an address goes on the list of the one before."""
    at = sentence = 0
    blank = _without_urls(request)
    marks = [(mark.start(), mark.end(), True) for mark in SENTENCE.finditer(request)]
    marks += [(mark.start(), mark.end(), False) for mark in CLAUSE.finditer(blank)]
    for start, end, ends_sentence in sorted(marks):
        listed = not ends_sentence and (URL.match(request, end) or BARE.match(request, end))
        if start < at or listed:
            continue
        yield Clause(at, start, sentence)
        at, sentence = end, sentence + ends_sentence
    yield Clause(at, len(request), sentence)


def _as_credential(blank: str, clauses: Sequence[Clause], name: str, mention: re.Match[str]) -> bool:
    """Whether the sentence, or the one before, speaks of logging in; a file of secrets may also be just the means."""
    here = _at(clauses, mention.start()).sentence
    start = min(clause.start for clause in clauses if clause.sentence in (here - 1, here))
    end = max(clause.end for clause in clauses if clause.sentence == here)
    around = re.sub(_loosely(name), " ", blank[start:end], flags=re.IGNORECASE)
    means = re.search(r"(?i)\b(?:with|using|use|via)\s+(?:the\s+)?[\"'‘’“”]?\Z", blank[: mention.start()])
    return bool(POINTS.search(around) or (is_secret_file(name) and means))


def _nearest(request: str, clauses: Sequence[Clause], mention: re.Match[str]) -> frozenset[Address]:
    """The addresses nearest to a mention, by clauses: its own, then those before it, then those after it."""
    here = _at(clauses, mention.start())
    after = request[mention.end() : here.end]
    first = URL.search(after) or BARE.search(after)
    if first and PURPOSE.fullmatch(after[: first.start()]):
        return _listed(after[first.start() :])
    number = clauses.index(here)
    places = [request[here.start : mention.start()], after]
    places += [request[clause.start : clause.end] for clause in (*reversed(clauses[:number]), *clauses[number + 1 :])]
    return next((named for place in places if (named := named_addresses(place))), frozenset[Address]())


def _listed(text: str) -> frozenset[Address]:
    """The addresses at the beginning of a text: one, or a list of them."""
    at = 0
    while found := URL.match(text, at) or BARE.match(text, at):
        at = found.end()
        if joint := re.compile(r",?\s*(?:and|or)?\s+", re.IGNORECASE).match(text, at):
            at = joint.end()
    return named_addresses(text[:at])


def _at(clauses: Sequence[Clause], place: int) -> Clause:
    return next(clause for clause in clauses if place < clause.end or clause is clauses[-1])


def _without_urls(request: str) -> str:
    """The request with its URLs blanked out: a name in an address is no mention of a file."""
    return URL.sub(lambda found: "\0" * len(found[0]), request)


def _loosely(name: str) -> str:
    return r"\s+".join(re.escape(part) for part in name.split())
