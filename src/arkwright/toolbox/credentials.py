"""Credentials: a token out of the file that holds it. Its value goes into one request's header and nowhere else."""

import json
import re
from collections.abc import Callable

from .fault import Fault
from .files import decode
from .paths import existing

ASSIGNED = re.compile(r"^\s*(?:export\s+)?([\w.-]+)\s*[=:]\s*[\"']?([^\s\"']+)[\"']?\s*$")
NAMES = re.compile(r"token|bearer|api.?key|secret|auth", re.IGNORECASE)


def token(args: dict, progress: Callable[[float, str], None]) -> str:
    """The one token in a file: the whole text, the value of a KEY=VALUE line, or a field of a JSON object.

    Faults: not_found, outside_workspace, no_token.
    """
    text = decode(existing(args["path"]).read_bytes(), args["path"])[0].strip()
    lines = [line for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")]
    if len(lines) == 1 and not ASSIGNED.match(lines[0]) and not text.startswith("{"):
        return re.sub(r"(?i)^(authorization:\s*)?bearer\s+", "", lines[0].strip())
    pairs = fields(text) if text.startswith("{") else [match.groups() for line in lines if (match := ASSIGNED.match(line))]
    values = [value for name, value in pairs if NAMES.search(name)] or ([pairs[0][1]] if len(pairs) == 1 else [])
    if len(values) != 1:
        raise Fault("no_token", f"{args['path']!r} does not hold exactly one token", "put the token alone into a file")
    return values[0]


def fields(text: str) -> list[tuple[str, str]]:
    """The text fields of a JSON object."""
    try:
        value = json.loads(text)
    except ValueError:
        return []
    return [(name, field) for name, field in value.items() if isinstance(field, str)]
