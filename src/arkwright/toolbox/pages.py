"""Pages: what a page in the browser says: text, headings, links, forms and tables."""

from dataclasses import dataclass
from typing import Any

FIELDS = """
const clean = t => (t || '').replace(/\\s+/g, ' ').trim();
const skipped = ['hidden', 'submit', 'button', 'image', 'reset'];
const inputs = root => [...root.querySelectorAll('input, select, textarea')].filter(e => !skipped.includes(e.type));
const labelOf = e => {
  const own = [...(e.labels || [])].map(l => {
    const copy = l.cloneNode(true);
    copy.querySelectorAll('input, select, textarea, button').forEach(c => c.remove());
    return clean(copy.textContent);
  }).filter(Boolean)[0];
  const by = (e.getAttribute('aria-labelledby') || '').split(' ').map(i => document.getElementById(i)).filter(Boolean);
  return own || clean(e.getAttribute('aria-label')) || clean(by.map(b => b.textContent).join(' '));
};
const groupOf = e => { const f = e.closest('fieldset'); const l = f && f.querySelector('legend'); return l ? clean(l.textContent) : ''; };
"""

READ = (
    "() => {"
    + FIELDS
    + """
  const shown = e => !!(e.offsetWidth || e.offsetHeight || e.getClientRects().length);
  const headings = [...document.querySelectorAll('h1, h2, h3, h4, h5, h6')].filter(shown)
    .map(h => ({level: +h.tagName[1], text: clean(h.innerText)}));
  const links = [...document.querySelectorAll('a[href]')].filter(a => /^https?:/.test(a.href))
    .map(a => ({text: clean(a.innerText), url: a.href}));
  const field = e => ({
    name: e.name || '', label: labelOf(e), type: e.tagName === 'SELECT' ? 'select' : e.tagName === 'TEXTAREA' ? 'textarea' : e.type,
    required: e.required, placeholder: e.placeholder || '',
    options: e.tagName === 'SELECT' ? [...e.options].filter(o => o.value || clean(o.text)).map(o => clean(o.text)) : [],
    ...(e.type === 'radio' ? {value: e.value, group: groupOf(e)} : {}),
  });
  const buttons = f => [...f.querySelectorAll('button, input[type=submit]')].map(b => clean(b.innerText || b.value)).filter(Boolean);
  const forms = [...document.forms].map(f => ({
    action: f.action, method: (f.method || 'get').toUpperCase(), fields: inputs(f).map(field), buttons: buttons(f),
  })).filter(f => f.fields.length || f.buttons.length);
  return {url: location.href, title: document.title, text: document.body ? document.body.innerText : '', headings, links, forms};
}"""
)

TABLES = """() => {
  const clean = t => (t || '').replace(/\\s+/g, ' ').trim();
  const shown = e => !!(e.offsetWidth || e.offsetHeight || e.getClientRects().length);
  const before = (table, selector) => [...document.querySelectorAll(selector)]
    .filter(h => h.compareDocumentPosition(table) & Node.DOCUMENT_POSITION_FOLLOWING && !table.contains(h)).pop();
  const grid = rows => {
    const out = rows.map(() => []);
    rows.forEach((row, r) => {
      let c = 0;
      for (const cell of row.cells) {
        while (out[r][c] !== undefined) c++;
        const cellText = clean(cell.innerText);
        for (let y = 0; y < Math.max(1, cell.rowSpan || 1) && r + y < rows.length; y++)
          for (let x = 0; x < Math.max(1, cell.colSpan || 1); x++) out[r + y][c + x] = cellText;
        c += Math.max(1, cell.colSpan || 1);
      }
    });
    return out.map(row => Array.from(row, v => v === undefined ? '' : v));
  };
  return [...document.querySelectorAll('table')].map((table, index) => {
    const rows = [...table.rows].filter(r => r.closest('table') === table && shown(r));
    const foot = rows.map(r => r.parentNode.tagName === 'TFOOT');
    const head = rows.map(r => r.parentNode.tagName === 'THEAD' || (r.cells.length > 1 && [...r.cells].every(c => c.tagName === 'TH')));
    const heading = before(table, 'h1, h2, h3, h4, h5, h6');
    return {
      index, id: table.id, caption: table.caption ? clean(table.caption.innerText) : '', label: table.getAttribute('aria-label') || '',
      heading: heading ? clean(heading.innerText) : '',
      aside: !!table.closest('footer, nav, aside, [role=contentinfo], [role=navigation]'),
      layout: ['presentation', 'none'].includes(table.getAttribute('role')) || !!table.querySelector('table') || !shown(table),
      rows: grid(rows), head, foot,
    };
  });
}"""

