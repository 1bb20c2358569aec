// Reads Parquet files, one path a line of the list given, and writes what it finds into the folder given: N.arrows (Arrow IPC stream) by parquet-wasm,
// for files of variants N.json (an array of rows) by hyparquet, which knows them. A file that cannot be read gives N.error.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parquetMetadata, parquetReadObjects } from 'hyparquet';
import { compressors } from 'hyparquet-compressors';
import { readParquet } from 'parquet-wasm/node';

const [list, folder] = process.argv.slice(2);

// Times as the tests spell them: nanoseconds are more than a Date can hold.
const iso = nanos => new Date(Number((nanos - ((nanos % 1000000000n) + 1000000000n) % 1000000000n) / 1000000n)).toISOString().slice(0, 19)
  + '.' + String(((nanos % 1000000000n) + 1000000000n) % 1000000000n).padStart(9, '0');
const parsers = {
  timestampFromMilliseconds: value => iso(value * 1000000n),
  timestampFromMicroseconds: value => iso(value * 1000n),
  timestampFromNanoseconds: value => iso(value),
  dateFromDays: days => new Date(days * 86400000).toISOString().slice(0, 10),
  stringFromBytes: bytes => bytes && new TextDecoder().decode(bytes),
  uuidFromBytes: bytes => bytes && Buffer.from(bytes).toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-'),
};

// JSON.stringify knows neither big integers nor bytes.
function json(value) {
  if (value === null || value === undefined) return 'null';
  if (typeof value === 'bigint') return String(value);
  if (value instanceof Uint8Array) return JSON.stringify(Buffer.from(value).toString('base64'));
  if (value instanceof Date) return JSON.stringify(value.toISOString());
  if (Array.isArray(value) || ArrayBuffer.isView(value)) return '[' + Array.from(value, json).join(',') + ']';
  if (typeof value === 'object') return '{' + Object.entries(value).map(([key, item]) => JSON.stringify(key) + ':' + json(item)).join(',') + '}';
  return JSON.stringify(value);
}

for (const [index, path] of readFileSync(list, 'utf8').split('\n').entries()) {
  if (!path) continue;
  const target = join(folder, String(index));
  try {
    const bytes = readFileSync(path);
    let variants = false;
    try {
      const buffer = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length);
      const metadata = parquetMetadata(buffer);
      variants = metadata.schema.some(element => element.logical_type?.type === 'VARIANT');
      if (variants) {
        const file = { byteLength: buffer.byteLength, slice: (start, end) => buffer.slice(start, end) };
        writeFileSync(target + '.json', json(await parquetReadObjects({ file, metadata, compressors, parsers, utf8: false })));
      }
    } catch (error) {
      if (variants) throw error;
    }
    if (!variants) writeFileSync(target + '.arrows', readParquet(new Uint8Array(bytes)).intoIPCStream());
  } catch (error) {
    writeFileSync(target + '.error', String(error.message ?? error));
  }
}
