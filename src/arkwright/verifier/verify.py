"""RequestVerifier: evidence in, verdict out."""

from typing import cast

from arkwright.core.json import Json, Object
from arkwright.core.ports import Ask, Evidence
from arkwright.core.verdict import Check, Verdict, conclude
from arkwright.verifier.case import Case, Silent, proof
from arkwright.verifier.checks.answers import check_answers
from arkwright.verifier.checks.charts import check_charts
from arkwright.verifier.checks.files import check_files, check_outputs, check_tasks
from arkwright.verifier.checks.pages import page_sources
from arkwright.verifier.checks.reports import check_reports
from arkwright.verifier.checks.specials import check_specials
from arkwright.verifier.checks.tables import check_questions
from arkwright.verifier.checks.web import web_sources
from arkwright.verifier.demands import Column, Demands, Source, World
from arkwright.verifier.reader.read import named_paths, read


class RequestVerifier:
    """Reads the requirements out of the request with code of its own and recomputes each from the inputs."""

    async def verify(self, evidence: Evidence, ask: Ask) -> Verdict:
        """Check every requirement; whatever is not proven leaves the run unverified."""
        case = Case(evidence, ask, World(dict(evidence.before)), Demands())
        try:
            case.world = await survey(evidence, ask)
            case.demands = read(evidence.request.text, case.world)
            await _examine(case)
        except Silent as why:
            case.say("asking", evidence.request.text, "unknown", str(why))
        return conclude(tuple(case.checks))


async def _examine(case: Case) -> None:
    for doubt in case.demands.doubts:
        case.say("reading", doubt, "unknown", "this part of the request is not understood with certainty")
    if not case.demands.questions and not case.demands.specials:
        case.say("reading", case.evidence.request.text, "unknown", "nothing in the request could be recomputed")
    check_tasks(case)
    await check_outputs(case)
    await check_specials(case)
    await check_questions(case)
    await check_charts(case)
    await check_reports(case)
    await check_answers(case)
    check_files(case)


async def survey(evidence: Evidence, ask: Ask) -> World:
    """The tables of the files that the request names, and of what its addresses answered."""
    world = World(dict(evidence.before))
    paths = named_paths(evidence.request.text, world)
    origins: list[Object] = [{"path": p} for p in paths]
    fetched = web_sources(evidence)
    fetched += [p for p in await page_sources(evidence, ask) if p["url"] not in [f["url"] for f in fetched]]
    if not origins and not fetched:
        return world
    found = await proof(ask, "proof.survey", {"paths": cast("Json", paths), "fetched": cast("Json", fetched)})
    sources = [_source(n, cast("Object", t)) for n, t in enumerate(cast("list[Json]", found["tables"]))]
    return World(world.before, tuple(sources))


def _source(number: int, table: Object) -> Source:
    columns = tuple(
        Column(
            str(c["name"]),
            str(c["type"]),
            tuple(str(v) for v in cast("list[Json]", c["values"])),
            bool(c["unique"]),
            bool(c["unsure"]),
            int(cast("int", c["blanks"])),
            tuple(int(cast("int", y)) for y in cast("list[Json]", c["years"])),
            bool(c["percent"]),
        )
        for c in cast("list[Object]", table["columns"])
    )
    path, part = str(table["path"]), str(table["part"])
    origin = cast("Object", table.get("origin") or {"path": path, "part": part})
    return Source(f"t{number}", path, part, columns, int(cast("int", table["rows"])), origin)


def failed(checks: tuple[Check, ...]) -> list[str]:
    """The details of what did not pass, for people."""
    return [f"{c.name}: {c.requirement[:80]}: {c.detail}" for c in checks if c.outcome != "passed"]
