"""Trouble: any error as one line that says what to do, and its exit code."""

import errno
import sqlite3
from pathlib import Path

from pydantic import ValidationError

from arkwright.errors import ArkwrightError, SetupError, UserError

DISK = (errno.ENOSPC, errno.EDQUOT, errno.EROFS)
HOME = "free some space, or set ARKWRIGHT_HOME to a folder you may write"


def told(error: BaseException) -> str:
    """What happened, on what, and what to do next."""
    match error:
        case BaseExceptionGroup():
            return told(error.exceptions[0])
        case ArkwrightError():
            return str(error)
        case ValidationError() if error.title == "Settings":
            first = error.errors()[0]
            name = "ARKWRIGHT_" + "_".join(str(part) for part in first["loc"]).upper()
            return f"the setting {name}={first['input']!r} cannot be used: {first['msg']}; correct it or unset it"
        case OSError() if error.errno in (*DISK, errno.EACCES, errno.EPERM):
            return f"{str(error.filename or 'a file')!r} cannot be written: {error.strerror}; {HOME}"
        case sqlite3.OperationalError():
            return f"state cannot be kept: {error}; {HOME}"
        case _:
            return f"a mistake of Arkwright's own: {type(error).__name__}: {error} ({_place(error)}); please report it"


def exit_code(error: BaseException) -> int:
    """2 for what the user wrote, 3 for what this machine cannot do, 1 for the rest."""
    match error:
        case BaseExceptionGroup():
            return exit_code(error.exceptions[0])
        case UserError() | ValidationError():
            return 2
        case SetupError() | sqlite3.OperationalError():
            return 3
        case OSError() if error.errno in DISK:
            return 3
        case _:
            return 1


def _place(error: BaseException) -> str:
    trace = error.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    return f"{Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}" if trace else "unknown place"
