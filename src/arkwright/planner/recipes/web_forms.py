"""Web forms: fills a form with the values the request gives, sends it once, and returns what the page answers.

Goal pattern: fill in | send the (contact) form at ADDRESS with FIELD VALUE, FIELD VALUE ...; give me the reference.
Slots: the address, a value for each field, boxes to tick. Inputs: an address; the values stand in the request. Outputs: an answer, a file.
"""

import re

from arkwright.core.json import Json, Object, ref
from arkwright.core.plan import Look, Need, Question, Refusal
from arkwright.planner.reading import Draft, Drafting, Reading
from arkwright.planner.recipes.phrases import Sketch
from arkwright.planner.text import Token, key

_FORM = r"(?:(?:contact|feedback|order|sign-?up|registration|request|support|enquiry|inquiry|web)[ -])?(?:form|contact page)"
_SEND = r"(?:fill(?: in| out)?|filled(?: in| out)?|complete|submit|send|post|use|sign up|register|contact|write)"
_WORDS = (
    _FORM,
    r"(?:fill(?:s|ed)?(?: in| out)?|complete|submit(?:ted)?|send|use|post)(?: (?:it|the|off|them|that|in|out))*",
    r"<url>|<new>|<target>",
    r"(?:on|at|of|from|under|with|the|a|an|as|and|to|for|my|our|your|in|is|it|following|values?|data|details|fields?|using|these|page|site|website|web ?site|shop|please|then|should|be|are|set|choose|select|pick|enter|put|use|say|field)",
    r"(?:and )?(?:then )?(?:give|tell|show|report|return|send|say|let|save|write|store|copy|what|which|want|need|note)(?: (?:me|us|back|down|know|is|to|it))*(?: (?:the|its|me|what|a|my|that|us|back))*(?: ?(?:confirmation|reference|ticket|order|tracking|case|number|code|id|message|answer|reply|response|text|it says|page says|i get(?: back)?|comes back|we get|is shown|shown|afterwards|they (?:send|say|give)))*(?: (?:number|code|id|it|shows?|shown|says|back|appears?|comes|displays?|you get|i get|is|in|to|into|as|from the|page|that|gives?|given))*",
    r"(?:confirmation|reference)(?: (?:number|code|id|message|text))?",
    r"topic|subject|message|name|e-?mail|text|address",
    r"go to|open|visit|-|>|→|about|it's|this|need|no|number|reference no|no \.|the box|box",
)
_MANNER = (
    r"(?:go|goes|open|visit|enter|fill|put|choose|select|send|submit|tell|give|let|show|use|with|these|following|entries|details|data|values|fields?|it|its|off|out|in|for me|the|form|page|web|website|online|contact|afterwards?|after (?:this|that)|then|finally|once|which|what|is|are|am|was|shown|shows?|given|get|got|back|receive|received|appears?|displayed|returned|sent|reference|referense|confirmation|number|code|id|know|me|you|i|we|as|at|on)",
)
_STOP = r"(?:,|;|\.|\)|and|then|with|topic|subject|please|as)"
_REFERENCE = r"""
import re, sys
text = sys.stdin.read()
found = re.search(r"(?i)\b(?:reference|confirmation|ticket|case|order|tracking|booking)\b(?:\s+(?:number|code|no\.?|id))?\s*(?:is|:|#)?\s*([A-Z0-9][A-Za-z0-9]*(?:-[A-Za-z0-9]+)+|[A-Z0-9]{5,})", text)
print(found[1] if found else " ".join(text.split()))
"""


def propose(reading: Reading) -> Draft | Need | Refusal | Question | None:
    """One visit that fills and sends the form."""
    urls = reading.named("url")
    if len(urls) != 1 or reading.named("file", "input"):
        return None
    sketch, url = Sketch(reading), urls[0].value
    if not (
        sketch.has(_FORM)
        or (sketch.has(r"send|submit|enter|fill(?: in| out)?") and re.search(r"(?i)contact|form|feedback|sign-?up|register", url))
    ):
        return None
    if not sketch.has(_SEND) and not sketch.has(r"form <url>"):
        return None
    page = reading.fact(url, "browser.visit")
    if page is None:
        return Need((Look("browser.visit", {"url": url}),))
    fields = _fields(page)
    if not fields:
        fault = page.get("fault") if isinstance(page, dict) else None
        reason = str(fault.get("message")) if isinstance(fault, dict) else f"there is no form on {url}"
        return Refusal(reading.clause(reading.index(urls[0])), reason, "name the page that has the form", "no_form")
    return _fill(reading, sketch, url, fields)


