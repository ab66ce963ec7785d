"""Reading: a request beside what is really there; Draft: what a recipe would do about it, and which words that accounts for."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from arkwright.core.json import Json, Object, references
from arkwright.core.plan import Requirement
from arkwright.core.request import Request
from arkwright.core.survey import File, Survey, Table
from arkwright.core.task import Retry, Task
from arkwright.planner import lexicon
from arkwright.planner.background import unclear
from arkwright.planner.context import context
from arkwright.planner.mentions import Mention, MentionKind, Role, find_mentions
from arkwright.planner.text import Span, Token, key, near, number, stem, tokenize


@dataclass(frozen=True)
class Reading:
    """What recipes see: the words, what they name, and the survey. Pure; every helper is a question about the request."""

    request: Request
    tokens: tuple[Token, ...]
    mentions: tuple[Mention, ...]
    survey: Survey

    @property
    def text(self) -> str:
        """The request as written."""
        return self.request.text

    @cached_property
    def norms(self) -> tuple[str, ...]:
        """The words, lower case, free of typos; marks as they are."""
        return tuple(token.norm for token in self.tokens)

    @cached_property
    def stems(self) -> tuple[str, ...]:
        """The words without plural endings."""
        return tuple(stem(token.norm) for token in self.tokens)

    @cached_property
    def filler(self) -> frozenset[int]:
        """Indices of tokens that carry no wish of their own: marks, politeness, articles, purposes."""
        return frozenset(lexicon.filler(self.tokens)) | self.context

    @cached_property
    def context(self) -> frozenset[int]:
        """Indices of tokens in sentences and remarks that only tell about the data."""
        columns, values = self._data
        return context(self.tokens, self.mentions, columns, values)

    @cached_property
    def unclear(self) -> tuple[int, ...]:
        """A sentence that tells something of the data without saying what follows from it."""
        return unclear(self.tokens, *self._data)

    @cached_property
    def _data(self) -> tuple[frozenset[str], frozenset[str]]:
        """Stems of the words in names of columns; the words of values as they are and without endings."""
        columns = [column for table in self.survey.tables for column in table.columns]
        words = {part for column in columns for value in column.values for part in value.lower().split()}
        return frozenset(part for column in columns for part in key(column.name)), frozenset(
            words | {stem(word) for word in words}
        )

    def mention(self, token: Token | int) -> Mention | None:
        """What the token names, if it is a mention."""
        at = self.tokens[token] if isinstance(token, int) else token
        return next((m for m in self.mentions if m.start == at.start), None) if at.kind == "mention" else None

    def index(self, mention: Mention) -> int:
        """The token of a mention."""
        return next(token.index for token in self.tokens if token.start == mention.start)

    def named(self, kind: MentionKind, role: Role | None = None) -> tuple[Mention, ...]:
        """The mentions of a kind, and of a role if given, in the order they stand."""
        return tuple(m for m in self.mentions if m.kind == kind and (role is None or m.role == role))

    def inputs(self) -> tuple[Mention, ...]:
        """Files that are named and there, each once."""
        return tuple({m.value: m for m in self.named("file", "input")}.values())

    def outputs(self) -> tuple[Mention, ...]:
        """Files that are named and to be made."""
        return self.named("file", "output")

    def where(self, *words: str) -> tuple[int, ...]:
        """Indices of tokens whose norm or stem is one of `words`."""
        return tuple(i for i, norm in enumerate(self.norms) if norm in words or self.stems[i] in words)

    def has(self, *words: str) -> bool:
        """Whether one of `words` stands in the request (plural or not)."""
        return bool(self.where(*words))

    def phrase(self, pattern: str) -> tuple[int, ...]:
        """Indices of the first run of tokens whose norms, joined by blanks, match the regular expression `pattern`; () without one."""
        return lexicon.find_phrase(self.tokens, pattern)

    def phrases(self, pattern: str) -> tuple[tuple[int, ...], ...]:
        """Every run of tokens that matches, without overlaps."""
        return lexicon.find_phrases(self.tokens, pattern)

    def number(self, index: int) -> float | None:
        """The number the token stands for, written in digits or as a word."""
        return number(self.norms[index]) if self.tokens[index].kind != "mention" else None

    def quote(self, indices: Iterable[int]) -> str:
        """The text of the request from the first to the last of the tokens."""
        chosen = sorted(indices)
        return self.text[self.tokens[chosen[0]].start : self.tokens[chosen[-1]].end] if chosen else ""

    def clause(self, index: int) -> str:
        """The sentence part around a token, as written."""
        at = self.tokens[index]
        return self.quote(t.index for t in self.tokens if t.clause == at.clause and t.sentence == at.sentence).strip(" ,;:.!?")

    def sentence(self, index: int) -> tuple[int, ...]:
        """All tokens of the sentence of a token."""
        return tuple(t.index for t in self.tokens if t.sentence == self.tokens[index].sentence)

    def file(self, path: str) -> File | None:
        """The file or folder at `path` (folders end in a slash)."""
        return next((file for file in self.survey.files if file.path == path), None)

    def under(self, folder: str) -> tuple[File, ...]:
        """The files below a folder, at any depth, without the folders."""
        prefix = folder.rstrip("/") + "/"
        return tuple(f for f in self.survey.files if f.path.startswith(prefix) and not f.path.endswith("/"))

    def tables(self, source: str) -> tuple[Table, ...]:
        """The tables that a look found in a file or behind an address."""
        return tuple(table for table in self.survey.tables if table.source == source)

    def fact(self, where: str, tool: str) -> Json:
        """What a look with `tool` said of a path or address; None when it has not looked there."""
        facts = self.survey.facts.get(where)
        return facts.get(tool) if isinstance(facts, dict) else None

    def free_name(self, path: str) -> str:
        """`path`, or the next of path_2, path_3 ... that is not there yet."""
        there = {file.path.rstrip("/").lower() for file in self.survey.files}
        stem_, dot, extension = path.rpartition(".")
        stem_, extension = (stem_, extension) if dot else (path, "")
        candidate, count = path, 1
        while candidate.lower() in there:
            count += 1
            candidate = f"{stem_}_{count}{dot}{extension}"
        return candidate

    def left_over(self, covered: Iterable[int]) -> tuple[int, ...]:
        """Content words that neither `covered` nor the fillers account for."""
        done = set(covered) | self.filler
        return tuple(t.index for t in self.tokens if t.index not in done and t.kind != "mark")


def read(request: Request, survey: Survey) -> Reading:
    """The reading of a request: mentions first, then tokens, then typos mended against the lexicon and the names that are there."""
    mentions = find_mentions(request.text, survey.files)
    tokens = tokenize(request.text, [Span(m.start, m.end) for m in mentions])
    names = _names(survey)
    mended = tuple(_mend(token, names) for token in tokens)
    return Reading(request, mended, mentions, survey)


def _names(survey: Survey) -> frozenset[str]:
    words: set[str] = set()
    for table in survey.tables:
        for column in table.columns:
            words.update(key(column.name))
            for value in column.values:
                words.update(value.lower().split())
    return frozenset(words)


def _mend(token: Token, names: frozenset[str]) -> Token:
    if (
        token.kind != "word"
        or token.norm in lexicon.KNOWN | lexicon.GUARDED
        or token.norm in names
        or stem(token.norm) in names | lexicon.KNOWN
    ):
        return token
    found = near(token.norm, lexicon.KNOWN | frozenset(name for name in names if name.isalpha()))
    return (
        token
        if found is None
        else Token(token.index, token.text, found, token.start, token.end, token.kind, token.sentence, token.clause)
    )


@dataclass(frozen=True, slots=True)
class Draft:
    """What a recipe would do. `covered` holds the indices of all tokens it accounts for."""

    recipe: str
    tasks: tuple[Task, ...]
    requirements: tuple[Requirement, ...]
    answer: tuple[Json, ...] = ()
    covered: frozenset[int] = frozenset()
    notes: tuple[str, ...] = ()
    title: str = ""


@dataclass(slots=True)
class Drafting:
    """Builds a Draft step by step; `draft()` freezes it."""

    reading: Reading
    recipe: str
    title: str = ""
    _tasks: list[Task] = field(default_factory=list[Task])
    _requirements: list[Requirement] = field(default_factory=list[Requirement])
    _answer: list[Json] = field(default_factory=list[Json])
    _covered: set[int] = field(default_factory=set[int])
    _notes: list[str] = field(default_factory=list[str])
    _paths: set[str] = field(default_factory=set[str])

    def task(
        self, goal: str, tool: str, args: Object, *, after: Sequence[str] = (), retry: int = 1, idempotent: bool = True
    ) -> str:
        """Add a call and return its id. Tasks it refers to are its needs; `after` names more of them."""
        needs = dict.fromkeys([*references(args), *after])
        task_id = f"t{len(self._tasks) + 1}"
        again = Retry(most=retry) if retry > 1 else Retry()
        self._tasks.append(Task(task_id, goal, tool, args, tuple(needs), retry=again, idempotent=idempotent))
        return task_id

    def require(self, text: str, *tasks: str) -> None:
        """One thing that is asked for, in the words of the request, and the tasks that meet it."""
        self._requirements.append(Requirement(f"r{len(self._requirements) + 1}", text.strip(" ,;:.!?"), tasks))

    def cover(self, *indices: int | Iterable[int]) -> None:
        """Account for tokens."""
        for item in indices:
            self._covered.update([item] if isinstance(item, int) else item)

    def say(self, *parts: Json) -> None:
        """Add to the answer: strings, and references to the values of tasks."""
        self._answer.extend(parts)

    def note(self, text: str) -> None:
        """Something the user should know about how this was read."""
        if text not in self._notes:
            self._notes.append(text)

    def new_path(self, path: str) -> str:
        """A free name in the workspace that this draft has not given away either."""
        candidate, count = self.reading.free_name(path), 1
        while candidate in self._paths:
            count += 1
            stem_, _, extension = path.rpartition(".")
            candidate = self.reading.free_name(f"{stem_}_{count}.{extension}")
        self._paths.add(candidate)
        return candidate

    def draft(self) -> Draft:
        """The draft as it stands."""
        return Draft(
            self.recipe,
            tuple(self._tasks),
            tuple(self._requirements),
            tuple(self._answer),
            frozenset(self._covered),
            tuple(self._notes),
            self.title,
        )
