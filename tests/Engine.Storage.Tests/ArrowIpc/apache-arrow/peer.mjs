// Arrow's own JavaScript library as a peer: "show FILE" prints every column of a file that the engine wrote as a line of JSON,
// "write FILE file|stream" writes a table that the engine reads, with the same columns as ArrowPeerTests expects.
import { readFileSync, writeFileSync } from 'node:fs';
import * as arrow from 'apache-arrow';

const [, , command, path, kind] = process.argv;

function hex(bytes) {
  return Buffer.from(bytes).toString('hex');
}

function decimal(words) {
  const bits = BigInt.asIntN(128, words.reduce((sum, word, i) => sum + (BigInt(word >>> 0) << BigInt(32 * i)), 0n));
  return String(bits);
}

// Values as texts that do not depend on how this library shows them.
function show(type, value) {
  if (value === null || value === undefined) return null;
  if (arrow.DataType.isDecimal(type)) return decimal(Array.from(value));
  if (arrow.DataType.isBinary(type) || arrow.DataType.isFixedSizeBinary(type)) return hex(value);
  if (arrow.DataType.isList(type)) return Array.from(value, item => show(type.children[0].type, item));
  if (arrow.DataType.isStruct(type)) return type.children.map(child => show(child.type, value[child.name]));
  if (arrow.DataType.isMap(type)) return Array.from(value, ([key, item]) => [String(key), show(type.children[0].type.children[1].type, item)]);
  if (arrow.DataType.isInterval(type)) return Array.from(value).slice(0, 2).map(String);
  if (arrow.DataType.isDate(type) || arrow.DataType.isTimestamp(type)) return String(Math.floor(Number(value)));
  if (arrow.DataType.isFloat(type)) return value.toFixed(3);
  return String(value);
}

if (command === 'show') {
  const table = arrow.tableFromIPC(readFileSync(path));
  for (const field of table.schema.fields) {
    const values = Array.from(table.getChild(field.name), value => show(field.type, value));
    console.log(JSON.stringify([field.name, String(field.type), values]));
  }
} else {
  const item = type => new arrow.Field('item', type, true);
  const dictionary = new arrow.Dictionary(new arrow.Utf8(), new arrow.Int16());
  const columns = {
    i8: arrow.vectorFromArray([1, null, -128], new arrow.Int8()),
    u32: arrow.vectorFromArray([1, null, 4294967295], new arrow.Uint32()),
    u64: arrow.vectorFromArray([1n, null, 18446744073709551615n], new arrow.Uint64()),
    half: arrow.vectorFromArray([1.5, null, -2], new arrow.Float16()),
    big: arrow.vectorFromArray(['ä', null, 'a text longer than twelve bytes'], new arrow.LargeUtf8()),
    day: arrow.vectorFromArray([new Date('2024-02-29'), null, new Date('1969-12-31')], new arrow.DateMillisecond()),
    seconds: arrow.vectorFromArray([1709210096000, null, -1000], new arrow.TimestampSecond()),
    words: arrow.vectorFromArray(['red', null, 'red'], dictionary),
    list: arrow.vectorFromArray([['a', null], null, []], new arrow.List(item(new arrow.Utf8()))),
    pair: arrow.vectorFromArray([{ x: 1, y: 'b' }, null, { x: null, y: 'c' }],
      new arrow.Struct([new arrow.Field('x', new arrow.Int32(), true), new arrow.Field('y', new arrow.Utf8(), true)])),
    pairs: arrow.vectorFromArray([[1, 2], null, [3, 4]], new arrow.FixedSizeList(2, item(new arrow.Int32()))),
  };
  writeFileSync(path, arrow.tableToIPC(new arrow.Table(columns), kind));
}
