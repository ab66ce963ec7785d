"""clean: text from files, pages and programs without what would steer a terminal."""

import re

# C0 and C1 controls but newline and tab, and the marks that turn the direction of text around.
STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def clean(text: str) -> str:
    """The text with each steering character shown as �."""
    return STEERING.sub("\ufffd", text)
