// Answers queries: one JSON string of SQL a line on stdin, one JSON object a line on stdout.
import { createInterface } from 'node:readline';
import { DuckDBInstance } from '@duckdb/node-api';

const instance = await DuckDBInstance.create(':memory:');
const connection = await instance.connect();
await connection.run("SET TimeZone = 'UTC'");

for await (const line of createInterface({ input: process.stdin })) {
  let answer;
  try {
    const result = await connection.runAndReadAll(JSON.parse(line));
    const rows = result.getRowsJson().map(row => row.map(cell => cell === null || typeof cell === 'string' ? cell : JSON.stringify(cell)));
    answer = { columns: result.columnNames(), types: result.columnTypes().map(String), rows };
  } catch (error) {
    answer = { error: String(error.message ?? error) };
  }
  process.stdout.write(JSON.stringify(answer) + '\n');
}
