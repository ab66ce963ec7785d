"""Web send: posts a file of the workspace to an address, which the gate asks about; what looks like a secret is refused here already.

Goal pattern: post | upload | send FILE to ADDRESS.
Slots: the file, the address, the method. Inputs: a file. Outputs: the server's answer.
"""

import re

from arkwright.core.json import ref
from arkwright.core.plan import Need, Question, Refusal
from arkwright.planner.reading import Draft, Drafting, Reading
from arkwright.planner.recipes.phrases import Sketch

_SEND = r"(?:post|upload|send|submit|push|put|transfer|copy|deliver|forward)"
_SECRET = re.compile(
    r"(?i)(?:^|[/._-])(?:secrets?|passw\w*|credentials?|tokens?|id_rsa|private|htpasswd|keys?)(?:[/._-]|$)|\.(?:env|pem|key|p12|pfx|kdbx)$"
)


def propose(reading: Reading) -> Draft | Need | Refusal | Question | None:
    """One request that carries the file."""
    targets = reading.named("url", "target")
    inputs = reading.inputs()
    sketch = Sketch(reading)
    if len(targets) != 1 or not inputs or not sketch.has(_SEND) or sketch.has(r"form"):
        return None
    for mention in inputs:
        if _SECRET.search(mention.value):
            return Refusal(
                reading.clause(reading.index(mention)),
                f"{mention.value!r} looks like it holds secrets (keys, passwords, tokens), and I send no secret anywhere",
                "hand it over yourself, on a way you trust",
                "secret",
            )
    if len(inputs) != 1:
        return None
    path, url = inputs[0].value, targets[0].value
    build = Drafting(reading, "web_send", f"send {path}")
    build.cover(
        sketch.covered(
            _SEND,
            r"<file>|<target>",
            r"(?:the )?(?:contents?|text|body|file|data)(?: of)?",
            r"as (?:a |the )?(?:file|body|post|it is)|with (?:a )?post(?: request)?|and|tell|show|me|what|the|answer|reply|it|server|says|answers",
        )
    )
    method = "PUT" if sketch.has(r"(?:with|as|by|via) (?:a )?put(?: request)?") else "POST"
    sent = build.task(f"Send {path} to {url}", "http.fetch", {"url": url, "method": method, "body_from": path}, idempotent=False)
    build.require(reading.text, sent)
    build.say(f"Sent {path}; the server answered with status ", ref(sent, "status"), ".")
    return build.draft()
