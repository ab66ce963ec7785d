"""Words nobody took are idle only where they cannot change the result."""

import pytest

from arkwright.verifier.reader.idle import idle
from arkwright.verifier.script import Script, tokenise


def idle_words(text: str, taken: str) -> list[str]:
    """The idle words of `text` when the words of `taken` were understood."""
    script = Script(text, tokenise(text))
    for i, token in enumerate(script.tokens):
        if token.text.casefold() in taken.split():
            script.taken[i] = "measure"
    return [script.tokens[i].text for i in sorted(idle(script, ("rows",)))]


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("How do our amounts develop by region?", "develop"),
        ("the boxes show the amounts by region", "boxes"),
        ("the amounts by region, and the amount again", "amount"),
        ("First, the amounts by region.", "First"),
        ("the amounts by region are stored neatly", "neatly"),
    ],
)
def test_a_word_that_changes_nothing_is_idle(text: str, word: str) -> None:
    assert word in idle_words(text, "amounts by region")


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("the Italian amounts by region", "Italian"),
        ("the amounts from shops by region", "shops"),
        ("the amounts by region for our premium people", "people"),
        ("the amounts of customers who complained by region", "complained"),
        ("anonymise the amounts by region", "anonymise"),
        ("the amounts by region, then shred it", "shred"),
        ("make a heatmap of the amounts by region", "heatmap"),
        ("we want miles, the amounts by region", "miles"),
        ("the amounts by region but not refunds", "not"),
        ("the amounts by region, biggest at the top", "biggest"),
        ("the amounts by region as a pdf", "pdf"),
        ("the first of the amounts by region", "first"),
    ],
)
def test_a_word_that_could_change_the_result_is_not_idle(text: str, word: str) -> None:
    assert word not in idle_words(text, "amounts by region")
