"""Make: what becomes of the results: table files, charts, reports, answers."""

from collections.abc import Sequence

from arkwright.core.json import Json, Object, ref
from arkwright.planner.lexicon import CHART_FORMATS, TABLE_FORMATS
from arkwright.planner.reading import Drafting, Reading
from arkwright.planner.recipes.tables.answer import describe, say, words
from arkwright.planner.recipes.tables.events import Clean, Draw, Sink
from arkwright.planner.recipes.tables.query import Query, Wish
from arkwright.planner.recipes.tables.report import report
from arkwright.planner.recipes.tables.schema import Schema, title
from arkwright.planner.recipes.tables.steps import Built, Puzzled

Made = tuple[Query, Built, Json]


def make(reading: Reading, schema: Schema, draft: Drafting, wish: Wish, made: Sequence[Made]) -> None:
    """Add the tasks that leave files and the answer."""
    maker = Maker(reading, schema, draft, wish, list(made))
    maker.make()


class Maker:
    """Decides names and formats, then adds saves, charts, the report and the answer."""

    def __init__(self, reading: Reading, schema: Schema, draft: Drafting, wish: Wish, made: list[Made]) -> None:
        self.reading, self.schema, self.draft, self.wish, self.made = reading, schema, draft, wish, made
        self.saved: list[tuple[str, str]] = []
        self.drawn: list[str] = []
        self.kept: list[Json] = []
        self.divided = False
        self.reported = wish.report is not None or any(s.format in ("docx", "pdf") for q in wish.queries for s in q.sinks)

    def make(self) -> None:
        figures = [self.chart(item) for item in self.made]
        self.save()
        apart = next((c for item in self.made for c in item[0].cleans if c.do == "split"), None)
        if apart is not None and not self.divided:
            raise Puzzled(
                "nothing is saved that could be divided", span=apart.span, remedy="name the kind of file that is wanted"
            )
        if self.reported:
            self.document(figures)
        self.answer()

    # ------------------------------------------------------------------ files
    def save(self) -> None:
        """Table files: one for each place and format; several results in one workbook or one JSON file."""
        sinks = [
            (sink, item)
            for item in self.made
            for sink in item[0].sinks
            if sink.format in TABLE_FORMATS and not (self.reported and sink.format in ("md", "html"))
        ]
        sheets = any(s.sheet for s, _ in sinks) or bool(self.wish.sinks)
        if not sinks:
            self.save_unasked()
            return
        by_file: dict[tuple[str, str], list[Made]] = {}
        for sink, item in sinks:
            by_file.setdefault((sink.format, sink.path), []).append(item)
        if sheets:
            self.write("xlsx", next((s.path for s, _ in sinks if s.path), ""), self.made, [s for s, _ in sinks])
            return
        named = {form: path for form, path in by_file if path}
        silent = [item for item in self.made if not any(s.format in TABLE_FORMATS for s in item[0].sinks) and not item[0].asked]
        for (form, path), items in by_file.items():
            if not path and form in named:
                continue
            last = (form, path) == list(by_file)[-1]
            together = [item for item in self.made if item in items or (last and item in silent)] or items
            if (
                len(by_file) == 1 and len(self.made) > 1 and not any(item[0].asked for item in self.made if item not in items)
            ) or (len(by_file) == 1 and len(self.made) > 1 and form in ("json", "xlsx")):
                together = self.made
            if len(together) > 1 and form not in ("xlsx", "json", "db"):
                for item in together:
                    self.write(form, path if item is items[-1] else "", [item], [s for s, i in sinks if i is item])
            else:
                self.write(form, path, together, [s for s, _ in sinks if s.format == form])

    def save_unasked(self) -> None:
        """A request that is no question and names no format gets a csv file."""
        tabled = any(s.format == "table" for q in self.wish.queries for s in q.sinks)
        if self.reported or (not tabled and any(q.draws for q in self.wish.queries)):
            return
        for item in self.made:
            lone = not item[1].keys and bool(item[1].numbers) and not tabled
            if not item[0].asked and not self.wish.asked and not lone:
                self.write("csv", "", [item], [])

    def write(self, form: str, path: str, items: Sequence[Made], sinks: Sequence[Sink]) -> None:
        apart = next((c for item in items for c in item[0].cleans if c.do == "split"), None)
        if apart is not None:
            self.write_apart(form, path, items, apart)
            return
        path = path or self.draft.new_path(f"{name(items[0], self.schema)}.{form}")
        names: list[str] = []
        sheets: list[Json] = []
        for item in items:
            label = name(item, self.schema)[:28]
            while label in names:
                label += "_2"
            names.append(label)
            sheets.append({"table": item[2], "name": label})
        args: Object = {"sheets": sheets, "path": path}
        delimiter = next((c.value for q in self.wish.queries for c in q.cleans if c.do == "convert" and c.value), None)
        if delimiter and form == "csv":
            args["delimiter"] = delimiter
        if form == "json" and len(items) > 1:
            args["shape"] = "combined"
        task = self.draft.task(f"save {path}", "tables.save", args)
        self.saved.append((task, path))
        self.kept += [item[2] for item in items]
        span = sorted({n for s in sinks for n in s.span})
        self.draft.require(self.reading.quote(span) if span and span[-1] - span[0] < 12 else f"save {path}", task)

    def write_apart(self, form: str, path: str, items: Sequence[Made], apart: Clean) -> None:
        """A sheet or a file for each value of a column, and one for the rows that have none."""
        (query, built, table), one = items[0], apart.fields[0]
        known = one.column.values if one.column and one.type == "text" and len(one.column.values) == one.column.distinct else ()
        there = one.label in built.columns or (not built.columns and not query.grouped)
        if len(items) > 1 or not known or not there or (apart.value == "file" and path):
            remedy = "name a column of the result that has few different texts, and no file name for several files"
            raise Puzzled(f"the rows cannot be told apart by {one.label!r}", span=apart.span, remedy=remedy)
        base = name(items[0], self.schema).removesuffix("_table")
        spelled = {slug(value): "".join(c for c in value if c not in "[]:*?/\\")[:28] for value in known}
        wheres: dict[str, Json] = {}
        for value in known:
            wheres.setdefault(slug(value), {"column": one.label, "op": "eq", "value": value})
        if len(wheres) < len(known):
            raise Puzzled(
                f"values of {one.label!r} differ in their spelling only", span=apart.span, remedy="make them alike first"
            )
        if one.column and one.column.blanks and not query.grouped:
            wheres[f"without_{slug(one.label)}"] = {"column": one.label, "op": "blank"}
        parts: list[tuple[str, Json]] = []
        for label, where in wheres.items():
            args: Object = {"inputs": {"rows": table}, "steps": [{"do": "filter", "where": where}]}
            parts.append((label, ref(self.draft.task(f"pick {label}", "tables.query", args))))
        if apart.value == "sheet":
            path = path or self.draft.new_path(f"{base}.xlsx")
            files: list[tuple[str, list[Json]]] = [
                (path, [{"table": part, "name": spelled.get(label, label)[:28]} for label, part in parts])
            ]
        else:
            files = [
                (self.draft.new_path(f"{base}_{label}.{form}"), [{"table": part, "name": label[:28]}]) for label, part in parts
            ]
        for target, sheets in files:
            task = self.draft.task(f"save {target}", "tables.save", {"sheets": sheets, "path": target})
            self.saved.append((task, target))
            self.draft.require(self.reading.quote(apart.span), task)
        self.kept.append(table)
        self.divided = True

    # ------------------------------------------------------------------ charts
    def chart(self, item: Made) -> str:
        """Draw the chart of a query, if one is asked for; its task."""
        query, built, table = item
        named = [s for s in query.sinks if s.format in CHART_FORMATS]
        if not query.draws and not named:
            return ""
        wanted = next((d for d in query.draws if d.kind), query.draws[0] if query.draws else Draw(()))
        args = self.axes(wanted, query, built)
        path = next((s.path for s in named if s.path), "") or self.draft.new_path(
            f"{name(item, self.schema)}.{named[0].format if named else 'png'}"
        )
        args |= {"table": table, "title": self.wish.title or self.heading(built, args), "path": path}
        task = self.draft.task(f"draw {path}", "charts.draw", args)
        if not self.reported:
            self.drawn.append(path)
        span = sorted({n for d in query.draws for n in d.span} | {n for s in named for n in s.span})
        self.draft.require(self.reading.quote(list(query.draws[0].span)) if query.draws else self.reading.quote(span[:1]), task)
        return task

    def heading(self, built: Built, args: Object) -> str:
        """The title of a chart that was given none."""
        if args["kind"] == "histogram":
            return f"Distribution of {words(str(args['x']))}"
        y = args["y"]
        return (
            f"{words(str(y[0]))} against {words(str(args['x']))}".capitalize()
            if args["kind"] == "scatter" and isinstance(y, list)
            else describe(built)
        )

    def axes(self, wanted: Draw, query: Query, built: Built) -> Object:
        """Kind, x, y and series of a chart."""
        kind = wanted.kind or ("line" if built.dated else "bar")
        if kind in ("histogram", "scatter"):
            numeric = [c for c in built.columns if any(f.name == c and f.numeric for f in self.schema.fields)]
            chosen = [f.label for f in query.select] or numeric
            if kind == "histogram":
                return {"kind": kind, "x": chosen[0] if chosen else "", "y": [], "x_label": words(chosen[0]) if chosen else ""}
            if len(chosen) < 2:
                raise Puzzled("a scatter plot needs two columns", span=wanted.span, remedy="say which column goes against which")
            return {"kind": kind, "x": chosen[1], "y": [chosen[0]], "x_label": words(chosen[1]), "y_label": words(chosen[0])}
        if not built.numbers or not (built.keys or built.dated):
            raise Puzzled(
                "it is not said what to draw",
                span=wanted.span,
                remedy="say which number for what, such as total amount per month",
            )
        x = built.dated or built.keys[0]
        others = [k for k in built.keys if k != x]
        y = built.numbers if built.pivoted else built.numbers[:1]
        args: Object = {"kind": kind, "x": x, "y": list(y), "x_label": words(x), "y_label": words(y[0]) if len(y) == 1 else ""}
        if others and not built.pivoted:
            args["series"] = others[0]
        return args

    # ------------------------------------------------------------------ documents
    def document(self, figures: list[str]) -> None:
        """The report, last of all."""
        sinks = [s for q in self.wish.queries for s in q.sinks if s.format in ("docx", "pdf", "md", "html")]
        form = (self.wish.report.format if self.wish.report else "") or next((s.format for s in sinks), "docx")
        form = next((s.format for s in sinks if s.path), form)
        path = next((s.path for s in sinks if s.path and s.format == form), "") or self.draft.new_path(
            f"{name(self.made[0], self.schema)}_report.{form}"
        )
        task = report(self.reading, self.schema, self.draft, self.wish, self.made, figures, path)
        self.draft.say(f"The report is in {path}.\n")
        span = self.wish.report.span if self.wish.report else sinks[0].span
        self.draft.require(self.reading.quote([n for n in span if n - span[0] < 12]), task)

    # ------------------------------------------------------------------ answers
    def answer(self) -> None:
        """What was asked, then what lies where."""
        asked = [item for item in self.made if item[0].asked]
        if self.wish.asked and not asked:
            asked = self.made
        for item in self.made:
            lone = bool(item[1].numbers) and not item[1].keys and not item[1].pivoted
            if item in asked or lone or not self._left(item):
                say(self.reading, self.draft, item)
        if not asked and len(self.made) == 1 and not self.reported and self.made[0][0].grouped and self.saved:
            self.draft.say(f"{describe(self.made[0][1])}:\n", self.made[0][2], "\n")
        for task, path in self.saved:
            self.draft.say(ref(task, "rows"), f" rows saved to {path}.\n")
        for path in self.drawn:
            self.draft.say(f"The chart is in {path}.\n")

    def _left(self, item: Made) -> bool:
        """Whether something is left of a result: a file, a picture, a place in the report."""
        return self.reported or bool(item[0].draws) or item[2] in self.kept


