"""Wording: figures of a text: lines, words, characters, sentences, paragraphs, the longest words and sentences.

Goal patterns: how many words | sentences | characters has FILE · what is the longest word | sentence of FILE · the N longest words of FILE.
Slots: the files, the figures, how many of the longest. Inputs: text files. Outputs: an answer.
"""

from arkwright.core.json import ref
from arkwright.planner.lexicon import words
from arkwright.planner.reading import Draft, Drafting, Reading
from arkwright.planner.recipes.parlance import FILES, idle
from arkwright.planner.recipes.phrases import Sketch

_MANY = r"(?:how many|count(?: up)?|(?:the )?(?:total )?(?:number|count|counts) of|how long)"
_FIGURES: tuple[tuple[str, str, str], ...] = (
    ("lines", r"(?:(?:number of )?lines|line count)", "len(text.splitlines())"),
    ("words", r"(?:(?:number of )?words|word count)", "len(text.split())"),
    (
        "characters without spaces",
        r"(?:characters|letters|chars|signs)(?: \()? ?(?:without|not counting|excluding)(?: the)? (?:spaces|blanks)(?: \))?",
        "len(re.sub(r'\\s', '', text))",
    ),
    (
        "characters",
        r"(?:(?:number of )?(?:characters|chars|signs)|character count)(?: (?:including|with|incl\.?)(?: the)? (?:spaces|blanks))?",
        "len(text)",
    ),
    ("sentences", r"(?:number of )?sentences", "len(sentences)"),
    ("paragraphs", r"(?:number of )?paragraphs", "len([p for p in re.split(r'\\n\\s*\\n', text) if p.strip()])"),
)
_LONGEST = r"(?:the |its )?(?:(?P<n>~) )?longest (?:(?P<m>~) )?(?P<what>words?|sentences?)"
_SHORT = r"(?:with|having|of|more|longer|shorter|unique|different|distinct|each|per|most|frequent|often|top|start\w*|begin\w*|contain\w*|blank|empty|not|<quoted>|without (?!(?:the )?(?:spaces|blanks)))"
_BAG = words(
    "text story letter count counts number numbers figure figures statistics word words sentence sentences line lines character characters letters paragraph paragraphs long have has altogether"
)


def figures(reading: Reading, sketch: Sketch, inputs: list[str]) -> Draft | None:
    """The figures that are asked for, of each file, as the answer."""
    longest = list(sketch.all(_LONGEST))
    counted = [(name, pattern, code) for name, pattern, code in _FIGURES if sketch.has(rf"{pattern}")]
    if any(name == "characters without spaces" for name, _, _ in counted) and not sketch.has(
        r"characters(?: \w+){0,4} (?:with and without|and (?:also )?without)"
    ):
        counted = [figure for figure in counted if figure[0] != "characters"]
    asked = sketch.has(_MANY) or sketch.has(r"(?:word|line|character) counts?|statistics|figures|long is")
    if longest and not sketch.has(_MANY):
        counted = []
    if reading.outputs() or sketch.has(_SHORT) or not (longest or (asked and counted)):
        return None
    build = Drafting(reading, "text", "figures of a text")
    build.cover(idle(sketch, FILES, _BAG), sketch.covered("<file>", _MANY, _LONGEST, *(pattern for _, pattern, _ in counted)))
    lines = (
        [f"    print(f'{{path}}: {{{code}}} {name}')" for name, _, code in counted]
        if len(inputs) > 1
        else [f"    print({name!r} + ':', {code})" for name, _, code in counted]
    )
    for hit in longest:
        count = hit.number("n") or hit.number("m") or (1 if not hit["what"].endswith("s") else 0)
        if not count:
            return None
        pool = "names" if hit["what"].startswith("word") else "sentences"
        lines.append(
            f"    print('longest {hit['what']}:', '; '.join(f'{{item}} ({{len(item)}} characters)' for item in longest({pool}, {count})))"
        )
    code = (
        "import re\nfrom pathlib import Path\n\n"
        "def longest(items, count):\n    ranked = sorted(dict.fromkeys(items), key=len, reverse=True)\n"
        "    least = len(ranked[min(count, len(ranked)) - 1]) if ranked else 0\n    return [item for item in ranked if len(item) >= least]\n\n"
        f"for path in {inputs!r}:\n    text = Path(path).read_bytes().decode('utf-8-sig', errors='replace')\n"
        "    sentences = [' '.join(s.split()) for s in re.split(r'(?<=[.!?])[\"”’)]*\\s+|\\n\\s*\\n', text) if re.search(r'\\w', s)]\n"
        '    names = re.findall(r"[^\\W\\d_]+(?:[-\'’][^\\W\\d_]+)*", text)\n' + "\n".join(lines) + "\n"
    )
    done = build.task("Measure the text", "python.run", {"code": code})
    build.require(reading.text, done)
    build.say(ref(done, "stdout"))
    return build.draft()
