"""Specials: demands that are no table question - folders, archives, documents, programs, the web."""

from arkwright.verifier.demands import Demands, Special, World
from arkwright.verifier.lexicon import NUMBERS
from arkwright.verifier.script import Match, Script


def read_specials(script: Script, world: World, demands: Demands) -> None:
    """Take every demand of a kind of its own."""
    for read in (_duplicates, _archive, _fibonacci, _primes, _emails, _merge, _convert, _links):
        read(script, world, demands)


def _rest(script: Script, words: str, why: str) -> None:
    for m in script.find(words):
        script.take(m, why)


def _files(script: Script, match: Match, world: World) -> list[str]:
    return [str(t.value) for t in script.tokens[match.first : match.last] if t.kind == "file"]


def _known(script: Script, world: World) -> list[str]:
    return [
        str(t.value)
        for t in script.tokens
        if t.kind == "file" and (t.value in world.before or any(p.startswith(f"{t.value}/") for p in world.before))
    ]


def _duplicates(script: Script, world: World, demands: Demands) -> None:
    copies = r"(?:exact copies|identical copies|exact duplicates|duplicate files|duplicates|copies|identical files|doubles)"
    if not any(True for _ in script.find(rf"{copies}(?: of each other)?")) or not any(True for _ in script.find(r"move|put")):
        return
    folders = [f for f in _known(script, world) if f not in world.before]
    target = next(
        (
            t.text
            for i, t in enumerate(script.tokens)
            if t.kind in ("word", "quote", "file") and i and script.tokens[i - 1].text.casefold() in ("called", "named")
        ),
        "",
    )
    if len(folders) != 1 or not target:
        return
    demands.changes = True
    demands.specials.append(Special("duplicates", script.text, {"folder": folders[0], "target": target.strip("/'\"")}))
    _rest(script, r"(?:subfolders|subdirectories|all subfolders)(?: too)?|including subfolders|recursively", "folder")
    _rest(
        script,
        rf"(?:many |other |the |that are |which are |are )*{copies}(?: of (?:each other|another|one another|every file))?(?: under different names)?",
        "duplicates",
    )
    _rest(
        script,
        r"keep(?:ing)? (?:only )?(?:just )?(?:one|a single copy|one copy|the first)(?: (?:of|from) each(?: set| file)?)?(?: copy)?",
        "keep one",
    )
    _rest(
        script,
        r"(?:and )?(?:move|put)(?: all)?(?: the)?(?: other| others| rest| remaining| extra)*(?: ones)?(?: ·)?(?: in ?to| to| into)?",
        "move",
    )
    _rest(
        script,
        rf"(?:a )?(?:new )?(?:folder |directory )?(?:called|named) (?:{{quote}}|{{file}}|{copies}|[a-z_]+)|· |under different names|many files?",
        "target folder",
    )
    _rest(
        script,
        r"(?:don't|do not|never|without|nothing) (?:delete|deleting|remove|lose|losing|is deleted|should be deleted|must be deleted)(?: anything| any files?| any)?|(?:many|other|others|rest|different|names|under)",
        "nothing deleted",
    )


def _archive(script: Script, world: World, demands: Demands) -> None:
    for m in script.find(
        r"(?:zip|compress|pack|archive|bundle)(?: up)? (?:all |every |only |the |of )*(?P<k>(?:(?:\.[a-z0-9]{1,5}|[a-z]{2,4})(?: and|,| or| &)? )*)(?:files |contents )?(?:of |in |from |inside |under )?(?:the )?(?:folder )?(?P<f>{file})(?: folder)?"
    ):
        name = next(
            (
                str(t.value)
                for t in script.tokens
                if t.kind == "file" and str(t.value).casefold().endswith((".zip", ".tar.gz", ".tgz"))
            ),
            "",
        )
        kinds = (
            [
                w.lstrip(".")
                for w in script.words(m, "k").split()
                if w.startswith(".") or w in ("csv", "txt", "pdf", "log", "json", "jpg", "png", "md")
            ]
            if "k" in m.groups
            else []
        )
        words = (
            [
                w
                for w in script.words(m, "k").replace(",", " ").split()
                if w.lstrip(".") not in kinds and w not in ("and", "or", "&", "all", "the")
            ]
            if "k" in m.groups
            else []
        )
        folder = str(script.tokens[m.groups["f"][0]].value)
        if words or not any(p == folder or p.startswith(folder + "/") for p in world.before):
            continue
        demands.specials.append(Special("archive", script.clause(m), {"folder": folder, "kinds": list(kinds), "name": name}))
        script.take(m, "archive")
        _rest(
            script,
            r"(?:incl\.?|including|with|and|in)?(?: \.)? ?(?:all )?(?:the |its )?(?:subfolders|sub-folders|subdirectories)(?: too| included)?|(?:and )?(?:keep|keeping|preserve|preserving|with) (?:the |its )?(?:folder |directory )?structure|recursively|incl|including",
            "structure",
        )


