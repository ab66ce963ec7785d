"""What steers a terminal is shown, not obeyed."""

from arkwright.cli.clean import clean


def test_escape_sequences_lose_their_escape() -> None:
    assert clean("a\x1b]52;c;cm0=\x07b\x9bJ\u202etxt") == "a\ufffd]52;c;cm0=\ufffdb\ufffdJ\ufffdtxt"


def test_text_with_lines_tabs_and_accents_stays() -> None:
    assert clean("Größe\t1\n2 – é 漢") == "Größe\t1\n2 – é 漢"
