"""Web actions: downloads files a page links to, checks a page's links, takes a picture of a page or keeps its text.

Goal patterns: download FILES from PAGE (the newest, all PDFs) · check the links on PAGE · screenshot of PAGE · save the text of PAGE.
Slots: the address, which files, where to. Inputs: an address that is read. Outputs: files, a CSV of links, a picture, a text, an answer.
"""

import re
from urllib.parse import urlsplit

from arkwright.core.json import Json, Object, ref
from arkwright.core.plan import Look, Need, Question, Refusal
from arkwright.planner.reading import Draft, Drafting, Reading
from arkwright.planner.recipes.phrases import Sketch
from arkwright.planner.recipes.selection import chosen_extensions
from arkwright.planner.recipes.web_words import idle, kept_names, web_words

_LINKS = r"(?:check|test|verify|probe|validate|try|inspect|examine|go through|look at|which|find|are|tell|list|see)"
_BROKEN = r"(?:broken|dead|working|work|works|valid|alive|404|not found|fail(?:s|ing)?|lead nowhere|ok|status(?: ?codes?)?|reachable|respond(?:s|ing)?|dangling|function(?:s|ing)?)"
_GLUE = r"(?:which|that|are|is|of|them|the|a|an|in|on|from|at|and|or|if|whether|any|all|every|each|one|ones|with|for|me|my|us|there|it|its|no longer|still|not|don't|doesn't|do|does)"
_PAGE = r"(?:the |my |our |this |that )?(?:whole |entire |full )?(?:web ?-?(?:page|site)|pages?|site|links? page|list of links|address|start page|home ?page|listing|directory|folder|index)(?: at| under)?"
_DOWNLOAD = r"(?:downloaded|saved|stored|fetched|(?:i |we )?(?:only |just |really )*(?:need|want)|download|downloads|fetch|get|grab|save|pull|retrieve|store|copy|collect|take)(?: (?:me|us|down|it|them))?"
_NEWEST = r"(?:(?:the )?(?:newest|latest|most recent|last|current)(?: (?:one|of (?:the|them|these|all)))*|(?:the )?(?P<old>oldest|earliest|first)(?: one)?)"
_PLACED = r"(?P<to><newfolder>|<folder>|<new>|<quoted>)"
_NAMED = r"(?!(?:pdf|file|files|folder|directory|it|them|this|that|the|a|an|one|excel|csv|new|my|our|and|place|order|which|is|where) )(?!(?:pdf|file|files|folder|directory|it|them|this|that|excel|csv)$)[a-z][\w-]*"
_INTO = rf"(?:(?:in|into|to|under|as|->|>)(?: (?:a|the|an))*(?: (?:new|sub))*(?: ?-?(?:folder|file|directory))?(?: (?:called|named))? ?{_PLACED}(?: (?:folder|directory))?|(?:(?:in|into|to|->|>|-|a|the|new|sub) )*(?:folder|directory)(?: (?:called|named|with the name|of the name|:))* (?P<word>(?!(?:is|should|must|in|on|and|with|for|for|where|which|so) ){_NAMED})|(?:in|into|to) (?:a |the |my )?(?:new )?(?P<bare>{_NAMED}) (?:folder|directory)|(?:in|into|to|->|>) (?P<plain>(?!q[1-4](?: |$)){_NAMED}(?<=[\d])|[a-z]+[_-][\w-]+)(?= |$))"
_JUST = r"(?:\( )?(?:and |but )?(?:only|just|nothing else|no others?|none of the others?|nothing but)(?: (?:these|those|them|the|ones?))*(?: \))?"
_SHOT = r"(?:(?:take|make|save|get|capture|need|want|give|create|snap|show)(?: (?:me|us|a|an|the|full|full-page|whole|page|entire|long))* ?)?(?:screen ?-?shots?|screen capture|picture|snapshot|screengrab|image)(?: (?:of|from)(?: (?:the|page|site|web|whole|entire|website|full))*)?"
_TEXT = r"(?:(?:save|get|extract|copy|write|keep|store|give|show|grab|read)(?: (?:me|us|down|out))*(?: (?:the|all|plain|its|visible|main))*)? ?(?:text|wording|contents?|words)(?: (?:of|from|on|that stands on|shown on)(?: (?:the|this|that))*(?: (?:page|site|web ?page))?)?"
_OUTPUT = r"(?:(?:as|in|into|to|write|save|put|make|give|a|an|the|with|for|all|me|of|both|columns?|and|it|result|list|report)(?: |$))*(?:csv|excel|json|table|xlsx|spreadsheet|file|list|report)?(?: (?:file|with|of|called|named|as|in|to))*(?: ?<new>)?"


