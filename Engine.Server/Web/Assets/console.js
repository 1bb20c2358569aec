import { byId, bytes, count, duration, element, errorText, grid, post } from './grid.js';

const pages = ['statements', 'sql', 'catalog'];
const isOver = statement => !['running', 'queued'].includes(statement.state);

// Pages: one is shown; its name is in the address, so that going back works.

function show(page) {
  for (const name of pages) {
    byId(name).hidden = name !== page;
    byId(`tab-${name}`).setAttribute('aria-selected', name === page);
    byId(`tab-${name}`).tabIndex = name === page ? 0 : -1;
  }
  if (page === 'catalog' && !byId('catalog-tree').hasChildNodes()) {
    loadCatalog();
  }
  if (page === 'sql') {
    byId('sql-text').focus();
  }
}

const currentPage = () => pages.find(page => location.hash.startsWith(`#${page}`)) ?? pages[0];
addEventListener('hashchange', () => show(currentPage()));
for (const page of pages) {
  byId(`tab-${page}`).addEventListener('click', () => { location.hash = page; });
  byId(`tab-${page}`).addEventListener('keydown', event => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step) {
      location.hash = pages[(pages.indexOf(page) + step + pages.length) % pages.length];
      byId(`tab-${currentPage()}`).focus();
    }
  });
}

// Statements: the list, and one of them beside it.

let statements = [];
let selected = null;

async function refreshStatements() {
  try {
    const answer = await (await fetch('api/statements')).json();
    statements = answer.statements;
    byId('who').textContent = answer.user;
    drawStatements();
    if (selected) {
      await refreshStatement();
    }
  } catch (error) {
    byId('who').textContent = `the server does not answer: ${error.message}`;
  }
}

function drawStatements() {
  const text = byId('statement-search').value.toLowerCase();
  const state = byId('statement-state').value;
  const found = statements.filter(statement => (!state || statement.state === state) && `${statement.user} ${statement.text} ${statement.id}`.toLowerCase().includes(text));
  const running = statements.filter(statement => !isOver(statement)).length;
  byId('statement-count').textContent = `${count(found.length)} of ${count(statements.length)}, ${count(running)} running`;
  const hadFocus = document.activeElement?.dataset?.id;
  byId('statement-list').tBodies[0].replaceChildren(...found.slice(0, 500).map(statement => {
    const row = element('tr', { tabIndex: 0 },
      element('td', { className: statement.state, textContent: statement.state }),
      element('td', { textContent: new Date(statement.startedAt).toLocaleTimeString() }),
      element('td', { textContent: statement.user }),
      element('td', { className: 'number', textContent: duration(statement.elapsedMs) }),
      element('td', { className: 'number', textContent: count(statement.rows) }),
      element('td', { className: 'number', textContent: bytes(statement.inputBytes) }),
      element('td', { className: 'number', textContent: bytes(statement.peakMemoryBytes) }),
      element('td', { textContent: statement.text, title: statement.text }));
    row.dataset.id = statement.id;
    row.setAttribute('aria-selected', statement.id === selected);
    return row;
  }));
  if (hadFocus) {
    byId('statement-list').querySelector(`[data-id="${hadFocus}"]`)?.focus();
  }
}

async function refreshStatement() {
  const response = await fetch(`api/statements/${selected}`);
  if (!response.ok) {
    return;
  }
  const { statement, plan } = await response.json();
  byId('statement').hidden = false;
  byId('statement').dataset.sql = statement.text;
  byId('statement-id').textContent = statement.id;
  byId('statement-cancel').hidden = isOver(statement);
  byId('statement-progress').hidden = isOver(statement);
  if (statement.bytesInScope > 0) {
    byId('statement-progress').value = Math.min(1, statement.inputBytes / statement.bytesInScope);
  } else {
    byId('statement-progress').removeAttribute('value');
  }
  const figures = {
    State: statement.state,
    User: statement.user,
    Started: new Date(statement.startedAt).toLocaleString(),
    Elapsed: duration(statement.elapsedMs) + (statement.queueMs > 0 ? `, ${duration(statement.queueMs)} of it in the queue` : ''),
    Rows: `${count(statement.rows)} given, ${count(statement.inputRows)} read`,
    Read: bytes(statement.inputBytes) + (statement.bytesInScope ? ` of ${bytes(statement.bytesInScope)}` : ''),
    'Peak memory': bytes(statement.peakMemoryBytes),
  };
  byId('statement-figures').replaceChildren(...Object.entries(figures).flatMap(([name, value]) => [element('dt', { textContent: name }), element('dd', { textContent: value })]));
  byId('statement-error').hidden = !statement.error;
  byId('statement-error').textContent = statement.error ? errorText({ ...statement.error, position: null }) : '';
  byId('statement-text').textContent = statement.text;
  byId('statement-plan').textContent = plan?.join('\n') ?? 'There is none: it took less than 5 ms, or it is no query. EXPLAIN ANALYZE shows the plan of a quick query.';
}