def _fields(page: Json) -> list[Object]:
    """The fields of the page's largest form that a person fills."""
    forms = page.get("forms") if isinstance(page, dict) else None
    best: list[Object] = []
    for form in forms if isinstance(forms, list) else []:
        listed = form.get("fields") if isinstance(form, dict) else None
        visible = (
            [f for f in listed if isinstance(f, dict) and f.get("type") not in ("hidden", "submit", "button", "reset", "image")]
            if isinstance(listed, list)
            else []
        )
        best = visible if len(visible) > len(best) else best
    return best


def _fill(reading: Reading, sketch: Sketch, url: str, fields: list[Object]) -> Draft | Question:
    build = Drafting(reading, "web_forms", "send a form")
    places = _places(reading, fields)
    steps: list[Json] = []
    missing: list[str] = []
    for field in fields:
        target = str(field.get("label") or field.get("name"))
        name, kind = str(field.get("name") or target), str(field.get("type") or "text")
        if kind in ("checkbox", "radio"):
            wish, words = _tick(sketch, field)
            build.cover(words)
            if wish is not None:
                steps.append({"do": "check", "target": name, "checked": wish})
            continue
        value, words = _value(reading, places, name, field)
        build.cover(words)
        if value:
            steps.append(
                {"do": "select" if kind.startswith("select") or field.get("options") else "fill", "target": name, "value": value}
            )
        elif field.get("required"):
            missing.append(target)
    if missing or not steps:
        return Question(f"What should I enter as {' and '.join(missing) or 'values'} in the form at {url}?")
    steps.append({"do": "submit"})
    steps.append({"do": "wait"})
    sent = build.task(f"Fill in and send the form at {url}", "browser.visit", {"url": url, "steps": steps}, idempotent=False)
    build.cover(sketch.covered(*_WORDS, *_MANNER), _why(reading, url))
    tasks = [sent]
    told = build.task("Find the confirmation", "python.run", {"code": _REFERENCE, "stdin": ref(sent, "text")})
    tasks.append(told)
    if reading.outputs():
        path = build.new_path(reading.outputs()[0].value)
        tasks.append(build.task(f"Write {path}", "files.write", {"path": path, "text": ref(told, "stdout")}))
    build.require(reading.text, *tasks)
    build.say("The form was sent. The confirmation is: ", ref(told, "stdout"))
    return build.draft()


_WISHED = frozenset(
    "please want wants need needs should must tick subscribe newsletter enter fill send submit tell give name email message topic".split()
)


def _why(reading: Reading, url: str) -> set[int]:
    """The sentences before the one with the address that only tell why: they name nothing and wish for nothing."""
    first = next(t for t in reading.tokens if (m := reading.mention(t)) is not None and m.value == url).sentence
    found = set[int]()
    for number in range(first):
        inside = [t for t in reading.tokens if t.sentence == number]
        if all(t.kind in ("word", "mark") for t in inside) and not {t.norm for t in inside} & _WISHED:
            found |= {t.index for t in inside}
    return found


def _places(reading: Reading, fields: list[Object]) -> dict[str, tuple[int, int]]:
    """Where each field is spoken of: first and last token of its name in the request."""
    found: dict[str, tuple[int, int]] = {}
    for field in fields:
        name = str(field.get("name") or field.get("label"))
        own = {key(str(field.get(part) or "")) for part in ("label", "name")}
        names = own | _aliases(name)
        for words in sorted((n for n in names if n), key=lambda n: (-len(n), n not in own, _first(reading, n), n)):
            at = next((i for i in range(len(reading.tokens)) if _same(reading, i, words)), None)
            if at is not None:
                found[name] = (at, at + len(words) - 1)
                break
    return found


def _first(reading: Reading, words: tuple[str, ...]) -> int:
    """Where words stand first."""
    count = len(reading.tokens)
    return next((i for i in range(count) if _same(reading, i, words)), count)


