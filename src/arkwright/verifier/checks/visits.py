"""Visits: downloads, forms and pictures of pages, compared with the page fetched again and with what the tools were given."""

import re
from typing import cast

from arkwright.core.json import Json, Object
from arkwright.verifier.case import Case, Silent, ending
from arkwright.verifier.checks.pages import open_page
from arkwright.verifier.demands import Special


async def check_download(case: Case, special: Special) -> None:
    """The files that the page links to, or the address itself, are there whole; no others."""
    url, folder, name = (str(special.args[k]) for k in ("url", "folder", "name"))
    wanted, doubt = await _wanted(case, special)
    got: dict[str, str] = {}
    for _, _, value in case.calls("http.download"):
        got.update({str(f["url"]): str(f["path"]) for f in cast("list[Object]", value.get("files") or [])})
    for _, args, value in case.calls("http.fetch"):
        if value.get("path"):
            got[str(args["url"])] = str(value["path"])
    if doubt or not wanted:
        case.say("download", special.clause, "unknown", doubt or f"{url} links to nothing that fits")
        return
    missing = [u for u in wanted if u not in got]
    extra = [p for p in case.new() if p not in [got.get(u) for u in wanted]]
    misplaced = [
        p for u, p in got.items() if u in wanted and ((folder and not p.startswith(f"{folder}/")) or (name and p != name))
    ]
    if special.args.get("kept"):
        misplaced += [p for u, p in got.items() if u in wanted and p.rsplit("/", 1)[-1] != u.split("?")[0].rsplit("/", 1)[-1]]
    spoilt = [p for u, p in got.items() if u in wanted and not case.facts.get(p, {}).get("opens")]
    changed = [a.path for a in case.evidence.artifacts if a.path in got.values() and case.evidence.after.get(a.path) != a.sha256]
    case.explained.update(got[u] for u in wanted if u in got)
    problem = missing or extra or misplaced or spoilt or changed
    detail = (
        f"missing {missing[:3]}, not asked for {extra[:3]}, elsewhere {misplaced[:3]}, not whole {(spoilt + changed)[:3]}"
        if problem
        else f"{len(wanted)} files, as the page links to them"
    )
    case.say("download", special.clause, "failed" if problem else "passed", detail, *[got[u] for u in wanted if u in got])
    for number in re.findall(r"\b(\d+) (?:files?|pdfs?|documents?)\b", case.evidence.answer, re.I):
        if int(number) != len(wanted):
            case.say("answer", special.clause, "failed", f"the answer speaks of {number} files, there are {len(wanted)}")


async def _wanted(case: Case, special: Special) -> tuple[list[str], str]:
    url, kinds, which = str(special.args["url"]), cast("list[str]", special.args["kinds"]), str(special.args["which"])
    if which == "itself":
        return [url], ""
    page = await open_page(case.ask, url)
    links = [x for x in cast("list[Object]", page["links"]) if not kinds or ending(str(x["url"]).split("?")[0]) in kinds]
    links = list({str(x["url"]): x for x in links}.values())
    years = cast("list[str]", special.args.get("years") or [])
    if years:
        names = [str(x["url"]).rsplit("/", 1)[-1] for x in links]
        if any(re.search(r"(?:19|20)\d\d", n) is None for n in names):
            return [], "of which year a file is cannot be seen from its name"
        links = [x for x in links if any(y in str(x["url"]).rsplit("/", 1)[-1] for y in years)]
    if page["next"]:
        return [], "the page goes on, and whether that is meant is not said"
    if which == "all":
        return [str(x["url"]) for x in links], ""
    return _latest(links, which)


