"""What a request forbids or takes for granted is checked against the plan."""

import pytest
from tests.planner.desk import calls, plan

from arkwright.core.plan import Plan, Refusal


@pytest.mark.parametrize(
    "text",
    [
        "Sort the files in inbox (with subfolders) into folders by file type: inbox/txt, inbox/csv, inbox/pdf and so on. Nothing may be lost.",
        "inbox is a mess. Move all its files, also those in subfolders, to subfolders by extension like inbox/pdf and inbox/jpg. "
        "No file may get lost and none overwritten.",
        "organise inbox by file type (recursively), e.g. inbox/txt, inbox/pdf; keep both files if two have the same name",
    ],
)
def test_files_are_moved_by_type_and_nothing_is_lost(text: str) -> None:
    ((tool, args),) = calls(text)
    assert tool == "files.move"
    assert {move["from"] for move in args["moves"]} == {
        "inbox/scan_001.pdf", "inbox/note_002.txt", "inbox/2024/list_003.csv", "inbox/2024/old/export_004.log",
        "inbox/from phone/scan_005.jpg", "inbox/2024/list_003 copy.csv",
    }  # fmt: skip


def test_an_original_that_must_not_change_is_not_rewritten() -> None:
    proposal = plan("Replace 'old' by 'new' in story.txt. story.txt itself must not be changed.")
    assert isinstance(proposal, Refusal)


def test_a_copy_leaves_the_original_as_it_is() -> None:
    text = "In story.txt, change 'old' to 'new' everywhere; result in fresh.txt. story.txt itself must not be changed."
    assert isinstance(plan(text), Plan)


def test_deleting_breaks_the_promise_that_nothing_is_lost() -> None:
    assert isinstance(plan("Delete the pdf files in inbox, but nothing may be lost"), Refusal)
