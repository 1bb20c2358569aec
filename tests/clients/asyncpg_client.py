"""asyncpg: binary values only, prepared statements, cursors, COPY, types that it does not know from the start, a pool, timeouts."""
import asyncio
import datetime
import decimal
import io
import os
import uuid

import asyncpg


async def main():
    connection = await asyncpg.connect(user=os.environ["PGUSER"], database=os.environ["PGDATABASE"], host=os.environ["PGHOST"], port=int(os.environ["PGPORT"]), ssl=False)
    print(connection.get_server_version().major, connection.get_settings().TimeZone)
    for row in await connection.fetch("SELECT * FROM every_type ORDER BY i2"):
        print(dict(row))
    statement = await connection.prepare("SELECT id, total, placed, tags, note FROM orders WHERE id > $1 AND (note LIKE $2 OR note IS NULL) ORDER BY id")
    print([(parameter.name, parameter.oid) for parameter in statement.get_parameters()])
    print([(attribute.name, attribute.type.name) for attribute in statement.get_attributes()])
    print([tuple(row) for row in await statement.fetch(0, "%i%")])
    row = await connection.fetchrow(
        "SELECT $1::int + 1, $2::text, $3::numeric, $4::date, $5::timestamp, $6::timestamptz, $7::interval, $8::uuid, $9::bytea, $10::int[], $11::text[], $12::float8, $13::bool, $14::time, $15::json",
        1, "ü", decimal.Decimal("-1.50"), datetime.date(2024, 2, 29), datetime.datetime(2024, 2, 29, 1, 2, 3), datetime.datetime(2024, 2, 29, tzinfo=datetime.timezone.utc),
        datetime.timedelta(days=400, microseconds=7), uuid.UUID(int=7), b"\x00", [1, None], ["a", "b c"], 0.1, None, datetime.time(1, 2, 3), '{"a": 1}')
    print(tuple(row))
    async with connection.transaction():
        total = 0
        async for row in connection.cursor("SELECT x FROM generate_series(1, 1000) AS g(x)", prefetch=70):
            total += row["x"]
        print(total)
        cursor = await connection.cursor("SELECT x FROM generate_series(1, 10) AS g(x)")
        print(len(await cursor.fetch(3)), (await cursor.fetchrow())[0])
    out = io.BytesIO()
    print(await connection.copy_from_query("SELECT * FROM orders WHERE id < $1", 3, output=out, format="csv"), out.getvalue())
    print([tuple(row) for row in await connection.fetch("SELECT who, feels FROM feelings ORDER BY who")])
    print([tuple(row) for row in await connection.fetch("SELECT feels, count(*) FROM feelings GROUP BY 1 HAVING feels > 'sad'::mood ORDER BY 1")])
    await connection.execute("CREATE TABLE scratch (id int, name text)")
    await connection.executemany("INSERT INTO scratch VALUES ($1, $2)", [(i, f"n{i}") for i in range(50)])
    print(await connection.fetchval("SELECT count(*) FROM scratch"), await connection.execute("DELETE FROM scratch WHERE id < 10"), await connection.execute("DROP TABLE scratch"))
    for sql in ["SELECT missing FROM orders", "SELECT 1 / 0", "SELECT 'x'::int", "SELEC 1"]:
        try:
            await connection.fetch(sql)
        except asyncpg.PostgresError as error:
            print(sql, error.sqlstate, getattr(error, "position", None))
    try:
        await connection.execute("SELECT pg_sleep(20)", timeout=0.3)
    except asyncio.TimeoutError:
        print("timeout", await connection.fetchval("SELECT 1"))
    await connection.close()
    async with asyncpg.create_pool(min_size=2, max_size=5, user=os.environ["PGUSER"], database=os.environ["PGDATABASE"], host=os.environ["PGHOST"], port=int(os.environ["PGPORT"]), ssl=False) as pool:
        print(sum(await asyncio.gather(*(pool.fetchval("SELECT $1::int", i) for i in range(100)))))


asyncio.run(main())
