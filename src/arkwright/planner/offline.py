"""The offline planner: reads a request clause by clause against what is really there, and composes recipes; it never guesses."""

from collections.abc import Sequence
from dataclasses import replace
from difflib import get_close_matches
from itertools import combinations

from arkwright.core.json import Json, Object
from arkwright.core.observation import Observation
from arkwright.core.plan import Look, Need, Plan, Proposal, Question, Refusal, Requirement
from arkwright.core.request import Request
from arkwright.core.survey import Survey
from arkwright.core.task import Task
from arkwright.core.tool import Hints, ToolSpec
from arkwright.planner import lexicon
from arkwright.planner import survey as surveys
from arkwright.planner.estimate import estimated
from arkwright.planner.promises import kept
from arkwright.planner.reading import Draft, Reading, read
from arkwright.planner.recipes import RECIPES, Recipe
from arkwright.planner.recipes.outside import beyond
from arkwright.planner.scope import turned
from arkwright.planner.spare import spare
from arkwright.planner.validate import problems


class OfflinePlanner:
    """Plans without a model and without a network. Pure: what it has to know it asks for as look-ups.

    Args:
        catalogue: the tools that plans may call; without any, tool names and arguments are not checked.
        recipes: in order of preference.
    """

    def __init__(self, catalogue: Sequence[ToolSpec] = (), recipes: Sequence[Recipe] = RECIPES) -> None:
        self._catalogue = tuple(catalogue)
        self._recipes = tuple(recipes)

    def propose(self, request: Request, survey: Survey) -> Proposal:
        """A plan that accounts for every word, what to look at first, a question, or a refusal that names the clause."""
        if surveys.WORKSPACE not in survey.facts:
            return Need((Look("files.list", {"path": ".", "recursive": True}),))
        reading = read(request, survey)
        if refusal := _nothing_asked(reading) or beyond(reading) or _missing_file(reading):
            return refusal
        offers = [offer for recipe in self._recipes if (offer := recipe.propose(reading)) is not None]
        looks = tuple(look for offer in offers if isinstance(offer, Need) for look in offer.looks)
        fresh = tuple(look for at, look in enumerate(looks) if look not in looks[:at] and not _looked(reading, look))
        if fresh:
            return Need(fresh)
        if (refusal := next((o for o in offers if isinstance(o, Refusal)), None)) and _commanded(reading):
            return refusal
        drafts = [offer for offer in offers if isinstance(offer, Draft)]
        chosen = _complete(reading, drafts)
        if chosen is not None and (clause := reading.unclear or turned(reading, chosen)):
            return _unclear(reading, clause)
        if chosen is not None:
            return self._plan(reading, chosen)
        return _explain(reading, drafts, [offer for offer in offers if isinstance(offer, Question | Refusal)])

    def look(self, survey: Survey, tool: str, args: Object, observation: Observation) -> Survey:
        """The survey with what a look brought back."""
        return surveys.look(survey, tool, args, observation)

    def _plan(self, reading: Reading, draft: Draft) -> Proposal:
        tasks, estimate = estimated(draft.tasks, reading.survey)
        plan = Plan(reading.text, tasks, draft.requirements, draft.answer, estimate, tuple(draft.recipe.split("+")), draft.notes)
        known = self._catalogue or [ToolSpec(task.tool, "", {}, _ANY_HINTS) for task in tasks]
        if found := problems(plan, known):
            return Refusal(
                reading.text, f"the plan for this does not hold together: {found[0]}", "please report this request", "bad_plan"
            )
        return plan


_ANY_HINTS = Hints()
_COMMANDS = frozenset("phone call ring dial buy sell purchase book reserve pay rent hire".split())


def _commanded(reading: Reading) -> bool:
    """Whether a clause begins with something to do in the world: `phone my contacts`, beside `list name and phone`."""
    openings: dict[int, int] = {}
    for token in reading.tokens:
        if token.index not in reading.filler and token.kind == "word":
            openings.setdefault(token.clause, token.index)
    return any(reading.norms[index] in _COMMANDS for index in openings.values())