def propose(reading: Reading) -> Draft | Need | Refusal | Question | None:
    """What to do with the address that is named."""
    urls = reading.named("url", "input")
    if len(urls) != 1 or reading.named("url", "target") or reading.named("file", "input"):
        return None
    sketch, url = Sketch(reading), urls[0].value
    for plan in (_check_links, _screenshot, _page_title, _list_links, _page_text, _download):
        if (offer := plan(reading, sketch, url)) is not None:
            return offer
    return None


def _check_links(reading: Reading, sketch: Sketch, url: str) -> Draft | None:
    """Every link of a page is asked; all go to a table, the broken ones into the answer."""
    if (
        not sketch.has(r"(?:hyper)?links?|urls?")
        or not (sketch.has(_BROKEN) or sketch.has(r"(?:check|test|verif|prob|validat)(?:s|y|e|ed|ied|ing|ies)?"))
        or sketch.has(r"download")
    ):
        return None
    build = Drafting(reading, "web_actions", "check links")
    build.cover(
        idle(sketch, "links"),
        web_words(reading),
        sketch.covered(
            _LINKS,
            _BROKEN,
            _GLUE,
            _PAGE,
            r"<url>|<new>",
            r"(?:all |every |the |any |outgoing )*(?:hyper)?links?(?: (?:on|of|in|from))?",
            r"urls?|status(?: ?codes?)?|addresses|codes?|columns?|http",
            r"(?:as|in|into|to|a|an)? ?(?:csv|excel|json|xlsx|spreadsheet|table)(?: (?:file|table|sheet|with|of))*",
            r"(?:in|as|with) (?:your|the|an) (?:answer|reply)",
            r"(?:tell|give|show|report|say|list|save|write|put|make|need|want)(?: (?:me|us|down))*",
            r"result|results|report|list",
        ),
    )
    links = build.task(f"List the links on {url}", "http.links", {"url": url}, retry=2)
    probed = build.task("Ask every link", "http.probe", {"urls": ref(links)}, retry=2)
    columns: list[Json] = [{"column": "url"}, {"column": "status"}]
    bad: Object = {"do": "filter", "where": {"column": "ok", "op": "ne", "value": True}}
    broken = build.task(
        "Pick out the broken ones",
        "tables.query",
        {"inputs": {"links": ref(probed)}, "steps": [bad, {"do": "select", "columns": columns}]},
    )
    tasks = [links, probed, broken]
    made = [m.value for m in reading.outputs()]
    wants = next(
        (kind for kind in ("csv", "xlsx", "json") if sketch.has(kind if kind != "xlsx" else "excel|xlsx|spreadsheet")), ""
    )
    if made or wants:
        path = build.new_path(made[0] if made else f"links.{wants}")
        all_of = build.task(
            "Keep address and status",
            "tables.query",
            {"inputs": {"links": ref(probed)}, "steps": [{"do": "select", "columns": columns}]},
        )
        tasks += [all_of, build.task(f"Write {path}", "tables.save", {"sheets": [{"table": ref(all_of)}], "path": path})]
    build.require(reading.text, *tasks)
    build.say(ref(probed, "rows"), " links were asked, and ", ref(broken, "rows"), " of them are broken:\n\n", ref(broken))
    return build.draft()


