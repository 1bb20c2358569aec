"""psycopg2: simple protocol, named cursors, COPY, transactions, adapters of types, errors with their fields."""
import datetime
import decimal
import io
import uuid

import psycopg2
import psycopg2.extras

psycopg2.extras.register_uuid()
connection = psycopg2.connect("")
print(connection.encoding, connection.server_version // 10000, connection.get_parameter_status("standard_conforming_strings"))
with connection.cursor() as cursor:
    cursor.execute("SELECT * FROM every_type ORDER BY i2")
    print([column.name + ":" + str(column.type_code) for column in cursor.description])
    for row in cursor:
        print([bytes(value) if isinstance(value, memoryview) else value for value in row])
    cursor.execute(
        "SELECT %s + 1, %s, %s, %s, %s, %s, %s, %s = ANY (%s), %s::jsonb, %s",
        (1, "it's ünder", decimal.Decimal("1.50"), datetime.date(2024, 2, 29), datetime.datetime(2024, 2, 29, 1, 2, 3, 4), datetime.timedelta(days=1, seconds=2),
         uuid.UUID("00112233-4455-6677-8899-aabbccddeeff"), 2, [1, 2], psycopg2.extras.Json({"a": [1]}), None))
    print(cursor.fetchall())
    cursor.execute("SELECT %s::bytea, %s", (b"\x00\xff", (1, 2) and True))
    print([bytes(value) if isinstance(value, memoryview) else value for value in cursor.fetchone()])
connection.rollback()

with connection.cursor("named", withhold=False) as cursor:
    cursor.itersize = 100
    cursor.execute("SELECT x FROM generate_series(1, 1000) AS g(x)")
    print(sum(row[0] for row in cursor))
connection.commit()

with connection.cursor(cursor_factory=psycopg2.extras.RealDictCursor) as cursor:
    cursor.execute("CREATE TABLE scratch (id int, name text)")
    psycopg2.extras.execute_values(cursor, "INSERT INTO scratch VALUES %s", [(i, f"n{i}") for i in range(10)])
    print(cursor.rowcount)
    cursor.execute("UPDATE scratch SET name = upper(name) WHERE id < %s RETURNING id, name", (2,))
    print([dict(row) for row in cursor.fetchall()])
    out = io.StringIO()
    cursor.copy_expert("COPY (SELECT * FROM scratch ORDER BY id LIMIT 3) TO STDOUT WITH CSV HEADER", out)
    print(repr(out.getvalue()))
    out = io.StringIO()
    cursor.copy_to(out, "scratch", columns=("id",))
    print(len(out.getvalue().splitlines()))
connection.rollback()

connection.autocommit = True
for sql in ["SELECT missing FROM orders", "SELECT 1 / 0", "SELECT * FROM scratch", "SELECT 'x'::date", "SELECT now() +"]:
    try:
        connection.cursor().execute(sql)
        print(sql, "no error")
    except psycopg2.Error as error:
        print(sql, error.pgcode, type(error).__name__, error.diag.severity, error.diag.statement_position)
connection.set_session(readonly=True)
try:
    connection.cursor().execute("CREATE TABLE not_here (x int)")
except psycopg2.Error as error:
    print(error.pgcode)
connection.set_session(readonly=False)
connection.reset()
print(connection.get_transaction_status(), connection.isolation_level)
with connection, connection.cursor() as cursor:
    cursor.execute("SAVEPOINT a; RELEASE SAVEPOINT a")
    cursor.execute("SET LOCAL statement_timeout = '300ms'")
    try:
        cursor.execute("SELECT pg_sleep(20)")
    except psycopg2.errors.QueryCanceled as error:
        print(error.pgcode)
connection.close()
