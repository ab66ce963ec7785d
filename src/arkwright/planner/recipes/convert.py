# ruff: noqa: E501  (a wording is read as one line)
"""Convert: a document in another format, with real headings, tables and lists.

Goal pattern: turn | convert | export DOCUMENT into Word | PDF | HTML | Markdown | text.
Slots: the documents, the format or the new file. Inputs: md, docx, html, txt, pdf (its text). Outputs: docx, pdf, html, md, txt.
"""

from pathlib import PurePosixPath

from arkwright.core.plan import Need, Question, Refusal
from arkwright.planner.reading import Draft, Drafting, Reading
from arkwright.planner.recipes.phrases import Sketch

SOURCES = (".md", ".markdown", ".docx", ".html", ".htm", ".txt", ".pdf", ".rst")
FORMATS: tuple[tuple[str, str], ...] = (
    (".docx", r"(?:ms |microsoft )?(?:word|docx)(?: (?:document|file|doc|format))?|\. ?docx"),
    (".pdf", r"\. ?pdf|pdfs?(?: (?:document|file|format|version))?"),
    (".html", r"\. ?html|(?:html|web ?page|web page)(?: (?:page|document|file|format))?"),
    (".md", r"\. ?md|(?:markdown|md)(?: (?:document|file|format))?"),
    (".txt", r"(?:plain text|text file|txt|plain txt)(?: (?:document|file|format))?"),
)
_VERB = r"(?:convert(?:s|ed|ing)?|turn(?:ed|s|ing)?|export(?:ed|s)?|transform(?:ed)?|chang(?:e|ed)|mak(?:e|ing)|made|creat(?:e|ed)|produce|render(?:ed)?|sav(?:e|ed)|need|want|have|get|give|as|generate|print|bring|put|version|rewrite|write|become(?:s)?|should be)"
_WORDS = (
    _VERB,
    r"<file>|<new>",
    r"(?:into|to|as|in|out of|from|of|a|an|the|proper|real|nice|good|tidy|clean|decent|formatted|document|file|version|format|copy|with|its|and|it)",
    r"(?:and )?(?:with )?(?:the )?(?:headings?|headlines|titles?|tables?|lists?|links?|bullets?|bullet points?|emphasis|formatting|structure|layout)(?: ?(?:,|and|&) ?(?:the )?(?:headings?|titles?|tables?|lists?|links?|bullets?|emphasis|formatting|structure|layout))*"
    r"(?: (?:should|must|shall|need to|to|have to|please|are to|ought to))*(?: (?:be|stay|remain|become|are|kept|preserved|keep|survive|come out|intact))*(?: (?:as|real|proper|a|an|true|native))*(?: (?:headings?|tables?|lists?|links?|ones?|preserved|intact))*",
    r"(?:keep(?:ing)?|preserv(?:e|ing)|retain(?:ing)?)(?: (?:the|its|all|of))* ?(?:headings?|tables?|lists?|formatting|structure|layout|links?)?",
    r"(?:meeting )?(?:minutes|notes|chapter|proposal|report)",
    r"(?:please|i|me|for|can|you|be|so that|keep the original|leave the original(?: alone)?|the original stays)",
)


def propose(reading: Reading) -> Draft | Need | Refusal | Question | None:
    """Each named document in the wished format."""
    sketch = Sketch(reading)
    sources = [m.value for m in reading.inputs() if m.value.lower().endswith(SOURCES)]
    if not sources or len(sources) != len(reading.inputs()) or not sketch.has(_VERB) or reading.named("url"):
        return None
    made = [m.value for m in reading.outputs()]
    if len(made) > len(sources):
        return None
    wished = [(extension, pattern) for extension, pattern in FORMATS if sketch.has(pattern)]
    endings = [PurePosixPath(path).suffix.lower() for path in made] or [
        extension for extension, _ in wished if extension != PurePosixPath(sources[0]).suffix.lower()
    ]
    if len(set(endings)) != 1 or endings[0] not in {extension for extension, _ in FORMATS}:
        return None
    build = Drafting(reading, "convert", f"as {endings[0][1:]}")
    build.cover(sketch.covered(*_WORDS, *(pattern for _, pattern in FORMATS)))
    for number, source in enumerate(sources):
        path = build.new_path(made[number] if number < len(made) else str(PurePosixPath(source).with_suffix(endings[0])))
        if path == source:
            return None
        done = build.task(f"Convert {source} to {path}", "documents.convert", {"source": source, "path": path})
        build.require(f"{source} as {endings[0][1:]}", done)
        build.say(f"{source} is now also {path}. ")
    return build.draft()
