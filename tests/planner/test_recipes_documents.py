"""Requests about documents: converting, merging, and finding what stands in them; and about plain texts."""

import pytest
from tests.planner.desk import calls


@pytest.mark.parametrize(
    ("text", "source", "path"),
    [
        (
            "Can meeting_notes.md be turned into a proper Word document? headings should be real headings and the table a real table",
            "meeting_notes.md",
            "meeting_notes.docx",
        ),
        ("convert proposal.docx to pdf", "proposal.docx", "proposal.pdf"),
        ("Please convert meeting_notes.md to HTML", "meeting_notes.md", "meeting_notes.html"),
        ("make a PDF of meeting_notes.md", "meeting_notes.md", "meeting_notes.pdf"),
        ("turn proposal.docx into markdown", "proposal.docx", "proposal.md"),
        ("I need chapter1.md as a Word file and call it start.docx", "chapter1.md", "start.docx"),
    ],
)
def test_documents_are_converted(text: str, source: str, path: str) -> None:
    assert calls(text) == [("documents.convert", {"source": source, "path": path})]


CHAPTERS = ["chapter1.md", "chapter2.md", "chapter3.md"]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Merge chapter1.md, chapter2.md and chapter3.md into one PDF handbook with a table of contents",
         {"sources": CHAPTERS, "path": "handbook.pdf", "title": "Handbook", "toc": True}),
        ("combine the three chapters into a single Word document called handbook.docx, with a table of contents",
         {"sources": CHAPTERS, "path": "handbook.docx", "toc": True}),
        ('chapter1.md to chapter3.md should become one PDF, in that order, titled "Staff handbook", with a table of contents at the front',
         {"sources": CHAPTERS, "path": "merged.pdf", "title": "Staff handbook", "toc": True}),
        ("Put chapter1.md, chapter2.md and chapter3.md together into handbook.pdf with a contents page, every chapter on a new page",
         {"sources": CHAPTERS, "path": "handbook.pdf", "toc": True}),
        ("Join invoice.pdf and terms.pdf into one pdf", {"sources": ["invoice.pdf", "terms.pdf"], "path": "merged.pdf"}),
        ("Append terms.pdf to invoice.pdf and save it as both.pdf", {"sources": ["invoice.pdf", "terms.pdf"], "path": "both.pdf"}),
        ("Combine terms.pdf and invoice.pdf (invoice first) into a single PDF called package.pdf",
         {"sources": ["invoice.pdf", "terms.pdf"], "path": "package.pdf"}),
    ],
)  # fmt: skip
def test_documents_are_merged_in_order(text: str, wanted: dict[str, object]) -> None:
    assert calls(text) == [("documents.merge", wanted)]


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("What is the total due on invoice.pdf?", ["total"]),
        ("How much do we have to pay according to invoice.pdf?", ["total"]),
        ("who is invoice.pdf billed to and what's the invoice number?", ["number", "recipient"]),
        ("Read invoice.pdf and give me the invoice number and total as json", ["total", "number"]),
    ],
)
def test_facts_are_found_in_an_invoice(text: str, facts: list[str]) -> None:
    made = calls(text)
    assert [tool for tool, _ in made] == ["documents.read", "python.run"]
    code = str(made[1][1]["code"])
    assert [name for name in ("total", "number", "recipient") if f"('{name}'," in code] == facts


def test_the_table_of_a_document_becomes_a_sheet() -> None:
    made = calls("extract the cost table from proposal.docx into costs.xlsx")
    assert made[0][0] == "tables.query"
    assert list(made[0][1]["inputs"].values()) == [{"path": "proposal.docx", "part": "table:1"}]
    assert made[-1][1]["path"] == "costs.xlsx"


def test_headings_are_listed() -> None:
    assert calls("List all headings of meeting_notes.md")[0][1]["inputs"] == {
        "headings": {"path": "meeting_notes.md", "part": "headings"}
    }


@pytest.mark.parametrize(
    "text",
    [
        'Replace "supplier" with "vendor" in contract_v1.txt and save it as contract_new.txt',
        "How many words are in story.txt?",
        "Extract all e-mail addresses from emails.txt, lower case, no duplicates, sorted alphabetically, one per line, into mails.txt",
        "Split story.txt into parts of 50 lines each",
        "join contract_v1.txt and contract_v2.txt into both.txt",
    ],
)
def test_plain_texts_are_worked_on_in_one_step(text: str) -> None:
    assert [tool for tool, _ in calls(text)] == ["python.run"]


def test_one_document_becomes_several_formats() -> None:
    assert [args["path"] for _, args in calls("I need meeting_notes.md as a PDF and as a Word document")] == [
        "meeting_notes.docx",
        "meeting_notes.pdf",
    ]


def test_several_documents_become_one_format_each() -> None:
    made = calls("convert chapter1.md and chapter2.md to html")
    assert [(args["source"], args["path"]) for _, args in made] == [
        ("chapter1.md", "chapter1.html"),
        ("chapter2.md", "chapter2.html"),
    ]
