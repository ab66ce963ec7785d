"""Work that turns documents into other formats: which documents, which formats, under which name."""

from arkwright.core.json import Json
from arkwright.verifier.reader.chores import CHORES, naming, wanted_formats
from arkwright.verifier.reader.work import Work

PAPERS = (".md", ".txt", ".docx", ".html", ".htm", ".markdown", ".pdf")
FORMATS = {
    "word": "docx", "docx": "docx", "pdf": "pdf", "pdfs": "pdf", "html": "html", "htm": "html", "webpage": "html", "markdown": "md", "md": "md",
    "txt": "txt",
}  # fmt: skip
STRUCTURE = r"(?:headings?|headlines|titles?|tables?|bullet lists?|bullet points?|bullets|lists?|links?|emphasis|formatting|structure|layout|heading levels?|heading styles?)"
OTHER = r"\b(?:script|program|code|regex|summar\w+|report|chart|extract\w*|pulls?|how many|count|replace\w*|rename\w*|merge|combine|join|append|zip|archive|compare|differ\w*|pages?(?! ·)|without|only|open|table of contents|translate|per|each (?:row|line))\b"
PART = r"(?:tables?|headings?|sections?|lists?|links|action items|decisions|tasks|paragraphs?|titles?|pages?|first|last|outline|summary|costs?|phases?|next steps|agenda|minutes of|introduction|short version|version)"
TURNING = frozenset(
    [
        "convert",
        "converted",
        "converts",
        "converting",
        "conversion",
        "turn",
        "turned",
        "turns",
        "into",
        "transform",
        "transformed",
        "change",
        "changed",
        "export",
        "exported",
        "render",
        "rendered",
        "rewrite",
        "version",
        "format",
        "formats",
        "word",
        "document",
        "doc",
        "web",
        "page",
        "page",
        "website",
        "text",
        "plain",
        "same",
        "such",
        "kept",
        "keep",
        "keeps",
        "keeping",
        "preserve",
        "preserved",
        "preserves",
        "retain",
        "stay",
        "stays",
        "remain",
        "remains",
        "survive",
        "intact",
        "each",
        "both",
        "all",
        "one",
        "own",
        "separate",
        "minutes",
        "notes",
        "proposal",
        "proposals",
        "chapter",
        "chapters",
        "story",
        "offer",
        "letter",
    ]
)


def turn(work: Work) -> None:
    """Take a demand to have whole documents in other formats."""
    sources = list(dict.fromkeys(str(t.value) for t in work.inputs()))
    if not sources or not all(s.casefold().endswith(PAPERS) for s in sources) or work.free("url"):
        return
    if work.says(OTHER.replace("pages?(?! ·)", "pages")) or work.says(
        r"\bone (?:pdf|document|word document|handbook|book|single)\b(?! each| per)"
    ):
        return
    if work.says(
        rf"\b{PART}(?: \w+)? (?:of|in|from|out of|inside)(?: the| my| our)?(?: [a-z]+)?(?: [a-z]+)? [\w/-]+\.(?:md|docx|txt|html|pdf)\b(?! (?:should|must|shall|stay|remain|become))"
    ) and not work.says(r"\b(?:text|content|contents|version|minutes|notes) (?:of|from|in) [\w/-]+\.\w+"):
        return
    own = {s.rsplit(".", 1)[-1].casefold() for s in sources}
    made = {str(t.value).rsplit(".", 1)[-1].casefold() for t in work.outputs()}
    work.all(
        rf"(?:(?:(?:and|with|keep|keeping|including|preserving|preserve|in which|so that|so|where|its|all|the|of|,|both) )*{STRUCTURE} ?)+(?:(?:,|and|should|must|shall|have to|has to|need to|to|are|is|be|use|uses|remain|remains|become|becomes|stay|stays|kept|survive|come|as|such|a|an|real|proper|genuine|actual|true|native|word|html|docx|intact|preserved|too|in|it|included|they|were|heading|table|styles?) )*(?:{STRUCTURE})?(?:(?: ,| and)* {STRUCTURE})*"
    )
    work.all(r"(?:the )?(?:word|markdown|html|pdf) (?:file|document) (?={file})")
    formats = [f for f in wanted_formats(work, FORMATS) if f not in own or f in made]
    formats += ["txt"] if not formats and "txt" not in own and work.all(r"(?:plain )?text(?: (?:file|version|document))?") else []
    formats += ["html"] if "html" not in formats and work.all(r"web ?page") else []
    if not formats:
        named = list(work.outputs())
        formats = list(dict.fromkeys(str(t.value).rsplit(".", 1)[-1].casefold() for t in named))
        if not formats or any(f"{'.' + f}" not in PAPERS for f in formats):
            return
    name = naming(work, PAPERS)
    if name is None:
        return
    if name and (len(sources) > 1 or len(formats) > 1):
        return
    work.take(*[t for t in work.free("file") if str(t.value) in sources])
    wanted: list[Json] = [*sources]
    work.all(
        r"(?:one|a) (?:file|document|page|pdf)(?: (?:for|per))? (?:each|chapter|document)|(?:each|both|all|every|three|two|all three)(?: of (?:them|these|those))?(?: (?:files?|documents?|chapters?|formats?))?|(?:in )?any way|no matter how|{num} formats"
    )
    work.demand("turned", sources=wanted, formats=[*formats], name=name)
    work.words(TURNING | CHORES)
