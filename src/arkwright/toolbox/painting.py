"""Painting: series as bars, lines, areas, points, counts and slices, labelled so that they can be read."""

import datetime
import math
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from .fault import Fault
from .values import shown

PALETTE = ("#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00", "#8C6BB1", "#7F7F7F", "#B8A500", "#333333")
INK, QUIET, GRID = "#222222", "#555555", "#DDDDDD"
SIZE = (8.0, 5.0)
LABELS = 30
STYLE = {
    "font.family": "DejaVu Sans",
    "font.size": 10,
    "text.color": INK,
    "axes.labelcolor": INK,
    "xtick.color": QUIET,
    "ytick.color": QUIET,
    "axes.edgecolor": "#999999",
    "text.parse_math": False,
    "svg.fonttype": "none",
    "pdf.fonttype": 42,
}


@dataclass(frozen=True, slots=True)
class Data:
    """What is drawn: the x values and one list of y values a series (None is a gap)."""

    x: list[object]
    series: dict[str, list[float | None]]
    x_name: str
    y_name: str

    @property
    def points(self) -> int:
        """How many values are drawn."""
        return sum(value is not None for values in self.series.values() for value in values)


def paint(args: dict, kind: str, data: Data, target: Path, form: str) -> None:
    """Set up the figure, draw, label, save."""
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib.figure import Figure

    with matplotlib.rc_context(STYLE):
        tall = min(12.0, max(5.0, 1.2 + 0.28 * len(data.x))) if args.get("horizontal") and kind == "bar" else SIZE[1]
        figure = Figure(figsize=(SIZE[0], tall), dpi=150, layout="constrained")
        figure.get_layout_engine().set(w_pad=0.12, h_pad=0.12, rect=(0, 0, 0.96 if kind == "pie" else 1, 1))
        axes = figure.add_subplot()
        PAINTERS[kind](axes, data, args)
        finish(figure, axes, kind, data, args)
        figure.savefig(
            target,
            format=form,
            dpi=150,
            facecolor="white",
            metadata={"Title": str(args["title"])} if form != "svg" else {"Title": str(args["title"]), "Date": None},
        )


def bars(axes: object, data: Data, args: dict) -> None:
    """Bars, side by side or stacked, upright or lying."""
    count = len(data.series)
    stacked, lying = bool(args.get("stacked")) and count > 1, bool(args.get("horizontal"))
    width = 0.72 if stacked or count == 1 else 0.82 / count
    low, high = [0.0] * len(data.x), [0.0] * len(data.x)
    for at, (name, values) in enumerate(data.series.items()):
        heights = [value or 0.0 for value in values]
        base = [h if v >= 0 else lo for v, h, lo in zip(heights, high, low, strict=True)] if stacked else None
        shift = 0.0 if stacked or count == 1 else (at - (count - 1) / 2) * width
        where = [place + shift for place in range(len(data.x))]
        draw_ = axes.barh if lying else axes.bar  # type: ignore[attr-defined]
        made = draw_(
            where,
            heights,
            width * (0.96 if count > 1 and not stacked else 1),
            **({"left" if lying else "bottom": base} if base else {}),
            label=name,
            color=colour(at),
            zorder=2,
        )
        if stacked:
            high = [h + max(v, 0) for h, v in zip(high, heights, strict=True)]
            low = [lo + min(v, 0) for lo, v in zip(low, heights, strict=True)]
        elif count == 1 and len(data.x) <= 12:
            axes.bar_label(made, [short(v) for v in values], padding=3, fontsize=8.5, color=QUIET)  # type: ignore[attr-defined]
            axes.margins(**{"x" if lying else "y": 0.12})  # type: ignore[attr-defined]
    axes.axhline(0, color="#999999", lw=0.8, zorder=3) if not lying else axes.axvline(0, color="#999999", lw=0.8, zorder=3)  # type: ignore[attr-defined]
    categories(axes, data.x, lying)


