"""Convert: a document in another format, with real headings, tables and lists.

Goal pattern: turn | convert | export DOCUMENT into Word | PDF | HTML | Markdown | text.
Slots: the documents, the format or the new file. Inputs: md, docx, html, txt, pdf (its text). Outputs: docx, pdf, html, md, txt.
"""

from pathlib import PurePosixPath

from arkwright.core.plan import Need, Question, Refusal
from arkwright.planner.reading import Draft, Drafting, Reading
from arkwright.planner.recipes.parlance import FILES, PAPERS, idle, outlet
from arkwright.planner.recipes.phrases import Sketch

SOURCES = (".md", ".markdown", ".docx", ".html", ".htm", ".txt", ".pdf", ".rst")
FORMATS: tuple[tuple[str, str], ...] = (
    (".docx", r"(?:ms |microsoft )?(?:word|docx)(?: (?:document|file|doc|format))?|\. ?docx"),
    (".pdf", r"\. ?pdf|pdfs?(?: (?:document|file|format|version))?"),
    (".html", r"\. ?html|(?:html|web ?page|web page)(?: (?:page|document|file|format))?"),
    (".md", r"\. ?md|(?:markdown|md)(?: (?:document|file|format))?"),
    (".txt", r"(?:plain text|text file|txt|plain txt|(?<=to )text|(?<=into )text|(?<=as )text)(?: (?:document|file|format))?"),
)
_VERB = r"(?:convert(?:s|ed|ing)?|conversion|turn(?:ed|s|ing)?|export(?:ed|s)?|transform(?:ed)?|chang(?:e|ed)|mak(?:e|ing)|made|creat(?:e|ed)|produce|render(?:ed)?|sav(?:e|ed)|need(?:ed)?|required?|want(?:ed)?|have|get|give|as|to|into|generate|print|bring|put|version|rewrite|write|become(?:s)?|should be|shall be|is wanted|contains?|shows?|in|- >|= >|→)"
_MORE = r"(?:scripts?|programs?|code|chart|plot|graph|zip|archive|merge|combine|join|single document|one (?:\w+ )?(?:document|file|pdf|web ?page|page|book|handbook)(?! each| per| for each| for every)|replace|rename|extract|list of|how many|summar\w+|translate\w*|report (?:about|on|of|from)|per|each (?:row|line))"
_PARTS = r"(?:tables?|headings?|sections?|lists?|links|action items|decisions|tasks|to-?dos|paragraphs?|titles?|pages?|summary|outline|first|last|numbers|costs?)"
_PART_OF = rf"{_PARTS}(?: \w+){{0,2}} (?:of|in|from|out of|on|inside)(?: (?:the|my|our))?(?: (?:document|file|word document|notes|minutes))? <file>(?! (?:should|must|shall|to be|become|stay|remain|need to|are kept|are to))"
_WORDS = (
    r"(?:into|to|as|in|out of|from|of|a|an|the|with|its|and|it|one|both|each|another|separate|own|every) *",
    r"(?:(?:three|two|both|all|four) )?(?:of )?(?:them|these|those|(?:other )?(?:formats?|versions?|kinds|files|documents?|chapters?))",
    r"(?:keep(?:ing)?|leav(?:e|ing))(?: (?:the|my))? original(?: (?:as it is|alone|untouched|where it is|too|as well))?|the original stays(?: as it is)?|(?:the )?same(?: (?:content|contents|text|name|names|layout|structure))?(?: as)?|(?:in )?any way(?: (?:you|is|works))*|(?:with|including)(?: all)?(?: the)? formatting|(?:may|can|could) be done|as such|kept as such|no matter how|however you like",
)


def propose(reading: Reading) -> Draft | Need | Refusal | Question | None:
    """Each named document in the wished format."""
    sketch = Sketch(reading)
    sources = [m.value for m in reading.inputs() if m.value.lower().endswith(SOURCES)]
    if not sources or len(sources) != len(reading.inputs()) or not sketch.has(_VERB) or reading.named("url"):
        return None
    if sketch.has(_PART_OF) or sketch.has(_MORE):
        return None
    named = outlet(sketch, *_wished(sketch, sources))
    pairs = _pairs(sketch, sources, [m.value for m in reading.outputs()] or ([named.path] if named.path else []))
    if not pairs:
        return None
    build = Drafting(reading, "convert", "in another format")
    build.cover(idle(sketch, PAPERS, FILES), named.covered)
    build.cover(sketch.covered("<file>", "<new>", _VERB, *_WORDS, *(pattern for _, pattern in FORMATS)))
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
    wished = _wished(sketch, sources)
    return [(source, str(PurePosixPath(source).with_suffix(extension))) for source in sources for extension in wished]


def _wished(sketch: Sketch, sources: list[str]) -> list[str]:
    """The endings of the formats that are spoken of, but for those the sources have."""
    own = {PurePosixPath(source).suffix.lower() for source in sources}
    own |= {".md", ".markdown"} if own & {".md", ".markdown"} else set()
    return [extension for extension, pattern in FORMATS if extension not in own and sketch.has(pattern)]
