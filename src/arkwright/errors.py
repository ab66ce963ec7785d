"""Every error Arkwright raises, drawn as a tree; a branch says who can act.

ArkwrightError
├── UserError            you: the request, an argument, a file
│   ├── Refused          what was asked for is not done, and why
│   └── NotFound         a run, a task, an approval that is not there
├── SetupError           whoever runs this machine: something is missing, with the command that mends it
│   └── NoIsolation      nothing here can hold the code of a stranger
├── ModelError           the model's provider
├── ToolError            the tool: told to the planner, may be tried again when `transient`
├── Denied               policy: a rule or a silent check said no
└── InternalError        us
    └── Fenced           a newer epoch owns the task; this write was dropped
"""


class ArkwrightError(Exception):
    """Base of the tree. `remedy` is the next thing to do, in one sentence."""

    code = "error"

    def __init__(self, message: str, *, remedy: str = "", code: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy
        if code:
            self.code = code

    def __str__(self) -> str:
        return f"{self.message}; {self.remedy}" if self.remedy else self.message


class UserError(ArkwrightError):
    """The request or an argument cannot be served as given."""

    code = "user"


class Refused(UserError):
    """What was asked for is not done; the message names the clause and what would help."""

    code = "refused"


class NotFound(UserError):
    """Something the user named is not there."""

    code = "not_found"


class SetupError(ArkwrightError):
    """Something is missing on this machine; `remedy` is the command that mends it."""

    code = "setup"


class NoIsolation(SetupError):
    """No probed backend can hold the code of a stranger."""

    code = "no_isolation"


class ModelError(ArkwrightError):
    """The model's provider failed."""

    code = "model"


class ToolError(ArkwrightError):
    """A tool failed; the message says what was tried and on what."""

    code = "tool"

    def __init__(self, message: str, *, remedy: str = "", code: str = "", transient: bool = False) -> None:
        super().__init__(message, remedy=remedy, code=code)
        self.transient = transient


class Denied(ArkwrightError):
    """Policy said no."""

    code = "denied"


class InternalError(ArkwrightError):
    """A bug of ours."""

    code = "internal"


class Fenced(InternalError):
    """A newer epoch owns the task; this write was dropped."""

    code = "fenced"
