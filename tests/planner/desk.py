"""A desk for the recipe tests: a workspace as the planner surveys it, and what looks at it bring back."""

from arkwright.core.json import Json, Object
from arkwright.core.observation import Fault, Observation
from arkwright.core.plan import Need, Plan, Proposal
from arkwright.core.request import Request
from arkwright.core.survey import Survey
from arkwright.planner import survey as surveys
from arkwright.planner.offline import OfflinePlanner

SITE = "http://127.0.0.1:8080"
WORKSPACE = "/home/ada/desk"
FILES: dict[str, int] = {
    "access.log": 150_000,
    "chapter1.md": 400,
    "chapter2.md": 500,
    "chapter3.md": 300,
    "contract_v1.txt": 1300,
    "contract_v2.txt": 1400,
    "convert_temps.py": 280,
    "emails.txt": 4900,
    "invoice.pdf": 1800,
    "meeting_notes.md": 880,
    "proposal.docx": 37_000,
    "readings.txt": 57,
    "report.py": 220,
    "sales.csv": 34_000,
    "secrets.env": 63,
    "story.txt": 9800,
    "terms.pdf": 2300,
    "token.txt": 15,
    "backup_old.zip": 900,
    "inbox/scan_001.pdf": 2000,
    "inbox/note_002.txt": 300,
    "inbox/2024/list_003.csv": 400,
    "inbox/2024/old/export_004.log": 200_000,
    "inbox/from phone/scan_005.jpg": 120_000,
    "inbox/2024/list_003 copy.csv": 400,
    "photos/IMG_0024.jpg": 700,
    "photos/IMG_0110.jpg": 700,
    "photos/IMG_0076.jpg": 700,
    "photos/cover.png": 300,
    "photos/notes.txt": 20,
    "project/app.py": 900,
    "project/util/text.py": 400,
    "project/README.md": 300,
    "release/arkive-0.bin": 900,
    "release/arkive-1.bin": 900,
    "release/manifest.txt": 200,
}
SCRIPT = "import sys\nto=sys.argv[sys.argv.index('--to')+1] if '--to' in sys.argv else 'c'\nprint('f' if to=='f' else 'c')\n"
INVOICE = (
    "INVOICE 2025-0417\nBilled to: Northgate Housing Association\nTotal due: EUR 1,234.50\nPayable within 30 days to the account."
)
LINKS = ["/", "/reports/report-2024-q4.pdf", "/reports/report-2025-q2.pdf", "/reports/report-2025-q1.pdf", "/reports/figures.csv"]
FORM: Object = {
    "action": "/contact/submit",
    "method": "post",
    "fields": [
        {"name": "csrf", "label": "", "type": "hidden", "required": False, "options": []},
        {"name": "name", "label": "Your name", "type": "text", "required": True, "options": []},
        {"name": "email", "label": "E-mail", "type": "email", "required": True, "options": []},
        {
            "name": "topic",
            "label": "Topic",
            "type": "select",
            "required": False,
            "options": [{"text": "General", "value": "general"}, {"text": "Technical problem", "value": "tech"}],
        },
        {"name": "message", "label": "Message", "type": "textarea", "required": False, "options": []},
        {"name": "newsletter", "label": "Send me the newsletter", "type": "checkbox", "required": False, "options": []},
    ],
}


def plan(text: str) -> Proposal:
    """What the offline planner proposes, after it has had its looks."""
    planner, survey = OfflinePlanner(), Survey()
    for _ in range(6):
        proposal = planner.propose(Request(text, WORKSPACE), survey)
        if not isinstance(proposal, Need):
            return proposal
        for look in proposal.looks:
            survey = planner.look(survey, look.tool, look.args, see(look.tool, look.args))
    raise AssertionError(f"the planner keeps looking: {proposal!r}")


def calls(text: str) -> list[tuple[str, Object]]:
    """The tool calls of the plan for a request, in order."""
    proposal = plan(text)
    assert isinstance(proposal, Plan), proposal
    return [(task.tool, task.args) for task in proposal.tasks]


def see(tool: str, args: Object) -> Observation:
    """What a look brings back."""
    where = surveys.subject(tool, args)
    if tool == "files.list":
        return Observation(listing())
    if tool == "files.read" and where == "convert_temps.py":
        return Observation({"text": SCRIPT, "lines": 3, "encoding": "utf-8"})
    if tool == "documents.read" and where == "invoice.pdf":
        return Observation({"kind": "pdf", "text": INVOICE, "headings": [], "tables": []})
    if tool == "http.links":
        return Observation(table(["url", "text"], [[SITE + path, path] for path in LINKS]))
    if tool == "browser.visit" and where.endswith("/contact"):
        return Observation({"url": where, "title": "Contact", "text": "", "forms": [FORM], "tables": []})
    if tool == "tables.describe":
        return Observation({"tables": [described(where)] if where.endswith((".csv", ".docx")) else []})
    return Observation(outcome="error", fault=Fault("unreachable", f"nothing answers at {where!r}"))


def listing() -> Json:
    """Files and their folders."""
    folders = {"/".join(path.split("/")[:depth]) + "/" for path in FILES for depth in range(1, path.count("/") + 1)}
    return [
        {"path": path, "size": size, "media_type": ""} for path, size in sorted({**FILES, **dict.fromkeys(folders, 0)}.items())
    ]


def table(columns: list[str], rows: list[list[str]]) -> Object:
    """A TableRef."""
    preview: list[Json] = [[*row] for row in rows]
    return {
        "table": "/tmp/scratch/x.parquet",
        "columns": [{"name": c, "type": "text"} for c in columns],
        "rows": len(rows),
        "preview": preview,
    }


def described(path: str) -> Object:
    """A table of three columns."""
    columns: list[Json] = [
        {"name": "region", "type": "text", "values": ["North", "South"], "distinct": 2, "blanks": 1},
        {"name": "amount", "type": "number", "values": ["1.5"], "distinct": 60, "blanks": 1},
        {"name": "date", "type": "date", "values": ["2025-01-01"], "distinct": 60, "blanks": 0},
    ]
    part = "table:1" if path.endswith(".docx") else ""
    return {"source": path, "part": part, "columns": columns, "rows": 9, "layout": {"delimiter": ",", "encoding": "utf-8"}}
