"""Background: sentences and clauses about the sender, the occasion and the purpose, which ask for nothing.

What could restrict, order, rename or compute is never background: such a word keeps its whole sentence in the request.
"""

import copy
import re
from collections.abc import Iterator, Sequence

from arkwright.verifier.demands import World
from arkwright.verifier.lexicon import AGGREGATES, CURRENCIES, FORMATS, MEASURES, MONTH_INDEX, NUMBERS, PERIODS, WEEKDAYS
from arkwright.verifier.reader.mentions import mark_columns, mark_dates, mark_tables, mark_values, rows_nouns
from arkwright.verifier.reader.preface import restricts
from arkwright.verifier.reader.society import (
    COMMANDED,
    DEGREES,
    DOINGS,
    EVENTS,
    GREETINGS,
    HAPPENINGS,
    HELPS,
    LIMITS,
    OCCASIONS,
    OWNERS,
    PERSONS,
    REASONS,
    ROLES,
    STATES,
    WHEN,
    WISHES,
)
from arkwright.verifier.script import Script, Token


def read_background(script: Script, world: World) -> None:
    """Take the sentences, clauses and phrases that are background; at least one sentence remains."""
    Background(script, world).read()


class Background:
    """A request, with what each of its tokens may stand for in the data."""

    def __init__(self, script: Script, world: World) -> None:
        self.script = script
        self.world = world
        self.tokens = script.tokens
        self.low = [t.low for t in script.tokens]
        self.kinds = _kinds(script, world)
        self.nouns = rows_nouns(world.sources)

    def read(self) -> None:
        """Sentences first, then what stands inside the others."""
        spans = list(self.sentences())
        whole = [s for s in spans if self.is_background(*s) and not restricts(self.tokens[slice(*s)], self.world)]
        if len(whole) < len([s for s in spans if not self.is_greeting(*s)]):
            for span in whole:
                self.take(*span, "background")
        for span in spans:
            if self.is_greeting(*span):
                self.take(*span, "greeting")
        for first, last in spans:
            if first not in self.script.taken:
                self.inside(first, last)

    def sentences(self) -> Iterator[tuple[int, int]]:
        """First and last index of each sentence."""
        first = 0
        for i, token in enumerate(self.tokens):
            ends = (token.kind == "mark" and token.text[0] in ".!?;") or "\n" in self._gap(i)
            if ends:
                if i >= first:
                    yield first, i + 1
                first = i + 1
        if first < len(self.tokens):
            yield first, len(self.tokens)

    def _gap(self, i: int) -> str:
        after = self.tokens[i + 1].start if i + 1 < len(self.tokens) else len(self.script.text)
        return self.script.text[self.tokens[i].end : after]

    def take(self, first: int, last: int, why: str) -> None:
        """Account for tokens."""
        for i in range(first, last):
            self.script.taken.setdefault(i, why)

    # ------------------------------------------------------------ whole sentences
    def is_greeting(self, first: int, last: int) -> bool:
        """Only words of greeting, thanks and names of nothing in the data."""
        words = [i for i in range(first, last) if self.tokens[i].kind != "mark"]
        known = [i for i in words if self.low[i] in GREETINGS]
        names = [i for i in words if i not in known]
        return bool(known) and len(names) <= 1 and all(self.is_name(i) and i == words[-1] for i in names)

    def is_name(self, i: int) -> bool:
        """A capitalised word that names nothing in the data."""
        return self.kinds[i] == "word" and self.tokens[i].text[:1].isupper() and self.tokens[i].text[1:].islower()

    def is_background(self, first: int, last: int) -> bool:
        """Whether a sentence is about people, occasions and reasons only."""
        while first < last and (
            self.low[first] in ("and", "but", "so", "well", "actually", "currently", "also", "unfortunately")
            or self.tokens[first].kind == "mark"
        ):
            first += 1
        start = self.opened(first, last)
        if start is None or self.tokens[last - 1].text == "?":
            return False
        return not any(self.is_loaded(i, first) for i in range(start, last))

    def opened(self, first: int, last: int) -> int | None:
        """Where what a subject of background says begins; None for other subjects."""
        if first >= last:
            return None
        word = self.low[first]
        if word in PERSONS and not self.is_wish(first + 1, last):
            return first + 1
        if (end := self.named(first, last, ROLES)) is not None and not self.is_wish(end, last):
            return end
        if (end := self.named(first, last, OCCASIONS)) is not None and HAPPENINGS & set(self.low[end : end + 4]):
            return end
        if word in ("it", "this", "that", "it's", "that's", "this's") and self.is_remark(first + 1, last):
            return min(first + (4 if self.low[first + 1] in ("would", "will", "'d", "'ll") else 1), last)
        return None

    def named(self, first: int, last: int, nouns: frozenset[str]) -> int | None:
        """The end of `our new head of sales`: an owner, some words, and one of the nouns."""
        if first >= last or self.low[first] not in OWNERS:
            return self.team(first, last) if first < last and nouns is ROLES else None
        for i in range(first + 1, min(first + 5, last)):
            if self.low[i].removesuffix("'s") in nouns and self.kinds[i] == "word" and self.low[i] not in self.nouns:
                while i + 1 < last and self.low[i + 1] in nouns and self.kinds[i + 1] == "word":
                    i += 1
                return i + 1
            if self.kinds[i] != "word" or self.low[i] in LIMITS - {"next", "last", "new", "internal", "external"} - set(PERIODS):
                return None
        return None

    def team(self, first: int, last: int) -> int | None:
        """The end of `Marketing` or `Anna from accounting` as a subject."""
        if self.low[first] in ROLES and self.kinds[first] == "word" and self.low[first] not in self.nouns:
            return first + 1
        if (
            first + 2 < last
            and self.is_name(first)
            and self.low[first + 1] in ("from", "in", "of")
            and self.low[first + 2] in ROLES | {"the", "our"}
        ):
            return first + (4 if self.low[first + 2] in ("the", "our") else 3)
        return None

    def is_wish(self, first: int, last: int) -> bool:
        """`I want ...`: what is wished for is the request, unless it is `it` or `this`."""
        near = [i for i in range(first, min(first + 3, last)) if self.low[i] in WISHES]
        if not near:
            return any(w in ("would", "'d", "please") for w in self.low[first : first + 2]) or bool(
                first < last and self.low[first] in ("must", "should", "shall")
            )
        at = next((k for k in range(near[0] + 1, min(near[0] + 4, last)) if self.low[k] in ("it", "this", "that", "them")), None)
        if at is None:
            return True
        when = WHEN | OCCASIONS | ROLES | OWNERS | PERSONS | set(WEEKDAYS)
        return any(self.low[k] not in when for k in range(at + 1, last) if self.tokens[k].kind != "mark")

    def is_remark(self, first: int, last: int) -> bool:
        """`it is for our wiki`, `that would help me a lot`, `this is urgent`."""
        words = self.low[first:last]
        if words[:1] and words[0] in ("would", "will", "'d", "'ll") and set(words[1:3]) & HELPS:
            return True
        rest = [w for w in words if w.isalpha()]
        if rest[:1] and rest[0] in ("is", "was"):
            rest = rest[1:]
        while rest and rest[0] in ("all", "really", "very", "quite", "rather", "just", "a", "bit"):
            rest = rest[1:]
        if rest[:1] and rest[0] in STATES and len(rest) <= 3:
            return True
        return rest[:1] == ["for"] and bool((OCCASIONS | ROLES) & set(rest))

    def is_loaded(self, i: int, first: int) -> bool:
        """Whether a word could restrict, order, compute or name something of the data."""
        token, low = self.tokens[i], self.low[i]
        if token.kind == "mark":
            return token.text[0] in "+*/=<>≥≤&%"
        if self.kinds[i] != "word" or token.kind != "word":
            return not self.is_echo(i)
        parts = re.split(r"[-_']", low)
        if low in ("sort", "kind") and self.low[i + 1 : i + 2] == ["of"]:
            return False
        if any(p in LIMITS or p in NUMBERS or p in AGGREGATES or p in CURRENCIES for p in (low, *parts)):
            return True
        if low in FORMATS or low in PERIODS or low in MONTH_INDEX or low in DEGREES or low.endswith("n't"):
            return not (self.is_timing(i) or (low in DEGREES and self.is_compared(i)))
        if low in MEASURES and len(low) > 1:
            return True
        if low in self.nouns and not (self.low[i - 1] in OWNERS and i > first):
            return True
        if token.text[:1].isupper() and i > first and low != "i" and low not in ROLES | OCCASIONS | set(WEEKDAYS) | GREETINGS:
            return True
        return low in DOINGS and (i == 0 or self.tokens[i - 1].kind == "mark" or self.low[i - 1] in COMMANDED)

    def is_echo(self, i: int) -> bool:
        """Whether another sentence, that is not background, says the same column, value or month again."""
        if self.kinds[i] not in ("col", "val", "date", "tab") or self.low[i - 1] in ("no", "not"):
            return False
        spans = [s for s in self.sentences() if not s[0] <= i < s[1] and not self.is_greeting(*s)]
        asking = [s for s in spans if any(self.tokens[k].kind == "file" for k in range(*s)) or self.tokens[s[1] - 1].text == "?"]
        said = self.low[i].removesuffix("s")
        return any(self.low[k].removesuffix("s") == said for s in asking for k in range(*s))

    def is_compared(self, i: int) -> bool:
        """Whether another sentence says exactly what a vague `long` or `big` is about: by a comparison or an order."""
        exact = {
            "than",
            "over",
            "above",
            "below",
            "under",
            "exceeds",
            "exceeding",
            "least",
            "most",
            "longest",
            "largest",
            "biggest",
            "highest",
            "between",
        }
        here = next((s for s in self.sentences() if s[0] <= i < s[1]), (0, 0))
        return any(self.low[k] in exact for k in range(len(self.tokens)) if not here[0] <= k < here[1])

    def is_timing(self, i: int) -> bool:
        """`next week`, `this year`: when the sender needs it, not which rows."""
        return self.low[i] in ("week", "month") and self.low[i - 1] in ("next", "this")

    # ------------------------------------------------------------ inside a sentence
    def inside(self, first: int, last: int) -> None:
        """Take greetings, reasons, purposes and asides of a sentence that asks for something."""
        self.lead(first, last)
        i = first
        while i < last:
            end = (
                None
                if i in self.script.taken
                else self.reason(i, last) or self.purpose(i, last) or self.coordinate(i, first, last)
            )
            if end is not None:
                self.take(i, end, "background")
                i = end
            else:
                if i > first and self.low[i - 1] in (",", "and") and i not in self.script.taken:
                    self.wants(i, last)
                i += 1

    def lead(self, first: int, last: int) -> None:
        """`Hi Anna,` and `my boss wants` before a request."""
        at = first
        opening = " ".join(self.low[first : first + 2])
        if re.match(r"(?:hi|hello|hey|dear|thanks|sorry|good (?:morning|afternoon|evening|day))\b", opening):
            while at < last and (self.low[at] in GREETINGS or self.tokens[at].kind == "mark"):
                at += 1
            if at + 1 < last and self.is_name(at) and self.low[at + 1] in (",", "!", ":", "-", "–"):
                at += 2
        self.take(first, at, "greeting")
        label = next((k for k in range(at, min(at + 4, last)) if self.tokens[k].text == ":"), 0)
        if label > at and at == first and not any(self.kinds[k] != "word" or self.is_loaded(k, at) for k in range(at, label)):
            self.take(at, label, "label")
        self.wants(at, last)

    def wants(self, at: int, last: int) -> None:
        """`my boss would like to see`: what follows is the request."""
        end = self.named(at, last, ROLES)
        if end is not None and end < last and self.low[end] in WISHES | {"is", "would", "has"}:
            stop = end
            while stop < last and self.low[stop] in WISHES | {
                "is",
                "asking",
                "would",
                "has",
                "me",
                "us",
                "for",
                "to",
                "see",
                "have",
                "get",
                "know",
                "from",
                "that",
                "waiting",
            }:
                stop += 1
            if set(self.low[end:stop]) & (WISHES | {"asking", "waiting"}):
                self.take(at, stop, "who wants it")

    def clause_end(self, i: int, last: int) -> int:
        """Where the clause that begins at i ends: before the next mark of its level."""
        deep = 0
        for k in range(i, last):
            text = self.tokens[k].text
            if self.tokens[k].kind == "mark":
                deep += text.count("(") - text.count(")")
                if deep < 0 or (deep == 0 and text[0] in ",.;:!?–—-"):
                    return k
        return last

    def reason(self, i: int, last: int) -> int | None:
        """`because she ...`, `since the old list got lost`, `so that we can ...`."""
        if self.low[i] not in REASONS:
            return None
        start = i + 1
        while start < last and self.low[start] in ("that",):
            start += 1
        end = self.clause_end(i, last)
        if start >= end:
            return None
        subject = self.low[start] in PERSONS | {"they", "you"} or self.named(start, end, ROLES) is not None
        happening = self.named(start, end, OCCASIONS) is not None and bool(HAPPENINGS & set(self.low[start:end]))
        if not (subject or happening or self.low[i] == "because"):
            return None
        exempt = DEGREES if happening else frozenset[str]()
        exempt |= DOINGS if subject else frozenset()
        if any(self.is_loaded(k, i) and self.low[k] not in exempt for k in range(start, end)):
            return None
        return end

    def purpose(self, i: int, last: int) -> int | None:
        """`for our wiki`, `before the meeting on Friday`, `to present it to the board`."""
        if self.low[i] in ("for", "before", "at", "during", "in"):
            return self.occasion(i, last)
        if self.low[i] == "from" and i and self.tokens[i - 1].kind == "file":
            return self.named(i + 1, last, ROLES)
        if self.low[i] == "to" or (self.low[i] == "in" and self.low[i + 1 : i + 3] == ["order", "to"]):
            at = i + (1 if self.low[i] == "to" else 3)
            verbs = {
                "show",
                "present",
                "send",
                "forward",
                "hand",
                "give",
                "discuss",
                "prepare",
                "plan",
                "print",
                "mail",
                "pass",
                "share",
                "post",
            }
            end = self.clause_end(i, last)
            aims = (
                set(self.low[at + 1 : at + 2]) & {"it", "them", "this", "that"} or self.named(at + 1, end, OCCASIONS) is not None
            )
            if at < end and self.low[at] in verbs and aims and not any(self.is_loaded(k, at) for k in range(at, end)):
                return end
        return None

    def occasion(self, i: int, last: int) -> int | None:
        nouns = OCCASIONS | ROLES if self.low[i] == "for" else EVENTS
        end = self.named(i + 1, last, nouns)
        if (
            end is None
            and self.low[i] == "for"
            and i + 1 < last
            and self.low[i + 1] in nouns | {"me", "us", "him", "her", "them"}
        ):
            end = i + 2 if self.kinds[i + 1] == "word" and self.low[i + 1] not in self.nouns else None
        if end is None:
            return None
        if (
            end + 1 < last
            and self.low[end] in ("on", "this", "next", "in", "of")
            and self.low[end + 1] in (*WEEKDAYS, "week", "month", "morning", "afternoon", "evening")
        ):
            end += 2
        elif end < last and self.low[end] in ("today", "tomorrow", "tonight"):
            end += 1
        if end < last and self.low[end] in (
            "of",
            "from",
            "who",
            "which",
            "whose",
            "with",
            "in",
            "at",
            "called",
            "named",
            "number",
        ):
            return None
        return end

    def coordinate(self, i: int, first: int, last: int) -> int | None:
        """`..., and my manager likes it tidy`: a clause of its own between marks."""
        if i == first or not (self.tokens[i - 1].kind == "mark" or self.low[i] in ("and", "but")):
            return None
        start = i + (self.low[i] in ("and", "but"))
        end = self.clause_end(start, last)
        if self.tokens[i - 1].kind != "mark":
            return None
        opened = self.opened(start, end)
        if opened is None or any(self.is_loaded(k, start) for k in range(opened, end)):
            return None
        return end


def _kinds(script: Script, world: World) -> list[str]:
    """What each token stands for once the columns, values, dates and tables are marked."""
    probe = Script(script.text, [copy.copy(t) for t in script.tokens])
    mark_dates(probe)
    mark_columns(probe, world.sources)
    mark_values(probe, world.sources)
    mark_tables(probe, world.sources)
    return [_kind_at(token, probe.tokens) for token in script.tokens]


def _kind_at(token: Token, marked: Sequence[Token]) -> str:
    return next((m.kind for m in marked if m.start <= token.start and token.end <= m.end), token.kind)
