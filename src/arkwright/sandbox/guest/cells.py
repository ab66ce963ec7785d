"""A Python session inside a box: runs each piece of code it is sent in the same namespace and answers one byte when done."""

import ast
import os
import socket
import struct
import sys
import traceback
from typing import Any

PREFIX = struct.Struct("!I")


def main(line: socket.socket) -> None:
    """Until the supervisor closes its end."""
    sys.path.insert(0, os.getcwd())
    space: dict[str, Any] = {"__name__": "__main__"}
    with line.makefile("rb") as source:
        while prefix := source.read(PREFIX.size):
            code = source.read(PREFIX.unpack(prefix)[0]).decode()
            line.sendall(bytes([run(code, space) & 0xFF]))


def run(code: str, space: dict[str, Any]) -> int:
    """Run one cell, print its last value as a terminal would, and return its exit code."""
    status = 0
    try:
        tree = ast.parse(code, "<cell>")
        last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
        exec(compile(tree, "<cell>", "exec"), space)
        if isinstance(last, ast.Expr):
            value = eval(compile(ast.Expression(last.value), "<cell>", "eval"), space)
            if value is not None:
                print(repr(value))
    except SystemExit as left:
        status = left.code if isinstance(left.code, int) else int(left.code is not None)
    except BaseException:  # the edge: whatever the code of a cell raises is its own, and is printed as a terminal would
        traceback.print_exc()
        status = 1
    for stream in (sys.stdout, sys.stderr):
        stream.flush()
    return status


if __name__ == "__main__":
    main(socket.socket(fileno=int(sys.argv[1])))
