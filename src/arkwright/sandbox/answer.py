"""Answer: what a call of the toolbox came back with."""

import json
from typing import cast

from arkwright.core.json import Json
from arkwright.errors import ToolError


def answered(body: bytes, function: str) -> Json:
    """The value in what a call answered.

    Raises:
        ToolError: it answered with a fault, or with what is no answer.
    """
    try:
        answer = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise ToolError(f"{function} answered what is no JSON", code="crash") from error
    found = cast("dict[str, Json]", answer) if isinstance(answer, dict) else {}
    if "value" in found:
        return found["value"]
    fault = found.get("fault")
    fault = fault if isinstance(fault, dict) else {}
    message, remedy = str(fault.get("message") or f"{function} failed"), str(fault.get("remedy") or "")
    raise ToolError(message, remedy=remedy, code=str(fault.get("code") or "crash"), transient=fault.get("transient") is True)