def _aliases(name: str) -> set[tuple[str, ...]]:
    groups = (
        ("name",),
        ("email", "e-mail", "mail", "address"),
        ("topic", "subject", "category"),
        ("message", "text", "comment", "question"),
        ("phone", "telephone"),
    )
    group = next((group for group in groups if name.lower() in group), ())
    return {(word,) for word in group}


def _same(reading: Reading, at: int, words: tuple[str, ...]) -> bool:
    said = tuple(word for i in range(at, min(at + len(words), len(reading.tokens))) for word in (reading.stems[i],))
    return said == words and all(reading.tokens[i].kind == "word" for i in range(at, at + len(words)))


def _value(reading: Reading, places: dict[str, tuple[int, int]], name: str, field: Object) -> tuple[str, frozenset[int]]:
    """The value after a field's name: something in quotes, an address, a choice, or the words up to the next comma or field."""
    listed = field.get("options")
    options: list[Object] = (
        [o if isinstance(o, dict) else {"text": o, "value": o} for o in listed if o] if isinstance(listed, list) else []
    )
    if options:
        return _choice(reading, places.get(name), options)
    place = places.get(name)
    if place is not None and (before := _preceding(reading, places, place)) is not None:
        return before
    if name.lower() in ("email", "e-mail", "mail") or field.get("type") == "email":
        mails = reading.named("email")
        if len(mails) == 1:
            words = {reading.index(mails[0])} | ({*range(place[0], place[1] + 1)} if place else set[int]())
            return mails[0].value, frozenset(words)
    if place is None:
        return _unnamed(reading, name, field)
    return _following(reading, places, place)


_PERSON = r"(?P<who>[A-Z][\w'-]+(?: (?:van|de|der|von|den|la|le))*(?: [A-Z][\w'-]+){0,2})"
_PERSONS = (rf"\b(?:for|as|from|by|on behalf of|I am|I'm|I’m|me,|my name is|name is|signed)\s+{_PERSON}", rf"(?:->|→|:)\s*{_PERSON}(?=\s*[,;(])", rf"\({_PERSON}[,)]")  # fmt: skip


def _unnamed(reading: Reading, name: str, field: Object) -> tuple[str, frozenset[int]]:
    """A name that the request gives without saying "name" ("for Jo Field"); a message that is the only text in quotes."""
    if name.lower() in ("name", "full_name", "fullname", "your_name", "sender"):
        for pattern in _PERSONS:
            for match in re.finditer(pattern, reading.text):
                span = match.span("who")
                words = frozenset(t.index for t in reading.tokens if span[0] <= t.start < span[1])
                if words and all(reading.tokens[i].kind == "word" for i in words):
                    lead = frozenset(t.index for t in reading.tokens if match.start() <= t.start < span[0])
                    return match["who"], words | lead
    if name.lower() in ("message", "text", "comment", "question", "body") or field.get("type") == "textarea":
        quoted = reading.named("quoted")
        if len(quoted) == 1:
            return quoted[0].value, frozenset({reading.index(quoted[0])})
    return "", frozenset()


def _following(reading: Reading, places: dict[str, tuple[int, int]], place: tuple[int, int]) -> tuple[str, frozenset[int]]:
    others = {start for start, _ in places.values()}
    at = place[1] + 1
    while at < len(reading.tokens) and reading.norms[at] in (
        ":",
        "(",
        "=",
        "is",
        "as",
        "should",
        "be",
        "says",
        "saying",
        "-",
        "of",
        "field",
        "to",
        "it",
        "set",
        "with",
        "the",
        "text",
        "being",
        "would",
        "say",
        "read",
        "contain",
        "write",
        "enter",
        "put",
        "please",
        "use",
        "following",
        "reads",
        "message",
    ):
        at += 1
    covered = set(range(place[0], at))
    if at < len(reading.tokens) and (mention := reading.mention(at)) is not None:
        return mention.value, frozenset(covered | {at})
    words: list[Token] = []
    while (
        at < len(reading.tokens)
        and at not in others
        and not re.fullmatch(_STOP, reading.norms[at])
        and reading.tokens[at].kind != "mention"
    ):
        words.append(reading.tokens[at])
        at += 1
    while words and words[-1].norm in ("and", "my", "the", "your"):
        words.pop()
    covered |= {token.index for token in words}
    return reading.quote(token.index for token in words), frozenset(covered)


