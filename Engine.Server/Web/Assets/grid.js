// Makes elements of what the server tells. All of it is set as text: nothing that a row holds becomes markup.

export const byId = id => document.getElementById(id);

export function element(name, properties = {}, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

export const count = number => Number(number).toLocaleString('en');

export function bytes(number) {
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];
  let unit = 0;
  for (; number >= 1024 && unit < units.length - 1; unit++) {
    number /= 1024;
  }
  return `${number.toLocaleString('en', { maximumFractionDigits: unit ? 1 : 0 })} ${units[unit]}`;
}

export function duration(milliseconds) {
  if (milliseconds < 1000) {
    return `${milliseconds.toFixed(milliseconds < 10 ? 1 : 0)} ms`;
  }
  const seconds = milliseconds / 1000;
  return seconds < 60 ? `${seconds.toFixed(1)} s` : `${Math.floor(seconds / 60)} min ${Math.floor(seconds % 60)} s`;
}

/** A result as a table; cells are text, NULL is null. */
export function grid(columns, rows) {
  const head = columns.map(column => element('th', { scope: 'col', className: column.isNumber ? 'number' : '' }, column.name, element('small', {}, column.type)));
  const body = rows.map(row => element('tr', {}, ...row.map((value, i) => value === null
    ? element('td', { className: columns[i].isNumber ? 'null number' : 'null', textContent: 'NULL' })
    : element('td', { className: columns[i].isNumber ? 'number' : 'text', textContent: value, title: value.length > 80 ? value : '' }))));
  return element('table', { className: 'grid' }, element('thead', {}, element('tr', {}, ...head)), element('tbody', {}, ...body));
}

/** An error with the line that it is in and a mark below the place. */
export function errorText(error, sql) {
  let text = `${error.code}: ${error.message}`;
  if (error.position && sql) {
    const start = error.position - 1;
    const lineStart = sql.lastIndexOf('\n', start - 1) + 1;
    const lineEnd = sql.indexOf('\n', start);
    const line = sql.slice(lineStart, lineEnd < 0 ? undefined : lineEnd);
    text += `\n\n${line}\n${' '.repeat(start - lineStart)}${'^'.repeat(Math.max(1, Math.min(error.length ?? 1, line.length - (start - lineStart))))}`;
  }
  return error.hint ? `${text}\nhint: ${error.hint}` : text;
}

export async function post(path, body, signal) {
  const response = await fetch(path, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body), signal });
  if (!response.ok && response.headers.get('Content-Type')?.startsWith('application/json') !== true) {
    throw new Error(await response.text());
  }
  return response;
}