def _count(script: Script, match: Match) -> int:
    word = script.words(match, "n")
    return NUMBERS.get(word, 0) or (int(word.replace(",", "")) if word.replace(",", "").isdigit() else 0)


def _program_words(script: Script) -> None:
    _rest(
        script,
        r"(?:write|create|make|build|need|want)?(?: me)?(?: a| an)?(?: small| short| little| simple| tiny)*(?: python)?(?: program| script)(?: in python)?(?: that| which| to)?(?: (?:puts|writes|prints|saves|calculates|computes|generates|pulls out|finds|extracts|collects))?",
        "program",
    )
    _rest(
        script,
        r"(?:and |then |please )*(?:run|execute)(?: it| the script| the program| that)?(?: as well| too| once| for me)?",
        "run",
    )
    _rest(
        script,
        r"(?:please )?(?:leave|keep)(?: me)?(?: the| that)?(?: program| script| code| ·)?(?: there| in place| in the folder| around)?(?: so (?:that )?i can (?:look at|read|see|check|reuse) it)?",
        "program stays",
    )
    _rest(
        script,
        r"(?:,? ?(?:one|1)(?: number| address| word| value| prime)?(?: per| a| each| on each| in each) line)|(?:each )?on its own line|(?:put|puts|write|writes|them|python|program|script|code|look at|there)",
        "one per line",
    )


def _fibonacci(script: Script, world: World, demands: Demands) -> None:
    for m in script.find(
        r"(?:the )?first (?P<n>{num}|[a-z]+) (?:numbers of the )?fibonacci(?: numbers| sequence| series)?(?: \(? ?(?:starting|beginning)(?: with| from| at) (?P<a>{num}|zero|one)(?: and (?P<b>{num}|one))?(?: \))?)?"
    ):
        start = script.words(m, "a") if "a" in m.groups else "0"
        pair = (
            [0, 1] if start in ("0", "zero") else [1, 1] if ("b" not in m.groups or script.words(m, "b") in ("1", "one")) else []
        )
        if not pair or "a" not in m.groups:
            demands.doubts.append("which Fibonacci numbers come first is not said") if "a" not in m.groups else None
        values = list(pair or [0, 1])
        while len(values) < _count(script, m):
            values.append(values[-1] + values[-2])
        demands.specials.append(
            Special("program", script.clause(m), {"lines": [str(v) for v in values[: _count(script, m)]], "order": True})
        )
        script.take(m, "fibonacci")
        _program_words(script)


def _primes(script: Script, world: World, demands: Demands) -> None:
    for m in script.find(
        r"(?:all )?(?:the )?(?:first (?P<n>{num}|[a-z]+) )?(?:prime numbers|primes)(?: (?P<w>below|under|less than|up to|smaller than) (?P<m>{num}))?"
    ):
        if ("n" in m.groups) == ("m" in m.groups):
            continue
        bound = int(script.words(m, "m").replace(",", "")) if "m" in m.groups else 0
        if bound and script.words(m, "w") != "up to":
            bound -= 1
        values: list[int] = []
        n = 2
        while (len(values) < _count(script, m)) if "n" in m.groups else n <= bound:
            if all(n % p for p in values if p * p <= n):
                values.append(n)
            n += 1
        demands.specials.append(Special("program", script.clause(m), {"lines": [str(v) for v in values], "order": True}))
        script.take(m, "primes")
        _program_words(script)


