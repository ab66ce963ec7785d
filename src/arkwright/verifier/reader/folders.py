"""Folder work and programs: moves, renames, checks against a list, comparisons, running a script as it is."""

import re
import shlex

from arkwright.verifier.demands import Demands, Special, World
from arkwright.verifier.lexicon import number_of
from arkwright.verifier.script import Match, Script

UNITS = {"kb": 1000, "mb": 10**6, "gb": 10**9, "bytes": 1}


def read_folders(script: Script, world: World, demands: Demands) -> None:
    """Take the demands about folders, scripts and comparisons."""
    for read in (_run, _rename, _move, _manifest):
        read(script, world, demands)


def _paths(script: Script, match: Match) -> list[str]:
    return [str(t.value) for t in script.tokens[match.first : match.last] if t.kind == "file"]


def _is_folder(path: str, world: World) -> bool:
    return any(p.startswith(path + "/") for p in world.before)


def _run(script: Script, world: World, demands: Demands) -> None:
    for m in script.find(r"(?:run|execute|start|launch)(?: the)?(?: script| program| python script)? (?P<p>{file})"):
        path = _paths(script, m)[0]
        if path not in world.before or not path.endswith(".py"):
            continue
        rest = script.text[script.tokens[m.last - 1].end :]
        said = re.match(
            r"(?P<a>.*?)(?=,? and (?:save|write|put|store|tell|show|give|report|redirect|capture)\b|[,;?!]|\.(?:\s|$)|$)",
            rest,
            re.S,
        )
        words = (
            shlex.split(
                re.sub(
                    r"\b(?:on|with|using|over|for|the|options?|arguments?|parameters?|file|flag|as|its|input)\b(?!\.)",
                    " ",
                    said["a"],
                )
            )
            if said
            else []
        )
        end = script.tokens[m.last - 1].end + (len(said["a"]) if said else 0)
        for i, token in enumerate(script.tokens):
            if script.tokens[m.first].start <= token.start < end:
                script.taken.setdefault(i, "run")
        demands.specials.append(Special("run", script.clause(m), {"path": path, "args": list(words)}))
        for n in script.find(
            r"(?:and )?(?:save|write|put|store|capture|redirect)? ?(?:what it prints|what it says|its output|the output|the printed output|everything it prints|the result)|(?:and )?(?:tell me|show me|give me|report)? ?(?:what it prints|what it says|its output|the output|what comes out|the exit code|whether it worked)"
        ):
            script.take(n, "output of the run")
        for n in script.find(
            r"(?:and )?(?:please )?(?:tell me|show me|give me|report|say)(?: me)?(?: what)?(?: the| is)* (?P<w>[a-z]+)(?: is| it prints| it gives)*"
        ):
            demands.specials[-1].args["label"] = script.words(n, "w")
            script.take(n, "part of the output")


def _rename(script: Script, world: World, demands: Demands) -> None:
    pattern = r"rename (?:all |every |of |the )*(?:\.?(?P<e>jpg|jpeg|png|txt|pdf|csv|log|md|mp3) )?(?:files|photos|pictures|images|ones)?(?: (?:in|of|from|inside)(?: the)?(?: folder)? (?P<f>{file})(?: folder)?)?(?: so that they are)?(?: in ?to| to| as)? (?P<n>{file})(?: , (?P<n2>{file}))?(?: (?:,|and|etc|etc\\.|so on|and so on|\\.\\.\\.|…|\\.))*"
    for m in script.find(pattern):
        folder = next((str(t.value) for t in script.tokens if t.kind == "file" and _is_folder(str(t.value), world)), "")
        first = str(script.tokens[m.groups["n"][0]].value)
        shape = re.fullmatch(r"(.*?)(\d+)(\.\w+)", first)
        kind = script.words(m, "e") if "e" in m.groups else (shape[3][1:] if shape else "")
        if not folder or not shape or int(shape[2]) not in (0, 1):
            continue
        order = "number"
        for n in script.find(
            r"(?:,? ?(?:in|keeping|sorted by|ordered by) )?(?:the )?(?:order of |order by |in order of )?(?:their |the )?(?:present |old |current |original )?(?P<w>numbers?|names?|order)(?: order)?"
        ):
            order = script.words(n, "w").removesuffix("s")
            script.take(n, "order of the names")
        demands.changes = True
        demands.specials.append(
            Special(
                "rename",
                script.clause(m),
                {
                    "folder": folder,
                    "kind": kind,
                    "stem": shape[1],
                    "digits": len(shape[2]),
                    "start": int(shape[2]),
                    "tail": shape[3],
                    "order": order,
                },
            )
        )
        script.take(m, "rename")
        for n in script.find(r"(?:in|of|from|inside) (?:the )?(?:folder )?(?:{file})(?: folder)?"):
            script.take(n, "folder")


