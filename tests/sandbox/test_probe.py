"""Probe: every part was tried; what is missing comes with what mends it."""

from arkwright.sandbox.box import HOME
from arkwright.sandbox.probe import probe


async def test_each_part_works_or_says_what_mends_it() -> None:
    found = {capability.name: capability for capability in await probe(HOME)}
    assert {"bubblewrap", "toolbox", "isolation", "seccomp", "no network", "limits", "chromium"} <= found.keys()
    for capability in found.values():
        assert capability.ok or capability.remedy, capability
    needed = ("isolation", "seccomp", "no network", "limits", "tables", "charts", "PDF", "DOCX", "XLSX")
    assert all(found[name].ok for name in needed)