function select(id) {
  selected = id;
  byId('statement').hidden = !id;
  drawStatements();
  if (id) {
    refreshStatement();
  }
}

byId('statement-list').tBodies[0].addEventListener('click', event => select(event.target.closest('tr')?.dataset.id ?? null));
byId('statement-list').tBodies[0].addEventListener('keydown', event => {
  const row = event.target.closest('tr');
  if (event.key === 'Enter') {
    select(row.dataset.id);
  } else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
    (event.key === 'ArrowDown' ? row.nextElementSibling : row.previousElementSibling)?.focus();
    event.preventDefault();
  }
});
byId('statement-close').addEventListener('click', () => select(null));
byId('statement-cancel').addEventListener('click', async () => {
  await post(`api/statements/${selected}/cancel`, {});
  await refreshStatements();
});
byId('statement-edit').addEventListener('click', () => edit(byId('statement').dataset.sql));
byId('statement-search').addEventListener('input', drawStatements);
byId('statement-state').addEventListener('change', drawStatements);
byId('statement-filter').addEventListener('submit', event => event.preventDefault());
setInterval(() => {
  if (!byId('statements').hidden && byId('statement-live').checked && !document.hidden) {
    refreshStatements();
  }
}, 1000);

// SQL: what is marked runs, or all of it.

let running = null;

function edit(sql) {
  byId('sql-text').value = sql;
  location.hash = 'sql';
}

function sqlToRun() {
  const { value, selectionStart, selectionEnd } = byId('sql-text');
  return value.slice(selectionStart, selectionEnd).trim() ? value.slice(selectionStart, selectionEnd) : value;
}

async function during(what, work) {
  running?.abort();
  running = new AbortController();
  const mine = running;
  const start = performance.now();
  byId('sql-stop').disabled = false;
  byId('sql-status').textContent = `${what} ...`;
  const clock = setInterval(() => { byId('sql-status').textContent = `${what} ... ${duration(performance.now() - start)}`; }, 100);
  try {
    byId('sql-status').textContent = await work(mine.signal, start);
  } catch (error) {
    byId('sql-status').textContent = mine.signal.aborted ? 'stopped' : '';
    if (!mine.signal.aborted) {
      byId('sql-results').replaceChildren(element('p', { className: 'error', textContent: error.message }));
    }
  } finally {
    clearInterval(clock);
    if (running === mine) {
      running = null;
      byId('sql-stop').disabled = true;
    }
  }
}

const run = () => during('running', async (signal, start) => {
  const sql = sqlToRun();
  const answer = await (await post('api/sql', { sql, limit: Number(byId('sql-limit').value) || 1000 }, signal)).json();
  const shown = answer.results.flatMap(result => [
    ...(result.columns ? [grid(result.columns, result.rows)] : []),
    element('p', {
      textContent: `${result.tag ?? 'stopped by an error'}${result.columns ? `, ${count(result.rows.length)} ${result.rows.length === 1 ? 'row' : 'rows'}${result.isCut ? ' shown, there are more' : ''}` : ''}, ` +
        `${duration(result.elapsedMs)}${result.skippedRows ? `; ${count(result.skippedRows)} rows of the files did not fit and are left out` : ''}`,
    }),
  ]);
  if (answer.error) {
    shown.push(element('p', { className: 'error', textContent: errorText(answer.error, sql) }));
  }
  byId('sql-results').replaceChildren(...shown);
  return `${answer.error ? 'failed' : 'done'} in ${duration(performance.now() - start)}`;
});

const save = () => during('exporting', async signal => {
  const format = byId('sql-format').value;
  const response = await post('api/export', { sql: sqlToRun(), format }, signal);
  if (!response.ok) {
    throw new Error(errorText((await response.json()).error));
  }
  const file = await response.blob();
  const link = element('a', { href: URL.createObjectURL(file), download: `result.${format}` });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
  return `${link.download}: ${bytes(file.size)}`;
});

