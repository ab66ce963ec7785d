"""Content: text that leaves for the network, and code that is run, is held to the same rules as a request."""

from arkwright.safety.case import Case, Check, Ruling, allow, deny
from arkwright.safety.flow import bodies
from arkwright.safety.screen import Screen

HARM = ("biochem", "weapons", "violence", "malware", "phishing", "harassment", "self_harm", "sexual")


class Content(Check):
    """Nothing harmful is sent. What stays in the workspace is the user's own."""

    name = "content"

    def __init__(self, screen: Screen | None = None) -> None:
        self._screen = screen or Screen()

    def judge(self, case: Case) -> Ruling:
        """Look at what would leave."""
        if not case.leaves_machine:
            return allow(self.name)
        text = "\n".join(bodies(case.call.args))
        hits = self._screen.hits(text, only=HARM) if text else []
        if hits:
            return deny(self.name, "harm", f"what {case.call.tool} would send is harmful ({hits[0].category})", "leave it out")
        return allow(self.name)
