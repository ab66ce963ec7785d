"""A small website for the tests: paging in several styles, a token, errors, a form, pages made by scripts, GraphQL."""

import json
import threading
import time
from collections import Counter
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

TOKEN = "tok_abc123"
CSRF = "csrf-77"
THINGS = [{"id": n, "name": f"Thing {n}", "price": n * 1.5, "maker": {"name": f"Maker {n % 3}"}} for n in range(1, 26)]
BOOKS = [{"title": "A", "year": 1999, "author": {"name": "Ann"}}, {"title": "B", "year": 2005, "author": {"name": "Bob"}}]
SIZE = 10
LIST = {"kind": "NON_NULL", "ofType": {"kind": "LIST", "ofType": {"kind": "OBJECT", "name": "Book"}}}
SCHEMA = {
    "queryType": {"name": "Query"},
    "mutationType": None,
    "types": [
        {"kind": "OBJECT", "name": "Query", "fields": [{"name": "books", "args": [], "type": LIST}]},
        {
            "kind": "OBJECT",
            "name": "Book",
            "fields": [{"name": "title", "args": [], "type": {"kind": "SCALAR", "name": "String"}}],
        },
    ],
}

FORM = f"""<form method="post" action="/send"><input type="hidden" name="csrf" value="{CSRF}">
<label for="n">Full name</label><input id="n" name="name" required>
<label>Colour <select name="colour"><option value="r">Red</option><option value="g">Green</option></select></label>
<fieldset><legend>Size</legend><label><input type="radio" name="size" value="s"> Small</label>
<label><input type="radio" name="size" value="l"> Large</label></fieldset>
<label><input type="checkbox" name="news" value="yes"> Send news</label>
<textarea name="note" placeholder="Your note"></textarea><button>Order now</button></form>"""

LIVE = """<p>Stock</p><table id="stock"><thead><tr><th>Part</th><th>Count</th></tr></thead></table><script>
setTimeout(() => fetch('/live.json').then(r => r.json()).then(rows => {
document.getElementById('stock').innerHTML += rows.map(r => `<tr><td>${r.part}</td><td>${r.count}</td></tr>`).join(''); }), 200);
throwing();</script>"""

SCRIPTED = """<table id="t"><tr><th>N</th></tr><tbody></tbody></table><button>Next</button><script>
let page = 0; const button = document.querySelector('button');
const row = i => `<tr><td>${page * 2 + i}</td></tr>`;
const show = () => { document.querySelector('tbody:last-of-type').innerHTML = row(0) + row(1); button.disabled = page === 2; };
button.onclick = () => { page += 1; show(); }; show();</script>"""


def page(title: str, body: str) -> str:
    """An HTML page with a footer table that nobody wants."""
    footer = "<footer><table><tr><th>Day</th><th>Open</th></tr><tr><td>Mon</td><td>9-17</td></tr></table></footer>"
    head = f"<!doctype html><html><head><meta charset=utf-8><title>{title}</title></head>"
    return f"{head}<body><h1>{title}</h1>{body}{footer}</body></html>"


class Site(ThreadingHTTPServer):
    """The server; `seen` are the requests it got, `away` is the address of another site."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.seen: list[tuple[str, str, str]] = []
        self.headers: list[dict[str, str]] = []
        self.counts: Counter[str] = Counter()
        self.away = ""
        self.release = threading.Event()
        threading.Thread(target=self.serve_forever, daemon=True).start()

    @property
    def base(self) -> str:
        """http://127.0.0.1:PORT"""
        return f"http://127.0.0.1:{self.server_address[1]}"

    def close(self) -> None:
        """Let waiting requests go and stop."""
        self.release.set()
        self.shutdown()
        self.server_close()