def lines(axes: object, data: Data, args: dict) -> None:
    """Lines; a gap where there is no value."""
    where, named = positions(data.x)
    marker = "o" if len(data.x) <= 60 else ""
    for at, (name, values) in enumerate(data.series.items()):
        axes.plot(
            where,
            [math.nan if v is None else v for v in values],
            marker=marker,
            ms=4.5,
            lw=2,
            color=colour(at),
            ls=("-", "--", ":")[at // len(PALETTE) % 3],
            label=name,
            zorder=3,
        )  # type: ignore[attr-defined]
    if named:
        categories(axes, data.x, False)
    base(axes, data)


def areas(axes: object, data: Data, args: dict) -> None:
    """Filled areas, stacked when there are several."""
    where, named = positions(data.x)
    filled = [[v or 0.0 for v in values] for values in data.series.values()]
    if len(filled) == 1:
        axes.fill_between(where, filled[0], color=colour(0), alpha=0.35, zorder=2)  # type: ignore[attr-defined]
        axes.plot(where, filled[0], color=colour(0), lw=2, label=next(iter(data.series)), zorder=3)  # type: ignore[attr-defined]
    else:
        axes.stackplot(
            where, filled, labels=list(data.series), colors=[colour(at) for at in range(len(filled))], alpha=0.85, zorder=2
        )  # type: ignore[attr-defined]
    if named:
        categories(axes, data.x, False)
    axes.set_ylim(bottom=min(0, axes.get_ylim()[0]))  # type: ignore[attr-defined]
    axes.margins(x=0.01)  # type: ignore[attr-defined]


def scatter(axes: object, data: Data, args: dict) -> None:
    """Points."""
    where, named = positions(data.x)
    size = 36 if len(data.x) <= 200 else 14
    for at, (name, values) in enumerate(data.series.items()):
        pairs = [(x, y) for x, y in zip(where, values, strict=True) if y is not None and x is not None]
        axes.scatter(
            [x for x, _ in pairs],
            [y for _, y in pairs],
            s=size,
            color=colour(at),
            alpha=0.75,
            edgecolors="white",
            linewidths=0.5,
            label=name,
            zorder=3,
        )  # type: ignore[attr-defined]
    if named:
        categories(axes, data.x, False)


def histogram(axes: object, data: Data, args: dict) -> None:
    """Counts in bins of a round width."""
    every = [value for values in data.series.values() for value in values if value is not None]
    edges = bins(every)
    for at, (name, values) in enumerate(data.series.items()):
        axes.hist(
            [v for v in values if v is not None],
            bins=edges,
            color=colour(at),
            alpha=1 if len(data.series) == 1 else 0.6,
            edgecolor="white",
            linewidth=0.8,
            label=name,
            zorder=2,
        )  # type: ignore[attr-defined]


def bins(values: list[float]) -> list[float]:
    """Edges of bins: about as many as Freedman and Diaconis advise, 5 to 40, of a width of 1, 2 or 5 times a power of ten."""
    low, high, count = min(values), max(values), len(values)
    if low == high:
        return [low - 0.5, high + 0.5]
    cut = sorted(values)
    spread_ = cut[(3 * count) // 4] - cut[count // 4]
    width = 2 * spread_ / count ** (1 / 3) if spread_ else (high - low) / 10
    width = min(max(width, (high - low) / 40), (high - low) / 5)
    power = 10.0 ** math.floor(math.log10(width))
    width = next(step * power for step in (1, 2, 5, 10) if step * power >= width * 0.999)
    if all(value == int(value) for value in values):
        width = max(1.0, width)
    first = math.floor(low / width)
    return [edge * width for edge in range(first, math.floor(high / width) + 2)]


def pie(axes: object, data: Data, args: dict) -> None:
    """Slices by size, small ones merged into Other when there are more than eight."""
    values = next(iter(data.series.values()))
    pairs = sorted(((text(x), v) for x, v in zip(data.x, values, strict=True) if v), key=lambda pair: -pair[1])
    if any(v < 0 for _, v in pairs):
        raise Fault("no_data", "a pie cannot show negative values", "draw a bar chart")
    if len(pairs) > 8:
        pairs = [*pairs[:7], ("Other", sum(v for _, v in pairs[7:]))]
    total = sum(v for _, v in pairs)
    colours = ["#BBBBBB" if name == "Other" else colour(at) for at, (name, _) in enumerate(pairs)]
    wedges, _ = axes.pie(
        [v for _, v in pairs],
        startangle=90,
        counterclock=False,
        colors=colours,
        wedgeprops={"edgecolor": "white", "linewidth": 1.5},
    )  # type: ignore[attr-defined]
    labels = [f"{cut(name, 28)}  {short(v)}  ({100 * v / total:.1f} %)" for name, v in pairs]
    axes.legend(wedges, labels, loc="center left", bbox_to_anchor=(1.02, 0.5), frameon=False, fontsize=9.5)  # type: ignore[attr-defined]


def colour(at: int) -> str:
    """The colour of a series."""
    return PALETTE[at % len(PALETTE)]


def positions(xs: list[object]) -> tuple[list, bool]:
    """Where the x values stand, and whether they are names, to be put as labels."""
    known = [x for x in xs if x is not None]
    if known and all(isinstance(x, datetime.date) for x in known) and len(set(known)) > 1:
        return list(xs), False
    if known and all(numeric(x) for x in known) and not (all(float(x).is_integer() for x in known) and len(set(known)) <= 15):  # type: ignore[arg-type]
        return [math.nan if x is None else float(x) for x in xs], False  # type: ignore[arg-type]
    return list(range(len(xs))), True


def categories(axes: object, xs: list[object], lying: bool) -> None:
    """Labels of the categories: at most about thirty, turned when they are long."""
    step = max(1, math.ceil(len(xs) / LABELS))
    places = list(range(0, len(xs), step))
    labels = [cut(text(xs[at]), 32 if lying else 22) for at in places]
    if lying:
        axes.set_yticks(places, labels)  # type: ignore[attr-defined]
        axes.invert_yaxis()  # type: ignore[attr-defined]
        return
    room = 78 / max(1, len(labels))
    longest = max((len(label) for label in labels), default=0)
    turn = (
        {}
        if longest <= room
        else {
            "rotation": 40 if longest > 4 and len(labels) <= 20 else 90,
            "ha": "right" if len(labels) <= 20 else "center",
            "rotation_mode": "anchor" if len(labels) <= 20 else "default",
        }
    )
    axes.set_xticks(places, labels, **turn)  # type: ignore[attr-defined]


def cut(label: str, most: int) -> str:
    """A label, shortened."""
    label = " ".join(label.split())
    return label if len(label) <= most else label[: most - 1] + "…"


def base(axes: object, data: Data) -> None:
    """Start the value axis at zero where the values are near it."""
    values = [v for series in data.series.values() for v in series if v is not None]
    if values and min(values) >= 0 and min(values) < 0.6 * max(values):
        axes.set_ylim(bottom=0)  # type: ignore[attr-defined]


def short(value: float | None) -> str:
    """A value as a label: thousands separated, two decimals at most."""
    if value is None:
        return ""
    if abs(value) >= 1000 or float(value).is_integer():
        return f"{value:,.0f}"
    return f"{value:,.2f}".rstrip("0").rstrip(".")


def finish(figure: object, axes: object, kind: str, data: Data, args: dict) -> None:
    """Title, axis labels, grid, number format and legend."""
    from matplotlib.ticker import FuncFormatter, MaxNLocator

    axes.set_title(
        textwrap.fill(str(args["title"]), 62), fontsize=14, fontweight="bold", pad=14, loc="left" if kind != "pie" else "center"
    )  # type: ignore[attr-defined]
    if kind == "pie":
        return
    lying = bool(args.get("horizontal")) and kind == "bar"
    value_axis, name_axis = (axes.xaxis, axes.yaxis) if lying else (axes.yaxis, axes.xaxis)  # type: ignore[attr-defined]
    x_label, y_label = args.get("x_label") or label(data.x_name), args.get("y_label") or label(data.y_name)
    (axes.set_ylabel if lying else axes.set_xlabel)(x_label, labelpad=8)  # type: ignore[attr-defined]
    (axes.set_xlabel if lying else axes.set_ylabel)(y_label, labelpad=8)  # type: ignore[attr-defined]
    value_axis.set_major_formatter(FuncFormatter(lambda value, _: tick(value)))
    if kind == "histogram":
        value_axis.set_major_locator(MaxNLocator(integer=True))
    known = [x for x in data.x if x is not None]
    if kind in ("scatter", "histogram") or (
        known and all(numeric(x) for x in known) and not positions(data.x)[1] and kind != "bar"
    ):
        name_axis.set_major_formatter(
            FuncFormatter(lambda value, _: f"{value:.0f}" if year_like(known) else tick(value))
            if not dated(known) and not positions(data.x or [0.5, 1.5])[1]
            else name_axis.get_major_formatter()
        )
    if dated(known) and not positions(data.x)[1] and kind != "bar":
        from matplotlib.dates import AutoDateLocator, ConciseDateFormatter

        locator = AutoDateLocator(minticks=4, maxticks=10)
        name_axis.set_major_locator(locator)
        name_axis.set_major_formatter(ConciseDateFormatter(locator))
    value_axis.grid(True, color=GRID, lw=0.8, zorder=0)
    if kind == "scatter":
        name_axis.grid(True, color=GRID, lw=0.8, zorder=0)
    axes.set_axisbelow(True)  # type: ignore[attr-defined]
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)  # type: ignore[attr-defined]
    if len(data.series) > 1:
        legend(figure, axes, data, args)


def dated(xs: Sequence[object]) -> bool:
    """Whether all x values are dates."""
    return bool(xs) and all(isinstance(x, datetime.date) for x in xs)


def year_like(xs: Sequence[object]) -> bool:
    """Whether all x values are years, which take no thousands separators."""
    return bool(xs) and all(isinstance(x, int) and 1900 <= x <= 2100 for x in xs)


def legend(figure: object, axes: object, data: Data, args: dict) -> None:
    """The legend outside the data, below the title when it is short, at the right when it is long."""
    handles, names = axes.get_legend_handles_labels()  # type: ignore[attr-defined]
    title = label(str(args.get("series") or ""))
    axes.legend(
        handles[:20],
        [cut(name, 24) for name in names[:20]],
        loc="upper left",
        bbox_to_anchor=(1.01, 1),
        frameon=False,
        title=title or None,
        alignment="left",
    )  # type: ignore[attr-defined]


def label(name: str) -> str:
    """A column name as a label: words apart, the first one with a capital."""
    words = name.replace("_", " ").strip()
    return words[:1].upper() + words[1:]


def tick(value: float) -> str:
    """A number on an axis."""
    if value == 0:
        return "0"
    if abs(value) >= 1e7:
        return f"{value / 1e6:,.10g} M"
    return f"{value:,.0f}" if abs(value) >= 1000 or float(value).is_integer() else f"{value:,.6g}"


def numeric(value: object) -> bool:
    """Whether a value is a number."""
    return isinstance(value, int | float | Decimal) and not isinstance(value, bool)


def text(value: object) -> str:
    """A category as a label."""
    if isinstance(value, datetime.datetime) and value.time() == datetime.time():
        value = value.date()
    return "(blank)" if value is None else shown(value)


PAINTERS = {"bar": bars, "line": lines, "area": areas, "scatter": scatter, "histogram": histogram, "pie": pie}
