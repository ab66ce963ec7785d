"""Requests about web pages: downloads, links, pictures, forms."""

import pytest
from tests.planner.desk import SITE, calls


@pytest.mark.parametrize(
    ("text", "folder"),
    [
        (f"Download the newest report (PDF) from {SITE}/reports/ and save it in a folder called downloads", "downloads"),
        (f"Grab the most recent quarterly report from {SITE}/reports/ for me", ""),
    ],
)
def test_the_newest_report_is_downloaded(text: str, folder: str) -> None:
    assert calls(text) == [("http.download", {"urls": [f"{SITE}/reports/report-2025-q2.pdf"], "to": folder})]


@pytest.mark.parametrize(
    "text",
    [
        f"download all pdf reports from {SITE}/reports/ into pdfs/",
        f"Save all PDF files linked on {SITE}/reports/ to a folder pdfs",
    ],
)
def test_all_files_of_a_type_are_downloaded(text: str) -> None:
    made = calls(text)
    assert [tool for tool, _ in made] == ["http.links", "tables.query", "http.download"]
    assert made[2][1]["to"] == "pdfs"


def test_a_file_is_downloaded_by_its_address() -> None:
    assert calls(f"Fetch figures.csv from {SITE}/reports/figures.csv")[0][1]["url"] == f"{SITE}/reports/figures.csv"


@pytest.mark.parametrize(
    "text",
    [
        f"could you check all the links on {SITE}/links.html and tell me which of them are broken? a csv with url and status code for all, the broken ones in your answer",
        f"Check {SITE}/links.html for dead links and save the result (url, status) as links.csv",
    ],
)
def test_links_are_asked_and_the_broken_ones_named(text: str) -> None:
    made = calls(text)
    assert [tool for tool, _ in made] == ["http.links", "http.probe", "tables.query", "tables.query", "tables.save"]
    assert made[-1][1]["path"] == "links.csv"


def test_a_page_is_pictured() -> None:
    (_, args), *rest = calls(f"Make a full-page screenshot of {SITE}/live and save it as rates.png")
    assert not rest
    assert args["steps"][-1] == {"do": "screenshot", "path": "rates.png", "full": True}


def test_the_text_of_a_page_is_kept() -> None:
    assert [tool for tool, _ in calls(f"Save the text of {SITE}/live to live.txt")] == ["browser.visit", "files.write"]


@pytest.mark.parametrize(
    ("text", "newsletter"),
    [
        (f'Go to {SITE}/contact and fill in the form: name Jo Hart, e-mail jo@mail.test, topic technical problem, message "The app crashes". No newsletter. '
         "Submit it and give me the reference number.", False),
        (f'Fill in the contact form at {SITE}/contact with my name (Jo Hart), email jo@mail.test, topic "Technical problem" and the message "The app crashes", '
         "subscribe to the newsletter, send it and tell me the reference I get back", True),
        (f'Submit the contact form at {SITE}/contact (name: Jo Hart, e-mail: jo@mail.test, topic: Technical problem, message: "The app crashes", '
         "newsletter: yes) and tell me the reference number", True),
        (f'Please use the contact form on {SITE}/contact: my name is Jo Hart, my e-mail is jo@mail.test, choose Technical problem as topic, and the message '
         'should be "The app crashes".', None),
    ],
)  # fmt: skip
def test_a_form_is_filled_with_the_values_of_the_request(text: str, newsletter: bool | None) -> None:
    (tool, args), (told, _) = calls(text)
    assert (tool, told) == ("browser.visit", "python.run")
    filled = {step["target"]: step.get("value", step.get("checked")) for step in args["steps"] if "target" in step}
    wanted = {"name": "Jo Hart", "email": "jo@mail.test", "topic": "Technical problem", "message": "The app crashes"}
    assert filled == wanted | ({} if newsletter is None else {"newsletter": newsletter})
    assert [step["do"] for step in args["steps"]][-2:] == ["submit", "wait"]
