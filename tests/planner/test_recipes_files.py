"""Requests about files: moving, renaming, packing, checking, comparing, and what they become."""

import pytest
from tests.planner.desk import calls


def targets(text: str) -> list[str]:
    """Where the one move of a plan puts its files."""
    (tool, args), *rest = calls(text)
    assert tool in ("files.move", "files.copy")
    assert not rest
    return [move["to"] for move in args["moves"]]


@pytest.mark.parametrize(
    "text",
    [
        "Rename the photos in photos/ to holiday_001.jpg, holiday_002.jpg and so on, in the order of their present numbers. Leave the other files alone.",
        "rename all jpgs in the photos folder to holiday_001.jpg, holiday_002.jpg ... keeping their order",
        "The pictures in the photos folder should be called holiday_001.jpg, holiday_002.jpg, ... in the order of their file names",
        "Please take the photos in photos/ and rename them holiday_001.jpg, holiday_002.jpg, etc. in order of their current names; cover.png and notes.txt stay as they are",
        "The jpg files in photos should be renamed to holiday_001.jpg, holiday_002.jpg and so forth (sorted by their number). Don't touch the png and the text file.",
    ],
)
def test_photos_get_numbered_names_in_the_order_of_their_numbers(text: str) -> None:
    (tool, args), *rest = calls(text)
    assert (tool, rest) == ("files.move", [])
    assert args["moves"] == [
        {"from": "photos/IMG_0024.jpg", "to": "photos/holiday_001.jpg"},
        {"from": "photos/IMG_0076.jpg", "to": "photos/holiday_002.jpg"},
        {"from": "photos/IMG_0110.jpg", "to": "photos/holiday_003.jpg"},
    ]


@pytest.mark.parametrize(
    "text",
    [
        "The inbox folder (subfolders too) contains many files that are exact copies of each other under different names. Keep one of each and move the other copies into a folder called duplicates. Don't delete anything!",
        "Find all exact duplicates in inbox and move the extra copies to duplicates/, leaving one of each where it is.",
    ],
)
def test_copies_move_away_and_one_of_each_stays(text: str) -> None:
    assert [tool for tool, _ in calls(text)] == ["files.duplicates", "tables.query", "files.move"]
    steps = calls(text)[1][1]["steps"]
    assert steps[0] == {"do": "filter", "where": {"column": "keep", "op": "eq", "value": False}}
    assert steps[2]["expr"]["args"][0] == {"value": "duplicates/"}


def test_duplicates_can_be_listed_only() -> None:
    assert [tool for tool, _ in calls("Which files in inbox are identical? list them in duplicates.csv")] == [
        "files.duplicates",
        "tables.save",
        "tables.query",
    ]


@pytest.mark.parametrize(
    "text",
    ["Please sort the files in inbox into subfolders by file type", "Tidy up the inbox folder: one folder per file extension"],
)
def test_files_go_to_folders_by_type_and_no_name_is_lost(text: str) -> None:
    assert targets(text) == [
        "inbox/csv/list_003 copy.csv", "inbox/csv/list_003.csv", "inbox/log/export_004.log", "inbox/jpg/scan_005.jpg", "inbox/txt/note_002.txt", "inbox/pdf/scan_001.pdf",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Move all pdf files from inbox (subfolders too) into a folder called pdfs", ["pdfs/scan_001.pdf"]),
        ("copy every .jpg and .png of inbox to pictures/", ["pictures/scan_005.jpg"]),
        ("Move the files larger than 100 KB in inbox to a folder named big", ["big/export_004.log", "big/scan_005.jpg"]),
        (
            "Move all files in inbox whose name starts with scan into a folder called scans",
            ["scans/scan_005.jpg", "scans/scan_001.pdf"],
        ),
        ("move story.txt and emails.txt into a folder texts", ["texts/story.txt", "texts/emails.txt"]),
        ("copy the whole project folder to backup", ["backup/README.md", "backup/app.py", "backup/util/text.py"]),
        ("rename report.py to broken_report.py", ["broken_report.py"]),
    ],
)
def test_files_move_and_copy(text: str, wanted: list[str]) -> None:
    assert targets(text) == wanted


def test_named_files_are_deleted() -> None:
    assert calls("delete all .log files in inbox") == [("files.delete", {"paths": ["inbox/2024/old/export_004.log"]})]