def _unclear(reading: Reading, clause: Sequence[int]) -> Refusal:
    said = reading.quote(clause).strip(" ,.;")
    reason = f"it is not clear from {said!r} which rows are wanted"
    return Refusal(said, reason, "say `only ...` or `without ...`, or leave it out", "unclear")


def _looked(reading: Reading, look: Look) -> bool:
    return reading.fact(surveys.subject(look.tool, look.args), look.tool) is not None


def _nothing_asked(reading: Reading) -> Refusal | None:
    if reading.left_over(()):
        return None
    return Refusal(reading.text, "this does not say what to do", "name the file and what you want from it", "empty")


def _missing_file(reading: Reading) -> Refusal | None:
    """A file that is spoken of as if it were there, and is not."""
    missing = reading.named("file", "missing")
    if not missing:
        return None
    mention = missing[0]
    names = [file.path for file in reading.survey.files if not file.path.endswith("/")]
    return Refusal(
        reading.clause(reading.index(mention)),
        f"there is no file {mention.value!r} in the workspace",
        _nearest(mention.value, names) or "put the file into the workspace, or name one that is there",
        "missing_file",
    )


def _nearest(name: str, names: Sequence[str]) -> str:

    close = get_close_matches(name.lower(), [n.lower() for n in names], n=3, cutoff=0.6)
    found = [n for n in names if n.lower() in close]
    return f"did you mean {' or '.join(repr(n) for n in found)}?" if found else ""


def _complete(reading: Reading, drafts: Sequence[Draft]) -> Draft | None:
    """The draft, or the composition of drafts about different words, that leaves no word over."""
    for draft in drafts:
        if _accounts(reading, draft.covered, draft):
            return draft
    for size in (2, 3):
        for group in combinations(drafts, size):
            together = frozenset[int]().union(*(draft.covered for draft in group))
            if len(reading.left_over(together)) <= _MOST_PROMISED and _apart(reading, group):
                whole = merge(sorted(group, key=lambda d: min(_own(reading, d), default=0)))
                if _accounts(reading, together, whole):
                    return whole
    return None


_MOST_PROMISED = 24  # words; beyond them no promise is worth looking for


def _accounts(reading: Reading, covered: frozenset[int], draft: Draft) -> bool:
    """Whether every word is accounted for, by what is done or by a promise that the draft keeps."""
    left = frozenset(reading.left_over(covered))
    if not left or len(left) > _MOST_PROMISED:
        return not left
    left -= kept(reading, draft)
    return not left - spare(reading, replace(draft, covered=covered), left)


def _own(reading: Reading, draft: Draft) -> frozenset[int]:
    """The content words a draft accounts for, without the things that are only named."""
    return frozenset(i for i in draft.covered if i not in reading.filler and reading.tokens[i].kind != "mention")


def _apart(reading: Reading, drafts: Sequence[Draft]) -> bool:
    owned = [_own(reading, draft) for draft in drafts]
    made = [path for draft in drafts for path in _made(draft)]
    gone = {
        path
        for draft in drafts
        for task in draft.tasks
        if task.tool in ("files.move", "files.delete")
        for path in _strings(task.args)
    }
    touched = [draft for draft in drafts if any(gone & _strings(task.args) for task in draft.tasks)]
    if len(made) != len(set(made)) or len(touched) > 1:
        return False
    return all(not (a & b) for a, b in combinations(owned, 2))


def _made(draft: Draft) -> set[str]:
    """The paths a draft writes."""
    writers = (
        task
        for task in draft.tasks
        if task.tool.split(".")[1] in ("save", "draw", "write", "convert", "merge", "archive", "copy", "move")
    )
    return {str(task.args[name]) for task in writers for name in ("path", "to") if isinstance(task.args.get(name), str)}


