"""Fault: an error of a toolbox function that its user can act on."""


class Fault(Exception):
    """`code` is machine-readable, `message` says what was tried on what, `remedy` what to do next.

    `transient` says that the same call may work later.
    """

    def __init__(self, code: str, message: str, remedy: str = "", transient: bool = False) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.remedy = remedy
        self.transient = transient