def _screenshot(reading: Reading, sketch: Sketch, url: str) -> Draft | None:
    """A picture of a page, from top to bottom."""
    made = [m.value for m in reading.outputs()]
    if not sketch.has(
        r"screen ?-?shots?|screen capture|screengrab|(?:picture|snapshot|image|photo) of (?:the |this |our )?(?:page |site |web ?page |website )?(?:at )?<url>"
    ) and not (
        sketch.has(r"(?:picture|snapshot|image)")
        and sketch.has(r"(?:page|site|website|web ?page) <url>|<url> (?:looks?|as it)")
        and not sketch.has(r"pictures|images|download|save all|linked")
    ):
        return None
    path = made[0] if made else f"{_name(url)}.png"
    if len(made) > 1 or not path.lower().endswith((".png", ".jpg", ".jpeg")):
        return None
    build = Drafting(reading, "web_actions", "screenshot")
    build.cover(
        idle(sketch, "shots"),
        sketch.covered(
            _SHOT,
            _PAGE,
            r"<url>|<new>",
            r"(?:as|in|to|into|it|and|save|a|an|png|jpg|picture|image|file|called|named|full|page|of|the|whole|open|go|visit|take|load)",
            r"(?:save|store)(?: it)?",
            r"(?:and )?(?:please )?(?:wait|once|when|after|as soon as)(?: (?:until|till|for))?(?: (?:it|the page|everything|all|the table|the content|the data|to))* (?:has |have |is |are )?(?:fully |completely )?(?:loaded|load|ready|finished(?: loading)?|there|rendered)",
        ),
    )
    path = build.new_path(path)
    steps: list[Json] = [{"do": "wait"}, {"do": "screenshot", "path": path, "full": True}]
    build.require(reading.text, build.task(f"Take a picture of {url}", "browser.visit", {"url": url, "steps": steps}, retry=2))
    build.say(f"The picture of the page is {path}.")
    return build.draft()


def _page_title(reading: Reading, sketch: Sketch, url: str) -> Draft | None:
    """The title of a page, as the answer."""
    hit = sketch.find(
        rf"(?:(?:what|tell|give|show)(?: ?'s| is| me)* )?(?:the )?(?:page )?title(?: (?:of|on|at|does|has))*(?: {_PAGE})? ?<url>(?: ?'s)?(?: has| have)?"
    )
    if hit is None or reading.outputs():
        return None
    build = Drafting(reading, "web_actions", "title of a page")
    build.cover(hit.indices, sketch.covered(_PAGE))
    visited = build.task(f"Read {url}", "browser.visit", {"url": url, "steps": [{"do": "wait"}]}, retry=2)
    build.require(reading.text, visited)
    build.say("The title of the page is: ", ref(visited, "title"))
    return build.draft()


def _list_links(reading: Reading, sketch: Sketch, url: str) -> Draft | None:
    """The links of a page as a table."""
    hit = sketch.find(
        rf"(?:list|collect|extract|get|give me|save|write|show|put|i need|i want)(?: (?:me|all|every|the|down|a list of|out))* (?:hyper)?links?(?: (?:on|of|from|in|at|that are on))*(?: {_PAGE})?"
    )
    made = [m.value for m in reading.outputs()]
    kind = next(
        (kind for kind, word in (("csv", "csv"), ("xlsx", "excel|xlsx|spreadsheet"), ("json", "json")) if sketch.has(word)), ""
    )
    if (
        hit is None
        or len(made) > 1
        or not (made or kind)
        or (made and not made[0].endswith((".csv", ".xlsx", ".json", ".md", ".html")))
    ):
        return None
    build = Drafting(reading, "web_actions", "links of a page")
    build.cover(
        idle(sketch, "list"),
        hit.indices,
        sketch.covered(
            _PAGE,
            r"<url>|<new>",
            r"(?:as|in|into|to|and|save|with)(?: (?:a|an|the|them|it|their|text|texts|address|addresses|and))*(?: (?:csv|excel|json|xlsx|spreadsheet|table))?(?: file)?",
            r"csv|excel|json",
        ),
    )
    path = build.new_path(made[0] if made else f"links.{kind}")
    links = build.task(f"List the links on {url}", "http.links", {"url": url}, retry=2)
    saved = build.task(f"Write {path}", "tables.save", {"sheets": [{"table": ref(links)}], "path": path})
    build.require(reading.text, links, saved)
    build.say(ref(links, "rows"), f" links are in {path}.")
    return build.draft()


