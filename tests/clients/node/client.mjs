// node-postgres: text values, prepared statements, cursors and streams, a pool, errors, cancelling by a timeout.
import pg from 'pg';
import Cursor from 'pg-cursor';
import QueryStream from 'pg-query-stream';

const show = (...values) => console.log(...values.map(value => JSON.stringify(value)));
const client = new pg.Client({ database: process.env.PGDATABASE });
await client.connect();
const all = await client.query('SELECT * FROM every_type ORDER BY i2');
show(all.fields.map(field => [field.name, field.dataTypeID, field.dataTypeSize, field.format]), all.rowCount, all.command);
all.rows.forEach(row => show(row));
show((await client.query('SELECT $1::int + 1 AS a, $2 AS b, $3::numeric AS c, $4::date AS d, $5::int[] AS e, $6::json AS f, $7::bytea AS g, $8::bool AS h',
    [1, "it's ü", '1.50', '2024-02-29', [1, 2], { a: 1 }, Buffer.from([0, 255]), null])).rows);
for (let i = 0; i < 3; i++) {
    show((await client.query({ name: 'by id', text: 'SELECT id, total, tags FROM orders WHERE id > $1 ORDER BY id', values: [i], rowMode: 'array' })).rows);
}
show((await client.query('SELECT 1 AS x; SELECT 2 AS y, 3 AS z')).map(result => result.rows));
show((await client.query('')).rows, (await client.query('/* nothing */')).rows);

const cursor = client.query(new Cursor('SELECT x FROM generate_series(1, 1000) AS g(x)'));
show((await cursor.read(3)).length, (await cursor.read(500)).length, (await cursor.read(1000)).length, (await cursor.read(10)).length);
await cursor.close();
const early = client.query(new Cursor('SELECT x FROM generate_series(1, 100000000) AS g(x)'));
show((await early.read(5)).map(row => row.x));
await early.close();
let sum = 0;
for await (const row of client.query(new QueryStream('SELECT x FROM generate_series(1, $1) AS g(x)', [2000], { batchSize: 100 }))) {
    sum += row.x;
}
show(sum);

for (const sql of ['SELECT missing FROM orders', 'SELECT 1 / 0', "SELECT 'x'::int", 'SELEC 1', 'SELECT * FROM nothing']) {
    try {
        await client.query(sql);
    } catch (error) {
        show(sql, error.code, error.severity, error.position ?? null);
    }
}
await client.query('BEGIN');
await client.query('CREATE TABLE scratch (id int)');
show((await client.query('INSERT INTO scratch SELECT x FROM generate_series(1, 10) AS g(x)')).rowCount);
await client.query('ROLLBACK');
show((await client.query("SELECT to_regclass('scratch') IS NULL AS gone")).rows);
await client.query('LISTEN something');
await client.query('UNLISTEN *');
await client.end();

const pool = new pg.Pool({ max: 5, database: process.env.PGDATABASE, statement_timeout: 300 });
const numbers = await Promise.all([...Array(100).keys()].map(i => pool.query('SELECT $1::int AS i', [i])));
show(numbers.reduce((total, result) => total + result.rows[0].i, 0));
try {
    await pool.query('SELECT pg_sleep(20)');
} catch (error) {
    show(error.code);
}
await pool.end();