@pytest.mark.parametrize(
    ("text", "paths", "archive"),
    [
        ("Please zip all the .csv and .txt files of inbox incl. the subfolders into backup.zip, keeping the folder structure",
         ["inbox/2024/list_003 copy.csv", "inbox/2024/list_003.csv", "inbox/note_002.txt"], "backup.zip"),
        ("Compress every log file in inbox (with subfolders) to logs.tar.gz", ["inbox/2024/old/export_004.log"], "logs.tar.gz"),
        ("pack chapter1.md, chapter2.md and chapter3.md into one zip called chapters.zip", ["chapter1.md", "chapter2.md", "chapter3.md"], "chapters.zip"),
        ("I'd like a zip archive of the project folder", ["project/README.md", "project/app.py", "project/util/text.py"], "project.zip"),
    ],
)  # fmt: skip
def test_files_are_packed(text: str, paths: list[str], archive: str) -> None:
    assert calls(text) == [("files.archive", {"paths": paths, "path": archive})]


def test_an_archive_is_unpacked() -> None:
    assert calls("unzip backup_old.zip into a folder called restored") == [
        ("files.extract", {"path": "backup_old.zip", "to": "restored"})
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Check the files in release/ against manifest.txt and tell me which one is damaged",
        "Does everything in the release folder match its sha256 manifest? Which file is wrong?",
        "The release folder came with release/manifest.txt (sha256). Are all the files intact? List the ones that don't match.",
        "Find out which of the files in release/ is corrupt: manifest.txt has the sha256 sums.",
    ],
)
def test_a_folder_is_checked_against_its_manifest(text: str) -> None:
    assert calls(text) == [("files.checksum", {"path": "release", "manifest": "release/manifest.txt"})]


def test_the_verdicts_go_to_a_table() -> None:
    made = calls("Please verify release/ with the checksums in release/manifest.txt and write the outcome per file to check.csv")
    assert [tool for tool, _ in made] == ["files.checksum", "tables.save"]
    assert made[1][1]["path"] == "check.csv"


def test_a_manifest_is_made() -> None:
    assert calls("make a sha256 list of the files in photos, save as sums.txt") == [
        ("files.checksum", {"path": "photos", "save_as": "sums.txt"})
    ]


@pytest.mark.parametrize(
    ("text", "report"),
    [
        (
            "Compare contract_v1.txt and contract_v2.txt: which clauses were changed, added or removed? As a markdown report please",
            "changes.md",
        ),
        ("List the differences between contract_v1.txt and contract_v2.txt in changes.html", "changes.html"),
        (
            "Which clauses differ between the two contracts contract_v1.txt and contract_v2.txt? A short HTML report would be great",
            "changes.html",
        ),
        ("what changed between contract_v1.txt and contract_v2.txt?", ""),
        ("Show me what was changed in contract_v2.txt compared to contract_v1.txt", ""),
    ],
)
def test_two_versions_are_compared_the_older_first(text: str, report: str) -> None:
    wanted = {"left": "contract_v1.txt", "right": "contract_v2.txt", **({"path": report} if report else {})}
    assert calls(text) == [("files.compare", wanted)]


def test_changes_can_be_a_word_report() -> None:
    made = calls(
        "Our supplier sent contract_v2.txt as a replacement for contract_v1.txt. What is different? Write me a short Word report."
    )
    assert made == [("files.compare", {"left": "contract_v1.txt", "right": "contract_v2.txt", "path": "changes.docx"})]


def test_types_in_brackets_are_examples() -> None:
    assert (
        len(targets("Sort everything in inbox into folders by extension (pdf, csv, ...), including the files in the subfolders"))
        == 6
    )


def test_copies_of_files_leave_the_files() -> None:
    assert (
        calls("Take all .jpg files out of inbox (and its subfolders) and put copies of them in a folder pictures")[0][0]
        == "files.copy"
    )


def test_a_folder_beside_a_file_is_packed_with_it() -> None:
    (_, args), *rest = calls("Make a zip with the photos and story.txt")
    assert not rest
    assert args["paths"] == [
        "story.txt",
        *(f"photos/{n}" for n in ("IMG_0024.jpg", "IMG_0076.jpg", "IMG_0110.jpg", "cover.png", "notes.txt")),
    ]


def test_a_question_whether_files_are_unchanged_is_a_check_against_their_manifest() -> None:
    assert [tool for tool, _ in calls("Are all files in release complete and unchanged?")] == ["files.checksum"]


def test_the_total_size_of_files_is_one_number() -> None:
    made = calls("total size of the pdf files in inbox")
    assert "'fn': 'sum', 'column': 'size'" in str(made)


def test_a_pdf_becomes_text() -> None:
    assert calls("convert terms.pdf to text")[0][1]["path"] == "terms.txt"
