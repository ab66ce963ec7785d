"""Opening a finished file to see what it really holds."""

import hashlib
import json
import re
import sqlite3
import tarfile
import zipfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from .proof_artifacts import sheets
from .proof_text import decode

TEXT_CAP = 400_000


def facts(path: Path) -> dict:
    """What a file holds: {"opens", "kind", ...}; a file that does not open says why under "error"."""
    kind = path.suffix.lower().lstrip(".")
    base = {"kind": kind, "size": path.stat().st_size, "sha256": sha256(path.read_bytes())}
    opener = OPENERS.get(kind, _text)
    try:
        return {**base, "opens": True, **opener(path)}
    except Exception as why:
        return {**base, "opens": False, "error": f"{type(why).__name__}: {why}"}


def sha256(data: bytes, algorithm: str = "sha256") -> str:
    """The digest in hex."""
    return hashlib.new(algorithm, data).hexdigest()


def _text(path: Path) -> dict:
    data = path.read_bytes()
    text = decode(data)
    try:
        data.decode("utf-8")
        utf8 = True
    except UnicodeDecodeError:
        utf8 = False
    out = {"text": text[:TEXT_CAP], "lines": len(text.splitlines()), "utf8": utf8}
    if path.suffix.lower() == ".py":
        compile(text, path.name, "exec")
    if path.suffix.lower() == ".md":
        out["headings"] = [{"level": len(m[1]), "text": m[2].strip()} for m in re.finditer(r"^(#{1,6}) (.*)$", text, re.M)]
        out["figures"] = len(re.findall(r"!\[[^\]]*\]\(", text))
        out["tables"] = len(re.findall(r"^\|?\s*:?-{3,}.*\|", text, re.M))
    return out


def _json(path: Path) -> dict:
    value = json.loads(decode(path.read_bytes()))
    return {"text": decode(path.read_bytes())[:TEXT_CAP], "value": value if path.stat().st_size < 300_000 else None}


def _pdf(path: Path) -> dict:
    from pypdf import PdfReader

    reader = PdfReader(path)
    texts = [page.extract_text() or "" for page in reader.pages]
    return {
        "pages": len(texts),
        "text": "\n\f".join(texts)[:TEXT_CAP],
        "drawing": any(_has_drawing(page) for page in reader.pages),
        "blank_pages": [n for n, t in enumerate(texts, 1) if not t.strip()],
        "fill": _ink(path),
    }


def _has_drawing(page) -> bool:
    """A picture of a fair size, an embedded form, or curves and bars of differing length."""
    objects = page.get("/Resources", {}).get("/XObject", {})
    for item in (o.get_object() for o in objects.get_object().values()) if objects else ():
        if item.get("/Subtype") == "/Form" or min(item.get("/Width", 0), item.get("/Height", 0)) >= 100:
            return True
    contents = page.get_contents()
    ops = contents.get_data() if contents is not None else b""
    found = re.findall(rb"(-?[\d.]+) (-?[\d.]+) re\s+[fFbB]", ops)
    heights = {round(abs(float(h))) for _, h in found if abs(float(h)) > 2}
    return len(heights) >= 3 or len(re.findall(rb"\sc\s", ops)) >= 8


def _ink(path: Path) -> list[float]:
    """How much of each page is printed on (0 to 1)."""
    import pypdfium2

    document = pypdfium2.PdfDocument(path)
    out = []
    for page in document:
        image = page.render(scale=0.3).to_pil().convert("L")
        pixels = list(image.getdata())
        out.append(round(sum(p < 200 for p in pixels) / len(pixels), 4))
    return out


def _image(path: Path) -> dict:
    from PIL import Image

    with Image.open(path) as image:
        image.load()
        wide, high = image.size
        small = image.convert("RGB").resize((160, 120))
        coarse = image.convert("RGB").resize((6, 6), Image.Resampling.BOX)
    counts = Counter(small.getdata())
    return {
        "width": wide,
        "height": high,
        "colours": len(counts),
        "paper": counts.most_common(1)[0][1] / (160 * 120),
        "format": kind_of(path),
        "coarse": [channel for pixel in coarse.getdata() for channel in pixel],
    }


def kind_of(path: Path) -> str:
    """png, jpg or gif by the first bytes."""
    head = path.read_bytes()[:12]
    return "png" if head.startswith(b"\x89PNG") else "jpg" if head.startswith(b"\xff\xd8") else "other"


