"""Scripts: how a request speaks of a program that is to be written, whatever it computes: its language, its name, its lines, its run."""

import re
from collections.abc import Iterable

from arkwright.core.json import Json
from arkwright.verifier.demands import Special
from arkwright.verifier.reader.work import Work

LANGUAGES = ("py", "js", "mjs", "cjs", "sh")
_BAG = """
write writes writing written wrote program programs programming programmed script scripts scripting python python3 node node.js nodejs javascript js
bash shell sh code codes coded coding tool snippet run runs running execute executes executed executing excute start starts started launch launches
print prints printed printing output outputs show shows showing display displays store stores stored storing save saves saving put puts putting
create creates created creating make makes making produce produces generate generates calculate calculates calculated calculating compute computes
computing work works working find finds finding get gets determine determines list lists listing collect collects fill fills dump dumps export
small short little simple tiny quick clean minimal plain something keep keeps kept leave stay stays remain afterwards afterward there too also once
as well aswell in called named name call prefer look view read through see study check later example program's its text txt file terminal screen
console result results answer tell know let say report reply end up ends lands goes using use via so that please then finally consists consist
"""
WRITING = frozenset(_BAG.split())
"""Words that belong to the writing and running of any program and change nothing of what it computes."""
_NOUNS = "prime primes number numbers square squares cube cubes fibonacci sequence series leap years factorials multiples"
_SOUND = "squared cubed ordered numbered sorted reversed"
SOUND = frozenset(_SOUND.split())
_ITEM = r"(?:numbers?|address(?:es)?|words?|values?|primes?|squares?|cubes?|entry|entries|item|items|results?|terms?|pairs?|names?|counts?|extensions?|e-mails?|mails?|e-mail|email|match|fibonacci|prime|of|them|it|its|their|the|and|with|then|file|files|always|just)"
LAYOUT = (
    rf"(?:, )?(?:with |so that |always )*(?:each|every|one|1|a single|a)(?: {_ITEM}){{0,7}}(?: (?:comes|stands|goes|is|being|is written|is to stand|should stand|should be))?(?: (?:per|a|on|in|to|for each))+(?: (?:its|their|a|an|each|every|own|separate|new|single|one|of))* lines?(?: of (?:its|their) own)?",
    rf"(?:, )?(?:each|every|one|a) line (?:is|has|holds|contains|consists of|consisting of|with|gets|being|should (?:have|hold|contain|be)|looks like|shows|showing)(?: (?:{_ITEM}|one|a|single|an))+",
    r"(?:, )?(?:one|each) (?:after|below|under|beneath) the other|line by line|(?:on|in) (?:separate|their own|own|new) lines",
)
_NEVER = r"(?:don't|do not|never|must not|mustn't|should not|shouldn't|may not|shall not|not|without|is not to|are not to)"
_HARM = r"(?:remov(?:e|ed|ing)|delet(?:e|ed|ing)|chang(?:e|ed|ing)|modif(?:y|ied|ying)|alter(?:ed|ing)?|touch(?:ed|ing)?|edit(?:ed|ing)?|overwrit(?:e|ten|ing)|erase[d]?|lost|rewritten)"
_IT = r"(?:the |this |that |your |my |our |original |existing |old |{file} |python |node |shell )*(?:programs?|scripts?|code|source|originals?|it|them|{file}|anything|file)(?: itself| themselves)?"
SPARED = (
    rf"(?:(?:and|but|please|also|that) )*{_NEVER} (?:be |get |to be )?{_HARM}(?: (?:or|and|nor) {_HARM})*(?: {_IT})?(?: afterwards| again| later| please)*",
    rf"(?:(?:and|but|please) )*{_IT} (?:(?:must|should|shall|has to|is to|may|can) )?(?:not |never )?(?:be )?(?:stays?|remains?|left|kept|untouched|unchanged|{_HARM})(?: (?:as (?:it|they) (?:is|are|was|were)|alone|unchanged|untouched|the same|intact|there|in place))*",
    rf"(?:(?:and|but|please|leave|keep) )*{_IT} (?:as (?:it|they) (?:is|are|was|were)|alone|unchanged|untouched|intact)",
    r"(?:with )?no changes (?:to|in) (?:the )?(?:program|script|code|original|{file})",
)
UNRUN = r"(?:(?:but|and|please) )*(?:don't|do not|without|no need to|not|never) (?:be )?(?:run|execut|start|launch)(?:ning|ing|ed|e)?(?: (?:it|the|script|program|code|yet|now))*"
_HOW_MANY = r"(?:how many|(?:the )?(?:count|number|amount) of)(?: (?:of|them|these|those|it|there|all|the|such|{NOUN}|numbers?|primes?|prime|lines?|are|is|were|was|found|finds|did|does|in|total|has|have|been))*"


