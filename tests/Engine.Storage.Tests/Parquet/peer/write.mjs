// Turns each N.arrows (Arrow IPC stream) of a folder into N.parquet, with small pages and each time other settings.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Compression, Table, WriterPropertiesBuilder, WriterVersion, writeParquet } from 'parquet-wasm/node';

const folder = process.argv[2];
const codecs = [Compression.UNCOMPRESSED, Compression.SNAPPY, Compression.GZIP, Compression.BROTLI, Compression.ZSTD, Compression.LZ4_RAW];
for (const name of readdirSync(folder).filter(name => name.endsWith('.arrows'))) {
  const number = Number.parseInt(name, 10);
  const properties = new WriterPropertiesBuilder()
    .setCompression(codecs[number % codecs.length])
    .setWriterVersion(number % 2 === 0 ? WriterVersion.V1 : WriterVersion.V2)
    .setDictionaryEnabled(number % 3 !== 0)
    .setDataPageSizeLimit(number % 5 === 0 ? 1 << 20 : 200)
    .setDictionaryPageSizeLimit(number % 4 === 0 ? 100 : 1 << 20)
    .setWriteBatchSize(16)
    .setMaxRowGroupSize(number % 7 === 0 ? 50 : 1000)
    .build();
  const target = join(folder, name.replace('.arrows', ''));
  try {
    writeFileSync(target + '.parquet', writeParquet(Table.fromIPCStream(new Uint8Array(readFileSync(join(folder, name)))), properties));
  } catch (error) {
    writeFileSync(target + '.error', String(error.message ?? error));
  }
}