def _latest(links: list[Object], which: str) -> tuple[list[str], str]:
    """The newest (or oldest) link by the numbers of its name, unless the dates beside the links say otherwise."""
    names = {str(x["url"]): str(x["url"]).rsplit("/", 1)[-1] for x in links}
    dates = {str(x["url"]): re.findall(r"\b(\d{4}-\d\d-\d\d)\b", str(x["after"])) for x in links}
    shapes = {re.sub(r"\d+", "#", n) for n in names.values()}
    pick = max if which == "newest" else min
    by_name = by_date = ""
    if len(shapes) == 1 and "#" in next(iter(shapes)):
        keys = {u: [int(n) for n in re.findall(r"\d+", name)] for u, name in names.items()}
        years = [k[0] for k in keys.values()]
        if all(1900 < y < 2100 for y in years) or all(len(k) == 1 for k in keys.values()):
            by_name = pick(keys, key=lambda u: keys[u])
    if links and all(len(set(d)) == 1 for d in dates.values()) and len({d[0] for d in dates.values()}) == len(dates):
        by_date = pick(dates, key=lambda u: dates[u][0])
    if (by_name and by_date and by_name != by_date) or not (by_name or by_date):
        return [], "which is the newest is not certain from the names and dates on the page"
    return [by_date or by_name], ""


async def check_form(case: Case, special: Special) -> None:
    """Exactly the values of the request were sent, once, and the reference in the answer stands on the page that came back."""
    url = str(special.args["url"]).rstrip("/")
    fields = cast("list[list[str]]", special.args["fields"])
    sent = [(a, v) for _, a, v in case.calls("browser.visit") if any(s.get("do") in ("submit", "click") for s in _steps(a))]
    others = [t for t in case.evidence.plan.tasks if t.tool == "http.fetch" and t.args.get("method", "GET") != "GET"]
    if len(sent) != 1 or others or str(sent[0][0].get("url", "")).rstrip("/") != url:
        case.say("form", special.clause, "unknown", f"{len(sent)} visits that sent something to {url}")
        return
    steps = _steps(sent[0][0])
    filled = [(str(s["target"]), str(s["value"])) for s in steps if s.get("do") in ("fill", "select")]
    unknown = [
        s.get("do")
        for s in steps
        if s.get("do") not in ("fill", "select", "check", "submit", "click", "wait", "text", "screenshot")
    ]
    unknown += _boxes(special, steps)
    unmatched = [f for f in fields if not any(_fits(t, f[0]) and v.strip() == f[1].strip() for t, v in filled)]
    surplus = [f for f in filled if not any(_fits(f[0], label) and f[1].strip() == v.strip() for label, v in fields)]
    once = sum(s.get("do") in ("submit", "click") for s in steps) == 1
    if unknown or unmatched or surplus or not once or len(filled) != len(fields):
        case.say("form", special.clause, "unknown" if unknown else "failed", f"not as asked: {unmatched or surplus or unknown}")
        return
    value = sent[0][1]
    problem = f"the page answered {value.get('status')}" if cast("int", value.get("status") or 200) >= 400 else ""
    case.say("form", special.clause, "failed" if problem else "passed", problem or f"{len(fields)} values sent once")
    if special.args["reply"]:
        _reply(case, special, value)


def _boxes(special: Special, steps: list[Object]) -> list[Json]:
    """Boxes that are not as the request wants them."""
    ticked = [str(s.get("target")).casefold() for s in steps if s.get("do") == "check" and s.get("checked") is not False]
    off, on = (cast("list[str]", special.args.get(k) or []) for k in ("off", "on"))
    odd: list[Json] = [f"ticked {t}" for t in ticked if not any(w in t for w in on) or any(w in t for w in off)]
    return [*odd, *[f"{w} is not ticked" for w in on if not any(w in t for t in ticked)]]


def _steps(args: Object) -> list[Object]:
    return cast("list[Object]", args.get("steps") or [])


def _fits(target: str, label: str) -> bool:
    """Whether a field's name or label is what the request calls it."""
    a, b = ("".join(c for c in x.casefold() if c.isalnum()) for x in (target, label))
    a, b = (re.sub(r"^your|address$|^the|^mail$", lambda m: "email" if m[0] == "mail" else "", x) for x in (a, b))
    return bool(a and b) and (a == b or a in b or b in a)


