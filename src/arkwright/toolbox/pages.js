// What runs inside a page: each function returns plain data, or the element that was looked for.

const clean = text => (text || '').replace(/\s+/g, ' ').trim();
const shown = element => !!(element.offsetWidth || element.offsetHeight || element.getClientRects().length);
const kindOf = field => field.tagName === 'SELECT' ? 'select' : field.tagName === 'TEXTAREA' ? 'textarea' : field.type;

function inputs(root) {
  const skipped = ['hidden', 'submit', 'button', 'image', 'reset'];
  return [...root.querySelectorAll('input, select, textarea')].filter(field => !skipped.includes(field.type));
}

function labelOf(field) {
  const own = [...(field.labels || [])].map(label => {
    const copy = label.cloneNode(true);
    copy.querySelectorAll('input, select, textarea, button').forEach(inner => inner.remove());
    return clean(copy.textContent);
  }).filter(Boolean)[0];
  const others = (field.getAttribute('aria-labelledby') || '').split(' ').map(id => document.getElementById(id)).filter(Boolean);
  return own || clean(field.getAttribute('aria-label')) || clean(others.map(other => other.textContent).join(' '));
}

function groupOf(field) {
  const legend = field.closest('fieldset') && field.closest('fieldset').querySelector('legend');
  return legend ? clean(legend.textContent) : '';
}

function describe(field) {
  const options = field.tagName === 'SELECT' ? [...field.options].filter(option => option.value || clean(option.text)) : [];
  return {
    name: field.name || '', label: labelOf(field), type: kindOf(field), required: field.required, placeholder: field.placeholder || '',
    options: options.map(option => clean(option.text)),
    ...(field.type === 'radio' ? {value: field.value, group: groupOf(field)} : {}),
  };
}

// The page's address, title, text, headings, links and forms.
function read() {
  const headings = [...document.querySelectorAll('h1, h2, h3, h4, h5, h6')].filter(shown);
  const links = [...document.querySelectorAll('a[href]')].filter(link => /^https?:/.test(link.href));
  const buttons = form => [...form.querySelectorAll('button, input[type=submit]')].map(b => clean(b.innerText || b.value));
  const forms = [...document.forms].map(form => ({
    action: form.action, method: (form.getAttribute('method') || 'get').toUpperCase(),
    fields: inputs(form).map(describe), buttons: buttons(form).filter(Boolean),
  }));
  return {
    url: location.href, title: document.title, text: document.body ? document.body.innerText : '',
    headings: headings.map(heading => ({level: +heading.tagName[1], text: clean(heading.innerText)})),
    links: links.map(link => ({text: clean(link.innerText), url: link.href})),
    forms: forms.filter(form => form.fields.length || form.buttons.length),
  };
}

// The cells of rows, spanning ones repeated where they reach.
function grid(rows) {
  const out = rows.map(() => []);
  rows.forEach((row, y) => {
    let x = 0;
    for (const cell of row.cells) {
      while (out[y][x] !== undefined) x++;
      const [high, wide, text] = [Math.max(1, cell.rowSpan || 1), Math.max(1, cell.colSpan || 1), clean(cell.innerText)];
      for (let down = 0; down < high && y + down < rows.length; down++)
        for (let right = 0; right < wide; right++) out[y + down][x + right] = text;
      x += wide;
    }
  });
  return out.map(row => Array.from(row, text => text === undefined ? '' : text));
}

function headingOf(table) {
  const before = heading => heading.compareDocumentPosition(table) & Node.DOCUMENT_POSITION_FOLLOWING && !table.contains(heading);
  const heading = [...document.querySelectorAll('h1, h2, h3, h4, h5, h6')].filter(before).pop();
  return heading ? clean(heading.innerText) : '';
}

// Every table with its names, rows of text, and which rows are header or footer.
function tables() {
  return [...document.querySelectorAll('table')].map((table, index) => {
    const rows = [...table.rows].filter(row => row.closest('table') === table && shown(row));
    const isHead = row => row.parentNode.tagName === 'THEAD' || (row.cells.length > 1 && [...row.cells].every(c => c.tagName === 'TH'));
    return {
      index, id: table.id, caption: table.caption ? clean(table.caption.innerText) : '',
      label: table.getAttribute('aria-label') || '', heading: headingOf(table),
      aside: !!table.closest('footer, nav, aside, [role=contentinfo], [role=navigation]'),
      layout: ['presentation', 'none'].includes(table.getAttribute('role')) || !!table.querySelector('table') || !shown(table),
      rows: grid(rows), head: rows.map(isHead), foot: rows.map(row => row.parentNode.tagName === 'TFOOT'),
    };
  });
}

// The field that is called `target` and is of one of `kinds`: exactly so, but for spelling, or in part.
function field([target, kinds]) {
  const plain = text => clean(text).toLowerCase().replace(/[:*]+$/, '').trim();
  const joined = text => text.replace(/[-_\s]/g, '');
  const wanted = plain(target);
  const names = e => [labelOf(e), e.name, e.id, e.placeholder, e.title, ...(e.type === 'radio' ? [e.value] : [])].map(plain).filter(Boolean);
  const usable = inputs(document).filter(e => !e.disabled && (!kinds.length || kinds.includes(kindOf(e))));
  const tests = [n => n === wanted, n => joined(n) === joined(wanted), n => n.includes(wanted), n => n.length > 2 && wanted.includes(n)];
  for (const test of tests) {
    const found = usable.find(e => names(e).some(test));
    if (found) return found;
  }
  try { return document.querySelector(target); } catch { return null; }
}

function fieldNames() {
  return inputs(document).map(e => labelOf(e) || e.name || e.placeholder || e.id).filter(Boolean);
}

// What the browser holds against a form.
function invalid(form) {
  return inputs(form).filter(e => !e.checkValidity()).map(e => `${labelOf(e) || e.name}: ${e.validationMessage}`);
}

// Whether every table that means to hold data has some.
function filled() {
  const expectant = table => !table.closest('footer') && (table.id || table.querySelector('th'));
  return [...document.querySelectorAll('table')].every(table => !expectant(table) || table.querySelector('td'));
}

// The way to the next page: {url}, {click} with the element marked, or null.
function next() {
  const word = /^(next|next page|older|older posts|weiter|nächste|suivant|siguiente|volgende)?\s*(»|›|→|>|>>)?$/;
  const says = text => clean(text) !== '' && word.test(clean(text).toLowerCase());
  const off = e => [e, e.parentElement].some(x => x && (x.disabled || x.classList.contains('disabled') || x.ariaDisabled === 'true'));
  const rel = [...document.querySelectorAll('a[rel~=next], link[rel~=next]')].find(e => e.href && !off(e));
  if (rel) return {url: rel.href};
  const candidates = [...document.querySelectorAll('a[href], button, [role=button]')].filter(e => !off(e) && shown(e));
  const found = candidates.find(e => says(e.innerText) || says(e.getAttribute('aria-label')));
  if (!found) return null;
  if (found.tagName === 'A' && /^https?:/.test(found.href) && !found.getAttribute('href').startsWith('#')) return {url: found.href};
  document.querySelectorAll('[data-arkwright-next]').forEach(e => e.removeAttribute('data-arkwright-next'));
  found.setAttribute('data-arkwright-next', '');
  return {click: true};
}
