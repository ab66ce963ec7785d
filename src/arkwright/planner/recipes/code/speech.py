"""Speech: how people speak of programs; the words that say that one is written, run and kept, and what its lines look like.

A word stands here only if nothing a program computes depends on it: numbers, negations, comparisons, orders, formats and names of things
to count belong to patterns of their own.
"""

import re
from collections.abc import Iterable

from arkwright.planner.lexicon import words
from arkwright.planner.recipes.phrases import Sketch

PROGRAMS = words(
    """
    program programs programme programmes programming script scripts scripting code coding coded snippet tool utility app one-liner oneliner source
    python python3 py node nodejs javascript js bash shell sh posix vanilla plain pure standard library libraries module modules
    write writes writing written wrote create creates creating created make makes making made build builds building built develop develops developed
    produce produces producing produced generate generates generating generated implement implements implemented craft knock whip put together
    program programmed need needs needed want wanted wants wish like would could can should shall will must may might have has had having be been being
    is are was were do does did done to for from of on at by as and or so the a an this that these those it its it's them they their there here who whom which what
    run runs running ran execute executes executed executing excute start starts started starting launch launches launched call calls called
    invoke invoked try name names named naming titled keep keeps keeping kept leave leaves leaving left stay stays remain remains around
    save saves saved saving store stores stored storing write puts putting place places placed placing dump dumps fill fills land lands end ends up
    go goes print prints printed printing output outputs outputted outputting display displays displayed displaying show shows shown showing
    give gives given giving tell tells told let know say says said report reports reported return returns returned export exports exported
    contain contains containing contained hold holds holding consist consists consisting comprise comprises include includes included
    calculate calculates calculated calculating compute computes computed computing work works worked working out determine determines determined
    find finds found finding get gets getting got obtain result results resulting outcome answer file files folder directory terminal console
    screen command standard stdout in into onto with within inside under using use uses used via through about
    small short little simple tiny quick clean neat basic minimal working nice good proper well-commented commented easy readable understandable
    complete whole self-contained please kindly thanks also too well aswell additionally then afterwards after afterward once finally later now
    again myself yourself me us you your yours my our i we i'd i'll i'm we'd thing something anything look view read see check study inspect
    learn understand reuse show example examples purpose task job following way such still just really very quite exactly automatically itself themselves
    itself's possible language
    """
)
"""What may be said of any program that is written and run."""

_LINE = words(
    """
    line lines row own its it's their a an each every one one's single separate new to per on in of the for with number numbers value values
    word words address addresses entry entries item items result results prime primes square squares term terms count counts pair pairs e-mail
    email mail name names and then followed by them is are be being stands stand written put comes goes each's extension extensions ending
    endings holds has contains consists consisting containing there always only just should must it at file match matches url urls cube cubes
    year years factorial factorials power powers multiple multiples quantity amount times like text piece
    """
)
_APART = frozenset(words("own separate new per each every one single a an"))
_NOT = r"(?:do not|don't|never|must not|mustn't|should not|shouldn't|may not|shall not|cannot|can't|is not to|are not to|not to|without|please not|not)"
_UNDO = r"(?:remov(?:e|ed|ing)|delet(?:e|ed|ing)|eras(?:e|ed|ing)|throw(?:ing)?|thrown|discard(?:ed|ing)?|chang(?:e|ed|ing)|modif(?:y|ied|ying)|alter(?:ed|ing)?|touch(?:ed|ing)?|edit(?:ed|ing)?|overwrit(?:e|ten|ing)|lost|los(?:e|ing)|tidy|clean(?:ed)?|move[d]?|rewritten|rewrite|adapt(?:ed)?|tamper(?:ed)?)"
_OBJECT = r"(?:(?:the|this|that|your|my|our|any|of|original|existing|python|node|shell|old|given|file|files|program|script|code|source|it|them|itself|themselves|anything|<file>|<new>|in|at|with|away|up|afterwards|later|please|again|either) ?)+"
SPARED = (
    rf"(?:and |but |please |also |that )*{_NOT} (?:be |get |to be )?{_UNDO}(?: (?:or|and|nor) {_UNDO})* ?(?:{_OBJECT})?",
    r"(?:and |but |please |leave |keep |with )*(?:(?:the|this|my|our|<file>|original|existing|program|script|code|source|file|itself|it) )*(?:must |should |shall |has to |have to |is to |to |please |be |leave |keep |kept |left |stays? |remains? |untouched|unchanged|unmodified|alone|intact|as is|as (?:it|they) (?:is|are|was|were))*(?:untouched|unchanged|unmodified|alone|intact|as is|as (?:it|they) (?:is|are|was|were))",
    r"(?:with )?no changes?(?: (?:to|in|of) (?:the |it|script|program|code|original|<file>)+(?: (?:itself|script|program|code|file))?)?",
)
"""What is not to be done to the program; a recipe that only writes and runs keeps all of it."""


def idle(sketch: Sketch, *bags: Iterable[str]) -> frozenset[int]:
    """The tokens that are words of the bags; the program's words when none is given."""
    known = frozenset(word for bag in bags for word in bag) or PROGRAMS
    return frozenset(t.index for t in sketch.reading.tokens if t.kind == "word" and t.norm in known)


def runs(sketch: Sketch, allowed: Iterable[str]) -> list[frozenset[int]]:
    """The longest runs of neighbouring words that are all allowed, within a clause."""
    known, found, run = frozenset(allowed), list[frozenset[int]](), list[int]()
    for token in sketch.reading.tokens:
        fits = token.kind in ("word", "number") and token.norm in known
        if run and (not fits or token.clause != sketch.reading.tokens[run[-1]].clause):
            found.append(frozenset(run))
            run = []
        if fits:
            run.append(token.index)
    return [*found, frozenset(run)] if run else found


def one_per_line(sketch: Sketch) -> frozenset[int]:
    """The words that say each result stands on a line of its own: `every number in a new line`, `one address per line`."""
    norms = sketch.reading.norms
    covered = set[int]()
    for run in runs(sketch, _LINE):
        said = [i for i in sorted(run) if norms[i] in ("line", "lines", "row")]
        if said and any(norms[i] in _APART for i in run):
            covered |= {i for i in run if abs(i - said[0]) <= 9}
    return frozenset(covered) | sketch.covered(
        r"line by line|(?:one|each) below the other|one after the other|one under the other|newline ?-? ?separated"
    )


def examples(sketch: Sketch) -> tuple[tuple[int, ...], frozenset[int]]:
    """The beginning of a sequence as the request shows it, `0, 1, 1, 2, ...`, and the words that show it."""
    hit = sketch.find(
        r"(?:\( )?(?:(?:like|i ?\. ?e ?\.|e ?\. ?g ?\.|so|starting|beginning|:) )*(?P<shown>\d+(?: ,? ?(?:and )?\d+)+)(?: ,)? (?:(?:\. ?){2,3}|…|etc\.?|and so on|and so forth)(?: \))?"
    )
    if hit is None:
        return (), frozenset()
    return tuple(int(n) for n in re.findall(r"\d+", hit["shown"])), hit.indices
