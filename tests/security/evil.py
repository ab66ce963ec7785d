"""Files made to hurt whoever opens them."""

import io
import struct
import zipfile
import zlib
from pathlib import Path

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
S = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
VND = "application/vnd.openxmlformats-officedocument"
READS = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///workspace/private.txt">]>'
LAUGHS = (
    '<!DOCTYPE x [<!ENTITY a0 "ha">'
    + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 11))
    + '<!ENTITY e "&a10;">]>'
)


def package(path: Path, main: str, kind: str, parts: dict[str, str | bytes]) -> None:
    """An Office file whose main part is `main`."""
    types = f'<Types xmlns="{TYPES}"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    types += '<Default Extension="xml" ContentType="application/xml"/>'
    types += f'<Override PartName="/{main}" ContentType="{VND}.{kind}.main+xml"/>'
    if "xl/worksheets/sheet1.xml" in parts:
        types += f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{VND}.spreadsheetml.worksheet+xml"/>'
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr("[Content_Types].xml", types + "</Types>")
        relation = f'<Relationship Id="r1" Type="{OFFICE}/officeDocument" Target="{main}"/>'
        book.writestr("_rels/.rels", f'<Relationships xmlns="{RELS}">{relation}</Relationships>')
        for name, content in parts.items():
            book.writestr(name, content)


def word(path: Path, head: str = "", text: str = "&e;") -> None:
    """A Word document with a document type of its own before its body."""
    body = f'<?xml version="1.0"?>{head}<w:document {W}><w:body><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:body></w:document>'
    package(path, "word/document.xml", "wordprocessingml.document", {"word/document.xml": body})


def workbook(path: Path, head: str = "", cell: str = '<c r="A2" t="inlineStr"><is><t>&e;</t></is></c>', more: str = "") -> None:
    """A workbook with one sheet: a header `a`, and a cell below it."""
    header = '<row r="1"><c r="A1" t="inlineStr"><is><t>a</t></is></c></row>'
    sheet = f'<?xml version="1.0"?>{head}<worksheet {S}>{more}<sheetData>{header}<row r="2">{cell}</row></sheetData></worksheet>'
    book = f'<workbook {S} xmlns:r="{OFFICE}"><sheets><sheet name="s" sheetId="1" r:id="r1"/></sheets></workbook>'
    relation = f'<Relationship Id="r1" Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
    parts: dict[str, str | bytes] = {
        "xl/workbook.xml": book, "xl/worksheets/sheet1.xml": sheet,
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{RELS}">{relation}</Relationships>',
    }  # fmt: skip
    package(path, "xl/workbook.xml", "spreadsheetml.sheet", parts)


def far_workbook(path: Path) -> None:
    """A workbook of one cell that says it is as large as a sheet can be."""
    cell = '<c r="A2"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>2</v></c>'
    workbook(path, cell=cell, more='<dimension ref="A1:XFD1048576"/>')


def swollen_word(path: Path) -> None:
    """A small Word document that unpacks to a quarter of a gigabyte."""
    word(path)
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED, compresslevel=1) as book, book.open("word/styles.xml", "w") as part:
        for _ in range(256):
            part.write(b" " * (1 << 20))


def swollen_text(path: Path) -> None:
    """A Word document whose text is a quarter of a gigabyte."""
    inner = io.BytesIO()
    word(path)
    with zipfile.ZipFile(path) as book, zipfile.ZipFile(inner, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as copy:
        for name in book.namelist():
            if name != "word/document.xml":
                copy.writestr(name, book.read(name))
        with copy.open("word/document.xml", "w") as part:
            part.write(f"<w:document {W}><w:body><w:p><w:r><w:t>".encode())
            for _ in range(256):
                part.write(b"a" * (1 << 20))
            part.write(b"</w:t></w:r></w:p></w:body></w:document>")
    path.write_bytes(inner.getvalue())


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def vast_picture(path: Path, side: int = 20_000) -> None:
    """A picture of some kilobytes with hundreds of millions of pixels."""
    squeeze = zlib.compressobj(9)
    line = bytes(1 + (side + 7) // 8)
    data = b"".join(squeeze.compress(line) for _ in range(side)) + squeeze.flush()
    head = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", data) + chunk(b"IEND", b""))


def svg(path: Path, head: str = READS, inner: str = "") -> None:
    """A drawing with a document type of its own."""
    path.write_text(f'<?xml version="1.0"?>{head}<svg xmlns="http://www.w3.org/2000/svg"><text>&e;</text>{inner}</svg>')


def pdf(path: Path, box: str = "0 0 612 792", kids: str = "3 0 R", count: int = 1) -> None:
    """A PDF of one page, or one that says otherwise."""
    parts = ["<< /Type /Catalog /Pages 2 0 R >>", f"<< /Type /Pages /Kids [{kids}] /Count {count} >>",
             f"<< /Type /Page /Parent 2 0 R /MediaBox [{box}] >>"]  # fmt: skip
    text, places = "%PDF-1.4\n", list[int]()
    for number, part in enumerate(parts, 1):
        places.append(len(text))
        text += f"{number} 0 obj\n{part}\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    path.write_text(
        f"{text}xref\n0 4\n0000000000 65535 f \n{table}trailer\n<< /Size 4 /Root 1 0 R >>\nstartxref\n{len(text)}\n%%EOF\n"
    )
