"""psqlODBC by way of unixODBC, as Excel and old BI tools connect: catalog functions, parameters, cursors, errors."""
import datetime
import decimal
import os

import pyodbc

driver = "/usr/lib/x86_64-linux-gnu/odbc/psqlodbcw.so"
text = f"Driver={driver};Server={os.environ['PGHOST']};Port={os.environ['PGPORT']};Database={os.environ['PGDATABASE']};Uid={os.environ['PGUSER']};"


def show(title, rows):
    print("==", title)
    for row in rows:
        print(tuple(row))


for options in ("", "UseDeclareFetch=1;Fetch=2;", "UseServerSidePrepare=0;"):
    print("== options", options)
    connection = pyodbc.connect(text + options, autocommit=not options)
    cursor = connection.cursor()
    print(connection.getinfo(pyodbc.SQL_DBMS_NAME), connection.getinfo(pyodbc.SQL_DATABASE_NAME))
    show("tables", ((row.table_schem, row.table_name, row.table_type, row.remarks) for row in cursor.tables(schema="public")))
    for table in ("orders", "every_type"):
        show("columns", ((row.column_name, row.data_type, row.type_name, row.column_size, row.decimal_digits, row.nullable, row.column_def, row.ordinal_position) for row in cursor.columns(table=table, schema="public")))
    show("primary keys", ((row.table_name, row.column_name, row.key_seq, row.pk_name) for row in cursor.primaryKeys("orders", schema="public")))
    show("foreign keys", ((row.pktable_name, row.pkcolumn_name, row.fktable_name, row.fkcolumn_name, row.fk_name, row.pk_name) for row in cursor.foreignKeys(foreignTable="orders", foreignSchema="public")))
    show("statistics", ((row[3], row[5], row[7], row[8]) for row in cursor.statistics("orders", schema="public", unique=False)))
    show("row id", (tuple(row)[1:4] for row in cursor.rowIdColumns("orders", schema="public")))
    show("procedures", cursor.procedures(schema="public"))
    show("every type", cursor.execute("SELECT b, i2, i4, i8, f4, f8, n, t, v, y, d, ti, ts, tz::text, iv, u, j, ia, ta FROM every_type ORDER BY i2"))
    print([(column[0], column[1].__name__, column[3], column[4], column[5], column[6]) for column in cursor.description])
    show("parameters", cursor.execute(
        "SELECT ?::int + 1, ?::text, ?::numeric, ?::float8, ?::date, ?::timestamp, ?::bool, ?::bytea",
        1, "it's ü", decimal.Decimal("1.50"), 0.5, datetime.date(2024, 2, 29), datetime.datetime(2024, 2, 29, 1, 2, 3), True, b"\x00\x01"))
    show("where", cursor.execute("SELECT id, total FROM orders WHERE id > ? AND total < ? ORDER BY id", 0, 1000))
    cursor.execute("CREATE TABLE scratch (id int, name varchar(10))")
    cursor.executemany("INSERT INTO scratch VALUES (?, ?)", [(i, f"n{i}") for i in range(7)])
    show("scratch", cursor.execute("SELECT * FROM scratch ORDER BY id"))
    print(cursor.execute("DELETE FROM scratch WHERE id < ?", 3).rowcount)
    cursor.execute("DROP TABLE scratch")
    connection.commit()
    for sql in ("SELECT missing FROM orders", "SELECT 1 / 0", "SELECT * FROM nothing", "SELECT 'x'::int"):
        try:
            cursor.execute(sql).fetchall()
        except pyodbc.Error as error:
            print(sql, error.args[0])
            connection.rollback()
    connection.close()