def _page_text(reading: Reading, sketch: Sketch, url: str) -> Draft | None:
    """The text of a page as a file, or as the answer."""
    if not sketch.has(
        r"(?:text|wording|words) (?:of|from|on|that|shown)|(?:page|page's|its|plain|the|visible) text|as (?:plain )?text"
    ):
        return None
    made = [m.value for m in reading.outputs()]
    if len(made) > 1 or (made and not made[0].endswith((".txt", ".md"))) or sketch.has(r"links?|tables?|download"):
        return None
    build = Drafting(reading, "web_actions", "text of a page")
    build.cover(
        idle(sketch, "texts"),
        sketch.covered(
            _TEXT,
            _PAGE,
            r"<url>|<new>",
            r"(?:as|in|to|into|it|and|save|a|an|file|called|named|text|plain|txt|the|read|open|visit|store|put|write|of|from)",
        ),
    )
    visited = build.task(f"Read {url}", "browser.visit", {"url": url, "steps": [{"do": "wait"}]}, retry=2)
    tasks = [visited]
    wants = made or sketch.has(r"save|store|file|txt|write")
    path = build.new_path(made[0] if made else f"{_name(url)}.txt") if wants else ""
    if path:
        tasks.append(build.task(f"Write {path}", "files.write", {"path": path, "text": ref(visited, "text")}))
        build.say(f"The text of the page is in {path}.")
    else:
        build.say(ref(visited, "text"))
    build.require(reading.text, *tasks)
    return build.draft()


def _download(reading: Reading, sketch: Sketch, url: str) -> Draft | Need | Refusal | None:
    """The file at an address, or files that a page links to: all of a type, or the newest."""
    if not sketch.has(_DOWNLOAD) and not sketch.has(r"(?:linked|links?|listed)(?: \w+)* <url>|<url>(?: .*)? (?:linked|links?)"):
        return None
    if sketch.has(
        r"(?:table|rows|columns?|records|products|tickets|prices|rates|list of (?!reports|files|documents|pdfs|links)|catalogue|catalog|entries)(?: .*)?"
    ):
        return None
    build = Drafting(reading, "web_actions", "download")
    target = _target(build, reading, sketch)
    words = sketch.covered(
        _DOWNLOAD,
        _PAGE,
        _INTO,
        r"<url>|<new>|<newfolder>",
        r"(?:from|at|on|of|the|a|an|to|in|as|it|them|that|which|are|is|linked|listed|there|found|under|behind|and|all|every|each|any|one|both|into|with|save|put|called|named|offered|available|published|standing)",
        r"(?:files?|documents?|links?|folder|page|attachments?)",
    )
    build.cover(words, idle(sketch, "files"), kept_names(sketch), sketch.covered(_JUST))
    if (
        re.search(r"\.\w{2,5}$", urlsplit(url).path)
        and not url.endswith((".html", ".htm", ".php"))
        and not sketch.has("links?|linked")
    ):
        _extensions, said = chosen_extensions(sketch)
        build.cover(said, sketch.covered(r"report"))
        done = build.task(f"Download {url}", "http.download", {"url": url, "to": target}, retry=2, idempotent=False)
        build.require(reading.text, done)
        build.say("Downloaded ", ref(done, "files.0.path"), ".")
        return build.draft()
    return _linked(build, reading, sketch, url, target)