def _emails(script: Script, world: World, demands: Demands) -> None:
    for m in script.find(
        r"(?:pulls?(?: out)?|extracts?|finds?|collects?|get|gets|picks?(?: out)?) (?:all |every |each |of |the )*(?P<k>e-mail|email|mail|e-mails|emails)(?: addresses| address)?(?: \( regex \))?"
    ):
        sources = [f for f in _known(script, world) if f in world.before]
        if len(sources) != 1:
            continue
        text = script.text.casefold()
        lower = "lower" in text
        distinct = any(w in text for w in ("double", "duplicate", "unique", "distinct", "each only once", "repeat"))
        ordered = "alphabetical" in text or "sorted" in text or "sort " in text
        demands.specials.append(
            Special(
                "emails",
                script.clause(m),
                {
                    "source": sources[0],
                    "lower": lower,
                    "distinct": distinct,
                    "ordered": ordered,
                    "program": "script" in text or "program" in text,
                },
            )
        )
        script.take(m, "e-mail addresses")
        _rest(
            script,
            r"(?:, )?(?:lower-cases?|lowercases?|lower case|in lower case|make them lower case|lowercased|lower-cased)(?: them)?",
            "lower case",
        )
        _rest(
            script,
            r"(?:and )?(?:removes?|drops?|without|no|removing|dropping) (?:the |any |all )?(?:doubles|duplicates|repeats)|(?:unique|distinct)(?: ones)?|(?:each )?only once",
            "distinct",
        )
        _rest(
            script, r"(?:in )?(?:alphabetical order|alphabetically|sorted)(?: alphabetically)?|(?:and )?sorts?(?: them)?", "order"
        )
        _rest(script, r"messy dump|messy|dump|pulls?|pulls out|writes|regex", "words about the source")
        _program_words(script)


def _merge(script: Script, world: World, demands: Demands) -> None:
    papers = (".md", ".txt", ".docx", ".pdf", ".markdown")
    for m in script.find(
        r"(?:merge|combine|join|put|bind|assemble|glue|concatenate|stitch) (?:together )?(?:the )?(?:chapters |files |documents |pdfs )?(?P<f>{file}(?:(?: ,)?(?: and| then| &)? {file})+)(?: together)?(?: in (?:this|that) order)?(?: in ?to| to| as| in)?(?: a| one| an)*(?: single| common)?(?: document| file)?"
    ):
        files = _files(script, m, world)
        if not all(f in world.before and f.casefold().endswith(papers) for f in files):
            continue
        text = script.text.casefold()
        demands.specials.append(
            Special("document", script.clause(m), {"sources": list(files), "toc": "contents" in text or "toc" in text})
        )
        script.take(m, "merge")
        _rest(
            script,
            r"(?:in (?:this|that|the given) order|(?:with |and |at the beginning |at the front )*(?:a |the )?(?:table of contents|contents page|contents|toc)(?: at the (?:beginning|front|start|top))?|single|handbook|chapters)",
            "order and contents",
        )


def _convert(script: Script, world: World, demands: Demands) -> None:
    papers = (".md", ".txt", ".docx", ".html", ".markdown")
    target = r"(?:word|pdf|html|markdown|docx|plain text|md|\.docx|\.pdf|\.html|\.md)"
    for m in script.find(
        rf"(?:please )?(?:turn|convert|transform|change|export|make)?(?: the)?(?: file)? ?(?P<f>{{file}}) (?:be |get )?(?:(?:turned|converted|made|transformed|exported) )?(?:in ?to|to|as)(?: an?| real| proper| nice| clean)*(?= {target})"
    ):
        files = _files(script, m, world)
        if len(files) != 1 or files[0] not in world.before or not files[0].casefold().endswith(papers):
            continue
        demands.specials.append(Special("document", script.clause(m), {"sources": list(files), "toc": False}))
        script.take(m, "conversion")
        _rest(
            script,
            r"(?:the )?headings?(?: should| must| to| shall)?(?: be| become| stay| are)(?: real)?(?: headings?)?|(?:and )?(?:the )?tables?(?: should| must)?(?: be| become| stay| are)?(?: a| as)?(?: real| proper)?(?: tables?)|(?:keep|keeping|with)(?: all)?(?: the| its)?(?: headings|tables|lists|links|formatting)(?:(?: ,)?(?: and)? (?:headings|tables|lists|links|formatting))*|real",
            "structure",
        )


def _links(script: Script, world: World, demands: Demands) -> None:
    for m in script.find(
        r"(?:check|test|verify|try|go through)(?: all| every| each| of)*(?: the)? (?:links?|hyperlinks?) (?:on|of|in|at|from) (?P<u>{url})"
    ):
        url = str(script.tokens[m.groups["u"][0]].value)
        demands.specials.append(Special("links", script.clause(m), {"url": url}))
        script.take(m, "links")
        _rest(
            script,
            r"(?:and )?(?:tell me|say|list|show)?(?: me)?(?: which| the)?(?: of)?(?: them)?(?: are| is| ones)?(?: broken| dead)(?: ones| links)?(?: in (?:your|the) answer)?|(?:and )?(?:with )?(?:the )?urls? and (?:the |its |their )?(?:status codes?|status|http status)(?: for all| of all| of each| for each)?(?: of them)?|broken|for all|status code|url|in your answer",
            "statuses",
        )
