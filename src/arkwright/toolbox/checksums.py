"""Checksums: the sums of files, or a manifest verified against what is there."""

import re
from collections.abc import Callable
from pathlib import Path

from .fault import Fault
from .files import decode, digest, selected
from .paths import atomic, existing, inside, relative, vacant, workspace

Progress = Callable[[float, str], None]
LENGTHS = {32: "md5", 40: "sha1", 64: "sha256", 128: "sha512"}
PLAIN = re.compile(r"^\\?([0-9a-fA-F]{32,128})\s+[ *]?(.+?)\s*$")
TAGGED = re.compile(r"^(\w[\w-]*) ?\((.+)\) ?= ?([0-9a-fA-F]{32,128})\s*$")


def table(args: dict, progress: Progress) -> dict:
    """TableRef (path, expected, actual, ok) plus `wrong` [paths]; without a manifest `expected` and `ok` are blank.

    Faults: not_found, outside_workspace, not_manifest, exists (for `save_as`).
    """
    from .references import store

    rows = verified(args, progress) if args.get("manifest") else summed(args, progress)
    if args.get("save_as"):
        save(args["save_as"], rows)
    reference = store(rows, ["path", "expected", "actual", "ok"], "checksums", text=("path", "expected", "actual"))
    return {**reference, "wrong": [row["path"] for row in rows if row["ok"] is False]}


def summed(args: dict, progress: Progress) -> list[dict]:
    """The sum of each file named."""
    names = [*(args.get("paths") or []), *([args["path"]] if args.get("path") else [])]
    files, algorithm = selected(names or [""]), args.get("algorithm") or "sha256"
    rows = []
    for number, file in enumerate(files):
        progress(number / len(files), f"reading {file.name}")
        rows.append({"path": relative(file), "expected": None, "actual": digest(file, algorithm), "ok": None})
    return rows


def verified(args: dict, progress: Progress) -> list[dict]:
    """Each line of the manifest against the file it names; a missing file has no actual sum and is wrong."""
    manifest = existing(args["manifest"])
    wanted = entries(decode(manifest.read_bytes(), args["manifest"])[0], args["manifest"])
    named = [folder] if args.get("path") and (folder := existing(args["path"])).is_dir() else []
    rows = []
    for number, (name, expected, tag) in enumerate(wanted):
        progress(number / len(wanted), f"reading {name}")
        file = listed(name, [*named, manifest.parent, workspace()])
        algorithm = args.get("algorithm") or tag or LENGTHS[len(expected)]
        actual = digest(file, algorithm) if file.is_file() else None
        path = relative(file)
        rows.append({"path": path, "expected": expected.lower(), "actual": actual, "ok": actual == expected.lower()})
    return rows


def entries(text: str, name: str) -> list[tuple[str, str, str]]:
    """(path, sum, algorithm or "") of each line, in the plain or the tagged form; blank lines and # comments are skipped."""
    found = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        if tagged := TAGGED.match(line):
            found.append((tagged[2], tagged[3], tagged[1].lower().replace("-", "")))
        elif (plain := PLAIN.match(line)) and len(plain[1]) in LENGTHS:
            found.append((plain[2], plain[1], ""))
        else:
            raise Fault(
                "not_manifest", f"line {number} of {name!r} is no checksum: {line[:80]!r}", "lines look like `<sum>  <path>`"
            )
    if not found:
        raise Fault("not_manifest", f"{name!r} holds no checksums", "lines look like `<sum>  <path>`")
    return found


def listed(name: str, folders: list[Path]) -> Path:
    """The file a manifest means: in the first of the folders that has it."""
    found = [inside((folder.relative_to(workspace()) / name).as_posix()) for folder in folders]
    return next((path for path in found if path.exists()), found[0])


def save(path: str, rows: list[dict]) -> None:
    """The sums as sha256sum writes them, paths relative to the manifest's folder where they lie below it."""
    target = vacant(path)
    lines = []
    for row in rows:
        file = inside(row["path"])
        shown = file.relative_to(target.parent) if target.parent in file.parents else Path(row["path"])
        lines.append(f"{row['actual']}  {shown.as_posix()}\n")
    with atomic(target) as temporary:
        temporary.write_text("".join(lines), encoding="utf-8")
