"""Moments are written the way their source wrote them, and can still be computed with."""

from pathlib import Path

import pytest

from arkwright.sandbox.box import open_box
from arkwright.settings import default_home


@pytest.mark.parametrize("moments", [("2025-04-09T20:15:00Z", "2025-01-05T07:00:00Z"), ("2025-04-01 03:00", "2025-04-02 21:00")])
async def test_moments_survive_a_query_and_a_save(tmp_path: Path, moments: tuple[str, str]) -> None:
    (tmp_path / "log.csv").write_text("id,at\n" + "".join(f"{n},{at}\n" for n, at in enumerate(moments)))
    async with open_box(tmp_path, home=default_home()) as box:
        steps = [{"do": "sort", "by": [{"column": "at", "descending": True}]}]
        table = await box.call("tables.query", {"inputs": {"log": {"path": "log.csv"}}, "steps": steps})
        again = await box.call(
            "tables.query", {"inputs": {"t": table}, "steps": [{"do": "select", "columns": [{"column": "at"}]}]}
        )
        await box.call("tables.save", {"sheets": [{"table": again}], "path": "out.csv"})
    assert (tmp_path / "out.csv").read_text().splitlines() == ["at", *sorted(moments, reverse=True)]