def is_written(work: Work) -> bool:
    """Whether a program is spoken of, and none that is there already."""
    if work.free("url") or any(str(t.value).rsplit(".", 1)[-1] in LANGUAGES for t in work.inputs()):
        return False
    spoken = work.says(r"\b(?:program|programs|script|scripts|code)\b") or any(
        str(t.value).rsplit(".", 1)[-1] in LANGUAGES for t in work.outputs()
    )
    return spoken or work.says(r"\b(?:in|using|with) (?:python|node|node\.js|javascript|bash|shell)\b")


def said_count(work: Work) -> bool:
    """Whether the answer is to say how many there are, beside the list of them; the words are taken."""
    lead = r"(?:(?:and|then|also|please|,) )*(?:(?:tell|let|say|give|report|inform|answer|know|like|want|need|what is|what's|to|me|us|i|would|i'd|about) )+"
    noun = r"(?:numbers?|primes?|squares?|multiples|lines|words|addresses)"
    before = len(work.script.taken)
    work.all(lead + _HOW_MANY.replace("{NOUN}", noun))
    if len(work.script.taken) == before and work.script.text.rstrip().endswith("?"):
        work.all(_HOW_MANY.replace("{NOUN}", noun) + r" ?(?=\?)")
    return len(work.script.taken) > before


def manner(work: Work) -> bool:
    """Take what is said about lines, names, running and keeping; whether the program is to be run."""
    work.all(*LAYOUT)
    unrun = work.all(UNRUN)
    for pattern in SPARED:
        for match in work.script.find(pattern):
            work.script.take(match, "spared")
            work.demands.prohibitions.append(Special("untouched", work.script.clause(match)))
    return not unrun


def program_demand(work: Work, bag: Iterable[str] = (), **args: Json) -> None:
    """The demand of a program, with its language and its name; every word of it accounted for."""
    shell = work.says(r"\b(?:bash|shell)\b") or any(str(t.value).endswith(".sh") for t in work.outputs())
    node = work.says(r"\b(?:node|javascript|js|nodejs)\b")
    for token in work.free("file"):
        if token.text.casefold() == "node.js":
            work.take(token)
    made = work.outputs()
    named = [str(t.value) for t in made if str(t.value).rsplit(".", 1)[-1] in LANGUAGES]
    outputs = list(dict.fromkeys(str(t.value) for t in made if str(t.value) not in named))
    work.take(*made)
    own = {
        t.text.casefold() for i, t in enumerate(work.script.tokens) if work.script.taken.get(i) == "sequence" and t.kind == "word"
    }
    for match in work.script.find(
        r"(?:leav(?:e|es|ing)|left)(?: [^ ]+){0,8}? out|except(?: for)?|apart from|other than|omit(?:s|ting)?|skip(?:s|ping)?|rather than|instead of"
    ):
        work.doubt(f"what {work.script.clause(match)!r} leaves out is not certain")
    run = manner(work)
    language = "sh" if shell else "js" if node else "py"
    work.demand("written", language=language, named=list(dict.fromkeys(named)), outputs=list(outputs), run=run, **args)
    nouns = own & frozenset(_NOUNS.split())
    known = WRITING | frozenset(bag) | {form for n in nouns for form in (n, n + "s", n.removesuffix("s"))}
    work.words(known)
    slips(work, known)


def slips(work: Work, known: Iterable[str]) -> None:
    """Take words that are a slip of the keyboard away from a word of this kind of work."""
    words = [w for w in known if len(w) > 5]
    for token in work.free("word"):
        low = token.text.casefold()
        if len(low) > 5 and low.isalpha() and low not in SOUND and any(_slip(low, w) for w in words):
            work.take(token)


def _slip(a: str, b: str) -> bool:
    """Two neighbours exchanged, one letter doubled, left out or put in; an ending that differs is another word."""
    if a[0] != b[0] or abs(len(a) - len(b)) > 1 or a == b:
        return False
    if len(a) == len(b):
        odd = [i for i in range(len(a)) if a[i] != b[i]]
        return len(odd) == 2 and odd[1] == odd[0] + 1 and a[odd[0]] == b[odd[1]] and a[odd[1]] == b[odd[0]]
    short, long = sorted((a, b), key=len)
    return any(long[:i] + long[i + 1 :] == short for i in range(1, len(long) - 2))


def count_of(text: str) -> int:
    """A count as a word or in digits; 0 when it is none."""
    digits = re.sub(r"[,']", "", text)
    words = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
    return int(digits) if digits.isdigit() else words.index(text.casefold()) if text.casefold() in words else 0
