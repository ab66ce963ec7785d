"""The verifier over planted wrongs: right results must come out `verified`, wrong plans and wrong results never."""

import argparse
import json
import platform
import random
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "verifier"))

from lab import Result, verify
from planted import SETS, cases, right, wrongs
from planted_work import WORKS
from test_doubts import CASES


def main() -> None:
    """Run every planted case of some seeds and print both rates."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--data", help="unused: the data sets are made here")
    args = parser.parse_args()
    planted = [
        (case.request, case.inputs, [("right", right(case)), *wrongs(case, random.Random(seed))])
        for seed in range(1, args.seeds + 1)
        for case in cases(seed)
    ]
    planted += [(work.request, work.inputs, [("right", work.right), *work.wrong.items()]) for work in WORKS]
    totals = {"right": 0, "right verified": 0, "wrong": 0, "wrong verified": 0}
    seconds: list[float] = []
    for request, inputs, results in planted:
        for name, result in results:
            with tempfile.TemporaryDirectory() as folder:
                begun = time.perf_counter()
                verdict = verify(Path(folder), request, inputs, result)
                seconds.append(time.perf_counter() - begun)
            kind = "right" if name == "right" else "wrong"
            totals[kind] += 1
            if verdict.status == "verified":
                totals[f"{kind} verified"] += 1
            if (kind == "wrong") == (verdict.status == "verified"):
                print(f"{verdict.status}: {name}: {request}")
    doubts(totals)
    report(totals, seconds)


def doubts(totals: dict[str, int]) -> None:
    """Results that overlook a part of their request, or follow one of two readings."""
    for request, data, path, made, answer in CASES:
        with tempfile.TemporaryDirectory() as folder:
            result = Result({path: made.encode()} if path else {}, answer)
            verdict = verify(Path(folder), request, {"data.csv": data.encode()}, result)
        totals["wrong"] += 1
        totals["wrong verified"] += verdict.status == "verified"
        if verdict.status == "verified":
            print(f"verified: {request}")


def report(totals: dict[str, int], seconds: list[float]) -> None:
    """A table for people, and one JSON object as the last line."""
    share = totals["right verified"] / totals["right"]
    median = sorted(seconds)[len(seconds) // 2]
    print(f"{len(SETS)} data sets, {len(WORKS)} kinds of work")
    print(f"right results verified   {totals['right verified']:5} of {totals['right']}  ({share:.1%})")
    print(f"planted wrongs verified  {totals['wrong verified']:5} of {totals['wrong']}\nmedian seconds a verdict {median:8.4f}")
    rows = [
        {
            "what": "right results verified",
            "value": round(share, 4),
            "unit": "share",
            "target": 0.85,
            "ok": share >= 0.85,
            "peers": {},
            "n": totals["right"],
        },
        {
            "what": "planted wrongs verified",
            "value": totals["wrong verified"],
            "unit": "results",
            "target": 0,
            "ok": not totals["wrong verified"],
            "peers": {},
            "n": totals["wrong"],
        },
        {
            "what": "median time of a verdict",
            "value": round(median, 4),
            "unit": "s",
            "target": 1.0,
            "ok": median <= 1.0,
            "peers": {},
            "n": len(seconds),
        },
    ]
    print(
        json.dumps(
            {"name": "verifier", "machine": platform.platform(), "versions": {"python": platform.python_version()}, "rows": rows}
        )
    )


if __name__ == "__main__":
    main()
