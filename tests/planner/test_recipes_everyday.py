"""Everyday wordings of work on files and documents: names of results in every position, pages, pictures, lines, verdicts."""

import pytest
from tests.planner.desk import calls, plan

from arkwright.core.plan import Plan


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("Join invoice.pdf and terms.pdf into one PDF called parcel", "parcel.pdf"),
        ("invoice.pdf and terms.pdf -> parcel.pdf", "parcel.pdf"),
        ("One PDF is needed, made of invoice.pdf and terms.pdf; output: parcel.pdf", "parcel.pdf"),
        ("Bind invoice.pdf and terms.pdf together. Name the file parcel.pdf", "parcel.pdf"),
        ("Combine invoice.pdf and terms.pdf, the result goes into parcel.pdf", "parcel.pdf"),
    ],
)
def test_a_result_is_named_in_every_position(text: str, path: str) -> None:
    assert calls(text) == [("documents.merge", {"sources": ["invoice.pdf", "terms.pdf"], "path": path})]


@pytest.mark.parametrize(
    ("text", "choice"),
    [
        (
            "Merge invoice.pdf and terms.pdf to parcel.pdf, but leave out the last page of terms.pdf",
            {"first": -1, "last": -1, "drop": True},
        ),
        (
            "Merge invoice.pdf and terms.pdf to parcel.pdf. The first page of the terms is not needed.",
            {"first": 1, "last": 1, "drop": True},
        ),
        ("Merge invoice.pdf and pages 2-3 of terms.pdf to parcel.pdf", {"first": 2, "last": 3, "drop": False}),
    ],
)
def test_pages_are_chosen(text: str, choice: dict[str, object]) -> None:
    ((tool, args),) = calls(text)
    assert (tool, args["pages"]) == ("documents.merge", {"terms.pdf": choice})


@pytest.mark.parametrize(
    ("text", "args"),
    [
        ("Shrink the jpg photos in photos to half their size and put them into minis", {"factor": 0.5}),
        ("Thumbnails of the jpg pictures in photos are needed, 200 pixels wide, in a new folder minis", {"width": 200}),
        ("resize the jpgs in photos to 25% and save them in a folder named minis", {"factor": 0.25}),
    ],
)
def test_pictures_are_scaled_into_a_folder(text: str, args: dict[str, object]) -> None:
    ((tool, given),) = calls(text)
    pairs = given.pop("pictures")
    assert (tool, given) == ("pictures.scale", args)
    assert [pair["to"] for pair in pairs] == ["minis/IMG_0024.jpg", "minis/IMG_0076.jpg", "minis/IMG_0110.jpg"]


def test_pictures_become_another_format_beside_the_originals() -> None:
    ((tool, args),) = calls("Turn the jpg pictures in photos into png")
    assert (tool, args["pictures"][0]) == ("pictures.scale", {"from": "photos/IMG_0024.jpg", "to": "photos/IMG_0024.png"})


@pytest.mark.parametrize(
    "text",
    [
        "The pictures in photos are called IMG_0001.jpg and so on. Rename the jpgs to sea_1.jpg, sea_2.jpg, ... in the order of their numbers. cover.png keeps its name.",
        "photos: rename IMG_xxxx.jpg -> sea_1.jpg, sea_2.jpg ... by old number, leave png and txt alone",
        "Give the jpg images in the photos folder the names sea_1.jpg, sea_2.jpg and so forth, following the order of their present numbers",
    ],
)
def test_names_like_those_that_are_there_are_examples(text: str) -> None:
    ((_, args),) = calls(text)
    assert [move["to"] for move in args["moves"]] == ["photos/sea_1.jpg", "photos/sea_2.jpg", "photos/sea_3.jpg"]


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Zip the project folder into code.zip without the util folder", {"project/app.py", "project/README.md"}),
        ("Pack project into code.zip; he doesn't need util", {"project/app.py", "project/README.md"}),
        ("code.zip <- only the .py files of project and its subfolders", {"project/app.py", "project/util/text.py"}),
        ("Compress project but leave out the md files, name it code.zip", {"project/app.py", "project/util/text.py"}),
    ],
)
def test_what_is_left_out_is_not_packed(text: str, left: set[str]) -> None:
    ((tool, args),) = calls(text)
    assert (tool, set(args["paths"]), args["path"]) == ("files.archive", left, "code.zip")


def test_one_archive_for_each_type() -> None:
    made = calls("Make one zip per file type out of the files in release")
    assert [(tool, args["path"]) for tool, args in made] == [("files.archive", "bin.zip"), ("files.archive", "txt.zip")]


@pytest.mark.parametrize(
    "text",
    [
        "Those lines of access.log that have status 404 or 503 should be copied to bad.log, unchanged and in the same order",
        "filter out the 404 and 503 lines from access.log and save them as bad.log",
    ],
)
def test_lines_with_a_status_are_copied(text: str) -> None:
    ((tool, args),) = calls(text)
    assert tool == "python.run"
    assert "KEYS = ['404', '503']" in args["code"]
    assert "'bad.log'" in args["code"]


@pytest.mark.parametrize(
    "text",
    [
        "Convert only the first page of terms.pdf to text",
        "Convert the table in meeting_notes.md to pdf",
        "Merge invoice.pdf and terms.pdf without the odd pages",
        "Resize the jpg pictures in photos and put them into minis",
        "Rename the jpgs in photos to sea_1.jpg, sea_2.jpg by the date they were taken",
        "Make a zip per month out of the files in inbox",
    ],
)
def test_what_is_not_understood_is_not_done(text: str) -> None:
    assert not isinstance(plan(text), Plan)