class Handler(BaseHTTPRequestHandler):
    """One request."""

    server: Site
    protocol_version = "HTTP/1.1"

    def log_message(self, format: str, *args: object) -> None:
        """Quiet."""

    def do_GET(self) -> None:
        """Pages and the API."""
        parts = urlsplit(self.path)
        query = {name: values[-1] for name, values in parse_qs(parts.query).items()}
        self.record("")
        self.server.counts[parts.path] += 1
        handler = getattr(self, "get_" + parts.path.strip("/").replace("/", "_").replace(".", "_"), None)
        if handler is None:
            return self.answer(404, page("Not found", "<p>no such page</p>"))
        return handler(query)

    do_HEAD = do_GET

    def do_POST(self) -> None:
        """The form, GraphQL, and an echo."""
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
        self.record(body)
        if self.path == "/graphql":
            return self.graphql(json.loads(body))
        if self.path == "/send":
            fields = {name: values[-1] for name, values in parse_qs(body).items()}
            if fields.pop("csrf", "") != CSRF:
                return self.answer(403, page("Expired", "<p>This form has expired</p>"))
            return self.answer(200, page("Thanks", f"<p>Reference: <b>REF-{'-'.join(fields.values())}</b></p>"))
        return self.answer(200, {"sent": body, "type": self.headers.get("Content-Type")})

    def record(self, body: str) -> None:
        """Remember a request."""
        self.server.seen.append((self.command, self.path, body))
        self.server.headers.append({name.lower(): value for name, value in self.headers.items()})

    def answer(self, status: int, body: object, **headers: str) -> None:
        """Text as HTML, bytes as they are, anything else as JSON."""
        match body:
            case str():
                kind, data = "text/html; charset=utf-8", body.encode()
            case bytes():
                kind, data = "application/octet-stream", body
            case _:
                kind, data = "application/json", json.dumps(body).encode()
        self.send_response(status)
        for name, value in {"Content-Type": kind, "Content-Length": str(len(data)), **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(data)

    def number(self, query: dict[str, str]) -> int:
        """The page asked for."""
        return int(query.get("page", "1"))

    def get_things(self, query: dict[str, str]) -> None:
        """`next` in the body."""
        now = self.number(query)
        more = f"/things?page={now + 1}" if now * SIZE < len(THINGS) else None
        self.answer(200, {"items": THINGS[(now - 1) * SIZE : now * SIZE], "total": len(THINGS), "next": more})

    def get_linked(self, query: dict[str, str]) -> None:
        """A Link header."""
        now = self.number(query)
        more = {"Link": f'<{self.server.base}/linked?page={now + 1}>; rel="next"'} if now * SIZE < len(THINGS) else {}
        self.answer(200, THINGS[(now - 1) * SIZE : now * SIZE], **more)

    def get_cursor(self, query: dict[str, str]) -> None:
        """A cursor."""
        at = int(query.get("cursor", "0"))
        end = at + SIZE
        self.answer(200, {"data": THINGS[at:end], "next_cursor": str(end) if end < len(THINGS) else None})

    def get_plain(self, query: dict[str, str]) -> None:
        """Pages that say nothing of each other."""
        now = self.number(query)
        self.answer(200, THINGS[(now - 1) * SIZE : now * SIZE])

    def get_wandering(self, query: dict[str, str]) -> None:
        """The next page is at another site."""
        self.answer(200, {"items": THINGS[:2], "next": f"{self.server.away}/secret"})

    def get_secret(self, query: dict[str, str]) -> None:
        """For who has the token."""
        if self.headers.get("Authorization") != f"Bearer {TOKEN}":
            return self.answer(401, {"error": "no token"})
        return self.answer(200, {"items": THINGS[:3]})

    def get_broken(self, query: dict[str, str]) -> None:
        """An error of the server."""
        self.answer(500, page("Oops", "<p>it broke</p>"))

    def get_flaky(self, query: dict[str, str]) -> None:
        """Well at the third try."""
        if self.server.counts["/flaky"] < 3:
            return self.answer(503, {"error": "busy"}, Retry_After="0")
        return self.answer(200, {"ok": True})

    def get_slow(self, query: dict[str, str]) -> None:
        """Answers when the site closes."""
        self.server.release.wait(120)
        self.answer(200, {"ok": True})

    def get_away(self, query: dict[str, str]) -> None:
        """To another site."""
        self.answer(302, b"", Location=f"{self.server.away}/secret")

    def get_moved(self, query: dict[str, str]) -> None:
        """To the things."""
        self.answer(301, b"", Location="/things")

    def get_links(self, query: dict[str, str]) -> None:
        """Links of all kinds."""
        hrefs = ["/things", "missing", "/broken", "/things#part", "mailto:a@example.org", f"{self.server.away}/things"]
        self.answer(200, page("Links", "".join(f"<a href='{href}'>to {href}</a> " for href in hrefs)))

    def get_file(self, query: dict[str, str]) -> None:
        """A download with a nasty name."""
        self.answer(200, b"\0\1\2content", Content_Disposition='attachment; filename="../../re port.bin"')

    def get_cut(self, query: dict[str, str]) -> None:
        """Promises more than it sends."""
        self.close_connection = True
        self.answer(200, b"short", Content_Length="500")

    def get_prices_csv(self, query: dict[str, str]) -> None:
        """A delimited file."""
        self.answer(200, "Größe;Preis\nklein;1,50\ngroß;12,00\n".encode(), Content_Type="text/csv; charset=utf-8")

    def get_form(self, query: dict[str, str]) -> None:
        """A form."""
        self.answer(200, page("Order", FORM))

    def get_live(self, query: dict[str, str]) -> None:
        """A table filled by a script."""
        self.answer(200, page("Live", LIVE))

    def get_live_json(self, query: dict[str, str]) -> None:
        """What fills it."""
        time.sleep(0.2)
        self.answer(200, [{"part": "bolt", "count": 12}, {"part": "nut", "count": 7}])

    def get_scripted(self, query: dict[str, str]) -> None:
        """Pages turned by a script."""
        self.answer(200, page("Scripted", SCRIPTED))

    def get_list(self, query: dict[str, str]) -> None:
        """Pages with Next links."""
        now = self.number(query)
        cells = [[str(t["id"]), str(t["name"]), f"{t['price']:.2f}"] for t in THINGS[(now - 1) * SIZE : now * SIZE]]
        rows = "".join(f"<tr><td>{'</td><td>'.join(row)}</td></tr>" for row in cells)
        more = f"<a href='/list?page={now + 1}'>Next</a>" if now * SIZE < len(THINGS) else ""
        table = f"<table><caption>Things</caption><thead><tr><th>Id</th><th>Name</th><th>Price</th></tr></thead>{rows}</table>"
        self.answer(200, page("List", f"{table}{more}"))

    def graphql(self, body: dict[str, object]) -> None:
        """Books, or a schema, or an error."""
        query = str(body["query"])
        if "__schema" in query:
            return self.answer(200, {"data": {"__schema": SCHEMA}})
        if "books" in query:
            return self.answer(200, {"data": {"books": BOOKS}})
        return self.answer(200, {"data": None, "errors": [{"message": "no such field"}]})
