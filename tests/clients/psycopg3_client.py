"""psycopg 3: extended protocol, binary cursors, prepared statements, pipelines, COPY, type information."""
import datetime
import decimal
import uuid

import psycopg
from psycopg.rows import dict_row
from psycopg.types import TypeInfo
from psycopg.types.enum import EnumInfo

with psycopg.connect("") as connection:
    print(connection.info.server_version // 10000, connection.info.parameter_status("TimeZone"), connection.info.encoding)
    for binary in (False, True):
        with connection.cursor(binary=binary) as cursor:
            cursor.execute("SELECT b, i2, i4, i8, f4, f8, n, t, v, y, d, ti, ts, tz, u, j, ia, ta FROM every_type ORDER BY i2")
            print([(column.name, column.type_code, column.display_size, column.precision, column.scale) for column in cursor.description])
            for row in cursor:
                print(row)
    values = (1, 2**40, "ü", decimal.Decimal("1.50"), 0.5, datetime.date(2024, 2, 29), datetime.datetime(2024, 2, 29, 1, 2, 3), datetime.timedelta(days=3, seconds=1),
              uuid.UUID(int=7), b"\x00\x01", [1, 2, None], None, True)
    for binary in (False, True):
        print(connection.execute("SELECT %s + 1, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s", values, binary=binary).fetchone())
    for i in range(8):
        connection.execute("SELECT count(*) FROM orders WHERE id > %s", (i,), prepare=True)
    print(connection.execute("SELECT count(*) FROM pg_prepared_statements").fetchone())
    with connection.pipeline():
        cursors = [connection.execute("SELECT %s::int * 2", (i,)) for i in range(5)]
        print([cursor.fetchone()[0] for cursor in cursors])
    with connection.cursor(row_factory=dict_row, name="server_side") as cursor:
        cursor.execute("SELECT x, x * x AS square FROM generate_series(1, 500) AS g(x)")
        cursor.itersize = 50
        print(sum(row["square"] for row in cursor))
    with connection.cursor() as cursor:
        with cursor.copy("COPY (SELECT * FROM orders ORDER BY id) TO STDOUT") as copy:
            print([row for row in copy.rows()])
        with cursor.copy("COPY (SELECT id, total, note FROM orders ORDER BY id) TO STDOUT (FORMAT BINARY)") as copy:
            copy.set_types(["int8", "numeric", "varchar"])
            print([row for row in copy.rows()])
    for name in ("int4", "numeric", "nothing"):
        info = TypeInfo.fetch(connection, name)
        print(name, info and (info.name, info.oid if info.oid < 16384 else "own", bool(info.array_oid)))
    mood = EnumInfo.fetch(connection, "mood")
    print(mood.name, mood.labels)
    for sql in ["SELECT missing FROM orders", "SELECT 1 / 0", "SELECT 'x'::int", "SELECT %s::date"]:
        try:
            with connection.transaction():
                connection.execute(sql, ("x",) if "%s" in sql else None)
        except psycopg.Error as error:
            print(sql, error.sqlstate, error.diag.statement_position)
    print(connection.info.transaction_status.name)