def _linked(build: Drafting, reading: Reading, sketch: Sketch, url: str, target: str) -> Draft | Need | Refusal | None:
    extensions, said = chosen_extensions(sketch)
    newest = sketch.find(_NEWEST)
    noun = sketch.find(
        r"(?:quarterly |monthly |annual |yearly |weekly |quarter )?(?P<noun>(?<!folder )reports?|invoices?|statements?|releases?|manuals?|issues?|newsletters?|minutes|price lists?)(?: (?:in|as) pdf)?"
    )
    if (
        not extensions
        and newest is None
        and noun is None
        and not sketch.has(r"(?:all|every|each)(?: (?:the|of the|of))* (?:linked )?(?:files|documents|links)")
    ):
        return None
    known = reading.fact(url, "http.links")
    if known is None:
        return Need((Look("http.links", {"url": url}),))
    fault = known.get("fault") if isinstance(known, dict) else None
    if isinstance(fault, dict):
        return Refusal(
            reading.clause(reading.index(reading.named("url")[0])),
            str(fault.get("message")),
            str(fault.get("remedy")),
            "unreachable",
        )
    years = list(sketch.all(r"(?:(?:of|from|for|the|year|in) )*(?P<year>(?:19|20)\d\d)(?: ones)?"))
    quarter = sketch.find(r"q(?P<q>[1-4])|(?P<n>first|second|third|fourth) quarter")
    patterns = _patterns(
        extensions,
        noun["noun"].rstrip("s") if noun else "",
        [hit["year"] for hit in years],
        quarter["q"] or str({"first": 1, "second": 2, "third": 3, "fourth": 4}.get(quarter["n"], "")) if quarter else "",
    )
    build.cover(
        said,
        *(hit.indices for hit in sketch.all(_NEWEST) if newest and bool(hit["old"]) == bool(newest["old"])),
        noun.indices if noun else (),
        quarter.indices if quarter else (),
        *(hit.indices for hit in years),
    )
    found = [u for u in _urls(known) if all(re.search(pattern, u) for pattern in patterns)]
    if not found:
        return Refusal(
            reading.text,
            f"{url} links to no such file",
            f"the page links to {', '.join(_urls(known)[:8]) or 'nothing'}",
            "nothing_there",
        )
    if newest:
        found = [min(found, key=_age) if newest["old"] else max(found, key=_age)]
        done = build.task(f"Download {found[0]}", "http.download", {"urls": [*found], "to": target}, retry=2, idempotent=False)
        build.require(reading.text, done)
        build.say(
            f"The {'oldest' if newest['old'] else 'newest'} is ",
            found[0].rsplit("/", 1)[-1],
            "; it is saved as ",
            ref(done, "files.0.path"),
            ".",
        )
        return build.draft()
    matching: list[Json] = [{"column": "url", "op": "matches", "value": pattern} for pattern in patterns]
    links = build.task(f"List the links on {url}", "http.links", {"url": url}, retry=2)
    chosen = build.task(
        "Choose the files",
        "tables.query",
        {
            "inputs": {"links": ref(links)},
            "steps": [{"do": "filter", "where": {"all": matching}}],
        },
    )
    done = build.task("Download them", "http.download", {"urls": ref(chosen), "to": target}, retry=2, idempotent=False)
    build.require(reading.text, links, chosen, done)
    build.say("Downloaded ", ref(chosen, "rows"), f" files{f' into {target}/' if target else ''}.")
    return build.draft()


def _patterns(extensions: tuple[str, ...], noun: str, years: list[str], quarter: str) -> list[str]:
    """Regular expressions that an address must all match: its type, and noun, year and quarter anywhere in the file's name."""
    ending = rf"(?i)\.(?:{'|'.join(extensions)})(?:\?.*)?$" if extensions else r"\.[a-zA-Z0-9]{2,5}(?:\?.*)?$"
    parts = [re.escape(noun) if noun not in ("", "issue", "minute") else "", "|".join(years), f"q{quarter}" if quarter else ""]
    return [ending, *(rf"(?i)/[^/]*(?:{part})[^/]*$" for part in parts if part)]


def _urls(known: Json) -> list[str]:
    preview = known.get("preview") if isinstance(known, dict) else None
    return [str(row[0]) for row in preview if isinstance(row, list)] if isinstance(preview, list) else []


def _age(url: str) -> tuple[int, ...]:
    """The numbers in a file's name, in order: the year first, or the day, month and year turned round."""
    numbers = [int(n) for n in re.findall(r"\d+", url.rsplit("/", 1)[-1])]
    year = next((at for at, n in enumerate(numbers) if 1900 <= n < 2200), None)
    return tuple(reversed(numbers)) if year is not None and year == len(numbers) - 1 else tuple(numbers)


def _target(build: Drafting, reading: Reading, sketch: Sketch) -> str:
    hit = sketch.find(_INTO)
    if hit is None:
        return ""
    build.cover(hit.indices)
    named = hit.mentions("to")
    if named and named[0].kind == "file":
        return build.new_path(named[0].value)
    return (named[0].value if named else hit.written("word") or hit.written("bare") or hit.written("plain")).rstrip("/")


def _name(url: str) -> str:
    parts = urlsplit(url)
    last = parts.path.rstrip("/").rsplit("/", 1)[-1].rsplit(".", 1)[0]
    return re.sub(r"[^\w-]+", "_", last or parts.hostname or "page")
