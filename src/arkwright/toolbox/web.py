"""Web: ask REST APIs and gather their pages, probe links, list them, download files. Runs where the proxy is the only way out."""

import csv
import http.client
import io
import json
import mimetypes
import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from email.message import Message
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urldefrag, urlencode, urljoin, urlsplit

from . import paging, records
from .client import Ask, Reply, authorization, expect, send
from .fault import Fault
from .paths import in_scratch

Progress = Callable[[float, str], None]
TEXT_CAP = 200_000
JSON_CAP = 2_000_000
WORKERS = 8


def fetch(args: dict, progress: Progress) -> dict:
    """{url, status, headers, pages, complete, json | text, table?, records_at?, saved?} of an address and its further pages.

    `table` holds the records when the body has a list of them; `complete` is False when there was more than was read.
    Faults: those of client.send, http_status, no_items, not_json.
    """
    ask = asked(args)
    reply = expect(send(ask), ask)
    value = {"url": reply.url, "status": reply.status, "headers": reply.headers, "pages": 1, "complete": True}
    body = reply.json
    if body is None:
        refuse_items(args, reply)
        value["text"] = reply.text[:TEXT_CAP]
        return value | delimited(reply) | saved(args, reply.body, reply)
    where = args["items"] if args.get("items") else records.find(body)
    if where is not None:
        body = gather(ask, reply, where, args, value, progress)
        value |= tabled(records.at(body, where), ask.url) | {"records_at": where}
    data = reply.body if value["pages"] == 1 else json.dumps(body, ensure_ascii=False, indent=1).encode()
    value["json"] = body if len(data) <= JSON_CAP else None
    return value | saved(args, data, reply)


def asked(args: dict) -> Ask:
    """The request that the arguments describe."""
    headers, body = dict(args.get("headers") or {}), None
    if args.get("json") is not None:
        body, kind = json.dumps(args["json"], ensure_ascii=False).encode(), "application/json"
    elif args.get("form") is not None:
        body, kind = urlencode(args["form"]).encode(), "application/x-www-form-urlencoded"
    elif args.get("body"):
        body, kind = Path(args["body"]["scratch"]).read_bytes(), args["body"]["media_type"]
    if body is not None:
        headers.setdefault("Content-Type", kind)
    params = {
        name: str(value).lower() if isinstance(value, bool) else str(value) for name, value in (args.get("params") or {}).items()
    }
    url = paging.with_query(args["url"], **params) if params else args["url"]
    return Ask(url, args.get("method") or "GET", headers, body, authorization(args.get("authorization")))


def refuse_items(args: dict, reply: Reply) -> None:
    """Records were asked for, and the body is no JSON."""
    if args.get("items"):
        kind = reply.media_type or "no stated type"
        raise Fault("not_json", f"{reply.url!r} answered {kind}, not JSON, so it has no {args['items']!r}", "check the address")


def gather(ask: Ask, reply: Reply, where: str, args: dict, value: dict, progress: Progress) -> object:
    """The first page's body with the records of all pages in it; counts the pages in `value`."""
    body, wanted = reply.json, args.get("pages") or {}
    first = records.at(body, where)
    if ask.method != "GET" or not isinstance(first, list):
        return body
    everything, last, seen = list(first), first, {reply.url}
    style, limit, url = wanted.get("style") or "auto", wanted.get("limit") or 200, reply.url
    while more := paging.following(reply, url, style, paging.Progress(value["pages"], len(everything), len(last))):
        if more in seen:
            break
        if value["pages"] >= limit:
            value["complete"] = False
            break
        progress(min(value["pages"] / limit, 0.95), f"page {value['pages'] + 1}")
        reply, page = next_page(ask, more, where)
        if not page or page == last:
            break
        everything, last, url = everything + page, page, more
        seen.add(more)
        value["pages"] += 1
    stated = paging.total(body)
    if style != "none" and stated is not None and len(everything) < stated:
        value["complete"] = False
    return replaced(body, where, everything)


def next_page(ask: Ask, url: str, where: str) -> tuple[Reply, list]:
    """A further page and its records. Credentials go along only to the host that was named."""
    same = urlsplit(url)[:2] == urlsplit(ask.url)[:2]
    onward = replace(ask, url=url, authorization=ask.authorization if same else "")
    reply = expect(send(onward), onward)
    page = records.at(reply.json, where)
    return reply, page if isinstance(page, list) else []


def replaced(body: object, where: str, everything: list) -> object:
    """A body with another list at `where`."""
    if not where:
        return everything
    name, _, rest = where.partition(".")
    if isinstance(body, dict):
        return {**body, name: replaced(body[name], rest, everything)}
    return everything


def tabled(found: object, url: str) -> dict:
    """{table} of records."""
    from .references import store

    rows = records.rows(found)
    return {"table": store(rows, records.columns(rows), PurePosixPath(urlsplit(url).path).stem or "records")}


def delimited(reply: Reply) -> dict:
    """{table} of a delimited text, going by its type or the address's ending."""
    ending = PurePosixPath(urlsplit(reply.url).path).suffix.lower()
    if not reply.text.strip() or not (
        reply.media_type in {"text/csv", "text/tab-separated-values"} or ending in {".csv", ".tsv"}
    ):
        return {}
    from .references import store_cells
    from .sniff import dialect

    layout = dialect(reply.text, reply.url)
    lines = reply.text.split("\n", 1)[1] if layout.skipped else reply.text
    rows = list(csv.reader(io.StringIO(lines, newline=""), delimiter=layout.delimiter))
    body = rows if layout.header is None else rows[layout.header + 1 :]
    cells = [[*row[: layout.width], *[""] * (layout.width - len(row))] for row in body if any(row)]
    return {"table": store_cells(cells, list(layout.names), PurePosixPath(urlsplit(reply.url).path).stem)}


