"""Images: pictures made of other pictures, opened and compared with what they were made of."""

from typing import cast

from arkwright.core.json import Json, Object
from arkwright.verifier.case import Case, ending
from arkwright.verifier.checks.chosen import chosen
from arkwright.verifier.demands import Special

MOST_APART = 14.0  # mean difference of 6 x 6 coarse pixels, of 255


async def check_scaled(case: Case, special: Special) -> None:
    """Of every chosen picture there is a new one of the right size, format and place that shows the same."""
    args = special.args
    files, doubt = await chosen(case, cast("Object", args["selection"]))
    folder, kind, size = str(args["folder"]), str(args["ending"]), cast("Object", args["size"])
    if doubt or not files:
        case.say("pictures", special.clause, "unknown", doubt or "nothing fits, which may be a misreading")
        return
    made = [p for p in case.new() if ending(p) in ("jpg", "jpeg", "png", "gif", "webp", "bmp", "tif", "tiff")]
    case.explained.update(made)
    if len(made) != len(files) or len(files) > 200:
        case.say("pictures", special.clause, "failed", f"{len(made)} new pictures where {len(files)} belong", *made[:5])
        return
    facts = cast("Object", (await case.proof("proof.open", {"paths": cast("Json", [*files, *made])}))["files"])
    for path in files:
        stem = path.rsplit("/", 1)[-1].rsplit(".", 1)[0]
        homes = (f"{folder}/", f"{path.rsplit('/', 1)[0]}/{folder}/") if folder else (path.rsplit("/", 1)[0] + "/",)
        new = [p for p in made if p.rsplit("/", 1)[-1].rsplit(".", 1)[0] == stem and p.rsplit("/", 1)[0] + "/" in homes]
        if len(new) != 1 or ending(new[0]).replace("jpeg", "jpg") != (kind or ending(path)).replace("jpeg", "jpg"):
            case.say("pictures", special.clause, "failed", f"{path}: {new or 'no such picture'}", path)
            return
        problem = _compare(cast("Object", facts[path]), cast("Object", facts[new[0]]), size)
        if problem:
            case.say("pictures", special.clause, "failed", f"{new[0]}: {problem}", path, new[0])
            return
    case.say("pictures", special.clause, "passed", f"{len(files)} pictures opened and compared", *made[:10])


def _compare(old: Object, new: Object, size: Object) -> str:
    if not new.get("opens") or not old.get("opens"):
        return "it does not open"
    wide, high = cast("int", old["width"]), cast("int", old["height"])
    if "factor" in size:
        factor = float(cast("float", size["factor"]))
    elif "width" in size:
        factor = min(1.0, cast("int", size["width"]) / wide)
    elif "height" in size:
        factor = min(1.0, cast("int", size["height"]) / high)
    else:
        factor = min(1.0, cast("int", size["longest"]) / max(wide, high)) if "longest" in size else 1.0
    if abs(cast("int", new["width"]) - wide * factor) > 1 or abs(cast("int", new["height"]) - high * factor) > 1:
        return f"{new['width']} x {new['height']} of {wide} x {high}"
    pairs = list(zip(cast("list[int]", old["coarse"]), cast("list[int]", new["coarse"]), strict=True))
    apart = sum(abs(a - b) for a, b in pairs) / max(1, len(pairs))
    return "" if apart <= MOST_APART else "it does not show the same"
