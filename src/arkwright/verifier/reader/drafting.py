"""Drafting: a request cut into questions, each read into a draft; loose parts join the one before."""

import re
from collections.abc import Sequence

from arkwright.verifier.demands import Source
from arkwright.verifier.reader.draft import Draft
from arkwright.verifier.reader.filters import read_filters
from arkwright.verifier.reader.finish import read_finish
from arkwright.verifier.reader.measures import read_measures
from arkwright.verifier.reader.repeats import read_repeats
from arkwright.verifier.reader.together import read_together
from arkwright.verifier.script import Match, Script


def drafts_of(script: Script, pool: Sequence[Source]) -> list[Draft]:
    """One draft a question: the request is cut where a new question begins, and loose parts join the one before."""
    cuts = _cuts(script)
    numeric = frozenset((s.id, c.name) for s in pool for c in s.columns if c.type == "number")
    dated = frozenset((s.id, c.name) for s in pool for c in s.columns if c.type == "date")
    drafts: list[Draft] = []
    for first, last in zip(cuts, [*cuts[1:], len(script.tokens)], strict=True):
        part = Script(
            script.text, script.tokens[first:last], {i - first: w for i, w in script.taken.items() if first <= i < last}
        )
        draft = Draft(
            clause=script.text[min(t.start for t in part.tokens) : max(t.end for t in part.tokens)] if part.tokens else "",
            numeric=numeric,
            dated=dated,
        )
        read_repeats(part, draft)
        read_finish(part, draft)
        read_together(part, draft)
        read_filters(part, draft)
        read_measures(part, draft)
        for i, why in part.taken.items():
            script.taken.setdefault(i + first, why)
        if draft.asks():
            drafts.append(draft)
    drafts = _joined(drafts)
    for draft in drafts:
        _place_looked(draft)
    return drafts


def _place_looked(draft: Draft) -> None:
    """What is looked up belongs to the columns that are listed, or stands beside the whole rows."""
    if draft.keep or draft.measures:
        draft.keep += [t for t in draft.looked if t not in draft.keep] if not draft.measures else []
    else:
        draft.beside += [t for t in draft.looked if t not in draft.beside]


def _cuts(script: Script) -> list[int]:
    cuts = [0]
    for m in script.find(r"(?:(?:[,+&] )*(?:and|also|then|\+|&)|[.?!;]) (?:also )?(?:which|how many|how much|what|who|whose)"):
        if m.first and not _spread(script, m):
            cuts.append(m.first)
    ranking = r"(?:, )?and (?:the |our )?(?:(?:{num}|[a-z]+) (?:best|top|most)|top {num}|top [a-z]+)"
    for m in script.find(ranking):
        before = " ".join(t.text.casefold() for t in script.tokens[: m.first])
        if re.search(r"\b(?:total|sum|average|number of|count)\b.*\b(?:per|by|for each)\b", before):
            cuts.append(m.first)
    for m in script.find(r"[?] (?=\S)"):
        rest = script.text[script.tokens[m.first].end :].casefold()
        if re.search(r"\b(?:tell|give|make|create|write|save|put|draw|show|also)\b", rest):
            cuts.append(m.first)
    return sorted(set(cuts))


def _spread(script: Script, match: Match) -> bool:
    """`how many orders and what mean amount does each category have`: one question of several figures."""
    rest = re.split(r"[.?!;]", script.text[script.tokens[match.last - 1].start :].casefold(), maxsplit=1)[0]
    return script.tokens[match.first].text[0] not in ".?!;" and bool(
        re.search(r"\b(?:does|do|did|has|have) (?:each|every)\b", rest)
    )


def _joined(drafts: list[Draft]) -> list[Draft]:
    out: list[Draft] = []
    for draft in drafts:
        complete = bool(draft.measures) or bool(draft.top and draft.keys)
        if out and _also_counted(out[-1], draft):
            draft.filters = [*out[-1].filters]
            draft.tidy["spoken"] = True
            out.append(draft)
        elif (out and _measured_later(out[-1], draft)) or (out and (not complete or not (out[-1].measures or out[-1].top))):
            out[-1] = _merged(out[-1], draft)
        else:
            if (
                out
                and out[-1].filters
                and not draft.filters
                and re.search(r"\b(?:they|them|those|these)\b", draft.clause.casefold())
            ):
                draft.filters = [*out[-1].filters]
                if _only_counted(out[-1]):
                    out[-1].tidy["spoken"] = True
            elif out and out[-1].filters and not draft.filters:
                draft.doubts.append("whether the restriction holds here too is not said")
            out.append(draft)
    return out


def _measured_later(ranked: Draft, draft: Draft) -> bool:
    """`which product brings in the most? Add up the amounts`: a ranking first, and then by what."""
    plain = bool(draft.measures) and not (draft.keys or draft.top or draft.filters)
    return bool(ranked.top and not ranked.measures and plain)


def _only_counted(draft: Draft) -> bool:
    """Whether a single count is all that is asked."""
    return len(draft.measures) == 1 and draft.measures[0].fn == "count" and not (draft.keys or draft.top or draft.keep)


def _also_counted(rows: Draft, draft: Draft) -> bool:
    """Whether rows are wanted first, and then how many they are."""
    counts = len(draft.measures) == 1 and draft.measures[0].fn == "count" and not (draft.filters or draft.keys or draft.top)
    wanted = re.search(r"\b(?:rows|entries|records|lines|list|those|all)\b", rows.clause.casefold())
    return bool(counts and wanted and rows.filters and not rows.measures and not rows.keys)


def _merged(a: Draft, b: Draft) -> Draft:
    a.filters += b.filters
    a.keys += [k for k in b.keys if k not in a.keys]
    a.measures += b.measures
    a.order += b.order
    a.rank += b.rank
    a.keep += b.keep
    a.per += b.per
    a.beside += b.beside
    a.looked += b.looked
    a.derived.update(b.derived)
    a.tidy.update(b.tidy)
    a.across = a.across or b.across
    a.top = a.top or b.top
    a.whole = a.whole or b.whole
    a.dedupe = a.dedupe or b.dedupe
    a.window = a.window or b.window
    a.shared = a.shared or b.shared
    a.skip = a.skip or b.skip
    a.entity += b.entity
    a.doubts += b.doubts
    a.clause = f"{a.clause} {b.clause}"
    return a
