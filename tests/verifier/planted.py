"""Planted wrongs: requests over data sets of their own, right results by a plain oracle, and wrong plans and results beside them."""

import random
import statistics
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

from lab import Result, as_csv, as_json, as_markdown

Row = dict[str, Any]


@dataclass(frozen=True)
class Spec:
    """A query for the oracle: filters, keys, aggregate, order, top, columns."""

    where: Callable[[Row], bool] = lambda r: True
    keys: tuple[str, ...] = ()
    fn: str = ""
    column: str = ""
    order: str = ""
    down: bool = False
    top: int = 0
    keep: tuple[str, ...] = ()
    places: int = 2


@dataclass(frozen=True)
class Planted:
    """A request, its inputs, the right specification, wrong ones by name, and the file to leave."""

    request: str
    inputs: dict[str, bytes]
    rows: list[Row]
    spec: Spec
    wrong: dict[str, Spec]
    path: str = "out.csv"
    header: tuple[str, ...] = ()
    answer: Callable[[list[list[Any]]], str] | None = None
    tags: tuple[str, ...] = field(default=())


def solve(rows: list[Row], spec: Spec) -> tuple[list[str], list[list[Any]]]:
    """Header and rows of a specification."""
    kept = [r for r in rows if spec.where(r)]
    if spec.fn:
        groups: dict[tuple[Any, ...], list[Row]] = {}
        for r in kept:
            groups.setdefault(tuple(r[k] for k in spec.keys), []).append(r)
        header = [*spec.keys, spec.fn + "_" + spec.column]
        table = [
            [*k, fold(spec.fn, [r[spec.column] for r in g if spec.column and r[spec.column] is not None] if spec.column else g)]
            for k, g in groups.items()
        ]
        table = [[*r[:-1], round(r[-1], spec.places) if isinstance(r[-1], float) else r[-1]] for r in table]
        at = len(header) - 1 if spec.order in ("", "measure") else header.index(spec.order)
    else:
        header = list(spec.keep or rows[0])
        table = [[r[c] for c in header] for r in kept]
        at = header.index(spec.order) if spec.order in header else 0
    if spec.order:
        table.sort(key=lambda r: r[at], reverse=spec.down)
    elif spec.fn:
        table.sort(key=lambda r: [str(c) for c in r[:-1]])
    return header, table[: spec.top] if spec.top else table


def fold(fn: str, values: list[Any]) -> Any:
    """An aggregate."""
    if fn == "count":
        return len(values)
    if fn == "sum":
        return float(round(sum(values), 6))
    if fn == "mean":
        return float(statistics.fmean(values))
    return float({"median": statistics.median, "max": max, "min": min}[fn](values))


# ---------------------------------------------------------------- data sets
def _days(rng: random.Random, first: str, span: int) -> str:
    return (date.fromisoformat(first) + timedelta(days=rng.randrange(span))).isoformat()


def bakery(rng: random.Random) -> list[Row]:
    """Sales of a bakery over two years."""
    return [{"receipt": f"B-{i}", "sold_on": _days(rng, "2023-06-01", 560), "shop": rng.choice(["Mill Lane", "Quay", "Station Road"]), "article": rng.choice(["Rye bread", "Croissant", "Pretzel", "Apple tart"]),
             "pieces": rng.randint(1, 24), "turnover": rng.randint(150, 9000) / 100} for i in range(160)]  # fmt: skip


def library(rng: random.Random) -> list[Row]:
    """Loans of a library."""
    return [{"loan": 4000 + i, "member": f"Member {rng.randint(1, 25)}", "genre": rng.choice(["Crime", "Poetry", "History", "Cooking"]), "borrowed": _days(rng, "2024-01-01", 330), "fee": rng.randint(0, 1200) / 100}
            for i in range(140)]  # fmt: skip


def fleet(rng: random.Random) -> list[Row]:
    """Trips of vans."""
    return [{"trip": f"T{i:04d}", "van": rng.choice(["VN-1", "VN-2", "VN-3", "VN-4"]), "depot": rng.choice(["Ghent", "Lille", "Breda"]), "day": _days(rng, "2025-02-01", 120), "km": rng.randint(12, 480), "litres": rng.randint(200, 6000) / 100}
            for i in range(150)]  # fmt: skip


def clinic(rng: random.Random) -> list[Row]:
    """Appointments."""
    return [{"visit_id": 100 + i, "doctor": rng.choice(["Dr Abel", "Dr Cruz", "Dr Lund"]), "kind": rng.choice(["checkup", "vaccination", "follow-up"]), "minutes": rng.choice([10, 15, 20, 30, 45]), "cost": rng.randint(2000, 26000) / 100}
            for i in range(120)]  # fmt: skip


