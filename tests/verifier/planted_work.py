"""Planted work: everyday requests about files, programs and forms, each with a right result and wrong ones."""

from dataclasses import dataclass

from lab import Result, digest

PHOTOS = {f"photos/IMG_{n}.jpg": b"picture %d" % n for n in (9, 10, 24, 101)} | {"photos/notes.txt": b"notes\n"}
INBOX = {
    "inbox/a.txt": b"alpha\n",
    "inbox/sub/b.csv": b"x,y\n1,2\n",
    "inbox/sub/copy of a.txt": b"alpha\n",
    "inbox/big.pdf": b"%PDF" + b"x" * 250_000,
}
LETTER = {"letter.txt": b"Pay within 30 days.\nThen wait 10 days more.\n"}
TWO = {"old.txt": b"one\ntwo\nthree of them\nfour of them\n", "new.txt": b"one\ntwo and a half\nthree of them\nfour of them\n"}
STORY = {"story.txt": b"The sea, the boat. The sea!\nA boat and the old boat; sea fog.\n"}
CRASHING = {"report.py": b"LIMITS = {'north': 1}\n\n\ndef main():\n    print(LIMITS['south'])\n\n\nmain()\n"}
INVOICE = {"invoice.txt": b"INVOICE 2025-77\nBilled to: Acme Ltd\nSubtotal: EUR 900.00\nTotal due: EUR 1,071.00\n"}
RELEASE = {"release/x.bin": b"x", "release/y.bin": b"y"}
SQUARES = "\n".join(str(n * n) for n in range(1, 13)) + "\n"
SQUARING = b"with open('squares.txt', 'w') as f:\n    for n in range(1, 13):\n        print(n * n, file=f)\n"
COUNTING = (
    b"import collections, re\nwords = collections.Counter(re.findall(r'[a-z]+', open('story.txt').read().lower()))\n"
    b"with open('top.txt', 'w') as f:\n    for word, n in words.most_common(3):\n        print(word, n, file=f)\n"
)


@dataclass(frozen=True)
class Work:
    """A request over inputs, what is right, and what is not."""

    request: str
    inputs: dict[str, bytes]
    right: Result
    wrong: dict[str, Result]


def moved(inputs: dict[str, bytes], **places: str) -> dict[str, bytes | None]:
    """Files at other places: {"key": "old > new"}."""
    out: dict[str, bytes | None] = {}
    for place in places.values():
        old, new = place.split(" > ")
        out[old] = None
        out[new] = inputs[old]
    return out


def numbered(*order: int) -> dict[str, bytes | None]:
    """The photos renamed in an order."""
    gone: dict[str, bytes | None] = {f"photos/IMG_{n}.jpg": None for n in order}
    return gone | {f"photos/trip_{i:03d}.jpg": b"picture %d" % n for i, n in enumerate(order, 1)}


def sums(text: str) -> Result:
    """A list of checksums."""
    return Result({"sums.txt": text.encode()})


def form(
    values: list[tuple[str, str]], answer: str, times: int = 1, text: str = "Thank you. Reference number: CR-1234AB"
) -> Result:
    """A visit that fills in a form and sends it."""
    steps = [{"do": "fill", "target": t, "value": v} for t, v in values] + [{"do": "submit"}] * times
    value = {"url": "http://x.test/contact/submit", "status": 200, "text": text}
    return Result({}, answer, (("browser.visit", {"url": "http://x.test/contact", "steps": [*steps]}, value),))


SORTED = moved(INBOX, a="inbox/a.txt > inbox/txt/a.txt", b="inbox/sub/b.csv > inbox/csv/b.csv",
               c="inbox/sub/copy of a.txt > inbox/txt/copy of a.txt", d="inbox/big.pdf > inbox/pdf/big.pdf")  # fmt: skip
FILLED = [("name", "Jo Field"), ("email", "jo@field.test"), ("message", "Call me. Please.")]
SENT = "Fill in the contact form on http://x.test/contact: name Jo Field, e-mail jo@field.test, message 'Call me. Please.' Send it and tell me the reference number."
LINE = f"{digest(b'x')}  release/x.bin\n{digest(b'y')}  release/y.bin\n"

SIZES = b"path,size\ninbox/big.pdf,250004\ninbox/sub/b.csv,8\ninbox/a.txt,6\ninbox/sub/copy of a.txt,6\n"

