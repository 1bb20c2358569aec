#!/usr/bin/env bash
# psql: the backslash commands by which people look around, \gdesc, \copy, \watch, \x, and a script that has errors in it.
set -u
cd "$(mktemp -d)"
show() {
    echo "== $*"
    psql -X -c "$*" 2>&1
}
for command in '\d' '\d+' '\d orders' '\d+ orders' '\d customers' '\d feelings' '\d every_type' '\d orders_pkey' '\d orders_placed' '\d numbers' '\d nothing' \
    '\dt' '\dt+' '\dt o*' '\dv' '\di' '\di+' '\ds' '\dm' '\dE' '\dT' '\dT+' '\du' '\dp' '\z orders' '\dn' '\db' '\dx' '\dD' '\dy' '\drds' '\dRp' '\dRs' '\dX' '\des' '\dew' '\dl' '\ddp' \
    '\dconfig statement_timeout' '\dP' '\dt public.*' '\d public.orders' '\d large_orders' '\encoding'; do
    show "$command"
done

echo "== script"
psql -X 2>&1 <<'SQL'
\pset null '<null>'
SELECT * FROM orders ORDER BY id;
SELECT nothing FROM orders;
SELECT 1 / 0;
SELECT 'abc'::int;
SELEC 1;
SELECT * FROM missing;
SELECT id, total, placed, tags, note, 1.5 AS plain, '12:30'::time FROM orders \gdesc
SELECT 1 AS a, 2 AS b \gset
SELECT :a + :b AS sum;
\x
SELECT * FROM every_type;
\x
SELECT count(*) FROM orders 
\copy (SELECT * FROM orders ORDER BY id) TO 'orders.csv' WITH (FORMAT csv, HEADER)
\! cat orders.csv
\copy orders TO stdout
SELECT * FROM orders ORDER BY id \g (format=unaligned) orders.txt
\! cat orders.txt
BEGIN;
SELECT 1 / 0;
SELECT 1;
ROLLBACK;
BEGIN;
DECLARE c CURSOR FOR SELECT id FROM orders ORDER BY id;
FETCH 2 FROM c;
MOVE 1 FROM c;
FETCH 1 FROM c;
COMMIT;
\set FETCH_COUNT 2
SELECT id FROM orders ORDER BY id;
\unset FETCH_COUNT
SELECT 1; SELECT 2 \; SELECT 3;
PREPARE by_id(bigint) AS SELECT total FROM orders WHERE id = $1;
EXECUTE by_id(1);
DEALLOCATE by_id;
SHOW server_encoding;
SET DateStyle = 'ISO, DMY';
\if :{?ERROR}
\echo ERROR=:ERROR SQLSTATE=:SQLSTATE ROW_COUNT=:ROW_COUNT
\endif
\crosstabview
SELECT customer, id, total FROM orders ORDER BY 1, 2 \crosstabview
\errverbose
SQL