def solar(rng: random.Random) -> list[Row]:
    """Yields of solar plants."""
    return [
        {"plant": p, "measured": (date(2025, 1, 1) + timedelta(days=d)).isoformat(), "kwh": rng.randint(0, 90000) / 100}
        for d in range(0, 180, 3)
        for p in ("Aurora", "Borea", "Cirrus")
    ]


def staff(rng: random.Random) -> list[Row]:
    """People of a firm."""
    return [
        {
            "staff_no": f"S{i:03d}",
            "name": f"Name {i}",
            "team": rng.choice(["Sales", "Design", "Support", "Legal"]),
            "wage": rng.randint(2400, 9100),
            "hired": _days(rng, "2014-01-01", 3900),
        }
        for i in range(90)
    ]


def cinema(rng: random.Random) -> list[Row]:
    """Tickets of a cinema."""
    return [
        {
            "ticket": i,
            "film": rng.choice(["Dune", "Amelie", "Heat", "Fargo"]),
            "hall": rng.choice(["Red", "Blue"]),
            "seats": rng.randint(1, 6),
            "paid": rng.randint(700, 6200) / 100,
            "shown": _days(rng, "2025-03-01", 90),
        }
        for i in range(130)
    ]


def garden(rng: random.Random) -> list[Row]:
    """Stock of a nursery."""
    return [
        {
            "code": f"G{i}",
            "plant": f"Plant {i}",
            "bed": rng.choice(["North bed", "Glasshouse", "Yard"]),
            "quantity": rng.randint(0, 140),
            "price": (199 + i * 37 + rng.randint(0, 30)) / 100,
        }
        for i in range(70)
    ]


SETS: dict[str, Callable[[random.Random], list[Row]]] = {
    "bakery": bakery, "library": library, "fleet": fleet, "clinic": clinic, "solar": solar, "staff": staff, "cinema": cinema, "garden": garden,
}  # fmt: skip


def _month(name: str) -> Callable[[Row], Row]:
    return lambda r: {**r, "month": r[name][:7]}


