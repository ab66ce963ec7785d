"""What the tests of the command share: a home of its own, a workspace with the examples, the command."""

from tests.app.conftest import COMMAND, ROOT, Command, Done, arkwright, home, workspace

__all__ = ["COMMAND", "ROOT", "Command", "Done", "arkwright", "home", "workspace"]
