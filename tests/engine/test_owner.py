"""Owners: a process is known by host, id and the moment it began."""

import os
import socket
import subprocess
import sys

from arkwright.engine.owner import alive, owner


def other(pid: int) -> str:
    """The owner string as that process would write it."""
    code = "from arkwright.engine.owner import _started; import sys; print(_started(int(sys.argv[1])))"
    began = subprocess.run([sys.executable, "-c", code, str(pid)], capture_output=True, text=True, check=True).stdout.strip()
    return f"{socket.gethostname()}:{pid}:{began}"


def test_a_process_is_alive_until_it_ends() -> None:
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as process:
        name = other(process.pid)
        assert alive(name)
        process.communicate(b"\n")
    assert not alive(name)


def test_one_that_took_over_the_number_is_another() -> None:
    host, pid, began = other(os.getppid()).rsplit(":", 2)
    assert not alive(f"{host}:{pid}:{int(began) + 1}")


def test_this_process_does_not_stand_in_its_own_way() -> None:
    assert not alive(owner())


def test_nobody_and_other_hosts_are_not_alive() -> None:
    assert not alive("")
    assert not alive("garbage")
    assert not alive(f"elsewhere:{os.getppid()}:1")