def _reply(case: Case, special: Special, value: Object) -> None:
    text, answer = " ".join(str(value.get("text", "")).split()), case.evidence.answer
    codes = [
        c
        for c in re.findall(r"\b(?=[A-Z0-9-]*\d)[A-Z0-9]+(?:-[A-Z0-9]+)*\b", answer)
        if len(c) >= 4 and c not in case.evidence.request.text
    ]
    shown = re.findall(
        r"(?:reference|ticket|confirmation|case|order|request|number|code|id)\b[^A-Z0-9]{0,20}"
        r"(?:is |number |no\.? )?[:#]?\s*((?=[A-Z0-9-]*\d)[A-Z0-9][A-Z0-9-]{3,})",
        text,
        re.I,
    )
    shown = [c for c in shown if re.search(r"\d", c)]
    if not shown:
        case.say("reply", special.clause, "unknown", "the page that came back shows no reference")
    elif len(set(shown)) == 1 and shown[0] in answer and all(c in text for c in codes):
        case.say("reply", special.clause, "passed", f"{shown[0]} stands on the page that came back")
    else:
        case.say("reply", special.clause, "failed", f"the page shows {shown[:3]}, the answer {codes[:3]}")


async def check_screenshot(case: Case, special: Special) -> None:
    """There is one picture, taken of that address and of nothing else, and it shows something."""
    url, name = str(special.args["url"]).rstrip("/"), str(special.args["name"])
    taken = [(a, v) for _, a, v in case.calls("browser.visit") if any(s.get("do") == "screenshot" for s in _steps(a))]
    pictures = [p for p in case.new() if ending(p) in ("png", "jpg", "jpeg")]
    case.explained.update(pictures)
    if len(taken) != 1 or len(pictures) != 1 or (name and pictures[0] != name):
        case.say("screenshot", special.clause, "failed" if not pictures else "unknown", f"pictures found: {pictures}", *pictures)
        return
    args, value = taken[0]
    steps = [s for s in _steps(args) if s.get("do") == "screenshot"]
    moved = [s for s in _steps(args) if s.get("do") in ("click", "submit", "fill", "next_pages")]
    there = str(value.get("url", "")).rstrip("/")
    facts = case.facts.get(pictures[0], {})
    wide, high = (cast("int", facts.get(k) or 0) for k in ("width", "height"))
    plain = cast("float", facts.get("paper") or 1) > 0.9995 or cast("int", facts.get("colours") or 0) < 3
    problem = (
        f"it was taken of {args.get('url')}" if str(args.get("url", "")).rstrip("/") != url
        else f"the page ended at {there}" if there != url
        else f"the page answered {value.get('status')}" if value.get("status") not in (200, None)
        else "the picture is blank or tiny" if plain or wide < 300 or high < 150
        else "the picture shows only what fits the window" if special.args["full"] and steps[0].get("full") is False
        else ""
    )  # fmt: skip
    outcome = "unknown" if moved and not problem else "failed" if problem else "passed"
    case.say("screenshot", special.clause, outcome, problem or f"{wide} x {high} pixels of {url}", *pictures)


async def check_page_text(case: Case, special: Special) -> None:
    """Every line of the page's text stands in the file, and the file says nothing else."""
    url, name = str(special.args["url"]), str(special.args["name"])
    page = await open_page(case.ask, url)
    files = [p for p in case.new() if (p == name if name else ending(p) in ("txt", "md"))]
    case.explained.update(files)
    lines = [_flat(x) for x in cast("list[str]", page["text"])]
    if len(files) != 1 or page["data"] or not lines:
        case.say("text", special.clause, "failed" if not files else "unknown", f"files found: {files}", *files)
        return
    made = _flat(str(case.facts.get(files[0], {}).get("text", "")))
    missing = [x for x in lines if x and x not in made]
    whole = sum(len(x) for x in lines)
    if len(made) > whole * 1.1 + 200:
        raise Silent("the file holds more than the text of the page")
    detail = f"missing: {missing[:2]}" if missing else f"{len(lines)} lines of the page stand in it"
    case.say("text", special.clause, "failed" if missing else "passed", detail, *files)


def _flat(text: str) -> str:
    return re.sub(r"[\s|*#_\-\\]+", "", text).casefold()
