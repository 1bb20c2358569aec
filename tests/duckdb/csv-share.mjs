// How many CSV files with a known right answer DuckDB's sniffer reads exactly right: the yardstick of CsvShareTests.
// Usage: npm install @duckdb/node-api in a folder of its own, copy this file there, then: node csv-share.mjs ../shared/data
import { DuckDBInstance } from '@duckdb/node-api';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(process.argv[2], 'csv');

function parseCsv(text) {
  const records = [];
  let record = [];
  let field = '';
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    const c = text[i];
    if (quoted) {
      if (c === '"' && text[i + 1] === '"') { field += '"'; i++; } else if (c === '"') { quoted = false; } else { field += c; }
    } else if (c === '"') { quoted = true; } else if (c === ',') { record.push(field); field = ''; } else if (c === '\n') {
      record.push(field.replace(/\r$/, '')); records.push(record); record = []; field = '';
    } else if (c !== '\r' || text[i + 1] !== '\n') { field += c; }
  }
  if (field !== '' || record.length > 0) { record.push(field); records.push(record); }
  return records;
}

function expectedFromJson(path) {
  const parsed = JSON.parse(readFileSync(path, 'utf8'));
  const rows = Array.isArray(parsed) ? parsed : [parsed];
  const first = rows.find(row => !Array.isArray(row));
  const records = rows.map(row => Object.values(row).map(String));
  return first === undefined ? records : [Object.keys(first), ...records.filter((_, i) => !Array.isArray(rows[i]))];
}

function* cases() {
  for (const set of ['pollock', 'pollock-survey']) {
    for (const name of readdirSync(join(root, set, 'csv')).sort()) {
      const clean = join(root, set, 'clean', name);
      if (existsSync(clean)) yield [`${set}/csv/${name}`, parseCsv(readFileSync(clean, 'utf8').replace(/^\uFEFF/, ''))];
    }
  }
  for (const set of ['csv-spectrum', 'csv-test-data']) {
    for (const name of readdirSync(join(root, set)).filter(n => n.endsWith('.csv')).sort()) {
      const json = join(root, set, name.replace(/csv$/, 'json'));
      if (existsSync(json)) yield [`${set}/${name}`, expectedFromJson(json)];
    }
  }
}

function isHeaderRight(names, wanted) {
  return names.length >= wanted.length && names.every((name, i) => {
    const w = (wanted[i] ?? '').trim();
    return w === '' || wanted.filter(other => other.trim().toLowerCase() === w.toLowerCase()).length > 1 || name.trim() === w;
  });
}

// The clean files name the columns of tables without header col_0, col_1 and so on.
function withoutMadeUpHeader(wanted) {
  return wanted.length > 0 && wanted[0].every((name, i) => name.trim() === `col_${i}`) ? wanted.slice(1) : wanted;
}

// Blanks around a value and empty fields behind the last one make no difference.
function normalize(row) {
  const cells = row.map(cell => (cell ?? '').trim());
  while (cells.length > 0 && cells[cells.length - 1] === '') cells.pop();
  return cells.join('\u0000');
}

function isRight(names, rows, wanted) {
  const body = names === null ? wanted : wanted.slice(1);
  if (names !== null && (wanted.length === 0 || !isHeaderRight(names, wanted[0]))) return false;
  return rows.length === body.length && rows.every((row, r) => normalize(row) === normalize(body[r]));
}

const connection = await (await DuckDBInstance.create()).connect();
let right = 0;
let total = 0;
for (const [name, wanted] of cases()) {
  total++;
  const path = join(root, name).replaceAll("'", "''");
  let verdict = 'wrong';
  try {
    const hasHeader = (await (await connection.run(`select HasHeader from sniff_csv('${path}', all_varchar=true)`)).getRows())[0][0];
    const result = await connection.run(`select * from read_csv('${path}', all_varchar=true)`);
    const rows = await result.getRows();
    if (isRight(hasHeader ? result.columnNames() : null, rows, withoutMadeUpHeader(wanted))) { verdict = 'right'; right++; }
  } catch (e) {
    verdict = `error ${String(e.message).split('\n')[0]}`;
  }
  console.log(`${verdict}\t${name}`);
}
console.log(`DuckDB reads ${right} of ${total} files exactly right`);
