"""Formats: words about separators, decimals, encodings and date forms. Each tells of the source as it is, or of a file as it is written anyway."""

import re

from arkwright.planner.lexicon import words
from arkwright.planner.recipes.tables.words import Words

_TALK = words(
    """
    separator separators delimiter delimiters separated delimited decimal decimals point points comma commas semicolon semicolons tab tabs utf-8 utf8
    latin-1 latin1 latin iso-8859-1 windows-1252 cp1252 encoded encoding iso date dates number numbers field fields style format formatted written
    year-month-day day.month.year dd.mm.yyyy yyyy-mm-dd dd/mm/yyyy german european english british us american normal ordinary plain standard umlauts utf as like
    between in with the a an and of for be should used is are it are have has such look looks using use to characters special right correct properly readable
    real proper numeric not text string strings type types real-date column columns must stored kept treated there
    """
)  # fmt: skip
_NAMES = words(
    """
    separator separators delimiter delimiters separated delimited semicolon semicolons utf-8 utf8 utf latin-1 latin1 iso-8859-1 windows-1252 cp1252
    encoded encoding umlauts year-month-day yyyy-mm-dd dd.mm.yyyy iso decimal decimals comma commas
    """
)  # fmt: skip
_NUMBER = re.compile(r"\d{1,3}\.\d{3},\d\d?|\d+,\d\d?")
_DOTTED = re.compile(r"\d\d?\.\d\d?\.(?:\d{4}|\d\d)")
_ISO = re.compile(r"\d{4}-\d\d-\d\d")


def spoken(w: Words, i: int) -> int:
    """The index after a stretch that only speaks of formats, if every format in it is that of the source or that of what is written; else 0."""
    end, named = i, False
    while end < len(w.norms) and (_known(w, end) or (w.norm(end) in _TALK and not _means_data(w, end))):
        named |= w.norm(end) in _NAMES or _example(w, end) > 0
        end += max(_example(w, end), 1)
    while end > i and w.norm(end - 1) in words("and with in the a an for of as to like between , ( : is are it such there"):
        end -= 1
    return end if named and end > i and all(_holds(w, n) for n in range(i, end)) else 0


def _known(w: Words, n: int) -> bool:
    if n >= len(w.norms) or w.norm(n) == "§":
        return False
    return _example(w, n) > 0 or (w.reading.tokens[n].kind == "mark" and w.norm(n) in ";,/-:" and w.norm(n + 1) in _TALK)


def _example(w: Words, n: int) -> int:
    """How many tokens an example such as `1.234,56` or `31.01.2025` takes up; 0 when there is none."""
    for length in (5, 3, 1):
        if n + length > len(w.norms):
            continue
        text = w.reading.text[w.reading.tokens[n].start : w.reading.tokens[n + length - 1].end]
        if _ISO.fullmatch(text) or ((_NUMBER.fullmatch(text) or _DOTTED.fullmatch(text)) and _like_the_source(w)):
            near = set(w.norms[max(0, n - 3) : n + length + 3])
            return length if near & words("like style numbers dates number date format as form") else 0
    return 0


def _like_the_source(w: Words) -> bool:
    return any(t.layout.get("decimal") == "," or t.layout.get("delimiter") == ";" for t in w.schema.tables)


def _means_data(w: Words, n: int) -> bool:
    """Whether a word is a value, or the very name of a column of the data."""
    column = w.column(n, loose=False, compound=False)
    return w.value(n) is not None or (column is not None and w.norm(n) not in ("date", "dates", "number", "numbers"))


def _holds(w: Words, n: int) -> bool:
    """Whether a format that is named is found: semicolons and Latin-1 in the source, commas, points and UTF-8 in what is written."""
    layouts = [t.layout for t in w.schema.tables]
    word = w.norm(n)
    if word in ("semicolon", "semicolons", ";"):
        return any(layout.get("delimiter") == ";" for layout in layouts)
    if word in ("tab", "tabs"):
        return any(layout.get("delimiter") == "\t" for layout in layouts)
    if word.startswith(("latin", "iso-8859", "windows-", "cp1252")):
        return any(
            "8859" in str(e) or "latin" in str(e) or "1252" in str(e)
            for layout in layouts
            for e in [str(layout.get("encoding")).lower()]
        )
    if word in ("german", "european"):
        return _like_the_source(w)
    if word in ("comma", "commas") and w.norm(n - 1) == "decimal":
        return any(layout.get("decimal") == "," for layout in layouts)
    return True
