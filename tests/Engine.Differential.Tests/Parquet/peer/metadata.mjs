// Prints as JSON what hyparquet finds in the footer of a Parquet file and in its page index: { metadata, indexes: [{ column, offset }, ...] } with an entry
// for every column chunk, in order. Big integers are numbers, bytes hexadecimal.
import { readFileSync } from 'node:fs';
import { parquetMetadata, parquetSchema } from 'hyparquet';
import { readColumnIndex, readOffsetIndex } from 'hyparquet/src/indexes.js';

const bytes = readFileSync(process.argv[2]);
const buffer = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length);
const metadata = parquetMetadata(buffer);
const leaves = [];
const walk = node => node.children.length === 0 ? leaves.push(node.element) : node.children.forEach(walk);
walk(parquetSchema(metadata));
const reader = (offset, length) => ({ view: new DataView(buffer, Number(offset), length), offset: 0 });
const indexes = metadata.row_groups.flatMap(group => group.columns.map((chunk, i) => ({
  column: chunk.column_index_offset ? readColumnIndex(reader(chunk.column_index_offset, chunk.column_index_length), leaves[i]) : null,
  offset: readOffsetIndex(reader(chunk.offset_index_offset, chunk.offset_index_length)),
})));
console.log(JSON.stringify({ metadata, indexes }, (key, value) => typeof value === 'bigint' ? Number(value) : value instanceof Uint8Array ? Buffer.from(value).toString('hex') : value));