def cases(seed: int) -> list[Planted]:
    """The planted requests; every data set follows from the seed."""
    data = {name: make(random.Random(f"{seed}:{name}")) for name, make in SETS.items()}
    inputs = {f"{name}.csv": as_csv(list(rows[0]), [list(r.values()) for r in rows]) for name, rows in data.items()}
    out: list[Planted] = []

    def add(
        name: str,
        request: str,
        spec: Spec,
        wrong: dict[str, Spec],
        path: str = "out.csv",
        derive: Callable[[Row], Row] | None = None,
        **more: Any,
    ) -> None:
        rows = [derive(r) for r in data[name]] if derive else data[name]
        out.append(Planted(request, {f"{name}.csv": inputs[f"{name}.csv"]}, rows, spec, wrong, path, **more))

    def vary(spec: Spec, **changes: Spec) -> dict[str, Spec]:
        return dict(changes)

    base = Spec(keys=("shop",), fn="sum", column="turnover")
    in24 = replace(base, where=lambda r: r["sold_on"].startswith("2024"))
    add("bakery", "Total turnover per shop from bakery.csv in 2024, as out.csv", in24, vary(in24, year=replace(base, where=lambda r: r["sold_on"].startswith("2023")), dropped=base,
        column=replace(in24, column="pieces"), aggregate=replace(in24, fn="mean"), key=replace(in24, keys=("article",)), boundary=replace(base, where=lambda r: "2024-01-01" < r["sold_on"] <= "2024-11-30")))  # fmt: skip
    top = Spec(keys=("article",), fn="sum", column="pieces", order="measure", down=True, top=2)
    add("bakery", "Which two articles have the highest total pieces in bakery.csv? Save article and total as top.csv", top, vary(top, n=replace(top, top=3), sort=replace(top, down=False), column=replace(top, column="turnover"),
        aggregate=replace(top, fn="max")), "top.csv")  # fmt: skip
    rows = Spec(where=lambda r: r["shop"] == "Quay" and r["turnover"] > 50)
    add("bakery", "I need the rows of bakery.csv from the shop Quay with a turnover over 50, all columns kept as they are, in quay.csv", rows, vary(rows, shop=Spec(where=lambda r: r["shop"] == "Station Road" and r["turnover"] > 50),
        threshold=Spec(where=lambda r: r["shop"] == "Quay" and r["turnover"] > 5), direction=Spec(where=lambda r: r["shop"] == "Quay" and r["turnover"] < 50), dropped=Spec(where=lambda r: r["turnover"] > 50),
        column=Spec(where=lambda r: r["shop"] == "Quay" and r["pieces"] > 5)), "quay.csv")  # fmt: skip
    month = Spec(keys=("month",), fn="count")
    add("library", "how many loans per month are there in library.csv? as json please", month, vary(month, key=replace(month, keys=("genre",)), aggregate=replace(month, fn="sum", column="fee"),
        dropped=replace(month, where=lambda r: r["genre"] != "Crime")), "loans.json", _month("borrowed"))  # fmt: skip
    fee = Spec(keys=("genre",), fn="mean", column="fee", order="measure", down=True)
    add("library", "average fee by genre from library.csv, highest first, save as fees.csv", fee, vary(fee, sort=replace(fee, down=False), aggregate=replace(fee, fn="sum"), median=replace(fee, fn="median"), column=replace(fee, column="loan"),
        key=replace(fee, keys=("member",)), rounded=replace(fee, places=0)), "fees.csv")  # fmt: skip
    km = Spec(keys=("van", "depot"), fn="sum", column="km")
    add(
        "fleet",
        "Sum of the km per van and depot of fleet.csv as km.md",
        km,
        vary(
            km,
            column=replace(km, column="litres"),
            key=replace(km, keys=("van",)),
            swapped=replace(km, keys=("van", "day")),
            count=replace(km, fn="count", column="km"),
        ),
        "km.md",
    )
    march = Spec(where=lambda r: r["day"].startswith("2025-03"), keys=("depot",), fn="max", column="km")
    add("fleet", "From fleet.csv the maximum km per depot in March 2025, csv please", march, vary(march, month=replace(march, where=lambda r: r["day"].startswith("2025-04")), dropped=replace(march, where=lambda r: True), minimum=replace(march, fn="min"),
        column=replace(march, column="litres")))  # fmt: skip
    long = Spec(where=lambda r: r["km"] >= 300, keep=("trip", "van", "km"), order="km", down=True)
    add("fleet", "List the trips with at least 300 km from fleet.csv with the columns trip, van and km, sorted by km descending, as long.csv", long, vary(long, strict=replace(long, where=lambda r: r["km"] > 320), sort=replace(long, down=False),
        columns=replace(long, keep=("trip", "depot", "km")), missing=replace(long, keep=("trip", "km"))), "long.csv")  # fmt: skip
    cost = Spec(keys=("doctor",), fn="median", column="cost")
    add("clinic", "Please compute the median cost per doctor from clinic.csv and save it to cost.csv", cost, vary(cost, mean=replace(cost, fn="mean"), column=replace(cost, column="minutes"), key=replace(cost, keys=("kind",)),
        dropped=replace(cost, where=lambda r: r["kind"] != "checkup")), "cost.csv")  # fmt: skip
    kinds = Spec(where=lambda r: r["kind"] != "vaccination", keys=("doctor",), fn="count")
    add("clinic", "number of rows per doctor in clinic.csv except vaccination, as a csv", kinds, vary(kinds, inverted=replace(kinds, where=lambda r: r["kind"] == "vaccination"), dropped=replace(kinds, where=lambda r: True),
        other=replace(kinds, where=lambda r: r["kind"] != "checkup")))  # fmt: skip
    kwh = Spec(keys=("month",), fn="sum", column="kwh")
    add(
        "solar",
        "What is the total kwh per month in solar.csv? Put it in kwh.json",
        kwh,
        vary(
            kwh,
            mean=replace(kwh, fn="mean"),
            dropped=replace(kwh, where=lambda r: r["plant"] != "Borea"),
            key=replace(kwh, keys=("plant",)),
        ),
        "kwh.json",
        _month("measured"),
    )
    best = Spec(keys=("plant",), fn="sum", column="kwh", order="measure", down=True)
    add(
        "solar",
        "total kwh per plant from solar.csv, largest first, saved as plants.csv",
        best,
        vary(
            best,
            sort=replace(best, down=False),
            mean=replace(best, fn="mean"),
            year=replace(best, where=lambda r: r["measured"] < "2025-04-01"),
        ),
        "plants.csv",
    )
    wage = Spec(keys=("team",), fn="mean", column="wage")
    add(
        "staff",
        "Average wage per team in staff.csv as csv",
        wage,
        vary(
            wage,
            median=replace(wage, fn="median"),
            sum=replace(wage, fn="sum"),
            dropped=replace(wage, where=lambda r: r["wage"] > 3000),
        ),
    )
    after = Spec(where=lambda r: r["hired"] > "2020-12-31", keep=("name", "team", "hired"), order="hired")
    add("staff", "From staff.csv everyone hired after 2020, only the columns name, team and hired, sorted by hired, as new.csv", after, vary(after, boundary=replace(after, where=lambda r: r["hired"] > "2019-12-31"), sort=replace(after, down=True),
        before=replace(after, where=lambda r: r["hired"] <= "2020-12-31"), column=replace(after, keep=("name", "wage", "hired"))), "new.csv")  # fmt: skip
    paid = Spec(where=lambda r: r["hall"] == "Red", keys=("film",), fn="sum", column="paid", order="measure", down=True)
    add("cinema", "Total paid per film in the Red hall from cinema.csv, biggest first, to red.csv", paid, vary(paid, hall=replace(paid, where=lambda r: r["hall"] == "Blue"), dropped=replace(paid, where=lambda r: True), column=replace(paid, column="seats"),
        sort=replace(paid, down=False), mean=replace(paid, fn="mean")), "red.csv")  # fmt: skip
    cheap = Spec(where=lambda r: r["quantity"] > 0, keep=("plant", "price"), order="price", top=10)
    add("garden", "The 10 cheapest rows of garden.csv with a quantity over 0: plant and price, cheapest first, as cheap.csv", cheap, vary(cheap, n=replace(cheap, top=9), sort=replace(cheap, down=True), dropped=replace(cheap, where=lambda r: r["quantity"] > 30),
        column=replace(cheap, keep=("plant", "quantity"), order="quantity")), "cheap.csv")  # fmt: skip
    stock = Spec(keys=("bed",), fn="sum", column="quantity")
    add(
        "garden",
        "garden.csv: total quantity per bed, as bed.csv",
        stock,
        vary(
            stock,
            column=replace(stock, column="price"),
            count=replace(stock, fn="count"),
            dropped=replace(stock, where=lambda r: r["price"] < 15),
        ),
        "bed.csv",
    )
    asked = Spec(fn="median", column="wage")
    add(
        "staff",
        "What is the median wage in staff.csv?",
        asked,
        vary(asked, mean=replace(asked, fn="mean"), max=replace(asked, fn="max")),
        "",
        answer=lambda t: f"The median wage is {t[0][0]:,.2f}.",
    )
    count = Spec(where=lambda r: r["shown"].startswith("2025-04"), fn="count")
    add(
        "cinema",
        "How many rows are there in cinema.csv in April 2025?",
        count,
        vary(
            count,
            month=replace(count, where=lambda r: r["shown"].startswith("2025-05")),
            dropped=replace(count, where=lambda r: True),
        ),
        "",
        answer=lambda t: f"There are {t[0][0]} rows.",
    )
    return out


