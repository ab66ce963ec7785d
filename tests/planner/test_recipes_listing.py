"""Facts about files of a folder: lists, counts, lines, functions."""

import pytest
from tests.planner.desk import calls


@pytest.mark.parametrize(
    "text",
    [
        "find all files in inbox larger than 100 KB and list path and size in big_files.csv, largest first",
        "Which files in inbox (including subfolders) are bigger than 100 kB? Write their paths and sizes to big_files.csv, the largest one first.",
        "big files in inbox (> 100 KB): path, size -> big_files.csv, descending by size",
    ],
)
def test_large_files_are_listed_the_largest_first(text: str) -> None:
    (_, query), (tool, save) = calls(text)
    assert query["inputs"] == {"table": {"path": "inbox", "part": "files"}}
    assert query["steps"][0]["where"] == {"all": [{"column": "size", "op": "gt", "value": 102400.0}]}
    assert query["steps"][1]["by"][0] == {"column": "size", "descending": True}
    assert (tool, save["path"]) == ("tables.save", "big_files.csv")


@pytest.mark.parametrize(
    "text",
    [
        "How many lines does every python file in the project folder have (without blank lines)? csv with file and lines, most first",
        "lines per .py file in project, blank lines not counted, as lines.csv sorted descending",
    ],
)
def test_lines_that_are_not_blank_are_counted_also_for_files_with_none(text: str) -> None:
    listed, counted, joined, _ = calls(text)
    assert listed[1]["steps"][0]["where"]["all"][0] == {"column": "extension", "op": "in", "value": ["py"]}
    assert counted[1]["inputs"] == {"lines": {"path": "project", "part": "lines"}}
    assert [step["do"] for step in joined[1]["steps"]] == ["join", "fill", "select", "sort"]


def test_files_that_are_left_out_stay() -> None:
    ((_, args),) = calls("Move everything in inbox except the pdf files to a folder rest")
    assert all(not move["from"].endswith(".pdf") for move in args["moves"])
    assert len(args["moves"]) == 5


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("Add the prefix croatia_ to all jpg files in photos", "photos/croatia_IMG_0024.jpg"),
        ("Rename the pictures in photos so that IMG_ becomes croatia_, keeping their numbers", "photos/croatia_0024.jpg"),
        ("make the names of the jpg files in photos lower case", "photos/img_0024.jpg"),
    ],
)
def test_a_part_of_each_name_changes(text: str, first: str) -> None:
    ((_, args),) = calls(text)
    assert first in {move["to"] for move in args["moves"]}


def test_the_mean_a_script_prints_is_the_answer() -> None:
    tools = [tool for tool, _ in calls("Please run convert_temps.py with readings.txt and tell me the mean")]
    assert tools == ["python.run", "python.run"]


def test_lines_are_laid_out_as_shown() -> None:
    text = "I need a python script that counts how often each word occurs in story.txt and writes the 10 most common to top10.txt as 'word count' lines. Run it."
    assert "{word} {count}" in str(calls(text)[0][1]["text"])