_PUTS = (
    "enter",
    "put",
    "use",
    "type",
    "write",
    "give",
    "set",
    "choose",
    "select",
    "pick",
    "fill",
    "insert",
    "say",
    "state",
    ",",
    "and",
    ":",
    "(",
    ";",
    ".",
    "with",
)


def _preceding(reading: Reading, places: dict[str, tuple[int, int]], place: tuple[int, int]) -> tuple[str, frozenset[int]] | None:
    """The value before a field's name: `enter Jo Field as the name`, `'Hello' for the message`; None when it does not stand there."""
    at = place[0] - 1
    while at >= 0 and reading.norms[at] in ("the", "my", "a", "field"):
        at -= 1
    if at < 1 or reading.norms[at] not in ("as", "for", "into", "in"):
        return None
    lead, at = set(range(at, place[1] + 1)), at - 1
    if (mention := reading.mention(at)) is not None:
        return (mention.value, frozenset(lead | {at})) if mention.kind in ("quoted", "email") else None
    words: list[int] = []
    taken = {i for first, last in places.values() for i in range(first, last + 1)}
    while at >= 0 and reading.norms[at] not in _PUTS and at not in taken and reading.tokens[at].kind in ("word", "number"):
        words.insert(0, at)
        at -= 1
    if not words or at < 0 or reading.norms[at] not in _PUTS or len(words) > 6:
        return None
    return reading.quote(words), frozenset(lead | set(words))


def _choice(reading: Reading, place: tuple[int, int] | None, options: list[Object]) -> tuple[str, frozenset[int]]:
    """The option whose text or value stands in the request: after the field's name first, anywhere else otherwise."""
    start = place[0] if place else 0
    for begin in (start, 0):
        for option in options:
            for label in (str(option.get("text") or ""), str(option.get("value") or "")):
                words = tuple(key(label))
                if not words:
                    continue
                at = next(
                    (i for i in range(begin, len(reading.tokens) - len(words) + 1) if reading.stems[i : i + len(words)] == words),
                    None,
                )
                if at is None:
                    mention = next((m for m in reading.named("quoted") if key(m.value) == words), None)
                    at = reading.index(mention) if mention else None
                    words = words[:1] if mention else words
                if at is not None:
                    named = {*range(place[0], place[1] + 1)} if place else set[int]()
                    return str(option.get("text") or label), frozenset(named | {*range(at, at + len(words))})
    return "", frozenset()


def _tick(sketch: Sketch, field: Object) -> tuple[bool | None, frozenset[int]]:
    """Whether a box is to be ticked: yes, no, or not spoken of."""
    label = " ".join([str(field.get("label") or ""), str(field.get("name") or "")]).lower()
    nouns = [word for word in re.findall(r"[a-z]{5,}", label) if sketch.has(word)]
    if not nouns:
        return None, frozenset()
    noun = nouns[-1]
    no = sketch.find(
        rf"(?:i |we |please |and |but )*(?:no|without|not|don't|do not|never|please no|leave(?: out)?|skip|untick|uncheck)(?: (?:wish|receive|get|be|added|put|on|any|your|their|our|want|tick|check|sign up|subscribe|subscribed|the|a|to|for|me|us|any|send|wish|need|box|like|need))* (?:for the |to the |the )?{noun}(?: (?:box|please|alone|unticked|unchecked|empty|off|:|=|no|false|not))*|{noun} (?::|=)? ?(?:no|off|false|unticked|not)|(?:i )?(?:don't|do not) (?:want|need|like)(?: (?:to|the|get|receive|a|any|their))* {noun}"
    )
    if no:
        return False, no.indices
    yes = sketch.find(
        rf"(?:(?:and |also |please |yes )*(?:tick|check|subscribe|sign (?:me |us )?up|select|with|want|i want|get|receive|would like|'d like|put me on|i'd like|yes to|opt in)(?: (?:to|for|the|a|box|me|us|also|on|send|get|receive|their|i|in))* )?{noun}(?: (?::|=|is|box|too|as well|please|list|checkbox|ticked|checked|yes|true|on))*"
    )
    return True, yes.indices if yes else frozenset()