def laid(case: Planted, header: list[str], table: list[list[Any]]) -> Result:
    """A table as the file, or the answer, that the case leaves."""
    if case.answer:
        return Result(answer=case.answer(table))
    writer = as_json if case.path.endswith(".json") else as_markdown if case.path.endswith(".md") else as_csv
    return Result({case.path: writer(header, table)}, f"Saved {case.path}.")


def right(case: Planted) -> Result:
    """The right result."""
    return laid(case, *solve(case.rows, case.spec))


def wrongs(case: Planted, rng: random.Random) -> Iterator[tuple[str, Result]]:
    """Results of wrong plans, and mutations of the right result; those that equal the right one are left out."""
    header, table = solve(case.rows, case.spec)
    for name, spec in case.wrong.items():
        made = solve(case.rows, spec)
        if made[1] != table:
            yield f"plan: {name}", laid(case, *made)
    if case.answer:
        yield "no answer", Result(answer="Done.")
        return
    for name, mutated in mutations(header, table, bool(case.spec.order), rng):
        yield f"result: {name}", laid(case, *mutated)
    yield "no file", Result(answer="Saved.")
    yield "other name or format", Result({"other.txt": b"done\n"}, "Saved.")


def mutations(
    header: list[str], table: list[list[Any]], ordered: bool, rng: random.Random
) -> Iterator[tuple[str, tuple[list[str], list[list[Any]]]]]:
    """The right table with one thing wrong."""
    yield "last row missing", (header, table[:-1])
    yield "first row missing", (header, table[1:])
    yield "a row twice", (header, [*table, table[0]])
    numeric = [i for i, v in enumerate(table[0]) if isinstance(v, int | float)]
    if numeric:
        at, line = numeric[-1], rng.randrange(len(table))
        yield "a number off", (header, [[*r[:at], r[at] + 0.02, *r[at + 1 :]] if n == line else r for n, r in enumerate(table)])
        yield "a unit wrong", (header, [[*r[:at], r[at] * 100, *r[at + 1 :]] for r in table])
        if len({r[at] for r in table}) > 1:
            other = next(n for n, r in enumerate(table) if r[at] != table[0][at])
            swapped = [list(r) for r in table]
            swapped[0][at], swapped[other][at] = swapped[other][at], swapped[0][at]
            yield "two values swapped", (header, swapped)
    if ordered and len(table) > 2:
        yield "order reversed", (header, table[::-1])
    if len(header) > 1:
        yield "a column missing", (header[:-1], [r[:-1] for r in table])
    yield "a foreign row", (header, [*table, ["Nowhere" if isinstance(v, str) else 7 for v in table[0]]])
    yield "a blank cell", (header, [[*r[:-1], ""] if n == 0 else r for n, r in enumerate(table)])