def _move(script: Script, world: World, demands: Demands) -> None:
    size = r"(?: (?:that are |which are )?(?P<w>over|above|larger than|bigger than|more than|under|below|smaller than) (?P<n>{num})(?: (?P<u>kb|mb|bytes))?)?"
    pattern = rf"move (?:all |every |of |the )*(?:\.?(?P<e>jpg|jpeg|png|txt|pdf|csv|log|md|json) )?files{size} (?:from|in|of)(?: the)?(?: folder)? (?P<f>{{file}})(?: folder)?(?: \(? ?(?:with|and|including|incl\.|incl) (?:its |the |all )?subfolders ?(?: too)?(?: \))?)?(?: in ?to| to)(?: a| the)?(?: new)?(?: folder| directory)?(?: called| named)? (?P<t>{{file}}|{{quote}}|[a-z_-]+)"
    for m in script.find(pattern):
        folder = str(script.tokens[m.groups["f"][0]].value)
        if not _is_folder(folder, world) or ("n" not in m.groups and "e" not in m.groups):
            continue
        bound = number_of(script.words(m, "n")) if "n" in m.groups else None
        unit = UNITS.get(script.words(m, "u"), 1) if "u" in m.groups else 1
        more = script.words(m, "w") in ("over", "above", "larger than", "bigger than", "more than") if "w" in m.groups else True
        token = script.tokens[m.groups["t"][0]]
        demands.changes = True
        demands.specials.append(Special("move", script.clause(m), {
            "folder": folder, "kind": script.words(m, "e") if "e" in m.groups else "", "bytes": int(bound * unit) if bound is not None else -1,
            "more": more, "target": str(token.value or token.text).strip("/'\""), "deep": "subfolder" in script.words(m),
        }))  # fmt: skip
        script.take(m, "move")


def _manifest(script: Script, world: World, demands: Demands) -> None:
    for m in script.find(
        r"(?:check|verify|compare|test|validate) (?:the |all |every |whether |if )*(?:files |checksums |downloads |hashes )?(?:(?:in|of|from) )?(?:the )?(?:folder )?(?P<f>{file})?(?: folder)?(?: (?:against|match|with|using|by|to|from))? (?:the )?(?:checksums |hashes )?(?:in |of )?(?:the )?(?P<m>{file})(?: \( (?:sha256|sha-256|sha256 checksums) \))?"
    ):
        found = _paths(script, m)
        lists = [p for p in found if re.search(r"manifest|sums|checksum|hash", p.casefold())]
        folder = next((p for p in found if _is_folder(p, world)), "")
        path = next((q for p in lists for q in (p, f"{folder}/{p}") if q in world.before), "")
        if not path:
            continue
        demands.specials.append(Special("manifest", script.clause(m), {"path": path}))
        script.take(m, "manifest")
        for n in script.find(
            r"(?:and )?(?:tell me|say|show|list|report)?(?: me)? ?(?:which|what)(?: one| ones| file| files)?(?: of them)? (?:is|are|was|were|has been|have been|do not|does not|don't|doesn't) (?:damaged|corrupt|corrupted|broken|wrong|changed|match|different|altered|not ok)(?: ones)?|sha256|sha-256|in release"
        ):
            script.take(n, "what to tell")