byId('sql-form').addEventListener('submit', event => {
  event.preventDefault();
  run();
});
byId('sql-stop').addEventListener('click', () => running?.abort());
byId('sql-export').addEventListener('click', save);
byId('sql-text').addEventListener('keydown', event => {
  if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    run();
  }
});

// Catalog: a tree of names, and the columns of one table.

const quoted = name => /^[a-z_][a-z0-9_]*$/.test(name) ? name : `"${name.replaceAll('"', '""')}"`;
const literal = text => `'${text.replaceAll("'", "''")}'`;

async function query(sql, limit = 100000) {
  const answer = await (await post('api/sql', { sql, limit })).json();
  if (answer.error) {
    throw new Error(errorText(answer.error, sql));
  }
  return answer.results[0];
}

async function loadCatalog() {
  byId('catalog-status').textContent = 'loading ...';
  try {
    const { rows } = await query('SELECT catalog_name, schema_name, table_name, table_type FROM system.metadata.tables ORDER BY 1, 2, 3');
    const catalogs = Map.groupBy(rows, row => row[0]);
    byId('catalog-tree').replaceChildren(...[...catalogs].map(([catalog, inCatalog]) => branch(catalog, inCatalog.length, catalog !== 'system',
      [...Map.groupBy(inCatalog, row => row[1])].map(([schema, inSchema]) => branch(schema, inSchema.length, !['information_schema', 'pg_catalog'].includes(schema) && catalogs.size < 4,
        inSchema.map(([, , table, type]) => {
          const open = element('button', { type: 'button', textContent: table });
          open.addEventListener('click', () => showTable(catalog, schema, table));
          const leaf = element('li', {}, open, element('small', {}, /view/i.test(type) ? ' view' : ''));
          leaf.dataset.name = `${catalog}.${schema}.${table}`.toLowerCase();
          return leaf;
        }))))));
    byId('catalog-status').textContent = `${count(rows.length)} tables and views`;
    filterCatalog();
  } catch (error) {
    byId('catalog-status').textContent = error.message;
  }
}

function branch(name, size, isOpen, leaves) {
  return element('li', {}, element('details', { open: isOpen }, element('summary', {}, name, element('small', {}, ` ${count(size)}`)), element('ul', {}, ...leaves)));
}

function filterCatalog() {
  const text = byId('catalog-search').value.toLowerCase();
  for (const leaf of byId('catalog-tree').querySelectorAll('li[data-name]')) {
    leaf.hidden = !leaf.dataset.name.includes(text);
  }
  for (const details of byId('catalog-tree').querySelectorAll('details')) {
    const hits = details.querySelectorAll('li[data-name]:not([hidden])').length;
    details.parentElement.hidden = hits === 0;
    details.open = text ? hits > 0 : details.open;
  }
}

async function showTable(catalog, schema, table) {
  const name = [catalog, schema, table].map(quoted).join('.');
  byId('table').hidden = false;
  byId('table').dataset.name = name;
  byId('table-name').textContent = name;
  byId('table-columns').textContent = 'loading ...';
  try {
    const { columns, rows } = await query(`SELECT ordinal_position AS "#", column_name AS name, data_type AS type, is_nullable AS "nullable" FROM ${quoted(catalog)}.information_schema.columns
      WHERE table_schema = ${literal(schema)} AND table_name = ${literal(table)} ORDER BY 1`);
    byId('table-columns').replaceChildren(grid(columns, rows));
  } catch (error) {
    byId('table-columns').replaceChildren(element('p', { className: 'error', textContent: error.message }));
  }
}

byId('catalog-search').addEventListener('input', filterCatalog);
byId('catalog-reload').addEventListener('click', loadCatalog);
byId('table-query').addEventListener('click', () => {
  edit(`SELECT * FROM ${byId('table').dataset.name} LIMIT 100`);
  run();
});

// Keys that work everywhere.

addEventListener('keydown', event => {
  if (event.key === 'Escape') {
    if (running) {
      running.abort();
    } else {
      select(null);
    }
  } else if (event.key === '/' && !['INPUT', 'TEXTAREA', 'SELECT'].includes(document.activeElement?.tagName)) {
    event.preventDefault();
    byId(currentPage() === 'catalog' ? 'catalog-search' : 'statement-search').focus();
  }
});

show(currentPage());
refreshStatements();