WORKS = [
    Work(
        "Rename the jpg pictures in photos to trip_001.jpg, trip_002.jpg and so on, in the order of their numbers. Leave the other files alone",
        PHOTOS,
        Result(numbered(9, 10, 24, 101)),
        {
            "by name instead of number": Result(numbered(10, 101, 24, 9)),
            "one left out": Result(numbered(9, 10, 24)),
            "another file renamed": Result(numbered(9, 10, 24, 101) | moved(PHOTOS, a="photos/notes.txt > photos/trip_005.txt")),
            "a content changed": Result(numbered(9, 10, 24, 101) | {"photos/trip_002.jpg": b"picture 24"}),
            "nothing done": Result(),
        },
    ),
    Work(
        "Sort the files in inbox (with subfolders) into folders by file type: inbox/txt, inbox/csv and so on. Nothing may be lost.",
        INBOX,
        Result(SORTED),
        {
            "one lost": Result(
                SORTED | {"inbox/txt/copy of a.txt": None}
                if False
                else {k: v for k, v in SORTED.items() if k != "inbox/txt/copy of a.txt"}
            ),
            "one in the wrong folder": Result(
                {k: v for k, v in SORTED.items() if k != "inbox/csv/b.csv"} | {"inbox/txt/b.csv": INBOX["inbox/sub/b.csv"]}
            ),
            "at another place": Result({k.replace("inbox/txt", "other/txt"): v for k, v in SORTED.items()}),
            "one left behind": Result({k: v for k, v in SORTED.items() if "big" not in k}),
        },
    ),
    Work(
        "Move every file larger than 100 KB from inbox including the subfolders into a folder big. Don't overwrite anything.",
        INBOX,
        Result(moved(INBOX, a="inbox/big.pdf > big/big.pdf")),
        {
            "a small one too": Result(moved(INBOX, a="inbox/big.pdf > big/big.pdf", b="inbox/a.txt > big/a.txt")),
            "another folder": Result(moved(INBOX, a="inbox/big.pdf > large/big.pdf")),
            "copied only": Result({"big/big.pdf": INBOX["inbox/big.pdf"]}),
            "under another name": Result(moved(INBOX, a="inbox/big.pdf > big/other.pdf")),
        },
    ),
    Work(
        "Copy all txt files from inbox (subfolders too) to a folder called texts",
        INBOX,
        Result({"texts/a.txt": b"alpha\n", "texts/copy of a.txt": b"alpha\n"}),
        {
            "one missing": Result({"texts/a.txt": b"alpha\n"}),
            "moved": Result(moved(INBOX, a="inbox/a.txt > texts/a.txt", b="inbox/sub/copy of a.txt > texts/copy of a.txt")),
            "one too many": Result({"texts/a.txt": b"alpha\n", "texts/copy of a.txt": b"alpha\n", "texts/b.csv": b"x,y\n1,2\n"}),
        },
    ),
    Work(
        "Replace every occurrence of 'days' by 'calendar days' in letter.txt and save it as letter2.txt, leave the original as it is",
        LETTER,
        Result({"letter2.txt": LETTER["letter.txt"].replace(b"days", b"calendar days")}),
        {
            "only the first": Result({"letter2.txt": LETTER["letter.txt"].replace(b"days", b"calendar days", 1)}),
            "more changed": Result(
                {"letter2.txt": LETTER["letter.txt"].replace(b"days", b"calendar days").replace(b"30", b"31")}
            ),
            "the original changed": Result(
                {"letter2.txt": LETTER["letter.txt"].replace(b"days", b"calendar days"), "letter.txt": b"x"}
            ),
        },
    ),
    Work(
        "What changed between old.txt and new.txt? Write the changes to changes.md",
        TWO,
        Result({"changes.md": b"# Changes\n\n- two\n+ two and a half\n"}),
        {
            "a change missing": Result({"changes.md": b"# Changes\n\n- two\n"}),
            "the wrong way round": Result({"changes.md": b"# Changes\n\n- two and a half of it\n+ two\n"}),
            "in another file": Result({"other.md": b"- two\n+ two and a half\n"}),
        },
    ),
    Work(
        "write me a python program which prints the squares of the numbers 1 to 12 to squares.txt (one per line), and run it",
        {"other.txt": b"x"},
        Result({"squares.py": SQUARING, "squares.txt": SQUARES.encode()}),
        {
            "another range": Result(
                {"squares.py": SQUARING.replace(b"13", b"12"), "squares.txt": SQUARES.encode().replace(b"144\n", b"")}
            ),
            "not what the program writes": Result(
                {"squares.py": SQUARING.replace(b"13", b"12"), "squares.txt": SQUARES.encode()}
            ),
            "cubes": Result({"squares.py": SQUARING.replace(b"n * n", b"n ** 3"), "squares.txt": b"1\n8\n27\n"}),
            "no program": Result({"squares.txt": SQUARES.encode()}),
        },
    ),
    Work(
        "I need a small python script that counts how often each word occurs in story.txt and writes the 3 most common to top.txt as 'word count' lines. Run it too.",
        STORY,
        Result({"count.py": COUNTING, "top.txt": b"the 4\nsea 3\nboat 3\n"}),
        {
            "a wrong count": Result({"count.py": COUNTING, "top.txt": b"the 3\nsea 3\nboat 3\n"}),
            "upper and lower case apart": Result(
                {
                    "count.py": COUNTING.replace(b".lower()", b"").replace(b"[a-z]", b"[A-Za-z]"),
                    "top.txt": b"sea 3\nboat 3\nThe 2\n",
                }
            ),
            "one too few": Result({"count.py": COUNTING.replace(b"(3)", b"(2)"), "top.txt": b"the 4\nsea 3\n"}),
        },
    ),
    Work(
        "report.py crashes. Run it and tell me what's wrong and in which line",
        CRASHING,
        Result({}, "It fails with a KeyError: 'south' in line 5 of report.py."),
        {
            "another line": Result({}, "It fails with a KeyError: 'south' in line 8 of report.py."),
            "another error": Result({}, "It fails with a ValueError, not a KeyError: 'south' in line 5."),
            "no message": Result({}, "It fails with a KeyError in line 5."),
            "no line": Result({}, "It fails with a KeyError: 'south'."),
        },
    ),
    Work(
        "What is the total due on invoice.txt, and what is the invoice number?",
        INVOICE,
        Result({}, "The total due is EUR 1,071.00, the invoice number 2025-77."),
        {
            "the subtotal": Result({}, "The total due is EUR 900.00, the invoice number 2025-77."),
            "no number": Result({}, "The total due is EUR 1,071.00."),
            "another figure too": Result({}, "The total due is EUR 1,071.00 (with 171.50 tax), the invoice number 2025-77."),
        },
    ),
    Work(
        "Compute the sha256 checksums of all files in release and save them as sums.txt",
        RELEASE,
        sums(LINE),
        {
            "one missing": sums(LINE.splitlines()[0]),
            "one wrong": sums(LINE.replace(digest(b"y"), digest(b"z"))),
            "swapped": sums(LINE.replace("x.bin", "q").replace("y.bin", "x.bin").replace("q", "y.bin")),
        },
    ),
    Work(
        SENT,
        {"other.txt": b"x"},
        form(FILLED, "The reference is CR-1234AB."),
        {
            "another value": form([*FILLED[:2], ("message", "Call me.")], "The reference is CR-1234AB."),
            "a value missing": form(FILLED[:2], "The reference is CR-1234AB."),
            "one too many": form([*FILLED, ("phone", "1")], "The reference is CR-1234AB."),
            "sent twice": form(FILLED, "The reference is CR-1234AB.", 2),
            "another reference": form(FILLED, "The reference is CR-9999ZZ."),
            "no reference": form(FILLED, "It was sent.", text="Thank you."),
            "in the wrong fields": form(
                [("name", "jo@field.test"), ("email", "Jo Field"), FILLED[2]], "The reference is CR-1234AB."
            ),
        },
    ),
    Work(
        "find all files in inbox larger than 3 bytes and list path and size in sizes.csv, largest first",
        INBOX,
        Result({"sizes.csv": SIZES}),
        {
            "another order": Result({"sizes.csv": b"\n".join([SIZES.split(b"\n")[0], *SIZES.split(b"\n")[4:0:-1]]) + b"\n"}),
            "one missing": Result({"sizes.csv": SIZES.replace(b"inbox/sub/b.csv,8\n", b"")}),
            "a wrong size": Result({"sizes.csv": SIZES.replace(b",8\n", b",9\n")}),
        },
    ),
]