FIELD = (
    "([target, kinds]) => {"
    + FIELDS
    + """
  const wanted = clean(target).toLowerCase().replace(/[:*]+$/, '').trim();
  const all = inputs(document).filter(e => !kinds.length || kinds.includes(e.tagName === 'SELECT' ? 'select' : e.type));
  const names = e => [labelOf(e), e.name, e.id, e.placeholder, e.getAttribute('aria-label'), e.title,
    ...(e.type === 'radio' ? [e.value] : [])].map(n => clean(n).toLowerCase().replace(/[:*]+$/, '').trim()).filter(Boolean);
  const tests = [n => n === wanted, n => n.replace(/[-_\\s]/g, '') === wanted.replace(/[-_\\s]/g, ''),
    n => n.includes(wanted), n => n.length > 2 && wanted.includes(n)];
  for (const test of tests) {
    const found = all.filter(e => names(e).some(test));
    const usable = found.filter(e => !e.disabled);
    if (usable.length) return usable[0];
  }
  try { return document.querySelector(target); } catch { return null; }
}"""
)

FIELD_NAMES = (
    "() => {" + FIELDS + " return inputs(document).map(e => labelOf(e) || e.name || e.placeholder || e.id).filter(Boolean); }"
)

INVALID = (
    "e => {"
    + FIELDS
    + " return inputs(e).filter(f => !f.checkValidity()).map(f => (labelOf(f) || f.name) + ': ' + f.validationMessage); }"
)

FILLED = """() => [...document.querySelectorAll('table')].every(t => t.closest('footer') || t.querySelector('td')
  || !(t.id || t.querySelector('th')))"""

NEXT = """() => {
  const clean = t => (t || '').replace(/\\s+/g, ' ').trim().toLowerCase();
  const off = e => e.disabled || e.getAttribute('aria-disabled') === 'true' || e.classList.contains('disabled')
    || (e.parentElement && e.parentElement.classList.contains('disabled'));
  const words = /^(next|next page|next »|next ›|next →|next >|›|»|→|>|older|older posts|weiter|nächste|suivant|siguiente|volgende)$/;
  const rel = [...document.querySelectorAll('a[rel~=next], link[rel~=next]')].filter(e => e.href && !off(e))[0];
  if (rel) return {url: rel.href};
  const named = [...document.querySelectorAll('a[href], button, [role=button]')]
    .filter(e => !off(e) && (words.test(clean(e.innerText)) || words.test(clean(e.getAttribute('aria-label')))))[0];
  if (!named) return null;
  if (named.tagName === 'A' && /^https?:/.test(named.href) && !named.getAttribute('href').startsWith('#')) return {url: named.href};
  named.setAttribute('data-arkwright-next', '');
  return {click: true};
}"""


@dataclass(frozen=True)
class Found:
    """A table of a page: where it stands, its column names and its rows of text."""

    index: int
    names: list[str]
    rows: list[list[str]]
    title: str
    aside: bool
    known_as: tuple[str, ...]

    def records(self) -> list[dict]:
        """Each row as an object; a blank cell is None."""
        return [{name: cell or None for name, cell in zip(self.names, row, strict=False)} for row in self.rows]


def tables(page: Any) -> list[Found]:
    """The tables that hold data: not those used for layout, nor those without a row."""
    return [found for raw in page.evaluate(TABLES) if not raw["layout"] and (found := table(raw)).rows]


def table(raw: dict) -> Found:
    """A table with its header told from its rows: header cells, else a first row that differs in kind; totals in tfoot are left out."""
    body = [row for row, head, foot in zip(raw["rows"], raw["head"], raw["foot"], strict=True) if not foot and not head]
    heads = [row for row, head in zip(raw["rows"], raw["head"], strict=True) if head]
    if (
        not heads
        and len(body) > 1
        and all(body[0])
        and not any(numeric(cell) for cell in body[0])
        and len(set(body[0])) == len(body[0])
    ):
        heads, body = [body[0]], body[1:]
    width = max((len(row) for row in [*body, *heads]), default=0)
    body = [[*row, *[""] * (width - len(row))] for row in body if any(row)]
    known = tuple(text for text in (raw["caption"], raw["label"], raw["id"], raw["heading"]) if text)
    return Found(raw["index"], column_names(heads, width), body, known[0] if known else "", raw["aside"], known)


def numeric(cell: str) -> bool:
    """Whether a cell holds mostly digits."""
    return sum(c.isdigit() for c in cell) * 2 >= len(cell.replace(" ", "")) > 0


def column_names(heads: list[list[str]], width: int) -> list[str]:
    """One name a column from one or more header rows; a group above several columns goes in front of theirs."""
    out: list[str] = []
    for at in range(width):
        parts = list(dict.fromkeys(row[at] for row in heads if at < len(row) and row[at]))
        name = " ".join(parts) or f"column_{at + 1}"
        count, unique = 1, name
        while unique in out:
            count += 1
            unique = f"{name}_{count}"
        out.append(unique)
    return out
