// Reads Parquet files, one a line of the list given, and writes what it finds into the folder given: N.arrows (Arrow IPC stream) by parquet-wasm. Lines
// go on with columns that hyparquet is to read as well; it also reads files of variants, which it alone knows, as N.json (an array of rows). What cannot
// be read gives N.arrows.error or N.json.error.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parquetMetadata, parquetReadObjects } from 'hyparquet';
import { compressors } from 'hyparquet-compressors';
import { readParquet } from 'parquet-wasm/node';

const [list, folder] = process.argv.slice(2);

// Times as JSON has them in variants, and elsewhere as numbers of nanoseconds or days: a Date can neither hold nanoseconds nor every day.
const iso = nanos => new Date(Number((nanos - ((nanos % 1000000000n) + 1000000000n) % 1000000000n) / 1000000n)).toISOString().slice(0, 19)
  + '.' + String(((nanos % 1000000000n) + 1000000000n) % 1000000000n).padStart(9, '0');
const parsersFor = variants => ({
  timestampFromMilliseconds: value => variants ? iso(value * 1000000n) : `#${value * 1000000n}`,
  timestampFromMicroseconds: value => variants ? iso(value * 1000n) : `#${value * 1000n}`,
  timestampFromNanoseconds: value => variants ? iso(value) : `#${value}`,
  dateFromDays: days => variants ? new Date(days * 86400000).toISOString().slice(0, 10) : `#${days}`,
  stringFromBytes: bytes => bytes && new TextDecoder().decode(bytes),
  uuidFromBytes: bytes => bytes && Buffer.from(bytes).toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-'),
});

// JSON.stringify knows neither big integers nor bytes nor what is no finite number.
function json(value, text) {
  if (value === null || value === undefined) return 'null';
  if (typeof value === 'bigint') return String(value);
  if (typeof value === 'number' && !Number.isFinite(value)) return `"${value}"`;
  if (value instanceof Uint8Array) return JSON.stringify(text(Buffer.from(value)));
  if (value instanceof Date) return JSON.stringify(value.toISOString());
  if (Array.isArray(value) || ArrayBuffer.isView(value)) return '[' + Array.from(value, item => json(item, text)).join(',') + ']';
  if (typeof value === 'object') return '{' + Object.entries(value).map(([key, item]) => JSON.stringify(key) + ':' + json(item, text)).join(',') + '}';
  return JSON.stringify(value);
}

// Bytes: as variants have them in JSON, and as DuckDB shows them.
const base64 = bytes => bytes.toString('base64');
const escapes = bytes => bytes.toString('hex').replace(/../g, '\\x$&');

const hasVariants = buffer => {
  try {
    return parquetMetadata(buffer).schema.some(element => element.logical_type?.type === 'VARIANT');
  } catch {
    return false;
  }
};

for (const [index, line] of readFileSync(list, 'utf8').split('\n').entries()) {
  if (!line) continue;
  const [path, ...columns] = line.split('\t');
  const target = join(folder, String(index));
  const bytes = readFileSync(path);
  const buffer = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length);
  const variants = hasVariants(buffer);
  if (variants || columns.length > 0) {
    try {
      const file = { byteLength: buffer.byteLength, slice: (start, end) => buffer.slice(start, end) };
      const rows = await parquetReadObjects({ file, columns: columns.length > 0 ? columns : undefined, compressors, parsers: parsersFor(variants), utf8: false });
      writeFileSync(target + '.json', json(rows, variants ? base64 : escapes));
    } catch (error) {
      writeFileSync(target + '.json.error', String(error.message ?? error));
    }
  }
  if (!variants) {
    try {
      writeFileSync(target + '.arrows', readParquet(new Uint8Array(bytes)).intoIPCStream());
    } catch (error) {
      writeFileSync(target + '.arrows.error', String(error.message ?? error));
    }
  }
}
