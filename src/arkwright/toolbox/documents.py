"""Documents: read, write, convert and merge. Entry points of the box."""

import datetime
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from . import figures, hypertext, markdown
from .binding import bind
from .blocks import Block, Document, Figure, Heading, Item, Listing, PageBreak, Paragraph, Run, plain, text_of, words
from .chapters import chapter, open_document
from .fault import Fault
from .paths import atomic, inside, relative, vacant
from .reading import kind_of
from .sources import found

Progress = Callable[[float, str], None]


def read(args: dict, progress: Progress) -> dict:
    """args: {"path"} -> {"kind", "text", "headings", "tables", "links", "pages"?}."""
    content = open_document(str(args["path"]))
    value = {
        "kind": content.kind,
        "text": content.text,
        "headings": content.headings,
        "tables": content.tables,
        "links": content.links,
    }
    return {**value, "pages": content.pages} if content.pages else value


def write(args: dict, progress: Progress) -> dict:
    """args as documents.write -> {"path", "words", "pages"?, "missing_glyphs"?}.

    Raises:
        Fault: exists, bad_format, missing_file, unknown_column, typesetting.
    """
    made: list[Block] = []
    base = inside(str(args["path"])).parent
    for block in args["blocks"]:
        made += blocks_of(block, base)
    today = datetime.datetime.now(datetime.UTC).date()
    document = Document(
        tuple(made), str(args["title"]), str(args.get("subtitle") or ""), bool(args.get("toc")), f"{today.day} {today:%B %Y}"
    )
    return put(document, str(args["path"]), pages=args.get("pages"), overwrite=bool(args.get("overwrite")), progress=progress)


def blocks_of(block: dict, base: Path) -> list[Block]:
    """One block of the arguments as blocks of the document.

    Raises:
        Fault: bad_block, missing_file, unknown_column.
    """
    given = {key for key, value in block.items() if value not in (None, "", False)}
    if "heading" in given:
        return [Heading(int(block.get("level") or 1), (Run(str(block["heading"])),))]
    if "text" in given:
        return list(markdown.parse(str(block["text"]), base))
    if "markdown" in given:
        return list(markdown.parse(str(block["markdown"]), base))
    if "table" in given:
        return [figures.table(block["table"], caption=str(block.get("caption") or ""), total=bool(block.get("total")))]
    if "figure" in given:
        return [Figure(str(found(str(block["figure"]))), str(block.get("caption") or ""))]
    if "bullets" in given:
        return [bulleted([str(text) for text in block["bullets"]])]
    if "rows" in given:
        return from_template(block)
    if "page_break" in given:
        return [PageBreak()]
    raise Fault(
        "bad_block",
        f"a block of {', '.join(sorted(given)) or 'nothing'} cannot be written",
        "give heading, text, table, figure, bullets, rows or page_break",
    )


def bulleted(texts: Sequence[str]) -> Listing:
    """Bullets whose texts may hold Markdown emphasis."""
    return Listing(tuple(Item(markdown.parse(text) or (Paragraph(()),)) for text in texts))


def from_template(block: dict) -> list[Block]:
    """One bullet a row; a table without rows says so."""
    from .tables import rows

    names, body, _ = rows(block["rows"])
    lines = [figures.fill(str(block.get("template") or ""), dict(zip(names, row, strict=False))) for row in body]
    if not lines:
        return [Paragraph((Run("There are none.", italic=True),))]
    return [Listing(tuple(Item((Paragraph((Run(line),)),)) for line in lines))]


def put(document: Document, path: str, *, pages: int | None, overwrite: bool, progress: Progress) -> dict:
    """Write a document in the format its path tells, whole or not at all.

    Raises:
        Fault: exists, bad_format, typesetting.
    """
    kind = kind_of(path)
    target = inside(path) if overwrite else vacant(path)
    told: dict = {"words": words(document.blocks) + len(f"{document.title} {document.subtitle}".split())}
    progress(0.3, f"setting {path}")
    if kind == "pdf":
        from .pdf import make

        made = make(document, pages)
        told["pages"] = made.pages
        if made.missing:
            told["missing_glyphs"] = list(made.missing)
    with atomic(target) as temporary:
        match kind:
            case "pdf":
                temporary.write_bytes(made.data)
            case "docx":
                from .word import write_word

                write_word(document, temporary, pages)
            case "html":
                temporary.write_text(hypertext.render(document, target.parent), encoding="utf-8")
            case "md":
                temporary.write_text(markdown.render(document, target.parent), encoding="utf-8")
            case _:
                temporary.write_text(as_text(document), encoding="utf-8")
    return {"path": relative(target), **told}


def as_text(document: Document) -> str:
    """A document as plain text."""
    lead = [f"{document.title}\n{'=' * len(document.title)}"] if document.title else []
    lead += [document.subtitle] if document.subtitle else []
    if document.toc:
        lead.append(
            "\n".join(
                [
                    "Contents",
                    *("  " * b.level + plain(b.runs) for b in document.blocks if isinstance(b, Heading) and b.level <= 3),
                ]
            )
        )
    return "\n\n".join([*lead, text_of(document.blocks)]).replace("\f\n\n", "") + "\n"


def convert(args: dict, progress: Progress) -> dict:
    """args: {"source", "path", "overwrite"?} -> {"path", "words", "pages"?}.

    Raises:
        Fault: missing_file, unreadable, bad_format, exists.
    """
    source, path = str(args["source"]), str(args["path"])
    kind_of(path)
    progress(0.1, f"reading {source}")
    content = open_document(source)
    if content.kind in ("txt", "pdf") and kind_of(path) == "txt":
        target = inside(path) if args.get("overwrite") else vacant(path)
        with atomic(target) as temporary:
            temporary.write_text(content.text.replace("\f\n", "\n").rstrip() + "\n", encoding="utf-8")
        return {"path": relative(target), "words": len(content.text.split())}
    return put(Document(content.blocks), path, pages=None, overwrite=bool(args.get("overwrite")), progress=progress)


def merge(args: dict, progress: Progress) -> dict:
    """args: {"sources", "path", "title"?, "toc"?, "overwrite"?, "pages"?: of a PDF} -> {"path", "words", "pages"?}.

    Raises:
        Fault: missing_file, unreadable, bad_format, exists, no_such_page.
    """
    sources, path = [str(source) for source in args["sources"]], str(args["path"])
    kinds = [kind_of(source) for source in sources]
    if kind_of(path) == "pdf" and "pdf" in kinds:
        return bind(
            sources,
            path,
            title=str(args.get("title") or ""),
            toc=bool(args.get("toc")),
            overwrite=bool(args.get("overwrite")),
            progress=progress,
            pages=dict(args.get("pages") or {}),
        )
    made: list[Block] = []
    for at, source in enumerate(sources):
        progress(0.5 * at / len(sources), f"reading {source}")
        made += [PageBreak()] if made else []
        made += chapter(source)
    document = Document(tuple(made), str(args.get("title") or ""), toc=bool(args.get("toc")))
    if document.toc and kind_of(path) == "pdf":
        document = replace(document, blocks=(PageBreak(), *document.blocks))
    return put(document, path, pages=None, overwrite=bool(args.get("overwrite")), progress=progress)