def name(item: Made, schema: Schema) -> str:
    """A file name without extension: amount_by_region, sales_selection."""
    query, built, _ = item
    base = slug(title(schema.tables[min(built.tables)])) if built.tables else slug(title(schema.tables[0]))
    if query.cleans and any(c.do == "describe" for c in query.cleans):
        return f"{base}_statistics"
    if built.pivoted:
        return f"{base}_pivot"
    if built.numbers and built.keys:
        head = "top_" if query.top else ""
        return slug(f"{head}{built.numbers[0]}_by_{'_and_'.join(built.keys)}")[:60]
    if built.numbers:
        return slug(f"{base}_{built.numbers[0]}")
    if query.cleans and any(c.do == "union" for c in query.cleans):
        return f"{base}_combined" if not query.tag else "combined"
    if query.cleans and any(c.do == "distinct" for c in query.cleans):
        return f"{base}_unique"
    if query.cleans and any(c.do == "convert" for c in query.cleans):
        return f"{base}_converted"
    return f"{base}_selection" if query.filters or query.top or query.select else f"{base}_table"


def slug(text: str) -> str:
    """Lower case letters, digits and underscores."""
    cleaned = "".join(c if c.isalnum() else "_" for c in text.lower())
    return "_".join(part for part in cleaned.split("_") if part) or "table"