def saved(args: dict, data: bytes, reply: Reply) -> dict:
    """{saved} when the body is to be kept as a file."""
    if not args.get("save_as"):
        return {}
    target = in_scratch(PurePosixPath(args["save_as"]).suffix)
    target.write_bytes(data)
    return {"saved": str(target)}


def probe(args: dict, progress: Progress) -> dict:
    """TableRef (url, status, ok, reason) plus the count `broken`; nothing an address does is a Fault."""
    from .references import store

    urls = addresses(args["urls"])
    with ThreadPoolExecutor(WORKERS) as pool:
        rows = []
        for number, row in enumerate(pool.map(probed, urls), 1):
            progress(number / len(urls), row["url"])
            rows.append(row)
    table = store(rows, ["url", "status", "ok", "reason"], "links", text=("url", "reason"))
    return {**table, "broken": sum(not row["ok"] for row in rows)}


def probed(url: str) -> dict:
    """One address: its final status after redirects, or why there is none."""
    row = {"url": url, "status": None, "ok": False, "reason": ""}
    try:
        reply = send(Ask(url, "HEAD", tries=2, seconds=30))
        if reply.status >= 400:
            reply = send(Ask(url, "GET", {"Range": "bytes=0-1023"}, tries=2, seconds=30))
    except Fault as fault:
        return row | {"reason": fault.message}
    ok = reply.status < 400 or reply.status == 416
    return row | {
        "status": 200 if reply.status in {206, 416} else reply.status,
        "ok": ok,
        "reason": http.client.responses.get(reply.status, ""),
    }


def addresses(given: object) -> list[str]:
    """Each address once, in order, from a list or the column `url` of a table.

    Faults: columns.
    """
    if isinstance(given, dict):
        from .references import load

        rows = load(given)
        if rows and "url" not in rows[0]:
            raise Fault("columns", "the table of addresses has no column 'url'", f"it has {', '.join(rows[0])}")
        given = [row["url"] for row in rows]
    return list(dict.fromkeys(str(url) for url in given))


def links(args: dict, progress: Progress) -> dict:
    """TableRef (url, text) of the web links on a page, absolute, without fragments, each once.

    Faults: those of client.send, http_status.
    """
    import lxml.html

    from .references import store

    ask = Ask(args["url"])
    reply = expect(send(ask), ask)
    tree = lxml.html.document_fromstring(reply.body or b"<html></html>", parser=lxml.html.HTMLParser(encoding="utf-8"))
    base = urljoin(reply.url, next(iter(tree.xpath("//base/@href")), ""))
    found: dict[str, str] = {}
    for anchor in tree.xpath("//a[@href] | //area[@href]"):
        url = urldefrag(urljoin(base, anchor.get("href").strip()))[0]
        if urlsplit(url).scheme in {"http", "https"}:
            found.setdefault(url, " ".join(anchor.text_content().split()))
    return store([{"url": url, "text": text} for url, text in found.items()], ["url", "text"], "links", text=("url", "text"))


def download(args: dict, progress: Progress) -> dict:
    """{files: [{url, path, bytes, media_type}], saved: [{scratch, path}]}: all addresses in the scratch, named for the workspace.

    Faults: those of client.send, http_status; then nothing is left.
    """
    urls = list(dict.fromkeys([*([args["url"]] if args.get("url") else []), *addresses(args.get("urls") or [])]))
    files: list[dict] = []
    kept: list[dict] = []
    try:
        for number, url in enumerate(urls):
            progress(number / len(urls), f"downloading {url}")
            target = in_scratch(".download")
            kept.append({"scratch": str(target), "path": ""})
            ask = Ask(url, authorization=authorization(args.get("authorization")), seconds=900)
            reply = expect(send(ask, sink=target), ask)
            kept[-1]["path"] = free(place(args.get("to") or "", reply, len(urls) == 1), {file["path"] for file in files})
            files.append({"url": url, "path": kept[-1]["path"], "bytes": target.stat().st_size, "media_type": reply.media_type})
    except Fault:
        for file in kept:
            Path(file["scratch"]).unlink(missing_ok=True)
        raise
    return {"files": files, "saved": kept}


def place(to: str, reply: Reply, alone: bool) -> str:
    """The workspace path of a download: `to` itself when it names a file, else the server's name in that folder."""
    if alone and PurePosixPath(to).suffix and not to.endswith("/"):
        return to
    return str(PurePosixPath(to) / name_of(reply)) if to else name_of(reply)


def name_of(reply: Reply) -> str:
    """The file's name as the server or the address gives it, made harmless."""
    message = Message()
    message["content-disposition"] = reply.headers.get("content-disposition", "")
    given = message.get_filename() or unquote(PurePosixPath(urlsplit(reply.url).path).name) or "download"
    name = re.sub(r'[\x00-\x1f\x7f/\\:*?"<>|]', "_", PurePosixPath(given.replace("\\", "/")).name).strip(" .")[:150] or "download"
    return name if PurePosixPath(name).suffix else name + (mimetypes.guess_extension(reply.media_type) or "")


def free(path: str, taken: set[str]) -> str:
    """`path`, numbered when another download of this call has it."""
    name, number, candidate = PurePosixPath(path), 1, path
    while candidate in taken:
        number += 1
        candidate = str(name.with_name(f"{name.stem} ({number}){name.suffix}"))
    return candidate