def merge(drafts: Sequence[Draft]) -> Draft:
    """Drafts about different parts of a request as one: tasks renumbered; a later part waits for the files of an earlier one it reads."""
    tasks: list[Task] = []
    requirements: list[Requirement] = []
    for draft in drafts:
        names = {task.id: f"t{len(tasks) + n}" for n, task in enumerate(draft.tasks, 1)}
        made = {
            str(task.args[name]): task.id
            for task in tasks
            for name in ("path", "to", "save_as")
            if isinstance(task.args.get(name), str)
        }
        for task in draft.tasks:
            waits = tuple(maker for path, maker in made.items() if path in _strings(task.args))
            needs = tuple(dict.fromkeys([*(names[need] for need in task.needs), *waits]))
            args = rename(task.args, names)
            tasks.append(replace(task, id=names[task.id], args=args if isinstance(args, dict) else {}, needs=needs))
        for requirement in draft.requirements:
            requirements.append(
                Requirement(f"r{len(requirements) + 1}", requirement.text, tuple(names[t] for t in requirement.tasks))
            )
    answers = [
        part
        for draft, names in _numbered(drafts)
        for part in (*(rename(item, names) for item in draft.answer), "\n")
        if draft.answer
    ]
    return Draft(
        "+".join(draft.recipe for draft in drafts),
        tuple(tasks),
        tuple(requirements),
        tuple(answers[:-1]),
        frozenset[int]().union(*(draft.covered for draft in drafts)),
        tuple(note for draft in drafts for note in draft.notes),
        next((draft.title for draft in drafts if draft.title), ""),
    )


def _numbered(drafts: Sequence[Draft]) -> list[tuple[Draft, dict[str, str]]]:
    out: list[tuple[Draft, dict[str, str]]] = []
    count = 0
    for draft in drafts:
        out.append((draft, {task.id: f"t{count + n}" for n, task in enumerate(draft.tasks, 1)}))
        count += len(draft.tasks)
    return out


def rename(value: Json, names: dict[str, str]) -> Json:
    """`value` with the task ids in its references replaced."""
    if isinstance(value, dict):
        if "$ref" in value:
            return {**value, "$ref": names.get(str(value["$ref"]), str(value["$ref"]))}
        return {key: rename(child, names) for key, child in value.items()}
    return [rename(child, names) for child in value] if isinstance(value, list) else value


def _strings(value: Json) -> set[str]:
    if isinstance(value, dict):
        return {text for child in value.values() for text in _strings(child)}
    if isinstance(value, list):
        return {text for child in value for text in _strings(child)}
    return {value} if isinstance(value, str) else set()


def _explain(reading: Reading, drafts: Sequence[Draft], others: Sequence[Question | Refusal]) -> Question | Refusal:
    """Why there is no plan: a question, a recipe's own refusal, or the words that nothing accounts for."""
    ranked = sorted(others, key=lambda offer: isinstance(offer, Refusal))
    if ranked:
        return ranked[0]
    if not drafts and (question := _which_file(reading)):
        return question
    best = max(drafts, key=lambda d: len(d.covered), default=None)
    left = reading.left_over(best.covered if best else ())
    if best:
        spared = kept(reading, best) | spare(reading, best, frozenset(left))
        left = tuple(index for index in left if index not in spared) or left
    clause = reading.clause(left[0])
    words = ", ".join(repr(reading.tokens[i].text) for i in left[:6])
    what = f"I do not understand {words}" if best else "I cannot plan this: nothing I know how to do fits"
    return Refusal(
        clause, f"{what} in {clause!r}", "say it in other words, name the file and the columns, or leave it out", "not_understood"
    )


_DATA = (".csv", ".tsv", ".xlsx", ".json", ".parquet", ".db", ".sqlite")


def _which_file(reading: Reading) -> Question | None:
    """What to ask when figures are wanted, no file is named, and several could be meant."""
    figures = any(
        norm in lexicon.AGGREGATES or norm in lexicon.CHARTS or norm in ("chart", "graph", "plot") for norm in reading.norms
    )
    files = tuple(
        file.path for file in reading.survey.files if file.path.lower().endswith(_DATA) and not file.path.startswith(".")
    )
    if not figures or reading.inputs() or reading.named("url") or reading.named("folder") or len(files) < 2:
        return None
    return Question(f"Which file is meant: {', '.join(files[:4])}{' or another one' if len(files) > 4 else ''}?", files[:4])
