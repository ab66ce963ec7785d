"""Titles without quotation marks: what follows `titled`, up to the next mark or the next thing to do."""

import re

from arkwright.verifier.demands import World
from arkwright.verifier.script import Script, Token

NEXT = frozenset(["save", "saved", "store", "write", "export", "put", "add", "show", "label", "also", "use", "make", "draw"])


TITLED = re.compile(r"\b(?:chart|plot|graph|diagram|histogram|report|document|memo|pdf|docx)\b", re.I)


def read_bare_title(script: Script, world: World) -> None:
    """Merge the words of a title that begins with a capital letter into one quote token.

    Where nothing is made that could have a title, or the data have a column of titles, the word may restrict the rows.
    """
    if not TITLED.search(script.text) or any("title" in c.name.casefold() for s in world.sources for c in s.columns):
        return
    for i, token in enumerate(script.tokens[:-1]):
        if token.text.casefold() not in ("title", "titled", "entitled"):
            continue
        last = _end(script, i + 1)
        words = script.tokens[i + 1 : last]
        if words and words[0].kind == "word" and words[0].text[:1].isupper():
            start, end = words[0].start, words[-1].end
            text = script.text[start:end]
            shown = '"' + text.replace(" ", "\u00a0") + '"'
            script.tokens[i + 1 : last] = [Token("quote", shown, start, end, text)]
            return


def _end(script: Script, first: int) -> int:
    for i in range(first, len(script.tokens)):
        token = script.tokens[i]
        low = token.text.casefold()
        after = script.tokens[i + 1] if i + 1 < len(script.tokens) else None
        if token.kind in ("mark", "file", "url", "quote") or (low in ("and", "then") and after and after.text.casefold() in NEXT):
            return i
        if low in ("as", "in", "to", "into") and after and after.kind == "file":
            return i
    return len(script.tokens)
