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
    (".txt", r"(?:plain text|text file|txt|plain txt|(?<=to )text|(?<=into )text|(?<=as )text)(?: (?:document|file|format))?"),
)
_VERB = r"(?:convert(?:s|ed|ing)?|turn(?:ed|s|ing)?|export(?:ed|s)?|transform(?:ed)?|chang(?:e|ed)|mak(?:e|ing)|made|creat(?:e|ed)|produce|render(?:ed)?|sav(?:e|ed)|need|want|have|get|give|as|generate|print|bring|put|version|rewrite|write|become(?:s)?|should be)"
_WORDS = (
    _VERB,
    r"<file>|<new>",
    r"(?:the )?(?:text|contents?)(?: of)?",
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
    pairs = _pairs(sketch, sources, [m.value for m in reading.outputs()])
    if not pairs:
        return None
    build = Drafting(reading, "convert", "in another format")
    build.cover(sketch.covered(*_WORDS, *(pattern for _, pattern in FORMATS)))
    for source, wished in pairs:
        path = build.new_path(wished)
        done = build.task(f"Convert {source} to {path}", "documents.convert", {"source": source, "path": path})
        build.require(f"{source} as {path.rpartition('.')[2]}", done)
        build.say(f"{source} is now also {path}. ")
    return build.draft()


def _pairs(sketch: Sketch, sources: list[str], made: list[str]) -> list[tuple[str, str]]:
    """Each source with its new file: as named, or one for each format that is spoken of; [] when that is not clear."""
    known = {extension for extension, _ in FORMATS}
    if made:
        fits = all(PurePosixPath(path).suffix.lower() in known for path in made)
        if not fits or len(made) not in (len(sources), 1 if len(sources) > 1 else len(made)):
            return []
        if len(sources) == 1:
            return [(sources[0], path) for path in made]
        return list(zip(sources, made, strict=True)) if len(made) == len(sources) else []
    own = {PurePosixPath(source).suffix.lower() for source in sources}
    wished = [extension for extension, pattern in FORMATS if extension not in own and sketch.has(pattern)]
    return [(source, str(PurePosixPath(source).with_suffix(extension))) for source in sources for extension in wished]