def _svg(path: Path) -> dict:
    from lxml import etree

    tree = etree.fromstring(path.read_bytes())
    shapes = [
        e
        for e in tree.iter()
        if isinstance(e.tag, str) and e.tag.rsplit("}", 1)[-1] in ("path", "rect", "circle", "line", "polyline", "polygon", "use")
    ]
    return {"shapes": len(shapes), "text": " ".join("".join(tree.itertext()).split())}


def _docx(path: Path) -> dict:
    from docx import Document

    document = Document(str(path))
    with zipfile.ZipFile(path) as z:
        names = z.namelist()
    styled = [(p.style.name if p.style else "", p.text.strip()) for p in document.paragraphs]
    headings = [{"level": _level(s), "text": t} for s, t in styled if t and s.startswith(("Heading", "Title"))]
    cells = [c.text for t in document.tables for r in t.rows for c in r.cells]
    return {
        "headings": headings,
        "tables": len(document.tables),
        "figures": sum(n.startswith(("word/media/", "word/charts/")) for n in names),
        "paragraphs": [t for s, t in styled if t and not s.startswith(("Heading", "Title"))],
        "items": [t for s, t in styled if t and s.startswith("List")],
        "text": "\n".join([t for _, t in styled] + cells)[:TEXT_CAP],
        "centimetres": round(_length(document), 1),
        "opening": [t for t in _opening(document) if t],
    }


def _opening(document: Any) -> list[str]:
    """The first words after each page break."""
    out: list[str] = []
    fresh = False
    for paragraph in document.paragraphs:
        xml = paragraph._p.xml
        text = paragraph.text.strip()
        if text and (fresh or "w:pageBreakBefore" in xml):
            out.append(text)
        fresh = bool('w:br w:type="page"' in xml or "w:lastRenderedPageBreak" in xml or (fresh and not text))
    return out


def _length(document: Any) -> float:
    """About how long the text is when it is set: lines of 80 characters, table rows, and pictures as high as they are."""
    lines = sum(
        0.25 + (1.1 if p.style and p.style.name.startswith(("Heading", "Title")) else 0.5 * -(-len(p.text) // 80))
        for p in document.paragraphs
    )
    rows = sum(0.6 * len(t.rows) for t in document.tables)
    return lines + rows + sum(shape.height / 360_000 for shape in document.inline_shapes)


def _level(style: str) -> int:
    return int(style[-1]) if style[-1:].isdigit() else 0


def _xlsx(path: Path) -> dict:
    found = sheets(path)
    return {
        "sheets": [{"name": n, "rows": len(g)} for n, g in found],
        "text": "\n".join(" ".join(str(c) for c in r if c is not None) for _, g in found for r in g)[:TEXT_CAP],
    }


def _zip(path: Path) -> dict:
    with zipfile.ZipFile(path) as z:
        broken = z.testzip()
        if broken:
            raise ValueError(f"{broken!r} is damaged")
        return {"entries": {i.filename: sha256(z.read(i)) for i in z.infolist() if not i.is_dir()}}


def _tar(path: Path) -> dict:
    with tarfile.open(path) as t:
        files = [(m, t.extractfile(m)) for m in t.getmembers() if m.isfile()]
        return {"entries": {m.name: sha256(fh.read()) for m, fh in files if fh is not None}}


def _html(path: Path) -> dict:
    from lxml import html

    page = html.fromstring(path.read_bytes())
    heads = [
        {"level": int(e.tag[1]), "text": " ".join(e.text_content().split())}
        for e in page.iter("h1", "h2", "h3", "h4", "h5", "h6")
    ]
    return {
        "text": page.text_content()[:TEXT_CAP],
        "headings": heads,
        "tables": len(page.findall(".//table")),
        "figures": len(page.findall(".//img")) + len(page.findall(".//svg")),
    }


def _parquet(path: Path) -> dict:
    import duckdb

    quoted = str(path).replace("'", "''")
    row = duckdb.sql(f"select count(*) from read_parquet('{quoted}')").fetchall()[0]
    return {"rows": row[0] if row else 0}


def _database(path: Path) -> dict:
    base = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    names = [r[0] for r in base.execute("select name from sqlite_master where type='table'")]
    base.close()
    return {"tables": len(names)}


OPENERS: dict[str, Callable[[Path], dict]] = {
    "json": _json, "pdf": _pdf, "png": _image, "jpg": _image, "jpeg": _image, "gif": _image, "svg": _svg, "docx": _docx, "xlsx": _xlsx,  # noqa: E501
    "zip": _zip, "gz": _tar, "tgz": _tar, "tar": _tar, "html": _html, "htm": _html, "parquet": _parquet, "db": _database, "sqlite": _database,  # noqa: E501
}  # fmt: skip
