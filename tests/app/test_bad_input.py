"""Bad input: each a clear answer that says what to do, nothing half-written, the workspace as before."""

import socket
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from .conftest import Command


class Broken(BaseHTTPRequestHandler):
    """A server that is never well."""

    def do_GET(self) -> None:
        body = b"<html>it broke</html>"
        self.send_response(500)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Be silent."""


@pytest.fixture
def broken_site() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Broken)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def nobody() -> str:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{taken.getsockname()[1]}"


def listing(workspace: Path) -> list[str]:
    return sorted(path.relative_to(workspace).as_posix() for path in workspace.rglob("*"))


def empty(workspace: Path) -> None:
    (workspace / "data.csv").write_text("")


def header_only(workspace: Path) -> None:
    (workspace / "data.csv").write_text("region,amount\n")


def noise(workspace: Path) -> None:
    (workspace / "data.csv").write_bytes(bytes(range(256)) * 40)


def not_a_workbook(workspace: Path) -> None:
    (workspace / "data.xlsx").write_bytes(b"PK\x03\x04 this is no workbook")


def not_a_pdf(workspace: Path) -> None:
    (workspace / "letter.pdf").write_bytes(b"%PDF-1.7 nothing follows")


def nothing(workspace: Path) -> None:
    """Leave the workspace as it is."""


CASES: list[tuple[str, Callable[[Path], None], str, str]] = [
    ("missing file", nothing, "total the amount by region in nosuch.csv, as csv", "nosuch.csv"),
    ("empty csv", empty, "total the amount by region in data.csv, as csv", "data.csv"),
    ("header only", header_only, "average amount by region in data.csv, as csv", "data.csv"),
    ("no text at all", noise, "total the amount by region in data.csv, as csv", "data.csv"),
    ("broken workbook", not_a_workbook, "total the amount by region in data.xlsx, as csv", "data.xlsx"),
    ("broken pdf", not_a_pdf, "convert letter.pdf to text", "letter.pdf"),
    ("unknown column", nothing, "total the weight by region in examples/sales.csv, as csv", "weight"),
]


@pytest.mark.parametrize(("prepare", "request_text", "names"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_what_cannot_be_read_is_named_and_nothing_is_left(
    arkwright: Command, workspace: Path, prepare: Callable[[Path], None], request_text: str, names: str
) -> None:
    prepare(workspace)
    before = listing(workspace)
    done = arkwright("run", request_text, "--json")
    assert done.code in (1, 3, 4), done
    assert names in done.result["answer"]
    assert listing(workspace) == before


def test_an_unreadable_file_is_named(arkwright: Command, workspace: Path) -> None:
    (workspace / "data.csv").write_text("region,amount\nNorth,1\n")
    (workspace / "data.csv").chmod(0)
    done = arkwright("run", "total the amount by region in data.csv, as csv", "--json")
    assert done.code in (1, 3)
    assert "data.csv" in done.result["answer"]


def test_a_server_that_breaks_is_said_with_its_status(arkwright: Command, workspace: Path, broken_site: str) -> None:
    before = listing(workspace)
    done = arkwright("run", f"save the records of {broken_site}/api/items as items.csv", "--json")
    assert done.code in (1, 3), done
    assert "500" in done.result["answer"]
    assert listing(workspace) == before


def test_an_address_where_nobody_listens_is_said(arkwright: Command, workspace: Path, nobody: str) -> None:
    before = listing(workspace)
    done = arkwright("run", f"save the records of {nobody}/api/items as items.csv", "--json")
    assert done.code in (1, 3), done
    assert nobody.removeprefix("http://") in done.result["answer"]
    assert listing(workspace) == before
