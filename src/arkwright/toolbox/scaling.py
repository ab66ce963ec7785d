"""Scaling: pictures at another size or in another format, beside the ones that are there."""

from collections.abc import Callable
from pathlib import Path

from .fault import Fault
from .paths import atomic, existing, make_folders, relative, vacant

Progress = Callable[[float, str], None]
FORMATS = {
    ".jpg": "JPEG",
    ".jpeg": "JPEG",
    ".png": "PNG",
    ".gif": "GIF",
    ".webp": "WEBP",
    ".bmp": "BMP",
    ".tif": "TIFF",
    ".tiff": "TIFF",
}
MOST = 100_000_000  # pixels


def scale(args: dict, progress: Progress) -> dict:
    """args: {"pictures": [{"from", "to"}], "factor"? | "width"? | "height"? | "longest"?} -> {"count", "files": [{"path", ...}]}.

    Proportions stay; a width, height or longest side never enlarges a picture.

    Raises:
        Fault: not_found, exists, bad_format, unreadable, too_large.
    """
    pairs = [(existing(str(pair["from"])), vacant(str(pair["to"]))) for pair in args["pictures"]]
    if len({target for _, target in pairs}) < len(pairs):
        raise Fault("collision", "two pictures would get one name; nothing was made", "give them different names")
    for _, target in pairs:
        if target.suffix.lower() not in FORMATS:
            raise Fault("bad_format", f"{target.suffix!r} is no picture format that can be written", f"use {', '.join(FORMATS)}")
    made: list[dict] = []
    for at, (source, target) in enumerate(pairs):
        progress(at / len(pairs), f"scaling {relative(source)}")
        make_folders(target.parent)
        width, height = _write(source, target, args)
        made.append({"path": relative(target), "width": width, "height": height})
    return {"count": len(made), "files": made}


def _write(source: Path, target: Path, args: dict) -> tuple[int, int]:
    from PIL import Image, ImageOps, UnidentifiedImageError

    try:
        with Image.open(source) as opened:
            if opened.width * opened.height > MOST:
                raise Fault("too_large", f"{relative(source)!r} has {opened.width} x {opened.height} pixels", "leave it out")
            picture = ImageOps.exif_transpose(opened)
            size = _size(picture.width, picture.height, args)
            if size != picture.size:
                picture = picture.convert("RGBA" if picture.mode in ("P", "LA") else picture.mode).resize(
                    size, Image.Resampling.LANCZOS
                )
            kind = FORMATS[target.suffix.lower()]
            if kind == "JPEG" and picture.mode != "RGB":
                picture = picture.convert("RGB")
            with atomic(target) as temporary:
                picture.save(temporary, format=kind, **({"quality": 90} if kind == "JPEG" else {}))
            return size
    except (UnidentifiedImageError, OSError) as error:
        raise Fault("unreadable", f"{relative(source)!r} does not open as a picture: {error}", "check the file") from error


def _size(width: int, height: int, args: dict) -> tuple[int, int]:
    if args.get("factor"):
        factor = float(args["factor"])
    elif args.get("width"):
        factor = min(1.0, int(args["width"]) / width)
    elif args.get("height"):
        factor = min(1.0, int(args["height"]) / height)
    else:
        factor = min(1.0, int(args["longest"]) / max(width, height)) if args.get("longest") else 1.0
    return max(1, round(width * factor)), max(1, round(height * factor))
